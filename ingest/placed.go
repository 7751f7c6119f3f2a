package ingest

import (
	"strings"

	"liandu/internal/record"
)

// placed is the unit of a table that has no column for it, and where it is said.
type placed struct {
	unit record.Unit
	says string // the words
}

// place finds the unit of a table without a column of units: in the lines over it and in the sheet's name, of which the
// lowest unit is meant; two units beside each other are none. A head that was not understood may be the column, so that
// then nothing is taken.
func (t *table) place(s scope, all []found, p *problems) {
	if _, has := t.columns["unit"]; has || s.submitter == "" || len(t.rows) == 0 {
		return
	}
	for col := range t.heads {
		if t.how[col] == "" && !t.elsewhere[col] {
			return
		}
	}
	words := []string{}
	for _, f := range all {
		if f.sheet == t.grid.Name && f.cell.Row < t.top && f.text != "" && (f.field == titleField || f.field == "unit_text") {
			words = append(words, f.text)
		}
	}
	for _, text := range append(words, t.grid.Name) {
		m, ok := s.units.Resolve(seal.ReplaceAllString(text, ""), s.submitter, s.quarter.Last())
		if !ok {
			m, ok = s.units.FindUnder(text, s.submitter, s.quarter.Last())
		}
		switch {
		case !ok || !s.units.IsUnder(m.Unit.Code, s.submitter):
			continue
		case t.placed == nil || s.units.IsUnder(m.Unit.Code, t.placed.unit.Code): // the township's sheet under the county's title
			t.placed = &placed{unit: m.Unit, says: strings.TrimSpace(text)}
		case !s.units.IsUnder(t.placed.unit.Code, m.Unit.Code):
			t.placed = nil
			return
		}
	}
	if t.placed != nil {
		col := firstCol(t)
		p.add(UnitFromSheet, t.grid.Name, t.headRef(col), t.heads[col], t.form.Name, t.words.form[t.Table].Columns[0].Head, shorten(t.placed.says), t.placed.unit.Name)
	}
}

func firstCol(t *table) int {
	first := 0
	for col := range t.heads {
		if first == 0 || col < first {
			first = col
		}
	}
	return first
}
