package view_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"liandu/dashboard/view"
	"liandu/dashboard/view/viewtest"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

var address = view.Address{Period: "2024Q4", Regime: "qinhuangdao-2024"}

func overview(c *viewtest.City) view.Overview {
	return view.NewOverview(view.OverviewInput{
		Address: address, Now: c.Now, LastYear: c.LastYear, History: c.History, Findings: c.Findings, Items: c.Items,
		Meetings: c.Meetings, Sent: c.Sent, Units: c.Units,
	})
}

func words(ps []view.Phrase) string {
	var b strings.Builder
	for _, p := range ps {
		b.WriteString(p.Text)
	}
	return b.String()
}

func TestOverviewAnswersFirst(t *testing.T) {
	t.Parallel()
	o := overview(viewtest.New(t))
	want := "需要过问：丰谷县未召开年度会议；白塔县以其他会议代替；西岭区、松坪县主持规格不够；逾期 6 项，最长 184 天（西岭区、丰谷县）。"
	if got := words(o.Lede); got != want {
		t.Errorf("lede = %s, want %s", got, want)
	}
	if o.Lede[1].Href != "/unit/990109?period=2024Q4&regime=qinhuangdao-2024" {
		t.Errorf("the unit named first opens %q", o.Lede[1].Href)
	}
}

func TestOverviewWithNothingRedSaysWhatIsNext(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	c.Findings = nil
	c.Items = slices.DeleteFunc(c.Items, func(r queries.ResolutionRow) bool { return r.State == queries.StateOverdue })
	if got := words(overview(c).Lede); !strings.HasPrefix(got, "没有红灯事项。应办 60 项，下季度到期 ") {
		t.Errorf("lede = %s", got)
	}
}

func TestLedeCountsUnitsBeyondThree(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	f := c.Findings[0]
	c.Findings = nil
	for _, u := range c.Units[1:6] {
		f.Unit, f.Rule, f.Severity = u, regime.RuleAnnualMeeting, "red"
		c.Findings = append(c.Findings, f)
	}
	if got := words(overview(c).Lede); !strings.Contains(got, "东湖区、西岭区、南浦区等 5 个单位未召开年度会议") {
		t.Errorf("lede = %s", got)
	}
}

