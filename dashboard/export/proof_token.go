package export

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// tokenKind is what a token speaks of. Tokens of different kinds are never the same.
type tokenKind int

// The kinds. Up to and including tokenPhone they carry a number.
const (
	tokenNumber tokenKind = iota
	tokenPercent
	tokenPoints
	tokenFraction
	tokenDate
	tokenYear
	tokenOrdinal // 第四季度, 附件2, 八（四）
	tokenDocument
	tokenPhone
	tokenLiteral // a name or a text that the data gives
	tokenQuote
	tokenTitle // 《…》
	tokenRank
	tokenStatus
	tokenMove // 提高, 下降
	tokenPlace
	tokenBlank // 〔待填：…〕, which anything may fill
)

func (k tokenKind) isNumber() bool { return k <= tokenPhone }

// isSoft reports whether a word of this kind may come and go with the way a sentence is put.
func (k tokenKind) isSoft() bool {
	return k == tokenStatus || k == tokenMove || k == tokenPlace || k == tokenQuote || k == tokenTitle
}

// token is one word or number of a text that can agree with the data or not. Value is the same for the same thing
// however it is written: 60%, 60.0% and 百分之六十.
type token struct {
	kind       tokenKind
	value      string
	start, end int // runes of its passage
}

func (t token) key() string { return strconv.Itoa(int(t.kind)) + "\x00" + t.value }

// passage is a paragraph or a cell as it is compared: blanks dropped, marks of punctuation brought to one form.
type passage struct {
	runes   []rune
	raw     []rune // the same characters as they stand
	figures []factAt
	place   string
}

// factAt is a fact's place in a passage.
type factAt struct {
	start, end int
	figure     *Figure
	isBlank    bool
}

func newPassage(spans []Span, place string) passage {
	p := passage{place: place}
	for _, s := range spans {
		start := len(p.runes)
		p.add(s.Text)
		if isBlank := strings.HasPrefix(s.Text, "〔待填："); s.Figure != nil || isBlank {
			p.figures = append(p.figures, factAt{start, len(p.runes), s.Figure, isBlank})
		}
	}
	return p
}

func (p *passage) add(text string) {
	for _, r := range text {
		if f, ok := foldRune(r); ok {
			p.runes, p.raw = append(p.runes, f), append(p.raw, r)
		}
	}
}

// text is a part as it stands, without its blanks.
func (p passage) text(start, end int) string {
	return string(p.raw[max(start, 0):min(end, len(p.raw))])
}

// figureOf is the fact a token stands in, nil for the paper's own words.
func (p passage) figureOf(t token) *Figure {
	for _, f := range p.figures {
		if f.figure != nil && t.start < f.end && f.start < t.end {
			return f.figure
		}
	}
	return nil
}

var foldMarks = map[rune]rune{
	'，': ',', '：': ':', '；': ';', '（': '(', '）': ')', '％': '%', '／': '/', '．': '.', '＋': '+', '＝': '=', '！': '!', '？': '?',
	'“': '"', '”': '"', '„': '"', '「': '"', '」': '"', '『': '"', '』': '"', '＂': '"', '‘': '\'', '’': '\'',
	'—': '-', '–': '-', '－': '-', '―': '-', '‐': '-', '‑': '-', '−': '-', '〔': '[', '〕': ']', '【': '[', '】': ']', '［': '[', '］': ']',
	'〇': '零', '○': '零', '﹪': '%', '～': '~', '两': '二', '＊': '*',
}

// fold brings a text to the form in which it is compared.
func fold(s string) []rune {
	out := make([]rune, 0, len(s)/3)
	for _, r := range s {
		if f, ok := foldRune(r); ok {
			out = append(out, f)
		}
	}
	return out
}

// foldRune is one character in that form; false for blanks and what nobody sees.
func foldRune(r rune) (rune, bool) {
	if m, ok := foldMarks[r]; ok {
		r = m
	}
	switch {
	case r >= '０' && r <= '９':
		r = '0' + r - '０'
	case r >= 'Ａ' && r <= 'Ｚ':
		r = 'A' + r - 'Ａ'
	case r >= 'ａ' && r <= 'ｚ':
		r = 'a' + r - 'ａ'
	}
	return r, !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !unicode.IsControl(r)
}

