package xls

import "testing"

func TestReadCode(t *testing.T) {
	t.Parallel()
	tests := []struct {
		code          string
		date, percent bool
	}{
		{"General", false, false},
		{"GENERAL", false, false},
		{"General_)", false, false},
		{"G/通用格式", false, false},
		{`G/通用格式"天"`, false, false},
		{"@", false, false},
		{"", false, false},
		{"0.00E+00", false, false},
		{"##0.0E-0", false, false},
		{"0.0%", false, true},
		{`0"%"`, false, false},
		{`0\%`, false, false},
		{"#,##0;[Red]-#,##0", false, false},
		{`_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ `, false, false},
		{`"days "0`, false, false},
		{`0\d`, false, false},
		{"[$-804]0", false, false},
		{"[Red]0;[Green]0", false, false},
		{"yyyy-mm-dd", true, false},
		{`yyyy"年"m"月"d"日";@`, true, false},
		{`[$-804]yyyy"年"m"月"d"日"`, true, false},
		{`[DBNum1][$-804]yyyy"年"m"月";@`, true, false},
		{`e"年"m"月"`, true, false},
		{"上午/下午h\"时\"mm\"分\"", true, false},
		{"[h]:mm", true, false},
		{"[mm]", true, false},
		{"[ss].00", true, false},
		{"mm:ss.0", true, false},
		{`;;;@`, false, false},
		{`;yyyy`, true, false},
		{`0;yyyy`, false, false},
		{`yyyy"未完`, true, false},
		{`0[`, false, false},
		{`0\`, false, false},
	}
	for _, tt := range tests {
		if date, percent := readCode(tt.code); date != tt.date || percent != tt.percent {
			t.Errorf("readCode(%q) = date %v, percent %v; want %v, %v", tt.code, date, percent, tt.date, tt.percent)
		}
	}
}

// TestBuiltInFormats: the numbers files use for dates without writing a Format record, the Chinese ones among them.
func TestBuiltInFormats(t *testing.T) {
	t.Parallel()
	dates := map[int]bool{}
	for _, span := range [][2]int{{14, 22}, {27, 36}, {45, 47}, {50, 58}} {
		for id := span[0]; id <= span[1]; id++ {
			dates[id] = true
		}
	}
	rd := &reader{formats: map[int]*Format{}}
	for id := range 170 {
		f := rd.format(id)
		if f.Date != dates[id] || f.Percent != (id == 9 || id == 10) || f.ID != id || f.Code == "" {
			t.Errorf("format %d = %+v, date %v wanted", id, f, dates[id])
		}
	}
}

// TestFormatRecords: a Format record outweighs the built-in meaning of its number; one that cannot be read does not.
func TestFormatRecords(t *testing.T) {
	t.Parallel()
	b := open(t, biff8(join(
		rec(recFormat, u16(14), wide("0.00", 2)),
		rec(recFormat, u16(15), u16(99), []byte{0, 'x'}),
		rec(recXF, u16(0, 14)),
		rec(recXF, u16(0, 15)),
	), sheet("表", rec(recRK, at(0, 0, 0), u32(2)), rec(recRK, at(0, 1, 1), u32(2)), rec(recRK, at(0, 2, 77), u32(2)))).file())
	for i, want := range []string{"0.00", "d-mmm-yy", "General"} {
		if got := b.Sheets[0].Cells[i].Format.Code; got != want {
			t.Errorf("cell %d: format %q, want %q", i, got, want)
		}
	}
}
