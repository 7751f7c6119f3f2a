package ingest

import (
	"strings"
	"unicode"

	"liandu/internal/record"
)

// strays lists the heads of sheets in which no table was recognised, so that a person can explain them: the row that
// looks like a head, and the table it may be, "" where nothing says so.
func (h *heads) strays(grids []Grid, tables []table, cover []found) []record.ColumnRead {
	used := map[string]bool{}
	for _, t := range tables {
		used[t.grid.Name] = true
	}
	for _, f := range cover {
		used[f.sheet] = used[f.sheet] || f.field != titleField
	}
	var out []record.ColumnRead
	for i := range grids {
		if g := &grids[i]; !g.Hidden && !used[g.Name] {
			out = append(out, h.stray(g)...)
		}
	}
	return out
}

func (h *heads) stray(g *Grid) []record.ColumnRead {
	const deep, few = 30, 3
	head := -1
	for i, r := range g.Rows[:min(len(g.Rows), deep)] {
		if n := headlike(r); n > few && (head < 0 || n > headlike(g.Rows[head])) && i+1 < len(g.Rows) {
			head = i
		}
	}
	if head < 0 {
		return nil
	}
	texts := h.headTexts(g.Rows[head : head+1])
	t := table{words: h, grid: g, top: g.Rows[head].N, head: g.Rows[head].N, heads: map[int]string{}}
	best := 0.0
	for _, name := range []Table{TableEstablishment, TableMeeting, TableResolution} {
		a := h.assign(name, texts)
		score := a.score
		if h.sheetNamed(name, g.Name) {
			score++
		}
		if score > best {
			best, t.Table, t.columns, t.how = score, name, a.columns, a.how
		}
	}
	for col, text := range texts {
		t.heads[col] = text.shown
	}
	t.rows = g.Rows[head+1 : min(len(g.Rows), head+1+deep)]
	return t.understood()
}

// headlike counts a row's cells of short words, none for a row that also holds figures.
func headlike(r Row) int {
	n := 0
	for _, c := range own(r) {
		if c.Kind != CellText || strings.IndexFunc(c.Text, unicode.IsLetter) < 0 || len([]rune(c.Text)) > 20 {
			return 0
		}
		n++
	}
	return n
}
