package ingest

import (
	"sort"
	"strings"

	"liandu/internal/record"
)

// table is one table of the form as found in a grid.
type table struct {
	Table
	words     *heads
	grid      *Grid
	form      Sheet
	top       int                // row number of the first header row
	head      int                // row number of the last header row
	rows      []Row              // the rows of data: no blanks, totals, notes or repeated headers
	columns   map[string]int     // field → column number
	how       map[int]record.How // column number → how its head was taken
	heads     map[int]string     // column number → head as written
	parts     map[int][]string   // column number → keys of the head's rows
	notes     []Row              // rows under the table that are no data: notes, 填报人 and the like
	beside    map[string]int     // of a sheet that mixes meetings and items: the meeting's field → column number
	elsewhere map[int]bool       // columns that the other half of such a sheet reads
	sessions  *sessions          // of such a sheet: the meeting of each row
	placed    *placed            // the unit, where sheet or title says it and no column does
	places    map[[2]int]string  // of cards: column and row → reference
}

const (
	headSearch = 200 // rows in which a sheet's first table must begin
	headDepth  = 3   // header rows at most
	headLeast  = 3   // columns that must be recognised
)

// locate finds the tables of a grid, one under the other where there are several.
func (h *heads) locate(g *Grid) []table {
	var found []table
	if g.IsText {
		return nil
	}
	for i := 0; i < len(g.Rows); {
		if len(found) == 0 && i >= headSearch {
			break
		}
		if len(found) > 0 && !h.mayBegin(g.Rows[i]) {
			i++
			continue
		}
		t, depth := h.headerAt(g, i)
		if depth == 0 {
			i++
			continue
		}
		if n := len(found); n > 0 && found[n-1].Table == t.Table && sameColumns(found[n-1].columns, t.columns) {
			i += depth // the header printed again on the next page
			continue
		}
		if n := len(found); n > 0 {
			found[n-1].rows = nil
		}
		found = append(found, t)
		i += depth
	}
	for i := range found {
		end := 1 << 30
		if i+1 < len(found) {
			end = found[i+1].top
		}
		h.body(&found[i], end)
		if i+1 < len(found) {
			found[i].leaveTitle(end)
		}
	}
	var out []table
	for i := range found {
		out = append(out, found[i].halves()...)
	}
	return out
}

// mayBegin is a cheap look before headerAt: one of the row's first cells is a head.
func (h *heads) mayBegin(r Row) bool {
	seen := 0
	for _, c := range r.Cells {
		if h.isHead(c.Text) {
			return true
		}
		if seen++; seen == 3 {
			return false
		}
	}
	return false
}

// headerAt tries whether a header begins at the i-th row: one, two or three rows deep, for each table of the form; the
// reading that recognises most columns wins, the shallower one among equals. depth 0 means that none does.
func (h *heads) headerAt(g *Grid, i int) (t table, depth int) {
	best, bestDepth, bestScore := table{}, 0, 0.0
	for depth := 1; depth <= headDepth && i+depth <= len(g.Rows); depth++ {
		if g.Rows[i+depth-1].N != g.Rows[i].N+depth-1 {
			break
		}
		texts, below := h.headTexts(g.Rows[i:i+depth]), h.headTexts(g.Rows[i+1:i+depth])
		for _, name := range []Table{TableEstablishment, TableMeeting, TableResolution} {
			taken := h.assign(name, texts)
			columns, score := taken.columns, taken.score
			beside := map[string]int(nil)
			if name == TableResolution {
				if beside = h.besides(texts, columns); beside != nil {
					score += float64(len(beside))
				}
			}
			if len(columns) < headLeast || (len(columns)+len(beside))*3 < len(texts) || !signed(name, columns) {
				continue
			}
			if without := h.assign(name, below); len(without.columns) >= len(columns) {
				continue // a title or a line of labels over the header adds nothing to it
			}
			if h.sheetNamed(name, g.Name) {
				score += 0.5
			}
			score += float64(h.spread(name, texts))
			if score > bestScore+1e-9 {
				best = table{Table: name, words: h, grid: g, form: h.form[name], top: g.Rows[i].N, head: g.Rows[i+depth-1].N,
					columns: columns, how: taken.how, heads: map[int]string{}, parts: map[int][]string{}, beside: beside}
				for col, t := range texts {
					best.heads[col] = t.shown
					for _, part := range t.parts {
						best.parts[col] = append(best.parts[col], h.key(part))
					}
				}
				bestDepth, bestScore = depth, score
			}
		}
	}
	return best, bestDepth
}

// signed asks for a column that only this table has, so that a list of units is not taken for one.
func signed(t Table, columns map[string]int) bool {
	has := func(fields ...string) bool {
		for _, f := range fields {
			if _, ok := columns[f]; ok {
				return true
			}
		}
		return false
	}
	switch t {
	case TableEstablishment:
		return has("established", "established_on")
	case TableMeeting:
		return has("held_on", "chair_name", "chair_title", "minutes_issued_on", "solicited_on")
	}
	return has("title", "status") && has("lead_unit", "owner", "due_on", "status", "percent", "completed_on", "progress")
}

// headText is the head of one column: its rows' words from the top, each once.
type headText struct {
	parts []string
	shown string
}

