package queries

import (
	"fmt"
	"strings"
	"testing"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/testkit"
)

// metricSpec says what an indicator counts for one county as of 2024Q3. From none and all follow the cases that every
// indicator shares: a superseded version, known-at in the past, a renamed unit. Empty is a county that sent nothing.
type metricSpec struct {
	id       string
	regime   string
	deadline string
	none     facts
	wantNone Pair
	all      facts
	wantAll  Pair
	empty    Pair
	more     []metricCase
	close    []record.Resolution // confirmed in every county of the indicator
}

type metricCase struct {
	name  string
	facts facts
	want  Pair
}

const bayannur, qinhuangdao, shanghai, liubei = "bayannur-2024", "qinhuangdao-2024", "shanghai-2018", "liubei-2025"

func metricSpecs() []metricSpec {
	m, r, done := testkit.Meeting, testkit.Resolution, testkit.Done
	blank := func(f func(*record.Meeting)) facts { return meetings(m(f)) }
	old := facts{ // a session of an earlier year with one item
		meetings:    []record.Meeting{m(session(2022), held("2022-06-01"))},
		resolutions: []record.Resolution{r(of(2022))},
	}
	substituted := facts{
		meetings:    []record.Meeting{m(session(2022), held("2022-06-01"), kind(record.KindSubstitute))},
		resolutions: []record.Resolution{r(of(2022), func(r *record.Resolution) { r.Kind = record.KindSubstitute })},
	}
	return []metricSpec{
		{
			id: "annual_meeting_held", regime: bayannur, wantNone: Pair{0, 1}, all: meetings(m()), wantAll: Pair{1, 1}, empty: Pair{0, 1},
			more: []metricCase{
				{"held on the last day of Q", meetings(m(held("2024-09-30"))), Pair{1, 1}},
				{"held the day after Q", meetings(m(held("2024-10-01"))), Pair{0, 1}},
				{"a substitute is not a meeting", meetings(m(kind(record.KindSubstitute))), Pair{0, 1}},
				{"an extraordinary meeting is not annual", meetings(m(kind(record.KindExtraordinary))), Pair{0, 1}},
				{"of another session year", meetings(m(session(2023))), Pair{0, 1}},
			},
		},
		{
			id: "held_on_time", regime: bayannur, deadline: "2024-06-18",
			none: meetings(m(held("2024-06-19"))), wantNone: Pair{0, 1}, all: meetings(m()), wantAll: Pair{1, 1}, empty: Pair{0, 1},
			more: []metricCase{{"the earliest counts", meetings(m(held("2024-07-01")), m()), Pair{1, 1}}},
		},
		{
			id: "chaired_by_principal", regime: bayannur,
			none: meetings(m(chair(record.RankDeputy))), wantNone: Pair{0, 1}, all: meetings(m()), wantAll: Pair{1, 1},
			more: []metricCase{
				{"unknown stays in the denominator", meetings(m(chair(record.RankUnknown))), Pair{0, 1}},
				{"the highest of two meetings", meetings(m(chair(record.RankDeputy)), m(held("2024-07-01"))), Pair{1, 1}},
				{"a meeting of another year does not lend its chair",
					meetings(m(chair(record.RankParty)), m(session(2023), held("2023-07-01"))), Pair{0, 1}},
			},
		},
		{
			id: "chair_meets_rule", regime: bayannur,
			none: meetings(m(chair(record.RankParty))), wantNone: Pair{0, 1}, all: meetings(m(chair(record.RankDeputy))), wantAll: Pair{1, 1},
			more: []metricCase{{"unknown is not accepted", meetings(m(chair(record.RankUnknown))), Pair{0, 1}}},
		},
		{
			id: "agenda_complete", regime: bayannur,
			none: blank(func(m *record.Meeting) { m.AgendaDeploy = nil }), wantNone: Pair{0, 1}, all: meetings(m()), wantAll: Pair{1, 1},
			more: []metricCase{
				{"no report asked without an earlier item", blank(func(m *record.Meeting) { m.AgendaReport = nil }), Pair{1, 1}},
				{"a report asked with an earlier item", old.and(blank(func(m *record.Meeting) { m.AgendaReport = nil })), Pair{0, 1}},
			},
		},
		{
			id: "topic_lead_time", regime: bayannur,
			none: blank(solicited("2024-04-19")), wantNone: Pair{0, 1}, all: blank(solicited("2024-04-18")), wantAll: Pair{1, 1},
			more: []metricCase{
				{"a blank date", blank(func(m *record.Meeting) { m.SolicitedOn = period.Date{} }), Pair{0, 1}},
				{"a month without that day", meetings(m(held("2024-08-31"), solicited("2024-06-30"))), Pair{1, 1}},
			},
		},
		{
			id: "minutes_issued", regime: bayannur,
			none: blank(minutes("")), wantNone: Pair{0, 1}, all: meetings(m()), wantAll: Pair{1, 1},
			more: []metricCase{
				{"issued on the last day of Q", blank(minutes("2024-09-30")), Pair{1, 1}},
				{"issued the day after Q", blank(minutes("2024-10-01")), Pair{0, 1}},
				{"of the counted meeting, not a later one", meetings(m(minutes("")), m(held("2024-07-01"))), Pair{0, 1}},
			},
		},
		{
			id: "publicity", regime: bayannur,
			none: blank(func(m *record.Meeting) { m.HasPublicity = false }), wantNone: Pair{0, 1}, all: meetings(m()), wantAll: Pair{1, 1},
		},
		{
			id: "report_back", regime: bayannur,
			none: old.and(blank(func(m *record.Meeting) { m.AgendaReport = nil })), wantNone: Pair{0, 1},
			all: old.and(meetings(m())), wantAll: Pair{1, 1},
			more: []metricCase{
				{"nothing to report on", meetings(m()), Pair{0, 0}},
				{"items of a substitute are none", substituted.and(meetings(m())), Pair{0, 0}},
				{"items of this year are none", items(r()), Pair{0, 0}},
				{"earlier items, nothing held yet", old, Pair{0, 0}},
			},
		},
		{
			id: "resolution_completion", regime: bayannur,
			none: items(r(), r()), wantNone: Pair{0, 2}, all: items(r(done("2024-08-01")), r(done("2024-08-01"))), wantAll: Pair{2, 2},
			more: []metricCase{
				{"done on the last day of Q", items(r(done("2024-09-30"))), Pair{1, 1}},
				{"done with no date: the end of that quarter", items(r(status(record.StatusCompleted))), Pair{1, 1}},
				{"done before the year began", old.and(facts{resolutions: []record.Resolution{r(of(2022), done("2023-12-31"))}}.without(old)), Pair{0, 0}},
				{"done on the year's first day", old.and(facts{resolutions: []record.Resolution{r(of(2022), done("2024-01-01"))}}.without(old)), Pair{1, 1}},
				{"backlog stays until it is done", old, Pair{0, 1}},
				{"ongoing and cancelled are apart", items(r(status(record.StatusOngoing)), r(status(record.StatusCancelled))), Pair{0, 0}},
				{"an item of a substitute", substituted, Pair{0, 0}},
				{"an item whose meeting is not reported", facts{resolutions: []record.Resolution{r()}}, Pair{0, 0}},
				{"an item of a later session year", items(r()).and(facts{resolutions: []record.Resolution{r(of(2025), func(r *record.Resolution) { r.ItemNo = "9" })}, meetings: []record.Meeting{m(session(2025), held("2024-09-01"))}}), Pair{0, 1}},
			},
		},
		{
			id: "resolution_closed", regime: bayannur, close: []record.Resolution{r()},
			none: items(r()), wantNone: Pair{0, 1}, all: items(r(done("2024-08-01"))), wantAll: Pair{1, 1},
			more: []metricCase{
				{"done but not confirmed", items(r(done("2024-08-01")), r(done("2024-08-01"))), Pair{1, 2}},
				{"the item lost its number", items(r(done("2024-08-01"), func(r *record.Resolution) { r.ItemNo = "" })), Pair{0, 1}},
			},
		},
		{
			id: "resolution_on_time", regime: bayannur,
			none: items(r(due("2024-07-31"), done("2024-08-01"))), wantNone: Pair{0, 1},
			all: items(r(due("2024-07-31"), done("2024-07-31"))), wantAll: Pair{1, 1},
			more: []metricCase{
				{"neither due nor done", items(r(due("2024-10-01"))), Pair{0, 0}},
				{"due on the last day of Q", items(r(due("2024-09-30"))), Pair{0, 1}},
				{"no deadline", items(r(due(""), done("2024-08-01"))), Pair{0, 0}},
				{"an extension does not help", items(r(due("2024-07-31"), revised("2024-12-31"), done("2024-08-15"))), Pair{0, 1}},
				{"done early", items(r(due("2024-12-31"), done("2024-08-15"))), Pair{1, 1}},
			},
		},
		{
			id: "resolution_overdue", regime: bayannur,
			none: items(r(due("2024-10-01"))), wantNone: Pair{0, 1}, all: items(r(due("2024-09-30"))), wantAll: Pair{1, 1},
			more: []metricCase{
				{"extended past Q", items(r(due("2024-07-01"), revised("2024-10-01"))), Pair{0, 1}},
				{"extended to the last day of Q", items(r(due("2024-07-01"), revised("2024-09-30"))), Pair{1, 1}},
				{"done late is not overdue", items(r(due("2024-07-01"), done("2024-08-01"))), Pair{0, 1}},
				{"no deadline", items(r(due(""))), Pair{0, 1}},
			},
		},
		{
			id: "implementation_plan", regime: qinhuangdao,
			none: items(r(planned(""))), wantNone: Pair{0, 1}, all: items(r()), wantAll: Pair{1, 1},
			more: []metricCase{
				{"planned on the last day of Q", items(r(planned("2024-09-30"))), Pair{1, 1}},
				{"planned the day after Q", items(r(planned("2024-10-01"))), Pair{0, 1}},
			},
		},
		{
			id: "accountability", regime: bayannur,
			none: items(r(func(r *record.Resolution) { r.Owner = "" })), wantNone: Pair{0, 1}, all: items(r()), wantAll: Pair{1, 1},
			more: []metricCase{
				{"no lead unit", items(r(func(r *record.Resolution) { r.LeadUnit = "" })), Pair{0, 1}},
				{"a deadline in words only", items(r(due(""), func(r *record.Resolution) { r.DueText = "长期" })), Pair{0, 1}},
			},
		},
		{
			id: "establishment", regime: bayannur,
			none: established(false, ""), wantNone: Pair{0, 1}, all: established(true, "2024-01-15"), wantAll: Pair{1, 1}, empty: Pair{0, 1},
			more: []metricCase{
				{"established on the last day of Q", established(true, "2024-09-30"), Pair{1, 1}},
				{"a date after Q does not count", established(true, "2024-10-01"), Pair{0, 1}},
				{"no date", established(true, ""), Pair{1, 1}},
			},
		},
	}
}

