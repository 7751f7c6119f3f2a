package ingest

import (
	"strings"

	"liandu/internal/cntext"
)

// nearTitles reports whether two titles of one meeting may be the same item: cntext.NearTitle, and for longer titles
// one character changed, or up to two left out. Titles with different figures are different items.
func nearTitles(a, b string) bool {
	if cntext.NearTitle(a, b) {
		return true
	}
	x, y := []rune(cntext.TitleKey(a)), []rune(cntext.TitleKey(b))
	if len(x) < len(y) {
		x, y = y, x
	}
	const long = 10
	if len(y) < long || len(x)-len(y) > 2 || figures(x) != figures(y) {
		return false
	}
	if len(x) == len(y) {
		return changed(x, y) == 1
	}
	return contains(x, y)
}

// figures are a title's numbers and the words that tell one of a series from another, in order.
func figures(key []rune) string {
	var b strings.Builder
	for _, r := range key {
		if r >= '0' && r <= '9' || strings.ContainsRune("〇一二三四五六七八九十百千万甲乙丙东西南北上下前后", r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func changed(x, y []rune) int {
	n := 0
	for i := range x {
		if x[i] != y[i] {
			n++
		}
	}
	return n
}

// contains reports whether y is x with characters left out.
func contains(x, y []rune) bool {
	i := 0
	for _, r := range x {
		if i < len(y) && y[i] == r {
			i++
		}
	}
	return i == len(y)
}
