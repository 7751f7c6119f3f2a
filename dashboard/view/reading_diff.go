package view

import (
	"strconv"
	"strings"

	"liandu/internal/record"
)

// FormField is one column of the form: the name of the record's field and the head of its column.
type FormField struct{ Field, Head string }

// FormFields are the form's columns by table (meeting, resolution, establishment), in the form's order.
type FormFields map[string][]FormField

// Edition is one reading of a unit's quarter with the submission it came from.
type Edition struct {
	ID      string
	Reading *record.Reading
}

// RowDiff is one row in which two editions differ. Fields are the cells that differ; of a row that only one edition
// has, its filled cells.
type RowDiff struct {
	Kind   string // added, removed, changed, unlisted
	Word   string // 新增, 删去, 改动, 未列
	Table  string // 议定事项
	Name   string // what the row is about
	Fields []FieldDiff
	Ref    string // of a row told by its name alone: the cell it is known by
	Href   string
}

// FieldDiff is one cell old → new, each with its place; an empty text is a blank cell, an empty Ref no cell at all.
type FieldDiff struct {
	Field, Head        string
	Old, New           string
	OldRef, OldHref    string
	NewRef, NewHref    string
	OldBlank, NewBlank bool
	OnlyOld, OnlyNew   bool // of a row that the other edition does not have
}

// diffTables is the order in which rows are compared and shown.
var diffTables = []string{"meeting", "resolution", "establishment"}

// diffReadings compares two editions row by row and cell by cell, as they were understood. Rows are the same that have
// the same key (metrics.md, Which row counts); what is left goes together by meeting or by title, so that a corrected
// date or number is a change and not a row gone and another come.
func diffReadings(a Address, fields FormFields, names map[record.UnitCode]string, old, now Edition) []RowDiff {
	var out []RowDiff
	for _, pair := range pairsOf(old, now) {
		d := rowDiff(a, fields, names, old.ID, now.ID, pair)
		if len(d.Fields) > 0 {
			out = append(out, d)
		}
	}
	return out
}

// factPair is a row of each edition that are one; nil where an edition has none.
type factPair struct{ old, now *fact }

func (p factPair) table() string {
	if p.now != nil {
		return p.now.table
	}
	return p.old.table
}

func pairsOf(old, now Edition) []factPair {
	var out []factPair
	before, after := factsBy(old.Reading), factsBy(now.Reading)
	for _, table := range diffTables {
		out = append(out, pairFacts(before[table], after[table])...)
	}
	return out
}

func factsBy(r *record.Reading) map[string][]fact {
	by := map[string][]fact{}
	if r == nil {
		return by
	}
	for _, f := range rowsOf(r) {
		by[f.table] = append(by[f.table], f)
	}
	return by
}

// pairFacts pairs by ever looser keys: the new rows in their order, then the old ones that are left.
func pairFacts(old, now []fact) []factPair {
	match := make([]int, len(now)) // of a new row, the old one's place + 1
	taken := make([]bool, len(old))
	for _, key := range []func(fact) string{exactKey, looseKey} {
		at := map[string][]int{}
		for i, f := range old {
			if k := key(f); k != "" && !taken[i] {
				at[k] = append(at[k], i)
			}
		}
		for i, f := range now {
			if k := key(f); match[i] == 0 && len(at[k]) > 0 {
				match[i], taken[at[k][0]] = at[k][0]+1, true
				at[k] = at[k][1:]
			}
		}
	}
	var out []factPair
	for i := range now {
		p := factPair{now: &now[i]}
		if match[i] > 0 {
			p.old = &old[match[i]-1]
		}
		out = append(out, p)
	}
	for i := range old {
		if !taken[i] {
			out = append(out, factPair{old: &old[i]})
		}
	}
	return out
}

func (f fact) session() string {
	return valueText("unit", f.values) + "\x00" + valueText("session_year", f.values) + "\x00" + textOf(f.values["kind"])
}

func exactKey(f fact) string {
	switch f.table {
	case "meeting":
		return f.session() + "\x00" + textOf(f.values["held_on"])
	case "resolution":
		if no := textOf(f.values["item_no"]); no != "" {
			return f.session() + "\x00n:" + no
		}
		return f.session() + "\x00t:" + textOf(f.values["title_key"])
	}
	return valueText("unit", f.values)
}

func looseKey(f fact) string {
	switch f.table {
	case "meeting":
		return f.session()
	case "resolution":
		return f.session() + "\x00t:" + textOf(f.values["title_key"])
	}
	return ""
}

func rowDiff(a Address, fields FormFields, names map[record.UnitCode]string, oldID, newID string, p factPair) RowDiff {
	d := RowDiff{Kind: "changed", Word: "改动", Table: tableNames[p.table()], Name: p.name(names)}
	switch {
	case p.old == nil:
		d.Kind, d.Word = "added", "新增"
	case p.now == nil:
		d.Kind, d.Word = "removed", "删去"
	}
	for _, f := range fields[p.table()] {
		c := FieldDiff{Field: f.Field, Head: f.Head}
		if p.old != nil {
			c.Old, c.OldRef, c.OldHref = p.old.cell(a, f.Field, oldID, names)
		}
		if p.now != nil {
			c.New, c.NewRef, c.NewHref = p.now.cell(a, f.Field, newID, names)
		}
		c.OldBlank, c.NewBlank = c.Old == "", c.New == ""
		c.OnlyOld, c.OnlyNew = p.now == nil, p.old == nil
		if c.Old != c.New {
			d.Fields = append(d.Fields, c)
		}
	}
	return d
}

// cell returns a field's value with its place in the file.
func (f *fact) cell(a Address, field, id string, names map[record.UnitCode]string) (text, ref, href string) {
	text = valueText(field, f.values)
	if field == "unit" && names[record.UnitCode(text)] != "" {
		text = names[record.UnitCode(text)]
	}
	if ref = f.source.Cells[field]; ref != "" {
		href = a.Source(id, f.source.Sheet, ref)
	}
	return text, ref, href
}

// name says what a row is about: the unit, and of an item its session, number and title.
func (p factPair) name(names map[record.UnitCode]string) string {
	f := p.now
	if f == nil {
		f = p.old
	}
	unit := textOf(f.values["unit"])
	if n := names[record.UnitCode(unit)]; n != "" {
		unit = n
	}
	switch f.table {
	case "meeting":
		kind := strings.TrimPrefix(valueText("kind", f.values), "年")
		return unit + valueText("session_year", f.values) + "年" + kind
	case "resolution":
		name := unit + valueText("session_year", f.values) + "年"
		if no := textOf(f.values["item_no"]); no != "" {
			if _, err := strconv.Atoi(no); err == nil {
				name += "第 " + no + " 项"
			}
		}
		return name + "「" + textOf(f.values["title"]) + "」"
	}
	return unit
}