// without takes the items that g has too, by replacing them: f's rows are the later word on them.
func (f facts) without(g facts) facts {
	for i := range f.resolutions {
		f.resolutions[i].ItemNo = g.resolutions[0].ItemNo
	}
	return f
}

func solicited(day string) func(*record.Meeting) {
	return func(m *record.Meeting) { m.SolicitedOn = period.MustDate(day) }
}

func minutes(day string) func(*record.Meeting) {
	return func(m *record.Meeting) { m.MinutesIssuedOn = period.MustDate(day) }
}

func planned(day string) func(*record.Resolution) {
	return func(r *record.Resolution) { r.PlanOn = period.MustDate(day) }
}

// TestMetrics gives every case of every indicator a county of its own in one city, all in one report: a first version
// of it on 3 October and a second on the 8th, which replaces it.
func TestMetrics(t *testing.T) {
	t.Parallel()
	type expectation struct {
		name string
		id   string
		as   AsOf
		code record.UnitCode
		want Pair
	}
	var (
		units         []record.Unit
		want          []expectation
		first, second facts
		closings      []record.Resolution
	)
	next := func(muts ...func(*record.Unit)) record.UnitCode {
		u := county(record.UnitCode(fmt.Sprintf("99%04d", 1000+len(units))), muts...)
		u.Submitter = false
		units = append(units, u)
		return u.Code
	}
	for _, spec := range metricSpecs() {
		as := asOf(t, "2024Q3", spec.regime)
		as.Deadline = period.MustDate(spec.deadline)
		add := func(name string, as AsOf, code record.UnitCode, p Pair) {
			want = append(want, expectation{spec.id + ": " + name, spec.id, as, code, p})
		}
		file := func(code record.UnitCode, before, after facts) {
			first, second = first.and(before.by(code)), second.and(after.by(code))
			for _, r := range spec.close {
				r.Unit = code
				closings = append(closings, r)
			}
		}
		cases := append([]metricCase{
			{"none", spec.none, spec.wantNone}, {"all", spec.all, spec.wantAll},
		}, spec.more...)
		for _, c := range cases {
			code := next()
			file(code, c.facts, c.facts)
			add(c.name, as, code, c.want)
		}
		add("nothing sent", as, next(), spec.empty)

		twice := next()
		file(twice, spec.none, spec.all)
		add("a superseded version", as, twice, spec.wantAll)
		past := as
		past.KnownAt = testkit.Moment(t, "2024-10-05")
		add("known-at before the correction", past, twice, spec.wantNone)
		past.KnownAt = testkit.Moment(t, "2024-10-02")
		add("known-at before anything", past, twice, spec.empty)

		heir := next(func(u *record.Unit) { u.ValidFrom = period.MustDate("2024-09-01") })
		former := next(func(u *record.Unit) { u.ValidTo, u.Successor = period.MustDate("2024-08-31"), heir })
		file(former, spec.all, spec.all)
		add("a renamed unit", as, heir, spec.wantAll)
	}
	w := newWorld(t, units...)
	w.send("990100", "2024Q3", "2024-10-03", first)
	w.send("990100", "2024Q3", "2024-10-08", second)
	for _, r := range closings {
		testkit.Close(t, w.s, r, "2024-09-01")
	}
	for _, x := range want {
		if got := w.unit(x.as, x.code).Indicators[x.id]; got != x.want {
			t.Errorf("%s = %v, want %v", x.name, got, x.want)
		}
	}
}

