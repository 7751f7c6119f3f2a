package export

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/period"
	"liandu/internal/record"
)

// Official is an official paper before it is a file: pages of blocks of spans. Every number, name, date and quotation
// in it is a span that carries its source, so that it can be opened, and checked again, wherever the paper is shown.
type Official struct {
	Paper    string          // the row of Papers that made it
	Unit     record.UnitCode // whom it is about and to, "" for a paper to all
	Kind     string          // 专题通报, 督导函
	Title    string
	To       string
	Number   string
	Issuer   string
	IssuedOn period.Date
	Doubts   []string    // what a person should look at before signing; the paper is made all the same
	Missing  []Gap       // marked blanks of a draft, in the order met
	ReplyDue period.Date // the day by which the addressee is asked to reply; zero where nothing is asked
	Pages    []OfficialPage
}

// Gap is a setting a paper lacks.
type Gap struct {
	Key  string // letter.number
	Name string // as the marked blank says it
}

// OfficialPage is a run of pages of one orientation. Mark is the office's name at the head of a letter's first page.
type OfficialPage struct {
	Landscape bool
	Restart   bool
	Mark      string
	Blocks    []OfficialBlock
}

// OfficialBlock is a Line, a Grid or a Foot.
type OfficialBlock interface {
	docx() docx.Block
	each(func(Span))
}

// Span is text of one look; with a Figure it is a fact, without it the paper's own words.
type Span struct {
	Text   string
	Look   docx.Look
	Figure *Figure
}

// Figure is where a fact comes from and what it is, however it is written: two spans of one ID have one Value.
// IDs read from the whole to the part: total/resolution_completion/num, unit/990104/score, setting/notice.number,
// clause/QHD-03, item/990105/2023/annual/n:4/title.
type Figure struct{ ID, Value string }

// Line is a paragraph; the lengths override its style's.
type Line struct {
	Style                              docx.Style
	Spans                              []Span
	Before, Left, Right, Hanging, Line int
	Size                               int
	Keep                               bool // on the page of the line after it
}

// Grid is a table with Head rows that repeat.
type Grid struct {
	Widths []int
	Head   int
	Size   int
	Height int
	Rows   [][]GridCell
}

// GridCell is one cell.
type GridCell struct {
	Spans         []Span
	Align         docx.Align
	Span          int
	Down, Covered bool
}

// Foot is 版记.
type Foot struct{ Copy, Office, Date []Span }

func (l Line) docx() docx.Block {
	return docx.Para{Style: l.Style, Runs: runs(l.Spans), Before: l.Before, Left: l.Left, Right: l.Right, Hanging: l.Hanging, Line: l.Line, Size: l.Size, Keep: l.Keep}
}

