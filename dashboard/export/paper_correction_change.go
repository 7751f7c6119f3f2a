package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/docx"
)

// textPart is one paragraph of a paper's text: 正文第一部分 or 正文第三部分第（四）项, its own number left out.
type textPart struct {
	place     string
	sentences []string
}

// partsOf is a paper's text without its head and foot, paragraph by paragraph.
func partsOf(o *Official) []textPart {
	var out []textPart
	if len(o.Pages) == 0 {
		return nil
	}
	place, part := "正文开头", 0
	for _, b := range o.Pages[0].Blocks {
		l, ok := b.(Line)
		if !ok {
			continue
		}
		text := plainText(l.Spans)
		switch l.Style {
		case docx.Heading1:
			part++
			place = "正文第" + ordinal(part) + "部分"
		case docx.Body:
			at := place
			if head, rest, ok := strings.Cut(text, "）"); ok && strings.HasPrefix(head, "（") && chineseValue(strings.TrimPrefix(head, "（")) != "" {
				at, text = place+"第"+head+"）项", rest
			}
			out = append(out, textPart{at, splitSentences(text)})
		}
	}
	return out
}

// splitSentences cuts after 。, not inside a quotation.
func splitSentences(text string) []string {
	var out []string
	depth, start := 0, 0
	for i, r := range text {
		switch r {
		case '“':
			depth++
		case '”':
			depth--
		case '。':
			if depth == 0 {
				out = append(out, text[start:i+len("。")])
				start = i + len("。")
			}
		}
	}
	if start < len(text) {
		out = append(out, text[start:])
	}
	return out
}

// placed is a sentence with its place and the paragraph it stands in.
type placed struct {
	place, text string
	part        int
}

func sentencesOf(parts []textPart) []placed {
	var out []placed
	for i, p := range parts {
		for _, s := range p.sentences {
			out = append(out, placed{p.place, s, i})
		}
	}
	return out
}

// textChanges lists the sentences that were changed, taken out or added, as they were issued and as they are now. A
// paragraph that is gone or new as a whole is one change.
func (c *correction) textChanges(was, is []textPart) [][]Span {
	old, now := sentencesOf(was), sentencesOf(is)
	pairs := align(len(old), len(now), func(i, j int) int {
		if old[i].text == now[j].text {
			return 1000
		}
		a, b := fold(old[i].text), fold(now[j].text)
		if like := dice(bigrams(a), bigrams(b), len(a)+len(b)-2); like >= 50 {
			return like
		}
		return 0
	})
	keptOld, keptNow := map[int]bool{}, map[int]bool{}
	for _, p := range pairs {
		keptOld[old[p[0]].part], keptNow[now[p[1]].part] = true, true
	}
	var out [][]Span
	add := func(place string, text []Span) {
		stop := "。"
		if strings.HasSuffix(text[len(text)-1].Text, "。”") {
			stop = ""
		}
		out = append(out, spans(place, "：", text, stop))
	}
	i, j := 0, 0
	for _, p := range append(pairs, [2]int{len(old), len(now)}) {
		for ; i < p[0] && j < p[1] && old[i].place == now[j].place && keptOld[old[i].part] && keptNow[now[j].part]; i, j = i+1, j+1 {
			add(old[i].place, spans(c.quote(old[i].text), "更正为", c.quote(now[j].text)))
		}
		for ; i < p[0]; i++ {
			switch part := old[i].part; {
			case keptOld[part]:
				add(old[i].place, spans("删去", c.quote(old[i].text)))
			case i == 0 || old[i-1].part != part:
				add(old[i].place, spans("删去", c.quote(strings.Join(was[part].sentences, "")), renumbered(was, part)))
			}
		}
		for ; j < p[1]; j++ {
			switch part := now[j].part; {
			case !keptNow[part] && j > 0 && now[j-1].part == part:
			case !keptNow[part]:
				place, item := splitItem(now[j].place)
				add(place, spans("增加", item, c.quote(strings.Join(is[part].sentences, "")), renumbered(is, part)))
			case j > 0 && now[j-1].part == part:
				add(now[j].place, spans("在", c.quote(now[j-1].text), "后增加", c.quote(now[j].text)))
			default:
				add(now[j].place, spans("开头增加", c.quote(now[j].text)))
			}
		}
		if p[0] < len(old) {
			if a, b := differing(old[p[0]].text, now[p[1]].text); a != b {
				add(old[p[0]].place, spans(c.quote(a), "更正为", c.quote(b)))
			}
		}
		i, j = p[0]+1, p[1]+1
	}
	return out
}

// splitItem is 正文第三部分 and 第（三）项 of 正文第三部分第（三）项.
func splitItem(place string) (part, item string) {
	if at := strings.Index(place, "第（"); at > 0 {
		return place[:at], place[at:]
	}
	return place, ""
}

// renumbered says that the items after one that came or went bear other numbers; nothing where it is the last.
func renumbered(parts []textPart, at int) string {
	place, item := splitItem(parts[at].place)
	if item == "" || at+1 >= len(parts) {
		return ""
	}
	if next, following := splitItem(parts[at+1].place); next == place && following != "" {
		return "，其后各项序号依次调整"
	}
	return ""
}

