package dashboard

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
)

func TestUploadGoodAndBad(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	good := file{"东湖区.xlsx", workbook(t, "东湖区")}
	bad := file{"西岭区.xlsx", workbook(t, "西岭区", func(f *ingest.Form) { f.Resolutions[0].Title = "" })}
	b := w.as(auth.Supervisor)
	r := b.upload("/submissions", nil, good, bad)
	if r.Code != http.StatusSeeOther {
		t.Fatalf("upload = %d %s", r.Code, r.Body)
	}
	where := r.Header().Get("Location")
	holds(t, b.get(where), "本批文件", "2 个文件：待受理 1、退回改正 1", "全部受理（无须说明的 1 份）", "待受理 1 个：东湖区", "未报：西岭区、白塔县")
	ids, err := url.Parse(where)
	if err != nil {
		t.Fatal(err)
	}
	batch := strings.Split(ids.Query().Get("batch"), ",")
	if len(batch) != 2 {
		t.Fatalf("two files gave the batch %q", batch)
	}
	holds(t, b.get("/submissions/"+batch[1]), "有 1 处错误，须退回改正", "「议定事项」", `class="remedy"`, "<b>E2</b>", "（空白）")
	holds(t, b.get("/source/"+batch[1]+"?sheet=议定事项&cell=E2"), `<span class="mark mark-error">错误</span>`)
	holds(t, b.get("/submissions/"+batch[0]), "东湖区　2024年第四季度", "会议 1、事项 1、建制 0 行", "困难职工医疗互助财政补助")
	if r := b.post("/submissions/accept?period=2024Q4", nil); r.Code != http.StatusSeeOther {
		t.Fatalf("accept all = %d %s", r.Code, r.Body)
	}
	holds(t, b.get("/submissions/"+batch[0]), "第 1 版已受理")
	holds(t, b.get("/submissions?period=2024Q4"), "应报 3 个，已报 1 个", "未报：西岭区、白塔县", "退回改正")
	holds(t, b.get("/submissions/all?status=rejected"), "西岭区.xlsx", "共 1 个文件")

	again := b.upload("/submissions", nil, good)
	holds(t, b.get(again.Header().Get("Location")), "与现行版相同，未重复入库")
}

func TestUploadByTheInterface(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	b := w.browser()
	b.from = "127.0.0.1:40000"
	basic := b.basic("supervisor", goodPassword)
	for _, tc := range []struct {
		name   string
		body   []byte
		fields url.Values
		status int
		want   string
	}{
		{"good", workbook(t, "东湖区"), nil, 200, "accepted"},
		{"the same again", workbook(t, "东湖区"), nil, 200, "duplicate"},
		{"bad", workbook(t, "西岭区", func(f *ingest.Form) { f.Resolutions[0].Title = "" }), nil, 422, "rejected"},
		{"not what was chosen", workbook(t, "西岭区"), url.Values{"unit": {string(donghu)}}, 422, "rejected"},
		{"another quarter chosen", workbook(t, "西岭区"), url.Values{"period": {"2024Q3"}}, 422, "rejected"},
		{"not a workbook", []byte("%PDF-1.7 x"), nil, 422, "rejected"},
	} {
		b.header = map[string]string{"Authorization": basic}
		r := b.upload("/api/v1/submissions", tc.fields, file{"报表.xlsx", tc.body})
		var got struct {
			Files []struct {
				Status   string
				Problems []record.Problem
			}
			Submissions []string
		}
		if err := json.Unmarshal(r.Body.Bytes(), &got); err != nil {
			t.Fatalf("%s: %v: %s", tc.name, err, r.Body)
		}
		if r.Code != tc.status || len(got.Files) != 1 || got.Files[0].Status != tc.want || len(got.Submissions) != 1 {
			t.Errorf("%s = %d %s, want %d %s", tc.name, r.Code, r.Body, tc.status, tc.want)
		}
		if tc.want == "rejected" && len(got.Files) == 1 && len(got.Files[0].Problems) == 0 {
			t.Errorf("%s is rejected without a problem", tc.name)
		}
	}
	holds(t, b.upload("/api/v1/submissions", nil), "没有选择文件")
	far := w.browser()
	far.header["Authorization"] = basic
	if r := far.upload("/api/v1/submissions", nil, file{"a.xlsx", nil}); r.Code != http.StatusUnauthorized {
		t.Errorf("a password over plain HTTP from afar = %d, want 401", r.Code)
	}
	b.header["Authorization"] = b.basic("supervisor", "wrong")
	if r := b.get("/api/v1/metrics"); r.Code != http.StatusUnauthorized || r.Header().Get("WWW-Authenticate") != "" {
		t.Errorf("a wrong password = %d, asks for %q", r.Code, r.Header().Get("WWW-Authenticate"))
	}
	if r := b.get("/submissions"); r.Code != http.StatusSeeOther {
		t.Errorf("a page with a password in its head = %d, want the way to sign-in", r.Code)
	}
}

