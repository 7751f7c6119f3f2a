package view

import (
	"slices"

	"liandu/internal/record"
	"liandu/queries"
)

// scope tells which units' rows a page of a level speaks of: the units listed, and below a unit that only sums up
// others, the obliged ones it sums.
type scope struct {
	listed map[record.UnitCode]bool
	summed map[record.UnitCode]bool
	names  map[record.UnitCode]string
}

func newScope(m *queries.Metrics, units []record.Unit) scope {
	s := scope{map[record.UnitCode]bool{}, map[record.UnitCode]bool{}, map[record.UnitCode]string{}}
	sums := map[record.UnitCode]bool{}
	for _, u := range m.Units {
		s.names[u.Unit.Code] = u.Unit.Name
		if u.IsRollup {
			sums[u.Unit.Code] = true
			continue
		}
		s.listed[u.Unit.Code] = true
	}
	parent := map[record.UnitCode]record.UnitCode{}
	for _, u := range units {
		parent[u.Code] = u.Parent
		s.names[u.Code] = u.Name
	}
	for _, u := range units {
		if m.AsOf.Regime == nil || !m.AsOf.Regime.Obliges(u.Level) {
			continue
		}
		for p, n := parent[u.Code], 0; p != "" && n < 8; p, n = parent[p], n+1 {
			if sums[p] {
				s.summed[u.Code] = true
			}
		}
	}
	return s
}

// has reports whether a unit's rows belong to the page.
func (s scope) has(code record.UnitCode) bool { return s.listed[code] || s.summed[code] }

// items returns the rows of the page's units.
func (s scope) items(rows []queries.ResolutionRow) []queries.ResolutionRow {
	var out []queries.ResolutionRow
	for _, r := range rows {
		if s.has(r.Unit) {
			out = append(out, r)
		}
	}
	return out
}

// meetings returns the rows of the page's units.
func (s scope) meetings(rows []queries.MeetingRow) []queries.MeetingRow {
	var out []queries.MeetingRow
	for _, r := range rows {
		if s.has(r.Unit) {
			out = append(out, r)
		}
	}
	return out
}

// byCode returns the units in administrative order.
func byCode(units []queries.UnitResult) []queries.UnitResult {
	out := slices.Clone(units)
	slices.SortFunc(out, func(a, b queries.UnitResult) int { return compare(a.Unit.Code, b.Unit.Code) })
	return out
}

func compare[T ~string](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
