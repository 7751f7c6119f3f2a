// Package viewtest holds an invented city as the answers of package queries, for tests of pages: every unit's facts are
// written once, and the pairs, totals and states are summed from them, so that a page made from it must add up.
package viewtest

import (
	"fmt"
	"slices"
	"testing"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// City is 云州市 at 2024Q4 with the seven quarters before it.
type City struct {
	Units    []record.Unit
	Now      *queries.Metrics
	LastYear *queries.Metrics
	History  []*queries.Metrics
	Findings []queries.Finding
	Items    []queries.ResolutionRow
	Meetings []queries.MeetingRow
	Sent     []queries.SentRow
}

// county is one unit's story. lights has a letter a quarter, g y r or - for none; scores are in tenths.
type county struct {
	name, lights                     string
	scores                           [8]int
	status                           queries.AnnualStatus
	held, chair, title               string
	rank                             record.ChairRank
	done, doing, idle, late, ongoing int
	lateDays                         int
	reds, yellows                    []string // rule ids
}

var stories = []county{
	{"东湖区", "ygggyggg", [8]int{860, 920, 940, 950, 880, 930, 950, 967}, queries.HeldOnTime, "2024-05-20", "周明远", "区长", "principal", 5, 1, 0, 0, 0, 0, nil, nil},
	{"西岭区", "yyyygyyr", [8]int{880, 845, 792, 764, 900, 813, 726, 491}, queries.HeldOnTime, "2024-11-28", "何建平", "副区长", "deputy", 2, 2, 1, 2, 1, 184, []string{"chair", "overdue"}, []string{"plan", "report_back"}},
	{"南浦区", "-yggyggg", [8]int{900, 900, 930, 950, 900, 930, 940, 960}, queries.HeldOnTime, "2024-06-12", "沈立", "区长", "principal", 4, 1, 0, 0, 0, 0, nil, nil},
	{"云港区", "-yyg-yyg", [8]int{850, 880, 890, 940, 860, 880, 890, 960}, queries.HeldOnTime, "2024-10-16", "顾一鸣", "代区长", "principal", 4, 1, 0, 0, 0, 0, nil, nil},
	{"清河县", "ygggyggr", [8]int{880, 930, 950, 960, 900, 940, 970, 942}, queries.HeldOnTime, "2024-04-18", "陈守正", "县长", "principal", 5, 0, 0, 1, 0, 61, []string{"overdue"}, nil},
	{"石桥县", "-ygy-ygy", [8]int{860, 890, 930, 890, 870, 900, 960, 950}, queries.HeldOnTime, "2024-08-09", "潘家林", "县长", "principal", 4, 0, 1, 0, 0, 0, nil, []string{"plan"}},
	{"白塔县", "-yyrryyr", [8]int{800, 820, 790, 600, 620, 760, 720, 391}, queries.Substituted, "2024-09-05", "邵国平", "县长", "principal", 2, 0, 0, 1, 0, 61, []string{"substitute", "overdue"}, []string{"item_list"}},
	{"柳川县", "--yg-ygg", [8]int{870, 880, 900, 940, 870, 900, 940, 960}, queries.HeldOnTime, "2024-07-23", "丁文海", "县长", "principal", 4, 1, 0, 0, 0, 0, nil, nil},
	{"丰谷县", "-yrrrrrr", [8]int{780, 700, 650, 610, 600, 580, 500, 327}, queries.NotHeld, "", "", "", "", 2, 0, 0, 2, 0, 184, []string{"annual_meeting", "overdue"}, []string{"submission"}},
	{"松坪县", "--yrryyr", [8]int{820, 810, 760, 640, 650, 700, 710, 650}, queries.HeldLate, "2024-12-31", "许志远", "县委副书记、常务副县长", "deputy", 1, 2, 1, 0, 0, 0, []string{"chair"}, nil},
	{"望湖县", "--yy-yyy", [8]int{820, 830, 840, 860, 830, 820, 840, 808}, queries.HeldOnTime, "2024-12-10", "", "", "unknown", 3, 2, 0, 0, 0, 0, nil, []string{"report_back"}},
	{"安泉市", "ggggyggg", [8]int{940, 950, 960, 980, 880, 930, 950, 1000}, queries.HeldOnTime, "2024-03-29", "吕安", "市长", "principal", 5, 0, 0, 0, 0, 0, nil, nil},
}

var short = map[string]string{
	"annual_meeting": "未召开", "substitute": "其他会议代替", "chair": "主持规格不够", "overdue": "逾期", "plan": "缺方案 1 项",
	"report_back": "未回报落实情况", "item_list": "责任不全 1 项", "submission": "未按时报送",
}

// New makes the city under the first built-in regime. Each change is applied to every item and finding before the page
// is made: a hostile title, for example.
func New(t testing.TB) *City {
	t.Helper()
	all, err := regime.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(r *regime.Regime) bool { return r.ID == "qinhuangdao-2024" })
	c := &City{Units: []record.Unit{{Code: "990100", Name: "云州市", Level: record.LevelCity}}}
	for n, s := range stories {
		c.addCounty(all[i], n, s)
	}
	c.Units = append(c.Units, record.Unit{Code: "990191", Name: "云州开发区", Level: record.LevelZone, Parent: "990100"})
	for q := range 8 {
		c.History = append(c.History, c.quarter(all[i], q))
	}
	c.Now, c.LastYear = c.History[7], c.History[3]
	slices.SortStableFunc(c.Findings, func(a, b queries.Finding) int {
		return *c.Now.Unit(a.Unit.Code).Score - *c.Now.Unit(b.Unit.Code).Score
	})
	return c
}

