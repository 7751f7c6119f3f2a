package store

import (
	"database/sql/driver"
	"encoding/json"

	"liandu/internal/journal"
	"liandu/internal/record"
)

// ActionColumnUnderstood records what a person decided a county's head means.
const ActionColumnUnderstood = "column.understood"

// ColumnUnderstood is a decision for one county's files: the head (ingest.HeadKey) of a table means the field, or, with
// an empty field, is not used. The last decision of a unit, table and head stands; Withdrawn takes it back.
type ColumnUnderstood struct {
	Unit      record.UnitCode `json:"unit"`
	Table     string          `json:"table"` // meeting, resolution, establishment
	Head      string          `json:"head"`
	Shown     string          `json:"shown"` // the head as the county wrote it
	Field     string          `json:"field"`
	Withdrawn bool            `json:"withdrawn,omitempty"`
}

func columnRows(l journal.Line) ([]tableRows, error) {
	var p ColumnUnderstood
	if err := json.Unmarshal(l.Data, &p); err != nil {
		return nil, err
	}
	return []tableRows{{"column_understood", [][]driver.Value{{
		l.Seq, l.At, string(p.Unit), p.Table, p.Head, p.Shown, p.Field, p.Withdrawn, l.Actor,
	}}}}, nil
}
