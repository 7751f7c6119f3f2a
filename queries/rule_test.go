package queries

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/testkit"
)

// ruleSpec is one failing and one passing county of a rule as of 2024Q4.
type ruleSpec struct {
	id       string
	regime   string
	fails    facts
	passes   facts
	observed string
	short    string
	items    string
	cells    string // of the failing county's evidence, by file order
}

func ruleSpecs() []ruleSpec {
	m, r, done := testkit.Meeting, testkit.Resolution, testkit.Done
	fine := meetings(m())
	old := facts{meetings: []record.Meeting{m(session(2023), held("2023-06-01"))}, resolutions: []record.Resolution{r(of(2023), done("2023-12-01"))}}
	late := m(held("2024-12-15"))
	return []ruleSpec{
		{
			id: "annual_meeting", regime: qinhuangdao, fails: facts{}, passes: fine,
			observed: "截至2024年12月31日，2024年度联席会议没有召开", short: "未召开",
		},
		{
			id: "late_meeting", regime: qinhuangdao, fails: meetings(late), passes: fine, // judged by a deadline of 30 November
			observed: "2024年度联席会议于2024年12月15日召开，超过期限（2024年11月30日）15 天", short: "延迟 15 天", cells: "E2",
		},
		{
			id: "substitute", regime: qinhuangdao, fails: meetings(m(), m(kind(record.KindSubstitute), func(m *record.Meeting) { m.Title = "政府常务会议" })), passes: fine,
			observed: "1 次以其他会议代替联席会议：2024年6月18日「政府常务会议」", short: "其他会议代替", items: "政府常务会议", cells: "D2 C2 E2",
		},
		{
			id: "chair", regime: qinhuangdao, passes: fine,
			fails: meetings(m(chair(record.RankDeputy), func(m *record.Meeting) { m.ChairTitle, m.ChairName = "副区长", "何平" })),

			observed: "2024年度联席会议由副区长何平主持，主持人属政府副职", short: "主持规格不够", cells: "F2 G2",
		},
		{
			id: "chair_unknown", regime: qinhuangdao, passes: meetings(m(chair(record.RankDeputy))),
			fails:    meetings(m(chair(record.RankUnknown), func(m *record.Meeting) { m.ChairTitle, m.ChairName = "", "" })),
			observed: "2024年6月18日召开的2024年度联席会议没有载明主持人", short: "主持人未载明", cells: "F2 G2",
		},
		{
			id: "agenda", regime: bayannur, passes: meetings(m(func(m *record.Meeting) { m.AgendaReport = nil })),
			fails: meetings(m(func(m *record.Meeting) { no := false; m.AgendaTopics, m.AgendaDeploy = &no, nil })),

			observed: "2024年度联席会议有 2 项议程没有进行：通报议题产生情况、部署落实", short: "缺议程 2 项",
			items: "通报议题产生情况 部署落实", cells: "O2 Q2",
		},
		{
			id: "lead_time", regime: bayannur, fails: meetings(m(solicited("2024-04-19"))), passes: meetings(m(solicited("2024-04-18"))),
			observed: "2024年度联席会议的议题征集于2024年4月19日启动，距会议召开 60 天", short: "提前 60 天征集", cells: "J2 E2",
		},
		{
			id: "minutes", regime: bayannur, fails: meetings(m(held("2024-12-01"), minutes(""))), passes: meetings(m(held("2024-12-02"), minutes(""))),
			observed: "2024年度联席会议于2024年12月1日召开，会后 30 天没有印发会议纪要", short: "纪要未印发", cells: "S2 E2",
		},
		{
			id: "item_list", regime: bayannur, passes: items(r(), r(status(record.StatusOngoing), func(r *record.Resolution) { r.Owner = "" })),
			fails:    items(r(), r(func(r *record.Resolution) { r.Title, r.Owner, r.DueOn = "开展劳动安全检查", "", period.Date{} })),
			observed: "2 项应办事项中 1 项没有写全牵头单位、责任人和完成时限", short: "责任不全 1 项", items: "开展劳动安全检查", cells: "J2 K2",
		},
		{
			id: "plan", regime: qinhuangdao, fails: items(r(planned("2025-01-01")), r()), passes: items(r(planned("2024-12-31"))),
			observed: "2 项应办事项中 1 项没有实施方案", short: "缺方案 1 项", items: "建成区职工服务中心", cells: "M2",
		},
		{
			id: "report_back", regime: bayannur, passes: old.and(fine),
			fails:    old.and(meetings(m(func(m *record.Meeting) { m.AgendaReport = nil }))),
			observed: "2024年度联席会议没有通报上次 1 项议定事项的落实情况", short: "未回报落实情况", cells: "N2",
		},
		{
			id: "explain", regime: bayannur,
			fails:    items(r(due("2024-08-01"), func(r *record.Resolution) { r.Reason = "资金未到位" })),
			passes:   items(r(due("2024-08-01"), revised("2024-12-01"), func(r *record.Resolution) { r.Reason = "资金未到位" })),
			observed: "1 项逾期事项中 1 项没有写明原因和新的时限", short: "未说明 1 项", items: "建成区职工服务中心", cells: "L2",
		},
		{
			id: "overdue", regime: bayannur, passes: items(r(due("2025-01-01"))),
			fails:    items(r(due("2024-12-30")), r(due("2024-06-30"), func(r *record.Resolution) { r.Title = "开展劳动安全检查" })),
			observed: "2 项议定事项逾期，最长 184 天", short: "逾期 2 项", items: "开展劳动安全检查 建成区职工服务中心", cells: "K2 N2",
		},
		{
			id: "publicity", regime: bayannur, passes: fine,
			fails:    meetings(m(func(m *record.Meeting) { m.HasPublicity = false })),
			observed: "2024年度联席会议没有宣传报道记录", short: "无宣传报道", cells: "T2",
		},
		{
			id: "establishment", regime: bayannur, fails: established(false, ""), passes: established(true, "2024-12-31"),
			observed: "没有建立政府与工会联席会议制度", short: "未建制", items: "县", cells: "C2 D2",
		},
		{
			id: "submission", regime: qinhuangdao, fails: facts{}, passes: fine,
			observed: "2024年第四季度报表超过期限（2025年1月10日）3 天报送", short: "迟报 3 天", items: "2024Q4",
		},
	}
}

