package export

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// fewest is the denominator under which running text gives no rate (grammar R16).
const fewest = 10

// allOf is 均 or 全部 of several, nothing of one alone (part 7).
func allOf(n int64, word string) string {
	if n == 1 {
		return ""
	}
	return word
}

// mostListed is how many names running text lists before it points to an attachment (grammar R12).
const mostListed = 10

// percent is num/den with one decimal, half up: 70.0%.
func percent(num, den int64) string {
	if den == 0 {
		return nullMark
	}
	n := (num*2000 + den) / (2 * den)
	return fmt.Sprintf("%d.%d%%", n/10, n%10)
}

const nullMark = "—"

// sharePercent is a rate with its source; the source's value is the pair.
func sharePercent(id string, p queries.Pair) Span {
	return Span{Text: percent(p.Num, p.Den), Figure: &Figure{ID: id, Value: fmt.Sprintf("%d/%d", p.Num, p.Den)}}
}

// pointsMoved is the difference of two rates in percentage points, from unrounded values: 提高2.3个百分点. Not
// moved is 持平; unrounded says that the printed rates differ by another figure (R19).
func pointsMoved(id string, now, then queries.Pair) (words []Span, unrounded, moved bool) {
	d := new(big.Rat).Sub(big.NewRat(now.Num*1000, now.Den), big.NewRat(then.Num*1000, then.Den))
	verb := "提高"
	if d.Sign() < 0 {
		verb, d = "下降", d.Neg(d)
	}
	d.Add(d, big.NewRat(1, 2))
	n := new(big.Int).Quo(d.Num(), d.Denom()).Int64()
	if n == 0 {
		return nil, false, false
	}
	text := fmt.Sprintf("%d.%d", n/10, n%10)
	printed := abs((now.Num*2000+now.Den)/(2*now.Den) - (then.Num*2000+then.Den)/(2*then.Den))
	return spans(verb, Span{Text: text, Figure: &Figure{ID: id, Value: verb + text}}, "个百分点"), printed != n, true
}

func abs(n int64) int64 { return max(n, -n) }

// unitName is a unit's name with its source.
func unitName(u record.Unit) Span { return fact("unit/"+string(u.Code)+"/name", u.Name) }

// inList joins names for brackets and tables, with 、 throughout; more than ten point to the table (R9, R12).
func (k *desk) inList(units []queries.UnitResult) []Span {
	if len(units) > mostListed {
		return spans("名单见" + k.listAt)
	}
	var out []Span
	for i, u := range units {
		if i > 0 {
			out = append(out, Span{Text: "、"})
		}
		out = append(out, unitName(u.Unit))
	}
	return out
}

// inText joins names for running text: 甲, 甲和乙, 甲、乙和丙 (R9).
func (k *desk) inText(units []record.Unit) []Span {
	if len(units) > mostListed && k.namesAt != "" {
		return spans(fmt.Sprintf("%s第%d项所列", k.namesAt, k.listed(units)), number("list/"+codes(units), int64(len(units))), "个", k.word)
	}
	if len(units) > mostListed {
		return spans(k.listAt+"所列", number("list/"+codes(units), int64(len(units))), "个", k.word)
	}
	var out []Span
	for i, u := range units {
		switch {
		case i > 0 && i == len(units)-1:
			out = append(out, Span{Text: "和"})
		case i > 0:
			out = append(out, Span{Text: "、"})
		}
		out = append(out, unitName(u))
	}
	return out
}

// listed puts a list too long for the text among those attached, once, and gives its number.
func (k *desk) listed(units []record.Unit) int {
	same := func(all []record.Unit) bool { return codes(all) == codes(units) }
	if i := slices.IndexFunc(k.names, same); i >= 0 {
		return i + 1
	}
	k.names = append(k.names, slices.Clone(units))
	return len(k.names)
}

// namesTable is the lists that the text points to.
func (k *desk) namesTable() attachment {
	g := Grid{Widths: widths(docx.TextWidth, 900, 1100, 0), Head: 1, Size: 24}
	g.Rows = heads("序号", "个数", "名单")
	for i, all := range k.names {
		var names []Span
		for j, u := range all {
			if j > 0 {
				names = append(names, Span{Text: "、"})
			}
			names = append(names, unitName(u))
		}
		g.Rows = append(g.Rows, []GridCell{mid(strconv.Itoa(i + 1)), mid(number("list/"+codes(all), int64(len(all)))), leftCell(names)})
	}
	return attachment{name: "有关" + k.word + "名单", blocks: []OfficialBlock{k.tableLine("个"), g}}
}

func codes(units []record.Unit) string {
	var all []string
	for _, u := range units {
		all = append(all, string(u.Code))
	}
	return strings.Join(all, "+")
}

// tally is a unit with how many.
type tally struct {
	unit record.Unit
	n    int64
	id   string
}

// each writes 甲1项、乙1项和丙3项，共5项; one unit alone 甲1项; all alike 甲和乙各1项，共2项 (R11 and part 7). More units than
// running text lists give the sum alone.
func (k *desk) each(all []tally, sumID, counter string) []Span {
	var units []record.Unit
	sum, alike := int64(0), true
	for _, t := range all {
		units, sum, alike = append(units, t.unit), sum+t.n, alike && t.n == all[0].n
	}
	total := number(sumID, sum)
	switch {
	case len(all) == 1:
		return spans(unitName(all[0].unit), number(all[0].id, all[0].n), counter)
	case len(all) > mostListed:
		return spans(number("list/"+codes(units), int64(len(all))), "个", k.word, "共", total, counter)
	case alike:
		return spans(k.inText(units), "各", number(all[0].id, all[0].n), counter, "，共", total, counter)
	}
	var out []Span
	for i, t := range all {
		switch {
		case i > 0 && i == len(all)-1:
			out = append(out, Span{Text: "和"})
		case i > 0:
			out = append(out, Span{Text: "、"})
		}
		out = append(out, spans(unitName(t.unit), number(t.id, t.n), counter)...)
	}
	return append(out, spans("，共", total, counter)...)
}

