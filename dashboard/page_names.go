package dashboard

import (
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/ingest"
	"liandu/internal/fault"
	"liandu/internal/record"
	"liandu/internal/registry"
	"liandu/queries"
)

// names is 单位名称: the names of a file that no unit is registered under, for an officer to say whose they are.
func (s *Server) names(c *gin.Context) error {
	row, err := s.submissionRow(c, c.Param("id"))
	if err != nil {
		return err
	}
	return s.namesPage(c, http.StatusOK, row, nil, "")
}

func (s *Server) namesPage(c *gin.Context, status int, row *queries.SubmissionDetail, picked map[string]string, wrong string) error {
	units, err := s.deps.Registry(c.Request.Context())
	if err != nil {
		return err
	}
	in := view.NamesInput{Address: addressOf(c), Row: row.SubmissionRow, Chosen: picked, Error: wrong, Units: unitOptions(units, row.Unit)}
	for _, n := range s.deps.Ingest.UnknownNames(row.Unit, row.Problems) {
		asked := view.NameAsked{Written: n.Written, Submitter: n.Submitter, Places: n.Places}
		for _, candidate := range n.Candidates {
			if candidate.Unit.ValidTo.IsZero() {
				asked.Candidates = append(asked.Candidates, view.Option{Value: string(candidate.Unit.Code), Text: candidate.Full})
			}
		}
		in.Names = append(in.Names, asked)
	}
	return s.render(c, status, "names", view.NewNames(in))
}

// unitOptions lists the units in force: the submitter's own first, then all others, by code.
func unitOptions(units *registry.Registry, own record.UnitCode) []view.Option {
	var mine, others []view.Option
	for _, u := range units.All() {
		switch {
		case !u.ValidTo.IsZero() || u.Level == record.LevelCity:
		case own != "" && units.IsUnder(u.Code, own):
			mine = append(mine, view.Option{Value: string(u.Code), Text: units.FullName(u.Code)})
		default:
			others = append(others, view.Option{Value: string(u.Code), Text: units.FullName(u.Code)})
		}
	}
	return append(mine, others...)
}

// namesPost adds the names as aliases and reads the file again.
func (s *Server) namesPost(c *gin.Context) error {
	row, err := s.submissionRow(c, c.Param("id"))
	if err != nil {
		return err
	}
	picked := map[string]string{}
	var names []ingest.Name
	for _, n := range s.deps.Ingest.UnknownNames(row.Unit, row.Problems) {
		near, other := c.PostForm(view.NameChoice(n.Written)), c.PostForm(view.NameOther(n.Written))
		picked[view.NameChoice(n.Written)], picked[view.NameOther(n.Written)] = near, other
		switch {
		case near != "" && other != "" && near != other:
			return s.namesPage(c, http.StatusUnprocessableEntity, row, picked, fmt.Sprintf("「%s」选了两个单位。请只选一个。", n.Written))
		case near == "":
			near = other
		}
		if near != "" {
			names = append(names, ingest.Name{Written: n.Written, Unit: record.UnitCode(near)})
		}
	}
	if len(names) == 0 {
		return s.namesPage(c, http.StatusUnprocessableEntity, row, picked, "没有认定任何名称。请至少为一个名称选择单位。")
	}
	if err := s.deps.Ingest.NameUnits(c.Request.Context(), names, account(c).Login); err != nil {
		if fault.CodeOf(err) == fault.Invalid {
			return s.namesPage(c, http.StatusUnprocessableEntity, row, picked, faultWords(err))
		}
		return err
	}
	return s.readAgain(c, row.ID, "/names")
}
