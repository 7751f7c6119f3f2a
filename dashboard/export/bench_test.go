package export_test

import (
	"io"
	"testing"

	"github.com/xuri/excelize/v2"
)

// BenchmarkBriefing writes the invented city's briefing (about 200 rows on eight sheets) and, in the same run, the same
// cells through the library alone: its stream, and its row by row writer. performance.md, xlsx-briefing: at least 0.7
// times the bare stream and 2.5 times row by row.
func BenchmarkBriefing(b *testing.B) {
	paper := withZone(b, briefing(b))
	sheets := cells(b, write(b, paper))
	b.Run("briefing", func(b *testing.B) {
		for b.Loop() {
			if err := paper.Write(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare-stream", func(b *testing.B) {
		for b.Loop() {
			if err := bare(sheets, streamRows); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("set-sheet-row", func(b *testing.B) {
		for b.Loop() {
			if err := bare(sheets, setRows); err != nil {
				b.Fatal(err)
			}
		}
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
