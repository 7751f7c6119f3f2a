package view

import (
	"strings"
	"testing"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

func sourceInput() SourceInput {
	row := func(texts ...string) []SheetCell {
		var cells []SheetCell
		for _, t := range texts {
			cells = append(cells, SheetCell{Text: t})
		}
		return cells
	}
	return SourceInput{
		Submission: record.Submission{ID: "S7", Unit: "990102", Version: 1, File: "西岭区.xlsx", SHA256: "9f31"}, UnitName: "西岭区",
		Sheets: []SheetGrid{
			{Name: "字典", Hidden: true, Rows: [][]SheetCell{row("a")}},
			{
				Name: "议定事项", Rows: [][]SheetCell{row("议定事项表"), row("序号", "议定事项", "完成时限"), row("1", "<b>专户</b>", "2024年9月底前")},
				Merges: []Merge{{1, 1, 1, 3}}, HiddenColumns: []int{1},
			},
		},
		Sheet: "议定事项", Cell: "C3", Also: []string{"B3", "C3"},
		Reading: &record.Reading{
			Columns: []record.ColumnRead{{Sheet: "议定事项", Ref: "C", Head: "完成时限", Field: "due_on"}},
			Resolutions: []record.Resolution{{
				SessionYear: 2023, ItemNo: "1", Title: "专户", DueOn: period.MustDate("2024-09-30"),
				Source: record.Source{Sheet: "议定事项", Row: 3, Cells: map[string]string{"due_on": "C3"}},
			}},
			Problems: []record.Problem{{Sheet: "议定事项", Cell: "C3", Message: "时限是文字。", Hint: "请填日期。"}},
		},
		Findings: []queries.Finding{{
			ID: "f", Severity: "red", Observed: "2 项议定事项逾期", Clause: queries.Clause{Text: "进展缓慢"},
			Evidence: []queries.Evidence{{Submission: "S7", Sheet: "议定事项", Cells: []string{"C3"}}},
		}},
	}
}

func TestSourceLightsTheCell(t *testing.T) {
	t.Parallel()
	p := NewSource(sourceInput())
	if p.Raw != "2024年9月底前" || p.RowName != "2023年第 1 项　专户" || p.Sheet != "议定事项" {
		t.Errorf("raw %q, row %q, sheet %q", p.Raw, p.RowName, p.Sheet)
	}
	title := p.Rows[0].Cells
	if len(title) != 1 || title[0].Columns != 3 || !strings.Contains(title[0].Class, "merged") {
		t.Errorf("a merged title is drawn as %+v", title)
	}
	row := p.Rows[2]
	if !row.Lit || !p.Columns[2].Lit || row.Cells[2].Class != "spill lit" || row.Cells[1].Class != "used" || row.Cells[0].Class != "was-hidden" {
		t.Errorf("row = %+v", row)
	}
	var understood []string
	for _, f := range p.Understood {
		understood = append(understood, f.Name+" "+f.Text)
	}
	if got := strings.Join(understood, "|"); got != "列 完成时限|原文 2024年9月底前|理解为 2024-09-30|提示 时限是文字。请填日期。" {
		t.Errorf("understood = %s", got)
	}
	if len(p.Chain) != 3 || p.Chain[0].Light.Word != "红灯" || !p.Chain[2].Here {
		t.Errorf("chain = %+v", p.Chain)
	}
	if p.Previous == "" || p.Next != "" || len(p.Used) != 2 {
		t.Errorf("previous %q next %q used %d", p.Previous, p.Next, len(p.Used))
	}
	if len(p.Tabs) != 2 || !p.Tabs[0].Hidden || !p.Tabs[1].Current || p.Hidden != "隐藏列 1 列" {
		t.Errorf("tabs %+v hidden %q", p.Tabs, p.Hidden)
	}
}

func TestSourceWithoutASheetOffersTheOriginal(t *testing.T) {
	t.Parallel()
	in := sourceInput()
	in.Sheets = nil
	if p := NewSource(in); p.Missing == "" || p.Download != "/submissions/S7/original" {
		t.Errorf("missing %q, download %q", p.Missing, p.Download)
	}
}

func TestSourceIsBounded(t *testing.T) {
	t.Parallel()
	in := sourceInput()
	wide := make([][]SheetCell, 3000)
	for i := range wide {
		wide[i] = make([]SheetCell, 90)
		wide[i][0].Text = ref(1, i+1)
	}
	in.Sheets = []SheetGrid{{Name: "大", Rows: wide, Merges: []Merge{{1, 1, 1 << 20, 1 << 14}, {0, 0, 1, 1}}}}
	in.Sheet, in.Cell, in.Also = "大", "ZZZZ9", []string{"x", "A1"}
	p := NewSource(in)
	if len(p.Rows) != drawnRows || len(p.Columns) != SheetColumns || p.Clipped == "" || len(p.Used) != 1 {
		t.Errorf("%d rows, %d columns, clipped %q", len(p.Rows), len(p.Columns), p.Clipped)
	}
	in.Sheets[0].Merges = nil
	in.Cell = "A2500"
	if p = NewSource(in); p.Raw != "A2500" || p.Rows[0].Number != "2300" || len(p.Rows) != drawnRows {
		t.Errorf("raw %q, from row %s, %d rows", p.Raw, p.Rows[0].Number, len(p.Rows))
	}
}

func TestReferences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text        string
		column, row int
	}{{"A1", 1, 1}, {"K6", 11, 6}, {"AA10", 27, 10}, {"", 0, 0}, {"6", 0, 0}, {"K", 0, 0}, {"K0", 0, 0}, {"k6", 0, 0}, {"ABCD1", 0, 0}} {
		column, row := parseRef(c.text)
		if column != c.column || row != c.row {
			t.Errorf("parseRef(%q) = %d, %d, want %d, %d", c.text, column, row, c.column, c.row)
		}
		if column > 0 && ref(column, row) != c.text {
			t.Errorf("ref(%d, %d) = %s, want %s", column, row, ref(column, row), c.text)
		}
	}
}
