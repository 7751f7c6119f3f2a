package dashboard

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"liandu/dashboard/view"
	"liandu/ingest"
)

func TestSheetGrid(t *testing.T) {
	t.Parallel()
	got := sheetGrid(ingest.Grid{
		Name: "会议召开", HiddenCols: []int{3}, Merges: []ingest.Merge{{Top: 2, Left: 1, Bottom: 3, Right: 1}},
		Rows: []ingest.Row{
			{N: 2, Cells: []ingest.Cell{{Row: 2, Col: 1, Text: "东湖区"}, {Row: 2, Col: 3, Text: "80%", Kind: ingest.CellNumber}}},
			{N: 3, Hidden: true, Cells: []ingest.Cell{{Row: 3, Col: 1, Text: "东湖区", Down: true}, {Row: 3, Col: 2, Text: "是", Kind: ingest.CellBool}}},
		},
	})
	want := view.SheetGrid{
		Name: "会议召开", HiddenColumns: []int{3}, HiddenRows: []int{3},
		Merges: []view.Merge{{FromRow: 2, FromColumn: 1, ToRow: 3, ToColumn: 1}},
		Height: 3, Width: 3,
		Rows: [][]view.SheetCell{nil, {{Text: "东湖区"}, {}, {Text: "80%", Number: true}}, {{}, {Text: "是"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sheet (-want +got):\n%s", diff)
	}
}
