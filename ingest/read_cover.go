package ingest

import (
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode"

	"liandu/internal/cntext"
	"liandu/internal/record"
)

// found is one value of the cover with its place. A label without a value is found with an empty text.
type found struct {
	field string
	sheet string
	cell  Cell
	text  string
}

// coverSearch is how many rows of a sheet without tables are searched for labels.
const coverSearch = 100

// readCover gathers what labels say: in a sheet of labels, in the lines over a table, under it. The first of a field
// that has a value stands; all are returned for the comparison of unit and quarter. Lines without a label are found
// as titles.
func (h *heads) readCover(grids []Grid, tables []table) []found {
	var out []found
	for i := range grids {
		g := &grids[i]
		if g.Hidden {
			continue
		}
		top, notes, titles, before := 1<<30, []Row(nil), []found(nil), len(out)
		for _, t := range tables {
			switch {
			case t.grid == g:
				top = min(top, t.top)
				notes = append(notes, t.notes...)
			case t.grid.turned && t.grid.Name == g.Name: // its heads stand one under the other
				for _, row := range t.columns {
					top = min(top, row)
				}
			}
		}
		for n, r := range g.Rows {
			if r.N >= top || n >= coverSearch {
				break
			}
			labels := h.labels(g, r, top == 1<<30)
			out = append(out, h.yearOf(g, r)...)
			if out = append(out, labels...); len(labels) == 0 {
				titles = append(titles, titleLine(g, r)...)
			}
		}
		if top < 1<<30 || len(out) > before || g.IsText {
			out = append(out, titles...)
		}
		if top < 1<<30 {
			out = append(out, found{field: tabField, sheet: g.Name, text: g.Name})
		}
		for _, r := range notes {
			out = append(out, h.inline(g, r)...)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].text != "" && out[j].text == "" })
	return out
}

// titleField marks a line that may be the title of a sheet or table, tabField the name of a sheet with tables,
// yearField the value of a label that names the year alone.
const (
	titleField = "title_line"
	tabField   = "tab"
	yearField  = "year_text"
)

// yearLabels name the year beside a 报告期 that is only a quarter.
var yearLabels = map[string]bool{"年度": true, "年份": true, "报告年度": true, "填报年度": true, "统计年度": true, "所属年度": true, "报表年度": true}

// yearOf finds 年度：2024 in a row over the tables.
func (h *heads) yearOf(g *Grid, r Row) []found {
	var out []found
	for _, c := range own(r) {
		label, value, inline := strings.Cut(cntext.Fold(c.Text), ":")
		if !yearLabels[h.key(label)] {
			continue
		}
		if !inline || strings.TrimSpace(value) == "" {
			value = h.rightOf(g, r, c).Text
		}
		if y, ok := cntext.Year(value); ok {
			out = append(out, found{field: yearField, sheet: g.Name, cell: c, text: strconv.Itoa(y) + "年"})
		}
	}
	return out
}

func titleLine(g *Grid, r Row) []found {
	cells := own(r)
	if len(cells) != 1 || len(cells[0].Text) > 300 {
		return nil
	}
	return []found{{field: titleField, sheet: g.Name, cell: cells[0], text: strings.TrimSpace(cells[0].Text)}}
}

// labels reads a row of labels: value to the right, or beneath where several labels stand side by side; and
// 「填报单位：海棠区」 within one cell.
func (h *heads) labels(g *Grid, r Row, sheetOfLabels bool) []found {
	var at []Cell
	for _, c := range own(r) {
		if h.label(c.Text) != "" {
			at = append(at, c)
		}
	}
	var out []found
	for _, c := range at {
		field := h.label(c.Text)
		value := h.rightOf(g, r, c)
		if value.Text == "" && len(at) > 1 {
			if below := g.row(r.N + 1).At(c.Col); below.Text != "" && h.label(below.Text) == "" && len(labelsIn(below.Text)) == 0 {
				value = below
			}
		}
		if value.Text == "" && !sheetOfLabels {
			continue
		}
		out = append(out, found{field: field, sheet: g.Name, cell: value, text: strings.TrimSpace(value.Text)})
	}
	return append(out, h.inline(g, r)...)
}

// label returns the field of a cell that is nothing but a label of the cover.
func (h *heads) label(text string) string {
	f, _ := h.field(TableCover, strings.TrimRight(strings.TrimSpace(text), ":："))
	return f
}