func TestHeadlineFigures(t *testing.T) {
	t.Parallel()
	o := overview(viewtest.New(t))
	got := map[string]string{}
	for _, k := range o.KPIs {
		got[k.Name] = k.Rate.Percent() + " " + k.Rate.ND + k.Rate.Counter + " " + k.Fact
		if k.Rate.Href == "" {
			t.Errorf("%s does not open", k.Name)
		}
	}
	want := map[string]string{
		"年度会议召开率": "83.3% 10/12个 未召开 2", "主要负责人主持率": "70.0% 7/10个 未载明 1", "议定事项办结率": "68.3% 41/60项 已销号 0",
		"逾期率": "10.0% 6/60项 最长 184 天", "落实情况回报率": "80.0% 8/10个 未回报 2", "按时报送率": "100.0% 12/12份 本季 12/12",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if o.KPIs[2].Change != "同比 ↑ 8.3 个百分点" || o.KPIs[2].Adverse {
		t.Errorf("completion's change = %q adverse %v", o.KPIs[2].Change, o.KPIs[2].Adverse)
	}
}

func TestAdverseChangeIsMarked(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	last := *c.LastYear
	last.Total = map[string]queries.Pair{"resolution_overdue": {Num: 1, Den: 60}, "report_back": {Num: 9, Den: 10}}
	c.LastYear = &last
	for _, k := range overview(c).KPIs {
		switch k.Name {
		case "逾期率":
			if !k.Adverse || k.Change != "同比 ↑ 8.3 个百分点" {
				t.Errorf("more overdue: %q adverse %v", k.Change, k.Adverse)
			}
		case "落实情况回报率":
			if !k.Adverse || k.Change != "同比 ↓ 10.0 个百分点" {
				t.Errorf("fewer reports: %q adverse %v", k.Change, k.Adverse)
			}
		case "按时报送率":
			if k.Change != "" {
				t.Errorf("no value last year, yet %q", k.Change)
			}
		}
	}
}

func TestFigureWithoutValueSaysWhy(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	c.Now.Total["resolution_completion"] = queries.Pair{}
	k := overview(c).KPIs[2]
	if k.Rate.Value != view.Nil || k.Why != "无应办事项" {
		t.Errorf("value %s, why %q", k.Rate.Value, k.Why)
	}
}

func TestRankingSharesPlacesAndShowsReasons(t *testing.T) {
	t.Parallel()
	g := overview(viewtest.New(t)).Ranking
	var places []string
	for _, r := range g.Rows {
		places = append(places, r.Place)
	}
	if got := strings.Join(places, " "); got != "1 2 3 3 3 6 7 8 9 10 11 12" {
		t.Errorf("places = %s", got)
	}
	row := g.Rows[9]
	if row.Name != "西岭区" || row.Reasons != "主持规格不够、逾期 2 项" || row.Others != "另黄 2" {
		t.Errorf("row = %s %s %s", row.Name, row.Reasons, row.Others)
	}
	if row.Move != "↓ 1" || row.Score != "49.1" {
		t.Errorf("moved %s with %s", row.Move, row.Score)
	}
	if len(row.Cells) != 8 || row.Cells[7].Word != "红灯" || row.Cells[4].Word != "绿" || !row.Cells[4].YearFirst {
		t.Errorf("cells = %+v", row.Cells)
	}
	if g.Rows[11].Cells[0].Label != "丰谷县 2023Q1 未到评价时点" {
		t.Errorf("label = %s", g.Rows[11].Cells[0].Label)
	}
	if g.Foot[0] != "本季 红灯 5　黄灯 2　绿灯 5" {
		t.Errorf("foot = %v", g.Foot)
	}
}

func TestUnsentQuarterIsNamed(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	lights := &queries.Lights{Rows: []queries.LightRow{{Unit: c.Units[9], Cells: []queries.LightCell{
		{Quarter: c.History[0].AsOf.Quarter, NotSent: true}, {Quarter: c.History[7].AsOf.Quarter, NotSent: true},
	}}}}
	o := view.NewOverview(view.OverviewInput{Address: address, Now: c.Now, History: c.History, Lights: lights, Findings: c.Findings, Units: c.Units})
	row := o.Ranking.Rows[11]
	if row.Name != "丰谷县" || row.Cells[0].Word != "未报" || row.Cells[0].Light.Class != "light-none light-unsent" {
		t.Errorf("%s %+v", row.Name, row.Cells[0])
	}
	if row.Cells[7].Word != "红灯" || row.Cells[7].Label != "丰谷县 2024Q4 红，未报送" {
		t.Errorf("a judged quarter keeps its light and says it was not sent: %+v", row.Cells[7])
	}
}

func TestPendingUnitHasNoPlace(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	c.Now.Units[0].Rank, c.Now.Units[0].Status = nil, queries.Pending
	r := overview(c).Ranking.Rows[0]
	if r.Place != view.Nil || r.Move != view.Nil || r.Score != "100.0" {
		t.Errorf("place %s move %s score %s", r.Place, r.Move, r.Score)
	}
}

func TestLightFromScoreAloneSaysSo(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	for i := range c.Now.Units {
		switch u := &c.Now.Units[i]; u.Unit.Name {
		case "柳川县":
			u.Light = queries.LightYellow
		case "石桥县":
			u.Light = queries.LightRed
		}
	}
	o := overview(c)
	got := map[string]string{}
	for _, r := range o.Ranking.Rows {
		got[r.Name] = r.Reasons
	}
	if got["柳川县"] != "得分低于黄线 90" || got["石桥县"] != "得分低于红线 70、缺方案 1 项" {
		t.Errorf("reasons = %v", got)
	}
	if !strings.Contains(words(o.Lede), "；石桥县得分低于红线。") {
		t.Errorf("lede = %s", words(o.Lede))
	}
}

func TestFewQuartersAreATable(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	c.History = c.History[5:]
	if o := overview(c); !o.Trend.Few || len(o.Trend.Rows) != 3 {
		t.Errorf("few %v, %d rows", o.Trend.Few, len(o.Trend.Rows))
	}
}

func TestTrendIsBrokenAtNewYear(t *testing.T) {
	t.Parallel()
	f := overview(viewtest.New(t)).Trend.Figure
	if len(f.Axis) != 9 || f.Axis[4] != " " || f.Lines[0].Values[4] != nil || f.Tips[4] != "" {
		t.Errorf("axis = %q", f.Axis)
	}
	if f.Lines[0].End != "会议召开率 83.3%" || *f.Lines[1].Values[8] != 683 {
		t.Errorf("end %s, last %d", f.Lines[0].End, *f.Lines[1].Values[8])
	}
	if !strings.Contains(f.Tips[8], "事项办结率　68.3%　41/60") {
		t.Errorf("tip = %s", f.Tips[8])
	}
}

func TestSumsOfOverviewAgree(t *testing.T) {
	t.Parallel()
	o := overview(viewtest.New(t))
	unfinished := 0
	for _, b := range o.Ages.Rows {
		unfinished += b.Count
	}
	total := o.States.Total
	if got := total.Population - total.Completed; int(got) != unfinished {
		t.Errorf("bands hold %d items, the states %d", unfinished, got)
	}
	var sum int64
	for _, r := range o.States.Rows {
		sum += r.Population
	}
	if sum != total.Population {
		t.Errorf("units hold %d items, the total %d", sum, total.Population)
	}
	if len(o.Overdue.Rows) != 6 || o.Overdue.Count != int(total.Late) || o.Overdue.Rows[0].Days != "184" {
		t.Errorf("overdue list: %d of %d", len(o.Overdue.Rows), o.Overdue.Count)
	}
	if len(o.Calendar.Figure.Points) != 11 || len(o.Zones) != 1 || len(o.Tiles) != 12 {
		t.Errorf("%d meetings, %d zones, %d tiles", len(o.Calendar.Figure.Points), len(o.Zones), len(o.Tiles))
	}
}

func items(c *viewtest.City, f view.ItemFilter) view.Items {
	return view.NewItems(view.ItemsInput{Address: address, Now: c.Now, Items: c.Items, Units: c.Units, Filter: f})
}

func chips(cs []view.Chip) map[string]int {
	n := map[string]int{}
	for _, c := range cs {
		n[c.Name] = c.Count
	}
	return n
}

func TestLedgerAddsUp(t *testing.T) {
	t.Parallel()
	p := items(viewtest.New(t), view.ItemFilter{})
	if p.Matched != 61 || len(p.Rows) != 61 || p.More != "" {
		t.Errorf("matched %d, rows %d", p.Matched, len(p.Rows))
	}
	want := map[string]int{"全部": 61, "逾期": 6, "未启动": 3, "推进中": 10, "已完成": 41, "长期坚持": 1, "已撤销": 0}
	if got := chips(p.Chips); !reflect.DeepEqual(got, want) {
		t.Errorf("chips = %v, want %v", got, want)
	}
	if p.Foot[0] != "= 应办 60（已完成 41　推进中 10　未启动 3　逾期 6）+ 长期坚持 1 + 已撤销 0" {
		t.Errorf("foot = %s", p.Foot[0])
	}
	if p.Rows[0].State.Word != "逾期" || p.Rows[0].Overdue != "184" || p.Rows[60].State.Word != "长期坚持" {
		t.Errorf("first %s %s, last %s", p.Rows[0].State.Word, p.Rows[0].Overdue, p.Rows[60].State.Word)
	}
}

func TestLedgerConditionsAndExportAgree(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	for _, x := range []struct {
		name   string
		filter view.ItemFilter
		want   int
	}{
		{"state", view.ItemFilter{State: "overdue"}, 6},
		{"unit", view.ItemFilter{Unit: "990102"}, 8},
		{"population", view.ItemFilter{Unit: "990102", Population: "1"}, 7},
		{"search", view.ItemFilter{Search: "西岭区职工 第"}, 8},
		{"session that has none", view.ItemFilter{Session: "2019"}, 0},
		{"band", view.ItemFilter{Due: "late181"}, 4},
		{"no deadline", view.ItemFilter{Due: "none"}, 0},
		{"two conditions", view.ItemFilter{Unit: "990102", State: "overdue"}, 2},
	} {
		p := items(c, x.filter)
		if p.Matched != x.want || len(p.Table.Rows) != x.want || len(p.Rows) != x.want {
			t.Errorf("%s: matched %d, written %d, exported %d, want %d", x.name, p.Matched, len(p.Rows), len(p.Table.Rows), x.want)
		}
	}
	p := items(c, view.ItemFilter{State: "overdue", Search: "西岭"})
	if p.XLSX != "/resolutions.xlsx?period=2024Q4&q=%E8%A5%BF%E5%B2%AD&regime=qinhuangdao-2024&state=overdue" {
		t.Errorf("export = %s", p.XLSX)
	}
	if got := chips(p.Chips); got["全部"] != 8 || got["逾期"] != 2 {
		t.Errorf("chips count under the other conditions: %v", got)
	}
	if p.Picked != "逾期、含「西岭」" {
		t.Errorf("picked = %s", p.Picked)
	}
}

func TestEveryColumnSortsBothWays(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	first := items(c, view.ItemFilter{})
	for _, h := range first.Heads {
		if h.Href == "" {
			continue
		}
		key := h.Href[strings.Index(h.Href, "sort=")+5:]
		up, down := items(c, view.ItemFilter{Sort: key}), items(c, view.ItemFilter{Sort: key, Falling: true})
		if len(up.Rows) != 61 || len(down.Rows) != 61 {
			t.Fatalf("%s loses rows", key)
		}
		i := slices.IndexFunc(up.Heads, func(x view.Head) bool { return x.Name == h.Name })
		if up.Heads[i].Sort != "ascending" || down.Heads[i].Sort != "descending" {
			t.Errorf("%s: aria-sort %q, %q", key, up.Heads[i].Sort, down.Heads[i].Sort)
		}
		if !strings.Contains(up.Heads[i].Href, "dir=down") || !strings.Contains(down.Heads[i].Href, "dir=up") {
			t.Errorf("%s: a second click does not turn the direction", key)
		}
		slices.Reverse(c.Items) // the order does not hang on the order of the input
		if again := items(c, view.ItemFilter{Sort: key}); again.Rows[0].Anchor != up.Rows[0].Anchor || again.Rows[60].Anchor != up.Rows[60].Anchor {
			t.Errorf("%s: the order is not whole", key)
		}
	}
}

func TestLongLedgerSaysWhatIsShown(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	for i := range 900 {
		r := c.Items[0]
		r.ItemNo, r.ItemKey = fmt.Sprint(100+i), fmt.Sprintf("n:%d", 100+i)
		c.Items = append(c.Items, r)
	}
	p := items(c, view.ItemFilter{})
	if p.Shown != view.PageRows || p.Matched != 961 || len(p.Table.Rows) != 961 || !strings.Contains(p.More, "show=1000") {
		t.Errorf("shown %d of %d, export %d, more %s", p.Shown, p.Matched, len(p.Table.Rows), p.More)
	}
	if p = items(c, view.ItemFilter{Show: 1000}); p.More != "" || len(p.Rows) != 961 {
		t.Errorf("with show=1000: %d rows, more %q", len(p.Rows), p.More)
	}
}

func TestOpenRowTellsItsSteps(t *testing.T) {
	t.Parallel()
	p := items(viewtest.New(t), view.ItemFilter{State: "overdue", Open: "r-990102-2024-annual-n-6"})
	i := slices.IndexFunc(p.Rows, func(r view.ItemRow) bool { return r.Open })
	if i < 0 {
		t.Fatal("no row is open")
	}
	d := p.Rows[i].Detail
	if len(d.Steps) != 6 || d.Steps[4].Class != "step-late" || d.Steps[4].Note != "逾期 184 天" || d.Steps[3].Note != "2024Q4 报 35%" {
		t.Errorf("steps = %+v", d.Steps)
	}
	if d.Facts[0].Text != view.Blank || d.Facts[0].Cell != "Q7" || d.Facts[0].Href == "" {
		t.Errorf("an empty cell: %+v", d.Facts[0])
	}
	if strings.Contains(p.Rows[i].Href, "open=") {
		t.Errorf("the open row's link does not close it: %s", p.Rows[i].Href)
	}
}

func TestItemsOutsideTheSumHaveTheirOwnChips(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	earlier, substitute := c.Items[0], c.Items[1]
	earlier.InPopulation, earlier.DoneOn = false, earlier.DoneOn.AddMonths(-24)
	substitute.InPopulation, substitute.IsDecided, substitute.Kind = false, false, record.KindSubstitute
	c.Items = append(c.Items, earlier, substitute)
	if got := chips(items(c, view.ItemFilter{}).Chips); got["全部"] != 61 || got["往年办结"] != 1 || got["不计入"] != 1 {
		t.Errorf("chips = %v", got)
	}
	if p := items(c, view.ItemFilter{State: "earlier"}); p.Matched != 1 || p.Foot[0] != "= 往年办结 1 + 不计入应办 0" {
		t.Errorf("earlier: %d, %s", p.Matched, p.Foot[0])
	}
}

func TestMeetingsLedger(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	in := view.MeetingsInput{Address: address, Now: c.Now, Meetings: c.Meetings, Units: c.Units}
	p := view.NewMeetings(in)
	if got := words(p.Lede); got != "2024年度应召开 12 个，已召开 10 个（83.3%）；丰谷县未召开；白塔县以其他会议代替。" {
		t.Errorf("lede = %s", got)
	}
	if p.Foot[0] != "= 年度联席会议 10 + 临时联席会议 0 + 以其他会议代替 1" || p.Matched != 11 {
		t.Errorf("foot = %s, matched %d", p.Foot[0], p.Matched)
	}
	i := slices.IndexFunc(p.Rows, func(r view.MeetingLine) bool { return r.Unit == "西岭区" })
	if !p.Rows[i].BelowRule || p.Rows[i].Rank != "政府副职" || p.Rows[i].Timing != "按期" || p.Rows[i].Agenda[0].Mark != "空" {
		t.Errorf("row = %+v", p.Rows[i])
	}
	in.Filter = view.MeetingFilter{Rank: "deputy"}
	if p = view.NewMeetings(in); p.Matched != 2 || len(p.Table.Rows) != 2 {
		t.Errorf("deputies: %d, exported %d", p.Matched, len(p.Table.Rows))
	}
	in.Filter = view.MeetingFilter{Session: "2019"}
	if p = view.NewMeetings(in); p.Matched != 0 || p.Picked != "2019 年度" {
		t.Errorf("2019: %d, %s", p.Matched, p.Picked)
	}
}

func TestFindingsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	in := view.FindingsInput{Address: address, Now: c.Now, Findings: c.Findings}
	p := view.NewFindings(in)
	if p.Groups[0].Unit != "丰谷县" || p.Groups[0].Count != "红 2、黄 1" || p.Groups[0].Place != "第 12 名" {
		t.Errorf("first group = %+v", p.Groups[0])
	}
	f := p.Groups[0].Findings[0]
	if f.Words == "" || f.Document == "" || len(f.Evidence) != 1 || f.Evidence[0].Cells[0].Ref != "E2" {
		t.Errorf("finding = %+v", f)
	}
	if f.Evidence[0].Cells[0].Href != "/source/S9?also=E2%2CK2&cell=E2&period=2024Q4&regime=qinhuangdao-2024&sheet=%E8%AE%AE%E5%AE%9A%E4%BA%8B%E9%A1%B9" {
		t.Errorf("cell opens %s", f.Evidence[0].Cells[0].Href)
	}
	in.Filter = view.FindingFilter{Severity: "red", Rule: "overdue"}
	if p = view.NewFindings(in); p.Matched != 4 || len(p.Table.Rows) != 4 {
		t.Errorf("red overdue: %d, exported %d", p.Matched, len(p.Table.Rows))
	}
}

