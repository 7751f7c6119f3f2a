package export

import (
	"fmt"
	"strings"

	"liandu/internal/period"
	"liandu/internal/regime"
	"liandu/queries"
)

// facts are what both letters state alike, word for word but for 贵 and 你: the meeting, its chair, the items, the rest.
func (l *letter) facts() []section2 {
	var out []section2
	add := func(title string, body []Span) {
		if len(body) > 0 {
			out = append(out, section2{title: spans(title), body: body})
		}
	}
	switch l.u.Status {
	case queries.Substituted:
		if l.fails(regime.RuleAnnualMeeting) || l.fails(regime.RuleSubstitute) {
			add("以其他会议形式代替", l.substituteFact())
			l.matters = append(l.matters, "以其他会议形式代替")
		}
	case queries.NotHeld:
		add("会议未召开", l.notHeldFact())
		l.matters = append(l.matters, "会议未召开")
	case queries.HeldLate:
		if l.fails(regime.RuleLateMeeting) {
			add("召开时间延迟", l.lateFact())
			l.matters = append(l.matters, "召开时间延迟")
		}
	}
	if l.u.Status != queries.Substituted && l.fails(regime.RuleSubstitute) {
		add("以其他会议形式代替", l.alsoSubstituted())
		l.matters = append(l.matters, "以其他会议形式代替")
	}
	if l.fails(regime.RuleChair) {
		add("主持规格", l.chairFact())
		l.matters = append(l.matters, "主持规格不符合要求")
	}
	add("议定事项落实情况", l.itemFact())
	add("其他情况", l.otherFact())
	return out
}

// clause quotes the clauses of rules after a fact: 《通知》明确，“……”“……”。 A clause that only allows is not held up.
// Rules that rest on one clause quote it once, and a clause that names the conference itself needs no lead.
func (l *letter) clause(lead string, rules ...string) []Span {
	var quotes []Span
	said := map[string]bool{}
	for _, id := range rules {
		r, ok := l.asOf.Regime.Rule(id)
		if !ok || r.Clause.Force == regime.ForceMay || said[r.Clause.Text] {
			continue
		}
		if said[r.Clause.Text] = true; len(quotes) == 0 && strings.Contains(r.Clause.Text, "联席会议") {
			lead = ""
		}
		quotes = append(quotes, clauseQuote(r.Clause))
	}
	if len(quotes) == 0 {
		return nil
	}
	return spans(l.short(), lead, quotes, "。")
}

func (l *letter) notHeldFact() []Span {
	var out []Span
	if l.isUnreported(l.u.Unit.Code) {
		out = spans("截至", date("known_on", l.knownOn()), "，未收到", l.you, "召开", l.year(), "政府与工会联席会议的报告（", l.asOf.Quarter.Chinese(), "报表未报送）")
	} else {
		out = spans("截至", l.asOfSpan(), "，", l.you, "未召开", l.year(), "政府与工会联席会议")
	}
	if l.missedBefore(l.u.Unit.Code) {
		out = append(out, spans(fmt.Sprintf("；%d年度会议亦未召开", l.asOf.Year-1))...)
	}
	return spans(out, "。", l.clause("政府与工会联席会议", regime.RuleAnnualMeeting))
}

// knownOn is the day the data is known at.
func (k *desk) knownOn() period.Date {
	if k.asOf.KnownAt.IsZero() {
		return k.IssuedOn
	}
	return period.DateOf(k.asOf.KnownAt.In(period.Shanghai))
}

func (l *letter) substituteFact() []Span {
	out := spans(l.you, "将", l.substituteText(l.substitutes(l.u.Unit.Code)), "作为", l.year(), "政府与工会联席会议报送。",
		l.clause("", regime.RuleSubstitute, regime.RuleAnnualMeeting), "该次会议不计入年度联席会议。截至", l.asOfSpan(), "，", l.you, "未另行召开", l.year(), "政府与工会联席会议")
	if l.missedBefore(l.u.Unit.Code) {
		out = append(out, spans(fmt.Sprintf("；%d年度会议亦未召开", l.asOf.Year-1))...)
	}
	return append(out, Span{Text: "。"})
}

