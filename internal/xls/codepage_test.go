package xls

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func gbk(s string) []byte {
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

// gbkBook is a workbook of Excel 95 in Chinese: code page 936, fonts of the GB2312 character set.
func gbkBook() testBook {
	font := make([]byte, 14)
	font[12] = 134
	text := func(s string) []byte { return short(gbk(s), 2) }
	return testBook{
		version: 0x0500,
		globals: join(
			rec(recCodePage, u16(936)),
			rec(recFont, font),
			rec(recFormat, u16(20), short(gbk("G/通用格式"), 1)),
			rec(recFormat, u16(165), short(gbk(`yyyy"年"m"月"`), 1)),
			rec(recXF, u16(0, 20), make([]byte, 12)),
			rec(recXF, u16(0, 165), make([]byte, 12)),
		),
		sheets: []testSheet{{
			name: short(gbk("联席会议"), 1),
			bof:  bofWorksheet,
			records: join(
				rec(recLabel, at(0, 0, 0), text("青川县总工会")),
				rec(recRString, at(0, 1, 0), text("议题㐀"), []byte{1, 0, 5}),
				rec(recFormula, at(0, 2, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8)),
				rec(recString, text("已完成")),
				rec(recNumber, at(0, 3, 1), f64(45366)),
				rec(recMulRK, u16(0, 4), u16(0), u32(-150<<2|3), u16(0), u32(5<<2|2), u16(5)),
				rec(recLabel, at(1, 0, 0), u16(8), gbk("云州")), rec(recContinue, gbk("会议")),
			),
		}},
	}
}

func TestGBK(t *testing.T) {
	t.Parallel()
	b := open(t, compound("Book", gbkBook().stream()))
	s := b.Sheets[0]
	if b.Version != 5 || s.Name != "联席会议" || len(s.Cells) != 7 {
		t.Fatalf("version %d, sheet %q, %d cells", b.Version, s.Name, len(s.Cells))
	}
	for i, want := range []string{0: "青川县总工会", 1: "议题㐀", 2: "已完成", 6: "云州会议"} {
		if got := s.Cells[i].Text; got != want {
			t.Errorf("cell %d = %q, want %q", i, got, want)
		}
	}
	if c := s.Cells[3]; !c.IsDate() || c.Format.Code != `yyyy"年"m"月"` || c.Number != 45366 {
		t.Errorf("date = %+v (%+v)", c, c.Format)
	}
	if c := s.Cells[4]; c.Number != -1.5 || c.IsDate() || c.Format.Code != "G/通用格式" {
		t.Errorf("number = %+v (%+v)", c, c.Format)
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   string
		page int
		want string
	}{
		{"ascii", "abc", 0, "abc"},
		{"gbk", string(gbk("议题")), 936, "议题"},
		{"no code page, gbk", string(gbk("议题")), 0, "议题"},
		{"no code page, not gbk", "caf\xe9", 0, "café"},
		{"utf-16 cannot be", string(gbk("议题")), 1200, "议题"},
		{"western", "caf\xe9", 1252, "café"},
		{"western, as old files number it", "caf\xe9", 32769, "café"},
		{"traditional", "\xc5\xaa", 950, "讀"},
		{"japanese", "\x8e\x9b", 932, "寺"},
		{"macintosh", "\x8e", 10000, "é"},
		{"macintosh, central europe", "\x80rkusz\xff", 10029, "Ärkuszˇ"},
		{"unknown page", "a\xffb", 4711, "a\uFFFDb"},
		{"utf-8", "议", 65001, "议"},
		{"half a character", "\xd2", 936, "\uFFFD"},
	}
	for _, tt := range tests {
		if got := decode([]byte(tt.in), tt.page); got != tt.want {
			t.Errorf("%s: decode(%q, %d) = %q, want %q", tt.name, tt.in, tt.page, got, tt.want)
		}
	}
}

// TestFontDecides: Excel 95 writes text in the code page of the cell's font; a Macintosh has no such numbers.
func TestFontDecides(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		page    int
		charset byte
		font    int
		want    int
	}{
		{"chinese font in a western workbook", 1252, 134, 5, 936},
		{"plain font", 936, 0, 5, 936},
		{"mac", 10029, 238, 5, 10029},
		{"no such font", 936, 128, 9, 936},
	}
	for _, tt := range tests {
		rd := &reader{codePage: tt.page, charsets: []byte{0, 0, 0, 0, tt.charset}} // font 5 is the fifth: 4 is skipped
		if got := rd.encodingOf(tt.font); got != tt.want {
			t.Errorf("%s: encodingOf = %d, want %d", tt.name, got, tt.want)
		}
	}
}
