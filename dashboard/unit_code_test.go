package dashboard

import (
	"testing"

	"liandu/internal/period"
	"liandu/internal/record"
)

func TestUnitOpensUnderTheCodeOfTheDay(t *testing.T) {
	t.Parallel()
	units := []record.Unit{
		{Code: "990106", Name: "云汀区", ValidFrom: period.MustDate("2024-01-01")},
		{Code: "990121", Name: "云汀县", ValidTo: period.MustDate("2023-12-31"), Successor: "990106"},
		{Code: "990122", Name: "白塔县", ValidTo: period.MustDate("2023-12-31")},
	}
	for _, x := range []struct {
		unit int
		day  string
		want record.UnitCode
	}{
		{0, "2024-12-31", "990106"},
		{0, "2023-12-31", "990121"},
		{1, "2024-01-01", "990106"},
		{1, "2023-03-31", "990121"},
		{2, "2024-12-31", "990122"},
	} {
		if got := codeThen(units, units[x.unit], period.MustDate(x.day)); got != x.want {
			t.Errorf("%s on %s goes by %s, want %s", units[x.unit].Name, x.day, got, x.want)
		}
	}
}
