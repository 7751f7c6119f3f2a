package dashboard

import (
	"bytes"
	"encoding/json"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"liandu/dashboard/view"
	"liandu/internal/auth"
)

// everybody is who the table of expected answers speaks of, in the order of its columns.
var everybody = append([]auth.Role{""}, auth.Roles...)

// expected is the answer of every route to anonymous, administrator, supervisor, leader, county, auditor. A route that
// is not here fails the test, and so does one here that is not a route. 303 of a GET to nobody is the way to sign-in.
var expected = map[string][6]int{
	"GET /healthz":      {200, 200, 200, 200, 200, 200},
	"GET /static/*path": {200, 200, 200, 200, 200, 200},
	"GET /signin":       {200, 303, 303, 303, 303, 303},
	"POST /signin":      {401, 401, 401, 401, 401, 401}, // without a login
	"GET /setup":        {303, 303, 303, 303, 303, 303}, // there is an administrator
	"POST /setup":       {409, 409, 409, 409, 409, 409},
	"GET /demo":         {404, 404, 404, 404, 404, 404}, // no --demo
	"POST /signout":     {401, 303, 303, 303, 303, 303},
	"GET /password":     {303, 200, 200, 200, 200, 200},
	"POST /password":    {401, 422, 422, 422, 422, 422}, // wrong old password

	"GET /":                 {303, 200, 200, 200, 200, 403},
	"GET /unit":             {303, 200, 200, 200, 200, 403},
	"GET /unit.xlsx":        {303, 200, 200, 200, 200, 403},
	"GET /unit.csv":         {303, 200, 200, 200, 200, 403},
	"GET /unit/:code":       {303, 200, 200, 200, 404, 403}, // another unit
	"GET /meetings":         {303, 200, 200, 200, 200, 403},
	"GET /meetings.xlsx":    {303, 200, 200, 200, 200, 403},
	"GET /meetings.csv":     {303, 200, 200, 200, 200, 403},
	"GET /resolutions":      {303, 200, 200, 200, 200, 403},
	"GET /briefing.xlsx":    {303, 200, 200, 200, 200, 403},
	"GET /resolutions.xlsx": {303, 200, 200, 200, 200, 403},
	"GET /resolutions.csv":  {303, 200, 200, 200, 200, 403},
	"GET /findings":         {303, 200, 200, 200, 200, 403},
	"GET /findings.xlsx":    {303, 200, 200, 200, 200, 403},
	"GET /findings.csv":     {303, 200, 200, 200, 200, 403},
	"GET /regimes":          {303, 200, 200, 200, 200, 403},
	"GET /regimes/adjust":   {303, 200, 200, 403, 403, 403},
	"POST /regimes/adjust":  {401, 422, 422, 403, 403, 403}, // nothing changed
	"GET /regimes/suspend":  {303, 200, 200, 403, 403, 403},
	"POST /regimes/suspend": {401, 422, 422, 403, 403, 403}, // no end
	"GET /regimes/new":      {303, 200, 200, 403, 403, 403},
	"POST /regimes/new":     {401, 422, 422, 403, 403, 403}, // nothing typed
	"GET /regimes/adopt":    {303, 200, 200, 403, 403, 403},
	"POST /regimes/adopt":   {401, 200, 200, 403, 403, 403}, // tried only
	"POST /regimes/revert":  {401, 422, 422, 403, 403, 403}, // no such number
	"GET /explain":          {303, 200, 200, 200, 200, 403},
	"GET /move":             {303, 200, 200, 200, 200, 403},
	"GET /source/:id":       {303, 200, 200, 200, 404, 403}, // another unit's

	"GET /submissions":                       {303, 200, 200, 200, 200, 403},
	"POST /submissions":                      {401, 303, 303, 403, 303, 403},
	"GET /submissions/all":                   {303, 200, 200, 200, 200, 403},
	"GET /submissions/:id":                   {303, 200, 200, 200, 404, 403}, // another unit's
	"POST /submissions/:id/decide":           {401, 409, 409, 403, 403, 403}, // decided already
	"POST /submissions/:id/withdraw":         {401, 403, 403, 403, 404, 403}, // only its county; another unit's
	"POST /submissions/accept":               {401, 303, 303, 403, 403, 403},
	"GET /submissions/:id/original":          {303, 200, 200, 200, 404, 403},
	"GET /templates":                         {303, 200, 200, 200, 200, 403},
	"GET /templates/:unit":                   {303, 200, 200, 200, 404, 403},
	"GET /submissions/:id/marked":            {303, 200, 200, 200, 404, 403},
	"GET /submissions/:id/columns":           {303, 200, 200, 403, 403, 403},
	"POST /submissions/:id/columns":          {401, 303, 303, 403, 403, 403}, // nothing changed
	"POST /submissions/:id/columns/withdraw": {401, 409, 409, 403, 403, 403}, // no such decision
	"GET /submissions/:id/names":             {303, 200, 200, 403, 403, 403},
	"POST /submissions/:id/names":            {401, 422, 422, 403, 403, 403}, // no name chosen
	"GET /reports":                           {303, 200, 200, 200, 200, 403},
	"GET /reports/:id":                       {303, 200, 200, 200, 404, 403}, // another unit's
	"POST /reports/:id":                      {401, 422, 422, 403, 403, 403}, // not said how

	"GET /todo":                   {303, 200, 200, 200, 200, 403},
	"GET /matters":                {303, 200, 200, 200, 200, 403},
	"GET /matters.xlsx":           {303, 200, 200, 200, 200, 403},
	"GET /matters.csv":            {303, 200, 200, 200, 200, 403},
	"GET /matters/new":            {303, 200, 200, 403, 403, 403},
	"POST /matters/new":           {401, 422, 422, 403, 403, 403}, // an empty form
	"GET /matters/:id":            {303, 200, 200, 200, 404, 403}, // another unit's
	"GET /matters/:id/files/:sum": {303, 404, 404, 404, 404, 403}, // no such file
	"POST /matters/:id/assigned":  {401, 422, 422, 403, 403, 403}, // empty forms
	"POST /matters/:id/received":  {401, 422, 422, 403, 404, 403},
	"POST /matters/:id/replied":   {401, 422, 422, 403, 404, 403},
	"POST /matters/:id/checked":   {401, 422, 422, 403, 403, 403},
	"POST /matters/:id/returned":  {401, 422, 422, 403, 403, 403},
	"POST /matters/:id/closed":    {401, 422, 422, 403, 403, 403},
	"POST /matters/:id/reopened":  {401, 422, 422, 403, 403, 403},
	"POST /matters/:id/cancelled": {401, 422, 422, 403, 403, 403},
	"POST /matters/:id/extended":  {401, 422, 422, 403, 403, 403},
	"GET /closing":                {303, 200, 200, 403, 403, 403},
	"POST /closing/check":         {401, 422, 422, 403, 403, 403}, // nothing chosen
	"POST /closing/close":         {401, 422, 422, 403, 403, 403},

	"GET /documents":               {303, 200, 200, 200, 200, 403},
	"GET /documents/draft":         {303, 200, 200, 200, 403, 403},
	"GET /documents/draft.docx":    {303, 200, 200, 200, 403, 403},
	"GET /documents/drafts.zip":    {303, 200, 200, 200, 403, 403},
	"GET /documents/corrections":   {303, 200, 200, 200, 403, 403},
	"POST /documents/settings":     {401, 303, 303, 403, 403, 403},
	"GET /documents/check":         {303, 404, 404, 403, 403, 403}, // no file was uploaded
	"POST /documents/check":        {401, 422, 422, 403, 403, 403}, // without a file
	"GET /documents/issue":         {303, 200, 200, 403, 403, 403},
	"POST /documents/issue":        {401, 422, 422, 403, 403, 403}, // nothing chosen
	"GET /documents/issued.zip":    {303, 200, 200, 200, 200, 403},
	"GET /documents/:id":           {303, 200, 200, 200, 404, 403}, // another unit's
	"GET /documents/:id/file":      {303, 200, 200, 200, 404, 403},
	"GET /documents/:id/generated": {303, 200, 200, 200, 403, 403},

	"GET /admin":                           {303, 200, 403, 403, 403, 403},
	"POST /admin/accounts":                 {401, 422, 403, 403, 403, 403}, // an empty form
	"POST /admin/accounts/:login/password": {401, 422, 403, 403, 403, 403},
	"POST /admin/accounts/:login/disable":  {401, 409, 403, 403, 403, 403}, // himself
	"POST /admin/accounts/:login/enable":   {401, 303, 403, 403, 403, 403},
	"GET /admin/units":                     {303, 200, 403, 403, 403, 403},
	"GET /admin/settings":                  {303, 200, 403, 403, 403, 403},
	"POST /admin/settings":                 {401, 303, 403, 403, 403, 403},
	"GET /admin/data":                      {303, 200, 403, 403, 403, 403},
	"POST /admin/verify":                   {401, 303, 403, 403, 403, 403},
	"POST /admin/backup":                   {401, 200, 403, 403, 403, 403},
	"GET /audit":                           {303, 200, 403, 403, 403, 200},

	"GET /api/v1/metrics":      {401, 200, 200, 200, 200, 403},
	"GET /api/v1/findings":     {401, 200, 200, 200, 200, 403},
	"POST /api/v1/submissions": {401, 200, 200, 403, 200, 403},
}

