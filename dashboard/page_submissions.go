package dashboard

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
	"liandu/queries"
)

// submissions is 报送管理: who has sent for the quarter, and the form to hand in files.
func (s *Server) submissions(c *gin.Context) error {
	return s.submissionsPage(c, http.StatusOK, nil)
}

func (s *Server) submissionsPage(c *gin.Context, status int, errs []view.FileError) error {
	a, err := s.asOf(c)
	if err != nil {
		return err
	}
	sent, err := s.deps.Queries.Sent(c.Request.Context(), a)
	if err != nil {
		return err
	}
	recent, err := s.filesOf(c, queries.SubmissionFilter{Quarter: a.Quarter})
	if err != nil {
		return err
	}
	if !a.KnownAt.IsZero() {
		recent = slices.DeleteFunc(recent, func(r queries.SubmissionRow) bool { return r.ReceivedAt.After(a.KnownAt) })
	}
	names, err := s.accountNames(c.Request.Context())
	if err != nil {
		return err
	}
	form, err := s.uploadForm(c, a.Quarter, errs)
	if err != nil {
		return err
	}
	var interrupted []queries.Interrupted
	if a.Scope == "" {
		if interrupted, err = s.deps.Queries.Interrupted(c.Request.Context()); err != nil {
			return err
		}
	}
	waiting, err := s.waiting(c, queries.SubmissionFilter{Quarter: a.Quarter})
	if err != nil {
		return err
	}
	all, err := s.filesOf(c, queries.SubmissionFilter{Status: record.Pending})
	if err != nil {
		return err
	}
	batch, err := s.batch(c)
	if err != nil {
		return err
	}
	p := view.NewSubmissions(view.SubmissionsInput{
		Waiting: waiting, WaitingElsewhere: len(all) - len(waiting), Batch: batch, CanDecide: auth.Can(account(c), auth.Decide, ""),
		Interrupted: interrupted,
		Address:     addressOf(c), Quarter: a.Quarter, Sent: sent, Recent: recent, Names: names, Own: a.Scope, HasBlank: s.deps.Blank != nil,
		CanSubmit: auth.Can(account(c), auth.Submit, ""), Form: form,
	})
	return s.render(c, status, "submissions", p)
}

func (s *Server) uploadForm(c *gin.Context, q period.Quarter, errs []view.FileError) (view.UploadForm, error) {
	form := view.UploadForm{Errors: errs, Limit: fmt.Sprintf("%d MB", uploadLimit>>20), Action: addressOf(c).Href("/submissions")}
	units, err := s.submitters(c.Request.Context())
	if err != nil {
		return form, err
	}
	own := account(c).Scope()
	for _, u := range units {
		if own == "" {
			form.Units = append(form.Units, view.Option{Value: string(u.Code), Text: u.Name, Selected: string(u.Code) == c.PostForm("unit")})
		} else if u.Code == own {
			form.Own = u.Name
		}
	}
	for i := range 8 {
		past := q.Add(1 - i)
		form.Quarters = append(form.Quarters, view.Option{Value: past.String(), Text: past.Chinese(), Selected: past.String() == c.PostForm("quarter")})
	}
	return form, nil
}

// submissionsPost takes the files of an ordinary form and goes on to the page of their results.
func (s *Server) submissionsPost(c *gin.Context) error {
	if wantsLines(c) {
		return s.submissionsStream(c)
	}
	got, err := s.receive(c, func(u *ingest.Upload, _ string) { u.Hold = true })
	if err != nil {
		if code := fault.CodeOf(err); code != "" && code != fault.Forbidden {
			return s.submissionsPage(c, fault.Status(code), []view.FileError{{Message: err.Error()}})
		}
		return err
	}
	var ids []string
	for _, r := range got.results {
		ids = append(ids, r.Submission)
	}
	if len(got.errs) > 0 || len(ids) == 0 {
		var errs []view.FileError
		status := http.StatusUnprocessableEntity
		for _, e := range got.errs {
			errs = append(errs, view.FileError{File: e.file, Message: e.fault.Error()})
			status = fault.Status(e.fault.Code)
		}
		return s.submissionsPage(c, status, errs)
	}
	if len(ids) == 1 {
		return redirect(c, addressOf(c).Href("/submissions/"+ids[0]), "")
	}
	address := addressOf(c)
	if q := mostOf(got.results); !q.IsZero() {
		address.Period = q.String()
	}
	return redirect(c, address.Href("/submissions", "batch", strings.Join(ids, ",")), "")
}

// mostOf is the quarter that most files are of: the one whose summary is shown after a batch.
func mostOf(results []ingest.Result) period.Quarter {
	count := map[period.Quarter]int{}
	var best period.Quarter
	for _, r := range results {
		if r.Quarter.IsZero() {
			continue
		}
		if count[r.Quarter]++; count[r.Quarter] > count[best] || count[r.Quarter] == count[best] && r.Quarter.Compare(best) > 0 {
			best = r.Quarter
		}
	}
	return best
}

// submissionList is 全部报送记录: every file received.
func (s *Server) submissionList(c *gin.Context) error {
	f := queries.SubmissionFilter{
		Unit: record.UnitCode(c.Query("unit")), Status: record.SubmissionStatus(c.Query("status")),
	}
	if text := c.Query("quarter"); text != "" {
		q, err := period.ParseQuarter(text)
		if err != nil {
			return fault.New(fault.Usage, fmt.Sprintf("报告期「%s」无法识别。", text), "请写成 2024Q3 这样的格式。")
		}
		f.Quarter = q
	}
	rows, err := s.filesOf(c, f)
	if err != nil {
		return err
	}
	quarters, err := s.quarters(c.Request.Context())
	if err != nil {
		return err
	}
	names, err := s.accountNames(c.Request.Context())
	if err != nil {
		return err
	}
	in := view.SubmissionListInput{Address: addressOf(c), Rows: rows, Names: names, Quarters: quarters, Filter: f}
	if account(c).Scope() == "" {
		if in.Units, err = s.submitters(c.Request.Context()); err != nil {
			return err
		}
	}
	return s.render(c, http.StatusOK, "submission_list", view.NewSubmissionList(in))
}

// filesOf lists the files received that the account may see.
func (s *Server) filesOf(c *gin.Context, f queries.SubmissionFilter) ([]queries.SubmissionRow, error) {
	rows, err := s.deps.Queries.Submissions(c.Request.Context(), f)
	if err != nil {
		return nil, err
	}
	units, err := s.deps.Registry(c.Request.Context())
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(rows, func(r queries.SubmissionRow) bool { return !isOwn(account(c), r, units, s.today()) }), nil
}

// isOwn reports whether an account may see a file: a County account those of its unit, of the units whose history that
// carries on today, and those it sent itself in which no unit could be read.
func isOwn(a auth.Account, r queries.SubmissionRow, units *registry.Registry, today period.Date) bool {
	scope := a.Scope()
	return scope == "" || r.Unit == scope || r.Unit == "" && r.Actor == a.Login || r.Unit != "" && units.Heir(r.Unit, today) == scope
}
