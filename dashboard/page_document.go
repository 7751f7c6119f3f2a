package dashboard

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/issue"
	"liandu/dashboard/view"
	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/regime"
	"liandu/queries"
)

// document is one issued paper: its pages as issued, what it was made from, and what of it is otherwise now.
func (s *Server) document(c *gin.Context) error {
	ctx := c.Request.Context()
	doc, err := s.issuedDocument(c)
	if err != nil {
		return err
	}
	frozen, err := s.desk.Frozen(doc)
	if err != nil {
		return err
	}
	in := view.DocumentInput{
		Address: addressOf(c), Document: doc, RegimeName: frozen.Regime, Submissions: len(frozen.Submissions), Edited: doc.SHA256 != doc.Generated,
		Differences: frozen.Differences, CanDraft: auth.Can(account(c), auth.DraftPapers, ""), CanIssue: auth.Can(account(c), auth.IssuePapers, ""),
	}
	if in.Official, err = s.desk.Tree(doc); err != nil {
		return err
	}
	rules, err := regime.Parse(frozen.Regime+".toml", []byte(frozen.RegimeTOML), []byte(frozen.RegimeText))
	if err != nil {
		return err
	}
	in.RegimeName = rules.Name
	at := queries.AsOf{
		Quarter: frozen.Quarter, Year: frozen.Year, KnownAt: frozen.KnownAt, Regime: rules, Level: frozen.Level, Deadline: frozen.Deadline, Scope: account(c).Scope(),
	}
	if in.Sources, err = s.paperSources(c, at, frozenAddress(frozen)); err != nil {
		return err
	}
	if in.Names, err = s.accountNames(ctx); err != nil {
		return err
	}
	if in.CanDraft {
		moved, err := s.desk.SinceOne(ctx, doc.ID)
		if err != nil {
			return err
		}
		m := movedInput(moved)
		in.Moved = &m
		all, err := s.deps.Queries.Documents(ctx, queries.DocumentFilter{})
		if err != nil {
			return err
		}
		for _, x := range all {
			if slices.Contains(x.Corrects, doc.ID) {
				in.Corrections = append(in.Corrections, x)
			}
		}
	}
	return s.render(c, http.StatusOK, "document", view.NewDocumentPage(in))
}

// frozenAddress is the point from which an issued paper was seen: its figures open what they were made of then.
func frozenAddress(f issue.Frozen) view.Address {
	return view.Address{
		Period: f.Quarter.String(), Year: strconv.Itoa(f.Year), Regime: f.Regime, Level: string(f.Level), KnownAt: f.KnownAt.UTC().Format("2006-01-02T15:04:05.999999999Z07:00"),
	}
}

// issuedDocument returns an issued paper the account may see. Another unit's is as unknown as none.
func (s *Server) issuedDocument(c *gin.Context) (queries.Document, error) {
	doc, err := s.deps.Queries.Document(c.Request.Context(), c.Param("id"), account(c).Scope())
	if fault.CodeOf(err) == fault.NotFound && account(c).Scope() != "" {
		if err := s.noteRefusal(c); err != nil {
			return doc, err
		}
	}
	return doc, err
}

// documentFile hands over an issued paper, the same bytes for ever.
func (s *Server) documentFile(c *gin.Context) error {
	return s.sendDocument(c, func(d queries.Document) string { return d.SHA256 }, "")
}

// documentGenerated hands over the paper as the program made it, where an edited file was issued.
func (s *Server) documentGenerated(c *gin.Context) error {
	return s.sendDocument(c, func(d queries.Document) string { return d.Generated }, "（生成稿）")
}

func (s *Server) sendDocument(c *gin.Context, which func(queries.Document) string, mark string) error {
	doc, err := s.issuedDocument(c)
	if err != nil {
		return err
	}
	b, err := s.desk.Bytes(doc, which(doc))
	if err != nil {
		return err
	}
	return s.export(c, "export.paper", strings.TrimSuffix(doc.File, ".docx")+mark+".docx", doc.ID+".docx", bytes.NewBuffer(b))
}

// issuedFiles hands over the issued papers of the quarter, or those named, in one zip.
func (s *Server) issuedFiles(c *gin.Context) error {
	at, err := s.asOf(c)
	if err != nil {
		return err
	}
	docs, err := s.deps.Queries.Documents(c.Request.Context(), queries.DocumentFilter{Quarter: at.Quarter, Scope: account(c).Scope()})
	if err != nil {
		return err
	}
	var files []zipped
	for _, d := range slices.Backward(docs) {
		b, err := s.desk.Bytes(d, d.SHA256)
		if err != nil {
			return err
		}
		files = append(files, zipped{d.File, b, d.IssuedAt})
	}
	return s.zip(c, "已发文件 "+at.Quarter.String(), "issued-"+at.Quarter.String(), files)
}
