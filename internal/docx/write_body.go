package docx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// body gathers the main part and the headers and footers its sections ask for.
type body struct {
	bytes.Buffer
	margins []margin
}

// margin is one header or footer part. Its relation id follows from its place in the list.
type margin struct {
	name, kind, text string
}

// firstMargin is the number of the first header's or footer's relation; styles, settings and fonts stand before.
const firstMargin = 4

func newBody() *body { return &body{} }

// section writes a section's blocks and its page. Every section but the last carries its page in its last paragraph, as
// the format wants it.
func (b *body) section(s Section, last bool) {
	blocks := s.Blocks
	end, isPara := Para{Style: styleTiny}, false
	if len(blocks) > 0 && !last {
		if end, isPara = blocks[len(blocks)-1].(Para); isPara {
			blocks = blocks[:len(blocks)-1]
		} else {
			end = Para{Style: styleTiny}
		}
	}
	for _, one := range blocks {
		one.write(b)
	}
	if last {
		if endsInTable(blocks) {
			end.write(b)
		}
		b.page(s)
		return
	}
	end.open(b)
	b.page(s)
	end.close(b)
}

// endsInTable reports whether a paragraph must follow: the format wants one after a table.
func endsInTable(blocks []Block) bool {
	if len(blocks) == 0 {
		return true
	}
	_, isPara := blocks[len(blocks)-1].(Para)
	return !isPara
}

