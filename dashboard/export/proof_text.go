package export

import (
	"slices"
	"strings"
)

// sentence is a part of a passage up to 。 or ；, with what it says that can agree with the data or not.
type sentence struct {
	p          *passage
	start, end int
	words      []*word
	keys       string
	pairs      map[[2]rune]int
	order      int
	twin       *sentence // what it became on the other side
	said       bool
}

// word is a token in its sentence.
type word struct {
	token
	in   *sentence
	twin *word // the same on the other side
}

func (w *word) text() string { return w.in.p.text(w.start, w.end) }

// sentences splits passages. Names of one list come in one order, so that a list may be told the other way round.
func sentences(v *vocabulary, all []passage) []*sentence {
	var out []*sentence
	for i := range all {
		p := &all[i]
		tokens := v.tokens(*p)
		sortLists(*p, tokens)
		one := &sentence{p: p, start: 0}
		next := 0
		for at := 0; at <= len(p.runes); at++ {
			if at < len(p.runes) && p.runes[at] != '。' && p.runes[at] != ';' {
				continue
			}
			one.end = min(at+1, len(p.runes))
			inQuote := false
			for ; next < len(tokens) && tokens[next].start <= at; next++ {
				one.words = append(one.words, &word{token: tokens[next], in: one})
				inQuote = inQuote || tokens[next].end > at+1
			}
			if inQuote && at < len(p.runes) { // a stop inside a quotation ends nothing
				continue
			}
			if one.end > one.start {
				one.keys, one.pairs, one.order = one.key(), bigrams(p.runes[one.start:one.end]), len(out)
				out = append(out, one)
			}
			one = &sentence{p: p, start: one.end}
		}
	}
	return out
}

// sortLists brings names that stand in one list into one order.
func sortLists(p passage, tokens []token) {
	isList := func(a, b token) bool {
		if a.kind != tokenLiteral || b.kind != tokenLiteral || a.end > b.start {
			return false
		}
		return listGap.MatchString(string(p.runes[a.end:b.start]))
	}
	for i := 0; i < len(tokens); {
		j := i + 1
		for j < len(tokens) && isList(tokens[j-1], tokens[j]) {
			j++
		}
		if j-i > 1 {
			slices.SortStableFunc(tokens[i:j], func(a, b token) int { return strings.Compare(a.value, b.value) })
		}
		i = j
	}
}

func (s *sentence) key() string {
	var b strings.Builder
	for _, w := range s.words {
		b.WriteString(w.key() + "\x01")
	}
	return b.String()
}

func (s *sentence) text() string { return s.p.text(s.start, s.end) }

// untouched reports whether nothing of the sentence was found on the other side.
func (s *sentence) untouched() bool {
	return !slices.ContainsFunc(s.words, func(w *word) bool { return w.twin != nil })
}

func (s *sentence) size() int { return s.end - s.start }

// facing remembers which sentence of the other side this one became.
func (s *sentence) facing(o *sentence) {
	if s.twin == nil {
		s.twin = o
	}
}

// stretch is a part of a sentence of the other side.
type stretch struct {
	in         *sentence
	start, end int
}

func (s stretch) text() string { return s.in.p.text(s.start, s.end) }

func (s stretch) holds(w *word) bool { return s.in == w.in && s.start <= w.start && w.end <= s.end }

// opposite is what stands in a word's place on the other side, false where its whole sentence is gone.
func (w *word) opposite() (stretch, bool) {
	other := w.in.twin
	for _, o := range w.in.words {
		if other == nil && o.twin != nil {
			other = o.twin.in
		}
	}
	if other == nil {
		return stretch{}, false
	}
	mine, theirs := w.in.p.runes[w.in.start:w.in.end], other.p.runes[other.start:other.end]
	first, last := 0, len(theirs)
	for _, p := range align(len(mine), len(theirs), func(i, j int) int {
		if mine[i] == theirs[j] {
			return 1
		}
		return 0
	}) {
		switch {
		case p[0] < w.start-w.in.start:
			first = p[1] + 1
		case p[0] >= w.end-w.in.start:
			last = min(last, p[1])
		}
	}
	return stretch{other, other.start + first, other.start + max(first, last)}, true
}

