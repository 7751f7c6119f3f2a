package queries

import (
	"context"
	"slices"
	"sync"
	"time"

	"liandu/internal/period"
	"liandu/internal/regime"
)

// memo keeps evaluations of the data as it stands now. Two known-at moments between which nothing arrived and no day
// ended in Shanghai see the same facts and the same due dates, so they share an answer: that is what makes the pages
// of "now" one computation.
type memo struct {
	version func() int64

	mu      sync.Mutex
	of      int64       // the data version everything below belongs to
	moments []time.Time // when anything became known, rising; nil: not read yet
	held    map[memoKey]*memoEntry
	order   []memoKey // oldest first
}

// memoSize bounds the evaluations held: several years of quarters under several regimes.
const memoSize = 128

type momentRow struct {
	KnownAt time.Time `col:"known_at"`
}

type memoKey struct {
	quarter  period.Quarter
	year     int
	session  int
	regime   *regime.Regime
	deadline period.Date
	known    int         // how many moments lie at or before known-at
	day      period.Date // known-at's day in Shanghai
}

// memoEntry is what was asked of one as-of so far.
type memoEntry struct {
	evaluation lazy[*evaluation]
	meetings   lazy[[]MeetingRow]
	items      lazy[[]ResolutionRow]
	counted    lazy[map[string][]CountedRow]
	sent       lazy[[]sentRow]
}

// lazy is a value computed by the first who asks; others wait for it. An error is not kept.
type lazy[T any] struct {
	mu    sync.Mutex
	ready bool
	value T
}

func (l *lazy[T]) get(compute func() (T, error)) (T, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ready {
		return l.value, nil
	}
	v, err := compute()
	if err == nil {
		l.value, l.ready = v, true
	}
	return v, err
}

// evaluated returns the evaluation of a completed as-of, computing it when it is not held. Those who ask for the same
// one at the same time wait for one computation.
func (q *Queries) evaluated(ctx context.Context, a AsOf) (*evaluation, error) {
	entry, err := q.held(ctx, a)
	if err != nil {
		return nil, err
	}
	return entry.evaluation.get(func() (*evaluation, error) { return q.evaluate(ctx, a) })
}

// held returns the entry of a completed as-of under the data as they stand now.
func (q *Queries) held(ctx context.Context, a AsOf) (*memoEntry, error) {
	m := q.memo
	m.mu.Lock()
	defer m.mu.Unlock()
	if q.suppose != nil { // one state of the data, and one known-at: nothing to tell apart
		return m.only(a), nil
	}
	if v := m.version(); m.held == nil || v != m.of {
		m.of, m.moments, m.held, m.order = v, nil, map[memoKey]*memoEntry{}, nil
	}
	if m.moments == nil {
		rows, err := ask[momentRow](ctx, q, q.db, "list/moment.sql", params{})
		if err != nil {
			return nil, err
		}
		m.moments = []time.Time{}
		for _, r := range rows {
			m.moments = append(m.moments, r.KnownAt)
		}
	}
	known, _ := slices.BinarySearchFunc(m.moments, a.KnownAt, func(t, k time.Time) int {
		if t.After(k) {
			return 1
		}
		return -1
	})
	key := memoKey{
		quarter: a.Quarter, year: a.Year, session: a.Cohort.Session, regime: a.Regime, deadline: a.Deadline,
		known: known, day: period.DateOf(a.KnownAt.In(period.Shanghai)),
	}
	if e, ok := m.held[key]; ok {
		return e, nil
	}
	if len(m.order) >= memoSize {
		delete(m.held, m.order[0])
		m.order = m.order[1:]
	}
	e := &memoEntry{}
	m.held[key], m.order = e, append(m.order, key)
	return e, nil
}
