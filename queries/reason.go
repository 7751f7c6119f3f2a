package queries

import (
	"context"

	"liandu/internal/record"
)

// Reason is why an officer accepted a file in spite of a problem. No is the problem's place in the file's list from 1,
// or 0 for the file as a whole, whose Problem is zero.
type Reason struct {
	Submission string
	File       string
	No         int
	Problem    record.Problem
	Text       string
	Actor      string
}

// Reasons returns the reasons that stay with the figures resting on these submissions, by submission and place.
func (q *Queries) Reasons(ctx context.Context, submissions ...string) ([]Reason, error) {
	if len(submissions) == 0 {
		return nil, nil
	}
	type reasonRow struct {
		Submission string          `col:"submission_id"`
		File       string          `col:"file"`
		No         int             `col:"no"`
		Reason     string          `col:"reason"`
		Actor      string          `col:"actor"`
		Severity   record.Severity `col:"severity"`
		Code       string          `col:"code"`
		Sheet      string          `col:"sheet"`
		Cell       string          `col:"cell"`
		Value      string          `col:"value"`
		Message    string          `col:"message"`
		Hint       string          `col:"hint"`
	}
	rows, err := ask[reasonRow](ctx, q, q.db, "list/problem_reason.sql", params{"ids": submissions})
	if err != nil {
		return nil, err
	}
	var out []Reason
	for _, r := range rows {
		out = append(out, Reason{
			Submission: r.Submission, File: r.File, No: r.No, Text: r.Reason, Actor: r.Actor,
			Problem: record.Problem{
				Severity: r.Severity, Code: r.Code, Sheet: r.Sheet, Cell: r.Cell, Value: r.Value, Message: r.Message, Hint: r.Hint,
			},
		})
	}
	return out, nil
}
