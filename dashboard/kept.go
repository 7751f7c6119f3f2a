package dashboard

import (
	"bytes"
	"html"
	"net/http"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"liandu/internal/auth"
	"liandu/internal/period"
)

// A page of figures is the same bytes for everybody of one role and unit until the facts change or the day ends, but
// for two places: who is signed in, and when it is printed. Such pages are kept with marks in these places.
const (
	markWho     = "\u2063who\u2063" // an invisible separator: in no name, and template leaves it as it is
	markPrinted = "\u2063printed\u2063"
	markCount   = "\u2063count\u2063"
)

// keptLimit bounds what is kept, in bytes of pages and their addresses.
const keptLimit = 64 << 20

// keptPages holds rendered pages by role, unit and address, for one state of the facts and one day.
type keptPages struct {
	mu    sync.Mutex
	facts int64
	day   period.Date
	size  int
	pages map[string][]byte
}

// at throws away what is of another state or day. The caller holds mu.
func (k *keptPages) at(facts int64, day period.Date) {
	if k.pages == nil || k.facts != facts || k.day != day {
		k.facts, k.day, k.size, k.pages = facts, day, 0, map[string][]byte{}
	}
}

func (k *keptPages) get(facts int64, day period.Date, key string) ([]byte, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.at(facts, day)
	page, ok := k.pages[key]
	return page, ok
}

// put keeps a page that was begun at facts; when they have changed meanwhile it is not kept.
func (k *keptPages) put(facts int64, day period.Date, key string, page []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.facts != facts || k.day != day || k.pages == nil {
		return
	}
	size := len(key) + len(page) // an address may be as long as a page
	if k.size+size > keptLimit {
		k.size, k.pages = 0, map[string][]byte{}
	}
	k.size += size
	k.pages[key] = page
}

// keeping is what a request for a page that may be kept carries.
type keeping struct {
	facts int64
	day   period.Date
	key   string
}

const keepingKey = "liandu.keeping"

// answerKept answers from a kept page, or marks the request so that render keeps what it makes. A page that says the
// result of a POST is made anew.
func (s *Server) answerKept(c *gin.Context) bool {
	if c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead {
		return false
	}
	if _, err := c.Request.Cookie(noticeCookie); err == nil {
		return false
	}
	who := account(c)
	k := keeping{
		facts: s.deps.Store.Facts(), day: period.DateOf(s.deps.Now().In(period.Shanghai)),
		key: strings.Join([]string{string(who.Role), string(who.Unit), c.Request.URL.RequestURI()}, "\x00"),
	}
	if page, ok := s.kept.get(k.facts, k.day, k.key); ok {
		if err := s.sendKept(c, page, who); err != nil {
			s.answer(c, err)
		}
		return true
	}
	c.Set(keepingKey, k)
	return false
}

// countSpan is what the navigation has around a count (partial/head.html).
const countSpan, countEnd = `<span class="nav-count">`, `</span>`

// sendKept fills in who asks, how much waits for them, and when.
func (s *Server) sendKept(c *gin.Context, page []byte, who auth.Account) error {
	count, err := s.countWaiting(c)
	if err != nil {
		return err
	}
	if count != "" {
		count = countSpan + count + countEnd
	}
	name := html.EscapeString(who.Name)
	page = bytes.ReplaceAll(page, []byte(countSpan+markCount+countEnd), []byte(count))
	page = bytes.ReplaceAll(page, []byte(markWho), []byte(name))
	page = bytes.ReplaceAll(page, []byte(markPrinted), []byte(minute(s.deps.Now())+"　"+name))
	c.Data(http.StatusOK, "text/html; charset=utf-8", page)
	return nil
}