func TestEveryRouteForEveryRole(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	for _, role := range auth.Roles {
		unit := donghu
		if role != auth.County {
			unit = ""
		}
		w.account(role, unit)
	}
	foreign := w.handIn(t, auth.Supervisor, file{"西岭区.xlsx", workbook(t, "西岭区")})
	w.issueLetter(t, "990121") // another unit's, too
	w.report = w.handIn(t, auth.Supervisor, file{"纪要.txt", []byte("2024年5月10日，西岭区人民政府与区总工会召开2024年度联席会议。区长程远帆主持会议。\n")})
	w.matter = w.openMatter(t, xiling)
	seen := map[string]bool{}
	signedIn := map[auth.Role]*browser{}
	for _, r := range w.server.table {
		name := r.method + " " + r.path
		seen[name] = true
		want, ok := expected[name]
		if !ok {
			t.Errorf("%s has no expected answers", name)
			continue
		}
		for i, role := range everybody {
			if r.path == "/signin" || r.path == "/password" {
				w.wait(10 * time.Minute) // so that wrong passwords do not add up to a lock-out
				clear(signedIn)
			}
			if role != "" && signedIn[role] == nil {
				signedIn[role] = w.as(role)
			}
			b := w.browser()
			if role != "" {
				maps.Copy(b.cookies, signedIn[role].cookies)
			}
			got := b.visit(t, r, foreign)
			if role != "" && r.path == "/signout" {
				delete(signedIn, role)
			}
			if got.Code != want[i] {
				t.Errorf("%s as %q = %d, want %d\n%s", name, role, got.Code, want[i], got.Body)
			}
			if role == "" && want[i] == http.StatusSeeOther && r.permission != auth.Public && !strings.HasPrefix(got.Header().Get("Location"), "/signin?next=") {
				t.Errorf("%s as nobody goes to %q", name, got.Header().Get("Location"))
			}
			if role == auth.County && strings.Contains(got.Body.String(), "西岭区") {
				t.Errorf("%s shows another unit's name to a county account:\n%s", name, got.Body)
			}
			checkHeaders(t, name, got)
		}
	}
	for name := range expected {
		if !seen[name] {
			t.Errorf("%s is expected and is no route", name)
		}
	}
}

