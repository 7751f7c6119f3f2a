package export

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/regime"
	"liandu/queries"
)

// attachments are 召开情况统计表, 议定事项落实情况统计表, 考核得分和位次表 and, where the text only counts them, the overdue items.
func (n *notice) attachments() []attachment {
	out := []attachment{n.heldTable(), n.doneTable(), n.scoreTable()}
	if n.attached {
		out = append(out, n.overdueTable())
	}
	if len(n.names) > 0 {
		out = append(out, n.namesTable())
	}
	return out
}

func (n *notice) heldTable() attachment {
	g := Grid{Widths: widths(docx.TextHeight, 580, 1100, 1600, 1160, 560, 0, 780, 500, 500, 500, 500, 600, 1160, 1060), Head: 2}
	g.Rows = heads("序号", n.word, "召开情况", "召开日期", "延迟天数", "主持人职务", "主要负责同志主持", "议题数/合计", "议题数/政府方", "议题数/工会方", "议题数/联合", "议定事项数", "纪要印发日期", "上次议定事项落实情况通报")
	var topics [4]int64
	items := int64(0)
	for i, u := range n.units {
		g.Rows = append(g.Rows, n.heldRow(i+1, u, &topics, &items))
	}
	t := n.Metrics.Total
	g.Rows = append(g.Rows, []GridCell{
		mid("合计"), mid(number("total/annual_meeting_held/den", int64(len(n.units))), "个"), mid("已召开", number("total/annual_meeting_held/num", t["annual_meeting_held"].Num), "个"),
		mid(nullMark), mid(nullMark), mid(nullMark), mid(number("total/chaired_by_principal/num", t["chaired_by_principal"].Num), "个"),
		mid(number("topics/all", topics[0])), mid(number("topics/government", topics[1])), mid(number("topics/union", topics[2])), mid(number("topics/joint", topics[3])),
		mid(number("items/decided", items)), mid(number("total/minutes_issued/num", t["minutes_issued"].Num), "个"), mid(number("total/report_back/num", t["report_back"].Num), "个"),
	})
	n.must("议题数", "合计", topics[0], "政府方、工会方、联合之和", topics[1]+topics[2]+topics[3])
	name := n.year() + "政府与工会联席会议召开情况统计表"
	notes := tableNotes(0,
		spans("数据依据各", n.word, n.asOf.Quarter.Chinese(), "及以前报表，", fact("known_at", n.known()), "。"),
		spans("召开期限为", n.deadlineSpan(), n.deadlineNote(), "。以其他会议代替的不计入已召开，截至日以后印发的纪要列为“未印发”，“—”表示不适用。"),
		spans("“议题数”为年度联席会议议题；“议定事项数”为", n.year(), "联席会议和临时联席会议议定的全部事项，含长期坚持和已撤销事项。"),
	)
	return attachment{name: name, landscape: true, blocks: append([]OfficialBlock{n.tableLine("个、项、天"), g}, notes...)}
}

func (n *notice) deadlineNote() []Span {
	if doc := n.deadlineDocument(); doc != "" {
		return spans("，依据", fact("setting/deadline."+strconv.Itoa(n.asOf.Year)+".document", doc))
	}
	return nil
}

func (n *notice) heldRow(i int, u queries.UnitResult, topics *[4]int64, items *int64) []GridCell {
	id := "unit/" + string(u.Unit.Code)
	row := []GridCell{mid(strconv.Itoa(i)), leftCell(unitName(u.Unit)), mid(fact(id+"/annual_meeting", statusWord(u.Status))), n.dayCell(id+"/held_on", u.HeldOn)}
	if u.Status == queries.HeldLate {
		row = append(row, mid(number(id+"/late_days", int64(u.HeldOn.DaysSince(deadline(n.asOf))))))
	} else {
		row = append(row, mid(nullMark))
	}
	decided := n.decided(u)
	*items += decided
	itemCell := mid(number(id+"/decided", decided))
	if decided == 0 && !u.Status.Held() {
		itemCell = mid(nullMark)
	}
	if !u.Status.Held() {
		return append(row, mid(), mid(), mid(), mid(), mid(), mid(), itemCell, mid(), mid())
	}
	title := u.ChairTitle
	if title == "" {
		title = "未载明"
	}
	chair := "否"
	switch {
	case u.Indicators["chaired_by_principal"].Num > 0:
		chair = "是"
	case u.ChairRank == "unknown":
		chair = "未载明"
	}
	row = append(row, leftCell(fact(id+"/chair_title", title)), mid(fact(id+"/chaired_by_principal", chair)))
	row = append(row, n.topicCells(u, topics)...)
	minutes := mid("未印发")
	if u.Indicators["minutes_issued"].Num > 0 {
		minutes = n.dayCell(id+"/minutes_issued_on", n.counted[u.Unit.Code].MinutesIssuedOn)
	}
	report, pair := nullMark, u.Indicators["report_back"]
	switch {
	case pair.Den > 0 && pair.Num == pair.Den:
		report = "已通报"
	case pair.Den > 0:
		report = "未通报"
	}
	return append(row, itemCell, minutes, mid(fact(id+"/report_back", report)))
}

