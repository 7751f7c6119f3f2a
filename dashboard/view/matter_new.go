package view

import (
	"fmt"
	"slices"
	"strings"

	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
	"liandu/queries"
)

// MatterNewInput is what the form for opening a matter is made from. Chosen are finding ids; Findings those of the unit
// chosen, empty where none is; Live the matters that are under way.
type MatterNewInput struct {
	Address   Address
	Quarter   period.Quarter
	Year      int
	Today     period.Date
	Unit      record.UnitCode
	Units     []record.Unit
	Findings  []queries.Finding
	Chosen    []string
	Live      []*matter.Matter
	Documents []queries.Document
	ReplyDays int
	FileLimit string
	Typed     *MatterTyped // nil: nothing typed yet
	Title     string
	Assign    bool
}

// MatterNew is the page 立项.
type MatterNew struct {
	Action, Back, Choose string
	Context              []Field
	Unit                 string
	UnitCode             string
	Units                []Option
	Findings             []MatterPick
	Quarter              string
	Title                string
	On, Today            string
	Words                string
	Assign               bool
	DueOn, Document      string
	Documents            []Option
	FileLimit            string
	Error                string
}

// MatterPick is a finding that may be chosen; Busy is the matter that is about it already.
type MatterPick struct {
	ID, Name, Observed string
	Light              Light
	Chosen             bool
	Busy, BusyHref     string
}

// NewMatterNew builds the form.
func NewMatterNew(in MatterNewInput) MatterNew {
	p := MatterNew{
		Action: in.Address.Href("/matters/new"), Back: in.Address.Href("/matters"), Choose: "/matters/new", Context: in.Address.Fields(),
		UnitCode: string(in.Unit), Quarter: in.Quarter.Chinese(), Title: in.Title, On: in.Today.String(), Today: in.Today.String(),
		DueOn: dueDay(in.Today, in.ReplyDays), FileLimit: in.FileLimit, Assign: in.Assign,
	}
	for _, u := range in.Units {
		if u.Level == record.LevelCity || !u.ValidOn(in.Today) {
			continue
		}
		p.Units = append(p.Units, Option{Value: string(u.Code), Text: u.Name, Selected: u.Code == in.Unit})
		if u.Code == in.Unit {
			p.Unit = u.Name
		}
	}
	for _, f := range in.Findings {
		pick := MatterPick{ID: f.ID, Name: f.RuleName, Observed: f.Observed, Light: severityLight(f.Severity), Chosen: slices.Contains(in.Chosen, f.ID)}
		if m := LiveMatter(in.Live, f, in.Year); m != nil {
			pick.Busy, pick.BusyHref, pick.Chosen = m.ID+" "+m.State.Chinese(), in.Address.Href("/matters/"+m.ID), false
		}
		p.Findings = append(p.Findings, pick)
	}
	for _, d := range in.Documents {
		p.Documents = append(p.Documents, Option{Value: documentName(d), Text: d.Title})
	}
	if t := in.Typed; t != nil {
		p.On, p.Words, p.DueOn, p.Document, p.Error = t.On, t.Words, t.DueOn, t.Document, t.Error
	}
	return p
}

// MatterTitle names a matter after the findings it is about.
func MatterTitle(targets []store.MatterTarget) string {
	if len(targets) == 0 {
		return ""
	}
	if len(targets) > 2 {
		return fmt.Sprintf("%s等 %d 个问题整改", targets[0].RuleName, len(targets))
	}
	var names []string
	for _, t := range targets {
		names = append(names, t.RuleName)
	}
	return strings.Join(names, "、") + "问题整改"
}

// LiveMatter returns the matter under way that is about the rule of a finding in its year, nil when there is none.
func LiveMatter(all []*matter.Matter, f queries.Finding, year int) *matter.Matter {
	for _, m := range all {
		if !m.Live() || m.Unit != f.Unit.Code && m.Heir != f.Unit.Code || m.Year != year {
			continue
		}
		for _, t := range m.Targets {
			if t.Rule == f.Rule {
				return m
			}
		}
	}
	return nil
}