func (c *City) addCounty(r *regime.Regime, n int, s county) {
	u := record.Unit{Code: record.UnitCode(fmt.Sprintf("9901%02d", n+1)), Name: s.name, Level: record.LevelCounty, Parent: "990100", Submitter: true}
	c.Units = append(c.Units, u)
	submission := fmt.Sprintf("S%d", n+1)
	file := s.name + "2024年四季度报表.xlsx"
	if s.held != "" {
		kind := record.KindAnnual
		if s.status == queries.Substituted {
			kind = record.KindSubstitute
		}
		yes := true
		c.Meetings = append(c.Meetings, queries.MeetingRow{
			Meeting: record.Meeting{
				Unit: u.Code, SessionYear: 2024, Kind: kind, HeldOn: period.MustDate(s.held), ChairName: s.chair, ChairTitle: s.title,
				ChairRank: s.rank, AgendaDiscuss: &yes, MinutesIssuedOn: period.MustDate(s.held).AddDays(12),
				Source: record.Source{Sheet: "会议召开", Row: 2, Cells: map[string]string{"held_on": "E2", "chair_title": "G2"}},
			},
			UnitName: s.name, Submission: submission, File: file, Quarter: "2024Q4", IsCounted: s.status.Held(),
		})
	}
	row := 0
	add := func(state queries.ItemState, status record.ItemStatus, k, days int) {
		for range k {
			row++
			c.Items = append(c.Items, item(u, submission, file, row, state, status, days))
		}
	}
	add(queries.StateCompleted, record.StatusCompleted, s.done, 0)
	add(queries.StateInProgress, record.StatusInProgress, s.doing, -120)
	add(queries.StateNotStarted, record.StatusNotStarted, s.idle, -200)
	add(queries.StateOverdue, record.StatusInProgress, s.late, s.lateDays)
	add(queries.StateOngoing, record.StatusOngoing, s.ongoing, 0)
	for _, severity := range []string{"red", "yellow"} {
		rules := s.reds
		if severity == "yellow" {
			rules = s.yellows
		}
		for _, id := range rules {
			c.Findings = append(c.Findings, finding(r, u, submission, file, id, severity, s.late))
		}
	}
	on := true
	c.Sent = append(c.Sent, queries.SentRow{
		Unit: u, Quarter: period.MustQuarter("2024Q4"), DueOn: period.MustDate("2025-01-10"), Version: 1, Submission: submission,
		FirstReceivedAt: period.MustDate("2025-01-08").Start(), LastReceivedAt: period.MustDate("2025-01-08").Start(), OnTime: &on,
	})
}

