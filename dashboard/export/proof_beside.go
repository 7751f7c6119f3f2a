package export

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// beside looks at what stands right beside words that are the same on both sides: a character more before or after a
// name makes another name of it, and another counter counts other things.
func (c *comparison) beside(want []*sentence) {
	for _, s := range want {
		for _, w := range s.words {
			if w.twin == nil || w.twin.in != s.twin {
				continue
			}
			switch w.kind {
			case tokenLiteral:
				c.longerName(w)
			case tokenNumber:
				c.otherCounter(w)
			}
		}
		c.strangers(s)
	}
}

// stranger is a name after another in a list.
var stranger = regexp.MustCompile(`^[、和与及](\p{Han}{2,8}?)(?:[、和与及)。]|$)`)

// strangers says names that stand in a list of the data's names and are none of them, where nothing else of the list was
// changed: what was put in another's place is said there.
func (c *comparison) strangers(s *sentence) {
	if s.twin == nil {
		return
	}
	for _, w := range s.words {
		if w.kind == tokenLiteral && w.twin == nil {
			return
		}
	}
	text := string(s.p.runes[s.start:s.end])
	for i, g := range s.twin.words {
		if g.kind != tokenLiteral || g.twin == nil {
			continue
		}
		m := stranger.FindStringSubmatch(string(g.in.p.runes[g.end:g.in.end]))
		if m == nil || strings.Contains(text, m[1]) || slices.ContainsFunc(s.twin.words[i+1:], func(o *word) bool { return o.start <= g.end+len([]rune(m[1])) && o.end > g.end }) {
			continue
		}
		found := g.in.p.text(g.end+1, g.end+1+len([]rune(m[1])))
		c.say(g.twin, Disagreement{Kind: KindDiffers, Place: placeOf(g), Found: found, Why: "数据所列名单中没有“" + found + "”。"})
	}
}

// besideNames may stand beside a name without being part of it.
const besideNames = "在对由经与和及或为给从向以将把让使即如而但又还也均都各含有因按据于是的等未已共应至到并另其该同请"

// longerName says a name that has one more character on the other side, all else around it being the same.
func (c *comparison) longerName(w *word) {
	at := func(p *passage, i int) rune {
		if i < 0 || i >= len(p.runes) {
			return 0
		}
		return p.runes[i]
	}
	isPart := func(r rune) bool { return unicode.Is(unicode.Han, r) && !strings.ContainsRune(besideNames, r) }
	isSame := func(a, b rune) bool {
		return a == b || a > 0 && b > 0 && strings.ContainsRune("、和(,", a) && strings.ContainsRune("、和(,", b)
	}
	mine, theirs, g := w.in.p, w.twin.in.p, w.twin
	start, end := g.start, g.end
	if r := at(theirs, start-1); isPart(r) && r != at(mine, w.start-1) && isSame(at(theirs, start-2), at(mine, w.start-1)) {
		start--
	}
	if r := at(theirs, end); isPart(r) && r != at(mine, w.end) && isSame(at(theirs, end+1), at(mine, w.end)) {
		end++
	}
	if end-start > g.end-g.start {
		c.say(w, w.disagreement(theirs.text(start, end), "与数据中的名称不一致，多出文字。"))
	}
}

// counters are what papers count things in; those of one row count the same.
var counters = []string{"项", "个", "件份", "人名位", "家", "次届", "天日", "条"}

// counter is the row of a number's counter, -1 without one.
func (w *word) counter() (int, string) {
	runes := w.in.p.runes
	last := runes[w.end-1]
	if last >= '0' && last <= '9' {
		if w.end >= len(runes) {
			return -1, ""
		}
		last = runes[w.end]
	}
	for i, row := range counters {
		if strings.ContainsRune(row, last) {
			return i, string(last)
		}
	}
	return -1, ""
}

func (c *comparison) otherCounter(w *word) {
	a, right := w.counter()
	b, found := w.twin.counter()
	if a < 0 || b < 0 || a == b {
		return
	}
	n := func(w *word, counter string) string { return strings.TrimSuffix(w.text(), counter) + counter }
	d := w.disagreement(n(w.twin, found), "数据为"+n(w, right)+"，量词不一致。")
	d.Right = n(w, right)
	c.say(w, d)
}

// listGap is what may stand between two names of one list: a mark, and a name nobody knows beside it.
var listGap = regexp.MustCompile(`^(?:、|和|与|及|,|以及|、\p{Han}{1,8}[、和与及]?|[和与及]\p{Han}{1,2})$`)
