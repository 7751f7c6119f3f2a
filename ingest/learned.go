package ingest

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"

	"liandu/internal/record"
)

// Learned is what a person decided that a county's own heads mean: table → HeadKey of the head → field, "" for a
// column that is not used. It counts before what the form knows, for the heads it names and no others.
type Learned map[Table]map[string]string

// HeadKey is the form under which a head is compared and remembered: without spaces, punctuation and marks of
// obligation, in simplified characters; a head of several rows is its rows' words one after the other.
func HeadKey(head string) string { return headKey(head) }

// knows reports whether any table's decisions name the head.
func (l Learned) knows(key string) bool {
	for _, heads := range l {
		if _, ok := heads[key]; ok && key != "" {
			return true
		}
	}
	return false
}

//go:embed sql/learned_head.sql
var learnedHeadSQL string

// learned reads what was decided for a county's files, nil where nothing was.
func learned(ctx context.Context, db *sql.DB, unit record.UnitCode) (Learned, error) {
	rows, err := db.QueryContext(ctx, learnedHeadSQL, sql.Named("unit", string(unit)))
	if err != nil {
		return nil, fmt.Errorf("learned heads of %s: %w", unit, err)
	}
	defer rows.Close()
	var out Learned
	for rows.Next() {
		var table, head, field string
		if err := rows.Scan(&table, &head, &field); err != nil {
			return nil, fmt.Errorf("learned heads of %s: %w", unit, err)
		}
		if out == nil {
			out = Learned{}
		}
		if out[Table(table)] == nil {
			out[Table(table)] = map[string]string{}
		}
		out[Table(table)][head] = field
	}
	return out, rows.Err()
}
