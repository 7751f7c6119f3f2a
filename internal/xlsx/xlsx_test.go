package xlsx_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"liandu/internal/period"
	"liandu/internal/xlsx"
)

var at = time.Date(2025, 1, 14, 1, 0, 0, 0, time.UTC)

func ledger() xlsx.Table {
	return xlsx.Table{
		Name: "议定事项台账", Title: "云州市议定事项台账", Left: "截至：2024年12月31日", Right: "单位：项、%",
		Columns: []xlsx.Column{
			xlsx.Head("序号"), xlsx.Head("县（市、区）"), xlsx.Head("议定事项").Wide(20, 50),
			xlsx.Head("应办", "本年"), xlsx.Head("应办", "结转"), xlsx.Head("办结率"), xlsx.Head("完成时限"),
		},
		Rows: []xlsx.Row{
			xlsx.GroupRow("一、县（市、区）"),
			xlsx.BodyRow(xlsx.Int(1), xlsx.Text("东湖区"), xlsx.Text("=HYPERLINK(\"http://x\",\"y\")"), xlsx.Int(4), xlsx.Int(1), xlsx.Rate(1, 8), xlsx.Date(period.MustDate("2024-03-31"))),
			xlsx.BodyRow(xlsx.Int(2), xlsx.Text("西岭区"), xlsx.Text("+1"), xlsx.Int(0), xlsx.Int(0), xlsx.Rate(0, 0), xlsx.Date(period.Date{})),
			xlsx.BodyRow(xlsx.Int(3), xlsx.Text("南浦区"), xlsx.Text("-1+cmd|' /C calc'!A0"), xlsx.Int(1), xlsx.Int(0), xlsx.Rate(2, 3)),
			xlsx.BodyRow(xlsx.Int(4), xlsx.Text("北屏区"), xlsx.Text("@SUM(A1)\x00\x1b\r\n第二行"), xlsx.Hundredths(1205), xlsx.Tenths(-938), xlsx.Rate(1, 1).In(xlsx.Red)),
			xlsx.TotalRow(xlsx.Text("合计"), xlsx.Text("4个"), xlsx.Text(xlsx.Null), xlsx.Int(5), xlsx.Int(1)),
		},
		Notes: []string{"注：1.「—」表示没有应办事项，不计算比率。"}, Freeze: 2, Filter: true,
		Charts: []xlsx.Chart{{
			Kind: xlsx.StackedBar, Title: "应办事项", Alt: "各单位应办事项", Cols: 4, Rows: 12,
			Series: []xlsx.Series{
				{Name: xlsx.CellAt("议定事项台账", 3, 4), Categories: xlsx.Down("议定事项台账", 1, 6, 8), Values: xlsx.Down("议定事项台账", 3, 6, 8), Color: "1F5A9C"},
				{Name: xlsx.CellAt("议定事项台账", 4, 4), Categories: xlsx.Down("议定事项台账", 1, 6, 8), Values: xlsx.Down("议定事项台账", 4, 6, 8), Color: "5F93CB"},
			},
		}},
	}
}

// book has two streamed sheets and charts on both: what the library would write in map order.
func book() xlsx.Book {
	second := ledger()
	second.Name, second.Portrait = "另一张", true
	return xlsx.Book{Title: "云州市专项汇报", Company: "云州市总工会", Created: at, Tables: []xlsx.Table{ledger(), second}}
}

func write(t *testing.T, b xlsx.Book) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := b.Write(&buf); err != nil {
		t.Fatalf("Write: %v", err)
	}
	return buf.Bytes()
}

func parts(t *testing.T, b []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		rc.Close()
		m[f.Name] = string(text)
	}
	return m
}

