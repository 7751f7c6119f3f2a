package xls

import "math"

// readSingle reads a stream that begins with a sheet: BIFF2, 3 and 4, whose workbook is one sheet that holds its fonts
// and formats itself; a BIFF4 workbook, whose sheets follow each other inside it, each behind a header with its name;
// and a lone sheet of BIFF5 or 8.
func (rd *reader) readSingle() ([]Sheet, error) {
	var (
		sheets []Sheet
		open   []*sheetReader // of the substreams around the cursor; nil for what is no worksheet
		name   = "Sheet1"
	)
	for {
		at := rd.at
		r, ok := rd.next()
		if !ok {
			return nil, rd.damaged(at, "stream ends within a sheet")
		}
		switch r.id {
		case recBOF2, recBOF3, recBOF4, recBOF:
			var s *sheetReader
			if len(open) == 0 || open[len(open)-1] == nil && rd.version == 4 {
				sheet := Sheet{Name: name, Type: typeOf(r, Worksheet)}
				if sheet.Type == Worksheet && r.u16(2) != bofWorkbook4 {
					s = rd.newSheet(&sheet)
				}
				if r.u16(2) != bofWorkbook4 {
					if len(sheets) >= rd.limits.Sheets {
						return nil, &LimitError{What: "sheets", Limit: int64(rd.limits.Sheets)}
					}
					sheets = append(sheets, sheet)
				}
			}
			open = append(open, s)
			continue
		case recEOF:
			if s := open[len(open)-1]; s != nil {
				s.finish()
				sheets[len(sheets)-1] = *s.sheet
			}
			if open = open[:len(open)-1]; len(open) > 0 {
				continue
			}
			if len(sheets) == 0 {
				return nil, rd.damaged(at, "workbook without a sheet")
			}
			return sheets, nil
		case recSheetHeader:
			p := rd.continued(r)
			p.skip(4)
			name, _ = rd.byteString(p, 1, 0)
			continue
		}
		if err := rd.global(r); err != nil {
			return nil, err
		}
		if s := open[len(open)-1]; s != nil {
			if err := s.take(r); err != nil {
				return nil, err
			}
		}
	}
}

// cellSizes2 are the cell records of BIFF2 and the least length of each. Some writers use them in BIFF3 and 4 too.
var cellSizes2 = map[uint16]int{recInteger2: 9, recNumber2: 15, recLabel2: 8, recBoolErr2: 9, recFormula: 15}

// takeCell2 reads a cell record of BIFF2: row, column, three bytes of attributes with the format's number in the
// second, and the value.
func (s *sheetReader) takeCell2(r record) error {
	s.waiting = -1
	if len(r.data) < cellSizes2[r.id] {
		return s.damaged(r.at, "cell record cut short")
	}
	cell := Cell{Row: int32(r.u16(0)), Col: int32(r.u16(2)), Format: s.format(int(r.data[5] & 0x3F))}
	value := r.data[7:]
	switch r.id {
	case recInteger2:
		cell.setNumber(float64(le.Uint16(value)))
	case recNumber2:
		cell.setNumber(math.Float64frombits(le.Uint64(value)))
	case recBoolErr2:
		cell.setBoolErr(value[0], value[1])
	case recLabel2:
		text, err := s.text(r, 7, 0)
		if err != nil {
			return err
		}
		cell.Kind, cell.Text = Text, text
	case recFormula:
		return s.addFormula(cell, 0, value)
	}
	return s.add(cell)
}