// page writes the section's properties: gbt9704, parts 1, 2.2, 4 and 5.
func (b *body) page(s Section) {
	g := portrait
	switch {
	case s.Landscape:
		g = landscape
	case s.Mark != "":
		g = letter
	}
	b.WriteString(`<w:sectPr>`)
	if s.Mark != "" {
		b.refer("header", "first", letterHead(s.Mark))
		b.refer("footer", "first", letterFoot)
	}
	switch {
	case s.Landscape:
		b.refer("footer", "default", sidePageNumber("right"))
		b.refer("footer", "even", sidePageNumber("left"))
	case s.OnEven:
		b.refer("footer", "default", noPageNumber)
		b.refer("footer", "even", noPageNumber)
	default:
		b.refer("footer", "default", pageNumber("right", g.after))
		b.refer("footer", "even", pageNumber("left", g.after))
	}
	kind := "nextPage"
	if s.OnEven {
		kind = "evenPage"
	}
	fmt.Fprintf(b, `<w:type w:val="%s"/>`, kind)
	orient := ""
	if s.Landscape {
		orient = ` w:orient="landscape"`
	}
	fmt.Fprintf(b, `<w:pgSz w:w="%d" w:h="%d"%s/>`, g.width, g.height, orient)
	fmt.Fprintf(b, `<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
		g.top, g.right, g.bottom, g.left, g.header, g.footer)
	if s.Restart {
		b.WriteString(`<w:pgNumType w:start="1"/>`)
	}
	if s.Mark != "" {
		b.WriteString(`<w:titlePg/>`)
	}
	fmt.Fprintf(b, `<w:docGrid w:type="lines" w:linePitch="%d"/></w:sectPr>`, LinePitch)
}

// refer names a header or footer, kept once however many sections use it.
func (b *body) refer(kind, which, inner string) {
	tag := map[string]string{"header": "hdr", "footer": "ftr"}[kind]
	text := xmlHead + `<w:` + tag + ` ` + wordSpace + `>` + inner + `</w:` + tag + `>`
	at := len(b.margins)
	for i, m := range b.margins {
		if m.kind == kind && m.text == text {
			at = i
		}
	}
	if at == len(b.margins) {
		b.margins = append(b.margins, margin{fmt.Sprintf("%s%d.xml", kind, at+1), kind, text})
	}
	fmt.Fprintf(b, `<w:%sReference w:type="%s" r:id="rId%d"/>`, kind, which, at+firstMargin)
}

func (b *body) document() string {
	return xmlHead + `<w:document ` + wordSpace + `><w:body>` + b.String() + `</w:body></w:document>`
}

func (b *body) relations() string {
	var out strings.Builder
	out.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, name := range []string{"styles", "settings", "fontTable"} {
		fmt.Fprintf(&out, `<Relationship Id="rId%d" Type="%s/%s" Target="%s.xml"/>`, i+1, relSpace, name, name)
	}
	for i, m := range b.margins {
		fmt.Fprintf(&out, `<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>`, i+firstMargin, relSpace, m.kind, m.name)
	}
	out.WriteString(`</Relationships>`)
	return out.String()
}

func (b *body) contentTypes() string {
	const word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	var out strings.Builder
	out.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + word + `document.main+xml"/>`)
	for _, name := range []string{"fontTable", "settings", "styles"} {
		fmt.Fprintf(&out, `<Override PartName="/word/%s.xml" ContentType="%s%s+xml"/>`, name, word, name)
	}
	for _, m := range b.margins {
		fmt.Fprintf(&out, `<Override PartName="/word/%s" ContentType="%s%s+xml"/>`, m.name, word, m.kind)
	}
	out.WriteString(`</Types>`)
	return out.String()
}

func (p Para) write(b *body) {
	p.open(b)
	p.close(b)
}

// open writes a paragraph's properties up to where a section's page may stand.
func (p Para) open(b *body) {
	fmt.Fprintf(b, `<w:p><w:pPr><w:pStyle w:val="%s"/>`, p.Style)
	if p.Keep {
		b.WriteString(`<w:keepNext/><w:keepLines/>`)
	}
	if p.Before != 0 || p.Line != 0 {
		b.WriteString(`<w:spacing`)
		if p.Before != 0 {
			fmt.Fprintf(b, ` w:before="%d"`, p.Before)
		}
		if p.Line != 0 {
			fmt.Fprintf(b, ` w:line="%d" w:lineRule="exact"`, p.Line)
		}
		b.WriteString(`/>`)
	}
	if p.Left != 0 || p.Right != 0 || p.Hanging != 0 {
		// The character counts of the style would win over the twips, so they are set to none.
		fmt.Fprintf(b, `<w:ind w:leftChars="0" w:left="%d" w:rightChars="0" w:right="%d"`, p.Left, p.Right)
		if p.Hanging != 0 {
			fmt.Fprintf(b, ` w:hangingChars="0" w:hanging="%d"`, p.Hanging)
		} else {
			b.WriteString(` w:firstLineChars="0" w:firstLine="0"`)
		}
		b.WriteString(`/>`)
	}
}

// close ends the properties and writes the text.
func (p Para) close(b *body) {
	b.WriteString(`</w:pPr>`)
	for _, r := range p.Runs {
		b.run(r, p.Size)
	}
	b.WriteString(`</w:p>`)
}

// run writes text. The hint makes quotation marks and dashes full width, as Chinese text has them.
func (b *body) run(r Run, size int) {
	if r.Text == "" {
		return
	}
	b.WriteString(`<w:r><w:rPr>`)
	if r.Look != Plain {
		fmt.Fprintf(b, `<w:rStyle w:val="%s"/>`, r.Look)
	}
	b.WriteString(`<w:rFonts w:hint="eastAsia"/>`)
	if size != 0 {
		fmt.Fprintf(b, `<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, size, size)
	}
	b.WriteString(`</w:rPr>`)
	b.text(r.Text)
	b.WriteString(`</w:r>`)
}

func (b *body) text(s string) {
	for i, line := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		for j, part := range strings.Split(line, "\t") {
			if j > 0 {
				b.WriteString(`<w:tab/>`)
			}
			if part != "" {
				b.WriteString(`<w:t xml:space="preserve">` + escape(part) + `</w:t>`)
			}
		}
	}
}

// escape makes text safe inside an element, dropping what XML cannot hold.
func escape(s string) string {
	var out strings.Builder
	clean := strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF || r == '\uFFFD' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if err := xml.EscapeText(&out, []byte(clean)); err != nil {
		return "" // a strings.Builder takes everything
	}
	return out.String()
}
