package docx

import "fmt"

// Table is a ruled table as wide as its Widths. Its first Head rows stand again on every page; no row breaks across
// pages. Size is the text's size in half points, 五号 (21) when zero.
type Table struct {
	Widths []int // twips
	Head   int
	Size   int
	Keep   bool // the last rows stand on the page of the paragraph after the table: no page of notes alone
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
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, w := range t.Widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
	for i, r := range t.Rows {
		t.row(b, r, i < t.Head, t.Keep && i >= max(len(t.Rows)-2, t.Head))
	}
	b.WriteString(`</w:tbl>`)
}

func (t Table) row(b *body, r Row, isHead, keep bool) {
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
		if keep {
			b.WriteString(`<w:keepNext/>`)
		}
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

// Imprint is 版记: who gets a copy, who printed it and when, on a page of its own with its last rule on the type area's
// lower edge. Lines without text are left out.
type Imprint struct {
	Copy   []Run
	Office []Run
	Date   []Run
}

// write puts who gets a copy alone at the foot of the page it stands on, as a letter has it (信函格式), in a frame. With
// an office it fills the page above the imprint with one empty paragraph of exactly the room that is left: a floating table
// stands at the foot in some programs only.
func (i Imprint) write(b *body) {
	if len(i.Office) == 0 {
		i.frame(b)
		return
	}
	type row struct {
		style Style
		runs  []Run
		lines int
	}
	var rows []row
	if len(i.Copy) > 0 {
		rows = append(rows, row{CopyTo, i.Copy, copyLines(i.Copy)})
	}
	if len(i.Office) > 0 {
		rows = append(rows, row{Printed, append(append(append([]Run{}, i.Office...), Run{Text: "\t"}), i.Date...), 1})
	}
	room := TextHeight - imprintSlack
	for _, r := range rows {
		room -= r.lines * LinePitch
	}
	if len(rows) == 0 || room < LinePitch {
		return
	}
	fmt.Fprintf(b, `<w:p><w:pPr><w:pStyle w:val="%s"/><w:spacing w:line="%d" w:lineRule="exact"/></w:pPr></w:p>`, Empty, room)
	fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/>`+
		`<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/>`+
		`<w:insideH w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tblBorders>`+
		`<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="%d"/></w:tblGrid>`,
		TextWidth, TextWidth)
	for _, r := range rows {
		fmt.Fprintf(b, `<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, TextWidth)
		Para{Style: r.style, Runs: r.runs}.write(b)
		b.WriteString(`</w:tc></w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

// frame is a letter's 版记: no rules, no office, at the lower edge of the type area of the page it is written on.
func (i Imprint) frame(b *body) {
	if len(i.Copy) == 0 {
		return
	}
	fmt.Fprintf(b, `<w:p><w:pPr><w:pStyle w:val="%s"/><w:framePr w:w="%d" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/></w:pPr>`, CopyTo, TextWidth)
	for _, r := range i.Copy {
		b.run(r, 0)
	}
	b.WriteString(`</w:p>`)
}

// imprintSlack is the room of the rules and of the paragraph that must follow a table.
const imprintSlack = 120

// copyLines is how many lines 抄送 takes in 四号: the first begins one character in, the others under the name.
func copyLines(runs []Run) int {
	wide := 0
	for _, r := range runs {
		for _, c := range r.Text {
			if c < 0x80 {
				wide += SmallChar / 2
				continue
			}
			wide += SmallChar
		}
	}
	const first, later = TextWidth - 2*SmallChar, TextWidth - 5*SmallChar
	if wide <= first {
		return 1
	}
	return 1 + (wide-first+later-1)/later
}
