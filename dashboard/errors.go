package dashboard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/journal"
)

// actionRefused is the audit line of an account that asked for what it may not have.
const actionRefused = "access.refused"

// errorPage is what the error page shows.
type errorPage struct {
	Status  int
	Heading string
	Message string
	Hint    string
	Back    string // where to go on, an address
	BackTo  string // its words
}

// problemJSON is a refusal as the JSON interface says it.
type problemJSON struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Request string `json:"request"`
}

// answer is the only place where an error becomes a status, a page or JSON, and a line of the log.
func (s *Server) answer(c *gin.Context, err error) {
	defer c.Abort()
	id := c.GetString(keyRequest)
	if errors.Is(err, context.Canceled) && c.Request.Context().Err() != nil {
		s.deps.Log.Debug("request given up", "request", id, "path", c.Request.URL.Path)
		return
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		err = errTooLarge(tooLarge.Limit)
	}
	refusal := s.refusal(id, err)
	status := statusOf(err, refusal)
	s.log(c, status, err)
	if c.Writer.Written() { // the head is out; the connection must not look whole
		panic(http.ErrAbortHandler)
	}
	switch {
	case isAPI(c) || wantsLines(c):
		c.JSON(status, map[string]problemJSON{
			"error": {Code: string(refusal.Code), Message: refusal.Message, Hint: refusal.Hint, Request: id},
		})
	case refusal.Code == fault.Unauthenticated && isRead(c):
		c.Redirect(http.StatusSeeOther, "/signin?next="+url.QueryEscape(c.Request.URL.RequestURI()))
	default:
		s.errorPage(c, status, refusal)
	}
}

// refusal is what a person is told: a fault's own words, or the number under which the log has the rest.
func (s *Server) refusal(id string, err error) *fault.Error {
	var f *fault.Error
	if errors.As(err, &f) {
		return f
	}
	return fault.New("internal", fmt.Sprintf("系统内部错误（编号 %s），其他数字不受影响。", id), "请重试；仍然出现时把编号告诉系统管理员。")
}

func (s *Server) log(c *gin.Context, status int, err error) {
	level := slog.LevelDebug
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	s.deps.Log.Log(c.Request.Context(), level, "request refused", "request", c.GetString(keyRequest), "status", status,
		"method", c.Request.Method, "path", c.Request.URL.Path, "login", account(c).Login, "error", err)
}

func (s *Server) errorPage(c *gin.Context, status int, f *fault.Error) {
	p := errorPage{Status: status, Heading: heading(status), Message: f.Message, Hint: f.Hint, Back: s.home(c), BackTo: "回到首页"}
	if f.Code == fault.Unauthenticated {
		p.Back, p.BackTo = "/signin", "去登录"
		if from := s.cameFrom(c.Request); from != "" { // a form sent after the session ended: its page keeps what was typed
			p.Back, p.BackTo = "/signin?next="+url.QueryEscape(from), "登录后回到刚才的页面"
		}
	}
	if err := s.render(c, status, "error", p); err != nil {
		s.deps.Log.Error("render error page", "request", c.GetString(keyRequest), "error", err)
		c.String(status, "%s%s", f.Message, f.Hint)
	}
}

// cameFrom is the page of this site that a form was sent from, "" when the browser does not say. A form that came back
// stands at the address it was sent to, which only takes forms: the page above it is meant.
func (s *Server) cameFrom(r *http.Request) string {
	u, err := url.Parse(r.Referer())
	if err != nil || u.Host != r.Host || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") {
		return ""
	}
	u.RawPath = ""
	for u.Path != "/" && !s.isPage(u.Path) {
		u.Path = path.Dir(u.Path)
	}
	return u.RequestURI()
}

// isPage reports whether an address can be opened, and does not only take forms.
func (s *Server) isPage(address string) bool {
	opens, takes := false, false
	for _, r := range s.table {
		isGet := r.method == http.MethodGet
		if isGet && r.path == address {
			return true
		}
		takes = takes || !isGet && r.path == address
		ok, err := path.Match(wildcards.ReplaceAllString(r.path, "*"), address)
		opens = opens || isGet && ok && err == nil
	}
	return opens && !takes
}

// wildcards are the parts of a route's path that stand for any word.
var wildcards = regexp.MustCompile(`[:*][a-z]+`)

func heading(status int) string {
	switch status {
	case http.StatusNotFound:
		return "没有这个页面"
	case http.StatusForbidden:
		return "没有权限"
	case http.StatusMethodNotAllowed:
		return "操作方式不对"
	case http.StatusUnauthorized:
		return "需要登录"
	case http.StatusRequestEntityTooLarge:
		return "文件太大"
	case http.StatusInternalServerError:
		return "这一页没有打开"
	}
	return "操作没有完成"
}

// refuse says no to an account and keeps that in the audit log.
func (s *Server) refuse(c *gin.Context, a auth.Account) error {
	if err := s.noteRefusal(c); err != nil {
		return err
	}
	what := fmt.Sprintf("你的账号是「%s」，不能使用这项功能。", a.Role.Chinese())
	return fault.New(fault.Forbidden, what, "如有需要，请与系统管理员联系。")
}

// refusalsPerMinute bounds the lines an account's refusals leave, so that nobody fills the disk with them.
const refusalsPerMinute = 30

// refusals counts an account's refusals of the running minute.
type refusals struct {
	mu      sync.Mutex
	minute  time.Time
	byLogin map[string]int
}

// noteRefusal keeps in the audit log that the account asked for what it may not have.
func (s *Server) noteRefusal(c *gin.Context) error {
	minute, login := s.deps.Now().Truncate(time.Minute), account(c).Login
	s.refused.mu.Lock()
	if !s.refused.minute.Equal(minute) {
		s.refused.minute, s.refused.byLogin = minute, map[string]int{}
	}
	s.refused.byLogin[login]++
	count := s.refused.byLogin[login]
	s.refused.mu.Unlock()
	if count > refusalsPerMinute {
		return nil
	}
	return s.note(c, actionRefused, c.Request.Method+" "+c.Request.URL.Path, nil)
}

// note writes a line of the audit log that changes nothing else.
func (s *Server) note(c *gin.Context, action, subject string, data any) error {
	_, err := s.deps.Store.Append(c.Request.Context(), journal.Entry{
		At: s.deps.Now(), Actor: account(c).Login, Action: action, Subject: subject, Data: data,
	})
	return err
}

func isRead(c *gin.Context) bool {
	return c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead
}

// errMethod is no fault of the domain, so that it has a status of its own.
var errMethod = errors.New("method not allowed")

func statusOf(err error, f *fault.Error) int {
	if errors.Is(err, errMethod) {
		return http.StatusMethodNotAllowed
	}
	return fault.Status(f.Code)
}

func errNoPage() error {
	return fault.New(fault.NotFound, "地址不存在，或内容已不在此处。", "请从上方导航进入。")
}

func errNoMethod() error {
	return fault.Wrap(fault.Invalid, "这个地址不接受这种操作。", "请从页面上的按钮操作。", errMethod)
}

func errTooLarge(limit int64) error {
	return fault.New(fault.TooLarge, fmt.Sprintf("上传内容超过 %d MB。", limit>>20), "请分几次上传，或压缩图片后再传。")
}
