package dashboard

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/record"
	"liandu/queries"
)

// apiMetrics is GET /api/v1/metrics, the JSON of `metrics --format json`.
func (s *Server) apiMetrics(c *gin.Context) error {
	a, err := s.asOf(c)
	if err != nil {
		return err
	}
	m, err := s.deps.Queries.Metrics(c.Request.Context(), a)
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, view.MetricsJSON(m))
	return nil
}

// apiFindings is GET /api/v1/findings, the JSON of `findings --format json`; `unit` narrows it to one unit.
func (s *Server) apiFindings(c *gin.Context) error {
	a, err := s.asOf(c)
	if err != nil {
		return err
	}
	var findings []queries.Finding
	if unit := record.UnitCode(c.Query("unit")); unit != "" {
		findings, err = s.deps.Queries.UnitFindings(c.Request.Context(), a, unit)
	} else {
		findings, err = s.deps.Queries.Findings(c.Request.Context(), a)
	}
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, view.FindingsJSON(findings))
	return nil
}
