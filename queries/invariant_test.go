package queries

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/testkit"
)

// arbitraryCity files four quarters of arbitrary but repeatable facts for six counties and their townships.
func arbitraryCity(t *testing.T) *world {
	t.Helper()
	rnd := rand.New(rand.NewPCG(2024, 4))
	var units []record.Unit
	var counties []record.UnitCode
	towns := map[record.UnitCode][]record.UnitCode{}
	for i := range 6 {
		c := record.UnitCode(fmt.Sprintf("99011%d", i))
		counties = append(counties, c)
		units = append(units, county(c))
		for j := range 1 + rnd.IntN(3) {
			code := record.UnitCode(fmt.Sprintf("%s%03d", c, j+1))
			towns[c] = append(towns[c], code)
			units = append(units, township(code, c))
		}
	}
	w := newWorld(t, units...)
	for n := 1; n <= 4; n++ {
		q := period.Quarter{Year: 2024, N: n}
		for _, c := range counties {
			if rnd.IntN(6) == 0 {
				continue
			}
			var f facts
			for _, u := range append([]record.UnitCode{c}, towns[c]...) {
				f = f.and(arbitraryFacts(rnd, u, q))
			}
			received := q.Last().AddDays(rnd.IntN(25))
			w.send(c, q.String(), received.String(), f)
		}
	}
	return w
}

func arbitraryFacts(rnd *rand.Rand, u record.UnitCode, q period.Quarter) facts {
	day := func() period.Date { return q.First().AddDays(rnd.IntN(90)) }
	maybe := func() *bool {
		v := rnd.IntN(3) > 0
		if rnd.IntN(5) == 0 {
			return nil
		}
		return &v
	}
	var f facts
	year := 2023 + rnd.IntN(2)
	kinds := []record.MeetingKind{record.KindAnnual, record.KindAnnual, record.KindExtraordinary, record.KindSubstitute}
	k := kinds[rnd.IntN(len(kinds))]
	if rnd.IntN(2) == 0 {
		f.meetings = append(f.meetings, testkit.Meeting(func(m *record.Meeting) {
			m.Unit, m.SessionYear, m.Kind, m.HeldOn = u, year, k, day()
			m.ChairRank = record.Ranks[rnd.IntN(len(record.Ranks))]
			m.AgendaReport, m.AgendaTopics, m.AgendaDiscuss, m.AgendaDeploy = maybe(), maybe(), maybe(), maybe()
			m.SolicitedOn, m.HasPublicity = m.HeldOn.AddDays(-rnd.IntN(120)), rnd.IntN(2) == 0
			if rnd.IntN(3) == 0 {
				m.MinutesIssuedOn = period.Date{}
			}
		}))
	}
	states := []record.ItemStatus{record.StatusNotStarted, record.StatusInProgress, record.StatusCompleted, record.StatusCompleted, record.StatusOngoing, record.StatusCancelled}
	for i := range rnd.IntN(5) {
		f.resolutions = append(f.resolutions, testkit.Resolution(func(r *record.Resolution) {
			r.Unit, r.SessionYear, r.Kind, r.ItemNo, r.Title = u, year, k, fmt.Sprint(i+1), fmt.Sprint("事项", i)
			r.Status, r.DueOn = states[rnd.IntN(len(states))], day()
			if r.Status == record.StatusCompleted && rnd.IntN(4) > 0 {
				r.CompletedOn = day()
			}
			if rnd.IntN(3) == 0 {
				r.RevisedDueOn, r.Owner, r.PlanOn = r.DueOn.AddDays(rnd.IntN(200)), "", period.Date{}
			}
		}))
	}
	if rnd.IntN(3) == 0 {
		f.establishments = append(f.establishments, testkit.Establishment(func(e *record.Establishment) {
			e.Unit, e.Established = u, rnd.IntN(4) > 0
		}))
	}
	return f
}

