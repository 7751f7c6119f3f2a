package queries

import (
	"testing"
	"time"

	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/store"
	"liandu/internal/testkit"
)

var day = period.MustDate

// loop is a service whose clock is the tests'.
func (w *world) loop() *matter.Service {
	return &matter.Service{Store: w.s, Now: func() time.Time { return now }}
}

func (w *world) open(t *testing.T, unit record.UnitCode, on string, targets ...store.MatterTarget) string {
	t.Helper()
	ids, err := w.loop().Open(t.Context(), matter.Actor{Login: "an", Officer: true}, matter.Opening{MatterOpened: store.MatterOpened{
		Unit: unit, Reporter: unit, Source: "finding", Title: "督办", Quarter: period.MustQuarter("2024Q1"), Year: 2024,
		Regime: "qinhuangdao-2024", On: day(on), Targets: targets,
	}})
	if err != nil {
		t.Fatal(err)
	}
	return ids[0]
}

func (w *world) take(t *testing.T, who, id string, k matter.Kind, on, due string) {
	t.Helper()
	m, err := w.q.Matter(t.Context(), id, "")
	if err != nil {
		t.Fatal(err)
	}
	mv := matter.Move{Matter: id, Version: m.Version, Kind: k, On: day(on), Words: "已办", Person: "王某"}
	if due != "" {
		mv.DueOn = day(due)
	}
	if err := w.loop().Take(t.Context(), matter.Actor{Login: who, Officer: true}, mv); err != nil {
		t.Fatalf("%s on %s: %v", k, on, err)
	}
}

func (w *world) outcome(t *testing.T, quarter, id string) Outcome {
	t.Helper()
	m, err := w.q.Matter(t.Context(), id, "")
	if err != nil {
		t.Fatal(err)
	}
	out, err := w.q.Outcomes(t.Context(), asOf(t, quarter, qinhuangdao), []*matter.Matter{m})
	if err != nil || len(out) != 1 {
		t.Fatalf("outcomes = %v, %v", out, err)
	}
	return out[0]
}

// TestOutcomeOfAFinding: overdue in the first quarter, done in the second, another overdue in the third; judged in the
// finding's own year for ever.
func TestOutcomeOfAFinding(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	late := func(title string, due string, done bool) record.Resolution {
		return testkit.Resolution(func(r *record.Resolution) {
			r.Title, r.TitleKey, r.ItemNo, r.DueOn, r.Status, r.CompletedOn = title, title, title, day(due), record.StatusInProgress, period.Date{}
			if done {
				r.Status, r.CompletedOn = record.StatusCompleted, day("2024-06-20")
			}
		})
	}
	meeting := meetings(testkit.Meeting(func(m *record.Meeting) { m.HeldOn = day("2024-02-01") }))
	report := func(quarter string, rs ...record.Resolution) {
		f := meeting
		f.resolutions = rs
		w.send("990102", quarter, reception(quarter), f)
	}
	report("2024Q1", late("1", "2024-03-01", false))
	report("2024Q2", late("1", "2024-03-01", true))
	report("2024Q3", late("1", "2024-03-01", true), late("2", "2024-09-01", false))
	id := w.open(t, "990102", "2024-04-10", store.MatterTarget{Rule: regime.RuleOverdue, RuleName: "事项逾期"})
	w.take(t, "an", id, matter.Assign, "2024-04-12", "2024-05-12")

	for _, tc := range []struct {
		quarter string
		fate    Fate
		doneOn  string
		backIn  string
		days    int
	}{
		{"2024Q1", FateUnseen, "", "", -1},
		{"2024Q2", FateDone, "2024-06-30", "", 79},
		{"2024Q3", FateBack, "2024-06-30", "2024Q3", -1},
		{"2025Q1", FateBack, "2024-06-30", "2024Q3", -1},
	} {
		o := w.outcome(t, tc.quarter, id)
		got := o.Targets[0]
		if got.Fate != tc.fate || got.DoneOn.String() != tc.doneOn || got.BackIn.String() != tc.backIn || o.Days != tc.days {
			t.Errorf("%s: %+v, %d days", tc.quarter, got, o.Days)
		}
		if o.IsBack() {
			t.Errorf("%s: a matter that is not closed cannot have come back", tc.quarter)
		}
	}
	liubeis, err := w.q.Outcomes(t.Context(), asOf(t, "2024Q3", liubei), mustMatters(t, w))
	if err != nil || liubeis[0].Targets[0].Fate != FateUnjudged {
		t.Errorf("under another regime %+v, %v", liubeis, err)
	}
}

