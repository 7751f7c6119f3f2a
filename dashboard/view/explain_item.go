package view

import (
	"fmt"
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// itemRows lists the items with the fact that decides.
func (p *Explain) itemRows(in ExplainInput, i indicator) {
	p.Heads = []string{"年度", "议定事项", "牵头单位", "时限", "状态", "依据的事实"}
	s := newScope(in.Now, in.Units)
	end := in.Now.AsOf.Quarter.Last()
	for _, r := range in.Items {
		if in.Unit != nil && r.Unit != in.Unit.Code || !s.has(r.Unit) {
			continue
		}
		num, den, fact := itemMembership(i.ID, r, end)
		row := ExplainRow{
			Unit: r.UnitName, UnitHref: in.Address.Unit(string(r.Unit)), Num: num, Den: den, Why: itemWhy(r, num, den, in.Now.AsOf),
			Texts: texts(itoa(r.SessionYear), r.Title, text(r.LeadUnit), due(r), itemState(r).Full(), firstDue(r, fact)),
			Cell:  cellOf(r.Source, itemField(i.ID), "title"),
		}
		row.CellHref = in.Address.Source(r.Submission, r.Source.Sheet, row.Cell, itemCells(r.Source)...)
		row.CellTitle = fmt.Sprintf("%s %s!%s", r.File, r.Source.Sheet, row.Cell)
		p.Rows = append(p.Rows, row)
	}
	p.sortRows()
	p.Parts = partsOf(p.Rows)
}

// due is an item's deadline as judged by its effective date, with the words where it was given in words.
func due(r queries.ResolutionRow) string {
	if r.EffectiveDueOn.IsZero() && r.DueText != "" {
		return r.DueText
	}
	return date(r.EffectiveDueOn)
}

// firstDue adds to a fact the deadline as it was first set, which decides what was on time.
func firstDue(r queries.ResolutionRow, fact string) string {
	if !moved(r) {
		return fact
	}
	return fmt.Sprintf("%s；首次时限 %s", fact, date(r.DueOn))
}

// itemMembership says whether an item is above and below the line of an indicator, and by which fact.
func itemMembership(id string, r queries.ResolutionRow, end period.Date) (num, den bool, fact string) {
	done := r.State == queries.StateCompleted
	den = r.InPopulation
	on := func(what string, d period.Date) string {
		if d.IsZero() || d.After(end) {
			return "未" + what
		}
		return d.String() + " " + what
	}
	switch id {
	case "resolution_completion":
		num, fact = done, on("完成", r.DoneOn)
	case "resolution_closed":
		num, fact = done && closedBy(r, end), on("销号", r.ClosedOn)
	case "resolution_on_time":
		den = den && r.IsOnTime != nil
		num = den && *r.IsOnTime
		fact = on("完成", r.DoneOn)
	case "resolution_overdue":
		num, fact = r.State == queries.StateOverdue, fmt.Sprintf("逾期 %d 天", r.OverdueDays)
		if !num {
			fact = "未逾期"
		}
	case "implementation_plan":
		num, fact = !r.PlanOn.IsZero() && !r.PlanOn.After(end), on("印发方案", r.PlanOn)
	case "accountability":
		num, fact = accountable(r), "齐全"
		if !num {
			fact = "缺" + strings.Join(gaps(r), "、")
		}
	}
	return num && den, den, fact
}

// itemField is the field that decides an indicator of items.
func itemField(id string) string {
	switch id {
	case "resolution_completion", "resolution_closed":
		return "status"
	case "resolution_on_time", "resolution_overdue":
		return "due_on"
	case "implementation_plan":
		return "plan_on"
	}
	return "title"
}

func itemWhy(r queries.ResolutionRow, num, den bool, at queries.AsOf) string {
	switch {
	case num:
		return "计入分子"
	case den:
		return "只计入分母"
	case r.InPopulation:
		return "首次时限未到或未定，不计入"
	}
	switch itemGroup(r, at) {
	case "ongoing":
		return "长期坚持，不计入"
	case "cancelled":
		return "已撤销，不计入"
	case "earlier":
		return "往年已办结，不计入"
	}
	if r.Kind == record.KindSubstitute {
		return "以其他会议议定，不计入"
	}
	return "不属所选届次或报告期，不计入"
}
