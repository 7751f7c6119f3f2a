package export

import (
	"slices"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// demands is part four: what is asked of whom by when; what has fallen due before the paper's date is not asked. Nobody is asked who is not named in part three or has nothing
// falling due (grammar, check 23).
func (n *notice) demands() []section2 {
	var out []section2
	add := func(title string, body []Span) {
		if len(body) > 0 {
			out = append(out, section2{title: spans(title), body: body})
		}
	}
	add("尽快召开会议", n.holdDemand())
	add("加快办理逾期事项", n.overdueDemand())
	add("补齐实施方案和材料", n.paperDemand())
	add("抓好到期事项", n.dueDemand())
	next := n.nextQuarter()
	if due := n.asOf.Regime.SubmissionDue(next); !due.Before(n.IssuedOn) {
		add("按时报送报表", spans(next.Chinese(), "报表于", date("submission_due/"+next.String(), due), "前报送。"))
	}
	return out
}

// unions is 甲、乙和丙总工会.
func (n *notice) unions(units []record.Unit) []Span {
	if n.asOf.Level == record.LevelCounty {
		return spans(n.inText(units), "总工会")
	}
	return spans(n.inText(units), "工会")
}

func (n *notice) holdDemand() []Span {
	var units []record.Unit
	for _, u := range n.units {
		if (u.Status == queries.NotHeld || u.Status == queries.Substituted) && n.finding(regime.RuleAnnualMeeting, u.Unit.Code) != nil {
			units = append(units, u.Unit)
		}
	}
	if len(units) == 0 {
		return nil
	}
	return spans(n.unions(units), "要主动向本级党委、政府汇报，于", n.remedyBy(), "前召开", n.year(), "会议", n.chairDemand(),
		"。补开的会议，所属年度记为", n.year(), "，按延迟召开统计。")
}

// chairDemand is what the regime asks of the chair, nothing where it does not ask.
func (k *desk) chairDemand() string {
	accept := k.asOf.Regime.AcceptRanks()
	switch {
	case len(accept) == 0:
		return ""
	case len(accept) == 1 && accept[0] == record.RankPrincipal:
		return "，并由政府主要负责同志主持"
	}
	return "，并由政府负责同志主持"
}

func (n *notice) overdueDemand() []Span {
	if len(n.overdue) == 0 {
		return nil
	}
	var units []record.Unit
	for _, u := range n.units {
		if u.Resolutions.Overdue > 0 {
			units = append(units, u.Unit)
		}
	}
	each := "逐项"
	if len(n.overdue) == 1 {
		each = ""
	}
	return spans(n.unions(units), "要会同牵头单位，对", number("total/resolution_overdue/num", int64(len(n.overdue))), "项逾期事项"+each+"说明未完成原因，提出新的完成时限和责任人，于",
		n.replyBy(), "前报", ownName(n.Settings["office.name"]), "。")
}

// paperDemand asks for plans, minutes, lists and evidence.
func (n *notice) paperDemand() []Span {
	var out []Span
	ask := func(rule string, what func(units []record.Unit) []Span) {
		var units []record.Unit
		for _, f := range n.found[rule] {
			units = append(units, f.Unit)
		}
		if len(units) > 0 {
			out = append(out, what(units)...)
		}
	}
	ask(regime.RulePlan, func(units []record.Unit) []Span {
		sum := int64(0)
		for _, t := range n.tallies(regime.RulePlan) {
			sum += t.n
		}
		return spans(n.unions(units), "要于", n.remedyBy(), "前制定", number("finding/"+regime.RulePlan+"/sum", sum), "项议定事项的实施方案。")
	})
	ask(regime.RuleItemList, func(units []record.Unit) []Span {
		return spans(n.unions(units), "要于", n.remedyBy(), "前补齐议定事项的责任单位、责任人和完成时限。")
	})
	ask(regime.RuleMinutes, func(units []record.Unit) []Span {
		return spans(n.unions(units), "要于", n.remedyBy(), "前协调印发会议纪要。")
	})
	ask(regime.RuleChairUnknown, func(units []record.Unit) []Span {
		return spans(n.unions(units), "要于", n.replyBy(), "前补报载明会议主持人及其职务的材料。")
	})
	ask(regime.RuleReportBack, func(units []record.Unit) []Span {
		return spans(n.unions(units), "要于", n.replyBy(), "前报送上次议定事项落实情况书面材料，并在下次会议上通报。")
	})
	ask(regime.RuleEstablishment, func(units []record.Unit) []Span {
		return spans(n.unions(units), "要会同有关方面推进联席会议制度建立，于", n.remedyBy(), "前报送进展情况。")
	})
	return out
}

// falling are the population's items not done whose deadline lies in the quarter.
func (k *desk) falling(q period.Quarter) []queries.ResolutionRow {
	var out []queries.ResolutionRow
	for _, u := range k.units {
		for _, r := range k.population(u.Unit.Code) {
			if r.State != queries.StateCompleted && period.QuarterOf(r.EffectiveDueOn) == q {
				out = append(out, r)
			}
		}
	}
	return out
}

func (n *notice) dueDemand() []Span {
	next := n.nextQuarter()
	rows := n.falling(next)
	if len(rows) == 0 || next.Last().Before(n.IssuedOn) {
		return nil
	}
	var units []record.Unit
	for _, u := range n.units {
		if slices.ContainsFunc(rows, func(r queries.ResolutionRow) bool { return r.Unit == u.Unit.Code }) {
			units = append(units, u.Unit)
		}
	}
	tail := "，有关总工会要按时限推进。"
	if n.asOf.Level != record.LevelCounty {
		tail = "，有关工会要按时限推进。"
	}
	return spans(next.Chinese(), "到期的议定事项", number("falling/"+next.String(), int64(len(rows))), "项，涉及", n.inText(units), tail)
}
