package dashboard

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// move is 为什么变了: a figure's change since another quarter, or since another moment, split into its causes. Of a
// unit's score it is the points of each indicator.
func (s *Server) move(c *gin.Context) error {
	to, err := s.asOf(c)
	if err != nil {
		return err
	}
	code, id := record.UnitCode(c.Query("unit")), c.Query("indicator")
	if id == "" {
		id = "resolution_completion"
	}
	in := view.MoveInput{Address: addressOf(c), Unit: string(code), Known: c.Query("known_from")}
	if in.Units, err = s.unitsSeen(c, to.KnownAt); err != nil {
		return err
	}
	var unit record.Unit
	if code != "" {
		u, err := s.unitInput(c, code)
		if err != nil {
			return err
		}
		unit, to.Level = u.Unit, u.Unit.Level
	}
	from, err := s.moveStart(c, to)
	if err != nil {
		return err
	}
	if in.Quarters, err = s.quarters(c.Request.Context()); err != nil {
		return err
	}
	for _, q := range []period.Quarter{from.Quarter, to.Quarter} {
		if !slices.Contains(in.Quarters, q) {
			in.Quarters = append(in.Quarters, q)
		}
	}
	slices.SortFunc(in.Quarters, period.Quarter.Compare)
	now, err := s.deps.Queries.Metrics(c.Request.Context(), to)
	if err != nil {
		return err
	}
	for _, u := range now.Units {
		in.Listed = append(in.Listed, u.Unit)
	}
	if id == "score" {
		return s.scoreMove(c, in, unit, from, now)
	}
	if in.Move, err = s.deps.Queries.Move(c.Request.Context(), from, to, code, id); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "move", view.NewMove(in))
}

func (s *Server) scoreMove(c *gin.Context, in view.MoveInput, unit record.Unit, from queries.AsOf, now *queries.Metrics) error {
	if unit.Code == "" {
		return fault.New(fault.Usage, "没有指明单位。", "得分按单位计算，请从单位页打开。")
	}
	was, err := s.deps.Queries.Metrics(c.Request.Context(), from)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "move_score", view.NewScoreMove(in, unit, from, now.AsOf, was.Unit(unit.Code), now.Unit(unit.Code)))
}

// moveStart is the other end: the quarter before unless the address says which, of its own year unless the address
// has one, and as known at the moment it names.
func (s *Server) moveStart(c *gin.Context, to queries.AsOf) (queries.AsOf, error) {
	from := to
	from.Quarter, from.Deadline = to.Quarter.Add(-1), period.Date{}
	if text := c.Query("from"); text != "" {
		q, err := period.ParseQuarter(text)
		if err != nil {
			return from, fault.Wrap(fault.Usage, fmt.Sprintf("起点「%s」无法识别。", text), "请写成 2024Q2 这样的格式。", err)
		}
		from.Quarter = q
	}
	if c.Query("year") == "" {
		from.Year = from.Quarter.Year
	}
	known, err := knownAt(c.Query("known_from"))
	if err != nil {
		return from, err
	}
	if !known.IsZero() {
		from.KnownAt = known
	}
	return from, nil
}
