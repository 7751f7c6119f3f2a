package view

import (
	"fmt"
	"slices"
	"strings"

	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// RegimesInput is what 制度规则 is made from. Other is the same facts under another regime, nil when none is compared.
type RegimesInput struct {
	Address       Address
	All           []*regime.Regime
	Now, Other    *queries.Metrics
	Written       *regime.Regime // as written, with the rules suspended now; nil is the regime that judges
	History       []RuleChange   // the last recorded first
	CanChange     bool
	IsChanged     bool   // the city has changed this regime
	Adopted       string // id of the regime the city follows in this quarter
	Findings      []queries.Finding
	OtherFindings []queries.Finding
}

// Regimes is the page 制度规则.
type Regimes struct {
	Name, Cite, Issuer, IssuedOn, Note, Repeals string
	Facts                                       []Fact
	Rules                                       []RuleRow
	Absent                                      []string // kinds of rule the document does not have
	Weights                                     []WeightRow
	WeightSum                                   string
	WeightNote                                  string
	Clauses                                     []ClauseView
	Actions                                     []ClauseView
	Choices                                     []Choice
	Hidden                                      []Field
	Compare                                     *Comparison
	ID                                          string
	IsAdopted, IsChanged                        bool
	CanChange                                   bool
	Adjust, NewHref, AdoptHref, Action          string
	History                                     []RuleChange
}

// RuleRow is one rule beside its clause, with how many units fail it now.
type RuleRow struct {
	ID, Name, Requires, Parameters, Note string
	Light                                Light
	Force, Words, Document, Number       string
	Failing, FailingHref                 string
	Suspended                            string // the mark of a rule that is not judged in this quarter
	Adjust, Suspend                      string // addresses, "" for who may not
}

// WeightRow is one indicator's weight.
type WeightRow struct {
	Name, Weight, Width, Basis string
	Own                        bool
}

// Comparison is what changes under another regime on the same facts.
type Comparison struct {
	A, B        string
	Differences []regime.Difference
	Units       []ComparedUnit
	Unchanged   int
	Summary     string
}

// ComparedUnit is a unit whose judgement changes, and why: the findings that come and go.
type ComparedUnit struct {
	Name, Href               string
	LightA, LightB           Light
	ScoreA, ScoreB           string
	PlaceA, PlaceB           string
	Gone, New                []string
	Why                      []string // what moves the score
	LightChanged             bool
	OnlyScore                bool
	Turned                   string
	Unjudged, UnjudgedBefore bool
}

// NewRegimes builds 制度规则 for the regime of the address.
func NewRegimes(in RegimesInput) Regimes {
	r := in.Now.AsOf.Regime
	p := Regimes{
		Name: r.Name, Cite: r.Document.Cite(), Issuer: r.Document.Issuer, IssuedOn: date(r.Document.IssuedOn), Note: r.Document.Note,
		Repeals: r.Repeals, Hidden: in.Address.Fields(),
	}
	p.Facts = regimeFacts(r)
	p.ID, p.History, p.CanChange, p.IsAdopted, p.IsChanged = r.ID, in.History, in.CanChange, r.ID == in.Adopted, in.IsChanged
	p.Adjust = in.Address.Href("/regimes/adjust", "regime", r.ID)
	p.NewHref, p.AdoptHref = in.Address.Href("/regimes/new", "regime", r.ID), in.Address.Href("/regimes/adopt", "regime", r.ID)
	p.Action = in.Address.Href("/regimes/revert")
	written := in.Written
	if written == nil {
		written = r
	}
	failing := map[string]map[record.UnitCode]bool{}
	for _, f := range in.Findings {
		if failing[f.Rule] == nil {
			failing[f.Rule] = map[record.UnitCode]bool{}
		}
		failing[f.Rule][f.Unit.Code] = true
	}
	for _, rule := range written.Rules {
		c := newClause(r, rule.Clause, regime.RuleName(rule.ID))
		row := RuleRow{
			ID: rule.ID, Name: regime.RuleName(rule.ID), Requires: rule.Requires, Parameters: rule.Parameters(), Note: rule.Note,
			Light: severityLight(string(rule.Severity)), Force: string(rule.Force()), Words: c.Words, Document: c.Document, Number: c.Number,
			Failing: "0", FailingHref: in.Address.Href("/findings", "rule", rule.ID),
		}
		if n := len(failing[rule.ID]); n > 0 {
			row.Failing = itoa(n)
		}
		if !r.HasRule(rule.ID) {
			row.Suspended = suspendedWith(r, rule.ID)
		}
		if in.CanChange {
			row.Adjust = in.Address.Href("/regimes/adjust#rule-"+rule.ID, "regime", r.ID)
			row.Suspend = in.Address.Href("/regimes/suspend", "regime", r.ID, "rule", rule.ID)
		}
		p.Rules = append(p.Rules, row)
	}
	for _, n := range regime.RuleNames {
		if !written.HasRule(n.ID) {
			p.Absent = append(p.Absent, n.Chinese)
		}
	}
	p.Weights, p.WeightSum, p.WeightNote = weights(r)
	if len(r.Suspended) > 0 {
		p.WeightNote += "暂停执行的规则，其条款所支持的指标不计分。"
	}
	for _, c := range r.Clauses {
		p.Clauses = append(p.Clauses, newClause(r, c, c.Subject))
	}
	for _, a := range r.Actions {
		p.Actions = append(p.Actions, ClauseView{a.Text, a.Clause.Document, a.Clause.Number, a.Name, string(a.Clause.Force)})
	}
	other := ""
	if in.Other != nil {
		other = in.Other.AsOf.Regime.ID
		p.Compare = compareRegimes(in)
	}
	var others []Choice
	for _, x := range in.All {
		if x.ID != r.ID {
			others = append(others, Choice{Value: x.ID, Name: x.Name})
		}
	}
	p.Choices = choices("不比较", others, other)
	return p
}

// suspendedWith is the mark of a rule that is not judged: its own, or that of 主持规格 for 主持人未载明.
func suspendedWith(r *regime.Regime, rule string) string {
	for _, s := range r.Suspended {
		if s.Rule == rule || s.Rule == regime.RuleChair && rule == regime.RuleChairUnknown {
			return strings.TrimPrefix(s.Note(), regime.RuleName(s.Rule))
		}
	}
	return ""
}

func regimeFacts(r *regime.Regime) []Fact {
	var levels []string
	for _, l := range r.ObligedLevels {
		levels = append(levels, l.Chinese())
	}
	facts := []Fact{
		{Name: "约束层级", Text: strings.Join(levels, "、")},
		{Name: "年度会议期限", Text: fmt.Sprintf("会议年度的 %d 月 %d 日", r.DeadlineMonth, r.DeadlineDay)},
		{Name: "报送期限", Text: fmt.Sprintf("季度终了后 %d 日内", r.SubmissionDays)},
		{Name: "红线、黄线", Text: fmt.Sprintf("得分低于 %s 为红灯，低于 %s 为黄灯", r.RedLineText(), r.YellowLineText())},
	}
	if !r.InForceFrom.IsZero() {
		facts = append(facts, Fact{Name: "施行日期", Text: r.InForceFrom.String()})
	}
	if r.Repeals != "" {
		facts = append(facts, Fact{Name: "废止", Text: r.Repeals})
	}
	return facts
}

func weights(r *regime.Regime) (rows []WeightRow, sum, note string) {
	total, most := 0, 1
	for _, w := range r.Weights {
		total += w
		most = max(most, w)
	}
	own := false
	for _, i := range regime.Indicators {
		w := r.Weights[i.ID]
		if w == 0 {
			continue
		}
		row := WeightRow{Name: i.Chinese, Weight: itoa(w), Width: share(w, most), Basis: "文件条款"}
		if !r.HasClause(i.ID) {
			row.Basis, row.Own, own = "本市考核办法", true, true
		}
		rows = append(rows, row)
	}
	if own {
		note = "「本市考核办法」的指标文件没有条款，按设置中的考核办法计分。"
	}
	return rows, itoa(total), note
}

// compareRegimes says who changes under the other regime and why, ordered by the first regime's list.
func compareRegimes(in RegimesInput) *Comparison {
	a, b := in.Now, in.Other
	c := &Comparison{A: a.AsOf.Regime.Name, B: b.AsOf.Regime.Name, Differences: regime.Diff(a.AsOf.Regime, b.AsOf.Regime)}
	turned := 0
	add := func(unit record.Unit, x, y *queries.UnitResult) {
		u := comparedUnit(in, unit, x, y)
		if !u.LightChanged && u.ScoreA == u.ScoreB && u.PlaceA == u.PlaceB && len(u.Gone)+len(u.New) == 0 {
			c.Unchanged++
			return
		}
		if u.LightChanged {
			turned++
		}
		c.Units = append(c.Units, u)
	}
	for i := range a.Units {
		add(a.Units[i].Unit, &a.Units[i], b.Unit(a.Units[i].Unit.Code))
	}
	for i := range b.Units {
		if a.Unit(b.Units[i].Unit.Code) == nil {
			add(b.Units[i].Unit, nil, &b.Units[i])
		}
	}
	c.Summary = fmt.Sprintf("同一批事实，改按「%s」评价：灯色改变 %d 个，得分或问题有变动 %d 个，不变 %d 个。试比，结论未生效。", c.B, turned, len(c.Units)-turned, c.Unchanged)
	return c
}

func comparedUnit(in RegimesInput, unit record.Unit, x, y *queries.UnitResult) ComparedUnit {
	u := ComparedUnit{
		Name: unit.Name, Href: in.Address.Unit(string(unit.Code)), LightA: NewLight(queries.LightNone), LightB: NewLight(queries.LightNone),
		ScoreA: Nil, ScoreB: Nil, PlaceA: Nil, PlaceB: Nil,
	}
	if x != nil {
		u.LightA, u.ScoreA, u.PlaceA = lightOf(*x), score(x.Score), place(x.Rank)
	}
	if y != nil {
		u.LightB, u.ScoreB, u.PlaceB = lightOf(*y), score(y.Score), place(y.Rank)
	}
	u.LightChanged = u.LightA.Class != u.LightB.Class
	u.Why = queries.UnitChange{Unit: unit, A: x, B: y}.PointsMoved()
	before, after := findingWordsOf(in.Findings, unit.Code), findingWordsOf(in.OtherFindings, unit.Code)
	for _, w := range before {
		if !slices.Contains(after, w) {
			u.Gone = append(u.Gone, w)
		}
	}
	for _, w := range after {
		if !slices.Contains(before, w) {
			u.New = append(u.New, w)
		}
	}
	return u
}

// findingWordsOf writes a unit's findings as 「红 未召开」.
func findingWordsOf(all []queries.Finding, code record.UnitCode) []string {
	var out []string
	for _, f := range all {
		if f.Unit.Code == code {
			out = append(out, severityLight(f.Severity).Mark+" "+f.Short)
		}
	}
	return out
}
