package dashboard

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// hold sends one file by the page and returns its submission.
func (b *browser) hold(t *testing.T, f file) string {
	t.Helper()
	r := b.upload("/submissions", nil, f)
	id, _, _ := strings.Cut(strings.TrimPrefix(r.Header().Get("Location"), "/submissions/"), "?")
	if r.Code != http.StatusSeeOther || id == "" {
		t.Fatalf("hold %s = %d %s", f.name, r.Code, r.Body)
	}
	return id
}

var basisField = regexp.MustCompile(`name="basis" value="([0-9a-f]+)"`)

// decide posts the form of a waiting file's page as it was shown.
func (b *browser) decide(t *testing.T, id string, fields url.Values) int {
	t.Helper()
	m := basisField.FindStringSubmatch(b.get("/submissions/" + id).Body.String())
	if m == nil {
		t.Fatalf("the page of %s has no form to decide by", id)
	}
	fields.Set("basis", m[1])
	return b.post("/submissions/"+id+"/decide", fields).Code
}

// percent is a workbook of a quarter in which the item stands at some percent.
func percent(t *testing.T, quarter string, n float64, change ...func(*ingest.Form)) []byte {
	q := period.MustQuarter(quarter)
	return workbook(t, "东湖区", append([]func(*ingest.Form){func(f *ingest.Form) {
		f.Quarter, f.Cover.PeriodText = q, q.Chinese()
		f.Resolutions[0].Percent = &n
		f.Resolutions[0].DueOn = period.MustDate("2024-08-31")
	}}, change...)...)
}

// TestCountysFileWaitsForAnOfficer walks a file from the county to the figures, with everybody else trying.
func TestCountysFileWaitsForAnOfficer(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.account(auth.Leader, "")
	w.account(auth.County, donghu)
	county, officer := w.as(auth.County), w.as(auth.Supervisor)
	id := county.hold(t, file{"东湖区.xlsx", workbook(t, "东湖区")})
	page := county.get("/submissions/" + id)
	holds(t, page, "待受理", "督导部门受理后才计入数字", "撤回这份文件")
	for _, hidden := range []string{"受理后会变的数字", `name="decision"`} {
		if strings.Contains(page.Body.String(), hidden) {
			t.Errorf("the county's page holds %q", hidden)
		}
	}
	holds(t, county.get("/submissions?period=2024Q4"), "报表已收到，待受理")
	for _, b := range []*browser{county, w.as(auth.Leader)} {
		for _, path := range []string{"/submissions/" + id + "/decide", "/submissions/accept?period=2024Q4"} {
			if r := b.post(path, url.Values{"decision": {"accept"}}); r.Code != http.StatusForbidden {
				t.Errorf("POST %s by who may not = %d, want 403", path, r.Code)
			}
		}
	}
	if code := officer.decide(t, id, url.Values{"decision": {"return"}, "words": {" "}}); code != http.StatusUnprocessableEntity {
		t.Errorf("sent back without words = %d, want 422", code)
	}
	holds(t, officer.get("/submissions?period=2024Q4"), "可直接受理", "预览并处理")
	if code := officer.decide(t, id, url.Values{"decision": {"return"}, "words": {"请补报<b>松坪镇</b>的会议。"}}); code != http.StatusSeeOther {
		t.Errorf("sent back = %d", code)
	}
	holds(t, county.get("/submissions/"+id), "已退回：请补报&lt;b&gt;松坪镇&lt;/b&gt;的会议。", "请按上面的意见改正后重新上传")
	again := county.hold(t, file{"东湖区.xlsx", workbook(t, "东湖区")})
	if code := officer.decide(t, again, url.Values{"decision": {"accept"}}); code != http.StatusSeeOther {
		t.Errorf("accepted = %d", code)
	}
	holds(t, county.get("/submissions/"+again), "第 1 版已受理")
	if rows := w.audit(t, "submission.accepted"); len(rows) != 1 || rows[0].Actor != "supervisor" {
		t.Errorf("the log holds the acceptances %v", rows)
	}
	third := county.hold(t, file{"东湖区.xlsx", workbook(t, "东湖区", func(f *ingest.Form) { f.Meetings[0].Remark = "更正" })})
	if r := county.post("/submissions/"+third+"/withdraw", nil); r.Code != http.StatusSeeOther {
		t.Errorf("withdrawn = %d %s", r.Code, r.Body)
	}
	holds(t, officer.get("/submissions/"+third), "已撤回")
	if r := officer.post("/submissions/"+third+"/decide", url.Values{"decision": {"accept"}}); r.Code != http.StatusConflict {
		t.Errorf("accept what was withdrawn = %d, want 409", r.Code)
	}
}

