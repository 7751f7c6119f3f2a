package xls

import (
	"cmp"
	"slices"
)

// readSheet reads the records from behind a sheet's BOF to its EOF.
func (rd *reader) readSheet(sheet *Sheet) error {
	s := rd.newSheet(sheet)
	depth := 1 // charts drawn on a sheet are substreams within it, with numbers of their own
	for {
		at := rd.at
		r, ok := rd.next()
		if !ok {
			return s.damaged(at, "stream ends within the sheet")
		}
		switch {
		case r.id == recBOF:
			depth++
		case r.id == recEOF:
			if depth--; depth == 0 {
				s.finish()
				return nil
			}
		case depth == 1:
			if err := s.take(r); err != nil {
				return err
			}
		}
	}
}

// sheetReader takes in the records of one sheet.
type sheetReader struct {
	*reader
	sheet       *Sheet
	waiting     int // index of the formula cell whose text comes in a String record, or -1
	waitingFont int
	rows        []rowState
	hiddenCols  []bool
	restHidden  bool // rows without a Row record are hidden
}

// rowState is what a Row record said.
type rowState uint8

const (
	rowUnsaid rowState = iota
	rowShown
	rowHidden
)

func (rd *reader) newSheet(sheet *Sheet) *sheetReader {
	return &sheetReader{
		reader:     rd,
		sheet:      sheet,
		waiting:    -1,
		hiddenCols: make([]bool, rd.limits.Cols),
	}
}

// take reads one record of a sheet; those of no use pass.
func (s *sheetReader) take(r record) error {
	switch r.id {
	case recRow:
		s.setRow(r.u16(0), len(r.data) > 12 && r.data[12]&0x20 != 0)
	case recRow2:
		s.setRow(r.u16(0), len(r.data) >= 8 && r.u16(6)&0x7FFF == 0)
	case recDefRowHeight:
		s.restHidden = s.version >= 3 && r.u16(0)&0x02 != 0
	case recColInfo:
		s.hideCols(r.u16(0), r.u16(2), r.u16(8)&0x01 != 0 || len(r.data) >= 6 && r.u16(4) == 0)
	case recColWidth2:
		if len(r.data) >= 4 {
			s.hideCols(int(r.data[0]), int(r.data[1]), r.u16(2) == 0)
		}
	case recMergeCells:
		return s.addMerges(r)
	case recWsBool:
		if s.version >= 5 && r.u16(0)&0x0010 != 0 {
			s.sheet.Type = Dialog
		}
	default:
		return s.takeCell(r)
	}
	return nil
}

// setRow keeps a Row record, [MS-XLS] 2.4.234.
func (s *sheetReader) setRow(row int, hidden bool) {
	for len(s.rows) <= row {
		s.rows = append(s.rows, rowUnsaid)
	}
	s.rows[row] = rowShown
	if hidden {
		s.rows[row] = rowHidden
	}
}

// hideCols keeps a ColInfo record, [MS-XLS] 2.4.53.
func (s *sheetReader) hideCols(first, last int, hidden bool) {
	for c := first; c <= last && c < len(s.hiddenCols); c++ {
		s.hiddenCols[c] = hidden
	}
}

// addMerges keeps a MergeCells record, [MS-XLS] 2.4.168. What lies outside the limits is cut off.
func (s *sheetReader) addMerges(r record) error {
	n := min(r.u16(0), max(len(r.data)-2, 0)/8)
	for i := range n {
		at := 2 + 8*i
		m := Range{FirstRow: r.u16(at), LastRow: r.u16(at + 2), FirstCol: r.u16(at + 4), LastCol: r.u16(at + 6)}
		m.LastRow, m.LastCol = min(m.LastRow, s.limits.Rows-1), min(m.LastCol, s.limits.Cols-1)
		if m.FirstRow > m.LastRow || m.FirstCol > m.LastCol {
			continue
		}
		if s.budget--; s.budget < 0 {
			return &LimitError{What: "cells", Limit: int64(s.limits.Cells)}
		}
		s.sheet.Merges = append(s.sheet.Merges, m)
	}
	return nil
}

// finish puts the cells in order and lists what is hidden.
func (s *sheetReader) finish() {
	if s.sheet.Type == Dialog {
		s.sheet.Cells, s.sheet.Merges = nil, nil
		return
	}
	byPlace := func(a, b Cell) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col)) }
	cells := s.sheet.Cells
	if !slices.IsSortedFunc(cells, byPlace) {
		slices.SortStableFunc(cells, byPlace)
	}
	kept := cells[:0]
	for i, c := range cells { // of two cells at one place the later counts, as in Excel
		if i+1 < len(cells) && byPlace(c, cells[i+1]) == 0 {
			continue
		}
		kept = append(kept, c)
	}
	s.sheet.Cells = kept
	if s.restHidden {
		for _, c := range kept {
			for len(s.rows) <= int(c.Row) {
				s.rows = append(s.rows, rowUnsaid)
			}
			if s.rows[c.Row] == rowUnsaid {
				s.rows[c.Row] = rowHidden
			}
		}
	}
	for row, state := range s.rows {
		if state == rowHidden {
			s.sheet.HiddenRows = append(s.sheet.HiddenRows, row)
		}
	}
	for col, hidden := range s.hiddenCols {
		if hidden {
			s.sheet.HiddenCols = append(s.sheet.HiddenCols, col)
		}
	}
}

func (s *sheetReader) damaged(at int, what string) error {
	return &DamagedError{Offset: int64(at), InStream: true, Sheet: s.sheet.Name, What: what}
}
