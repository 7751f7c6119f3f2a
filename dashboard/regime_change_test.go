package dashboard

import (
	"bytes"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"liandu/internal/auth"
	"liandu/internal/period"
)

// field reads an input's value from a page.
func field(t *testing.T, body, name string) string {
	t.Helper()
	m := regexp.MustCompile(`name="` + regexp.QuoteMeta(name) + `" value="([^"]*)"`).FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("no field %s on the page", name)
	}
	return m[1]
}

// form sends a multipart form with one file a field.
func (b *browser) form(path string, fields url.Values, files map[string]file) *httptest.ResponseRecorder {
	b.w.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for name, values := range fields {
		_ = m.WriteField(name, values[0])
	}
	for name, f := range files {
		part, err := m.CreateFormFile(name, f.name)
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

func redLineOf(t *testing.T, w *site, quarter string, known time.Time) string {
	t.Helper()
	r, err := w.server.deps.Rules.Regime(t.Context(), "", period.MustQuarter(quarter), known)
	if err != nil {
		t.Fatal(err)
	}
	return r.RedLineText()
}

func TestRuleIsTriedThenConfirmedThenTakenBack(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.account(auth.Leader, "")
	w.account(auth.Administrator, "")
	w.handIn(t, auth.Administrator, file{"西岭区.xlsx", workbook(t, "西岭区")})
	b := w.as(auth.Supervisor)
	form := url.Values{"act": {"try"}, "red_line": {"75"}, "weight.chair_meets_rule": {"10"}, "reason": {"年初评议"}, "document": {"云工发〔2025〕3号"}}
	lines := w.store.Version()

	r := b.post("/regimes/adjust", form)
	if r.Code != http.StatusUnprocessableEntity {
		t.Fatalf("weights of 90 = %d", r.Code)
	}
	holds(t, r, "权重合计须为 100，现为 90", `value="年初评议"`, `value="75"`)

	form.Set("weight.resolution_overdue", "15")
	r = b.post("/regimes/adjust", form)
	holds(t, r, "试算结果", "只是试算，没有写入", "红线</th><td>70.0</td><td>75.0", "确认启用", "西岭区")
	if w.store.Version() != lines {
		t.Fatal("a trial wrote to the journal")
	}

	confirm := maps.Clone(form)
	confirm["act"], confirm["tried"], confirm["base"] = []string{"confirm"}, []string{field(t, r.Body.String(), "tried")}, []string{field(t, r.Body.String(), "base")}
	other := maps.Clone(confirm)
	other["yellow_line"] = []string{"95"}
	holds(t, b.post("/regimes/adjust", other), "试算之后又有改动，没有启用")
	noReason := maps.Clone(confirm)
	noReason["reason"] = []string{" "}
	if r = b.post("/regimes/adjust", noReason); r.Code != http.StatusUnprocessableEntity {
		t.Errorf("without a reason = %d", r.Code)
	}
	holds(t, r, "没有写明事由", "试算结果")
	if w.store.Version() != lines {
		t.Fatal("what was refused wrote to the journal")
	}
	before := w.now()
	w.wait(time.Minute)
	if r = b.post("/regimes/adjust", confirm); r.Code != http.StatusSeeOther {
		t.Fatalf("confirm = %d\n%s", r.Code, r.Body)
	}
	if got := redLineOf(t, w, "2025Q1", time.Time{}); got != "75.0" {
		t.Errorf("red line of 2025Q1 = %s, want 75.0", got)
	}
	if q4, past := redLineOf(t, w, "2024Q4", time.Time{}), redLineOf(t, w, "2025Q1", before); q4 != "70.0" || past != "70.0" {
		t.Errorf("before its quarter %s, before it was known %s; want 70.0", q4, past)
	}
	stale := maps.Clone(confirm)
	holds(t, b.post("/regimes/adjust", stale), "没有改动")

	page := w.as(auth.Leader).get("/regimes")
	holds(t, page, "年初评议", "云工发〔2025〕3号", "红线：70.0 → 75.0", "supervisor")
	if strings.Contains(page.Body.String(), "/regimes/adjust") {
		t.Error("a leader is offered to adjust")
	}
	page = b.get("/regimes")
	seq := regexp.MustCompile(`<option value="(\d+)">第 \d+ 号`).FindStringSubmatch(page.Body.String())
	if seq == nil {
		t.Fatal("the change cannot be taken back")
	}
	w.wait(time.Minute)
	if r = b.post("/regimes/revert", url.Values{"seq": {seq[1]}, "reason": {"评议结果有误"}, "document": {"云工发〔2025〕4号"}}); r.Code != http.StatusSeeOther {
		t.Fatalf("revert = %d\n%s", r.Code, r.Body)
	}
	if got := redLineOf(t, w, "2025Q1", time.Time{}); got != "70.0" {
		t.Errorf("taken back, red line = %s", got)
	}
	holds(t, b.get("/regimes"), "已撤销", "评议结果有误")
	report, err := w.store.Verify(t.Context())
	if err != nil || len(report.Troubles) > 0 {
		t.Error(err, report.Troubles)
	}
}

func TestRuleIsSuspendedAndMarked(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.account(auth.Administrator, "")
	w.handIn(t, auth.Administrator, file{"西岭区.xlsx", workbook(t, "西岭区")})
	b := w.as(auth.Supervisor)
	address := "/regimes/suspend?rule=overdue"
	form := url.Values{"act": {"try"}, "from": {"2024Q4"}, "until": {"2025-02-01"}, "reason": {"机构改革过渡期"}}
	r := b.post(address, form)
	holds(t, r, "试算结果", "消失 1 处", "西岭区 红 逾期 1 项")
	form.Set("act", "confirm")
	form.Set("until", "2024年底")
	holds(t, b.post(address, form), "截止时间「2024年底」无法识别", `value="机构改革过渡期"`)
	form.Set("until", "2025-02-01")
	w.wait(time.Minute)
	if r = b.post(address, form); r.Code != http.StatusSeeOther {
		t.Fatalf("suspend = %d\n%s", r.Code, r.Body)
	}
	mark := "暂停执行（机构改革过渡期，至2025年2月1日）"
	for _, path := range []string{"/regimes?period=2024Q4", "/findings?period=2024Q4", "/?period=2024Q4", "/unit/" + string(xiling) + "?period=2024Q4"} {
		holds(t, b.get(path), "议定事项逾期"+mark)
	}
	if body := b.get("/findings?period=2024Q4").Body.String(); strings.Contains(body, "1 项议定事项逾期") {
		t.Error("a suspended rule still makes a finding")
	}
	if body := b.get("/regimes?period=2025Q1").Body.String(); strings.Contains(body, "ctx-suspended") {
		t.Error("the suspension did not end by itself")
	}
	form = url.Values{"act": {"resume"}, "from": {"2024Q4"}, "reason": {"过渡期提前结束"}}
	w.wait(time.Minute)
	if r = b.post(address, form); r.Code != http.StatusSeeOther {
		t.Fatalf("resume = %d\n%s", r.Code, r.Body)
	}
	holds(t, b.get("/findings?period=2024Q4"), "1 项议定事项逾期")
}

func TestOwnRegimeByFormAndByFile(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	b := w.as(auth.Supervisor)
	form := url.Values{
		"how": {"copy"}, "base": {"qinhuangdao-2024"}, "id": {"yunzhou-2026"}, "name": {"云州 2026"}, "city": {"云州市"}, "title": {"联席会议考核办法"},
		"number": {"云工发〔2025〕9号"}, "issuer": {"云州市总工会"}, "issued_on": {"2025-01-06"}, "reason": {"制定本市办法"}, "document": {"云工发〔2025〕9号"},
	}
	r := b.upload("/regimes/new", form)
	if r.Code != http.StatusUnprocessableEntity {
		t.Fatalf("without the day it is in force from = %d", r.Code)
	}
	holds(t, r, "缺少施行日期", `value="联席会议考核办法"`)
	form.Set("in_force_from", "2025-01-10")
	if r = b.upload("/regimes/new", form); r.Code != http.StatusSeeOther {
		t.Fatalf("copy = %d\n%s", r.Code, r.Body)
	}
	holds(t, b.get("/regimes?regime=yunzhou-2026"), "联席会议考核办法", "会议由政府主要负责同志主持", "新增制度")

	toml, err := os.ReadFile("../internal/regime/testdata/own/yunzhou-2025.toml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../internal/regime/testdata/own/yunzhou-2025.txt")
	if err != nil {
		t.Fatal(err)
	}
	how := url.Values{"how": {"file"}, "reason": {"市政府印发"}, "document": {"云政办发〔2025〕7号"}}
	r = b.form("/regimes/new", how, map[string]file{"toml": {"y.toml", toml}})
	holds(t, r, "在文件原文中找不到", "YZ-01")
	if r = b.form("/regimes/new", how, map[string]file{"toml": {"y.toml", toml}, "text": {"y.txt", text}}); r.Code != http.StatusSeeOther {
		t.Fatalf("file = %d\n%s", r.Code, r.Body)
	}
	holds(t, b.form("/regimes/new", how, map[string]file{"toml": {"y.toml", toml}, "text": {"y.txt", text}}), "已被使用")
	adopt := url.Values{"act": {"try"}, "regime": {"yunzhou-2025"}, "from": {"2025Q1"}, "reason": {"改按本市办法"}, "document": {"云政办发〔2025〕7号"}}
	holds(t, b.post("/regimes/adopt", adopt), "试算结果", "确认采用")
	adopt.Set("act", "confirm")
	if r = b.post("/regimes/adopt", adopt); r.Code != http.StatusSeeOther {
		t.Fatalf("adopt = %d\n%s", r.Code, r.Body)
	}
	holds(t, b.get("/regimes?period=2025Q1"), "云州 2025", "本市采用")
	holds(t, b.get("/regimes?period=2024Q4"), "秦皇岛市总工会", "本市采用")
}
