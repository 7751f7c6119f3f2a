package ingest_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"liandu/ingest"
	"liandu/internal/period"
	"liandu/internal/record"
)

const minutesText = `海棠区人民政府与区总工会2024年度联席会议纪要
2024年5月10日，区委副书记、区长赵三主持召开海棠区人民政府与区总工会2024年度联席会议，研究讨论了7个议题。
会议通报了2023年度联席会议议定事项落实情况。
会议议定：
（一）新建职工服务驿站12处。由区总工会牵头，2024年12月31日前完成。
（二）开展欠薪专项检查。由区人社局牵头，2024年8月31日前完成。
（三）组织一线职工疗休养。由区总工会牵头。
`

// document makes a .docx of a body.
func document(t testing.TB, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"word/document.xml":   `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`,
	} {
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

func paragraph(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text))
	return "<w:p><w:r><w:t>" + b.String() + "</w:t></w:r></w:p>"
}

func paragraphs(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(paragraph(strings.TrimSpace(line)))
	}
	return b.String()
}

// wordTables writes the sheets of a workbook as tables of a Word document, the cover as lines over them.
func wordTables(t *testing.T, book []byte) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b strings.Builder
	b.WriteString(paragraph("填报单位：海棠区　　报告期：2024年第三季度"))
	for _, sheet := range []string{"制度建立", "会议召开", "议定事项"} {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(paragraph(sheet) + "<w:tbl>")
		for _, row := range rows {
			b.WriteString("<w:tr>")
			for i := range len(rows[0]) {
				text := ""
				if i < len(row) {
					text = row[i]
				}
				b.WriteString("<w:tc>" + paragraph(text) + "</w:tc>")
			}
			b.WriteString("</w:tr>")
		}
		b.WriteString("</w:tbl>")
	}
	return b.String()
}

