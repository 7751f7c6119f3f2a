package ingest

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"

	"liandu/internal/record"
	"liandu/internal/store"
)

//go:embed sql/report_waiting.sql
var reportWaitingSQL string

// decideReport keeps a report in words as such. The same bytes of the same unit, sent again while the first still waits for
// an officer, are a duplicate of that one: nobody checks a text twice. One that an officer had read once more is none.
func (in *Ingester) decideReport(ctx context.Context, db *sql.DB, reading record.Reading, again bool, p *problems) (decision, error) {
	var first string
	err := db.QueryRowContext(ctx, reportWaitingSQL, sql.Named("sha256", reading.SHA256), sql.Named("unit", string(reading.Unit))).Scan(&first)
	switch {
	case errors.Is(err, sql.ErrNoRows) || err == nil && again:
		return decision{status: record.InWords, action: store.ActionSubmissionInWords}, in.checkReport(ctx, db, &reading, p)
	case err != nil:
		return decision{}, fmt.Errorf("report waiting with %s: %w", reading.SHA256, err)
	}
	p.add(ReportTwice, record.TextSheet, "", first, first)
	return decision{status: record.Duplicate, action: store.ActionSubmissionDuplicate}, nil
}

// twiceOf is the report that a reading repeats, "" for none.
func twiceOf(read record.Reading) string {
	for _, p := range read.Problems {
		if p.Code == string(ReportTwice) {
			return p.Value
		}
	}
	return ""
}
