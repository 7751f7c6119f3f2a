package cntext

import (
	"math"
	"testing"

	"liandu/internal/period"
)

func TestDateInFull(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"2024.3.15", "2024-03-15"}, {"2024-3-15", "2024-03-15"}, {"2024/3/15", "2024-03-15"}, {"2024年3月15日", "2024-03-15"},
		{"20240315", "2024-03-15"}, {"二〇二四年三月十五日", "2024-03-15"}, {"二零二四年三月十五日", "2024-03-15"},
		{"二○二四年三月十五日", "2024-03-15"}, {"二Ｏ二四年三月十五日", "2024-03-15"}, {"二○○一年四月四日", "2001-04-04"},
		{"二0二四年十二月三十一日", "2024-12-31"}, {"二〇二四年十月二十日", "2024-10-20"}, {"二〇二四年一月廿五日", "2024-01-25"},
		{"29.04.2016", "2016-04-29"}, {"04.03.2016", "2016-03-04"}, {"29/4/2016", "2016-04-29"}, {"4/29/2016", "2016-04-29"},
		{"2024-03-15 00:00:00", "2024-03-15"}, {"2024-03-15T00:00:00", "2024-03-15"}, {"2024/3/15 9:30", "2024-03-15"},
		{"2024-03-15T00:00:00.000Z", "2024-03-15"}, {"2024年3月15日 09:30", "2024-03-15"}, {"2024年3月15日上午", "2024-03-15"},
		{"2024年3月15日9时30分", "2024-03-15"}, {"2024年3月15日（星期五）上午9:00", "2024-03-15"}, {"2024年11月22日晚", "2024-11-22"},
		{"２０２４年３月１５日", "2024-03-15"}, {"２０２４．３．１５", "2024-03-15"}, {"2024 年 3 月 15 日", "2024-03-15"}, {"2024. 3. 15", "2024-03-15"},
		{"2024年3月15号", "2024-03-15"}, {"2024年3月15", "2024-03-15"}, {"2024.03.15.", "2024-03-15"}, {"2024、3、15", "2024-03-15"},
		{"2024—3—15", "2024-03-15"}, {"2024\u00a0年3月15日\u200b", "2024-03-15"}, {"2024年02月29日", "2024-02-29"}, {"20240315.0", "2024-03-15"},
		{"1998年5月4日", "1998-05-04"}, {"2019.07.17", "2019-07-17"}, {"2020/12/2", "2020-12-02"}, {"45366", "2024-03-15"}, {"45366.5", "2024-03-15"},
		{"2024年3月15日完成", "2024-03-15"},
		{"2024年3月15日。", "2024-03-15"}, {"2024-3-15 上午", "2024-03-15"}, {"2024-03-15 9:30:00 AM", "2024-03-15"}, {"2024-03-15T08:00:00+08:00", "2024-03-15"},
	}
	for _, tt := range tests {
		got, ok := Date(tt.text, DateOptions{SessionYear: 2020})
		if !ok || got.Date.String() != tt.want || !got.Exact() {
			t.Errorf("Date(%q) = %+v, %v, want exactly %s", tt.text, got, ok, tt.want)
		}
	}
}

