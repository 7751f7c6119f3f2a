package store

// The actions of reports in words. A submission in words has the payload of a decided one and no facts; settled says what
// an officer made of it.
const (
	ActionSubmissionInWords = "submission.words"
	ActionReportSettled     = "report.settled"
)

// ReportHow is what an officer made of a report in words.
type ReportHow string

// The ways. Whatever was made of it, its text stays.
const (
	ReportKept      ReportHow = "kept"      // its facts became a version: By is that submission
	ReportEvidence  ReportHow = "evidence"  // the workbook's facts stand, the report beside them
	ReportDismissed ReportHow = "dismissed" // no report of a meeting, or of no use
)

// ReportSettled is the payload of report.settled. The last one of a report counts.
type ReportSettled struct {
	ID    string    `json:"id"`
	How   ReportHow `json:"how"`
	By    string    `json:"by,omitempty"`
	Words string    `json:"words,omitempty"`
}
