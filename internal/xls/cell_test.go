package xls

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// general is the format of cells without one.
var general = &Format{Code: "General"}

func TestCellKinds(t *testing.T) {
	t.Parallel()
	cached := func(b ...byte) []byte { return append(b, 0xFF, 0xFF) }
	behind := make([]byte, 8) // flags and an empty expression behind a formula's value
	tests := []struct {
		name    string
		records []byte
		want    []Cell
	}{
		{"Number", rec(recNumber, at(0, 1, 0), f64(1234.5)), []Cell{{Col: 1, Kind: Number, Number: 1234.5}}},
		{"RK integer", rec(recRK, at(2, 0, 0), u32(7<<2|2)), []Cell{{Row: 2, Kind: Number, Number: 7}}},
		{"RK negative hundredths", rec(recRK, at(0, 0, 0), u32(-150<<2|3)), []Cell{{Kind: Number, Number: -1.5}}},
		{"MulRK", rec(recMulRK, u16(3, 1), u16(0), u32(-1<<2|2), u16(0), u32(250<<2|3), u16(2)),
			[]Cell{{Row: 3, Col: 1, Kind: Number, Number: -1}, {Row: 3, Col: 2, Kind: Number, Number: 2.5}}},
		{"LabelSST", rec(recLabelSST, at(1, 1, 0), u32(1)), []Cell{{Row: 1, Col: 1, Kind: Text, Text: "云州市总工会"}}},
		{"Label wide", rec(recLabel, at(0, 0, 0), wide("𠮷〇", 2)), []Cell{{Kind: Text, Text: "𠮷〇"}}},
		{"Label narrow", rec(recLabel, at(0, 0, 0), narrow("café")), []Cell{{Kind: Text, Text: "café"}}},
		{"Label over Continue", join(rec(recLabel, at(0, 0, 0), u16(4), []byte{1}, u16('云', '州')), rec(recContinue, []byte{0}, []byte("AB"))),
			[]Cell{{Kind: Text, Text: "云州AB"}}},
		{"RString", rec(recRString, at(0, 0, 0), wide("议题", 2), u16(1, 0, 5)), []Cell{{Kind: Text, Text: "议题"}}},
		{"true", rec(recBoolErr, at(0, 0, 0), []byte{1, 0}), []Cell{{Kind: Bool, Number: 1}}},
		{"false", rec(recBoolErr, at(0, 0, 0), []byte{0, 0}), []Cell{{Kind: Bool}}},
		{"error", rec(recBoolErr, at(0, 0, 0), []byte{0x2A, 1}), []Cell{{Kind: Error, Text: "#N/A"}}},
		{"error unknown", rec(recBoolErr, at(0, 0, 0), []byte{0x99, 1}), []Cell{{Kind: Error, Text: "#ERR153!"}}},
		{"not a number", rec(recNumber, at(0, 0, 0), f64(math.NaN())), []Cell{{Kind: Error, Text: "#NUM!"}}},
		{"formula number", rec(recFormula, at(0, 0, 0), f64(-0.25), behind), []Cell{{Kind: Number, Number: -0.25, Formula: true}}},
		{"formula never calculated", rec(recFormula, at(0, 0, 0), f64(0), []byte{3, 0}, behind), []Cell{{Kind: Number, Formula: true, Stale: true}}},
		{"formula shared", rec(recFormula, at(0, 0, 0), f64(0), []byte{8, 0}, behind), []Cell{{Kind: Number, Formula: true}}},
		{"formula text", join(rec(recFormula, at(0, 0, 0), cached(0, 0, 0, 0, 0, 0), behind), rec(recString, wide("合计", 2))),
			[]Cell{{Kind: Text, Text: "合计", Formula: true}}},
		{"formula text behind ShrFmla and Array", join(rec(recFormula, at(0, 0, 0), cached(0, 0, 0, 0, 0, 0), behind),
			rec(0x04BC, make([]byte, 12)), rec(0x0221, make([]byte, 14)), rec(recString, narrow("ok"))),
			[]Cell{{Kind: Text, Text: "ok", Formula: true}}},
		{"formula text lost", join(rec(recFormula, at(0, 0, 0), cached(0, 0, 0, 0, 0, 0), behind),
			rec(recNumber, at(0, 1, 0), f64(1)), rec(recString, narrow("stray"))),
			[]Cell{{Kind: Text, Formula: true}, {Col: 1, Kind: Number, Number: 1}}},
		{"formula bool", rec(recFormula, at(0, 0, 0), cached(1, 0, 1, 0, 0, 0), behind), []Cell{{Kind: Bool, Number: 1, Formula: true}}},
		{"formula error", rec(recFormula, at(0, 0, 0), cached(2, 0, 7, 0, 0, 0), behind), []Cell{{Kind: Error, Text: "#DIV/0!", Formula: true}}},
		{"formula empty text", rec(recFormula, at(0, 0, 0), cached(3, 0, 0, 0, 0, 0), behind), []Cell{{Kind: Text, Formula: true}}},
		{"formula value unknown", rec(recFormula, at(0, 0, 0), cached(9, 0, 0, 0, 0, 0), behind), []Cell{{Kind: Error, Text: "#NUM!", Formula: true}}},
		{"blanks are left out", join(rec(0x0201, at(0, 0, 0)), rec(0x00BE, u16(0, 1, 0, 0, 2))), nil},
		{"unsorted and twice", join(rec(recRK, at(5, 1, 0), u32(1<<2|2)), rec(recRK, at(5, 0, 0), u32(2<<2|2)), rec(recRK, at(5, 1, 0), u32(3<<2|2))),
			[]Cell{{Row: 5, Kind: Number, Number: 2}, {Row: 5, Col: 1, Kind: Number, Number: 3}}},
		{"numbers of a chart on the sheet", join(rec(recBOF, u16(0x0600, 0x20)), rec(recNumber, at(0, 0, 0), f64(9)), rec(recEOF),
			rec(recNumber, at(1, 0, 0), f64(8))), []Cell{{Row: 1, Kind: Number, Number: 8}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := open(t, biff8(sst(8000, "a", "云州市总工会"), sheet("表", tt.records)).file())
			for i := range tt.want {
				tt.want[i].Format = general
			}
			got := b.Sheets[0].Cells
			if len(got) == 0 {
				got = nil
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("cells (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRK goes through the four codings of [MS-XLS] 2.5.217. A reader that takes the integer as unsigned makes
// 10737416.74 of -1.5.
func TestRK(t *testing.T) {
	t.Parallel()
	top := func(f float64) uint32 { return uint32(math.Float64bits(f)>>32) &^ 3 }
	integer := func(i int32) uint32 { return uint32(i) << 2 }
	tests := []struct {
		name string
		in   uint32
		want float64
	}{
		{"float", top(1.5), 1.5},
		{"float negative", top(-1.5), -1.5},
		{"float hundredth", top(-150) | 1, -1.5},
		{"integer", integer(45366) | 2, 45366},
		{"integer negative", integer(-1) | 2, -1},
		{"integer hundredth", integer(12345) | 3, 123.45},
		{"integer negative hundredth", integer(-150) | 3, -1.5},
		{"largest", integer(1<<29-1) | 2, 536870911},
		{"smallest", integer(-1<<29) | 2, -536870912},
	}
	for _, tt := range tests {
		if got := rk(tt.in); got != tt.want {
			t.Errorf("%s: rk(%#x) = %v, want %v", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestDamagedCells(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		records []byte
	}{
		{"number short", rec(recNumber, at(0, 0, 0), u32(0))},
		{"shared text missing", rec(recLabelSST, at(0, 0, 0), u32(2))},
		{"shared text far off", rec(recLabelSST, at(0, 0, 0), u32(-1))},
		{"run of numbers and last column", rec(recMulRK, u16(0, 0), u16(0), u32(2), u16(9))},
		{"label short", rec(recLabel, at(0, 0, 0), u16(9), []byte{0, 'a'})},
		{"label in half a character", rec(recLabel, at(0, 0, 0), u16(1), []byte{1, 'a'})},
		{"formula text short", join(rec(recFormula, at(0, 0, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}), rec(recString, u16(4)))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := openErr(t, biff8(sst(8000, "a", "b"), sheet("表", tt.records)).file(), Limits{})
			d, ok := err.(*DamagedError)
			if !ok || !d.InStream || d.Sheet != "表" || d.Offset == 0 {
				t.Errorf("Open = %#v, want damage with its place", err)
			}
		})
	}
}
