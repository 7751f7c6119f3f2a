package dashboard

import (
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"liandu/internal/auth"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/store"
	"liandu/internal/testkit"
)

// quick is a hash cost for tests: the real one takes a tenth of a second each time.
var quick = auth.Cost{MemoryKiB: 64, Passes: 1, Threads: 1}

const goodPassword = "Yun-Zhou-7hai"

// site is a running site of one city with an account of every role, each named for its role.
type site struct {
	t      *testing.T
	store  *store.Store
	auth   *auth.Service
	server *Server

	mu    sync.Mutex
	clock time.Time
}

func newSite(t *testing.T, change ...func(*Deps)) *site {
	t.Helper()
	w := &site{t: t, store: testkit.OpenStore(t, nil), clock: time.Date(2025, 1, 14, 9, 30, 0, 0, time.UTC)}
	regimes, err := regime.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	w.auth = auth.New(auth.Deps{Store: w.store, Now: w.now, Rand: rand.Reader, Cost: quick})
	d := Deps{
		Store: w.store, Auth: w.auth,
		Regimes: func() []*regime.Regime { return regimes },
		Folder:  func() store.FolderCreated { return store.FolderCreated{Name: "云州市", Regime: "qinhuangdao-2024"} },
		Now:     w.now, Rand: rand.Reader, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	for _, f := range change {
		f(&d)
	}
	if w.server, err = New(d); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *site) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.clock
}

func (w *site) wait(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.clock = w.clock.Add(d)
}

// account adds an account named for its role.
func (w *site) account(role auth.Role, unit record.UnitCode) {
	w.t.Helper()
	a := auth.Account{Login: string(role), Name: role.Chinese(), Role: role, Unit: unit}
	if err := w.auth.Add(w.t.Context(), "系统", a, goodPassword); err != nil {
		w.t.Fatal(err)
	}
}

// browser is one visitor: it keeps its cookies and does not follow redirects.
type browser struct {
	w       *site
	cookies map[string]*http.Cookie
	from    string
	header  map[string]string
}

func (w *site) browser() *browser {
	return &browser{w: w, cookies: map[string]*http.Cookie{}, from: "10.1.1.7:40000", header: map[string]string{}}
}

// as returns a browser in which the account of a role is signed in.
func (w *site) as(role auth.Role) *browser {
	w.t.Helper()
	b := w.browser()
	r := b.post("/signin", url.Values{"login": {string(role)}, "password": {goodPassword}})
	if r.Code != http.StatusSeeOther {
		w.t.Fatalf("sign in as %s = %d %s", role, r.Code, r.Body)
	}
	return b
}

func (b *browser) get(path string) *httptest.ResponseRecorder {
	return b.send(httptest.NewRequest(http.MethodGet, path, nil))
}

func (b *browser) post(path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.send(r)
}

func (b *browser) send(r *http.Request) *httptest.ResponseRecorder {
	r.RemoteAddr = b.from
	for k, v := range b.header {
		r.Header.Set(k, v)
	}
	for _, c := range b.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.w.server.Handler().ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
			continue
		}
		b.cookies[c.Name] = c
	}
	return w
}

// holds fails the test unless the page has every text.
func holds(t *testing.T, r *httptest.ResponseRecorder, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(r.Body.String(), text) {
			t.Errorf("page does not hold %q:\n%s", text, r.Body)
		}
	}
}
