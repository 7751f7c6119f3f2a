package queries

import (
	"math/big"
	"slices"
	"strings"

	"liandu/internal/regime"
)

// score weighs a unit's indicators: 100 × Σ wᵢvᵢ / Σ wᵢ over those with a value, in tenths of a point, rounded half
// up (metrics.md, Score, rank, light). The score is nil when no weighted indicator has a value.
func score(r *regime.Regime, status AnnualStatus, pairs map[string]Pair) (*int, []ScorePart) {
	var parts []ScorePart
	total := 0
	for _, ind := range Indicators() {
		w := r.Weights[ind.ID]
		if w <= 0 {
			continue
		}
		p := ScorePart{Indicator: ind.ID, Weight: w, Pair: pairs[ind.ID]}
		p.ValueNum, p.ValueDen, p.Counted = weighed(ind, status, p.Pair)
		if p.Counted {
			total += w
		}
		parts = append(parts, p)
	}
	if total == 0 {
		return nil, parts
	}
	sum := new(big.Rat)
	for _, p := range parts {
		sum.Add(sum, p.share(total, true))
	}
	tenths := roundHalfUp(new(big.Rat).Mul(sum, big.NewRat(10, 1)))
	printPoints(parts, total, sum, tenths)
	return &tenths, parts
}

// weighed returns the value that the score weighs, and false where the indicator is left out.
func weighed(ind Indicator, status AnnualStatus, p Pair) (num, den int64, ok bool) {
	if ind.ID == "annual_meeting_held" {
		switch status {
		case HeldOnTime:
			return 1, 1, true
		case HeldLate:
			return 1, 2, true
		case Pending:
			return 0, 0, false
		}
		return 0, 1, true
	}
	if p.Den == 0 {
		return 0, 0, false
	}
	if ind.Better == LowerIsBetter {
		return p.Den - p.Num, p.Den, true
	}
	return p.Num, p.Den, true
}

// share is the part's points of 100: earned, or all it could earn.
func (p ScorePart) share(total int, earned bool) *big.Rat {
	if !p.Counted {
		return new(big.Rat)
	}
	s := big.NewRat(100*int64(p.Weight), int64(total))
	if earned {
		s.Mul(s, big.NewRat(p.ValueNum, p.ValueDen))
	}
	return s
}

// printPoints fills Points and Full in hundredths so that their columns add up: Full to 100.00, Points to the score in
// hundredths, which rounds to the tenths shown.
func printPoints(parts []ScorePart, total int, sum *big.Rat, tenths int) {
	hundredths := roundHalfUp(new(big.Rat).Mul(sum, big.NewRat(100, 1)))
	if (hundredths+5)/10 != tenths { // 49.1499 is 49.1, but 49.15 would be read as 49.2
		hundredths--
	}
	var earned, full []*big.Rat
	for _, p := range parts {
		earned = append(earned, p.share(total, true))
		full = append(full, p.share(total, false))
	}
	points, fulls := apportion(earned, hundredths), apportion(full, 100*100)
	for i := range parts {
		parts[i].Points, parts[i].Full = points[i], fulls[i]
	}
}

// apportion rounds amounts to hundredths that add up to total: each is cut, and the largest remainders get one more;
// of equal remainders the earlier.
func apportion(amounts []*big.Rat, total int) []int {
	out := make([]int, len(amounts))
	rest := make([]*big.Rat, len(amounts))
	left := total
	for i, a := range amounts {
		x := new(big.Rat).Mul(a, big.NewRat(100, 1))
		out[i] = int(new(big.Int).Quo(x.Num(), x.Denom()).Int64())
		rest[i] = x.Sub(x, big.NewRat(int64(out[i]), 1))
		left -= out[i]
	}
	order := make([]int, len(amounts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rest[b].Cmp(rest[a]) })
	for _, i := range order {
		if left <= 0 {
			break
		}
		if rest[i].Sign() > 0 {
			out[i]++
			left--
		}
	}
	return out
}

// roundHalfUp rounds a number that is not negative to a whole one.
func roundHalfUp(x *big.Rat) int {
	y := new(big.Rat).Add(x, big.NewRat(1, 2))
	return int(new(big.Int).Quo(y.Num(), y.Denom()).Int64())
}

// light judges a unit: findings first, then the lines. A unit whose meeting is pending is judged by findings alone.
func light(r *regime.Regime, u *UnitResult) Light {
	line := func(limit int) bool { return u.Status != Pending && u.Score != nil && *u.Score < limit }
	switch {
	case u.Red > 0 || line(r.RedLine):
		return LightRed
	case u.Yellow > 0 || line(r.YellowLine):
		return LightYellow
	case u.Status == Pending || u.Score == nil:
		return LightNone
	}
	return LightGreen
}

// rank gives competition ranks (1, 2, 2, 4) on the scores as shown and puts units in ranking order: ranked ones by
// rank and code, then pending ones by code, then those without a score by code.
func rank(units []UnitResult) {
	class := func(u *UnitResult) int {
		switch {
		case u.Score == nil:
			return 2
		case u.Status == Pending:
			return 1
		}
		return 0
	}
	slices.SortFunc(units, func(a, b UnitResult) int {
		if c := class(&a) - class(&b); c != 0 {
			return c
		}
		if class(&a) == 0 && *a.Score != *b.Score {
			return *b.Score - *a.Score
		}
		return strings.Compare(string(a.Unit.Code), string(b.Unit.Code))
	})
	for i := range units {
		if class(&units[i]) != 0 {
			continue
		}
		n := i + 1
		if i > 0 && *units[i-1].Score == *units[i].Score {
			n = *units[i-1].Rank
		}
		units[i].Rank = &n
	}
}
