package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/encoding/htmlindex"

	"liandu/internal/cntext"
)

var errNoTable = refuse("file_kind", "文件实为网页（HTML），里面没有表格。", "内容如在另外的文件里，请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送。")

// openHTML reads a web page that goes by the name of a spreadsheet, as systems export them: its tables one under the
// other on one sheet, the text between them as lines, as Excel shows such a file. Only tags and text are read: no
// script is run, nothing that the page names is fetched.
func openHTML(b []byte) (Book, error) {
	text, ok := decodeMarkup(b)
	if !ok {
		return Book{}, refusals[unknownFile]
	}
	p := &htmlPage{z: html.NewTokenizer(strings.NewReader(text)), gridMaker: gridMaker{g: Grid{Name: "网页表格"}}}
	p.z.SetMaxBuf(maxRun)
	if err := p.read(); err != nil {
		return Book{}, err
	}
	if p.tables == 0 {
		return Book{}, errNoTable
	}
	return Book{Grids: []Grid{p.done()}}, nil
}

var metaCharset = regexp.MustCompile(`(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)`)

// decodeMarkup is decodeText for files that name their own encoding: a byte order mark and valid UTF-8 come before what
// the file says of itself, for exporters name one and write the other.
func decodeMarkup(b []byte) (string, bool) {
	if len(b) > 2 && (b[0] == 0xEF || b[0] >= 0xFE) || utf8.Valid(b) {
		return decodeText(b)
	}
	if m := metaCharset.FindSubmatch(b[:min(len(b), 4096)]); m != nil {
		if enc, err := htmlindex.Get(string(m[1])); err == nil {
			if name, _ := htmlindex.Name(enc); name != "utf-8" && name != "gbk" && !strings.HasPrefix(name, "utf-16") { // GBK is read as GB18030, which holds it
				if out, err := enc.NewDecoder().Bytes(b); err == nil && !strings.ContainsRune(string(out), utf8.RuneError) {
					return decodeText(out)
				}
			}
		}
	}
	return decodeText(b)
}

// htmlPage walks a page's tags once. Tables in cells of tables are put under what came before them.
type htmlPage struct {
	gridMaker
	z      *html.Tokenizer
	open   []*htmlTable
	tables int
	skip   atom.Atom // the element whose text is none: script, style, title
	line   strings.Builder
}

// htmlTable is a table being read.
type htmlTable struct {
	row    int   // of the grid; 0 before the first
	col    int   // of the next cell
	taken  []int // by column: the last row that a cell from above reaches into
	cell   *htmlCell
	hidden bool
}

type htmlCell struct {
	text    strings.Builder
	x       string // x:num, the number behind what is shown
	isText  bool   // x:str, or the format @
	across  int
	down    int
	skipped bool // display:none
}

const deepestTable = 50

