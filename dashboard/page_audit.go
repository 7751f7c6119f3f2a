package dashboard

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/queries"
)

// auditLines is how many lines a page of the log has.
const auditLines = 200

// audit is 操作日志: the journal, latest first.
func (s *Server) audit(c *gin.Context) error {
	f := queries.AuditFilter{Actor: c.Query("actor"), Action: c.Query("action"), Text: c.Query("q"), Limit: auditLines + 1}
	err := readDays(c, &f)
	if before, convErr := strconv.ParseInt(c.Query("before"), 10, 64); convErr == nil && before > 0 {
		f.Before = before
	}
	var refused string
	if err != nil {
		refused = err.Error()
	}
	rows, err := s.deps.Queries.Audit(c.Request.Context(), f)
	if err != nil {
		return err
	}
	units, err := s.unitNames(c.Request.Context())
	if err != nil {
		return err
	}
	names, err := s.accountNames(c.Request.Context())
	if err != nil {
		return err
	}
	in := view.AuditInput{Path: "/audit", Filter: f, Rows: rows, Names: names, Units: units}
	in.Files = auth.Can(account(c), auth.ReadFiles, "")
	if len(rows) > auditLines {
		in.Rows, in.More = rows[:auditLines], true
	}
	p := view.NewAudit(in)
	p.Error = refused
	if refused != "" {
		p.From, p.To = c.Query("from"), c.Query("to")
		return s.render(c, http.StatusUnprocessableEntity, "audit", p)
	}
	return s.render(c, http.StatusOK, "audit", p)
}

func readDays(c *gin.Context, f *queries.AuditFilter) error {
	for name, day := range map[string]*period.Date{"from": &f.From, "to": &f.To} {
		d, err := period.ParseDate(c.Query(name))
		if err != nil {
			return fault.New(fault.Invalid, fmt.Sprintf("「%s」不是可识别的日期。", c.Query(name)), "请写成 2024-09-30 这样的格式。")
		}
		*day = d
	}
	return nil
}
