package view

import (
	"testing"
	"time"

	"liandu/queries"
)

func TestNewRate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name              string
		pair              queries.Pair
		percent, nd, wide string
	}{
		{"nothing to judge is null, not zero", queries.Pair{}, "—", "0/0", "0%"},
		{"none", queries.Pair{Num: 0, Den: 7}, "0.0%", "0/7", "0.0%"},
		{"all", queries.Pair{Num: 7, Den: 7}, "100.0%", "7/7", "100.0%"},
		{"rounded half up", queries.Pair{Num: 1, Den: 16}, "6.3%", "1/16", "6.3%"},
		{"a third", queries.Pair{Num: 1, Den: 3}, "33.3%", "1/3", "33.3%"},
	} {
		r := NewRate(c.pair, "个", "")
		if r.Percent() != c.percent || r.ND != c.nd || r.Width != c.wide {
			t.Errorf("%s: %s %s %s, want %s %s %s", c.name, r.Percent(), r.ND, r.Width, c.percent, c.nd, c.wide)
		}
	}
}

func TestChangeIsExactAndHalfAwayFromZero(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		now, before queries.Pair
		want        string
		ok          bool
	}{
		{queries.Pair{Num: 10, Den: 12}, queries.Pair{Num: 9, Den: 12}, "8.3", true},
		{queries.Pair{Num: 41, Den: 60}, queries.Pair{Num: 34, Den: 55}, "6.5", true},
		{queries.Pair{Num: 9, Den: 12}, queries.Pair{Num: 10, Den: 12}, "−8.3", true},
		{queries.Pair{Num: 1, Den: 16}, queries.Pair{Num: 0, Den: 16}, "6.3", true},
		{queries.Pair{Num: 0, Den: 16}, queries.Pair{Num: 1, Den: 16}, "−6.3", true},
		{queries.Pair{Num: 1, Den: 2}, queries.Pair{}, "0.0", false},
	} {
		d, ok := change(c.now, c.before)
		if tenths(d) != c.want || ok != c.ok {
			t.Errorf("change(%v, %v) = %s %v, want %s %v", c.now, c.before, tenths(d), ok, c.want, c.ok)
		}
	}
}

func TestMomentIsOfTheCity(t *testing.T) {
	t.Parallel()
	if got := moment(time.Date(2025, 1, 14, 9, 30, 0, 0, time.UTC)); got != "2025-01-14 17:30" {
		t.Errorf("moment = %s, want Asia/Shanghai", got)
	}
	if got := moment(time.Time{}); got != Nil {
		t.Errorf("moment of no time = %s, want %s", got, Nil)
	}
}

func TestAddressIsCarriedByEveryLink(t *testing.T) {
	t.Parallel()
	a := Address{Period: "2024Q4", Year: "2024", Regime: "qinhuangdao-2024", Level: "county", Cohort: "session:2023", KnownAt: "2025-01-14T17:30:00+08:00"}
	got := a.Href("/resolutions#r-1", "state", "overdue", "unit", "")
	want := "/resolutions?cohort=session%3A2023&known_at=2025-01-14T17%3A30%3A00%2B08%3A00&level=county&period=2024Q4&regime=qinhuangdao-2024&state=overdue&year=2024#r-1"
	if got != want {
		t.Errorf("Href = %s, want %s", got, want)
	}
	if got := a.Href("/unit/990101", "period", "2024Q3", "year", ""); got != "/unit/990101?cohort=session%3A2023&known_at=2025-01-14T17%3A30%3A00%2B08%3A00&level=county&period=2024Q3&regime=qinhuangdao-2024" {
		t.Errorf("a pair does not take the place of its part of the address: %s", got)
	}
	if got := (Address{}).Source("", "表", "A1"); got != "" {
		t.Errorf("a source without a submission has the address %q", got)
	}
}
