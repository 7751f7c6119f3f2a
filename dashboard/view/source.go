package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/record"
	"liandu/queries"
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

// SourceInput is what the original's page is made from. Reading is nil when nothing could be read.
type SourceInput struct {
	Address    Address
	Submission record.Submission
	UnitName   string
	Sheets     []SheetGrid
	Reading    *record.Reading
	Findings   []queries.Finding // those whose evidence lies in this submission
	Sheet      string            // "" is the first visible one
	Cell       string
	Also       []string
}

// Source is the page of an original sheet with a cell lit.
type Source struct {
	Title, Where, Download string
	Unit, UnitHref         string
	Previous, Next         string
	Sheet                  string
	Cell, Raw              string
	RowName                string
	Columns                []SheetColumn
	Rows                   []SheetRow
	Tabs                   []SheetTab
	Chain                  []ChainLink
	Understood             []Fact
	Used                   []UsedCell
	Hash                   string
	Clipped                string
	Missing                string // why no sheet can be drawn
	Hidden                 string
}

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

// SheetTab is one sheet's tab.
type SheetTab struct {
	Name, Href string
	Current    bool
	Hidden     bool
}

// ChainLink is one step from the judgement to the cell.
type ChainLink struct {
	Light Light
	Head  string
	Text  string
	Href  string
	Here  bool
}

// UsedCell is another cell of the same matter.
type UsedCell struct {
	Ref, Text, Href string
	Current         bool
	Blank           bool
}

// Limits of what is drawn; the original can be downloaded whole. SheetRows is how far down a sheet is known, drawnRows
// how many of its rows a page holds: those around the lit cell.
const (
	SheetRows    = 5000
	SheetColumns = 60
	drawnRows    = 400
)

// NewSource builds the page of an original sheet.
func NewSource(in SourceInput) Source {
	s := in.Submission
	p := Source{
		Title: s.File, Unit: in.UnitName, UnitHref: in.Address.Unit(string(s.Unit)), Cell: in.Cell, Hash: s.SHA256,
		Where:    fmt.Sprintf("第 %d 版　%s 接收", s.Version, moment(s.ReceivedAt)),
		Download: "/submissions/" + s.ID + "/original",
	}
	if s.Version == 0 {
		p.Where = moment(s.ReceivedAt) + " 接收，未入库"
	}
	grid := pick(in.Sheets, in.Sheet)
	if grid == nil {
		p.Missing = "这份原件不能画成表格，请下载原件查看"
		return p
	}
	p.Sheet = grid.Name
	for _, g := range in.Sheets {
		p.Tabs = append(p.Tabs, SheetTab{g.Name, in.Address.Source(s.ID, g.Name, ""), g.Name == grid.Name, g.Hidden})
	}
	p.draw(grid, in.Also)
	p.Raw = cellText(grid, in.Cell)
	p.understand(in, grid)
	p.chain(in, grid)
	p.steps(in, grid)
	return p
}

