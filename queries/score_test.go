package queries

import (
	"math/big"
	"strings"
	"testing"

	"liandu/internal/record"
	"liandu/internal/regime"
)

func TestScore(t *testing.T) {
	t.Parallel()
	weights := map[string]int{"annual_meeting_held": 25, "resolution_completion": 20, "resolution_overdue": 5, "publicity": 0}
	for _, c := range []struct {
		name   string
		status AnnualStatus
		pairs  map[string]Pair
		want   int // tenths, -1 for none
	}{
		{"everything", HeldOnTime, map[string]Pair{"resolution_completion": {2, 2}, "resolution_overdue": {0, 2}}, 1000},
		{"nothing", NotHeld, map[string]Pair{"resolution_completion": {0, 2}, "resolution_overdue": {2, 2}}, 0},
		{"late is half", HeldLate, nil, 500},
		{"a substitute is nothing", Substituted, nil, 0},
		{"pending leaves it out", Pending, map[string]Pair{"resolution_completion": {1, 2}}, 500},
		{"pending with nothing to weigh", Pending, nil, -1},
		{"null is left out", HeldOnTime, map[string]Pair{"resolution_completion": {0, 0}}, 1000},
		{"a third: 25+20/3 of 45", HeldOnTime, map[string]Pair{"resolution_completion": {1, 3}}, 704},
		{"half up: 25/45 and 20×23/40/45", HeldOnTime, map[string]Pair{"resolution_completion": {23, 40}}, 811},
		{"overdue counts the other way", HeldOnTime, map[string]Pair{"resolution_overdue": {1, 4}}, 958},
	} {
		got, parts := score(&regime.Regime{Weights: weights}, c.status, c.pairs)
		if got == nil && c.want != -1 || got != nil && *got != c.want {
			t.Errorf("%s: score %v, want %d", c.name, got, c.want)
		}
		if len(parts) != 3 {
			t.Errorf("%s: %d parts, want the three with a weight", c.name, len(parts))
		}
		if got == nil {
			continue
		}
		points, full := 0, 0
		for _, p := range parts {
			points += p.Points
			full += p.Full
			if !p.Counted && (p.Points != 0 || p.Full != 0) {
				t.Errorf("%s: %s is not counted but earns points", c.name, p.Indicator)
			}
		}
		if full != 10000 || (points+5)/10 != *got {
			t.Errorf("%s: parts add up to %d of %d hundredths for a score of %d tenths", c.name, points, full, *got)
		}
	}
}

func TestApportionAddsUp(t *testing.T) {
	t.Parallel()
	third := big.NewRat(100, 3)
	if got := apportion([]*big.Rat{third, third, third}, 10000); got[0] != 3334 || got[1] != 3333 || got[2] != 3333 {
		t.Errorf("three thirds = %v", got)
	}
	// 49.1499… is 49.1; its hundredths must not be read as 49.2.
	parts := []ScorePart{{Weight: 1, ValueNum: 491499, ValueDen: 1000000, Counted: true}}
	printPoints(parts, 1, big.NewRat(491499, 10000), 491)
	if parts[0].Points != 4914 {
		t.Errorf("points of 49.1499 = %d, want 4914", parts[0].Points)
	}
}

func TestRankAndLight(t *testing.T) {
	t.Parallel()
	r := &regime.Regime{RedLine: 700, YellowLine: 900}
	unit := func(code string, score int, status AnnualStatus, red, yellow int) UnitResult {
		u := UnitResult{Unit: record.Unit{Code: record.UnitCode(code)}, Status: status, Red: red, Yellow: yellow}
		if score >= 0 {
			u.Score = &score
		}
		u.Light = light(r, &u)
		return u
	}
	units := []UnitResult{
		unit("9", -1, HeldOnTime, 0, 0), unit("8", 1000, Pending, 0, 0), unit("7", 650, Pending, 0, 1), unit("1", 900, HeldOnTime, 0, 0),
		unit("2", 899, HeldOnTime, 0, 0), unit("3", 900, HeldOnTime, 0, 1), unit("4", 700, HeldOnTime, 0, 0), unit("5", 699, HeldOnTime, 0, 0),
		unit("6", 1000, HeldOnTime, 1, 0),
	}
	rank(units)
	var got []string
	for _, u := range units {
		s := string(u.Unit.Code) + " - "
		if u.Rank != nil {
			s = string(u.Unit.Code) + " " + string(rune('0'+*u.Rank)) + " "
		}
		got = append(got, s+string(u.Light))
	}
	want := "6 1 red, 1 2 green, 3 2 yellow, 2 4 yellow, 4 5 yellow, 5 6 red, 7 - yellow, 8 - none, 9 - none"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("ranked %s\nwant   %s", s, want)
	}
	if s := laggards(units); len(s) != 1 || s[0].Unit.Code != "6" {
		t.Errorf("laggards %v", s)
	}
}

func TestLaggardOrder(t *testing.T) {
	t.Parallel()
	unit := func(code string, score, red int) UnitResult {
		u := UnitResult{Unit: record.Unit{Code: record.UnitCode(code)}, Red: red}
		if score >= 0 {
			u.Score = &score
		}
		return u
	}
	var got string
	for _, u := range laggards([]UnitResult{unit("a", 500, 1), unit("b", -1, 1), unit("c", 400, 1), unit("d", 900, 2), unit("e", 400, 1), unit("f", 0, 0)}) {
		got += string(u.Unit.Code)
	}
	if got != "dceab" {
		t.Errorf("order %s, want dceab: most red, then the lowest score, then code; no score last", got)
	}
}
