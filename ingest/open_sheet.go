package ingest

import (
	"encoding/xml"
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// sheetReader reads one sheet's XML into a Grid.
type sheetReader struct {
	x   *xlsx
	g   *Grid
	d   *xml.Decoder
	row int // number of the row being read
	col int // column of the last cell
}

func (x *xlsx) readSheet(part string, g *Grid) error {
	s := &sheetReader{x: x, g: g}
	err := x.walk(part, func(d *xml.Decoder, e xml.StartElement) error {
		s.d = d
		switch e.Name.Local {
		case "col":
			s.hiddenCols(e)
		case "row":
			return s.readRow(e)
		case "mergeCell":
			return s.merge(attr(e, "ref"))
		}
		return nil
	})
	if err != nil {
		var r *refusal
		if errors.As(err, &r) && !strings.Contains(r.Message, g.Name) {
			return refuse(r.Code, "工作表「"+g.Name+"」："+r.Message, r.Hint)
		}
		return err
	}
	g.fillMerges()
	return nil
}

func (s *sheetReader) hiddenCols(e xml.StartElement) {
	if !truth(attr(e, "hidden")) {
		return
	}
	from, _ := strconv.Atoi(attr(e, "min"))
	to, _ := strconv.Atoi(attr(e, "max"))
	for col := max(from, 1); col <= min(to, maxCols); col++ {
		s.g.HiddenCols = append(s.g.HiddenCols, col)
	}
}

func (s *sheetReader) merge(area string) error {
	from, to, found := strings.Cut(area, ":")
	left, top, ok1 := place(from)
	right, bottom, ok2 := place(to)
	if !found || !ok1 || !ok2 || left > right || top > bottom {
		return nil
	}
	if len(s.g.Merges) >= maxMerges {
		return refuse("file_too_big", "合并单元格过多。", "请取消不必要的合并后重新报送。")
	}
	s.g.Merges = append(s.g.Merges, Merge{top, left, bottom, right})
	return nil
}

// place reads an A1 reference, with $ or without.
func place(a1 string) (col, row int, ok bool) {
	a1 = strings.ReplaceAll(a1, "$", "")
	i := 0
	for ; i < len(a1) && i < 4; i++ {
		c := a1[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	row, err := strconv.Atoi(a1[i:])
	return col, row, err == nil && col > 0 && row > 0 && row <= 1<<20
}

var (
	errRowOrder = refuse("file_damaged", "行号错乱，可能已损坏。", "请用 Excel 或 WPS 打开后另存为 .xlsx，再重新报送。")
	errTooWide  = refuse("file_too_big", fmt.Sprintf("内容超过 %d 列的上限。", maxCols), "请删去报表以外的列后重新报送。")
	errTooLong  = refuse("file_too_big", fmt.Sprintf("内容超过 %d 行的上限。", maxRows), "请删去报表以外的行后重新报送。")

	errTooManyCells = refuse("file_too_big", fmt.Sprintf("内容超过 %d 个单元格的上限。", maxCells), "请只保留报表所在的工作表后重新报送。")
)

func (s *sheetReader) readRow(e xml.StartElement) error {
	n := s.row + 1
	if r := attr(e, "r"); r != "" {
		var err error
		if n, err = strconv.Atoi(r); err != nil || n <= s.row {
			return errRowOrder
		}
	}
	s.row, s.col = n, 0
	row := Row{N: n, Hidden: truth(attr(e, "hidden"))}
	for {
		t, err := s.d.RawToken()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			c, err := s.readCell(t)
			if err != nil {
				return err
			}
			if c.Text == "" && c.Kind != CellNoValue {
				continue
			}
			if c.Col > maxCols {
				return errTooWide
			}
			if s.x.cells++; s.x.cells > maxCells {
				return errTooManyCells
			}
			row.Cells = append(row.Cells, c)
		case xml.EndElement:
			if t.Name.Local == "row" {
				return s.keep(row)
			}
		}
	}
}

func (s *sheetReader) keep(row Row) error {
	if len(row.Cells) == 0 {
		return nil
	}
	if row.N > maxRows {
		return errTooLong
	}
	byCol := func(i, j int) bool { return row.Cells[i].Col < row.Cells[j].Col }
	if !sort.SliceIsSorted(row.Cells, byCol) {
		sort.SliceStable(row.Cells, byCol)
	}
	for i := 1; i < len(row.Cells); i++ {
		if row.Cells[i].Col == row.Cells[i-1].Col {
			return errRowOrder
		}
	}
	s.g.Rows = append(s.g.Rows, row)
	return nil
}

// readCell reads one <c>: its cached value where it is a formula.
func (s *sheetReader) readCell(e xml.StartElement) (Cell, error) {
	c := Cell{Row: s.row, Col: s.col + 1}
	if a1 := attr(e, "r"); a1 != "" {
		col, row, ok := place(a1)
		if !ok || row != s.row {
			return c, errRowOrder
		}
		c.Col = col
	}
	s.col = c.Col
	var value strings.Builder
	inValue, formula, valued, inline := false, false, false, ""
	for {
		t, err := s.d.RawToken()
		if err != nil {
			return c, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				inValue, valued = true, true
			case "f":
				formula = true
			case "is":
				if inline, err = richText(s.d, "is"); err != nil {
					return c, err
				}
			}
		case xml.CharData:
			if inValue {
				value.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v":
				inValue = false
			case "c":
				if formula && (!valued || value.Len() == 0 && attr(e, "t") != "str") {
					c.Kind = CellNoValue
					return c, nil
				}
				err := s.value(&c, attr(e, "t"), attr(e, "s"), value.String(), inline)
				return c, err
			}
		}
	}
}

func (s *sheetReader) value(c *Cell, kind, style, raw, inline string) error {
	switch kind {
	case "s":
		if raw == "" {
			return nil
		}
		i, err := strconv.Atoi(strings.TrimSpace(raw))
		if err != nil || i < 0 || i >= len(s.x.strings) {
			return fmt.Errorf("cell %s names string %q", c.Ref(), raw)
		}
		c.setText(s.x.strings[i])
	case "inlineStr":
		c.setText(inline)
	case "str", "d":
		c.setText(unescape(raw))
	case "e":
		c.Kind = CellError
		c.setText(raw)
	case "b":
		c.setBool(truth(strings.TrimSpace(raw)))
	default:
		s.number(c, style, strings.TrimSpace(raw))
	}
	if utf8.RuneCountInString(c.Text) > maxCellRune {
		return refuse("file_too_big", fmt.Sprintf("单元格 %s 的文字超过 %d 字。", c.Ref(), maxCellRune), "请把多余的内容删去后重新报送。")
	}
	return nil
}

// number reads a number in its style's format; what is no number is kept as text.
func (s *sheetReader) number(c *Cell, style, raw string) {
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		c.Text = raw
		return
	}
	format := FormatGeneral
	if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(s.x.formats) {
		format = s.x.formats[i]
	}
	c.setNumber(n, format, s.x.date1904)
}

// unescape turns _x000D_ and the like, by which a workbook writes control characters, into the characters.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if i+7 <= len(s) && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 32); err == nil && utf8.ValidRune(rune(n)) {
				b.WriteRune(rune(n))
				i += 6
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
