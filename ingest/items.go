package ingest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"liandu/internal/cntext"
)

// splitItems takes rows that hold several numbered items in one cell of 议定事项 apart, into one row an item. Columns
// that list as many are taken apart alike; one that lists another number is noted and stays whole with each item.
func (t *table) splitItems(p *problems) {
	col, ok := t.columns["title"]
	if !ok || t.Table != TableResolution {
		return
	}
	var out []Row
	split := false
	for i, r := range t.rows {
		titles, lead := numbered(r.At(col).Text)
		if len(titles) < 2 || r.At(col).Kind != CellText {
			out = append(out, r)
			continue
		}
		if lead != "" && !leadIn.MatchString(cntext.Name(lead)) {
			p.add(ItemsInOne, t.grid.Name, r.At(col).Ref(), r.At(col).Text, len(titles))
			out = append(out, r)
			continue
		}
		split = true
		parts := t.alike(r, len(titles), p)
		numbers := t.numbers(i, len(titles))
		for k, title := range titles {
			part := Row{N: r.N, Hidden: r.Hidden, Cells: append([]Cell(nil), r.Cells...)}
			for at, texts := range parts {
				part.say(at, texts[k])
			}
			part.say(col, title)
			if no, has := t.columns["item_no"]; has {
				part.say(no, numbers[k])
			}
			out = append(out, part)
		}
	}
	if split {
		t.rows = out
	}
}

// leadIn introduces a list and says nothing of its own: 会议议定以下事项.
var leadIn = regexp.MustCompile(`^(?:本次|此次)?(?:会议|联席会议|双方)?(?:研究|讨论|协商|审议)*(?:议定|确定|商定|明确|同意|决定|形成)*(?:了)?(?:以下|如下|下列)?(?:议定)?(?:[0-9一二三四五六七八九十]+[项个条])?(?:事项|议题|内容)?(?:如下)?[:：]?$`)

// say sets a cell's text; it is then text and nothing else.
func (r *Row) say(col int, text string) {
	c := r.At(col)
	c.Kind, c.Text, c.Number, c.Format, c.Across = CellText, text, 0, FormatGeneral, false
	r.put(c)
}

// numberMarks are the ways to number items within a cell, each with the number as its first group. loose ones may
// follow any character; the others begin the cell, a line or a clause.
var numberMarks = []struct {
	mark  *regexp.Regexp
	loose bool
}{
	{regexp.MustCompile(`([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⒈⒉⒊⒋⒌⒍⒎⒏⒐])\s*[、.．]?`), true},
	{regexp.MustCompile(`[(（]\s*([一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})\s*[)）]\s*[、.．]?`), true},
	{regexp.MustCompile(`([0-9０-９]{1,2})\s*(?:[、)）:：]|[.．](?:[^0-9０-９]|$|(?:19|20)[0-9]{2}[-./年]))`), true},
	{regexp.MustCompile(`(?:第)?([一二三四五六七八九十]{1,3})\s*[、.．:：]`), false},
}

// numbered takes a numbered list apart: parts from number 1 on in order, two at least; lead is what stands before the
// first number. A text that is no such list gives no parts.
func numbered(text string) (parts []string, lead string) {
	if len(text) > 20_000 {
		return nil, ""
	}
	for _, way := range numberMarks {
		type at struct{ from, to int }
		var marks []at
		next := 1
		for _, m := range way.mark.FindAllStringSubmatchIndex(text, -1) {
			if n, ok := listNumber(text[m[2]:m[3]]); !ok || n != next || cutFigure(text, m[2], m[3]) {
				continue
			}
			if !way.loose && !beginsClause(text[:m[0]]) {
				continue
			}
			end := m[1]
			if last := text[m[3]:m[1]]; strings.ContainsAny(last, ".．") { // the mark's look-ahead is the item's first character
				end = m[3] + strings.IndexAny(last, ".．")
				_, dot := utf8.DecodeRuneInString(text[end:])
				end += dot
			}
			marks = append(marks, at{m[0], end})
			next++
		}
		if len(marks) < 2 {
			continue
		}
		parts = nil
		for i, m := range marks {
			to := len(text)
			if i+1 < len(marks) {
				to = marks[i+1].from
			}
			part := strings.Trim(text[m.to:to], " 　\t\r\n;；,，、")
			if strings.IndexFunc(part, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
				return nil, ""
			}
			parts = append(parts, part)
		}
		return parts, strings.TrimSpace(text[:marks[0].from])
	}
	return nil, ""
}

func listNumber(s string) (int, bool) {
	n, ok := cntext.ItemNo(s)
	if !ok {
		return 0, false
	}
	v, err := strconv.Atoi(n)
	return v, err == nil
}

