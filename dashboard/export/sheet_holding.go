package export

import (
	"cmp"
	"fmt"
	"strings"

	"liandu/internal/record"
	"liandu/internal/xlsx"
	"liandu/queries"
)

// holding is 召开情况统计表: one row a unit, in official order.
func (p *paper) holding() xlsx.Table {
	t := p.base(sheetHolding, fmt.Sprintf("%s%d年度政府与工会联席会议召开情况统计表", p.City, p.asOf.Year), "个、项、天")
	t.Columns = []xlsx.Column{
		xlsx.Head("序号").To(xlsx.Center), xlsx.Head(p.word), xlsx.Head("召开情况").To(xlsx.Center), xlsx.Head("召开日期"),
		xlsx.Head("延迟\n天数"), xlsx.Head("主持人职务").Wide(18, 34), xlsx.Head("主持人职级").To(xlsx.Center),
		xlsx.Head("议题数", "合计"), xlsx.Head("议题数", "政府方"), xlsx.Head("议题数", "工会方"), xlsx.Head("议题数", "联合"),
		xlsx.Head("议定\n事项数"), xlsx.Head("纪要\n印发日期").To(xlsx.Center), xlsx.Head("上次议定事项\n落实情况通报").To(xlsx.Center),
	}
	var total holdingSum
	for i, u := range p.units {
		t.Rows = append(t.Rows, p.holdingRow(i+1, u, &total))
	}
	t.Rows = append(t.Rows, p.holdingTotal(total))
	if len(p.zones) > 0 {
		t.Rows = append(t.Rows, xlsx.GroupRow(zoneGroup))
		for i, u := range p.zones {
			t.Rows = append(t.Rows, p.holdingRow(i+1, u, &holdingSum{}))
		}
	}
	t.Notes = numbered(
		p.knownNote(),
		fmt.Sprintf("年度会议召开期限为%s%s；到期限前未召开的列为“未到期限”。以其他会议代替的不计入已召开。", deadline(p.asOf).Chinese(), p.cited()),
		fmt.Sprintf("“议题数”为年度联席会议议题；“议定事项数”为%d年度联席会议（含临时联席会议）议定的全部事项。", p.asOf.Year),
		"截至日以后印发的纪要列为“未印发”；主持人职级依据报表所填职务判断，未填的列为“未载明”。",
		nullNote,
	)
	if s := p.substitutes(); s != "" {
		t.Notes = append(t.Notes, "　　6."+s)
	}
	return t
}