func (n *notice) topicCells(u queries.UnitResult, sum *[4]int64) []GridCell {
	m := n.counted[u.Unit.Code]
	if m.GovTopics == nil && m.UnionTopics == nil && m.JointTopics == nil {
		return []GridCell{mid(), mid(), mid(), mid()}
	}
	id := "unit/" + string(u.Unit.Code) + "/topics"
	all := int64(0)
	var cells []GridCell
	for i, part := range []struct {
		id string
		n  *int
	}{{"government", m.GovTopics}, {"union", m.UnionTopics}, {"joint", m.JointTopics}} {
		if part.n == nil {
			cells = append(cells, mid())
			continue
		}
		all += int64(*part.n)
		sum[i+1] += int64(*part.n)
		cells = append(cells, mid(number(id+"/"+part.id, int64(*part.n))))
	}
	sum[0] += all
	return append([]GridCell{mid(number(id+"/all", all))}, cells...)
}

// decided counts the items of the session year, ongoing and cancelled ones included; what a substitute decided is none.
func (n *notice) decided(u queries.UnitResult) int64 {
	count := int64(0)
	for _, r := range n.items[u.Unit.Code] {
		if r.IsDecided && r.SessionYear == n.asOf.Year && !r.DecidedOn.After(n.on) {
			count++
		}
	}
	return count
}

func (n *notice) doneTable() attachment {
	plans := n.asOf.Regime.Judges("implementation_plan")
	columns := []string{"序号", n.word, "应办事项/合计", "应办事项/" + n.year() + "议定", "应办事项/以前年度结转", "已办结", "办结率（%）", "推进中", "未启动", "逾期", "逾期率（%）", "按期办结/应按期"}
	columns[11] = "按期办结／应按期"
	cols := []int{580, 1200, 700, 900, 900, 750, 850, 750, 750, 700, 850, 1000, 700}
	columns = append(columns, "销号")
	if plans {
		columns, cols = append(columns, "实施方案"), append(cols, 750)
	}
	columns, cols = append(columns, "长期坚持", "已撤销"), append(cols, 750, 0)
	g := Grid{Widths: widths(docx.TextHeight, cols...), Head: 2, Rows: heads(columns...)}
	for i, u := range n.units {
		g.Rows = append(g.Rows, n.doneRow(mid(strconv.Itoa(i+1)), leftCell(unitName(u.Unit)), "unit/"+string(u.Unit.Code), u.Indicators, u.Resolutions, n.fresh(u), plans))
	}
	fresh := int64(0)
	for _, u := range n.units {
		fresh += n.fresh(u)
	}
	g.Rows = append(g.Rows, n.doneRow(mid("合计"), mid(number("total/annual_meeting_held/den", int64(len(n.units))), "个"), "total", n.Metrics.Total, n.Metrics.States, fresh, plans))
	notes := [][]Span{
		spans("应办事项=已办结+推进中+未启动+逾期；不含长期坚持和已撤销事项，也不含", strconv.Itoa(n.asOf.Year), "年以前已办结的事项。"),
		spans("“应按期”为截至", n.asOfSpan(), "到期和已办结、且有完成时限的事项；按期以原定完成时限判断，调整时限不改变按期与否。"),
		spans("“销号”指办结后经", ownName(n.Settings["office.name"]), "复核并于", n.asOfSpan(), "前确认。"),
		spans("带“*”的，分母不足5，比率仅供参考。“—”表示没有可计算的事项。"),
	}
	return attachment{name: "议定事项落实情况统计表", landscape: true, blocks: append([]OfficialBlock{n.tableLine("项、%"), g}, tableNotes(0, notes...)...)}
}

// fresh counts a unit's 应办事项 of the session year.
func (n *notice) fresh(u queries.UnitResult) int64 {
	count := int64(0)
	for _, r := range n.population(u.Unit.Code) {
		if r.IsDecided && r.SessionYear == n.asOf.Year {
			count++
		}
	}
	return count
}

