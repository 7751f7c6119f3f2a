package record

import (
	"time"

	"liandu/internal/period"
)

// Severity of a problem in a county's file.
type Severity string

// An error refuses the file, a warning is accepted and shown, a notice only informs.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// Problem is data about one cell of a county's file. Cell is an A1 reference, empty when the problem is
// about the sheet or the file. Message and Hint are Chinese sentences.
type Problem struct {
	Severity Severity `json:"severity"`
	Code     string   `json:"code"`
	Sheet    string   `json:"sheet"`
	Cell     string   `json:"cell"`
	Value    string   `json:"value"`
	Message  string   `json:"message"`
	Hint     string   `json:"hint"`
}

// Cover is 基本信息 as read.
type Cover struct {
	UnitText   string      `json:"unit_text,omitempty"`
	PeriodText string      `json:"period_text,omitempty"`
	FilledBy   string      `json:"filled_by,omitempty"`
	ReviewedBy string      `json:"reviewed_by,omitempty"`
	Phone      string      `json:"phone,omitempty"`
	FilledOn   period.Date `json:"filled_on"`
}

// Reading is everything read from one file, stored as a blob beside the original, so that a later program
// gives the same facts. Reader is the reader's version. Columns tells how each column was understood. ChosenUnit and
// ChosenQuarter were picked by hand beside the file. Again marks a later reading of an original received before.
type Reading struct {
	Reader         string          `json:"reader"`
	File           string          `json:"file"`
	SHA256         string          `json:"sha256"`
	Unit           UnitCode        `json:"unit"`
	Quarter        period.Quarter  `json:"quarter"`
	Cover          Cover           `json:"cover"`
	Meetings       []Meeting       `json:"meetings"`
	Resolutions    []Resolution    `json:"resolutions"`
	Establishments []Establishment `json:"establishments"`
	Columns        []ColumnRead    `json:"columns"`
	Problems       []Problem       `json:"problems"`
	Report         *ReportRead     `json:"report,omitempty"` // of a file that holds text
	ChosenUnit     UnitCode        `json:"chosen_unit,omitempty"`
	ChosenQuarter  period.Quarter  `json:"chosen_quarter,omitzero"`
	Again          bool            `json:"again,omitempty"`
}

// ColumnRead is how one column of a table was understood; Field is "" for a column that was not taken. Ref is the
// column's letter and Cell its head's A1 reference. Examples are the first values under it, three at most.
type ColumnRead struct {
	Sheet    string   `json:"sheet"`
	Table    string   `json:"table"` // meeting, resolution, establishment
	Ref      string   `json:"ref"`   // "E"
	Head     string   `json:"head"`
	Cell     string   `json:"cell,omitempty"`
	Field    string   `json:"field"`
	How      How      `json:"how,omitempty"`
	Examples []string `json:"examples,omitempty"`
}

// How says how a column was understood.
type How string

// The ways. A column that was taken by an earlier program has none.
const (
	HowExact    How = "exact"    // the form's own head
	HowSynonym  How = "synonym"  // another word for it
	HowLearned  How = "learned"  // as a person decided for this county
	HowPosition How = "position" // by what stands in it: no head says so
	HowUnknown  How = "unknown"  // not understood; kept beside the facts
	HowTaken    How = "taken"    // understood, but another column is already read as the same
	HowIgnored  How = "ignored"  // a person decided that it is not used
)

// SubmissionStatus is what became of a file.
type SubmissionStatus string

// The states of interface.md.
const (
	Accepted  SubmissionStatus = "accepted"
	Rejected  SubmissionStatus = "rejected"
	Duplicate SubmissionStatus = "duplicate"
)

// The states of a file that an officer decides: waiting, sent back with words, withdrawn by its county, replaced by a
// newer one of the same unit and quarter before anybody decided.
const (
	Pending    SubmissionStatus = "pending"    // 待受理
	Returned   SubmissionStatus = "returned"   // 已退回
	Withdrawn  SubmissionStatus = "withdrawn"  // 已撤回
	Superseded SubmissionStatus = "superseded" // 已被新件代替
)

// InWords is a report in words that was kept as such: no facts of it count until an officer has checked them. To whoever
// sent it by a command it is a rejected file (interface.md).
const InWords SubmissionStatus = "words" // 文字材料

// Submission is one file received. Version is 0 unless accepted. ReceivedAt is also the moment of acceptance, unless
// DecidedAt says that it waited for one.
type Submission struct {
	ID         string           `json:"id"` // "S" and the journal sequence that decided it
	Unit       UnitCode         `json:"unit"`
	Quarter    period.Quarter   `json:"quarter"`
	Version    int              `json:"version"`
	Status     SubmissionStatus `json:"status"`
	File       string           `json:"file"` // as sent; for a zip member "包.zip/成员.xlsx"
	SHA256     string           `json:"sha256"`
	Reading    string           `json:"reading"` // blob of the Reading, "" when nothing could be read
	ReceivedAt time.Time        `json:"received_at"`
	Actor      string           `json:"actor"`               // who sent it
	DecidedAt  time.Time        `json:"decided_at,omitzero"` // zero: ReceivedAt
}

// KnownAt is the moment from which the submission counts: known-at and the order of versions go by it.
func (s Submission) KnownAt() time.Time {
	if s.DecidedAt.IsZero() {
		return s.ReceivedAt
	}
	return s.DecidedAt
}
