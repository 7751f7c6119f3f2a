package dashboard

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// layout is what template/layout.html is given. Data is the page's own.
type layout struct {
	City    string
	Home    string // the first page the account may open
	Who     string // name of who is signed in, "" for nobody
	Role    string
	Nav     []navItem
	Context *contextBar
	Printed string // 「2025-01-14 17:30　李文静」, the last line on paper
	Notice  notice
	Scripts []string
	Bare    bool
	Fill    bool
	Wide    bool
	Data    any
}

// navItem is one word of the navigation; Current is "page" on its own pages.
type navItem struct {
	Name    string
	Path    string
	Current string
	Under   []string // pages that belong to it
	Count   string   // what waits there for who asks, "" for nothing
}

// noticeCookie carries a notice from the POST to the page after it.
const noticeCookie = "liandu-notice"

// notice is the result of the POST that led to this page, shown once.
type notice struct {
	Text string
	Bad  bool
}

// render answers with a page of pages.go. The page is whole before its first byte leaves.
func (s *Server) render(c *gin.Context, status int, name string, data any) error {
	p := s.templates[name]
	if p == nil {
		return fmt.Errorf("render page %q: not declared", name)
	}
	l := layout{
		City: s.deps.Folder().Name, Home: s.home(c), Bare: p.bare, Fill: p.fill, Wide: p.wide, Data: data, Notice: takeNotice(c),
		Printed: minute(s.deps.Now()),
	}
	if who := account(c); who.Login != "" && !p.bare {
		l.Who, l.Role, l.Nav = who.Name, who.Role.Chinese(), s.nav(c)
		if err := s.countNav(c, l.Nav); err != nil {
			return err
		}
		l.Printed += "　" + who.Name
	}
	keep, isKept := c.Value(keepingKey).(keeping)
	if isKept {
		l.Who, l.Printed = markWho, markPrinted
		markNav(l.Nav)
	}
	if p.context {
		bar, err := s.contextBar(c)
		if err != nil {
			return err
		}
		l.Context = bar
	}
	for _, script := range append([]string{"js/ui.js"}, p.scripts...) {
		where, err := s.assets.address(script)
		if err != nil {
			return err
		}
		l.Scripts = append(l.Scripts, where)
	}
	var page bytes.Buffer
	if err := p.template.ExecuteTemplate(&page, "layout", l); err != nil {
		return fmt.Errorf("render page %s: %w", name, err)
	}
	if isKept && status == http.StatusOK {
		s.kept.put(keep.facts, keep.day, keep.key, page.Bytes())
		return s.sendKept(c, page.Bytes(), account(c))
	}
	c.Data(status, "text/html; charset=utf-8", page.Bytes())
	return nil
}

// nav returns the words of the navigation that the account may open, each carrying the context.
func (s *Server) nav(c *gin.Context) []navItem {
	var items []navItem
	here := addressOf(c)
	for _, n := range nav() {
		if !s.opens(account(c), n.Path) {
			continue
		}
		path := c.Request.URL.Path
		for _, at := range append([]string{n.Path}, n.Under...) {
			if path == at || at != "/" && strings.HasPrefix(path, at+"/") {
				n.Current = "page"
			}
		}
		n.Path = here.Href(n.Path)
		items = append(items, n)
	}
	return items
}

// countNav puts beside 待办 how many matters wait for who asks.
func (s *Server) countNav(c *gin.Context, items []navItem) error {
	for i := range items {
		if strings.HasPrefix(items[i].Path, todoPath) {
			var err error
			if items[i].Count, err = s.countWaiting(c); err != nil {
				return err
			}
		}
	}
	return nil
}

// markNav leaves a mark where a kept page shows the count, which is each person's own.
func markNav(items []navItem) {
	for i := range items {
		if strings.HasPrefix(items[i].Path, todoPath) {
			items[i].Count = markCount
		}
	}
}

// home is the first page the account may open, for nobody the sign-in.
func (s *Server) home(c *gin.Context) string {
	if account(c).Login == "" {
		return "/signin"
	}
	for _, n := range nav() {
		if s.opens(account(c), n.Path) {
			return n.Path
		}
	}
	return "/password"
}

// redirect answers a POST that succeeded: the browser gets the page where, which says text once. text may be empty.
func redirect(c *gin.Context, where, text string) error {
	if text != "" {
		http.SetCookie(c.Writer, &http.Cookie{
			Name: noticeCookie, Value: base64.RawURLEncoding.EncodeToString([]byte(text)), Path: "/", MaxAge: 60,
			HttpOnly: true, Secure: c.Request.TLS != nil, SameSite: http.SameSiteLaxMode,
		})
	}
	c.Redirect(http.StatusSeeOther, where)
	return nil
}

// takeNotice reads what redirect left for the page and clears it.
func takeNotice(c *gin.Context) notice {
	cookie, err := c.Request.Cookie(noticeCookie)
	if err != nil {
		return notice{}
	}
	http.SetCookie(c.Writer, &http.Cookie{Name: noticeCookie, Path: "/", MaxAge: -1, HttpOnly: true})
	text, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil || len(text) > 1000 {
		return notice{}
	}
	return notice{Text: string(text)}
}