// vocabulary is what a paper's words are recognised by: the names and texts its own data gives beside the fixed lists.
type vocabulary struct {
	literals map[rune][]string // by first rune, the longest first
	lists    map[rune][]listed2
}

type listed2 struct {
	word, value string
	kind        tokenKind
}

// newVocabulary gathers the texts of a paper's facts. Numbers, dates and texts of one character are left to the rules.
func newVocabulary(o *Official) *vocabulary {
	v := &vocabulary{literals: map[rune][]string{}, lists: wordLists}
	seen := map[string]bool{}
	add := func(text string) {
		folded := string(fold(text))
		runes := []rune(folded)
		if len(runes) < 2 || seen[folded] || runes[0] <= '9' || !slices.ContainsFunc(runes, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			return
		}
		if t, ok := firstRule(runes); ok && t.end == len(runes) {
			return
		}
		if l, ok := v.listed(runes, 0); ok && l.end == len(runes) {
			return
		}
		seen[folded] = true
		v.literals[runes[0]] = append(v.literals[runes[0]], folded)
	}
	prefix := regexp.MustCompile(`(\p{Han}{2,10})〔\d{4}〕`)
	o.each(func(s Span) {
		if s.Figure == nil {
			return
		}
		add(s.Text)
		for _, m := range prefix.FindAllStringSubmatch(s.Text, -1) {
			add(m[1])
		}
	})
	add(o.Issuer)
	add(o.To)
	for _, body := range []string{"人民政府", "总工会", "工会", "管理委员会", "办事处"} {
		if name, ok := strings.CutSuffix(o.To, body); ok && name != "" {
			add(name)
			break
		}
	}
	for _, all := range v.literals {
		slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	}
	return v
}

// each visits every span of a paper.
func (o *Official) each(f func(Span)) {
	for _, p := range o.Pages {
		for _, b := range p.Blocks {
			b.each(f)
		}
	}
}

// tokens reads a passage from left to right, taking the longest word at each place. A heading's own number is none: it
// is held against its neighbours (proof_order.go).
func (v *vocabulary) tokens(p passage) []token {
	var out []token
	for i := ordinalLength(p.runes); i < len(p.runes); {
		best := token{}
		consider := func(t token, ok bool) {
			if ok && t.end-t.start > best.end-best.start {
				best = t
			}
		}
		consider(v.literal(p.runes, i))
		consider(v.listed(p.runes, i))
		if t, ok := firstRule(p.runes[i:]); ok {
			t.start, t.end = t.start+i, t.end+i
			consider(t, true)
		}
		if best.end <= i {
			i++
			continue
		}
		out = append(out, best)
		i = best.end
	}
	return out
}

func (v *vocabulary) literal(runes []rune, at int) (token, bool) {
	for _, l := range v.literals[runes[at]] {
		if hasRunes(runes[at:], l) {
			return token{tokenLiteral, l, at, at + len([]rune(l))}, true
		}
	}
	return token{}, false
}

func (v *vocabulary) listed(runes []rune, at int) (token, bool) {
	for _, l := range v.lists[runes[at]] {
		if hasRunes(runes[at:], l.word) {
			return token{l.kind, l.value, at, at + len([]rune(l.word))}, true
		}
	}
	return token{}, false
}

func hasRunes(runes []rune, word string) bool {
	i := 0
	for _, r := range word {
		if i >= len(runes) || runes[i] != r {
			return false
		}
		i++
	}
	return true
}

const (
	chineseDigits = "零一二三四五六七八九十百千万"
	yearDigits    = `[零一二三四五六七八九]{4}`
)