func TestDateInWords(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, want  string
		words       bool
		yearAssumed bool
		before      bool
	}{
		{"2024年3月上旬", "2024-03-10", true, false, false}, {"2024年3月中旬", "2024-03-20", true, false, false},
		{"2024年3月下旬", "2024-03-31", true, false, false}, {"2024年2月下旬", "2024-02-29", true, false, false},
		{"2024年3月初", "2024-03-10", true, false, false}, {"2024年9月底", "2024-09-30", true, false, false},
		{"2024年9月月底前", "2024-09-30", true, false, true}, {"二〇二四年三月中旬", "2024-03-20", true, false, false},
		{"2024年底", "2024-12-31", true, false, false}, {"2024年年底", "2024-12-31", true, false, false}, {"2024年底前", "2024-12-31", true, false, true},
		{"2024年末", "2024-12-31", true, false, false}, {"2024年内", "2024-12-31", true, false, false}, {"2024年度内完成", "2024-12-31", true, false, false},
		{"2024年", "2024-12-31", true, false, false}, {"2024年12月底前", "2024-12-31", true, false, true}, {"2024年12月底前完成", "2024-12-31", true, false, true},
		{"2024年3月", "2024-03-31", true, false, false}, {"2024.3", "2024-03-31", true, false, false}, {"2024-06", "2024-06-30", true, false, false},
		{"2024年6月前", "2024-06-30", true, false, true}, {"2024年上半年", "2024-06-30", true, false, false}, {"2024年三季度末", "2024-09-30", true, false, false},
		{"2024年第三季度", "2024-09-30", true, false, false}, {"2024年第二季度末前", "2024-06-30", true, false, true},
		{"2024年3月至6月", "2024-06-30", true, false, false}, {"2024年3—6月", "2024-06-30", true, false, false},
		{"2024年3月1日至2024年6月30日", "2024-06-30", true, false, false}, {"2024年3月至2025年3月", "2025-03-31", true, false, false},
		{"2024年9月30日前", "2024-09-30", false, false, true}, {"2024-09-30前完成", "2024-09-30", false, false, true},
		{"2024.9.30之前", "2024-09-30", false, false, true}, {"“十四五”期末", "2025-12-31", true, false, false},
		{"2024Q3", "2024-09-30", true, false, false}, {"2024.1-2024.12", "2024-12-31", true, false, false},
		{"2024.01.01—2024.12.31", "2024-12-31", true, false, false}, {"于2024年9月底前完成", "2024-09-30", true, false, true},
		{"2024年7-9月", "2024-09-30", true, false, false}, {"下半年", "2024-12-31", true, true, false}, {"12月份", "2024-12-31", true, true, false},
		{"年底", "2024-12-31", true, true, false}, {"年底前", "2024-12-31", true, true, true}, {"今年年底前", "2024-12-31", true, true, true},
		{"本年底", "2024-12-31", true, true, false}, {"年内", "2024-12-31", true, true, false}, {"12月底前", "2024-12-31", true, true, true},
		{"十二月底前", "2024-12-31", true, true, true}, {"上半年", "2024-06-30", true, true, false}, {"第三季度末", "2024-09-30", true, true, false},
		{"3月中旬", "2024-03-20", true, true, false}, {"9月30日", "2024-09-30", false, true, false}, {"9月30日前", "2024-09-30", false, true, true},
		{"年末", "2024-12-31", true, true, false},
	}
	for _, tt := range tests {
		got, ok := Date(tt.text, DateOptions{SessionYear: 2024})
		if !ok || got.Date.String() != tt.want || got.InWords != tt.words || got.YearAssumed != tt.yearAssumed || got.Before != tt.before {
			t.Errorf("Date(%q) = %+v, %v, want %+v", tt.text, got, ok, tt)
		}
		if got.Exact() || got.Note == "" {
			t.Errorf("Date(%q): Exact() = %v, Note = %q, want false and a note", tt.text, got.Exact(), got.Note)
		}
	}
}

func TestDateLongTerm(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"长期", "长期坚持", "常态化", "常态化推进", "长期推进落实", "持续推进", "長期", "长 期", "每年12月底前", "常年"} {
		got, ok := Date(text, DateOptions{SessionYear: 2024})
		if !ok || !got.LongTerm || !got.Date.IsZero() || got.Note == "" || got.Exact() {
			t.Errorf("Date(%q) = %+v, %v, want long-term without a date", text, got, ok)
		}
	}
}

func TestDateRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "—", "无", "2025219", "619日", "1031日", "202310月份", "2024.13.1", "2024-02-30", "2024年2月30日", "20241301", "24.3.15",
		"24年3月15日", "3/4/2024", "202411", "2024", "2024年前", "二〇二四年第十六期", "近日", "昨日", "22日", "三年内", "三个月内", "3个月内",
		"春节前", "尽快", "待定", "2O24年3月15日", "1900-01-01", "2101-01-01", "12345", "99999", "2024年3月15日、4月20日", "2024年0月",
		"2024.3.15 2024.3.16", "总工?022年度", "2024年6月30日至3月1日", "2024年Q5", "2024-2025年", "2024年前三季度", "6.30", "明年6月", "2024年3月前后",
		"2024年10月底前完成招标，12月底前完成建设", "2024年12月底,长期坚持", "2024年3月15日修订", "2024年3月15-17日",
	} {
		if got, ok := Date(text, DateOptions{SessionYear: 2024}); ok {
			t.Errorf("Date(%q) = %+v, true, want refused", text, got)
		}
	}
	for _, text := range []string{"年底前", "12月底前", "3月中旬", "9月30日", "上半年"} {
		if got, ok := Date(text, DateOptions{}); ok {
			t.Errorf("Date(%q) without a session year = %+v, true, want refused", text, got)
		}
	}
}

func TestSerial(t *testing.T) {
	t.Parallel()
	tests := []struct {
		n        float64
		date1904 bool
		want     string
	}{
		{45366, false, "2024-03-15"}, {45366.75, false, "2024-03-15"}, {36526, false, "2000-01-01"}, {35918, false, "1998-05-03"},
		{43904, true, "2024-03-15"}, {35064, true, "2000-01-01"}, {18264, false, "1950-01-01"}, {73415, false, "2100-12-31"},
		{18263, false, ""}, {73416, false, ""}, {2024, false, ""}, {20240315, false, ""}, {0, false, ""}, {-1, false, ""},
		{math.NaN(), false, ""}, {math.Inf(1), false, ""},
	}
	for _, tt := range tests {
		got, ok := Serial(tt.n, tt.date1904)
		if ok != (tt.want != "") || ok && got != period.MustDate(tt.want) {
			t.Errorf("Serial(%v, %v) = %v, %v, want %q", tt.n, tt.date1904, got, ok, tt.want)
		}
	}
}
