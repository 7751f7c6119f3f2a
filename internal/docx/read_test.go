package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// packed zips parts into a .docx.
func packed(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const document = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>%s</w:body></w:document>`

func plain(t testing.TB, body string) []byte {
	t.Helper()
	return packed(t, map[string]string{"word/document.xml": fmt.Sprintf(document, body)})
}

func read(b []byte) (Document, error) {
	return Text(bytes.NewReader(b), int64(len(b)), DefaultLimits())
}

func TestText(t *testing.T) {
	t.Parallel()
	p := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	for _, tc := range []struct {
		name, body string
		want       []string
	}{
		{"runs join", `<w:p><w:r><w:t>联席</w:t></w:r><w:r><w:t xml:space="preserve">会议 </w:t></w:r></w:p>`, []string{"联席会议 "}},
		{"insertions stay, deletions go", `<w:p><w:ins><w:r><w:t>副</w:t></w:r></w:ins><w:r><w:t>县长</w:t></w:r><w:del><w:r><w:delText>书记</w:delText></w:r></w:del></w:p>`, []string{"副县长"}},
		{"a move shows once", `<w:p><w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom><w:r><w:t>乙</w:t></w:r><w:moveTo><w:r><w:t>甲</w:t></w:r></w:moveTo></w:p>`, []string{"乙甲"}},
		{"a deleted paragraph mark joins", `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>上</w:t></w:r></w:p><w:p><w:r><w:t>下</w:t></w:r></w:p>`, []string{"上下"}},
		{"content controls", `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + p("块") + `</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtContent><w:r><w:t>行内</w:t></w:r></w:sdtContent></w:sdt></w:p>`, []string{"块", "行内"}},
		{"links and fields", `<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>2024年</w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>`, []string{"链接2024年3"}},
		{"a text box once, after its paragraph", `<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent>` + p("框") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + p("框") + `</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>`, []string{"正文", "框"}},
		{"a text box that has only a fallback", `<w:p><mc:AlternateContent><mc:Fallback><w:txbxContent>` + p("框") + `</w:txbxContent></mc:Fallback></mc:AlternateContent></w:p>`, []string{"", "框"}},
		{"hidden text, ruby and drawings", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>显</w:t></w:r><w:ruby><w:rt><w:r><w:t>xian</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby><a:t>图</a:t></w:p>`, []string{"显字"}},
		{"tabs and breaks", `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>出席</w:t><w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:noBreakHyphen/></w:r></w:p>`, []string{"出席\t甲\n乙-"}},
		{"a table row by row", `<w:tbl><w:tr><w:tc>` + p("序号") + `</w:tc><w:tc>` + p("事项") + `</w:tc></w:tr><w:tr><w:tc>` + p("1") + `</w:tc><w:tc>` + p("甲") + p("乙") + `</w:tc></w:tr></w:tbl>`, []string{"序号\t事项", "1\t甲 乙"}},
		{"spans and merges", `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + p("责任") + `</w:tc><w:tc>` + p("时限") + `</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>` + p("住建局") + `</w:tc><w:tc>` + p("甲") + `</w:tc><w:tc>` + p("年底") + `</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>` + p("乙") + `</w:tc><w:tc>` + p("六月") + `</w:tc></w:tr></w:tbl>`, []string{"责任\t\t时限", "住建局\t甲\t年底", "住建局\t乙\t六月"}},
		{"a deleted row", `<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>` + p("旧") + `</w:tc></w:tr><w:tr><w:tc>` + p("新") + `</w:tc></w:tr></w:tbl>`, []string{"新"}},
		{"sentences in a cell keep their lines", `<w:tbl><w:tr><w:tc>` + p("第一句。") + p("第二句。") + `</w:tc></w:tr></w:tbl>`, []string{"第一句。\n第二句。"}},
		{"a table in a cell", `<w:tbl><w:tr><w:tc>` + p("外") + `<w:tbl><w:tr><w:tc>` + p("里一") + `</w:tc><w:tc>` + p("里二") + `</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>` + p("后"), []string{"外 里一\t里二", "后"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			d, err := read(plain(t, tc.body))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, d.Paragraphs); diff != "" {
				t.Errorf("Text (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTextNumbersLists(t *testing.T) {
	t.Parallel()
	item := func(level, text string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	b := packed(t, map[string]string{
		"word/document.xml": fmt.Sprintf(document, item("0", "落实情况")+item("0", "议定事项")+item("1", "甲")+item("1", "乙")+item("0", "部署")+item("1", "丙")),
		"word/numbering.xml": `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
			<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>`,
	})
	d, err := read(b)
	if err != nil {
		t.Fatal(err)
	}
	want := "一、落实情况\n二、议定事项\n(1)甲\n(2)乙\n三、部署\n(1)丙"
	if got := d.String(); got != want {
		t.Errorf("Text = %q, want %q", got, want)
	}
}

func TestTextFindsTheMainPart(t *testing.T) {
	t.Parallel()
	strict := strings.Replace(document, "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main", 1)
	b := packed(t, map[string]string{
		"_rels/.rels":        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/main2.xml"/></Relationships>`,
		`word\main2.xml`:     fmt.Sprintf(strict, "<w:p><w:r><w:t>别名</w:t></w:r></w:p>"),
		"word/footnotes.xml": fmt.Sprintf(document, "<w:p><w:r><w:t>脚注</w:t></w:r></w:p>"),
	})
	d, err := read(b)
	if err != nil || d.String() != "别名" {
		t.Errorf("Text = %q, %v, want 别名", d.String(), err)
	}
}

func TestTextRefuses(t *testing.T) {
	t.Parallel()
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	utf16 := func(s string) string {
		var b strings.Builder
		for _, c := range s {
			b.WriteString(string([]byte{byte(c), 0}))
		}
		return b.String()
	}
	for _, tc := range []struct {
		name string
		data []byte
		want error
	}{
		{"encrypted", []byte(ole + strings.Repeat("\x00", 2048) + utf16("EncryptedPackage")), ErrEncrypted},
		{"old", []byte(ole + utf16("WordDocument")), ErrOldFormat},
		{"text", []byte("县政府"), ErrNotDocx},
		{"empty", nil, ErrNotDocx},
		{"a workbook", packed(t, map[string]string{"xl/workbook.xml": "<x/>"}), ErrNotDocx},
		{"cut off", plain(t, "<w:p/>")[:60], ErrDamaged},
		{"broken XML", packed(t, map[string]string{"word/document.xml": "<w:document><w:p>"}), ErrDamaged},
		{"another root", packed(t, map[string]string{"word/document.xml": "<html/>"}), ErrNotDocx},
		{"an entity", packed(t, map[string]string{"word/document.xml": `<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document>&a;</w:document>`}), ErrDamaged},
		{"a bomb", plain(t, "<w:p><w:r><w:t>"+strings.Repeat(" ", 20<<20)+"</w:t></w:r></w:p>"), ErrTooBig},
		{"columns without end", plain(t, "<w:tbl>"+strings.Repeat(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr></w:tc></w:tr>`, 20_000)+"</w:tbl>"), ErrTooBig},
		{"columns left out without end", plain(t, "<w:tbl><w:tr>"+strings.Repeat(`<w:trPr><w:gridBefore w:val="63"/></w:trPr>`, 20_000)+"</w:tr></w:tbl>"), ErrTooBig},
		{"deep", plain(t, strings.Repeat("<w:sdt>", 600)+strings.Repeat("</w:sdt>", 600)), ErrTooBig},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if _, err := read(tc.data); !errors.Is(err, tc.want) {
				t.Errorf("Text = %v, want %v", err, tc.want)
			}
		})
	}
}

// FuzzText reads arbitrary XML as a main part: it may refuse, but not panic, and not make more text than it is allowed.
func FuzzText(f *testing.F) {
	f.Add(`<w:p><w:r><w:t>甲</w:t></w:r></w:p>`)
	f.Add(`<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/><w:gridSpan w:val="9"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>`)
	f.Add(`<mc:AlternateContent><mc:Choice><w:txbxContent><w:p/></w:txbxContent></mc:Choice></mc:AlternateContent>`)
	f.Add(`</w:body><w:tc><w:tr></w:tr></w:tc><w:body>`)
	f.Fuzz(func(t *testing.T, body string) {
		l := DefaultLimits()
		l.Text = 1 << 20
		b := plain(t, body)
		d, err := Text(bytes.NewReader(b), int64(len(b)), l)
		if err == nil && len(d.String()) > 70*l.Text {
			t.Errorf("%d bytes of text from %d bytes of XML", len(d.String()), len(body))
		}
	})
}

// The headers of a file are read under one limit together.
func TestOutlineBoundsHeadersTogether(t *testing.T) {
	t.Parallel()
	parts := map[string]string{"word/document.xml": fmt.Sprintf(document, "<w:p/>")}
	for n := range 9 {
		body := fmt.Sprintf(document, "<w:p><w:r><w:t>"+strings.Repeat("x", 1<<20)+"</w:t></w:r></w:p>")
		parts[fmt.Sprintf("word/header%d.xml", n)] = strings.ReplaceAll(body, "w:document", "w:hdr")
	}
	b := packed(t, parts)
	if _, err := ReadOutline(bytes.NewReader(b), int64(len(b)), DefaultLimits()); !errors.Is(err, ErrTooBig) {
		t.Errorf("nine headers of a megabyte = %v, want ErrTooBig", err)
	}
	delete(parts, "word/header8.xml")
	delete(parts, "word/header7.xml")
	b = packed(t, parts)
	if out, err := ReadOutline(bytes.NewReader(b), int64(len(b)), DefaultLimits()); err != nil || len(out.Heads) != 7 {
		t.Errorf("seven headers = %d, %v, want all of them", len(out.Heads), err)
	}
}
