package queries

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
)

// Cohort is 事项口径: the zero Cohort is the active population 在办; otherwise all resolutions of one session year 届次.
type Cohort struct{ Session int }

// ParseCohort reads "active", "" or "session:2023".
func ParseCohort(s string) (Cohort, error) {
	if s == "" || s == "active" {
		return Cohort{}, nil
	}
	if y, ok := strings.CutPrefix(s, "session:"); ok {
		if n, err := strconv.Atoi(y); err == nil && n >= 1950 && n <= 2150 {
			return Cohort{Session: n}, nil
		}
	}
	return Cohort{}, fault.New(fault.Usage, fmt.Sprintf("事项口径「%s」无法识别。", s), "请写 active（在办）或 session:2024（2024 届次）。")
}

// String is the form of commands and URLs.
func (c Cohort) String() string {
	if c.Session == 0 {
		return "active"
	}
	return "session:" + strconv.Itoa(c.Session)
}

// AsOf is the point from which everything is seen: the same named parameters for every file.
// A zero KnownAt means now; a zero Year the quarter's year; an empty Level the regime's highest obliged level. Complete
// fills them in.
type AsOf struct {
	Quarter period.Quarter
	Year    int
	KnownAt time.Time
	// Regime names the rules; Complete takes the version of it that is in force on D as known at KnownAt, unless it is a
	// Draft.
	Regime *regime.Regime
	// FollowsCity says that nobody chose the regime: of every quarter looked at, it is the one the city follows then.
	FollowsCity bool
	Cohort      Cohort
	Level       record.Level
	// Deadline of the session year; zero: the regime's. A city's own deadline comes from settings with its document.
	Deadline period.Date
	// Scope limits what is answered to these submitters' own units (a county account); empty is everything.
	Scope record.UnitCode
	// RulesHeld keeps Regime as it stands, also at a quarter or moment when another version of it is in force.
	RulesHeld bool
}

// Complete fills in what a person left out: known-at now, the quarter's year, the regime in force then, its highest
// obliged level and its deadline, or the city's own for that year. It refuses an as-of without quarter or regime and an unknown level with
// fault.Usage.
func (q *Queries) Complete(a AsOf) (AsOf, error) { return q.complete(context.Background(), a) }

func (q *Queries) complete(ctx context.Context, a AsOf) (AsOf, error) {
	if a.Quarter.IsZero() {
		return AsOf{}, fault.New(fault.Usage, "没有指明报告期。", "请写明报告期，如 2024Q3。")
	}
	if a.Regime == nil {
		return AsOf{}, fault.New(fault.Usage, "没有指明制度规则。", "请指明制度，如 qinhuangdao-2024。")
	}
	if a.KnownAt.IsZero() {
		a.KnownAt = q.now()
	}
	if err := q.inForce(ctx, &a); err != nil {
		return AsOf{}, err
	}
	if a.Year == 0 {
		a.Year = a.Quarter.Year
	}
	if a.Level == "" {
		a.Level = a.Regime.DefaultLevel()
	}
	if !slices.Contains(record.Levels, a.Level) {
		return AsOf{}, fault.New(fault.Usage, fmt.Sprintf("层级「%s」无法识别。", a.Level), "请写 city、county、township、zone 或 industry。")
	}
	if a.Deadline.IsZero() && q.ownDeadline != nil {
		var err error
		if a.Deadline, err = q.ownDeadline(ctx, a.Year, a.KnownAt); err != nil {
			return AsOf{}, fmt.Errorf("own deadline of %d: %w", a.Year, err)
		}
	}
	if a.Deadline.IsZero() {
		a.Deadline = a.Regime.Deadline(a.Year)
	}
	return a, nil
}

// inForce puts the version of the regime that judges this quarter, as known at this moment, into an as-of.
func (q *Queries) inForce(ctx context.Context, a *AsOf) error {
	if q.regimeOf == nil || a.Regime.Draft || a.RulesHeld {
		return nil
	}
	id := a.Regime.ID
	if a.FollowsCity {
		id = ""
	}
	var err error
	a.Regime, err = q.regimeOf(ctx, id, a.Quarter, a.KnownAt)
	return err
}

// params are the named parameters of every file; each file gets those it asks for.
func (a AsOf) params() params {
	levels := make([]string, 0, len(a.Regime.ObligedLevels))
	for _, l := range a.Regime.ObligedLevels {
		levels = append(levels, string(l))
	}
	ranks := []string{}
	for _, r := range a.Regime.AcceptRanks() {
		ranks = append(ranks, string(r))
	}
	explain, _ := a.Regime.Rule(regime.RuleExplain)
	return params{
		"as_of":              a.Quarter.Last().Time(),
		"known_at":           a.KnownAt,
		"year":               a.Year,
		"session":            a.Cohort.Session,
		"deadline":           a.Deadline.Time(),
		"levels":             levels,
		"accept_ranks":       ranks,
		"agenda":             append([]string{}, a.Regime.Agenda()...),
		"lead_months":        a.Regime.LeadMonths(),
		"minutes_days":       a.Regime.MinutesDays(),
		"needs_new_deadline": explain.ExplainNeedsNewDeadline,
		"submission_days":    a.Regime.SubmissionDays,
	}
}