// judged ends a sentence about a failed rule by its clause's force (R31): 不符合“……”的要求, 未达到“……”的要求, or nothing
// where the document only allows.
func judged(r regime.Rule) []Span {
	return judgedBy(r.Clause)
}

func judgedBy(clauses ...regime.Clause) []Span {
	var quotes []Span
	verb := "不符合"
	for _, c := range clauses {
		switch c.Force {
		case regime.ForceMay:
			continue
		case regime.ForceInPrinciple, regime.ForceUsual:
			verb = "未达到"
		}
		quotes = append(quotes, clauseQuote(c))
	}
	if len(quotes) == 0 {
		return nil
	}
	return spans("，", verb, quotes, "的要求")
}

// clauseQuote is a clause's own words; a final mark is left to our sentence.
func clauseQuote(c regime.Clause) Span {
	words := strings.TrimRight(c.Text, "。；，")
	id := c.ID
	if id == "" {
		id = c.Number
	}
	return quotation("clause/"+id+"/"+strconv.Itoa(len([]rune(words))), words)
}

// ordinal is 一, 二 … 十一.
func ordinal(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	}
	return digits[n/10] + "十" + digits[n%10]
}

// section2 is a second-level paragraph: its heading and its text.
type section2 struct{ title, body []Span }

// paragraphs numbers them （一）（二）; one alone bears no number (R40).
func paragraphs(all []section2) []OfficialBlock {
	var out []OfficialBlock
	for i, one := range all {
		head := ""
		if len(all) > 1 {
			head = "（" + ordinal(i+1) + "）"
		}
		var line []Span
		if len(one.title) > 0 {
			line = append(line, kai(head))
			for _, s := range one.title {
				s.Look = docx.Kai
				line = append(line, s)
			}
			line = append(line, kai("。"))
		} else {
			line = spans(head)
		}
		out = append(out, Line{Style: docx.Body, Spans: append(line, one.body...)})
	}
	return out
}

// titleLines breaks a title between its pieces into as few lines as fit, the most even and with a longer line above or
// below, never stepwise the same (R42). A line holds 20 characters.
func titleLines(pieces ...string) []string {
	const widest = 20.0
	best, bestScore := []string{strings.Join(pieces, "")}, 1e9
	for mask := 0; mask < 1<<(len(pieces)-1); mask++ {
		lines := []string{pieces[0]}
		for i, p := range pieces[1:] {
			if mask&(1<<i) != 0 {
				lines = append(lines, p)
				continue
			}
			lines[len(lines)-1] += p
		}
		score := float64(len(lines)) * 100
		longest, shortest := 0.0, 1e9
		for _, l := range lines {
			w := width(l)
			longest, shortest = max(longest, w), min(shortest, w)
			if w > widest {
				score += 1000 * (w - widest)
			}
		}
		if score += longest - shortest; score < bestScore {
			best, bestScore = lines, score
		}
	}
	return best
}

// width counts characters, a half-width one as half.
func width(s string) float64 {
	w := 0.0
	for _, r := range s {
		if r < 0x80 {
			w += 0.5
			continue
		}
		w++
	}
	return w
}

// wholeWord is 全市, 全区 … by the city's own name.
func wholeWord(city string) string {
	runes := []rune(city)
	if len(runes) > 0 && strings.ContainsRune("市区县旗州盟", runes[len(runes)-1]) {
		return "全" + string(runes[len(runes)-1])
	}
	return "全市"
}

// ownName is how an office calls itself to those below it: 市总工会.
func ownName(office string) string {
	for _, at := range []string{"市", "区", "县", "旗", "州", "盟"} {
		if strings.HasSuffix(office, at+"总工会") {
			return at + "总工会"
		}
	}
	if office == "" {
		return "市总工会"
	}
	return office
}

// shortTitle is the short name of a document for later mentions: 《通知》.
func shortTitle(document string) string {
	start, end := strings.Index(document, "《"), strings.LastIndex(document, "》")
	if start < 0 || end < start {
		return "《文件》"
	}
	title := strings.TrimSuffix(strings.TrimSuffix(document[start+len("《"):end], "（试行）"), "(试行)")
	for _, kind := range []string{"实施意见", "实施方案", "实施办法", "通知", "意见", "规则", "办法", "制度", "方案", "规定"} {
		if strings.HasSuffix(title, kind) {
			return "《" + kind + "》"
		}
	}
	return "《文件》"
}

// withShort adds the short name where a document is first cited: 《……》（云工发〔2024〕12号，以下简称《通知》）.
func withShort(doc Span) []Span {
	if doc.Figure == nil {
		return []Span{doc}
	}
	short := shortTitle(doc.Text)
	if cut, ok := strings.CutSuffix(doc.Text, "号）"); ok {
		doc.Text = cut + "号"
		return spans(doc, "，以下简称"+short+"）")
	}
	return spans(doc, "（以下简称"+short+"）")
}
