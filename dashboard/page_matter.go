package dashboard

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/internal/setting"
	"liandu/queries"
)

// matter is one 督办事项 with its steps and the forms of those that the account may take.
func (s *Server) matter(c *gin.Context) error {
	m, err := s.matterOf(c)
	if err != nil {
		return err
	}
	return s.matterPage(c, http.StatusOK, m, view.MatterTyped{})
}

// matterOf returns the matter of the address. One that the account may not know of is as unknown as none.
func (s *Server) matterOf(c *gin.Context) (*matter.Matter, error) {
	m, err := s.deps.Queries.Matter(c.Request.Context(), c.Param("id"), account(c).Scope())
	if fault.CodeOf(err) == fault.NotFound && account(c).Scope() != "" {
		if err := s.noteRefusal(c); err != nil {
			return nil, err
		}
	}
	return m, err
}

func (s *Server) matterPage(c *gin.Context, status int, m *matter.Matter, typed view.MatterTyped) error {
	a, err := s.asOf(c)
	if err != nil {
		return err
	}
	outcomes, err := s.deps.Queries.Outcomes(c.Request.Context(), a, []*matter.Matter{m})
	if err != nil {
		return err
	}
	in := view.MatterInput{
		Address: addressOf(c), Outcome: outcomes[0], Today: s.today(), Who: actor(c), FileLimit: fileLimitWords, Typed: typed,
	}
	if in.Names, err = s.accountNames(c.Request.Context()); err != nil {
		return err
	}
	if in.Documents, err = s.deps.Queries.Documents(c.Request.Context(), queries.DocumentFilter{Unit: m.Unit, Scope: a.Scope}); err != nil {
		return err
	}
	if in.ReplyDays, err = s.replyDays(c); err != nil {
		return err
	}
	return s.render(c, status, "matter", view.NewMatter(in))
}

// replyDays is how long the city gives a county to answer, 0 where it has not said.
func (s *Server) replyDays(c *gin.Context) (int, error) {
	settings, err := setting.Load(c.Request.Context(), s.deps.Store.DB(), time.Time{})
	if err != nil {
		return 0, err
	}
	return number(settings["reply.days"]), nil
}

// matterStep takes a kind of step. A form that is refused comes back with what was typed.
func matterStep(kind matter.Kind) handler {
	return func(s *Server, c *gin.Context) error {
		m, err := s.matterOf(c)
		if err != nil {
			return err
		}
		if err := m.May(actor(c), kind); fault.CodeOf(err) == fault.Forbidden {
			return s.refuseStep(c, err)
		}
		if err := parseForm(c); err != nil {
			return err
		}
		defer s.dropForm(c)
		mv, typed, err := s.stepForm(c, m, kind)
		if err == nil && kind == matter.Close {
			err = s.stillClaimed(c, []matter.Move{mv})
		}
		if err == nil {
			err = s.loop().Take(c.Request.Context(), actor(c), mv)
		}
		switch code := fault.CodeOf(err); {
		case err == nil:
			return redirect(c, addressOf(c).Href("/matters/"+m.ID), m.ID+" 已办理「"+kind.Chinese()+"」。")
		case code == fault.Forbidden:
			return s.refuseStep(c, err)
		case code == "" || code == fault.NoSpace:
			return err
		default:
			typed.Error = err.Error()
			if m, err = s.matterOf(c); err != nil { // as it stands now
				return err
			}
			return s.matterPage(c, fault.Status(code), m, typed)
		}
	}
}

// refuseStep keeps in the audit log that somebody asked for a step that is not theirs.
func (s *Server) refuseStep(c *gin.Context, why error) error {
	if err := s.noteRefusal(c); err != nil {
		return err
	}
	return why
}

// stepForm reads a step's form. Files are kept only where the step may still be taken.
func (s *Server) stepForm(c *gin.Context, m *matter.Matter, kind matter.Kind) (matter.Move, view.MatterTyped, error) {
	typed := typedStep(c, kind)
	mv := matter.Move{Matter: m.ID, Kind: kind, Words: typed.Words, Person: typed.Person, Document: typed.Document}
	if kind == matter.Reply && mv.Person == "" && actor(c).Unit != "" {
		mv.Person = account(c).Name
	}
	var err error
	if mv.Version, err = strconv.ParseInt(c.PostForm("version"), 10, 64); err != nil {
		return mv, typed, fault.New(fault.Invalid, "表单不完整，这一步没有保存。", "请刷新页面后重新填写。")
	}
	if mv.On, err = dateField(typed.On, kind.Chinese()+"日期"); err != nil {
		return mv, typed, err
	}
	if mv.DueOn, err = dateField(typed.DueOn, "反馈期限"); err != nil {
		return mv, typed, err
	}
	if err := m.Allow(actor(c), mv, s.today()); err != nil {
		return mv, typed, err
	}
	mv.Files, err = s.keepFiles(c)
	return mv, typed, err
}

func typedStep(c *gin.Context, kind matter.Kind) view.MatterTyped {
	return view.MatterTyped{
		Kind: string(kind), On: c.PostForm("on"), Words: strings.TrimSpace(c.PostForm("words")), Person: strings.TrimSpace(c.PostForm("person")),
		DueOn: c.PostForm("due_on"), Document: strings.TrimSpace(c.PostForm("document")),
	}
}

// dateField reads a date of a form; a blank is the zero Date.
func dateField(text, name string) (period.Date, error) {
	d, err := period.ParseDate(strings.TrimSpace(text))
	if err == nil && !d.IsZero() && (d.Year() < 2000 || d.Year() > 2150) {
		err = errors.New("year out of range")
	}
	if err != nil {
		return d, fault.Wrap(fault.Invalid, fmt.Sprintf("%s「%s」无法识别。", name, text), "请写成 2024-09-30 这样的格式。", err)
	}
	return d, nil
}

// matterFile hands over a file of a step, byte for byte.
func (s *Server) matterFile(c *gin.Context) error {
	m, err := s.matterOf(c)
	if err != nil {
		return err
	}
	file, ok := m.File(c.Param("sum"))
	if !ok {
		return fault.New(fault.NotFound, m.ID+" 没有这个附件。", "请从事项页面打开。")
	}
	f, err := s.deps.Store.Blobs().Open(file.SHA256)
	if errors.Is(err, os.ErrNotExist) {
		return fault.Wrap(fault.Unavailable, "附件不在数据目录中。", "请管理员运行校验，并从备份恢复。", err)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if c.Request.Method == http.MethodGet {
		if err := s.note(c, "file.downloaded", m.ID, map[string]string{"file": file.Name, "unit": string(m.Unit)}); err != nil {
			return err
		}
	}
	if err := longRequest(c); err != nil {
		return err
	}
	download(c, file.Name, m.ID+path.Ext(file.Name), file.Size, f)
	return nil
}
