package export

import (
	"slices"
	"strings"

	"liandu/internal/docx"
)

// FigureChange is one figure that stands otherwise in a later making of the same paper. Was is "" for one that was not
// there, Is for one that is no longer there. Place is where it stands, Words the sentence or row around it.
type FigureChange struct {
	ID    string
	Place string // 正文, or an attachment's title
	Words string
	Was   string
	Is    string
}

// figureAt is a figure with where it stands.
type figureAt struct {
	id, text, value, place string
	words                  func() string // asked only for a figure that changed
}

// FigureChanges holds two makings of one paper against each other and lists every figure of the papers' facts that
// differs, in the order of the earlier. Names of offices, numbers, dates of issue and quotations of rules are no facts of
// the figures. Where the words differ and no figure does, the sentences are listed instead.
func FigureChanges(was, is *Official) []FigureChange {
	before, after := figuresOf(was), figuresOf(is)
	now := map[string]figureAt{}
	for _, f := range after {
		if _, ok := now[f.id]; !ok {
			now[f.id] = f
		}
	}
	var out []FigureChange
	done := map[string]bool{}
	for _, f := range before {
		if done[f.id] {
			continue
		}
		done[f.id] = true
		n, ok := now[f.id]
		if ok && n.value == f.value {
			continue
		}
		c := FigureChange{ID: f.id, Place: f.place, Words: f.words(), Was: f.text}
		if ok {
			c.Is = n.text
		}
		out = append(out, c)
	}
	for _, f := range after {
		if !done[f.id] {
			done[f.id] = true
			out = append(out, FigureChange{ID: f.id, Place: f.place, Words: f.words(), Is: f.text})
		}
	}
	if len(out) == 0 {
		return wordChanges(was, is)
	}
	return out
}

// isFact leaves out what is set, counted from the day of issue or quoted, and the lists whose names are their members'.
func isFact(id string) bool {
	for _, p := range []string{"setting/", "issued_on", "as_of", "known", "days_left", "clause/", "regime/", "list/", "submission_due/"} {
		if strings.HasPrefix(id, p) {
			return false
		}
	}
	return true
}

func figuresOf(o *Official) []figureAt {
	var out []figureAt
	for i, p := range o.Pages {
		place := "正文"
		for _, b := range p.Blocks {
			if l, ok := b.(Line); ok && i > 0 && l.Style == docx.TableTitle {
				place = plainText(l.Spans)
			}
		}
		add := func(words func(at int) string, spans []Span) {
			for i, s := range spans {
				if s.Figure != nil && isFact(s.Figure.ID) {
					out = append(out, figureAt{s.Figure.ID, s.Text, s.Figure.Value, place, func() string { return words(i) }})
				}
			}
		}
		for _, b := range p.Blocks {
			switch v := b.(type) {
			case Line:
				add(func(at int) string { return around(v.Spans, at) }, v.Spans)
			case Grid:
				for _, row := range v.Rows {
					for j, c := range row {
						add(func(int) string { return strings.TrimSpace(labelOf(row) + " " + headOf(v, j)) }, c.Spans)
					}
				}
			}
		}
	}
	return out
}

// around is the words on both sides of a figure in its sentence.
func around(spans []Span, at int) string {
	before, after := []rune(plainText(spans[:at])), []rune(plainText(spans[at+1:]))
	if n := len(before); n > 16 {
		before = append([]rune("……"), before[n-16:]...)
	}
	if len(after) > 10 {
		after = append(after[:10:10], []rune("……")...)
	}
	return string(before) + "〔" + spans[at].Text + "〕" + string(after)
}

// labelOf is what a row of a table is called: its first two cells.
func labelOf(row []GridCell) string {
	var words []string
	for _, c := range row[:min(2, len(row))] {
		words = append(words, strings.Fields(plainText(c.Spans))...)
	}
	return strings.Join(words, " ")
}

// wordChanges are the paragraphs and rows of one making that the other lacks, apart from what is no fact in them.
func wordChanges(was, is *Official) []FigureChange {
	before, after := wordsOf(was), wordsOf(is)
	lacks := func(all [][2]string, key string) bool {
		return !slices.ContainsFunc(all, func(l [2]string) bool { return l[0] == key })
	}
	var out []FigureChange
	for _, l := range before {
		if lacks(after, l[0]) {
			out = append(out, FigureChange{Place: "文字", Was: l[1]})
		}
	}
	for _, l := range after {
		if lacks(before, l[0]) {
			out = append(out, FigureChange{Place: "文字", Is: l[1]})
		}
	}
	return out
}

// wordsOf returns every paragraph and row, first to compare by, then as it reads.
func wordsOf(o *Official) [][2]string {
	var out [][2]string
	add := func(spans []Span) {
		var key strings.Builder
		for _, s := range spans {
			if s.Figure == nil || isFact(s.Figure.ID) {
				key.WriteString(s.Text)
			}
		}
		out = append(out, [2]string{key.String(), plainText(spans)})
	}
	for _, p := range o.Pages {
		for _, b := range p.Blocks {
			switch v := b.(type) {
			case Line:
				add(v.Spans)
			case Grid:
				for _, row := range v.Rows {
					var all []Span
					for _, c := range row {
						all = append(append(all, c.Spans...), Span{Text: "　"})
					}
					add(all)
				}
			}
		}
	}
	return out
}

func plainText(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}
