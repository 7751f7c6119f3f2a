package queries

import (
	"context"
	"math/big"
	"slices"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// MoveKind is a cause of a figure's change.
type MoveKind string

// The causes, in the order the path takes them (README.md, Why a figure moved).
const (
	MoveReported   MoveKind = "newly_reported" // units that had sent nothing for the first quarter and have for the second
	MoveRevised    MoveKind = "revised"        // the first quarter itself, as known now: corrected and later versions
	MoveReal       MoveKind = "real"           // what was counted before and is counted still, judged otherwise now
	MoveDenom      MoveKind = "denominator"    // what came to be counted, and what is counted no more
	MoveYear       MoveKind = "year"           // the session year judged is another
	MoveRegime     MoveKind = "regime"         // the rules are others
	countedAbove            = "numerator"      // in the numerator, and so in the denominator
	countedBelow            = "denominator"    // in the denominator alone
	countedNowhere          = ""               // not counted
)

// MoveKinds are the causes in their order.
var MoveKinds = []MoveKind{MoveReported, MoveRevised, MoveReal, MoveDenom, MoveYear, MoveRegime}

// MoveRow is one counted thing whose place changed: Was and Is are "numerator", "denominator" or empty for not
// counted. The source is where it stands now, or stood where it is counted no more.
type MoveRow struct {
	Unit       record.UnitCode
	Label      string
	Was, Is    string
	Submission string
	File       string
	Sheet      string
	Refs       []string
}

// MoveStep is one cause. Effect is its share of the change of the value, exact: the effects of all steps add up to
// it. Points is the effect in tenths of a 个百分点, rounded so that the steps add up to Move.Points as printed.
type MoveStep struct {
	Kind   MoveKind
	Num    int64 // change of the numerator
	Den    int64 // change of the denominator
	Effect *big.Rat
	Points int
	Rows   []MoveRow
}

// Move is the change of an indicator between two as-ofs, split into its causes. Steps holds every cause of MoveKinds,
// also those without effect, and is empty where either pair has no value: then there is no change to split.
type Move struct {
	Indicator Indicator
	Unit      record.Unit // zero for the total of the level
	From, To  AsOf
	A, B      Pair
	Points    int // the change in tenths of a 个百分点, half away from zero
	Steps     []MoveStep
}

// HasValue reports whether both ends have a value.
func (m *Move) HasValue() bool { return m.A.Den > 0 && m.B.Den > 0 }

// figure is an indicator's counted rows at one as-of, under the unit codes of the second as-of.
type figure struct {
	rows map[record.UnitCode]map[string][]CountedRow
	sent map[record.UnitCode]bool
	pair Pair
}

// Move splits the change of an indicator of a unit (empty: the total of the level) between two as-ofs into causes. It
// goes from the first to the second by steps each of which is a figure of its own: first as known later, then at the
// later quarter, then of the later year, then under the later rules. Errors are those of Explain.
func (q *Queries) Move(ctx context.Context, from, to AsOf, code record.UnitCode, indicator string) (*Move, error) {
	to, err := q.complete(ctx, to)
	if err != nil {
		return nil, err
	}
	if from.Level == "" {
		from.Level = to.Level
	}
	if from, err = q.complete(ctx, from); err != nil {
		return nil, err
	}
	if from.Quarter.Last().After(to.Quarter.Last()) {
		return nil, fault.New(fault.Usage, "比较的起点晚于终点。", "请把较早的季度作为起点。")
	}
	x, err := q.Explain(ctx, to, code, indicator)
	if err != nil {
		return nil, err
	}
	m := &Move{Indicator: x.Indicator, Unit: x.Unit, From: from, To: to, B: x.Pair}
	if x.Indicator.Group != GroupResolution {
		from.Cohort, to.Cohort = Cohort{}, Cohort{}
	}
	heir, err := q.heirs(ctx, to)
	if err != nil {
		return nil, err
	}
	path, err := q.movePath(ctx, from, to, code, x.Indicator, heir)
	if err != nil {
		return nil, err
	}
	m.A = path[0].pair
	if m.HasValue() {
		m.walk(path)
	}
	return m, nil
}

// movePath makes the five figures: as first known, as known now, at the later quarter, of the later year, under the
// later rules. Equal neighbours are one figure.
func (q *Queries) movePath(ctx context.Context, from, to AsOf, code record.UnitCode, ind Indicator, heir map[record.UnitCode]record.UnitCode) ([5]*figure, error) {
	var path [5]*figure
	from.RulesHeld, to.RulesHeld = true, true
	a := from
	for i := range path {
		switch i {
		case 1:
			a.KnownAt = to.KnownAt
		case 2:
			a.Quarter = to.Quarter
		case 3:
			if a.Year != to.Year {
				a.Year, a.Deadline = to.Year, period.Date{}
			}
		case 4:
			a = to
		}
		if i == 3 && from.Year == to.Year || i == 4 && from.Regime == to.Regime && (from.Year != to.Year || from.Deadline == to.Deadline) {
			path[i] = path[i-1]
			continue
		}
		f, err := q.figureAt(ctx, a, code, ind, heir)
		if err != nil {
			return path, err
		}
		path[i] = f
	}
	return path, nil
}

// heirs says which code each unit that ended by the as-of goes by there.
func (q *Queries) heirs(ctx context.Context, a AsOf) (map[record.UnitCode]record.UnitCode, error) {
	before, err := q.predecessors(ctx, a)
	if err != nil {
		return nil, err
	}
	out := map[record.UnitCode]record.UnitCode{}
	for now, codes := range before {
		for _, c := range codes {
			out[c] = now
		}
	}
	return out, nil
}

func (q *Queries) figureAt(ctx context.Context, a AsOf, code record.UnitCode, ind Indicator, heir map[record.UnitCode]record.UnitCode) (*figure, error) {
	f := &figure{rows: map[record.UnitCode]map[string][]CountedRow{}, sent: map[record.UnitCode]bool{}}
	a, err := q.complete(ctx, a)
	if err != nil {
		return nil, err
	}
	e, err := q.evaluated(ctx, active(a))
	if err != nil {
		return nil, err
	}
	codes := []record.UnitCode{code}
	if code != "" && e.byCode[code] == nil { // it went by other codes then
		codes = codes[:0]
		for old, now := range heir {
			if now == code && e.byCode[old] != nil {
				codes = append(codes, old)
			}
		}
		slices.Sort(codes)
	}
	now := func(c record.UnitCode) record.UnitCode {
		if h, ok := heir[c]; ok {
			return h
		}
		return c
	}
	for i := range e.units {
		if u := &e.units[i]; u.HasSent {
			f.sent[now(u.Code)] = true
		}
	}
	for _, c := range codes {
		x, err := q.Explain(ctx, a, c, ind.ID)
		if err != nil {
			return nil, err
		}
		f.pair.Num += x.Pair.Num
		f.pair.Den += x.Pair.Den
		for _, r := range x.Rows {
			u := now(r.Unit)
			if f.rows[u] == nil {
				f.rows[u] = map[string][]CountedRow{}
			}
			f.rows[u][r.Key] = append(f.rows[u][r.Key], r)
		}
	}
	return f, nil
}

// walk goes along the path and gives each step its share.
func (m *Move) walk(path [5]*figure) {
	steps := map[MoveKind]*MoveStep{}
	for _, k := range MoveKinds {
		steps[k] = &MoveStep{Kind: k, Effect: new(big.Rat)}
	}
	at, value := m.A, big.NewRat(m.A.Num, m.A.Den)
	take := func(k MoveKind, rows []MoveRow) {
		s := steps[k]
		s.Rows = append(s.Rows, rows...)
		for _, r := range rows {
			num, den := weigh(r.Is)
			wasNum, wasDen := weigh(r.Was)
			s.Num += num - wasNum
			s.Den += den - wasDen
			at.Num += num - wasNum
			at.Den += den - wasDen
		}
		if at.Den == 0 { // no value half-way: its share goes to the next step that has one
			return
		}
		next := big.NewRat(at.Num, at.Den)
		s.Effect.Add(s.Effect, new(big.Rat).Sub(next, value))
		value = next
	}
	newly := func(x, y *figure) func(record.UnitCode) bool {
		return func(u record.UnitCode) bool { return !x.sent[u] && y.sent[u] }
	}
	for i, k := range []MoveKind{MoveRevised, MoveReal, MoveYear, MoveRegime} {
		x, y := path[i], path[i+1]
		if x == y {
			continue
		}
		changed := differing(x, y)
		if k == MoveRevised || k == MoveReal {
			isNew := newly(x, y)
			var late []MoveRow
			late, changed = split(changed, func(r MoveRow) bool { return isNew(r.Unit) })
			take(MoveReported, late)
		}
		if k == MoveReal {
			var stayed []MoveRow
			stayed, changed = split(changed, func(r MoveRow) bool { return r.Was != countedNowhere && r.Is != countedNowhere })
			take(MoveReal, stayed)
			k = MoveDenom
		}
		take(k, changed)
	}
	m.Points = tenthsOf(new(big.Rat).Sub(big.NewRat(m.B.Num, m.B.Den), big.NewRat(m.A.Num, m.A.Den)))
	for _, k := range MoveKinds {
		m.Steps = append(m.Steps, *steps[k])
	}
	spread(m.Points, m.Steps)
}

func split(rows []MoveRow, ok func(MoveRow) bool) (yes, no []MoveRow) {
	for _, r := range rows {
		if ok(r) {
			yes = append(yes, r)
		} else {
			no = append(no, r)
		}
	}
	return yes, no
}

func weigh(place string) (num, den int64) {
	switch place {
	case countedAbove:
		return 1, 1
	case countedBelow:
		return 0, 1
	}
	return 0, 0
}

// differing lists what is counted otherwise in y than in x, by unit and key.
func differing(x, y *figure) []MoveRow {
	var units []record.UnitCode
	for _, f := range []*figure{x, y} {
		for u := range f.rows {
			units = append(units, u)
		}
	}
	slices.Sort(units)
	var out []MoveRow
	for _, u := range slices.Compact(units) {
		var keys []string
		for _, f := range []*figure{x, y} {
			for k := range f.rows[u] {
				keys = append(keys, k)
			}
		}
		slices.Sort(keys)
		for _, k := range slices.Compact(keys) {
			was, is := x.rows[u][k], y.rows[u][k]
			for i := range max(len(was), len(is)) { // joined units may have brought the same key twice
				r := MoveRow{Unit: u}
				if i < len(was) {
					r.Was = r.of(was[i])
				}
				if i < len(is) {
					r.Is = r.of(is[i])
				}
				if r.Was != r.Is {
					out = append(out, r)
				}
			}
		}
	}
	return out
}

// of takes a counted row's label and source and returns its place.
func (r *MoveRow) of(c CountedRow) string {
	r.Label = c.Label
	r.Submission, r.File, r.Sheet, r.Refs = c.Submission, c.File, c.Sheet, c.Refs()
	if c.InNum {
		return countedAbove
	}
	return countedBelow
}

// tenthsOf is a difference of values in tenths of a 个百分点, half away from zero.
func tenthsOf(d *big.Rat) int {
	x := new(big.Rat).Mul(d, big.NewRat(1000, 1))
	half := big.NewRat(1, 2)
	if x.Sign() < 0 {
		return -floor(new(big.Rat).Add(new(big.Rat).Neg(x), half))
	}
	return floor(new(big.Rat).Add(x, half))
}

func floor(x *big.Rat) int {
	return int(new(big.Int).Div(x.Num(), x.Denom()).Int64()) // Div rounds down for a positive divisor
}

// spread rounds the steps' effects to tenths that add up to total: the largest remainders go up, the earlier of equal.
func spread(total int, steps []MoveStep) {
	rest := make([]*big.Rat, len(steps))
	order := make([]int, len(steps))
	for i := range steps {
		x := new(big.Rat).Mul(steps[i].Effect, big.NewRat(1000, 1))
		steps[i].Points = floor(x)
		rest[i] = x.Sub(x, big.NewRat(int64(steps[i].Points), 1))
		total -= steps[i].Points
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return rest[j].Cmp(rest[i]) })
	for _, i := range order[:max(min(total, len(order)), 0)] {
		steps[i].Points++
	}
}
