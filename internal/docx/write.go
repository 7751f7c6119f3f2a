package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"time"
)

// Paper is a document to write: an official paper on the page of GB/T 9704-2012. The same Paper gives the same bytes.
type Paper struct {
	Title    string
	Creator  string
	Created  time.Time // the zero time leaves the date out; never the clock
	Sections []Section
}

// Section is a run of pages of one orientation. Page numbers run on from the section before unless Restart.
type Section struct {
	Landscape bool
	Restart   bool
	// Mark, when set, makes the first page a letter's (信函格式): the office's name and the first double rule stand in
	// its header, the second rule in its footer, and it bears no page number.
	Mark string
	// OnEven begins on an even page, behind a blank page where that is needed (版记). A blank page bears no number and
	// neither does the page behind it; whether there is one is known when the paper is laid out, so it bears none at all.
	OnEven bool
	Blocks []Block
}

// Block is a paragraph, a table or an imprint.
type Block interface{ write(*body) }

// Para is a paragraph. Style gives everything; the fields after Runs override it where they are not zero (twips,
// Size in half points).
type Para struct {
	Style   Style
	Runs    []Run
	Before  int
	Left    int
	Right   int
	Hanging int
	Line    int
	Size    int
	Keep    bool // on the page of the paragraph after it
}

// Run is text of one look. The text is only ever text: no field, no markup, control characters dropped; a tab and a
// line break stay.
type Run struct {
	Text string
	Look Look
}

// Look is how a run differs from its paragraph.
type Look string

// The looks.
const (
	Plain Look = ""
	Kai   Look = "LookKai"   // 楷体: a second-level heading run in with its text
	Hei   Look = "LookHei"   // 黑体: a label
	Blank Look = "LookBlank" // a marked blank to be filled in: 〔待填：文号〕
)

// P is a paragraph of plain text.
func P(style Style, text string) Para { return Para{Style: style, Runs: []Run{{Text: text}}} }

// Write writes the .docx.
func (p Paper) Write(w io.Writer) error {
	b := newBody()
	for i, s := range p.Sections {
		b.section(s, i == len(p.Sections)-1)
	}
	files := []file{
		{"[Content_Types].xml", b.contentTypes()},
		{"_rels/.rels", packageRelations},
		{"docProps/core.xml", p.core()},
		{"word/_rels/document.xml.rels", b.relations()},
		{"word/document.xml", b.document()},
		{"word/fontTable.xml", fontTable()},
		{"word/settings.xml", settingsPart},
		{"word/styles.xml", stylesPart()},
	}
	for _, m := range b.margins {
		files = append(files, file{"word/" + m.name, m.text})
	}
	out := zip.NewWriter(w)
	for _, f := range files {
		to, err := out.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err != nil {
			return fmt.Errorf("pack %s: %w", f.name, err)
		}
		if _, err := io.WriteString(to, f.text); err != nil {
			return fmt.Errorf("pack %s: %w", f.name, err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("pack document: %w", err)
	}
	return nil
}

// file is one part of the package.
type file struct{ name, text string }

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relSpace  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

	packageRelations = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relSpace + `/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
		`</Relationships>`

	// settingsPart: odd and even pages have their own feet; marks at a line's end are squeezed, not hung.
	settingsPart = xmlHead + `<w:settings ` + wordSpace + `>` +
		`<w:zoom w:percent="100"/>` +
		`<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`
)

func (p Paper) core() string {
	var b bytes.Buffer
	b.WriteString(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	fmt.Fprintf(&b, "<dc:title>%s</dc:title><dc:creator>%s</dc:creator>", escape(p.Title), escape(p.Creator))
	if !p.Created.IsZero() {
		at := p.Created.UTC().Format(time.RFC3339)
		fmt.Fprintf(&b, `<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified>`, at, at)
	}
	b.WriteString(`</cp:coreProperties>`)
	return b.String()
}