func unit(c *viewtest.City, i int) view.Unit {
	return view.NewUnit(view.UnitInput{
		Address: address, Unit: c.Units[i], Now: c.Now, History: c.History, Findings: c.Findings, Items: c.Items,
		Meetings: c.Meetings, Sent: c.Sent, Units: c.Units,
	})
}

func TestUnitTellsItsLoopAndItsScore(t *testing.T) {
	t.Parallel()
	p := unit(viewtest.New(t), 2)
	if p.Standing != "第 10 名（上季第 9 名，共 12 个）" || p.Meeting != "2024-11-28 按期召开，副区长何建平主持" {
		t.Errorf("%s / %s", p.Standing, p.Meeting)
	}
	var steps []string
	for _, s := range p.Loop.Steps {
		steps = append(steps, s.Name+" "+s.ND+" "+s.Class)
	}
	want := []string{
		"立项 7/7 step-done", "责任 7/7 step-done", "方案 7/7 step-done", "推进 6/7 step-now", "办结 2/7 step-late",
		"回报 0/1 step-late", "销号 0/7 step-now",
	}
	if !reflect.DeepEqual(steps, want) {
		t.Errorf("steps = %q, want %q", steps, want)
	}
	s := p.ScoreSheet
	if s.Points != "49.10" || s.Lost != "−50.90" || s.Score != "49.1" || s.Rows[2].Points != "不计入" || s.Rows[2].Value != view.Nil {
		t.Errorf("score sheet = %+v", s)
	}
	if p.ItemNote != "应办 7 项、长期坚持 1 项、已撤销 0 项" || len(p.Items) != 8 || len(p.Findings) != 4 {
		t.Errorf("%s, %d items, %d findings", p.ItemNote, len(p.Items), len(p.Findings))
	}
	if p.Previous.Text != "东湖区" || p.Next.Text != "南浦区" {
		t.Errorf("neighbours %v %v", p.Previous, p.Next)
	}
	if got := p.Meetings.Figure.Points[0]; got.Mark != "diamond" || !got.Bad || got.Row != "2024年" {
		t.Errorf("a meeting chaired by a deputy: %+v", got)
	}
	if p.Trend.Figure.Min != 40 || p.Trend.Figure.Lines[0].End != "西岭区 49.1" {
		t.Errorf("trend from %d, %s", p.Trend.Figure.Min, p.Trend.Figure.Lines[0].End)
	}
}

