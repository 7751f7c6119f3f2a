package ingest_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"liandu/ingest"
	"liandu/internal/record"
)

// markedOf sends a file and returns what became of it with the marked workbook.
func markedOf(t *testing.T, in *ingest.Ingester, name string, data []byte) (record.Reading, []byte) {
	t.Helper()
	r := readingOf(t, in, send(t, in, ingest.Upload{Name: name}, data))
	var out bytes.Buffer
	must(t, ingest.Mark(&out, data, r))
	return r, out.Bytes()
}

func openMarked(t *testing.T, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	must(t, err)
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// fillOf is the colour of a cell's fill, "" for none.
func fillOf(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	n, err := f.GetCellStyle(sheet, cell)
	must(t, err)
	s, err := f.GetStyle(n)
	must(t, err)
	if s.Fill.Pattern != 1 || len(s.Fill.Color) == 0 {
		return ""
	}
	return s.Fill.Color[0]
}

func commentsOf(t *testing.T, f *excelize.File, sheet string) map[string]string {
	t.Helper()
	out := map[string]string{}
	list, err := f.GetComments(sheet)
	must(t, err)
	for _, c := range list {
		text := c.Text
		for _, p := range c.Paragraph {
			text += p.Text
		}
		out[c.Cell] += text
	}
	return out
}

// parts unzips a package.
func parts(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(t, err)
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		data, err := io.ReadAll(r)
		must(t, err)
		out[f.Name] = string(data)
	}
	return out
}

// faulty breaks cells of thirdQuarter in every way that matters to a mark: a cell there, a cell not there, a row not
// there, a number, a date, a comment and a colour of the county's own.
func faulty(t *testing.T) []byte {
	own := func(t *testing.T, f *excelize.File) {
		t.Helper()
		must(t, f.AddComment("议定事项", excelize.Comment{Cell: "K3", Author: "李一", Text: "请领导核"}))
		must(t, f.AddComment("议定事项", excelize.Comment{Cell: "E2", Author: "李一", Text: "驿站名单另附"}))
		style, err := f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"00FF00"}}, NumFmt: 10})
		must(t, err)
		must(t, f.SetCellStyle("议定事项", "O2", "O2", style))
		must(t, f.MergeCell("制度建立", "E2", "E3"))
		must(t, f.SetDefinedName(&excelize.DefinedName{Name: "我的区域", RefersTo: "议定事项!$A$1:$C$3", Scope: "议定事项"}))
	}
	return workbook(t, thirdQuarter(),
		set("议定事项", "K3", "月底"), set("议定事项", "O2", 7.5), set("议定事项", "N4", "办完"), clear("议定事项", "R4"),
		set("会议召开", "E2", 45700), clear("会议召开", "N2"), set("制度建立", "A3", "松西镇"), own)
}

func TestMarkAddsMarksAndNothingElse(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	data := faulty(t)
	reading, marked := markedOf(t, in, "报表.xlsx", data)
	before, after := openMarked(t, data), openMarked(t, marked)
	if diff := cmp.Diff(append([]string{"问题清单"}, before.GetSheetList()...), after.GetSheetList()); diff != "" {
		t.Fatalf("sheets (-want +got):\n%s", diff)
	}
	at := map[string]record.Problem{}
	for _, p := range reading.Problems {
		if p.Cell != "" {
			at[p.Sheet+"!"+p.Cell] = p
		}
	}
	if len(at) < 6 {
		t.Fatalf("only %d cells with problems: %v", len(at), reading.Problems)
	}
	for _, sheet := range before.GetSheetList() {
		compareSheets(t, before, after, sheet, at)
		own, notes := commentsOf(t, before, sheet), commentsOf(t, after, sheet)
		for key, p := range at {
			if name, cell, _ := strings.Cut(key, "!"); name == sheet && (!strings.Contains(notes[cell], p.Message) || !strings.Contains(notes[cell], p.Hint)) {
				t.Errorf("%s: comment = %q, want %q", key, notes[cell], p.Message+p.Hint)
			}
		}
		for cell, text := range own {
			if !strings.HasPrefix(notes[cell], text) {
				t.Errorf("%s!%s: the county's comment %q became %q", sheet, cell, text, notes[cell])
			}
		}
	}
	p0, p1 := parts(t, data), parts(t, marked)
	for name, was := range p0 {
		if now := p1[name]; now != was && !strings.Contains(name, "worksheets/") && !strings.Contains(name, "comments") && !strings.Contains(name, "drawings/") &&
			name != "xl/workbook.xml" && name != "xl/_rels/workbook.xml.rels" && name != "xl/styles.xml" && name != "[Content_Types].xml" {
			t.Errorf("part %s changed", name)
		}
	}
	if names := after.GetDefinedName(); !strings.Contains(cmpNames(names), "我的区域/议定事项") {
		t.Errorf("names = %v", names)
	}
}

