package export

import (
	"fmt"
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// problems is part three: one paragraph a kind, facts before the clause's words, each unit named with its number.
func (n *notice) problems() []section2 {
	var out []section2
	add := func(title string, body []Span) {
		if len(body) > 0 {
			out = append(out, section2{title: spans(title), body: body})
		}
	}
	add("未召开年度会议", n.notHeldProblem())
	add("以其他会议形式代替", n.substituteProblem())
	add("召开时间延迟", n.lateProblem())
	title := "主持不符合要求"
	if len(n.found[regime.RuleChair]) == 0 {
		title = "主持人未载明"
	}
	add(title, n.chairProblem())
	add("议程不完备", n.countProblem(regime.RuleAgenda, [2]string{"的年度会议", "缺少规定议程"}, "项"))
	add("议题征集时间不足", n.unitsProblem(regime.RuleLeadTime, "未在会前规定时间启动议题征集，或者未填写启动日期"))
	add("会议纪要未印发", n.unitsProblem(regime.RuleMinutes, "的年度会议纪要截至"+n.on.Chinese()+"未印发"))
	add("未宣传报道", n.unitsProblem(regime.RulePublicity, "的年度会议没有宣传报道记录"))
	add("责任清单不齐", n.itemProblem(regime.RuleItemList, "项议定事项的责任单位、责任人、完成时限未填全"))
	add("议定事项逾期", n.overdueProblem())
	add("逾期事项未说明", n.itemProblem(regime.RuleExplain, "项逾期事项未说明原因"+n.explainWords()))
	add("实施方案不齐", n.itemProblem(regime.RulePlan, "项议定事项未制定实施方案"))
	add("落实情况未通报", n.unitsProblem(regime.RuleReportBack, n.year()+"会议未通报上次议定事项落实情况"))
	add("制度未建立", n.establishmentProblem())
	add(n.submissionTitle(), n.submissionProblem())
	return out
}

func (k *desk) explainWords() string {
	if r, ok := k.asOf.Regime.Rule(regime.RuleExplain); ok && r.ExplainNeedsNewDeadline {
		return "或者未明确新的完成时限"
	}
	return ""
}

// notHeldProblem names who held none; who has not reported is said to be unheard of, not to have held none (R35).
func (n *notice) notHeldProblem() []Span {
	rule, ok := n.asOf.Regime.Rule(regime.RuleAnnualMeeting)
	if !ok {
		return nil
	}
	var none, silent, twice []record.Unit
	for _, u := range n.notHeld {
		if n.finding(regime.RuleAnnualMeeting, u.Unit.Code) == nil {
			continue
		}
		if n.missedBefore(u.Unit.Code) {
			twice = append(twice, u.Unit)
		}
		if n.isUnreported(u.Unit.Code) {
			silent = append(silent, u.Unit)
			continue
		}
		none = append(none, u.Unit)
	}
	var out []Span
	if len(none) > 0 {
		out = spans(n.inText(none), "未召开", n.year(), "政府与工会联席会议", judged(rule))
	}
	if len(silent) > 0 {
		if len(out) > 0 {
			out = append(out, Span{Text: "；"})
		}
		out = append(out, spans("未收到", n.inText(silent), "召开", n.year(), "政府与工会联席会议的报告（", n.quarterWord(n.asOf.Quarter), "报表未报送）")...)
	}
	if len(out) == 0 {
		return nil
	}
	if len(twice) > 0 {
		out = append(out, spans("。其中", n.inText(twice), fmt.Sprintf("%d年度会议亦未召开", n.asOf.Year-1))...)
	}
	return append(out, Span{Text: "。"})
}

// substitutes are the meetings a unit put in the conference's place, by date.
func (k *desk) substitutes(code record.UnitCode) []queries.MeetingRow {
	var out []queries.MeetingRow
	for _, m := range k.Meetings {
		if m.Unit == code && m.Kind == record.KindSubstitute && m.SessionYear == k.asOf.Year && !m.HeldOn.After(k.on) {
			out = append(out, m)
		}
	}
	return out
}

// substituteText is 2024年11月8日的“区政府常务会议”, one after the other.
func (k *desk) substituteText(rows []queries.MeetingRow) []Span {
	var out []Span
	for i, m := range rows {
		if i > 0 {
			out = append(out, Span{Text: "、"})
		}
		id := fmt.Sprintf("meeting/%s/%s", m.Unit, m.HeldOn)
		out = append(out, date(id+"/held_on", m.HeldOn))
		if m.Title == "" {
			out = append(out, Span{Text: "的其他会议"})
			continue
		}
		out = append(out, spans("的", quotation(id+"/title", m.Title))...)
	}
	return out
}

func (n *notice) substituteProblem() []Span {
	var out []Span
	for _, u := range n.units {
		rows := n.substitutes(u.Unit.Code)
		if len(rows) == 0 {
			continue
		}
		if len(out) > 0 {
			out = append(out, Span{Text: "；"})
		}
		out = append(out, spans(unitName(u.Unit), "将", n.substituteText(rows), "作为联席会议报送")...)
	}
	if len(out) == 0 {
		return nil
	}
	if rule, ok := n.asOf.Regime.Rule(regime.RuleSubstitute); ok && len(n.found[regime.RuleSubstitute]) > 0 && rule.Severity != regime.Info {
		out = append(out, judged(rule)...)
	} else if rule, ok := n.asOf.Regime.Rule(regime.RuleAnnualMeeting); ok && len(n.substituted) > 0 {
		out = append(out, judged(rule)...)
	}
	return append(out, Span{Text: "，未计入已召开。"})
}

// lateText is 于2024年12月19日召开，比……确定的2024年11月30日延迟19天.
func (k *desk) lateText(u queries.UnitResult, before string) []Span {
	id := "unit/" + string(u.Unit.Code)
	return spans(before, "于", date(id+"/held_on", u.HeldOn), "召开，比", k.deadlineCited(), "召开期限", k.deadlineSpan(), "延迟",
		number(id+"/late_days", int64(u.HeldOn.DaysSince(deadline(k.asOf)))), "天")
}

func (n *notice) lateProblem() []Span {
	rule, ok := n.asOf.Regime.Rule(regime.RuleLateMeeting)
	var out []Span
	for _, u := range n.late {
		if len(out) > 0 {
			out = append(out, Span{Text: "；"})
		}
		out = append(out, spans(unitName(u.Unit), n.lateText(u, n.year()+"会议"))...)
	}
	if len(out) == 0 || !ok {
		return nil
	}
	return append(out, spans(judged(rule), "。")...)
}

// chairText is 由区委常委、常务副区长主持, with who delegated where that was reported.
func (k *desk) chairText(u queries.UnitResult) []Span {
	title := u.ChairTitle
	if title == "" {
		title = u.ChairRank.Chinese()
	}
	id := "unit/" + string(u.Unit.Code) + "/chair_title"
	whole := &Figure{ID: id, Value: title}
	if by, who, ok := strings.Cut(title, "委托，"); ok && strings.HasPrefix(by, "受") {
		return spans(Span{Text: by + "委托，由" + who, Figure: whole}, "主持")
	}
	return spans("由", Span{Text: title, Figure: whole}, "主持")
}

func (n *notice) chairProblem() []Span {
	var out []Span
	var unknown []record.Unit
	rule, _ := n.asOf.Regime.Rule(regime.RuleChair)
	for _, u := range n.held {
		if n.finding(regime.RuleChair, u.Unit.Code) != nil {
			if len(out) > 0 {
				out = append(out, Span{Text: "；"})
			}
			out = append(out, spans(unitName(u.Unit), n.year(), "会议", n.chairText(u))...)
		}
		if n.finding(regime.RuleChairUnknown, u.Unit.Code) != nil {
			unknown = append(unknown, u.Unit)
		}
	}
	if len(out) > 0 {
		out = append(out, spans(judged(rule), "。")...)
	}
	if len(unknown) > 0 {
		out = append(out, spans(n.inText(unknown), "所报材料未载明主持人及其职务，须补报材料核实。")...)
	}
	return out
}

// unitsProblem names the units that a rule found, with nothing to count.
func (n *notice) unitsProblem(id, what string) []Span {
	rule, ok := n.asOf.Regime.Rule(id)
	if !ok || len(n.found[id]) == 0 {
		return nil
	}
	var units []record.Unit
	for _, f := range n.found[id] {
		units = append(units, f.Unit)
	}
	return spans(n.inText(units), what, judged(rule), "。")
}

// tallies counts what a rule found at each unit.
func (k *desk) tallies(id string) []tally {
	var out []tally
	for _, f := range k.found[id] {
		out = append(out, tally{unit: f.Unit, n: int64(len(f.Items)), id: "finding/" + f.ID + "/count"})
	}
	return out
}

// itemProblem counts items at each unit: what follows the sum begins with its counter.
func (n *notice) itemProblem(id, what string) []Span {
	rule, ok := n.asOf.Regime.Rule(id)
	if !ok || len(n.found[id]) == 0 {
		return nil
	}
	text := n.each(n.tallies(id), "finding/"+id+"/sum", "项")
	last := &text[len(text)-1]
	last.Text = last.Text[:len(last.Text)-len("项")]
	return spans(text, what, judged(rule), "。")
}

// countProblem counts what a rule found at each unit; all alike are 甲和乙的年度会议各缺少规定议程1项.
func (n *notice) countProblem(id string, what [2]string, counter string) []Span {
	rule, ok := n.asOf.Regime.Rule(id)
	if !ok || len(n.found[id]) == 0 {
		return nil
	}
	all := n.tallies(id)
	var units []record.Unit
	alike := true
	for _, t := range all {
		units, alike = append(units, t.unit), alike && t.n == all[0].n
	}
	if len(all) > 1 && alike {
		return spans(n.inText(units), what[0], "各", what[1], number(all[0].id, all[0].n), counter, judged(rule), "。")
	}
	var out []Span
	for i, t := range all {
		if i > 0 {
			out = append(out, Span{Text: "；"})
		}
		out = append(out, spans(unitName(t.unit), what[0]+what[1], number(t.id, t.n), counter)...)
	}
	return spans(out, judged(rule), "。")
}

// overdueProblem gives each unit's number, and the items themselves where they are five at most (N14).
func (n *notice) overdueProblem() []Span {
	if len(n.overdue) == 0 {
		return nil
	}
	var all []tally
	for _, u := range n.units {
		if late := u.Resolutions.Overdue; late > 0 {
			all = append(all, tally{unit: u.Unit, n: late, id: "unit/" + string(u.Unit.Code) + "/resolution_overdue/num"})
		}
	}
	sum := int64(len(n.overdue))
	var change []Span
	if n.Before != nil && n.asOf.Year == n.asOf.Quarter.Year {
		change = n.overdueChange(sum)
	}
	if n.attached {
		return spans(n.each(all, "total/resolution_overdue/num", "项"), "逾期", change, "。逾期事项及逾期天数见附件4。")
	}
	var units []record.Unit
	for _, t := range all {
		units = append(units, t.unit)
	}
	have := "共有逾期事项"
	if len(units) == 1 {
		have = "有逾期事项"
	}
	out := spans(n.inText(units), have, number("total/resolution_overdue/num", sum), "项", change, "。")
	for i, t := range all {
		if i > 0 {
			out = append(out, Span{Text: "；"})
		}
		if len(all) > 1 {
			out = append(out, spans(unitName(t.unit), number(t.id, t.n), "项，")...)
		}
		out = append(out, Span{Text: "为"})
		said := 0
		for _, r := range n.overdue {
			if r.Unit != t.unit.Code {
				continue
			}
			if said > 0 && said == int(t.n)-1 {
				out = append(out, Span{Text: "和"})
			} else if said > 0 {
				out = append(out, Span{Text: "、"})
			}
			out = append(out, n.overdueItem(r)...)
			said++
		}
	}
	return append(out, Span{Text: "。"})
}

func (n *notice) overdueChange(sum int64) []Span {
	before, last := n.Before.States.Overdue, n.quarterWord(n.asOf.Quarter.Add(-1))+"末"
	switch {
	case before == 0:
		return spans("，", last, "无逾期事项")
	case sum > before:
		return spans("，比", last, "增加", number("overdue/change", sum-before), "项")
	case sum < before:
		return spans("，比", last, "减少", number("overdue/change", before-sum), "项")
	}
	return spans("，与", last, "持平")
}

// overdueItem is “…”（牵头单位…，完成时限…，调整后完成时限…，逾期61天）.
func (k *desk) overdueItem(r queries.ResolutionRow) []Span {
	id := itemID(r)
	out := spans(quotation(id+"/title", r.Title), "（")
	if r.LeadUnit != "" {
		out = append(out, spans("牵头单位", fact(id+"/lead_unit", r.LeadUnit), "，")...)
	}
	if !r.DueOn.IsZero() {
		out = append(out, spans("完成时限", date(id+"/due_on", r.DueOn), "，")...)
	}
	if !r.RevisedDueOn.IsZero() && r.RevisedDueOn != r.DueOn {
		out = append(out, spans("调整后完成时限", date(id+"/revised_due_on", r.RevisedDueOn), "，")...)
	}
	return append(out, spans(k.overdueDays(r), "）")...)
}

func (k *desk) overdueDays(r queries.ResolutionRow) []Span {
	k.must("「"+r.Title+"」的逾期天数", "截至日减有效时限", int64(k.on.DaysSince(r.EffectiveDueOn)), "事项台账", int64(r.OverdueDays))
	if r.OverdueDays == 0 {
		return spans(fact(itemID(r)+"/overdue_days", "到期未办结"))
	}
	return spans("逾期", number(itemID(r)+"/overdue_days", int64(r.OverdueDays)), "天")
}

// establishmentProblem: a unit of its own that has no system, and how many below one have none.
func (n *notice) establishmentProblem() []Span {
	rule, ok := n.asOf.Regime.Rule(regime.RuleEstablishment)
	if !ok || len(n.found[regime.RuleEstablishment]) == 0 {
		return nil
	}
	var out []Span
	var own []record.Unit
	for _, f := range n.found[regime.RuleEstablishment] {
		pair := n.unit(f.Unit.Code).Indicators["establishment"]
		if pair.Den == 1 {
			own = append(own, f.Unit)
			continue
		}
		if len(out) > 0 {
			out = append(out, Span{Text: "；"})
		}
		id := "unit/" + string(f.Unit.Code) + "/establishment"
		out = append(out, spans(unitName(f.Unit), "应建立联席会议制度的单位", number(id+"/den", pair.Den), "个，未建立", number(id+"/open", pair.Den-pair.Num), "个")...)
	}
	if len(own) > 0 {
		if len(out) > 0 {
			out = append(out, Span{Text: "；"})
		}
		out = append(out, spans(n.inText(own), "未建立联席会议制度")...)
	}
	return spans(out, judged(rule), "。")
}

func (n *notice) submissionTitle() string {
	late, missing := false, false
	for _, f := range n.found[regime.RuleSubmission] {
		isMissing := n.isUnreported(f.Unit.Code)
		late, missing = late || !isMissing, missing || isMissing
	}
	switch {
	case late && missing:
		return "报表迟报和未报送"
	case missing:
		return "报表未报送"
	}
	return "报表迟报"
}

// submissionProblem states late and missing reports as facts: the rule is the department's own.
func (n *notice) submissionProblem() []Span {
	var out, missing []Span
	var none []record.Unit
	for _, f := range n.found[regime.RuleSubmission] {
		s, ok := n.sent[f.Unit.Code]
		if !ok {
			continue
		}
		if s.Version == 0 {
			none = append(none, f.Unit)
			continue
		}
		if len(out) > 0 {
			out = append(out, Span{Text: "；"})
		}
		id := "sent/" + string(f.Unit.Code) + "/" + n.asOf.Quarter.String()
		on := period.DateOf(s.FirstReceivedAt.In(period.Shanghai))
		out = append(out, spans(unitName(f.Unit), n.quarterWord(n.asOf.Quarter), "报表于", date(id+"/received_on", on), "报送，比规定期限", date(id+"/due_on", s.DueOn),
			"迟", number(id+"/late_days", int64(on.DaysSince(s.DueOn))), "天")...)
	}
	if len(none) > 0 {
		if len(out) > 0 {
			missing = spans("；")
		}
		missing = append(missing, spans(n.inText(none), "未报送", n.quarterWord(n.asOf.Quarter), "报表")...)
	}
	if len(out)+len(missing) == 0 {
		return nil
	}
	return spans(out, missing, "。")
}
