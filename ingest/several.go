package ingest

import (
	"path"
	"strings"

	"liandu/internal/cntext"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
)

// A file of an officer may hold several counties: a sheet or a block for each, or a summary with a row each. It is read
// once a county, each time with the county's own rows and what stands over all of them, and each reading is a
// submission of its own, like the members of a zip. Whoever names one 填报单位 for the whole file speaks for that unit
// alone: then other counties' rows are errors.

// part is what one county has in such a file; unit "" holds the rows whose unit is not registered.
type part struct {
	unit record.UnitCode
	book Book
}

// maybeSeveral reports whether a reading failed, or guessed, in a way that several counties in one file explain.
func maybeSeveral(list []record.Problem) bool {
	for _, p := range list {
		switch Code(p.Code) {
		case UnitMissing, UnitConflict, UnitUnknown, UnitOutside, UnitFromTitle, UnitFromTab:
			return true
		}
	}
	return false
}

// several takes a file of several counties apart; nil where it holds one county, or names one for all of it.
func several(x *formIndex, units *registry.Registry, file string, book Book) []part {
	if _, ok := units.Find(baseName(file), period.Date{}); ok {
		return nil
	}
	if dir := path.Dir(file); dir != "." {
		if _, ok := units.Find(dir, period.Date{}); ok {
			return nil
		}
	}
	h := newHeads(x, nil)
	v := &divider{heads: h, units: units, owner: map[[2]int]record.UnitCode{}, drop: map[[2]int]bool{}}
	for i := range book.Grids {
		if !v.grid(i, &book.Grids[i]) {
			return nil
		}
	}
	if len(v.order) < 2 {
		return nil
	}
	codes := v.order
	if v.strangers {
		codes = append(codes, "")
	}
	var out []part
	for _, code := range codes {
		out = append(out, part{code, v.of(code, book)})
	}
	return out
}

// divider says of each row whose it is: a county's, nobody's registered ("?"), or everybody's ("").
type divider struct {
	heads     *heads
	units     *registry.Registry
	owner     map[[2]int]record.UnitCode // grid and row number
	drop      map[[2]int]bool
	order     []record.UnitCode
	strangers bool
}

const unregistered record.UnitCode = "?"

// grid goes through a sheet from the top; it is false where the sheet names one unit for the whole file.
func (v *divider) grid(n int, g *Grid) bool {
	if g.Hidden {
		return true
	}
	tables := v.heads.locate(g)
	data := map[int]*table{}
	for i := range tables {
		for _, r := range tables[i].rows {
			data[r.N] = &tables[i]
		}
	}
	now := record.UnitCode("")
	if m, ok := v.units.Find(g.Name, period.Date{}); ok && len(tables) > 0 {
		now = m.Unit.Code
	}
	last := record.UnitCode("")
	for _, r := range g.Rows {
		at := [2]int{n, r.N}
		t := data[r.N]
		if named, whole := v.named(g, r, t); named != "" {
			if len(tables) == 0 {
				return false
			}
			now, last = named, ""
			v.owner[at], v.drop[at] = now, t != nil && whole
			continue
		}
		if t == nil {
			v.owner[at] = v.around(tables, r, now)
			continue
		}
		whose := v.whose(t, r, now, last)
		last = whose
		v.owner[at] = whose
		switch {
		case whose == unregistered:
			v.strangers = true
		case whose != "":
			v.note(whose)
		}
	}
	return true
}

// around is whose a row outside the data is: what stands over the first table of a sheet is everybody's, notes under a
// county's rows are the county's, heads are everybody's.
func (v *divider) around(tables []table, r Row, now record.UnitCode) record.UnitCode {
	for i := range tables {
		for _, note := range tables[i].notes {
			if note.N == r.N {
				return now
			}
		}
	}
	return ""
}

// named returns the county that a row outside the data names: a line of its own, or 填报单位. whole says that the row
// says nothing else.
func (v *divider) named(g *Grid, r Row, t *table) (record.UnitCode, bool) {
	cells := own(r)
	if t == nil {
		for _, f := range v.heads.labels(g, r, false) {
			if f.field != "unit_text" || f.text == "" {
				continue
			}
			if m, ok := v.units.ResolveSubmitter(seal.ReplaceAllString(f.text, ""), "", period.Date{}); ok && m.Unit.Submitter {
				return m.Unit.Code, false
			}
		}
	}
	if len(cells) != 1 || len(cells[0].Text) > 120 {
		return "", false
	}
	if t != nil {
		for _, c := range r.Cells {
			if c.Down {
				return "", false
			}
		}
	}
	if m, ok := v.units.Find(cells[0].Text, period.Date{}); ok && m.Unit.Submitter {
		return m.Unit.Code, true
	}
	return "", false
}

// whose is the submitter of a row of data: of the unit in its column, else of the row above in a group, else of the
// block or sheet.
func (v *divider) whose(t *table, r Row, now, last record.UnitCode) record.UnitCode {
	col, ok := t.columns["unit"]
	if !ok {
		return now
	}
	text := r.At(col).Text
	if cntext.None(text) || ditto[cntext.Squeeze(text)] {
		if last != "" {
			return last
		}
		return now
	}
	within := now
	if within == "" && last != unregistered {
		within = last
	}
	m, ok := v.units.Resolve(text, within, period.Date{})
	if !ok {
		if strings.TrimSpace(text) == "" {
			return now
		}
		return unregistered
	}
	owner, ok := v.units.Submitter(m.Unit.Code)
	if !ok {
		return unregistered
	}
	return owner.Code
}

func (v *divider) note(code record.UnitCode) {
	for _, c := range v.order {
		if c == code {
			return
		}
	}
	v.order = append(v.order, code)
}

// of is the book as one county has it.
func (v *divider) of(code record.UnitCode, book Book) Book {
	out := Book{Macros: book.Macros, CSV: book.CSV}
	if code == "" {
		code = unregistered
	}
	for i, g := range book.Grids {
		mine := false
		rows := g.Rows
		g.Rows = nil
		for _, r := range rows {
			at := [2]int{i, r.N}
			if whose := v.owner[at]; !v.drop[at] && (whose == "" || whose == code) {
				g.Rows = append(g.Rows, r)
				mine = mine || whose == code
			}
		}
		if mine || !v.held(i, rows) { // a sheet without rows of anybody, such as 基本信息, is everybody's
			out.Grids = append(out.Grids, g)
		}
	}
	return out
}

// held reports whether a sheet has rows of any county.
func (v *divider) held(n int, rows []Row) bool {
	for _, r := range rows {
		if v.owner[[2]int{n, r.N}] != "" {
			return true
		}
	}
	return false
}
