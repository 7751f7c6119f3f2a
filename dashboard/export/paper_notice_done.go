package export

import (
	"strconv"

	"liandu/internal/record"
	"liandu/queries"
)

// doneText is part two: how many items, in which state, what moved, and who may be praised.
func (n *notice) doneText() []OfficialBlock {
	s := n.Metrics.States
	pop := n.Metrics.Total["resolution_completion"].Den
	n.must("应办事项", "各状态之和", s.Completed+s.InProgress+s.NotStarted+s.Overdue, "办结率的分母", pop)
	if pop == 0 {
		return []OfficialBlock{bodyLine(wholeWord(n.City), "无应办议定事项。")}
	}
	out := []OfficialBlock{bodyLine(n.states(pop))}
	if moved := n.moved(); moved != nil {
		out = append(out, bodyLine(moved))
	}
	out = append(out, bodyLine(n.confirmed(pop)))
	if praise := n.praise(); praise != nil {
		out = append(out, bodyLine(praise))
	}
	return out
}

// states is 应办35项，其中…；已办结…；推进中…；未启动…；逾期未办结….
func (n *notice) states(pop int64) []Span {
	s := n.Metrics.States
	var fresh, carried int64
	for _, u := range n.units {
		for _, r := range n.population(u.Unit.Code) {
			if r.SessionYear == n.asOf.Year {
				fresh++
				continue
			}
			carried++
		}
	}
	n.must("应办事项", "本年度议定与以前年度结转之和", fresh+carried, "办结率的分母", pop)
	out := spans(wholeWord(n.City), "应办议定事项", number("total/resolution_completion/den", pop), "项")
	switch {
	case carried == 0:
		out = append(out, spans("，均为", n.year(), "会议议定")...)
	case fresh == 0:
		out = append(out, spans("，均为以前年度结转")...)
	default:
		out = append(out, spans("，其中", n.year(), "会议议定", number("items/fresh", fresh), "项、以前年度结转", number("items/carried", carried), "项")...)
	}
	out = append(out, Span{Text: "。"})
	parts := []struct {
		id, words string
		n         int64
	}{
		{"total/resolution_completion", "已办结", s.Completed}, {"total/in_progress", "推进中", s.InProgress},
		{"total/not_started", "未启动", s.NotStarted}, {"total/resolution_overdue", "逾期未办结", s.Overdue},
	}
	sum, said := int64(0), 0
	for _, p := range parts {
		if p.n == 0 {
			continue
		}
		if p.n == pop {
			out = append(out, spans("上述事项均", p.words)...)
		} else {
			if said > 0 {
				out = append(out, Span{Text: "；"})
			}
			out = append(out, spans(p.words, number(p.id+"/num", p.n), "项")...)
			if pop >= fewest {
				pair := queries.Pair{Num: p.n, Den: pop}
				out = append(out, spans("，占", sharePercent(p.id, pair))...)
			}
		}
		said++
		sum += (p.n*2000 + pop) / (2 * pop)
	}
	if s.Overdue == 0 {
		out = append(out, Span{Text: "，无逾期事项"})
	}
	if pop >= fewest && sum != 1000 {
		out = append(out, Span{Text: "（因四舍五入，合计不等于100%）"})
		n.must("各状态占比之和（千分之一）超出允许的误差，与", "千分之一千", 1000, "各项相加", clampShares(sum))
	}
	out = append(out, Span{Text: "。"})
	switch {
	case s.Ongoing > 0 && s.Cancelled > 0:
		out = append(out, spans("另有长期坚持事项", number("total/ongoing", s.Ongoing), "项、已撤销事项", number("total/cancelled", s.Cancelled), "项，不计入应办事项。")...)
	case s.Ongoing > 0:
		out = append(out, spans("另有长期坚持事项", number("total/ongoing", s.Ongoing), "项，不计入应办事项。")...)
	case s.Cancelled > 0:
		out = append(out, spans("另有已撤销事项", number("total/cancelled", s.Cancelled), "项，不计入应办事项。")...)
	}
	return out
}

