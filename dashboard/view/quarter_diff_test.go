package view

import (
	"testing"

	"liandu/internal/record"
)

// TestRowNotListedAgainIsNotDeleted holds the words of a row that a new quarter leaves out: what was reported stands.
func TestRowNotListedAgainIsNotDeleted(t *testing.T) {
	t.Parallel()
	old := &record.Reading{Resolutions: []record.Resolution{{Unit: "990122", SessionYear: 2024, Title: "职工食堂"}}}
	groups := diffQuarters(Address{}, FormFields{}, nil, Edition{"S1", old}, Edition{"S2", &record.Reading{}})
	if len(groups) != 1 || groups[0].Name != "本季度未再列出" || len(groups[0].Rows) != 1 {
		t.Fatalf("groups = %+v", groups)
	}
	if row := groups[0].Rows[0]; row.Word != "未列" || row.Kind == "removed" {
		t.Errorf("a row not listed again is called %q (%s)", row.Word, row.Kind)
	}
}