// TestReasonIsAskedKeptAndShown: a warning that needs a reason sends the form back with everything typed, and the
// reason is told where the figure is opened.
func TestReasonIsAskedKeptAndShown(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.handIn(t, auth.Supervisor, file{"三季度.xlsx", percent(t, "2024Q3", 80)})
	b := w.as(auth.Supervisor)
	id := b.hold(t, file{"四季度.xlsx", percent(t, "2024Q4", 30)})
	page := b.get("/submissions/" + id).Body.String()
	need := regexp.MustCompile(`name="(reason-[1-9]\d*)"`).FindStringSubmatch(page)
	if need == nil || !strings.Contains(page, "与2024年第三季度相比") || !strings.Contains(page, "80%") {
		t.Fatalf("the fallen rate is not asked about:\n%s", page)
	}
	basis := basisField.FindStringSubmatch(page)[1]
	r := b.post("/submissions/"+id+"/decide", url.Values{"decision": {"accept"}, "basis": {basis}, "words": {"先放着"}, need[1]: {""}})
	if r.Code != http.StatusUnprocessableEntity {
		t.Fatalf("without a reason = %d, want 422", r.Code)
	}
	holds(t, r, `aria-invalid="true"`, "请写明受理的理由", "先放着")
	if r := b.post("/submissions/"+id+"/decide", url.Values{"decision": {"accept"}, "basis": {"00"}, need[1]: {"写好的理由"}}); r.Code != http.StatusConflict {
		t.Errorf("of another preview = %d, want 409", r.Code)
	} else {
		holds(t, r, "写好的理由", "已重新计算")
	}
	if code := b.decide(t, id, url.Values{"decision": {"accept"}, need[1]: {"统计口径调整，已核实"}}); code != http.StatusSeeOther {
		t.Fatalf("with a reason = %d", code)
	}
	for _, path := range []string{
		"/submissions/" + id, "/explain?indicator=resolution_completion&period=2024Q4&unit=" + string(donghu),
		"/source/" + id + "?sheet=议定事项&cell=M2",
	} {
		holds(t, b.get(path), "受理说明", "统计口径调整，已核实")
	}
	holds(t, b.get("/resolutions.csv?period=2024Q4"), "受理说明", "统计口径调整，已核实")
}

