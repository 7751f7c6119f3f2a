package queries

import (
	"context"
	"sync"

	"liandu/internal/period"
	"liandu/internal/regime"
)

// Trial is what other rules would have done: one Comparison a quarter, oldest first, A being what is in force and B what
// is tried. Nothing is written by it.
type Trial struct {
	Quarters []*Comparison
}

// Trial judges the n quarters up to the as-of's, each in its own year, as they were judged and as they would have been
// under tried(quarter). Quarters before first are left out. Both sides are listed at the as-of's level.
func (q *Queries) Trial(ctx context.Context, a AsOf, n int, first period.Quarter, tried func(period.Quarter) (*regime.Regime, error)) (*Trial, error) {
	a, err := q.complete(ctx, a)
	if err != nil {
		return nil, err
	}
	var quarters []period.Quarter
	for i := 1 - n; i <= 0; i++ {
		if quarter := a.Quarter.Add(i); quarter.Compare(first) >= 0 {
			quarters = append(quarters, quarter)
		}
	}
	t := &Trial{Quarters: make([]*Comparison, len(quarters))}
	next := make(chan int, len(quarters))
	for i := range quarters {
		next <- i
	}
	close(next)
	var wait sync.WaitGroup
	errs := make([]error, 2) // two at a time, as the other questions over quarters
	for w := range errs {
		wait.Go(func() {
			for i := range next {
				if t.Quarters[i], errs[w] = q.tryAt(ctx, a, quarters[i], tried); errs[w] != nil {
					return
				}
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (q *Queries) tryAt(ctx context.Context, a AsOf, quarter period.Quarter, tried func(period.Quarter) (*regime.Regime, error)) (*Comparison, error) {
	a.Quarter, a.Year, a.Deadline = quarter, quarter.Year, period.Date{}
	r, err := tried(quarter)
	if err != nil {
		return nil, err
	}
	b, draft := a, *r
	draft.Draft = true
	b.Regime, b.FollowsCity = &draft, false
	return q.CompareRegimes(ctx, a, b)
}
