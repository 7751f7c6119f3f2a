package view

import (
	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// MatterJSON is one matter as scripts read it. A date that is not known and days that are not over are null.
type MatterJSON struct {
	ID          string             `json:"id"`
	Unit        record.UnitCode    `json:"unit"`
	UnitName    string             `json:"unit_name"`
	Title       string             `json:"title"`
	Source      matter.Source      `json:"source"`
	State       matter.State       `json:"state"`
	AsOf        *period.Quarter    `json:"as_of"`
	Document    string             `json:"document,omitempty"`
	OpenedOn    period.Date        `json:"opened_on"`
	AssignedOn  period.Date        `json:"assigned_on"`
	FirstDueOn  period.Date        `json:"first_due_on"`
	DueOn       period.Date        `json:"due_on"`
	ReceivedOn  period.Date        `json:"received_on"`
	RepliedOn   period.Date        `json:"replied_on"`
	CheckedOn   period.Date        `json:"checked_on"`
	ClosedOn    period.Date        `json:"closed_on"`
	OverdueDays int                `json:"overdue_days"`
	Returned    int                `json:"returned"`
	Extended    int                `json:"extended"`
	Days        *int               `json:"days"`
	Targets     []MatterTargetJSON `json:"targets"`
}

// MatterTargetJSON is one thing a matter is about, with what became of it.
type MatterTargetJSON struct {
	Finding     string             `json:"finding,omitempty"`
	Rule        string             `json:"rule,omitempty"`
	SessionYear int                `json:"session_year,omitempty"`
	Kind        record.MeetingKind `json:"kind,omitempty"`
	Item        string             `json:"item,omitempty"`
	Title       string             `json:"title"`
	Fate        queries.Fate       `json:"fate"`
	DoneOn      period.Date        `json:"done_on"`
}

// MattersJSON is the list of `liandu matter list --format json`.
func MattersJSON(all []queries.Outcome, today period.Date) map[string][]MatterJSON {
	out := []MatterJSON{}
	for _, o := range all {
		m := o.Matter
		j := MatterJSON{
			ID: m.ID, Unit: m.Unit, UnitName: m.UnitName, Title: m.Title, Source: m.Source, State: m.State, Document: m.Document,
			OpenedOn: m.OpenedOn, AssignedOn: m.AssignedOn, FirstDueOn: m.FirstDueOn, DueOn: m.DueOn, ReceivedOn: m.ReceivedOn,
			RepliedOn: m.RepliedOn, CheckedOn: m.CheckedOn, ClosedOn: m.ClosedOn, OverdueDays: m.OverdueDays(today),
			Returned: m.Returned, Extended: m.Extended, Targets: []MatterTargetJSON{},
		}
		if !m.Quarter.IsZero() {
			j.AsOf = &m.Quarter
		}
		if o.Days >= 0 {
			j.Days = &o.Days
		}
		for _, t := range o.Targets {
			j.Targets = append(j.Targets, MatterTargetJSON{
				Finding: t.Target.Finding, Rule: t.Target.Rule, SessionYear: t.Target.SessionYear, Kind: t.Target.MeetingKind,
				Item: t.Target.ItemKey, Title: matter.TargetName(t.Target), Fate: t.Fate, DoneOn: t.DoneOn,
			})
		}
		out = append(out, j)
	}
	return map[string][]MatterJSON{"matters": out}
}
