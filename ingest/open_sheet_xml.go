package ingest

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"liandu/internal/period"
)

var errEntity = refuse("file_damaged", "文件里有实体定义或外部引用，为安全起见没有读取。", saveAsXLSX)

// openSheetXML reads an XML spreadsheet of 2003 (SpreadsheetML), which systems export under the name .xls. A document
// type is refused, and no entity but XML's own five is known.
func openSheetXML(b []byte) (Book, error) {
	text, ok := decodeMarkup(b)
	if !ok {
		return Book{}, refusals[unknownFile]
	}
	in := &tagged{r: strings.NewReader(text)}
	d := xml.NewDecoder(in)
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	w := &sheetXML{d: d, formats: map[string]Format{}, parents: map[string]string{}}
	err := w.read()
	if err = in.reason(err); err != nil {
		return Book{}, err
	}
	for i := range w.grids {
		w.grids[i].Date1904 = w.date1904
	}
	return Book{Grids: w.grids}, nil
}

// No cell of this kind of file lies beyond these.
const (
	mostSheetRow = 1 << 20
	mostSheetCol = 1 << 14
)

type sheetXML struct {
	d        *xml.Decoder
	formats  map[string]Format // by style
	parents  map[string]string // a style takes its format from here
	style    string            // being read
	date1904 bool
	grids    []Grid
	cells    int
}

// next gives the next start or end of an element, with the text before it; io.EOF at the end.
func (w *sheetXML) next() (start *xml.StartElement, end string, text string, err error) {
	var b strings.Builder
	for {
		t, err := w.d.RawToken()
		if err != nil {
			return nil, "", "", err
		}
		switch t := t.(type) {
		case xml.Directive:
			return nil, "", "", errEntity
		case xml.CharData:
			b.Write(t)
		case xml.StartElement:
			return &t, "", b.String(), nil
		case xml.EndElement:
			return nil, t.Name.Local, b.String(), nil
		}
	}
}

func (w *sheetXML) read() error {
	for {
		e, end, text, err := w.next()
		switch {
		case errors.Is(err, io.EOF):
			if len(w.grids) == 0 {
				return errDamaged
			}
			return nil
		case err != nil:
			return err
		case e == nil:
			if end == "Date1904" {
				w.date1904 = strings.TrimSpace(text) != "0"
			}
			continue
		}
		switch e.Name.Local {
		case "Style":
			w.style = attrLast(*e, "ID")
			w.parents[w.style] = attrLast(*e, "Parent")
		case "NumberFormat":
			w.formats[w.style] = namedFormat(attrLast(*e, "Format"))
		case "Worksheet":
			if len(w.grids) >= maxSheets {
				return refuse("file_too_big", fmt.Sprintf("工作表超过 %d 张的上限。", maxSheets), "请只保留报表所在的工作表后重新报送。")
			}
			if err := w.sheet(attrLast(*e, "Name")); err != nil {
				return err
			}
		}
	}
}

// namedFormat classes a format by its name in this kind of file, or by its code.
func namedFormat(name string) Format {
	switch name {
	case "General Date", "Long Date", "Medium Date", "Short Date":
		return FormatDate
	case "Percent":
		return FormatPercent
	case "", "General", "General Number", "Fixed", "Standard", "Currency", "Scientific":
		return FormatGeneral
	}
	return formatOf("", name)
}

// sheetRows is a sheet being read.
type sheetRows struct {
	gridMaker
	col       int
	rowStyle  string
	colStyles map[int]string
	colAt     int
}

func (w *sheetXML) sheet(name string) error {
	s := &sheetRows{gridMaker: gridMaker{g: Grid{Name: name}, cells: &w.cells}, colStyles: map[int]string{}}
	for {
		e, end, text, err := w.next()
		if err != nil {
			return err
		}
		switch {
		case e == nil && end == "Worksheet":
			g := s.done()
			if g.Hidden {
				g.Rows, g.Merges, g.HiddenCols = nil, nil, nil
			}
			w.grids = append(w.grids, g)
			return nil
		case e == nil:
			if end == "Visible" && strings.HasPrefix(strings.TrimSpace(text), "Sheet") { // SheetHidden, SheetVeryHidden
				s.g.Hidden = true
			}
		case e.Name.Local == "Column":
			s.column(*e)
		case e.Name.Local == "Row":
			if err := s.begin(*e); err != nil {
				return err
			}
		case e.Name.Local == "Cell":
			if err := w.cell(s, *e); err != nil {
				return err
			}
		}
	}
}

