package dashboard

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
	"liandu/queries"
)

// openMatter opens one by hand about a unit.
func (w *site) openMatter(t *testing.T, unit record.UnitCode) string {
	t.Helper()
	ids, err := w.server.loop().Open(t.Context(), matter.Actor{Login: "administrator", Officer: true}, matter.Opening{
		MatterOpened: store.MatterOpened{Unit: unit, Reporter: unit, Source: "hand", Title: "督办一件事", Words: "领导批示"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids[0]
}

// person adds an account and signs it in.
func (w *site) person(t *testing.T, login string, role auth.Role, unit record.UnitCode) *browser {
	t.Helper()
	if err := w.auth.Add(t.Context(), "系统", auth.Account{Login: login, Name: "某" + login, Role: role, Unit: unit}, goodPassword); err != nil {
		t.Fatal(err)
	}
	b := w.browser()
	if r := b.post("/signin", url.Values{"login": {login}, "password": {goodPassword}}); r.Code != http.StatusSeeOther {
		t.Fatalf("sign in as %s = %d", login, r.Code)
	}
	return b
}

// step posts a step's form as the page of the matter gives it now.
func (b *browser) step(t *testing.T, id string, kind matter.Kind, fields url.Values, files ...file) *httptest.ResponseRecorder {
	t.Helper()
	m, err := b.w.server.deps.Queries.Matter(t.Context(), id, "")
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"version": {strconv.FormatInt(m.Version, 10)}, "words": {"已办"}, "due_on": {"2025-02-10"}, "person": {"王某"}}
	for k, v := range fields {
		form[k] = v
	}
	return b.upload("/matters/"+id+"/"+string(kind), form, files...)
}

func (w *site) state(t *testing.T, id string) matter.State {
	t.Helper()
	m, err := w.server.deps.Queries.Matter(t.Context(), id, "")
	if err != nil {
		t.Fatal(err)
	}
	return m.State
}

// closedRate is 销号率 of the fourth quarter of 2024.
func (w *site) closedRate(t *testing.T) queries.Pair {
	t.Helper()
	s := w.server
	r, err := s.deps.Rules.Regime(t.Context(), "", period.MustQuarter("2024Q4"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.deps.Queries.Metrics(t.Context(), queries.AsOf{Quarter: period.MustQuarter("2024Q4"), Regime: r})
	if err != nil {
		t.Fatal(err)
	}
	return m.Total["resolution_closed"]
}

// TestWalkFromFindingToClosing: three accounts walk the loop; at every step the wrong ones are refused and nothing changes.
func TestWalkFromFindingToClosing(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	an, bo := w.person(t, "an", auth.Supervisor, ""), w.person(t, "bo", auth.Supervisor, "")
	own, other := w.person(t, "donghu", auth.County, donghu), w.person(t, "xiling", auth.County, xiling)
	leader := w.person(t, "leader", auth.Leader, "")
	w.accepted(t, file{"东湖区.xlsx", workbook(t, "东湖区")})

	// 立项 from 问题清单: the item due on 2024-11-30 is overdue.
	page := an.get("/findings?period=2024Q4")
	holds(t, page, "所选问题立项", `name="finding" value="2024Q4-990102-overdue"`)
	if r := leader.get("/findings?period=2024Q4"); strings.Contains(r.Body.String(), "所选问题立项") {
		t.Error("a leader is offered 立项")
	}
	holds(t, an.get("/matters/new?period=2024Q4&finding=2024Q4-990102-overdue"), "东湖区", `value="2024Q4-990102-overdue" checked`)
	opened := url.Values{"unit": {"990102"}, "finding": {"2024Q4-990102-overdue"}, "on": {"2025-01-13"}}
	for name, b := range map[string]*browser{"county": own, "leader": leader} {
		if r := b.post("/matters/new?period=2024Q4", opened); r.Code != http.StatusForbidden {
			t.Errorf("立项 by %s = %d", name, r.Code)
		}
	}
	r := an.post("/matters/new?period=2024Q4", opened)
	id, _, _ := strings.Cut(strings.TrimPrefix(r.Header().Get("Location"), "/matters/"), "?")
	if r.Code != http.StatusSeeOther || !strings.HasPrefix(id, "M") {
		t.Fatalf("立项 = %d %s", r.Code, r.Body)
	}
	if r := bo.post("/matters/new?period=2024Q4", opened); r.Code != http.StatusConflict {
		t.Errorf("the same finding again = %d", r.Code)
	} else {
		holds(t, r, "已在 "+id+" 中督办")
	}
	holds(t, an.get("/findings?period=2024Q4"), id+" 待交办")

	evidence := file{`C:\\x\纪要 <1>.docx`, []byte("会议纪要")}
	for _, step := range []struct {
		kind  matter.Kind
		by    *browser
		wrong map[string]*browser // with the answer they get
		code  map[string]int
		to    matter.State
	}{
		{matter.Assign, an, map[string]*browser{"own": own, "other": other, "leader": leader}, map[string]int{"own": 403, "other": 403, "leader": 403}, matter.Assigned},
		{matter.Receive, own, map[string]*browser{"other": other, "leader": leader}, map[string]int{"other": 404, "leader": 403}, matter.Received},
		{matter.Reply, own, map[string]*browser{"other": other, "leader": leader}, map[string]int{"other": 404, "leader": 403}, matter.Replied},
		{matter.Check, an, map[string]*browser{"own": own, "other": other, "leader": leader}, map[string]int{"own": 403, "other": 403, "leader": 403}, matter.Checked},
		{matter.Close, bo, map[string]*browser{"own": own, "leader": leader, "an": an}, map[string]int{"own": 403, "leader": 403, "an": 403}, matter.Closed},
	} {
		before := w.state(t, id)
		for name, b := range step.wrong {
			if r := b.step(t, id, step.kind, nil); r.Code != step.code[name] {
				t.Errorf("%s by %s = %d, want %d", step.kind, name, r.Code, step.code[name])
			}
			if w.state(t, id) != before {
				t.Fatalf("%s by %s changed the matter to %s", step.kind, name, w.state(t, id))
			}
		}
		var files []file
		if step.kind == matter.Reply {
			files = append(files, evidence)
		}
		if r := step.by.step(t, id, step.kind, nil, files...); r.Code != http.StatusSeeOther {
			t.Fatalf("%s = %d %s", step.kind, r.Code, r.Body)
		}
		if got := w.state(t, id); got != step.to {
			t.Fatalf("after %s it is %s, want %s", step.kind, got, step.to)
		}
		// The same form again: one step is one step.
		if r := step.by.step(t, id, step.kind, url.Values{"version": {"1"}}); r.Code != http.StatusConflict {
			t.Errorf("%s again = %d", step.kind, r.Code)
		}
	}
	holds(t, own.get("/matters/"+id), "已销号", "某bo", "纪要 <1>.docx"[:6])
	if r := other.get("/matters/" + id); r.Code != http.StatusNotFound {
		t.Errorf("another county's page = %d", r.Code)
	}
	if r := other.get("/matters"); strings.Contains(r.Body.String(), id) {
		t.Error("another county's list shows it")
	}
	w.checkDownload(t, id, own, other, leader)
	if len(w.audit(t, actionRefused)) == 0 {
		t.Error("refusals left no line of the log")
	}
}

// accepted keeps workbooks as the command line does: at once.
func (w *site) accepted(t *testing.T, files ...file) {
	t.Helper()
	for _, f := range files {
		r, err := w.server.deps.Ingest.File(t.Context(), ingest.Upload{Name: f.name, Body: bytes.NewReader(f.body), Size: int64(len(f.body)), Actor: "an"})
		if err != nil || len(r) != 1 || r[0].Status != record.Accepted {
			t.Fatalf("hand in %s = %+v, %v", f.name, r, err)
		}
	}
}

func (w *site) checkDownload(t *testing.T, id string, own, other, leader *browser) {
	t.Helper()
	m, err := w.server.deps.Queries.Matter(t.Context(), id, "")
	if err != nil {
		t.Fatal(err)
	}
	path := "/matters/" + id + "/files/" + m.Last(matter.Reply).Files[0].SHA256
	for name, b := range map[string]*browser{"own": own, "leader": leader} {
		r := b.get(path)
		if r.Code != http.StatusOK || r.Body.String() != "会议纪要" || r.Header().Get("Content-Type") != "application/octet-stream" ||
			!strings.HasPrefix(r.Header().Get("Content-Disposition"), "attachment;") || strings.Contains(r.Header().Get("Content-Disposition"), "<") {
			t.Errorf("download by %s = %d %v", name, r.Code, r.Header())
		}
	}
	if r := other.get(path); r.Code != http.StatusNotFound {
		t.Errorf("download by another county = %d", r.Code)
	}
	if n := len(w.audit(t, "file.downloaded")); n != 2 {
		t.Errorf("%d lines of two downloads", n)
	}
}

// TestManyItemsAreClosedByTwo: the county's 已完成 is a claim; one officer checks, another closes, and 销号率 moves.
func TestManyItemsAreClosedByTwo(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	an, bo := w.person(t, "an", auth.Supervisor, ""), w.person(t, "bo", auth.Supervisor, "")
	own := w.person(t, "donghu", auth.County, donghu)
	w.accepted(t, file{"东湖区.xlsx", workbook(t, "东湖区", func(f *ingest.Form) {
		done := f.Resolutions[0]
		done.Status, done.CompletedOn = record.StatusCompleted, period.MustDate("2024-11-20")
		f.Resolutions = nil
		for n := range 3 {
			done.ItemNo, done.Title = strconv.Itoa(n+1), "事项"+strconv.Itoa(n+1)
			f.Resolutions = append(f.Resolutions, done)
		}
	})})
	holds(t, an.get("/resolutions?period=2024Q4"), "（待销号）")
	holds(t, an.get("/closing?period=2024Q4&unit=990102"), "事项1", "事项3", "所选复核通过", "没有待销号的事项")
	keys := []string{"990102|2024|annual|n:1", "990102|2024|annual|n:2"}
	if r := an.post("/closing/close?period=2024Q4&unit=990102", url.Values{"pick": keys, "on": {"2024-12-30"}}); r.Code != http.StatusConflict {
		t.Errorf("closing what nobody checked = %d", r.Code)
	} else if n := strings.Count(r.Body.String(), `" checked aria-label="选 `); n != len(keys) {
		t.Errorf("a refused form has %d boxes checked, want the %d it came with", n, len(keys))
	}
	if r := own.post("/closing/check?period=2024Q4&unit=990102", url.Values{"pick": keys}); r.Code != http.StatusForbidden {
		t.Errorf("a county checks its own = %d", r.Code)
	}
	for name, tc := range map[string]struct {
		form url.Values
		text string
	}{
		"nothing chosen": {url.Values{"on": {"2024-12-30"}, "words": {"核对过凭证"}}, "没有勾选事项"},
		"no such item":   {url.Values{"pick": {"990102|2024|annual|n:9"}}, "现在不是待复核的事项"},
		"a bad date":     {url.Values{"pick": keys, "on": {"2024-13-30"}}, "无法识别"},
		"tomorrow":       {url.Values{"pick": keys, "on": {"2025-01-15"}}, "还没有到"},
	} {
		r := an.post("/closing/check?period=2024Q4&unit=990102", tc.form)
		if r.Code != http.StatusUnprocessableEntity && r.Code != http.StatusConflict {
			t.Errorf("%s = %d", name, r.Code)
		}
		holds(t, r, tc.text)
		if words := tc.form.Get("words"); words != "" {
			holds(t, r, words) // nothing typed is lost
		}
	}
	if r := an.post("/closing/check?period=2024Q4&unit=990102", url.Values{"pick": keys, "on": {"2024-12-28"}, "words": {"核对过凭证"}}); r.Code != http.StatusSeeOther {
		t.Fatalf("复核 = %d %s", r.Code, r.Body)
	}
	all, err := w.server.deps.Queries.Matters(t.Context(), queries.MatterFilter{})
	if err != nil || len(all) != 2 || all[0].State != matter.Checked {
		t.Fatalf("matters %v, %v", all, err)
	}
	var picks []string
	for _, m := range all {
		picks = append(picks, m.ID+"|"+strconv.FormatInt(m.Version, 10))
	}
	holds(t, an.get("/closing?period=2024Q4"), "由你复核，须由另一人销号")
	if r := an.post("/closing/close?period=2024Q4", url.Values{"pick": picks, "on": {"2024-12-30"}}); r.Code != http.StatusForbidden || w.closedRate(t).Num != 0 {
		t.Errorf("closing what one checked oneself = %d, rate %v", r.Code, w.closedRate(t))
	}
	if r := bo.post("/closing/close?period=2024Q4", url.Values{"pick": picks, "on": {"2024-12-30"}}); r.Code != http.StatusSeeOther {
		t.Fatalf("销号 = %d %s", r.Code, r.Body)
	}
	if got := w.closedRate(t); got != (queries.Pair{Num: 2, Den: 3}) {
		t.Errorf("销号率 = %v, want 2/3", got)
	}
	if n := len(w.audit(t, "item.closed")); n != 2 {
		t.Errorf("%d closings of two items", n)
	}
	holds(t, an.get("/resolutions?period=2024Q4"), "已销号", "（待销号）")
	// 撤销销号 needs a reason and somebody other than who closed it.
	id := all[0].ID
	if r := bo.step(t, id, matter.Reopen, nil); r.Code != http.StatusForbidden {
		t.Errorf("撤销销号 by who closed it = %d", r.Code)
	}
	if r := an.step(t, id, matter.Reopen, url.Values{"words": {""}}); r.Code != http.StatusUnprocessableEntity {
		t.Errorf("撤销销号 without a reason = %d", r.Code)
	}
	if r := an.step(t, id, matter.Reopen, url.Values{"words": {"佐证不足"}}); r.Code != http.StatusSeeOther || w.closedRate(t).Num != 1 {
		t.Errorf("撤销销号 = %d, rate %v", r.Code, w.closedRate(t))
	}
}

// TestRefusedFormKeepsWhatWasTyped: bad input of every kind comes back with its sentence and the words.
func TestRefusedFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	an := w.person(t, "an", auth.Supervisor, "")
	id := w.openMatter(t, donghu)
	for name, tc := range map[string]struct {
		fields url.Values
		files  []file
		status int
		text   string
	}{
		"no due day":      {url.Values{"due_on": {""}}, nil, 422, "没有填写反馈期限"},
		"a bad due day":   {url.Values{"due_on": {"明天"}}, nil, 422, "反馈期限「明天」无法识别"},
		"an empty file":   {nil, []file{{"空.docx", nil}}, 422, "附件「空.docx」是空文件"},
		"a large file":    {nil, []file{{"大.zip", make([]byte, matterFileSize+1)}}, 413, "超过 20 MB"},
		"an old page":     {url.Values{"version": {"1"}}, nil, 409, "已有变动"},
		"no version":      {url.Values{"version": {""}}, nil, 422, "表单不完整"},
		"too long a text": {url.Values{"document": {strings.Repeat("号", 101)}}, nil, 422, "超过 100 字"},
	} {
		fields := url.Values{"words": {"请于月底前补开会议"}}
		for k, v := range tc.fields {
			fields[k] = v
		}
		r := an.step(t, id, matter.Assign, fields, tc.files...)
		if r.Code != tc.status || w.state(t, id) != matter.Opened {
			t.Errorf("%s = %d, want %d; state %s", name, r.Code, tc.status, w.state(t, id))
		}
		holds(t, r, tc.text, "请于月底前补开会议")
	}
}

// TestTodoByRole: everybody sees what waits for them, and the navigation counts it.
func TestTodoByRole(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	an, bo := w.person(t, "an", auth.Supervisor, ""), w.person(t, "bo", auth.Supervisor, "")
	own, other := w.person(t, "donghu", auth.County, donghu), w.person(t, "xiling", auth.County, xiling)
	w.accepted(t, file{"东湖区.xlsx", workbook(t, "东湖区", func(f *ingest.Form) {
		f.Resolutions[0].DueOn = period.MustDate("2025-01-17")
	})})
	id := w.openMatter(t, donghu)
	badge := func(b *browser, path string) string {
		page := b.get(path).Body.String()
		_, rest, found := strings.Cut(page, countSpan)
		n, _, _ := strings.Cut(rest, "<")
		if strings.Contains(page, markCount) {
			t.Errorf("%s shows the mark of the count", path)
		}
		if !found {
			return ""
		}
		return n
	}
	for _, path := range []string{"/", "/todo"} {
		if got := badge(an, path); got != "1" {
			t.Errorf("count on %s = %q, want 1", path, got)
		}
		if got := badge(own, path); got != "" {
			t.Errorf("a county's count on %s before 交办 = %q", path, got)
		}
	}
	holds(t, an.get("/todo"), "待交办", "督办一件事", "还有 3 天", "3 日内 1 项", "2024年第四季度未报送", "西岭区", "逾期 4 天")
	holds(t, other.get("/todo"), "2024年第四季度报表", "下载空白报表")
	if page := other.get("/todo").Body.String(); strings.Contains(page, "东湖区") || strings.Contains(page, id) {
		t.Error("a county sees another's tasks")
	}
	for _, step := range []struct {
		kind   matter.Kind
		by     *browser
		counts map[string]string // after it, of an, bo and own
	}{
		{matter.Assign, an, map[string]string{"an": "", "bo": "", "own": "1"}},
		{matter.Receive, own, map[string]string{"an": "", "bo": "", "own": "1"}},
		{matter.Reply, own, map[string]string{"an": "1", "bo": "1", "own": ""}},
		{matter.Check, an, map[string]string{"an": "", "bo": "1", "own": ""}},
	} {
		if r := step.by.step(t, id, step.kind, nil); r.Code != http.StatusSeeOther {
			t.Fatalf("%s = %d %s", step.kind, r.Code, r.Body)
		}
		for name, b := range map[string]*browser{"an": an, "bo": bo, "own": own} {
			for range 2 { // the second time the page is kept
				if got := badge(b, "/unit"); got != step.counts[name] {
					t.Errorf("after %s the count of %s = %q, want %q", step.kind, name, got, step.counts[name])
				}
			}
		}
	}
	holds(t, an.get("/todo"), "由你复核，须由另一人办理")
}
