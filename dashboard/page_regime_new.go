package dashboard

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/regime"
	"liandu/internal/rulebook"
)

// newRegime is the form of an own regime: a copy of another to be adjusted, or a file.
func (s *Server) newRegime(c *gin.Context) error {
	p, err := s.newRegimePage(c)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "regime_new", p)
}

// newRegimePost writes an own regime down. Everything wrong with a file is listed at once.
func (s *Server) newRegimePost(c *gin.Context) error {
	p, err := s.newRegimePage(c)
	if err != nil {
		return err
	}
	_, from, err := s.startQuarters(c)
	if err != nil {
		return err
	}
	book, err := s.deps.Rules.Book(c.Request.Context())
	if err != nil {
		return err
	}
	var r *regime.Regime
	if c.PostForm("how") == "file" {
		r, err = uploadedRegime(c, book, from.First())
	} else {
		r, err = copiedRegime(c, book, from)
	}
	if err == nil {
		for _, issue := range regime.Check(r) {
			p.Refusals = append(p.Refusals, issue.Where+"："+issue.Message+issue.Hint)
		}
	}
	if err == nil && len(p.Refusals) == 0 {
		if _, known := book.Version(r.ID, from.First(), time.Time{}); known == nil {
			err = fault.New(fault.Conflict, fmt.Sprintf("制度编号「%s」已被使用，没有登记。", r.ID), "请换一个编号，例如在后面加上年份；修改已有制度请用「调整」。")
		} else {
			err = s.deps.Rules.Change(c.Request.Context(), r, from.First(), nil, s.decision(c))
		}
	}
	if err != nil {
		if code := fault.CodeOf(err); code != fault.Invalid && code != fault.Conflict {
			return err
		}
		p.Refusals = append(p.Refusals, err.Error())
	}
	if len(p.Refusals) > 0 {
		return s.render(c, http.StatusUnprocessableEntity, "regime_new", p)
	}
	return redirect(c, view.Address{Regime: r.ID}.Href("/regimes#history"), fmt.Sprintf("已登记制度「%s」。要按它评价，请再登记采用。", r.Name))
}

func (s *Server) newRegimePage(c *gin.Context) (view.NewRegimeForm, error) {
	choices, from, err := s.startQuarters(c)
	if err != nil {
		return view.NewRegimeForm{}, err
	}
	book, err := s.deps.Rules.Book(c.Request.Context())
	if err != nil {
		return view.NewRegimeForm{}, err
	}
	typed := map[string]string{}
	for _, key := range []string{"how", "base", "id", "name", "city", "title", "number", "issuer", "issued_on", "in_force_from", "note", "words", "reason", "document"} {
		typed[key] = c.PostForm(key)
	}
	if typed["city"] == "" {
		typed["city"] = s.deps.Folder().Name
	}
	if typed["base"] == "" {
		typed["base"] = c.Query("regime")
	}
	return view.BuildNewRegime(book.All(from.First(), time.Time{}), choices, from, typed, addressOf(c)), nil
}

// uploadedRegime reads the TOML and the text of a form.
func uploadedRegime(c *gin.Context, book *rulebook.Book, today period.Date) (*regime.Regime, error) {
	data, name, err := formFile(c, "toml")
	if err != nil {
		return nil, err
	}
	if len(data) == 0 {
		return nil, fault.New(fault.Invalid, "没有选择制度文件。", "请选择 .toml 文件，并附上文件原文 .txt。")
	}
	words, _, err := formFile(c, "text")
	if err != nil {
		return nil, err
	}
	return regime.Parse(name, data, words, book.All(today, time.Time{})...)
}