func TestSameBookSameBytes(t *testing.T) {
	t.Parallel()
	want := write(t, book())
	for i := range 20 {
		if got := write(t, book()); !bytes.Equal(got, want) {
			t.Fatalf("write %d differs:\n%s", i, cmp.Diff(parts(t, want), parts(t, got)))
		}
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	b := write(t, book())
	for name, text := range parts(t, b) {
		if strings.HasPrefix(name, "xl/worksheets/") && strings.Contains(text, "<f>") {
			t.Errorf("%s holds a formula", name)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, c := range []struct{ cell, want string }{
		{"C6", "=HYPERLINK(\"http://x\",\"y\")"}, {"C7", "+1"}, {"C8", "-1+cmd|' /C calc'!A0"}, {"C9", "@SUM(A1)\n第二行"},
	} {
		got, err := f.GetCellValue("议定事项台账", c.cell)
		if err != nil || got != c.want {
			t.Errorf("cell %s = %q, %v, want %q", c.cell, got, err, c.want)
		}
		if formula, _ := f.GetCellFormula("议定事项台账", c.cell); formula != "" {
			t.Errorf("cell %s has formula %q", c.cell, formula)
		}
		id, err := f.GetCellStyle("议定事项台账", c.cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil || style.NumFmt != 49 {
			t.Errorf("cell %s has number format %d, %v, want 49 (text)", c.cell, style.NumFmt, err)
		}
	}
}

func TestValuesAreTyped(t *testing.T) {
	t.Parallel()
	f, err := excelize.OpenReader(bytes.NewReader(write(t, book())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, c := range []struct{ cell, shown, raw string }{
		{"F6", "12.5%", "0.125"}, {"F7", "—", "—"}, {"F8", "66.7%", "0.666666666666667"},
		{"G6", "2024-03-31", "45382"}, {"G7", "—", "—"}, {"D9", "12.05", "12.05"}, {"E9", "-93.8", "-93.8"}, {"D10", "5", "5"},
	} {
		shown, err := f.GetCellValue("议定事项台账", c.cell)
		if err != nil || strings.TrimSuffix(shown, " ") != c.shown {
			t.Errorf("cell %s shows %q, %v, want %q", c.cell, shown, err, c.shown)
		}
		raw, err := f.GetCellValue("议定事项台账", c.cell, excelize.Options{RawCellValue: true})
		if err != nil || raw != c.raw {
			t.Errorf("cell %s holds %q, %v, want %q", c.cell, raw, err, c.raw)
		}
	}
}

func TestPaper(t *testing.T) {
	t.Parallel()
	b := write(t, book())
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	merged, err := f.GetMergeCells("议定事项台账")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range merged {
		got = append(got, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	want := []string{"A1:G1", "A2:E2", "F2:G2", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4", "A5:G5", "A11:G11"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("merged cells (-want +got):\n%s", diff)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		if n.Scope == "议定事项台账" {
			names[n.Name] = n.RefersTo
		}
	}
	wantNames := map[string]string{
		"_xlnm.Print_Area": "'议定事项台账'!$A$1:$G$23", "_xlnm.Print_Titles": "'议定事项台账'!$3:$4",
		"_xlnm._FilterDatabase": "'议定事项台账'!$A$4:$G$9",
	}
	if diff := cmp.Diff(wantNames, names); diff != "" {
		t.Errorf("defined names (-want +got):\n%s", diff)
	}
	sheet := parts(t, b)["xl/worksheets/sheet1.xml"]
	for _, want := range []string{`orientation="landscape"`, `paperSize="9"`, `fitToWidth="1"`, `第&amp;P页`, `state="frozen"`, `<drawing`} {
		if !strings.Contains(sheet, want) {
			t.Errorf("sheet lacks %s", want)
		}
	}
	props, err := f.GetDocProps()
	if err != nil || props.Creator != "联督" || props.Created != "2025-01-14T01:00:00Z" {
		t.Errorf("properties = %+v, %v", props, err)
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	var buf bytes.Buffer
	if err := xlsx.CSV(&buf, ledger()); err != nil {
		t.Fatal(err)
	}
	want := "\uFEFF序号,县（市、区）,议定事项,应办·本年,应办·结转,办结率,完成时限\r\n" +
		"1,东湖区,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",4,1,12.5%,2024-03-31\r\n" +
		"2,西岭区,'+1,0,0,—,—\r\n" +
		"3,南浦区,'-1+cmd|' /C calc'!A0,1,0,66.7%,\r\n" +
		"4,北屏区,\"'@SUM(A1)\r\n第二行\",12.05,-93.8,100.0%,\r\n" +
		"合计,4个,—,5,1,,\r\n"
	if diff := cmp.Diff(want, buf.String()); diff != "" {
		t.Errorf("CSV (-want +got):\n%s", diff)
	}
}

func TestTextBeyondTheLimitSaysSo(t *testing.T) {
	t.Parallel()
	got := xlsx.Text(strings.Repeat("长", 40000)).String()
	if n := len([]rune(got)); n > 32767 || !strings.HasSuffix(got, "……（后略，全文见原报送文件）") {
		t.Errorf("Text of 40000 characters has %d, ends %q", n, got[len(got)-60:])
	}
}

func TestRateRoundsHalfUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		num, den int64
		want     string
	}{{0, 0, "—"}, {0, 5, "0.0%"}, {5, 5, "100.0%"}, {1, 80, "1.3%"}, {1, 16, "6.3%"}, {2, 3, "66.7%"}, {1, 3, "33.3%"}} {
		if got := xlsx.Rate(c.num, c.den).String(); got != c.want {
			t.Errorf("Rate(%d, %d) = %s, want %s", c.num, c.den, got, c.want)
		}
	}
}

func TestWriteTable(t *testing.T) {
	t.Parallel()
	var buf bytes.Buffer
	if err := xlsx.WriteTable(&buf, at, ledger()); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if diff := cmp.Diff([]string{"议定事项台账"}, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
}
