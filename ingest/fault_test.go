package ingest_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"liandu/ingest"
	"liandu/internal/period"
	"liandu/internal/record"
)

// oneFault is a valid report with one thing broken, and the problem that must be named at its cell.
type oneFault struct {
	name  string
	edits []edit
	form  func(*ingest.Form)
	up    ingest.Upload
	code  ingest.Code
	sheet string
	cell  string
	says  string // part of the message or hint
}

func faults() []oneFault {
	cover, est, meet, res := "基本信息", "制度建立", "会议召开", "议定事项"
	cell := func(code ingest.Code, sheet, at string, v any, says string) oneFault {
		return oneFault{name: fmt.Sprintf("%s %s!%s=%v", code, sheet, at, v), edits: []edit{set(sheet, at, v)}, code: code, sheet: sheet, cell: at, says: says}
	}
	list := []oneFault{
		cell(ingest.UnitMissing, cover, "B1", nil, "填报单位"),
		cell(ingest.PeriodMissing, cover, "B2", nil, "报告期"),
		cell(ingest.PeriodUnreadable, cover, "B2", "上个季度", "季度"),
		cell(ingest.UnitUnknown, cover, "B1", "海裳区", "海棠区"),
		cell(ingest.UnitUnknown, cover, "B1", "云州市", "不是填报单位"),
		cell(ingest.UnitNoSubmitter, cover, "B1", "松溪镇", "海棠区"),
		cell(ingest.UnitSucceeded, cover, "B1", "旧棠县", "承继"),
		cell(ingest.DateUnreadable, cover, "B6", "2024年13月1日", "填报日期"),

		cell(ingest.UnitUnknown, est, "A3", "松西镇", "松溪镇"),
		cell(ingest.UnitUnknown, meet, "A3", "松溪乡镇", "松溪镇"),
		cell(ingest.UnitUnknown, res, "A4", "鹭鸣乡", "柳岸街道"),
		cell(ingest.UnitOutside, est, "A3", "竹溪乡", "青禾县竹溪乡"),
		cell(ingest.UnitOutside, meet, "A3", "青禾县", "海棠区"),
		cell(ingest.UnitOutside, res, "A4", "禾县", "海棠区"),
		cell(ingest.UnitSucceeded, res, "A2", "旧棠县", "现用名称"),

		cell(ingest.CellMissing, est, "A3", nil, "单位名称"),
		cell(ingest.CellMissing, est, "C2", nil, "是否建立"),
		cell(ingest.CellMissing, meet, "A2", nil, "召开单位"),
		cell(ingest.CellMissing, meet, "D2", "", "会议形式"),
		cell(ingest.CellMissing, meet, "E3", "—", "召开日期"),
		cell(ingest.CellMissing, res, "A2", nil, "召开单位"),
		cell(ingest.CellMissing, res, "B3", nil, "所属年度"),
		cell(ingest.CellMissing, res, "C4", nil, "会议形式"),
		cell(ingest.CellMissing, res, "E2", "  ", "议定事项"),
		cell(ingest.CellMissing, res, "N3", nil, "进展状态"),

		cell(ingest.DateUnreadable, est, "D2", "2020.5", "建立日期"),
		cell(ingest.DateUnreadable, meet, "E2", "2024.13.1", "召开日期"),
		cell(ingest.DateUnreadable, meet, "E3", "待定", "召开日期"),
		cell(ingest.DateUnreadable, meet, "E3", "6月20日", "没有写年份"),
		cell(ingest.DateUnreadable, meet, "J2", "2024年2月30日", "议题征集启动日期"),
		cell(ingest.DateUnreadable, meet, "S2", "五月", "纪要印发日期"),
		cell(ingest.DateUnreadable, res, "K2", "尽快", "完成时限"),
		cell(ingest.DateUnreadable, res, "L3", "2024-11-31", "调整后完成时限"),
		cell(ingest.DateUnreadable, res, "M2", "20240632", "实施方案印发日期"),
		cell(ingest.DateUnreadable, res, "P4", "2024/9", "完成日期"),

		cell(ingest.DateAfterQuarter, est, "D2", "2024-10-01", "2024-09-30"),
		cell(ingest.DateAfterQuarter, meet, "E2", "2024年10月1日", "2024-09-30"),
		cell(ingest.DateAfterQuarter, meet, "J2", 45580, "2024-10-15"),
		cell(ingest.DateAfterQuarter, meet, "S2", "2025.1.2", "2025-01-02"),
		cell(ingest.DateAfterQuarter, res, "M2", "2024-12-01", "2024-12-01"),
		cell(ingest.DateAfterQuarter, res, "P4", "２０２４－１０－０１", "2024-10-01"),

		cell(ingest.ValueUnlisted, est, "C2", "部分", "「是」「否」"),
		cell(ingest.ValueUnlisted, meet, "D2", "茶话会", "「以其他会议代替」"),
		cell(ingest.ValueUnlisted, meet, "O2", "部分通报", "「是」「否」"),
		cell(ingest.ValueUnlisted, res, "C2", "联席会议", "「临时联席会议」"),
		cell(ingest.ValueUnlisted, res, "G2", "企业", "「政府」「工会」「联合」"),
		cell(ingest.ValueUnlisted, res, "N2", "基本完成", "「长期坚持」"),
		cell(ingest.YearUnreadable, meet, "B2", "去年", "2024"),
		cell(ingest.YearUnreadable, res, "B2", "第二届", "2024"),

		cell(ingest.MeetingUnknown, res, "B2", 2021, "海棠区2021年度联席会议"),
		cell(ingest.MeetingUnknown, res, "C3", "临时联席会议", "临时联席会议"),
		cell(ingest.MeetingUnknown, res, "A4", "柳岸街道", "柳岸街道"),
		cell(ingest.KeyTwice, res, "D3", 1, "第 2 行"),
		cell(ingest.KeyTwice, est, "A3", "海棠区", "第 2 行"),

		cell(ingest.SessionYearBlank, meet, "B2", nil, "2024 年"),
		cell(ingest.SessionYearDiffers, meet, "B3", 2023, "2023 年"),
		cell(ingest.AgendaBlank, meet, "N2", nil, "通报上次议定事项落实情况"),
		cell(ingest.AgendaBlank, meet, "Q3", nil, "部署落实"),
		cell(ingest.CompletionUndated, res, "P4", nil, "完成日期"),
		cell(ingest.DateInWords, res, "K2", "年底前", "2024-12-31"),
		cell(ingest.DateInWords, res, "K3", "2024年8月中旬", "2024-08-20"),
		cell(ingest.DateInWords, res, "K2", "长期", "长期"),
		cell(ingest.DateInWords, meet, "J2", "2024年2月上旬", "2024-02-10"),
		cell(ingest.PercentUnreadable, res, "O2", "大部分", "百分数"),
		cell(ingest.PercentUnreadable, res, "O2", "120%", "百分数"),
		cell(ingest.CountUnreadable, meet, "K2", "若干", "整数"),
		cell(ingest.RateFell, res, "O2", 0.5, "50%"),
	}
	list = append(list, shapeFaults(cover, meet, res)...)
	return append(list, builtFaults(cover, est, meet, res)...)
}

