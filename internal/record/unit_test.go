package record_test

import (
	"testing"

	"liandu/internal/period"
	"liandu/internal/record"
)

func TestUnitValidOn(t *testing.T) {
	t.Parallel()
	u := record.Unit{ValidFrom: period.MustDate("2024-01-01"), ValidTo: period.MustDate("2024-06-30")}
	for day, want := range map[string]bool{"2023-12-31": false, "2024-01-01": true, "2024-06-30": true, "2024-07-01": false} {
		if got := u.ValidOn(period.MustDate(day)); got != want {
			t.Errorf("ValidOn(%s) = %v, want %v", day, got, want)
		}
	}
	if !(record.Unit{}).ValidOn(period.MustDate("2024-01-01")) {
		t.Error("a unit without bounds is not valid")
	}
}
