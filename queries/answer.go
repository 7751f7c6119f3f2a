package queries

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"time"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
)

// Deps are what a Queries stands on. DB is the read side of the store with the base macros in it; Version changes with
// every change of the data; Now is the clock. Deadline gives a session year's own deadline as it was known at a moment,
// zero for the regime's; nil is always the regime's. Regime gives the version of a regime in force in a quarter as known
// at a moment, "" being the one the city follows (rulebook.Keeper.Regime); nil leaves every as-of the regime it names.
type Deps struct {
	DB       *sql.DB
	Version  func() int64
	Now      func() time.Time
	Deadline func(ctx context.Context, year int, knownAt time.Time) (period.Date, error)
	Regime   func(ctx context.Context, id string, quarter period.Quarter, knownAt time.Time) (*regime.Regime, error)
}

// Queries answers every question about the data. Its methods may be called from several goroutines; what they return
// is shared and must not be changed.
type Queries struct {
	db          *sql.DB
	now         func() time.Time
	ownDeadline func(context.Context, int, time.Time) (period.Date, error)
	regimeOf    func(context.Context, string, period.Quarter, time.Time) (*regime.Regime, error)
	lib         library
	memo        *memo
	suppose     Supposition // nil but for Suppose
	kept        *matterMemo
}

// New returns a Queries. It panics when the SQL files compiled into the program do not agree with their own headers;
// a test keeps that from happening.
func New(d Deps) *Queries {
	lib, err := loadLibrary()
	if err != nil {
		panic(err)
	}
	return &Queries{db: d.DB, now: d.Now, ownDeadline: d.Deadline, regimeOf: d.Regime, lib: lib, memo: &memo{version: d.Version}, kept: &matterMemo{}}
}

// Metrics returns the units of the as-of's level in ranking order, with their total.
func (q *Queries) Metrics(ctx context.Context, a AsOf) (*Metrics, error) {
	m, _, err := q.assess(ctx, a)
	return m, err
}