// clampShares lets shares add up to 99.9 … 100.1 % (R20).
func clampShares(sum int64) int64 {
	if sum >= 999 && sum <= 1001 {
		return 1000
	}
	return sum
}

// moved compares with the quarter before, in the year, and with a year ago.
func (n *notice) moved() []Span {
	now := n.Metrics.Total["resolution_completion"]
	var out []Span
	if n.Before != nil && n.asOf.Year == n.asOf.Quarter.Year {
		out = append(out, n.newlyDone()...)
	}
	var compared []Span
	before := queries.Pair{}
	if n.Before != nil {
		before = n.Before.Total["resolution_completion"]
	}
	if before.Den >= fewest && now.Den >= fewest && n.asOf.Quarter.N > 1 {
		verb := ""
		switch {
		case before.Den < now.Den:
			verb = "项增至"
		case before.Den > now.Den:
			verb = "项减至"
		}
		var note []Span
		if verb != "" {
			note = spans("应办事项由", number("before/resolution_completion/den", before.Den), verb, number("total/resolution_completion/den", now.Den), "项")
		}
		compared = n.against("total/resolution_completion/before", now, before, n.quarterWord(n.asOf.Quarter.Add(-1))+"末", note)
	}
	if n.YearAgo != nil && now.Den >= fewest {
		if then := n.YearAgo.Total["resolution_completion"]; then.Den >= fewest {
			compared = append(compared, n.against("total/resolution_completion/year_ago", now, then, strconv.Itoa(n.asOf.Quarter.Year-1)+"年同期", nil)...)
		}
	}
	if len(compared) == 0 {
		return out
	}
	compared[0].Text = trimComma(compared[0].Text)
	return append(out, spans("办结率", compared, "。")...)
}

// newlyDone counts items done now and not a quarter before, and those reported done then and taken back since.
func (n *notice) newlyDone() []Span {
	before := doneOf(n.BeforeItems, n.Before.Units)
	now := doneOf(n.Resolutions, n.Metrics.Units)
	fresh, back := int64(0), int64(0)
	for id := range now {
		if !before[id] {
			fresh++
		}
	}
	for id := range before {
		if !now[id] {
			back++
		}
	}
	n.must("已办结事项", "上季度末办结加本季度办结减撤回", n.Before.States.Completed+fresh-back, "本季度末办结", n.Metrics.States.Completed)
	word := n.quarterWord(n.asOf.Quarter)
	out := spans(word, "无新办结事项")
	if fresh > 0 {
		out = spans(word, "新增办结", number("newly_done", fresh), "项")
	}
	if back > 0 {
		out = append(out, spans("，另有以前报送已办结的", number("taken_back", back), "项改报未办结")...)
	}
	return append(out, Span{Text: "。"})
}

// doneOf is the completed items of a population by name.
func doneOf(rows []queries.ResolutionRow, units []queries.UnitResult) map[string]bool {
	listed := map[record.UnitCode]bool{}
	for _, u := range units {
		listed[u.Unit.Code] = !u.IsRollup
	}
	out := map[string]bool{}
	for _, r := range rows {
		if r.InPopulation && r.State == queries.StateCompleted && listed[r.Unit] {
			out[itemID(r)] = true
		}
	}
	return out
}

