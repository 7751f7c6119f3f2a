package dashboard

import (
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/record"
	"liandu/queries"
)

// explainPage is the rows one number is made of.
type explainPage struct {
	view.Explain
	TotalHref string
}

// explain opens a number: the rows above and below the line, what is left out and why, each with its cell.
func (s *Server) explain(c *gin.Context) error {
	a, err := s.asOf(c)
	if err != nil {
		return err
	}
	id, code := c.Query("indicator"), record.UnitCode(c.Query("unit"))
	in := view.ExplainInput{Address: addressOf(c), Indicator: id}
	q := s.deps.Queries
	if code != "" {
		u, err := s.unitInput(c, code)
		if err != nil {
			return err
		}
		in.Unit, in.Units = &u.Unit, u.Units
		a.Level = u.Unit.Level
	} else if in.Units, err = s.unitsSeen(c, a.KnownAt); err != nil {
		return err
	}
	if in.Now, err = q.Metrics(c.Request.Context(), a); err != nil {
		return err
	}
	if in.Items, err = q.Resolutions(c.Request.Context(), a, code); err != nil {
		return err
	}
	if in.Meetings, err = q.Meetings(c.Request.Context(), a, code); err != nil {
		return err
	}
	if in.Sent, err = q.Sent(c.Request.Context(), a); err != nil {
		return err
	}
	if id == "establishment" {
		if in.Established, err = s.established(c, a, code); err != nil {
			return err
		}
	}
	if in.Reasons, err = q.Reasons(c.Request.Context(), slices.Sorted(maps.Keys(in.RestsOn()))...); err != nil {
		return err
	}
	if in.Names, err = s.accountNames(c.Request.Context()); err != nil {
		return err
	}
	p, ok := view.NewExplain(in)
	if !ok {
		return fault.New(fault.NotFound, fmt.Sprintf("没有编号为「%s」的指标。", id), "请从页面上的数字点开。")
	}
	return s.render(c, http.StatusOK, "explain", explainPage{p, in.Address.Explain(id, "")})
}

// established returns the units an establishment rate counts, with their cells.
func (s *Server) established(c *gin.Context, a queries.AsOf, code record.UnitCode) ([]view.EstablishedRow, error) {
	x, err := s.deps.Queries.Explain(c.Request.Context(), a, code, "establishment")
	if err != nil {
		return nil, err
	}
	out := make([]view.EstablishedRow, 0, len(x.Rows))
	for _, r := range x.Rows {
		out = append(out, view.EstablishedRow{
			Owner: r.Unit, Name: r.Label, Established: r.InNum, Submission: r.Submission, File: r.File, Sheet: r.Sheet, Cells: r.Refs(),
		})
	}
	return out, nil
}
