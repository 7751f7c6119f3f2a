package dashboard

import (
	"testing"

	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/period"
)

// A county's slip in the year must not take everyone's pages there.
func TestDefaultQuarterHasBegun(t *testing.T) {
	t.Parallel()
	w := newSite(t) // its clock says January 2025
	w.account(auth.Supervisor, "")
	for _, quarter := range []string{"2024Q3", "2030Q1"} {
		q := period.MustQuarter(quarter)
		w.handIn(t, auth.Supervisor, file{"东湖区.xlsx", workbook(t, "东湖区", func(f *ingest.Form) {
			f.Cover.PeriodText, f.Quarter, f.Resolutions = q.Chinese(), q, nil
		})})
	}
	if q, err := w.server.lastQuarter(t.Context()); err != nil || q.String() != "2024Q3" {
		t.Errorf("the default quarter is %s, %v, want 2024Q3, the last one begun", q, err)
	}
}
