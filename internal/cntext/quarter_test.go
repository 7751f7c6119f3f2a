package cntext

import "testing"

func TestQuarter(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"2024年第三季度", "2024Q3"}, {"2024年三季度", "2024Q3"}, {"2024Q3", "2024Q3"}, {"2024q3", "2024Q3"}, {"2024年第3季度", "2024Q3"},
		{"2024年3季度", "2024Q3"}, {"2024年7-9月", "2024Q3"}, {"2024年7—9月", "2024Q3"}, {"2024年7月至9月", "2024Q3"}, {"2024年1-3月", "2024Q1"},
		{"2024年01-03月", "2024Q1"}, {"2024年10～12月", "2024Q4"}, {"２０２４年第三季度", "2024Q3"}, {"二〇二四年第三季度", "2024Q3"},
		{"二○二四年三季度", "2024Q3"}, {"2024-Q3", "2024Q3"}, {"2024年Q3", "2024Q3"}, {"2024 Q3", "2024Q3"}, {"Q3 2024", "2024Q3"},
		{"2024年度第三季度", "2024Q3"}, {"2024年第Ⅲ季度", "2024Q3"}, {"2024年Ⅳ季度", "2024Q4"}, {"2024年第 三 季度", "2024Q3"},
		{"2024.3季度", "2024Q3"}, {"2024年第三季", "2024Q3"}, {"2024年第三季度末", "2024Q3"}, {"截至2024年第三季度", "2024Q3"},
		{"2024年第一季度", "2024Q1"}, {"2024年一季度", "2024Q1"}, {"2024年首季度", "2024Q1"}, {"2024年四月至六月", "2024Q2"}, {"2024年三季报", "2024Q3"},
		{"24年第三季度", "2024Q3"}, {"24年度三季度", "2024Q3"}, {"24年7-9月", "2024Q3"},
	}
	for _, tt := range tests {
		if got, ok := Quarter(tt.text); !ok || got.String() != tt.want {
			t.Errorf("Quarter(%q) = %v, %v, want %v", tt.text, got, ok, tt.want)
		}
	}
	for _, text := range []string{
		"", "2024年", "2024年上半年", "2024年1-9月", "2024年1—6月", "2024年9月", "24Q3", "第三季度", "2024Q5", "2024年第五季度", "2024-3",
		"2024年第一、二季度", "2024年一至三季度", "2024年第三季度报表", "12024Q3", "1949Q1", "2024年9月30日", "2024年2-4月",
	} {
		if got, ok := Quarter(text); ok {
			t.Errorf("Quarter(%q) = %v, true, want refused", text, got)
		}
	}
}

func TestFindQuarter(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"鹭屯县2023年第二季度联席会议报表（更正）.xlsx", "2023Q2"}, {"01_峪坡经济技术开发区2023年第一季度联席会议报表.xlsx", "2023Q1"},
		{"桐屯区_2024Q3_v2.xlsx", "2024Q3"}, {"2024-Q3 桐屯区.xlsx", "2024Q3"}, {"桐屯区2024年4-6月报表.xls", "2024Q2"},
		{"云州市政府与工会联席会议2024年三季度情况统计表", "2024Q3"}, {"2024年度政府与工会联席会议第三季度报表", "2024Q3"},
		{"报告期：2024年第三季度  填报单位：桐屯区", "2024Q3"}, {"2024年第三季度（2024Q3）", "2024Q3"}, {"桐屯区二〇二四年第三季度报表", "2024Q3"},
		{"20241012桐屯区2024年第三季度.xlsx", "2024Q3"}, {"鹿塘縣2024年第三季度報表", "2024Q3"},
		{"桐屯区报表.xlsx", ""}, {"2024年第一季度与2024年第二季度对比.xlsx", ""}, {"2024年第一、二季度报表", ""}, {"2023年和2024年第三季度", "2024Q3"},
		{"第三季度报表.xlsx", ""}, {"2024年报表.xlsx", ""}, {"120242024Q3", ""}, {"2023年度会议2024年度报表第三季度", ""},
	}
	for _, tt := range tests {
		got, ok := FindQuarter(tt.text)
		if ok != (tt.want != "") || got.String() != tt.want {
			t.Errorf("FindQuarter(%q) = %v, %v, want %q", tt.text, got, ok, tt.want)
		}
	}
}

func TestYear(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"2024", "2024年", "2024年度", "二〇二四年度", "二○二四年", "二〇二四", "2024.0", "２０２４年", " 2024 年 度 ", "2024届", "24年", "24年度", "2024年第一次会议", "2024年度第1次联席会议"} {
		if got, ok := Year(text); !ok || got != 2024 {
			t.Errorf("Year(%q) = %v, %v, want 2024", text, got, ok)
		}
	}
	for _, text := range []string{"", "24", "第24届", "20245", "2024.5", "1949", "2101", "2024-2025", "今年", "2024年3月"} {
		if got, ok := Year(text); ok {
			t.Errorf("Year(%q) = %v, true, want refused", text, got)
		}
	}
}

func TestQuarterAlone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]int{
		"第三季度": {3, 0}, "三季度": {3, 0}, "3季度": {3, 0}, "Q3": {3, 0}, "7—9月": {3, 0}, "三季度（7-9月）": {3, 0}, "第四季度末": {4, 0},
		"三季度（2024年）": {3, 2024}, "第2季度, 2023年度": {2, 2023},
	} {
		if n, y, ok := QuarterAlone(text); !ok || n != want[0] || y != want[1] {
			t.Errorf("QuarterAlone(%q) = %d, %d, %v, want %v", text, n, y, ok, want)
		}
	}
	for _, text := range []string{"", "上个季度", "一、二季度", "三季度（4-6月）", "1-9月", "2024年", "三季度落实情况"} {
		if n, y, ok := QuarterAlone(text); ok {
			t.Errorf("QuarterAlone(%q) = %d, %d, want refused", text, n, y)
		}
	}
}

func TestFindYear(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"2024年度政府与工会联席会议报表": 2024, "年度：2024": 2024, "二〇二四年报表": 2024, "桐屯区2024年 第三季度": 2024,
		"填报日期：2024年10月8日": 0, "2023年和2024年": 0, "桐屯区": 0,
	} {
		if got, ok := FindYear(text); got != want || ok != (want != 0) {
			t.Errorf("FindYear(%q) = %d, %v, want %d", text, got, ok, want)
		}
	}
}
