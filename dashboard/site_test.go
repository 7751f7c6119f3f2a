package dashboard

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
	"liandu/internal/rulebook"
	"liandu/internal/store"
	"liandu/internal/testkit"
	"liandu/queries"
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
	issued string
	report string // a report in words of another unit // the document issueLetter issued
	matter string // one that is under way, for the test that walks the routes

	mu    sync.Mutex
	clock time.Time
}

// logTo makes the site log to w.
func logTo(w io.Writer) func(*Deps) {
	return func(d *Deps) { d.Log = slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug})) }
}

func newSite(t *testing.T, change ...func(*Deps)) *site {
	t.Helper()
	w := &site{t: t, store: testkit.OpenStore(t, queries.Base()), clock: time.Date(2025, 1, 14, 9, 30, 0, 0, time.UTC)}
	units, err := registry.New(cityUnits())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.store.Append(t.Context(), journal.Entry{
		At: w.now(), Actor: "系统", Action: store.ActionUnitsImported, Data: store.UnitsImported{Units: cityUnits(), Base: true},
	}); err != nil {
		t.Fatal(err)
	}
	known := func() *registry.Registry { return units }
	rules := rulebook.New(w.store, "qinhuangdao-2024", w.now)
	w.auth = auth.New(auth.Deps{Store: w.store, Now: w.now, Rand: rand.Reader, Cost: quick})
	d := Deps{
		Store: w.store, Auth: w.auth, Registry: func(context.Context) (*registry.Registry, error) { return units, nil }, Blank: blankForm,
		Parser:  ingest.InProcess{},
		Queries: queries.New(queries.Deps{DB: w.store.DB(), Version: w.store.Facts, Now: w.now, Regime: rules.Regime}),
		Ingest:  ingest.New(ingest.Deps{Store: w.store, Registry: known, Parser: ingest.InProcess{}, Now: w.now}),
		Rules:   rules,
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

// cityUnits is an invented city: two counties that report, with a township each, and a third that does not yet.
func cityUnits() []record.Unit {
	return []record.Unit{
		{Code: "990100", Name: "云州市", Level: record.LevelCity},
		{Code: "990102", Name: "东湖区", Level: record.LevelCounty, Parent: "990100", Submitter: true},
		{Code: "990103", Name: "西岭区", Level: record.LevelCounty, Parent: "990100", Submitter: true},
		{Code: "990103101", Name: "松坪镇", Level: record.LevelTownship, Parent: "990103"},
		{Code: "990121", Name: "白塔县", Level: record.LevelCounty, Parent: "990100", Submitter: true, Aliases: []string{"白塔"}},
	}
}

const (
	donghu record.UnitCode = "990102"
	xiling record.UnitCode = "990103"
)

func blankForm(_ context.Context, w io.Writer, unit record.UnitCode, q period.Quarter) error {
	return ingest.WriteForm(w, ingest.Form{Cover: record.Cover{UnitText: string(unit), PeriodText: q.Chinese()}, Quarter: q})
}

// workbook is a county's workbook of one meeting and one item; change may break it.
func workbook(t *testing.T, unit string, change ...func(*ingest.Form)) []byte {
	t.Helper()
	f := ingest.Form{
		Cover:   record.Cover{UnitText: unit, PeriodText: "2024年第四季度", FilledBy: "王某", Phone: "0335-0000000"},
		Quarter: period.MustQuarter("2024Q4"),
		Name:    func(record.UnitCode) string { return unit },
		Meetings: []record.Meeting{{
			Unit: "x", SessionYear: 2024, Kind: record.KindAnnual, Title: "第一次联席会议", HeldOn: period.MustDate("2024-05-10"),
			ChairName: "李某", ChairTitle: "区长",
		}},
		Resolutions: []record.Resolution{{
			Unit: "x", SessionYear: 2024, Kind: record.KindAnnual, ItemNo: "1", Title: "困难职工医疗互助财政补助",
			LeadUnit: "区财政局", Owner: "赵某", DueOn: period.MustDate("2024-11-30"), Status: record.StatusInProgress,
		}},
	}
	for _, c := range change {
		c(&f)
	}
	var b bytes.Buffer
	if err := ingest.WriteForm(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// file is one file of a multipart form.
type file struct {
	name string
	body []byte
}

func (b *browser) upload(path string, fields url.Values, files ...file) *httptest.ResponseRecorder {
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for name, values := range fields {
		_ = m.WriteField(name, values[0])
	}
	for _, f := range files {
		part, err := m.CreateFormFile("file", f.name)
		if err != nil {
			b.w.t.Fatal(err)
		}
		if _, err := part.Write(f.body); err != nil {
			b.w.t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		b.w.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return b.send(r)
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

func (b *browser) basic(login, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(login+":"+password))
}

func newPost(path, body string) *http.Request {
	return httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
}

// audit returns the log's lines of an action.
func (w *site) audit(t *testing.T, action string) []queries.AuditRow {
	t.Helper()
	rows, err := w.server.deps.Queries.Audit(t.Context(), queries.AuditFilter{Action: action})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// files returns every file received.
func (w *site) files(t *testing.T) []queries.SubmissionRow {
	t.Helper()
	rows, err := w.server.deps.Queries.Submissions(t.Context(), queries.SubmissionFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return rows
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