func item(u record.Unit, submission, file string, row int, state queries.ItemState, status record.ItemStatus, days int) queries.ResolutionRow {
	end := period.MustDate("2024-12-31")
	r := queries.ResolutionRow{
		Resolution: record.Resolution{
			Unit: u.Code, SessionYear: 2024, Kind: record.KindAnnual, ItemNo: fmt.Sprint(row), Title: fmt.Sprintf("%s职工服务事项第 %d 项", u.Name, row),
			Category: "职工权益保障", LeadUnit: "区人社局", Owner: "吴海波", DueOn: end.AddDays(-days), PlanOn: period.MustDate("2024-06-01"), Status: status,
			Source: record.Source{Sheet: "议定事项", Row: row + 1, Cells: map[string]string{
				"title": fmt.Sprintf("E%d", row+1), "due_on": fmt.Sprintf("K%d", row+1), "status": fmt.Sprintf("N%d", row+1), "progress": fmt.Sprintf("Q%d", row+1),
			}},
		},
		UnitName: u.Name, IsDecided: true, ItemKey: fmt.Sprintf("n:%d", row), DecidedOn: period.MustDate("2024-03-01"), State: state,
		InPopulation: state != queries.StateOngoing && state != queries.StateCancelled, EffectiveDueOn: end.AddDays(-days),
		Submission: submission, File: file, Quarter: "2024Q4",
	}
	yes, no := true, false
	switch state {
	case queries.StateCompleted:
		r.CompletedOn, r.DoneOn, r.IsOnTime = end.AddDays(-20), end.AddDays(-20), &yes
	case queries.StateOverdue:
		r.OverdueDays, r.IsOnTime = days, &no
		p := 35.0
		r.Percent = &p
	case queries.StateOngoing:
		r.DueOn, r.EffectiveDueOn, r.DueText = period.Date{}, period.Date{}, "长期"
	}
	return r
}

func finding(r *regime.Regime, u record.Unit, submission, file, id, severity string, late int) queries.Finding {
	rule, ok := r.Rule(id)
	if !ok {
		rule, _ = r.Rule("overdue")
	}
	f := queries.Finding{
		ID: "2024Q4-" + string(u.Code) + "-" + id, Unit: u, Rule: id, RuleName: regime.RuleName(id), Severity: severity,
		Force: string(rule.Force()), Observed: u.Name + "：" + short[id], Short: short[id], Required: rule.Requires,
		Clause:   queries.Clause{Document: rule.Clause.Document, Number: rule.Clause.Number, Text: rule.Clause.Text},
		Evidence: []queries.Evidence{{Submission: submission, File: file, Sheet: "议定事项", Cells: []string{"E2", "K2"}}},
	}
	if id == "overdue" {
		f.Short = fmt.Sprintf("逾期 %d 项", late)
		f.Observed = fmt.Sprintf("%d 项议定事项逾期", late)
	}
	return f
}

var lightOf = map[byte]queries.Light{'g': queries.LightGreen, 'y': queries.LightYellow, 'r': queries.LightRed, '-': queries.LightNone}

