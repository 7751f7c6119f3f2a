package ingest

import (
	"fmt"
	"strings"

	"liandu/internal/record"
)

// listSheet is the name of the sheet that lists the problems.
const listSheet = "问题清单"

// listHeads are its columns; by them it is known again when the workbook comes back.
var listHeads = []string{"序号", "级别", "工作表", "单元格", "填写内容", "问题", "怎么改"}

// isProblemList reports a sheet that is our own list of problems, whatever it is called by now.
func isProblemList(g Grid) bool {
	for i, r := range g.Rows {
		if i == 5 {
			return false
		}
		cells := own(r)
		if len(cells) < len(listHeads) {
			continue
		}
		same := 0
		for n, head := range listHeads {
			if cells[n].Text == head {
				same++
			}
		}
		if same == len(listHeads) {
			return true
		}
	}
	return false
}

// withoutList drops our own list from a book that comes back marked: the county neither fills it in nor sends it.
func (b Book) withoutList() Book {
	kept := b.Grids[:0]
	for _, g := range b.Grids {
		if !isProblemList(g) {
			kept = append(kept, g)
		}
	}
	b.Grids = kept
	return b
}

// list writes the first sheet: what is wrong, where, and what to do, each line linked to its cell.
func (m *marker) list(sheets []markedSheetRef) {
	style := m.listStyles()
	var b, links strings.Builder
	width := []int{6, 8, 16, 10, 28, 48, 48}
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="%s"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`+
		`<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`, m.mainNS())
	for i, w := range width {
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, w)
	}
	b.WriteString(`</cols><sheetData>`)
	text := func(cell string, style int, s string) {
		if s == "" {
			fmt.Fprintf(&b, `<c r="%s" s="%d"/>`, cell, style)
			return
		}
		fmt.Fprintf(&b, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, cell, style, xmlText(literal(s)))
	}
	errors, warnings := 0, 0
	for _, q := range m.reading.Problems {
		if q.Severity == record.SeverityError {
			errors++
		} else {
			warnings++
		}
	}
	b.WriteString(`<row r="1" ht="28" customHeight="1">`)
	text("A1", style.title, listSheet)
	fmt.Fprintf(&b, `</row><row r="2" ht="%d" customHeight="1">`, 34)
	text("A2", style.note, listSummary(errors, warnings))
	b.WriteString(`</row><row r="3" ht="22" customHeight="1">`)
	for i, h := range listHeads {
		text(ref(i+1, 3), style.head, h)
	}
	b.WriteString(`</row>`)
	known := map[string]bool{}
	for _, s := range sheets {
		known[s.name] = s.part != ""
	}
	for i, q := range m.reading.Problems {
		row := i + 4
		word, kind := "提醒", style.warning
		if q.Severity == record.SeverityError {
			word, kind = "错误", style.error
		}
		lines := max(linesOf(q.Sheet, width[2]), linesOf(q.Value, width[4]), linesOf(q.Message, width[5]), linesOf(q.Hint, width[6]))
		fmt.Fprintf(&b, `<row r="%d" ht="%d" customHeight="1"><c r="A%d" s="%d"><v>%d</v></c>`, row, 6+16*lines, row, style.number, i+1)
		text(ref(2, row), kind, word)
		text(ref(3, row), style.body, q.Sheet)
		_, _, ok := place(q.Cell)
		if ok && known[q.Sheet] {
			text(ref(4, row), style.link, q.Cell)
			fmt.Fprintf(&links, `<hyperlink ref="D%d" location="%s" display="%s"/>`, row, xmlText("'"+strings.ReplaceAll(q.Sheet, "'", "''")+"'!"+q.Cell), xmlText(q.Cell))
		} else {
			text(ref(4, row), style.body, q.Cell)
		}
		text(ref(5, row), style.body, q.Value)
		text(ref(6, row), style.body, q.Message)
		text(ref(7, row), style.body, q.Hint)
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData><mergeCells count="2"><mergeCell ref="A1:G1"/><mergeCell ref="A2:G2"/></mergeCells>`)
	if links.Len() > 0 {
		b.WriteString(`<hyperlinks>` + links.String() + `</hyperlinks>`)
	}
	b.WriteString(`<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`)
	for _, name := range m.names {
		if len(m.added[name]) == 0 {
			m.added[name] = []byte(b.String())
		}
	}
}

// linesOf is how many lines a text takes in a column of so many half-width characters; not every program makes room.
func linesOf(s string, width int) int {
	lines, at := 1, 0
	for _, r := range s {
		w := 1
		if r > 0x2000 {
			w = 2
		}
		if at += w; r == '\n' || at > width-2 {
			lines, at = lines+1, w
		}
	}
	return min(lines, 20)
}

func listSummary(errors, warnings int) string {
	switch {
	case errors > 0 && warnings > 0:
		return fmt.Sprintf("共 %d 处错误、%d 处提醒。标红的单元格必须改正，标黄的请核对；改好后直接重新报送本文件即可，本页和批注不用删除。", errors, warnings)
	case errors > 0:
		return fmt.Sprintf("共 %d 处错误。请改正标红的单元格，改好后直接重新报送本文件即可，本页和批注不用删除。", errors)
	case warnings > 0:
		return fmt.Sprintf("共 %d 处提醒，报表可以受理。请核对标黄的单元格；需要改正的，改好后直接重新报送本文件即可，本页和批注不用删除。", warnings)
	}
	return "没有发现问题。"
}

// listStyle holds the style numbers of the list.
type listStyle struct{ title, note, head, number, error, warning, body, link int }

func (m *marker) listStyles() listStyle {
	s := m.styles
	font := func(size, more string) int {
		return s.put("fonts", `<@font>`+more+`<@sz val="`+size+`"/><@color `+map[bool]string{true: `rgb="FF0563C1"`, false: `rgb="FF000000"`}[strings.Contains(more, "<@u")]+`/><@name val="宋体"/><@charset val="134"/></@font>`)
	}
	plain, bold, big, link := font("11", ""), font("11", "<@b/>"), font("16", "<@b/>"), font("11", "<@u/>")
	side := func(name string) string {
		return `<@` + name + ` style="thin"><@color rgb="FFBFBFBF"/></@` + name + `>`
	}
	border := s.put("borders", `<@border>`+side("left")+side("right")+side("top")+side("bottom")+`<@diagonal/></@border>`)
	fill := func(colour string) int {
		return s.put("fills", `<@fill><@patternFill patternType="solid"><@fgColor rgb="`+colour+`"/><@bgColor indexed="64"/></@patternFill></@fill>`)
	}
	none := s.put("fills", `<@fill><@patternFill patternType="none"/></@fill>`)
	xf := func(font, fill, border int, align string) int {
		return s.put("cellXfs", fmt.Sprintf(`<@xf numFmtId="0" fontId="%d" fillId="%d" borderId="%d" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><@alignment %s/></@xf>`, font, fill, border, align))
	}
	const centre, wrap = `horizontal="center" vertical="center"`, `vertical="center" wrapText="1"`
	return listStyle{
		title: xf(big, none, 0, centre), note: xf(plain, none, 0, wrap), head: xf(bold, fill("FFDCE6F1"), border, centre),
		number: xf(plain, none, border, centre), error: xf(plain, fill("FFF8CBAD"), border, centre), warning: xf(plain, fill("FFFFE699"), border, centre),
		body: xf(plain, none, border, wrap), link: xf(link, none, border, centre),
	}
}