func factsOf(t *testing.T, in *ingest.Ingester, r ingest.Result) record.Reading {
	t.Helper()
	d, err := in.Reading(r.Submission)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestWordTablesAreRead: the form's tables in a Word document give the facts of the workbook, each at its cell.
func TestWordTablesAreRead(t *testing.T) {
	t.Parallel()
	book := workbook(t, thirdQuarter())
	a, b := ingester(t), ingester(t)
	want := factsOf(t, a, send(t, a, ingest.Upload{Name: "报表.xlsx"}, book))
	r := send(t, b, ingest.Upload{Name: "报表.docx"}, document(t, wordTables(t, book)))
	if r.Status != record.Accepted {
		t.Fatalf("%s: %v", r.Status, r.Problems)
	}
	got := factsOf(t, b, r)
	opt := cmpopts.IgnoreFields(record.Source{}, "Sheet")
	day := cmp.Comparer(func(a, b period.Date) bool { return a == b })
	for _, d := range []string{
		cmp.Diff(want.Meetings, got.Meetings, opt, day), cmp.Diff(want.Resolutions, got.Resolutions, opt, day), cmp.Diff(want.Establishments, got.Establishments, opt, day),
	} {
		if d != "" {
			t.Errorf("facts of the document (-workbook +document):\n%s", d)
		}
	}
	if s := got.Resolutions[0].Source; s.Sheet != "表格3" || s.Cells["title"] == "" {
		t.Errorf("source %+v, want a cell of 表格3", s)
	}
}

// TestWordTableMerged: a cell merged down several rows holds for each, and a title over the table gives unit and quarter.
func TestWordTableMerged(t *testing.T) {
	t.Parallel()
	cell := func(property, text string) string {
		return "<w:tc><w:tcPr>" + property + "</w:tcPr>" + paragraph(text) + "</w:tc>"
	}
	row := func(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }
	const start, on = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	body := paragraph("海棠区2024年第三季度政府与工会联席会议情况") + "<w:tbl>" +
		row(cell("", "召开单位"), cell("", "所属年度"), cell("", "会议形式"), cell("", "召开日期"), cell("", "主持人")) +
		row(cell("", "海棠区"), cell("", "2024"), cell("", "年度联席会议"), cell("", "2024-05-10"), cell("", "赵三")) + "</w:tbl><w:tbl>" +
		row(cell("", "召开单位"), cell("", "所属年度"), cell("", "会议形式"), cell("", "议定事项"), cell("", "进展状态")) +
		row(cell(start, "海棠区"), cell(start, "2024"), cell(start, "年度联席会议"), cell("", "新建职工服务驿站"), cell("", "推进中")) +
		row(cell(on, ""), cell(on, ""), cell(on, ""), cell("", "开展欠薪专项检查"), cell("", "已完成")) + "</w:tbl>"
	in := ingester(t)
	r := send(t, in, ingest.Upload{Name: "情况.docx"}, document(t, body))
	if r.Status != record.Accepted || r.Unit != haitang || r.Quarter != period.MustQuarter("2024Q3") {
		t.Fatalf("%s %s %s: %v", r.Status, r.Unit, r.Quarter, r.Problems)
	}
	items := factsOf(t, in, r).Resolutions
	if len(items) != 2 || items[1].SessionYear != 2024 || items[1].Kind != record.KindAnnual || items[1].Source.Cells["title"] != "D3" {
		t.Errorf("items %+v", items)
	}
}

// TestReportInWords: minutes are kept as 文字材料 and count for nothing; to a command they are a refused file that says where
// to go on.
func TestReportInWords(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		data []byte
	}{
		{"纪要.docx", document(t, paragraphs(minutesText))},
		{"纪要.txt", []byte(minutesText)},
		{"纪要.txt", []byte(strings.ReplaceAll(minutesText, "\n", "\r\n"))},
	} {
		in := ingester(t)
		r := send(t, in, ingest.Upload{Name: tc.name, Hold: true}, tc.data)
		if r.Status != record.InWords || r.Unit != haitang || r.Quarter != period.MustQuarter("2024Q2") || r.Problems[0].Code != string(ingest.WordsKept) {
			t.Fatalf("%s: %s %s %s %v", tc.name, r.Status, r.Unit, r.Quarter, r.Problems)
		}
		b, err := r.MarshalJSON()
		if err != nil || !bytes.Contains(b, []byte(`"status":"rejected"`)) {
			t.Errorf("%s: %s, %v", tc.name, b, err)
		}
		report := factsOf(t, in, r).Report
		if report == nil || report.ChairName != "赵三" || report.ChairRank != record.RankPrincipal || len(report.Resolutions) != 3 || report.Unit != haitang {
			t.Errorf("%s: %+v", tc.name, report)
		}
		if n := count(t, in, "select (select count(*) from d.meeting) + (select count(*) from d.resolution)"); n != 0 {
			t.Errorf("%s: %d facts of a report in words, want 0", tc.name, n)
		}
		if n := count(t, in, "select count(*) from d.report where kind = 'annual' and unit_code = '990102' and session_year = 2024"); n != 1 {
			t.Errorf("%s: %d rows of the report, want 1", tc.name, n)
		}
	}
}

// TestNoReportIsNoProse: separated fields with sentences in them stay a table with its own error.
func TestNoReportIsNoProse(t *testing.T) {
	t.Parallel()
	r := send(t, ingester(t), ingest.Upload{Name: "a.csv"}, []byte("甲,乙,丙,丁\n一,二,三,四。\n一,二,三,四\n"))
	if r.Status != record.Rejected || r.Problems[0].Code != string(ingest.TableMissing) {
		t.Errorf("%s: %v", r.Status, r.Problems)
	}
}

// wordsFaults are changes of the workbook that agrees with minutesText, each with the code it gives and the cell.
func wordsFaults() []struct {
	code   ingest.Code
	cell   string
	change func(f *ingest.Form)
} {
	type fault = struct {
		code   ingest.Code
		cell   string
		change func(f *ingest.Form)
	}
	return []fault{
		{ingest.WordsDifferDate, "E2", func(f *ingest.Form) { f.Meetings[0].HeldOn = period.MustDate("2024-05-11") }},
		{ingest.WordsDifferChair, "F2", func(f *ingest.Form) { f.Meetings[0].ChairName = "赵四" }},
		{ingest.WordsDifferTopics, "L2", func(f *ingest.Form) { f.Meetings[0].GovTopics = nil }},
		{ingest.WordsDifferReport, "N2", func(f *ingest.Form) { no := false; f.Meetings[0].AgendaReport = &no }},
		{ingest.WordsDifferItems, "H3", func(f *ingest.Form) { f.Resolutions[1].LeadUnit = "区司法局" }},
		{ingest.WordsItemMissing, "", func(f *ingest.Form) { f.Resolutions = f.Resolutions[:3] }},
		{ingest.WordsItemExtra, "E6", func(f *ingest.Form) {
			f.Resolutions = append(f.Resolutions, record.Resolution{Unit: haitang, SessionYear: 2024, Kind: record.KindAnnual, Title: "修缮工人文化宫", Status: record.StatusNotStarted})
		}},
	}
}

