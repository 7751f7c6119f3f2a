package main

import (
	"cmp"
	"slices"

	"liandu/internal/period"
)

// report is what a county sends for a quarter, before it is laid out in the county's habit.
type report struct {
	county  county
	quarter period.Quarter
	filled  period.Date
	tables  []table // 制度建立, 会议召开, 议定事项
}

// newReport cuts the story at the quarter's last day.
func (s *story) newReport(c county, q period.Quarter, filled period.Date) report {
	var meetings, items []row
	for _, m := range s.meetingsKnown(c, q) {
		meetings = append(meetings, m.row(s, c, q))
	}
	known := s.itemsKnown(c, q)
	slices.SortStableFunc(known, func(a, b item) int {
		return cmp.Or(cmp.Compare(rank(a.unit), rank(b.unit)), cmp.Compare(a.year, b.year))
	})
	for _, it := range known {
		items = append(items, it.row(s, c, q))
	}
	return report{c, q, filled, []table{
		establishmentTable(s.establishments(c, q)), meetingTable(meetings), resolutionTable(items),
	}}
}

// rank puts a county's own items before its towns'; both codes of a renamed county are the county.
func rank(code string) string {
	if len(code) == 6 {
		return ""
	}
	return code[6:]
}

func (s *story) establishments(c county, q period.Quarter) []row {
	level := map[string]string{"区": "区", "县": "县", "市": "县级市"}[c.word]
	if s.unit(c.code).level == "zone" {
		level = "开发区"
	}
	rows := []row{{
		"unit": c.name, "level": level, "established": "是", "established_on": c.established, "document": c.document,
	}}
	for _, t := range s.townships {
		u := s.unit(t.code)
		if u.parent != c.code {
			continue
		}
		r := row{"unit": u.name, "level": "乡镇、街道", "established": "否"}
		if !t.established.IsZero() && !t.established.After(q.Last()) {
			r["established"], r["established_on"] = "是", t.established.String()
			r["document"] = u.name + "政府与工会联席会议制度"
		}
		rows = append(rows, r)
	}
	return rows
}
