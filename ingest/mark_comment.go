package ingest

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
)

const (
	markAuthor = "联督核对"
	markNote   = "【联督核对】" // begins what is put under a comment of the county's own
)

// comments puts the marks' comments beside the county's own. A cell that has one keeps it, with ours beneath.
func (m *marker) comments(s markedSheetRef, number int, e *sheetEditor, marks markedSheet) error {
	rels, err := m.x.relations(s.part)
	if err != nil {
		return errNotEditable
	}
	list, drawing := "", ""
	for id, r := range rels {
		switch {
		case strings.HasSuffix(r.kind, "/comments"):
			list = r.target
		case strings.HasSuffix(r.kind, "/vmlDrawing") && e.legacy != nil && attrLast(e.legacy.StartElement, "id") == id:
			drawing = r.target
		}
	}
	if len(marks) == 0 && list == "" {
		return nil
	}
	if list != "" && m.x.parts[partKey(list)] == nil || drawing != "" && m.x.parts[partKey(drawing)] == nil {
		return errNotEditable
	}
	fresh, gone, err := m.commentList(s, list, marks)
	if err != nil {
		return err
	}
	if len(fresh) == 0 && len(gone) == 0 {
		return nil
	}
	return m.shapes(s, number, e, drawing, fresh, gone)
}

