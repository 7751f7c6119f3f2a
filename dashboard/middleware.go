package dashboard

import (
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/internal/auth"
	"liandu/internal/fault"
)

// Keys of what the middleware leaves in the request.
const (
	keyRequest = "liandu.request"
	keyAccount = "liandu.account"
)

// contentPolicy lets a page load what the binary serves and nothing else.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// requestID numbers the request like 7F3A-0142; the log and the error page say the same number.
func (s *Server) requestID(c *gin.Context) {
	id := fmt.Sprintf("%s-%04X", s.process, s.requests.Add(1))
	c.Set(keyRequest, id)
	c.Header("X-Request-Id", id)
}

func (s *Server) headers(c *gin.Context) {
	c.Header("Content-Security-Policy", contentPolicy)
	c.Header("X-Content-Type-Options", "nosniff")
	c.Header("Referrer-Policy", "same-origin")
	c.Header("X-Frame-Options", "DENY")
	c.Header("Cross-Origin-Opener-Policy", "same-origin")
	c.Header("Cache-Control", "no-store")
}

// rescue turns a panic into the page for our own errors and logs where it came from.
func (s *Server) rescue(c *gin.Context) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		if v == http.ErrAbortHandler {
			panic(v)
		}
		s.answer(c, fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
	}()
	c.Next()
}

// crossOrigin refuses a change that another site's page asked the browser for (reliability.md, I8).
func (s *Server) crossOrigin(c *gin.Context) {
	if err := s.cross.Check(c.Request); err != nil {
		s.answer(c, fault.Wrap(fault.Forbidden, "请求来自其他网站，已拒绝。", "请在本系统的页面上操作。", err))
		c.Abort()
	}
}

// guard lets those through to a route's handler who may use it.
func (s *Server) guard(r route) gin.HandlerFunc {
	limit := r.limit
	if limit == 0 {
		limit = bodyLimit
	}
	return func(c *gin.Context) {
		if err := s.admit(c, r); err != nil {
			s.answer(c, err)
			return
		}
		if c.Request.ContentLength > limit {
			s.answer(c, errTooLarge(limit))
			return
		}
		if r.kept && s.answerKept(c) {
			return
		}
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit)
		if err := r.handler(s, c); err != nil {
			s.answer(c, err)
		}
	}
}

func (s *Server) admit(c *gin.Context, r route) error {
	err := s.identify(c)
	if r.permission == auth.Public {
		return nil
	}
	if err != nil {
		return err
	}
	if !auth.Can(account(c), r.permission, "") {
		return s.refuse(c, account(c))
	}
	return nil
}

// identify finds out who asks: by the session's cookie, or for the JSON interface by HTTP Basic on an encrypted or a
// local connection. It returns fault.Unauthenticated when nobody is signed in.
func (s *Server) identify(c *gin.Context) error {
	if login, password, ok := c.Request.BasicAuth(); ok && isAPI(c) {
		if c.Request.TLS == nil && !isLoopback(c.Request) {
			return fault.New(fault.Unauthenticated, "未加密的连接不接受账号密码。", "请用 https 访问，或在本机访问。")
		}
		a, err := s.deps.Auth.Check(c.Request.Context(), login, password, address(c))
		if err != nil {
			return err
		}
		c.Set(keyAccount, a)
		return nil
	}
	cookie, err := c.Request.Cookie(cookieName(c))
	if err != nil {
		return fault.New(fault.Unauthenticated, "尚未登录。", "请先登录。")
	}
	a, err := s.deps.Auth.Session(c.Request.Context(), cookie.Value)
	if err != nil {
		return err
	}
	c.Set(keyAccount, a)
	return nil
}

// account is who asks; the zero Account when nobody is signed in.
func account(c *gin.Context) auth.Account {
	a, _ := c.Get(keyAccount)
	who, _ := a.(auth.Account)
	return who
}

func isAPI(c *gin.Context) bool { return strings.HasPrefix(c.Request.URL.Path, "/api/") }

// address is the connection's other end; headers that anybody can write are not asked.
func address(c *gin.Context) string {
	host, _, err := net.SplitHostPort(c.Request.RemoteAddr)
	if err != nil {
		return c.Request.RemoteAddr
	}
	return host
}

// isLoopback reports whether the request comes from this machine and not through a proxy on it.
func isLoopback(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
		return false
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// cookieName carries the prefix by which a browser keeps the cookie to this host and to TLS.
func cookieName(c *gin.Context) string {
	if c.Request.TLS != nil {
		return "__Host-liandu"
	}
	return "liandu"
}

func setSession(c *gin.Context, token string) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: cookieName(c), Value: token, Path: "/", HttpOnly: true, Secure: c.Request.TLS != nil, SameSite: http.SameSiteLaxMode,
	})
}

func dropSession(c *gin.Context) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: cookieName(c), Path: "/", MaxAge: -1, HttpOnly: true, Secure: c.Request.TLS != nil, SameSite: http.SameSiteLaxMode,
	})
}
