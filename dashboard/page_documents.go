package dashboard

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/export"
	"liandu/dashboard/issue"
	"liandu/dashboard/view"
	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/setting"
	"liandu/internal/store"
	"liandu/queries"
)

// documents is 通报与督导函: what can be made of the quarter, what is missing for it, and what was issued. A county account
// sees the papers issued to it.
func (s *Server) documents(c *gin.Context) error {
	ctx := c.Request.Context()
	at, err := s.asOf(c)
	if err != nil {
		return err
	}
	in := view.DocumentsInput{
		Address: addressOf(c), Quarter: at.Quarter, Year: at.Year, Today: s.desk.Today(), Back: c.Request.URL.RequestURI(),
		CanDraft: auth.Can(account(c), auth.DraftPapers, ""), CanIssue: auth.Can(account(c), auth.IssuePapers, ""),
	}
	if in.Units, err = s.unitNames(ctx); err != nil {
		return err
	}
	if in.Names, err = s.accountNames(ctx); err != nil {
		return err
	}
	if in.Issued, err = s.deps.Queries.Documents(ctx, queries.DocumentFilter{Scope: account(c).Scope()}); err != nil {
		return err
	}
	if in.CanDraft {
		if in.Ready, err = s.readyPapers(ctx, at); err != nil {
			return err
		}
		all, err := s.desk.Since(ctx)
		if err != nil {
			return err
		}
		in.Touched, in.Gone = map[string]int{}, map[string]bool{}
		for _, m := range all {
			in.Touched[m.Document.ID], in.Gone[m.Document.ID] = len(m.Changes), m.Gone != ""
		}
	}
	return s.render(c, http.StatusOK, "documents", view.NewDocuments(in))
}

// readyPapers makes every paper of an as-of as a draft of today.
func (s *Server) readyPapers(ctx context.Context, at queries.AsOf) ([]view.ReadyPaper, error) {
	from, err := s.desk.Dossier(ctx, at)
	if err != nil {
		return nil, err
	}
	from.Draft, from.IssuedOn = true, s.paperDay(from.Metrics.AsOf)
	var out []view.ReadyPaper
	for _, p := range export.Papers() {
		r := view.ReadyPaper{Paper: p}
		one := from
		one.Settings = issue.WithoutNumber(from.Settings, p.ID)
		r.Papers, err = p.All(one)
		if r.Refused, err = refusedPaper(err); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// paperDay is the date a paper bears when none is chosen: today, or the day a past moment is looked at.
func (s *Server) paperDay(at queries.AsOf) period.Date {
	if today := s.desk.Today(); at.KnownAt.IsZero() || period.DateOf(at.KnownAt.In(period.Shanghai)) == today {
		return today
	}
	return period.DateOf(at.KnownAt.In(period.Shanghai))
}

// refusedPaper turns a builder's refusal into words; any other error stays one. The hint speaks of commands and is left
// out.
func refusedPaper(err error) (string, error) {
	var f *fault.Error
	if errors.As(err, &f) && (f.Code == fault.Invalid || f.Code == fault.Conflict || f.Code == fault.NotFound) {
		return f.Message, nil
	}
	return "", err
}

// corrections lists every issued paper that says something no longer so, each figure old and new.
func (s *Server) corrections(c *gin.Context) error {
	all, err := s.desk.Since(c.Request.Context())
	if err != nil {
		return err
	}
	var touched []view.MovedInput
	for _, m := range issue.Touched(all) {
		touched = append(touched, movedInput(m))
	}
	p := view.NewCorrections(addressOf(c), touched, len(all), auth.Can(account(c), auth.IssuePapers, ""))
	return s.render(c, http.StatusOK, "corrections", p)
}

func movedInput(m issue.Moved) view.MovedInput {
	in := view.MovedInput{Document: m.Document, Gone: m.Gone, Changes: m.Changes, Corrected: m.Corrected}
	for _, x := range m.Causes {
		one := view.CauseInput{Text: x.Text, Submission: x.Submission}
		if !x.At.IsZero() {
			one.At = minute(x.At)
		}
		in.Causes = append(in.Causes, one)
	}
	return in
}

// paperSettings keeps the settings that papers lacked, and goes back to the page that asked for them.
func (s *Server) paperSettings(c *gin.Context) error {
	back := localAddress(c.PostForm("back"))
	if err := c.Request.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "表单没有读全。", "请重新填写后保存。", err)
	}
	typed := map[string]string{}
	for key, values := range c.Request.PostForm {
		if value := strings.TrimSpace(values[0]); key != "back" && value != "" && !strings.HasPrefix(key, "deadline.") {
			typed[key] = value
		}
	}
	entries, err := s.settingEntries(c, typed)
	if code := fault.CodeOf(err); code == fault.Invalid {
		return s.render(c, fault.Status(code), "document_settings", view.NewTypedGaps(typed, back, err.Error()))
	}
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return redirect(c, back, "没有填写，没有改动。")
	}
	if _, err := s.deps.Store.Update(c.Request.Context(), func(context.Context, *sql.DB, int64) ([]journal.Entry, error) { return entries, nil }); err != nil {
		return err
	}
	return redirect(c, back, "设置已保存，每项改动都记入操作日志。")
}

// settingEntries checks what was typed and leaves out what is set so already.
func (s *Server) settingEntries(c *gin.Context, typed map[string]string) ([]journal.Entry, error) {
	before, err := setting.Load(c.Request.Context(), s.deps.Store.DB(), time.Time{})
	if err != nil {
		return nil, err
	}
	var entries []journal.Entry
	for _, k := range setting.Keys {
		value, ok := typed[k.ID]
		if !ok || value == before[k.ID] {
			continue
		}
		if err := setting.Check(k.ID, value); err != nil {
			return nil, err
		}
		entries = append(entries, journal.Entry{
			At: s.deps.Now(), Actor: account(c).Login, Action: store.ActionSettingChanged, Subject: k.ID, Data: store.SettingChanged{Key: k.ID, Value: value},
		})
	}
	return entries, nil
}

// localAddress is an address of this site's documents; anything else is the page itself.
func localAddress(where string) string {
	u, err := url.Parse(where)
	if err != nil || u.IsAbs() || u.Host != "" || u.Path != "/documents" && !strings.HasPrefix(u.Path, "/documents/") {
		return "/documents"
	}
	return (&url.URL{Path: u.Path, RawQuery: u.RawQuery}).String()
}
