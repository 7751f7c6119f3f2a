package xls

import (
	"fmt"
	"math"
	"unicode/utf16"
)

// Kind is what a cell holds. The zero Cell is blank; Sheet.Cells lists no blank ones.
type Kind uint8

// The kinds.
const (
	Blank Kind = iota
	Number
	Text
	Bool
	Error
)

// Cell is one cell that holds something. Row and Col count from 0.
type Cell struct {
	Row, Col int32
	Kind     Kind
	Formula  bool    // the value is the one kept with a formula, as last calculated by whoever saved the file
	Stale    bool    // and it asks to be calculated on opening: a 0 here may never have been (see addFormula)
	Number   float64 // Number; Bool: 1 or 0
	Text     string  // Text, perhaps ""; Error: #N/A and the like
	Format   *Format // nil only in a blank cell; shared by all cells of the same format
}

// IsDate reports that the cell is a number shown as a date, a time or a duration.
func (c Cell) IsDate() bool { return c.Kind == Number && c.Format != nil && c.Format.Date }

// IsPercent reports that the cell is a number shown as a percentage: 0.8 for 80%.
func (c Cell) IsPercent() bool { return c.Kind == Number && c.Format != nil && c.Format.Percent }

// takeCell reads the records that hold values. All begin with row, column and XF number, [MS-XLS] 2.5.13 Cell; what
// the early formats do otherwise is in early.go.
func (s *sheetReader) takeCell(r record) error {
	if r.id == recString || r.id == recString2 {
		return s.takeString(r)
	}
	if s.version <= 4 {
		if _, known := cellSizes2[r.id]; known {
			return s.takeCell2(r)
		}
	}
	need, known := cellSizes[r.id]
	if !known {
		return nil
	}
	s.waiting = -1
	if len(r.data) < need {
		return s.damaged(r.at, fmt.Sprintf("cell record 0x%04X cut short", r.id))
	}
	cell := Cell{Row: int32(r.u16(0)), Col: int32(r.u16(2))}
	xfIndex, rest := r.u16(4), r.data[6:]
	if r.id == recMulRK {
		return s.takeMulRK(r)
	}
	cell.Format = s.formatOf(xfIndex)
	switch r.id {
	case recNumber:
		cell.setNumber(math.Float64frombits(le.Uint64(rest)))
	case recRK:
		cell.setNumber(rk(le.Uint32(rest)))
	case recBoolErr:
		cell.setBoolErr(rest[0], rest[1])
	case recLabelSST:
		i := le.Uint32(rest)
		if int64(i) >= int64(len(s.sst.texts)) {
			return s.damaged(r.at, fmt.Sprintf("shared text %d is missing (table at byte %d)", i, s.sst.at))
		}
		cell.Kind, cell.Text = Text, s.sst.texts[i]
	case recLabel, recRString:
		text, err := s.text(r, 6, s.fontOf(xfIndex))
		if err != nil {
			return err
		}
		cell.Kind, cell.Text = Text, text
	case recFormula, recFormula3, recFormula4:
		return s.addFormula(cell, s.fontOf(xfIndex), rest)
	}
	return s.add(cell)
}

// cellSizes are the cell records and the least length of each.
var cellSizes = map[uint16]int{
	recNumber: 14, recRK: 10, recMulRK: 12, recBoolErr: 8, recLabelSST: 10, recLabel: 8, recRString: 8, recFormula: 14,
	recFormula3: 14, recFormula4: 14,
}

// add keeps a cell if the limits allow it.
func (s *sheetReader) add(c Cell) error {
	limit := func(what string, n int) error {
		return &LimitError{What: what, Limit: int64(n), Sheet: s.sheet.Name}
	}
	switch {
	case int(c.Row) >= s.limits.Rows:
		return limit("rows", s.limits.Rows)
	case int(c.Col) >= s.limits.Cols:
		return limit("columns", s.limits.Cols)
	case s.budget <= 0:
		return limit("cells", s.limits.Cells)
	}
	s.budget--
	s.sheet.Cells = append(s.sheet.Cells, c)
	return nil
}

// takeMulRK reads a run of numbers in one row, [MS-XLS] 2.4.175: XF and RK for each, the last column at the end.
func (s *sheetReader) takeMulRK(r record) error {
	first := r.u16(2)
	n := (len(r.data) - 6) / 6
	if last := r.u16(len(r.data) - 2); last-first+1 != n {
		return s.damaged(r.at, "a run of numbers and its columns do not agree")
	}
	for i := range n {
		at := 4 + 6*i
		c := Cell{Row: int32(r.u16(0)), Col: int32(first + i), Format: s.formatOf(r.u16(at))}
		c.setNumber(rk(le.Uint32(r.data[at+2:])))
		if err := s.add(c); err != nil {
			return err
		}
	}
	return nil
}

