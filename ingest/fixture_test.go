package ingest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"liandu/ingest"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
	"liandu/internal/testkit"
)

// TestMain makes the test binary a parser when a Pool starts it as one.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == ingest.ParseCommand {
		if err := ingest.ServeParse(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const (
	haitang = record.UnitCode("990102")
	songxi  = record.UnitCode("990102001")
	qinghe  = record.UnitCode("990103")
)

func units(t testing.TB) *registry.Registry {
	t.Helper()
	r, err := registry.Load(strings.NewReader(`code,name,level,parent,submitter,aliases,valid_from,valid_to,successor
990100,云州市,city,,0,,,,
990102,海棠区,county,990100,1,,,,
990102001,松溪镇,township,990102,0,,,,
990102002,柳岸街道,township,990102,0,,,,
990103,青禾县,county,990100,1,禾县,,,
990103001,竹溪乡,township,990103,0,,,,
990104,旧棠县,county,990100,1,,,2023-12-31,990102
`))
	if err != nil {
		t.Fatalf("load units: %v", err)
	}
	return r
}

// secondQuarter is a report before the one that tests break: what look-backs compare with.
func secondQuarter() ingest.Form {
	f := thirdQuarter()
	f.Quarter = period.MustQuarter("2024Q2")
	f.Cover.FilledOn = period.MustDate("2024-07-02")
	ninety := 90.0
	f.Resolutions[1].Percent = &ninety
	f.Resolutions[2].Status = record.StatusInProgress
	f.Resolutions[2].CompletedOn = period.Date{}
	f.Resolutions = f.Resolutions[:3]
	return f
}

// thirdQuarter is a valid report: no error and no warning when it follows secondQuarter.
func thirdQuarter() ingest.Form {
	yes, no, two, three, ninetyFive, all, zero := true, false, 2, 3, 95.0, 100.0, 0.0
	d := period.MustDate
	return ingest.Form{
		Cover:   record.Cover{UnitText: "海棠区", FilledBy: "李一", ReviewedBy: "王二", Phone: "0000-1234567", FilledOn: d("2024-10-08")},
		Quarter: period.MustQuarter("2024Q3"),
		Name: func(c record.UnitCode) string {
			return map[record.UnitCode]string{haitang: "海棠区", songxi: "松溪镇"}[c]
		},
		Units: []string{"海棠区", "松溪镇", "柳岸街道"},
		Establishments: []record.Establishment{
			{Unit: haitang, LevelText: "县（市、区）", Established: true, EstablishedOn: d("2020-05-01"), Document: "云海政发〔2020〕5号"},
			{Unit: songxi, LevelText: "乡镇（街道）", Established: false, Remark: "正在筹备"},
		},
		Meetings: []record.Meeting{
			{
				Unit: haitang, SessionYear: 2024, Kind: record.KindAnnual, HeldOn: d("2024-05-10"), Title: "海棠区2024年度政府与工会联席会议",
				ChairName: "赵三", ChairTitle: "区委副书记、区长", GovAttendees: "区政府办", UnionAttendees: "区总工会", SolicitedOn: d("2024-02-01"),
				GovTopics: &two, UnionTopics: &three, JointTopics: &two, AgendaReport: &yes, AgendaTopics: &yes, AgendaDiscuss: &yes, AgendaDeploy: &no,
				MinutesNumber: "联席纪要〔2024〕1号", MinutesIssuedOn: d("2024-05-20"), Publicity: "云州日报 5月12日", Remark: "无异议",
			},
			{
				Unit: songxi, SessionYear: 2024, Kind: record.KindAnnual, HeldOn: d("2024-06-20"), ChairName: "钱四", ChairTitle: "镇长",
				AgendaReport: &no, AgendaTopics: &yes, AgendaDiscuss: &yes, AgendaDeploy: &yes,
			},
		},
		Resolutions: []record.Resolution{
			{
				Unit: haitang, SessionYear: 2024, Kind: record.KindAnnual, ItemNo: "1", Title: "新建职工服务驿站12处", Category: "职工权益保障",
				Proposer: record.ProposerUnion, LeadUnit: "区总工会", SupportUnits: "区住建局", Owner: "孙五", DueOn: d("2024-12-31"),
				PlanOn: d("2024-06-01"), Status: record.StatusInProgress, Percent: &ninetyFive, Progress: "已建成11处", NextStep: "抓紧收尾",
			},
			{
				Unit: haitang, SessionYear: 2024, Kind: record.KindAnnual, ItemNo: "2", Title: "开展欠薪专项检查", Category: "数字工会建设",
				Proposer: record.ProposerGovernment, LeadUnit: "区人社局", Owner: "周六", DueOn: d("2024-08-31"), RevisedDueOn: d("2024-11-30"),
				Status: record.StatusInProgress, Percent: &ninetyFive, Reason: "力量不足",
			},
			{
				Unit: songxi, SessionYear: 2024, Kind: record.KindAnnual, ItemNo: "1", Title: "设立流动图书角", Proposer: record.ProposerJoint,
				LeadUnit: "镇工会", Owner: "吴七", DueOn: d("2024-09-30"), Status: record.StatusCompleted, Percent: &all, CompletedOn: d("2024-09-10"),
			},
			{
				Unit: haitang, SessionYear: 2024, Kind: record.KindAnnual, Title: "组织一线职工疗休养", LeadUnit: "区总工会",
				Status: record.StatusNotStarted, Percent: &zero,
			},
		},
	}
}

// edit changes an open workbook.
type edit func(t *testing.T, f *excelize.File)

func set(sheet, cell string, v any) edit {
	return func(t *testing.T, f *excelize.File) {
		t.Helper()
		if err := f.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
	}
}

func clear(sheet, cell string) edit { return set(sheet, cell, nil) }

// workbook writes a form and applies edits to it.
func workbook(t *testing.T, form ingest.Form, edits ...edit) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := ingest.WriteForm(&b, form); err != nil {
		t.Fatal(err)
	}
	if len(edits) == 0 {
		return b.Bytes()
	}
	return editBook(t, b.Bytes(), edits...)
}

