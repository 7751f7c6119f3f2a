package dashboard

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/queries"
)

// source draws the original sheet of a submission with a cell lit.
func (s *Server) source(c *gin.Context) error {
	row, err := s.submissionRow(c, c.Param("id"))
	if err != nil {
		return err
	}
	in := view.SourceInput{
		Address: addressOf(c), Submission: row.Submission, UnitName: row.UnitName, Sheet: c.Query("sheet"), Cell: c.Query("cell"),
	}
	if also := c.Query("also"); also != "" {
		in.Also = strings.Split(also, ",")
	}
	if in.Reading, err = s.reading(row); err != nil {
		return err
	}
	if s.deps.Grid != nil {
		if in.Sheets, err = s.deps.Grid(c, row.SHA256); err != nil {
			s.log(c, http.StatusOK, err) // a file that cannot be drawn can still be downloaded
			in.Sheets = nil
		}
	}
	if in.Findings, err = s.findingsAt(c, row.ID); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "source", view.NewSource(in))
}

// findingsAt returns the findings of the request's as-of that rest on a submission.
func (s *Server) findingsAt(c *gin.Context, id string) ([]queries.Finding, error) {
	a, err := s.asOf(c)
	if err != nil {
		return nil, err
	}
	all, err := s.deps.Queries.Findings(c, a)
	if err != nil {
		return nil, err
	}
	var out []queries.Finding
	for _, f := range all {
		if slices.ContainsFunc(f.Evidence, func(e queries.Evidence) bool { return e.Submission == id }) {
			out = append(out, f)
		}
	}
	return out, nil
}