// formFile reads a small text file of a form; none sent is nothing.
func formFile(c *gin.Context, key string) ([]byte, string, error) {
	head, err := c.FormFile(key)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("read form file %s: %w", key, err)
	}
	f, err := head.Open()
	if err != nil {
		return nil, "", fmt.Errorf("open form file %s: %w", key, err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, "", fmt.Errorf("read form file %s: %w", key, err)
	}
	if !utf8.Valid(data) {
		return nil, "", fault.New(fault.Invalid, fmt.Sprintf("文件「%s」不是 UTF-8 编码。", head.Filename), "请另存为 UTF-8 编码后再用。")
	}
	return data, head.Filename, nil
}

// copiedRegime starts an own regime from another and names the city's document it stands on.
func copiedRegime(c *gin.Context, book *rulebook.Book, from period.Quarter) (*regime.Regime, error) {
	base, err := book.Version(c.PostForm("base"), from.First(), time.Time{})
	if err != nil {
		return nil, err
	}
	d := rulebook.NewDocument{Words: c.PostForm("words")}
	for key, into := range map[string]*string{
		"id": &d.ID, "name": &d.Name, "city": &d.City, "title": &d.Title, "number": &d.Number, "issuer": &d.Issuer, "note": &d.Note,
	} {
		*into = strings.TrimSpace(c.PostForm(key))
	}
	for _, f := range []struct {
		key, name string
		into      *period.Date
	}{{"issued_on", "印发日期", &d.IssuedOn}, {"in_force_from", "施行日期", &d.InForceFrom}} {
		if *f.into, err = period.ParseDate(strings.TrimSpace(c.PostForm(f.key))); err != nil {
			return nil, fault.New(fault.Invalid, fmt.Sprintf("「%s」无法识别：「%s」。", f.name, c.PostForm(f.key)), "请写成 2025-01-06 这样的日期。")
		}
	}
	return rulebook.Copy(base, d)
}

// adopt is the form in which the city goes over to another regime from a quarter on.
func (s *Server) adopt(c *gin.Context) error {
	p, err := s.adoptPage(c)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "regime_adopt", p)
}

// adoptPost tries the other regime on the last eight quarters, or writes the change down.
func (s *Server) adoptPost(c *gin.Context) error {
	p, err := s.adoptPage(c)
	if err != nil {
		return err
	}
	_, from, err := s.startQuarters(c)
	if err != nil {
		return err
	}
	book, err := s.deps.Rules.Book(c.Request.Context())
	if err != nil {
		return err
	}
	id := c.PostForm("regime")
	if c.PostForm("act") == "confirm" {
		err := s.deps.Rules.Adopt(c.Request.Context(), id, from.First(), s.decision(c))
		if err == nil {
			r, err := book.At(id, from.First(), time.Time{})
			if err != nil {
				return err
			}
			return redirect(c, view.Address{}.Href("/regimes#history"), fmt.Sprintf("自%s起采用「%s」，此前各季度仍按原制度评价。", from.Chinese(), r.Name))
		}
		if code := fault.CodeOf(err); code != fault.Invalid && code != fault.Conflict {
			return err
		}
		p.Refusals = []string{err.Error()}
		return s.render(c, http.StatusUnprocessableEntity, "regime_adopt", p)
	}
	if p.Trial, err = s.trial(c, "", true, func(q period.Quarter) (*regime.Regime, error) {
		return book.At(id, q.Last(), time.Time{})
	}); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "regime_adopt", p)
}

func (s *Server) adoptPage(c *gin.Context) (view.Adopt, error) {
	choices, from, err := s.startQuarters(c)
	if err != nil {
		return view.Adopt{}, err
	}
	book, err := s.deps.Rules.Book(c.Request.Context())
	if err != nil {
		return view.Adopt{}, err
	}
	id := c.PostForm("regime")
	if id == "" {
		id = c.Query("regime")
	}
	now, err := book.At("", from.First(), time.Time{})
	if err != nil {
		return view.Adopt{}, err
	}
	return view.NewAdopt(book.All(from.First(), time.Time{}), now, id, choices, from, c.PostForm("reason"), c.PostForm("document"), addressOf(c)), nil
}