// rk decodes an RkNumber, [MS-XLS] 2.5.217: the top 30 bits of a float64, or a signed integer of 30 bits; either may
// stand for a hundredth of itself.
func rk(v uint32) float64 {
	var f float64
	if v&0x02 != 0 {
		f = float64(int32(v) >> 2)
	} else {
		f = math.Float64frombits(uint64(v&^0x03) << 32)
	}
	if v&0x01 != 0 {
		f /= 100
	}
	return f
}

// setNumber sets a number. What is none cannot be typed into a cell and is shown as the error Excel has for it.
func (c *Cell) setNumber(f float64) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		c.Kind, c.Text = Error, "#NUM!"
		return
	}
	c.Kind, c.Number = Number, f
}

// setBoolErr sets a value of BoolErr, [MS-XLS] 2.5.10 Bes.
func (c *Cell) setBoolErr(value, isError byte) {
	switch {
	case isError != 0:
		c.Kind, c.Text = Error, errorText(value)
	case value != 0:
		c.Kind, c.Number = Bool, 1
	default:
		c.Kind = Bool
	}
}

// errorText gives the words of an error number, [MS-XLS] 2.5.11 BErr.
func errorText(code byte) string {
	if text, ok := errorTexts[code]; ok {
		return text
	}
	return fmt.Sprintf("#ERR%d!", code)
}

var errorTexts = map[byte]string{
	0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
	0x2B: "#GETTING_DATA",
}

// addFormula keeps the value saved with a formula, [MS-XLS] 2.5.133 FormulaValue: a number, or another value marked by
// its last two bytes. A text follows in a String record of its own. The flags behind the value may ask for calculation
// on opening (1 always, 2 on load): programs that calculate nothing leave 0 as the value and ask; LibreOffice asks for
// every formula, after calculating it.
func (s *sheetReader) addFormula(c Cell, font int, value []byte) error {
	c.Formula = true
	c.Stale = s.version > 2 && len(value) >= 10 && value[8]&0x03 != 0
	if le.Uint16(value[6:]) != 0xFFFF {
		c.setNumber(math.Float64frombits(le.Uint64(value)))
		return s.add(c)
	}
	switch value[0] {
	case 0:
		c.Kind = Text
		if err := s.add(c); err != nil {
			return err
		}
		s.waiting, s.waitingFont = len(s.sheet.Cells)-1, font
		return nil
	case 1:
		c.setBoolErr(value[2], 0)
	case 2:
		c.setBoolErr(value[2], 1)
	case 3:
		c.Kind = Text
	default:
		c.Kind, c.Text = Error, "#NUM!"
	}
	return s.add(c)
}

// takeString reads the text of the formula before it, [MS-XLS] 2.4.268. ShrFmla, Array or Table records may lie
// between the two.
func (s *sheetReader) takeString(r record) error {
	if s.waiting < 0 {
		return nil
	}
	cell := &s.sheet.Cells[s.waiting]
	s.waiting = -1
	text, err := s.text(r, 0, s.waitingFont)
	if err != nil {
		return err
	}
	cell.Text = text
	return nil
}

// text reads the text that begins at a place in a record and may go on in Continue records.
func (s *sheetReader) text(r record, at int64, font int) (string, error) {
	p := s.continued(r)
	var (
		text string
		ok   bool
	)
	if !p.skip(at) {
		return "", s.damaged(r.at, "text cut short")
	}
	if s.version == 8 {
		var n int
		if n, ok = p.u16(); ok {
			text, ok = p.unicode(n)
		}
	} else {
		text, ok = s.byteString(p, lengthSize(r.id), font)
	}
	if !ok {
		return "", s.damaged(r.at, "text cut short")
	}
	if len(text) > s.limits.Text && utf16Len(text) > s.limits.Text {
		return "", &LimitError{What: "characters in a text", Limit: int64(s.limits.Text), Sheet: s.sheet.Name}
	}
	return text, nil
}

// lengthSize is the size of the length before a byte string.
func lengthSize(id uint16) int {
	if id == recLabel2 || id == recString2 {
		return 1
	}
	return 2
}

func (s *sheetReader) fontOf(xfIndex int) int {
	if xfIndex < len(s.xfs) {
		return s.xfs[xfIndex].font
	}
	return 0
}

func utf16Len(text string) int {
	n := 0
	for _, r := range text {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