func (l *letter) alsoSubstituted() []Span {
	return spans(l.you, "将", l.substituteText(l.substitutes(l.u.Unit.Code)), "作为", l.year(), "政府与工会联席会议报送，不计入年度联席会议。", l.clause("", regime.RuleSubstitute))
}

func (l *letter) lateFact() []Span {
	return spans(l.you, l.lateText(l.u, l.year()+"政府与工会联席会议"), "。", l.clause("", regime.RuleLateMeeting))
}

func (l *letter) chairFact() []Span {
	id := "unit/" + string(l.u.Unit.Code)
	return spans(l.you, date(id+"/held_on", l.u.HeldOn), "召开的", l.year(), "政府与工会联席会议，", l.chairText(l.u), "。", l.clause("", regime.RuleChair))
}

// itemFact counts the items and names the overdue ones.
func (l *letter) itemFact() []Span {
	out := l.counts()
	if l.u.Resolutions.Overdue == 0 {
		return append(out, Span{Text: "。"})
	}
	return append(out, l.overdueFact()...)
}

// counts gives the items by state; nothing due is said as such, never as 0.
func (l *letter) counts() []Span {
	id, s := "unit/"+string(l.u.Unit.Code), l.u.Resolutions
	pop := l.u.Indicators["resolution_completion"].Den
	out := spans("截至", l.asOfSpan(), "，", l.you)
	if pop == 0 {
		return append(out, Span{Text: "无应办议定事项"})
	}
	l.must("应办事项", "总数", pop, "各状态之和", s.Completed+s.InProgress+s.NotStarted+s.Overdue)
	out = append(out, spans("应办议定事项", number(id+"/resolution_completion/den", pop), "项")...)
	if s.Completed == pop {
		return append(out, Span{Text: "，全部办结"})
	}
	for _, p := range []struct {
		id, words string
		n         int64
	}{
		{"/resolution_completion/num", "已办结", s.Completed}, {"/in_progress/num", "推进中", s.InProgress},
		{"/not_started/num", "未启动", s.NotStarted}, {"/resolution_overdue/num", "逾期未办结", s.Overdue},
	} {
		if p.n > 0 {
			out = append(out, spans("，", p.words, number(id+p.id, p.n), "项")...)
		}
	}
	if s.Overdue == 0 {
		out = append(out, Span{Text: "，无逾期事项"})
	}
	return out
}

func (l *letter) overdueFact() []Span {
	var rows []queries.ResolutionRow
	for _, r := range l.population(l.u.Unit.Code) {
		if r.State == queries.StateOverdue {
			rows = append(rows, r)
			title := oneLine(r.Title)
			if len(l.matters) < 12 {
				l.matters = append(l.matters, "逾期事项："+title)
			}
		}
	}
	l.must("逾期事项", "清单行数", int64(len(rows)), "逾期数", l.u.Resolutions.Overdue)
	out := spans("。逾期事项为：")
	if len(rows) > 3 {
		longest := rows[0]
		for _, r := range rows {
			if r.OverdueDays > longest.OverdueDays {
				longest = r
			}
		}
		out = spans("。逾期事项详见附件1，其中逾期天数最多的为", l.overdueItem(longest), "。")
	} else {
		for i, r := range rows {
			if i > 0 {
				out = append(out, Span{Text: "；"})
			}
			out = append(out, l.overdueItem(r)...)
		}
		out = append(out, Span{Text: "。"})
	}
	if c, ok := l.followUp(); ok {
		return append(out, spans(l.short(), clauseQuote(c), "。")...)
	}
	return out
}

