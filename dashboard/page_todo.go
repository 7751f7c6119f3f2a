package dashboard

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/auth"
	"liandu/internal/record"
	"liandu/queries"
)

// todo is 待办: what waits today, for the role of who asks.
func (s *Server) todo(c *gin.Context) error {
	a, err := s.asOf(c)
	if err != nil {
		return err
	}
	running := a
	running.Quarter, running.KnownAt = s.running(), queries.AsOf{}.KnownAt
	running.Year, running.Deadline = running.Quarter.Year, queries.AsOf{}.Deadline
	running.Cohort, running.Level = queries.Cohort{}, a.Regime.DefaultLevel()
	ctx, q := c.Request.Context(), s.deps.Queries
	in := view.TodoInput{
		Address: addressOf(c), Today: s.today(), Quarter: running.Quarter.Add(-1), Who: actor(c), Regime: a.Regime, HasBlank: s.deps.Blank != nil,
	}
	matters, err := q.Matters(ctx, queries.MatterFilter{Scope: a.Scope})
	if err != nil {
		return err
	}
	if in.Outcomes, err = q.Outcomes(ctx, running, matters); err != nil {
		return err
	}
	if in.Items, err = q.Resolutions(ctx, running, ""); err != nil {
		return err
	}
	if in.Claims, err = q.Resolutions(ctx, a, ""); err != nil {
		return err
	}
	ended := running
	ended.Quarter = in.Quarter
	ended.Year = ended.Quarter.Year
	if in.Sent, err = q.Sent(ctx, ended); err != nil {
		return err
	}
	if in.Documents, err = q.Documents(ctx, queries.DocumentFilter{Scope: a.Scope}); err != nil {
		return err
	}
	held, err := s.filesOf(c, queries.SubmissionFilter{Status: record.Pending})
	if err != nil {
		return err
	}
	for _, r := range held {
		in.Held = append(in.Held, view.TodoHeld{ID: r.ID, Unit: r.UnitName, File: r.File, Quarter: r.Quarter.Chinese(), Received: r.ReceivedAt})
	}
	if in.Names, err = s.accountNames(ctx); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "todo", view.NewTodo(in))
}

// countWaiting is how many matters wait for the account, as the navigation shows it; "" for none.
func (s *Server) countWaiting(c *gin.Context) (string, error) {
	if !auth.Can(account(c), auth.Answer, "") {
		return "", nil
	}
	all, err := s.deps.Queries.Matters(c.Request.Context(), queries.MatterFilter{Scope: account(c).Scope()})
	if err != nil {
		return "", err
	}
	return view.CountWord(view.WaitingMatters(all, actor(c))), nil
}