func (s *sheetRows) column(e xml.StartElement) {
	from := s.colAt + 1
	if n, err := strconv.Atoi(attrLast(e, "Index")); err == nil && n > 0 {
		from = n
	}
	more, _ := strconv.Atoi(attrLast(e, "Span"))
	s.colAt = from + max(more, 0)
	for col := from; col <= min(s.colAt, maxCols); col++ {
		if truth(attrLast(e, "Hidden")) {
			s.g.HiddenCols = append(s.g.HiddenCols, col)
		}
		if id := attrLast(e, "StyleID"); id != "" {
			s.colStyles[col] = id
		}
	}
}

func (s *sheetRows) begin(e xml.StartElement) error {
	n := s.row + 1
	if at := attrLast(e, "Index"); at != "" {
		var err error
		if n, err = strconv.Atoi(at); err != nil || n <= s.row {
			return errRowOrder
		}
	}
	if n > mostSheetRow {
		return errTooLong
	}
	s.nextRow(n, truth(attrLast(e, "Hidden")))
	s.col, s.rowStyle = 0, attrLast(e, "StyleID")
	if more, err := strconv.Atoi(attrLast(e, "Span")); err == nil && more > 0 { // the next rows are like it, and blank
		s.row += min(more, maxRows)
	}
	return nil
}

func (w *sheetXML) cell(s *sheetRows, e xml.StartElement) error {
	if len(s.g.Rows) == 0 {
		return errRowOrder
	}
	row := s.g.Rows[len(s.g.Rows)-1].N
	col := s.col + 1
	if at := attrLast(e, "Index"); at != "" {
		var err error
		if col, err = strconv.Atoi(at); err != nil || col <= s.col {
			return errRowOrder
		}
	}
	if col > mostSheetCol {
		return errTooWide
	}
	across, _ := strconv.Atoi(attrLast(e, "MergeAcross"))
	down, _ := strconv.Atoi(attrLast(e, "MergeDown"))
	across, down = min(max(across, 0), mostSheetCol), min(max(down, 0), mostSheetRow)
	s.col = col + across
	if across > 0 || down > 0 {
		if err := s.merge(Merge{row, col, row + down, min(col+across, maxCols)}); err != nil {
			return err
		}
	}
	c := Cell{Row: row, Col: col}
	kind, text, found, err := w.data()
	if err != nil {
		return err
	}
	switch {
	case found:
		w.value(&c, kind, text, w.format(attrLast(e, "StyleID"), s.rowStyle, s.colStyles[col]))
	case attrLast(e, "Formula") != "":
		c.Kind = CellNoValue
	}
	if col > maxCols && c.Text != "" {
		return errTooWide
	}
	if c.Text == "" && c.Kind != CellNoValue {
		return nil
	}
	if err := s.check(c); err != nil {
		return err
	}
	last := &s.g.Rows[len(s.g.Rows)-1]
	if n := len(last.Cells); n > 0 && last.Cells[n-1].Col >= col {
		return errRowOrder
	}
	last.Cells = append(last.Cells, c)
	return nil
}

// data reads on to the cell's end. The Data of a comment is none of the cell's.
func (w *sheetXML) data() (kind, text string, found bool, err error) {
	comment, inData := 0, false
	var b strings.Builder
	for {
		e, end, before, err := w.next()
		if err != nil {
			return "", "", false, err
		}
		if inData {
			b.WriteString(before)
		}
		switch {
		case e != nil && e.Name.Local == "Comment":
			comment++
		case e != nil && e.Name.Local == "Data" && comment == 0 && !found:
			kind, found, inData = attrLast(*e, "Type"), true, true
		case end == "Comment":
			comment--
		case end == "Data" && comment == 0:
			inData = false
		case end == "Cell":
			return kind, b.String(), found, nil
		}
	}
}

// format is that of the cell's own style, else the row's, else the column's, each with what it inherits.
func (w *sheetXML) format(styles ...string) Format {
	for _, id := range append(styles, "Default") {
		for depth := 0; id != "" && depth < 8; depth++ {
			if f, ok := w.formats[id]; ok {
				return f
			}
			id = w.parents[id]
		}
	}
	return FormatGeneral
}

func (w *sheetXML) value(c *Cell, kind, text string, format Format) {
	switch kind {
	case "Number":
		n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil {
			c.setText(text)
			return
		}
		c.setNumber(n, format, w.date1904)
	case "DateTime": // 2024-03-15T00:00:00.000: the day itself, whatever the workbook counts from
		day, _, _ := strings.Cut(strings.TrimSpace(text), "T")
		d, err := period.ParseDate(day)
		if err != nil {
			c.setText(text)
			return
		}
		c.setNumber(float64(serial(d)), FormatDate, false)
	case "Boolean":
		c.setBool(truth(strings.TrimSpace(text)))
	case "Error":
		c.Kind = CellError
		c.setText(text)
	default:
		c.setText(text)
	}
}
