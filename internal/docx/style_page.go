package docx

import "fmt"

// The page of GB/T 9704-2012 in twips (1 mm is 56.693): A4, 37 mm above, 28 mm at the binding, the type area
// 156 mm × 225 mm, 22 lines of 28 characters.
const (
	TextWidth       = 8845  // 版心 156 mm
	TextHeight      = 12756 // 版心 225 mm
	LinePitch       = 579   // 22 lines
	CharSpacing     = -5    // 28 characters of 16 pt
	CharWidth       = 320   // 三号字, the 字 of indents
	SmallChar       = 280   // 四号字
	MarkTop         = 1984  // 发文机关标志 35 mm below the type area's top edge
	LetterRuleLeft  = -454  // the letter's rules are 170 mm, centred on the page
	LetterRuleRight = -340
)

// geometry is a page with where its head and foot stand.
type geometry struct {
	width, height, top, right, bottom, left, header, footer int
	after                                                   int // below the page number
}

// The page number's dash stands 7 mm below the type area: its line of 14 pt is centred there.
var (
	portrait  = geometry{width: 11906, height: 16838, top: 2098, right: 1474, bottom: 1984, left: 1587, header: 851, footer: 1447}
	landscape = geometry{width: 16838, height: 11906, top: 1587, right: 2098, bottom: 1474, left: 1984, header: 851, footer: 937}
	// letter: the mark 30 mm from the page's top edge, the second rule 20 mm from its bottom edge.
	letter = geometry{width: 11906, height: 16838, top: 2098, right: 1474, bottom: 1984, left: 1587, header: 1661, footer: 1134, after: 313}
)

// MarkSize returns the size of an office's mark in half points, so that it fills the line, and its line in twips.
func MarkSize(text string) (size, line int) {
	n := max(len([]rune(text)), 1)
	points := min(442*95/100/n, 62)
	return 2 * points, points*20 + 160
}

// letterHead is the first header of a letter: the mark and, 4 mm below, a double rule, thick over thin.
func letterHead(mark string) string {
	b := newBody()
	points := min(442*95/100/max(len([]rune(mark)), 1), 36)
	fmt.Fprintf(b, `<w:p><w:pPr><w:pStyle w:val="%s"/><w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="11" w:color="FF0000"/></w:pBdr>`+
		`<w:spacing w:before="0" w:line="%d" w:lineRule="exact"/><w:ind w:left="%d" w:right="%d"/></w:pPr>`, Mark, points*20+80, LetterRuleLeft, LetterRuleRight)
	b.run(Run{Text: mark}, points*2)
	b.WriteString(`</w:p>`)
	return b.String()
}

// letterFoot is the first footer of a letter: a double rule, thin over thick, and no page number.
var letterFoot = fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="%s"/><w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="0" w:color="FF0000"/></w:pBdr>`+
	`<w:spacing w:line="20" w:lineRule="exact"/><w:ind w:left="%d" w:right="%d"/></w:pPr></w:p>`, styleTiny, LetterRuleLeft, LetterRuleRight)

// pageNumber is a foot: — 1 —, one character in from the outer edge.
func pageNumber(side string, after int) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="%s"/><w:spacing w:after="%d"/><w:ind w:%s="%d"/><w:jc w:val="%s"/></w:pPr>`, PageNumber, after, side, SmallChar, side) +
		pageField + `</w:p>`
}

// sidePageNumber is the foot of a landscape page: the number stands where it does on a portrait page when the sheets are
// bound, that is at the left edge, 7 mm off the type area, turned with the paper. A table of one cell holds it, at its
// place on the page.
func sidePageNumber(side string) string {
	return fmt.Sprintf(`<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page" w:horzAnchor="page" w:tblpX="%d" w:tblpY="%d"/><w:tblW w:w="%d" w:type="dxa"/>`+
		`<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="%d"/></w:tblGrid>`+
		`<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:textDirection w:val="tbRl"/></w:tcPr>`,
		landscape.left-sideNumberGap-SmallChar/2, landscape.top, SmallChar, SmallChar, TextWidth, SmallChar) +
		pageNumber(side, 0) + `</w:tc></w:tr></w:tbl>` +
		fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr></w:p>`, styleTiny)
}

// sideNumberGap is 7 mm, from the type area to the middle of the number's line.
const sideNumberGap = 397

const pageField = `<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">— </w:t></w:r>` +
	`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
	`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>` +
	`<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve"> —</w:t></w:r>`

// noPageNumber is the foot of 版记's page.
var noPageNumber = fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr></w:p>`, styleTiny)
