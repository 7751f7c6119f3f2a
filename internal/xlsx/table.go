package xlsx

import (
	"io"
	"time"
)

// Table is one sheet: title, a caption line, head, rows, notes at the foot, and charts below them.
type Table struct {
	Name     string // of the sheet, at most 31 characters
	Title    string // "" leaves the row out
	Left     string // caption above the head: 「截至：…」
	Right    string // caption at the right edge: 「单位：项」
	Columns  []Column
	Rows     []Row
	Notes    []string // printed below, each in its own row across the table
	Freeze   int      // columns that stay in sight
	Portrait bool     // A4 landscape otherwise
	Filter   bool     // drop-downs on the head, for ledgers
	Charts   []Chart
}

// Column is one column. Head is the path of its heads from the top: {"议题数", "政府方"} puts 「政府方」 under a
// 「议题数」 that it shares with its neighbours; a shorter path is merged down.
type Column struct {
	Head  []string
	Width float64 // in half-width characters; 0: by content, between Min and Max
	Min   float64 // 0: 5
	Max   float64 // 0: 40
	Flex  bool    // takes the room that is left on the page
	Align Align   // of body cells; Auto by kind
}

// Head returns a column of the given head path.
func Head(path ...string) Column { return Column{Head: path} }

// Wide returns the column with limits of width, taking room that is left.
func (c Column) Wide(minimum, maximum float64) Column {
	c.Min, c.Max, c.Flex = minimum, maximum, true
	return c
}

// To returns the column with its body aligned.
func (c Column) To(a Align) Column {
	c.Align = a
	return c
}

// Look is the typographic role of a row.
type Look uint8

// The looks of rows.
const (
	Body  Look = iota
	Total      // 合计, 小计
	Group      // heading of a block, one text across the table
)

// Row is one row of a table. Missing cells at the end are empty.
type Row struct {
	Look  Look
	Cells []Cell
}

// BodyRow returns an ordinary row.
func BodyRow(cells ...Cell) Row { return Row{Body, cells} }

// TotalRow returns a row of sums.
func TotalRow(cells ...Cell) Row { return Row{Total, cells} }

// GroupRow returns the heading of a block.
func GroupRow(text string) Row { return Row{Group, []Cell{Text(text)}} }

// HeadDepth returns the number of head rows.
func (t Table) HeadDepth() int {
	depth := 0
	for _, c := range t.Columns {
		depth = max(depth, len(c.Head))
	}
	return depth
}

// HeadRow returns the sheet row (from 1) in which the head begins.
func (t Table) HeadRow() int {
	row := 1
	if t.Title != "" {
		row++
	}
	if t.Left != "" || t.Right != "" {
		row++
	}
	return row
}

// RowNumber returns the sheet row (from 1) of Rows[i]; i may be len(Rows), the first row below them.
func (t Table) RowNumber(i int) int { return t.HeadRow() + t.HeadDepth() + i }

// WriteTable writes a workbook of one table, as an export of what a page shows. At becomes the document's date.
func WriteTable(w io.Writer, at time.Time, t Table) error {
	return Book{Title: t.Title, Created: at, Tables: []Table{t}}.Write(w)
}
