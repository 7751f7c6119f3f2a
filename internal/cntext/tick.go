package cntext

import (
	"regexp"
	"strings"
)

var (
	tickYes = words("是 是的 有 对 是√ √是 y yes true t v 1 1.0 √ ✓ ✔ ☑ ✅ 🗸 ■ 已 建立 召开 通报 研究 部署 落实 达到 符合")
	tickNo  = words("否 无 不 未 没 没有 暂无 错 n no false f x 0 0.0 × ✗ ✘ ╳ ✕ ✖ ❌ ☒ □ ☐")

	tickBegins = regexp.MustCompile(`^(是|有|√|✓|✔|否|无|×)的?[,，、;。.:(]`)
	tickDone   = regexp.MustCompile(`^(?:是|有|√|✓|✔)?(?:已经?|均已|全部已?)(?:` + doing + `)|^有(?:` + doing + `)`)
	tickUndone = regexp.MustCompile(`^(?:否|×)?(?:尚未|暂未|还未|未|没有|没|不|尚无|暂无|无)(?:` + doing + `|是)`)
	tickBoxes  = regexp.MustCompile(`^([☑☒√✓✔■□☐])(?:是|有)([☑☒√✓✔■□☐])(?:否|无)$`)
)

// doing holds the verbs of the form's yes-or-no columns.
const doing = `建立|建制|成立|设立|召开|通报|汇报|听取|研究|讨论|协商|部署|安排|落实|开展|完成|制定|出台|印发|进行|报道|宣传|执行|做|确定|明确|建|有`

// Tick reads a yes or a no: 是 否 √ ✓ × 有 无 Y N 1 0 已建立 未建立 已通报 尚未通报, these with an explanation
// after a comma or in brackets, and ticked boxes (☑是 ☐否). 「部分」, 「不适用」 and anything else are not ok; a blank cell is the caller's.
func Tick(text string) (value, ok bool) {
	if len(text) > 300 {
		return false, false
	}
	s := strings.ToLower(Squeeze(Simplify(Fold(text))))
	s = strings.Trim(s, "。.!;,、()\ufe0f")
	switch {
	case s == "":
		return false, false
	case tickYes[s]:
		return true, true
	case tickNo[s]:
		return false, true
	}
	if m := tickBoxes.FindStringSubmatch(s); m != nil {
		open := map[string]bool{"□": true, "☐": true}
		return open[m[2]], open[m[1]] != open[m[2]]
	}
	if m := tickBegins.FindStringSubmatch(s); m != nil {
		return tickYes[m[1]], true
	}
	if tickDone.MatchString(s) {
		return true, true
	}
	if tickUndone.MatchString(s) {
		return false, true
	}
	return false, false
}

var publicityNo = words("否 无 未 × 没有 不 n no false 0 ✗ ✘ x 未报道 未宣传 未开展 未进行 未宣传报道 没有报道 没有宣传 " +
	"尚未报道 暂未报道 暂无报道 尚未宣传 无报道 无宣传 无宣传报道 未做宣传 未作宣传 不适用")

// HasPublicity reports whether 宣传报道 records any: every text but 否, 无, 未, × and what says the same at full
// length (未报道, 没有, 暂无). A blank, a dash or a stroke records nothing. A text that merely begins with 无 or 未
// (the name of a newspaper) counts.
func HasPublicity(text string) bool {
	if None(text) {
		return false
	}
	s := strings.ToLower(Squeeze(Simplify(Fold(text))))
	return !publicityNo[strings.Trim(s, "。.!;,、()")]
}

// Blank reports whether a cell holds nothing: no text, or only dashes, strokes and underscores.
func Blank(text string) bool {
	for _, r := range Fold(text) {
		if !strings.ContainsRune(" \n\t-‐‑‒–—―−_/\\|~─━", r) {
			return false
		}
	}
	return true
}

var noneWords = words("无 没有 暂无 空 不涉及 不适用 n/a na null none nil")

// None reports whether a cell of text or a date says that there is nothing: Blank, or 无, 没有, 暂无, 不涉及, 不适用.
// It is not for columns where 无 is an answer (Tick, HasPublicity).
func None(text string) bool {
	if Blank(text) {
		return true
	}
	if len(text) > 40 {
		return false
	}
	return noneWords[strings.Trim(strings.ToLower(Squeeze(Simplify(Fold(text)))), "。.()")]
}

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
