package queries

import (
	"context"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/testkit"
)

func (w *world) move(from, to AsOf, code record.UnitCode, indicator string) *Move {
	w.t.Helper()
	m, err := w.q.Move(context.Background(), from, to, code, indicator)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func step(m *Move, k MoveKind) MoveStep {
	for _, s := range m.Steps {
		if s.Kind == k {
			return s
		}
	}
	return MoveStep{Effect: new(big.Rat)}
}

// TestMoveCauses: each cause alone is found under its own name, with the rows that moved.
func TestMoveCauses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"), county("990103"))
	open := rows(item("1", "甲"), item("2", "乙"))
	w.send("990102", "2024Q2", "2024-07-03", meetings(testkit.Meeting()).and(open))
	from, to := asOf(t, "2024Q2", qinhuangdao), asOf(t, "2024Q3", qinhuangdao)
	from.KnownAt = testkit.Moment(t, "2024-07-31")

	// 2024Q2 was sent again after it was known: one item had been done by then.
	w.send("990102", "2024Q2", "2024-08-20", meetings(testkit.Meeting()).and(rows(item("1", "甲", testkit.Done("2024-06-20")), item("2", "乙"))))
	// By the third quarter the second was done, and a third came.
	w.send("990102", "2024Q3", "2024-10-03", meetings(testkit.Meeting()).and(rows(
		item("1", "甲", testkit.Done("2024-06-20")), item("2", "乙", testkit.Done("2024-09-20")), item("3", "丙"))))
	// And a county that had sent nothing came with one item open.
	w.send("990103", "2024Q3", "2024-10-05", items(item("1", "丁")))

	m := w.move(from, to, "", "resolution_completion")
	if m.A != (Pair{0, 2}) || m.B != (Pair{2, 4}) || m.Points != 500 {
		t.Fatalf("from %v to %v, %d tenths; want 0/2 to 2/4, 500", m.A, m.B, m.Points)
	}
	for k, want := range map[MoveKind]struct {
		num, den int64
		effect   *big.Rat
		rows     int
	}{
		MoveRevised:  {1, 0, big.NewRat(1, 2), 1},
		MoveReported: {0, 1, big.NewRat(1, 3).Sub(big.NewRat(1, 3), big.NewRat(1, 2)), 1},
		MoveReal:     {1, 0, big.NewRat(1, 3), 1},
		MoveDenom:    {0, 1, big.NewRat(1, 2).Sub(big.NewRat(1, 2), big.NewRat(2, 3)), 1},
		MoveYear:     {0, 0, new(big.Rat), 0},
	} {
		s := step(m, k)
		if s.Num != want.num || s.Den != want.den || s.Effect.Cmp(want.effect) != 0 || len(s.Rows) != want.rows {
			t.Errorf("%s: %+d/%+d, effect %s, %d rows; want %+v", k, s.Num, s.Den, s.Effect, len(s.Rows), want)
		}
	}
	if r := step(m, MoveReal).Rows[0]; r.Unit != "990102" || r.Label != "乙" || r.Was != "denominator" || r.Is != "numerator" || len(r.Refs) == 0 {
		t.Errorf("what really changed: %+v", r)
	}
}

// TestMoveOfRules: the year and the rules are causes of their own.
func TestMoveOfRules(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"), county("990103"))
	w.send("990102", "2024Q4", "2025-01-03", meetings(testkit.Meeting()))
	w.send("990102", "2025Q1", "2025-02-03", meetings(testkit.Meeting()))
	m := w.move(asOf(t, "2024Q4", qinhuangdao), asOf(t, "2025Q1", qinhuangdao), "", "annual_meeting_held")
	if s := step(m, MoveYear); m.A != (Pair{1, 2}) || m.B != (Pair{0, 2}) || s.Points != -500 || len(s.Rows) != 1 {
		t.Errorf("a new year: %v to %v, %+v", m.A, m.B, s)
	}
	w.send("990103", "2024Q4", "2025-01-04", meetings(testkit.Meeting(chair(record.RankDeputy))))
	m = w.move(asOf(t, "2024Q4", qinhuangdao), asOf(t, "2024Q4", bayannur), "990103", "chair_meets_rule")
	if s := step(m, MoveRegime); m.A != (Pair{0, 1}) || m.B != (Pair{1, 1}) || s.Points != 1000 || len(s.Rows) != 1 {
		t.Errorf("other rules: %v to %v, %+v", m.A, m.B, s)
	}
	m = w.move(asOf(t, "2023Q4", qinhuangdao), asOf(t, "2024Q4", qinhuangdao), "", "chair_meets_rule")
	if m.HasValue() || len(m.Steps) != 0 {
		t.Errorf("a change from nothing was split: %+v", m)
	}
}

