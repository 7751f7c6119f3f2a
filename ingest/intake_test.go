package ingest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"liandu/ingest"
	"liandu/internal/blob"
	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
)

func TestVersionsAndDuplicates(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	first := workbook(t, thirdQuarter())
	corrected := workbook(t, thirdQuarter(), set("会议召开", "U2", "更正"))
	bad := workbook(t, thirdQuarter(), set("会议召开", "E2", "某日"))
	for i, step := range []struct {
		data    []byte
		status  record.SubmissionStatus
		version int
	}{
		{first, record.Accepted, 1},
		{first, record.Duplicate, 1},
		{bad, record.Rejected, 0},
		{corrected, record.Accepted, 2},
		{corrected, record.Duplicate, 2},
		{bad, record.Rejected, 0},
		{first, record.Accepted, 3}, // back to the first is a change: it is not in force any more
	} {
		r := send(t, in, ingest.Upload{Name: "海棠区.xlsx"}, step.data)
		if r.Status != step.status || r.Version != step.version {
			t.Fatalf("step %d: %s version %d, want %s version %d", i, r.Status, r.Version, step.status, step.version)
		}
	}
	var n, facts int
	if err := in.Store.DB().QueryRow(`select count(*), (select count(*) from d.meeting) from d.submission`).Scan(&n, &facts); err != nil {
		t.Fatal(err)
	}
	if n != 7 || facts != 6 {
		t.Errorf("%d submissions with %d meetings, want 7 with 6: rejected and duplicate files add no facts", n, facts)
	}
}

