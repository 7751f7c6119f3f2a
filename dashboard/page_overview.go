package dashboard

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
)

// overviewPage is 总览 with its charts.
type overviewPage struct {
	view.Overview
	TrendChart, StateChart, CalendarChart figure
	NameWidth                             int
	ScoreHref, BriefHref                  string
}

func newOverviewPage(in view.OverviewInput) (overviewPage, error) {
	p := overviewPage{
		Overview: view.NewOverview(in), NameWidth: nameWidth(in.Now.Units), ScoreHref: in.Address.Href("/regimes"),
		BriefHref: in.Address.Href("/briefing.xlsx"),
	}
	var err error
	if p.TrendChart, err = lineFigure(p.Trend.Figure, ""); err != nil {
		return p, err
	}
	if p.StateChart, err = stackFigure(p.States.Figure, p.States.Size); err != nil {
		return p, err
	}
	p.CalendarChart, err = dateFigure(p.Calendar.Figure, p.Calendar.Size)
	return p, err
}

// overview is 总览.
func (s *Server) overview(c *gin.Context) error {
	now, err := s.now(c)
	if err != nil {
		return err
	}
	in := view.OverviewInput{Address: addressOf(c), Now: now}
	if in.History, err = s.history(c, now); err != nil {
		return err
	}
	if in.LastYear, err = s.lastYear(c, now); err != nil {
		return err
	}
	q := s.deps.Queries
	if in.Lights, err = q.Lights(c.Request.Context(), now.AsOf, len(in.History)); err != nil {
		return err
	}
	if in.Findings, err = q.Findings(c.Request.Context(), now.AsOf); err != nil {
		return err
	}
	if in.Items, err = q.Resolutions(c.Request.Context(), now.AsOf, ""); err != nil {
		return err
	}
	if in.Meetings, err = q.Meetings(c.Request.Context(), now.AsOf, ""); err != nil {
		return err
	}
	if in.Sent, err = q.Sent(c.Request.Context(), now.AsOf); err != nil {
		return err
	}
	if in.Units, err = s.unitsSeen(c, now.AsOf.KnownAt); err != nil {
		return err
	}
	p, err := newOverviewPage(in)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "overview", p)
}