// wordsCodes returns the codes of problems about a report, its own left out.
func wordsCodes(r ingest.Result) []string {
	var out []string
	for _, p := range r.Problems {
		if strings.HasPrefix(p.Code, "words_") && p.Code != string(ingest.WordsKept) && p.Code != string(ingest.WordsDoubt) {
			out = append(out, p.Code)
		}
	}
	return out
}

// TestWordsAgainstFigures: each disagreement is a warning on the file that came second, with both quotations.
func TestWordsAgainstFigures(t *testing.T) {
	t.Parallel()
	for _, f := range wordsFaults() {
		t.Run(string(f.code), func(t *testing.T) {
			t.Parallel()
			form := thirdQuarter()
			f.change(&form)
			in := ingester(t)
			send(t, in, ingest.Upload{Name: "纪要.txt"}, []byte(minutesText))
			r := send(t, in, ingest.Upload{Name: "报表.xlsx", Hold: true}, workbook(t, form))
			if diff := cmp.Diff([]string{string(f.code)}, wordsCodes(r)); diff != "" {
				t.Fatalf("workbook second, codes (-want +got):\n%s%v", diff, r.Problems)
			}
			for _, p := range r.Problems {
				if p.Code == string(f.code) && (p.Cell != f.cell || !strings.Contains(p.Message, "纪要.txt")) {
					t.Errorf("%+v, want it at %s", p, f.cell)
				}
			}
			if f.code != ingest.WordsItemExtra && code(t, second(in.Accept(t.Context(), r.Submission, nil, "officer"))) == "" {
				t.Error("accepted without a reason")
			}

			in = ingester(t)
			send(t, in, ingest.Upload{Name: "报表.xlsx"}, workbook(t, form))
			r = send(t, in, ingest.Upload{Name: "纪要.txt"}, []byte(minutesText))
			if diff := cmp.Diff([]string{string(f.code)}, wordsCodes(r)); diff != "" {
				t.Fatalf("report second, codes (-want +got):\n%s%v", diff, r.Problems)
			}
			for _, p := range r.Problems {
				if p.Code == string(f.code) && (p.Sheet != record.TextSheet || !strings.Contains(p.Message, "报表.xlsx")) {
					t.Errorf("%+v", p)
				}
			}
		})
	}
}

func TestWordsThatAgreeGiveNoWarning(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	send(t, in, ingest.Upload{Name: "纪要.txt"}, []byte(minutesText))
	if r := send(t, in, ingest.Upload{Name: "报表.xlsx"}, workbook(t, thirdQuarter())); len(wordsCodes(r)) != 0 {
		t.Errorf("codes %v of files that agree: %v", wordsCodes(r), r.Problems)
	}
}

// TestWordsMeetingMissing: a report of the workbook's own quarter tells of a meeting that the workbook has not.
func TestWordsMeetingMissing(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	send(t, in, ingest.Upload{Name: "纪要.txt"}, []byte(strings.ReplaceAll(minutesText, "2024年5月10日", "2024年7月10日")))
	form := thirdQuarter()
	form.Meetings, form.Resolutions = form.Meetings[1:], form.Resolutions[2:3]
	r := send(t, in, ingest.Upload{Name: "报表.xlsx"}, workbook(t, form))
	if diff := cmp.Diff([]string{string(ingest.WordsMeetingMissing)}, wordsCodes(r)); diff != "" {
		t.Errorf("codes (-want +got):\n%s%v", diff, r.Problems)
	}
}

// TestWordsDoubt: what a person should look at stands among the problems of the report.
func TestWordsDoubt(t *testing.T) {
	t.Parallel()
	r := send(t, ingester(t), ingest.Upload{Name: "海棠区新闻.txt"}, []byte("近日，区政府与区总工会召开联席会议。会议气氛热烈。\n"))
	for _, p := range r.Problems {
		if p.Code == string(ingest.WordsDoubt) && strings.Contains(p.Message, "近日") {
			return
		}
	}
	t.Errorf("no doubt among %v", r.Problems)
}
