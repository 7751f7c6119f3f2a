package xls

import (
	"bytes"
	"errors"
	"testing"
	"unicode/utf8"
)

// FuzzOpen: whatever the bytes, Open answers with a sound workbook or one of its errors. Seeds are bare streams as well
// as compound files, so that the records are reached without a container in the way.
func FuzzOpen(f *testing.F) {
	wideCells := biff8(sst(20, "a", "议", "é"), sheet("表",
		rec(recMulRK, u16(0, 0), u16(0), u32(3), u16(1), u32(6), u16(1)),
		rec(recLabelSST, at(1, 0, 0), u32(2)),
		rec(recLabel, at(1, 1, 0), wide("长", 2)), rec(recContinue, []byte{0}),
	))
	for _, b := range []testBook{sample(), gbkBook(), wideCells} {
		f.Add(b.file())
		f.Add(b.stream())
	}
	locked := sample()
	locked.globals = join(rec(recFilePass, unhex(ownPassword[0].pass)), locked.globals)
	f.Add(locked.file())
	f.Add(biff2().bytes())
	f.Add(compound("EncryptedPackage", []byte("x")))
	limits := Limits{Bytes: 1 << 20, Sheets: 50, Cells: 20_000, Text: 2000}.orDefaults()
	f.Fuzz(func(t *testing.T, file []byte) {
		b, err := Open(bytes.NewReader(file), int64(len(file)), limits)
		if err != nil {
			if b != nil {
				t.Fatalf("a workbook beside the error %v", err)
			}
			for _, known := range []error{ErrEncrypted, ErrNotWorkbook, ErrTooLarge, ErrDamaged} {
				if errors.Is(err, known) {
					return
				}
			}
			t.Fatalf("unknown error %v", err)
		}
		checkSound(t, b, limits)
	})
}

// checkSound holds for every workbook that Open returns.
func checkSound(t *testing.T, b *Book, l Limits) {
	t.Helper()
	if len(b.Sheets) > l.Sheets {
		t.Fatalf("%d sheets", len(b.Sheets))
	}
	total := 0
	for _, s := range b.Sheets {
		total += len(s.Cells) + len(s.Merges)
		if s.Type != Worksheet && len(s.Cells) > 0 {
			t.Fatalf("%s %q has cells", s.Type, s.Name)
		}
		for i, c := range s.Cells {
			if c.Row < 0 || int(c.Row) >= l.Rows || c.Col < 0 || int(c.Col) >= l.Cols {
				t.Fatalf("cell outside the limits: %+v", c)
			}
			if i > 0 && (s.Cells[i-1].Row > c.Row || s.Cells[i-1].Row == c.Row && s.Cells[i-1].Col >= c.Col) {
				t.Fatalf("cells out of order: %+v, %+v", s.Cells[i-1], c)
			}
			if c.Kind == Blank || c.Format == nil || !utf8.ValidString(c.Text) || c.Number != c.Number {
				t.Fatalf("unsound cell: %+v", c)
			}
			if c.Kind == Text && utf16Len(c.Text) > l.Text {
				t.Fatalf("text of %d units", utf16Len(c.Text))
			}
		}
		for _, m := range s.Merges {
			if m.FirstRow < 0 || m.FirstRow > m.LastRow || m.LastRow >= l.Rows || m.FirstCol > m.LastCol || m.LastCol >= l.Cols {
				t.Fatalf("unsound merge: %+v", m)
			}
		}
	}
	if total > l.Cells {
		t.Fatalf("%d cells and merges, more than %d", total, l.Cells)
	}
}
