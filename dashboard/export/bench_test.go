package export_test

import (
	"io"
	"testing"

	"github.com/xuri/excelize/v2"

	"liandu/internal/testkit"
)

// BenchmarkBriefing writes the invented city's briefing (about 200 rows on eight sheets, styled, with three charts)
// against the same cells through the library alone, by turns: its stream, and its row by row writer. At this size what
// the peers do not do weighs as much as the rows: styles, charts, eight sheets' print settings. What the rows cost is
// BenchmarkLedger of package xlsx.
func BenchmarkBriefing(b *testing.B) {
	paper := withZone(b, briefing(b))
	sheets := cells(b, write(b, paper))
	ours := func() error { return paper.Write(io.Discard) }
	b.Run("bare-stream", func(b *testing.B) {
		testkit.Ratio(b, 0.3, ours, func() error { return bare(sheets, streamRows) })
	})
	b.Run("set-sheet-row", func(b *testing.B) {
		testkit.Ratio(b, 0.7, ours, func() error { return bare(sheets, setRows) })
	})
}

// sheet is a sheet's cells without their look.
type sheet struct {
	name string
	rows [][]any
}

func cells(b *testing.B, book []byte) []sheet {
	b.Helper()
	f := open(b, book)
	var out []sheet
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			b.Fatal(err)
		}
		s := sheet{name: name}
		for _, row := range rows {
			values := make([]any, len(row))
			for i, v := range row {
				values[i] = v
			}
			s.rows = append(s.rows, values)
		}
		out = append(out, s)
	}
	return out
}

func bare(sheets []sheet, put func(*excelize.File, sheet, int) error) error {
	f := excelize.NewFile()
	defer f.Close()
	style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: "宋体", Size: 10}})
	if err != nil {
		return err
	}
	for _, s := range sheets {
		if _, err := f.NewSheet(s.name); err != nil {
			return err
		}
		if err := put(f, s, style); err != nil {
			return err
		}
	}
	_, err = f.WriteTo(io.Discard)
	return err
}

func streamRows(f *excelize.File, s sheet, style int) error {
	sw, err := f.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	for i, row := range s.rows {
		values := make([]any, len(row))
		for j, v := range row {
			values[j] = excelize.Cell{StyleID: style, Value: v}
		}
		ref, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := sw.SetRow(ref, values); err != nil {
			return err
		}
	}
	return sw.Flush()
}

func setRows(f *excelize.File, s sheet, style int) error {
	for i, row := range s.rows {
		ref, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := f.SetSheetRow(s.name, ref, &row); err != nil {
			return err
		}
		last, err := excelize.CoordinatesToCellName(max(len(row), 1), i+1)
		if err != nil {
			return err
		}
		if err := f.SetCellStyle(s.name, ref, last, style); err != nil {
			return err
		}
	}
	return nil
}
