package queries

import (
	"context"
	"database/sql"
	"fmt"

	"liandu/internal/period"
	"liandu/internal/record"
)

// evaluation is everything one as-of says about the units the regime obliges, at every level. It is computed once
// and shared by all who ask; nobody may change it.
type evaluation struct {
	units    []unitRow // every unit valid on D, by code
	byCode   map[record.UnitCode]*unitRow
	annual   map[record.UnitCode]annualRow
	pairs    map[string]map[record.UnitCode]Pair
	states   map[record.UnitCode]StateCounts
	findings map[record.UnitCode][]Finding // in the order of the regime's rules
}

type unitRow struct {
	Code        record.UnitCode `col:"unit_code"`
	Name        string          `col:"name"`
	Level       record.Level    `col:"level"`
	Parent      record.UnitCode `col:"parent_code"`
	Submitter   bool            `col:"is_submitter"`
	Aliases     []string        `col:"aliases"`
	ValidFrom   period.Date     `col:"valid_from"`
	ValidTo     period.Date     `col:"valid_to"`
	IsObligated bool            `col:"is_obligated"`
	// Reporter is the nearest submitting unit from itself upwards; only of obligated units.
	Reporter record.UnitCode `col:"submitter_code"`
	HasSent  bool            `col:"has_sent"`
}

func (u *unitRow) unit() record.Unit {
	return record.Unit{
		Code: u.Code, Name: u.Name, Level: u.Level, Parent: u.Parent, Submitter: u.Submitter, Aliases: u.Aliases,
		ValidFrom: u.ValidFrom, ValidTo: u.ValidTo,
	}
}

type annualRow struct {
	Unit       record.UnitCode  `col:"unit_code"`
	Status     AnnualStatus     `col:"status"`
	HeldOn     period.Date      `col:"held_on"`
	ChairRank  record.ChairRank `col:"chair_rank"`
	ChairName  string           `col:"chair_name"`
	ChairTitle string           `col:"chair_title"`
}

type pairRow struct {
	Unit record.UnitCode `col:"unit_code"`
	Num  int64           `col:"num"`
	Den  int64           `col:"den"`
}

type stateRow struct {
	Unit  record.UnitCode `col:"unit_code"`
	State ItemState       `col:"state"`
	N     int64           `col:"n"`
}

// evaluate computes an as-of that Complete has filled in. Its cohort decides the resolution indicators and counts;
// findings are always the active population's, so they are left out under a session cohort.
func (q *Queries) evaluate(ctx context.Context, a AsOf) (*evaluation, error) {
	e := &evaluation{
		byCode: map[record.UnitCode]*unitRow{}, annual: map[record.UnitCode]annualRow{},
		pairs: map[string]map[record.UnitCode]Pair{}, states: map[record.UnitCode]StateCounts{},
		findings: map[record.UnitCode][]Finding{},
	}
	err := q.within(ctx, a, setOrder[:], func(tx *sql.Tx, p params) error {
		if err := q.readUnits(ctx, tx, p, e); err != nil {
			return err
		}
		for _, ind := range Indicators() {
			if a.Cohort.Session != 0 && ind.Group != GroupResolution || !a.Regime.Judges(ind.ID) {
				continue
			}
			rows, err := ask[pairRow](ctx, q, tx, "metric/"+ind.ID+".sql", p)
			if err != nil {
				return err
			}
			pairs := make(map[record.UnitCode]Pair, len(rows))
			for _, r := range rows {
				pairs[r.Unit] = Pair{r.Num, r.Den}
			}
			e.pairs[ind.ID] = pairs
		}
		if a.Cohort.Session != 0 {
			return nil
		}
		for _, rule := range a.Regime.Rules {
			if !asked(rule, a) {
				continue
			}
			rows, err := ask[ruleRow](ctx, q, tx, "rule/"+rule.ID+".sql", p)
			if err != nil {
				return err
			}
			if err := e.add(a, rule, rows); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return e, nil
}

func (q *Queries) readUnits(ctx context.Context, tx *sql.Tx, p params, e *evaluation) error {
	var err error
	if e.units, err = ask[unitRow](ctx, q, tx, "list/unit_of_day.sql", p); err != nil {
		return err
	}
	for i := range e.units {
		e.byCode[e.units[i].Code] = &e.units[i]
	}
	annual, err := ask[annualRow](ctx, q, tx, "list/annual_status.sql", p)
	if err != nil {
		return err
	}
	for _, r := range annual {
		e.annual[r.Unit] = r
	}
	states, err := ask[stateRow](ctx, q, tx, "list/state_count.sql", p)
	if err != nil {
		return err
	}
	for _, r := range states {
		c := e.states[r.Unit]
		c.add(r.State, r.N)
		e.states[r.Unit] = c
	}
	return nil
}

func (c *StateCounts) add(s ItemState, n int64) {
	switch s {
	case StateCompleted:
		c.Completed += n
	case StateOverdue:
		c.Overdue += n
	case StateInProgress:
		c.InProgress += n
	case StateNotStarted:
		c.NotStarted += n
	case StateOngoing:
		c.Ongoing += n
	case StateCancelled:
		c.Cancelled += n
	}
}

func (c *StateCounts) plus(o StateCounts) {
	c.Completed += o.Completed
	c.Overdue += o.Overdue
	c.InProgress += o.InProgress
	c.NotStarted += o.NotStarted
	c.Ongoing += o.Ongoing
	c.Cancelled += o.Cancelled
}

// within opens one transaction, so that everything asked sees the same facts, makes the named sets in it as temporary
// tables for fn to read, and drops them by rolling back.
func (q *Queries) within(ctx context.Context, a AsOf, sets []string, fn func(*sql.Tx, params) error) (err error) {
	tx, err := q.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("open a reading transaction: %w", err)
	}
	defer func() {
		if e := tx.Rollback(); e != nil && err == nil && ctx.Err() == nil {
			err = fmt.Errorf("close a reading transaction: %w", e)
		}
	}()
	p := a.params()
	for _, name := range sets {
		f, err := q.file("set/" + name + ".sql")
		if err != nil {
			return err
		}
		own, err := p.of(f)
		if err != nil {
			return err
		}
		args, err := own.named(f)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "create or replace temp table "+f.name+" as\n"+f.text, args...); err != nil {
			return fmt.Errorf("make queries/%s: %w", f.path, err)
		}
	}
	return fn(tx, p)
}

// ask runs a file with what it asks for of p.
func ask[T any](ctx context.Context, q *Queries, db querier, path string, p params) ([]T, error) {
	f, err := q.file(path)
	if err != nil {
		return nil, err
	}
	own, err := p.of(f)
	if err != nil {
		return nil, err
	}
	return run[T](ctx, db, f, own)
}

func (q *Queries) file(path string) (*file, error) {
	f, ok := q.lib[path]
	if !ok {
		return nil, fmt.Errorf("queries/%s: no such file", path)
	}
	return f, nil
}
