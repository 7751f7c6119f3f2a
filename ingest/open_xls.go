package ingest

import (
	"bytes"
	"errors"

	"liandu/internal/xls"
)

// openXLS reads a binary workbook (.xls, .et) into the same grids as openXLSX.
func openXLS(b []byte) (Book, error) {
	book, err := xls.Open(bytes.NewReader(b), int64(len(b)), xls.Limits{Bytes: maxText, Sheets: maxSheets, Cols: maxCols, Cells: maxCells, Text: maxCellRune})
	switch {
	case errors.Is(err, xls.ErrEncrypted):
		return Book{}, refusals[encryptedFile]
	case errors.Is(err, xls.ErrNotWorkbook):
		return Book{}, refusals[oleFile]
	case errors.Is(err, xls.ErrTooLarge):
		return Book{}, errTooManyCells
	case err != nil:
		return Book{}, errDamaged
	}
	var grids []Grid
	var carried []carriedItem
	for _, s := range book.Sheets {
		if s.Type != xls.Worksheet && s.Type != xls.Dialog {
			continue
		}
		g := Grid{Name: s.Name, Hidden: s.Hidden, Date1904: book.Date1904}
		if g.Hidden && g.Name == dictionarySheet {
			own := Grid{}
			own.takeXLS(s)
			carried = carriedIn(own)
		}
		if !g.Hidden {
			g.takeXLS(s)
		}
		grids = append(grids, g)
	}
	return Book{Grids: grids, Macros: bytes.Contains(b, utf16le("_VBA_PROJECT")), Carried: carried}, nil
}

func utf16le(s string) []byte {
	var out []byte
	for _, c := range []byte(s) {
		out = append(out, c, 0)
	}
	return out
}

// takeXLS takes over a sheet's cells, which come by row and column counted from 0.
func (g *Grid) takeXLS(s xls.Sheet) {
	hidden := map[int]bool{}
	for _, n := range s.HiddenRows {
		hidden[n] = true
	}
	for _, n := range s.HiddenCols {
		g.HiddenCols = append(g.HiddenCols, n+1)
	}
	for i, m := range s.Merges {
		if i == maxMerges {
			break
		}
		g.Merges = append(g.Merges, Merge{m.FirstRow + 1, m.FirstCol + 1, m.LastRow + 1, m.LastCol + 1})
	}
	for _, from := range s.Cells {
		c := Cell{Row: int(from.Row) + 1, Col: int(from.Col) + 1}
		c.setText(from.Text)
		switch from.Kind {
		case xls.Number:
			format := FormatGeneral
			switch {
			case from.IsDate():
				format = FormatDate
			case from.IsPercent():
				format = FormatPercent
			}
			c.setNumber(from.Number, format, g.Date1904)
		case xls.Bool:
			c.setBool(from.Number != 0)
		case xls.Error:
			c.Kind = CellError
		}
		if c.Text == "" {
			continue
		}
		if n := len(g.Rows); n == 0 || g.Rows[n-1].N != c.Row {
			g.Rows = append(g.Rows, Row{N: c.Row, Hidden: hidden[c.Row-1]})
		}
		last := &g.Rows[len(g.Rows)-1]
		last.Cells = append(last.Cells, c)
	}
	g.fillMerges()
}
