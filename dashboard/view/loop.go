package view

import (
	"fmt"

	"liandu/queries"
)

// Loop is a unit's closed loop: how many items reached each step, and whether the next meeting was told.
type Loop struct {
	Note  string
	Steps []Step
}

func newLoop(in UnitInput, u *queries.UnitResult) Loop {
	var n [len(stepWords)]int
	all, late, assumed, waiting, extended := 0, 0, 0, 0, 0
	for _, r := range in.Items {
		if !r.InPopulation {
			continue
		}
		all++
		for i, ok := range stepsOf(r) {
			if ok {
				n[i]++
			}
		}
		if r.State == queries.StateOverdue {
			late++
		}
		if r.DoneOnAssumed {
			assumed++
		}
		if r.State == queries.StateCompleted && r.ClosedOn.IsZero() {
			waiting++
		}
		if moved(r) {
			extended++
		}
	}
	code := string(in.Unit.Code)
	l := Loop{Note: fmt.Sprintf("应办 %d 项走到哪一步", all)}
	if extended > 0 {
		l.Note += fmt.Sprintf("；%d 项调整过时限", extended)
	}
	notes := [...]string{
		"会议议定", lacking(all-n[1], "责任不全", "责任人、时限齐全"), lacking(all-n[2], "没有方案", "均有实施方案"),
		lacking(all-n[3], "未启动", "均已启动"), lacking(all-n[4], "未办结", "均已办结"), lacking(waiting, "待本级确认", "本级已确认"),
	}
	if assumed > 0 {
		notes[4] += fmt.Sprintf("，%d 项未填日期", assumed)
	}
	links := [...]string{
		in.Address.Href("/resolutions", "unit", code, "population", "1"), in.Address.Explain("accountability", code),
		in.Address.Explain("implementation_plan", code), in.Address.Href("/resolutions", "unit", code, "state", "not_started"),
		in.Address.Explain("resolution_completion", code), in.Address.Explain("resolution_closed", code),
	}
	for i, name := range stepWords {
		s := Step{Class: "step-now", Dot: itoa(i + 1), Name: name, Note: notes[i], ND: fmt.Sprintf("%d/%d", n[i], all), Href: links[i]}
		switch {
		case all == 0:
			s.Class, s.ND, s.Note = "step-todo", Nil, "没有应办事项"
		case n[i] == all:
			s.Class = "step-done"
		case i == 4 && late > 0:
			s.Class, s.Dot, s.Note = "step-late", "!", fmt.Sprintf("%d 项逾期", late)
		}
		l.Steps = append(l.Steps, s)
	}
	l.Steps = append(l.Steps[:5:5], reportStep(in, u), l.Steps[5])
	l.Steps[5].Dot, l.Steps[6].Dot = dot(l.Steps[5], 6), dot(l.Steps[6], 7)
	return l
}

func dot(s Step, n int) string {
	if s.Dot == "!" {
		return s.Dot
	}
	return itoa(n)
}

// lacking is 「2 项没有方案」, or what is said when none lacks it.
func lacking(n int, what, none string) string {
	if n == 0 {
		return none
	}
	return fmt.Sprintf("%d 项%s", n, what)
}

// reportStep is whether the counted meeting was told how the last session's items stand.
func reportStep(in UnitInput, u *queries.UnitResult) Step {
	p := u.Indicators["report_back"]
	s := Step{Name: "回报", ND: Nil, Class: "step-todo", Note: "没有须回报的会议", Href: in.Address.Explain("report_back", string(in.Unit.Code))}
	switch {
	case p.Den == 0:
	case p.Num == p.Den:
		s.Class, s.ND, s.Note = "step-done", fmt.Sprintf("%d/%d", p.Num, p.Den), "已在本次会议通报"
	default:
		s.Class, s.Dot, s.ND, s.Note = "step-late", "!", fmt.Sprintf("%d/%d", p.Num, p.Den), "本次会议未通报落实情况"
	}
	return s
}
