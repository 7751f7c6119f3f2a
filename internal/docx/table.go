package docx

import "fmt"

// Table is a ruled table as wide as its Widths. Its first Head rows stand again on every page; no row breaks across
// pages. Size is the text's size in half points, 五号 (21) when zero.
type Table struct {
	Widths []int // twips
	Head   int
	Size   int
	Rows   []Row
}

// Row is one row. Height, where given, is the least it takes, in twips.
type Row struct {
	Cells  []Cell
	Height int
}

// Cell is one cell. Span is how many columns it takes, 1 when zero. A cell that reaches down has Down, and the cells it
// covers in the rows below have Covered.
type Cell struct {
	Runs    []Run
	Align   Align
	Span    int
	Down    bool
	Covered bool
}

// Align is where a cell's text stands.
type Align string

// The alignments.
const (
	Centre Align = "center"
	Left   Align = "left"
	Right  Align = "right"
)

// TableWidth is the sum of the columns.
func (t Table) TableWidth() int {
	sum := 0
	for _, w := range t.Widths {
		sum += w
	}
	return sum
}

func (t Table) write(b *body) {
	fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, t.TableWidth())
	for _, side := range []string{"top", "left", "bottom", "right"} {
		fmt.Fprintf(b, `<w:%s w:val="single" w:sz="8" w:space="0" w:color="000000"/>`, side)
	}
	for _, side := range []string{"insideH", "insideV"} {
		fmt.Fprintf(b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range t.Widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
	for i, r := range t.Rows {
		t.row(b, r, i < t.Head)
	}
	b.WriteString(`</w:tbl>`)
}

func (t Table) row(b *body, r Row, isHead bool) {
	b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if r.Height > 0 {
		fmt.Fprintf(b, `<w:trHeight w:val="%d" w:hRule="atLeast"/>`, r.Height)
	}
	style := TableText
	if isHead {
		style = TableHead
		b.WriteString(`<w:tblHeader/>`)
	}
	b.WriteString(`</w:trPr>`)
	at := 0
	for _, c := range r.Cells {
		span := max(c.Span, 1)
		width := 0
		for _, w := range t.Widths[min(at, len(t.Widths)):min(at+span, len(t.Widths))] {
			width += w
		}
		at += span
		fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
		if span > 1 {
			fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, span)
		}
		switch {
		case c.Down:
			b.WriteString(`<w:vMerge w:val="restart"/>`)
		case c.Covered:
			b.WriteString(`<w:vMerge/>`)
		}
		fmt.Fprintf(b, `<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="%s"/>`, style)
		if t.Size != 0 {
			fmt.Fprintf(b, `<w:spacing w:line="%d" w:lineRule="exact"/>`, t.Size*10+110)
		}
		if c.Align != "" {
			fmt.Fprintf(b, `<w:jc w:val="%s"/>`, c.Align)
		}
		b.WriteString(`</w:pPr>`)
		for _, run := range c.Runs {
			b.run(run, t.Size)
		}
		b.WriteString(`</w:p></w:tc>`)
	}
	b.WriteString(`</w:tr>`)
}

// Imprint is 版记 at the foot of the paper's last page: who gets a copy, who printed it and when. Lines without text are
// left out. A letter's imprint has only Copy, and no rules (Bare).
type Imprint struct {
	Copy   []Run
	Office []Run
	Date   []Run
	Bare   bool
}

// write puts the imprint in a frame at the type area's foot: tables that float stand there in some programs only. The
// rules are paragraphs of their own, as wide as the type area whatever the text's indents.
func (i Imprint) write(b *body) {
	var lines []Para
	if len(i.Copy) > 0 {
		lines = append(lines, Para{Style: CopyTo, Runs: i.Copy})
	}
	if len(i.Office) > 0 {
		runs := append(append(append([]Run{}, i.Office...), Run{Text: "\t"}), i.Date...)
		lines = append(lines, Para{Style: Printed, Runs: runs})
	}
	for n, line := range lines {
		if !i.Bare {
			b.rule(map[bool]int{true: outerRule, false: innerRule}[n == 0])
		}
		line.frame = frameAtFoot
		line.write(b)
	}
	if len(lines) > 0 && !i.Bare {
		b.rule(outerRule)
	}
}

const (
	outerRule = 8 // 0.35 mm in eighths of a point
	innerRule = 6 // 0.25 mm
)

var frameAtFoot = fmt.Sprintf(`<w:framePr w:w="%d" w:hSpace="0" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>`, TextWidth)

// rule is a line across the type area.
func (b *body) rule(width int) {
	fmt.Fprintf(b, `<w:p><w:pPr><w:pStyle w:val="%s"/>%s<w:pBdr><w:bottom w:val="single" w:sz="%d" w:space="0" w:color="000000"/></w:pBdr></w:pPr></w:p>`,
		styleTiny, frameAtFoot, width)
}
