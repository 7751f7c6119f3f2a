package main

import (
	"fmt"
	"strconv"

	"liandu/internal/period"
)

// kinds are the words of the form for the story's letters.
var kinds = map[string]string{"A": "年度联席会议", "E": "临时联席会议", "S": "以其他会议代替"}

// meeting is one that took place, of a county or a town.
type meeting struct {
	unit                          string
	year                          int
	kind, title                   string
	held, solicited               period.Date
	chair, chairTitle, gov, union string
	agenda                        string // four digits, 1 for held, in the form's order
	minutes                       period.Date
	publicity                     string
}

func newMeeting(r entry) meeting {
	return meeting{
		unit: r["unit"], year: r.number("year"), kind: r["kind"], title: r["title"], held: r.date("held"),
		solicited: r.date("solicited"), chair: r["chair"], chairTitle: r["chair_title"], gov: r["gov"],
		union: r["union"], agenda: r["agenda"], minutes: r.date("minutes"), publicity: r["publicity"],
	}
}

// meetingsKnown returns the meetings a county lists in its report of q: its own and its towns', those of the
// quarter's year and those held in it, and in its very first report also the last ones before.
func (s *story) meetingsKnown(c county, q period.Quarter) []meeting {
	var known []meeting
	for _, m := range s.meetings {
		if !s.owns(c, m.unit) || m.held.After(q.Last()) {
			continue
		}
		if m.year == q.Year || m.held.Year() == q.Year || q == startOfStory {
			known = append(known, m)
		}
	}
	return known
}

var startOfStory = period.MustQuarter("2023Q1")

// owns reports whether a county reports for the unit: itself or one of its towns.
func (s *story) owns(c county, code string) bool {
	return code == c.code || s.unit(code).parent == c.code
}

// row is the meeting as its county knows it on the quarter's last day.
func (m meeting) row(s *story, c county, q period.Quarter) row {
	u := s.unit(m.unit)
	title := m.title
	if title == "" {
		title = fmt.Sprintf("%s%d年度政府与工会联席会议", u.name, m.year)
	}
	r := row{
		"unit": u.name, "year": strconv.Itoa(m.year), "kind": kinds[m.kind], "title": title,
		"held_on": m.held.String(), "chair": m.chair, "chair_title": m.chairTitle,
		"gov_attendees": m.gov, "union_attendees": m.union, "solicited_on": m.solicited.String(),
		"gov_topics": s.proposed(m, "政府"), "union_topics": s.proposed(m, "工会"), "joint_topics": s.proposed(m, "联合"),
		"publicity": m.publicity,
	}
	for i, field := range []string{"agenda_report", "agenda_topics", "agenda_discuss", "agenda_deploy"} {
		r[field] = map[byte]string{'1': "是", '0': "否"}[m.agenda[i]]
	}
	if !m.minutes.IsZero() && !m.minutes.After(q.Last()) {
		r["minutes_issued_on"] = m.minutes.String()
		r["minutes_number"] = m.number(c, u)
	}
	return r
}

// proposed counts the meeting's items by the side that brought them.
func (s *story) proposed(m meeting, side string) string {
	n := 0
	for _, it := range s.items {
		if it.unit == m.unit && it.year == m.year && it.kind == m.kind && it.topic.proposer == side {
			n++
		}
	}
	return strconv.Itoa(n)
}

// number is the document number of the minutes: 霁联纪〔2024〕1号.
func (m meeting) number(c county, u unit) string {
	mark, n := c.mark, 1
	if u.level == "township" {
		mark = string([]rune(u.name)[:2])
	}
	if m.kind == "E" {
		n = 2
	}
	return fmt.Sprintf("%s联纪〔%d〕%d号", mark, m.minutes.Year(), n)
}