// editBook applies edits to a workbook.
func editBook(t *testing.T, b []byte, edits ...edit) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, e := range edits {
		e(t, f)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func ingester(t *testing.T) *ingest.Ingester {
	t.Helper()
	reg := units(t)
	return ingest.New(ingest.Deps{Store: testkit.OpenStore(t, nil), Registry: func() *registry.Registry { return reg }, Parser: ingest.InProcess{}})
}

// send ingests one file and returns its one result.
func send(t *testing.T, in *ingest.Ingester, u ingest.Upload, data []byte) ingest.Result {
	t.Helper()
	u.Body = bytes.NewReader(data)
	results, err := in.File(context.Background(), u)
	if err != nil {
		t.Fatalf("ingest %s: %v", u.Name, err)
	}
	if len(results) != 1 {
		t.Fatalf("ingest %s gave %d results, want 1", u.Name, len(results))
	}
	return results[0]
}

// breakCells turns the cells that broken marked into cells of type error: excelize does not write them.
func breakCells(t *testing.T, b []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(t, err)
	var shared []byte
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		data, err := io.ReadAll(r)
		must(t, err)
		parts[f.Name] = data
		if f.Name == "xl/sharedStrings.xml" {
			shared = data
		}
	}
	at := bytes.Index(shared, []byte("@@error@@"))
	if at < 0 {
		return b
	}
	index := bytes.Count(shared[:at], []byte("<si>")) - 1
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		data := parts[f.Name]
		if strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			data = bytes.ReplaceAll(data, fmt.Appendf(nil, ` t="s"><v>%d</v>`, index), []byte(` t="e"><f>#REF!+1</f><v>#REF!</v>`))
		}
		part, err := w.Create(f.Name)
		must(t, err)
		_, err = part.Write(data)
		must(t, err)
	}
	must(t, w.Close())
	return out.Bytes()
}

// zipOf makes a zip of parts by name, in their order.
func zipOf(t testing.TB, parts ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, p[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
