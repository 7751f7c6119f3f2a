package ingest

import (
	"fmt"
	"sort"
	"strings"

	"liandu/internal/record"
	"liandu/internal/registry"
)

// Reader is the version of this reader, kept with every reading.
const Reader = "liandu-ingest 2"

// readBook understands a book: cover, tables, rows, and what is wrong with them. It needs no database; checkStored
// follows under the writer's lock. counts are the rows found, those with errors too.
func readBook(x *formIndex, units *registry.Registry, file string, book Book, by chosen, learned Learned, p *problems) record.Reading {
	h := newHeads(x, learned)
	r := record.Reading{Reader: Reader, File: file, Meetings: []record.Meeting{}, Resolutions: []record.Resolution{}, Establishments: []record.Establishment{}, Columns: []record.ColumnRead{}}
	var tables []table
	for i := range book.Grids {
		found := h.locate(&book.Grids[i])
		if len(found) == 0 {
			found = h.upright(&book.Grids[i])
		}
		tables = append(tables, found...)
	}
	if book.Macros {
		p.add(Macros, "", "", "")
	}
	if len(tables) == 0 && book.Words != nil {
		return readWords(units, r, book.Words, by, p)
	}
	if len(tables) == 0 {
		p.add(TableMissing, "", "", "")
	}
	r.Report = book.Words
	cover := h.readCover(book.Grids, tables)
	s := recognise(units, file, cover, by, p)
	r.Unit, r.Quarter, r.Cover = s.submitter, s.quarter, coverOf(cover, p)
	for i := range tables {
		t := &tables[i]
		t.pickTicked()
		t.place(s, cover, p)
		t.carry(p)
		t.splitItems(p)
		r.Columns = append(r.Columns, t.understood()...)
		switch t.Table {
		case TableMeeting:
			r.Meetings = append(r.Meetings, readMeetings(s, t, p)...)
		case TableResolution:
			r.Resolutions = append(r.Resolutions, readResolutions(s, t, p)...)
		case TableEstablishment:
			r.Establishments = append(r.Establishments, readEstablishments(s, t, p)...)
		}
		hiddenParts(t, p)
	}
	r.Columns = append(r.Columns, h.strays(book.Grids, tables, cover)...)
	unread(book.Grids, tables, cover, p)
	check(units, &r, p)
	p.forgive(book.Carried, &r)
	return r
}

// hiddenParts notes hidden rows and columns that were read, at the first of them.
func hiddenParts(t *table, p *problems) {
	var rows []string
	first := Cell{}
	for _, r := range t.rows {
		if !r.Hidden {
			continue
		}
		if len(rows) == 0 {
			first = own(r)[0]
		}
		rows = append(rows, fmt.Sprint(r.N))
	}
	if len(rows) > 0 {
		p.add(HiddenRows, t.grid.Name, first.Ref(), "", some(rows))
	}
	var cols []string
	at := 0
	for _, col := range t.grid.HiddenCols {
		if _, used := t.heads[col]; !used {
			continue
		}
		if at == 0 {
			at = col
		}
		cols = append(cols, letters(col))
	}
	if at != 0 {
		p.add(HiddenColumns, t.grid.Name, ref(at, t.head), t.heads[at], some(cols))
	}
}

// some lists the first few.
func some(list []string) string {
	const few = 10
	if len(list) <= few {
		return strings.Join(list, "、")
	}
	return strings.Join(list[:few], "、") + fmt.Sprintf(" 等 %d ", len(list))
}

// unread notes the sheets that were left out: hidden ones, and those without a table or a label of the form.
func unread(grids []Grid, tables []table, cover []found, p *problems) {
	used := map[string]bool{}
	for _, t := range tables {
		used[t.grid.Name] = true
	}
	for _, f := range cover {
		used[f.sheet] = true
	}
	for _, g := range grids {
		switch {
		case g.IsText:
		case g.Hidden && g.Name == dictionarySheet:
		case g.Hidden:
			p.add(HiddenSheet, g.Name, "", "", g.Name)
		case !used[g.Name] && len(g.Rows) > 0:
			p.add(SheetUnread, g.Name, "", "", g.Name)
		}
	}
}

// inOrder sorts problems as a person goes through the workbook: the file's own first, then by sheet in the order
// they were met, row and column; errors before warnings of one cell.
func (p *problems) inOrder() []record.Problem {
	sheets := map[string]int{"": -1}
	for _, s := range Sheets() {
		sheets[s.Name] = len(sheets)
	}
	for _, q := range p.list {
		if _, ok := sheets[q.Sheet]; !ok {
			sheets[q.Sheet] = len(sheets)
		}
	}
	out := append([]record.Problem{}, p.list...)
	place := func(q record.Problem) (int, int, int) {
		col, row, _ := place(q.Cell)
		return sheets[q.Sheet], row, col
	}
	sort.SliceStable(out, func(i, j int) bool {
		si, ri, ci := place(out[i])
		sj, rj, cj := place(out[j])
		switch {
		case si != sj:
			return si < sj
		case ri != rj:
			return ri < rj
		case ci != cj:
			return ci < cj
		}
		return out[i].Severity < out[j].Severity
	})
	return out
}