// reception is in time for a quarter's report.
func reception(quarter string) string {
	return period.MustQuarter(quarter).Last().AddDays(3).String()
}

func mustMatters(t *testing.T, w *world) []*matter.Matter {
	t.Helper()
	all, err := w.q.Matters(t.Context(), MatterFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestOutcomeOfAMeeting: the day is the meeting's own, and a new year does not make the old one's meeting held.
func TestOutcomeOfAMeeting(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"), county("990103"))
	none := store.MatterTarget{Rule: regime.RuleAnnualMeeting, RuleName: "年度会议"}
	opened := func(unit record.UnitCode) string {
		ids, err := w.loop().Open(t.Context(), matter.Actor{Login: "an", Officer: true}, matter.Opening{MatterOpened: store.MatterOpened{
			Unit: unit, Reporter: unit, Source: "finding", Title: "年度会议未召开", Quarter: period.MustQuarter("2024Q4"), Year: 2024,
			Regime: "qinhuangdao-2024", On: day("2025-01-05"), Targets: []store.MatterTarget{none},
		}})
		if err != nil {
			t.Fatal(err)
		}
		w.take(t, "an", ids[0], matter.Assign, "2025-01-06", "2025-01-20")
		return ids[0]
	}
	held, never := opened("990102"), opened("990103")
	w.send("990102", "2025Q1", "2025-02-20", meetings(testkit.Meeting(func(m *record.Meeting) { m.SessionYear, m.HeldOn = 2024, day("2025-02-10") })))
	if o := w.outcome(t, "2025Q1", held); o.Targets[0].Fate != FateDone || o.Targets[0].DoneOn != day("2025-02-10") || o.Days != 35 {
		t.Errorf("held late: %+v", o)
	}
	if o := w.outcome(t, "2025Q1", never); o.Targets[0].Fate != FateOpen || o.Targets[0].NowSays == "" {
		t.Errorf("never held: %+v", o)
	}
	out, err := w.q.Outcomes(t.Context(), asOf(t, "2025Q1", qinhuangdao), mustMatters(t, w))
	if err != nil {
		t.Fatal(err)
	}
	f := LoopOf(out, day("2025-02-01"))
	if f.All != 2 || f.Live != 2 || f.Late != 2 || f.Meetings != (Pair{1, 2}) || f.Answered != (Pair{0, 2}) || f.CloseDays.Den != 0 {
		t.Errorf("figures %+v", f)
	}
}

// TestClosingMovesTheRate: 销号率 is the department's word; its withdrawal takes it back, and an earlier known-at has neither.
func TestClosingMovesTheRate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	done := testkit.Resolution(func(r *record.Resolution) {
		r.ItemNo, r.Title, r.TitleKey, r.Status, r.CompletedOn = "1", "甲", "甲", record.StatusCompleted, day("2024-09-01")
	})
	w.send("990102", "2024Q3", reception("2024Q3"), items(done))
	rate := func() Pair {
		m, err := w.q.Metrics(t.Context(), asOf(t, "2024Q3", qinhuangdao))
		if err != nil {
			t.Fatal(err)
		}
		return m.Total["resolution_closed"]
	}
	if got := rate(); got != (Pair{0, 1}) {
		t.Fatalf("before: %v", got)
	}
	ids, err := w.loop().Open(t.Context(), matter.Actor{Login: "an", Officer: true}, matter.Opening{Then: []matter.Move{{Kind: matter.Check, On: day("2024-09-20")}}, MatterOpened: store.MatterOpened{
		Unit: "990102", Reporter: "990102", Source: "item", Title: "甲", On: day("2024-09-20"),
		Targets: []store.MatterTarget{{SessionYear: 2024, MeetingKind: record.KindAnnual, ItemKey: "n:1", ItemTitle: "甲"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	w.take(t, "bo", ids[0], matter.Close, "2024-09-28", "")
	if got := rate(); got != (Pair{1, 1}) {
		t.Errorf("closed: %v", got)
	}
	if o := w.outcome(t, "2024Q3", ids[0]); o.Done != 1 || o.IsBack() {
		t.Errorf("closed item: %+v", o)
	}
	// The county takes its 已完成 back.
	w.send("990102", "2024Q4", reception("2024Q4"), items(testkit.Resolution(func(r *record.Resolution) {
		r.ItemNo, r.Title, r.TitleKey, r.Status, r.CompletedOn = "1", "甲", "甲", record.StatusInProgress, period.Date{}
	})))
	if o := w.outcome(t, "2024Q4", ids[0]); !o.IsBack() || o.Targets[0].NowSays != "推进中" {
		t.Errorf("an item that is no longer reported as done: %+v", o)
	}
	w.take(t, "an", ids[0], matter.Reopen, "2025-01-20", "")
	if got := rate(); got != (Pair{0, 1}) {
		t.Errorf("withdrawn: %v", got)
	}
	past, err := w.q.Matters(t.Context(), MatterFilter{KnownAt: now.Add(-time.Hour)})
	if err != nil || len(past) != 0 {
		t.Errorf("before anything was written: %v, %v", past, err)
	}
}

func TestMattersKeepToTheScope(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"), county("990103"))
	own := w.open(t, "990102", "2024-04-10", store.MatterTarget{Rule: regime.RuleOverdue, RuleName: "逾期"})
	w.open(t, "990103", "2024-04-10", store.MatterTarget{Rule: regime.RuleOverdue, RuleName: "逾期"})
	all, err := w.q.Matters(t.Context(), MatterFilter{Scope: "990102"})
	if err != nil || len(all) != 1 || all[0].ID != own || all[0].UnitName != "县990102" {
		t.Errorf("own matters = %v, %v", all, err)
	}
	if _, err := w.q.Matter(t.Context(), own, "990103"); err == nil {
		t.Error("another county's matter was answered")
	}
}

// TestAMatterOutlivesItsUnit: opened under the code before, it is judged, listed and closed by the reports of who carries on.
func TestAMatterOutlivesItsUnit(t *testing.T) {
	t.Parallel()
	w := newWorld(t,
		county("990121", func(u *record.Unit) { u.ValidTo, u.Successor = day("2024-03-31"), "990106" }),
		county("990106", func(u *record.Unit) { u.ValidFrom = day("2024-04-01") }),
		county("990122"),
	)
	f := meetings(testkit.Meeting(func(m *record.Meeting) { m.HeldOn = day("2024-02-01") }))
	report := func(unit record.UnitCode, quarter string, done bool) {
		f.resolutions = []record.Resolution{testkit.Resolution(func(r *record.Resolution) {
			r.Title, r.TitleKey, r.ItemNo, r.DueOn, r.Status, r.CompletedOn = "甲", "甲", "1", day("2024-03-01"), record.StatusInProgress, period.Date{}
			if done {
				r.Status, r.CompletedOn = record.StatusCompleted, day("2024-05-20")
			}
		})}
		w.send(unit, quarter, reception(quarter), f)
	}
	report("990121", "2024Q1", false)
	item := store.MatterTarget{ItemKey: "n:1", ItemTitle: "甲", SessionYear: 2024, MeetingKind: record.KindAnnual}
	id := w.open(t, "990121", "2024-04-10", store.MatterTarget{Rule: regime.RuleOverdue, RuleName: "事项逾期"}, item)
	report("990106", "2024Q2", true)

	for scope, want := range map[record.UnitCode]int{"990106": 1, "990121": 1, "990122": 0} {
		if all, err := w.q.Matters(t.Context(), MatterFilter{Scope: scope}); err != nil || len(all) != want {
			t.Errorf("%s sees %d matters, %v, want %d", scope, len(all), err, want)
		}
	}
	if all, err := w.q.Matters(t.Context(), MatterFilter{Unit: "990106"}); err != nil || len(all) != 1 {
		t.Errorf("the unit that carries on lists %d, %v", len(all), err)
	}
	o := w.outcome(t, "2024Q2", id)
	if o.Targets[0].Fate != FateDone || o.Targets[1].Fate != FateDone || o.Targets[1].DoneOn != day("2024-05-20") {
		t.Errorf("what became of it: %+v", o.Targets)
	}
	rows, err := w.q.Resolutions(t.Context(), asOf(t, "2024Q2", qinhuangdao), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := ClaimOf(rows, o.Matter, item); err != nil {
		t.Errorf("its item cannot be closed: %v", err)
	}
	w.take(t, "an", id, matter.Assign, "2024-04-12", "2024-05-12")
	w.take(t, "an", id, matter.Receive, "2024-04-13", "")
	w.take(t, "an", id, matter.Reply, "2024-05-21", "")
	w.take(t, "an", id, matter.Check, "2024-05-22", "")
	w.take(t, "bo", id, matter.Close, "2024-06-01", "")
	if got := w.unit(asOf(t, "2024Q2", qinhuangdao), "990106").Indicators["resolution_closed"]; got != (Pair{1, 1}) {
		t.Errorf("销号率 = %v, want 1/1", got)
	}
}
