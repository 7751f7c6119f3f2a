package view_test

import (
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
		"年度会议召开率": "83.3% 10/12个 未召开 2", "主要负责人主持率": "70.0% 7/10个 未载明 1", "议定事项办结率": "68.3% 41/60项 销号率 0.0%（0/60）",
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
	if row.Name != "丰谷县" || row.Cells[0].Word != "未" || row.Cells[0].Light.Class != "light-none light-unsent" {
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

func TestRenamedUnitKeepsItsLights(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	first := *c.History[0]
	unit := c.Now.Units[0].Unit
	first.Units = slices.DeleteFunc(slices.Clone(first.Units), func(u queries.UnitResult) bool { return u.Unit.Code == unit.Code })
	history := append([]*queries.Metrics{&first}, c.History[1:]...)
	lights := &queries.Lights{Rows: []queries.LightRow{{Unit: unit, Cells: []queries.LightCell{
		{Quarter: first.AsOf.Quarter, Unit: "990199", Light: queries.LightRed},
	}}}}
	o := view.NewOverview(view.OverviewInput{Address: address, Now: c.Now, History: history, Lights: lights, Findings: c.Findings, Units: c.Units})
	if cell := o.Ranking.Rows[0].Cells[0]; cell.Word != "红" || !strings.HasPrefix(cell.Href, "/unit/990199?") {
		t.Errorf("the quarter under the earlier code is %+v, want its red light and its page", cell)
	}
}

func TestOverviewOfALevelWithoutDutiesJudgesNothing(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	c.Findings, c.Items = nil, nil
	c.Now.AsOf.Level, c.Now.Total = record.LevelZone, nil
	o := overview(c)
	if got := words(o.Lede); got != "本制度未规定开发区的义务，不评价，只列事实。" {
		t.Errorf("lede = %s", got)
	}
}

func TestOverviewBeforeTheQuarterEndsSaysSo(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	c.Now.AsOf.KnownAt = c.Now.AsOf.Quarter.Last().Start()
	if got := words(overview(c).Lede); !strings.HasPrefix(got, "2024年第四季度尚未结束，按季末口径。需要过问：") {
		t.Errorf("lede = %s", got)
	}
	c.Now.AsOf.KnownAt = c.Now.AsOf.Quarter.Last().AddDays(1).Start()
	if got := words(overview(c).Lede); !strings.HasPrefix(got, "需要过问：") {
		t.Errorf("lede after the quarter = %s", got)
	}
}

func TestPendingUnitIsNotJudgedYet(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	c.Now.Units[0].Light, c.Now.Units[0].Status = queries.LightNone, queries.Pending
	o := overview(c)
	if i := slices.IndexFunc(o.Tiles, func(x view.Tile) bool { return x.Name == c.Now.Units[0].Unit.Name }); o.Tiles[i].Light.Word != "暂不评价" {
		t.Errorf("the tile says %s", o.Tiles[i].Light.Word)
	}
	if !strings.HasSuffix(o.Ranking.Foot[0], "暂不评价 1") {
		t.Errorf("foot = %s", o.Ranking.Foot[0])
	}
}

func TestOverviewOfNothingSentDoesNotPraise(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	c.Items, c.Meetings, c.Findings, c.Sent = nil, nil, nil, nil
	if got := words(overview(c).Lede); got != "截至2024年12月31日还没有单位报送。" {
		t.Errorf("lede = %s", got)
	}
}
