package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"liandu/internal/docx"
)

func paper() docx.Paper {
	return docx.Paper{Title: "通报", Sections: []docx.Section{
		{Blocks: []docx.Block{
			docx.P(docx.Number, "云工发〔2025〕2号"),
			docx.Para{Style: docx.Body, Runs: []docx.Run{{Text: "（一）未召开。", Look: docx.Kai}, {Text: "望岚县未召开。"}}},
		}},
		{Landscape: true, Blocks: []docx.Block{
			docx.Table{Widths: []int{6000, 3000, 3756}, Head: 2, Rows: []docx.Row{
				{Cells: []docx.Cell{{Runs: []docx.Run{{Text: "单位"}}, Down: true}, {Runs: []docx.Run{{Text: "议题数"}}, Span: 2}}},
				{Cells: []docx.Cell{{Covered: true}, {Runs: []docx.Run{{Text: "政府方"}}}, {Runs: []docx.Run{{Text: "工会方"}}}}},
				{Cells: []docx.Cell{{Runs: []docx.Run{{Text: "东湖区"}}}, {Runs: []docx.Run{{Text: "1"}}, Align: docx.Centre}, {Runs: []docx.Run{{Text: "2"}}}}},
			}},
		}},
		{Blocks: []docx.Block{docx.Imprint{Copy: []docx.Run{{Text: "抄送：省总工会。"}}, Office: []docx.Run{{Text: "办公室"}}, Date: []docx.Run{{Text: "2025年1月16日印发"}}}}},
	}}
}

func write(t *testing.T, p docx.Paper) (raw []byte, parts map[string]string) {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts = map[string]string{}
	for _, f := range z.File {
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("part %s bears the time %v", f.Name, f.Modified)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
		wellFormed(t, f.Name, text)
	}
	return b.Bytes(), parts
}

func wellFormed(t *testing.T, name string, text []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(text)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("part %s: %v", name, err)
		}
	}
}

func TestSamePaperSameBytes(t *testing.T) {
	t.Parallel()
	one, parts := write(t, paper())
	two, _ := write(t, paper())
	if !bytes.Equal(one, two) {
		t.Error("the same paper gave other bytes")
	}
	for name := range parts {
		if strings.HasSuffix(name, ".rels") || name == "[Content_Types].xml" {
			continue
		}
		if !strings.Contains(parts["[Content_Types].xml"], `PartName="/`+name+`"`) {
			t.Errorf("part %s has no content type", name)
		}
	}
}

// The page of GB/T 9704-2012: margins 37, 28, 26 and 35 mm; 三号 text of 22 lines and 28 characters; the page number in
// 四号 at the outer edge, odd and even; landscape attachments.
func TestPageOfTheStandard(t *testing.T) {
	t.Parallel()
	_, parts := write(t, paper())
	document, styles := parts["word/document.xml"], parts["word/styles.xml"]
	for _, want := range []string{
		`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1447" w:gutter="0"/>`,
		`<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1587" w:right="2098" w:bottom="1474" w:left="1984"`,
		`<w:docGrid w:type="lines" w:linePitch="579"/>`,
		`<w:cantSplit/><w:tblHeader/>`,
		`<w:gridSpan w:val="2"/>`, `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`,
		`<w:spacing w:line="11478" w:lineRule="exact"/>`, `<w:bottom w:val="single" w:sz="8"`, `<w:insideH w:val="single" w:sz="6"`,
	} {
		if !strings.Contains(document, want) {
			t.Errorf("document lacks %s", want)
		}
	}
	if n := strings.Count(document, "<w:tblHeader/>"); n != 2 {
		t.Errorf("%d repeated head rows, want 2", n)
	}
	for _, want := range []string{
		`w:eastAsia="仿宋_GB2312"`, `<w:spacing w:val="-5"/><w:sz w:val="32"/>`, `<w:widowControl w:val="0"/><w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>`,
		`<w:name w:val="公文标题"/>`, `<w:name w:val="一级标题"/>`, `w:firstLineChars="200" w:firstLine="640"`,
	} {
		if !strings.Contains(styles, want) {
			t.Errorf("styles lack %s", want)
		}
	}
	odd, even := parts["word/footer1.xml"], parts["word/footer2.xml"]
	if !strings.Contains(odd, `<w:ind w:right="280"/><w:jc w:val="right"/>`) || !strings.Contains(even, `<w:ind w:left="280"/><w:jc w:val="left"/>`) {
		t.Errorf("page numbers: odd %s even %s", odd, even)
	}
	if !strings.Contains(parts["word/settings.xml"], "<w:evenAndOddHeaders/>") {
		t.Error("odd and even pages are not told apart")
	}
}

// 信函格式: the mark 30 mm from the page's edge, a thick-thin rule below, a thin-thick one 20 mm from the foot, no number
// on the first page, none of it on the attachments.
func TestLetterPage(t *testing.T) {
	t.Parallel()
	_, parts := write(t, docx.Paper{Sections: []docx.Section{
		{Mark: "云州市总工会", Blocks: []docx.Block{docx.P(docx.LetterNumber, "云工函〔2025〕1号")}},
		{Landscape: true, Blocks: []docx.Block{docx.P(docx.AttachmentMark, "附件1")}},
	}})
	document := parts["word/document.xml"]
	if strings.Count(document, "<w:titlePg/>") != 1 {
		t.Error("the letter's first page is not its own")
	}
	if !strings.Contains(document, `w:header="1661" w:footer="1134"`) {
		t.Error("mark or second rule is not where the standard puts it")
	}
	var head, foot string
	for name, text := range parts {
		if strings.Contains(name, "header") {
			head = text
		}
		if strings.Contains(text, "thinThickSmallGap") {
			foot = text
		}
	}
	if !strings.Contains(head, "thickThinSmallGap") || !strings.Contains(head, `w:left="-454" w:right="-340"`) || !strings.Contains(head, `<w:sz w:val="72"/>`) {
		t.Errorf("head %s", head)
	}
	if !strings.Contains(foot, `w:left="-454" w:right="-340"`) || strings.Contains(foot, "PAGE") {
		t.Errorf("foot %s", foot)
	}
}

// A hostile name stays text: no markup, no field, no control character.
func TestTextStaysText(t *testing.T) {
	t.Parallel()
	const bad = "区</w:t></w:r><w:fldSimple w:instr=\"INCLUDETEXT x\"/>&amp;\x00\x0b\uFFFE{ HYPERLINK }\xff]]>"
	_, parts := write(t, docx.Paper{Title: bad, Creator: bad, Sections: []docx.Section{{Mark: bad, Blocks: []docx.Block{
		docx.P(docx.Body, bad), docx.Table{Widths: []int{100}, Rows: []docx.Row{{Cells: []docx.Cell{{Runs: []docx.Run{{Text: bad}}}}}}},
	}}}})
	document := parts["word/document.xml"]
	if strings.Contains(document, "fldSimple ") && !strings.Contains(document, "&lt;w:fldSimple") {
		t.Error("text became markup")
	}
	if strings.Contains(document, "<w:fldSimple") || strings.Contains(document, "instrText") {
		t.Error("text became a field")
	}
	if !strings.Contains(document, "&lt;/w:t&gt;&lt;/w:r&gt;&lt;w:fldSimple w:instr=&#34;INCLUDETEXT x&#34;/&gt;&amp;amp;{ HYPERLINK }]]&gt;") {
		t.Errorf("text changed: %s", document)
	}
}