// TestRules gives every rule a failing and a passing county. The failing county's words, items and cells are the test.
func TestRules(t *testing.T) {
	t.Parallel()
	specs := ruleSpecs()
	var units []record.Unit
	code := func(i int, passes bool) record.UnitCode {
		if passes {
			return record.UnitCode(fmt.Sprintf("9920%02d", i))
		}
		return record.UnitCode(fmt.Sprintf("9910%02d", i))
	}
	for i := range specs {
		for _, passes := range []bool{false, true} {
			units = append(units, county(code(i, passes), func(u *record.Unit) { u.Name = "县" }))
		}
	}
	w := newWorld(t, units...)
	for i, s := range specs {
		received := "2025-01-03"
		if s.id == "submission" {
			received = "2025-01-13"
		}
		w.send(code(i, false), "2024Q4", received, s.fails)
		w.send(code(i, true), "2024Q4", "2025-01-10", s.passes)
	}
	for i, s := range specs {
		as := asOf(t, "2024Q4", s.regime)
		if s.id == "late_meeting" {
			as.Deadline = period.MustDate("2024-11-30")
		}
		f, ok := w.findings(as, code(i, false))[s.id]
		if !ok {
			t.Errorf("%s: the failing county has no finding", s.id)
			continue
		}
		if _, ok := w.findings(as, code(i, true))[s.id]; ok {
			t.Errorf("%s: the passing county has a finding", s.id)
		}
		if f.Observed != s.observed || f.Short != s.short {
			t.Errorf("%s: observed %q, short %q; want %q, %q", s.id, f.Observed, f.Short, s.observed, s.short)
		}
		items := f.Items
		if s.id == "submission" {
			items = []string{"2024Q4"}
		}
		if got := strings.Join(items, " "); got != s.items {
			t.Errorf("%s: items %q, want %q", s.id, got, s.items)
		}
		var cells []string
		for _, e := range f.Evidence {
			cells = append(cells, e.Cells...)
			if e.Submission == "" || e.File == "" {
				t.Errorf("%s: evidence without submission or file: %+v", s.id, e)
			}
		}
		if got := strings.Join(cells, " "); got != s.cells {
			t.Errorf("%s: cells %q, want %q", s.id, got, s.cells)
		}
		rule, _ := as.Regime.Rule(s.id)
		if f.Severity != string(rule.Severity) || f.Required != rule.Requires || f.Clause.Text == "" || f.Clause.Text != rule.Clause.Text {
			t.Errorf("%s: severity, requirement or clause is not the regime's: %+v", s.id, f)
		}
		if want := fmt.Sprintf("2024Q4-%s-%s", code(i, false), s.id); f.ID != want {
			t.Errorf("%s: id %s, want %s", s.id, f.ID, want)
		}
	}
}