// compareText pairs sentences that say the same, or nearly, wherever they stand, and compares word by word what they and
// the rest say.
func compareText(v *vocabulary, wantText, gotText []passage) []Disagreement {
	want, got := sentences(v, wantText), sentences(v, gotText)
	c := comparison{known: map[string]bool{}}
	for _, w := range want {
		for _, one := range w.words {
			c.known[one.key()] = true
		}
	}
	pairs := align(len(want), len(got), func(i, j int) int { return likeness(want[i], got[j]) })
	for _, p := range pairs {
		c.join(want[p[0]], got[p[1]])
	}
	for _, w := range want { // moved
		best, at := 0, -1
		for j, g := range got {
			if n := likeness(w, g); w.twin == nil && g.twin == nil && n > best {
				best, at = n, j
			}
		}
		if at >= 0 {
			c.join(w, got[at])
		}
	}
	i, j := 0, 0
	for _, p := range append(pairs, [2]int{len(want), len(got)}) {
		c.between(unpaired(want[i:p[0]]), unpaired(got[j:p[1]]))
		i, j = p[0]+1, p[1]+1
	}
	c.beside(want)
	return c.list()
}

// compareFacing compares two passages that are known to be one: a cell and what it became.
func compareFacing(v *vocabulary, want, got passage) []Disagreement {
	a, b := sentences(v, []passage{want}), sentences(v, []passage{got})
	if len(a) != 1 || len(b) != 1 {
		return compareText(v, []passage{want}, []passage{got})
	}
	c := comparison{known: map[string]bool{}}
	c.join(a[0], b[0])
	c.beside(a)
	return c.list()
}

// list is what was found, in the order of the paper.
func (c *comparison) list() []Disagreement {
	slices.SortStableFunc(c.found, func(a, b foundAt) int { return a.at - b.at })
	var out []Disagreement
	for _, f := range c.found {
		out = append(out, f.Disagreement)
	}
	return out
}

// likeness is how much two sentences are one: most where they say the same, some where they are nearly of one wording.
func likeness(w, g *sentence) int {
	if len(w.words) == 0 {
		return 0
	}
	if w.keys == g.keys {
		return 200 * len(w.words)
	}
	n, m := w.end-w.start, g.end-g.start
	if min(n, m)*5 < max(n, m)*4 {
		return 0
	}
	if like := dice(w.pairs, g.pairs, n+m-2); like >= 60 {
		return like
	}
	return 0
}

// bigrams counts the pairs of neighbouring characters.
func bigrams(runes []rune) map[[2]rune]int {
	out := make(map[[2]rune]int, len(runes))
	for i := 1; i < len(runes); i++ {
		out[[2]rune{runes[i-1], runes[i]}]++
	}
	return out
}

// dice is twice what two texts share of what they have, in hundredths.
func dice(a, b map[[2]rune]int, all int) int {
	if all <= 0 {
		return 0
	}
	shared := 0
	for k, n := range a {
		shared += min(n, b[k])
	}
	return 200 * shared / all
}

// unpaired is the words of sentences without a twin.
func unpaired(all []*sentence) []*word {
	var out []*word
	for _, s := range all {
		if s.twin == nil {
			out = append(out, s.words...)
		}
	}
	return out
}

// comparison gathers what was found, and knows which values the paper has anywhere.
type comparison struct {
	known map[string]bool
	found []foundAt
}

// foundAt is a disagreement with its place in the order of the paper.
type foundAt struct {
	Disagreement
	at int
}

func (c *comparison) say(w *word, d Disagreement) {
	c.found = append(c.found, foundAt{d, w.in.order})
}

// join pairs two sentences for good.
func (c *comparison) join(want, got *sentence) {
	want.twin, got.twin = got, want
	if want.keys == got.keys {
		for i := range want.words {
			want.words[i].twin, got.words[i].twin = got.words[i], want.words[i]
		}
		return
	}
	c.between(want.words, got.words)
}

// between compares words that stand between two pairs of like sentences, or in such a pair.
func (c *comparison) between(want, got []*word) {
	pairs := align(len(want), len(got), func(i, j int) int {
		switch {
		case want[i].key() == got[j].key():
			return 4
		case sameDay(want[i].token, got[j].token), sameState(want[i].token, got[j].token):
			return 3
		}
		return 0
	})
	for _, p := range pairs {
		want[p[0]].twin, got[p[1]].twin = got[p[1]], want[p[0]]
	}
	i, j := 0, 0
	for _, p := range append(pairs, [2]int{len(want), len(got)}) {
		c.hunk(want[i:p[0]], got[j:p[1]])
		i, j = p[0]+1, p[1]+1
	}
}

