package main

import (
	"strings"

	"liandu/internal/period"
)

// addTownships adds the towns' meetings and items, which follow from a line each in story/township.csv.
func (s *story) addTownships() {
	for serial, t := range s.townships {
		for _, held := range []period.Date{t.held2023, t.held2024} {
			if held.IsZero() {
				continue
			}
			m := s.townshipMeeting(t, held)
			s.meetings = append(s.meetings, m)
			s.items = append(s.items, s.townshipItems(t, m, serial)...)
		}
	}
}

func (s *story) townshipMeeting(t townshipFact, held period.Date) meeting {
	m := meeting{
		unit: t.code, year: held.Year(), kind: "A", held: held, solicited: workday(held.AddDays(-70)),
		gov: "各办公室负责人", union: "工会主席和部分企业工会主席",
		agenda: "1111", minutes: workday(held.AddDays(12)), publicity: "是",
	}
	if t.pace == "slow" {
		m.agenda, m.minutes, m.publicity = "0011", workday(held.AddDays(45)), ""
	}
	if t.chair != "" {
		m.chair = personName(t.code + t.chair)
		m.chairTitle = townshipTitle(s.unit(t.code).name, t.chair)
	}
	return m
}

// townshipTitle is the post of who presided: 镇长, 副乡长, 街道办事处主任, 镇党委书记.
func townshipTitle(name, chair string) string {
	head, deputy, party := "镇党委副书记、镇长", "副镇长", "镇党委书记"
	switch {
	case strings.HasSuffix(name, "街道"):
		head, deputy, party = "街道党工委副书记、办事处主任", "办事处副主任", "街道党工委书记"
	case strings.HasSuffix(name, "乡"):
		head, deputy, party = "乡党委副书记、乡长", "副乡长", "乡党委书记"
	}
	return map[string]string{"head": head, "deputy": deputy, "party": party}[chair]
}

// townshipItems gives a town's meeting two or three items, taking the topics in turn. A slow town finishes
// the first late and never the second.
func (s *story) townshipItems(t townshipFact, m meeting, serial int) []item {
	count := 2 + (serial+m.year)%2
	numbers := []int{4, 6, 8, 12, 20}
	var items []item
	for i := range count {
		due := monthEnd(m.held.AddDays(80 + 50*i + 5*(serial%4)))
		it := item{
			unit: t.code, year: m.year, kind: "A", no: i + 1, decided: m.held, due: due, stuck: 60,
			topic: s.township[(serial*3+m.year*2+i*5)%len(s.township)], n: numbers[(serial+i)%len(numbers)],
			plan: workday(m.held.AddDays(20)), start: m.held.AddDays(10),
			done: workday(due.AddDays(-9 - serial%6)),
		}
		if t.pace == "slow" {
			it.plan = period.Date{}
			it.done = workday(due.AddDays(20))
			if i == 1 {
				it.done, it.stuck = period.Date{}, 40
			}
		}
		items = append(items, it)
	}
	return items
}

// monthEnd is the last day of d's month.
func monthEnd(d period.Date) period.Date {
	first, _ := period.NewDate(d.Year(), d.Month(), 1)
	return first.AddMonths(1).AddDays(-1)
}
