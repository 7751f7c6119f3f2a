package ingest

import (
	"fmt"
	"slices"
	"strings"

	"liandu/internal/cntext"
)

// keyFields are what says to which meeting a row belongs.
var keyFields = []string{"unit", "session_year", "kind"}

// carry fills what a county writes on the first row of a group only, with a warning. A blank is filled from the row
// above where the whole key is blank, or where the column is plainly kept so: written once a group and nowhere twice
// in a row. A single blank among repeated values is a cell forgotten, and stays.
func (t *table) carry(p *problems) {
	fields := keyFields
	switch t.Table {
	case TableEstablishment:
		return
	case TableMeeting:
		fields = keyFields[:2]
	}
	if t.sessions != nil { // a sheet of meetings and items was carried down when it was paired
		return
	}
	var used []string
	for _, f := range fields {
		if _, ok := t.columns[f]; ok {
			used = append(used, f)
		}
	}
	if len(used) == 0 {
		return
	}
	grouped := map[string]bool{}
	for _, f := range used {
		grouped[f] = t.grouped(f)
	}
	var rows, names []string
	first := Cell{}
	for i := 1; i < len(t.rows); i++ {
		blank := []string(nil)
		for _, f := range used {
			if t.blankAt(i, f) {
				blank = append(blank, f)
			}
		}
		whole := len(blank) == len(used) && len(used) > 1
		filled := false
		for _, f := range blank {
			if !whole && !grouped[f] {
				continue
			}
			from := t.rows[i-1].At(t.columns[f])
			if strings.TrimSpace(from.Text) == "" {
				continue
			}
			if first.Row == 0 {
				first = t.rows[i].At(t.columns[f])
			}
			t.rows[i] = carried(t.rows[i], t.rows[i-1], t.columns, f)
			c, _ := t.form.ColumnOf(f)
			if name := "「" + c.Head + "」"; !slices.Contains(names, name) {
				names = append(names, name)
			}
			filled = true
		}
		if filled {
			rows = append(rows, fmt.Sprint(t.rows[i].N))
		}
	}
	if len(rows) > 0 {
		p.add(CarriedDown, t.grid.Name, first.Ref(), "", some(rows), strings.Join(names, ""))
	}
}

func (t *table) blankAt(i int, field string) bool {
	c := t.rows[i].At(t.columns[field])
	return c.Kind != CellNoValue && strings.TrimSpace(c.Text) == ""
}

// grouped reports whether a column is written once a group: blank in at least two rows, and never the same in two rows
// one after the other.
func (t *table) grouped(field string) bool {
	blanks, above := 0, ""
	for i := range t.rows {
		if t.blankAt(i, field) {
			if i == 0 {
				return false
			}
			blanks++
			if field != "unit" { // the year may be the same in every group, the unit's name is not
				above = ""
			}
			continue
		}
		text := cntext.Name(t.rows[i].At(t.columns[field]).Text)
		if text == above {
			return false
		}
		above = text
	}
	return blanks > 1
}
