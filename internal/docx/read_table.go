package docx

import (
	"encoding/xml"
	"strings"
)

// maxTableDepth is how deep a table may lie in others and still be given as a table: each level holds the text of those in
// it again.
const maxTableDepth = 3

// maxSpan bounds gridSpan: Word itself has 63 columns.
const maxSpan = 63

// table is an open table: the rows done, the row being read, and for each grid column the text last said in it.
type table struct {
	rows       [][]CellRead
	lines      []string
	row        []cell
	above      map[int]string
	column     int
	rowDeleted bool
}

type cell struct {
	text      string
	span      int
	continues bool // merged with the cell above
}

func (w *walker) startRow() {
	if len(w.tables) == 0 {
		return
	}
	t := w.tables[len(w.tables)-1]
	t.row, t.column, t.rowDeleted = nil, 0, false
}

func (w *walker) startCell(e xml.StartElement) {
	if name(e.Name) == "tc" && len(w.tables) > 0 {
		t := w.tables[len(w.tables)-1]
		t.row = append(t.row, cell{span: 1})
		w.cells++
	}
}

func (w *walker) cellProperty(e xml.StartElement) {
	if len(w.tables) == 0 {
		return
	}
	t := w.tables[len(w.tables)-1]
	if name(e.Name) == "gridBefore" {
		for range min(number(attr(e, "val")), maxSpan) {
			t.row = append(t.row, cell{span: 1})
			w.cells++
		}
		return
	}
	if len(t.row) == 0 || !w.within("tcPr") {
		return
	}
	c := &t.row[len(t.row)-1]
	if name(e.Name) == "gridSpan" {
		span := max(1, min(number(attr(e, "val")), maxSpan))
		w.cells += max(0, span-c.span) // a few bytes of each are many columns
		c.span = span
		return
	}
	c.continues = attr(e, "val") != "restart"
}

func (w *walker) endCell() {
	paragraphs := w.endStory()
	if len(w.tables) == 0 {
		w.story().done = append(w.story().done, paragraphs...)
		return
	}
	if t := w.tables[len(w.tables)-1]; len(t.row) > 0 {
		t.row[len(t.row)-1].text = cellText(paragraphs)
		if w.outline {
			t.row[len(t.row)-1].text = plainMarks(strings.Join(paragraphs, "\n"))
		}
	}
}

// cellText joins a cell's paragraphs: words of a narrow column by a space, whole sentences by a line break.
func cellText(paragraphs []string) string {
	for i, p := range paragraphs {
		p = strings.TrimSpace(p)
		if i < len(paragraphs)-1 && strings.HasSuffix(p, "。") {
			return strings.Join(paragraphs, "\n")
		}
	}
	return strings.ReplaceAll(strings.Join(paragraphs, " "), "\n", " ")
}

func (w *walker) endRow() {
	if len(w.tables) == 0 {
		return
	}
	t := w.tables[len(w.tables)-1]
	if t.rowDeleted {
		t.row = nil
		return
	}
	if t.above == nil {
		t.above = map[int]string{}
	}
	if w.outline {
		t.lines = append(t.lines, outlineRow(t.row))
		t.row = nil
		return
	}
	var fields []string
	var row []CellRead
	for _, c := range t.row {
		if c.continues {
			c.text = t.above[len(fields)]
			w.text += len(c.text) // said again: it counts, or merged cells could multiply a text without bound
		}
		t.above[len(fields)] = c.text
		if strings.TrimSpace(c.text) != "" {
			row = append(row, CellRead{Column: len(fields) + 1, Span: c.span, Down: c.continues, Text: c.text})
		}
		fields = append(fields, c.text)
		for range c.span - 1 {
			fields = append(fields, "")
		}
	}
	if line := strings.Join(fields, "\t"); strings.TrimSpace(line) != "" {
		t.lines = append(t.lines, line)
	}
	t.row = nil
	t.rows = append(t.rows, row)
}

// outlineRow is a row with its marks: every cell ends in one, so that an empty row is a row too.
func outlineRow(row []cell) string {
	var b strings.Builder
	for _, c := range row {
		if !c.continues {
			b.WriteString(c.text)
		}
		b.WriteString(strings.Repeat(cellMark, c.span))
	}
	if b.Len() == 0 {
		b.WriteString(cellMark)
	}
	return b.String()
}

func (w *walker) endTable() {
	if len(w.tables) == 0 {
		return
	}
	t := w.tables[len(w.tables)-1]
	w.tables = w.tables[:len(w.tables)-1]
	s := w.story()
	if w.outline {
		s.done = append(s.done, tableMark+strings.Join(t.lines, rowMark))
		return
	}
	s.done = append(s.done, t.lines...)
	if len(w.tables) < maxTableDepth {
		w.found = append(w.found, TableRead{Rows: t.rows})
	}
}