func TestCutUploadLeavesNothing(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	b := w.as(auth.Supervisor)
	before := w.store.Version()
	r := b.post("/submissions", nil)
	if r.Code != http.StatusUnprocessableEntity {
		t.Errorf("no multipart = %d, want 422", r.Code)
	}
	holds(t, r, "上传没有完成", "上传报表")
	b.header["Content-Type"] = "multipart/form-data; boundary=x"
	cut := b.send(newPost("/submissions", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\nhalf"))
	if cut.Code != http.StatusUnprocessableEntity || w.store.Version() != before {
		t.Errorf("half a file = %d, journal moved %v", cut.Code, w.store.Version() != before)
	}
}

func TestOriginalComesBackAsItWas(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	b := w.as(auth.Supervisor)
	body := workbook(t, "东湖区")
	id := w.handIn(t, auth.Supervisor, file{`东湖区 "四季度"; x.xlsx`, body})
	r := b.get("/submissions/" + id + "/original")
	if !bytes.Equal(r.Body.Bytes(), body) {
		t.Errorf("%d bytes came back of %d, or others", r.Body.Len(), len(body))
	}
	want := `attachment; filename="` + id + `.xlsx"; filename*=UTF-8''%E4%B8%9C%E6%B9%96%E5%8C%BA%20_%E5%9B%9B%E5%AD%A3%E5%BA%A6_%3B%20x.xlsx`
	if got := r.Header().Get("Content-Disposition"); got != want {
		t.Errorf("disposition is %s, want %s", got, want)
	}
	if got := r.Header().Get("Content-Type"); got != "application/octet-stream" {
		t.Errorf("kind is %s", got)
	}
	if rows := w.audit(t, "file.downloaded"); len(rows) != 1 || rows[0].Actor != "supervisor" || rows[0].Subject != id {
		t.Errorf("the log holds the downloads %v", rows)
	}
}

func TestMarkedWorkbookOfASubmission(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	b := w.as(auth.Supervisor)
	id := w.handIn(t, auth.Supervisor, file{"东湖区四季度.xlsx", workbook(t, "东湖区", func(f *ingest.Form) { f.Meetings[0].AgendaReport = nil })})
	if page := b.get("/submissions/" + id).Body.String(); !strings.Contains(page, "/submissions/"+id+"/marked") {
		t.Error("the page does not offer the marked workbook")
	}
	r := b.get("/submissions/" + id + "/marked")
	f, err := excelize.OpenReader(r.Body)
	if err != nil {
		t.Fatalf("%d: %v", r.Code, err)
	}
	defer f.Close()
	if list := f.GetSheetList(); list[0] != "问题清单" {
		t.Errorf("sheets = %v", list)
	}
	if got := r.Header().Get("Content-Disposition"); !strings.Contains(got, url.PathEscape("东湖区四季度（已标注）.xlsx")) {
		t.Errorf("disposition is %s", got)
	}
	if rows := w.audit(t, "file.marked"); len(rows) != 1 || rows[0].Subject != id {
		t.Errorf("the log holds %v", rows)
	}
}

func TestHostileNamesStayNames(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	b := w.as(auth.Supervisor)
	for _, name := range []string{"../../x.xlsx", `C:\报表\x.xlsx`, "a\x00b.xlsx", strings.Repeat("长", 300) + ".xlsx", "CON.xlsx", ".."} {
		r := b.upload("/submissions", nil, file{name, workbook(t, "东湖区", func(f *ingest.Form) { f.Cover.FilledBy = name })})
		if r.Code >= 500 {
			t.Errorf("a file named %q = %d", name, r.Code)
		}
	}
	for _, r := range w.files(t) {
		if strings.ContainsAny(r.File, "/\\\x00") {
			t.Errorf("kept under the name %q", r.File)
		}
	}
}

// TestStoredTextIsText uploads markup in every field a person can fill and looks for it in every page.
func TestStoredTextIsText(t *testing.T) {
	t.Parallel()
	const evil = `<img src=x onerror=alert(1)>"'</script><script>alert(2)</script>`
	w := newSite(t)
	w.account(auth.Administrator, "")
	if err := w.auth.Add(t.Context(), "系统", auth.Account{Login: "evil", Name: `<b onclick=x>`, Role: auth.Leader}, goodPassword); err != nil {
		t.Fatal(err)
	}
	id := w.handIn(t, auth.Administrator, file{evil + ".xlsx", workbook(t, "东湖区", func(f *ingest.Form) {
		f.Cover.FilledBy = evil
		m, x := &f.Meetings[0], &f.Resolutions[0]
		m.Title, m.ChairName, m.ChairTitle, m.Remark, m.Publicity = evil, evil, evil, evil, evil
		x.Title, x.LeadUnit, x.Owner, x.Progress, x.Category = evil, evil, evil, evil, evil
		x.DueOn, x.DueText = period.Date{}, ""
	})})
	bad := w.handIn(t, auth.Administrator, file{"坏.xlsx", workbook(t, evil)})
	b := w.as(auth.Administrator)
	for _, r := range w.server.table {
		if r.method != http.MethodGet || r.path == "/static/*path" || strings.HasSuffix(r.path, "/original") || strings.HasSuffix(r.path, "/marked") || strings.HasPrefix(r.path, "/templates") {
			continue
		}
		for _, submission := range []string{id, bad} {
			got := b.visit(t, r, submission)
			body := got.Body.String()
			if strings.HasPrefix(got.Header().Get("Content-Disposition"), "attachment") {
				continue // never shown inside the site
			}
			for _, markup := range []string{"<img src=x", "<script>alert", "<b onclick"} {
				if strings.Contains(body, markup) {
					t.Errorf("GET %s (%s) holds %s", r.path, submission, markup)
				}
			}
		}
	}
}

func TestCountySeesItsOwn(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.account(auth.County, donghu)
	own := w.handIn(t, auth.Supervisor, file{"东湖区.xlsx", workbook(t, "东湖区")})
	foreign := w.handIn(t, auth.Supervisor, file{"西岭区.xlsx", workbook(t, "西岭区")})
	b := w.as(auth.County)
	holds(t, b.get("/submissions/"+own), "第 1 版已受理")
	before := len(w.audit(t, "access.refused"))
	for _, path := range []string{
		"/submissions/" + foreign, "/submissions/" + foreign + "/original", "/submissions/" + foreign + "/marked", "/templates/" + string(xiling),
		"/submissions?unit=" + string(xiling), "/submissions/all?unit=" + string(xiling), "/submissions/" + own + "?batch=" + own + "," + foreign,
		"/api/v1/metrics?unit=" + string(xiling) + "&scope=" + string(xiling), "/api/v1/findings", "/api/v1/findings?unit=" + string(xiling),
		"/api/v1/metrics?level=township", "/api/v1/metrics?level=city",
	} {
		r := b.get(path)
		if strings.Contains(r.Body.String(), "西岭") || strings.Contains(r.Body.String(), "松坪镇") {
			t.Errorf("GET %s = %d shows another unit:\n%s", path, r.Code, r.Body)
		}
	}
	if got := len(w.audit(t, "access.refused")); got != before+3 {
		t.Errorf("%d refusals in the log, want 3", got-before)
	}
	r := b.upload("/api/v1/submissions", url.Values{"unit": {string(xiling)}}, file{"西岭区.xlsx", workbook(t, "西岭区")})
	if r.Code != http.StatusForbidden {
		t.Errorf("hand in for another unit = %d, want 403", r.Code)
	}
	holds(t, r, "你的账号只能报送和查看东湖区")
	r = b.upload("/api/v1/submissions", nil, file{"西岭区.xlsx", workbook(t, "西岭区")})
	if r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body.String(), "rejected") {
		t.Errorf("another unit's workbook = %d %s, want it rejected", r.Code, r.Body)
	}
	unknown := b.upload("/submissions", nil, file{"不明.xlsx", workbook(t, "天河区")})
	if r := b.get(unknown.Header().Get("Location")); r.Code != 200 {
		t.Errorf("its own file of an unknown unit = %d, want 200", r.Code)
	}
}

func TestBlankWorkbook(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.County, donghu)
	b := w.as(auth.County)
	r := b.get("/templates/" + string(donghu) + "?period=2024Q4")
	if r.Code != 200 || !bytes.HasPrefix(r.Body.Bytes(), []byte("PK")) {
		t.Fatalf("blank workbook = %d", r.Code)
	}
	if got := r.Header().Get("Content-Disposition"); !strings.Contains(got, url.QueryEscape("东湖区_季度报表_2024Q4.xlsx")) {
		t.Errorf("blank workbook is named %s", got)
	}
	none := newSite(t, func(d *Deps) { d.Blank = nil })
	none.account(auth.Leader, "")
	holds(t, none.as(auth.Leader).get("/templates/"+string(donghu)), "没有提供空白报表")
}

