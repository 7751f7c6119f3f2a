package dashboard

import (
	"archive/zip"
	"bytes"
	"context"
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
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// paperAsk is what an address says about papers to make.
type paperAsk struct {
	set     string // a paper's id, or issue.SetLetters
	unit    record.UnitCode
	of      string // of a 更正: the documents it corrects
	dated   period.Date
	at      queries.AsOf
	printed time.Time // the known-at to print; zero prints the last receipt
	from    export.Dossier
	number  string
	next    issue.Number
	fresh   bool // only those not issued yet
}

// paperAsk reads the address and gathers what the papers are made of. A paper of an earlier date knows nothing that came
// after it, whether the address says so or not.
func (s *Server) paperAsk(c *gin.Context) (paperAsk, error) {
	ctx := c.Request.Context()
	a := paperAsk{set: c.Query("paper"), unit: record.UnitCode(c.Query("unit")), of: c.Query("of"), number: strings.TrimSpace(c.Query("number")), fresh: c.Query("fresh") != ""}
	var err error
	if a.at, err = s.asOf(c); err != nil {
		return a, err
	}
	a.dated = s.paperDay(a.at)
	if text := c.Query("date"); text != "" {
		if a.dated, err = period.ParseDate(text); err != nil || a.dated.IsZero() {
			return a, fault.New(fault.Usage, fmt.Sprintf("成文日期「%s」无法识别。", text), "请写成 2025-01-16 这样的格式。")
		}
	}
	if a.at.KnownAt.IsZero() {
		a.at.KnownAt = s.desk.KnownAt(a.dated)
		if a.dated != s.desk.Today() {
			a.printed = a.at.KnownAt
		}
	} else if c.Query("printed") != "last" {
		a.printed = a.at.KnownAt
	}
	if a.of != "" {
		known := a.at.KnownAt
		if a.at, err = s.desk.CorrectionOf(ctx, strings.Split(a.of, ",")); err != nil {
			return a, err
		}
		a.set, a.at.KnownAt = export.PaperCorrection, known
	}
	if a.from, err = s.desk.Dossier(ctx, a.at); err != nil {
		return a, err
	}
	a.at = a.from.Metrics.AsOf
	a.from.IssuedOn, a.from.KnownAt = a.dated, a.printed
	if a.next, err = s.desk.NextNumber(ctx, a.set, a.from.Settings, a.dated); err != nil {
		return a, err
	}
	if a.number == "" && a.next.Set {
		a.number = a.next.Number
	}
	return a, nil
}

// drafts makes the papers of an ask.
func (s *Server) drafts(ctx context.Context, a paperAsk) ([]issue.Draft, error) {
	if a.of != "" {
		return s.desk.CorrectionDraft(ctx, a.from, strings.Split(a.of, ","), a.number)
	}
	return s.desk.Drafts(ctx, a.from, a.set, a.unit, a.number, a.fresh)
}

// oneDraft makes the one paper of an ask.
func (s *Server) oneDraft(ctx context.Context, a paperAsk) (issue.Draft, error) {
	if p, err := export.FindPaper(a.set); a.of == "" && (err != nil || p.Each && a.unit == "") {
		return issue.Draft{}, fault.New(fault.NotFound, "没有指明是哪一份文件。", "请从「通报与督导函」页进入。")
	}
	all, err := s.drafts(ctx, a)
	if err != nil {
		return issue.Draft{}, err
	}
	return all[0], nil
}

// draft is one paper before it is issued: its pages, what is missing and what to look at.
func (s *Server) draft(c *gin.Context) error {
	ctx := c.Request.Context()
	a, err := s.paperAsk(c)
	if err != nil {
		return err
	}
	units, err := s.unitNames(ctx)
	if err != nil {
		return err
	}
	in := view.DraftInput{
		Address: addressOf(c), Paper: a.set, Unit: a.unit, UnitName: units[a.unit], Number: a.number, Suggested: a.next.Number, Why: a.next.Why,
		Bears: issue.NumberKey(a.set) != "", DatedOn: a.dated, KnownAt: minute(a.at.KnownAt), Back: c.Request.URL.RequestURI(), Of: a.of,
		CanIssue: auth.Can(account(c), auth.IssuePapers, ""),
	}
	if p, err := export.FindPaper(a.set); err == nil && p.Form {
		in.CanIssue = false
	}
	d, err := s.oneDraft(ctx, a)
	if in.Refused, err = refusedPaper(err); err != nil {
		return err
	}
	if in.Refused == "" {
		in.Official = d.Official
		in.Earlier = s.earlierRow(c, d.Earlier)
		if in.Sources, err = s.paperSources(c, a.at, addressOf(c)); err != nil {
			return err
		}
	}
	return s.render(c, http.StatusOK, "document_draft", view.NewDraftPage(in))
}

func (s *Server) earlierRow(c *gin.Context, d *queries.Document) *view.DocumentRow {
	if d == nil {
		return nil
	}
	row := view.NewDocumentRow(addressOf(c), *d)
	return &row
}

// paperSources lets a paper's figures open their rows and cells, seen from where the paper is.
func (s *Server) paperSources(c *gin.Context, at queries.AsOf, address view.Address) (*view.PaperSources, error) {
	items, err := s.deps.Queries.Resolutions(c.Request.Context(), at, "")
	if err != nil {
		return nil, err
	}
	units, err := s.deps.Queries.Units(c.Request.Context(), at.KnownAt)
	if err != nil {
		return nil, err
	}
	return &view.PaperSources{Address: address, Items: items, Units: units, CanSettings: auth.Can(account(c), auth.Manage, ""), Quarter: at.Quarter}, nil
}

// draftFile hands over one paper with its blanks marked.
func (s *Server) draftFile(c *gin.Context) error {
	a, err := s.paperAsk(c)
	if err != nil {
		return err
	}
	d, err := s.oneDraft(c.Request.Context(), a)
	if err != nil {
		return err
	}
	return s.export(c, "export.paper", "草稿 "+issue.FileName(d.Official), a.set+".docx", bytes.NewBuffer(d.Bytes))
}

// draftFiles hands over every paper of a set in one zip, each under its place.
func (s *Server) draftFiles(c *gin.Context) error {
	a, err := s.paperAsk(c)
	if err != nil {
		return err
	}
	all, err := s.drafts(c.Request.Context(), a)
	if err != nil {
		return err
	}
	files := make([]zipped, 0, len(all))
	for i, d := range all {
		files = append(files, zipped{fmt.Sprintf("%02d %s", i+1, issue.FileName(d.Official)), d.Bytes, s.deps.Now()})
	}
	return s.zip(c, setName(a.set)+"草稿 "+a.at.Quarter.String(), "drafts-"+a.at.Quarter.String(), files)
}

// setName is what a set is called.
func setName(set string) string {
	if set == issue.SetLetters {
		return "督导函"
	}
	return export.PaperName(set)
}

// zipped is one member of a zip.
type zipped struct {
	name string
	body []byte
	at   time.Time
}

// zip hands over files in one zip.
func (s *Server) zip(c *gin.Context, name, plain string, files []zipped) error {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	used := map[string]bool{}
	for i, f := range files {
		if used[f.name] {
			f.name = fmt.Sprintf("%02d %s", i+1, f.name)
		}
		used[f.name] = true
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store, Modified: f.at})
		if err != nil {
			return fmt.Errorf("add %s to zip: %w", f.name, err)
		}
		if _, err := w.Write(f.body); err != nil {
			return fmt.Errorf("add %s to zip: %w", f.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("finish zip of papers: %w", err)
	}
	return s.export(c, "export.paper", name+".zip", plain+".zip", &out)
}
