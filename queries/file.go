package queries

import (
	"time"

	"liandu/internal/period"
	"liandu/internal/record"
)

// SubmissionFilter narrows a list of files received. Empty fields narrow nothing; Scope is a County account's unit.
type SubmissionFilter struct {
	Unit    record.UnitCode
	Quarter period.Quarter
	Status  record.SubmissionStatus
	Scope   record.UnitCode
}

// SubmissionRow is one file received, latest first in a list. IsInForce marks the accepted version that counts now for
// its unit and quarter. UnitName is empty where the file did not say whose it is.
type SubmissionRow struct {
	record.Submission
	UnitName       string
	Meetings       int
	Resolutions    int
	Establishments int
	Errors         int
	Warnings       int
	IsInForce      bool
	DecidedBy      string // login of who decided a file that was held, "" for one that never was or still is
	Words          string // the officer's to the county, of a file sent back
	ReplacedBy     string // the submission that took the place of a held one
}

// AuditFilter narrows the audit log. Action is a whole action or its first part ("session"); Text is sought in actor,
// subject and data; days are of Asia/Shanghai, both ends included. Before is the sequence below which the list goes on,
// 0 for its beginning.
type AuditFilter struct {
	Actor  string
	Action string
	Text   string
	From   period.Date
	To     period.Date
	Before int64
	Limit  int
}

// AuditRow is one line of the journal, latest first in a list. Data is its JSON.
type AuditRow struct {
	Seq     int64
	At      time.Time
	Actor   string
	Action  string
	Subject string
	Data    string
}