// TestFiguresMoveAsShown: what the page says would come is what comes, and a change of published figures needs a word.
func TestFiguresMoveAsShown(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.handIn(t, auth.Supervisor, file{"三季度.xlsx", percent(t, "2024Q3", 80)})
	w.handIn(t, auth.Supervisor, file{"西岭区.xlsx", workbook(t, "西岭区")})
	b := w.as(auth.Supervisor)
	done := func(f *ingest.Form) {
		f.Resolutions[0].Status, f.Resolutions[0].CompletedOn = record.StatusCompleted, period.MustDate("2024-08-20")
		f.Resolutions[0].Percent = nil
	}
	id := b.hold(t, file{"三季度更正.xlsx", percent(t, "2024Q3", 0, done)})
	page := b.get("/submissions/" + id)
	holds(t, page, "受理后会变的数字", "2024年第三季度", "2024年第四季度", "与第 1 版相比", "推进中", "已完成", `name="reason-0"`, "本季度已有受理的版本")
	if code := b.decide(t, id, url.Values{"decision": {"accept"}}); code != http.StatusUnprocessableEntity {
		t.Errorf("published figures moved without a word = %d, want 422", code)
	}
	p, err := w.server.deps.Ingest.Judge(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	shown := w.compare(t, p)
	if code := b.decide(t, id, url.Values{"decision": {"accept"}, "reason-0": {"东湖区更正"}}); code != http.StatusSeeOther {
		t.Fatalf("accepted = %d", code)
	}
	for _, c := range shown {
		a := c.B.AsOf
		now, err := w.server.deps.Queries.Metrics(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(now.Total, now.Unit(donghu).Indicators, *now.Unit(donghu).Score), fmt.Sprint(c.B.Total, c.B.Unit(donghu).Indicators, *c.B.Unit(donghu).Score); got != want {
			t.Errorf("%s became %s, shown was %s", a.Quarter, got, want)
		}
		if fmt.Sprint(c.A.Total) == fmt.Sprint(c.B.Total) {
			t.Errorf("%s: nothing was to move", a.Quarter)
		}
	}
	holds(t, b.get("/submissions/"+id), "东湖区更正", "第 2 版已受理")
}

// compare is what the page of a waiting file compares.
func (w *site) compare(t *testing.T, p ingest.Pending) []*queries.Comparison {
	t.Helper()
	var out []*queries.Comparison
	for _, q := range []string{"2024Q3", "2024Q4"} {
		a := queries.AsOf{Quarter: period.MustQuarter(q), FollowsCity: true, KnownAt: w.now()}
		var err error
		if a.Regime, err = w.server.deps.Rules.Regime(t.Context(), "", a.Quarter, a.KnownAt); err != nil {
			t.Fatal(err)
		}
		c, err := w.server.deps.Queries.CompareSupposed(t.Context(), w.server.supposition(p, "supervisor"), a)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

// TestUploadTellsItsSteps: the page's script is told each step and each result, a bad file stops nothing.
func TestUploadTellsItsSteps(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.County, donghu)
	b := w.as(auth.County)
	b.header["Accept"] = linesType
	r := b.upload("/submissions", nil, file{"坏.xlsx", []byte("PK broken")}, file{"东湖区.xlsx", workbook(t, "东湖区")}, file{"~$东湖区.xlsx", []byte("x")}, file{".DS_Store", []byte("x")})
	if r.Code != http.StatusOK || !strings.HasPrefix(r.Header().Get("Content-Type"), linesType) {
		t.Fatalf("upload = %d %s", r.Code, r.Header())
	}
	var steps []string
	for _, line := range strings.Split(strings.TrimSpace(r.Body.String()), "\n") {
		switch {
		case strings.Contains(line, `"status":"rejected"`):
			line = "退回"
		case strings.Contains(line, `"status":"pending"`):
			line = "待受理"
		default:
			line, _, _ = strings.Cut(strings.TrimSuffix(line[strings.Index(line, `"step":"`)+8:], `"}`), " ")
		}
		steps = append(steps, line)
	}
	if got, want := strings.Join(steps, " "), "保存原件 读取 核对 退回 保存原件 读取 核对 待受理"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	none := b.upload("/submissions", nil, file{".DS_Store", []byte("x")})
	if none.Code != http.StatusUnprocessableEntity || !strings.Contains(none.Body.String(), "没有选择文件") {
		t.Errorf("nothing worth sending = %d %s", none.Code, none.Body)
	}
	fresh := w.browser()
	fresh.header["Accept"] = linesType
	if r := fresh.upload("/submissions", nil, file{"东湖区.xlsx", workbook(t, "东湖区")}); r.Code != http.StatusUnauthorized || !strings.Contains(r.Body.String(), `"error"`) {
		t.Errorf("signed out = %d %s", r.Code, r.Body)
	}
}

// TestFormSentSignedOutLeadsBack: who signs in again comes back to the page that keeps the words.
func TestFormSentSignedOutLeadsBack(t *testing.T) {
	t.Parallel()
	b := newSite(t).browser()
	for from, want := range map[string]string{
		"http://example.com/submissions/S9/decide?period=2024Q4": "/signin?next=%2Fsubmissions%2FS9%3Fperiod%3D2024Q4",
		"http://elsewhere.test/x":                                `href="/signin"`,
	} {
		b.header["Referer"] = from
		r := b.post("/submissions/S9/decide", url.Values{"words": {"x"}})
		if r.Code != http.StatusUnauthorized {
			t.Errorf("signed out = %d, want 401", r.Code)
		}
		holds(t, r, want)
	}
}

// TestPartialsHaveTheirOwnNames: a second definition of a name would silently take the place of the first.
func TestPartialsHaveTheirOwnNames(t *testing.T) {
	t.Parallel()
	define := regexp.MustCompile(`\{\{-? ?define "([^"]+)"`)
	where := map[string]string{}
	err := fs.WalkDir(templateFiles, "template/partial", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(templateFiles, name)
		for _, m := range define.FindAllStringSubmatch(string(b), -1) {
			if first, twice := where[m[1]]; twice {
				t.Errorf("%s and %s both define %q", first, name, m[1])
			}
			where[m[1]] = name
		}
		return err
	})
	if err != nil || len(where) == 0 {
		t.Fatalf("%d partials, %v", len(where), err)
	}
}
