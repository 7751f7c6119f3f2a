package dashboard

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/record"
)

// submissionsJSON is the answer to POST /api/v1/submissions: the files of interface.md, the submission each became, in
// the same order, and the files that could not be taken at all.
type submissionsJSON struct {
	Files       []ingest.Result `json:"files"`
	Submissions []string        `json:"submissions"`
	Errors      []fileErrorJSON `json:"errors,omitempty"`
}

type fileErrorJSON struct {
	File    string `json:"file"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// apiSubmit is POST /api/v1/submissions: multipart `file`, several, with `unit` and `period` where the files do not say
// them. The status is 200 when every file was accepted or is a duplicate, 422 when one was rejected, and the fault's own
// when one could not be taken.
//
// Files of an account that may decide are accepted at once; a county's wait, with status pending.
func (s *Server) apiSubmit(c *gin.Context) error {
	hold := !auth.Can(account(c), auth.Decide, "") // only who may decide accepts at once
	got, err := s.receive(c, func(u *ingest.Upload, _ string) { u.Hold = hold })
	if err != nil {
		return err
	}
	out := submissionsJSON{Files: []ingest.Result{}, Submissions: []string{}}
	status := http.StatusOK
	for _, r := range got.results {
		if r.Status == record.Rejected {
			status = http.StatusUnprocessableEntity
		}
		out.Files = append(out.Files, r)
		out.Submissions = append(out.Submissions, r.Submission)
	}
	for _, e := range got.errs {
		status = fault.Status(e.fault.Code)
		out.Errors = append(out.Errors, fileErrorJSON{e.file, string(e.fault.Code), e.fault.Message, e.fault.Hint})
	}
	c.JSON(status, out)
	return nil
}
