package cntext

import "testing"

func TestCount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want int
	}{
		{"3", 3}, {"３", 3}, {"三", 3}, {"3个", 3}, {"3项", 3}, {"3 项", 3}, {"三项议题", 3}, {"十二", 12}, {"3.0", 3}, {"0", 0}, {"零", 0}, {"无", 0},
		{"两个", 2}, {"两个方面问题", 2}, {"二十", 20}, {"二十三件", 23}, {"共3个", 3}, {"一百零六", 106}, {"3个事项", 3}, {"三個議題", 3},
	}
	for _, tt := range tests {
		if got, ok := Count(tt.text); !ok || got != tt.want {
			t.Errorf("Count(%q) = %v, %v, want %v", tt.text, got, ok, tt.want)
		}
	}
	for _, text := range []string{"", "-1", "3-5", "3.5", "三三个", "若干", "10000", "3个4个", "十十", "一二三四五", "百", "约", "约5", "3+2", "5 item"} {
		if got, ok := Count(text); ok {
			t.Errorf("Count(%q) = %v, true, want refused", text, got)
		}
	}
}

func TestItemNo(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"1", "1"}, {"01", "1"}, {"001", "1"}, {"1.0", "1"}, {"（一）", "1"}, {"(1)", "1"}, {"①", "1"}, {"⑴", "1"}, {"❸", "3"}, {"一、", "1"}, {"1、", "1"},
		{"1.", "1"}, {"１", "1"}, {"第3项", "3"}, {"第三项", "3"}, {"第十二条", "12"}, {"议题3", "3"}, {"3号", "3"}, {"㈠", "1"}, {"十", "10"},
		{"1-2", "1-2"}, {"A3", "A3"}, {"Ａ３", "A3"}, {"1.2", "1.2"}, {"工 - 1", "工-1"}, {"0", "0"},
	}
	for _, tt := range tests {
		if got, ok := ItemNo(tt.text); !ok || got != tt.want {
			t.Errorf("ItemNo(%q) = %q, %v, want %q", tt.text, got, ok, tt.want)
		}
	}
	for _, text := range []string{"", " ", "—", "/"} {
		if got, ok := ItemNo(text); ok {
			t.Errorf("ItemNo(%q) = %q, true, want blank", text, got)
		}
	}
}

func TestPercent(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text    string
		isRatio bool
		want    float64
	}{
		{"80%", false, 80}, {"80.0％", false, 80}, {"80 %", false, 80}, {"0.8", false, 80}, {"80", false, 80}, {"0.8", true, 80}, {"1", true, 100},
		{"0.55", true, 55}, {"0.07", false, 7}, {"百分之八十", false, 80}, {"百分之八十点五", false, 80.5}, {"百分之百", false, -1}, {"百分之一百", false, 100},
		{"百分之85", false, 85}, {"八成", false, 80}, {"1", false, 100}, {"1.0", false, 100}, {"0", false, 0}, {"0%", false, 0}, {"100", false, 100},
		{"100%", false, 100}, {"1%", false, 1}, {"0.5%", false, 0.5}, {"已完成60%", false, 60}, {"约50%", false, 50}, {"80%左右", false, 80},
		{"33.33", false, 33.33}, {"9.9999999999999995E-2", false, 10}, {".5", false, 50}, {"８０％", false, 80}, {"0.95", true, 95},
	}
	for _, tt := range tests {
		if tt.want < 0 {
			tt.want = 100 // 百分之百
		}
		if got, ok := Percent(tt.text, tt.isRatio); !ok || got != tt.want {
			t.Errorf("Percent(%q, %v) = %v, %v, want %v", tt.text, tt.isRatio, got, ok, tt.want)
		}
	}
	for _, tt := range []struct {
		text    string
		isRatio bool
	}{{"", false}, {"101", false}, {"120%", false}, {"-5%", false}, {"80", true}, {"完成", false}, {"3/5", false}, {"50-60%", false}, {"1e9", false}, {"NaN", false}, {"百分之", false}} {
		if got, ok := Percent(tt.text, tt.isRatio); ok {
			t.Errorf("Percent(%q, %v) = %v, true, want refused", tt.text, tt.isRatio, got)
		}
	}
}
