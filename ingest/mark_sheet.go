package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// sheet puts a sheet's marks on it; without any it only sees to it that the list is the one sheet selected.
func (m *marker) sheet(s markedSheetRef, number int, marks markedSheet) error {
	p, err := m.part(s.part)
	if err != nil {
		return err
	}
	if len(marks) == 0 && !m.again {
		if !strings.Contains(string(p.src[:min(len(p.src), 64<<10)]), "tabSelected") {
			delete(m.parts, partKey(s.part)) // its bytes are not needed any more
			return nil
		}
		return p.walk(func(t tag) error {
			switch t.Name.Local {
			case "sheetView":
				p.deselect(t)
			case "sheetData":
				return errStop
			}
			return nil
		}, nil)
	}
	e := &sheetEditor{m: m, p: p, marks: marks, cols: map[int]int{}, rows: slices.Sorted(maps.Keys(marks))}
	if err := p.walk(e.start, e.end); err != nil {
		return err
	}
	if e.dataEnd == 0 {
		if len(marks) > 0 {
			return errNotEditable
		}
		return nil // a sheet of a chart
	}
	return m.comments(s, number, e, marks)
}

func (p *xmlPart) deselect(t tag) {
	if attr(t.StartElement, "tabSelected") != "" {
		p.replace(t.from, t.to, withoutAttr(string(p.src[t.from:t.to]), "tabSelected"))
	}
}

// sheetEditor gives the marked cells of one sheet their style, and finds where comments are named.
type sheetEditor struct {
	m        *marker
	p        *xmlPart
	marks    markedSheet
	root     tag
	cols     map[int]int // style by column
	inData   bool
	dataEnd  int
	row, col int
	rowTag   tag
	rowStyle int
	todo     []int // marked columns of the row still to come

	rows   []int // marked rows not dealt with yet, in order
	legacy *tag
	anchor int // where legacyDrawing goes; 0 until known
}

// afterLegacy are the elements that follow legacyDrawing in a worksheet.
var afterLegacy = map[string]bool{
	"legacyDrawingHF": true, "drawingHF": true, "picture": true, "oleObjects": true, "controls": true, "webPublishItems": true,
	"tableParts": true, "extLst": true, "AlternateContent": true,
}

func (e *sheetEditor) start(t tag) error {
	switch {
	case t.depth == 1:
		e.root = t
	case t.Name.Local == "sheetView" && t.depth == 3:
		e.p.deselect(t)
	case t.Name.Local == "dimension" && t.depth == 2:
		e.dimension(t)
	case t.Name.Local == "col" && t.depth == 3 && !e.inData:
		from, _ := strconv.Atoi(attr(t.StartElement, "min"))
		to, _ := strconv.Atoi(attr(t.StartElement, "max"))
		style, _ := strconv.Atoi(attr(t.StartElement, "style"))
		for col := max(from, 1); col <= min(to, maxCols) && style > 0; col++ {
			e.cols[col] = style
		}
	case t.Name.Local == "sheetData" && t.depth == 2:
		e.inData = true
		if t.selfClosed {
			if raw := e.rowsBefore(1 << 30); raw != "" {
				e.p.replace(t.from, t.to, "<"+t.prefix()+"sheetData>"+raw+"</"+t.prefix()+"sheetData>")
			}
		}
	case e.inData && t.Name.Local == "row" && t.depth == 3:
		return e.startRow(t)
	case e.inData && t.Name.Local == "c" && t.depth == 4:
		return e.startCell(t)
	case t.depth == 2 && t.Name.Local == "legacyDrawing":
		e.legacy = &t
	case t.depth == 2 && e.dataEnd > 0 && e.anchor == 0 && afterLegacy[t.Name.Local]:
		e.anchor = t.from
	}
	return nil
}

func (e *sheetEditor) end(name string, from, to, depth int) error {
	switch {
	case depth == 1:
		if e.anchor == 0 {
			e.anchor = from
		}
	case depth == 2 && name == "sheetData":
		if raw := e.rowsBefore(1 << 30); raw != "" {
			e.p.insert(from, raw)
		}
		e.inData, e.dataEnd = false, to
	case depth == 3 && e.inData && name == "row" && len(e.todo) > 0:
		raw := e.cellsBefore(1 << 30)
		if !e.rowTag.selfClosed {
			e.p.insert(from, raw)
		}
	}
	return nil
}

