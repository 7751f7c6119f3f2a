package view

import (
	"fmt"
	"slices"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// moveNames are the causes as people read them, and what each means.
var moveNames = map[queries.MoveKind][2]string{
	queries.MoveReported: {"新报送的单位", "起点时没有报送当季报表、后来报送的单位"},
	queries.MoveRevised:  {"数据修订", "起点季度的数据，后来更正、补报的部分"},
	queries.MoveReal:     {"实际变化", "两次都计入、办理或召开情况变了的"},
	queries.MoveDenom:    {"分母变化", "新计入的和不再计入的"},
	queries.MoveYear:     {"年度更替", "改按另一会议年度计算"},
	queries.MoveRegime:   {"规则调整", "改按另一制度或调整后的规则计算"},
}

// MoveName is a cause in Chinese.
func MoveName(k queries.MoveKind) string { return moveNames[k][0] }

// MovePlace is where a row is counted, in Chinese.
func MovePlace(place string) string {
	switch place {
	case "numerator":
		return "计入分子、分母"
	case "denominator":
		return "只计入分母"
	}
	return "不计入"
}

// Points writes a change in tenths of a 个百分点: 「+4.2」「−3.0」「0.0」.
func Points(tenth int) string {
	if tenth > 0 {
		return "+" + tenths(tenth)
	}
	return tenths(tenth)
}

func signed(n int64) string {
	switch {
	case n > 0:
		return "+" + itoa(n)
	case n < 0:
		return "−" + itoa(-n)
	}
	return "0"
}

// MoveInput is what the page of a figure's change is made from. Units names every unit; Listed are those the same
// figure can be opened for; Quarters are the quarters that can be the start.
type MoveInput struct {
	Address  Address
	Move     *queries.Move
	Units    []record.Unit
	Listed   []record.Unit
	Quarters []period.Quarter
	Unit     string // code asked for, empty for the total
	Known    string // the start's own moment as it stands in the address
}

// Move is the page: why a figure changed.
type Move struct {
	Name, Unit, UnitHref string
	ExplainHref          string
	Sentence             string
	NoValue              string // why there is nothing to split
	Start, End           MoveEnd
	Steps                []MoveLine
	Change               string
	Check                string
	Rows                 []MoveRow
	From                 []Option
	Known                string
	Hidden               []Field
	Indicators           []Option
	Units                []UnitChoice
}

// MoveEnd is one end of the change.
type MoveEnd struct{ Title, Moment, Rate, ND string }

// MoveLine is one cause: its share, what it did to the pair, and its bar from Left, Width wide, in percent.
type MoveLine struct {
	Name, About, Points, ND string
	Rows                    int
	Kind                    string // up, down, none
	Left, Width             string
	Ref                     string
}

// MoveRow is one thing that is counted otherwise now.
type MoveRow struct {
	Cause, Ref           string
	Unit, UnitHref       string
	Label, Was, Is       string
	Cell, Href, CellNote string
}

// NewMove builds the page.
func NewMove(in MoveInput) Move {
	m := in.Move
	i, _ := indicatorOf(m.Indicator.ID)
	p := Move{
		Name: i.name(), Unit: "合计", Known: in.Known, ExplainHref: in.Address.Explain(i.ID, in.Unit),
		Start: moveEnd(m.From, m.A, in.Known+in.Address.KnownAt), End: moveEnd(m.To, m.B, in.Address.KnownAt),
	}
	if in.Unit != "" {
		p.Unit, p.UnitHref = m.Unit.Name, in.Address.Unit(in.Unit)
	}
	p.Hidden = append(in.Address.Fields(), Field{"indicator", i.ID})
	if in.Unit != "" {
		p.Hidden = append(p.Hidden, Field{"unit", in.Unit})
	}
	for _, q := range slices.Backward(in.Quarters) {
		if q.Compare(m.To.Quarter) <= 0 {
			p.From = append(p.From, Option{Value: q.String(), Text: q.Chinese(), Selected: q == m.From.Quarter})
		}
	}
	for _, ind := range queries.Indicators() {
		p.Indicators = append(p.Indicators, Option{Value: in.href(ind.ID, in.Unit), Text: ind.Name, Selected: ind.ID == i.ID})
	}
	for _, u := range in.Listed {
		p.Units = append(p.Units, UnitChoice{Name: u.Name, Href: in.href(i.ID, string(u.Code)), Current: string(u.Code) == in.Unit})
	}
	if !m.HasValue() {
		p.NoValue = "起点或终点没有可计算的数值，无法分解。"
		return p
	}
	p.Change = Points(m.Points)
	p.steps(m)
	p.rows(in)
	p.Sentence = fmt.Sprintf("%s由 %s 变为 %s，变化 %s 个百分点。", i.name(), p.Start.Rate, p.End.Rate, p.Change)
	p.Check = fmt.Sprintf("各项相加 %s 个百分点，与总变化一致（按未经四舍五入的数值计算）", p.Change)
	return p
}

func (in MoveInput) href(indicator, unit string) string {
	return in.Address.Href("/move", "indicator", indicator, "unit", unit, "from", in.Move.From.Quarter.String(), "known_from", in.Known)
}

// moveEnd words one end; its moment is shown where the address names one.
func moveEnd(a queries.AsOf, p queries.Pair, asked string) MoveEnd {
	r := NewRate(p, "", "")
	e := MoveEnd{Title: a.Quarter.Chinese(), Rate: r.Percent(), ND: r.ND}
	if asked != "" && !a.KnownAt.IsZero() {
		e.Moment = moment(a.KnownAt)
	}
	return e
}

// steps lists the causes with a bar on one scale; those without any effect or row are left out.
func (p *Move) steps(m *queries.Move) {
	at, lo, hi := 0, 0, 0
	for _, s := range m.Steps {
		at += s.Points
		lo, hi = min(lo, at), max(hi, at)
	}
	span := max(hi-lo, 1)
	at = 0
	for _, s := range m.Steps {
		if s.Effect.Sign() == 0 && len(s.Rows) == 0 {
			continue
		}
		l := MoveLine{
			Name: moveNames[s.Kind][0], About: moveNames[s.Kind][1], Points: Points(s.Points), Rows: len(s.Rows), Ref: string(s.Kind),
			ND: signed(s.Num) + " / " + signed(s.Den), Kind: "none",
		}
		switch {
		case s.Points > 0:
			l.Kind = "up"
		case s.Points < 0:
			l.Kind = "down"
		}
		l.Left = share(min(at, at+s.Points)-lo, span)
		l.Width = share(max(s.Points, -s.Points), span)
		at += s.Points
		p.Steps = append(p.Steps, l)
	}
}

func (p *Move) rows(in MoveInput) {
	names := map[record.UnitCode]string{}
	for _, u := range in.Units {
		names[u.Code] = u.Name
	}
	for _, s := range in.Move.Steps {
		for n, r := range s.Rows {
			row := MoveRow{
				Cause: moveNames[s.Kind][0], Unit: names[r.Unit], UnitHref: in.Address.Unit(string(r.Unit)), Label: moveLabel(in.Move.Indicator, r.Label),
				Was: MovePlace(r.Was), Is: MovePlace(r.Is),
			}
			if n == 0 {
				row.Ref = string(s.Kind)
			}
			if row.Unit == "" {
				row.Unit = string(r.Unit)
			}
			if r.Submission != "" && len(r.Refs) > 0 {
				row.Cell, row.CellNote = r.Refs[0], r.File+"　"+r.Sheet
				row.Href = in.Address.Source(r.Submission, r.Sheet, r.Refs[0], r.Refs[1:]...)
			}
			p.Rows = append(p.Rows, row)
		}
	}
}

// moveLabel turns an annual meeting's state, a date or a quarter into words; a title stays.
func moveLabel(ind queries.Indicator, label string) string {
	switch ind.Group {
	case queries.GroupMeeting:
		switch queries.AnnualStatus(label) {
		case queries.Substituted:
			return "以其他会议代替"
		case queries.NotHeld:
			return "未召开"
		case queries.Pending:
			return "未到期限"
		}
		return label + " 召开"
	case queries.GroupSubmission:
		if q, err := period.ParseQuarter(label); err == nil {
			return q.Chinese() + "报表"
		}
	}
	return label
}

// ScoreMove is a unit's score at two points, indicator by indicator.
type ScoreMove struct {
	Unit, UnitHref       string
	Start, End           MoveEnd
	NoValue              string
	Change               string
	Rows                 []ScoreMoveRow
	From                 []Option
	Known                string
	Hidden               []Field
	Units                []UnitChoice
	WasPoints, NowPoints string
}

// ScoreMoveRow is what one weighted indicator gave then and gives now, in hundredths of a point.
type ScoreMoveRow struct {
	Name, Href          string
	WasWeight, IsWeight string
	WasND, IsND         string
	Was, Is, Diff       string
	Kind                string
}

// NewScoreMove builds the page of a unit's score; a or b is nil where the unit is not listed.
func NewScoreMove(in MoveInput, unit record.Unit, from, to queries.AsOf, a, b *queries.UnitResult) ScoreMove {
	p := ScoreMove{Unit: unit.Name, UnitHref: in.Address.Unit(string(unit.Code)), Known: in.Known}
	p.Start, p.End = MoveEnd{Title: from.Quarter.Chinese(), Rate: Nil}, MoveEnd{Title: to.Quarter.Chinese(), Rate: Nil}
	p.Hidden = append(in.Address.Fields(), Field{"indicator", "score"}, Field{"unit", string(unit.Code)})
	for _, q := range slices.Backward(in.Quarters) {
		if q.Compare(to.Quarter) <= 0 {
			p.From = append(p.From, Option{Value: q.String(), Text: q.Chinese(), Selected: q == from.Quarter})
		}
	}
	link := func(indicator, code string) string {
		return in.Address.Href("/move", "indicator", indicator, "unit", code, "from", from.Quarter.String(), "known_from", in.Known)
	}
	for _, u := range in.Listed {
		p.Units = append(p.Units, UnitChoice{Name: u.Name, Href: link("score", string(u.Code)), Current: u.Code == unit.Code})
	}
	if a != nil {
		p.Start.Rate = score(a.Score)
	}
	if b != nil {
		p.End.Rate = score(b.Score)
	}
	if a == nil || b == nil || a.Score == nil || b.Score == nil {
		p.NoValue = "起点或终点没有得分，无法分解。"
		return p
	}
	p.Change = Points(*b.Score - *a.Score)
	parts := func(r *queries.UnitResult, id string) (queries.ScorePart, bool) {
		for _, x := range r.Parts {
			if x.Indicator == id {
				return x, true
			}
		}
		return queries.ScorePart{}, false
	}
	was, now := 0, 0
	for _, ind := range queries.Indicators() {
		x, okA := parts(a, ind.ID)
		y, okB := parts(b, ind.ID)
		if !okA && !okB {
			continue
		}
		row := ScoreMoveRow{
			Name: regime.IndicatorName(ind.ID), Href: link(ind.ID, string(unit.Code)), Was: Nil, Is: Nil, WasND: Nil, IsND: Nil,
			WasWeight: Nil, IsWeight: Nil, Diff: hundredthsSigned(y.Points - x.Points), Kind: "none",
		}
		if okA {
			row.WasWeight = itoa(x.Weight)
		}
		if okB {
			row.IsWeight = itoa(y.Weight)
		}
		if okA && x.Counted {
			row.Was, row.WasND = hundredths(x.Points), fmt.Sprintf("%d/%d", x.Pair.Num, x.Pair.Den)
		}
		if okB && y.Counted {
			row.Is, row.IsND = hundredths(y.Points), fmt.Sprintf("%d/%d", y.Pair.Num, y.Pair.Den)
		}
		switch {
		case y.Points > x.Points:
			row.Kind = "up"
		case y.Points < x.Points:
			row.Kind = "down"
		}
		was += x.Points
		now += y.Points
		p.Rows = append(p.Rows, row)
	}
	p.WasPoints, p.NowPoints = hundredths(was), hundredths(now)
	return p
}

func hundredthsSigned(h int) string {
	if h > 0 {
		return "+" + hundredths(h)
	}
	return hundredths(h)
}
