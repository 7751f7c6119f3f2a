package dashboard

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"liandu/dashboard/issue"
	"liandu/internal/auth"
	"liandu/internal/blob"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
	"liandu/queries"
)

// paperValues are the settings that papers ask for.
var paperValues = map[string]string{
	"office.name": "云州市总工会", "office.issuer": "云州市总工会办公室", "contact.name": "林若安", "contact.phone": "0000-8800000",
	"basis.document": "《关于加强和规范政府与工会联席会议制度的通知》（云工发〔2024〕12号）", "reply.days": "28", "remedy.days": "42", "dispatch.days": "7",
	"assessment.document": "《工作考核办法》（云工发〔2024〕15号）",
}

// setPapers sets what papers ask for.
func (w *site) setPapers(t *testing.T) {
	t.Helper()
	var entries []journal.Entry
	for k, v := range paperValues {
		entries = append(entries, journal.Entry{At: w.now(), Actor: "系统", Action: store.ActionSettingChanged, Subject: k, Data: store.SettingChanged{Key: k, Value: v}})
	}
	if _, err := w.store.Append(t.Context(), entries...); err != nil {
		t.Fatal(err)
	}
}

// issueLetter issues a letter to a unit that has sent nothing, and returns its id.
func (w *site) issueLetter(t *testing.T, unit record.UnitCode) string {
	t.Helper()
	w.setPapers(t)
	quarter := period.MustQuarter("2024Q4")
	rules, err := w.server.deps.Rules.Regime(t.Context(), "", quarter, w.now())
	if err != nil {
		t.Fatal(err)
	}
	at := queries.AsOf{Quarter: quarter, Regime: rules}
	docs, err := w.server.desk.Issue(t.Context(), issue.Batch{At: at, DatedOn: period.MustDate("2025-01-14"), Actor: "supervisor", Orders: []issue.Order{
		{Paper: "letter_union", Unit: unit, Number: "云工函〔2025〕90号"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	w.issued = docs[0].ID
	return w.issued
}

var action = regexp.MustCompile(`(?s)<form[^>]*method="post" action="([^"]+)"[^>]*>(.*?)</form>`)
var hidden = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)

// form returns the action and the hidden fields of the page's form that holds mark.
func form(t *testing.T, page *httptest.ResponseRecorder, mark string) (string, url.Values) {
	t.Helper()
	for _, m := range action.FindAllStringSubmatch(page.Body.String(), -1) {
		if !strings.Contains(m[2], mark) {
			continue
		}
		fields := url.Values{}
		for _, h := range hidden.FindAllStringSubmatch(m[2], -1) {
			fields.Add(h[1], unescape(h[2]))
		}
		return unescape(m[1]), fields
	}
	t.Fatalf("no form with %q:\n%s", mark, page.Body)
	return "", nil
}

func unescape(s string) string {
	return strings.NewReplacer("&amp;", "&", "&#43;", "+", "&#34;", `"`, "&#39;", "'").Replace(s)
}

// From the settings that are missing to a zip of issued letters, as an official goes.
func TestFromSettingsToIssuedLetters(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.handIn(t, auth.Supervisor, file{"西岭区.xlsx", workbook(t, "西岭区")})
	b := w.as(auth.Supervisor)
	page := b.get("/documents?period=2024Q4")
	holds(t, page, "还缺", "机关全称", "联系人", "督导函（致政府）", "白塔县", "东湖区")
	where, fields := form(t, page, "保存这")
	for k, v := range paperValues {
		fields.Set(k, v)
	}
	fields.Set("reply.days", "两周")
	if r := b.post(where, fields); r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body.String(), `value="两周"`) || !strings.Contains(r.Body.String(), `value="林若安"`) {
		t.Errorf("a wrong setting = %d, and what was typed must stand", r.Code)
	}
	fields.Set("reply.days", "28")
	if r := b.post(where, fields); r.Code != http.StatusSeeOther || r.Header().Get("Location") != "/documents?period=2024Q4" {
		t.Fatalf("save settings = %d to %q", r.Code, r.Header().Get("Location"))
	}
	page = b.get("/documents?period=2024Q4")
	if strings.Contains(page.Body.String(), "项设置</h2>") {
		t.Error("settings are still asked for")
	}
	page = b.get("/documents/issue?period=2024Q4&paper=letters")
	holds(t, page, "督导函文号", "disabled")
	page = b.get("/documents/issue?period=2024Q4&paper=letters&number=" + url.QueryEscape("云工函〔2025〕1号"))
	holds(t, page, "云工函〔2025〕6号", "白塔县人民政府", "2025-02-11", "签发这 6 份")
	where, fields = form(t, page, "签发这")
	if r := b.post(where, fields); r.Code != http.StatusSeeOther {
		t.Fatalf("issue = %d %s", r.Code, r.Body)
	}
	docs, err := w.server.deps.Queries.Documents(t.Context(), queries.DocumentFilter{})
	if err != nil || len(docs) != 6 || docs[0].Actor != "supervisor" || docs[0].ReplyDue != period.MustDate("2025-02-11") {
		t.Fatalf("documents = %+v, %v", docs, err)
	}
	r := b.get("/documents/issued.zip?period=2024Q4")
	z, err := zip.NewReader(bytes.NewReader(r.Body.Bytes()), int64(r.Body.Len()))
	if err != nil || len(z.File) != 6 || !strings.HasPrefix(z.File[0].Name, "云工函〔2025〕1号 督导函（") {
		t.Fatalf("zip of issued letters: %v", err)
	}
	// The same numbers again are refused, and so is the same paper under another number unless that is meant.
	page = b.get(where)
	_, again := form(t, page, "签发这")
	if r := b.post(where, again); r.Code != http.StatusConflict || !strings.Contains(r.Body.String(), "已于2025年1月14日用于") {
		t.Errorf("the same numbers again = %d", r.Code)
	}
	page = b.get("/documents/issue?period=2024Q4&paper=letters&number=" + url.QueryEscape("云工函〔2025〕7号"))
	holds(t, page, "已签发过", "再次签发")
	where, fields = form(t, page, "签发这")
	if r := b.post(where, fields); r.Code != http.StatusConflict || !strings.Contains(r.Body.String(), "没有再次签发") {
		t.Errorf("the same papers again = %d", r.Code)
	}
	fields.Set("again", "1")
	if r := b.post(where, fields); r.Code != http.StatusSeeOther {
		t.Errorf("the same papers again, meant = %d %s", r.Code, r.Body)
	}
	page = b.get("/documents?period=2024Q4")
	holds(t, page, "云工函〔2025〕12号", "与现有数据一致", "　督导人员</td>")
	page = b.get("/documents/draft?period=2024Q4&paper=letter_union&unit=990121")
	holds(t, page, "建议用号，尚未采用", "云工函〔2025〕13号", "〔待填：督导函文号〕")
}

// What came after the preview does not slip into what is issued.
func TestWhatIsIssuedIsWhatWasLookedAt(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.setPapers(t)
	b := w.as(auth.Supervisor)
	page := b.get("/documents/issue?period=2024Q4&paper=letter_union&unit=990121&number=" + url.QueryEscape("云工函〔2025〕1号"))
	where, fields := form(t, page, ">签发<")
	w.wait(time.Minute)
	w.handIn(t, auth.Supervisor, file{"西岭区.xlsx", workbook(t, "西岭区")})
	if r := b.post(where, fields); r.Code != http.StatusSeeOther {
		t.Errorf("issue what was looked at = %d %s", r.Code, r.Body)
	}
	fields.Set("e", blob.Sum([]byte("other")))
	fields.Set("n", "云工函〔2025〕2号")
	fields.Set("again", "1")
	if r := b.post(where, fields); r.Code != http.StatusConflict || !strings.Contains(r.Body.String(), "预览之后有了变化") {
		t.Errorf("issue something else = %d %s", r.Code, r.Body)
	}
}

// Of two who give one number at once one is refused.
func TestOneNumberIsGivenOnce(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.setPapers(t)
	b := w.as(auth.Supervisor)
	var wait sync.WaitGroup
	codes := make(chan int, 6)
	for i := range 6 {
		unit := []string{"990121", "990102", "990103"}[i%3]
		page := b.get("/documents/issue?period=2024Q4&paper=letter_union&unit=" + unit + "&number=" + url.QueryEscape("云工函〔2025〕1号"))
		where, fields := form(t, page, ">签发<")
		one := w.browser()
		one.cookies = b.cookies
		wait.Go(func() {
			r := httptest.NewRequest(http.MethodPost, where, strings.NewReader(fields.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.RemoteAddr = one.from
			for _, c := range one.cookies {
				r.AddCookie(c)
			}
			out := httptest.NewRecorder()
			w.server.Handler().ServeHTTP(out, r)
			codes <- out.Code
		})
	}
	wait.Wait()
	close(codes)
	done := 0
	for code := range codes {
		if code == http.StatusSeeOther {
			done++
		} else if code != http.StatusConflict {
			t.Errorf("issue = %d, want done or refused", code)
		}
	}
	if docs, err := w.server.deps.Queries.Documents(t.Context(), queries.DocumentFilter{}); done != 1 || err != nil || len(docs) != 1 {
		t.Errorf("%d of six were issued, %d are listed, %v", done, len(docs), err)
	}
}

// A county sees the papers to it and no other, leaders read, and an issued file that was altered is not handed out.
func TestIssuedPaperIsHandedOutAsItWas(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	for _, role := range auth.Roles {
		unit := record.UnitCode("")
		if role == auth.County {
			unit = "990121"
		}
		w.account(role, unit)
	}
	id := w.issueLetter(t, "990121")
	doc, err := w.server.deps.Queries.Document(t.Context(), id, "")
	if err != nil {
		t.Fatal(err)
	}
	first := w.as(auth.County).get("/documents/" + id + "/file")
	w.wait(time.Hour)
	w.handIn(t, auth.Supervisor, file{"白塔县.xlsx", workbook(t, "白塔县")})
	county := w.as(auth.County)
	holds(t, county.get("/documents"), "云工函〔2025〕90号")
	page := county.get("/documents/" + id)
	holds(t, page, "白塔县总工会", "pp-run")
	holds(t, county.get("/unit/990121?period=2024Q4"), "致本单位的文件", "/documents/"+id)
	holds(t, w.as(auth.Supervisor).get("/documents/"+id), "据此立项督办", "/matters/new")
	if strings.Contains(page.Body.String(), "变动的数字") {
		t.Error("a county is told what the department has to correct")
	}
	again := w.as(auth.Leader).get("/documents/" + id + "/file")
	if first.Code != 200 || !bytes.Equal(first.Body.Bytes(), again.Body.Bytes()) || blob.Sum(again.Body.Bytes()) != doc.SHA256 {
		t.Error("other bytes after a later report")
	}
	holds(t, w.as(auth.Supervisor).get("/documents?period=2024Q4"), "需要更正")
	holds(t, w.as(auth.Supervisor).get("/documents/corrections?period=2024Q4"), "云工函〔2025〕90号", "白塔县2024年第四季度报表第1版")
	if err := os.Chmod(w.store.Blobs().Path(doc.SHA256), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.store.Blobs().Path(doc.SHA256), []byte("别的内容"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := w.as(auth.Leader).get("/documents/" + id + "/file"); r.Code != http.StatusConflict || !strings.Contains(r.Body.String(), "与签发时不一致") {
		t.Errorf("an altered file = %d", r.Code)
	}
	report, err := w.store.Verify(t.Context())
	if err != nil || len(report.Troubles) == 0 {
		t.Errorf("verify of an altered file = %+v, %v", report.Troubles, err)
	}
}

// An edited paper is held against the data, and issued with a reason where it says something else.
func TestEditedPaperIsCheckedAndIssued(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.setPapers(t)
	b := w.as(auth.Supervisor)
	address := "?period=2024Q4&paper=letter_union&unit=990121&number=" + url.QueryEscape("云工函〔2025〕1号")
	draft := b.get("/documents/draft.docx" + address).Body.Bytes()
	same := b.upload("/documents/check"+address, nil, file{"修改稿.docx", draft})
	holds(t, b.get(same.Header().Get("Location")), "修改稿与数据一致")
	edited := rewrite(t, draft, "白塔县总工会", "白塔区总工会")
	r := b.upload("/documents/check"+address, nil, file{"修改稿.docx", edited})
	page := b.get(r.Header().Get("Location"))
	holds(t, page, "与数据不一致", "白塔", "以修改稿签发")
	where, fields := form(t, page, "以修改稿签发")
	if r := b.post(where, fields); r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body.String(), "理由") {
		t.Errorf("issue without a reason = %d", r.Code)
	}
	fields.Set("reason", "更名文件已下达")
	if r := b.post(where, fields); r.Code != http.StatusSeeOther {
		t.Fatalf("issue with a reason = %d %s", r.Code, r.Body)
	}
	docs, err := w.server.deps.Queries.Documents(t.Context(), queries.DocumentFilter{})
	if err != nil || len(docs) != 1 || docs[0].SHA256 != blob.Sum(edited) || docs[0].Generated != blob.Sum(draft) || docs[0].Accepted == 0 || docs[0].Reason != "更名文件已下达" {
		t.Fatalf("document = %+v, %v", docs, err)
	}
	page = b.get("/documents/" + docs[0].ID)
	holds(t, page, "更名文件已下达", "下载程序生成的一份")
	if got := b.get("/documents/" + docs[0].ID + "/file").Body.Bytes(); !bytes.Equal(got, edited) {
		t.Error("the file handed out is not the edited one")
	}
	if lines := w.audit(t, store.ActionDocumentChecked); len(lines) != 2 {
		t.Errorf("%d checks are in the log", len(lines))
	}
	original := w.handIn(t, auth.Supervisor, file{"西岭区.xlsx", workbook(t, "西岭区")})
	row, err := w.server.deps.Queries.Submission(t.Context(), original, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, sum := range []string{row.SHA256, docs[0].Data, "", "x"} { // kept, and not to be checked
		if r := b.get("/documents/check" + address + "&edited=" + sum); r.Code != http.StatusNotFound {
			t.Errorf("check of another kept file = %d", r.Code)
		}
		fields.Set("edited", sum)
		fields.Set("again", "1")
		fields.Set("n", "云工函〔2025〕2号")
		if r := b.post(where, fields); sum != "" && r.Code == http.StatusSeeOther {
			t.Errorf("another kept file was issued: %d", r.Code)
		}
		fields.Set("n", "云工函〔2025〕3号")
	}
	for name, body := range map[string][]byte{"图片.docx": []byte("\x89PNG"), "空.docx": nil, "坏.docx": draft[:200]} {
		if r := b.upload("/documents/check"+address, nil, file{name, body}); r.Code != http.StatusUnprocessableEntity {
			t.Errorf("upload of %s = %d", name, r.Code)
		}
	}
}

// rewrite replaces words in a document's text.
func rewrite(t *testing.T, file []byte, old, with string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	found := false
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "word/document.xml" {
			found = strings.Contains(string(b), old)
			b = []byte(strings.ReplaceAll(string(b), old, with))
		}
		w, err := z.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil || !found {
		t.Fatalf("rewrite %q: found %v, %v", old, found, err)
	}
	return out.Bytes()
}