func (h *heads) headTexts(rows []Row) map[int]headText {
	out := map[int]headText{}
	for _, r := range rows {
		for _, c := range r.Cells {
			t := out[c.Col]
			if c.Down || strings.TrimSpace(c.Text) == "" || len(t.parts) > 0 && t.parts[len(t.parts)-1] == c.Text {
				continue
			}
			t.parts = append(t.parts, c.Text)
			t.shown = strings.Join(t.parts, "·")
			out[c.Col] = t
		}
	}
	return out
}

// assigned says which column is read as what.
type assigned struct {
	columns map[string]int
	how     map[int]record.How
	score   float64
}

// assign gives each column its field. The form's own words come first, then what a person decided, then synonyms, from
// the left; what is taken stays taken. The score counts fields, and a little more for the form's own words.
func (h *heads) assign(t Table, texts map[int]headText) assigned {
	cols := make([]int, 0, len(texts))
	for col := range texts {
		cols = append(cols, col)
	}
	sort.Ints(cols)
	a := assigned{columns: map[string]int{}, how: map[int]record.How{}}
	for _, want := range []record.How{record.HowExact, record.HowLearned, record.HowSynonym, record.HowIgnored} {
		for _, col := range cols {
			field, how := h.headField(t, texts[col].parts)
			if how != want {
				continue
			}
			if how == record.HowIgnored { // it is understood too, or the row under it would pass for more of the head
				a.how[col] = how
				a.score += 1.01
				continue
			}
			if at, taken := a.columns[field]; taken {
				if at != col {
					a.another(field, col, how, texts)
				}
				continue
			}
			a.columns[field], a.how[col] = col, how
			a.score++
			if how != record.HowSynonym {
				a.score += 0.01
			}
		}
	}
	return a
}

// another settles a second column whose head means a field that is taken.
func (a *assigned) another(field string, col int, how record.How, texts map[int]headText) {
	switch {
	case field == "item_no" && strings.Contains(texts[col].shown, "事项"): // 序号 beside 事项序号 counts the rows
		a.how[a.columns[field]] = record.HowTaken
		a.columns[field], a.how[col] = col, how
	case field == "due_on" && how == record.HowSynonym && strings.Contains(texts[col].shown, "完成时间"):
		if _, done := a.columns["completed_on"]; !done { // 完成时间 beside 完成时限 is when it was done
			a.columns["completed_on"], a.how[col] = col, how
			return
		}
		a.how[col] = record.HowTaken
	default:
		a.how[col] = record.HowTaken
	}
}

// headField understands a head of one or more rows: as a person decided, else 责任·责任单位 by the words together, else
// by the lowest row, else by the form's own word over it.
func (h *heads) headField(t Table, parts []string) (string, record.How) {
	if f, ok := h.learned[t][h.key(strings.Join(parts, ""))]; ok {
		if f == "" {
			return "", record.HowIgnored
		}
		return f, record.HowLearned
	}
	tries := []string{strings.Join(parts, "")}
	if n := len(parts); n > 1 {
		tries = append(tries, strings.Join(parts[n-2:], ""), parts[n-1])
	}
	for _, text := range tries {
		if f, exact := h.field(t, text); exact {
			return f, record.HowExact
		} else if f != "" {
			return f, record.HowSynonym
		}
	}
	for _, over := range parts[:len(parts)-1] {
		if f, exact := h.field(t, over); exact { // 完成时限·计划: the first column under the form's own word
			return f, record.HowSynonym
		}
	}
	return "", ""
}

func sameColumns(a, b map[string]int) bool {
	if len(a) != len(b) {
		return false
	}
	for f, col := range a {
		if b[f] != col {
			return false
		}
	}
	return true
}

// body sorts the rows below the header, up to row end, into data and notes.
func (h *heads) body(t *table, end int) {
	i := sort.Search(len(t.grid.Rows), func(i int) bool { return t.grid.Rows[i].N > t.head })
	first, noted, again := true, false, false
	for ; i < len(t.grid.Rows) && t.grid.Rows[i].N < end; i++ {
		r := t.grid.Rows[i]
		was := again
		again = false
		switch {
		case blankRow(r):
			again = was
			continue
		case h.repeated(t, r, was):
			again = true
		case first && ordinals(r), totalRow(r), nothingRow(r), t.numberedOnly(r):
		case noteRow(t, r), noted && len(own(r)) == 1: // a note runs on in the rows under it
			noted = true
			t.notes = append(t.notes, r)
		default:
			t.rows = append(t.rows, r)
		}
		first = false
	}
}

// understood lists how each column was taken, for the reading.
func (t *table) understood() []record.ColumnRead {
	byCol := map[int]string{}
	for field, col := range t.columns {
		byCol[col] = field
	}
	cols := make([]int, 0, len(t.heads))
	for col := range t.heads {
		if !t.elsewhere[col] {
			cols = append(cols, col)
		}
	}
	sort.Ints(cols)
	var out []record.ColumnRead
	for _, col := range cols {
		how := t.how[col]
		if how == "" {
			how = record.HowUnknown
		}
		out = append(out, record.ColumnRead{
			Sheet: t.grid.Name, Table: string(t.Table), Ref: t.columnRef(col), Head: t.heads[col], Cell: t.headRef(col),
			Field: byCol[col], How: how, Examples: t.examples(col),
		})
	}
	return out
}

// examples are the first values of a column.
func (t *table) examples(col int) []string {
	const few = 3
	var out []string
	for _, r := range t.rows {
		c := r.At(col)
		if text := strings.TrimSpace(c.Text); text != "" && !c.Down {
			if out = append(out, shorten(text)); len(out) == few {
				break
			}
		}
	}
	return out
}
