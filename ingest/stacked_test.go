package ingest_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"liandu/ingest"
	"liandu/internal/record"
)

// TestTitleBetweenTablesIsNoRow holds that the line over the second table of a sheet is read as no item of the first,
// while a lone unit's name right under the rows stays a row with its blanks named.
func TestTitleBetweenTablesIsNoRow(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		title string
		gap   bool
		want  record.SubmissionStatus
	}{
		{"会议情况", true, record.Accepted},
		{"會議情況", true, record.Accepted},
		{"2024年会议召开一览表", false, record.Accepted},
		{"海棠区", false, record.Rejected},
	} {
		f := excelize.NewFile()
		rows := [][]any{
			{"海棠区2024年第三季度议定事项"},
			{"召开单位", "所属年度", "会议形式", "序号", "议定事项", "牵头单位", "进展状态"},
			{"海棠区", 2024, "年度联席会议", 1, "新建户外劳动者驿站", "总工会", "推进中"},
		}
		if tc.gap {
			rows = append(rows, nil)
		}
		rows = append(rows, []any{tc.title}, []any{"召开单位", "所属年度", "会议名称", "会议形式", "召开日期", "主持人"},
			[]any{"海棠区", 2024, "海棠区2024年联席会议", "年度联席会议", "2024-05-10", "程远帆"})
		for i, row := range rows {
			at, err := excelize.CoordinatesToCellName(1, i+1)
			must(t, err)
			must(t, f.SetSheetRow("Sheet1", at, &row))
		}
		var b bytes.Buffer
		must(t, f.Write(&b))
		r := send(t, ingester(t), ingest.Upload{Name: "报表.xlsx"}, b.Bytes())
		if r.Status != tc.want {
			t.Errorf("%s: %s: %v", tc.title, r.Status, r.Problems)
		}
		if tc.want == record.Accepted && (r.Rows.Meeting != 1 || r.Rows.Resolution != 1) {
			t.Errorf("%s: rows = %+v", tc.title, r.Rows)
		}
	}
}
