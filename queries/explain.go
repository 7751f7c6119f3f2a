package queries

import (
	"context"
	"database/sql"
	"fmt"

	"liandu/internal/fault"
	"liandu/internal/record"
)

// CountedRow is one thing an indicator counts: a meeting, an item, a unit or a report. It is in the denominator, and in
// the numerator where InNum. Label is its date, title, name or quarter. The source is empty where nothing was sent.
type CountedRow struct {
	Unit       record.UnitCode `col:"unit_code"`
	Key        string          `col:"fact_key"` // the same fact in another as-of has the same key within its unit
	Label      string          `col:"label"`
	InNum      bool            `col:"is_num"`
	Submission string          `col:"submission_id"`
	File       string          `col:"file"`
	Sheet      string          `col:"sheet"`
	Row        int             `col:"row_no"`
	Cells      cellMap         `col:"cells"`
	Fields     []string        `col:"fields"`
}

// Refs returns the cells that decide it, in A1 form.
func (r CountedRow) Refs() []string { return r.Cells.refs(r.Fields) }

// Explanation is an indicator of a unit, or of all listed ones, with the rows it is made of: as many as Pair.Den, of
// which Pair.Num are in the numerator.
type Explanation struct {
	Indicator Indicator
	Unit      record.Unit // zero for the total of the level
	Pair      Pair
	Rows      []CountedRow
}

// Explain opens a number: the rows it is made of, by unit. With an empty code it is the total of the units listed. It
// returns fault.NotFound for an unknown indicator and for a unit that does not exist on D or is out of scope.
func (q *Queries) Explain(ctx context.Context, a AsOf, code record.UnitCode, indicator string) (*Explanation, error) {
	ind, ok := IndicatorOf(indicator)
	if !ok {
		return nil, fault.New(fault.NotFound, fmt.Sprintf("没有名为「%s」的指标。", indicator), "指标的名称见 liandu metrics 的输出。")
	}
	if ind.Group != GroupResolution {
		a.Cohort = Cohort{}
	}
	a, entry, e, err := q.ledger(ctx, a, code)
	if err != nil {
		return nil, err
	}
	all, err := entry.counted.get(func() (map[string][]CountedRow, error) { return q.readCounted(ctx, a) })
	if err != nil {
		return nil, err
	}
	x := &Explanation{Indicator: ind, Rows: []CountedRow{}}
	if code != "" {
		x.Unit = e.byCode[code].unit()
	}
	of, err := q.countedUnits(ctx, a, e, code, ind)
	if err != nil {
		return nil, err
	}
	for _, r := range all[ind.ID] {
		if !of[r.Unit] {
			continue
		}
		x.Rows = append(x.Rows, r)
		x.Pair.Den++
		if r.InNum {
			x.Pair.Num++
		}
	}
	return x, nil
}

// countedUnits says whose pairs make up the number: the unit's own, or those that a roll-up or the total sums.
func (q *Queries) countedUnits(ctx context.Context, a AsOf, e *evaluation, code record.UnitCode, ind Indicator) (map[record.UnitCode]bool, error) {
	of := map[record.UnitCode]bool{}
	if code != "" {
		for _, c := range e.summed(code, ind) {
			of[c] = true
		}
		return of, nil
	}
	m, err := q.Metrics(ctx, a)
	if err != nil {
		return nil, err
	}
	for _, u := range m.Units {
		for _, c := range e.summed(u.Unit.Code, ind) {
			of[c] = true
		}
	}
	return of, nil
}

func (q *Queries) readCounted(ctx context.Context, a AsOf) (map[string][]CountedRow, error) {
	out := map[string][]CountedRow{}
	var paths []string
	for _, g := range []Group{GroupMeeting, GroupResolution, GroupEstablishment, GroupSubmission} {
		paths = append(paths, "explain/"+string(g)+".sql")
	}
	err := q.within(ctx, a, paths, func(tx *sql.Tx, p params) error {
		for _, ind := range Indicators() {
			if !a.Regime.Judges(ind.ID) {
				continue
			}
			p["indicator"] = ind.ID
			rows, err := ask[CountedRow](ctx, q, tx, "explain/"+string(ind.Group)+".sql", p)
			if err != nil {
				return err
			}
			out[ind.ID] = rows
		}
		return nil
	})
	return out, err
}
