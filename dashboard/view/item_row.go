package view

import (
	"fmt"
	"strings"

	"liandu/queries"
)

// ItemRow is one item of the ledger.
type ItemRow struct {
	Anchor, Unit, UnitHref, Session, No string
	Title, Href, Progress               string
	Category, Lead, Owner               string
	Due, FirstDue                       string
	Moved, DueInWords                   bool
	Plan                                string
	NoPlan                              bool
	State                               State
	Percent, Width, BarClass            string
	Overdue                             string
	Late                                bool
	Stage                               Stage
	Cell, CellHref, CellTitle           string
	Open                                bool
	Detail                              ItemDetail
}

// ItemDetail is the row in full: the steps with what is known of each, and the county's three texts with their cells.
type ItemDetail struct {
	Steps []Step
	Facts []Fact
}

// Step is one step of a loop. Class is step-done, step-now, step-late or step-todo.
type Step struct {
	Class, Dot, Name, Note string
	ND, Href               string
}

// Fact is a named text with the cell it stands in.
type Fact struct {
	Name, Text, Cell, Href string
	Missing                bool
	Error                  bool // a problem that refused the file
}

func itemAnchor(r queries.ResolutionRow) string {
	return fmt.Sprintf("r-%s-%d-%s-%s", r.Unit, r.SessionYear, r.Kind, strings.ReplaceAll(r.ItemKey, ":", "-"))
}

func newItemRow(a Address, at queries.AsOf, f ItemFilter, r queries.ResolutionRow) ItemRow {
	row := ItemRow{
		Anchor: itemAnchor(r), Unit: r.UnitName, UnitHref: a.Unit(string(r.Unit)), Session: itoa(r.SessionYear), No: text(r.ItemNo),
		Title: r.Title, Progress: r.Progress, Category: text(r.Category), Lead: text(r.LeadUnit), Owner: text(r.Owner),
		Due: date(r.EffectiveDueOn), FirstDue: date(r.DueOn), Moved: moved(r), Plan: date(r.PlanOn),
		NoPlan: r.PlanOn.IsZero(), State: itemState(r), Overdue: Nil, Stage: newStage(r), BarClass: "bar-doing",
		Percent: Nil, Width: "0%", Open: f.Open != "" && f.Open == itemAnchor(r),
	}
	if r.EffectiveDueOn.IsZero() && r.DueText != "" {
		row.Due, row.DueInWords = r.DueText, true
	}
	if p := percentOf(r); p >= 0 {
		row.Percent, row.Width = itoa(p)+"%", itoa(min(p, 100))+"%"
	}
	switch r.State {
	case queries.StateOverdue:
		row.Overdue, row.Late, row.BarClass = itoa(r.OverdueDays), true, "bar-adverse"
	case queries.StateCompleted:
		row.BarClass = "bar-fill"
	}
	row.Cell = cellOf(r.Source, "title")
	row.CellTitle = fmt.Sprintf("打开原始报表 %s!%s（%s）", r.Source.Sheet, row.Cell, r.Quarter)
	row.CellHref = a.Source(r.Submission, r.Source.Sheet, row.Cell, itemCells(r.Source)...)
	g := f
	g.Open = row.Anchor
	if row.Open {
		g.Open = ""
		row.Detail = itemDetail(a, at, r)
	}
	show := ""
	if f.Show > 0 {
		show = itoa(f.Show)
	}
	row.Href = a.Href("/resolutions#"+row.Anchor, append(f.pairs(), "open", g.Open, "show", show)...)
	return row
}

func itemDetail(a Address, at queries.AsOf, r queries.ResolutionRow) ItemDetail {
	d := ItemDetail{Steps: itemSteps(r)}
	add := func(name, value string, field string) {
		cell := cellOf(r.Source, field)
		if value == "" && cell == "" {
			return
		}
		f := Fact{Name: name, Text: value, Cell: cell, Href: a.Source(r.Submission, r.Source.Sheet, cell, itemCells(r.Source)...)}
		if value == "" {
			f.Text, f.Missing = Blank, true
		}
		if cell == "" {
			f.Href = ""
		}
		d.Facts = append(d.Facts, f)
	}
	add("进展情况", r.Progress, "progress")
	add("未完成原因", r.Reason, "reason")
	add("下步措施", r.NextStep, "next_step")
	if moved(r) {
		add("首次时限", r.DueOn.String(), "due_on")
		add("调整后", r.RevisedDueOn.String(), "revised_due_on")
	}
	add("配合单位", r.SupportUnits, "support_units")
	if r.Remark != "" {
		add("备注", r.Remark, "remark")
	}
	return d
}

// itemSteps are the six steps of one item with what is known of each.
func itemSteps(r queries.ResolutionRow) []Step {
	reached := stepsOf(r)
	notes := [...]string{
		"", strings.TrimSpace(r.LeadUnit + " " + r.Owner), r.PlanOn.String(), "", r.DoneOn.String(), r.ClosedOn.String(),
	}
	notes[0] = r.DecidedOn.String() + " " + r.Kind.Chinese()
	if !reached[1] {
		notes[1] = "缺" + strings.Join(gaps(r), "、")
	}
	if !reached[2] {
		notes[2] = "没有实施方案"
	}
	if p := percentOf(r); p >= 0 && p < 100 {
		notes[3] = fmt.Sprintf("%s 报 %d%%", r.Quarter, p)
	}
	if r.DoneOnAssumed {
		notes[4] = "未填日期，按 " + r.DoneOn.String()
	}
	steps := make([]Step, len(stepWords))
	now := false
	for i, name := range stepWords {
		steps[i] = Step{Class: "step-todo", Dot: itoa(i + 1), Name: name, Note: notes[i]}
		switch {
		case reached[i]:
			steps[i].Class = "step-done"
		case i == 4 && r.State == queries.StateOverdue:
			steps[i].Class, steps[i].Dot, steps[i].Note = "step-late", "!", fmt.Sprintf("逾期 %d 天", r.OverdueDays)
		case !now:
			steps[i].Class, now = "step-now", true
		}
	}
	if reached[4] && !reached[5] {
		steps[5].Note = "待本级确认"
	}
	return steps
}

// gaps names what the 责任清单 lacks.
func gaps(r queries.ResolutionRow) []string {
	var out []string
	for _, g := range []struct {
		missing bool
		name    string
	}{{r.LeadUnit == "", "牵头单位"}, {r.Owner == "", "责任人"}, {r.DueOn.IsZero(), "完成时限"}} {
		if g.missing {
			out = append(out, g.name)
		}
	}
	return out
}