// rules are the tokens that a pattern gives, tried in order; the longest wins.
var rules = []struct {
	kind    tokenKind
	first   string // runes a match may begin with
	pattern *regexp.Regexp
	value   func(m []string) string
}{
	{tokenDate, "0123456789", regexp.MustCompile(`^(\d{4})(?:年|-|/|\.)(\d{1,2})(?:月|-|/|\.)(\d{1,2})(?:日|号)?`), func(m []string) string { return dateValue(m[1], m[2], m[3]) }},
	{tokenDate, "0123456789", regexp.MustCompile(`^(\d{1,2})月(\d{1,2})[日号]`), func(m []string) string { return dateValue("", m[1], m[2]) }},
	{tokenDate, "0123456789", regexp.MustCompile(`^(\d{4})年(\d{1,2})月`), func(m []string) string { return m[1] + "-" + trimZero(m[2]) }},
	{tokenDate, "零一二三四五六七八九", regexp.MustCompile(`^(` + yearDigits + `)年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]`), func(m []string) string {
		return dateValue(digitByDigit(m[1]), chineseValue(m[2]), chineseValue(m[3]))
	}},
	{tokenDate, "一二三四五六七八九十", regexp.MustCompile(`^([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]`), func(m []string) string {
		return dateValue("", chineseValue(m[1]), chineseValue(m[2]))
	}},
	{tokenYear, "0123456789", regexp.MustCompile(`^(\d{4})年度?`), func(m []string) string { return m[1] }},
	{tokenYear, "零一二三四五六七八九", regexp.MustCompile(`^(` + yearDigits + `)年度?`), func(m []string) string { return digitByDigit(m[1]) }},
	{tokenPhone, "0123456789", regexp.MustCompile(`^\d{3,}(?:-\d{3,})+|^\d{7,}`), func(m []string) string { return strings.ReplaceAll(m[0], "-", "") }},
	{tokenFraction, "0123456789", regexp.MustCompile(`^(\d+)/(\d+)`), func(m []string) string { return m[1] + "/" + m[2] }},
	{tokenFraction, chineseDigits, regexp.MustCompile(`^([` + chineseDigits + `]+)分之([` + chineseDigits + `]+)`), func(m []string) string {
		if m[1] == "百" {
			return ""
		}
		return chineseValue(m[2]) + "/" + chineseValue(m[1])
	}},
	{tokenPoints, "0123456789", regexp.MustCompile(`^(\d+(?:\.\d+)?)个?百分点`), func(m []string) string { return decimal(m[1]) }},
	{tokenPercent, "0123456789", regexp.MustCompile(`^(\d+(?:\.\d+)?)%`), func(m []string) string { return decimal(m[1]) }},
	{tokenPercent, "百", regexp.MustCompile(`^百分之([` + chineseDigits + `点]+|\d+(?:\.\d+)?)`), func(m []string) string { return decimal(chineseDecimal(m[1])) }},
	{tokenDocument, "[", regexp.MustCompile(`^\[(\d{4})\]第?(\d+)号`), func(m []string) string { return m[1] + "/" + trimZero(m[2]) }},
	{tokenDocument, "(", regexp.MustCompile(`^\((\d{4})\)第?(\d+)号`), func(m []string) string { return m[1] + "/" + trimZero(m[2]) }},
	{tokenOrdinal, "第", regexp.MustCompile(`^第\(?([` + chineseDigits + `]+|\d+)\)?(季度|条|款|项|章|部分|次|届|位|名|面|行|列|页)?`), func(m []string) string { return chineseDecimal(m[1]) + m[2] }},
	{tokenOrdinal, "一二三四", regexp.MustCompile(`^([一二三四])季度`), func(m []string) string { return chineseValue(m[1]) + "季度" }},
	{tokenOrdinal, "附", regexp.MustCompile(`^附件(\d+)`), func(m []string) string { return "附件" + m[1] }},
	{tokenOrdinal, "附", regexp.MustCompile(`^附件([一二三四五六七八九])`), func(m []string) string { return "附件" + chineseValue(m[1]) }},
	{tokenOrdinal, chineseDigits, regexp.MustCompile(`^([一二三四五六七八九十]+)\(([一二三四五六七八九十]+)\)`), func(m []string) string { return m[1] + "(" + m[2] + ")" }},
	{tokenOrdinal, "(", regexp.MustCompile(`^\(([一二三四五六七八九十]+)\)`), func(m []string) string { return "(" + chineseValue(m[1]) + ")" }},
	{tokenOrdinal, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", regexp.MustCompile(`^[A-Z]{2,4}-\d+`), func(m []string) string { return m[0] }},
	{tokenNumber, "0123456789", regexp.MustCompile(`^(\d+(?:\.\d+)?)(万|亿)?([天日次届])?`), func(m []string) string { return scaled(decimal(m[1]), m[2]) + measure(m[3]) }},
	{tokenNumber, chineseDigits, regexp.MustCompile(`^([` + chineseDigits + `]+(?:点[` + chineseDigits + `]+)?)(项|个|次|天|件|份|条|名|人|家|位|届|倍|成|起|场|类|方面|日)`), func(m []string) string {
		if n := chineseDecimal(m[1]); n != "" {
			return decimal(n) + measure(m[2])
		}
		return ""
	}},
	{tokenBlank, "[", regexp.MustCompile(`^\[待填:[^\]]*\]`), func([]string) string { return "待填" }},
	{tokenQuote, "\"", regexp.MustCompile(`^"[^"]*"`), func(m []string) string { return m[0] }},
	{tokenTitle, "《", regexp.MustCompile(`^《[^》]*》`), func(m []string) string { return m[0] }},
}

// firstRule is the longest match of the rules at the beginning.
func firstRule(runes []rune) (token, bool) {
	best := token{}
	text := ""
	for _, r := range rules {
		if !strings.ContainsRune(r.first, runes[0]) {
			continue
		}
		if text == "" {
			text = string(runes[:min(len(runes), 400)])
		}
		m := r.pattern.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		if n := len([]rune(m[0])); n > best.end {
			if value := r.value(m); value != "" {
				best = token{kind: r.kind, value: value, end: n}
			}
		}
	}
	return best, best.end > 0
}

// measure keeps apart what 7个 and 7次 and 7天 count; all other counters are one.
func measure(word string) string {
	switch word {
	case "天", "日":
		return "天"
	case "次", "届":
		return "次"
	}
	return ""
}

func dateValue(year, month, day string) string {
	return year + "-" + trimZero(month) + "-" + trimZero(day)
}

func trimZero(s string) string {
	if t := strings.TrimLeft(s, "0"); t != "" {
		return t
	}
	return "0"
}

// decimal is a number without needless zeros: 60.0 is 60.
func decimal(s string) string {
	whole, part, _ := strings.Cut(s, ".")
	whole = trimZero(whole)
	if part = strings.TrimRight(part, "0"); part != "" {
		return whole + "." + part
	}
	return whole
}

func scaled(n, word string) string {
	zeros := map[string]int{"万": 4, "亿": 8}[word]
	whole, part, _ := strings.Cut(n, ".")
	for range zeros {
		digit := "0"
		if part != "" {
			digit, part = part[:1], part[1:]
		}
		whole += digit
	}
	if part != "" {
		return decimal(whole + "." + part)
	}
	return decimal(whole)
}

func digitByDigit(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(strconv.Itoa(strings.IndexRune("零一二三四五六七八九", r) / 3))
	}
	return b.String()
}

