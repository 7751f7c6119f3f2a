package queries

import (
	"context"
	"time"

	"liandu/internal/period"
	"liandu/internal/record"
)

// Report is one report in words (文字材料). Unit, Quarter, SessionYear and HeldOn are empty where the text does not say.
// How is "" while it waits, else kept, evidence or dismissed; By is the version it became.
type Report struct {
	ID          string          `col:"submission_id"`
	Unit        record.UnitCode `col:"unit_code"`
	UnitName    string          `col:"unit_name"`
	Quarter     string          `col:"quarter"`
	Kind        string          `col:"kind"`
	SessionYear int             `col:"session_year"`
	HeldOn      period.Date     `col:"held_on"`
	File        string          `col:"file"`
	ReceivedAt  time.Time       `col:"received_at"`
	Actor       string          `col:"actor"`
	Warnings    int             `col:"n_warning"`
	How         string          `col:"how"`
	By          string          `col:"by_id"`
	Words       string          `col:"words"`
	SettledBy   string          `col:"settled_by"`
	SettledAt   time.Time       `col:"settled_at"`
}

// ReportFilter narrows a list of reports. Empty fields narrow nothing; Scope is a County account's unit.
type ReportFilter struct {
	ID    string
	Unit  record.UnitCode
	Scope record.UnitCode
}

// Reports lists the reports in words, those that wait first, each the newest first.
func (q *Queries) Reports(ctx context.Context, f ReportFilter) ([]Report, error) {
	rows, err := ask[Report](ctx, q, q.db, "list/report_list.sql", params{"known_at": farFuture, "id": f.ID, "unit": string(f.Unit), "scope": string(f.Scope)})
	if err != nil {
		return nil, err
	}
	return append([]Report{}, rows...), nil
}
