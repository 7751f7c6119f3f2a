package rulebook

import (
	"context"
	"sync"
	"time"

	"liandu/internal/period"
	"liandu/internal/regime"
	"liandu/internal/store"
)

// Keeper holds the Book of the data as they stand and writes what changes it.
type Keeper struct {
	store *store.Store
	first string
	now   func() time.Time

	mu   sync.Mutex
	book *Book
	of   int64 // the state of the facts the book was read at
}

// New returns a Keeper of an open folder. first is the regime the folder was made with; now is the clock of what is
// written.
func New(s *store.Store, first string, now func() time.Time) *Keeper {
	return &Keeper{store: s, first: first, now: now}
}

// Book returns everything recorded as it stands now.
func (k *Keeper) Book(ctx context.Context) (*Book, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	version := k.store.Facts()
	if k.book != nil && k.of == version {
		return k.book, nil
	}
	b, err := Load(ctx, k.store.DB(), k.first)
	if err != nil {
		return nil, err
	}
	k.book, k.of = b, version
	return b, nil
}

// Regime returns the regime of that id in force in a quarter, as known at a moment; "" is the one the city follows then.
// It is the one way from an id to rules: commands, pages and queries all ask it.
func (k *Keeper) Regime(ctx context.Context, id string, q period.Quarter, knownAt time.Time) (*regime.Regime, error) {
	b, err := k.Book(ctx)
	if err != nil {
		return nil, err
	}
	return b.At(id, q.Last(), knownAt)
}