// TestMetricsHaveCases counts: every indicator but the one of punctuality has its cases above.
func TestMetricsHaveCases(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{"submission_on_time": true} // TestSubmissionOnTime
	for _, s := range metricSpecs() {
		seen[s.id] = true
	}
	for _, i := range Indicators() {
		if !seen[i.ID] {
			t.Errorf("indicator %s has no cases", i.ID)
		}
	}
}

func TestSubmissionOnTime(t *testing.T) {
	t.Parallel()
	none, inTime, late, corrected, heir, former, asked := record.UnitCode("990102"), record.UnitCode("990103"), record.UnitCode("990104"),
		record.UnitCode("990105"), record.UnitCode("990121"), record.UnitCode("990122"), record.UnitCode("990123")
	w := newWorld(t, county(none), county(inTime), county(late), county(corrected),
		county(heir, func(u *record.Unit) { u.ValidFrom = period.MustDate("2024-09-01") }),
		county(former, func(u *record.Unit) { u.ValidTo, u.Successor = period.MustDate("2024-08-31"), heir }),
		county(asked, func(u *record.Unit) { u.ValidFrom = period.MustDate("2024-05-01") }), township("990102001", inTime))
	w.send(inTime, "2024Q1", "2024-04-10T23:59:59+08:00", facts{})
	w.send(inTime, "2024Q2", "2024-07-10", facts{})
	w.send(inTime, "2024Q3", "2024-10-10", facts{})
	w.send(late, "2024Q1", "2024-04-11", facts{})
	w.send(corrected, "2024Q1", "2024-04-02", facts{})
	w.send(corrected, "2024Q1", "2024-06-02", facts{})
	w.send(former, "2024Q1", "2024-04-02", facts{})
	w.send(former, "2024Q2", "2024-07-02", facts{})
	w.send(heir, "2024Q3", "2024-10-02", facts{})

	q3 := asOf(t, "2024Q3", bayannur)
	q3.Level = record.LevelCounty
	early := q3
	early.KnownAt = testkit.Moment(t, "2024-10-10T23:59:59+08:00")
	start := q3
	start.KnownAt = testkit.Moment(t, "2024-04-10T23:00:00+08:00")
	year := asOf(t, "2025Q1", bayannur)
	year.Year = 2024
	for _, c := range []struct {
		name string
		as   AsOf
		code record.UnitCode
		want Pair
	}{
		{"nothing sent", q3, none, Pair{0, 3}},
		{"the due day is in time", q3, inTime, Pair{3, 3}},
		{"the day after is late, the rest missing", q3, late, Pair{0, 3}},
		{"the first version decides", q3, corrected, Pair{1, 3}},
		{"a renamed unit", q3, heir, Pair{3, 3}},
		{"not asked before it began", q3, asked, Pair{0, 2}},
		{"not yet due at known-at and not received", early, none, Pair{0, 2}},
		{"received before due counts", early, inTime, Pair{3, 3}},
		{"nothing was due yet", start, none, Pair{0, 0}},
		{"a year seen from the next one", year, inTime, Pair{3, 4}},
	} {
		if got := w.unit(c.as, c.code).Indicators["submission_on_time"]; got != c.want {
			t.Errorf("%s = %v, want %v", c.name, got, c.want)
		}
	}
	town := asOf(t, "2024Q3", shanghai)
	town.Level = record.LevelTownship
	if got := w.unit(town, "990102001").Indicators["submission_on_time"]; got != (Pair{3, 3}) {
		t.Errorf("a township has its county's = %v, want 3/3", got)
	}
}