// rightOf returns the cell to the right of a label, past what the label's own merged range covers; a label there is
// no value.
func (h *heads) rightOf(g *Grid, r Row, c Cell) Cell {
	col := c.Col + 1
	for _, m := range g.Merges {
		if m.Top <= r.N && r.N <= m.Bottom && m.Left == c.Col {
			col = m.Right + 1
		}
	}
	v := r.At(col)
	if h.label(v.Text) != "" || len(labelsIn(v.Text)) > 0 {
		return Cell{Row: r.N, Col: col}
	}
	return v
}

// inlineLabel finds the cover's labels before a colon, the longer words first.
var inlineLabel = func() *regexp.Regexp {
	var words []string
	for _, c := range coverSheet().Columns {
		for _, w := range append([]string{c.Head}, c.Synonyms...) {
			words = append(words, spaced(w))
		}
	}
	sort.SliceStable(words, func(i, j int) bool { return len(words[i]) > len(words[j]) })
	return regexp.MustCompile(`(?:` + strings.Join(words, "|") + `)\s*(?:[(（][^)）]{0,10}[)）])?\s*[:：]`)
}()

// labelsIn returns where the text has labels before a colon, in bytes, each from its first character to after the
// colon: in traditional characters too, and with invisible ones between.
func labelsIn(text string) [][]int {
	if !strings.ContainsAny(text, ":：﹕") {
		return nil
	}
	var plain strings.Builder
	var from []int // byte of plain → byte of text
	for i, r := range text {
		if unicode.Is(unicode.Cf, r) {
			continue
		}
		s := cntext.Simplify(string(r))
		switch {
		case unicode.IsSpace(r):
			s = " "
		case r == '﹕':
			s = "："
		}
		plain.WriteString(s)
		for range len(s) {
			from = append(from, i)
		}
	}
	from = append(from, len(text))
	at := inlineLabel.FindAllStringIndex(plain.String(), -1)
	for _, span := range at {
		span[0], span[1] = from[span[0]], from[span[1]]
	}
	return at
}

// spaced allows blanks between a label's characters: 填 报 人.
func spaced(w string) string {
	var parts []string
	for _, r := range w {
		parts = append(parts, regexp.QuoteMeta(string(r)))
	}
	return strings.Join(parts, `[\s　]*`)
}

// inline reads 「填报单位：海棠区　报告期：2024年第三季度」: a value runs to the next label. A label whose value is in the
// next cell has it from there.
func (h *heads) inline(g *Grid, r Row) []found {
	var out []found
	for _, c := range own(r) {
		if len(c.Text) > 2000 {
			continue
		}
		at := labelsIn(c.Text)
		for i, span := range at {
			end := len(c.Text)
			if i+1 < len(at) {
				end = at[i+1][0]
			}
			field := h.label(brackets.ReplaceAllString(c.Text[span[0]:span[1]], ""))
			if field == "" {
				continue
			}
			f := found{field: field, sheet: g.Name, cell: c, text: inlineValue(c.Text[span[1]:end])}
			if f.text == "" && end == len(c.Text) {
				v := h.rightOf(g, r, c)
				f.cell, f.text = v, strings.TrimSpace(v.Text)
			}
			if f.text != "" {
				out = append(out, f)
			}
		}
	}
	return out
}

var wideGap = regexp.MustCompile(`[\s　]{3,}|[\n\r\t]|[;；|]`)

func inlineValue(s string) string {
	s = strings.Trim(s, " 　\t\r\n")
	if gap := wideGap.FindStringIndex(s); gap != nil {
		s = s[:gap[0]]
	}
	return strings.Trim(s, " 　,，。_")
}

// coverOf makes the record; the first value of a field stands. An unreadable 填报日期 is a problem.
func coverOf(all []found, p *problems) record.Cover {
	var c record.Cover
	for _, f := range all {
		if f.text == "" {
			continue
		}
		set := func(to *string) {
			if *to == "" {
				*to = f.text
			}
		}
		switch f.field {
		case "unit_text":
			set(&c.UnitText)
		case "period_text":
			set(&c.PeriodText)
		case "filled_by":
			set(&c.FilledBy)
		case "reviewed_by":
			set(&c.ReviewedBy)
		case "phone":
			set(&c.Phone)
		case "filled_on":
			if !c.FilledOn.IsZero() || cntext.None(f.text) || emptyDate.MatchString(f.text) {
				continue
			}
			d, ok := readDate(f.cell, f.text, false, false, cntext.DateOptions{})
			if !ok {
				p.add(DateUnreadable, f.sheet, f.cell.Ref(), f.text, "填报日期", whyNoDate(f.text))
				continue
			}
			c.FilledOn = d.Date
		}
	}
	return c
}

// emptyDate is a date line left unfilled: 「年 月 日」.
var emptyDate = regexp.MustCompile(`^[\s　_]*年[\s　_]*月[\s　_]*日[\s　_]*$`)
