package xls

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sample is a workbook with something of everything, for the tests that break it.
func sample() testBook {
	globals := join(
		rec(recCodePage, u16(1200)),
		rec(recDate1904, u16(0)),
		rec(recFont, make([]byte, 16)),
		rec(recFormat, u16(164), wide(`yyyy"年"m"月"d"日";@`, 2)),
		rec(recXF, u16(0, 0), make([]byte, 16)),
		rec(recXF, u16(0, 164), make([]byte, 16)),
		rec(recXF, u16(0, 9), make([]byte, 16)),
		sst(64, "填报单位", "云州市青川县总工会", "海棠区"),
	)
	data := sheet("议定事项",
		rec(recRow, u16(0, 0, 3, 255, 0, 0, 0x100, 15)),
		rec(recRow, u16(1, 0, 3, 255, 0, 0, 0x120, 15)),
		rec(recColInfo, u16(2, 3, 0, 0, 1, 0)),
		rec(recLabelSST, at(0, 0, 0), u32(0)),
		rec(recLabelSST, at(0, 1, 0), u32(1)),
		rec(recNumber, at(1, 0, 1), f64(45366)),
		rec(recRK, at(1, 1, 2), u32(80<<2|3)),
		rec(recFormula, at(1, 2, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8)),
		rec(recString, wide("推进中", 2)),
		rec(recMergeCells, u16(2), u16(0, 0, 1, 3), u16(4, 6, 0, 0)),
	)
	hidden, very := sheet("字典"), sheet("底表", rec(recRK, at(0, 0, 0), u32(1<<2|2)))
	hidden.hidden, very.hidden = 1, 2
	return biff8(globals, data, hidden, very)
}

func TestOpen(t *testing.T) {
	t.Parallel()
	date := &Format{ID: 164, Code: `yyyy"年"m"月"d"日";@`, Date: true}
	want := &Book{Version: 8, Sheets: []Sheet{
		{
			Name: "议定事项",
			Cells: []Cell{
				{Kind: Text, Text: "填报单位", Format: general},
				{Col: 1, Kind: Text, Text: "云州市青川县总工会", Format: general},
				{Row: 1, Kind: Number, Number: 45366, Format: date},
				{Row: 1, Col: 1, Kind: Number, Number: 0.8, Format: &Format{ID: 9, Code: "0%", Percent: true}},
				{Row: 1, Col: 2, Kind: Text, Text: "推进中", Formula: true, Format: general},
			},
			Merges:     []Range{{LastRow: 0, FirstCol: 1, LastCol: 3}, {FirstRow: 4, LastRow: 6}},
			HiddenRows: []int{1},
			HiddenCols: []int{2, 3},
		},
		{Name: "字典", Hidden: true},
		{Name: "底表", Hidden: true, VeryHidden: true, Cells: []Cell{{Kind: Number, Number: 1, Format: general}}},
	}}
	for name, file := range map[string][]byte{"compound file": sample().file(), "bare stream": sample().stream()} {
		got := open(t, file)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		cells := got.Sheets[0].Cells
		if !cells[2].IsDate() || cells[2].IsPercent() || cells[3].IsDate() || !cells[3].IsPercent() || cells[0].IsDate() {
			t.Errorf("%s: dates and percentages are not told apart", name)
		}
	}
}

