package xlsx

import (
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// sheetWriter writes one table's rows from top to bottom.
type sheetWriter struct {
	Table
	out      *excelize.StreamWriter
	styles   *styles
	widths   []float64
	row      int // last row written
	headFrom int
	headTo   int
	cells    []excelize.Cell // of the row being written, used again for the next
	values   []any           // pointers to cells, as the library wants them
}

// line starts a row with n empty cells; those after them are not in the file unless set.
func (s *sheetWriter) line(n int) {
	if s.cells == nil {
		s.cells = make([]excelize.Cell, len(s.Columns))
		s.values = make([]any, len(s.Columns))
	}
	clear(s.values)
	for i := range n {
		s.cells[i] = excelize.Cell{}
		s.values[i] = &s.cells[i]
	}
}

func (s *sheetWriter) columns() error {
	for from := 0; from < len(s.widths); {
		to := from
		for to+1 < len(s.widths) && s.widths[to+1] == s.widths[from] {
			to++
		}
		if err := s.out.SetColWidth(from+1, to+1, s.widths[from]); err != nil {
			return err
		}
		from = to + 1
	}
	top := s.HeadRow() + s.HeadDepth() - 1
	return s.out.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: s.Freeze, YSplit: top, TopLeftCell: cellName(s.Freeze, top+1, false),
		ActivePane: "bottomRight",
	})
}

func (s *sheetWriter) rows() error {
	if s.Title != "" {
		if err := s.across(roleTitle, s.Title, Center); err != nil {
			return err
		}
	}
	if s.Left != "" || s.Right != "" {
		if err := s.caption(); err != nil {
			return err
		}
	}
	if err := s.head(); err != nil {
		return err
	}
	for _, row := range s.Rows {
		if err := s.body(row); err != nil {
			return err
		}
	}
	for _, note := range s.Notes {
		if err := s.across(roleNote, note, Left); err != nil {
			return err
		}
	}
	return nil
}

// across writes one text over the whole width. Only a block's heading has a frame, which needs every cell.
func (s *sheetWriter) across(r role, text string, a Align) error {
	c := Text(text)
	s.line(1)
	if r == roleGroup {
		if err := s.blanks(styleKey{role: r, align: a}); err != nil {
			return err
		}
	}
	if err := s.set(0, styleKey{role: r, kind: c.kind, align: a}, c); err != nil {
		return err
	}
	if err := s.put(roleSizes[r].height(roleSizes[r].lines(c.text, sum(s.widths)))); err != nil {
		return err
	}
	return s.merge(0, s.row, len(s.widths)-1, s.row)
}

// caption writes what the table is as of at the left and its counters at the right.
func (s *sheetWriter) caption() error {
	split := s.split()
	s.line(1)
	if err := s.set(0, styleKey{role: roleLeft, kind: kindText, align: Left}, Text(s.Left)); err != nil {
		return err
	}
	if split < len(s.widths) {
		if err := s.set(split, styleKey{role: roleRight, kind: kindText, align: Right}, Text(s.Right)); err != nil {
			return err
		}
	}
	lines := roleSizes[roleLeft].lines(s.Left, sum(s.widths[:split]))
	if err := s.put(roleSizes[roleLeft].height(lines)); err != nil {
		return err
	}
	if err := s.merge(0, s.row, split-1, s.row); err != nil {
		return err
	}
	return s.merge(split, s.row, len(s.widths)-1, s.row)
}

// split is the first column of the caption's right part: as few as hold its text.
func (s *sheetWriter) split() int {
	if s.Right == "" {
		return len(s.widths)
	}
	need, room := textWidth(s.Right)+3, 0.0
	for i := len(s.widths) - 1; i > 0; i-- {
		if room += s.widths[i]; room >= need {
			return i
		}
	}
	return min(1, len(s.widths)-1)
}

