package main

import (
	"strconv"
	"strings"

	"liandu/internal/period"
)

// value writes one cell in the habit's form. What is no day or number in the row is written as it stands.
func (b *book) value(r report, sheet, cell string, c column, values row) {
	s := values[c.field]
	style := b.cell
	if c.kind == day {
		style = b.date
	}
	switch {
	case c.field == "contact":
		s = r.county.filler
	case c.field == "due_on" && values["status"] == "长期坚持":
		s = b.habit.forever
	case c.field == "unit" && b.habit.spaced && s == r.county.name:
		s = strings.Join(strings.Split(s, ""), " ")
	case c.kind == tick && s != "" && b.habit.ticks[0] != "":
		s = map[string]string{"是": b.habit.ticks[0], "否": b.habit.ticks[1]}[s]
	case c.kind == day:
		b.day(sheet, cell, c, s, style)
		return
	case c.kind == percent:
		b.percent(sheet, cell, s, style)
		return
	case c.kind == number || c.kind == code:
		b.number(sheet, cell, s, style)
		return
	}
	b.put(sheet, cell, s, style)
}

func (b *book) day(sheet, cell string, c column, s string, style int) {
	d, err := period.ParseDate(s)
	if err != nil || d.IsZero() {
		b.put(sheet, cell, s, style)
		return
	}
	if b.habit.dates == "words" && c.field == "due_on" && d.Month() == 12 && d.Day() == 31 {
		b.put(sheet, cell, strconv.Itoa(d.Year())+"年底前", style)
		return
	}
	if written, ok := b.habit.dateText(d); ok {
		b.put(sheet, cell, written, style)
		return
	}
	b.put(sheet, cell, d.DaysSince(period.MustDate("1899-12-30")), style)
}

func (b *book) percent(sheet, cell, s string, style int) {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
		b.put(sheet, cell, s, style)
	case b.habit.percents == "sign":
		b.put(sheet, cell, s+"%", style)
	case b.habit.percents == "words":
		b.put(sheet, cell, percentInWords(n), style)
	default:
		b.put(sheet, cell, n, style)
	}
}

func (b *book) number(sheet, cell, s string, style int) {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
		b.put(sheet, cell, s, style)
	case b.habit.wideDigits:
		b.put(sheet, cell, wide(s), style)
	default:
		b.put(sheet, cell, n, style)
	}
}
