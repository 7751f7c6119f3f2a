package testkit_test

import (
	"testing"

	"liandu/internal/record"
	"liandu/internal/testkit"
)

func TestAcceptedRecordsAreInTheTables(t *testing.T) {
	t.Parallel()
	s := testkit.OpenStore(t, nil)
	testkit.Import(t, s, testkit.City()...)
	late := testkit.Resolution(func(r *record.Resolution) { r.ItemNo, r.LeadUnit = "2", "" })
	first := testkit.Reading("2024Q3", func(r *record.Reading) {
		r.Meetings = []record.Meeting{testkit.Meeting()}
		r.Resolutions = []record.Resolution{testkit.Resolution(testkit.Done("2024-09-20")), late}
		r.Establishments = []record.Establishment{testkit.Establishment()}
	})
	one := testkit.Accept(t, s, "2024-10-08", first)
	two := testkit.Accept(t, s, "2024-10-12T09:30:00+08:00", first)
	if one == two {
		t.Errorf("two submissions share the id %s", one)
	}
	testkit.Close(t, s, first.Resolutions[0], "2024-10-15")
	for _, c := range []struct {
		query string
		want  int
	}{
		{"select count(*) from d.unit", 11},
		{"select count(*) from d.submission where version = 2", 1},
		{"select count(*) from d.meeting", 2},
		{"select count(*) from d.resolution where lead_unit = '' or lead_unit is null", 2},
		{"select count(*) from d.resolution where completed_on = date '2024-09-20'", 2},
		{"select count(*) from d.establishment", 2},
		{"select count(*) from d.closing", 1},
	} {
		var got int
		if err := s.DB().QueryRow(c.query).Scan(&got); err != nil {
			t.Errorf("%s: %v", c.query, err)
		} else if got != c.want {
			t.Errorf("%s = %d, want %d", c.query, got, c.want)
		}
	}
}
