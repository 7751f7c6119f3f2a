package record

import (
	"fmt"
	"strings"
)

// TextRef names a place in a report's text as a cell is named in a sheet: 「第3段12-20字」, paragraph and characters counted
// from 1. span is a range of runes in text; one that runs over the paragraph's end counts on. An empty or outlying span
// gives "".
func TextRef(text string, span [2]int) string {
	paragraph, start, n := 1, 0, 0
	for _, r := range text {
		if n == span[0] {
			break
		}
		if n++; r == '\n' {
			paragraph, start = paragraph+1, n
		}
	}
	if span[0] < 0 || span[1] <= span[0] || n != span[0] {
		return ""
	}
	return fmt.Sprintf("第%d段%d-%d字", paragraph, span[0]-start+1, span[1]-start)
}

// TextSpan is the way back from TextRef; ok is false for what is no place in the text.
func TextSpan(text, ref string) (span [2]int, ok bool) {
	var paragraph, from, to int
	if n, err := fmt.Sscanf(ref, "第%d段%d-%d字", &paragraph, &from, &to); n != 3 || err != nil || paragraph < 1 || from < 1 || to < from {
		return span, false
	}
	start := 0
	rest := text
	for range paragraph - 1 {
		line, after, found := strings.Cut(rest, "\n")
		if !found {
			return span, false
		}
		start += len([]rune(line)) + 1
		rest = after
	}
	if to > len([]rune(rest)) {
		return span, false
	}
	return [2]int{start + from - 1, start + to}, true
}