// notesOf are the notes under a page's tables, without their numbers.
func notesOf(t namedTable) []textPart {
	var out []textPart
	for _, b := range t.body {
		l, ok := b.(Line)
		if !ok || l.Style != docx.TableNote {
			continue
		}
		text := strings.TrimLeft(strings.TrimPrefix(plainText(l.Spans), "注："), "　")
		number, rest, ok := strings.Cut(text, ".")
		if _, err := strconv.Atoi(number); !ok || err != nil {
			number, rest = "", text
		}
		out = append(out, textPart{t.mark + "注" + number, splitSentences(rest)})
	}
	return out
}

// differing is what two sentences differ in, by clauses: what they begin and end with alike is left out, but never so
// much that what is quoted could stand elsewhere in the sentence.
func differing(a, b string) (string, string) {
	x, y := clauses(a), clauses(b)
	head := 0
	for head < min(len(x), len(y))-1 && x[head] == y[head] {
		head++
	}
	tail := 0
	for tail < min(len(x), len(y))-head-1 && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	p, q := strings.Join(x[head:len(x)-tail], ""), strings.Join(y[head:len(y)-tail], "")
	if p == q {
		return a, a
	}
	if p == "" || strings.Count(a, p) > 1 {
		p, q = a, b
	}
	trim := func(s string) string { return strings.TrimRight(s, "，。；") }
	if trim(p) == trim(q) {
		return p, q
	}
	return trim(p), trim(q)
}

// clauses cuts after ， and ；, not inside brackets or quotations.
func clauses(text string) []string {
	var out []string
	depth, start := 0, 0
	for i, r := range text {
		switch r {
		case '（', '“', '《':
			depth++
		case '）', '”', '》':
			depth--
		case '，', '；':
			if depth == 0 {
				end := i + len(string(r))
				out = append(out, text[start:end])
				start = end
			}
		}
	}
	return append(out, text[start:])
}

// rowChanges lists the rows of a table that changed: 第8行柏泉县“主持人职务”由“未载明”更正为“县委副书记、县长”. Rows are known by the unit or
// item they are about, not by their place.
// added tells that there are new rows, which the correction attaches.
func (c *correction) rowChanges(was, is namedTable) (out [][]Span, added bool) {
	for g, old := range was.grids {
		if g >= len(is.grids) {
			continue
		}
		now := is.grids[g]
		done := map[int]bool{}
		for i, row := range old.Rows[min(old.Head, len(old.Rows)):] {
			name, key := rowKey(row)
			at := slices.IndexFunc(now.Rows, func(r []GridCell) bool { _, k := rowKey(r); return k == key })
			if at < now.Head {
				out = append(out, spans("删去", fmt.Sprintf("第%d行", i+1), name))
				continue
			}
			done[at] = true
			place := spans(fmt.Sprintf("第%d行", i+1), name)
			if key == "合计" {
				place = spans("合计行")
			}
			if cells := c.cellChanges(old, row, now.Rows[at]); len(cells) > 0 {
				out = append(out, spans(place, cells))
			}
		}
		for i, row := range now.Rows {
			if name, _ := rowKey(row); i >= now.Head && !done[i] {
				out, added = append(out, spans("增加", name, "一行，以本通知所附为准")), true
			}
		}
	}
	return out, added
}

// rowKey is a row's name and what it is known by.
func rowKey(row []GridCell) (Span, string) {
	for _, cell := range row {
		for _, s := range cell.Spans {
			if s.Figure != nil && (strings.HasPrefix(s.Figure.ID, "item/") && strings.HasSuffix(s.Figure.ID, "/title")) {
				return quotation(s.Figure.ID, s.Text), s.Figure.ID
			}
		}
	}
	for _, cell := range row {
		for _, s := range cell.Spans {
			if s.Figure != nil && strings.HasSuffix(s.Figure.ID, "/name") {
				return s, s.Figure.ID
			}
		}
	}
	if len(row) == 0 {
		return Span{}, ""
	}
	text := plainText(row[0].Spans)
	if text == "合计" {
		return Span{}, text
	}
	if len(row) > 1 {
		text = plainText(row[1].Spans)
	}
	return Span{Text: text}, "row/" + text
}

// cellChanges are the cells of a row that changed, but for its running number.
func (c *correction) cellChanges(g Grid, was, is []GridCell) []Span {
	var out []Span
	for k := range was {
		if k >= len(is) {
			break
		}
		a, b := plainText(was[k].Spans), plainText(is[k].Spans)
		name := headOf(g, k)
		if a == b || name == "序号" {
			continue
		}
		if len(out) > 0 {
			out = append(out, Span{Text: "，"})
		}
		out = append(out, spans("“"+name+"”由", c.quote(a), "更正为", c.quote(b))...)
	}
	return out
}

// headOf is a column's lowest head, with its group where it has one.
func headOf(g Grid, column int) string {
	name, group := "", ""
	for _, row := range g.Rows[:min(g.Head, len(g.Rows))] {
		at := 0
		for _, cell := range row {
			span := max(cell.Span, 1)
			if column >= at && column < at+span && !cell.Covered {
				if name != "" {
					group = name
				}
				name = strings.ReplaceAll(plainText(cell.Spans), "\n", "")
			}
			at += span
		}
	}
	if group != "" {
		return group + "（" + name + "）"
	}
	return name
}