// sameState reports whether two words say nearly the same of a meeting or an item.
func sameState(a, b token) bool {
	if a.kind != tokenStatus || b.kind != tokenStatus {
		return false
	}
	same := func(x, y string) bool { return a.value == x && b.value == y || a.value == y && b.value == x }
	return same("全部办结", "已办结") || same("全部召开", "已召开") || same("全部建立", "已建立") || same("逾期未办结", "逾期") || same("未逾期", "无逾期") || same("未制定", "未完成")
}

// hunk judges words of which neither side has the other's.
func (c *comparison) hunk(want, got []*word) {
	isBlank := func(w *word) bool { return w.kind == tokenBlank }
	if slices.ContainsFunc(want, isBlank) { // what was filled in is not judged, what stands beside it is
		for _, w := range want {
			if at, ok := w.opposite(); ok && !isBlank(w) && string(fold(at.text())) != string(fold(w.text())) {
				c.lost(w)
			}
		}
		return
	}
	want, got = slices.Clone(want), slices.Clone(got)
	cancel(&want, &got)
	pairs := align(len(want), len(got), func(i, j int) int {
		w, g := want[i], got[j]
		switch {
		case w.in.untouched() && g.in.untouched() && w.in.twin == nil && g.in.twin == nil && dice(w.in.pairs, g.in.pairs, w.in.size()+g.in.size()-2) < 40:
			return 0
		case w.kind == g.kind:
			return 4
		case w.kind.isNumber() && g.kind.isNumber():
			return 3
		case w.kind.isNumber() || g.kind.isNumber() || w.kind.isSoft() && !w.isFact():
			return 0
		}
		return 1
	})
	paired := map[*word]*word{}
	for _, p := range pairs {
		paired[want[p[0]]] = got[p[1]]
	}
	var shown []stretch
	for _, w := range want {
		shown = append(shown, c.judge(w, paired[w])...)
	}
	for _, g := range got {
		if !slices.ContainsFunc(shown, func(s stretch) bool { return s.holds(g) }) {
			c.extra(g)
		}
	}
}

// cancel drops soft words that only changed their places.
func cancel(want, got *[]*word) {
	for i := 0; i < len(*want); i++ {
		w := (*want)[i]
		if !w.kind.isSoft() && w.kind != tokenRank {
			continue
		}
		if j := slices.IndexFunc(*got, func(g *word) bool { return g.key() == w.key() }); j >= 0 {
			*want, *got = slices.Delete(*want, i, i+1), slices.Delete(*got, j, j+1)
			i--
		}
	}
}

// judge says what became of a word of the data: another stands in its place, or none. It returns what has been shown.
func (c *comparison) judge(w, g *word) []stretch {
	if g == nil {
		return c.lost(w)
	}
	at := stretch{g.in, g.start, g.end}
	if !w.kind.isNumber() {
		w.in.facing(g.in)
		if o, ok := w.opposite(); ok && o.end > o.start {
			at = o
		}
	}
	c.say(w, w.disagreement(at.text(), whyOf(w)))
	return []stretch{at, {g.in, g.start, g.end}}
}

func (w *word) disagreement(found, why string) Disagreement {
	d := Disagreement{Kind: KindDiffers, Place: placeOf(w), Found: found, Right: w.text(), Why: why}
	if f := w.in.p.figureOf(w.token); f != nil {
		d.Figure = f.ID
	}
	return d
}

func (w *word) isFact() bool { return w.in.p.figureOf(w.token) != nil }

// placeOf names the paragraph and what stands before the word.
func placeOf(w *word) string {
	if w.start == 0 {
		return w.in.p.place
	}
	return w.in.p.place + "，“" + w.in.p.text(w.start-8, w.start) + "”之后"
}

func whyOf(w *word) string {
	f := w.in.p.figureOf(w.token)
	id := ""
	if f != nil {
		id = f.ID
	}
	switch {
	case strings.HasPrefix(id, "clause/"), strings.HasPrefix(id, "regime/"):
		return "与制度文件原文不一致。"
	case strings.HasPrefix(id, "setting/"):
		return "与设置不一致。"
	case strings.HasSuffix(id, "/name"):
		return "此处数据涉及的单位是" + w.text() + "。"
	case w.kind == tokenRank:
		return "与数据中的主持人职务或者级别不一致。"
	case w.kind == tokenStatus, w.kind == tokenMove:
		return "与数据所示的情况不一致。"
	case w.kind.isNumber():
		return "数据为" + w.text() + "。"
	}
	return "与数据不一致。"
}

