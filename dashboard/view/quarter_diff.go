package view

import (
	"fmt"

	"liandu/internal/record"
)

// DiffGroup is one kind of difference to the quarter before, such as 「由已完成改回」. Adverse marks what an officer should
// look at first.
type DiffGroup struct {
	Name    string
	Note    string
	Adverse bool
	Rows    []RowDiff
}

// movedFields are the dates whose change is told.
var movedFields = map[string]bool{
	"held_on": true, "minutes_issued_on": true, "solicited_on": true, "due_on": true, "revised_due_on": true, "plan_on": true,
	"completed_on": true, "established_on": true,
}

// diffQuarters tells what happened between the quarter before and this one: what was undone, done, moved otherwise in
// state, given other dates, came anew or is named no more. Groups without a row are left out.
func diffQuarters(a Address, fields FormFields, names map[record.UnitCode]string, old, now Edition) []DiffGroup {
	groups := []DiffGroup{
		{Name: "由已完成改回未完成", Adverse: true},
		{Name: "本季度报为已完成"},
		{Name: "其他进展变化"},
		{Name: "日期改动", Note: "与上季度同一行所报不同"},
		{Name: "本季度新列"},
		{Name: "本季度未再列出", Note: "上季度所报继续有效"},
	}
	add := func(n int, d RowDiff) { groups[n].Rows = append(groups[n].Rows, d) }
	for _, p := range pairsOf(old, now) {
		d := rowDiff(a, fields, names, old.ID, now.ID, p)
		switch {
		case p.old == nil:
			add(4, d.brief())
		case p.now == nil:
			left := d.brief()
			left.Kind, left.Word = "unlisted", "未列" // nothing is deleted: what was reported stays in force
			add(5, left)
		default:
			if c := d.only(func(f string) bool { return f == "status" || f == "established" }); len(c.Fields) > 0 {
				add(stateGroup(p, c), c)
			} else if c := d.only(func(f string) bool { return f == "percent" }); len(c.Fields) > 0 {
				add(2, c)
			}
			if c := d.only(func(f string) bool { return movedFields[f] }); c.moved() {
				add(3, c)
			}
		}
	}
	var out []DiffGroup
	for _, g := range groups {
		if len(g.Rows) > 0 {
			g.Note = joinNonEmpty("，", fmt.Sprintf("%d 处", len(g.Rows)), g.Note)
			out = append(out, g)
		}
	}
	return out
}

// stateGroup says in which group a change of state belongs.
func stateGroup(p factPair, d RowDiff) int {
	if d.Fields[0].Field != "status" {
		return 2
	}
	const done = string(record.StatusCompleted)
	switch {
	case textOf(p.old.values["status"]) == done:
		return 0
	case textOf(p.now.values["status"]) == done:
		return 1
	}
	return 2
}

// only keeps the cells of some fields.
func (d RowDiff) only(is func(field string) bool) RowDiff {
	var kept []FieldDiff
	for _, f := range d.Fields {
		if is(f.Field) {
			kept = append(kept, f)
		}
	}
	d.Fields = kept
	return d
}

// moved reports whether a date that was given is another or gone; a date given for the first time is no change of one.
func (d RowDiff) moved() bool {
	for _, f := range d.Fields {
		if !f.OldBlank {
			return true
		}
	}
	return false
}

// brief tells a row by its name alone, with the last filled cell of those it is known by.
func (d RowDiff) brief() RowDiff {
	for _, f := range d.Fields {
		if f.Field != "title" && f.Field != "held_on" && f.Field != "unit" {
			continue
		}
		switch {
		case f.NewRef != "":
			d.Ref, d.Href = f.NewRef, f.NewHref
		case f.OldRef != "":
			d.Ref, d.Href = f.OldRef, f.OldHref
		}
	}
	d.Fields = nil
	return d
}