func TestInterruptedFileAsksToBeSentAgain(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.account(auth.County, donghu)
	_, err := w.store.Append(t.Context(), journal.Entry{
		At: w.now(), Actor: "supervisor", Action: store.ActionSubmissionReceived, Subject: "aa", Data: store.SubmissionReceived{File: "中断<b>.xlsx", SHA256: "aa", Size: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.wait(10 * time.Minute)
	if body := w.as(auth.Supervisor).get("/submissions").Body.String(); !strings.Contains(body, "中断&lt;b&gt;.xlsx") || !strings.Contains(body, "请重新上传同一文件") {
		t.Error("the page does not name the file that was never read")
	}
	if body := w.as(auth.County).get("/submissions").Body.String(); strings.Contains(body, "中断&lt;b&gt;.xlsx") {
		t.Error("a county is told of others' files")
	}
}

// TestAnotherUnitsFileIsShownToItsSenderAlone: a county that sends another's workbook reads why it was refused, and the
// other is not shown a file it never sent.
func TestAnotherUnitsFileIsShownToItsSenderAlone(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.County, donghu)
	if err := w.auth.Add(t.Context(), "系统", auth.Account{Login: "xiling", Name: "西岭区", Role: auth.County, Unit: xiling}, goodPassword); err != nil {
		t.Fatal(err)
	}
	id := w.handIn(t, auth.County, file{"报表.xlsx", workbook(t, "西岭区")})
	holds(t, w.as(auth.County).get("/submissions/"+id), "西岭区", "东湖区")
	other := w.as("xiling")
	if r := other.get("/submissions/" + id); r.Code != http.StatusNotFound {
		t.Errorf("the unit named in it opens the file: %d", r.Code)
	}
	if r := other.get("/submissions/all"); strings.Contains(r.Body.String(), id) {
		t.Error("the unit named in it has the file in its list")
	}
}

func TestUploadRefusals(t *testing.T) {
	t.Parallel()
	full := multipartFault(fmt.Errorf("multipart: %w", &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}))
	if got := fault.CodeOf(full); got != fault.NoSpace {
		t.Errorf("a full disk under an upload = %q, want %q", got, fault.NoSpace)
	}
	if got := fileName(strings.Repeat("长", 9000) + ".xlsx"); len([]rune(got)) != maxFileName || !strings.HasSuffix(got, "长.xlsx") {
		t.Errorf("a long name becomes %d characters ending in %q", len([]rune(got)), got[len(got)-8:])
	}
}

// TestCountyIsToldOfItsReturnedFile holds the first line a county reads after its only file was refused.
func TestCountyIsToldOfItsReturnedFile(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.County, donghu)
	b := w.as(auth.County)
	b.upload("/submissions", nil, file{"东湖区.xlsx", workbook(t, "东湖区", func(f *ingest.Form) { f.Resolutions[0].Title = "" })})
	holds(t, b.get("/submissions?period=2024Q4"), "还没有报送2024年第四季度。", "最近一份已退回")
}
