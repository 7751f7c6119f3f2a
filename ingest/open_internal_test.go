package ingest

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// bookOf makes a workbook of one sheet from its XML, with further parts by name.
func bookOf(t testing.TB, sheet string, more ...[2]string) []byte {
	t.Helper()
	parts := append([][2]string{
		{"[Content_Types].xml", `<Types/>`},
		{"_rels/.rels", `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="x/styles" Target="styles.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", sheet},
	}, more...)
	last := map[string]string{}
	for _, p := range parts {
		last[p[0]] = p[1]
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		if last[p[0]] != p[1] {
			continue
		}
		f, err := w.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(p[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// cells lists a grid's cells as A1=text, with marks for how they came to be.
func cells(g Grid) string {
	var out []string
	for _, r := range g.Rows {
		for _, c := range r.Cells {
			mark := ""
			if c.Down {
				mark += "↓"
			}
			if c.Across {
				mark += "→"
			}
			out = append(out, fmt.Sprintf("%s=%s%s", c.Ref(), c.Text, mark))
		}
	}
	return strings.Join(out, " ")
}

func TestOpenSheet(t *testing.T) {
	t.Parallel()
	strings := [2]string{"xl/sharedStrings.xml", `<sst><si><t>甲</t></si><si><r><t>粗</t></r><r><t>细</t></r><rPh sb="0"><t>ピン</t></rPh></si><si><t>a_x000D_b_x0000_c</t></si></sst>`}
	styles := [2]string{"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="0.0%"/>` +
		`<numFmt numFmtId="166" formatCode="[Red]#,##0.00_);(&quot;d&quot;)"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>`}
	for _, c := range []struct{ name, sheet, want string }{
		{"shared, rich and escaped strings", `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>`, "A1=甲 B1=粗细 C1=a\rb c"},
		{"inline string and CDATA", `<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1" t="str"><v><![CDATA[=1+1]]></v></c></row>`, "A1=甲 B1==1+1"},
		{"numbers by their format", `<row r="1"><c r="A1" s="1"><v>45366</v></c><c r="B1" s="2"><v>45366.5</v></c><c r="C1" s="3"><v>0.92799999999999994</v></c><c r="D1" s="4"><v>1234.5</v></c><c r="E1"><v>1E-2</v></c></row>`,
			"A1=2024-03-15 B1=2024-03-15 C1=92.8% D1=1234.5 E1=0.01"},
		{"booleans and errors", `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="d"><v>2024-03-15T00:00:00</v></c></row>`, "A1=是 B1=#REF! C1=2024-03-15T00:00:00"},
		{"formulas give what was saved", `<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>X</f><v>乙</v></c><c r="C1"><f>NOW()</f></c></row>`, "A1=2 B1=乙 C1="},
		{"no references", `<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>`, "A1=1 C1=3 A2=4"},
		{"cells out of order", `<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>`, "A1=1 B1=2"},
		{"merged down and across", `<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row><row r="2"><c r="C2"><v>5</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells><sheetData>`,
			"A1=1 B1=1→ C1=3 A2=1↓ B2=1↓→ C2=5"},
		{"a merge over a million empty rows", `<row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>`, "A1=1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			book, err := openBook(inMemory(bookOf(t, `<worksheet><sheetData>`+c.sheet+`</sheetData></worksheet>`, strings, styles)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, cells(book.Grids[0])); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	rows := func(s string) string { return `<worksheet><sheetData>` + s + `</sheetData></worksheet>` }
	long := strings.Repeat("长", maxCellRune+1)
	for _, c := range []struct{ name, sheet, code string }{
		{"rows that repeat", rows(`<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>`), "file_damaged"},
		{"a row of number -1", rows(`<row r="-1"><c><v>1</v></c></row>`), "file_damaged"},
		{"a cell in another row", rows(`<row r="1"><c r="A9"><v>1</v></c></row>`), "file_damaged"},
		{"the same cell twice", rows(`<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>`), "file_damaged"},
		{"the last column", rows(`<row r="1"><c r="XFD1"><v>1</v></c></row>`), "file_too_big"},
		{"the last row", rows(`<row r="1048576"><c r="A1048576"><v>1</v></c></row>`), "file_too_big"},
		{"an endless cell", rows(`<row r="1"><c r="A1" t="inlineStr"><is><t>` + strings.Repeat("长", maxRun) + `</t></is></c></row>`), "file_too_big"},
		{"a long cell", rows(`<row r="1"><c r="A1" t="inlineStr"><is><t>` + long + `</t></is></c></row>`), "file_too_big"},
		{"a document type", `<!DOCTYPE x [<!ENTITY a "b">]>` + rows(`<row r="1"><c r="A1"><v>1</v></c></row>`), "file_damaged"},
		{"half a sheet", `<worksheet><sheetData><row r="1"><c r="A1"><v>1`, "file_damaged"},
	} {
		_, err := openBook(inMemory(bookOf(t, c.sheet)))
		r, ok := err.(*refusal)
		if !ok || r.Code != c.code {
			t.Errorf("%s: err = %v, want %s", c.name, err, c.code)
		}
	}
}

func TestOpenHiddenAnd1904(t *testing.T) {
	t.Parallel()
	b := bookOf(t, `<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1" hidden="1"><c r="A1" s="0"><v>43904</v></c></row></sheetData></worksheet>`,
		[2]string{"xl/workbook.xml", `<x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="表" sheetId="1" r:id="rId1"/><x:sheet name="藏" sheetId="2" state="veryHidden" r:id="rId1"/></x:sheets></x:workbook>`},
		[2]string{"xl/styles.xml", `<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`})
	book, err := openBook(inMemory(b))
	if err != nil {
		t.Fatal(err)
	}
	g := book.Grids[0]
	if !g.Date1904 || !g.Rows[0].Hidden || cmp.Diff([]int{2, 3}, g.HiddenCols) != "" || cells(g) != "A1=2024-03-15" {
		t.Errorf("grid = %+v", g)
	}
	if !book.Grids[1].Hidden || len(book.Grids[1].Rows) != 0 {
		t.Errorf("hidden sheet = %+v", book.Grids[1])
	}
}

// TestOpenAgreesWithExcelize compares every cell of a written form with an independent reader.
func TestOpenAgreesWithExcelize(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	defer f.Close()
	date := "yyyy-mm-dd"
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &date})
	if err != nil {
		t.Fatal(err)
	}
	for cell, v := range map[string]any{"A1": "甲", "B2": 12.5, "C3": "=1+1", "D4": 45366, "E5": "多\n行", "XX6": "", "F7": "&<>\"'"} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellStyle("Sheet1", "D4", "D4", style); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	book, err := openBook(inMemory(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range book.Grids[0].Rows {
		for _, c := range r.Cells {
			want, err := f.GetCellValue("Sheet1", c.Ref())
			if err != nil || c.Text != want {
				t.Errorf("%s = %q, excelize reads %q, %v", c.Ref(), c.Text, want, err)
			}
		}
	}
	if got := cells(book.Grids[0]); got != "A1=甲 B2=12.5 C3==1+1 D4=2024-03-15 E5=多\n行 F7=&<>\"'" {
		t.Errorf("cells = %q", got)
	}
}

func TestZipBombsAreRefusedBeforeUnpacking(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	blanks := bytes.Repeat([]byte(" "), 1<<20)
	for range 80 {
		if _, err := f.Write(blanks); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := openBook(inMemory(b.Bytes())); asRefusal(err).(*refusal).Code != "file_too_big" {
		t.Errorf("80 MB in %d bytes: %v", b.Len(), err)
	}
	small := bookOf(t, `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`+strings.Repeat(" ", 900_000)+`</worksheet>`)
	if _, err := openBook(inMemory(small)); err != nil {
		t.Errorf("a small file of many blanks: %v", err)
	}
}

// TestEndlessDirectoryIsRefusedUnopened: two million entries of no file at all would take the server hundreds of
// megabytes only to be counted.
func TestEndlessDirectoryIsRefusedUnopened(t *testing.T) {
	entry := append([]byte("PK\x01\x02"), make([]byte, 43)...)
	entry[28] = 1 // the name's length
	entry[46] = 'a'
	b := append([]byte("PK\x03\x04"), bytes.Repeat(entry, 2_000_000)...)
	end := append([]byte("PK\x05\x06"), make([]byte, 18)...)
	n := uint16(2_000_000 & 0xffff)
	binary.LittleEndian.PutUint16(end[8:], n)
	binary.LittleEndian.PutUint16(end[10:], n)
	binary.LittleEndian.PutUint32(end[12:], uint32(len(b)-4))
	binary.LittleEndian.PutUint32(end[16:], 4)
	b = append(b, end...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := openBook(inMemory(b))
	runtime.ReadMemStats(&after)
	var why *refusal
	if !errors.As(err, &why) || why.Code != "file_too_big" {
		t.Errorf("two million entries = %v, want file_too_big", err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 10<<20 {
		t.Errorf("%d MB were taken to refuse it", used>>20)
	}
}
