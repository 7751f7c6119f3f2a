package view

import (
	"strings"
	"testing"

	"liandu/internal/period"
	"liandu/internal/record"
)

// TestLitText: the runs give the text back whole, and each fact's words begin at its anchor.
func TestLitText(t *testing.T) {
	t.Parallel()
	const text = "纪要\r\n\r\n5月10日，县长程远帆主持会议。\n研究甲、乙两项。"
	spans := map[string][2]int{"held_on": {6, 11}, "chair_name": {14, 17}, "chair_title": {12, 14}, "topics": {26, 29}, "topics[0]": {26, 27}, "kind": {6, 21}}
	got := litText(text, spans)
	var whole []string
	ids := map[string]string{}
	for _, p := range got {
		line := ""
		for _, r := range p.Runs {
			line += r.Text
			if r.ID != "" {
				ids[r.ID] = r.Text
			}
		}
		whole = append(whole, line)
	}
	if want := "纪要|5月10日，县长程远帆主持会议。|研究甲、乙两项。"; strings.Join(whole, "|") != want {
		t.Errorf("paragraphs %q, want %q", whole, want)
	}
	if got[1].No != 3 {
		t.Errorf("the second paragraph is numbered %d, want 3", got[1].No)
	}
	for name, want := range map[string]string{"held_on": "5月10日", "chair_name": "程远帆", "chair_title": "县长"} {
		if words := ids[anchorAt(spans[name][0])]; words != want {
			t.Errorf("%s is anchored at %q, want %q", name, words, want)
		}
	}
}

// TestReadForm: what the text does not say stays empty, whose topics they are among it.
func TestReadForm(t *testing.T) {
	t.Parallel()
	three := 3
	f := ReadForm(&record.ReportRead{Kind: "unclear", TopicsCount: &three, Topics: []string{"甲", "乙", "丙"}}, period.MustQuarter("2024Q2")).With(nil, nil)
	if f.Kind != "" || f.GovTopics+f.UnionTopics+f.JointTopics != "" || f.HeldOn != "" || f.SessionYear != "" || f.Report != "" {
		t.Errorf("form %+v", f)
	}
	if got, want := topicsRead(&record.ReportRead{TopicsCount: &three, Topics: []string{"甲", "乙"}}), "文中 3 个：甲；乙"; got != want {
		t.Errorf("topics %q, want %q", got, want)
	}
}
