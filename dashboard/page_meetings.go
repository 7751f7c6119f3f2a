package dashboard

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
)

// meetingsPage is 会议台账.
type meetingsPage struct {
	view.Meetings
	NameWidth int
}

func (s *Server) meetingsInput(c *gin.Context) (view.MeetingsInput, error) {
	now, err := s.now(c)
	if err != nil {
		return view.MeetingsInput{}, err
	}
	in := view.MeetingsInput{Address: addressOf(c), Now: now, Filter: view.MeetingFilter{
		Kind: c.Query("kind"), Search: c.Query("q"), Unit: c.Query("unit"), Session: c.Query("session"), Rank: c.Query("rank"),
		Check: c.Query("check"),
		Sort:  c.Query("sort"), Falling: c.Query("dir") == "down", Show: number(c.Query("show")),
	}}
	if in.Meetings, err = s.deps.Queries.Meetings(c.Request.Context(), now.AsOf, ""); err != nil {
		return in, err
	}
	if in.Items, err = s.deps.Queries.Resolutions(c.Request.Context(), now.AsOf, ""); err != nil {
		return in, err
	}
	in.Units, err = s.unitsSeen(c, now.AsOf.KnownAt)
	return in, err
}

// meetings is 会议台账.
func (s *Server) meetings(c *gin.Context) error {
	in, err := s.meetingsInput(c)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "meetings", meetingsPage{view.NewMeetings(in), nameWidth(in.Now.Units)})
}

// meetingsFile is the ledger's rows as they are shown, as a workbook or CSV.
func (s *Server) meetingsFile(c *gin.Context) error {
	in, err := s.meetingsInput(c)
	if err != nil {
		return err
	}
	var ids []string
	for _, m := range in.Meetings {
		ids = append(ids, m.Submission)
	}
	if in.Reasons, err = s.deps.Queries.Reasons(c.Request.Context(), ids...); err != nil {
		return err
	}
	return s.exportTable(c, view.NewMeetings(in).Table, in.Now.AsOf)
}
