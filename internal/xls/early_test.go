package xls

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// earlyStream is a stream whose only sheet holds everything.
type earlyStream [][]byte

func (s earlyStream) bytes() []byte { return join(s...) }

// biff2 is what old programs export: no code page, text as their Windows had it.
func biff2() earlyStream {
	cell := func(row, col, format int) []byte { return join(u16(row, col), []byte{0, byte(format), 0}) }
	return earlyStream{
		rec(recBOF2, u16(2, bofWorksheet)),
		rec(recFormat2, short([]byte("General"), 1)),
		rec(recFormat2, short([]byte("yyyy-mm-dd"), 1)),
		rec(recRow2, u16(1, 0, 9, 0, 0)),
		rec(recColWidth2, []byte{3, 4}, u16(0)),
		rec(recLabel2, cell(0, 0, 0), short(gbk("单位"), 1)),
		rec(recInteger2, cell(0, 1, 0), u16(65535)),
		rec(recNumber2, cell(0, 2, 1), f64(45366)),
		rec(recBoolErr2, cell(0, 3, 0), []byte{1, 0}),
		rec(recFormula, cell(1, 0, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, []byte{0, 0}),
		rec(recString2, short(gbk("合计"), 1)),
		rec(recFormula, cell(1, 1, 0), f64(-1.5), []byte{0, 0}),
		rec(recEOF),
	}
}

func TestBIFF2(t *testing.T) {
	t.Parallel()
	plain, date := &Format{Code: "General"}, &Format{ID: 1, Code: "yyyy-mm-dd", Date: true}
	want := &Book{Version: 2, Sheets: []Sheet{{
		Name: "Sheet1",
		Cells: []Cell{
			{Kind: Text, Text: "单位", Format: plain},
			{Col: 1, Kind: Number, Number: 65535, Format: plain},
			{Col: 2, Kind: Number, Number: 45366, Format: date},
			{Col: 3, Kind: Bool, Number: 1, Format: plain},
			{Row: 1, Kind: Text, Text: "合计", Formula: true, Format: plain},
			{Row: 1, Col: 1, Kind: Number, Number: -1.5, Formula: true, Format: plain},
		},
		HiddenRows: []int{1},
		HiddenCols: []int{3, 4},
	}}}
	if diff := cmp.Diff(want, open(t, biff2().bytes())); diff != "" {
		t.Errorf("BIFF2 (-want +got):\n%s", diff)
	}
}

func TestBIFF3And4(t *testing.T) {
	t.Parallel()
	for version, ids := range map[int]struct{ bof, xf, formula int }{3: {recBOF3, recXF3, recFormula3}, 4: {recBOF4, recXF4, recFormula4}} {
		b := open(t, join(
			rec(ids.bof, u16(0, bofWorksheet, 0)),
			rec(recCodePage, u16(936)),
			rec(ids.xf, []byte{0, 0}, make([]byte, 10)),
			rec(ids.xf, []byte{0, 14}, make([]byte, 10)),
			rec(recLabel, at(0, 0, 0), short(gbk("单位"), 2)),
			rec(recRK, at(0, 1, 0), u32(-150<<2|3)),
			rec(recNumber, at(0, 2, 1), f64(45366)),
			rec(ids.formula, at(0, 3, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 4)),
			rec(recString, short(gbk("合计"), 2)),
			rec(recEOF),
		))
		c := b.Sheets[0].Cells
		if b.Version != version || len(c) != 4 || c[0].Text != "单位" || c[1].Number != -1.5 || !c[2].IsDate() || c[3].Text != "合计" {
			t.Errorf("BIFF%d = %+v", version, b)
		}
	}
}

// TestBIFF4Workbook: the sheets of a BIFF4 workbook lie within it, each behind a header with its name.
func TestBIFF4Workbook(t *testing.T) {
	t.Parallel()
	inner := func(name string, kind int, value float64) []byte {
		return join(rec(recSheetHeader, u32(0), short(gbk(name), 1)), rec(recBOF4, u16(0, kind, 0)), rec(recNumber, at(0, 0, 0), f64(value)), rec(recEOF))
	}
	b := open(t, join(rec(recBOF4, u16(0, bofWorkbook4, 0)), rec(recCodePage, u16(936)), inner("一季度", bofWorksheet, 1),
		inner("图", 0x20, 2), inner("二季度", bofWorksheet, 3), rec(recEOF)))
	cell := func(n float64) []Cell { return []Cell{{Kind: Number, Number: n, Format: general}} }
	want := []Sheet{{Name: "一季度", Cells: cell(1)}, {Name: "图", Type: Chart}, {Name: "二季度", Cells: cell(3)}}
	if diff := cmp.Diff(want, b.Sheets); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
}
