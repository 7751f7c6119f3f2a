package ingest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestOpenHTML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, page, want string }{
		{"text, breaks and blanks", "<table><tr><td>甲<br>乙</td><td> a \n b&nbsp;</td><td>&lt;b&gt;&#20013;</td></tr></table>", "A1=甲\n乙 B1=a b C1=<b>中"},
		{"spans down and across", "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>", "A1=甲 B1=乙 C1=乙→ A2=甲↓ B2=丙 C2=丁"},
		{"a span over a row without cells", "<table><tr><td rowspan=3>甲</td><td>1</td></tr><tr></tr><tr><td>2</td></tr></table>", "A1=甲 B1=1 A3=甲↓ B3=2"},
		{"unclosed cells and rows", "<table><tr><td>甲<td>乙<tr><td>丙", "A1=甲 B1=乙 A2=丙"},
		{"lines above and below", "<h1>标题</h1><p>填报单位：海棠区</p><table><tr><td>甲</td></tr></table>注：无<script>x</script>", "A1=标题 A2=填报单位：海棠区 A3=甲 A4=注：无"},
		{"tables under each other", "<table><tr><td>甲</td></tr></table><table><tr><td>乙</td></tr></table>", "A1=甲 A2=乙"},
		{"a table that only lays out", "<table><tr><td>题<table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>", "A1=题 A2=甲 B2=乙"},
		{"numbers behind the text", `<table><tr><td x:num="45366">2024-3-15</td><td x:num="0.928">93%</td><td x:num>12</td><td x:num="45366">########</td><td x:str>007</td><td style='mso-number-format:"\@"'>12</td></tr></table>`,
			"A1=2024-03-15 B1=92.8% C1=12 D1=45366 E1=007 F1=12"},
		{"what is not shown", `<table><tr><td style="display:none">藏</td><td>显</td></tr></table>`, "A1=显"},
		{"head and scripts", "<html><head><title>题</title><style>td{}</style></head><body><table><th>甲</th></table></body></html>", "A1=甲"},
	} {
		book, err := openBook(inMemory([]byte(c.page)))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if diff := cmp.Diff(c.want, cells(book.Grids[0])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	kinds := "<table><tr hidden><td>12</td></tr><tr><td>012</td></tr></table>"
	book, err := openBook(inMemory([]byte(kinds)))
	if err != nil || !book.Grids[0].Rows[0].Hidden || book.Grids[0].Rows[0].Cells[0].Kind != CellNumber || book.Grids[0].Rows[1].Cells[0].Kind != CellText {
		t.Errorf("%+v, %v", book, err)
	}
}

func TestOpenMarkupInEveryEncoding(t *testing.T) {
	t.Parallel()
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("<table><tr><td>海棠区䶮</td></tr></table>")
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("<table><tr><td>海棠区䶮</td></tr></table>")
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range map[string]string{
		"bare GB18030":           gb,
		"GB18030 that says so":   `<meta charset="gb2312">` + gb,
		"UTF-8 that says GB2312": `<meta charset=gb2312><table><tr><td>海棠区䶮</td></tr></table>`,
		"UTF-8 with a mark":      "\xEF\xBB\xBF<table><tr><td>海棠区䶮</td></tr></table>",
		"UTF-16":                 wide,
	} {
		book, err := openBook(inMemory([]byte(page)))
		if err != nil || cells(book.Grids[0]) != "A1=海棠区䶮" {
			t.Errorf("%s: %+v, %v", name, book, err)
		}
	}
}

const sheetXMLHead = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
	`<Styles><Style ss:ID="Default"/><Style ss:ID="d"><NumberFormat ss:Format="yyyy\-mm\-dd"/></Style><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="dd" ss:Parent="d"/></Styles>`

func TestOpenSheetXML(t *testing.T) {
	t.Parallel()
	page := sheetXMLHead + `<Worksheet ss:Name="会议召开"><Table><Column/><Column ss:Hidden="1" ss:Span="1"/><Column ss:Index="6" ss:StyleID="p"/>` +
		`<Row ss:Index="2"><Cell ss:MergeDown="1"><Data ss:Type="String">甲</Data><Comment><ss:Data>批注</ss:Data></Comment></Cell><Cell ss:Index="3" ss:MergeAcross="1"><Data ss:Type="String">乙&#10;丙</Data></Cell><Cell ss:StyleID="dd"><Data ss:Type="Number">45366</Data></Cell><Cell><Data ss:Type="Number">0.8</Data></Cell></Row>` +
		`<Row ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="DateTime">2024-03-15T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=NOW()"/><Cell><Data ss:Type="String"><B>粗</B>细</Data></Cell></Row></Table></Worksheet>` +
		`<Worksheet ss:Name="藏"><Table><Row><Cell><Data ss:Type="String">不读</Data></Cell></Row></Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>`
	book, err := openBook(inMemory([]byte(page)))
	if err != nil {
		t.Fatal(err)
	}
	g := book.Grids[0]
	if want := "A2=甲 C2=乙\n丙 D2=乙\n丙→ E2=2024-03-15 F2=80% A3=甲↓ B3=2024-03-15 C3=是 D3=#N/A E3= F3=粗细"; cells(g) != want {
		t.Errorf("cells = %q, want %q", cells(g), want)
	}
	if g.Name != "会议召开" || !g.Rows[1].Hidden || cmp.Diff([]int{2, 3}, g.HiddenCols) != "" || g.Rows[1].At(5).Kind != CellNoValue || g.Rows[1].At(4).Kind != CellError {
		t.Errorf("grid = %+v", g)
	}
	if hidden := book.Grids[1]; !hidden.Hidden || len(hidden.Rows) != 0 {
		t.Errorf("hidden sheet = %+v", hidden)
	}
}

func TestOpenMarkupRefuses(t *testing.T) {
	t.Parallel()
	sheet := func(rows string) string {
		return sheetXMLHead + `<Worksheet ss:Name="表"><Table>` + rows + `</Table></Worksheet></Workbook>`
	}
	bomb := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>` + strings.TrimPrefix(sheet(`<Row><Cell><Data ss:Type="String">&b;</Data></Cell></Row>`), `<?xml version="1.0"?>`)
	outside := `<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">` + strings.TrimPrefix(sheet(""), `<?xml version="1.0"?>`)
	long := strings.Repeat("长", maxCellRune+1)
	for _, c := range []struct{ name, page, code string }{
		{"entities", bomb, "file_damaged"},
		{"an outside document type", outside, "file_damaged"},
		{"an unknown entity", sheet(`<Row><Cell><Data ss:Type="String">&b;</Data></Cell></Row>`), "file_damaged"},
		{"half of it", sheet("<Row/>")[:400], "file_damaged"},
		{"rows that go back", sheet(`<Row ss:Index="5"/><Row ss:Index="2"><Cell><Data ss:Type="String">1</Data></Cell></Row>`), "file_damaged"},
		{"a far column", sheet(`<Row><Cell ss:Index="9999"><Data ss:Type="String">1</Data></Cell></Row>`), "file_too_big"},
		{"a far row", sheet(`<Row ss:Index="1048576"><Cell><Data ss:Type="String">1</Data></Cell></Row>`), "file_too_big"},
		{"a column beyond all numbers", sheet(`<Row><Cell ss:Index="9223372036854775807" ss:MergeAcross="1"/><Cell><Data ss:Type="String">1</Data></Cell></Row>`), "file_too_big"},
		{"a row beyond all numbers", sheet(`<Row ss:Index="9223372036854775807" ss:Span="1"/><Row><Cell><Data ss:Type="String">1</Data></Cell></Row>`), "file_too_big"},
		{"a long cell", sheet(`<Row><Cell><Data ss:Type="String">` + long + `</Data></Cell></Row>`), "file_too_big"},
		{"an endless cell", sheet(`<Row><Cell><Data ss:Type="String">` + strings.Repeat("长", maxRun) + `</Data></Cell></Row>`), "file_too_big"},
		{"a wide page", "<table><tr>" + strings.Repeat("<td>1", maxCols+1) + "</table>", "file_too_big"},
		{"a long cell of a page", "<table><tr><td>" + long + "</table>", "file_too_big"},
		{"tables in tables", strings.Repeat("<table><tr><td>", deepestTable+1), "file_damaged"},
		{"too many spans", "<table>" + strings.Repeat("<tr><td colspan=2>1", maxMerges+1), "file_too_big"},
		{"a page without a table", "<html><frameset><frame src='http://example.invalid/'></frameset></html>", "file_kind"},
	} {
		_, err := openBook(inMemory([]byte(c.page)))
		if r, ok := err.(*refusal); !ok || r.Code != c.code {
			t.Errorf("%s: err = %v, want %s", c.name, err, c.code)
		}
	}
}