// visit asks for a route with what its path needs, and for an upload with a workbook.
func (b *browser) visit(t *testing.T, r route, submission string) *httptest.ResponseRecorder {
	t.Helper()
	static, err := b.w.server.assets.address("style.css")
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(r.path, "/documents/:id") {
		submission = b.w.issued
	}
	if strings.HasPrefix(r.path, "/reports/:id") {
		submission = b.w.report
	}
	if strings.HasPrefix(r.path, "/matters/:id") {
		submission = b.w.matter
	}
	path := strings.NewReplacer("/static/*path", static, ":id", submission, ":unit", string(xiling), ":login", "administrator",
		":code", string(xiling)).Replace(r.path)
	if r.path == "/regimes/suspend" {
		path += "?rule=chair"
	}
	if r.limit == uploadLimit {
		return b.upload(path, nil, file{"东湖区.xlsx", workbook(t, "东湖区")})
	}
	if r.method == http.MethodPost {
		return b.post(path, url.Values{"old": {"not it"}, "password": {"x"}, "again": {"x"}})
	}
	if strings.HasPrefix(path, "/documents/") {
		path += "?period=2024Q4&paper=notice"
	}
	if path == "/explain" {
		path += "?indicator=annual_meeting_held"
	}
	return b.get(path)
}