// commentList writes the comments and returns the cells that need a new box, and those whose old box goes.
func (m *marker) commentList(s markedSheetRef, part string, marks markedSheet) (fresh []*cellMark, gone map[[2]int]bool, err error) {
	gone = map[[2]int]bool{}
	if part == "" {
		fresh = marks.inOrder()
		part = m.freshName(path.Dir(path.Dir(s.part)), "commentsLiandu", "xml")
		var b strings.Builder
		fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><comments xmlns="%s"><authors><author>%s</author></authors><commentList>`, m.mainNS(), markAuthor)
		for _, c := range fresh {
			b.WriteString(commentXML(c, 0, ""))
		}
		b.WriteString(`</commentList></comments>`)
		m.add(part, b.String())
		_, err = m.relate(s.part, "comments", part)
		return fresh, gone, err
	}
	p, err := m.part(part)
	if err != nil {
		return nil, nil, err
	}
	l := &commentEditor{p: p, marks: marks, again: m.again, gone: gone, has: map[[2]int]bool{}}
	if err := p.walk(l.start, l.end); err != nil {
		return nil, nil, err
	}
	if l.listEnd == 0 || l.authorsEnd == 0 {
		return nil, nil, errNotEditable
	}
	author := l.ours
	if author < 0 {
		author = len(l.authors)
		p.insert(l.authorsEnd, "<"+l.prefix+"author>"+markAuthor+"</"+l.prefix+"author>")
	}
	for _, c := range marks.inOrder() {
		if !l.has[[2]int{c.row, c.col}] {
			fresh = append(fresh, c)
			p.insert(l.listEnd, commentXML(c, author, l.prefix))
		}
	}
	return fresh, gone, nil
}

func commentXML(c *cellMark, author int, prefix string) string {
	named := strings.NewReplacer("</", "</"+prefix, "<", "<"+prefix)
	return named.Replace(fmt.Sprintf(`<comment ref="%s" authorId="%d"><text><r><rPr><sz val="9"/><rFont val="宋体"/></rPr><t xml:space="preserve">`, ref(c.col, c.row), author)) +
		xmlText(c.text) + named.Replace(`</t></r></text></comment>`)
}

// commentEditor goes through a county's comments.
type commentEditor struct {
	p          *xmlPart
	marks      markedSheet
	again      bool
	prefix     string
	authors    []string
	ours       int
	authorAt   int
	authorsEnd int
	listEnd    int
	comment    tag
	place      [2]int
	mine       bool
	run        int // where the run being read begins
	gone       map[[2]int]bool
	has        map[[2]int]bool
}

func (l *commentEditor) start(t tag) error {
	switch t.Name.Local {
	case "comments":
		l.prefix, l.ours = t.prefix(), -1
	case "author":
		l.authorAt = t.to
	case "commentList":
		if t.selfClosed {
			return errNotEditable
		}
	case "comment":
		col, row, _ := place(attr(t.StartElement, "ref"))
		l.comment, l.place = t, [2]int{row, col}
		l.mine = l.again && l.ours >= 0 && attr(t.StartElement, "authorId") == strconv.Itoa(l.ours)
	case "r":
		l.run = t.from
	}
	return nil
}

func (l *commentEditor) end(name string, from, to, depth int) error {
	switch name {
	case "author":
		text := string(l.p.src[l.authorAt:from])
		if text == markAuthor {
			l.ours = len(l.authors)
		}
		l.authors = append(l.authors, text)
	case "authors":
		if from == to {
			return errNotEditable
		}
		l.authorsEnd = from
	case "commentList":
		l.listEnd = from
	case "r":
		if l.again && !l.mine && strings.Contains(string(l.p.src[l.run:to]), markNote) {
			l.p.replace(l.run, to, "")
		}
	case "text":
		if c := l.marks[l.place[0]][l.place[1]]; c != nil && !l.mine && depth == 4 {
			if from == to {
				return errNotEditable
			}
			l.has[l.place] = true
			l.p.insert(from, "<"+l.prefix+`r><`+l.prefix+`t xml:space="preserve">`+xmlText("\n"+markNote+c.text)+"</"+l.prefix+"t></"+l.prefix+"r>")
		}
	case "comment":
		if l.mine {
			l.p.replace(l.comment.from, to, "")
			l.gone[l.place] = true
		}
	}
	return nil
}

// shapes draws the boxes of new comments: VML, as every version of Excel and WPS wants it.
func (m *marker) shapes(s markedSheetRef, number int, e *sheetEditor, part string, fresh []*cellMark, gone map[[2]int]bool) error {
	const open = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">`
	if part == "" {
		part = m.freshName(path.Dir(path.Dir(s.part))+"/drawings", "vmlDrawingLiandu", "vml")
		m.add(part, fmt.Sprintf(open+`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout>%s</xml>`, number, boxes(fresh, number*1024, "")))
		id, err := m.relate(s.part, "vmlDrawing", part)
		if err != nil {
			return err
		}
		raw := fmt.Sprintf(`<%slegacyDrawing xmlns:r="%s" r:id="%s"/>`, e.root.prefix(), m.relationsNS(), id)
		if e.legacy != nil { // it names nothing
			e.p.replace(e.legacy.from, e.legacy.to, raw)
			return nil
		}
		e.p.insert(e.anchor, raw)
		return nil
	}
	p, err := m.part(part)
	if err != nil {
		return err
	}
	for _, at := range noteShape.FindAllIndex(p.src, -1) {
		block := string(p.src[at[0]:at[1]])
		row, col := shapeRow.FindStringSubmatch(block), shapeColumn.FindStringSubmatch(block)
		if row == nil || col == nil || !strings.Contains(block, `"Note"`) {
			continue
		}
		r, _ := strconv.Atoi(row[1])
		c, _ := strconv.Atoi(col[1])
		if gone[[2]int{r + 1, c + 1}] {
			p.replace(at[0], at[1], "")
		}
	}
	last := strings.LastIndex(string(p.src), "</xml>")
	if last < 0 {
		return errNotEditable
	}
	highest := number * 1024
	for _, id := range shapeID.FindAllSubmatch(p.src, -1) {
		if n, err := strconv.Atoi(string(id[1])); err == nil && n < 1<<30 {
			highest = max(highest, n)
		}
	}
	p.insert(last, boxes(fresh, highest, string(p.src)))
	return nil
}

var (
	noteShape   = regexp.MustCompile(`(?s)<v:shape\s.*?</v:shape>`)
	shapeRow    = regexp.MustCompile(`<x:Row>\s*(\d+)\s*</x:Row>`)
	shapeColumn = regexp.MustCompile(`<x:Column>\s*(\d+)\s*</x:Column>`)
	shapeID     = regexp.MustCompile(`_x0000_s(\d+)`)
)

// boxes are the shapes of comments, numbered after last; within is the drawing they go into.
func boxes(fresh []*cellMark, last int, within string) string {
	var b strings.Builder
	if !strings.Contains(within, `id="_x0000_t202"`) && len(fresh) > 0 {
		b.WriteString(`<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`)
	}
	for i, c := range fresh {
		height := 3 + len([]rune(c.text))/18
		fmt.Fprintf(&b, `<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:180pt;height:%dpt;z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`+
			`<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>`+
			`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%d, 15, %d, 2, %d, 31, %d, 1</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
			last+1+i, height*14, i+1, c.col, max(c.row-2, 0), c.col+3, max(c.row-2, 0)+height, c.row-1, c.col-1)
	}
	return b.String()
}
