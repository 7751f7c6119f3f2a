package view

import (
	"testing"

	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// todoItem is an item of a county due on a day.
func todoItem(title, due string, change ...func(*queries.ResolutionRow)) queries.ResolutionRow {
	r := queries.ResolutionRow{
		Resolution: record.Resolution{Unit: "990102", SessionYear: 2024, Kind: record.KindAnnual, Title: title},
		UnitName:   "东湖区", Level: record.LevelCounty, ItemKey: "n:" + title, State: queries.StateInProgress, InPopulation: true,
		EffectiveDueOn: period.MustDate(due),
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

func TestTodoDays(t *testing.T) {
	t.Parallel()
	county := &regime.Regime{ObligedLevels: []record.Level{record.LevelCounty}}
	in := TodoInput{
		Today: period.MustDate("2025-01-14"), Quarter: period.MustQuarter("2024Q4"), Who: matter.Actor{Login: "an", Officer: true}, Regime: county,
		Items: []queries.ResolutionRow{
			todoItem("yesterday", "2025-01-13"), todoItem("today", "2025-01-14"), todoItem("three", "2025-01-17"),
			todoItem("seven", "2025-01-21"), todoItem("eight", "2025-01-22"),
			todoItem("done", "2025-01-14", func(r *queries.ResolutionRow) { r.State = queries.StateCompleted }),
			todoItem("of another level", "2025-01-14", func(r *queries.ResolutionRow) { r.Level = record.LevelTownship }),
			todoItem("not counted", "2025-01-14", func(r *queries.ResolutionRow) { r.InPopulation = false }),
			todoItem("no day", "2025-01-14", func(r *queries.ResolutionRow) { r.EffectiveDueOn = period.Date{} }),
		},
		Claims: []queries.ResolutionRow{
			todoItem("claimed", "2025-01-14", func(r *queries.ResolutionRow) { r.State = queries.StateCompleted }),
			todoItem("closed", "2025-01-14", func(r *queries.ResolutionRow) {
				r.State, r.ClosedOn = queries.StateCompleted, period.MustDate("2025-01-01")
			}),
		},
	}
	got := map[string]TodoGroup{}
	for _, g := range NewTodo(in).Groups {
		got[g.Key] = g
	}
	if g := got["overdue"]; g.Count != 1 || g.Rows[0].Title != "yesterday" || g.Rows[0].Left != "逾期 1 天" || !g.Rows[0].Late {
		t.Errorf("overdue %+v", g)
	}
	if g := got["soon"]; g.Count != 3 || g.Note != "今天 1 项，3 日内 2 项，7 日内 3 项" || g.Rows[0].Left != "今天到期" || g.Rows[2].Left != "还有 7 天" {
		t.Errorf("soon %+v", g)
	}
	if g := got["claims"]; g.Count != 1 || g.Rows[0].Title != "1 项已报完成" {
		t.Errorf("claims %+v", g)
	}
	in.Items, in.Claims = nil, nil
	if p := NewTodo(in); p.Empty == "" || len(p.Groups) != 0 {
		t.Errorf("nothing to do: %+v", p)
	}
}

func TestTodoRowsAreCountedWhenCut(t *testing.T) {
	t.Parallel()
	in := TodoInput{Today: period.MustDate("2025-01-14"), Regime: &regime.Regime{ObligedLevels: []record.Level{record.LevelCounty}}}
	for range todoRows + 5 {
		in.Items = append(in.Items, todoItem("x", "2024-01-01"))
	}
	g := NewTodo(in).Groups[0]
	if g.Count != todoRows+5 || len(g.Rows) != todoRows || g.More != "另有 5 项" || g.MoreHref == "" {
		t.Errorf("%d rows of %d, %q", len(g.Rows), g.Count, g.More)
	}
}

// TestItemStateTellsAClaim: what only the county says is done is not what the department has confirmed.
func TestItemStateTellsAClaim(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		row  queries.ResolutionRow
		want string
	}{
		"claimed":    {queries.ResolutionRow{State: queries.StateCompleted}, "已完成（待销号）"},
		"confirmed":  {queries.ResolutionRow{State: queries.StateCompleted, ClosedOn: period.MustDate("2024-12-30")}, "已销号"},
		"taken back": {queries.ResolutionRow{State: queries.StateInProgress, ClosedOn: period.MustDate("2024-12-30")}, "推进中"},
	} {
		if got := itemState(tc.row).Full(); got != tc.want {
			t.Errorf("%s = %q, want %q", name, got, tc.want)
		}
	}
}

// TestTodoNamesLettersNobodyFollows: a letter that asks for an answer is in the list until a matter names it.
func TestTodoNamesLettersNobodyFollows(t *testing.T) {
	t.Parallel()
	letter := queries.Document{ID: "D9", Unit: "990102", To: "东湖区人民政府", Number: "云工函〔2025〕3号", Title: "督导函", ReplyDue: period.MustDate("2025-01-10")}
	notice := queries.Document{ID: "D8", Title: "通报"}
	in := TodoInput{
		Today: period.MustDate("2025-01-14"), Who: matter.Actor{Login: "an", Officer: true},
		Regime: &regime.Regime{}, Documents: []queries.Document{letter, notice},
	}
	g := in.untracked()
	if g.Count != 1 || g.Rows[0].Unit != "东湖区人民政府" || g.Rows[0].Left != "逾期 4 天" || g.Rows[0].Act != "立项" {
		t.Fatalf("letters %+v", g)
	}
	for _, named := range []string{"D9", "云工函〔2025〕3号"} {
		in.Outcomes = []queries.Outcome{{Matter: &matter.Matter{State: matter.Assigned, Steps: []matter.Step{{Kind: matter.Assign, Document: named}}}}}
		if g := in.untracked(); g.Count != 0 {
			t.Errorf("a letter that a matter names as %s is still listed: %+v", named, g)
		}
	}
}