// followUp is the clause that asks for items to be carried out. Where the rule rests on the clause that provides for the
// letter itself, it is the one that asks to follow items up.
func (k *desk) followUp() (regime.Clause, bool) {
	rule, ok := k.asOf.Regime.Rule(regime.RuleOverdue)
	if !ok || rule.Clause.Force == regime.ForceMay {
		return regime.Clause{}, false
	}
	if a, is := k.asOf.Regime.Action("letter"); is && a.Clause.ID == rule.Clause.ID {
		return k.clauseAbout("会后督导")
	}
	return rule.Clause, true
}

// otherFact states what stands beside the red findings.
func (l *letter) otherFact() []Span {
	var facts [][]Span
	var quotes []Span
	quote := func(id, lead string) {
		if r, ok := l.asOf.Regime.Rule(id); ok && r.Clause.Force != regime.ForceMay {
			if len(quotes) > 0 {
				quotes = append(quotes, Span{Text: "，"})
			}
			quotes = append(quotes, spans(lead, clauseQuote(r.Clause))...)
		}
	}
	add := func(id string, matter string, text []Span) {
		if l.fails(id) {
			facts, l.matters = append(facts, text), append(l.matters, matter)
			quote(id, "")
		}
	}
	if f := l.finding(regime.RulePlan, l.u.Unit.Code); f != nil {
		n := int64(len(f.Items))
		text := spans("有", number("finding/"+f.ID+"/count", n), "项议定事项尚未制定实施方案")
		if n <= 3 {
			text = append(text, Span{Text: "（"})
			for _, t := range f.Items {
				text = append(text, quotation("finding/"+f.ID+"/item/"+t, t))
			}
			text = append(text, Span{Text: "）"})
		}
		add(regime.RulePlan, fmt.Sprintf("实施方案未制定%d项", n), text)
	}
	year := l.year() + "会议"
	add(regime.RuleReportBack, "上次议定事项落实情况未通报", spans(year, "未通报上次议定事项落实情况"))
	add(regime.RuleChairUnknown, "会议主持人未载明", spans(year, "所报材料未载明会议主持人及其职务"))
	add(regime.RuleMinutes, "会议纪要未印发", spans(year, "纪要截至", l.asOfSpan(), "未印发"))
	if f := l.finding(regime.RuleAgenda, l.u.Unit.Code); f != nil && len(f.Items) > 0 {
		add(regime.RuleAgenda, "会议议程不完备", spans(year, "缺少规定议程", number("finding/"+f.ID+"/count", int64(len(f.Items))), "项"))
	}
	add(regime.RuleLeadTime, "议题征集时间不足", spans(year, "议题未在会前规定时间启动征集，或者未填写启动日期"))
	add(regime.RulePublicity, "会议未宣传报道", spans(year, "没有宣传报道记录"))
	add(regime.RuleItemList, "议定事项责任清单不齐", spans("议定事项的责任单位、责任人、完成时限未填全"))
	if f := l.finding(regime.RuleExplain, l.u.Unit.Code); f != nil && len(f.Items) > 0 {
		add(regime.RuleExplain, "逾期事项未说明原因", spans("有", number("finding/"+f.ID+"/count", int64(len(f.Items))), "项逾期事项未说明原因"+l.explainWords()))
	}
	add(regime.RuleEstablishment, "联席会议制度建立情况", l.establishmentFact())
	if len(facts) == 0 {
		return nil
	}
	var out []Span
	for i, f := range facts {
		if i > 0 {
			out = append(out, Span{Text: "；"})
		}
		out = append(out, f...)
	}
	out = append(out, Span{Text: "。"})
	if len(quotes) == 0 {
		return out
	}
	return append(out, spans(l.short(), quotes, "。")...)
}

// establishmentFact says that the unit has no system of its own, or how many below it have none.
func (l *letter) establishmentFact() []Span {
	pair := l.u.Indicators["establishment"]
	if pair.Den <= 1 {
		return spans("尚未建立联席会议制度")
	}
	id := "unit/" + string(l.u.Unit.Code) + "/establishment"
	return spans("应建立联席会议制度的单位", number(id+"/den", pair.Den), "个，尚未建立", number(id+"/open", pair.Den-pair.Num), "个")
}
