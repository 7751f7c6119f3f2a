package queries

import (
	"context"
	"database/sql"

	"liandu/internal/period"
	"liandu/internal/record"
)

type establishmentLedgerRow struct {
	source
	Unit          record.UnitCode `col:"unit_code"`
	LevelText     string          `col:"level_text"`
	Established   bool            `col:"is_established"`
	EstablishedOn period.Date     `col:"established_on"`
	Document      string          `col:"document"`
	Remark        string          `col:"remark"`
}

// Establishments returns what is in force of each unit's establishment, by unit code; with a scope, of that submitter's
// own units. A unit never reported is not among them. Established is what counts at D.
func (q *Queries) Establishments(ctx context.Context, a AsOf) (out []record.Establishment, err error) {
	a, _, e, err := q.ledger(ctx, a, "")
	if err != nil {
		return nil, err
	}
	err = q.within(ctx, a, []string{"list/establishment_ledger.sql"}, func(tx *sql.Tx, p params) error {
		rows, err := ask[establishmentLedgerRow](ctx, q, tx, "list/establishment_ledger.sql", p)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if !e.isShown(r.Unit, "", a.Scope) {
				continue
			}
			out = append(out, record.Establishment{
				Unit: r.Unit, LevelText: r.LevelText, Established: r.Established, EstablishedOn: r.EstablishedOn,
				Document: r.Document, Remark: r.Remark, Extra: r.Extra, Source: r.record(),
			})
		}
		return nil
	})
	return out, err
}