// handIn sends files as a role and returns the first one's submission.
func (w *site) handIn(t *testing.T, role auth.Role, files ...file) string {
	t.Helper()
	r := w.as(role).upload("/api/v1/submissions", nil, files...)
	var got struct{ Submissions []string }
	if err := json.Unmarshal(r.Body.Bytes(), &got); err != nil || len(got.Submissions) == 0 {
		t.Fatalf("hand in %s = %d %s", files[0].name, r.Code, r.Body)
	}
	return got.Submissions[0]
}

func checkHeaders(t *testing.T, name string, r *httptest.ResponseRecorder) {
	t.Helper()
	for header, want := range map[string]string{
		"Content-Security-Policy": contentPolicy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
	} {
		if got := r.Header().Get(header); got != want {
			t.Errorf("%s: %s is %q, want %q", name, header, got, want)
		}
	}
	if strings.Contains(contentPolicy, "unsafe") || !strings.Contains(contentPolicy, "default-src 'none'") {
		t.Errorf("content policy is %q", contentPolicy)
	}
	for _, c := range r.Result().Cookies() {
		if !c.HttpOnly || c.MaxAge >= 0 && c.SameSite != http.SameSiteLaxMode {
			t.Errorf("%s sets cookie %s", name, c)
		}
	}
}

func TestForeignOriginIsRefused(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Administrator, "")
	for _, r := range w.server.table {
		if r.method == http.MethodGet {
			continue
		}
		b := w.as(auth.Administrator)
		before := w.store.Version()
		for _, header := range [][2]string{{"Origin", "http://evil.example"}, {"Sec-Fetch-Site", "cross-site"}} {
			b.header = map[string]string{header[0]: header[1]}
			got := b.visit(t, r, "S1")
			if got.Code != http.StatusForbidden {
				t.Errorf("%s %s with %s = %d, want 403", r.method, r.path, header[0], got.Code)
			}
		}
		if w.store.Version() != before {
			t.Errorf("%s %s from another site changed something", r.method, r.path)
		}
	}
}

func TestGetChangesNothing(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Administrator, "")
	id := w.handIn(t, auth.Administrator, file{"西岭区.xlsx", workbook(t, "西岭区")})
	w.issueLetter(t, "990121")
	b := w.as(auth.Administrator)
	for _, r := range w.server.table {
		if r.method != http.MethodGet || r.path == "/submissions/:id/original" || r.path == "/submissions/:id/marked" || isExport(r.path) { // lines of the log
			continue
		}
		before := w.store.Version()
		b.visit(t, r, id)
		if w.store.Version() != before {
			t.Errorf("GET %s wrote to the journal", r.path)
		}
	}
}

func isExport(path string) bool {
	return strings.HasSuffix(path, ".docx") || strings.HasSuffix(path, ".zip") || strings.HasPrefix(path, "/documents/:id/") || strings.HasSuffix(path, ".xlsx") || strings.HasSuffix(path, ".csv")
}

// TestEveryExportIsALineOfTheLog: who took figures away, which, and when (reliability.md, L1).
func TestEveryExportIsALineOfTheLog(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Administrator, "")
	w.handIn(t, auth.Administrator, file{"西岭区.xlsx", workbook(t, "西岭区")})
	w.issueLetter(t, "990121")
	b := w.as(auth.Administrator)
	facts := w.store.Facts()
	want := 0
	for _, r := range w.server.table {
		if !isExport(r.path) {
			continue
		}
		want++
		path := strings.Replace(r.path, ":id", w.issued, 1)
		if got := b.get(path + "?paper=notice&period=2024Q4"); got.Code != http.StatusOK {
			t.Errorf("GET %s = %d", r.path, got.Code)
		}
	}
	rows := w.audit(t, "export")
	if len(rows) != want || want == 0 {
		t.Fatalf("%d lines for %d exports", len(rows), want)
	}
	for _, row := range rows {
		if row.Actor != "administrator" || !strings.HasSuffix(row.Subject, "?paper=notice&period=2024Q4") || view.ActionName(row.Action) == row.Action {
			t.Errorf("line is %+v", row)
		}
	}
	if w.store.Facts() != facts {
		t.Error("an export counts as a change of the facts")
	}
}