// Findings returns the failed rules of the units listed: units in laggard order, each unit's in the order of the rules.
// Where the regime does not oblige the level asked, they are those of the obliged units below the ones listed.
func (q *Queries) Findings(ctx context.Context, a AsOf) ([]Finding, error) {
	m, e, err := q.assess(ctx, a)
	if err != nil {
		return nil, err
	}
	units := slices.Clone(m.Units)
	if !m.AsOf.Regime.Obliges(m.AsOf.Level) {
		if units, err = q.unitsBelow(ctx, m, e); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(units, byLaggard)
	out := []Finding{}
	for _, u := range units {
		out = append(out, e.findings[u.Unit.Code]...)
	}
	return out, nil
}

// UnitFindings returns one unit's findings in the order of the rules; of a unit that the regime does not oblige, those
// of the obliged units below it. It returns fault.NotFound for a unit that does not exist on D or is out of scope.
func (q *Queries) UnitFindings(ctx context.Context, a AsOf, code record.UnitCode) ([]Finding, error) {
	a, err := q.complete(ctx, a)
	if err != nil {
		return nil, err
	}
	e, err := q.evaluated(ctx, active(a))
	if err != nil {
		return nil, err
	}
	u, ok := e.byCode[code]
	if !ok || a.Scope != "" && !e.isWithin(code, a.Scope) {
		return nil, unknownUnit(code, a)
	}
	if u.IsObligated {
		return e.findings[code], nil
	}
	var out []Finding
	for _, b := range e.obligedBelow(code) {
		out = append(out, e.findings[b.Code]...)
	}
	return out, nil
}

// Laggards returns the listed units with at least one red finding: most red findings first, then the lowest score.
func (q *Queries) Laggards(ctx context.Context, a AsOf) ([]UnitResult, error) {
	m, _, err := q.assess(ctx, a)
	if err != nil {
		return nil, err
	}
	return laggards(m.Units), nil
}

// Trend returns the level's totals of the n quarters up to the as-of's, oldest first, each in its own year.
func (q *Queries) Trend(ctx context.Context, a AsOf, n int) ([]TrendPoint, error) {
	a, err := q.complete(ctx, a)
	if err != nil {
		return nil, err
	}
	if err := q.warm(ctx, a, n); err != nil {
		return nil, err
	}
	var out []TrendPoint
	for i := 1 - n; i <= 0; i++ {
		m, _, err := q.assessAt(ctx, a, a.Quarter.Add(i))
		if err != nil {
			return nil, err
		}
		out = append(out, TrendPoint{Quarter: m.AsOf.Quarter, Total: m.Total, States: m.States, Units: m.Units})
	}
	return out, nil
}

// LightCell is one cell of the light matrix. Word is what it shows: 红 黄 绿, 「—」 where not yet judged, 「未报」 where not
// yet judged and whoever reports for the unit had sent nothing for the quarter. NotSent says so beside any light.
type LightCell struct {
	Quarter period.Quarter
	Unit    record.UnitCode // whose light it is: the unit's own code, or the one it went by then
	Light   Light
	Word    string
	Score   *int
	NotSent bool
}

// LightRow is one unit's cells, in the order of Lights.Quarters. A quarter in which the unit went by another code (it
// was renamed or redrawn since) shows the light that one had; a unit that did not exist then has an empty Word.
type LightRow struct {
	Unit  record.Unit
	Cells []LightCell
}

// Lights is the matrix unit × quarter.
type Lights struct {
	Quarters []period.Quarter
	Rows     []LightRow // in the ranking order of the last quarter
}

// Lights returns the lights of the listed units in the n quarters up to the as-of's, oldest first, each judged in its
// own year.
func (q *Queries) Lights(ctx context.Context, a AsOf, n int) (*Lights, error) {
	a, err := q.complete(ctx, a)
	if err != nil {
		return nil, err
	}
	if err := q.warm(ctx, a, n); err != nil {
		return nil, err
	}
	before, err := q.predecessors(ctx, a)
	if err != nil {
		return nil, err
	}
	out := &Lights{}
	cells := map[record.UnitCode]map[period.Quarter]LightCell{}
	for i := 1 - n; i <= 0; i++ {
		m, e, err := q.assessAt(ctx, a, a.Quarter.Add(i))
		if err != nil {
			return nil, err
		}
		quarter := m.AsOf.Quarter
		out.Quarters = append(out.Quarters, quarter)
		for _, u := range m.Units {
			if cells[u.Unit.Code] == nil {
				cells[u.Unit.Code] = map[period.Quarter]LightCell{}
			}
			cells[u.Unit.Code][quarter] = lightCell(quarter, u, e)
		}
		if i < 0 {
			continue
		}
		for _, u := range m.Units {
			out.Rows = append(out.Rows, LightRow{Unit: u.Unit})
		}
	}
	for i, row := range out.Rows {
		for _, quarter := range out.Quarters {
			c, ok := cells[row.Unit.Code][quarter]
			if !ok {
				c, ok = onlyCell(cells, before[row.Unit.Code], quarter)
			}
			if !ok {
				c = LightCell{Quarter: quarter, Light: LightNone}
			}
			out.Rows[i].Cells = append(out.Rows[i].Cells, c)
		}
	}
	return out, nil
}

// onlyCell is the cell of the one code that was listed in a quarter; of several, joined since, there is none to show.
func onlyCell(cells map[record.UnitCode]map[period.Quarter]LightCell, codes []record.UnitCode, quarter period.Quarter) (LightCell, bool) {
	var (
		found LightCell
		n     int
	)
	for _, code := range codes {
		if c, ok := cells[code][quarter]; ok {
			found = c
			n++
		}
	}
	return found, n == 1
}

// warm evaluates the n quarters up to a completed as-of's, two at a time: what follows finds them held.
func (q *Queries) warm(ctx context.Context, a AsOf, n int) error {
	quarters := make(chan int, max(n, 0))
	for i := 1 - n; i <= 0; i++ {
		quarters <- i
	}
	close(quarters)
	var wait sync.WaitGroup
	errs := make([]error, 2)
	for w := range errs {
		wait.Go(func() {
			for i := range quarters {
				if _, _, err := q.assessAt(ctx, a, a.Quarter.Add(i)); err != nil {
					errs[w] = err
					return
				}
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

func lightCell(quarter period.Quarter, u UnitResult, e *evaluation) LightCell {
	c := LightCell{Quarter: quarter, Unit: u.Unit.Code, Light: u.Light, Score: u.Score, Word: "—"}
	switch u.Light {
	case LightRed:
		c.Word = "红"
	case LightYellow:
		c.Word = "黄"
	case LightGreen:
		c.Word = "绿"
	}
	row := e.byCode[u.Unit.Code]
	c.NotSent = row.Reporter != "" && !row.HasSent
	if c.NotSent && u.Light == LightNone {
		c.Word = "未报"
	}
	return c
}

// assess is the one way to an answer: complete the as-of, take the shared evaluation and list the level.
func (q *Queries) assess(ctx context.Context, a AsOf) (*Metrics, *evaluation, error) {
	a, err := q.complete(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	act, err := q.evaluated(ctx, active(a))
	if err != nil {
		return nil, nil, err
	}
	e := act
	if a.Cohort.Session != 0 {
		if e, err = q.evaluated(ctx, a); err != nil {
			return nil, nil, err
		}
	}
	return metrics(a, e, act), act, nil
}

// assessAt is assess of a completed as-of at another quarter, judged in that quarter's own year.
func (q *Queries) assessAt(ctx context.Context, a AsOf, quarter period.Quarter) (*Metrics, *evaluation, error) {
	// A deadline belongs to its year and to the regime as it was in force in its quarter.
	if a.Year != quarter.Year || q.regimeOf != nil && a.Quarter != quarter {
		a.Year, a.Deadline = quarter.Year, period.Date{}
	}
	a.Quarter = quarter
	return q.assess(ctx, a)
}

// unitsBelow lists the results of the obliged units below the units listed.
func (q *Queries) unitsBelow(ctx context.Context, m *Metrics, e *evaluation) ([]UnitResult, error) {
	var out []UnitResult
	for _, u := range m.Units {
		for _, b := range e.obligedBelow(u.Unit.Code) {
			out = append(out, unitResult(m.AsOf, b, e, e))
		}
	}
	return out, ctx.Err()
}

func active(a AsOf) AsOf {
	a.Cohort = Cohort{}
	return a
}

func unknownUnit(code record.UnitCode, a AsOf) error {
	return fault.New(fault.NotFound, "没有代码为「"+string(code)+"」的单位，或截至"+a.Quarter.Last().Chinese()+"该单位不存在。", "请在系统管理的单位目录中核对代码。")
}
