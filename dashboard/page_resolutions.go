package dashboard

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
)

// resolutionsPage is 议定事项台账.
type resolutionsPage struct {
	view.Items
	NameWidth int
}

func itemFilter(c *gin.Context) view.ItemFilter {
	f := view.ItemFilter{
		State: c.Query("state"), Search: c.Query("q"), Unit: c.Query("unit"), Session: c.Query("session"),
		Category: c.Query("category"), Lead: c.Query("lead"), Due: c.Query("due"), Population: c.Query("population"),
		Sort: c.Query("sort"), Falling: c.Query("dir") == "down", Show: number(c.Query("show")), Open: c.Query("open"),
	}
	return f
}

// number reads a count; anything else is 0.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func (s *Server) items(c *gin.Context) (view.ItemsInput, error) {
	now, err := s.now(c)
	if err != nil {
		return view.ItemsInput{}, err
	}
	in := view.ItemsInput{Address: addressOf(c), Now: now, Filter: itemFilter(c)}
	if in.Items, err = s.deps.Queries.Resolutions(c.Request.Context(), now.AsOf, ""); err != nil {
		return in, err
	}
	in.Units, err = s.unitsSeen(c, now.AsOf.KnownAt)
	return in, err
}

// resolutions is 议定事项台账.
func (s *Server) resolutions(c *gin.Context) error {
	in, err := s.items(c)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "resolutions", resolutionsPage{view.NewItems(in), nameWidth(in.Now.Units)})
}

// resolutionsFile is the ledger's rows as they are shown, as a workbook or CSV.
func (s *Server) resolutionsFile(c *gin.Context) error {
	in, err := s.items(c)
	if err != nil {
		return err
	}
	var ids []string
	for _, r := range in.Items {
		ids = append(ids, r.Submission)
	}
	if in.Reasons, err = s.deps.Queries.Reasons(c.Request.Context(), ids...); err != nil {
		return err
	}
	return s.exportTable(c, view.NewItems(in).Table, in.Now.AsOf)
}
