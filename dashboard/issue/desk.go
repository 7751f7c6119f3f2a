package issue

import (
	"context"
	"sync"
	"time"

	"liandu/internal/period"
	"liandu/internal/regime"
	"liandu/internal/store"
	"liandu/queries"
)

// Desk makes and issues papers of one data folder. It may be used from several goroutines.
type Desk struct {
	deps Deps

	mu    sync.Mutex
	facts int64 // the version of the facts moved belongs to
	moved map[string]Moved
}

// Deps is what a Desk needs; every field.
type Deps struct {
	Store   *store.Store
	Queries *queries.Queries
	City    func() string
	// Rules gives the version of a regime in force in a quarter as known at a moment (rulebook.Keeper.Regime).
	Rules func(ctx context.Context, id string, q period.Quarter, knownAt time.Time) (*regime.Regime, error)
	Now   func() time.Time
}

// New returns a desk.
func New(d Deps) *Desk { return &Desk{deps: d} }

// KnownAt returns the moment whose data a paper of a date is made from when nobody names one: now for today's, the end
// of the day for an earlier one, for a paper knows nothing that came after its date.
func (d *Desk) KnownAt(datedOn period.Date) time.Time {
	now := d.deps.Now()
	if end := datedOn.AddDays(1).Start().Add(-time.Millisecond); !datedOn.IsZero() && end.Before(now) {
		return end
	}
	return now.Truncate(time.Millisecond)
}

// Today is today's date in the city.
func (d *Desk) Today() period.Date { return period.DateOf(d.deps.Now().In(period.Shanghai)) }
