package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// SheetGrid is one sheet of an original as it was sent. Rows are from row 1; every row may be shorter than the widest.
type SheetGrid struct {
	Name   string
	Hidden bool
	Rows   [][]SheetCell
	Merges []Merge
	// Height and Width are the last row and column that hold something; Rows may stop at SheetRows and SheetColumns.
	Height, Width int
	// HiddenRows and HiddenColumns are 1-based.
	HiddenRows, HiddenColumns []int
}

// SheetCell is one cell: the text as Excel shows it, and whether it is a number.
type SheetCell struct {
	Text   string
	Number bool
}

// Merge is a merged area, 1-based and inclusive.
type Merge struct{ FromRow, FromColumn, ToRow, ToColumn int }

// SheetColumn is a column with its letter and a width in pixels.
type SheetColumn struct {
	Letter, Width string
	Lit           bool
}

// SheetRow is one row of the drawn sheet.
type SheetRow struct {
	Number string
	Lit    bool
	Cells  []DrawnCell
}

// DrawnCell is one cell or merged area.
type DrawnCell struct {
	Ref, Text, Class string
	Columns, Rows    int
	Lit              bool
}

// draw lays out the cells; a merged area is one cell, what it covers is left out.
func (p *Source) draw(g *SheetGrid, also []string) {
	litColumn, litRow := parseRef(p.Cell)
	columns := 1
	for _, r := range g.Rows {
		columns = max(columns, min(len(r), SheetColumns))
	}
	first, rows := 1, len(g.Rows)
	if rows > drawnRows {
		first = max(1, min(litRow-drawnRows/2, rows-drawnRows+1))
		rows = first + drawnRows - 1
	}
	if height, width := max(g.Height, len(g.Rows)), max(g.Width, columns); height > rows || first > 1 || width > columns {
		p.Clipped = fmt.Sprintf("本表 %d 行 %d 列，此处画出第 %d–%d 行、前 %d 列；其余请下载原件查看。", height, width, first, rows, columns)
	}
	for c := 1; c <= columns; c++ {
		p.Columns = append(p.Columns, SheetColumn{columnName(c), itoa(columnWidth(g, c)), c == litColumn})
	}
	spans, covered := mergeMap(g.Merges)
	for r := first; r <= rows; r++ {
		row := SheetRow{Number: itoa(r), Lit: r == litRow}
		for c := 1; c <= columns; c++ {
			if covered[[2]int{r, c}] {
				continue
			}
			cell := DrawnCell{Ref: ref(c, r), Columns: 1, Rows: 1}
			if c <= len(g.Rows[r-1]) {
				cell.Text = g.Rows[r-1][c-1].Text
				if g.Rows[r-1][c-1].Number {
					cell.Class = "num"
				}
			}
			if spills(g.Rows[r-1], c) {
				cell.Class = strings.TrimSpace(cell.Class + " spill")
			}
			if m, ok := spans[[2]int{r, c}]; ok {
				cell.Columns, cell.Rows = min(m.ToColumn, columns)-c+1, min(m.ToRow, rows)-r+1
				cell.Class = strings.TrimSpace(cell.Class + " merged")
			}
			switch {
			case cell.Ref == p.Cell:
				cell.Lit, cell.Class = true, strings.TrimSpace(cell.Class+" lit")
			case slices.Contains(also, cell.Ref):
				cell.Class = strings.TrimSpace(cell.Class + " used")
			}
			if slices.Contains(g.HiddenRows, r) || slices.Contains(g.HiddenColumns, c) {
				cell.Class = strings.TrimSpace(cell.Class + " was-hidden")
			}
			row.Cells = append(row.Cells, cell)
		}
		p.Rows = append(p.Rows, row)
	}
	p.Hidden = hiddenWords(g)
}

// hiddenWords names what the county had hidden: it is drawn, and marked.
func hiddenWords(g *SheetGrid) string {
	var parts []string
	if g.Hidden {
		parts = append(parts, "本工作表在原件中隐藏，未读取")
	}
	if n := len(g.HiddenRows); n > 0 {
		parts = append(parts, fmt.Sprintf("隐藏行 %d 行", n))
	}
	if n := len(g.HiddenColumns); n > 0 {
		parts = append(parts, fmt.Sprintf("隐藏列 %d 列", n))
	}
	return strings.Join(parts, "、")
}

func mergeMap(merges []Merge) (spans map[[2]int]Merge, covered map[[2]int]bool) {
	spans, covered = map[[2]int]Merge{}, map[[2]int]bool{}
	for _, m := range merges {
		if m.FromRow < 1 || m.FromColumn < 1 || m.FromRow > SheetRows || m.FromColumn > SheetColumns {
			continue
		}
		spans[[2]int{m.FromRow, m.FromColumn}] = m
		for r := m.FromRow; r <= min(m.ToRow, SheetRows); r++ {
			for c := m.FromColumn; c <= min(m.ToColumn, SheetColumns); c++ {
				if r != m.FromRow || c != m.FromColumn {
					covered[[2]int{r, c}] = true
				}
			}
		}
	}
	return spans, covered
}

// columnWidth is the width in pixels for the longest of the first rows' texts that must stay within the column.
func columnWidth(g *SheetGrid, c int) int {
	longest := 4
	merged := map[int]bool{}
	for _, m := range g.Merges {
		if m.FromColumn != m.ToColumn && m.FromColumn <= c && c <= m.ToColumn {
			for r := m.FromRow; r <= min(m.ToRow, SheetRows); r++ {
				merged[r] = true
			}
		}
	}
	for r, row := range g.Rows[:min(len(g.Rows), 80)] {
		if c <= len(row) && !merged[r+1] && !spills(row, c) && row[c-1].Text != "" {
			longest = max(longest, textWidth(row[c-1].Text))
		}
	}
	return min(longest, 32)*7 + 16 // a longer text is cut, and whole in its title
}

// spills reports that a text runs on over an empty cell at its right, as it does in a spreadsheet program.
func spills(row []SheetCell, c int) bool {
	return c <= len(row) && row[c-1].Text != "" && !row[c-1].Number && (c == len(row) || row[c].Text == "")
}

// textWidth is a text's width in half-width characters.
func textWidth(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0x2e7f {
			n++
		}
	}
	return n
}

// cellText returns a cell's text; a cell under a merged area has the area's.
func cellText(g *SheetGrid, at string) string {
	c, r := parseRef(at)
	for _, m := range g.Merges {
		if m.FromRow <= r && r <= m.ToRow && m.FromColumn <= c && c <= m.ToColumn {
			c, r = m.FromColumn, m.FromRow
		}
	}
	if r < 1 || r > len(g.Rows) || c < 1 || c > len(g.Rows[r-1]) {
		return ""
	}
	return g.Rows[r-1][c-1].Text
}

// parseRef reads K6 as column 11, row 6; 0, 0 for anything else.
func parseRef(s string) (column, row int) {
	i := 0
	for i < len(s) && s[i] >= 'A' && s[i] <= 'Z' && i < 3 {
		column = column*26 + int(s[i]-'A') + 1
		i++
	}
	row, err := strconv.Atoi(s[i:])
	if err != nil || row < 1 || column == 0 {
		return 0, 0
	}
	return column, row
}

func ref(column, row int) string { return columnName(column) + itoa(row) }

func columnName(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
