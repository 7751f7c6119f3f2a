package dashboard

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/auth"
)

// regimes is 制度规则: each rule beside its clause, and on request the same facts under another regime.
func (s *Server) regimes(c *gin.Context) error {
	now, err := s.now(c)
	if err != nil {
		return err
	}
	book, err := s.deps.Rules.Book(c.Request.Context())
	if err != nil {
		return err
	}
	day, known := now.AsOf.Quarter.Last(), now.AsOf.KnownAt
	in := view.RegimesInput{
		Address: addressOf(c), All: book.All(day, known), Now: now, Adopted: book.Adopted(day, known),
		History: view.RuleHistory(book, known), CanChange: auth.Can(account(c), auth.ChangeRules, ""),
	}
	slices.Reverse(in.History)
	in.IsChanged = book.IsChanged(now.AsOf.Regime.ID, known)
	if in.Written, err = book.Version(now.AsOf.Regime.ID, day, known); err != nil {
		return err
	}
	if in.Findings, err = s.deps.Queries.Findings(c.Request.Context(), now.AsOf); err != nil {
		return err
	}
	if other := c.Query("compare"); other != "" && other != now.AsOf.Regime.ID {
		a := earlier(now.AsOf, 0)
		a.Year = now.AsOf.Year
		a.FollowsCity = false
		if a.Regime, err = book.At(other, day, known); err != nil {
			return err
		}
		if in.Other, err = s.deps.Queries.Metrics(c.Request.Context(), a); err != nil {
			return err
		}
		if in.OtherFindings, err = s.deps.Queries.Findings(c.Request.Context(), a); err != nil {
			return err
		}
	}
	return s.render(c, http.StatusOK, "regimes", view.NewRegimes(in))
}