// chineseDecimal is 六十点五 or 60.5 in digits, "" for what is no number.
func chineseDecimal(s string) string {
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		return s
	}
	whole, part, hasPart := strings.Cut(s, "点")
	n := chineseValue(whole)
	if n == "" || !hasPart {
		return n
	}
	return n + "." + digitByDigit(part)
}

// chineseValue is a whole number in words as digits, "" for what is none.
func chineseValue(s string) string {
	if s == "" {
		return ""
	}
	total, section, digit := 0, 0, -1
	for _, r := range s {
		if d := strings.IndexRune("零一二三四五六七八九", r); d >= 0 {
			if digit > 0 {
				return ""
			}
			digit = d / 3
			continue
		}
		unit := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
		switch {
		case r == '万':
			section += max(digit, 0)
			total, section, digit = total+section*10000, 0, -1
		case unit > 0:
			if digit < 0 {
				digit = 1
			}
			section, digit = section+max(digit, 1)*unit, -1
		default:
			return ""
		}
	}
	return strconv.Itoa(total + section + max(digit, 0))
}

// sameDay reports whether two dates differ only in that one leaves the year out.
func sameDay(a, b token) bool {
	if a.kind != tokenDate || b.kind != tokenDate {
		return false
	}
	ya, da, _ := strings.Cut(a.value, "-")
	yb, db, _ := strings.Cut(b.value, "-")
	return da == db && (ya == "" || yb == "")
}
