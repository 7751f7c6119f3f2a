package ingest

import (
	"strings"
	"testing"

	"liandu/internal/record"
)

// TestMarkKeepsPrefixes: a workbook whose elements carry a prefix, with a comment of its own, cells and rows that are
// not there, a merged range that covers the cell, and a sheet of that name already.
func TestMarkKeepsPrefixes(t *testing.T) {
	t.Parallel()
	const ns = ` xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	b := bookOf(t, `<x:worksheet`+ns+`><x:dimension ref="A1:B2"/><x:cols><x:col min="3" max="3" style="1"/></x:cols><x:sheetData><x:row r="1" spans="1:2"><x:c r="A1"><x:v>1</x:v></x:c></x:row><x:row r="2"/><x:row r="4"><x:c r="B4"><x:v>2</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A4:A5"/></x:mergeCells><x:legacyDrawing r="" id="n"/><x:tableParts/></x:worksheet>`,
		[2]string{"[Content_Types].xml", `<Types><Override PartName="/xl/workbook.xml" ContentType="x"/></Types>`},
		[2]string{"xl/workbook.xml", `<x:workbook` + ns + ` xmlns:r="r"><x:sheets><x:sheet name="问题清单" sheetId="7" r:id="rId1"/></x:sheets></x:workbook>`},
		[2]string{"xl/styles.xml", `<x:styleSheet` + ns + `><x:fonts/></x:styleSheet>`},
		[2]string{"xl/worksheets/_rels/sheet1.xml.rels", `<Relationships><Relationship Id="c" Type="x/comments" Target="../comments1.xml"/></Relationships>`},
		[2]string{"xl/comments1.xml", `<x:comments` + ns + `><x:authors><x:author>李一</x:author></x:authors><x:commentList><x:comment ref="A1" authorId="0"><x:text><x:t>自己的</x:t></x:text></x:comment></x:commentList></x:comments>`})
	if _, err := editPackage(inMemory(b), record.Reading{}); err == nil { // styles without sections cannot be added to
		t.Error("styles without sections were edited")
	}
	b = replacePart(t, b, "xl/styles.xml", strings.NewReplacer("</", "</x:", "<", "<x:", "xmlns=", "xmlns:x=", "<?", "<?").Replace(plainStyles[strings.Index(plainStyles, "<styleSheet"):]))
	var problems []record.Problem
	for _, cell := range []string{"A1", "B1", "C1", "A2", "D3", "A5", "C9"} {
		problems = append(problems, record.Problem{Severity: record.SeverityError, Sheet: "问题清单", Cell: cell, Message: "错<" + cell + ">", Hint: "改。"})
	}
	out, err := editPackage(inMemory(b), record.Reading{Problems: problems})
	if err != nil {
		t.Fatal(err)
	}
	x, err := openPackage(inMemory(out))
	if err != nil {
		t.Fatal(err)
	}
	part := func(name string) string {
		t.Helper()
		b, err := readPart(x.parts[partKey(name)])
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	sheet := part("xl/worksheets/sheet1.xml")
	for _, want := range []string{
		`ref="A1:D9"`, `<x:c r="B1" s="2"/>`, `<x:c r="C1" s="2"/></x:row>`, `<x:row r="2"><x:c r="A2" s="2"/></x:row>`, `<x:row r="3"><x:c r="D3" s="2"/></x:row>`,
		`<x:c r="A4" s="2"/><x:c r="B4">`, `<x:row r="9"><x:c r="C9" s="2"/></x:row></x:sheetData>`,
	} {
		if want = strings.ReplaceAll(want, `s="2"`, `s="1"`); !strings.Contains(sheet, want) {
			t.Errorf("the sheet lacks %s:\n%s", want, sheet)
		}
	}
	comments := part("xl/comments1.xml")
	for _, want := range []string{"自己的</x:t><x:r>", "【联督核对】【错误】错&lt;A1&gt;改。", `<x:comment ref="A4" authorId="1">`, "第 5 行：错"} {
		if !strings.Contains(comments, want) {
			t.Errorf("the comments lack %s:\n%s", want, comments)
		}
	}
	if book := part("xl/workbook.xml"); !strings.Contains(book, `<x:sheet name="问题清单（2）" sheetId="8"`) {
		t.Errorf("workbook = %s", book)
	}
	before, err := openBook(inMemory(b))
	if err != nil || !sameCells(before, out) {
		t.Errorf("cells changed (%v)", err)
	}
}

func replacePart(t *testing.T, b []byte, name, content string) []byte {
	t.Helper()
	x, err := openPackage(inMemory(b))
	if err != nil {
		t.Fatal(err)
	}
	m := &marker{x: x, parts: map[string]*xmlPart{}, dropped: map[string]bool{partKey(name): true}, added: map[string][]byte{}}
	m.add(name, content)
	out, err := m.pack()
	if err != nil {
		t.Fatal(err)
	}
	return out
}
