package view

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// ExplainInput is what the page of one number is made from. Unit is nil for the total of the level; Established is
// needed for the indicator establishment alone.
type ExplainInput struct {
	Address     Address
	Indicator   string
	Unit        *record.Unit
	Now         *queries.Metrics
	Items       []queries.ResolutionRow
	Meetings    []queries.MeetingRow
	Sent        []queries.SentRow
	Units       []record.Unit
	Established []EstablishedRow
	Reasons     []queries.Reason  // of the submissions that RestsOn names
	Names       map[string]string // login → name
}

// Explain is the rows one number is made of: what counts above the line, what only below it, what not at all and why.
type Explain struct {
	Name, Unit, UnitHref string
	Rate                 Rate
	Sentence             string
	Num, Den             string // what is counted
	Clauses              []ClauseView
	NoRule               string // the regime has no such rule: nothing is judged
	Parts                []ExplainPart
	Heads                []string
	Rows                 []ExplainRow
	Check                string
	Wrong                bool // the rows do not add up to the figure
	Query                string
	Units                []UnitChoice
	Reasons              []ReasonShown // why officers accepted what the rows rest on
	MoveHref             string        // why it changed since the quarter before
}

// ExplainPart is one part of the sum, with who is in it.
type ExplainPart struct {
	Name, Who, Count string
	Kind             string // num, den, out
}

// ExplainRow is one row: Num and Den say whether it is counted above and below the line, Why what decided that.
type ExplainRow struct {
	Unit, UnitHref string
	Texts          []ExplainText
	Num, Den       bool
	ND             string // for a unit that only sums up others
	Why            string
	Cell, CellHref string
	CellTitle      string
}

// ExplainText is one text of a row; a short one stays on its line.
type ExplainText struct {
	Text  string
	Short bool
}

// shortText is how many characters always stay on one line.
const shortText = 14

func texts(all ...string) []ExplainText {
	out := make([]ExplainText, len(all))
	for i, s := range all {
		out[i] = ExplainText{s, utf8.RuneCountInString(s) <= shortText}
	}
	return out
}

// UnitChoice is the same figure for another unit.
type UnitChoice struct {
	Name, ND, Href string
	Current        bool
}

// ClauseView is a clause's own words.
type ClauseView struct{ Words, Document, Number, Rule, Force string }

// NewExplain builds the page of one number; ok is false for an unknown indicator.
func NewExplain(in ExplainInput) (Explain, bool) {
	i, ok := indicatorOf(in.Indicator)
	if !ok {
		return Explain{}, false
	}
	pair, unit := in.Now.Total[i.ID], ""
	p := Explain{Name: i.name(), Unit: "合计", Num: i.Num, Den: i.Den, Query: "queries/metric/" + i.ID + ".sql", MoveHref: in.Address.Move(i.ID, "")}
	if in.Unit != nil {
		unit = string(in.Unit.Code)
		p.Unit, p.UnitHref, pair = in.Unit.Name, in.Address.Unit(unit), queries.Pair{}
		p.MoveHref = in.Address.Move(i.ID, unit)
		if u := in.Now.Unit(in.Unit.Code); u != nil {
			pair = u.Indicators[i.ID]
		}
	}
	p.Rate = NewRate(pair, i.Counter, "")
	p.Rate.Small = p.Rate.Small && (in.Unit == nil || i.Counter == "项") // one unit's yes or no is no rate
	p.Sentence = fmt.Sprintf("截至%s，%s %d %s，其中%s %d %s。", in.Now.AsOf.Quarter.Last().Chinese(), i.Den, pair.Den, i.Counter, i.Num, pair.Num, i.Counter)
	if r := in.Now.AsOf.Regime; r != nil {
		p.Clauses = clausesOf(r, i.ID)
		if !r.Judges(i.ID) {
			p.NoRule = "本制度未规定此项，不评价"
		}
	}
	p.Reasons = reasonsFor(in)
	switch i.Kind {
	case kindMeeting:
		p.meetingRows(in, i)
	case kindItem:
		p.itemRows(in, i)
	case kindSubmission:
		p.sentRows(in, i)
	case kindEstablishment:
		p.establishedRows(in)
	}
	p.check(pair)
	for _, u := range in.Now.Units {
		x := u.Indicators[i.ID]
		p.Units = append(p.Units, UnitChoice{u.Unit.Name, fmt.Sprintf("%d/%d", x.Num, x.Den), in.Address.Explain(i.ID, string(u.Unit.Code)), unit == string(u.Unit.Code)})
	}
	return p, true
}