func TestNavigation(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	for _, n := range nav() {
		if !w.server.opens(auth.Account{Login: "a", Role: auth.Administrator}, n.Path) {
			t.Errorf("the navigation's 「%s」 leads to %s, which is no page", n.Name, n.Path)
		}
	}
	w.account(auth.Auditor, "")
	w.account(auth.County, donghu)
	for role, want := range map[auth.Role]string{
		auth.Auditor: "操作日志",
		auth.County:  "总览 单位 会议台账 议定事项台账 问题清单 待办 报送管理 通报与督导函 制度规则",
	} {
		page := w.as(role).get("/password").Body.String()
		_, page, _ = strings.Cut(page, `aria-label="主导航">`)
		page, _, _ = strings.Cut(page, "</nav>")
		var words []string
		for _, link := range strings.Split(page, "</a>") {
			if _, word, ok := strings.Cut(link, ">"); ok {
				words = append(words, word)
			}
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("navigation of %s = %q, want %q", role, got, want)
		}
	}
}

// TestContextIsTheRequests keeps *gin.Context out of everything that may outlive the handler: Gin uses it again for the
// next request while database/sql still listens to it.
func TestContextIsTheRequests(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d source files, %v", len(files), err)
	}
	given := regexp.MustCompile(`(deps\.[\w.]+|\bq\.[A-Z]\w*|setting\.Load|export\.Gather)\(c[,)]`)
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if call := given.FindString(string(source)); call != "" && !strings.HasSuffix(file, "_test.go") {
			t.Errorf("%s hands Gin's context on: %s; c.Request.Context() is meant", file, call)
		}
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Leader, "")
	srv := httptest.NewServer(w.server.Handler())
	defer srv.Close()
	for path, want := range map[string]int{"/healthz": 200, "/signin": 200, "/submissions": 200, "/nothing": 404} {
		r, err := http.Head(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Body.Close(); err != nil {
			t.Fatal(err)
		}
		if r.StatusCode != want { // a redirect to sign-in is followed
			t.Errorf("HEAD %s = %d, want %d", path, r.StatusCode, want)
		}
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Leader, "")
	b := w.as(auth.Leader)
	for _, tc := range []struct {
		name, path string
		status     int
		texts      []string
	}{
		{"unknown page", "/nothing", 404, []string{"没有这个页面", "地址不存在"}},
		{"unknown page of the interface", "/api/v1/nothing", 404, []string{`"code":"not_found"`, `"message":"地址不存在`, `"request":"`}},
		{"wrong method", "/signout", 405, []string{"不接受这种操作"}},
		{"no right", "/admin", 403, []string{"没有权限", "你的账号是「领导」"}},
		{"bad quarter", "/submissions?period=2024Q9", 422, []string{"报告期「2024Q9」无法识别"}},
		{"bad quarter of the interface", "/api/v1/metrics?as_of=%3Cb%3E", 422, []string{`报告期「\u003cb\u003e」无法识别`}},
		{"unknown regime", "/submissions?regime=mars-1", 404, []string{"没有编号为「mars-1」的制度"}},
		{"unknown level", "/submissions?level=moon", 422, []string{"层级「moon」无法识别"}},
		{"bad moment", "/submissions?known_at=soon", 422, []string{"时点「soon」无法识别"}},
		{"unknown submission", "/submissions/S999", 404, []string{"没有编号为「S999」的报送"}},
	} {
		r := b.get(tc.path)
		if r.Code != tc.status {
			t.Errorf("%s = %d, want %d", tc.name, r.Code, tc.status)
		}
		holds(t, r, tc.texts...)
	}
}

