package ingest

import (
	"maps"
	"slices"
	"sort"
	"strings"

	"liandu/internal/cntext"
	"liandu/internal/record"
)

// A sheet may hold meeting and items side by side: the meeting's columns are merged down, blank below or repeated
// beside each of its items. It is read as two tables over the same rows, each meeting once and every item.

// sharedFields are what meeting and item have in common.
var sharedFields = map[string]bool{"unit": true, "session_year": true, "kind": true, "remark": true}

// besides returns the meeting's own columns in a header of items, nil where it is no header of both: it must have the
// day held and one more, or a ledger that names its meeting's day would become a list of meetings.
func (h *heads) besides(texts map[int]headText, items map[string]int) map[string]int {
	if _, ok := items["title"]; !ok {
		return nil
	}
	used := map[int]bool{}
	for field, col := range items {
		if !sharedFields[field] {
			used[col] = true
		}
	}
	out := map[string]int{}
	for field, col := range h.assign(TableMeeting, texts).columns {
		if !sharedFields[field] && !used[col] {
			out[field] = col
		}
	}
	if _, held := out["held_on"]; !held || len(out) < 2 {
		return nil
	}
	return out
}

// sessions says to which meeting each row of a sheet of both belongs.
type sessions struct {
	row  map[int]int // row number → row number of its meeting
	year map[int]int // row number of a meeting → its session year as read
	odd  []oddCell
}

// oddCell is a cell of a repeated meeting that says something else than the meeting's first row.
type oddCell struct {
	cell        Cell
	field, says string
	row         int
}

// halves returns the table, or of one that mixes meetings and items its two halves, the meetings first.
func (t table) halves() []table {
	if t.beside == nil {
		return []table{t}
	}
	m, r := t, t
	m.Table, m.form = TableMeeting, t.words.form[TableMeeting]
	m.columns, m.elsewhere, r.elsewhere = map[string]int{}, map[int]bool{}, map[int]bool{}
	for field, col := range t.beside {
		m.columns[field] = col
		r.elsewhere[col] = true
	}
	r.columns = map[string]int{}
	for field, col := range t.columns {
		if field != "remark" {
			r.columns[field] = col
			if sharedFields[field] {
				m.columns[field] = col
			}
		}
	}
	for _, col := range slices.Sorted(maps.Keys(t.heads)) { // each half has its own 备注
		if f, _ := t.words.field(TableResolution, t.heads[col]); f != "remark" || t.how[col] == record.HowIgnored {
			continue
		}
		half, other := &r, &m
		if t.ofMeeting(col) {
			half, other = &m, &r
		}
		if _, has := half.columns["remark"]; !has {
			half.columns["remark"] = col
			other.elsewhere[col] = true
			if t.how[col] == record.HowTaken {
				t.how[col] = record.HowExact
			}
		}
	}
	for col := range t.heads {
		if _, read := m.field(col); !read && !t.ofMeeting(col) {
			m.elsewhere[col] = true
		} else if !read {
			r.elsewhere[col] = true
		}
	}
	m.how, r.how = map[int]record.How{}, map[int]record.How{}
	for col, how := range t.how {
		m.how[col], r.how[col] = how, how
	}
	for field, col := range t.beside {
		m.how[col] = record.HowSynonym
		if m.words.named[TableMeeting][m.words.key(t.heads[col])] == field {
			m.how[col] = record.HowExact
		}
	}
	m.notes, m.beside, r.beside = nil, nil, nil
	m.rows, r.rows, r.sessions = t.pair(m.columns, r.columns)
	m.sessions = r.sessions
	return []table{m, r}
}

// field returns what a column is read as.
func (t *table) field(col int) (string, bool) {
	for f, at := range t.columns {
		if at == col {
			return f, true
		}
	}
	return "", false
}

// ofMeeting reports whether the nearest understood column to the left of col, or the first to its right, is the
// meeting's own: a 备注 belongs to what it follows.
func (t *table) ofMeeting(col int) bool {
	best, meeting := 0, false
	look := func(field string, at int, of bool) {
		if !sharedFields[field] && at <= col && at > best {
			best, meeting = at, of
		}
	}
	for field, at := range t.beside {
		look(field, at, true)
	}
	for field, at := range t.columns {
		look(field, at, false)
	}
	return meeting
}

// pair sorts the rows into meetings and items. A row begins a meeting when it says in the meeting's own columns
// another day, or another unit, year or form, than the meetings before it.
func (t *table) pair(meeting, item map[string]int) (meetings, items []Row, of *sessions) {
	of = &sessions{row: map[int]int{}, year: map[int]int{}}
	seen := map[string]int{}
	var now Row
	for _, r := range t.rows {
		var says, differs, asItem bool
		for field, col := range meeting {
			c := r.At(col)
			if !sharedFields[field] && !c.Down && !cntext.Blank(c.Text) && !ditto[cntext.Squeeze(c.Text)] {
				says, differs = true, differs || c.Text != now.At(col).Text
			}
		}
		for field, col := range item {
			c := r.At(col)
			asItem = asItem || !sharedFields[field] && field != "item_no" && !c.Down && strings.TrimSpace(c.Text) != ""
		}
		if now.N > 0 {
			r = carried(r, now, item, "unit", "session_year", "kind")
		}
		key := sessionText(r, meeting)
		held := r.At(meeting["held_on"])
		switch {
		case says && held.Text != "" && !held.Down:
			key += cntext.Name(held.Text)
			if at, again := seen[key]; again {
				of.compare(r, t.grid.row(at), meeting)
			} else {
				seen[key] = r.N
				meetings = append(meetings, r)
				now = r
			}
			of.row[r.N] = seen[key]
		case differs || !asItem:
			meetings = append(meetings, r)
			now = r
			of.row[r.N] = r.N
		default:
			if key == sessionText(now, meeting) {
				of.row[r.N] = now.N
			}
		}
		if asItem {
			items = append(items, r)
		}
	}
	sort.Slice(of.odd, func(i, j int) bool {
		a, b := of.odd[i].cell, of.odd[j].cell
		return a.Row < b.Row || a.Row == b.Row && a.Col < b.Col
	})
	return meetings, items, of
}

// compare notes where a row that repeats a meeting says something else than the row at which the meeting stands.
func (of *sessions) compare(r, first Row, meeting map[string]int) {
	for field, col := range meeting {
		c, at := r.At(col), first.At(col)
		if !sharedFields[field] && !c.Down && !cntext.Blank(c.Text) && !ditto[cntext.Squeeze(c.Text)] && cntext.Name(c.Text) != cntext.Name(at.Text) {
			of.odd = append(of.odd, oddCell{c, field, at.Text, first.N})
		}
	}
}

// sessionText is unit, year and form of a row as written, for comparing.
func sessionText(r Row, columns map[string]int) string {
	var b strings.Builder
	for _, f := range []string{"unit", "session_year", "kind"} {
		if col, ok := columns[f]; ok {
			text := cntext.Name(r.At(col).Text)
			if f == "session_year" {
				text = strings.TrimRight(text, "年度")
			}
			b.WriteString(text)
		}
		b.WriteByte('|')
	}
	return b.String()
}

// carried returns a row with its blank cells of the fields taken from another.
func carried(r, from Row, columns map[string]int, fields ...string) Row {
	for _, f := range fields {
		col, ok := columns[f]
		if !ok || strings.TrimSpace(r.At(col).Text) != "" || r.At(col).Kind == CellNoValue {
			continue
		}
		if c := from.At(col); c.Text != "" {
			c.Row = r.N
			r.Cells = append([]Cell(nil), r.Cells...)
			r.put(c)
		}
	}
	return r
}
