package dashboard

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/store"
)

// paperCheckPost keeps an edited paper, and goes to the page that holds it against the data (发前自证).
func (s *Server) paperCheckPost(c *gin.Context) error {
	a, err := s.paperAsk(c)
	if err != nil {
		return err
	}
	if err := longRequest(c); err != nil {
		return err
	}
	if err := c.Request.ParseMultipartForm(uploadMemory); err != nil {
		return multipartFault(err)
	}
	form := c.Request.MultipartForm
	defer func() {
		if err := form.RemoveAll(); err != nil {
			s.deps.Log.Error("remove uploaded temporary files", "request", c.GetString(keyRequest), "error", err)
		}
	}()
	files := form.File["file"]
	if len(files) != 1 {
		return fault.New(fault.Invalid, "没有选择修改稿。", "请选择一个在 Word 或 WPS 中改好的 .docx 文件。")
	}
	body, err := files[0].Open()
	if err != nil {
		return fmt.Errorf("open uploaded paper: %w", err)
	}
	defer body.Close()
	b, err := io.ReadAll(body)
	if err != nil {
		return fmt.Errorf("read uploaded paper: %w", err)
	}
	d, err := s.oneDraft(c.Request.Context(), a)
	if err != nil {
		return err
	}
	sum, differs, err := s.desk.Keep(d.Official, b)
	if err != nil {
		return err
	}
	name := fileName(files[0].Filename)
	if _, err := s.deps.Store.Append(c.Request.Context(), journal.Entry{
		At: s.deps.Now(), Actor: account(c).Login, Action: store.ActionDocumentChecked, Subject: strings.TrimSpace(a.number + " " + d.Official.Title), Blobs: []string{sum},
		Data: map[string]any{"paper": a.set, "unit": string(a.unit), "file": name, "sha256": sum, "troubles": len(differs)},
	}); err != nil {
		return err
	}
	where := addressOf(c).Href("/documents/check", "paper", a.set, "unit", string(a.unit), "number", a.number, "date", a.dated.String(), "of", a.of, "edited", sum, "file", name)
	return redirect(c, where, "")
}

// paperCheck lists every place of an edited paper that does not agree with the data, and lets it be issued: with a reason
// where any place remains.
func (s *Server) paperCheck(c *gin.Context) error {
	a, err := s.paperAsk(c)
	if err != nil {
		return err
	}
	return s.showCheck(c, a, c.Query("edited"), http.StatusOK, "")
}

// showCheck renders the page of a kept edited file; refused is why it was not issued.
func (s *Server) showCheck(c *gin.Context, a paperAsk, sum string, status int, refused string) error {
	d, err := s.oneDraft(c.Request.Context(), a)
	if err != nil {
		return err
	}
	units, err := s.unitNames(c.Request.Context())
	if err != nil {
		return err
	}
	in := view.CheckInput{
		Address: addressOf(c), Paper: a.set, Unit: a.unit, UnitName: units[a.unit], File: c.Query("file"), Sum: sum, Refused: refused, Reason: c.PostForm("reason"), Number: a.number, DatedOn: a.dated.String(),
		Of: a.of, CanIssue: auth.Can(account(c), auth.IssuePapers, ""), Action: issueAction(addressOf(c), a), Expect: d.Expect, Missing: d.Official.Missing,
		Earlier: s.earlierRow(c, d.Earlier),
	}
	if in.Differences, err = s.desk.Check(c.Request.Context(), d.Official, in.Sum); err != nil {
		return err
	}
	if in.Sources, err = s.paperSources(c, a.at, addressOf(c)); err != nil {
		return err
	}
	return s.render(c, status, "document_check", view.NewCheckPage(in))
}