func TestOurOwnErrorsAreNumbered(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	w := newSite(t, logTo(&log), func(d *Deps) { d.Rules = nil }) // calling it panics
	w.account(auth.Leader, "")
	r := w.as(auth.Leader).get("/submissions")
	if r.Code != http.StatusInternalServerError {
		t.Fatalf("a panic = %d, want 500", r.Code)
	}
	number := r.Header().Get("X-Request-Id")
	holds(t, r, "系统内部错误（编号 "+number+"），其他数字不受影响。")
	for _, inside := range []string{"goroutine", "nil pointer", ".go:"} {
		if strings.Contains(r.Body.String(), inside) {
			t.Errorf("error page holds %q", inside)
		}
	}
	if !strings.Contains(log.String(), number) || !strings.Contains(log.String(), "nil pointer") {
		t.Errorf("log does not hold number and cause:\n%s", log.String())
	}
}

func TestLargeBodyIsRefusedEarly(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	b := w.as(auth.Supervisor)
	for path, size := range map[string]int64{"/submissions": uploadLimit + 1, "/api/v1/submissions": uploadLimit + 1, "/signout": bodyLimit + 1} {
		r := httptest.NewRequest(http.MethodPost, path, unreadable{t})
		r.ContentLength = size
		if got := b.send(r); got.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("POST %s of %d bytes = %d, want 413", path, size, got.Code)
		}
	}
}

// Whoever is signed out while a form is open gets back to a page, never to an address that only takes forms.
func TestSignInLeadsBackToAPage(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	for from, want := range map[string]string{
		"/submissions/S12/decide?period=2024Q4": "/submissions/S12?period=2024Q4",
		"/matters/M7/replied":                   "/matters/M7",
		"/closing/check?unit=990102":            "/closing?unit=990102",
		"/documents/settings":                   "/documents",
		"/submissions/S12/columns/withdraw":     "/submissions/S12/columns",
		"/submissions/S12/names":                "/submissions/S12/names",
		"/regimes/adjust?regime=x":              "/regimes/adjust?regime=x",
		"/":                                     "/",
	} {
		r := httptest.NewRequest(http.MethodPost, "/signout", nil)
		r.Header.Set("Referer", "http://"+r.Host+from)
		if got := w.server.cameFrom(r); got != want {
			t.Errorf("from %s back to %s, want %s", from, got, want)
		}
	}
}

// A form without a length is cut off at its own route's limit, and the refusal says that limit.
func TestRefusalSaysTheLimitOfItsRoute(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	b := w.as(auth.Supervisor)
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	f, err := m.CreateFormFile("file", "修改稿.docx")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(make([]byte, paperLimit)); err != nil {
		t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/documents/check?period=2024Q4&paper=notice", &body)
	r.ContentLength = -1
	r.Header.Set("Content-Type", m.FormDataContentType())
	got := b.send(r)
	if got.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("too large a paper = %d, want 413", got.Code)
	}
	holds(t, got, "超过 20 MB")
}

// unreadable is a body that nobody may read.
type unreadable struct{ t *testing.T }

func (u unreadable) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, http.ErrBodyNotAllowed
}

func TestAssetsAreForEver(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	b := w.browser()
	for name := range w.server.assets.byName {
		where, err := w.server.assets.address(name)
		if err != nil {
			t.Fatal(err)
		}
		b.header = map[string]string{"Accept-Encoding": "gzip"}
		r := b.get(where)
		if r.Code != 200 || !strings.Contains(r.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s = %d, cache %q", where, r.Code, r.Header().Get("Cache-Control"))
		}
		b.header["If-None-Match"] = r.Header().Get("ETag")
		if r := b.get(where); r.Code != http.StatusNotModified {
			t.Errorf("%s asked again = %d, want 304", where, r.Code)
		}
	}
	if r := b.get("/static/000000000000/style.css"); r.Code != 404 {
		t.Errorf("an old address = %d, want 404", r.Code)
	}
}

func TestPagesRenderWithNothing(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	for name, p := range w.server.templates {
		var out bytes.Buffer
		if err := p.template.ExecuteTemplate(&out, "layout", layout{Data: p.data}); err != nil {
			t.Errorf("page %s does not render its zero value: %v", name, err)
		}
		if strings.Contains(out.String(), " style=") || strings.Contains(out.String(), "<script>") || strings.Contains(out.String(), " onclick") {
			t.Errorf("page %s has an inline style or script", name)
		}
	}
}
