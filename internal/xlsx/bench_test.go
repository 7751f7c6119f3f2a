package xlsx_test

import (
	"fmt"
	"io"
	"testing"

	"github.com/xuri/excelize/v2"

	"liandu/internal/period"
	"liandu/internal/testkit"
	"liandu/internal/xlsx"
)

// BenchmarkLedger writes a ledger of 5000 rows and 15 columns, typed and styled, against the same cells through the
// library alone, by turns: its stream, and its row by row writer (performance.md, xlsx-briefing).
func BenchmarkLedger(b *testing.B) {
	t := bigLedger(5000)
	ours := func() error { return xlsx.WriteTable(io.Discard, at, t) }
	b.Run("bare-stream", func(b *testing.B) {
		testkit.Ratio(b, 0.7, ours, func() error { return bare(t, streamRow) })
	})
	b.Run("set-sheet-row", func(b *testing.B) {
		testkit.Ratio(b, 2.5, ours, func() error { return bare(t, sheetRow) })
	})
}

func bigLedger(rows int) xlsx.Table {
	t := xlsx.Table{Name: "台账", Title: "台账", Freeze: 2, Filter: true}
	for i := range 15 {
		t.Columns = append(t.Columns, xlsx.Head(fmt.Sprintf("第%d列", i+1)))
	}
	for n := range rows {
		var cells []xlsx.Cell
		for i := range 15 {
			switch i % 5 {
			case 0:
				cells = append(cells, xlsx.Int(int64(n)))
			case 1:
				cells = append(cells, xlsx.Date(period.MustDate("2024-06-18").AddDays(n%300)))
			case 2:
				cells = append(cells, xlsx.Rate(int64(n%7), 7))
			default:
				cells = append(cells, xlsx.Text(fmt.Sprintf("建成第%d职工服务中心并投入使用", n%500)))
			}
		}
		t.Rows = append(t.Rows, xlsx.BodyRow(cells...))
	}
	return t
}

func bare(t xlsx.Table, rows func(*excelize.File, [][]any, int) error) error {
	f := excelize.NewFile()
	defer f.Close()
	style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: "宋体", Size: 10}})
	if err != nil {
		return err
	}
	values := make([][]any, len(t.Rows))
	for i, row := range t.Rows {
		for j, c := range row.Cells {
			var v any = c.String()
			if c.IsNumber() {
				v = float64(i + j)
			}
			values[i] = append(values[i], v)
		}
	}
	if err := rows(f, values, style); err != nil {
		return err
	}
	_, err = f.WriteTo(io.Discard)
	return err
}

func streamRow(f *excelize.File, rows [][]any, style int) error {
	sw, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	for i, row := range rows {
		for j, v := range row {
			row[j] = excelize.Cell{StyleID: style, Value: v}
		}
		if err := sw.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			return err
		}
	}
	return sw.Flush()
}

func sheetRow(f *excelize.File, rows [][]any, style int) error {
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			return err
		}
	}
	return f.SetCellStyle("Sheet1", "A1", fmt.Sprintf("O%d", len(rows)), style)
}
