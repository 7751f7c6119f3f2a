package queries

import (
	"fmt"
	"slices"

	"liandu/internal/regime"
)

// Why says in words what makes a unit's judgement another: findings that come, go or change severity, and the indicators
// whose share of the score changes, the largest first, in points of a hundred. A rank alone that moves is the others'
// doing and says so. Nothing changed is nil.
func (c UnitChange) Why() []string {
	switch {
	case c.A == nil && c.B == nil || !c.Changed():
		return nil
	case c.A == nil:
		return []string{"前者不评价该单位"}
	case c.B == nil:
		return []string{"后者不评价该单位"}
	case c.FreeA && !c.FreeB:
		return append([]string{"前者不要求" + c.Unit.Level.Chinese() + "建立联席会议制度，不评价"}, c.findingsMoved()...)
	case c.FreeB && !c.FreeA:
		return append([]string{"后者不要求" + c.Unit.Level.Chinese() + "建立联席会议制度，不评价"}, c.findingsMoved()...)
	}
	why := c.findingsMoved()
	why = append(why, c.PointsMoved()...)
	if len(why) > 0 {
		return why
	}
	if (c.A.Score == nil) != (c.B.Score == nil) {
		return []string{"只有一方有可计分的指标"}
	}
	if c.A.Light != c.B.Light {
		return []string{"分数线不同"}
	}
	if !sameNumber(c.A.Rank, c.B.Rank) {
		return []string{"本单位得分不变，其他单位得分有变"}
	}
	return []string{"年度会议的判断不同"}
}

func (c UnitChange) findingsMoved() []string {
	var why []string
	word := func(f Finding) string { return regime.Severity(f.Severity).Chinese() }
	of := func(all []Finding, rule string) int {
		return slices.IndexFunc(all, func(f Finding) bool { return f.Rule == rule })
	}
	for _, f := range c.OnlyA {
		if i := of(c.OnlyB, f.Rule); i >= 0 {
			why = append(why, fmt.Sprintf("「%s」由%s变%s", f.RuleName, word(f), word(c.OnlyB[i])))
			continue
		}
		why = append(why, fmt.Sprintf("不再有「%s」（%s）", f.RuleName, word(f)))
	}
	for _, f := range c.OnlyB {
		if of(c.OnlyA, f.Rule) < 0 {
			why = append(why, fmt.Sprintf("新有「%s」（%s）", f.RuleName, word(f)))
		}
	}
	return why
}

// PointsMoved lists the indicators whose points of the score differ, the largest first, with the weight or the value that
// makes the difference. Those whose own weight and value stay, and whose share moves only because the others' do, are
// one line at the end. Both sides' points add up to the scores as shown; nothing where a side is missing or unscored.
func (c UnitChange) PointsMoved() []string {
	if c.A == nil || c.B == nil || c.A.Score == nil || c.B.Score == nil {
		return nil
	}
	type move struct {
		points int
		words  string
	}
	var moves []move
	rescaled, n := 0, 0
	for _, ind := range Indicators() {
		a, _ := partOf(c.A.Parts, ind.ID)
		b, _ := partOf(c.B.Parts, ind.ID)
		d := b.Points - a.Points
		sameValue := a.Counted == b.Counted && a.ValueNum*b.ValueDen == b.ValueNum*a.ValueDen
		switch {
		case d == 0:
		case a.Weight == b.Weight && sameValue:
			rescaled, n = rescaled+d, n+1
		case a.Weight == b.Weight:
			moves = append(moves, move{d, fmt.Sprintf("%s %s 分（判断不同）", ind.Name, signed(d))})
		default:
			moves = append(moves, move{d, fmt.Sprintf("%s %s 分（权重 %d → %d）", ind.Name, signed(d), a.Weight, b.Weight)})
		}
	}
	slices.SortStableFunc(moves, func(x, y move) int { return abs(y.points) - abs(x.points) })
	var why []string
	for _, m := range moves {
		why = append(why, m.words)
	}
	if n > 0 {
		why = append(why, fmt.Sprintf("其余 %d 项因折算 %s 分", n, signed(rescaled)))
	}
	return why
}

// signed writes hundredths of a point with their sign, a true minus.
func signed(n int) string {
	sign := "+"
	if n < 0 {
		sign = "−"
	}
	return fmt.Sprintf("%s%d.%02d", sign, abs(n)/100, abs(n)%100)
}

func partOf(parts []ScorePart, id string) (ScorePart, bool) {
	for _, p := range parts {
		if p.Indicator == id {
			return p, true
		}
	}
	return ScorePart{}, false
}

func abs(n int) int { return max(n, -n) }