// builtFaults are the faults that one cell cannot make.
func builtFaults(cover, est, meet, res string) []oneFault {
	q3 := period.MustQuarter("2024Q3")
	return []oneFault{
		{name: "unit twice by its full name", edits: []edit{set(est, "A3", "云州市海棠区")}, code: ingest.KeyTwice, sheet: est, cell: "A3", says: "海棠区"},
		{name: "meeting twice", code: ingest.KeyTwice, sheet: meet, cell: "E4", says: "第 2 行",
			form: func(f *ingest.Form) { f.Meetings = append(f.Meetings, f.Meetings[0]) }},
		{name: "item without number twice", code: ingest.KeyTwice, sheet: res, cell: "E6", says: "序号",
			form: func(f *ingest.Form) {
				r := f.Resolutions[3]
				r.Title = "组织 一线职工，疗休养。"
				f.Resolutions = append(f.Resolutions, r)
			}},
		{name: "near title in the file", code: ingest.TitleNear, sheet: res, cell: "E6", says: "第 5 行",
			form: func(f *ingest.Form) {
				r := f.Resolutions[3]
				r.ItemNo, r.Title = "9", "组织开展一线职工疗休养工作"
				f.Resolutions = append(f.Resolutions, r)
			}},
		{name: "near title with a character changed", code: ingest.TitleNear, sheet: res, cell: "E6", says: "第 5 行",
			form: func(f *ingest.Form) {
				f.Resolutions[3].Title = "组织一线职工外出疗休养活动"
				r := f.Resolutions[3]
				r.ItemNo, r.Title = "9", "组织一线职工外出疗休养行动"
				f.Resolutions = append(f.Resolutions, r)
			}},
		{name: "near title in the quarter before", code: ingest.TitleNear, sheet: res, cell: "E3", says: "2024年第二季度",
			edits: []edit{clear(res, "D3"), set(res, "E3", "开展欠薪专项检查工作")}},
		{name: "done item came back", code: ingest.DoneUndone, sheet: res, cell: "N4", says: "第三季度",
			form: func(f *ingest.Form) {
				f.Quarter = period.MustQuarter("2024Q4")
				f.Resolutions[2].Status = record.StatusInProgress
			}},
		{name: "period against the file name", up: ingest.Upload{Name: "海棠区2024年第二季度报表.xlsx"}, code: ingest.PeriodConflict, sheet: cover, cell: "B2", says: "文件名"},
		{name: "unit against the file name", up: ingest.Upload{Name: "青禾县2024年第三季度报表.xlsx"}, code: ingest.UnitConflict, sheet: cover, cell: "B1", says: "青禾县"},
		{name: "period against the one chosen", up: ingest.Upload{Quarter: period.MustQuarter("2024Q4")}, code: ingest.PeriodConflict, sheet: cover, cell: "B2", says: "所选"},
		{name: "unit against the one chosen", up: ingest.Upload{Unit: qinghe}, code: ingest.UnitConflict, sheet: cover, cell: "B1", says: "所选"},
		{name: "another county's account", up: ingest.Upload{Own: qinghe}, code: ingest.UnitForeign, sheet: cover, cell: "B1", says: "青禾县"},
		{name: "unit in the file name only", up: ingest.Upload{Name: "海棠区.xlsx"}, edits: []edit{clear(cover, "B1")}, code: ingest.UnitFromName, sheet: cover, cell: "B1", says: "海棠区"},
		{name: "quarter in the file name only", up: ingest.Upload{Name: "2024年三季度.xlsx"}, edits: []edit{clear(cover, "B2")}, code: ingest.PeriodFromName, sheet: cover, cell: "B2", says: q3.Chinese()},
		{name: "unit in a title only", edits: []edit{clear(cover, "B1"), titled(meet, "海棠区政府与工会联席会议情况表")}, code: ingest.UnitFromTitle, sheet: meet, cell: "A1", says: "海棠区"},
		{name: "quarter in a title only", edits: []edit{clear(cover, "B2"), titled(res, "海棠区2024年三季度议定事项表")}, code: ingest.PeriodFromTitle, sheet: res, cell: "A1", says: q3.Chinese()},
		{name: "two quarters in titles", edits: []edit{clear(cover, "B2"), titled(res, "2024年三季度议定事项表"), titled(meet, "2024年二季度会议表")}, code: ingest.PeriodMissing, sheet: cover, cell: "B2", says: "报告期"},
		{name: "no table", edits: []edit{drop(est), drop(meet), drop(res)}, code: ingest.TableMissing},
		{name: "required column without its head", edits: []edit{set(meet, "E1", "何时")}, code: ingest.ColumnMissing, sheet: meet, cell: "E1", says: "召开日期"},
		{name: "formula in error", edits: []edit{broken(meet, "E2")}, code: ingest.CellErrorFound, sheet: meet, cell: "E2", says: "公式"},
		{name: "formula in error in a text", edits: []edit{broken(res, "H2")}, code: ingest.FormulaError, sheet: res, cell: "H2", says: "牵头单位"},
		{name: "formula without value", edits: []edit{formula(res, "H2")}, code: ingest.FormulaUnsaved, sheet: res, cell: "H2", says: "牵头单位"},
		{name: "hidden row", edits: []edit{func(t *testing.T, f *excelize.File) { must(t, f.SetRowVisible(res, 3, false)) }}, code: ingest.HiddenRows, sheet: res, cell: "A3", says: "第 3 行"},
		{name: "hidden column", edits: []edit{func(t *testing.T, f *excelize.File) { must(t, f.SetColVisible(meet, "T", false)) }}, code: ingest.HiddenColumns, sheet: meet, cell: "T1", says: "T 列"},
		{name: "hidden sheet", edits: []edit{func(t *testing.T, f *excelize.File) { must(t, f.SetSheetVisible(est, false)) }}, code: ingest.HiddenSheet, sheet: est, says: "隐藏"},
		{name: "a sheet of something else", edits: []edit{func(t *testing.T, f *excelize.File) {
			_, err := f.NewSheet("草稿")
			must(t, err)
			must(t, f.SetCellValue("草稿", "A1", "随手记"))
		}}, code: ingest.SheetUnread, sheet: "草稿", says: "没有读取"},
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func drop(sheet string) edit {
	return func(t *testing.T, f *excelize.File) { t.Helper(); must(t, f.DeleteSheet(sheet)) }
}

// titled puts a line over a table.
func titled(sheet, text string) edit {
	return func(t *testing.T, f *excelize.File) {
		t.Helper()
		must(t, f.InsertRows(sheet, 1, 1))
		must(t, f.SetCellValue(sheet, "A1", text))
	}
}

func formula(sheet, cell string) edit {
	return func(t *testing.T, f *excelize.File) {
		t.Helper()
		must(t, f.SetCellValue(sheet, cell, nil))
		must(t, f.SetCellFormula(sheet, cell, "A1"))
	}
}

// broken writes a cell whose cached value is an error.
func broken(sheet, cell string) edit {
	return func(t *testing.T, f *excelize.File) {
		t.Helper()
		must(t, f.SetCellValue(sheet, cell, "@@error@@"))
	}
}

func TestOneFault(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	if r := send(t, in, ingest.Upload{Name: "前.xlsx"}, workbook(t, secondQuarter())); r.Status != record.Accepted {
		t.Fatalf("the quarter before was %s: %v", r.Status, r.Problems)
	}
	if r := send(t, in, ingest.Upload{Name: "好.xlsx"}, workbook(t, thirdQuarter())); r.Status != record.Accepted || len(r.Problems) != 0 {
		t.Fatalf("the valid report was %s: %v", r.Status, r.Problems)
	}
	for _, f := range faults() {
		t.Run(f.name, func(t *testing.T) {
			form := thirdQuarter()
			if f.form != nil {
				f.form(&form)
			}
			up := f.up
			if up.Name == "" {
				up.Name = "报表.xlsx"
			}
			data := breakCells(t, workbook(t, form, f.edits...))
			r := send(t, in, up, data)
			var hit *record.Problem
			for i, p := range r.Problems {
				if p.Code == string(f.code) && p.Sheet == f.sheet && p.Cell == f.cell {
					hit = &r.Problems[i]
				}
			}
			if hit == nil {
				t.Fatalf("want %s at %s!%s, got %v", f.code, f.sheet, f.cell, r.Problems)
			}
			if !strings.Contains(hit.Message+hit.Hint, f.says) || !strings.HasSuffix(hit.Message, "。") || strings.Contains(hit.Message+hit.Hint, "%!") {
				t.Errorf("message %q hint %q, want it to say %q", hit.Message, hit.Hint, f.says)
			}
			want := record.Accepted
			if hit.Severity == record.SeverityError {
				want = record.Rejected
			}
			if r.Status != want {
				t.Errorf("status = %s, want %s: %v", r.Status, want, r.Problems)
			}
			for _, p := range r.Problems {
				if p.Severity == record.SeverityError && p.Code != string(f.code) {
					t.Errorf("one fault gave another error: %v", p)
				}
			}
		})
	}
}

// TestEveryCodeHasACase counts the codes against the cases above and the two that need a file of their own.
func TestEveryCodeHasACase(t *testing.T) {
	t.Parallel()
	tested := map[ingest.Code]bool{ingest.Macros: true, ingest.TooManyProblems: true}
	for _, f := range faults() {
		tested[f.code] = true
	}
	for _, f := range wordsFaults() {
		tested[f.code] = true
	}
	for _, c := range []ingest.Code{ingest.WordsKept, ingest.WordsDoubt, ingest.WordsMeetingMissing, ingest.ReportTwice} { // words_test.go, report_twice_test.go
		tested[c] = true
	}
	for _, c := range ingest.Codes() {
		if !tested[c] {
			t.Errorf("%s has no case", c)
		}
	}
}

func TestMacrosAreNamedAndNotRun(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	data := workbook(t, thirdQuarter())
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		must(t, w.Copy(f))
	}
	_, err = w.Create("xl/vbaProject.bin")
	must(t, err)
	must(t, w.Close())
	r := send(t, ingester(t), ingest.Upload{Name: "报表.xlsm"}, b.Bytes())
	if r.Status != record.Accepted || len(r.Problems) != 1 || r.Problems[0].Code != string(ingest.Macros) {
		t.Errorf("%+v", r)
	}
}

func TestTooManyProblemsAreCutOffAndSaidSo(t *testing.T) {
	t.Parallel()
	form := thirdQuarter()
	for range 2500 {
		form.Resolutions = append(form.Resolutions, record.Resolution{Unit: haitang, SessionYear: 2024, Kind: record.KindAnnual, Title: "甲"})
	}
	r := send(t, ingester(t), ingest.Upload{Name: "报表.xlsx"}, workbook(t, form))
	if r.Status != record.Rejected || len(r.Problems) != 2001 || r.Problems[0].Code != string(ingest.TooManyProblems) {
		t.Errorf("%s with %d problems, the first %v", r.Status, len(r.Problems), r.Problems[0])
	}
}
