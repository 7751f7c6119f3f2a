package queries

import (
	"slices"
	"strings"

	"liandu/internal/record"
)

// isWithin reports whether a unit is the ancestor itself or lies below it.
func (e *evaluation) isWithin(code, ancestor record.UnitCode) bool {
	for range 16 { // the registry is a few levels deep; a circle in it must not hang us
		if code == ancestor {
			return true
		}
		u, ok := e.byCode[code]
		if !ok || u.Parent == "" {
			return false
		}
		code = u.Parent
	}
	return false
}

// obligedBelow lists the obliged units below a parent, by code.
func (e *evaluation) obligedBelow(parent record.UnitCode) []*unitRow {
	var out []*unitRow
	for i := range e.units {
		u := &e.units[i]
		if u.IsObligated && u.Code != parent && e.isWithin(u.Code, parent) {
			out = append(out, u)
		}
	}
	return out
}

// summed lists the units whose pairs make up a unit's: itself where the regime obliges it, else the obliged units
// below it. 建制率 of a unit already holds the units below it, so that one is summed over the topmost only.
func (e *evaluation) summed(code record.UnitCode, ind Indicator) []record.UnitCode {
	if u := e.byCode[code]; u != nil && u.IsObligated {
		return []record.UnitCode{code}
	}
	below := e.obligedBelow(code)
	var out []record.UnitCode
	for _, u := range below {
		if ind.Group == GroupEstablishment && slices.ContainsFunc(below, func(o *unitRow) bool {
			return o.Code != u.Code && e.isWithin(u.Code, o.Code)
		}) {
			continue
		}
		out = append(out, u.Code)
	}
	return out
}

// rollup sums pairs and states of the obliged units below a parent that the regime does not oblige itself: Σ num / Σ
// den, never a mean of rates.
func (e *evaluation) rollup(parent record.UnitCode) (map[string]Pair, StateCounts) {
	pairs := map[string]Pair{}
	var states StateCounts
	for _, u := range e.obligedBelow(parent) {
		states.plus(e.states[u.Code])
	}
	for _, ind := range Indicators() {
		var sum Pair
		for _, code := range e.summed(parent, ind) {
			p := e.pairs[ind.ID][code]
			sum.Num += p.Num
			sum.Den += p.Den
		}
		pairs[ind.ID] = sum
	}
	return pairs, states
}

// metrics assembles the rows of a level. e counts under the as-of's cohort; active is the evaluation of the active
// population, by which score, rank, light and findings always go.
func metrics(a AsOf, e, active *evaluation) *Metrics {
	m := &Metrics{AsOf: a, Total: map[string]Pair{}}
	for i := range e.units {
		u := &e.units[i]
		if u.Level != a.Level {
			continue
		}
		if !u.IsObligated {
			pairs, states := e.merge(active, u.Code, true)
			m.Units = append(m.Units, UnitResult{
				Unit: u.unit(), Indicators: pairs, Resolutions: states, Light: LightNone, IsRollup: true,
			})
			continue
		}
		m.Units = append(m.Units, unitResult(a, u, e, active))
	}
	rank(m.Units)
	if a.Scope != "" {
		m.Units = slices.DeleteFunc(m.Units, func(u UnitResult) bool { return !e.isWithin(u.Unit.Code, a.Scope) })
	}
	for _, ind := range Indicators() {
		var sum Pair
		for _, u := range m.Units {
			sum.Num += u.Indicators[ind.ID].Num
			sum.Den += u.Indicators[ind.ID].Den
		}
		m.Total[ind.ID] = sum
	}
	for _, u := range m.Units {
		m.States.plus(u.Resolutions)
	}
	return m
}

func unitResult(a AsOf, u *unitRow, e, active *evaluation) UnitResult {
	annual := active.annual[u.Code]
	r := UnitResult{Unit: u.unit(), Status: annual.Status}
	if r.Status.Held() {
		r.HeldOn, r.ChairRank = annual.HeldOn, annual.ChairRank
		r.ChairName, r.ChairTitle = annual.ChairName, annual.ChairTitle
	}
	r.Indicators, r.Resolutions = e.merge(active, u.Code, false)
	weighed, _ := active.merge(active, u.Code, false)
	r.Score, r.Parts = score(a.Regime, r.Status, weighed)
	for _, f := range active.findings[u.Code] {
		switch f.Severity {
		case "red":
			r.Red++
		case "yellow":
			r.Yellow++
		default:
			r.Info++
		}
	}
	r.Light = light(a.Regime, &r)
	return r
}

// merge takes resolution indicators and counts from e, whose cohort was asked, and all others from active.
func (e *evaluation) merge(active *evaluation, code record.UnitCode, isRollup bool) (map[string]Pair, StateCounts) {
	of := func(x *evaluation) (map[string]Pair, StateCounts) {
		if isRollup {
			return x.rollup(code)
		}
		pairs := map[string]Pair{}
		for _, ind := range Indicators() {
			pairs[ind.ID] = x.pairs[ind.ID][code]
		}
		return pairs, x.states[code]
	}
	pairs, states := of(e)
	if e == active {
		return pairs, states
	}
	base, _ := of(active)
	for _, ind := range Indicators() {
		if ind.Group != GroupResolution {
			pairs[ind.ID] = base[ind.ID]
		}
	}
	return pairs, states
}

// laggards picks the units with a red finding: most red findings first, then the lowest score, then code. A unit
// without a score comes after those with one.
func laggards(units []UnitResult) []UnitResult {
	out := slices.DeleteFunc(slices.Clone(units), func(u UnitResult) bool { return u.Red == 0 })
	slices.SortFunc(out, byLaggard)
	return out
}

func byLaggard(a, b UnitResult) int {
	if a.Red != b.Red {
		return b.Red - a.Red
	}
	switch {
	case a.Score == nil && b.Score != nil:
		return 1
	case a.Score != nil && b.Score == nil:
		return -1
	case a.Score != nil && *a.Score != *b.Score:
		return *a.Score - *b.Score
	}
	return strings.Compare(string(a.Unit.Code), string(b.Unit.Code))
}
