package cntext

import "testing"

func TestTick(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"是", "有", "√", "✓", "✔", "✔️", "☑", "Y", "y", "YES", "Ｙ", "1", "1.0", "对", "已", "已建立", "已通报", "已研究讨论", "已经部署", "均已落实", "是。", "是（2024年3月）",
		"有，见附件", "√ ", "已開展", "TRUE", "已做", "有；详见纪要", "已听取汇报", "√已通报", "是 已通报", "有通报", "已成立", "已出台", "是的", "☑是 ☐否", "√是 □否",
	} {
		if got, ok := Tick(text); !ok || !got {
			t.Errorf("Tick(%q) = %v, %v, want true", text, got, ok)
		}
	}
	for _, text := range []string{
		"否", "无", "×", "✗", "x", "X", "N", "no", "0", "未", "没有", "未建立", "尚未通报", "暂未开展", "没有通报", "不是", "无，拟下季度建立", "否（筹备中）", "未通報", "False", "□", "未汇报", "未成立", "□是 ☑否", "☐是 ☑否", "否 未通报",
	} {
		if got, ok := Tick(text); !ok || got {
			t.Errorf("Tick(%q) = %v, %v, want false", text, got, ok)
		}
	}
	for _, text := range []string{"", " ", "部分", "部分通报", "不适用", "筹备中", "2", "是否", "有无", "○", "—", "正在建立", "□是 □否", "☑是 ☑否", "是/否", "拟建", "书面通报", "不涉及"} {
		if got, ok := Tick(text); ok {
			t.Errorf("Tick(%q) = %v, true, want refused", text, got)
		}
	}
}

func TestHasPublicity(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"是", "有", "√", "云州日报3月16日第2版", "县融媒体中心", "未来网报道", "无线云州", "微信公众号", "1", "已报道", "https://example.org/1"} {
		if !HasPublicity(text) {
			t.Errorf("HasPublicity(%q) = false, want true", text)
		}
	}
	for _, text := range []string{"", "　", "—", "/", "否", "无", "未", "×", "没有", "未报道", "未宣传报道", "暂无", "N", "0", "无。", "尚未报道", "未報道", "-"} {
		if HasPublicity(text) {
			t.Errorf("HasPublicity(%q) = true, want false", text)
		}
	}
}

func TestBlankAndNone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", " ", "　", "\u00a0", "\u200b", "—", "——", "－", "-", "--", "/", "\\", "\n", "_", "／"} {
		if !Blank(text) || !None(text) {
			t.Errorf("Blank(%q), None(%q) = %v, %v, want true, true", text, text, Blank(text), None(text))
		}
	}
	for _, text := range []string{"无", "没有", "暂无", "（无）", "无。", "不适用", "不涉及", "N/A", "無"} {
		if Blank(text) || !None(text) {
			t.Errorf("Blank(%q), None(%q) = %v, %v, want false, true", text, text, Blank(text), None(text))
		}
	}
	for _, text := range []string{"0", "否", "×", "无锡路街道", "资金未到位", ".", "-5"} {
		if Blank(text) || None(text) {
			t.Errorf("Blank(%q), None(%q) = %v, %v, want false, false", text, text, Blank(text), None(text))
		}
	}
}
