package dashboard

import (
	"bytes"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/export"
	"liandu/internal/setting"
)

// briefing hands over 专项汇报, the tables of what the address shows. It refuses where two numbers for one thing differ.
func (s *Server) briefing(c *gin.Context) error {
	at, err := s.asOf(c)
	if err != nil {
		return err
	}
	settings, err := setting.Load(c.Request.Context(), s.deps.Store.DB(), at.KnownAt)
	if err != nil {
		return err
	}
	own, _ := settings.Deadline(at.Year)
	b, err := export.Gather(c.Request.Context(), s.deps.Queries, s.deps.Folder().Name, at, own.Document)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := b.Write(&body); err != nil {
		return err
	}
	quarter := b.Metrics.AsOf.Quarter
	return s.export(c, "export.briefing", b.City+"专项汇报 "+quarter.String()+".xlsx", "briefing-"+quarter.String()+".xlsx", &body)
}