func cmpNames(names []excelize.DefinedName) string {
	var out []string
	for _, n := range names {
		out = append(out, n.Name+"/"+n.Scope)
	}
	return strings.Join(out, " ")
}

// compareSheets: values, formats, merges, widths, rules and protection are as they were; only problem cells have
// another fill.
func compareSheets(t *testing.T, before, after *excelize.File, sheet string, at map[string]record.Problem) {
	t.Helper()
	seen := map[int]bool{}
	for row := 1; row <= 8; row++ {
		for col := 1; col <= 24; col++ {
			cell, err := excelize.CoordinatesToCellName(col, row)
			must(t, err)
			was, err := before.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
			must(t, err)
			now, err := after.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
			must(t, err)
			a, err := before.GetCellStyle(sheet, cell)
			must(t, err)
			b, err := after.GetCellStyle(sheet, cell)
			must(t, err)
			p, marked := at[sheet+"!"+cell]
			if seen[a] && a == b && was == now && !marked {
				continue
			}
			seen[a] = true
			s0, err := before.GetStyle(a)
			must(t, err)
			s1, err := after.GetStyle(b)
			must(t, err)
			if marked {
				want := map[record.Severity]string{record.SeverityError: "FFC9CD", record.SeverityWarning: "FFF0A3"}[p.Severity]
				if got := fillOf(t, after, sheet, cell); got != want {
					t.Errorf("%s!%s: fill %q, want %q", sheet, cell, got, want)
				}
				s0.Fill, s1.Fill = excelize.Fill{}, excelize.Fill{}
			}
			if now != was {
				t.Errorf("%s!%s: %q became %q", sheet, cell, was, now)
			}
			if !marked && a != b {
				t.Errorf("%s!%s: style %d became %d", sheet, cell, a, b)
			}
			if diff := cmp.Diff(s0, s1); diff != "" {
				t.Errorf("%s!%s: style (-was +now):\n%s", sheet, cell, diff)
			}
		}
	}
	type things struct {
		Merges, Rules, Widths, Panes, Page any
	}
	of := func(f *excelize.File) (out things) {
		m, err := f.GetMergeCells(sheet)
		must(t, err)
		out.Merges = m
		rules, err := f.GetDataValidations(sheet)
		must(t, err)
		out.Rules = rules
		w, err := f.GetColWidth(sheet, "E")
		must(t, err)
		out.Widths = w
		p, err := f.GetPanes(sheet)
		must(t, err)
		out.Panes = p
		page, err := f.GetPageLayout(sheet)
		must(t, err)
		out.Page = page
		return out
	}
	if diff := cmp.Diff(of(before), of(after)); diff != "" {
		t.Errorf("%s (-was +now):\n%s", sheet, diff)
	}
}

