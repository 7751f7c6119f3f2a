package dashboard

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/ingest"
)

// linesType is the kind of an answer that is written while the work goes on: a JSON object a line.
const linesType = "application/x-ndjson"

// wantsLines reports whether the page's script asks to be told step by step.
func wantsLines(c *gin.Context) bool { return strings.Contains(c.GetHeader("Accept"), linesType) }

// uploadLine is one line of the answer: a step begun on a file, a file decided, or a file that could not be taken.
type uploadLine struct {
	File   string         `json:"file,omitempty"`
	Step   string         `json:"step,omitempty"`
	Result *ingest.Result `json:"result,omitempty"`
	Error  *fileErrorJSON `json:"error,omitempty"`
}

// submissionsStream takes files like submissionsPost and tells each step as it happens. The head is sent with the first
// line; until then a refusal has a status of its own.
func (s *Server) submissionsStream(c *gin.Context) error {
	write := func(l uploadLine) {
		b, err := json.Marshal(l)
		if err != nil {
			s.deps.Log.Error("marshal a line of progress", "error", err)
			return
		}
		if !c.Writer.Written() {
			c.Header("Content-Type", linesType+"; charset=utf-8")
			c.Header("X-Accel-Buffering", "no")
			c.Status(http.StatusOK)
		}
		if _, err := c.Writer.Write(append(b, '\n')); err != nil {
			s.deps.Log.Debug("progress not read", "error", err) // the reader has gone; the files are taken all the same
			return
		}
		c.Writer.Flush()
	}
	got, err := s.receive(c, func(u *ingest.Upload, file string) {
		u.Hold = true
		u.Progress = func(step string) { write(uploadLine{File: file, Step: step}) }
		u.Each = func(r ingest.Result) { write(uploadLine{File: file, Result: &r}) }
	})
	for _, e := range got.errs {
		write(uploadLine{File: e.file, Error: &fileErrorJSON{e.file, string(e.fault.Code), e.fault.Message, e.fault.Hint}})
	}
	if err != nil && c.Writer.Written() {
		refusal := s.refusal(c.GetString(keyRequest), err)
		s.log(c, http.StatusInternalServerError, err)
		write(uploadLine{Error: &fileErrorJSON{"", string(refusal.Code), refusal.Message, refusal.Hint}})
		return nil
	}
	return err
}