// TestWithoutRuleIsNull: an indicator whose rule the document lacks is 0/0 whatever was reported.
func TestWithoutRuleIsNull(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	w.send("990102", "2024Q3", "2024-10-03", items(testkit.Resolution()))
	for _, id := range []string{"sanmenxia-2024", qinhuangdao, bayannur, shanghai} {
		u := w.unit(asOf(t, "2024Q3", id), "990102")
		for _, ind := range regime.Indicators {
			r := builtIn(t, id)
			if null := u.Indicators[ind.ID].Den == 0; ind.NeedsRule && null == r.HasRule(ind.Rule) {
				t.Errorf("%s under %s = %v, has rule: %v", ind.ID, id, u.Indicators[ind.ID], r.HasRule(ind.Rule))
			}
		}
	}
}

func TestAnnualStatus(t *testing.T) {
	t.Parallel()
	m := testkit.Meeting
	codes := []record.UnitCode{"990102", "990103", "990104", "990105", "990121"}
	var units []record.Unit
	for _, c := range codes {
		units = append(units, county(c))
	}
	w := newWorld(t, units...)
	w.send("990102", "2024Q4", "2025-01-03", meetings(m(held("2024-12-31"))))
	w.send("990103", "2025Q1", "2025-02-03", meetings(m(held("2025-01-01"))))
	w.send("990104", "2024Q4", "2025-01-03", meetings(m(kind(record.KindSubstitute))))
	w.send("990105", "2024Q4", "2025-01-03", meetings(m(kind(record.KindExtraordinary))))
	q3, q4, next := asOf(t, "2024Q3", qinhuangdao), asOf(t, "2024Q4", qinhuangdao), asOf(t, "2025Q1", qinhuangdao)
	next.Year = 2024
	next.KnownAt = testkit.Moment(t, "2025-02-20")
	for _, c := range []struct {
		as   AsOf
		want string
	}{
		{q3, "pending pending pending pending pending"},
		{q4, "held_on_time not_held substituted not_held not_held"},
		{next, "held_on_time held_late substituted not_held not_held"},
	} {
		var got []string
		for _, code := range codes {
			got = append(got, string(w.unit(c.as, code).Status))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("as of %s = %s, want %s", c.as.Quarter, s, c.want)
		}
	}
	if u := w.unit(next, "990103"); u.HeldOn != period.MustDate("2025-01-01") || u.ChairRank != record.RankPrincipal {
		t.Errorf("held %s under %s, want 2025-01-01 under principal", u.HeldOn, u.ChairRank)
	}
	if u := w.unit(q4, "990104"); !u.HeldOn.IsZero() || u.ChairRank != "" {
		t.Errorf("a substituted meeting shows %s, %s", u.HeldOn, u.ChairRank)
	}
}
