package export

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/fault"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// ScoreSheet makes 考核评分表 of one unit: each part of its score with what was taken off, for which fact, under which
// clause, and in which cell that stands. It refuses with fault.NotFound for a unit that is not judged.
func (d Dossier) ScoreSheet(code record.UnitCode) (*Official, error) {
	k, err := newDesk(d, "考核评分表")
	if err != nil {
		return nil, err
	}
	u := k.unit(code)
	if u == nil {
		return nil, fault.New(fault.NotFound, fmt.Sprintf("考核评分表没有生成：代码为「%s」的单位不在%s评价的单位之内。", code, k.word), "运行 liandu metrics 查看全部单位。")
	}
	s := &scoreSheet{desk: k, u: *u, id: "unit/" + string(code)}
	o := &Official{Paper: PaperScoreSheet, Unit: u.Unit.Code, Kind: k.kind, To: unionName(u.Unit), Issuer: k.need("office.name").Text, IssuedOn: k.IssuedOn}
	o.Title = k.asOf.Quarter.Chinese() + "政府与工会联席会议工作考核评分表"
	o.Pages = []OfficialPage{{Landscape: true, Blocks: keepTail(s.blocks(o))}}
	return o, k.finish(o, false)
}

// ScoreSheets makes one for every judged unit, in official order.
func (d Dossier) ScoreSheets() ([]*Official, error) {
	k, err := newDesk(d, "考核评分表")
	if err != nil {
		return nil, err
	}
	var out []*Official
	for _, u := range k.units {
		o, err := d.ScoreSheet(u.Unit.Code)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

type scoreSheet struct {
	*desk
	u  queries.UnitResult
	id string
}

func (s *scoreSheet) blocks(o *Official) []OfficialBlock {
	line := func(parts ...any) OfficialBlock { return Line{Style: docx.TableLine, Spans: spans(parts...)} }
	g := Grid{Widths: widths(docx.TextHeight, 560, 1440, 620, 1140, 760, 760, 2200, 0, 3500), Head: 1}
	g.Rows = heads("序号", "指标", "分值", "指标值", "得分", "扣分", "扣分事实", "依据", "材料（单元格）")
	earned, weight := new(big.Rat), int64(0)
	var terms []string
	for i, p := range s.u.Parts {
		row, points := s.row(i+1, p)
		g.Rows = append(g.Rows, row)
		if p.Counted {
			earned.Add(earned, points)
			weight += int64(p.Weight)
			terms = append(terms, hundredths(points))
		}
	}
	lost := new(big.Rat).Sub(big.NewRat(weight, 1), earned)
	g.Rows = append(g.Rows, []GridCell{mid("合计"), mid(), mid(number(s.id+"/weight", weight)), mid(), mid(fact(s.id+"/earned", hundredths(earned))), mid(fact(s.id+"/lost", hundredths(lost))), mid(), mid(), mid()})
	out := []OfficialBlock{
		Line{Style: docx.FormTitle, Spans: spans(o.Title)},
		line("被考核单位：", fact(s.id+"/union", unionName(s.u.Unit)), "　截至", s.asOfSpan(), "\t单位：分"), g,
		Line{Style: docx.TableNote, Spans: s.sum(terms, earned, weight)},
		Line{Style: docx.TableLine, Spans: spans("考核单位（盖章）：", s.need("office.name"), "　计算人：＿＿＿　复核人：＿＿＿　被考核单位意见：＿＿＿　日期：　年　月　日"), Size: 24},
	}
	return append(out, tableNotes(0, append([][]Span{
		spans("数据依据", s.asOf.Quarter.Chinese(), "及以前报表，", fact("known_at", s.known()), "。各项以两位小数列示，合计和得分按未舍入数计算。"),
		spans("分值加括号的为不适用项，不计入适用分值，不因此得分，也不因此扣分。"),
		spans("分值由", ownName(s.Settings["office.name"]), "设定，见", s.need("assessment.document"), "。"),
	}, suspensionSpans(s.asOf.Regime)...)...)...)
}

// sum prints the arithmetic, the rank and the light.
func (s *scoreSheet) sum(terms []string, earned *big.Rat, weight int64) []Span {
	if s.u.Score == nil || weight == 0 {
		return spans("没有适用的指标，不评分、不排位次。")
	}
	tenths := new(big.Rat).Add(new(big.Rat).Mul(earned, big.NewRat(1000, weight)), big.NewRat(1, 2))
	s.must("「"+s.u.Unit.Name+"」的得分（十分之一分）", "按算式重算", new(big.Int).Quo(tenths.Num(), tenths.Denom()).Int64(), "得分", int64(*s.u.Score))
	out := spans("算式：得分=（"+strings.Join(terms, "+")+"）÷", number(s.id+"/weight", weight), "×100=", scoreSpan(s.u), "分（四舍五入保留一位小数）；")
	if s.u.Rank == nil {
		out = append(out, Span{Text: "召开期限未到，不排位次；"})
	} else {
		same := 0
		for _, v := range s.units {
			if v.Rank != nil && *v.Rank == *s.u.Rank {
				same++
			}
		}
		tie := ""
		if same > 1 {
			tie = "并列"
		}
		out = append(out, spans("位次"+tie+"第", number(s.id+"/rank", int64(*s.u.Rank)), "（", number("units", int64(len(s.units))), "个单位）；")...)
	}
	return append(out, spans("状态：", fact(s.id+"/light", lightShort(s.u.Light)), "（红色问题", number(s.id+"/red", int64(s.u.Red)), "个、黄色问题", number(s.id+"/yellow", int64(s.u.Yellow)), "个）。")...)
}

// row is one part; what it earned is returned for the sum.
func (s *scoreSheet) row(i int, p queries.ScorePart) ([]GridCell, *big.Rat) {
	id := s.id + "/score/" + p.Indicator
	name := leftCell(shortName(p.Indicator))
	if !p.Counted {
		return []GridCell{mid(strconv.Itoa(i)), name, mid("（" + strconv.Itoa(p.Weight) + "）"), mid(), mid(), mid(), leftCell("不适用：" + s.why(p)), mid(), mid()}, nil
	}
	points := big.NewRat(int64(p.Weight)*p.ValueNum, p.ValueDen)
	lost := new(big.Rat).Sub(big.NewRat(int64(p.Weight), 1), points)
	row := []GridCell{mid(strconv.Itoa(i)), name, mid(strconv.Itoa(p.Weight)), mid(fact(id+"/value", s.value(p))), mid(fact(id, hundredths(points))), mid(fact(id+"/lost", hundredths(lost)))}
	if lost.Sign() == 0 {
		return append(row, mid(), mid(), mid()), points
	}
	return append(row, leftCell(s.fact(p)), leftCell(s.ground(p)), leftCell(fact(id+"/evidence", s.evidence(p)))), points
}

// value is the indicator as a fraction, never a decimal; a late meeting counts one half.
func (s *scoreSheet) value(p queries.ScorePart) string {
	switch p.Indicator {
	case "annual_meeting_held":
		return map[queries.AnnualStatus]string{
			queries.HeldOnTime: "1（按期）", queries.HeldLate: "0.5（延迟）", queries.Substituted: "0（代替）", queries.NotHeld: "0（未召开）",
		}[s.u.Status]
	case "resolution_overdue":
		return fmt.Sprintf("1−%d/%d", p.Pair.Num, p.Pair.Den)
	}
	return fmt.Sprintf("%d/%d", p.Pair.Num, p.Pair.Den)
}

// why tells why an indicator has no value.
func (s *scoreSheet) why(p queries.ScorePart) string {
	switch {
	case strings.HasPrefix(p.Indicator, "resolution_"), p.Indicator == "implementation_plan", p.Indicator == "accountability":
		if s.u.Indicators["resolution_completion"].Den > 0 {
			return "无到期或者办结的事项"
		}
		return "无应办议定事项"
	case p.Indicator == "submission_on_time":
		return "无应报报表"
	case p.Indicator == "annual_meeting_held" || s.u.Status == queries.Pending:
		return "召开期限未到"
	case p.Indicator == "report_back" && s.u.Status.Held():
		return "无上次议定事项"
	}
	return "未召开年度联席会议"
}

// fact is what points were taken off for: number, unit and name.
func (s *scoreSheet) fact(p queries.ScorePart) []Span {
	pair := func(before, middle, counter string) []Span {
		id := s.id + "/" + p.Indicator
		return spans(before, number(id+"/den", p.Pair.Den), counter, "，", middle, number(id+"/num", p.Pair.Num), counter)
	}
	switch p.Indicator {
	case "annual_meeting_held":
		return s.meetingFact()
	case "chair_meets_rule":
		if s.u.ChairRank == record.RankUnknown {
			return spans("所报材料未载明主持人及其职务")
		}
		return s.chairText(s.u)
	case "agenda_complete":
		return spans("会议缺少规定议程")
	case "topic_lead_time":
		return spans("议题未在会前规定时间启动征集，或者未填写启动日期")
	case "minutes_issued":
		return spans("截至", s.asOfSpan(), "纪要未印发")
	case "publicity":
		return spans("没有宣传报道记录")
	case "report_back":
		return spans("会议未通报上次议定事项落实情况")
	case "resolution_completion":
		return pair("应办", "已办结", "项")
	case "resolution_closed":
		return pair("应办", "已销号", "项")
	case "resolution_on_time":
		return pair("应按期", "按期办结", "项")
	case "resolution_overdue":
		return pair("应办", "逾期", "项")
	case "implementation_plan":
		return pair("应办", "已制定实施方案", "项")
	case "accountability":
		return pair("应办", "责任单位、责任人、完成时限填全", "项")
	case "establishment":
		return pair("应建立制度的单位", "已建立", "个")
	case "submission_on_time":
		return pair("应报", "按时", "次")
	}
	return pair("应计", "达到", "")
}

func (s *scoreSheet) meetingFact() []Span {
	switch s.u.Status {
	case queries.HeldLate:
		return spans(s.lateText(s.u, ""), "，按0.5计")
	case queries.Substituted:
		return spans("以", s.substituteText(s.substitutes(s.u.Unit.Code)), "代替，未另行召开")
	}
	if s.isUnreported(s.u.Unit.Code) {
		return spans("截至", date("known_on", s.knownOn()), "未收到召开会议的报告")
	}
	return spans("截至", s.asOfSpan(), "未召开")
}

// partRules are the rules that take points off an indicator.
var partRules = map[string][]string{
	"annual_meeting_held": {regime.RuleAnnualMeeting, regime.RuleLateMeeting, regime.RuleSubstitute}, "chair_meets_rule": {regime.RuleChair, regime.RuleChairUnknown},
	"agenda_complete": {regime.RuleAgenda}, "topic_lead_time": {regime.RuleLeadTime}, "minutes_issued": {regime.RuleMinutes}, "publicity": {regime.RulePublicity},
	"report_back": {regime.RuleReportBack}, "resolution_overdue": {regime.RuleOverdue}, "resolution_completion": {regime.RuleOverdue}, "resolution_on_time": {regime.RuleOverdue},
	"implementation_plan": {regime.RulePlan}, "accountability": {regime.RuleItemList}, "establishment": {regime.RuleEstablishment}, "submission_on_time": {regime.RuleSubmission},
}

// ground is the clause's own words, or the city's own assessment rules where the document sets no duty.
func (s *scoreSheet) ground(p queries.ScorePart) []Span {
	if c, ok := s.followUp(); ok && strings.HasPrefix(p.Indicator, "resolution_") {
		return spans(clauseQuote(c), clauseNumber(c))
	}
	if s.asOf.Regime.HasClause(p.Indicator) {
		for _, id := range partRules[p.Indicator] {
			failed := s.finding(id, s.u.Unit.Code) != nil
			if r, ok := s.asOf.Regime.Rule(id); ok && (failed || id == partRules[p.Indicator][0] && len(partRules[p.Indicator]) == 1) {
				return spans(clauseQuote(r.Clause), clauseNumber(r.Clause))
			}
		}
		if r, ok := s.asOf.Regime.Rule(partRules[p.Indicator][0]); ok {
			return spans(clauseQuote(r.Clause), clauseNumber(r.Clause))
		}
	}
	return spans(s.need("assessment.document"))
}

func clauseNumber(c regime.Clause) string {
	if c.Number == "" {
		return ""
	}
	return "（" + strings.NewReplacer("（", "(", "）", ")").Replace(c.Number) + "）"
}

// evidence names file, sheet and cells. Where nothing was reported, that is what it says.
func (s *scoreSheet) evidence(p queries.ScorePart) string {
	var places []place
	add := func(file, sheet string, cells []string) {
		if file == "" {
			return
		}
		i := slices.IndexFunc(places, func(p place) bool { return p.file == file && p.sheet == sheet })
		if i < 0 {
			i = len(places)
			places = append(places, place{file: file, sheet: sheet})
		}
		for _, c := range cells {
			if c != "" && !slices.Contains(places[i].cells, c) {
				places[i].cells = append(places[i].cells, c)
			}
		}
	}
	for _, id := range partRules[p.Indicator] {
		if f := s.finding(id, s.u.Unit.Code); f != nil && p.Indicator != "resolution_completion" && p.Indicator != "resolution_on_time" {
			for _, e := range f.Evidence {
				add(e.File, e.Sheet, e.Cells)
			}
		}
	}
	field := map[string]string{"resolution_completion": "status", "resolution_closed": "status", "resolution_on_time": "due_on"}[p.Indicator]
	for _, r := range s.population(s.u.Unit.Code) {
		late := p.Indicator == "resolution_on_time" && r.IsOnTime != nil && !*r.IsOnTime
		if field != "" && (late || p.Indicator != "resolution_on_time" && r.State != queries.StateCompleted) {
			add(r.File, r.Source.Sheet, []string{r.Source.Cells[field]})
		}
	}
	if m, ok := s.counted[s.u.Unit.Code]; ok && p.Indicator == "minutes_issued" {
		add(m.File, m.Source.Sheet, []string{m.Source.Cells["minutes_issued_on"]})
	}
	if p.Indicator == "submission_on_time" {
		for _, r := range s.Sent {
			if r.Unit.Code == s.u.Unit.Code && r.OnTime != nil && !*r.OnTime {
				add(r.File, "", nil)
			}
		}
	}
	var out []string
	for _, p := range places {
		out = append(out, p.text())
	}
	if len(out) == 0 {
		return "已接收的报表中没有记录"
	}
	return strings.Join(out, "；")
}

// place is some cells of a sheet of a file.
type place struct {
	file, sheet string
	cells       []string
}

// mostCells is how many cells a place names; all stand in 问题清单.
const mostCells = 8

func (p place) text() string {
	out := "《" + p.file + "》"
	if p.sheet == "" {
		return out
	}
	out += "“" + p.sheet + "”"
	if len(p.cells) > mostCells {
		return out + strings.Join(p.cells[:mostCells], "、") + fmt.Sprintf("等%d格", len(p.cells))
	}
	return out + strings.Join(p.cells, "、")
}
