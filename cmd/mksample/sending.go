package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"liandu/internal/period"
)

// sending is one file that arrived. kind: first, again (a resend or correction), same (the bytes of the first
// once more), utf8 and gb18030 (the resolutions alone, as CSV).
type sending struct {
	unit     string
	quarter  period.Quarter
	received time.Time
	kind     string
	suffix   string // of the file name
	edits    []edit // what stands otherwise than it happened
}

// edit changes the rows of one item or meeting.
type edit struct {
	table      int // 1 会议召开, 2 议定事项
	year, kind string
	no         string // of an item
	set        row
}

func newSending(r entry) (sending, error) {
	at, err := time.Parse(time.RFC3339, r["received"])
	if err != nil {
		return sending{}, fmt.Errorf("story/sending.csv: %w", err)
	}
	d := sending{
		unit: r["unit"], quarter: period.MustQuarter(r["quarter"]), received: at.In(period.Shanghai),
		kind: r["kind"], suffix: r["suffix"],
	}
	for _, part := range strings.Split(r["edit"], ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		e, err := newEdit(part)
		if err != nil {
			return d, err
		}
		d.edits = append(d.edits, e)
	}
	return d, nil
}

// newEdit reads "item 2024 A 2: status=已完成&percent=100" and "meeting 2024 A: chair=…".
func newEdit(text string) (edit, error) {
	what, values, ok := strings.Cut(text, ":")
	words := strings.Fields(what)
	if !ok || len(words) < 3 {
		return edit{}, fmt.Errorf("story/sending.csv: no edit: %q", text)
	}
	e := edit{table: 1, year: words[1], kind: kinds[words[2]], set: row{}}
	if words[0] == "item" {
		e.table, e.no = 2, words[3]
	}
	for _, pair := range strings.Split(values, "&") {
		field, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		if field == "kind" {
			value = kinds[value]
		}
		e.set[field] = value
	}
	return e, nil
}

// apply changes the county's own row that the edit names; it must be there.
func (e edit) apply(r report) error {
	own := r.county.name
	for _, line := range r.tables[e.table].rows {
		if line["unit"] != own || line["year"] != e.year || line["kind"] != e.kind || line["no"] != e.no {
			continue
		}
		for field, value := range e.set {
			line[field] = value
		}
		return nil
	}
	return fmt.Errorf("%s %s: no row for the edit %s %s %s", own, r.quarter, e.year, e.kind, e.no)
}

// schedule lists every file in the order of arrival: one first report a county and quarter, and what the
// story adds.
func (s *story) schedule() []sending {
	all := slices.Clone(s.sendings)
	for _, c := range s.counties {
		for q := c.first; q.Compare(c.last) <= 0; q = q.Add(1) {
			told := slices.ContainsFunc(s.sendings, func(d sending) bool {
				return d.unit == c.code && d.quarter == q && d.kind == "first"
			})
			if !told {
				all = append(all, sending{unit: c.code, quarter: q, kind: "first", received: usualArrival(c, q)})
			}
		}
	}
	slices.SortFunc(all, func(a, b sending) int { return a.received.Compare(b.received) })
	return all
}

// usualArrival is a moment in working hours on or after the county's usual day, never too late.
func usualArrival(c county, q period.Quarter) time.Time {
	d := q.Last().AddDays(c.arrives)
	for !working(d) {
		d = d.AddDays(1)
	}
	for d.DaysSince(q.Last()) > 10 || !working(d) {
		d = d.AddDays(-1)
	}
	minute := 8*60 + 35 + pick(c.code+q.String(), 400)
	if minute > 11*60+50 {
		minute += 130
	}
	return d.Start().Add(time.Duration(minute) * time.Minute)
}

// holidays are the public ones in which the quarters' reports fall due.
var holidays = []string{
	"2023-04-05", "2023-10-02", "2023-10-03", "2023-10-04", "2023-10-05", "2023-10-06",
	"2024-04-04", "2024-04-05", "2024-10-01", "2024-10-02", "2024-10-03", "2024-10-04", "2024-10-07",
}

func working(d period.Date) bool {
	day := d.Time().Weekday()
	return day != time.Saturday && day != time.Sunday && !slices.Contains(holidays, d.String())
}
