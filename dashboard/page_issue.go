package dashboard

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/export"
	"liandu/dashboard/issue"
	"liandu/dashboard/view"
	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/record"
)

// issuePage says what will be frozen: every paper with its number, and the data, rules, units and settings behind it.
func (s *Server) issuePage(c *gin.Context) error {
	a, err := s.paperAsk(c)
	if err != nil {
		return err
	}
	return s.showIssue(c, a, http.StatusOK, "")
}

// showIssue renders the page; refused is why the papers were not issued.
func (s *Server) showIssue(c *gin.Context, a paperAsk, status int, refused string) error {
	in := view.IssueInput{
		Address: addressOf(c), Set: a.set, Name: setName(a.set), Bears: issue.NumberKey(a.set) != "", Number: a.number, Suggested: a.next.Number, Why: a.next.Why,
		DatedOn: a.dated, KnownAt: minute(a.at.KnownAt), RegimeName: a.at.Regime.Name, Level: a.at.Level.Chinese(), Settings: len(a.from.Settings),
		CanIssue: auth.Can(account(c), auth.IssuePapers, ""), Fresh: a.fresh, Of: a.of, Unit: a.unit, Refused: refused, Back: c.Request.URL.RequestURI(),
	}
	if c.Request.Method == http.MethodPost {
		in.Back = "/documents"
	}
	units, err := s.deps.Queries.Units(c.Request.Context(), a.at.KnownAt)
	if err != nil {
		return err
	}
	in.Units = len(units)
	for _, row := range a.from.Sent {
		if row.Submission != "" {
			in.Submissions++
		}
	}
	all, err := s.drafts(c.Request.Context(), a)
	if why, err := refusedPaper(err); err != nil {
		return err
	} else if why != "" {
		in.Refused = why
	}
	for _, d := range all {
		in.Rows = append(in.Rows, view.IssueRowInput{
			Official: d.Official, Paper: d.Paper, Unit: d.Unit, Number: d.Number, Expect: d.Expect, Earlier: s.earlierRow(c, d.Earlier),
		})
	}
	in.Action = issueAction(addressOf(c), a)
	return s.render(c, status, "document_issue", view.NewIssuePage(in))
}

// issueAction is where papers are issued: the moment that was looked at is in the address, so that the papers issued are
// the ones that were looked at.
func issueAction(address view.Address, a paperAsk) string {
	address.KnownAt = a.at.KnownAt.Format(time.RFC3339Nano)
	printed := ""
	if a.printed.IsZero() {
		printed = "last"
	}
	return address.Href("/documents/issue", "period", a.at.Quarter.String(), "year", fmt.Sprint(a.at.Year), "level", string(a.at.Level),
		"paper", a.set, "unit", string(a.unit), "number", a.number, "date", a.dated.String(), "of", a.of, "printed", printed, "fresh", map[bool]string{true: "1"}[a.fresh])
}

// issuePost freezes the papers of the form.
func (s *Server) issuePost(c *gin.Context) error {
	a, err := s.paperAsk(c)
	if err != nil {
		return err
	}
	papers, units, numbers, expects := c.PostFormArray("p"), c.PostFormArray("u"), c.PostFormArray("n"), c.PostFormArray("e")
	if len(units) != len(papers) || len(numbers) != len(papers) || len(expects) != len(papers) {
		return fault.New(fault.Invalid, "提交的文件清单不完整，没有签发。", "请回到核对页重新签发。")
	}
	batch := issue.Batch{At: a.at, DatedOn: a.dated, Printed: a.printed, Actor: account(c).Login}
	for i := range papers {
		o := issue.Order{
			Paper: papers[i], Unit: record.UnitCode(units[i]), Number: numbers[i], Expect: expects[i], Again: c.PostForm("again") != "",
			Edited: c.PostForm("edited"), Reason: c.PostForm("reason"),
		}
		if o.Paper == export.PaperCorrection {
			o.Corrects = strings.Split(a.of, ",")
		}
		batch.Orders = append(batch.Orders, o)
	}
	docs, err := s.desk.Issue(c.Request.Context(), batch)
	if code := fault.CodeOf(err); code == fault.Conflict || code == fault.Invalid {
		if sum := c.PostForm("edited"); sum != "" {
			return s.showCheck(c, a, sum, fault.Status(code), err.Error())
		}
		return s.showIssue(c, a, fault.Status(code), err.Error())
	}
	if err != nil {
		return err
	}
	address := addressOf(c)
	address.KnownAt = ""
	if len(docs) == 1 {
		return redirect(c, address.Href("/documents/"+docs[0].ID), "已签发并存档："+docs[0].Number)
	}
	return redirect(c, address.Href("/documents"), fmt.Sprintf("已签发并存档 %d 份。", len(docs)))
}