func TestMarkedListLinksToCells(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	reading, marked := markedOf(t, in, "报表.xlsx", faulty(t))
	f := openMarked(t, marked)
	rows, err := f.GetRows("问题清单")
	must(t, err)
	if len(rows) != 3+len(reading.Problems) {
		t.Fatalf("%d rows for %d problems", len(rows), len(reading.Problems))
	}
	if diff := cmp.Diff([]string{"序号", "级别", "工作表", "单元格", "填写内容", "问题", "怎么改"}, rows[2]); diff != "" {
		t.Errorf("heads (-want +got):\n%s", diff)
	}
	for i, p := range reading.Problems {
		row := append(append([]string{}, rows[3+i]...), "", "", "")
		if row[2] != p.Sheet || row[3] != p.Cell || row[4] != p.Value || row[5] != p.Message || row[6] != p.Hint {
			t.Errorf("row %d = %q, want %+v", i, row, p)
		}
		cell, err := excelize.CoordinatesToCellName(4, 4+i)
		must(t, err)
		linked, to, err := f.GetCellHyperLink("问题清单", cell)
		must(t, err)
		if want := "'" + p.Sheet + "'!" + p.Cell; p.Cell != "" && (!linked || to != want) {
			t.Errorf("%s links to %q, want %q", cell, to, want)
		}
	}
	if f.GetActiveSheetIndex() != 0 {
		t.Errorf("the file opens on sheet %d", f.GetActiveSheetIndex())
	}
}

// TestMarkedFixedIsAccepted: the county corrects the marked copy and sends it; marked once more, old marks are gone.
func TestMarkedFixedIsAccepted(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	_, marked := markedOf(t, in, "报表.xlsx", faulty(t))
	f := openMarked(t, marked)
	for _, e := range []edit{set("议定事项", "K3", "2024-08-31"), set("议定事项", "N4", "已完成"), set("会议召开", "E2", 45422)} {
		e(t, f)
	}
	var half bytes.Buffer
	must(t, f.Write(&half))
	reading, again := markedOf(t, in, "报表（已标注）.xlsx", half.Bytes())
	if n := len(reading.Problems); n == 0 {
		t.Fatal("no problem is left to mark")
	}
	g := openMarked(t, again)
	if list := g.GetSheetList(); len(list) != 6 || list[0] != "问题清单" || list[1] != "基本信息" {
		t.Errorf("sheets = %v", list)
	}
	if got := fillOf(t, g, "议定事项", "K3"); got != "" {
		t.Errorf("K3 was corrected and keeps the fill %q", got)
	}
	if notes := commentsOf(t, g, "议定事项"); notes["K3"] != "李一:请领导核" && notes["K3"] != "请领导核" || strings.Contains(notes["N4"], "错误") {
		t.Errorf("comments = %q", notes)
	}
	set("制度建立", "A3", "松溪镇")(t, g)
	var fixed bytes.Buffer
	must(t, g.Write(&fixed))
	r := send(t, in, ingest.Upload{Name: "报表（已标注）.xlsx"}, fixed.Bytes())
	if r.Status != record.Accepted {
		t.Errorf("fixed: %s %v", r.Status, r.Problems)
	}
}

func TestMarkOfOtherContainers(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	book, err := os.ReadFile("testdata/book/third_quarter.xls")
	must(t, err)
	page, err := os.ReadFile("testdata/book/third_quarter.html")
	must(t, err)
	var plain bytes.Buffer
	must(t, ingest.WriteCSV(&plain, thirdQuarter(), true))
	for name, data := range map[string][]byte{
		"海棠区2024年第三季度.xls": book, "海棠区2024年第三季度网页.xls": bytes.ReplaceAll(page, []byte("2024-05-10"), []byte("2024-05-40")), "海棠区2024年第三季度.csv": bytes.ReplaceAll(plain.Bytes(), []byte("2024-08-31"), []byte("2024-08-32")),
		"海棠区2024年第三季度XML.xls": sheetXML(t, faulty(t)),
	} {
		reading, marked := markedOf(t, in, name, data)
		f := openMarked(t, marked)
		for _, p := range reading.Problems {
			if p.Cell != "" && p.Severity == record.SeverityError && fillOf(t, f, p.Sheet, p.Cell) != "FFC9CD" {
				t.Errorf("%s: %s!%s is not marked", name, p.Sheet, p.Cell)
			}
		}
		back := readingOf(t, in, send(t, in, ingest.Upload{Name: strings.TrimSuffix(name, ".xls") + "（已标注）.xlsx"}, marked))
		if diff := cmp.Diff(reading.Resolutions, back.Resolutions, facts); diff != "" {
			t.Errorf("%s: read again (-was +now):\n%s", name, diff)
		}
		if len(back.Problems) != len(reading.Problems) {
			t.Errorf("%s: %d problems, read again %d: %v", name, len(reading.Problems), len(back.Problems), back.Problems)
		}
	}
}

