package ingest

import (
	"strings"

	"liandu/internal/cntext"
)

// nearTitle is a title made ready for many comparisons.
type nearTitle struct {
	title   cntext.Title
	key     []rune
	figures string
}

func readNear(s string) nearTitle {
	t := cntext.ReadTitle(s)
	key := []rune(t.Key)
	return nearTitle{t, key, figures(key)}
}

// near reports whether two titles of one meeting may be the same item: cntext.NearTitle, and for longer titles one
// character changed, or up to two left out. Titles with different figures are different items.
func (a nearTitle) near(b nearTitle) bool {
	if a.title.Near(b.title) {
		return true
	}
	x, y := a, b
	if len(x.key) < len(y.key) {
		x, y = y, x
	}
	const long = 10
	if len(y.key) < long || len(x.key)-len(y.key) > 2 || x.figures != y.figures {
		return false
	}
	if len(x.key) == len(y.key) {
		return changed(x.key, y.key) == 1
	}
	return contains(x.key, y.key)
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
