package cntext

import "testing"

func TestFold(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"", ""}, {" 桐屯区 ", "桐屯区"}, {"　桐屯区　", "桐屯区"}, {"２０２４年", "2024年"}, {"ＡＢＣ（１）", "ABC(1)"}, {"80％", "80%"},
		{"桐屯\u00a0区", "桐屯 区"}, {"\ufeff桐\u200b屯\u200d区\u2060", "桐屯区"}, {"①", "1"}, {"❶", "1"}, {"⑴", "(1)"}, {"a\r\nb", "a\n\nb"},
		{"〔2024〕", "〔2024〕"}, {"\x00桐\x1f屯", "桐屯"}, {"：，；", ":,;"}, {"2024-3-15", "2024-3-15"}, {"\u3000", ""},
	}
	for _, tt := range tests {
		if got := Fold(tt.text); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestStripPinyin(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"聯(lián)席會(huì)議", "聯席會議"}, {"縣(xiàn)", "縣"}, {"書（shū）記", "書記"}, {"長(zhǎng)", "長"}, {"與(yǔ)工會(huì)", "與工會"},
		{"的(de)", "的"}, {"務(wù)", "務"}, {"產(chǎn)業(yè)", "產業"},
		{"职工之家（ktv）", "职工之家（ktv）"}, {"(2024)", "(2024)"}, {"平台(app)建设", "平台(app)建设"}, {"（更正）", "（更正）"}, {"lián", "lián"},
	}
	for _, tt := range tests {
		if got := StripPinyin(tt.text); got != tt.want {
			t.Errorf("StripPinyin(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestSimplify(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"聯席會議", "联席会议"}, {"縣人民政府與縣總工會", "县人民政府与县总工会"}, {"區長", "区长"}, {"產業工人隊伍建設", "产业工人队伍建设"},
		{"勞動關係協調", "劳动关系协调"}, {"職工權益保障", "职工权益保障"}, {"辦結時限", "办结时限"}, {"牽頭單位", "牵头单位"}, {"責任人", "责任人"},
		{"實施方案", "实施方案"}, {"進展狀態", "进展状态"}, {"議題徵集啟動日期", "议题征集启动日期"}, {"紀要印發", "纪要印发"}, {"宣傳報道", "宣传报道"},
		{"鄉鎮街道", "乡镇街道"}, {"蘇木", "苏木"}, {"盧龍縣", "卢龙县"}, {"靈寶市", "灵宝市"}, {"鹽都區", "盐都区"}, {"豐臺區", "丰台区"},
		{"乾县", "乾县"}, {"联席会议", "联席会议"}, {"abc 123", "abc 123"}, {"", ""},
	}
	for _, tt := range tests {
		if got := Simplify(tt.text); got != tt.want {
			t.Errorf("Simplify(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
	if n := len(simplified()); n < 2900 {
		t.Errorf("the table holds %d pairs, want it whole", n)
	}
}

// A simplified character must map to nothing else, or folding twice would differ from folding once.
func TestSimplifyIsStable(t *testing.T) {
	t.Parallel()
	for from, to := range simplified() {
		if again := Simplify(string(to)); again != string(to) && again != "" {
			t.Errorf("%c becomes %c, which becomes %s", from, to, again)
		}
	}
}

func TestWidthAndPad(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want int
	}{{"", 0}, {"abc", 3}, {"桐屯区", 6}, {"桐屯区2024", 10}, {"（）", 4}, {"e\u0301", 1}, {"—", 1}, {"\u200b", 0}, {"🙂", 2}}
	for _, tt := range tests {
		if got := Width(tt.text); got != tt.want {
			t.Errorf("Width(%q) = %d, want %d", tt.text, got, tt.want)
		}
	}
	if got := Pad("桐屯区", 8) + "|" + PadLeft("桐", 4) + "|" + Pad("桐屯区", 2); got != "桐屯区  |  桐|桐屯区" {
		t.Errorf("padded %q", got)
	}
}
