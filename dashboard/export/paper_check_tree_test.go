package export

import (
	"strings"
	"testing"

	"liandu/internal/docx"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// smallDesk is a desk of two units, for checks of a finished tree.
func smallDesk() *desk {
	on := period.MustDate("2024-12-31")
	return &desk{
		Dossier: Dossier{IssuedOn: period.MustDate("2025-01-16")}, kind: "专题通报", on: on,
		asOf:  queries.AsOf{Quarter: period.MustQuarter("2024Q4"), Year: 2024},
		units: []queries.UnitResult{{Unit: record.Unit{Code: "990101", Name: "甲县"}}, {Unit: record.Unit{Code: "990102", Name: "乙县"}}},
	}
}

func name(code, n string) Span { return fact("unit/"+code+"/name", n) }

// A finished paper that contradicts itself is refused: lists and their numbers (5), attachments and their names (28),
// what has happened after the paper's date (26), two values of one source (R2), words nobody may use (31).
func TestTreesThatContradictThemselvesAreRefused(t *testing.T) {
	t.Parallel()
	attached := func(note, title string) []OfficialPage {
		return []OfficialPage{
			{Blocks: []OfficialBlock{Line{Style: docx.AttachmentNote, Spans: spans("附件：" + note)}}},
			{Blocks: []OfficialBlock{Line{Style: docx.AttachmentMark, Spans: spans("附件")}, Line{Style: docx.TableTitle, Spans: spans(title)}}},
		}
	}
	body := func(parts ...any) []OfficialPage {
		return []OfficialPage{{Blocks: []OfficialBlock{bodyLine(parts...)}}}
	}
	for _, tt := range []struct {
		name, says string
		pages      []OfficialPage
	}{
		{"5 too few names", "名单有1个", body("未召开", number("n", 2), "个（", name("990101", "甲县"), "）")},
		{"5 a name twice", "出现两次", body("未召开", number("n", 2), "个（", name("990101", "甲县"), Span{Text: "、"}, name("990101", "甲县"), "）")},
		{"28 another title", "附件说明", attached("反馈单", "反馈表")},
		{"28 no such attachment", "附件4", append(body("逾期事项见附件4。"), OfficialPage{})},
		{"26 a meeting after the paper", "晚于成文日期", body(date("unit/990101/held_on", period.MustDate("2025-02-01")), "召开")},
		{"R2 two values", "前后不一致", body(number("total/x", 3), "项，", number("total/x", 4), "项")},
		{"31 a word of blame", "责令", body("责令甲县整改。")},
		{"31 截止", "截止", body("截止2024年。")},
		{"31 an empty bracket", "（）", body("未召开（）。")},
	} {
		k := smallDesk()
		k.Draft = true
		k.asOf.Regime = emptyRegime()
		err := k.finish(&Official{Kind: k.kind, Pages: tt.pages}, false)
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want a refusal with %q", tt.name, err, tt.says)
		}
	}
	k := smallDesk()
	k.asOf.Regime = emptyRegime()
	if err := k.finish(&Official{Kind: k.kind, Pages: attached("反馈单", "反馈单")}, false); err != nil {
		t.Errorf("a paper that holds: %v", err)
	}
	if err := k.finish(&Official{Kind: k.kind, Pages: body("请贵县不得再迟。")}, true); err == nil {
		t.Error("不得 was written to a government")
	}
}

// 23: nobody is praised and blamed in one paper, and nobody is asked who has neither a problem nor anything falling due.
func TestPraiseAndBlame(t *testing.T) {
	t.Parallel()
	k := smallDesk()
	n := &notice{desk: k}
	blame := []section2{{body: spans(name("990101", "甲县"), "未召开")}}
	if err := n.praiseAndBlame(spans(name("990102", "乙县"), "按期召开"), blame, blame); err != nil {
		t.Errorf("praise and blame apart: %v", err)
	}
	if err := n.praiseAndBlame(spans(name("990101", "甲县"), "按期召开"), blame, nil); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("praised and blamed: %v", err)
	}
	if err := n.praiseAndBlame(nil, blame, []section2{{body: spans(name("990102", "乙县"), "要召开")}}); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("asked without a problem: %v", err)
	}
}

func emptyRegime() *regime.Regime { return &regime.Regime{ID: "none"} }
