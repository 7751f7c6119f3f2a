package ingest

import (
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"liandu/internal/cntext"
)

// CellKind is what a file says a cell holds.
type CellKind uint8

// The kinds of cell. A CSV has text only.
const (
	CellText    CellKind = iota
	CellNumber           // Number is set; Text is the shortest figure that gives it, or the date or percentage it shows
	CellBool             // Text is 是 or 否
	CellError            // Text is #REF! and the like
	CellNoValue          // a formula that was saved without its value; Text is empty
)

// Format is what a number's format makes of it.
type Format uint8

// The formats that matter to a reader.
const (
	FormatGeneral Format = iota
	FormatDate
	FormatPercent
)

// Cell is one cell that is not blank, or one that a merged range reaches. Row and Col count from 1.
type Cell struct {
	Row    int      `json:"r"`
	Col    int      `json:"c"`
	Text   string   `json:"t,omitempty"`
	Number float64  `json:"n,omitempty"`
	Kind   CellKind `json:"k,omitempty"`
	Format Format   `json:"f,omitempty"`
	Down   bool     `json:"d,omitempty"` // filled from above by a merged range
	Across bool     `json:"a,omitempty"` // filled from the left by a merged range

	at string // the reference, where Row and Col are not the sheet's own (card.go)
}

// Row is one row that holds something; Cells are in column order.
type Row struct {
	N      int    `json:"n"`
	Hidden bool   `json:"h,omitempty"`
	Cells  []Cell `json:"c"`
}

// Grid is one sheet as read: nothing is understood yet. Rows are in order and sparse. HiddenCols are the numbers of
// hidden columns. A hidden sheet has no rows: it is not read.
type Grid struct {
	Name       string  `json:"name"`
	Hidden     bool    `json:"hidden,omitempty"`
	Date1904   bool    `json:"date1904,omitempty"`
	HiddenCols []int   `json:"hidden_cols,omitempty"`
	Merges     []Merge `json:"merges,omitempty"`
	Rows       []Row   `json:"rows"`
	IsText     bool    `json:"is_text,omitempty"` // the paragraphs beside a document's tables, in column A

	turned bool // rows and columns are changed over (card.go)
}

// Merge is a merged range, corners included.
type Merge struct{ Top, Left, Bottom, Right int }

// Ref returns the cell's A1 reference.
func (c Cell) Ref() string {
	if c.at != "" {
		return c.at
	}
	return ref(c.Col, c.Row)
}

func ref(col, row int) string { return letters(col) + strconv.Itoa(row) }

func letters(col int) string {
	s, err := excelize.ColumnNumberToName(col)
	if err != nil {
		return "?"
	}
	return s
}

// setNumber sets a number and the text a person sees for it, so that a date in a column of text reads as a date.
func (c *Cell) setNumber(n float64, format Format, date1904 bool) {
	c.Kind, c.Number, c.Format, c.Text = CellNumber, n, format, strconv.FormatFloat(n, 'f', -1, 64)
	switch format {
	case FormatDate:
		if d, ok := cntext.Serial(n, date1904); ok {
			c.Text = d.String()
		}
	case FormatPercent:
		c.Text = strconv.FormatFloat(math.Round(n*1e8)/1e6, 'f', -1, 64) + "%"
	}
}

func (c *Cell) setBool(b bool) {
	c.Kind, c.Text = CellBool, "否"
	if b {
		c.Text = "是"
	}
}

// setText sets text without the control characters that no person typed; line breaks and tabs stay.
func (c *Cell) setText(s string) {
	odd := func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f }
	if strings.IndexFunc(s, odd) >= 0 {
		s = strings.Map(func(r rune) rune {
			if odd(r) {
				return ' '
			}
			return r
		}, s)
	}
	c.Text = s
}

// At returns the row's cell in a column; a blank cell has only its place.
func (r Row) At(col int) Cell {
	i := sort.Search(len(r.Cells), func(i int) bool { return r.Cells[i].Col >= col })
	if i < len(r.Cells) && r.Cells[i].Col == col {
		return r.Cells[i]
	}
	return Cell{Row: r.N, Col: col}
}

// row returns row n; one that holds nothing has no cells.
func (g *Grid) row(n int) Row {
	i := sort.Search(len(g.Rows), func(i int) bool { return g.Rows[i].N >= n })
	if i < len(g.Rows) && g.Rows[i].N == n {
		return g.Rows[i]
	}
	return Row{N: n}
}

// fillMerges copies the first cell of each merged range into the rest of it, in rows that hold something and
// columns up to the last used one: a merge over a million empty rows fills nothing.
func (g *Grid) fillMerges() {
	last := 0
	for _, r := range g.Rows {
		if n := len(r.Cells); n > 0 {
			last = max(last, r.Cells[n-1].Col)
		}
	}
	budget := maxFilled
	for _, m := range g.Merges {
		from := g.row(m.Top).At(m.Left)
		if from.Text == "" {
			continue
		}
		right := min(m.Right, last)
		i := sort.Search(len(g.Rows), func(i int) bool { return g.Rows[i].N >= m.Top })
		for ; i < len(g.Rows) && g.Rows[i].N <= m.Bottom; i++ {
			for col := m.Left; col <= right; col++ {
				n := g.Rows[i].N
				if n == m.Top && col == m.Left {
					continue
				}
				if budget--; budget < 0 {
					return
				}
				c := from
				c.Row, c.Col, c.Down, c.Across = n, col, n > m.Top, col > m.Left
				g.Rows[i].put(c)
			}
		}
	}
}

// put sets a cell in column order; a cell that is already there is replaced, as a merged range shows only its first.
func (r *Row) put(c Cell) {
	i := sort.Search(len(r.Cells), func(i int) bool { return r.Cells[i].Col >= c.Col })
	if i < len(r.Cells) && r.Cells[i].Col == c.Col {
		r.Cells[i] = c
		return
	}
	r.Cells = append(r.Cells, Cell{})
	copy(r.Cells[i+1:], r.Cells[i:])
	r.Cells[i] = c
}