// dimension widens what the sheet says of its extent; some readers believe it.
func (e *sheetEditor) dimension(t tag) {
	from, to, many := strings.Cut(attr(t.StartElement, "ref"), ":")
	if !many {
		to = from
	}
	left, top, ok1 := place(from)
	right, bottom, ok2 := place(to)
	if !ok1 || !ok2 {
		return
	}
	l, tp, r, b := left, top, right, bottom
	for _, c := range e.marks.inOrder() {
		l, tp, r, b = min(l, c.col), min(tp, c.row), max(r, c.col), max(b, c.row)
	}
	if l != left || tp != top || r != right || b != bottom {
		e.p.setAttr(t, "ref", ref(l, tp)+":"+ref(r, b))
	}
}

func (e *sheetEditor) startRow(t tag) error {
	n := e.row + 1
	if r := attr(t.StartElement, "r"); r != "" {
		var err error
		if n, err = strconv.Atoi(r); err != nil || n <= e.row {
			return errRowOrder
		}
	}
	if raw := e.rowsBefore(n); raw != "" {
		e.p.insert(t.from, raw)
	}
	e.row, e.col, e.rowTag = n, 0, t
	if len(e.rows) > 0 && e.rows[0] == n {
		e.rows = e.rows[1:]
	}
	e.rowStyle = -1
	if truth(attr(t.StartElement, "customFormat")) {
		e.rowStyle, _ = strconv.Atoi(attr(t.StartElement, "s"))
	}
	e.todo = e.marks.columns(n)
	if t.selfClosed && len(e.todo) > 0 {
		open := strings.TrimRight(strings.TrimSuffix(string(e.p.src[t.from:t.to]), "/>"), " ") + ">"
		e.p.replace(t.from, t.to, withoutAttr(open, "spans")+e.cellsBefore(1<<30)+"</"+t.prefix()+"row>")
		e.todo = nil
	}
	return nil
}

func (e *sheetEditor) startCell(t tag) error {
	col := e.col + 1
	if a1 := attr(t.StartElement, "r"); a1 != "" {
		c, row, ok := place(a1)
		if !ok || row != e.row || c <= e.col {
			return errNotEditable
		}
		col = c
	}
	e.col = col
	if raw := e.cellsBefore(col); raw != "" {
		e.p.insert(t.from, raw)
	}
	style, _ := strconv.Atoi(attr(t.StartElement, "s"))
	now := e.m.styles.own(style)
	if e.m.again {
		now = e.m.styles.unmarked(now)
	}
	if len(e.todo) > 0 && e.todo[0] == col {
		now = e.m.styles.marked(now, e.marks[e.row][col].error)
		e.todo = e.todo[1:]
	}
	if now != e.m.styles.own(style) {
		e.p.setAttr(t, "s", strconv.Itoa(now))
	}
	return nil
}

// cellsBefore writes the row's marked cells that are not there, up to a column; they have the look of their place.
func (e *sheetEditor) cellsBefore(col int) string {
	var b strings.Builder
	for len(e.todo) > 0 && e.todo[0] < col {
		at := e.todo[0]
		e.todo = e.todo[1:]
		base := e.rowStyle
		if base < 0 {
			base = e.cols[at]
		}
		base = e.m.styles.own(base)
		fmt.Fprintf(&b, `<%sc r="%s" s="%d"/>`, e.root.prefix(), ref(at, e.row), e.m.styles.marked(base, e.marks[e.row][at].error))
	}
	if b.Len() > 0 && !e.rowTag.selfClosed && attr(e.rowTag.StartElement, "spans") != "" {
		e.p.replace(e.rowTag.from, e.rowTag.to, withoutAttr(string(e.p.src[e.rowTag.from:e.rowTag.to]), "spans"))
		e.rowTag.Attr = nil
	}
	return b.String()
}

// rowsBefore writes the marked rows that are not there, up to row n.
func (e *sheetEditor) rowsBefore(n int) string {
	var b strings.Builder
	for len(e.rows) > 0 && e.rows[0] < n {
		row := e.rows[0]
		e.rows = e.rows[1:]
		e.row, e.rowStyle, e.rowTag, e.todo = row, -1, tag{selfClosed: true}, e.marks.columns(row)
		fmt.Fprintf(&b, `<%srow r="%d">%s</%srow>`, e.root.prefix(), row, e.cellsBefore(1<<30), e.root.prefix())
	}
	return b.String()
}
