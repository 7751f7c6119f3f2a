package ingest

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// rebuild writes a book as a plain .xlsx: its values and merged cells as read, dates and percentages as such.
func rebuild(book Book) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	r := &rebuilder{f: f}
	var err error
	for _, s := range []struct {
		number *int
		format string
	}{{&r.date, "yyyy-mm-dd"}, {&r.percent, "0.##%"}} {
		if *s.number, err = f.NewStyle(&excelize.Style{CustomNumFmt: &s.format}); err != nil {
			return nil, fmt.Errorf("style: %w", err)
		}
	}
	taken := map[string]bool{}
	for i, g := range book.Grids {
		name := g.Name
		if taken[name] || name == "" {
			return nil, fmt.Errorf("sheet %q stands twice", name)
		}
		taken[name] = true
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", name, err)
		}
		if err := r.sheet(g); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", name, err)
		}
	}
	if len(book.Grids) > 0 && book.Grids[0].Date1904 {
		yes := true
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			return nil, err
		}
	}
	for _, g := range book.Grids {
		if g.Hidden {
			if err := f.SetSheetVisible(g.Name, false); err != nil {
				return nil, err
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("write: %w", err)
	}
	return out.Bytes(), nil
}

type rebuilder struct {
	f             *excelize.File
	date, percent int
}

func (r *rebuilder) sheet(g Grid) error {
	widest := map[int]int{}
	for _, row := range g.Rows {
		for _, c := range row.Cells {
			if c.Down || c.Across {
				continue
			}
			if err := r.cell(g.Name, c); err != nil {
				return err
			}
			widest[c.Col] = max(widest[c.Col], min(2*len([]rune(c.Text))+2, 40))
		}
		if row.Hidden {
			if err := r.f.SetRowVisible(g.Name, row.N, false); err != nil {
				return err
			}
		}
	}
	for col, w := range widest {
		if err := r.f.SetColWidth(g.Name, letters(col), letters(col), float64(max(w, 9))); err != nil {
			return err
		}
	}
	for _, col := range g.HiddenCols {
		if err := r.f.SetColVisible(g.Name, letters(col), false); err != nil {
			return err
		}
	}
	for _, m := range g.Merges {
		if m.Bottom > 1<<20 || m.Right > 1<<14 || m.Top == m.Bottom && m.Left == m.Right {
			continue
		}
		if err := r.f.MergeCell(g.Name, ref(m.Left, m.Top), ref(m.Right, m.Bottom)); err != nil {
			return err
		}
	}
	return nil
}

func (r *rebuilder) cell(sheet string, c Cell) error {
	at := c.Ref()
	switch c.Kind {
	case CellNumber:
		if err := r.f.SetCellFloat(sheet, at, c.Number, -1, 64); err != nil {
			return err
		}
		switch c.Format {
		case FormatDate:
			return r.f.SetCellStyle(sheet, at, at, r.date)
		case FormatPercent:
			return r.f.SetCellStyle(sheet, at, at, r.percent)
		}
		return nil
	case CellBool:
		return r.f.SetCellBool(sheet, at, c.Text == "是")
	case CellNoValue:
		return nil
	}
	return r.f.SetCellStr(sheet, at, literal(c.Text))
}
