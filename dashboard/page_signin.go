package dashboard

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/internal/auth"
	"liandu/internal/fault"
)

// signinPage is the sign-in form as it is shown, with what was typed.
type signinPage struct {
	Login string
	Next  string
	Note  string // why the form is here
	Error string
}

func (s *Server) signin(c *gin.Context) error {
	if all, err := s.deps.Auth.List(c.Request.Context()); err != nil {
		return err
	} else if len(all) == 0 && !s.deps.Demo { // the first start
		return redirect(c, "/setup", "")
	}
	p := signinPage{Next: localPath(c.Query("next"))}
	if _, err := c.Request.Cookie(cookieName(c)); err == nil {
		if s.identify(c) == nil {
			return redirect(c, s.home(c), "")
		}
		p.Note = "登录已过期，请重新登录。"
	}
	return s.render(c, http.StatusOK, "signin", p)
}

func (s *Server) signinPost(c *gin.Context) error {
	p := signinPage{Login: c.PostForm("login"), Next: localPath(c.PostForm("next"))}
	token, a, err := s.deps.Auth.SignIn(c.Request.Context(), p.Login, c.PostForm("password"), address(c))
	if err != nil {
		return s.again(c, err, func(f *fault.Error) (string, any) {
			p.Error = f.Error()
			return "signin", p
		})
	}
	s.endSession(c)
	setSession(c, token)
	c.Set(keyAccount, a)
	if p.Next == "" || p.Next == "/" {
		p.Next = s.home(c)
	}
	return redirect(c, p.Next, "")
}

// signout ends this browser's session.
func (s *Server) signout(c *gin.Context) error {
	s.endSession(c)
	dropSession(c)
	return redirect(c, "/signin", "已退出。")
}

// endSession ends the session the browser came with, if any.
func (s *Server) endSession(c *gin.Context) {
	cookie, err := c.Request.Cookie(cookieName(c))
	if err != nil {
		return
	}
	if err := s.deps.Auth.SignOut(c.Request.Context(), cookie.Value, address(c)); err != nil {
		s.deps.Log.Error("note sign-out", "request", c.GetString(keyRequest), "error", err)
	}
}

// setupPage is the form for the first administrator.
type setupPage struct {
	Code  string
	Login string
	Name  string
	Error string
}

func (s *Server) setup(c *gin.Context) error {
	if need, err := s.deps.Auth.NeedsSetup(c.Request.Context()); err != nil {
		return err
	} else if !need {
		return redirect(c, "/signin", "")
	}
	return s.render(c, http.StatusOK, "setup", setupPage{})
}

func (s *Server) setupPost(c *gin.Context) error {
	p := setupPage{Code: strings.TrimSpace(c.PostForm("code")), Login: c.PostForm("login"), Name: c.PostForm("name")}
	token, err := func() (string, error) {
		if err := sameTwice(c); err != nil {
			return "", err
		}
		return s.deps.Auth.Setup(c.Request.Context(), p.Code, auth.Account{Login: p.Login, Name: p.Name}, c.PostForm("password"), address(c))
	}()
	if err != nil {
		return s.again(c, err, func(f *fault.Error) (string, any) {
			p.Error = f.Error()
			return "setup", p
		})
	}
	setSession(c, token)
	return redirect(c, "/admin", "管理员账号已建立。")
}

// demo signs in with the one-time link of `serve --demo`, from this machine alone.
func (s *Server) demo(c *gin.Context) error {
	if !s.deps.Demo || !isLoopback(c.Request) {
		return errNoPage()
	}
	if s.identify(c) == nil {
		return redirect(c, "/", "")
	}
	token, err := s.deps.Auth.Demo(c.Request.Context(), c.Query("key"), address(c))
	if err != nil {
		return s.again(c, err, func(f *fault.Error) (string, any) { return "signin", signinPage{Error: f.Error()} })
	}
	setSession(c, token)
	return redirect(c, "/", "")
}

// passwordPage is the form for one's own password.
type passwordPage struct {
	Name  string
	Login string
	Error string
}

func (s *Server) password(c *gin.Context) error {
	return s.render(c, http.StatusOK, "password", passwordPage{Name: account(c).Name, Login: account(c).Login})
}

func (s *Server) passwordPost(c *gin.Context) error {
	token, err := func() (string, error) {
		if err := sameTwice(c); err != nil {
			return "", err
		}
		return s.deps.Auth.ChangePassword(c.Request.Context(), account(c).Login, c.PostForm("old"), c.PostForm("password"), address(c))
	}()
	if err != nil {
		return s.again(c, err, func(f *fault.Error) (string, any) {
			return "password", passwordPage{Name: account(c).Name, Login: account(c).Login, Error: f.Error()}
		})
	}
	setSession(c, token)
	return redirect(c, s.home(c), "密码已修改，其他浏览器上的登录已全部退出。")
}

func sameTwice(c *gin.Context) error {
	if c.PostForm("password") != c.PostForm("again") {
		return fault.New(fault.Invalid, "两次输入的新密码不一致。", "请重新输入。")
	}
	return nil
}

// again shows a refused form once more, with what was typed and why it was refused. What is no refusal goes on to the
// error page.
func (s *Server) again(c *gin.Context, err error, form func(*fault.Error) (page string, data any)) error {
	code := fault.CodeOf(err)
	if code == "" {
		return err
	}
	name, data := form(s.refusal(c.GetString(keyRequest), err))
	return s.render(c, fault.Status(code), name, data)
}

// localPath lets an address of this site through and nothing else.
func localPath(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return ""
	}
	return next
}
