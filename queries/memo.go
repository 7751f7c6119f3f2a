package queries

import (
	"context"
	"database/sql"
	"fmt"
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
	db      *sql.DB
	version func() int64

	mu      sync.Mutex
	of      int64       // the data version everything below belongs to
	moments []time.Time // when anything became known, rising; nil: not read yet
	held    map[memoKey]*memoEntry
	order   []memoKey // oldest first
}

// memoSize bounds the evaluations held: several years of quarters under several regimes.
const memoSize = 128

type memoKey struct {
	quarter  period.Quarter
	year     int
	session  int
	regime   *regime.Regime
	deadline period.Date
	known    int         // how many moments lie at or before known-at
	day      period.Date // known-at's day in Shanghai
}

type memoEntry struct {
	mu    sync.Mutex
	value *evaluation
}

func newMemo(db *sql.DB, version func() int64) *memo { return &memo{db: db, version: version} }

// evaluated returns the evaluation of a completed as-of, computing it when it is not held. Those who ask for the same
// one at the same time wait for one computation.
func (q *Queries) evaluated(ctx context.Context, a AsOf) (*evaluation, error) {
	entry, err := q.memo.entry(ctx, a)
	if err != nil {
		return nil, err
	}
	entry.mu.Lock()
	defer entry.mu.Unlock()
	if entry.value != nil {
		return entry.value, nil
	}
	e, err := q.evaluate(ctx, a)
	if err != nil {
		return nil, err
	}
	entry.value = e
	return e, nil
}

func (m *memo) entry(ctx context.Context, a AsOf) (*memoEntry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if v := m.version(); m.held == nil || v != m.of {
		m.of, m.moments, m.held, m.order = v, nil, map[memoKey]*memoEntry{}, nil
	}
	if m.moments == nil {
		moments, err := readMoments(ctx, m.db)
		if err != nil {
			return nil, err
		}
		m.moments = moments
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

func readMoments(ctx context.Context, db *sql.DB) ([]time.Time, error) {
	rows, err := db.QueryContext(ctx, `
select distinct moment
from (
    select received_at as moment from d.submission
    union all
    select recorded_at as moment from d.unit where recorded_at is not null
    union all
    select recorded_at as moment from d.closing
)
order by moment`)
	if err != nil {
		return nil, fmt.Errorf("read the moments of the data: %w", err)
	}
	defer rows.Close()
	out := []time.Time{}
	for rows.Next() {
		var t time.Time
		if err := rows.Scan(&t); err != nil {
			return nil, fmt.Errorf("read the moments of the data: %w", err)
		}
		out = append(out, t)
	}
	return out, rows.Err()
}