func (n *notice) doneRow(no, name GridCell, id string, pairs map[string]queries.Pair, s queries.StateCounts, fresh int64, plans bool) []GridCell {
	pop, onTime := pairs["resolution_completion"], pairs["resolution_on_time"]
	freshID, carriedID := id+"/fresh", id+"/carried"
	if id == "total" {
		freshID, carriedID = "items/fresh", "items/carried"
	}
	row := []GridCell{
		no, name, mid(number(id+"/resolution_completion/den", pop.Den)), mid(number(freshID, fresh)), mid(number(carriedID, pop.Den-fresh)),
		mid(number(id+"/resolution_completion/num", s.Completed)), rateCell(id+"/resolution_completion", pop), mid(number(id+"/in_progress/num", s.InProgress)),
		mid(number(id+"/not_started/num", s.NotStarted)), mid(number(id+"/resolution_overdue/num", s.Overdue)), rateCell(id+"/resolution_overdue", pairs["resolution_overdue"]),
	}
	if onTime.Den == 0 {
		row = append(row, mid())
	} else {
		row = append(row, mid(fact(id+"/resolution_on_time", fmt.Sprintf("%d/%d", onTime.Num, onTime.Den))))
	}
	row = append(row, mid(number(id+"/resolution_closed/num", pairs["resolution_closed"].Num)))
	if plans {
		row = append(row, mid(number(id+"/implementation_plan/num", pairs["implementation_plan"].Num)))
	}
	return append(row, mid(number(id+"/ongoing", s.Ongoing)), mid(number(id+"/cancelled", s.Cancelled)))
}

// suspensionSpans are the notes on rules that were not judged, each a fact of the regime.
func suspensionSpans(r *regime.Regime) [][]Span {
	var notes [][]Span
	for _, s := range r.Suspended {
		notes = append(notes, spans("规则“", regime.RuleName(s.Rule), "”", fact("regime/"+r.ID+"/suspended/"+s.Rule, strings.TrimPrefix(s.Note(), regime.RuleName(s.Rule))), "，相应问题不列、得分不计。"))
	}
	return notes
}

// partNames heads the columns of the score.
var partNames = map[string]string{
	"annual_meeting_held": "召开", "chair_meets_rule": "主持", "agenda_complete": "议程", "topic_lead_time": "征集", "minutes_issued": "纪要",
	"publicity": "宣传", "report_back": "回报", "resolution_completion": "办结", "resolution_closed": "销号", "resolution_on_time": "按期", "resolution_overdue": "无逾期",
	"implementation_plan": "方案", "accountability": "责任", "establishment": "建制", "submission_on_time": "报送", "held_on_time": "按期召开", "chaired_by_principal": "正职主持",
}

// scoreTable prints its own arithmetic: what each part earned, what counted, and the score they give.
func (n *notice) scoreTable() attachment {
	columns, cols := []string{"位次", n.word}, []int{840, 1150}
	var weighed []string
	for _, u := range n.Metrics.Units {
		if len(u.Parts) > 0 {
			for _, p := range u.Parts {
				weighed = append(weighed, p.Indicator)
				columns, cols = append(columns, partNames[p.Indicator]+"\n（"+strconv.Itoa(p.Weight)+"）"), append(cols, 0)
			}
			break
		}
	}
	columns, cols = append(columns, "实得分", "适用分值", "得分", "较上季度位次", "状态"), append(cols, 780, 700, 700, 800, 520)
	g := Grid{Widths: widths(docx.TextHeight, cols...), Head: 1, Rows: heads(columns...)}
	for _, u := range n.Metrics.Units {
		if !u.IsRollup {
			g.Rows = append(g.Rows, n.scoreRow(u, weighed))
		}
	}
	r := n.asOf.Regime
	notes := [][]Span{
		spans("得分=实得分÷适用分值×100，四舍五入保留一位小数；“—”为不适用项，不计入适用分值。各项以两位小数列示，得分按未舍入数计算。"),
		spans("得分相同的位次并列，后续位次顺延；并列的按行政区划顺序排列。未到召开期限的不排位次。"),
		spans("状态：有红色问题或者得分低于", fact("regime/"+r.ID+"/red_line", r.RedLineText()), "分为红，有黄色问题或者得分低于", fact("regime/"+r.ID+"/yellow_line", r.YellowLineText()), "分为黄，其他为绿。"),
		spans("分值为", ownName(n.Settings["office.name"]), "设定，见", n.need("assessment.document"), "。"),
	}
	notes = append(notes, suspensionSpans(r)...)
	name := n.asOf.Quarter.Chinese() + "考核得分和位次表"
	return attachment{name: name, landscape: true, blocks: append([]OfficialBlock{n.tableLine("分"), g}, tableNotes(0, notes...)...)}
}

