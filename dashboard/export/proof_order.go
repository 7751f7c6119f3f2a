package export

import (
	"fmt"
	"regexp"
	"strconv"
)

// ordinalHead is a heading's or a note's own number at the beginning of a passage.
var ordinalHead = regexp.MustCompile(`^(?:([一二三四五六七八九十]+)、|\(([一二三四五六七八九十]+)\)|(注:)?(\d{1,2})\.(?:[^\d]|\d{4}年|$))`)

// ordinalLength is how many characters a passage's own number takes.
func ordinalLength(runes []rune) int {
	text := string(runes[:min(len(runes), 12)])
	m := ordinalHead.FindStringSubmatchIndex(text)
	switch {
	case m == nil:
		return 0
	case m[8] >= 0: // 1. with the character after it
		return len([]rune(text[:m[9]])) + 1
	}
	return len([]rune(text[:m[1]]))
}

// order holds the numbers of headings against their neighbours: 一、二、三 through the paper, （一）（二） under each. Who drops
// a paragraph and numbers the others anew has not erred.
func order(passages []passage) []Disagreement {
	var out []Disagreement
	first, second, note := 0, 0, 0
	for _, p := range passages {
		m := ordinalHead.FindStringSubmatch(string(p.runes[:min(len(p.runes), 12)]))
		if m == nil || m[4] == "" {
			note = 0
		}
		if m == nil {
			continue
		}
		count, mark := &first, m[1]
		switch {
		case m[4] != "":
			count, mark = &note, m[4]
		case m[2] != "":
			count, mark = &second, m[2]
		default:
			second = 0
		}
		n, err := strconv.Atoi(mark)
		if m[4] == "" {
			n, err = strconv.Atoi(chineseValue(mark))
		}
		if err != nil {
			continue
		}
		begins := n == 1 || m[4] != "" && m[3] == "" && note == 0 && n == 2 // 2. under 附件：1.
		if n != *count+1 && !begins {
			found, right := mark+"、", ordinal(*count+1)+"、"
			switch {
			case m[2] != "":
				found, right = "（"+mark+"）", "（"+ordinal(*count+1)+"）"
			case m[4] != "":
				found, right = mark+".", strconv.Itoa(*count+1)+"."
			}
			out = append(out, Disagreement{
				Kind: KindDiffers, Place: p.place, Found: found, Right: right,
				Why: fmt.Sprintf("序号前后不连续：前一个序号是第%d个。", *count),
			})
			n = *count + 1
		}
		*count = n
	}
	return out
}
