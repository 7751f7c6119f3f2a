package ingest_test

import (
	"testing"

	"github.com/xuri/excelize/v2"

	"liandu/ingest"
	"liandu/internal/record"
)

// TestHabits reads reports as counties write them: each must give every row and no error, and the warning named.
func TestHabits(t *testing.T) {
	t.Parallel()
	cover, est, meet, res := "基本信息", "制度建立", "会议召开", "议定事项"
	insert := func(sheet string, row int) edit {
		return func(t *testing.T, f *excelize.File) { t.Helper(); must(t, f.InsertRows(sheet, row, 1)) }
	}
	merge := func(sheet, from, to string) edit {
		return func(t *testing.T, f *excelize.File) { t.Helper(); must(t, f.MergeCell(sheet, from, to)) }
	}
	for _, c := range []struct {
		name  string
		edits []edit
		code  ingest.Code
		sheet string
		cell  string
	}{
		{name: "notes in traditional characters", edits: []edit{set(est, "A4", "註：每季度報送一次。"), set(meet, "A5", "填報人："), set(meet, "B5", "张一")}},
		{name: "totals in traditional characters", edits: []edit{set(meet, "A4", "合計"), set(meet, "K4", 2), set(res, "A6", "總 計："), set(res, "D6", 4)}},
		{name: "as above, with an invisible character", edits: []edit{set(res, "A3", "同上\u200b"), set(res, "C3", "\ufeff同上")}},
		{name: "as above, in brackets", edits: []edit{set(res, "A3", "（同上）"), set(res, "B3", "同前")}},
		{name: "the quarter with its months", edits: []edit{set(cover, "B2", "2024年第三季度（7—9月）")}},
		{name: "the quarter of a report", edits: []edit{set(cover, "B2", "2024年（第三季度）报表")}},
		{name: "a place for the stamp", edits: []edit{set(cover, "B1", "海棠区总工会（盖章）")}},
		{name: "cover labels in traditional characters, with invisible ones", edits: []edit{
			clear(cover, "B1"), clear(cover, "B2"), set(cover, "A1", "填報單位\u200b\u00a0：海棠区"), set(cover, "A2", "\ufeff報告期：2024年第三季度"),
		}},
		{
			name: "deadlines under one head", code: ingest.DateInWords, sheet: res, cell: "L3",
			edits: []edit{
				insert(res, 1), set(res, "K1", "完成时限"), merge(res, "K1", "L1"), set(res, "K2", "原定"), set(res, "L2", "调整后"), set(res, "L3", "年底前"),
			},
		},
		{
			name: "a deadline under the form's own word", code: ingest.DateInWords, sheet: res, cell: "K3",
			edits: []edit{insert(res, 1), set(res, "K1", "完成时限"), merge(res, "K1", "L1"), set(res, "K2", "第一次"), set(res, "L2", "调整后"), set(res, "K3", "年底前")},
		},
		{name: "signatures, a stray sentence and a date under the table", edits: []edit{
			set(meet, "A4", "分管领导签字："), set(meet, "D4", "主席签字："), set(res, "A6", "以上数据截至2024年9月30日，由各乡镇逐级上报汇总形成。"),
			set(est, "A4", "此表一式两份。"), set(est, "E5", "2024年10月8日"),
		}},
		{name: "a note that runs on", edits: []edit{
			set(meet, "A4", "注："), set(meet, "B4", "1.会议形式从列表中选填。"), set(meet, "B5", "2.日期按年月日填写"),
			set(res, "A6", "说明：1.完成时限按会议纪要填写；"), set(res, "A7", "2.逾期的应说明原因"),
		}},
		{name: "rows numbered and left empty", edits: []edit{set(res, "D6", 5), set(res, "D7", 6), set(est, "A4", "……")}},
		{name: "other labels of the cover", edits: []edit{set(cover, "A1", "单位名称"), set(cover, "A2", "报表所属期")}},
		{name: "forms of meeting in other words", edits: []edit{set(meet, "D2", "年度联席会"), set(res, "C2", "年度联席会议（第一次）"), set(meet, "K2", "2（件）")}},
		{name: "sums of a town", edits: []edit{set(meet, "A4", "松溪镇小计"), set(meet, "K4", 2), set(res, "A6", "合计4项")}},
		{name: "a number of the item beside one of the row", edits: []edit{
			func(t *testing.T, f *excelize.File) { t.Helper(); must(t, f.InsertCols(res, "A", 1)) },
			set(res, "A1", "序号"), set(res, "A2", 1), set(res, "A3", 1), set(res, "A4", 2), set(res, "A5", 3), set(res, "E1", "事项序号"),
		}},
		{name: "a percentage whose formula failed", code: ingest.FormulaError, sheet: res, cell: "O2", edits: []edit{broken(res, "O2")}},
		{name: "a count whose formula failed", code: ingest.FormulaError, sheet: meet, cell: "K2", edits: []edit{broken(meet, "K2")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := send(t, ingester(t), ingest.Upload{Name: "报表.xlsx"}, breakCells(t, workbook(t, thirdQuarter(), c.edits...)))
			if want := (ingest.Rows{Meeting: 2, Resolution: 4, Establishment: 2}); r.Status != record.Accepted || r.Rows != want {
				t.Fatalf("%s with %v, want accepted with %v: %v", r.Status, r.Rows, want, r.Problems)
			}
			if c.code == "" {
				if len(r.Problems) != 0 {
					t.Errorf("problems = %v, want none", r.Problems)
				}
				return
			}
			if len(r.Problems) != 1 || r.Problems[0].Code != string(c.code) || r.Problems[0].Sheet != c.sheet || r.Problems[0].Cell != c.cell {
				t.Errorf("problems = %v, want %s at %s!%s alone", r.Problems, c.code, c.sheet, c.cell)
			}
		})
	}
}
