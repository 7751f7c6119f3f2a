package view

import (
	"fmt"
	"slices"
	"strings"

	"liandu/internal/matter"
	"liandu/internal/record"
	"liandu/queries"
)

// FindingsInput is what 问题清单 is made from. Findings come in laggard order.
type FindingsInput struct {
	Address  Address
	Now      *queries.Metrics
	Findings []queries.Finding
	Filter   FindingFilter
	Matters  []*matter.Matter
	CanOpen  bool
}

// FindingFilter is the conditions, as they stand in the URL.
type FindingFilter struct{ Severity, Rule, Unit, Search string }

func (f FindingFilter) pairs() []string {
	return []string{"severity", f.Severity, "rule", f.Rule, "unit", f.Unit, "q", f.Search}
}

// Findings is the page 问题清单.
type Findings struct {
	Ledger
	Lede   string
	Groups []FindingGroup
	Table  Table
	Open   string // where a matter of the findings chosen is opened, "" for those who may not
	Fields []Field
}

// FindingGroup is the findings of one unit.
type FindingGroup struct {
	Unit, Href, Place, Score string
	Light                    Light
	Count                    string
	Findings                 []FindingView
	CanPick                  bool // one of them may be chosen for 立项
}

// shownItems and shownCells is how many a finding names before it counts the rest.
const (
	shownItems = 6
	shownCells = 12
)

// NewFindings builds 问题清单.
func NewFindings(in FindingsInput) Findings {
	f := in.Filter
	p := Findings{Ledger: Ledger{
		Path: "/findings", Search: f.Search, Hint: "单位、事实、事项", Whole: len(in.Findings),
		Hidden: fields(in.Address, "severity", f.Severity), Clear: in.Address.Href("/findings"),
	}}
	var fit, matched []queries.Finding
	for _, x := range in.Findings {
		if f.Rule != "" && x.Rule != f.Rule || f.Unit != "" && string(x.Unit.Code) != f.Unit ||
			!has(f.Search, x.Unit.Name, x.Observed, x.RuleName, x.Short, join(x.Items)) {
			continue
		}
		fit = append(fit, x)
		if f.Severity == "" || x.Severity == f.Severity {
			matched = append(matched, x)
		}
	}
	p.Chips = findingChips(in.Address, f, fit)
	p.Selects = findingSelects(in.Findings, f)
	matched = worstFirst(matched)
	p.Groups = findingGroups(in, matched)
	p.Matched, p.Shown = len(matched), len(matched)
	p.Table = findingTable(matched)
	p.XLSX, p.CSV = in.Address.Href("/findings.xlsx", f.pairs()...), in.Address.Href("/findings.csv", f.pairs()...)
	p.Lede = findingLede(in)
	if in.CanOpen {
		p.Open, p.Fields = "/matters/new", in.Address.Fields()
	}
	p.Picked = findingWords(f, p.Selects)
	return p
}

func findingChips(a Address, f FindingFilter, fit []queries.Finding) []Chip {
	n := map[string]int{}
	for _, x := range fit {
		n[x.Severity]++
	}
	var out []Chip
	for _, s := range []struct{ key, name string }{{"", "全部"}, {"red", "红"}, {"yellow", "黄"}, {"info", "提示"}} {
		g := f
		g.Severity = s.key
		count := n[s.key]
		if s.key == "" {
			count = len(fit)
		}
		out = append(out, Chip{s.name, a.Href("/findings", g.pairs()...), count, f.Severity == s.key})
	}
	return out
}

func findingSelects(all []queries.Finding, f FindingFilter) []Select {
	var rules, units []Choice
	seen := map[string]bool{}
	for _, x := range all {
		if !seen[x.Rule] {
			seen[x.Rule] = true
			rules = append(rules, Choice{Value: x.Rule, Name: x.RuleName})
		}
		if !seen["u"+string(x.Unit.Code)] {
			seen["u"+string(x.Unit.Code)] = true
			units = append(units, Choice{Value: string(x.Unit.Code), Name: x.Unit.Name})
		}
	}
	byValue := func(a, b Choice) int { return strings.Compare(a.Value, b.Value) }
	slices.SortFunc(rules, byValue)
	slices.SortFunc(units, byValue)
	return []Select{
		{"f-r", "rule", "规则", choices("全部规则", rules, f.Rule)},
		{"f-u", "unit", "单位", choices("全部单位", units, f.Unit)},
	}
}

// findingGroups keeps the order of the findings: units in laggard order.
func findingGroups(in FindingsInput, matched []queries.Finding) []FindingGroup {
	var out []FindingGroup
	at := map[record.UnitCode]int{}
	for _, x := range matched {
		i, ok := at[x.Unit.Code]
		if !ok {
			i = len(out)
			at[x.Unit.Code] = i
			out = append(out, newGroup(in, x.Unit, matched))
		}
		v := NewFinding(in.Address, x)
		v.ShowDocument = x.Clause.Document
		v.follow(in.Address, x, in.Now.AsOf.Year, in.Matters, in.CanOpen)
		out[i].Findings = append(out[i].Findings, v)
		out[i].CanPick = out[i].CanPick || v.Pick
	}
	return out
}

func newGroup(in FindingsInput, unit record.Unit, all []queries.Finding) FindingGroup {
	g := FindingGroup{Unit: unit.Name, Href: in.Address.Unit(string(unit.Code)), Place: Nil, Score: Nil, Light: NewLight(queries.LightNone)}
	if u := in.Now.Unit(unit.Code); u != nil {
		g.Light, g.Score = lightOf(*u), score(u.Score)
		if u.Rank != nil {
			g.Place = fmt.Sprintf("第 %d 名", *u.Rank)
		}
	}
	g.Count = severityCount(all, unit.Code)
	return g
}

func findingLede(in FindingsInput) string {
	red := map[record.UnitCode]bool{}
	n := map[string]int{}
	for _, f := range in.Findings {
		n[f.Severity]++
		if f.Severity == "red" {
			red[f.Unit.Code] = true
		}
	}
	if len(in.Findings) == 0 {
		return "截至" + in.Now.AsOf.Quarter.Last().Chinese() + "没有发现不符合制度的情况。"
	}
	s := fmt.Sprintf("红 %d、黄 %d", n["red"], n["yellow"])
	if n["info"] > 0 {
		s += fmt.Sprintf("、提示 %d", n["info"])
	}
	return s + fmt.Sprintf("；后进单位 %d 个，按红灯数、得分排列", len(red))
}

func findingWords(f FindingFilter, selects []Select) string {
	var out []string
	if f.Severity != "" {
		out = append(out, severityLight(f.Severity).Word)
	}
	for _, s := range selects {
		for _, c := range s.Choices {
			if c.Selected && c.Value != "" {
				out = append(out, c.Name)
			}
		}
	}
	if f.Search != "" {
		out = append(out, "含「"+f.Search+"」")
	}
	return strings.Join(out, "、")
}