// lost is a word of the data that no longer stands there as such. A sentence taken out whole is one.
func (c *comparison) lost(w *word) []stretch {
	at, ok := w.opposite()
	if !ok {
		if (w.isFact() || !w.kind.isSoft()) && !w.in.said {
			w.in.said = true
			c.say(w, Disagreement{Kind: KindMissing, Place: w.in.p.place, Right: w.in.text(), Why: "这句话带有数据，上传稿中没有找到；如属有意删去，可不处理。"})
		}
		return nil
	}
	found := at.text()
	if !w.isFact() && w.kind.isSoft() && !oneChange(fold(w.text()), fold(found)) {
		return nil
	}
	why := whyOf(w)
	if found == "" {
		why = "上传稿此处没有“" + w.text() + "”。"
	}
	c.say(w, w.disagreement(found, why))
	return []stretch{at}
}

// oneChange reports whether two texts differ in one character.
func oneChange(a, b []rune) bool {
	if len(a)-len(b) > 1 || len(b)-len(a) > 1 || len(b) == 0 {
		return false
	}
	same := len(align(len(a), len(b), func(i, j int) int {
		if a[i] == b[j] {
			return 1
		}
		return 0
	}))
	return same >= max(len(a), len(b))-1
}

// extra is a word that the data does not have: a number, a post beside a post, a name in a list.
func (c *comparison) extra(w *word) {
	switch {
	case w.kind.isNumber() && !c.harmless(w):
		if !w.in.untouched() {
			c.say(w, Disagreement{Kind: KindUnknown, Place: placeOf(w), Found: w.text(), Why: "生成稿此处没有这个数字，请自行核对来源。"})
		} else if !w.in.said {
			w.in.said = true
			c.say(w, Disagreement{Kind: KindUnknown, Place: w.in.p.place, Found: w.in.text(), Why: "这句话不在生成稿中，所写数字没有数据可以核对。"})
		}
	case w.kind == tokenRank && w.touches():
		c.say(w, Disagreement{Kind: KindDiffers, Place: placeOf(w), Found: w.text(), Why: "数据中的主持人职务没有“" + w.text() + "”。"})
	case w.kind == tokenLiteral && w.listed():
		c.say(w, Disagreement{Kind: KindDiffers, Place: placeOf(w), Found: w.text(), Why: "数据所列名单中没有“" + w.text() + "”。"})
	}
}

// harmless are 一个 and 一次 of ordinary speech, and dates and references that the paper has elsewhere.
func (c *comparison) harmless(w *word) bool {
	if w.kind == tokenNumber {
		return strings.HasPrefix(w.text(), "一")
	}
	return c.known[w.key()]
}

// touches reports whether a word stands right beside one that was found.
func (w *word) touches() bool {
	return slices.ContainsFunc(w.in.words, func(o *word) bool { return o.twin != nil && (o.end == w.start || w.end == o.start) })
}

// listed reports whether a name stands in a list with one that was found.
func (w *word) listed() bool {
	return slices.ContainsFunc(w.in.words, func(o *word) bool {
		if o.twin == nil || o.kind != tokenLiteral {
			return false
		}
		first, second := o, w
		if w.start < o.start {
			first, second = w, o
		}
		return second.start-first.end == 1 && strings.ContainsRune("、和与及", w.in.p.runes[first.end])
	})
}

// align pairs two rows of things in their order so that the worth of all pairs is greatest; pairs of no worth are none.
func align(n, m int, worth func(i, j int) int) [][2]int {
	if n == 0 || m == 0 {
		return nil
	}
	best := make([][]int, n+1)
	for i := range best {
		best[i] = make([]int, m+1)
	}
	w := make([][]int, n)
	for i := n - 1; i >= 0; i-- {
		w[i] = make([]int, m)
		for j := m - 1; j >= 0; j-- {
			w[i][j] = worth(i, j)
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if w[i][j] > 0 {
				best[i][j] = max(best[i][j], best[i+1][j+1]+w[i][j])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case w[i][j] > 0 && best[i][j] == best[i+1][j+1]+w[i][j]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
	return out
}