// TestCutShort: whatever the place of the cut, the answer is the whole workbook or an error, never a part of it.
func TestCutShort(t *testing.T) {
	t.Parallel()
	big := sample() // past the mini stream
	big.globals = join(big.globals, rec(0x00EB, make([]byte, 5000)))
	for name, file := range map[string][]byte{
		"mini": sample().file(), "sectors": big.file(), "bare": sample().stream(), "biff5": gbkBook().file(), "biff2": biff2().bytes(),
	} {
		want := open(t, file)
		whole := 0
		for n := range file {
			got, err := Open(bytes.NewReader(file[:n]), int64(n), Limits{})
			if err != nil {
				if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotWorkbook) {
					t.Fatalf("%s cut at %d: %v", name, n, err)
				}
				continue
			}
			whole++
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s cut at %d gives another workbook (-want +got):\n%s", name, n, diff)
			}
		}
		if whole > 512 {
			t.Errorf("%s: %d cuts went unnoticed, more than the padding of a sector", name, whole)
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	pass := rec(recFilePass, u16(1, 1, 1), make([]byte, 48))
	moved := func(by int) []byte {
		b := sample()
		b.shift = func(i, offset int) int { return offset + by*i }
		return b.file()
	}
	same := sample()
	first := 0
	same.shift = func(i, offset int) int {
		if i == 0 {
			first = offset
		}
		return first
	}
	tests := []struct {
		name string
		file []byte
		want error
	}{
		{"empty", nil, ErrNotWorkbook},
		{"html", []byte("<html><table><tr><td>1</td></tr></table></html>"), ErrNotWorkbook},
		{"zip", []byte("PK\x03\x04\x14\x00\x00\x00\x00\x00"), ErrNotWorkbook},
		{"word document", compound("WordDocument", make([]byte, 9)), ErrNotWorkbook},
		{"slides", compound("PowerPoint Document", make([]byte, 9)), ErrNotWorkbook},
		{"other compound file", compound("Contents", make([]byte, 9)), ErrNotWorkbook},
		{"encrypted xlsx", compound("EncryptedPackage", make([]byte, 9)), ErrEncrypted},
		{"encrypted", biff8(join(pass, sst(99, "a")), sheet("表")).file(), ErrEncrypted},
		{"encrypted biff5", testBook{version: 0x0500, globals: rec(recFilePass, u32(1)), sheets: []testSheet{sheet("s")}}.file(), ErrEncrypted},
		{"encrypted biff2", join(rec(recBOF2, u16(7, 0x10)), rec(recFilePass, u32(1)), rec(recEOF)), ErrEncrypted},
		{"no BOF", compound("Workbook", rec(recCodePage, u16(1200))), ErrDamaged},
		{"header only", sample().file()[:512], ErrDamaged},
		{"sector size", append([]byte{}, append(cfbMagic, make([]byte, 600)...)...), ErrDamaged},
		{"sheet announced elsewhere", moved(3), ErrDamaged},
		{"sheets at one place", same.file(), ErrDamaged},
		{"no sheets", biff8(nil).file(), ErrDamaged},
		{"no sheets, biff4", join(rec(recBOF4, u16(0, bofWorkbook4, 0)), rec(recEOF)), ErrDamaged},
		{"BoundSheet8 short", compound("Workbook", join(rec(recBOF, u16(0x0600, bofGlobals)), rec(recBoundSheet, u32(9)), rec(recEOF))), ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if err := openErr(t, tt.file, Limits{}); !errors.Is(err, tt.want) {
				t.Errorf("Open = %v, want %v", err, tt.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	file := sample().file()
	tests := []struct {
		limits Limits
		what   string
	}{
		{Limits{Bytes: int64(len(file)) - 1}, "bytes"},
		{Limits{Sheets: 2}, "sheets"},
		{Limits{Rows: 1}, "rows"},
		{Limits{Cols: 2}, "columns"},
		{Limits{Cells: 7}, "cells"}, // six cells and two merges
		{Limits{Cells: 2}, "texts"},
		{Limits{Text: 4}, "characters in a text"},
	}
	for _, tt := range tests {
		var limit *LimitError
		err := openErr(t, file, tt.limits)
		if !errors.Is(err, ErrTooLarge) || !errors.As(err, &limit) || limit.What != tt.what || !strings.Contains(err.Error(), tt.what) {
			t.Errorf("Open with %+v = %v, want too many %s", tt.limits, err, tt.what)
		}
	}
	exact := Limits{Bytes: int64(len(file)), Sheets: 3, Rows: 2, Cols: 3, Cells: 8, Text: 15}
	if _, err := Open(bytes.NewReader(file), int64(len(file)), exact); err != nil {
		t.Errorf("Open at the limits = %v", err)
	}
}

func TestReaderFails(t *testing.T) {
	t.Parallel()
	if _, err := Open(failing{}, 9, Limits{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("Open = %v, want the reader's own error", err)
	}
}

type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, io.ErrClosedPipe }
