package matter

import (
	"context"
	"database/sql"
	"fmt"

	"liandu/internal/period"
	"liandu/internal/record"
)

// heirs says who carries on the history of each unit that has ended in another by today. A unit that has not is not in it. It is asked for
// whom a matter is now, whatever moment is looked at.
func heirs(ctx context.Context, db querier, today period.Date) (map[record.UnitCode]record.UnitCode, error) {
	next := map[record.UnitCode]record.UnitCode{}
	err := each(ctx, db, `
		with last_row as (
			select u.code, nullif(u.successor, '') as successor, u.valid_from, u.valid_to, coalesce(u.is_removed, false) as is_removed
			from d.unit as u
			qualify row_number() over (partition by u.code order by u.seq desc) = 1
		)
		select r.code, n.code
		from last_row as r
		inner join last_row as n on n.code = r.successor
		where not r.is_removed and not n.is_removed and coalesce(r.valid_to, n.valid_from - 1) < $today
			and (n.valid_from is null or n.valid_from <= $today)`,
		[]any{sql.Named("today", today.Time())}, func(scan func(...any) error) error {
			var code, successor string
			if err := scan(&code, &successor); err != nil {
				return err
			}
			next[record.UnitCode(code)] = record.UnitCode(successor)
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("load who carries on which unit: %w", err)
	}
	out := map[record.UnitCode]record.UnitCode{}
	for code := range next {
		out[code] = heirOf(next, code)
	}
	return out, nil
}

// heirOf follows a unit to who carries on its history: itself where nobody does.
func heirOf(next map[record.UnitCode]record.UnitCode, code record.UnitCode) record.UnitCode {
	for range 16 { // as the registry's own walk; a circle ends
		to, ok := next[code]
		if !ok {
			break
		}
		code = to
	}
	return code
}
