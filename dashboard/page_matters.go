package dashboard

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/auth"
	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/queries"
)

// loop takes the steps of matters.
func (s *Server) loop() *matter.Service { return &matter.Service{Store: s.deps.Store, Now: s.deps.Now} }

// actor is who asks, as the loop sees it.
func actor(c *gin.Context) matter.Actor {
	a := account(c)
	return matter.Actor{Login: a.Login, Officer: auth.Can(a, auth.Supervise, ""), Unit: a.Scope()}
}

// today is the day in Shanghai.
func (s *Server) today() period.Date { return period.DateOf(s.deps.Now().In(period.Shanghai)) }

// outcomes returns the matters the account may see as they were known at the request's moment, with what became of them.
func (s *Server) outcomes(c *gin.Context, a queries.AsOf) ([]queries.Outcome, error) {
	all, err := s.deps.Queries.Matters(c.Request.Context(), queries.MatterFilter{Scope: a.Scope, KnownAt: a.KnownAt})
	if err != nil {
		return nil, err
	}
	return s.deps.Queries.Outcomes(c.Request.Context(), a, all)
}

func (s *Server) mattersInput(c *gin.Context) (view.MattersInput, queries.AsOf, error) {
	a, err := s.asOf(c)
	if err != nil {
		return view.MattersInput{}, a, err
	}
	in := view.MattersInput{
		Address: addressOf(c), Quarter: a.Quarter, Today: s.today(), CanOpen: canOpen(c),
		Filter: view.MatterFilter{State: c.Query("state"), Unit: c.Query("unit"), Source: c.Query("source"), Search: c.Query("q")},
	}
	in.Outcomes, err = s.outcomes(c, a)
	return in, a, err
}

// matters is 督办事项: the list, and what came after 交办.
func (s *Server) matters(c *gin.Context) error {
	in, _, err := s.mattersInput(c)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "matters", view.NewMatters(in))
}

// mattersFile is the list as it is shown, as a workbook or CSV.
func (s *Server) mattersFile(c *gin.Context) error {
	in, a, err := s.mattersInput(c)
	if err != nil {
		return err
	}
	return s.exportTable(c, view.NewMatters(in).Table, a)
}

// canOpen reports whether the account may open matters.
func canOpen(c *gin.Context) bool { return auth.Can(account(c), auth.Supervise, "") }

// asked is the past moment a request looks at; zero is now. What cannot be read was refused by asOf.
func asked(c *gin.Context) time.Time {
	at, _ := knownAt(c.Query("known_at"))
	return at
}
