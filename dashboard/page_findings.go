package dashboard

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/queries"
)

func (s *Server) findingsInput(c *gin.Context) (view.FindingsInput, error) {
	now, err := s.now(c)
	if err != nil {
		return view.FindingsInput{}, err
	}
	in := view.FindingsInput{Address: addressOf(c), Now: now, Filter: view.FindingFilter{
		Severity: c.Query("severity"), Rule: c.Query("rule"), Unit: c.Query("unit"), Search: c.Query("q"),
	}}
	in.CanOpen = canOpen(c)
	if in.Matters, err = s.deps.Queries.Matters(c.Request.Context(), queries.MatterFilter{Scope: now.AsOf.Scope, KnownAt: asked(c)}); err != nil {
		return in, err
	}
	in.Findings, err = s.deps.Queries.Findings(c.Request.Context(), now.AsOf)
	return in, err
}

// findings is 问题清单.
func (s *Server) findings(c *gin.Context) error {
	in, err := s.findingsInput(c)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "findings", view.NewFindings(in))
}

// findingsFile is the findings as they are shown, as a workbook or CSV.
func (s *Server) findingsFile(c *gin.Context) error {
	in, err := s.findingsInput(c)
	if err != nil {
		return err
	}
	return s.exportTable(c, view.NewFindings(in).Table, in.Now.AsOf)
}