func TestUnitWithoutDutyIsNotJudged(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	p := unit(c, len(c.Units)-1)
	if p.NotJudged == "" || p.Light.Word != "不评价" || p.Score != view.Nil || p.Loop.Steps[0].ND != view.Nil {
		t.Errorf("zone = %+v", p)
	}
}

func explain(t *testing.T, c *viewtest.City, id string, u *record.Unit) view.Explain {
	t.Helper()
	p, ok := view.NewExplain(view.ExplainInput{
		Address: address, Indicator: id, Unit: u, Now: c.Now, Items: c.Items, Meetings: c.Meetings, Sent: c.Sent, Units: c.Units,
	})
	if !ok {
		t.Fatalf("no page for %s", id)
	}
	return p
}

func TestExplainedRowsAddUp(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	for id := range c.Now.Total {
		for _, u := range []*record.Unit{nil, &c.Units[2], &c.Units[9]} {
			p := explain(t, c, id, u)
			if p.Wrong || p.NoRule == "" && p.Check == "" {
				t.Errorf("%s of %s: %s", id, p.Unit, p.Check)
			}
		}
	}
	p := explain(t, c, "chaired_by_principal", nil)
	var parts []string
	for _, x := range p.Parts {
		parts = append(parts, x.Name+" "+x.Count)
	}
	want := "计入分子 7, 主持人未载明，只计入分母 1, 只计入分母 2, 以其他会议代替，不计入 1, 未召开，不计入 1"
	if got := strings.Join(parts, ", "); got != want {
		t.Errorf("parts = %s, want %s", got, want)
	}
	if len(p.Clauses) == 0 || p.Clauses[0].Words == "" {
		t.Error("no clause beside the figure")
	}
}

