package dashboard

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"liandu/internal/auth"
)

const minutes = "2024年5月10日，西岭区人民政府与区总工会召开2024年度联席会议。区长程远帆主持会议。\n会议议定：\n（一）建设户外劳动者驿站。由区住建局牵头，2024年12月31日前完成。\n"

// TestReportIsCheckedAndKept walks from the text with its words lit to the version that it became.
func TestReportIsCheckedAndKept(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	id := w.handIn(t, auth.Supervisor, file{"纪要.txt", []byte(minutes)})
	b := w.as(auth.Supervisor)
	page := b.get("/reports/" + id).Body.String()
	for _, want := range []string{">2024年5月10日</mark>", ">程远帆</mark>", `value="2024-05-10"`, `value="程远帆"`, `value="区住建局"`, "待核对"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s:\n%s", want, page)
		}
	}
	if first := regexp.MustCompile(`<button[^>]*>`).FindString(page[strings.Index(page, `action="/reports/`):]); !strings.Contains(first, "disabled") {
		t.Errorf("Enter in a field keeps the facts by %s", first)
	}
	form := url.Values{
		"unit": {string(xiling)}, "quarter": {"2024Q2"}, "kind": {"annual"}, "session_year": {"2024"}, "held_on": {"2024年5月10日"}, "chair_name": {"程远山"},
		"chair_title": {"区长"}, "agenda_report": {""}, "title_1": {"建设户外劳动者驿站"}, "lead_1": {"区住建局"}, "due_1": {"2024-12-31"}, "status_1": {""}, "how": {"keep"},
	}
	refused := b.post("/reports/"+id, form)
	if refused.Code != 422 || !strings.Contains(refused.Body.String(), `value="程远山"`) || !strings.Contains(refused.Body.String(), "进展状态") {
		t.Errorf("an item without a state = %d\n%s", refused.Code, refused.Body)
	}
	form.Set("status_1", "in_progress")
	kept := b.post("/reports/"+id, form)
	if kept.Code != 303 || !strings.HasPrefix(kept.Header().Get("Location"), "/submissions/S") {
		t.Fatalf("keep = %d %s\n%s", kept.Code, kept.Header().Get("Location"), kept.Body)
	}
	version := strings.TrimPrefix(kept.Header().Get("Location"), "/submissions/")
	if page := b.get("/reports/" + id).Body.String(); !strings.Contains(page, "已收入数据") || !strings.Contains(page, "程远山") || strings.Contains(page, "核对无误，收入数据") {
		t.Errorf("the settled page:\n%s", page)
	}
	source := b.get("/source/" + version + "?" + url.Values{"sheet": {"文本"}, "cell": {"第1段1-10字"}}.Encode()).Body.String()
	if !strings.Contains(source, `<mark class="lit" id="lit">2024年5月10日</mark>`) || !strings.Contains(source, "核对时改动") {
		t.Errorf("the source:\n%s", source)
	}
	if list := b.get("/reports").Body.String(); !strings.Contains(list, version) {
		t.Errorf("the list does not lead to %s:\n%s", version, list)
	}
}

// TestReportStandsBesideWorkbook: the page of a workbook leads to the report of its quarter.
func TestReportStandsBesideWorkbook(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	book := w.handIn(t, auth.Supervisor, file{"西岭区.xlsx", workbook(t, "西岭区")})
	b := w.as(auth.Supervisor)
	quarter := w.quarterOf(t, book)
	id := w.handIn(t, auth.Supervisor, file{"西岭区" + quarter + "纪要.txt", []byte(strings.ReplaceAll(minutes, "2024年5月10日，", ""))})
	if page := b.get("/submissions/" + book).Body.String(); !strings.Contains(page, "/reports/"+id) || !strings.Contains(page, "待核对") {
		t.Errorf("the workbook's page does not lead to %s:\n%s", id, page)
	}
}

func (w *site) quarterOf(t *testing.T, submission string) string {
	t.Helper()
	row, err := w.server.deps.Queries.Submission(t.Context(), submission, "")
	if err != nil {
		t.Fatal(err)
	}
	return row.Quarter.Chinese()
}

// TestReportIsSetAside: not kept, with words that say why.
func TestReportIsSetAside(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	id := w.handIn(t, auth.Supervisor, file{"纪要.txt", []byte(minutes)})
	b := w.as(auth.Supervisor)
	if r := b.post("/reports/"+id, url.Values{"how": {"dismissed"}}); r.Code != 422 {
		t.Errorf("dismissed without a word = %d", r.Code)
	}
	if r := b.post("/reports/"+id, url.Values{"how": {"dismissed"}, "words": {"重复的稿件"}}); r.Code != 303 {
		t.Errorf("dismissed = %d\n%s", r.Code, r.Body)
	}
	if page := b.get("/reports/" + id).Body.String(); !strings.Contains(page, "重复的稿件") || !strings.Contains(page, "不收入") {
		t.Errorf("the page:\n%s", page)
	}
}
