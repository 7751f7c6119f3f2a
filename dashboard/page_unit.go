package dashboard

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// unitPage is the page of one unit with its charts.
type unitPage struct {
	view.Unit
	MeetingChart, ScoreChart figure
	UnitsHref                string
}

func newUnitPage(in view.UnitInput) (unitPage, error) {
	p := unitPage{Unit: view.NewUnit(in), UnitsHref: in.Address.Href("/unit")}
	var err error
	if p.MeetingChart, err = dateFigure(p.Meetings.Figure, "chart-200"); err != nil {
		return p, err
	}
	p.ScoreChart, err = lineFigure(p.Trend.Figure, "chart-200")
	return p, err
}

// unitList is 单位: the list.
func (s *Server) unitList(c *gin.Context) error {
	p, _, err := s.unitListView(c)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "units", p)
}

// unitListFile is the list as a workbook or CSV.
func (s *Server) unitListFile(c *gin.Context) error {
	p, a, err := s.unitListView(c)
	if err != nil {
		return err
	}
	return s.exportTable(c, p.Table, a)
}

// unitListView asks for every level that the rules oblige.
func (s *Server) unitListView(c *gin.Context) (view.UnitList, queries.AsOf, error) {
	now, err := s.now(c)
	if err != nil {
		return view.UnitList{}, queries.AsOf{}, err
	}
	a, ctx := now.AsOf, c.Request.Context()
	in := view.UnitListInput{Address: addressOf(c), Now: now}
	for _, l := range a.Regime.ObligedLevels {
		if l == a.Level {
			continue
		}
		at := a
		at.Level = l
		m, err := s.deps.Queries.Metrics(ctx, at)
		if err != nil {
			return view.UnitList{}, a, err
		}
		in.Levels = append(in.Levels, m)
	}
	if in.Meetings, err = s.deps.Queries.Meetings(ctx, a, ""); err != nil {
		return view.UnitList{}, a, err
	}
	if in.Established, err = s.deps.Queries.Establishments(ctx, a); err != nil {
		return view.UnitList{}, a, err
	}
	if in.Units, err = s.unitsSeen(c, a.KnownAt); err != nil {
		return view.UnitList{}, a, err
	}
	return view.NewUnitList(in), a, nil
}

// unitsSeen returns the registry as far as the account may see it.
func (s *Server) unitsSeen(c *gin.Context, knownAt time.Time) ([]record.Unit, error) {
	units, err := s.deps.Queries.Units(c.Request.Context(), knownAt)
	if err != nil {
		return nil, err
	}
	return inScope(units, account(c).Scope()), nil
}

// inScope leaves a scope its own units and those below them; the empty scope is everything.
func inScope(units []record.Unit, scope record.UnitCode) []record.Unit {
	if scope == "" {
		return units
	}
	parent := map[record.UnitCode]record.UnitCode{}
	for _, u := range units {
		parent[u.Code] = u.Parent
	}
	return slices.DeleteFunc(slices.Clone(units), func(u record.Unit) bool {
		at := u.Code
		for n := 0; at != "" && n < 8; at, n = parent[at], n+1 {
			if at == scope {
				return false
			}
		}
		return true
	})
}

// unit is the page of one unit, of whatever level: it is seen among the units of its own level.
func (s *Server) unit(c *gin.Context) error {
	a, err := s.asOf(c)
	if err != nil {
		return err
	}
	in, err := s.unitInput(c, record.UnitCode(c.Param("code")))
	if err != nil {
		return err
	}
	if then := codeThen(in.Units, in.Unit, a.Quarter.Last()); then != in.Unit.Code {
		c.Redirect(http.StatusFound, in.Address.Unit(string(then)))
		return nil
	}
	a.Level = in.Unit.Level
	q := s.deps.Queries
	if in.Now, err = q.Metrics(c.Request.Context(), a); err != nil {
		return err
	}
	if in.History, err = s.history(c, in.Now); err != nil {
		return err
	}
	if in.Findings, err = q.UnitFindings(c.Request.Context(), a, in.Unit.Code); err != nil {
		return err
	}
	if in.Items, err = q.Resolutions(c.Request.Context(), a, in.Unit.Code); err != nil {
		return err
	}
	if in.Meetings, err = q.Meetings(c.Request.Context(), a, in.Unit.Code); err != nil {
		return err
	}
	if in.Sent, err = q.Sent(c.Request.Context(), a); err != nil {
		return err
	}
	before := earlier(a, 0)
	before.Quarter = before.Quarter.Add(-before.Quarter.N) // the last quarter of the year before
	before.Year = before.Quarter.Year
	sent, err := q.Sent(c.Request.Context(), before)
	if err != nil {
		return err
	}
	in.Sent = append(sent, in.Sent...)
	in.Today, in.CanOpen = s.today(), canOpen(c)
	if in.Documents, err = q.Documents(c.Request.Context(), queries.DocumentFilter{Unit: in.Unit.Code, Scope: a.Scope}); err != nil {
		return err
	}
	matters, err := q.Matters(c.Request.Context(), queries.MatterFilter{Unit: in.Unit.Code, Scope: a.Scope, KnownAt: a.KnownAt})
	if err != nil {
		return err
	}
	if in.Outcomes, err = q.Outcomes(c.Request.Context(), a, matters); err != nil {
		return err
	}
	p, err := newUnitPage(in)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "unit", p)
}

// codeThen is the code a unit went by on a day: its own, that of the unit it became, or of one that became it. Its own
// where none was in force.
func codeThen(units []record.Unit, u record.Unit, day period.Date) record.UnitCode {
	for at, n := u, 0; n < 8; n++ {
		if at.ValidOn(day) {
			return at.Code
		}
		next := func(v record.Unit) bool { return v.Successor == at.Code }
		if !at.ValidTo.IsZero() && at.ValidTo.Before(day) {
			next = func(v record.Unit) bool { return v.Code == at.Successor }
		}
		i := slices.IndexFunc(units, next)
		if i < 0 {
			break
		}
		at = units[i]
	}
	return u.Code
}

// unitInput finds the unit in the registry, within the account's own.
func (s *Server) unitInput(c *gin.Context, code record.UnitCode) (view.UnitInput, error) {
	a, err := s.asOf(c)
	if err != nil {
		return view.UnitInput{}, err
	}
	units, err := s.unitsSeen(c, a.KnownAt)
	if err != nil {
		return view.UnitInput{}, err
	}
	in := view.UnitInput{Address: addressOf(c), Units: units}
	i := slices.IndexFunc(units, func(u record.Unit) bool { return u.Code == code })
	if i < 0 {
		return in, fault.New(fault.NotFound, fmt.Sprintf("没有代码为「%s」的单位，或不在你的账号范围内。", code), "请从「单位」页进入。")
	}
	in.Unit = units[i]
	return in, nil
}