func TestExplainShowsADifference(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	c.Now.Total["resolution_overdue"] = queries.Pair{Num: 5, Den: 60}
	if p := explain(t, c, "resolution_overdue", nil); !p.Wrong || !strings.Contains(p.Check, "不一致") {
		t.Errorf("check = %s", p.Check)
	}
}

func TestExplainUnknownIndicator(t *testing.T) {
	t.Parallel()
	if _, ok := view.NewExplain(view.ExplainInput{Indicator: "nothing", Now: viewtest.New(t).Now}); ok {
		t.Error("an unknown indicator has a page")
	}
}

func TestRegimesBesideTheirClauses(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	all, err := regime.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	in := view.RegimesInput{Address: address, All: all, Now: c.Now, Findings: c.Findings}
	p := view.NewRegimes(in)
	if len(p.Rules) != len(c.Now.AsOf.Regime.Rules) || p.WeightSum != "100" {
		t.Errorf("%d rules, weights %s", len(p.Rules), p.WeightSum)
	}
	for _, r := range p.Rules {
		if r.Words == "" || r.Light.Word == "" {
			t.Errorf("rule %s has no words or light", r.ID)
		}
	}
	if p.Compare != nil || len(p.Choices) != len(all) {
		t.Errorf("compared unasked, or %d choices of %d", len(p.Choices), len(all))
	}
	other := *c.Now
	other.AsOf.Regime = all[0]
	if all[0].ID == c.Now.AsOf.Regime.ID {
		other.AsOf.Regime = all[1]
	}
	other.Units = slices.Clone(c.Now.Units)
	other.Units[9].Light = queries.LightYellow
	in.Other, in.OtherFindings = &other, slices.DeleteFunc(slices.Clone(c.Findings), func(f queries.Finding) bool {
		return f.Unit.Name == "西岭区" && f.Severity == "red"
	})
	cmp := view.NewRegimes(in).Compare
	if len(cmp.Units) != 1 || cmp.Units[0].Name != "西岭区" || len(cmp.Units[0].Gone) != 2 || cmp.Unchanged != 11 || len(cmp.Differences) == 0 {
		t.Errorf("comparison = %+v", cmp)
	}
}