func pick(sheets []SheetGrid, name string) *SheetGrid {
	for i := range sheets {
		if sheets[i].Name == name || name == "" && !sheets[i].Hidden || len(sheets) == 1 {
			return &sheets[i]
		}
	}
	return nil
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

// understand tells how the reader understood the cell: its column, the text, the value, what the reader remarked.
func (p *Source) understand(in SourceInput, g *SheetGrid) {
	if in.Reading == nil || p.Cell == "" {
		return
	}
	column, row := parseRef(p.Cell)
	for _, c := range in.Reading.Columns {
		if c.Sheet == g.Name && c.Ref == columnName(column) {
			head := c.Head
			if c.Field == "" {
				head += "（未识别的列，原样保留）"
			}
			p.Understood = append(p.Understood, Fact{Name: "列", Text: head})
		}
	}
	raw := p.Raw
	if raw == "" {
		raw = Blank
	}
	p.Understood = append(p.Understood, Fact{Name: "原文", Text: raw})
	if v, name := understood(in.Reading, g.Name, p.Cell, row); v != "" || name != "" {
		p.RowName = name
		if v != "" {
			p.Understood = append(p.Understood, Fact{Name: "理解为", Text: v})
		}
	}
	for _, x := range in.Reading.Problems {
		if x.Sheet == g.Name && x.Cell == p.Cell {
			p.Understood = append(p.Understood, Fact{Name: "提示", Text: x.Message + x.Hint, Missing: true})
		}
	}
}

// understood finds the record a row became, the value a cell was understood as, and the record's name.
func understood(r *record.Reading, sheet, cell string, row int) (value, name string) {
	for i := range r.Meetings {
		m := &r.Meetings[i]
		if m.Source.Sheet == sheet && m.Source.Row == row {
			return meetingValue(m, fieldAt(m.Source, cell)), fmt.Sprintf("%d年度 %s", m.SessionYear, m.Kind.Chinese())
		}
	}
	for i := range r.Resolutions {
		x := &r.Resolutions[i]
		if x.Source.Sheet == sheet && x.Source.Row == row {
			return itemValue(x, fieldAt(x.Source, cell)), fmt.Sprintf("%d年第 %s 项　%s", x.SessionYear, text(x.ItemNo), x.Title)
		}
	}
	for i := range r.Establishments {
		e := &r.Establishments[i]
		if e.Source.Sheet == sheet && e.Source.Row == row {
			return "", "制度建立　" + e.LevelText
		}
	}
	return "", ""
}

func fieldAt(s record.Source, cell string) string {
	for f, c := range s.Cells {
		if c == cell {
			return f
		}
	}
	return ""
}

func meetingValue(m *record.Meeting, field string) string {
	switch field {
	case "held_on":
		return m.HeldOn.String()
	case "solicited_on":
		return m.SolicitedOn.String()
	case "minutes_issued_on":
		return m.MinutesIssuedOn.String()
	case "chair_title", "chair_name":
		return m.ChairRank.Chinese()
	case "kind":
		return m.Kind.Chinese()
	case "session_year":
		return itoa(m.SessionYear)
	}
	return ""
}

func itemValue(r *record.Resolution, field string) string {
	switch field {
	case "due_on":
		return r.DueOn.String()
	case "revised_due_on":
		return r.RevisedDueOn.String()
	case "plan_on":
		return r.PlanOn.String()
	case "completed_on":
		return r.CompletedOn.String()
	case "status":
		return r.Status.Chinese()
	case "session_year":
		return itoa(r.SessionYear)
	case "percent":
		if r.Percent != nil {
			return fmt.Sprintf("%g%%", *r.Percent)
		}
	}
	return ""
}

// chain goes from the judgement to the cell.
func (p *Source) chain(in SourceInput, g *SheetGrid) {
	for _, f := range in.Findings {
		for _, e := range f.Evidence {
			if e.Submission == in.Submission.ID && e.Sheet == g.Name && slices.Contains(e.Cells, p.Cell) {
				p.Chain = append(p.Chain, ChainLink{
					Light: severityLight(f.Severity), Head: f.Observed, Text: "「" + f.Clause.Text + "」",
					Href: in.Address.Href("/findings#"+f.ID, "unit", string(f.Unit.Code)),
				})
			}
		}
	}
	if p.RowName != "" {
		p.Chain = append(p.Chain, ChainLink{Head: p.RowName, Text: in.UnitName})
	}
	if p.Cell != "" {
		raw := "原文「" + p.Raw + "」"
		if p.Raw == "" {
			raw = Blank
		}
		p.Chain = append(p.Chain, ChainLink{Head: g.Name + "!" + p.Cell, Text: raw, Here: true})
	}
}

// steps lists the cells of the same matter and the ones before and after this one.
func (p *Source) steps(in SourceInput, g *SheetGrid) {
	at := slices.Index(in.Also, p.Cell)
	for i, c := range in.Also {
		if column, _ := parseRef(c); column == 0 {
			continue
		}
		u := UsedCell{Ref: c, Text: cellText(g, c), Href: in.Address.Source(in.Submission.ID, g.Name, c, in.Also...), Current: i == at}
		if u.Text == "" {
			u.Text, u.Blank = Blank, true
		}
		p.Used = append(p.Used, u)
	}
	if at > 0 {
		p.Previous = in.Address.Source(in.Submission.ID, g.Name, in.Also[at-1], in.Also...)
	}
	if at >= 0 && at+1 < len(in.Also) {
		p.Next = in.Address.Source(in.Submission.ID, g.Name, in.Also[at+1], in.Also...)
	}
}
