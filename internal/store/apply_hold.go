package store

import (
	"database/sql/driver"
	"encoding/json"

	"liandu/internal/journal"
	"liandu/internal/record"
)

// heldRows are the rows of a file that waits: its own and its problems. No fact of it stands in a table of facts.
func heldRows(l journal.Line, readBlob func(string) ([]byte, error)) ([]tableRows, error) {
	var p SubmissionDecided
	if err := json.Unmarshal(l.Data, &p); err != nil {
		return nil, err
	}
	r, err := readingOf(p.Submission, readBlob)
	if err != nil {
		return nil, err
	}
	problems, errors, warnings := problemRows(l.Seq, p.ID, r.Problems)
	return []tableRows{
		{"held_submission", [][]driver.Value{{
			l.Seq, p.ID, text(string(p.Unit)), text(p.Quarter.String()), date(p.Quarter.Last()), p.File, p.SHA256,
			text(p.Reading), p.ReceivedAt, p.Actor,
			int32(len(r.Meetings)), int32(len(r.Resolutions)), int32(len(r.Establishments)), errors, warnings,
		}}},
		{"problem", problems},
	}, nil
}

// closedRows end a held file's waiting without deciding it.
func closedRows(l journal.Line) ([]tableRows, error) {
	var p SubmissionClosed
	if err := json.Unmarshal(l.Data, &p); err != nil {
		return nil, err
	}
	return []tableRows{heldDecision(l, p.ID, p.state(l.Action), "", p.By)}, nil
}

func heldDecision(l journal.Line, id string, state record.SubmissionStatus, words, by string) tableRows {
	return tableRows{"held_decision", [][]driver.Value{{l.Seq, l.At, id, string(state), text(words), text(by), l.Actor}}}
}

func reasonRows(l journal.Line, p SubmissionDecided) tableRows {
	var rows [][]driver.Value
	for _, r := range p.Reasons {
		rows = append(rows, []driver.Value{l.Seq, p.ID, int32(r.No), text(r.Code), r.Reason, l.Actor, l.At})
	}
	return tableRows{"problem_reason", rows}
}