// check adds up the rows and compares with the figure; a difference is shown, never hidden.
func (p *Explain) check(pair queries.Pair) {
	if p.NoRule != "" || len(p.Rows) > 0 && p.Rows[0].ND != "" {
		return
	}
	var num, den int64
	for _, r := range p.Rows {
		if r.Num {
			num++
		}
		if r.Den {
			den++
		}
	}
	p.Check = fmt.Sprintf("明细计入分子 %d 行、分母 %d 行，与指标 %d/%d 一致", num, den, pair.Num, pair.Den)
	if num != pair.Num || den != pair.Den {
		p.Wrong = true
		p.Check = fmt.Sprintf("明细计入分子 %d 行、分母 %d 行，与指标 %d/%d 不一致，请联系系统管理员核对", num, den, pair.Num, pair.Den)
	}
}

// clausesOf returns the words of the rules that stand behind an indicator.
func clausesOf(r *regime.Regime, id string) []ClauseView {
	var out []ClauseView
	for _, i := range regime.Indicators {
		if i.ID != id || i.Rule == "" {
			continue
		}
		if rule, ok := r.Rule(i.Rule); ok {
			out = append(out, newClause(r, rule.Clause, regime.RuleName(rule.ID)))
		}
	}
	if id == "chaired_by_principal" {
		if rule, ok := r.Rule(regime.RuleChair); ok {
			out = append(out, newClause(r, rule.Clause, regime.RuleName(rule.ID)))
		}
	}
	return out
}

func newClause(r *regime.Regime, c regime.Clause, rule string) ClauseView {
	document := c.Document
	if document == "" {
		document = r.Document.Cite()
	}
	return ClauseView{c.Text, document, c.Number, rule, string(c.Force)}
}

// unitsOf are the unit asked for, or all of the level.
func (in ExplainInput) unitsOf() []queries.UnitResult {
	if in.Unit == nil {
		return in.Now.Units
	}
	if u := in.Now.Unit(in.Unit.Code); u != nil {
		return []queries.UnitResult{*u}
	}
	return nil
}

// sortRows puts what is missing above the line first, then what is there, then what is not counted.
func (p *Explain) sortRows() {
	class := func(r ExplainRow) int {
		switch {
		case r.Den && !r.Num:
			return 0
		case r.Den:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(p.Rows, func(a, b ExplainRow) int { return class(a) - class(b) })
}

// partNames is how many units a part names before it counts the rest.
const partNames = 6

// partsOf groups the rows by what decided them, in the order above: numerator, denominator only, not counted.
func partsOf(rows []ExplainRow) []ExplainPart {
	type part struct {
		ExplainPart
		n     int
		names []string
	}
	var parts []*part
	for _, r := range rows {
		if r.ND != "" {
			continue
		}
		i := slices.IndexFunc(parts, func(x *part) bool { return x.Name == r.Why })
		if i < 0 {
			kind := "out"
			if r.Num {
				kind = "num"
			} else if r.Den {
				kind = "den"
			}
			parts = append(parts, &part{ExplainPart: ExplainPart{Name: r.Why, Kind: kind}})
			i = len(parts) - 1
		}
		parts[i].n++
		if !slices.Contains(parts[i].names, r.Unit) {
			parts[i].names = append(parts[i].names, r.Unit)
		}
	}
	order := map[string]int{"num": 0, "den": 1, "out": 2}
	slices.SortStableFunc(parts, func(a, b *part) int { return order[a.Kind] - order[b.Kind] })
	var out []ExplainPart
	for _, x := range parts {
		x.Count = itoa(x.n)
		x.Who = strings.Join(x.names[:min(len(x.names), partNames)], "、")
		if len(x.names) > partNames {
			x.Who += fmt.Sprintf("等 %d 个单位", len(x.names))
		}
		out = append(out, x.ExplainPart)
	}
	return out
}
