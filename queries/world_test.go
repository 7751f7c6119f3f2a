package queries

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/store"
	"liandu/internal/testkit"
)

// now is the clock of the tests: long after everything was received.
var now = time.Date(2025, 3, 1, 9, 0, 0, 0, period.Shanghai)

// world is an open store with a city to count in.
type world struct {
	t testing.TB
	s *store.Store
	q *Queries
}

func newWorld(t testing.TB, units ...record.Unit) *world {
	t.Helper()
	s := testkit.OpenStore(t, Base())
	city := record.Unit{Code: "990100", Name: "云州市", Level: record.LevelCity}
	testkit.Import(t, s, append([]record.Unit{city}, units...)...)
	return &world{t: t, s: s, q: New(Deps{DB: s.DB(), Version: s.Version, Now: func() time.Time { return now }})}
}

// county is a submitting county; muts change it.
func county(code record.UnitCode, muts ...func(*record.Unit)) record.Unit {
	muts = append([]func(*record.Unit){func(u *record.Unit) { u.Code, u.Name = code, "县"+string(code) }}, muts...)
	return testkit.Unit(muts...)
}

// township is a township of a county; it does not submit.
func township(code, parent record.UnitCode) record.Unit {
	return record.Unit{Code: code, Name: "镇" + string(code), Level: record.LevelTownship, Parent: parent}
}

// facts is what one report says, before it is anybody's.
type facts struct {
	meetings       []record.Meeting
	resolutions    []record.Resolution
	establishments []record.Establishment
}

func meetings(ms ...record.Meeting) facts { return facts{meetings: ms} }

// items is an annual meeting of 2024 with these items; each without a number of its own gets its place.
func items(rs ...record.Resolution) facts {
	f := meetings(testkit.Meeting())
	for i, r := range rs {
		if i > 0 {
			r.ItemNo = fmt.Sprint(i + 1)
		}
		f.resolutions = append(f.resolutions, r)
	}
	return f
}

// by makes facts of no other unit a unit's own.
func (f facts) by(code record.UnitCode) facts {
	g := f.and(facts{})
	for i := range g.meetings {
		own(&g.meetings[i].Unit, code)
	}
	for i := range g.resolutions {
		own(&g.resolutions[i].Unit, code)
	}
	for i := range g.establishments {
		own(&g.establishments[i].Unit, code)
	}
	return g
}

func own(u *record.UnitCode, code record.UnitCode) {
	if *u == testkit.County {
		*u = code
	}
}

func (f facts) and(g facts) facts {
	return facts{
		append(append([]record.Meeting{}, f.meetings...), g.meetings...),
		append(append([]record.Resolution{}, f.resolutions...), g.resolutions...),
		append(append([]record.Establishment{}, f.establishments...), g.establishments...),
	}
}

// send files facts as a unit's report; facts of no other unit become its own.
func (w *world) send(unit record.UnitCode, quarter, received string, f facts) string {
	w.t.Helper()
	r := testkit.Reading(quarter, func(r *record.Reading) { r.Unit, r.File = unit, string(unit)+quarter+".xlsx" })
	f = f.by(unit)
	for i, m := range f.meetings {
		m.Source.Row = i + 2
		r.Meetings = append(r.Meetings, m)
	}
	for i, x := range f.resolutions {
		x.Source.Row = i + 2
		r.Resolutions = append(r.Resolutions, x)
	}
	for i, e := range f.establishments {
		e.Source.Row = i + 2
		r.Establishments = append(r.Establishments, e)
	}
	return testkit.Accept(w.t, w.s, received, r)
}

// asOf is a point of view under a built-in regime.
func asOf(t testing.TB, quarter, regimeID string) AsOf {
	t.Helper()
	return AsOf{Quarter: period.MustQuarter(quarter), Regime: builtIn(t, regimeID)}
}

// loadRegimes gives every test the same regimes: an evaluation is shared by those who hold the same one.
var loadRegimes = sync.OnceValues(func() ([]*regime.Regime, error) { return regime.Load(nil) })

func builtIn(t testing.TB, id string) *regime.Regime {
	t.Helper()
	all, err := loadRegimes()
	if err != nil {
		t.Fatal(err)
	}
	r, err := regime.Find(all, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (w *world) metrics(a AsOf) *Metrics {
	w.t.Helper()
	m, err := w.q.Metrics(context.Background(), a)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func (w *world) unit(a AsOf, code record.UnitCode) *UnitResult {
	w.t.Helper()
	u := w.metrics(a).Unit(code)
	if u == nil {
		w.t.Fatalf("unit %s is not listed as of %s", code, a.Quarter)
	}
	return u
}

func (w *world) findings(a AsOf, code record.UnitCode) map[string]Finding {
	w.t.Helper()
	fs, err := w.q.UnitFindings(context.Background(), a, code)
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[string]Finding{}
	for _, f := range fs {
		if _, twice := out[f.Rule]; twice {
			w.t.Errorf("rule %s found twice for %s", f.Rule, code)
		}
		out[f.Rule] = f
	}
	return out
}

// Mutations that the tests share.
func held(day string) func(*record.Meeting) {
	return func(m *record.Meeting) { m.HeldOn = period.MustDate(day) }
}

func session(year int) func(*record.Meeting) {
	return func(m *record.Meeting) { m.SessionYear = year }
}

func kind(k record.MeetingKind) func(*record.Meeting) {
	return func(m *record.Meeting) { m.Kind = k }
}

func chair(r record.ChairRank) func(*record.Meeting) {
	return func(m *record.Meeting) { m.ChairRank = r }
}

func due(day string) func(*record.Resolution) {
	return func(r *record.Resolution) { r.DueOn = period.MustDate(day) }
}

func revised(day string) func(*record.Resolution) {
	return func(r *record.Resolution) { r.RevisedDueOn = period.MustDate(day) }
}

func status(s record.ItemStatus) func(*record.Resolution) {
	return func(r *record.Resolution) { r.Status = s }
}

func of(year int) func(*record.Resolution) {
	return func(r *record.Resolution) { r.SessionYear = year }
}

func established(yes bool, day string) facts {
	return facts{establishments: []record.Establishment{testkit.Establishment(func(e *record.Establishment) {
		e.Established, e.EstablishedOn = yes, period.MustDate(day)
	})}}
}
