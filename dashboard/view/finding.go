package view

import (
	"fmt"
	"slices"
	"strings"

	"liandu/internal/matter"
	"liandu/internal/record"
	"liandu/queries"
)

// FindingView is one finding: what was seen, what is asked, the clause's own words, the cells.
type FindingView struct {
	ID                         string
	Light                      Light
	RuleName, RuleHref         string
	Observed, Required         string
	Words, Document, Number    string
	Force                      string
	Items                      []string
	MoreItems                  string
	Evidence                   []EvidenceView
	Unit, UnitHref, Indicator  string
	SeverityWord, ShowDocument string
	Pick                       bool   // may be chosen for 立项
	Matter, MatterHref         string // 「M12 待反馈」: the matter under way about it
}

// follow says of a finding which matter is about it, and whether it may be chosen for one.
func (v *FindingView) follow(a Address, f queries.Finding, year int, live []*matter.Matter, canOpen bool) {
	if m := LiveMatter(live, f, year); m != nil {
		v.Matter, v.MatterHref = m.ID+" "+m.State.Chinese(), a.Href("/matters/"+m.ID)
		return
	}
	v.Pick = canOpen
}

// EvidenceView is the cells of one sheet.
type EvidenceView struct {
	File, Sheet string
	Cells       []CellLink
	More        string
}

// CellLink is one cell that opens in the original sheet.
type CellLink struct{ Ref, Href string }

// worstFirst keeps the units in their order and puts each one's red findings before its yellow ones.
func worstFirst(all []queries.Finding) []queries.Finding {
	out := slices.Clone(all)
	for i := 0; i < len(out); {
		j := i
		for j < len(out) && out[j].Unit.Code == out[i].Unit.Code {
			j++
		}
		slices.SortStableFunc(out[i:j], func(a, b queries.Finding) int { return severityOrder(a.Severity) - severityOrder(b.Severity) })
		i = j
	}
	return out
}

// severityCount writes 「红 2、黄 1」 for one unit.
func severityCount(all []queries.Finding, code record.UnitCode) string {
	n := map[string]int{}
	for _, x := range all {
		if x.Unit.Code == code {
			n[x.Severity]++
		}
	}
	var parts []string
	for _, s := range []struct{ key, name string }{{"red", "红"}, {"yellow", "黄"}, {"info", "提示"}} {
		if n[s.key] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", s.name, n[s.key]))
		}
	}
	return strings.Join(parts, "、")
}

// NewFinding makes one finding ready to show.
func NewFinding(a Address, f queries.Finding) FindingView {
	v := FindingView{
		ID: f.ID, Light: severityLight(f.Severity), RuleName: f.RuleName, RuleHref: a.Href("/regimes#rule-" + f.Rule),
		Observed: f.Observed, Required: f.Required, Words: f.Clause.Text, Document: f.Clause.Document, Number: f.Clause.Number,
		Force: f.Force, Unit: f.Unit.Name, UnitHref: a.Unit(string(f.Unit.Code)), Items: f.Items,
	}
	if len(f.Items) > shownItems {
		v.Items, v.MoreItems = f.Items[:shownItems], fmt.Sprintf("等 %d 项", len(f.Items))
	}
	for _, e := range f.Evidence {
		v.Evidence = append(v.Evidence, newEvidence(a, e))
	}
	return v
}

func newEvidence(a Address, e queries.Evidence) EvidenceView {
	v := EvidenceView{File: e.File, Sheet: e.Sheet}
	for i, c := range e.Cells {
		if i == shownCells {
			v.More = fmt.Sprintf("等 %d 格", len(e.Cells))
			break
		}
		v.Cells = append(v.Cells, CellLink{c, a.Source(e.Submission, e.Sheet, c, e.Cells...)})
	}
	if len(e.Cells) == 0 && e.Submission != "" {
		v.Cells = []CellLink{{"整表", a.Source(e.Submission, e.Sheet, "")}}
	}
	return v
}

// evidenceText writes the cells of all sheets in one line, for an export.
func evidenceText(all []queries.Evidence) string {
	var parts []string
	for _, e := range all {
		parts = append(parts, fmt.Sprintf("%s %s!%s", e.File, e.Sheet, strings.Join(e.Cells, ",")))
	}
	return strings.Join(parts, "；")
}

func join(items []string) string { return strings.Join(items, "；") }
