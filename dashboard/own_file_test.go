package dashboard

import (
	"testing"

	"liandu/internal/auth"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
	"liandu/queries"
)

// TestFilesOfAUnitThatAnotherCarriesOn: who carries a unit on sees its files from the day it does, nobody else's account.
func TestFilesOfAUnitThatAnotherCarriesOn(t *testing.T) {
	t.Parallel()
	units, err := registry.New([]record.Unit{
		{Code: "990100", Name: "云州市", Level: record.LevelCity},
		{Code: "990106", Name: "云汀区", Level: record.LevelCounty, Parent: "990100", Submitter: true, ValidFrom: period.MustDate("2024-01-01")},
		{Code: "990121", Name: "云汀县", Level: record.LevelCounty, Parent: "990100", Submitter: true, ValidTo: period.MustDate("2023-12-31"), Successor: "990106"},
		{Code: "990122", Name: "安澜县", Level: record.LevelCounty, Parent: "990100", Submitter: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	of := func(unit record.UnitCode) queries.SubmissionRow {
		var r queries.SubmissionRow
		r.Unit, r.Actor = unit, "yun"
		return r
	}
	for _, tc := range []struct {
		who  record.UnitCode
		file record.UnitCode
		on   string
		want bool
	}{
		{"990106", "990121", "2024-01-01", true},
		{"990106", "990121", "2023-12-31", false},
		{"990121", "990121", "2024-05-01", true},
		{"990121", "990106", "2024-05-01", false},
		{"990122", "990121", "2024-05-01", false},
		{"990106", "", "2024-05-01", true}, // sent by itself, no unit read
	} {
		a := auth.Account{Login: "yun", Role: auth.County, Unit: tc.who}
		if got := isOwn(a, of(tc.file), units, period.MustDate(tc.on)); got != tc.want {
			t.Errorf("%s sees a file of %q on %s: %v", tc.who, tc.file, tc.on, got)
		}
	}
}
