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
	"liandu/internal/record"
	"liandu/queries"
)

// submission is one file received: its problems by cell, what was read from it, and the other versions; of one that
// waits, what it is decided by.
func (s *Server) submission(c *gin.Context) error {
	row, err := s.submissionRow(c, c.Param("id"))
	if err != nil {
		return err
	}
	return s.submissionPage(c, http.StatusOK, row, nil)
}

// submissionPage renders a file's page. back puts in what came back with a refused decision; nil for none.
func (s *Server) submissionPage(c *gin.Context, status int, row *queries.SubmissionDetail, back func(*view.HeldInput)) error {
	ctx := c.Request.Context()
	reading, err := s.readingOf(row.SubmissionRow)
	if err != nil {
		return err
	}
	units, err := s.unitNames(ctx)
	if err != nil {
		return err
	}
	names, err := s.accountNames(ctx)
	if err != nil {
		return err
	}
	in := view.SubmissionInput{
		Address: addressOf(c), Row: row.SubmissionRow, Problems: row.Problems, Reading: reading, Units: units, Names: names,
		CanDecide: auth.Can(account(c), auth.Decide, row.Unit),
		CanSubmit: auth.Can(account(c), auth.Submit, row.Unit), ShowPhone: account(c).Role != auth.Leader,
		Lit: view.Lit{Sheet: c.Query("sheet"), Cell: c.Query("cell"), Also: strings.Split(c.Query("also"), ",")},
	}
	if row.Unit != "" && !row.Quarter.IsZero() {
		if in.Versions, err = s.filesOf(c, queries.SubmissionFilter{Unit: row.Unit, Quarter: row.Quarter}); err != nil {
			return err
		}
	}
	if row.Unit != "" && row.Status != record.InWords {
		if in.InWords, err = s.deps.Queries.Reports(ctx, queries.ReportFilter{Unit: row.Unit, Scope: account(c).Scope()}); err != nil {
			return err
		}
	}
	if in.Batch, err = s.batch(c); err != nil {
		return err
	}
	if in.Reasons, err = s.deps.Queries.Reasons(ctx, row.ID); err != nil {
		return err
	}
	if auth.Can(account(c), auth.Decide, "") {
		if in.Waiting, err = s.filesOf(c, queries.SubmissionFilter{Status: record.Pending}); err != nil {
			return err
		}
	}
	if row.Status == record.Pending {
		p, err := s.deps.Ingest.Judge(ctx, row.ID)
		if fault.CodeOf(err) == fault.Conflict { // decided between two looks at it
			return redirect(c, addressOf(c).Href("/submissions/"+row.ID, "batch", c.Query("batch")), "")
		}
		if err != nil {
			return err
		}
		in.Problems, in.Reading = p.Read.Problems, &p.Read
		if in.Held, err = s.heldInput(c, p, in.Versions); err != nil {
			return err
		}
		if back != nil {
			back(in.Held)
		}
	}
	return s.render(c, status, "submission", view.NewSubmission(in))
}

// submissionRow returns a file the account may see. Another unit's is as unknown as none: the answer names nobody.
func (s *Server) submissionRow(c *gin.Context, id string) (*queries.SubmissionDetail, error) {
	row, err := s.deps.Queries.Submission(c.Request.Context(), id, "")
	if err != nil {
		return nil, err
	}
	units, err := s.deps.Registry(c.Request.Context())
	if err != nil {
		return nil, err
	}
	if !isOwn(account(c), row.SubmissionRow, units, s.today()) {
		if err := s.noteRefusal(c); err != nil {
			return nil, err
		}
		return nil, fault.New(fault.NotFound, fmt.Sprintf("没有编号为「%s」的报送。", id), "请从报送管理中打开。")
	}
	return row, nil
}

// reading returns what was read from a file, nil where nothing could be.
func (s *Server) reading(row *queries.SubmissionDetail) (*record.Reading, error) {
	return s.readingOf(row.SubmissionRow)
}

func (s *Server) readingOf(row queries.SubmissionRow) (*record.Reading, error) {
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
	all, err := s.filesOf(c, queries.SubmissionFilter{})
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
