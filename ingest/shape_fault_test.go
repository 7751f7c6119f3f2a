package ingest_test

import (
	"testing"

	"github.com/xuri/excelize/v2"

	"liandu/ingest"
	"liandu/internal/period"
)

// shapeFaults are what the shapes of a sheet can make: layouts that are understood with a remark.
func shapeFaults(cover, meet, res string) []oneFault {
	named := func(from, to string) edit {
		return func(t *testing.T, f *excelize.File) { t.Helper(); must(t, f.SetSheetName(from, to)) }
	}
	ownOnly := func(f *ingest.Form) { f.Resolutions = f.Resolutions[:2] }
	return []oneFault{
		{name: "the key on the first row of a group", edits: []edit{clear(res, "A3"), clear(res, "B3"), clear(res, "C3")}, code: ingest.CarriedDown, sheet: res, cell: "A3", says: "第 3 行"},
		{name: "a list inside one item", edits: []edit{set(res, "E2", "推进职工之家建设：①改造阵地；②配强队伍")}, code: ingest.ItemsInOne, sheet: res, cell: "E2", says: "1 至 2"},
		{name: "lists of different length", edits: []edit{set(res, "E5", "①组织疗休养②慰问困难职工"), set(res, "H5", "①甲局②乙局③丙局")}, code: ingest.ItemsUneven, sheet: res, cell: "H5", says: "列出 3 项"},
		{name: "no column of units in a sheet named for one", form: ownOnly, code: ingest.UnitFromSheet, sheet: "海棠区议定事项", cell: "A1", says: "「海棠区」",
			edits: []edit{func(t *testing.T, f *excelize.File) { t.Helper(); must(t, f.RemoveCol(res, "A")) }, named(res, "海棠区议定事项")}},
		{name: "a meeting repeated with another chair", code: ingest.MeetingDiffers, sheet: "会议和事项", cell: "E3", says: "第 2 行", edits: []edit{drop(meet), drop(res), rows("会议和事项",
			[]any{"召开单位", "所属年度", "会议形式", "召开日期", "主持人", "主持人职务", "通报上次议定事项落实情况", "序号", "议定事项", "牵头单位", "进展状态"},
			[]any{"海棠区", 2024, "年度联席会议", "2024-05-10", "赵三", "区长", "是", 1, "新建职工服务驿站12处", "区总工会", "推进中"},
			[]any{"海棠区", 2024, "年度联席会议", "2024-05-10", "钱四", "区长", "是", 2, "开展欠薪专项检查", "区人社局", "推进中"},
		)}},
		{name: "a quarter without its year", edits: []edit{set(cover, "B2", "第三季度")}, up: ingest.Upload{Name: "2024年报表.xlsx"}, code: ingest.PeriodYearFrom, sheet: cover, cell: "B2", says: "文件名"},
		{name: "a quarter that has not begun", up: ingest.Upload{ReceivedAt: period.MustDate("2024-06-30").Start()}, code: ingest.PeriodFuture, sheet: cover, cell: "B2", says: "2024-06-30"},
		{name: "unit in a sheet's name only", edits: []edit{clear(cover, "B1"), named(res, "海棠区")}, code: ingest.UnitFromTab, sheet: "海棠区", says: "海棠区"},
		{name: "quarter in a sheet's name only", edits: []edit{clear(cover, "B2"), named(res, "2024年三季度")}, code: ingest.PeriodFromTab, sheet: "2024年三季度", says: "2024年第三季度"},
	}
}

// rows adds a sheet.
func rows(sheet string, lines ...[]any) edit {
	return func(t *testing.T, f *excelize.File) {
		t.Helper()
		_, err := f.NewSheet(sheet)
		must(t, err)
		for i, line := range lines {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			must(t, err)
			must(t, f.SetSheetRow(sheet, cell, &line))
		}
	}
}