func TestMarkDropsMacros(t *testing.T) {
	t.Parallel()
	var with [][2]string
	for name, data := range parts(t, faulty(t)) {
		switch name {
		case "[Content_Types].xml":
			data = strings.Replace(data, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", 1)
			data = strings.Replace(data, "</Types>", `<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`, 1)
		case "xl/_rels/workbook.xml.rels":
			data = strings.Replace(data, "</Relationships>", `<Relationship Id="rIdVBA" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`, 1)
		}
		with = append(with, [2]string{name, data})
	}
	with = append(with, [2]string{"xl/vbaProject.bin", "\xD0\xCF\x11\xE0"})
	in := ingester(t)
	_, marked := markedOf(t, in, "报表.xlsm", zipOf(t, with...))
	for name, data := range parts(t, marked) {
		if strings.Contains(name, "vba") || strings.Contains(data, "macroEnabled") || strings.Contains(data, "vbaProject") {
			t.Errorf("%s still knows of macros", name)
		}
	}
}

func TestMarkRefusesWhatIsNoWorkbook(t *testing.T) {
	t.Parallel()
	for name, b := range map[string]string{"pdf": "%PDF-1.7", "nothing": "", "half": "PK\x03\x04"} {
		if err := ingest.Mark(io.Discard, []byte(b), record.Reading{}); err == nil || !strings.Contains(err.Error(), "标注") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFaultsAreMarkedAndReadAgain: for single faults the marked copy differs in the marks alone, and says the same
// when it comes back untouched; put right in the copy, the file goes through.
func TestFaultsAreMarkedAndReadAgain(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	if r := send(t, in, ingest.Upload{Name: "前.xlsx"}, workbook(t, secondQuarter())); r.Status != record.Accepted {
		t.Fatalf("the quarter before was %s", r.Status)
	}
	clean := openMarked(t, workbook(t, thirdQuarter()))
	for i, fault := range faults() {
		if i%3 > 0 { // each costs a quarter of a second; a third of them has every sheet and kind of cell
			continue
		}
		form := thirdQuarter()
		if fault.form != nil {
			fault.form(&form)
		}
		if len(fault.edits) == 0 {
			continue
		}
		data := workbook(t, form, fault.edits...)
		reading, marked := markedOf(t, in, "报表.xlsx", data)
		before, after := openMarked(t, data), openMarked(t, marked)
		at := map[string]record.Problem{}
		for _, p := range reading.Problems {
			if was, twice := at[p.Sheet+"!"+p.Cell]; p.Cell != "" && (!twice || was.Severity != record.SeverityError) {
				at[p.Sheet+"!"+p.Cell] = p
			}
		}
		if fault.sheet != "" && fault.sheet != "藏" {
			compareSheets(t, before, after, fault.sheet, at)
		}
		back := readingOf(t, in, send(t, in, ingest.Upload{Name: "报表（已标注）.xlsx"}, marked))
		if diff := cmp.Diff(reading.Problems, back.Problems); diff != "" {
			t.Errorf("%s: problems of the marked copy (-was +now):\n%s", fault.name, diff)
		}
		if len(fault.edits) == 1 && fault.form == nil && fault.cell != "" {
			value, err := clean.GetCellValue(fault.sheet, fault.cell, excelize.Options{RawCellValue: true})
			must(t, err)
			fixed := editBook(t, marked, set(fault.sheet, fault.cell, value))
			if r := send(t, in, ingest.Upload{Name: "报表（已标注）.xlsx"}, fixed); r.Status == record.Rejected && fault.sheet != "基本信息" {
				t.Errorf("%s: put right and %s: %v", fault.name, r.Status, r.Problems)
			}
		}
	}
}
