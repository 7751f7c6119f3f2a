package view

import (
	"strconv"
	"strings"

	"liandu/dashboard/export"
	"liandu/internal/docx"
)

// Paper is an official paper drawn in the browser: runs of pages, which js/paper.js breaks into sheets of A4. Every
// figure in it opens its source.
type Paper struct {
	Title string
	Runs  []PaperRun
}

// PaperRun is a run of pages of one orientation. Mark is the office at the head of a letter, MarkSize its points.
type PaperRun struct {
	Landscape bool
	Restart   bool
	Mark      string
	MarkSize  string
	Blocks    []PaperBlock
}

// PaperBlock is a paragraph, a table or an imprint: one of the three is not nil.
type PaperBlock struct {
	Line *PaperLine
	Grid *PaperGrid
	Foot *PaperFoot
}

// PaperLine is a paragraph. The lengths are points, "" where its style's stand. After is what follows a tab and stands at
// the right edge.
type PaperLine struct {
	Class                                     string
	Spans, After                              []PaperSpan
	Tabbed, Keep                              bool
	Before, Left, Right, Hanging, Pitch, Size string
}

// PaperSpan is text of one look; with Href it opens where it comes from, and Source says what it is.
type PaperSpan struct {
	Text, Class, Href, Source string
}

// PaperGrid is a table; Widths are shares of its width.
type PaperGrid struct {
	Size   string
	Pitch  string
	Widths []string
	Head   [][]PaperCell
	Rows   [][]PaperCell
}

// PaperCell is one cell.
type PaperCell struct {
	Spans      []PaperSpan
	Class      string
	Span, Down int
	Height     string
}

// PaperFoot is 版记.
type PaperFoot struct{ Copy, Office, Date []PaperSpan }

var paperClass = map[docx.Style]string{
	docx.Body: "pp-body", docx.Empty: "pp-empty", docx.Mark: "pp-mark", docx.Number: "pp-number", docx.LetterNumber: "pp-letter-number",
	docx.Title: "pp-title", docx.Addressee: "pp-to", docx.Heading1: "pp-h1", docx.Heading2: "pp-h2", docx.AttachmentNote: "pp-attached",
	docx.Signature: "pp-sign", docx.SignDate: "pp-sign", docx.Remark: "pp-remark", docx.AttachmentMark: "pp-attachment", docx.TableTitle: "pp-title",
	docx.TableLine: "pp-table-line", docx.TableNote: "pp-table-note", docx.FormTitle: "pp-title",
}

// NewPaper draws a paper. source gives a figure's address and what it is; an empty address is not a link.
func NewPaper(o *export.Official, source func(export.Figure) (href, what string)) Paper {
	p := Paper{Title: o.Title}
	d := drawing{source}
	for _, page := range o.Pages {
		run := PaperRun{Landscape: page.Landscape, Restart: page.Restart, Mark: page.Mark}
		if page.Mark != "" {
			run.MarkSize = itoa(min(442*95/100/max(len([]rune(page.Mark)), 1), 36))
		}
		for _, b := range page.Blocks {
			switch v := b.(type) {
			case export.Line:
				run.Blocks = append(run.Blocks, PaperBlock{Line: d.line(v)})
			case export.Grid:
				run.Blocks = append(run.Blocks, PaperBlock{Grid: d.grid(v)})
			case export.Foot:
				run.Blocks = append(run.Blocks, PaperBlock{Foot: &PaperFoot{d.spans(v.Copy), d.spans(v.Office), d.spans(v.Date)}})
			}
		}
		p.Runs = append(p.Runs, run)
	}
	return p
}

type drawing struct {
	source func(export.Figure) (href, what string)
}

func (d drawing) line(l export.Line) *PaperLine {
	out := &PaperLine{
		Class: paperClass[l.Style], Keep: l.Keep || l.Style == docx.Heading1 || l.Style == docx.Heading2,
		Before: points(l.Before), Left: points(l.Left), Right: points(l.Right), Hanging: points(l.Hanging), Pitch: points(l.Line), Size: points(l.Size * 10),
	}
	for _, s := range l.Spans {
		before, after, cut := strings.Cut(s.Text, "\t")
		if !cut || out.Tabbed {
			if out.Tabbed {
				out.After = append(out.After, d.span(s, s.Text))
			} else {
				out.Spans = append(out.Spans, d.span(s, s.Text))
			}
			continue
		}
		out.Tabbed = true
		out.Spans = append(out.Spans, d.span(s, before))
		out.After = append(out.After, d.span(s, after))
	}
	return out
}

func (d drawing) spans(all []export.Span) []PaperSpan {
	var out []PaperSpan
	for _, s := range all {
		out = append(out, d.span(s, s.Text))
	}
	return out
}

func (d drawing) span(s export.Span, text string) PaperSpan {
	out := PaperSpan{Text: text}
	switch s.Look {
	case docx.Kai:
		out.Class = "pp-kai"
	case docx.Hei:
		out.Class = "pp-hei"
	case docx.Blank:
		out.Class = "pp-blank"
	}
	if s.Figure != nil {
		out.Href, out.Source = d.source(*s.Figure)
	}
	return out
}

func (d drawing) grid(g export.Grid) *PaperGrid {
	out := &PaperGrid{Size: points(g.Size * 10)}
	if g.Size > 0 {
		out.Pitch = points(g.Size*10 + 110)
	}
	total := 0
	for _, w := range g.Widths {
		total += w
	}
	for _, w := range g.Widths {
		out.Widths = append(out.Widths, strconv.FormatFloat(100*float64(w)/float64(max(total, 1)), 'f', 2, 64)+"%")
	}
	for i, r := range g.Rows {
		var row []PaperCell
		column := 0
		for _, c := range r {
			cell := PaperCell{Spans: d.spans(c.Spans), Span: max(c.Span, 1), Class: map[docx.Align]string{docx.Left: "pp-left", docx.Right: "pp-right", docx.Centre: "pp-mid"}[c.Align]}
			if g.Height > 0 {
				cell.Height = points(g.Height)
			}
			if c.Down {
				cell.Down = 1 + covered(g.Rows[i+1:], column)
			}
			column += cell.Span
			if !c.Covered {
				row = append(row, cell)
			}
		}
		if i < g.Head {
			out.Head = append(out.Head, row)
			continue
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// covered counts the rows whose cell at a column is covered by one above.
func covered(rows [][]export.GridCell, column int) int {
	n := 0
	for _, r := range rows {
		at := 0
		found := false
		for _, c := range r {
			if at == column && c.Covered {
				found = true
			}
			at += max(c.Span, 1)
		}
		if !found {
			return n
		}
		n++
	}
	return n
}

// points turns twips into points, "" for none.
func points(twips int) string {
	if twips == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(twips)/20, 'f', -1, 64)
}
