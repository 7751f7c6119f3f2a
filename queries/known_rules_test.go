package queries

import (
	"context"
	"testing"
	"time"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/rulebook"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestPublishedFiguresAreReproducedAfterTheRulesChange: whatever is changed, suspended or adopted later, the figures of
// an earlier known-at are the same to the digit, and so are those of quarters before a change holds.
func TestPublishedFiguresAreReproducedAfterTheRulesChange(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := arbitraryCity(t)
	clock := time.Date(2025, 2, 1, 9, 0, 0, 0, period.Shanghai)
	keeper := rulebook.New(w.s, qinhuangdao, func() time.Time { return clock })
	q := New(Deps{DB: w.s.DB(), Version: w.s.Facts, Now: func() time.Time { return clock }, Regime: keeper.Regime})
	ask := func(quarter string, known time.Time) *Metrics {
		t.Helper()
		r, err := keeper.Regime(ctx, "", period.MustQuarter(quarter), known)
		if err != nil {
			t.Fatal(err)
		}
		m, err := q.Metrics(ctx, AsOf{Quarter: period.MustQuarter(quarter), KnownAt: known, Regime: r, FollowsCity: true, Level: record.LevelCounty})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	same := func(name string, want, got *Metrics) {
		t.Helper()
		if d := cmp.Diff(want.Units, got.Units, cmp.AllowUnexported(period.Date{}), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s (-published +now):\n%s", name, d)
		}
		if want.AsOf.Regime.ID != got.AsOf.Regime.ID || string(want.AsOf.Regime.Source()) != string(got.AsOf.Regime.Source()) {
			t.Errorf("%s: judged by other rules", name)
		}
	}
	published := clock
	q3, q4 := ask("2024Q3", published), ask("2024Q4", published)

	clock = clock.Add(24 * time.Hour)
	d := rulebook.Decision{Reason: "年度评议", Document: "云工发〔2025〕3号", Actor: "督导员"}
	changed, err := q4.AsOf.Regime.With(func(r *regime.Regime) {
		r.RedLine, r.YellowLine, r.DeadlineMonth, r.DeadlineDay = 850, 950, 3, 31
		r.Weights["resolution_overdue"], r.Weights["annual_meeting_held"] = 25, 5
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := keeper.Change(ctx, changed, period.MustQuarter("2024Q4").First(), nil, d); err != nil {
		t.Fatal(err)
	}
	same("after a change, known before", q4, ask("2024Q4", published))
	same("after a change, a quarter before it holds", q3, ask("2024Q3", time.Time{}))
	now := ask("2024Q4", time.Time{})
	if cmp.Equal(q4.Units, now.Units, cmp.AllowUnexported(period.Date{}), cmpopts.EquateEmpty()) || now.AsOf.Deadline != period.MustDate("2024-03-31") {
		t.Error("the change changes nothing")
	}
	second := clock

	clock = clock.Add(24 * time.Hour)
	if err := keeper.Suspend(ctx, qinhuangdao, regime.RuleOverdue, period.MustQuarter("2024Q3").First(), period.MustDate("2024-12-31"), d); err != nil {
		t.Fatal(err)
	}
	for _, u := range ask("2024Q4", time.Time{}).Units {
		for _, p := range u.Parts {
			if p.Indicator == "resolution_completion" || p.Indicator == "resolution_overdue" {
				t.Errorf("%s: %s is weighed while its rule is suspended", u.Unit.Code, p.Indicator)
			}
		}
	}
	same("after a suspension, known before", now, ask("2024Q4", second))
	same("after a suspension, known at first", q3, ask("2024Q3", published))
	suspended := ask("2024Q4", time.Time{})
	third := clock

	clock = clock.Add(24 * time.Hour)
	if err := keeper.Adopt(ctx, "bayannur-2024", period.MustQuarter("2024Q4").First(), d); err != nil {
		t.Fatal(err)
	}
	same("after another regime was adopted, known before", suspended, ask("2024Q4", third))
	m := ask("2024Q4", time.Time{})
	if m.AsOf.Regime.ID != "bayannur-2024" {
		t.Errorf("the city follows %s", m.AsOf.Regime.ID)
	}
	trend, err := q.Trend(ctx, m.AsOf, 2)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(ask("2024Q3", time.Time{}).Total, trend[0].Total); d != "" {
		t.Errorf("the trend judges last quarter by rules not in force then:\n%s", d)
	}
}

// TestTrialWritesNothingAndSaysWhatChanges: a trial's first side is what is in force in each quarter, its second the
// draft, and what it says is what the figures become once the draft is in force.
func TestTrialWritesNothingAndSaysWhatChanges(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := arbitraryCity(t)
	clock := time.Date(2025, 2, 1, 9, 0, 0, 0, period.Shanghai)
	keeper := rulebook.New(w.s, qinhuangdao, func() time.Time { return clock })
	q := New(Deps{DB: w.s.DB(), Version: w.s.Facts, Now: func() time.Time { return clock }, Regime: keeper.Regime})
	last := period.MustQuarter("2024Q4")
	base, err := keeper.Regime(ctx, qinhuangdao, last, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	draft, err := base.With(func(r *regime.Regime) {
		r.RedLine, r.DeadlineMonth, r.DeadlineDay = 850, 6, 30
		r.Weights["resolution_overdue"], r.Weights["annual_meeting_held"] = 25, 5
	})
	if err != nil {
		t.Fatal(err)
	}
	version := w.s.Version()
	trial, err := q.Trial(ctx, AsOf{Quarter: last, Regime: base}, 8, period.MustQuarter("2024Q1"), func(period.Quarter) (*regime.Regime, error) { return draft, nil })
	if err != nil {
		t.Fatal(err)
	}
	if w.s.Version() != version {
		t.Error("a trial wrote something")
	}
	if len(trial.Quarters) != 4 || trial.Quarters[0].A.AsOf.Quarter != period.MustQuarter("2024Q1") {
		t.Fatalf("%d quarters, want the four from the first report on", len(trial.Quarters))
	}
	clock = clock.Add(time.Hour)
	d := rulebook.Decision{Reason: "年度评议", Document: "云工发〔2025〕3号", Actor: "督导员"}
	if err := keeper.Change(ctx, draft, period.MustQuarter("2024Q1").First(), base, d); err != nil {
		t.Fatal(err)
	}
	turned := 0
	for _, c := range trial.Quarters {
		m, err := q.Metrics(ctx, AsOf{Quarter: c.B.AsOf.Quarter, Regime: base})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(c.B.Units, m.Units, cmp.AllowUnexported(period.Date{}), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s: tried and then come true differ:\n%s", c.B.AsOf.Quarter, d)
		}
		for _, u := range c.Units {
			if u.Changed() {
				turned++
			}
		}
	}
	if turned == 0 {
		t.Error("the draft changes nothing: nothing was tested")
	}
}
