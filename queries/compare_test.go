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

// TestComparisonAgainstARecount judges random cities under pairs of regimes, the city's own changes of weights, lines,
// deadlines and suspensions among them, and holds every score, rank, light and finding, and what is said to change, to
// a recount from the documents.
func TestComparisonAgainstARecount(t *testing.T) {
	t.Parallel()
	compared, changed := 0, 0
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 2026))
		quarter := period.MustQuarter([]string{"2024Q2", "2024Q3", "2024Q4"}[seed%3])
		w, cases := randomCity(t, r, quarter)
		all := []*regime.Regime{builtIn(t, "shanghai-2018"), builtIn(t, "sanmenxia-2024"), builtIn(t, "bayannur-2024"), builtIn(t, qinhuangdao)}
		for _, x := range all[:4:4] {
			all = append(all, altered(t, r, x))
		}
		for i, a := range all {
			b := all[(i+1+r.IntN(len(all)-1))%len(all)]
			c, err := w.q.CompareRegimes(context.Background(),
				AsOf{Quarter: quarter, Regime: a, Level: record.LevelCounty}, AsOf{Quarter: quarter, Regime: b, Level: record.LevelCounty})
			if err != nil {
				t.Fatal(err)
			}
			where := fmt.Sprintf("seed %d %s: %s against %s", seed, quarter, a.ID, b.ID)
			va, vb := verdicts(cases, a), verdicts(cases, b)
			for _, u := range c.Units {
				compared++
				code := u.Unit.Code
				if got, want := verdictOf(u.A, w.findings(c.A.AsOf, code)).String(), va[code].String(); got != want {
					t.Errorf("%s: %s under the first\n got %s\nwant %s", where, code, got, want)
				}
				if got, want := verdictOf(u.B, w.findings(c.B.AsOf, code)).String(), vb[code].String(); got != want {
					t.Errorf("%s: %s under the second\n got %s\nwant %s", where, code, got, want)
				}
				checkChange(t, where, u, va[code], vb[code])
				if u.Changed() {
					changed++
				}
			}
		}
	}
	if compared < 300 || changed == 0 || changed == compared {
		t.Errorf("%d comparisons, %d changed: the cities test nothing", compared, changed)
	}
}

// checkChange holds what is said to change, and why, to the two verdicts.
func checkChange(t *testing.T, where string, u UnitChange, a, b verdict) {
	t.Helper()
	// The annual meeting's state may differ by the deadline alone.
	if want := a.String() != b.String() || u.A.Status != u.B.Status; u.Changed() != want {
		t.Errorf("%s: %s changed = %t, want %t", where, u.Unit.Code, u.Changed(), want)
	}
	if u.Changed() != (len(u.Why()) > 0) {
		t.Errorf("%s: %s changed = %t, and why is %v", where, u.Unit.Code, u.Changed(), u.Why())
	}
	only := func(x, y verdict) map[string]string {
		out := map[string]string{}
		for rule, severity := range x.findings {
			if y.findings[rule] != severity {
				out[rule] = severity
			}
		}
		return out
	}
	said := func(all []Finding) map[string]string {
		out := map[string]string{}
		for _, f := range all {
			out[f.Rule] = f.Severity
		}
		return out
	}
	if got, want := fmt.Sprint(said(u.OnlyA), said(u.OnlyB)), fmt.Sprint(only(a, b), only(b, a)); got != want {
		t.Errorf("%s: %s findings on one side only = %s, want %s", where, u.Unit.Code, got, want)
	}
}

func verdictOf(u *UnitResult, found map[string]Finding) verdict {
	v := verdict{score: u.Score, rank: u.Rank, light: u.Light, findings: map[string]string{}}
	for rule, f := range found {
		v.findings[rule] = f.Severity
	}
	return v
}

func verdicts(cases map[record.UnitCode]*recount, r *regime.Regime) map[record.UnitCode]verdict {
	out, pending := map[record.UnitCode]verdict{}, map[record.UnitCode]bool{}
	for code, c := range cases {
		c.rules = r
		out[code] = c.judge()
		pending[code] = len(c.held(c.year, record.KindAnnual))+len(c.held(c.year, record.KindSubstitute)) == 0 && c.day().Before(r.Deadline(c.year))
	}
	ranked(out, pending)
	return out
}