func (g Grid) docx() docx.Block {
	t := docx.Table{Widths: g.Widths, Head: g.Head, Size: g.Size, Keep: true}
	for _, r := range g.Rows {
		row := docx.Row{Height: g.Height}
		for _, c := range r {
			row.Cells = append(row.Cells, docx.Cell{Runs: runs(c.Spans), Align: c.Align, Span: c.Span, Down: c.Down, Covered: c.Covered})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (f Foot) docx() docx.Block {
	return docx.Imprint{Copy: runs(f.Copy), Office: runs(f.Office), Date: runs(f.Date)}
}

func (l Line) each(f func(Span)) { eachOf(l.Spans, f) }

func (g Grid) each(f func(Span)) {
	for _, r := range g.Rows {
		for _, c := range r {
			eachOf(c.Spans, f)
		}
	}
}

func (f Foot) each(do func(Span)) {
	eachOf(f.Copy, do)
	eachOf(f.Office, do)
	eachOf(f.Date, do)
}

func eachOf(spans []Span, f func(Span)) {
	for _, s := range spans {
		f(s)
	}
}

// runs joins neighbouring spans of one look, so that a person edits whole sentences.
func runs(spans []Span) []docx.Run {
	var out []docx.Run
	for _, s := range spans {
		if n := len(out); n > 0 && out[n-1].Look == s.Look {
			out[n-1].Text += s.Text
			continue
		}
		out = append(out, docx.Run{Text: s.Text, Look: s.Look})
	}
	return out
}

// Text returns the paper as plain text, a paragraph a line, cells between tabs: for goldens and for reading aloud.
func (o *Official) Text() string {
	var b strings.Builder
	for _, p := range o.Pages {
		switch {
		case p.Landscape:
			b.WriteString("==== 横排\n")
		default:
			b.WriteString("==== 竖排\n")
		}
		if p.Mark != "" {
			fmt.Fprintf(&b, "〔信函〕%s\n", p.Mark)
		}
		for _, block := range p.Blocks {
			writeText(&b, block)
		}
	}
	return b.String()
}

func writeText(b *strings.Builder, block OfficialBlock) {
	plain := func(spans []Span) string {
		var s strings.Builder
		eachOf(spans, func(one Span) { s.WriteString(one.Text) })
		return strings.ReplaceAll(s.String(), "\n", "⏎")
	}
	switch v := block.(type) {
	case Line:
		if v.Style == docx.Empty {
			return
		}
		fmt.Fprintf(b, "[%s] %s\n", v.Style.Name(), plain(v.Spans))
	case Grid:
		for i, r := range v.Rows {
			mark := "|"
			if i < v.Head {
				mark = "‖"
			}
			for _, c := range r {
				fmt.Fprintf(b, "%s %s ", mark, plain(c.Spans))
			}
			b.WriteString("\n")
		}
	case Foot:
		fmt.Fprintf(b, "[版记] %s / %s / %s\n", plain(v.Copy), plain(v.Office), plain(v.Date))
	}
}

// Write writes the paper as .docx.
func (o *Official) Write(w io.Writer) error { return WritePapers(w, o) }

// WritePapers writes papers one after the other into one file, each with its own page numbers.
func WritePapers(w io.Writer, papers ...*Official) error {
	if len(papers) == 0 {
		return fmt.Errorf("write papers: none given")
	}
	first := papers[0]
	out := docx.Paper{Title: first.Title, Creator: first.Issuer, Created: first.IssuedOn.Start()}
	for i, o := range papers {
		for j, p := range o.Pages {
			_, isFoot := lone(p.Blocks).(Foot)
			s := docx.Section{Landscape: p.Landscape, Mark: p.Mark, OnEven: isFoot, Restart: p.Restart || i > 0 && j == 0}
			for _, b := range p.Blocks {
				s.Blocks = append(s.Blocks, b.docx())
			}
			out.Sections = append(out.Sections, s)
		}
	}
	return out.Write(w)
}

// lone is the one block of a page, nil where it has more.
func lone(blocks []OfficialBlock) OfficialBlock {
	if len(blocks) != 1 {
		return nil
	}
	return blocks[0]
}

// spans flattens strings, spans and lists of spans; a paper's own words are strings.
func spans(parts ...any) []Span {
	var out []Span
	for _, p := range parts {
		switch v := p.(type) {
		case nil:
		case string:
			if v != "" {
				out = append(out, Span{Text: v})
			}
		case Span:
			out = append(out, v)
		case []Span:
			out = append(out, v...)
		default:
			panic(fmt.Sprintf("spans: a %T cannot stand in a paper", p))
		}
	}
	return out
}

// number is a count with its source.
func number(id string, n int64) Span {
	s := strconv.FormatInt(n, 10)
	return Span{Text: s, Figure: &Figure{ID: id, Value: s}}
}

// fact is any other text with its source.
func fact(id, value string) Span { return Span{Text: value, Figure: &Figure{ID: id, Value: value}} }

// date is a full date with its source.
func date(id string, d period.Date) Span {
	return Span{Text: d.Chinese(), Figure: &Figure{ID: id, Value: d.String()}}
}

// quotation is a quotation; quotation marks inside become single ones. Its value is the words as they are, so that the
// same title in a table is the same fact.
func quotation(id, words string) Span {
	value := oneLine(words)
	words = strings.NewReplacer("“", "‘", "”", "’", "「", "‘", "」", "’", "\"", "").Replace(value)
	return Span{Text: "“" + words + "”", Figure: &Figure{ID: id, Value: value}}
}

// kai is a second-level heading run in with its text.
func kai(text string) Span { return Span{Text: text, Look: docx.Kai} }
