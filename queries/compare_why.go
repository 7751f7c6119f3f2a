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
	}
	why := c.findingsMoved()
	why = append(why, c.pointsMoved()...)
	if len(why) > 0 {
		return why
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

// pointsMoved lists the indicators whose points differ; both sides' points add up to the scores as shown.
func (c UnitChange) pointsMoved() []string {
	type move struct {
		name   string
		points int
		weight string
	}
	var moves []move
	for _, ind := range Indicators() {
		a, hasA := partOf(c.A.Parts, ind.ID)
		b, hasB := partOf(c.B.Parts, ind.ID)
		if !hasA && !hasB || a.Points == b.Points {
			continue
		}
		moves = append(moves, move{ind.Name, b.Points - a.Points, fmt.Sprintf("权重 %d → %d", a.Weight, b.Weight)})
	}
	slices.SortStableFunc(moves, func(x, y move) int { return abs(y.points) - abs(x.points) })
	var why []string
	for _, m := range moves {
		sign := "+"
		if m.points < 0 {
			sign = "−"
		}
		n := abs(m.points)
		why = append(why, fmt.Sprintf("%s %s%d.%02d 分（%s）", m.name, sign, n/100, n%100, m.weight))
	}
	return why
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