// confirmed is 销号, 按期 and 方案.
func (n *notice) confirmed(pop int64) []Span {
	t := n.Metrics.Total
	closed, onTime, plan := t["resolution_closed"], t["resolution_on_time"], t["implementation_plan"]
	done := n.Metrics.States.Completed
	own := ownName(n.Settings["office.name"])
	var out []Span
	all := allOf(done, "均")
	switch {
	case done == 0:
	case closed.Num == 0:
		out = spans("已办结的", number("total/resolution_completion/num", done), "项"+all+"未经", own, "复核销号。")
	case closed.Num == done:
		out = spans("已办结的", number("total/resolution_completion/num", done), "项"+all+"已经", own, "复核销号。")
	default:
		out = spans("已办结的", number("total/resolution_completion/num", done), "项中，经", own, "复核销号", number("total/resolution_closed/num", closed.Num), "项")
		if pop >= fewest {
			out = append(out, spans("，销号率", sharePercent("total/resolution_closed", closed))...)
		}
		out = append(out, Span{Text: "。"})
	}
	n.must("销号数不应大于办结数，多出的项数", "应为", 0, "实为", max(closed.Num-done, 0))
	if onTime.Den > 0 {
		out = append(out, spans("到期和已办结且有完成时限的事项", number("total/resolution_on_time/den", onTime.Den), "项")...)
		switch {
		case onTime.Num == onTime.Den:
			out = append(out, Span{Text: "，均按期办结。"})
		case onTime.Num == 0:
			out = append(out, Span{Text: "，均未按期办结。"})
		default:
			out = append(out, spans("中，按期办结", number("total/resolution_on_time/num", onTime.Num), "项")...)
			if onTime.Den >= fewest {
				out = append(out, spans("，按期办结率", sharePercent("total/resolution_on_time", onTime))...)
			}
			out = append(out, Span{Text: "。"})
		}
	}
	if !n.asOf.Regime.Judges("implementation_plan") {
		return out
	}
	switch {
	case plan.Num == plan.Den:
		out = append(out, Span{Text: "应办议定事项均已制定实施方案。"})
	case plan.Num == 0:
		out = append(out, Span{Text: "应办议定事项均未制定实施方案。"})
	default:
		out = append(out, spans("已制定实施方案", number("total/implementation_plan/num", plan.Num), "项")...)
		if pop >= fewest {
			out = append(out, spans("，占应办议定事项的", sharePercent("total/implementation_plan", plan))...)
		}
		out = append(out, Span{Text: "。"})
	}
	return out
}

// praise names units with a green light, no finding and a meeting on time; nil where there is none.
func (n *notice) praise() []Span {
	var good []record.Unit
	principal := true
	var facts []Span
	for _, u := range n.onTime {
		if u.Light != queries.LightGreen || u.Red+u.Yellow+u.Info > 0 || u.Resolutions.Overdue > 0 {
			continue
		}
		good = append(good, u.Unit)
		principal = principal && u.ChairRank == record.RankPrincipal
		pop := u.Indicators["resolution_completion"]
		if pop.Den == 0 {
			continue
		}
		if len(facts) > 0 {
			facts = append(facts, Span{Text: "；"})
		}
		id := "unit/" + string(u.Unit.Code) + "/resolution_completion"
		facts = append(facts, spans(unitName(u.Unit), "应办议定事项", number(id+"/den", pop.Den), "项，")...)
		if pop.Num == pop.Den {
			facts = append(facts, Span{Text: "全部办结"})
			continue
		}
		facts = append(facts, spans("已办结", number(id+"/num", pop.Num), "项，其余", number(id+"/open", pop.Den-pop.Num), "项未逾期")...)
	}
	if len(good) == 0 {
		return nil
	}
	chair := ""
	if principal {
		chair = "，由政府主要负责同志主持"
	}
	if len(good) > mostListed {
		return spans(number("praised", int64(len(good))), "个", n.word, "按期召开会议", chair, "，无逾期事项，未发现其他问题。")
	}
	if len(facts) == 0 {
		return spans(n.inText(good), "按期召开会议", chair, "。")
	}
	who := spans("上述", number("praised", int64(len(good))), "个", n.word)
	if len(good) == 1 {
		who = spans(unitName(good[0]))
	}
	return spans(facts, "。", who, "按期召开会议", chair, "，无逾期事项。")
}