// substitutes names the meetings that were held in place of the annual one.
func (p *paper) substitutes() string {
	var parts []string
	for _, u := range p.units {
		if u.Status != queries.Substituted {
			continue
		}
		for _, m := range p.Meetings {
			if m.Unit == u.Unit.Code && m.SessionYear == p.asOf.Year && m.Kind == record.KindSubstitute && !m.HeldOn.After(p.asOf.Quarter.Last()) {
				parts = append(parts, fmt.Sprintf("%s以%s（%s）代替", u.Unit.Name, cmp.Or(m.Title, "其他会议"), m.HeldOn.Chinese()))
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "，") + "，不计入已召开。"
}

// cited names the document that set a deadline of the city's own.
func (p *paper) cited() string {
	if p.DeadlineSource == "" {
		return ""
	}
	return "（" + p.DeadlineSource + "）"
}

// holdingSum is what the foot of 召开情况统计表 adds up.
type holdingSum struct {
	topics, government, union, joint, items int64
	hasTopics, hasItems                     bool
}

func (p *paper) holdingRow(n int, u queries.UnitResult, sum *holdingSum) xlsx.Row {
	cells := []xlsx.Cell{xlsx.Int(int64(n)), xlsx.Text(u.Unit.Name)}
	if m, ok := p.counted[u.Unit.Code]; ok && notJudged(u) {
		return xlsx.BodyRow(append(cells, p.facts(u, m, sum)...)...)
	}
	if u.IsRollup {
		cells = append(cells, xlsx.Text(heldBelow(u)), null(), null(), null(), below(u, "chaired_by_principal", "主要负责人"))
		return xlsx.BodyRow(append(cells, null(), null(), null(), null(), null(), below(u, "minutes_issued", "已印发"), below(u, "report_back", "已通报"))...)
	}
	items := p.decidedThisYear(u.Unit.Code)
	sum.items, sum.hasItems = sum.items+items, sum.hasItems || len(p.Resolutions) > 0
	cells = append(cells, xlsx.Text(statusWord(u.Status)).In(statusTone(u.Status)), xlsx.Date(u.HeldOn), p.lateDays(u))
	if !u.Status.Held() {
		return xlsx.BodyRow(append(cells, null(), null(), null(), null(), null(), null(), p.itemCount(u, items), null(), null())...)
	}
	cells = append(cells, chairTitle(u), p.chairRank(u))
	cells = append(cells, p.topics(u.Unit.Code, sum)...)
	return xlsx.BodyRow(append(cells, p.itemCount(u, items), p.minutes(u), reported(u))...)
}

// notJudged reports whether the regime obliges neither the unit nor any below it.
func notJudged(u queries.UnitResult) bool {
	return u.IsRollup && u.Indicators["annual_meeting_held"].Den == 0
}

// facts is what a unit that is not judged reported all the same.
func (p *paper) facts(u queries.UnitResult, m queries.MeetingRow, sum *holdingSum) []xlsx.Cell {
	cells := []xlsx.Cell{xlsx.Text("已召开（不评价）"), xlsx.Date(m.HeldOn), null(), text(m.ChairTitle), text(m.ChairRank.Chinese())}
	cells = append(cells, p.topics(u.Unit.Code, sum)...)
	minutes, told := xlsx.Text("未印发"), null()
	if on := m.MinutesIssuedOn; !on.IsZero() && !on.After(p.asOf.Quarter.Last()) {
		minutes = xlsx.Date(on)
	}
	if m.AgendaReport != nil && *m.AgendaReport {
		told = xlsx.Text("已通报")
	}
	items := p.decidedThisYear(u.Unit.Code)
	sum.items += items
	return append(cells, xlsx.Int(items), minutes, told)
}

// heldBelow tells of the units below one that is not obliged itself.
func heldBelow(u queries.UnitResult) string {
	held := u.Indicators["annual_meeting_held"]
	if notJudged(u) {
		return "不评价"
	}
	return fmt.Sprintf("已召开%d个（应召开%d个）", held.Num, held.Den)
}

// below is what is counted of the units below one that is only their sum, said like the foot of the table.
func below(u queries.UnitResult, id, word string) xlsx.Cell {
	pair := u.Indicators[id]
	if pair.Den == 0 {
		return null()
	}
	return counted(word, pair.Num, "个")
}

// itemCount shows no items as 「—」 where no annual meeting could have decided any, or no rows are at hand.
func (p *paper) itemCount(u queries.UnitResult, items int64) xlsx.Cell {
	if items == 0 && (!u.Status.Held() || len(p.Resolutions) == 0) {
		return null()
	}
	return xlsx.Int(items)
}

func (p *paper) lateDays(u queries.UnitResult) xlsx.Cell {
	if u.Status != queries.HeldLate {
		return null()
	}
	return xlsx.Int(int64(u.HeldOn.DaysSince(deadline(p.asOf))))
}

func chairTitle(u queries.UnitResult) xlsx.Cell {
	if u.ChairTitle == "" {
		return xlsx.Text("未载明")
	}
	return xlsx.Text(u.ChairTitle)
}

// chairRank warns where the regime does not accept the rank; an unknown one is asked for, not judged.
func (p *paper) chairRank(u queries.UnitResult) xlsx.Cell {
	c := xlsx.Text(u.ChairRank.Chinese())
	switch pair := u.Indicators["chair_meets_rule"]; {
	case u.ChairRank == record.RankUnknown:
		return c.In(xlsx.Yellow)
	case pair.Den > 0 && pair.Num < pair.Den:
		return c.In(xlsx.Red)
	}
	return c
}

func (p *paper) topics(unit record.UnitCode, sum *holdingSum) []xlsx.Cell {
	m := p.counted[unit]
	if m.GovTopics == nil && m.UnionTopics == nil && m.JointTopics == nil {
		return []xlsx.Cell{null(), null(), null(), null()}
	}
	sum.hasTopics = true
	total := int64(0)
	part := func(n *int, into *int64) xlsx.Cell {
		if n == nil {
			return null()
		}
		total += int64(*n)
		*into += int64(*n)
		return xlsx.Int(int64(*n))
	}
	government, union, joint := part(m.GovTopics, &sum.government), part(m.UnionTopics, &sum.union), part(m.JointTopics, &sum.joint)
	sum.topics += total
	return []xlsx.Cell{xlsx.Int(total), government, union, joint}
}

func (p *paper) minutes(u queries.UnitResult) xlsx.Cell {
	if u.Indicators["minutes_issued"].Num == 0 {
		return xlsx.Text("未印发")
	}
	if on := p.counted[u.Unit.Code].MinutesIssuedOn; !on.IsZero() {
		return xlsx.Date(on)
	}
	return xlsx.Text("已印发")
}

func reported(u queries.UnitResult) xlsx.Cell {
	pair := u.Indicators["report_back"]
	switch {
	case pair.Den == 0:
		return null()
	case pair.Num == pair.Den:
		return xlsx.Text("已通报")
	}
	return xlsx.Text("未通报").In(xlsx.Yellow)
}

// decidedThisYear counts what annual and extraordinary meetings of the session year asked decided, ongoing and
// cancelled items included; what a substitute decided is not among them.
func (p *paper) decidedThisYear(unit record.UnitCode) int64 {
	n := int64(0)
	for _, r := range p.items[unit] {
		if r.IsDecided && r.SessionYear == p.asOf.Year {
			n++
		}
	}
	return n
}

func (p *paper) holdingTotal(s holdingSum) xlsx.Row {
	total := p.Metrics.Total
	sum := func(n int64, has bool) xlsx.Cell {
		if !has {
			return null()
		}
		return xlsx.Int(n)
	}
	return xlsx.TotalRow(
		xlsx.Text("合计").At(xlsx.Center), counted("", int64(len(p.units)), "个"),
		counted("已召开", total["annual_meeting_held"].Num, "个"), null(), null(), null(),
		counted("主要负责人", total["chaired_by_principal"].Num, "个"),
		sum(s.topics, s.hasTopics), sum(s.government, s.hasTopics), sum(s.union, s.hasTopics), sum(s.joint, s.hasTopics),
		sum(s.items, s.hasItems),
		counted("已印发", total["minutes_issued"].Num, "个"), counted("已通报", total["report_back"].Num, "个"),
	)
}