func (n *notice) scoreRow(u queries.UnitResult, weighed []string) []GridCell {
	id := "unit/" + string(u.Unit.Code)
	row := []GridCell{n.rankCell(u), leftCell(unitName(u.Unit))}
	sum, weight := new(big.Rat), int64(0)
	by := map[string]queries.ScorePart{}
	for _, p := range u.Parts {
		by[p.Indicator] = p
	}
	for _, indicator := range weighed {
		p, ok := by[indicator]
		if !ok || !p.Counted {
			row = append(row, mid())
			continue
		}
		earned := big.NewRat(int64(p.Weight)*p.ValueNum, p.ValueDen)
		sum.Add(sum, earned)
		weight += int64(p.Weight)
		row = append(row, mid(fact(id+"/score/"+indicator, hundredths(earned))))
	}
	if u.Score == nil || weight == 0 {
		return append(row, mid(), mid(), mid("不评分"), mid(), mid(lightShort(u.Light)))
	}
	score := new(big.Rat).Mul(sum, big.NewRat(1000, weight))
	tenths := new(big.Int).Quo(new(big.Rat).Add(score, big.NewRat(1, 2)).Num(), new(big.Rat).Add(score, big.NewRat(1, 2)).Denom()).Int64()
	n.must("「"+u.Unit.Name+"」的得分（十分之一分）", "按算式重算", tenths, "得分", int64(*u.Score))
	return append(row, mid(fact(id+"/earned", hundredths(sum))), mid(number(id+"/weight", weight)), mid(scoreSpan(u)), mid(n.rankMove(u)), mid(fact(id+"/light", lightShort(u.Light))))
}

func scoreSpan(u queries.UnitResult) Span {
	return fact("unit/"+string(u.Unit.Code)+"/score", fmt.Sprintf("%d.%d", *u.Score/10, *u.Score%10))
}

// hundredths is a value with two decimals, half up.
func hundredths(r *big.Rat) string {
	h := new(big.Rat).Add(new(big.Rat).Mul(r, big.NewRat(100, 1)), big.NewRat(1, 2))
	v := new(big.Int).Quo(h.Num(), h.Denom()).Int64()
	return fmt.Sprintf("%d.%02d", v/100, v%100)
}

func (n *notice) rankCell(u queries.UnitResult) GridCell {
	if u.Rank == nil {
		return mid("不排")
	}
	same := 0
	for _, v := range n.Metrics.Units {
		if v.Rank != nil && *v.Rank == *u.Rank {
			same++
		}
	}
	rank := number("unit/"+string(u.Unit.Code)+"/rank", int64(*u.Rank))
	if same > 1 {
		return mid("并列", rank)
	}
	return mid(rank)
}

// rankMove compares with the quarter before; who was not ranked then has nothing to compare.
func (n *notice) rankMove(u queries.UnitResult) string {
	if n.Before == nil || u.Rank == nil {
		return nullMark
	}
	b := n.Before.Unit(u.Unit.Code)
	if b == nil || b.Rank == nil {
		return nullMark
	}
	switch d := *b.Rank - *u.Rank; {
	case d > 0:
		return "↑" + strconv.Itoa(d)
	case d < 0:
		return "↓" + strconv.Itoa(-d)
	}
	return "持平"
}

// lightShort is a light in a table of few columns: 红, 黄, 绿.
func lightShort(l queries.Light) string { return strings.TrimSuffix(lightWord(l), "灯") }

// overdueTable lists the overdue items where the text only counts them.
func (n *notice) overdueTable() attachment {
	g := Grid{Widths: widths(docx.TextHeight, 580, 1050, 620, 0, 2200, 850, 1860, 1860, 640), Head: 1}
	g.Rows = heads("序号", n.word, "会议年度", "议定事项", "牵头单位", "责任人", "完成时限", "调整后完成时限", "逾期天数")
	for i, r := range n.overdue {
		id := itemID(r)
		n.overdueDays(r)
		g.Rows = append(g.Rows, []GridCell{
			mid(strconv.Itoa(i + 1)), leftCell(unitName(n.unit(r.Unit).Unit)), mid(strconv.Itoa(r.SessionYear)), leftCell(fact(id+"/title", oneLine(r.Title))),
			leftCell(fact(id+"/lead_unit", oneLine(r.LeadUnit))), leftCell(fact(id+"/owner", oneLine(r.Owner))), fullDay(id+"/due_on", r.DueOn), fullDay(id+"/revised_due_on", r.RevisedDueOn),
			mid(number(id+"/overdue_days", int64(r.OverdueDays))),
		})
	}
	notes := tableNotes(0,
		spans("逾期天数自有效时限（有调整的为调整后完成时限）次日起算，至", n.asOfSpan(), "；0表示时限为截至日当日、到期未办结。"),
		spans("共", number("total/resolution_overdue/num", int64(len(n.overdue))), "项。"))
	return attachment{name: "逾期议定事项清单", landscape: true, blocks: append([]OfficialBlock{n.tableLine("项、天"), g}, notes...)}
}