// TestRulesHaveCases counts: every kind of rule has a failing and a passing case above.
func TestRulesHaveCases(t *testing.T) {
	t.Parallel()
	specs := ruleSpecs()
	for _, n := range regime.RuleNames {
		if !slices.ContainsFunc(specs, func(s ruleSpec) bool { return s.id == n.ID }) {
			t.Errorf("rule %s has no case", n.ID)
		}
	}
	if len(specs) != len(regime.RuleNames) {
		t.Errorf("%d cases for %d rules", len(specs), len(regime.RuleNames))
	}
}

// TestRulesBeforeTheyCanFail: what is not due yet is nobody's failing.
func TestRulesBeforeTheyCanFail(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"), county("990103"))
	w.send("990102", "2024Q3", "2024-10-03", meetings(testkit.Meeting(kind(record.KindSubstitute))))
	q3 := asOf(t, "2024Q3", shanghai)
	q3.KnownAt = testkit.Moment(t, "2024-10-05")
	fs := w.findings(q3, "990102")
	if _, ok := fs["annual_meeting"]; ok {
		t.Error("a substitute fails annual_meeting before the deadline has passed")
	}
	if f := fs["substitute"]; f.Severity != "info" {
		t.Errorf("a substitute is %q in Shanghai, want info", f.Severity)
	}
	for name, as := range map[string]AsOf{
		"not due yet": func() AsOf { a := asOf(t, "2024Q3", qinhuangdao); a.KnownAt = q3.KnownAt; return a }(),
		"Shanghai asks on the fourth quarter only": asOf(t, "2024Q3", shanghai),
	} {
		if _, ok := w.findings(as, "990103")["submission"]; ok {
			t.Errorf("submission fails though %s", name)
		}
	}
	f, ok := w.findings(asOf(t, "2024Q4", shanghai), "990103")["submission"]
	if want := "没有收到2024年第四季度报表（期限 2025年1月10日）"; !ok || f.Observed != want || len(f.Evidence) != 0 {
		t.Errorf("submission of the fourth quarter = %q, %v; want %q without evidence", f.Observed, f.Evidence, want)
	}
	// A substitute beside a deadline that has passed names the substitute as evidence.
	f = w.findings(asOf(t, "2024Q4", shanghai), "990102")["annual_meeting"]
	if !strings.Contains(f.Observed, "以其他会议代替 1 次") || len(f.Evidence) != 1 {
		t.Errorf("annual_meeting of a substituted year = %q, %v", f.Observed, f.Evidence)
	}
}

// TestEstablishmentNamesUnitsBelow: the finding belongs to the unit in whose row the indicator stands.
func TestEstablishmentNamesUnitsBelow(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"), township("990102001", "990102"), township("990102002", "990102"))
	town := func(code record.UnitCode, yes bool) facts {
		f := established(yes, "")
		f.establishments[0].Unit = code
		return f
	}
	w.send("990102", "2024Q3", "2024-10-03", established(true, "").and(town("990102001", false)))
	as := asOf(t, "2024Q3", shanghai)
	if got := w.unit(as, "990102").Indicators["establishment"]; got != (Pair{1, 3}) {
		t.Errorf("establishment of the county = %v, want 1/3", got)
	}
	f := w.findings(as, "990102")["establishment"]
	if want := "3 个应建单位中 2 个没有建立政府与工会联席会议制度（其中 1 个没有报告，按未建立计）"; f.Observed != want {
		t.Errorf("observed %q, want %q", f.Observed, want)
	}
	if got := strings.Join(f.Items, " "); got != "镇990102001 镇990102002" {
		t.Errorf("items %q", got)
	}
	if got := w.findings(as, "990102001")["establishment"].Short; got != "未建制" {
		t.Errorf("the township's own finding = %q, want 未建制", got)
	}
}

func TestDelegationReadsRight(t *testing.T) {
	t.Parallel()
	for who, want := range map[string]string{
		"副区长何平": "副区长何平主持",
		"受区长委托，区委常委、常务副区长何平": "区委常委、常务副区长何平受区长委托主持",
		"": "（空白）主持",
	} {
		if got := chaired(who); got != want {
			t.Errorf("chaired(%q) = %q, want %q", who, got, want)
		}
	}
}
