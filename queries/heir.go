package queries

import (
	"context"

	"liandu/internal/record"
)

type heirRow struct {
	Unit record.UnitCode `col:"unit_code"`
	Heir record.UnitCode `col:"heir_code"`
}

// predecessors returns, for each unit that at D carries on the history of others, their codes, sorted.
func (q *Queries) predecessors(ctx context.Context, a AsOf) (map[record.UnitCode][]record.UnitCode, error) {
	rows, err := ask[heirRow](ctx, q, q.db, "list/heir.sql", params{"as_of": a.Quarter.Last().Time(), "known_at": a.KnownAt})
	if err != nil {
		return nil, err
	}
	of := map[record.UnitCode][]record.UnitCode{}
	for _, r := range rows {
		of[r.Heir] = append(of[r.Heir], r.Unit)
	}
	return of, nil
}

// goesBy is the code of a unit there: its heir's, or its own.
func goesBy(heir map[record.UnitCode]record.UnitCode, unit record.UnitCode) record.UnitCode {
	if code, ok := heir[unit]; ok {
		return code
	}
	return unit
}