// altered is a regime as a city might change it: weights, lines, a deadline in autumn, other parameters, a rule suspended.
func altered(t *testing.T, r *rand.Rand, base *regime.Regime) *regime.Regime {
	t.Helper()
	out, err := base.With(func(x *regime.Regime) {
		for _, i := range regime.Indicators { // in their order, so that a seed is one city
			if x.Weights[i.ID] > 0 {
				x.Weights[i.ID] = 1 + r.IntN(30)
			}
		}
		x.RedLine, x.YellowLine = 500+r.IntN(250), 800+r.IntN(180)
		x.DeadlineMonth, x.DeadlineDay, x.SubmissionDays = 9+r.IntN(3), 30, 5+r.IntN(20)
		for i := range x.Rules {
			switch x.Rules[i].ID {
			case regime.RuleChair:
				x.Rules[i].AcceptRanks = []record.ChairRank{record.RankPrincipal, record.RankDeputy, record.RankParty}[:1+r.IntN(3)]
			case regime.RuleMinutes:
				x.Rules[i].Days = 10 + r.IntN(80)
			case regime.RuleLeadTime:
				x.Rules[i].Months = 1 + r.IntN(4)
			case regime.RuleOverdue:
				x.Rules[i].Severity = regime.Info
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	suspended := out.Rules[r.IntN(len(out.Rules))].ID
	return out.Suspend([]regime.Suspension{{Rule: suspended, From: period.MustDate("2024-01-01"), Until: period.MustDate("2024-12-31"), Reason: "试"}})
}

// randomCity is nine counties with two townships each; every county hands in one report of the quarter, in time, late
// or not at all.
func randomCity(t *testing.T, r *rand.Rand, quarter period.Quarter) (*world, map[record.UnitCode]*recount) {
	t.Helper()
	var units []record.Unit
	var codes []record.UnitCode
	for i := range 9 {
		code := record.UnitCode(fmt.Sprintf("9902%02d", i+1))
		codes = append(codes, code)
		units = append(units, county(code), township(code+"101", code), township(code+"102", code))
	}
	w := newWorld(t, units...)
	cases := map[record.UnitCode]*recount{}
	for _, code := range codes {
		c := &recount{year: 2024, quarter: quarter, townships: 2}
		cases[code] = c
		if r.IntN(12) == 0 {
			continue
		}
		c.reported = true
		c.facts = randomFacts(r, code).by(code)
		late := 1 + r.IntN(4) // days after the quarter's end, or weeks
		if r.IntN(3) == 0 {
			late += 27
		}
		c.onTime = late <= 4 // whatever of 5 to 25 days is allowed
		w.send(code, quarter.String(), quarter.Last().AddDays(late).String(), c.facts)
	}
	return w, cases
}

func randomFacts(r *rand.Rand, code record.UnitCode) facts {
	var f facts
	day := func(from string, days int) period.Date { return period.MustDate(from).AddDays(r.IntN(days)) }
	sometimes := func(d period.Date, in int) period.Date {
		if r.IntN(in) == 0 {
			return period.Date{}
		}
		return d
	}
	flag := func() *bool {
		b := r.IntN(4) > 0
		if r.IntN(8) == 0 {
			return nil
		}
		return &b
	}
	ranks := []record.ChairRank{record.RankPrincipal, record.RankPrincipal, record.RankDeputy, record.RankParty, record.RankUnion, record.RankOther, record.RankUnknown}
	meeting := func(year int, kind record.MeetingKind, on period.Date) {
		f.meetings = append(f.meetings, testkit.Meeting(session(year), func(m *record.Meeting) {
			m.Kind, m.HeldOn, m.ChairRank = kind, on, ranks[r.IntN(len(ranks))]
			m.AgendaReport, m.AgendaTopics, m.AgendaDiscuss, m.AgendaDeploy = flag(), flag(), flag(), flag()
			m.SolicitedOn = sometimes(on.AddDays(-r.IntN(150)), 6)
			m.MinutesIssuedOn = sometimes(on.AddDays(r.IntN(60)), 4)
			m.HasPublicity = r.IntN(3) > 0
		}))
	}
	if r.IntN(4) > 0 {
		meeting(2023, record.KindAnnual, day("2023-03-01", 400)) // some after the year's end
	}
	if r.IntN(5) > 0 {
		meeting(2024, record.KindAnnual, day("2024-03-01", 330))
		if r.IntN(4) == 0 {
			meeting(2024, record.KindAnnual, day("2024-02-01", 28))
		}
	}
	if r.IntN(4) == 0 {
		meeting(2024, record.KindSubstitute, day("2024-04-01", 200))
	}
	if r.IntN(4) == 0 {
		meeting(2024, record.KindExtraordinary, day("2024-04-01", 300))
	}
	states := []record.ItemStatus{record.StatusCompleted, record.StatusCompleted, record.StatusInProgress, record.StatusNotStarted, record.StatusCancelled, record.StatusOngoing}
	for i := range r.IntN(7) {
		f.resolutions = append(f.resolutions, testkit.Resolution(func(x *record.Resolution) {
			x.SessionYear, x.Kind = 2023+r.IntN(2), record.KindAnnual
			if r.IntN(5) == 0 {
				x.Kind = record.KindExtraordinary
			}
			x.ItemNo, x.Title = fmt.Sprint(i+1), fmt.Sprintf("事项%d", i+1)
			x.Status = states[r.IntN(len(states))]
			if x.Status == record.StatusCompleted {
				x.CompletedOn = sometimes(day("2023-06-01", 560), 5)
			}
			x.DueOn, x.RevisedDueOn = sometimes(day("2023-09-01", 520), 6), period.Date{}
			if r.IntN(4) == 0 {
				x.RevisedDueOn = day("2024-03-01", 330)
			}
			x.PlanOn = sometimes(day("2024-01-01", 380), 4)
			if r.IntN(4) == 0 {
				x.Owner = ""
			}
			x.Reason = ""
			if r.IntN(2) == 0 {
				x.Reason = "资金未到位"
			}
		}))
	}
	for _, unit := range []record.UnitCode{testkit.County, code + "101", code + "102"} {
		if r.IntN(5) == 0 {
			continue
		}
		f.establishments = append(f.establishments, testkit.Establishment(func(e *record.Establishment) {
			e.Unit, e.Established = unit, r.IntN(5) > 0
			e.EstablishedOn = sometimes(day("2023-01-01", 760), 4)
		}))
	}
	return f
}