// TestInvariants holds every indicator, under every regime and level, to what must be true of any data: 0 ≤ num ≤ den,
// one row a unit, a single unit's meeting indicators at most 1, total and roll-up the sum of their parts, states the
// population, and the opened rows as many as the number says.
func TestInvariants(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := arbitraryCity(t)
	all, err := loadRegimes()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		for _, cohort := range []Cohort{{}, {Session: 2023}} {
			for _, level := range record.Levels {
				a := AsOf{Quarter: period.MustQuarter("2024Q4"), Regime: r, Level: level, Cohort: cohort}
				m := w.metrics(a)
				where := fmt.Sprintf("%s %s %s", r.ID, level, cohort)
				checkRows(t, where, m)
				for _, ind := range Indicators() {
					for _, u := range m.Units {
						x, err := w.q.Explain(ctx, a, u.Unit.Code, ind.ID)
						if err != nil {
							t.Fatal(err)
						}
						if x.Pair != u.Indicators[ind.ID] || int64(len(x.Rows)) != x.Pair.Den {
							t.Errorf("%s %s %s = %v, its rows say %v", where, u.Unit.Code, ind.ID, u.Indicators[ind.ID], x.Pair)
						}
					}
					if x, err := w.q.Explain(ctx, a, "", ind.ID); err != nil || x.Pair != m.Total[ind.ID] {
						t.Errorf("%s total %s = %v, its rows say %v (%v)", where, ind.ID, m.Total[ind.ID], x.Pair, err)
					}
				}
			}
			checkRollup(t, w, r, cohort)
		}
	}
}

func checkRows(t *testing.T, where string, m *Metrics) {
	t.Helper()
	seen := map[record.UnitCode]bool{}
	total := map[string]Pair{}
	for _, u := range m.Units {
		if seen[u.Unit.Code] {
			t.Errorf("%s: unit %s twice", where, u.Unit.Code)
		}
		seen[u.Unit.Code] = true
		for _, ind := range Indicators() {
			p, ok := u.Indicators[ind.ID]
			if !ok || p.Num < 0 || p.Num > p.Den {
				t.Errorf("%s: %s of %s = %v, present %v", where, ind.ID, u.Unit.Code, p, ok)
			}
			if ind.Group == GroupMeeting && !u.IsRollup && p.Den > 1 {
				t.Errorf("%s: %s of the single unit %s = %v", where, ind.ID, u.Unit.Code, p)
			}
			total[ind.ID] = Pair{total[ind.ID].Num + p.Num, total[ind.ID].Den + p.Den}
		}
		s := u.Resolutions
		if p := u.Indicators["resolution_completion"]; p.Num != s.Completed || p.Den != s.Completed+s.Overdue+s.InProgress+s.NotStarted {
			t.Errorf("%s: states of %s %+v do not make %v", where, u.Unit.Code, s, p)
		}
		if u.IsRollup && (u.Score != nil || u.Rank != nil || u.Status != "") {
			t.Errorf("%s: the roll-up %s is scored", where, u.Unit.Code)
		}
	}
	for id, p := range total {
		if m.Total[id] != p {
			t.Errorf("%s: total %s = %v, the rows add up to %v", where, id, m.Total[id], p)
		}
	}
}

// checkRollup: the city is the sum of the obliged units below it, establishment of the topmost of them.
func checkRollup(t *testing.T, w *world, r *regime.Regime, cohort Cohort) {
	t.Helper()
	at := func(l record.Level) AsOf {
		return AsOf{Quarter: period.MustQuarter("2024Q4"), Regime: r, Level: l, Cohort: cohort}
	}
	city := w.unit(at(record.LevelCity), "990100")
	sum := map[string]Pair{}
	for _, l := range r.ObligedLevels {
		for id, p := range w.metrics(at(l)).Total {
			if id == "establishment" && l != r.DefaultLevel() {
				continue
			}
			sum[id] = Pair{sum[id].Num + p.Num, sum[id].Den + p.Den}
		}
	}
	for _, ind := range Indicators() {
		if city.Indicators[ind.ID] != sum[ind.ID] {
			t.Errorf("%s: the city's %s = %v, its units add up to %v", r.ID, ind.ID, city.Indicators[ind.ID], sum[ind.ID])
		}
	}
}
