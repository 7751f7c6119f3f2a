package view_test

import (
	"strings"
	"testing"

	"liandu/dashboard/export"
	"liandu/dashboard/view"
	"liandu/internal/docx"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

func TestPaperIsDrawnAsItIsWritten(t *testing.T) {
	t.Parallel()
	o := &export.Official{Title: "题", Pages: []export.OfficialPage{{Mark: "云州市总工会", Blocks: []export.OfficialBlock{
		export.Line{Style: docx.Heading1, Spans: []export.Span{{Text: "一、有关情况"}}},
		export.Line{Style: docx.AttachmentNote, Left: 1600, Hanging: 960, Spans: []export.Span{{Text: "附件"}}},
		export.Line{Style: docx.TableLine, Spans: []export.Span{{Text: "截至"}, {Text: "12月31日", Figure: &export.Figure{ID: "as_of", Value: "2024-12-31"}}, {Text: "\t单位：项"}}},
		export.Grid{Widths: []int{1, 3}, Head: 2, Size: 24, Rows: [][]export.GridCell{
			{{Down: true, Spans: []export.Span{{Text: "单位"}}}, {Spans: []export.Span{{Text: "事项"}}}},
			{{Covered: true}, {Spans: []export.Span{{Text: "逾期"}}}},
			{{Align: docx.Left, Spans: []export.Span{{Text: "东湖区"}}}, {Spans: []export.Span{{Text: "2", Figure: &export.Figure{ID: "total/resolution_overdue/num", Value: "2"}}}}},
		}},
		export.Foot{Office: []export.Span{{Text: "办公室"}}},
	}}, {Landscape: true}}}
	p := view.NewPaper(o, func(f export.Figure) (string, string) { return "/x?" + f.ID, f.ID })
	if len(p.Runs) != 2 || !p.Runs[1].Landscape || p.Runs[0].Mark != "云州市总工会" || p.Runs[0].MarkSize != "36" {
		t.Fatalf("runs are %+v", p.Runs)
	}
	b := p.Runs[0].Blocks
	if l := b[0].Line; l.Class != "pp-h1" || !l.Keep {
		t.Errorf("heading is %+v, and must stay with what follows", l)
	}
	if l := b[1].Line; l.Left != "80" || l.Hanging != "48" {
		t.Errorf("attachment note hangs %s of %s points", l.Hanging, l.Left)
	}
	if l := b[2].Line; !l.Tabbed || len(l.Spans) != 3 || l.Spans[1].Href != "/x?as_of" || len(l.After) != 1 || l.After[0].Text != "单位：项" {
		t.Errorf("line with a tab is %+v", l)
	}
	g := b[3].Grid
	if g.Size != "12" || g.Pitch != "17.5" || g.Widths[0] != "25.00%" || len(g.Head) != 2 || len(g.Head[1]) != 1 || g.Head[0][0].Down != 2 || g.Rows[0][0].Class != "pp-left" {
		t.Errorf("table is %+v", g)
	}
	if b[4].Foot == nil || b[4].Foot.Office[0].Text != "办公室" {
		t.Errorf("imprint is %+v", b[4].Foot)
	}
}

func TestFiguresOpenTheirSources(t *testing.T) {
	t.Parallel()
	item := queries.ResolutionRow{UnitName: "东湖区", ItemKey: "n:4", Submission: "S9", File: "东湖区.xlsx"}
	item.Unit, item.SessionYear, item.Kind, item.Title = "990102", 2024, record.KindAnnual, "建成职工服务中心"
	item.Source = record.Source{Sheet: "议定事项", Cells: map[string]string{"title": "E5"}}
	s := view.PaperSources{
		Address: view.Address{Period: "2024Q4", KnownAt: "2025-01-16T00:00:00Z"}, Items: []queries.ResolutionRow{item},
		Units: []record.Unit{{Code: "990102", Name: "东湖区"}}, CanSettings: true, Quarter: period.MustQuarter("2024Q4"),
	}
	for _, tc := range []struct{ id, href, what string }{
		{"total/resolution_completion/num", "/explain?indicator=resolution_completion", "合计"},
		{"unit/990102/resolution_overdue/num", "/explain?indicator=resolution_overdue&known_at=2025-01-16T00%3A00%3A00Z&period=2024Q4&unit=990102", "东湖区"},
		{"unit/990102/score", "/unit/990102?", "东湖区"},
		{"item/990102/2024/annual/n:4/title", "/source/S9?cell=E5", "议定事项!E5"},
		{"item/990102/2024/annual/n:4/state", "/resolutions?", "建成职工服务中心"},
		{"item/990102/2023/annual/n:9/title", "/resolutions?", "东湖区议定事项"},
		{"finding/2024Q4-990102-overdue/count", "/findings?known_at=2025-01-16T00%3A00%3A00Z&period=2024Q4&rule=overdue&unit=990102", "东湖区的问题"},
		{"total/resolution_completion/before", "/move?indicator=resolution_completion&known_at", "比上季度末"},
		{"total/resolution_completion/year_ago", "/move?from=2023Q4&indicator=resolution_completion&known_at", "比上年同期"},
		{"before/resolution_completion/den", "/move?indicator=resolution_completion&known_at", "比上季度末"},
		{"overdue/change", "/move?indicator=resolution_overdue&known_at", "比上季度末"},
		{"total/in_progress/num", "/resolutions?known_at=2025-01-16T00%3A00%3A00Z&period=2024Q4&state=in_progress", "合计议定事项"},
		{"chair/principal", "/explain?indicator=chaired_by_principal", "主持"},
		{"setting/contact.name", "/admin/settings#contact.name", "联系人"},
		{"clause/QHD-03/words", "/regimes?", "制度条款"},
		{"level/township/established", "/explain?indicator=establishment", "建制"},
		{"level/990102/units", "/explain?indicator=establishment&known_at=2025-01-16T00%3A00%3A00Z&period=2024Q4&unit=990102", "东湖区"},
		{"meeting/990102/2024-05-10/held_on", "/meetings?", "东湖区会议台账"},
		{"sent/990102/2024Q4/late_days", "/explain?indicator=submission_on_time", "东湖区"},
		{"known_at", "/submissions?", "采用的报送"},
		{"as_of", "", "截至日"},
		{"nobody/knows", "", ""},
	} {
		href, what := s.Of(export.Figure{ID: tc.id})
		if !strings.HasPrefix(href, tc.href) || tc.href == "" && href != "" || !strings.Contains(what, tc.what) {
			t.Errorf("%s opens %q (%s), want %q (%s)", tc.id, href, what, tc.href, tc.what)
		}
	}
	s.CanSettings = false
	if href, what := s.Of(export.Figure{ID: "setting/contact.name"}); href != "" || !strings.Contains(what, "联系人") {
		t.Errorf("a setting opens %q (%s) for who may not", href, what)
	}
}
