package dashboard

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
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
	sent, err := s.deps.Queries.Sent(c, a)
	if err != nil {
		return err
	}
	p := view.NewSubmissions(view.SubmissionsInput{
		Address: addressOf(c), Quarter: a.Quarter, Sent: sent, Own: a.Scope,
		CanSubmit: auth.Can(account(c), auth.Submit, ""), Form: s.uploadForm(c, a.Quarter, errs),
	})
	return s.render(c, status, "submissions", p)
}

func (s *Server) uploadForm(c *gin.Context, q period.Quarter, errs []view.FileError) view.UploadForm {
	form := view.UploadForm{Errors: errs, Limit: fmt.Sprintf("%d MB", uploadLimit>>20), Action: addressOf(c).Href("/submissions")}
	if own := account(c).Scope(); own != "" {
		form.Own = s.unitNames()[own]
	} else {
		for _, u := range s.submitters() {
			form.Units = append(form.Units, view.Option{Value: string(u.Code), Text: u.Name, Selected: string(u.Code) == c.PostForm("unit")})
		}
	}
	for i := range 8 {
		past := q.Add(1 - i)
		form.Quarters = append(form.Quarters, view.Option{Value: past.String(), Text: past.Chinese(), Selected: past.String() == c.PostForm("quarter")})
	}
	return form
}

// submissionsPost takes the files of an ordinary form and goes on to the page of their results.
func (s *Server) submissionsPost(c *gin.Context) error {
	got, err := s.receive(c)
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
	batch := ""
	if len(ids) > 1 {
		batch = strings.Join(ids, ",")
	}
	return redirect(c, addressOf(c).Href("/submissions/"+ids[0], "batch", batch), "")
}

// submissionList is 全部报送记录: every file received.
func (s *Server) submissionList(c *gin.Context) error {
	f := queries.SubmissionFilter{
		Unit: record.UnitCode(c.Query("unit")), Status: record.SubmissionStatus(c.Query("status")), Scope: account(c).Scope(),
	}
	if text := c.Query("quarter"); text != "" {
		q, err := period.ParseQuarter(text)
		if err != nil {
			return fault.New(fault.Usage, fmt.Sprintf("报告期「%s」无法识别。", text), "请写成 2024Q3 这样的格式。")
		}
		f.Quarter = q
	}
	rows, err := s.deps.Queries.Submissions(c, f)
	if err != nil {
		return err
	}
	quarters, err := s.quarters(c)
	if err != nil {
		return err
	}
	in := view.SubmissionListInput{Address: addressOf(c), Rows: rows, Quarters: quarters, Filter: f}
	if f.Scope == "" {
		in.Units = s.submitters()
	}
	return s.render(c, http.StatusOK, "submission_list", view.NewSubmissionList(in))
}

// submission is one file received: its problems by cell, what was read from it, and the other versions.
func (s *Server) submission(c *gin.Context) error {
	row, err := s.submissionRow(c, c.Param("id"))
	if err != nil {
		return err
	}
	reading, err := s.reading(row)
	if err != nil {
		return err
	}
	in := view.SubmissionInput{
		Address: addressOf(c), Row: row, Reading: reading, Units: s.unitNames(),
		CanSubmit: auth.Can(account(c), auth.Submit, row.Unit), ShowPhone: account(c).Role != auth.Leader,
		Lit: view.Lit{Sheet: c.Query("sheet"), Cell: c.Query("cell"), Also: strings.Split(c.Query("also"), ",")},
	}
	if row.Unit != "" && !row.Quarter.IsZero() {
		f := queries.SubmissionFilter{Unit: row.Unit, Quarter: row.Quarter, Scope: account(c).Scope()}
		if in.Versions, err = s.deps.Queries.Submissions(c, f); err != nil {
			return err
		}
	}
	if in.Batch, err = s.batch(c); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "submission", view.NewSubmission(in))
}

// submissionRow returns a file the account may see. Another unit's is as unknown as none: the answer names nobody.
func (s *Server) submissionRow(c *gin.Context, id string) (queries.SubmissionRow, error) {
	row, err := s.deps.Queries.Submission(c, id)
	if err != nil {
		return row, err
	}
	a := account(c)
	if scope := a.Scope(); scope != "" && row.Unit != scope && !(row.Unit == "" && row.Actor == a.Login) {
		if err := s.note(c, actionRefused, c.Request.Method+" "+c.Request.URL.Path, nil); err != nil {
			return row, err
		}
		return queries.SubmissionRow{}, errNoSubmission()
	}
	return row, nil
}

func errNoSubmission() error {
	return fault.New(fault.NotFound, "没有这份报送记录。", "请从「报送管理」进入。")
}

// reading returns what was read from a file, nil where nothing could be.
func (s *Server) reading(row queries.SubmissionRow) (*record.Reading, error) {
	if row.Reading == "" {
		return nil, nil
	}
	b, err := s.deps.Store.Blobs().Read(row.Reading)
	if err != nil {
		return nil, fmt.Errorf("read reading of %s: %w", row.ID, err)
	}
	var r record.Reading
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, fmt.Errorf("parse reading of %s: %w", row.ID, err)
	}
	return &r, nil
}

// maxBatch bounds the files of one batch that a page lists.
const maxBatch = 500

// batch returns the files of the address's batch that the account may see, in their order; nil when there is none.
func (s *Server) batch(c *gin.Context) ([]queries.SubmissionRow, error) {
	ids := strings.Split(c.Query("batch"), ",")
	if c.Query("batch") == "" || len(ids) > maxBatch {
		return nil, nil
	}
	all, err := s.deps.Queries.Submissions(c, queries.SubmissionFilter{Scope: account(c).Scope()})
	if err != nil {
		return nil, err
	}
	var rows []queries.SubmissionRow
	for _, r := range all {
		if slices.Contains(ids, r.ID) {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(x, y queries.SubmissionRow) int { return slices.Index(ids, x.ID) - slices.Index(ids, y.ID) })
	return rows, nil
}

// original hands the file over as it was received, byte for byte.
func (s *Server) original(c *gin.Context) error {
	row, err := s.submissionRow(c, c.Param("id"))
	if err != nil {
		return err
	}
	f, err := s.deps.Store.Blobs().Open(row.SHA256)
	if errors.Is(err, os.ErrNotExist) {
		return fault.Wrap(fault.Unavailable, "原件不在数据目录中。", "请管理员运行校验，并从备份恢复。", err)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("stat original of %s: %w", row.ID, err)
	}
	if c.Request.Method == http.MethodGet {
		if err := s.note(c, "file.downloaded", row.ID, map[string]string{"file": row.File, "unit": string(row.Unit)}); err != nil {
			return err
		}
	}
	if err := longRequest(c); err != nil {
		return err
	}
	name := path.Base(row.File)
	download(c, name, row.ID+path.Ext(name), info.Size(), f)
	return nil
}