func (p *htmlPage) read() error {
	for {
		switch p.z.Next() {
		case html.ErrorToken:
			if p.z.Err() == html.ErrBufferExceeded {
				return errEndless
			}
			return p.end()
		case html.TextToken:
			if p.skip == 0 {
				p.text(string(p.z.Text()))
			}
		case html.CommentToken:
			p.sheetName(string(p.z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			if err := p.start(p.z.Token()); err != nil {
				return err
			}
		case html.EndTagToken:
			if err := p.close(p.z.Token().DataAtom); err != nil {
				return err
			}
		}
	}
}

var islandName = regexp.MustCompile(`(?i)<x:Name>([^<]{1,31})</x:Name>`)

// sheetName takes the name that Excel hides in a comment, where it names one sheet.
func (p *htmlPage) sheetName(comment string) {
	if m := islandName.FindAllStringSubmatch(comment, 2); len(m) == 1 {
		p.g.Name = html.UnescapeString(m[0][1])
	}
}

func (p *htmlPage) table() *htmlTable {
	if len(p.open) == 0 {
		return nil
	}
	return p.open[len(p.open)-1]
}

func (p *htmlPage) start(t html.Token) error {
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Title, atom.Noscript:
		if t.Type == html.StartTagToken {
			p.skip = t.DataAtom
		}
	case atom.Table:
		if err := p.flush(); err != nil {
			return err
		}
		if len(p.open) >= deepestTable {
			return refuse("file_damaged", "表格嵌套层数过多。", saveAsXLSX)
		}
		p.open = append(p.open, &htmlTable{})
		p.tables++
	case atom.Tr:
		return p.startRow(t)
	case atom.Td, atom.Th:
		return p.startCell(t)
	case atom.Br:
		p.text("\x00")
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Caption, atom.Center:
		return p.breakLine()
	}
	return nil
}

func (p *htmlPage) close(a atom.Atom) error {
	if p.skip != 0 {
		if a == p.skip {
			p.skip = 0
		}
		return nil
	}
	switch a {
	case atom.Table:
		if t := p.table(); t != nil {
			if err := p.endCell(); err != nil {
				return err
			}
			p.open = p.open[:len(p.open)-1]
		}
	case atom.Td, atom.Th, atom.Tr:
		return p.endCell()
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Caption, atom.Center:
		return p.breakLine()
	}
	return nil
}

func (p *htmlPage) end() error {
	for len(p.open) > 0 {
		if err := p.endCell(); err != nil {
			return err
		}
		p.open = p.open[:len(p.open)-1]
	}
	return p.flush()
}

// text adds to the open cell, or to the line between tables. A zero stands for a line break.
func (p *htmlPage) text(s string) {
	to := &p.line
	if t := p.table(); t != nil {
		if t.cell == nil { // text between rows, where no browser would leave it
			return
		}
		to = &t.cell.text
	}
	if to.Len() < 8*maxCellRune {
		to.WriteString(s)
	}
}

// breakLine ends a line between tables; within a cell it is a line break.
func (p *htmlPage) breakLine() error {
	if p.table() == nil {
		return p.flush()
	}
	p.text("\x00")
	return nil
}

// flush puts the line between tables on the sheet as a row of one cell.
func (p *htmlPage) flush() error {
	if p.table() != nil {
		return nil
	}
	text := htmlText(p.line.String())
	p.line.Reset()
	if text == "" {
		return nil
	}
	p.nextRow(p.row+1, false)
	c := Cell{Col: 1}
	c.setText(text)
	return p.put(c)
}

func (p *htmlPage) startRow(t html.Token) error {
	table := p.table()
	if table == nil {
		p.open = append(p.open, &htmlTable{})
		p.tables++
		table = p.table()
	}
	if err := p.endCell(); err != nil {
		return err
	}
	table.row, table.col = p.row+1, 1
	table.hidden = invisible(t)
	p.nextRow(table.row, table.hidden)
	return nil
}

func (p *htmlPage) startCell(t html.Token) error {
	table := p.table()
	if table == nil || table.row == 0 || table.row != p.row { // a cell without a row, or after a table within the row
		if err := p.startRow(html.Token{}); err != nil {
			return err
		}
		table = p.table()
	}
	if err := p.endCell(); err != nil {
		return err
	}
	c := &htmlCell{across: 1, down: 1, skipped: invisible(t)}
	for _, a := range t.Attr {
		switch strings.ToLower(a.Key) {
		case "colspan":
			c.across = span(a.Val, maxCols)
		case "rowspan":
			c.down = span(a.Val, maxRows)
		case "x:num":
			c.x = strings.TrimSpace(a.Val)
		case "x:str":
			c.isText = true
		case "style":
			c.isText = c.isText || textFormat.MatchString(a.Val)
		}
	}
	table.cell = c
	return nil
}

var (
	textFormat = regexp.MustCompile(`(?i)mso-number-format\s*:\s*['"]?\\?@`)
	noDisplay  = regexp.MustCompile(`(?i)display\s*:\s*none`)
)

func invisible(t html.Token) bool {
	for _, a := range t.Attr {
		if a.Key == "hidden" || a.Key == "style" && noDisplay.MatchString(a.Val) {
			return true
		}
	}
	return false
}

func span(s string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

// endCell puts the open cell in its place: the next column that no cell from above reaches into.
func (p *htmlPage) endCell() error {
	t := p.table()
	if t == nil || t.cell == nil {
		return nil
	}
	c := t.cell
	t.cell = nil
	if c.skipped {
		return nil
	}
	for t.col <= len(t.taken) && t.taken[t.col-1] >= t.row {
		t.col++
	}
	at := Cell{Row: t.row, Col: t.col}
	last := t.col + c.across - 1
	if last > maxCols {
		if c.across == 1 || t.col > maxCols {
			return errTooWide
		}
		last = maxCols
	}
	for len(t.taken) < last {
		t.taken = append(t.taken, 0)
	}
	for col := t.col; col <= last; col++ {
		t.taken[col-1] = t.row + c.down - 1
	}
	t.col = last + 1
	if last > at.Col || c.down > 1 {
		if err := p.merge(Merge{at.Row, at.Col, at.Row + c.down - 1, last}); err != nil {
			return err
		}
	}
	c.value(&at)
	if at.Row != p.row { // a table within the cell came after the row's beginning
		return p.putAbove(at)
	}
	return p.put(at)
}

// value says what a cell holds: the text shown, and a number where the text shows one.
func (c *htmlCell) value(to *Cell) {
	text := htmlText(c.text.String())
	to.setText(text)
	if c.isText {
		return
	}
	if n, err := strconv.ParseFloat(c.x, 64); err == nil && c.x != "" {
		d, isDate := cntext.Date(text, cntext.DateOptions{})
		serial, ok := cntext.Serial(n, false)
		switch {
		case isDate && ok && d.Date == serial:
			to.setNumber(n, FormatDate, false)
		case strings.HasSuffix(text, "%"):
			to.setNumber(n, FormatPercent, false)
		case text == "" || strings.Trim(text, "#") == "":
			to.setNumber(n, FormatGeneral, false)
		}
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil && to.Kind == CellText && strconv.FormatFloat(n, 'f', -1, 64) == text {
		to.setNumber(n, FormatGeneral, false)
	}
}

// htmlText is text as a browser shows it: blanks run together, line breaks where tags made them.
func htmlText(s string) string {
	lines := strings.Split(s, "\x00")
	out := lines[:0]
	for _, l := range lines {
		l = strings.Join(strings.FieldsFunc(l, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }), " ")
		out = append(out, strings.Trim(l, " \u00a0"))
	}
	return strings.ReplaceAll(strings.Trim(strings.Join(out, "\n"), "\n"), "\u00a0", " ")
}
