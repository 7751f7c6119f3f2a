package queries

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"liandu/internal/period"
	"liandu/internal/record"
)

// benchCity is a city of 60 submitting counties with eight quarters of reports.
func benchCity(b *testing.B) *world {
	rnd := rand.New(rand.NewPCG(60, 8))
	var units []record.Unit
	for i := range 60 {
		units = append(units, county(record.UnitCode(fmt.Sprintf("9901%02d", i+3))))
	}
	w := newWorld(b, units...)
	for n := range 8 {
		q := period.MustQuarter("2023Q1").Add(n)
		for _, u := range units {
			w.send(u.Code, q.String(), q.Last().AddDays(5).String(), arbitraryFacts(rnd, u.Code, q))
		}
	}
	b.ResetTimer()
	return w
}

// BenchmarkMetrics is one as-of nobody asked for before: all indicators, findings, scores and ranks.
func BenchmarkMetrics(b *testing.B) {
	w := benchCity(b)
	a, err := w.q.Complete(asOf(b, "2024Q4", bayannur))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := w.q.evaluate(context.Background(), a); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLights is the matrix of eight quarters, none of them held.
func BenchmarkLights(b *testing.B) {
	w := benchCity(b)
	for b.Loop() {
		w.q.memo = &memo{version: w.s.Version}
		if _, err := w.q.Lights(context.Background(), asOf(b, "2024Q4", bayannur), 8); err != nil {
			b.Fatal(err)
		}
	}
}
