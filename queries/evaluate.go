package queries

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
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
	indicators, rules := a.judged()
	paths := []string{"list/unit_of_day.sql", "list/annual_status.sql", "list/state_count.sql"}
	for _, ind := range indicators {
		paths = append(paths, "metric/"+ind.ID+".sql")
	}
	for _, rule := range rules {
		paths = append(paths, "rule/"+rule.ID+".sql")
	}
	err := q.within(ctx, a, paths, func(tx *sql.Tx, p params) error {
		if err := q.readUnits(ctx, tx, p, e); err != nil {
			return err
		}
		for _, ind := range indicators {
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
		for _, rule := range rules {
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

// judged lists what an evaluation counts: under a session cohort the resolution indicators alone.
func (a AsOf) judged() (indicators []Indicator, rules []regime.Rule) {
	for _, ind := range Indicators() {
		if a.Regime.Judges(ind.ID) && (a.Cohort.Session == 0 || ind.Group == GroupResolution) {
			indicators = append(indicators, ind)
		}
	}
	for _, rule := range a.Regime.Rules {
		if a.Cohort.Session == 0 && asked(rule, a) {
			rules = append(rules, rule)
		}
	}
	return indicators, rules
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

// within opens one transaction, so that everything asked sees the same facts, makes in it the sets that the named files
// read as temporary tables for fn, and drops them by rolling back.
func (q *Queries) within(ctx context.Context, a AsOf, paths []string, fn func(*sql.Tx, params) error) (err error) {
	sets, err := q.setsOf(paths)
	if err != nil {
		return err
	}
	tx, done, err := q.begin(ctx)
	if err != nil {
		return err
	}
	defer func() { err = done(err) }()
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

// setsOf lists the sets that files read, and those that they are made of, in the order to make them.
func (q *Queries) setsOf(paths []string) ([]string, error) {
	needed := map[string]bool{}
	for len(paths) > 0 {
		f, err := q.file(paths[0])
		if err != nil {
			return nil, err
		}
		paths = paths[1:]
		for _, r := range f.reads {
			if slices.Contains(setOrder[:], r) && !needed[r] {
				needed[r] = true
				paths = append(paths, "set/"+r+".sql")
			}
		}
	}
	var out []string
	for _, name := range setOrder {
		if needed[name] {
			out = append(out, name)
		}
	}
	return out, nil
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
