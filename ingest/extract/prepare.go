package extract

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"liandu/internal/cntext"
)

// maxRunes is how much of a text is read: the longest minutes have a fifth of it.
const maxRunes = 60_000

// text is a copy of the text as given in the form all steps read: half-width, simplified where the text is in
// traditional characters, without pinyin remains and doubled punctuation. origin maps each byte back.
type text struct {
	given         []rune
	body          string
	origin        []int32 // for each byte of body, the rune of given it came from; one more for the end
	isTraditional bool
	sentences     []sentence
	headlines     []sentence // lines without a full stop, at the head
	page          []sentence // every line of the page's head and foot, where a dateline may stand
	address       string     // the page's address, where a saved page carries it
}

func prepare(s string) (*text, bool) {
	given := []rune(strings.ToValidUTF8(s, "\ufffd"))
	isCut := len(given) > maxRunes
	if isCut {
		given = given[:maxRunes]
	}
	t := &text{given: given, isTraditional: isTraditional(given)}
	p := preparer{text: t}
	for i := 0; i < len(given); i++ {
		if n := pinyinAt(given[i:]); n > 0 {
			i += n - 1
			continue
		}
		if isFilling(given, i) {
			continue
		}
		p.add(given[i], i)
	}
	p.unwrap()
	t.body = string(p.body)
	t.origin = append(p.origin, int32(len(given)))
	t.split()
	return t, isCut
}

// isFilling reports a rune that only fills: a space inside 「2020 年 11 月 25 日」, 座谈 of 联席座谈会, which is the same conference.
func isFilling(given []rune, i int) bool {
	before, after := rune(0), rune(0)
	if i > 0 {
		before = given[i-1]
	}
	if i+1 < len(given) {
		after = given[i+1]
	}
	isFigure := func(c rune) bool { return c >= '0' && c <= '9' }
	switch c := given[i]; {
	case c == ' ' || c == '\u00a0':
		return isFigure(before) && strings.ContainsRune("年月日号", after) || strings.ContainsRune("年月", before) && isFigure(after)
	case c == '座':
		return before == '席' && strings.ContainsRune("谈談", after) && i+2 < len(given) && strings.ContainsRune("会會", given[i+2])
	case c == '谈' || c == '談':
		return before == '座' && i > 1 && given[i-2] == '席' && strings.ContainsRune("会會", after)
	}
	return false
}

// isTraditional reports whether the text as a whole is written in traditional characters, so that a name with 於 or
// 乾 in a simplified text stays as it is.
func isTraditional(given []rune) bool {
	han, changed := 0, 0
	for _, r := range given {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		han++
		if c := string(r); cntext.Simplify(c) != c {
			changed++
		}
	}
	return changed*20 > han
}

// pinyinAt returns the length of the pinyin remains at the front of s, 0 for none.
func pinyinAt(s []rune) int {
	if s[0] != '(' && s[0] != '（' {
		return 0
	}
	for i := 1; i < len(s) && i < 11; i++ {
		if s[i] == ')' || s[i] == '）' {
			if cntext.StripPinyin(string(s[:i+1])) == "" {
				return i + 1
			}
			return 0
		}
	}
	return 0
}

type preparer struct {
	*text
	body   []byte
	origin []int32
	last   rune
}

func (p *preparer) add(r rune, at int) {
	switch {
	case r == '\r' || r == '\u2028' || r == '\v' || r == '\f':
		r = '\n'
	case r == '\t' || r == '\n' || r >= '①' && r <= '⑳':
	case unicode.IsSpace(r):
		r = ' '
	case r == '〇' || r == '○':
		r = '〇'
	case r > 0x7e && !unicode.Is(unicode.Han, r):
		for _, f := range cntext.Fold(string(r)) {
			p.put(f, at)
		}
		return
	case p.isTraditional:
		for _, f := range cntext.Simplify(string(r)) {
			r = f
		}
	}
	p.put(r, at)
}

// put appends a rune. A comma beside another mark is the mirror sites' doubling and goes: 「,,」 「,、」 「,。」.
func (p *preparer) put(r rune, at int) {
	if isMark(r) && p.last == ',' {
		p.body, p.origin = p.body[:len(p.body)-1], p.origin[:len(p.origin)-1]
	} else if r == ',' && isMark(p.last) {
		return
	}
	p.body = utf8.AppendRune(p.body, r)
	for len(p.origin) < len(p.body) {
		p.origin = append(p.origin, int32(at))
	}
	p.last = r
}

var nextLine = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}[、.是]|第[一二三四五六七八九十]+[条章]|出席|列席|请假|附件|主持|记录|时间|地点|会议|\(|《)`)

// unwrap joins the lines of a paragraph that a page cut at its margin: a line of prose that ends without a mark, followed
// by one that is no longer and begins in the middle of a sentence.
func (p *preparer) unwrap() {
	const shortest = 24
	lines := bytes.Split(p.body, []byte("\n"))
	at := 0
	var drop []int
	for i := 0; i+1 < len(lines); i++ {
		line, next := lines[i], lines[i+1]
		at += len(line)
		n := utf8.RuneCount(line)
		last, _ := utf8.DecodeLastRune(line)
		first, _ := utf8.DecodeRune(next)
		isJoined := len(drop) > 0 && drop[len(drop)-1] == at-len(line)-1
		if cutBracket(line, next) {
			drop = append(drop, at)
		} else if n >= shortest && unicode.Is(unicode.Han, last) && unicode.Is(unicode.Han, first) && (bytes.ContainsAny(line, ",、") || isJoined) && !bytes.ContainsAny(line, "\t") &&
			utf8.RuneCount(next) <= n+4 && (i > 0 && near(utf8.RuneCount(lines[i-1]), n) || near(utf8.RuneCount(next), n)) && !nextLine.Match(next) {
			drop = append(drop, at)
		}
		at++
	}
	for i := len(drop) - 1; i >= 0; i-- {
		p.body = slices.Delete(p.body, drop[i], drop[i]+1)
		p.origin = slices.Delete(p.origin, drop[i], drop[i]+1)
	}
}

// cutBracket reports a bracket that opens near the end of one line and closes at the head of the next.
func cutBracket(line, next []byte) bool {
	for _, b := range []string{"()", "【】", "《》"} {
		pair := strings.SplitAfter(b, b[:len(b)/2])
		open, closing := bytes.LastIndex(line, []byte(pair[0])), bytes.Index(next, []byte(pair[1]))
		if open >= 0 && !bytes.Contains(line[open:], []byte(pair[1])) && closing >= 0 && utf8.RuneCount(next[:closing]) <= 16 &&
			!bytes.Contains(next[:closing], []byte(pair[0])) && utf8.RuneCount(line[open:]) <= 40 {
			return true
		}
	}
	return false
}

func near(a, b int) bool { return a-b <= 4 && b-a <= 4 }

func isMark(r rune) bool { return strings.ContainsRune(",、。;", r) && r != 0 }

// span returns the runes of the text as given that bytes start to end of the body came from.
func (t *text) span(start, end int) Span {
	return Span{int(t.origin[start]), int(t.origin[end-1]) + 1}
}

// words returns what bytes start to end of the body say, for showing: as the text writes it, in simplified characters
// where the text is in traditional ones.
func (t *text) words(start, end int) string {
	if end <= start {
		return ""
	}
	if t.isTraditional {
		return strings.TrimSpace(t.body[start:end])
	}
	s := t.span(start, end)
	return strings.TrimSpace(string(t.given[s[0]:s[1]]))
}
