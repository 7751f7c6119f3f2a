package queries

import (
	"context"
	"slices"
	"sync"
	"time"

	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/internal/record"
)

// MatterFilter narrows a list of matters. Empty fields narrow nothing; Scope is a County account's unit, which sees the
// matters about it, about units it answers for and about those whose history it carries on. A zero KnownAt is now.
type MatterFilter struct {
	Unit    record.UnitCode
	Scope   record.UnitCode
	KnownAt time.Time
}

// matterMemo keeps the matters of the data as they stand now: every page's navigation counts them.
type matterMemo struct {
	mu      sync.Mutex
	ready   bool
	version int64
	all     []*matter.Matter
}

// Matters lists matters as they were known at a moment, the newest first. They are shared and must not be changed.
func (q *Queries) Matters(ctx context.Context, f MatterFilter) ([]*matter.Matter, error) {
	all, err := q.matters(ctx, f.KnownAt)
	if err != nil {
		return nil, err
	}
	out := []*matter.Matter{}
	for _, m := range slices.Backward(all) {
		if (f.Unit == "" || m.Unit == f.Unit || m.Heir == f.Unit) && (f.Scope == "" || m.IsOf(f.Scope)) {
			out = append(out, m)
		}
	}
	return out, nil
}

// Matter returns one matter as it stands now; fault.NotFound when there is none or it is out of scope.
func (q *Queries) Matter(ctx context.Context, id string, scope record.UnitCode) (*matter.Matter, error) {
	all, err := q.Matters(ctx, MatterFilter{Scope: scope})
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if m.ID == id {
			return m, nil
		}
	}
	return nil, matter.Unknown(id)
}

func (q *Queries) matters(ctx context.Context, knownAt time.Time) ([]*matter.Matter, error) {
	if !knownAt.IsZero() {
		return q.readMatters(ctx, knownAt)
	}
	c := q.kept
	version := q.memo.version()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ready && c.version == version {
		return c.all, nil
	}
	all, err := q.readMatters(ctx, knownAt)
	if err == nil {
		c.ready, c.version, c.all = true, version, all
	}
	return all, err
}

func (q *Queries) readMatters(ctx context.Context, knownAt time.Time) ([]*matter.Matter, error) {
	all, err := matter.Load(ctx, q.db, period.DateOf(q.now().In(period.Shanghai)), knownAt)
	if err != nil || len(all) == 0 {
		return all, err
	}
	units, err := q.Units(ctx, knownAt)
	if err != nil {
		return nil, err
	}
	names := map[record.UnitCode]string{}
	for _, u := range units {
		names[u.Code] = u.Name
	}
	for _, m := range all {
		if m.UnitName = names[m.Unit]; m.UnitName == "" {
			m.UnitName = string(m.Unit)
		}
	}
	return all, nil
}
