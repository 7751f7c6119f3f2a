package store

import (
	"database/sql/driver"
	"encoding/json"

	"liandu/internal/journal"
	"liandu/internal/record"
)

// reportRow is the row of a submission that holds text, so that files about the same meeting find each other.
func reportRow(l journal.Line, sub record.Submission, r record.Reading) tableRows {
	if r.Report == nil || sub.Status == record.Duplicate {
		return tableRows{table: "report"}
	}
	return tableRows{"report", [][]driver.Value{{
		l.Seq, sub.ID, text(string(r.Report.Unit)), r.Report.Kind, year(r.Report.SessionYear), date(r.Report.HeldOn),
	}}}
}

func settledRows(l journal.Line) ([]tableRows, error) {
	var p ReportSettled
	if err := json.Unmarshal(l.Data, &p); err != nil {
		return nil, err
	}
	return []tableRows{{"report_settled", [][]driver.Value{{l.Seq, l.At, p.ID, string(p.How), text(p.By), text(p.Words), l.Actor}}}}, nil
}