// quarter makes the metrics of one of the eight quarters; the pairs of the last are summed from the facts.
func (c *City) quarter(r *regime.Regime, q int) *queries.Metrics {
	at := period.MustQuarter("2023Q1").Add(q)
	m := &queries.Metrics{
		AsOf:  queries.AsOf{Quarter: at, Year: at.Year, Regime: r, Level: record.LevelCounty},
		Total: map[string]queries.Pair{},
	}
	for n, s := range stories {
		v := s.scores[q]
		u := queries.UnitResult{
			Unit: c.Units[n+1], Status: s.status, Score: &v, Light: lightOf[s.lights[q]], ChairRank: s.rank, ChairName: s.chair,
			ChairTitle: s.title, Indicators: c.pairs(s, q), Red: len(s.reds), Yellow: len(s.yellows),
			Resolutions: queries.StateCounts{
				Completed: int64(s.done), Overdue: int64(s.late), InProgress: int64(s.doing), NotStarted: int64(s.idle), Ongoing: int64(s.ongoing),
			},
		}
		if s.status.Held() {
			u.HeldOn = period.MustDate(s.held)
		}
		u.Parts = parts(u.Indicators, v)
		for id, p := range u.Indicators {
			m.Total[id] = queries.Pair{Num: m.Total[id].Num + p.Num, Den: m.Total[id].Den + p.Den}
		}
		m.States.Completed += u.Resolutions.Completed
		m.States.Overdue += u.Resolutions.Overdue
		m.States.InProgress += u.Resolutions.InProgress
		m.States.NotStarted += u.Resolutions.NotStarted
		m.States.Ongoing += u.Resolutions.Ongoing
		m.Units = append(m.Units, u)
	}
	slices.SortStableFunc(m.Units, func(a, b queries.UnitResult) int { return *b.Score - *a.Score })
	for i := range m.Units {
		place := i + 1
		if i > 0 && *m.Units[i].Score == *m.Units[i-1].Score {
			place = *m.Units[i-1].Rank
		}
		m.Units[i].Rank = &place
	}
	return m
}

func (c *City) pairs(s county, q int) map[string]queries.Pair {
	population := int64(s.done + s.doing + s.idle + s.late)
	bit := func(b bool) int64 {
		if b {
			return 1
		}
		return 0
	}
	held := bit(s.status.Held())
	p := map[string]queries.Pair{
		"annual_meeting_held":   {Num: held, Den: 1},
		"held_on_time":          {Num: bit(s.status == queries.HeldOnTime), Den: 1},
		"chaired_by_principal":  {Num: bit(s.rank == record.RankPrincipal) * held, Den: held},
		"minutes_issued":        {Num: held, Den: held},
		"report_back":           {Num: bit(!slices.Contains(s.yellows, "report_back")) * held, Den: held},
		"resolution_completion": {Num: int64(s.done), Den: population},
		"resolution_closed":     {Num: 0, Den: population},
		"resolution_on_time":    {Num: int64(s.done), Den: int64(s.done + s.late)},
		"resolution_overdue":    {Num: int64(s.late), Den: population},
		"implementation_plan":   {Num: population, Den: population},
		"submission_on_time":    {Num: 1, Den: 1},
	}
	if q < 7 { // earlier quarters only need to differ
		p["resolution_completion"] = queries.Pair{Num: min(int64(q%4), population), Den: population}
		p["annual_meeting_held"] = queries.Pair{Num: bit(q%4 >= 2) * held, Den: 1}
		p["resolution_overdue"] = queries.Pair{Num: min(int64(s.late), int64(q%4)), Den: population}
	}
	return p
}

// parts splits a score over two indicators so that the points add up.
func parts(pairs map[string]queries.Pair, score int) []queries.ScorePart {
	done := pairs["resolution_completion"]
	first := min(score*10, 6000)
	return []queries.ScorePart{
		{Indicator: "annual_meeting_held", Weight: 60, Pair: pairs["annual_meeting_held"], ValueNum: int64(first), ValueDen: 6000, Counted: true, Points: first, Full: 6000},
		{Indicator: "resolution_completion", Weight: 40, Pair: done, ValueNum: int64(score*10 - first), ValueDen: 4000, Counted: true, Points: score*10 - first, Full: 4000},
		{Indicator: "agenda_complete", Weight: 5, ValueDen: 1},
	}
}
