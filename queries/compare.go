package queries

import (
	"context"
	"slices"

	"liandu/internal/record"
)

// UnitChange is one unit judged twice. A or B is nil where only the other lists the unit. OnlyA and OnlyB are the
// findings the other does not make: of a rule it lacks, that it passes, or with another severity. FreeA and FreeB say that
// the side's regime asks nothing of units of this level.
type UnitChange struct {
	Unit         record.Unit
	A, B         *UnitResult
	OnlyA, OnlyB []Finding
	FreeA, FreeB bool
}

// Changed reports whether score, light, rank, status or findings differ.
func (c UnitChange) Changed() bool {
	if c.A == nil || c.B == nil || len(c.OnlyA)+len(c.OnlyB) > 0 {
		return true
	}
	return c.A.Light != c.B.Light || c.A.Status != c.B.Status || !sameNumber(c.A.Rank, c.B.Rank) || !sameNumber(c.A.Score, c.B.Score)
}

func sameNumber(a, b *int) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

// Comparison is the same facts judged under two as-ofs, usually of two regimes, or two states of the facts under one.
type Comparison struct {
	A, B  *Metrics
	Units []UnitChange // by code; every unit either lists
}

// CompareRegimes judges the same facts twice and says what changes for whom. Where neither as-of names a level, each is
// listed at its own regime's highest obliged level.
func (q *Queries) CompareRegimes(ctx context.Context, a, b AsOf) (*Comparison, error) {
	ma, ea, err := q.assess(ctx, a)
	if err != nil {
		return nil, err
	}
	mb, eb, err := q.assess(ctx, b)
	if err != nil {
		return nil, err
	}
	return comparison(ma, mb, ea, eb), nil
}

// CompareSupposed judges the facts as they are (A) and as other supposes them (B) under one as-of.
func (q *Queries) CompareSupposed(ctx context.Context, other *Queries, a AsOf) (*Comparison, error) {
	ma, ea, err := q.assess(ctx, a)
	if err != nil {
		return nil, err
	}
	mb, eb, err := other.assess(ctx, a)
	if err != nil {
		return nil, err
	}
	return comparison(ma, mb, ea, eb), nil
}

func comparison(ma, mb *Metrics, ea, eb *evaluation) *Comparison {
	var codes []record.UnitCode
	for _, m := range []*Metrics{ma, mb} {
		for _, u := range m.Units {
			codes = append(codes, u.Unit.Code)
		}
	}
	slices.Sort(codes)
	c := &Comparison{A: ma, B: mb}
	for _, code := range slices.Compact(codes) {
		ch := UnitChange{A: ma.Unit(code), B: mb.Unit(code)}
		for _, u := range []*UnitResult{ch.B, ch.A} {
			if u != nil {
				ch.Unit = u.Unit
			}
		}
		ch.OnlyA = missing(ea.findings[code], eb.findings[code])
		ch.OnlyB = missing(eb.findings[code], ea.findings[code])
		ch.FreeA = !slices.Contains(ma.AsOf.Regime.ObligedLevels, ch.Unit.Level)
		ch.FreeB = !slices.Contains(mb.AsOf.Regime.ObligedLevels, ch.Unit.Level)
		c.Units = append(c.Units, ch)
	}
	return c
}

// missing lists the findings of a that b does not make with the same severity.
func missing(a, b []Finding) []Finding {
	var out []Finding
	for _, f := range a {
		if !slices.ContainsFunc(b, func(g Finding) bool { return g.Rule == f.Rule && g.Severity == f.Severity }) {
			out = append(out, f)
		}
	}
	return out
}