// cutFigure reports whether the figure goes on to the left: the 3 of 2024.3 and of 13.
func cutFigure(text string, from, to int) bool {
	if text[from] >= 0x80 && !strings.ContainsAny(text[from:to], "０１２３４５６７８９") {
		return false
	}
	before := []rune(text[:from])
	if len(before) == 0 {
		return false
	}
	last := before[len(before)-1]
	return unicode.IsDigit(last) || strings.ContainsRune(".．-—~/〔[第", last)
}

// beginsClause reports whether what follows begins the text, a line or a clause.
func beginsClause(before string) bool {
	s := strings.TrimRight(before, " 　\t")
	return s == "" || strings.HasSuffix(s, "\n") || strings.HasSuffix(s, "；") || strings.HasSuffix(s, ";") || strings.HasSuffix(s, "。") || strings.HasSuffix(s, "：") || strings.HasSuffix(s, ":")
}

// alike takes the other columns of a row apart that list n: numbered, or one a line.
func (t *table) alike(r Row, n int, p *problems) map[int][]string {
	out := map[int][]string{}
	for _, c := range r.Cells {
		field, read := t.field(c.Col)
		if !read || c.Kind != CellText || sharedFields[field] && field != "remark" || field == "title" || field == "item_no" {
			continue
		}
		column, _ := t.form.ColumnOf(field)
		parts, lead := numbered(c.Text)
		if len(parts) == 0 || lead != "" {
			if parts = lines(c.Text, column); len(parts) != n {
				continue
			}
			if dotted.MatchString(r.At(t.columns["title"]).Text) { // 1.75% under 1.新建… is the first item's 75%
				parts = undotted(parts)
			}
		}
		if len(parts) != n {
			p.add(ItemsUneven, t.grid.Name, c.Ref(), c.Text, column.Head, len(parts), n)
			continue
		}
		out[c.Col] = parts
	}
	return out
}

// dotted begins a list numbered 1. 2. 3.
var dotted = regexp.MustCompile(`^\s*1\s*[.．]`)

// undotted takes the numbers off parts that are numbered so, all in order; others it leaves.
func undotted(parts []string) []string {
	out := make([]string, len(parts))
	for k, s := range parts {
		rest, ok := strings.CutPrefix(cntext.Fold(s), strconv.Itoa(k+1)+".")
		if !ok || rest == "" {
			return parts
		}
		out[k] = strings.TrimSpace(rest)
	}
	return out
}

// lines are the lines of a cell, or the parts between semicolons where the column holds one short value.
func lines(text string, c Column) []string {
	long := map[string]bool{"progress": true, "reason": true, "next_step": true, "remark": true}
	seps := "\r\n"
	if c.Kind != KindText {
		seps += ";；"
	} else if long[c.Field] {
		return nil
	}
	var out []string
	for _, s := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(seps, r) }) {
		if s = strings.Trim(s, " 　\t;；"); s != "" {
			out = append(out, s)
		}
	}
	return out
}

var numberSpan = regexp.MustCompile(`^([0-9]{1,3})[-~—–至到]([0-9]{1,3})$`)

// numbers gives the items of the i-th row their 序号: as the cell lists them, else by their place where no other row
// belongs to the same meeting, else behind the row's own number; "" where none would be sure.
func (t *table) numbers(i, n int) []string {
	out := make([]string, n)
	col, ok := t.columns["item_no"]
	if !ok {
		return out
	}
	text := cntext.Squeeze(t.rows[i].At(col).Text)
	if m := numberSpan.FindStringSubmatch(text); m != nil {
		from, _ := strconv.Atoi(m[1])
		if to, _ := strconv.Atoi(m[2]); to-from == n-1 {
			for k := range out {
				out[k] = strconv.Itoa(from + k)
			}
			return out
		}
	}
	list := strings.FieldsFunc(t.rows[i].At(col).Text, func(r rune) bool { return strings.ContainsRune("\r\n、,，;； ", r) })
	if parts, lead := numbered(t.rows[i].At(col).Text); len(parts) == n && lead == "" {
		list = parts
	}
	if len(list) == n {
		return list
	}
	alone := true
	for j := range t.rows {
		alone = alone && (j == i || sessionText(t.rows[j], t.columns) != sessionText(t.rows[i], t.columns))
	}
	for k := range out {
		switch {
		case alone:
			out[k] = strconv.Itoa(k + 1)
		case text != "":
			out[k] = fmt.Sprintf("%s-%d", text, k+1)
		}
	}
	return out
}