func TestVersionInForceIsTheLastReceived(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	late := workbook(t, thirdQuarter())
	early := workbook(t, thirdQuarter(), set("会议召开", "U2", "初报"))
	day := func(s string) time.Time { return period.MustDate(s).Start() }
	for i, step := range []struct {
		data   []byte
		on     string
		status record.SubmissionStatus
	}{
		{late, "2024-10-20", record.Accepted},
		{early, "2024-10-05", record.Accepted}, // received earlier, entered later: not in force
		{late, "2024-10-21", record.Duplicate},
		{early, "2024-10-22", record.Accepted},
	} {
		if r := send(t, in, ingest.Upload{Name: "报表.xlsx", ReceivedAt: day(step.on)}, step.data); r.Status != step.status {
			t.Errorf("step %d: %s, want %s", i, r.Status, step.status)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	same := workbook(t, thirdQuarter())
	var other [8][]byte
	for i := range other {
		other[i] = workbook(t, thirdQuarter(), set("会议召开", "U2", fmt.Sprint("第", i, "稿")))
	}
	results := make(chan ingest.Result, 24)
	var wg sync.WaitGroup
	for i := range 24 {
		wg.Go(func() {
			data := same
			if i >= 16 {
				data = other[i-16]
			}
			rs, err := in.File(context.Background(), ingest.Upload{Name: "报表.xlsx", Body: bytes.NewReader(data)})
			if err != nil {
				t.Error(err)
				return
			}
			results <- rs[0]
		})
	}
	wg.Wait()
	close(results)
	versions := map[int]int{}
	for r := range results {
		switch r.Status {
		case record.Accepted:
			versions[r.Version]++
		case record.Rejected:
			t.Errorf("rejected: %v", r.Problems)
		}
	}
	for v := 1; v <= len(versions); v++ {
		if versions[v] != 1 {
			t.Errorf("version %d was given %d times", v, versions[v])
		}
	}
	if len(versions) < 9 {
		t.Errorf("%d versions of nine different files", len(versions))
	}
}

func TestParserThatDiesCostsOneUpload(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	pool := ingest.NewPool("/bin/false", 1)
	defer pool.Close()
	dying := ingest.New(ingest.Deps{Store: in.Store, Registry: in.Registry, Parser: pool})
	data := workbook(t, thirdQuarter())
	r := send(t, dying, ingest.Upload{Name: "报表.xlsx"}, data)
	if r.Status != record.Rejected || len(r.Problems) != 1 || r.Problems[0].Code != "parse_failed" {
		t.Errorf("a parser that died gave %+v", r)
	}
	if r := send(t, in, ingest.Upload{Name: "报表.xlsx"}, data); r.Status != record.Accepted || r.Version != 1 {
		t.Errorf("the next upload gave %+v", r)
	}
}

func TestOriginalIsKeptBeforeAnythingIsParsed(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	for _, data := range [][]byte{workbook(t, thirdQuarter()), []byte("no table at all"), {}, {0, 1, 2, 3}} {
		r := send(t, in, ingest.Upload{Name: "某.xlsx"}, data)
		if r.SHA256 != blob.Sum(data) {
			t.Fatalf("sha256 = %s, want %s", r.SHA256, blob.Sum(data))
		}
		kept, err := in.Store.Blobs().Read(r.SHA256)
		if err != nil || !bytes.Equal(kept, data) {
			t.Errorf("original of %d bytes came back as %d bytes, %v", len(data), len(kept), err)
		}
	}
	var actions []string
	must(t, in.Store.Replay(func(l journal.Line) error { actions = append(actions, l.Action); return nil }))
	want := []string{"submission.received", "submission.accepted", "submission.received", "submission.rejected",
		"submission.received", "submission.rejected", "submission.received", "submission.rejected"}
	if diff := cmp.Diff(want, actions); diff != "" {
		t.Errorf("journal (-want +got):\n%s", diff)
	}
}

func TestFilesThatAreNoReport(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	good := workbook(t, thirdQuarter())
	compound := func(stream string) []byte { // a compound file names its streams in UTF-16
		return []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Join(strings.Split(stream, ""), "\x00") + "\x00")
	}
	encrypted, xls := compound("EncryptedPackage"), compound("Workbook")
	for _, f := range []struct {
		name string
		data []byte
		code string
		says string
	}{
		{"空.xlsx", nil, "file_empty", "0 字节"},
		{"锁.xlsx", encrypted, "file_encrypted", "加密"},
		{"旧.xls", xls, "file_damaged", "损坏"},
		{"旧.doc", compound("WordDocument"), "file_kind", ".wps"},
		{"断.xlsx", good[:len(good)/2], "file_damaged", "损坏"},
		{"扫描.pdf", []byte("%PDF-1.7\n"), "file_kind", "PDF"},
		{"图.xlsx", []byte("\x89PNG\r\n\x1a\n"), "file_kind", "图片"},
		{"旧.ppt", compound("PowerPoint Document"), "file_kind", "演示文稿"},
		{"别的.xls", compound("Contents"), "file_kind", "旧版文档"},
		{"网页.xls", []byte("<html><body>正文</body></html>"), "file_kind", "网页"},
		{"空表.xls", []byte("<html><table><tr><td>1</td></tr></table></html>"), "table_missing", "没有可识别的报表"},
		{"单页.xls", []byte("MIME-Version: 1.0\nContent-Type: multipart/related\n"), "file_kind", ".mht"},
		{"数据.xml", []byte("<?xml version=\"1.0\"?><root><a>1</a></root>"), "file_kind", "XML"},
		{"文.xml", []byte("<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><pkg/>"), "file_kind", "Word"},
		{"包.zip", []byte("Rar!\x1A\x07\x01\x00"), "file_kind", "RAR"},
		{"包.rar", []byte("7z\xBC\xAF\x27\x1C\x00\x04"), "file_kind", "7z"},
		{"文.rtf", []byte("{\\rtf1}"), "file_kind", "RTF"},
		{"库.mdb", []byte("\x00\x01\x00\x00Standard Jet DB\x00"), "file_kind", "数据库"},
		{"程序.xlsx", []byte("MZ\x90\x00\x03\x00\x00\x00\x04"), "file_kind", "可执行程序"},
		{"表.ods", zipOf(t, [2]string{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, [2]string{"content.xml", "<x/>"}), "file_kind", ".ods"},
		{"锁.ods", zipOf(t, [2]string{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, [2]string{"META-INF/manifest.xml", "<manifest:encryption-data/>"}), "file_encrypted", "加密"},
		{"文.odt", zipOf(t, [2]string{"mimetype", "application/vnd.oasis.opendocument.text"}, [2]string{"content.xml", "<x/>"}), "file_kind", ".odt"},
		{"稿.pptx", zipOf(t, [2]string{"[Content_Types].xml", "<Types/>"}, [2]string{"ppt/presentation.xml", "<p/>"}), "file_kind", "演示文稿"},
		{"版.ofd", zipOf(t, [2]string{"OFD.xml", "<x/>"}, [2]string{"Doc_0/Document.xml", "<x/>"}), "file_kind", "OFD"},
		{"文字.csv", []byte("甲,乙\n1,2\n"), "table_missing", "没有可识别的报表"},
	} {
		r := send(t, in, ingest.Upload{Name: f.name}, f.data)
		if r.Status != record.Rejected || len(r.Problems) == 0 {
			t.Errorf("%s: %s %v, want rejected", f.name, r.Status, r.Problems)
			continue
		}
		p := r.Problems[0]
		if p.Code != f.code || !strings.Contains(p.Message+p.Hint, f.says) {
			t.Errorf("%s: %v, want %s saying %q", f.name, p, f.code, f.says)
		}
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	if r := send(t, in, ingest.Upload{Name: "前.xlsx"}, workbook(t, secondQuarter())); r.Status != record.Accepted {
		t.Fatalf("the quarter before was %s: %v", r.Status, r.Problems)
	}
	var plain bytes.Buffer
	must(t, ingest.WriteCSV(&plain, thirdQuarter(), false))
	text := strings.TrimPrefix(plain.String(), "\ufeff")
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	must(t, err)
	for _, f := range []struct{ name, data string }{
		{"海棠区2024年第三季度.csv", plain.String()},
		{"海棠区2024年第三季度 无BOM.csv", text},
		{"海棠区2024年第三季度 国标.csv", gb},
		{"海棠区2024年第三季度 分号.csv", strings.ReplaceAll(text, ",", ";")},
		{"海棠区2024年第三季度 制表符.tsv", strings.ReplaceAll(text, ",", "\t")},
		{"标题.csv", "议定事项落实情况表\n填报单位：海棠区   报告期：2024年第三季度\n\n" + text},
	} {
		r := send(t, in, ingest.Upload{Name: f.name}, []byte(f.data))
		if r.Status != record.Accepted || r.Rows != (ingest.Rows{Resolution: 4}) || r.Unit != haitang || r.Quarter.String() != "2024Q3" {
			t.Errorf("%s: %+v", f.name, r)
		}
	}
	if r := send(t, in, ingest.Upload{Name: "表.csv", Unit: haitang, Quarter: period.MustQuarter("2024Q3")}, []byte("\n"+text)); r.Status != record.Accepted || len(r.Problems) != 0 {
		t.Errorf("a CSV whose unit and quarter were chosen by hand: %+v", r)
	}
	r := send(t, in, ingest.Upload{Name: "海棠区2024年第三季度.csv"}, []byte(strings.Replace(gb, "2024-08-31", "2024-08-32", 1)))
	if len(r.Problems) != 1 || r.Problems[0].Cell != "K3" || r.Problems[0].Sheet != "议定事项" || r.Status != record.Rejected {
		t.Errorf("a wrong date in a CSV gave %+v", r)
	}
}

// TestBinaryWorkbook reads a .xls that LibreOffice made of thirdQuarter's workbook.
func TestBinaryWorkbook(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	data, err := os.ReadFile("testdata/book/third_quarter.xls")
	must(t, err)
	fromXLS := send(t, in, ingest.Upload{Name: "报表.xls"}, data)
	if fromXLS.Status != record.Accepted || len(fromXLS.Problems) != 0 {
		t.Fatalf("%+v", fromXLS)
	}
	fromXLSX := send(t, in, ingest.Upload{Name: "报表.xlsx"}, workbook(t, thirdQuarter()))
	if diff := cmp.Diff(readingOf(t, in, fromXLSX), readingOf(t, in, fromXLS), cmpopts.IgnoreFields(record.Reading{}, "File", "SHA256"), cmpopts.EquateComparable(period.Date{})); diff != "" {
		t.Errorf("readings (-xlsx +xls):\n%s", diff)
	}
	if r := send(t, in, ingest.Upload{Name: "断.xls"}, data[:len(data)*2/3]); r.Status != record.Rejected || !strings.Contains(r.Problems[0].Message, "损坏") {
		t.Errorf("half a .xls: %+v", r)
	}
}

// sheetXML is the workbook as an XML spreadsheet of 2003, as other programs write it.
func sheetXML(t *testing.T, book []byte) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	must(t, err)
	defer f.Close()
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">` +
		`<Styles><Style ss:ID="day"><NumberFormat ss:Format="yyyy\-mm\-dd"/></Style></Styles>`)
	for _, sheet := range f.GetSheetList() {
		if shown, err := f.GetSheetVisible(sheet); err != nil || !shown {
			continue
		}
		fmt.Fprintf(&b, `<Worksheet ss:Name="%s"><Table>`, sheet)
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		must(t, err)
		for y, row := range rows {
			fmt.Fprintf(&b, `<Row ss:Index="%d">`, y+1)
			for x, text := range row {
				if text == "" {
					continue
				}
				cell, err := excelize.CoordinatesToCellName(x+1, y+1)
				must(t, err)
				kind, err := f.GetCellType(sheet, cell)
				must(t, err)
				shown, err := f.GetCellValue(sheet, cell)
				must(t, err)
				var escaped bytes.Buffer
				must(t, xml.EscapeText(&escaped, []byte(text)))
				switch {
				case kind == excelize.CellTypeSharedString:
					fmt.Fprintf(&b, `<Cell ss:Index="%d"><Data ss:Type="String">%s</Data></Cell>`, x+1, &escaped)
				case strings.Count(shown, "-") == 2:
					fmt.Fprintf(&b, `<Cell ss:Index="%d" ss:StyleID="day"><Data ss:Type="DateTime">%sT00:00:00.000</Data></Cell>`, x+1, shown)
				default:
					fmt.Fprintf(&b, `<Cell ss:Index="%d"><Data ss:Type="Number">%s</Data></Cell>`, x+1, text)
				}
			}
			b.WriteString(`</Row>`)
		}
		b.WriteString(`</Table></Worksheet>`)
	}
	b.WriteString(`</Workbook>`)
	return []byte(b.String())
}

// TestMarkupWorkbooks reads thirdQuarter's workbook as a web page, which LibreOffice made of it, and as an XML
// spreadsheet, under the name of a .xls.
func TestMarkupWorkbooks(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	want := readingOf(t, in, send(t, in, ingest.Upload{Name: "报表.xlsx"}, workbook(t, thirdQuarter())))
	page, err := os.ReadFile("testdata/book/third_quarter.html")
	must(t, err)
	for name, data := range map[string][]byte{"page": page, "XML": sheetXML(t, workbook(t, thirdQuarter()))} {
		r := send(t, in, ingest.Upload{Name: "报表.xls"}, data)
		if r.Status != record.Accepted || len(r.Problems) != 0 {
			t.Errorf("%s: %+v", name, r)
			continue
		}
		got := readingOf(t, in, r)
		opts := cmp.Options{cmpopts.IgnoreFields(record.Reading{}, "File", "SHA256", "Columns"), facts}
		if diff := cmp.Diff(want, got, opts); diff != "" {
			t.Errorf("%s (-xlsx +read):\n%s", name, diff)
		}
	}
}

// TestMemberBeyondMemory: a member that is too large for memory waits on disk and is kept like the others; nothing
// of the way stays behind.
func TestMemberBeyondMemory(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	noise := make([]byte, 3<<20)
	for i := range noise {
		noise[i] = byte(i*i>>7) ^ byte(i)
	}
	var inner bytes.Buffer
	w := zip.NewWriter(&inner)
	for _, part := range []struct {
		name string
		data []byte
	}{{"大.bin", noise}, {"报表.xlsx", workbook(t, thirdQuarter())}} {
		f, err := w.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Store})
		must(t, err)
		_, err = f.Write(part.data)
		must(t, err)
	}
	must(t, w.Close())
	results, err := in.File(context.Background(), ingest.Upload{Name: "全市.zip", Body: bytes.NewReader(zipOf(t, [2]string{"里.zip", inner.String()}, [2]string{`各县\`, ""}))})
	must(t, err)
	if len(results) != 2 || results[0].SHA256 != blob.Sum(noise) || results[1].Status != record.Accepted {
		t.Errorf("results = %+v", results)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(in.Store.Blobs().Path(blob.Sum(noise))), ".tmp-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestMacrosAreNotedAndCellsRead(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	z, err := zip.NewReader(bytes.NewReader(workbook(t, thirdQuarter())), int64(len(workbook(t, thirdQuarter()))))
	must(t, err)
	parts := [][2]string{{"xl/vbaProject.bin", "\xD0\xCF\x11\xE0"}}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		data, err := io.ReadAll(r)
		must(t, err)
		parts = append(parts, [2]string{f.Name, string(data)})
	}
	r := send(t, in, ingest.Upload{Name: "报表.xlsm"}, zipOf(t, parts...))
	if r.Status != record.Accepted || len(r.Problems) != 1 || r.Problems[0].Code != string(ingest.Macros) || r.Rows.Resolution != 4 {
		t.Errorf("%+v", r)
	}
}

func TestZipGivesOneResultAMember(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	name, err := simplifiedchinese.GB18030.NewEncoder().String("各县/海棠区.xlsx")
	must(t, err)
	var inner bytes.Buffer
	iw := zip.NewWriter(&inner)
	add := func(w *zip.Writer, h zip.FileHeader, data []byte) {
		t.Helper()
		p, err := w.CreateHeader(&h)
		must(t, err)
		_, err = p.Write(data)
		must(t, err)
	}
	good := workbook(t, thirdQuarter())
	add(iw, zip.FileHeader{Name: "again.xlsx"}, good)
	must(t, iw.Close())
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	add(w, zip.FileHeader{Name: name, NonUTF8: true}, good)
	add(w, zip.FileHeader{Name: "~$海棠区.xlsx"}, []byte("lock"))
	add(w, zip.FileHeader{Name: "__MACOSX/._a"}, []byte("litter"))
	add(w, zip.FileHeader{Name: "../../逃.xlsx"}, []byte("???\x00"))
	add(w, zip.FileHeader{Name: "里.zip"}, inner.Bytes())
	must(t, w.Close())
	results, err := in.File(context.Background(), ingest.Upload{Name: "全市.zip", Body: &b})
	must(t, err)
	var got [][2]string
	for _, r := range results {
		got = append(got, [2]string{r.File, string(r.Status)})
	}
	want := [][2]string{{"全市.zip/各县/海棠区.xlsx", "accepted"}, {"全市.zip/逃.xlsx", "rejected"}, {"全市.zip/里.zip/again.xlsx", "duplicate"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
	if results[0].SHA256 != blob.Sum(good) {
		t.Errorf("a member's sha256 is %s, want its own bytes' %s", results[0].SHA256, blob.Sum(good))
	}
	if r := send(t, in, ingest.Upload{Name: "空.zip"}, []byte("PK\x05\x06"+strings.Repeat("\x00", 18))); r.Problems[0].Code != "zip_empty" {
		t.Errorf("an empty zip gave %v", r.Problems)
	}
}

func TestNilReportIsAccepted(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	form := thirdQuarter()
	form.Establishments, form.Meetings, form.Resolutions = nil, nil, nil
	if r := send(t, in, ingest.Upload{Name: "零.xlsx"}, workbook(t, form)); r.Status != record.Accepted || r.Rows != (ingest.Rows{}) || len(r.Problems) != 0 {
		t.Errorf("headers without rows: %+v", r)
	}
	if r := send(t, in, ingest.Upload{Name: "缺.xlsx"}, workbook(t, form, drop("议定事项"), drop("制度建立"))); r.Status != record.Accepted {
		t.Errorf("a report that lacks two tables: %+v", r)
	}
	if r := send(t, in, ingest.Upload{Name: "无.xlsx"}, workbook(t, form, set("会议召开", "A2", "本季度无"), set("议定事项", "A2", "无"))); r.Status != record.Accepted || r.Rows != (ingest.Rows{}) {
		t.Errorf("rows that say 无: %+v", r)
	}
}

func TestResultJSON(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	b, err := json.Marshal(send(t, in, ingest.Upload{Name: "坏.bin"}, []byte{0}))
	must(t, err)
	want := `{"file":"坏.bin","sha256":"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d","unit":null,"period":null,"version":null,"status":"rejected",` +
		`"rows":{"meeting":0,"resolution":0,"establishment":0},"problems":[{"severity":"error","code":"file_kind","sheet":"","cell":"","value":"",` +
		`"message":"文件不是可识别的表格。","hint":"请使用季度报表（.xlsx）或 .csv 格式报送。"}],"submission":"S2"}`
	if diff := cmp.Diff(want, string(b)); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

func TestUploadTooLargeIsRefusedAndNotKept(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	_, err := in.File(context.Background(), ingest.Upload{Name: "大.xlsx", Body: strings.NewReader(""), Size: ingest.MaxUpload + 1})
	if fault.CodeOf(err) != fault.TooLarge {
		t.Errorf("err = %v, want too_large", err)
	}
	_, err = in.File(context.Background(), ingest.Upload{Name: "某.xlsx", Body: strings.NewReader("x"), Unit: "123456"})
	if fault.CodeOf(err) != fault.Usage {
		t.Errorf("err = %v, want usage for an unknown code", err)
	}
	if names, err := in.Store.Blobs().List(); err != nil || len(names) != 0 {
		t.Errorf("kept %v, %v", names, err)
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, n := range []string{"乙.xlsx", "甲.csv", "~$乙.xlsx", ".隐.xlsx", "下/丙.xlsx", ".git/x"} {
		p := filepath.Join(dir, n)
		must(t, os.MkdirAll(filepath.Dir(p), 0o700))
		must(t, os.WriteFile(p, nil, 0o600))
	}
	got, err := ingest.Paths([]string{dir})
	must(t, err)
	for i := range got {
		got[i], err = filepath.Rel(dir, got[i])
		must(t, err)
	}
	if diff := cmp.Diff([]string{"下/丙.xlsx", "乙.xlsx", "甲.csv"}, got); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
	if _, err := ingest.Paths([]string{filepath.Join(dir, "没有")}); fault.CodeOf(err) != fault.Usage {
		t.Errorf("err = %v, want usage", err)
	}
}