// head writes the head rows, merging what columns share and what reaches down.
func (s *sheetWriter) head() error {
	depth := s.HeadDepth()
	s.headFrom, s.headTo = s.row+1, s.row+depth
	var merges [][4]int
	for level := range depth {
		if err := s.blanks(styleKey{role: roleHead, align: Center}); err != nil {
			return err
		}
		lines := 1
		for i := 0; i < len(s.Columns); {
			path, next := s.Columns[i].Head, i+1
			if level >= len(path) {
				i = next
				continue
			}
			leaf := level == len(path)-1
			for !leaf && next < len(s.Columns) && sharesHead(path, s.Columns[next].Head, level) {
				next++
			}
			if err := s.set(i, styleKey{role: roleHead, kind: kindText, align: Center}, Text(path[level])); err != nil {
				return err
			}
			down := level
			if leaf {
				down = depth - 1
			}
			if n := roleSizes[roleHead].lines(path[level], sum(s.widths[i:next])); down == level {
				lines = max(lines, n)
			} else {
				lines = max(lines, (n+depth-level-1)/(depth-level))
			}
			if next-1 > i || down > level {
				merges = append(merges, [4]int{i, s.headFrom + level, next - 1, s.headFrom + down})
			}
			i = next
		}
		if err := s.put(roleSizes[roleHead].height(lines)); err != nil {
			return err
		}
	}
	for _, m := range merges {
		if err := s.merge(m[0], m[1], m[2], m[3]); err != nil {
			return err
		}
	}
	return nil
}

// sharesHead reports whether two columns have the same heads down to a level that is above the leaves of both.
func sharesHead(a, b []string, level int) bool {
	return len(b) > level+1 && slices.Equal(a[:level+1], b[:level+1])
}

func (s *sheetWriter) body(row Row) error {
	if row.Look == Group {
		if len(row.Cells) == 0 {
			return nil
		}
		return s.across(roleGroup, row.Cells[0].text, Left)
	}
	r := role(row.Look)
	s.line(len(s.Columns))
	height := roleSizes[r].least
	for i := range s.Columns {
		var c Cell
		if i < len(row.Cells) {
			c = row.Cells[i]
		}
		key := styleKey{role: r, kind: c.kind, align: settle(c, s.Columns[i].Align), tone: c.tone}
		if c.kind == kindText && len(c.text) > 4 {
			need := roleSizes[r].height(roleSizes[r].lines(c.text, s.widths[i]))
			height, key.tall = max(height, need), need >= tallest
		}
		if err := s.set(i, key, c); err != nil {
			return err
		}
	}
	return s.put(height)
}

// set gives the library a value with its style; text goes in as text whatever it is.
func (s *sheetWriter) set(col int, key styleKey, c Cell) error {
	key.risky = c.kind == kindText && risky(c.text)
	id, err := s.styles.id(key)
	if err != nil {
		return err
	}
	to := &s.cells[col]
	s.values[col] = to
	switch {
	case c.kind == kindBlank:
		*to = excelize.Cell{StyleID: id}
	case c.kind == kindText:
		*to = excelize.Cell{StyleID: id, Value: c.text}
	default:
		*to = excelize.Cell{StyleID: id, Value: c.value}
	}
	return nil
}

// blanks fills the row with empty cells in one style, so that merged cells keep their border.
func (s *sheetWriter) blanks(k styleKey) error {
	id, err := s.styles.id(k)
	if err != nil {
		return err
	}
	s.line(len(s.Columns))
	for i := range s.cells {
		s.cells[i].StyleID = id
	}
	return nil
}

func (s *sheetWriter) put(height float64) error {
	s.row++
	return s.out.SetRow("A"+strconv.Itoa(s.row), s.values, excelize.RowOpts{Height: height})
}

// merge joins cells; columns count from 0, rows from 1. A single cell stays as it is.
func (s *sheetWriter) merge(col, row, lastCol, lastRow int) error {
	if col >= lastCol && row >= lastRow {
		return nil
	}
	return s.out.MergeCell(cellName(col, row, false), cellName(lastCol, lastRow, false))
}

// cellName names a cell of a table, whose columns and rows are far inside a sheet's limits.
func cellName(col, row int, absolute bool) string {
	name, err := excelize.CoordinatesToCellName(col+1, row, absolute)
	if err != nil {
		return "A1"
	}
	return name
}

func sum(widths []float64) float64 {
	total := 0.0
	for _, w := range widths {
		total += w
	}
	return total
}
