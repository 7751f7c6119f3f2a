package ingest

import (
	"slices"
	"sort"
	"strings"

	"liandu/internal/cntext"
)

// A county may fill in a card for each meeting (label, value, label, value), or put the heads down the first column
// and one meeting in each column beside it. Both are read as rows, each value with its own cell.

// cardLeast is how many labels of one table a card must have.
const cardLeast = 5

// upright reads a sheet in which no table was found: as a table with its heads down a column, else as cards.
func (h *heads) upright(g *Grid) []table {
	if turned := h.locate(g.turn()); len(turned) == 1 && len(turned[0].rows) > 1 && turned[0].filledIn() {
		return turned
	}
	for _, name := range []Table{TableMeeting, TableResolution, TableEstablishment} {
		if t, ok := h.cards(name, g); ok && t.filledIn() {
			return []table{t}
		}
	}
	return nil
}

// filledIn reports whether every row holds a value of the table's lists or a day: a sheet that explains the heads has
// words beside them.
func (t *table) filledIn() bool {
	for _, r := range t.rows {
		some := false
		for _, field := range []string{"kind", "status", "established", "held_on"} {
			col, ok := t.columns[field]
			if !ok || some {
				continue
			}
			c := r.At(col)
			switch field {
			case "held_on":
				_, some = readDate(c, c.Text, true, t.grid.Date1904, cntext.DateOptions{})
			case "established":
				_, some = cntext.Tick(c.Text)
			default:
				_, some = t.words.choice(t.Table, field, c.Text)
			}
		}
		if !some {
			return false
		}
	}
	return len(t.rows) > 0
}

// turn is the sheet with rows and columns changed over; its cells keep their references.
func (g *Grid) turn() *Grid {
	out := &Grid{Name: g.Name, Date1904: g.Date1904, turned: true}
	rows := map[int]*Row{}
	for _, r := range g.Rows {
		if r.N > maxCols {
			break
		}
		for _, c := range r.Cells {
			to := rows[c.Col]
			if to == nil {
				to = &Row{N: c.Col}
				rows[c.Col] = to
			}
			c.at = ref(c.Col, c.Row)
			c.Row, c.Col, c.Down, c.Across = c.Col, c.Row, c.Across, c.Down
			to.Cells = append(to.Cells, c)
		}
	}
	for _, r := range rows {
		out.Rows = append(out.Rows, *r)
	}
	sort.Slice(out.Rows, func(i, j int) bool { return out.Rows[i].N < out.Rows[j].N })
	return out
}

// cards reads labels with their values beside them: a row for each time the labels begin again.
func (h *heads) cards(name Table, g *Grid) (table, bool) {
	t := table{Table: name, words: h, grid: g, form: h.form[name], columns: map[string]int{}, heads: map[int]string{}, places: map[[2]int]string{}}
	var texts = map[int]headText{}
	var row *Row
	has := map[string]bool{}
	for _, r := range g.Rows {
		for _, c := range own(r) {
			field, exact := h.field(name, strings.TrimRight(strings.TrimSpace(c.Text), ":："))
			if field == "" || !exact && len([]rune(cntext.Squeeze(c.Text))) < 3 {
				continue
			}
			if row == nil || has[field] {
				t.rows = append(t.rows, Row{N: r.N})
				row, has = &t.rows[len(t.rows)-1], map[string]bool{}
			}
			has[field] = true
			if t.top == 0 {
				t.top, t.head = r.N, r.N
			}
			col, known := t.columns[field]
			if !known {
				col = len(t.columns) + 1
				t.columns[field] = col
				t.heads[col] = strings.TrimSpace(c.Text)
				texts[col] = headText{parts: []string{t.heads[col]}, shown: t.heads[col]}
				t.places[[2]int{col, 0}] = c.Ref()
			}
			value := h.beside(name, g, r, c)
			t.places[[2]int{col, row.N}] = value.Ref()
			if value.Text != "" || value.Kind == CellNoValue {
				value.at, value.Row, value.Col, value.Down, value.Across = value.Ref(), row.N, col, false, false
				row.put(value)
			}
		}
	}
	t.how = h.assign(name, texts).how
	t.rows = slices.DeleteFunc(t.rows, func(r Row) bool { return len(r.Cells) == 0 })
	return t, len(t.columns) >= cardLeast && signed(name, t.columns)
}

// beside is the value of a label: the cell to its right, past the label's own merged range; another label is none.
func (h *heads) beside(name Table, g *Grid, r Row, c Cell) Cell {
	col := c.Col + 1
	for _, m := range g.Merges {
		if m.Top <= r.N && r.N <= m.Bottom && m.Left == c.Col {
			col = m.Right + 1
		}
	}
	v := r.At(col)
	if f, exact := h.field(name, v.Text); f != "" && exact {
		return Cell{Row: r.N, Col: col}
	}
	return v
}

// ref is the A1 reference of a cell of the table, whose columns need not be the sheet's.
func (t *table) ref(col, row int) string {
	if at, ok := t.places[[2]int{col, row}]; ok {
		return at
	}
	if t.grid.turned {
		return ref(row, col)
	}
	return ref(col, row)
}

// headRef is the reference of a column's head.
func (t *table) headRef(col int) string {
	if t.places != nil {
		return t.places[[2]int{col, 0}]
	}
	return t.ref(col, t.head)
}

// columnRef names a column: by its letter, or by its head's cell where it is no column of the sheet.
func (t *table) columnRef(col int) string {
	if t.places != nil || t.grid.turned {
		return t.headRef(col)
	}
	return letters(col)
}
