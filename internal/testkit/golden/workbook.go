package golden

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Workbook returns an .xlsx as text to compare: for each sheet its defined names and merged cells, then its rows with
// tabs between cells. A text cell is in quotes, a line break in it is ⏎; a number, rate or date stands as it is shown. A formula fails the test.
func Workbook(t testing.TB, book []byte) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatalf("open workbook: %v", err)
	}
	defer f.Close()
	var out strings.Builder
	for _, sheet := range f.GetSheetList() {
		fmt.Fprintf(&out, "== %s\n", sheet)
		for _, n := range f.GetDefinedName() {
			if n.Scope == sheet {
				fmt.Fprintf(&out, "%s %s\n", n.Name, n.RefersTo)
			}
		}
		merged, err := f.GetMergeCells(sheet)
		if err != nil {
			t.Fatalf("merged cells of %s: %v", sheet, err)
		}
		for _, m := range merged {
			fmt.Fprintf(&out, "merged %s:%s\n", m.GetStartAxis(), m.GetEndAxis())
		}
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatalf("rows of %s: %v", sheet, err)
		}
		for i, row := range rows {
			for j, shown := range row {
				if shown != "" {
					row[j] = cell(t, f, sheet, j+1, i+1)
				}
			}
			fmt.Fprintf(&out, "%d\t%s\n", i+1, strings.TrimRight(strings.Join(row, "\t"), "\t"))
		}
	}
	return out.String()
}

func cell(t testing.TB, f *excelize.File, sheet string, col, row int) string {
	t.Helper()
	ref, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := f.GetCellValue(sheet, ref)
	if err != nil {
		t.Fatalf("cell %s!%s: %v", sheet, ref, err)
	}
	formula, err := f.GetCellFormula(sheet, ref)
	if err != nil || formula != "" {
		t.Errorf("cell %s!%s is a formula: %q, %v", sheet, ref, formula, err)
	}
	kind, err := f.GetCellType(sheet, ref)
	if err != nil {
		t.Fatalf("cell %s!%s: %v", sheet, ref, err)
	}
	if shown != "" && (kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString) {
		return `"` + strings.ReplaceAll(shown, "\n", "⏎") + `"`
	}
	return strings.TrimSpace(shown)
}
