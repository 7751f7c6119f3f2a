package xls

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSheetTypes: tabs that are no worksheets are named and empty; a BOF outweighs the announcement.
func TestSheetTypes(t *testing.T) {
	t.Parallel()
	number := rec(recRK, at(0, 0, 0), u32(1<<2|2))
	tab := func(name string, kind byte, bof int, records ...[]byte) testSheet {
		s := sheet(name, records...)
		s.kind, s.bof = kind, bof
		return s
	}
	b := open(t, biff8(nil,
		tab("图", 2, 0x0020, number),
		tab("宏", 1, 0x0040, number),
		tab("模块", 6, 0x0006, number),
		tab("对话", 0, bofWorksheet, rec(recWsBool, u16(0x0010)), number),
		tab("表", 0, bofWorksheet, number),
		tab("误称图", 2, bofWorksheet, number),
	).file())
	type row struct {
		Name  string
		Type  string
		Cells int
	}
	var got []row
	for _, s := range b.Sheets {
		got = append(got, row{s.Name, s.Type.String(), len(s.Cells)})
	}
	want := []row{
		{"图", "chart", 0}, {"宏", "macro sheet", 0}, {"模块", "module", 0}, {"对话", "dialog", 0},
		{"表", "worksheet", 1}, {"误称图", "worksheet", 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	if got := SheetType(9).String(); got != "sheet type 9" {
		t.Errorf("String = %q", got)
	}
}

// TestSheetPlaces: tabs may be in another order than their records, be announced at wrong places altogether, or lack
// their BOF.
func TestSheetPlaces(t *testing.T) {
	t.Parallel()
	one, two := sheet("一", rec(recRK, at(0, 0, 0), u32(1<<2|2))), sheet("二", rec(recRK, at(0, 0, 0), u32(2<<2|2)))
	check := func(name string, b *Book, want ...float64) {
		t.Helper()
		var got []float64
		for _, s := range b.Sheets {
			got = append(got, s.Cells[0].Number)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: first cells %v, want %v", name, got, want)
		}
	}
	swapped := biff8(nil, one, two)
	var places []int
	swapped.shift = func(i, offset int) int { places = append(places, offset); return offset }
	swapped.stream()
	swapped.shift = func(i, offset int) int { return places[1-i] }
	check("swapped", open(t, swapped.file()), 2, 1)

	lost := biff8(nil, one, two)
	lost.shift = func(i, offset int) int { return 1 + i }
	check("wrong places", open(t, lost.file()), 1, 2)

	stream := biff8(nil, one, two).stream()
	bof := slices.Concat(u16(recBOF, 16), u16(0x0600, bofWorksheet))
	from := slices.Index(stream, recEOF&0xFF) // only to be sure the search below starts behind the globals
	for i := len(stream) - len(bof); i > from; i-- {
		if slices.Equal(stream[i:i+len(bof)], bof) { // make the last sheet's BOF an unknown record
			copy(stream[i:], u16(0x0FFF))
			break
		}
	}
	check("BOF missing", open(t, compound("Workbook", stream)), 1, 2)

	lone := slices.Concat(rec(recBOF, u16(0x0600, bofWorksheet)), rec(recNumber, at(0, 0, 0), f64(7)), rec(recBOF, u16(0x0600, 0x20)),
		rec(recNumber, at(0, 1, 0), f64(9)), rec(recEOF), rec(recEOF))
	check("lone sheet", open(t, compound("Workbook", lone)), 7)
}

// TestHiddenByDefault: a sheet may hide all rows that have no Row record of their own.
func TestHiddenByDefault(t *testing.T) {
	t.Parallel()
	b := open(t, biff8(nil, sheet("表",
		rec(recDefRowHeight, u16(0x0002, 0)),
		rec(recRow, u16(0, 0, 1, 255, 0, 0, 0x100, 15)),
		rec(recRK, at(0, 0, 0), u32(2)),
		rec(recRK, at(3, 0, 0), u32(2)),
	)).file())
	if got, want := b.Sheets[0].HiddenRows, []int{3}; !slices.Equal(got, want) {
		t.Errorf("HiddenRows = %v, want %v", got, want)
	}
}

// TestOddRanges: merges that run backwards are dropped and those that run off the sheet are cut; a column may be
// hidden by its width and shown again by a later record.
func TestOddRanges(t *testing.T) {
	t.Parallel()
	b := open(t, biff8(nil, sheet("表",
		rec(recMergeCells, u16(9), u16(5, 4, 0, 0), u16(0, 65535, 250, 300), u16(1, 1, 300, 301)),
		rec(recMergeCells),
		rec(recColInfo, u16(1, 2, 0, 0, 0, 0)),
		rec(recColInfo, u16(2, 2, 900, 0, 0, 0)),
		rec(recColInfo, u16(255, 65535, 900, 0, 1, 0)),
	)).file())
	if diff := cmp.Diff([]Range{{LastRow: 65535, FirstCol: 250, LastCol: 255}}, b.Sheets[0].Merges); diff != "" {
		t.Errorf("Merges (-want +got):\n%s", diff)
	}
	if got, want := b.Sheets[0].HiddenCols, []int{1, 255}; !slices.Equal(got, want) {
		t.Errorf("HiddenCols = %v, want %v", got, want)
	}
}