// TestMoveAcrossAChangeOfRules: where other rules are in force at the later quarter, that alone is a change of rules.
func TestMoveAcrossAChangeOfRules(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	deputy := meetings(testkit.Meeting(chair(record.RankDeputy)))
	w.send("990102", "2024Q3", "2024-10-03", deputy)
	w.send("990102", "2024Q4", "2025-01-03", deputy)
	w.q.regimeOf = func(_ context.Context, _ string, q period.Quarter, _ time.Time) (*regime.Regime, error) {
		if q.N == 4 {
			return builtIn(t, bayannur), nil
		}
		return builtIn(t, qinhuangdao), nil
	}
	m := w.move(asOf(t, "2024Q3", qinhuangdao), asOf(t, "2024Q4", qinhuangdao), "", "chair_meets_rule")
	if s := step(m, MoveRegime); m.A != (Pair{0, 1}) || m.B != (Pair{1, 1}) || s.Points != 1000 || len(step(m, MoveReal).Rows) != 0 {
		t.Errorf("%v to %v: rules %+v, real %+v", m.A, m.B, s, step(m, MoveReal))
	}
}

// TestMoveAddsUp: whatever is compared, the shares add up to the change exactly, as printed too, and the rows to the pairs.
func TestMoveAddsUp(t *testing.T) {
	t.Parallel()
	w := arbitraryCity(t)
	rnd := rand.New(rand.NewPCG(2024, 11))
	regimes := []string{qinhuangdao, bayannur, liubei}
	n, rounds := 0, rounds(15)
	for range rounds {
		a := asOf(t, period.Quarter{Year: 2024, N: 1 + rnd.IntN(4)}.String(), regimes[rnd.IntN(3)])
		b := asOf(t, a.Quarter.Add(rnd.IntN(4)).String(), regimes[rnd.IntN(3)])
		if rnd.IntN(2) == 0 {
			b.Regime = a.Regime
		}
		a.Level, b.Level = record.LevelCounty, record.LevelCounty
		if rnd.IntN(2) == 0 {
			a.KnownAt = a.Quarter.Last().AddDays(rnd.IntN(30)).Time()
		}
		code := []record.UnitCode{"", "990110", "990113"}[rnd.IntN(3)]
		for _, ind := range Indicators() {
			m := w.move(a, b, code, ind.ID)
			if !m.HasValue() {
				continue
			}
			n++
			sum, points, pair := new(big.Rat), 0, m.A
			for _, s := range m.Steps {
				sum.Add(sum, s.Effect)
				points += s.Points
				pair.Num += s.Num
				pair.Den += s.Den
				if s.Effect.Sign() == 0 && s.Points != 0 {
					t.Errorf("%s: a cause without effect is printed as %d", ind.ID, s.Points)
				}
			}
			want := new(big.Rat).Sub(big.NewRat(m.B.Num, m.B.Den), big.NewRat(m.A.Num, m.A.Den))
			if sum.Cmp(want) != 0 || points != m.Points || pair != m.B {
				t.Errorf("%s %s %s→%s: effects %s of %s, points %d of %d, pair %v of %v", ind.ID, code, a.Quarter, b.Quarter, sum, want, points, m.Points, pair, m.B)
			}
		}
	}
	t.Logf("%d changes of %d rounds", n, rounds)
	if n < 4*rounds {
		t.Errorf("only %d changes had a value", n)
	}
}
