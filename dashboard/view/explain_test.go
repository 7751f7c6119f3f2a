package view_test

import (
	"strings"
	"testing"

	"liandu/dashboard/view"
	"liandu/dashboard/view/viewtest"
	"liandu/internal/record"
	"liandu/queries"
)

func explain(t *testing.T, c *viewtest.City, id string, u *record.Unit) view.Explain {
	t.Helper()
	p, ok := view.NewExplain(view.ExplainInput{
		Address: address, Indicator: id, Unit: u, Now: c.Now, Items: c.Items, Meetings: c.Meetings, Sent: c.Sent, Units: c.Units,
	})
	if !ok {
		t.Fatalf("no page for %s", id)
	}
	return p
}

func TestExplainedRowsAddUp(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	for id := range c.Now.Total {
		for _, u := range []*record.Unit{nil, &c.Units[2], &c.Units[9]} {
			p := explain(t, c, id, u)
			if p.Wrong || p.NoRule == "" && p.Check == "" {
				t.Errorf("%s of %s: %s", id, p.Unit, p.Check)
			}
		}
	}
	p := explain(t, c, "chaired_by_principal", nil)
	var parts []string
	for _, x := range p.Parts {
		parts = append(parts, x.Name+" "+x.Count)
	}
	want := "计入分子 7, 主持人未载明，只计入分母 1, 只计入分母 2, 以其他会议代替，不计入 1, 未召开，不计入 1"
	if got := strings.Join(parts, ", "); got != want {
		t.Errorf("parts = %s, want %s", got, want)
	}
	if len(p.Clauses) == 0 || p.Clauses[0].Words == "" {
		t.Error("no clause beside the figure")
	}
}

func TestExplainShowsADifference(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	c.Now.Total["resolution_overdue"] = queries.Pair{Num: 5, Den: 60}
	if p := explain(t, c, "resolution_overdue", nil); !p.Wrong || !strings.Contains(p.Check, "不一致") {
		t.Errorf("check = %s", p.Check)
	}
}

func TestExplainUnknownIndicator(t *testing.T) {
	t.Parallel()
	if _, ok := view.NewExplain(view.ExplainInput{Indicator: "nothing", Now: viewtest.New(t).Now}); ok {
		t.Error("an unknown indicator has a page")
	}
}

func TestFirstDeadlineStandsWithTheFact(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	r := &c.Items[0]
	r.RevisedDueOn = r.DueOn.AddDays(90)
	r.EffectiveDueOn = r.RevisedDueOn
	var all strings.Builder
	for _, row := range explain(t, c, "resolution_completion", nil).Rows {
		for _, x := range row.Texts {
			all.WriteString(x.Text + "|")
		}
	}
	for _, want := range []string{"|" + r.RevisedDueOn.String() + "|", "；首次时限 " + r.DueOn.String() + "|"} {
		if strings.Count(all.String(), want) != 1 {
			t.Errorf("want %q once in %s", want, all.String())
		}
	}
}
