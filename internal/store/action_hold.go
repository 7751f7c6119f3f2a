package store

import "liandu/internal/record"

// The actions of a file that waits for an officer (待受理). Each but held ends the waiting; acceptance ends it too, by
// a submission.accepted whose payload says IsHeld.
const (
	ActionSubmissionHeld       = "submission.held"
	ActionSubmissionReturned   = "submission.returned"
	ActionSubmissionWithdrawn  = "submission.withdrawn"
	ActionSubmissionSuperseded = "submission.superseded"
)

// ProblemReason is why an officer accepted a file in spite of one of its problems, in the officer's words. No counts
// the problems of the reading from 1; 0 is a reason for the file as a whole.
type ProblemReason struct {
	No     int    `json:"no"`
	Code   string `json:"code,omitempty"`
	Reason string `json:"reason"`
}

// SubmissionClosed ends the waiting of a held file that its county withdrew or a newer file of the same unit and
// quarter took the place of. By is that file's submission.
type SubmissionClosed struct {
	ID string `json:"id"`
	By string `json:"by,omitempty"`
}

// state returns what becomes of the held file.
func (SubmissionClosed) state(action string) record.SubmissionStatus {
	if action == ActionSubmissionWithdrawn {
		return record.Withdrawn
	}
	return record.Superseded
}
