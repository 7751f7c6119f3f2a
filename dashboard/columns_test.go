package dashboard

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"liandu/dashboard/view"
	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/registry"
)

// current makes the site see the units as they are now, not as they were when it began.
func current(t *testing.T) func(*Deps) {
	return func(d *Deps) {
		now := func(ctx context.Context) (*registry.Registry, error) {
			units, err := d.Queries.Units(ctx, time.Time{})
			if err != nil {
				return nil, err
			}
			return registry.New(units)
		}
		d.Registry = now
		d.Ingest = ingest.New(ingest.Deps{Store: d.Store, Parser: ingest.InProcess{}, Now: d.Now, Registry: func() *registry.Registry {
			r, err := now(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			return r
		}})
	}
}

// changed rewrites cells of a workbook.
func changed(t *testing.T, data []byte, sheet string, cells map[string]string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, v := range cells {
		if err := f.SetCellValue(sheet, at, v); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestStrangeHeadIsExplainedOnce(t *testing.T) {
	t.Parallel()
	w := newSite(t, current(t))
	w.account(auth.Supervisor, "")
	b := w.as(auth.Supervisor)
	strange := changed(t, workbook(t, "东湖区"), "会议召开", map[string]string{"E1": "何时开的"})
	id := w.handIn(t, auth.Supervisor, file{"东湖区.xlsx", strange})
	holds(t, b.get("/submissions/"+id), "没有「召开日期」一列", "未认出的表头有：「何时开的」（E列）", `/submissions/`+id+`/columns">去指定列</a>`)
	page := "/submissions/" + id + "/columns"
	holds(t, b.get(page), "何时开的", "未识别", "缺少「召开日期」", "2024-", `name="c`)

	form := url.Values{}
	at := ""
	for _, part := range strings.Split(b.get(page).Body.String(), "<tr>") {
		if strings.Contains(part, "何时开的") {
			_, rest, _ := strings.Cut(part, `name="`)
			at, _, _ = strings.Cut(rest, `"`)
		}
	}
	form.Set(at, "meeting.minutes_issued_on")
	r := b.post(page, form)
	if r.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a field read twice = %d", r.Code)
	}
	holds(t, r, "不能都读作同一栏", `value="meeting.minutes_issued_on" selected`)

	form.Set(at, "meeting.held_on")
	r = b.post(page, form)
	if r.Code != http.StatusSeeOther {
		t.Fatalf("explain = %d %s", r.Code, r.Body)
	}
	next := r.Header().Get("Location")
	if strings.Contains(next, id) {
		t.Fatalf("the file was not read again: %s", next)
	}
	holds(t, b.get(next+"/columns"), "召开日期（人工指定）", "该单位已作的指定")

	id = w.handIn(t, auth.Supervisor, file{"东湖区2.xlsx", changed(t, strange, "会议召开", map[string]string{"U2": "更正"})})
	holds(t, b.get("/submissions/"+id), "已受理")
	r = b.post("/submissions/"+id+"/columns/withdraw", url.Values{"head": {"meeting." + ingest.HeadKey("何时开的")}})
	if r.Code != http.StatusSeeOther {
		t.Fatalf("withdraw = %d %s", r.Code, r.Body)
	}
	holds(t, b.get(r.Header().Get("Location")), "须退回改正")
}

func TestUnknownNameIsDecidedOnce(t *testing.T) {
	t.Parallel()
	w := newSite(t, current(t))
	w.account(auth.Supervisor, "")
	b := w.as(auth.Supervisor)
	wrong := changed(t, workbook(t, "东湖区"), "会议召开", map[string]string{"A2": "冻湖区"})
	id := w.handIn(t, auth.Supervisor, file{"甲.xlsx", wrong})
	page := "/submissions/" + id + "/names"
	holds(t, b.get(page), "「冻湖区」", "东湖区", "会议召开 A2")
	if r := b.post(page, url.Values{}); r.Code != http.StatusUnprocessableEntity {
		t.Errorf("nothing chosen = %d", r.Code)
	}
	if r := b.post(page, url.Values{view.NameChoice("冻湖区"): {"990102"}, view.NameOther("冻湖区"): {"990103"}}); r.Code != http.StatusUnprocessableEntity {
		t.Errorf("two units chosen = %d", r.Code)
	} else {
		holds(t, r, "选了两个单位", "selected")
	}
	code := ""
	for _, u := range cityUnits() {
		if u.Name == "东湖区" {
			code = string(u.Code)
		}
	}
	r := b.post(page, url.Values{view.NameChoice("冻湖区"): {code}})
	if r.Code != http.StatusSeeOther || strings.Contains(r.Header().Get("Location"), id) {
		t.Fatalf("decide = %d %s %s", r.Code, r.Header().Get("Location"), r.Body)
	}
	holds(t, b.get(page), "没有需要认定的单位名称")
	next := w.handIn(t, auth.Supervisor, file{"乙.xlsx", changed(t, wrong, "会议召开", map[string]string{"U2": "更正"})})
	holds(t, b.get("/submissions/"+next), "已受理")
}

// A form sent twice, or after another officer settled a name of the list, must not give the choice to the next name.
func TestChoiceOfANameIsForThatNameOnly(t *testing.T) {
	t.Parallel()
	w := newSite(t, current(t))
	w.account(auth.Supervisor, "")
	b := w.as(auth.Supervisor)
	id := w.handIn(t, auth.Supervisor, file{"甲.xlsx", changed(t, workbook(t, "东湖区"), "会议召开", map[string]string{"A2": "冻湖区", "A3": "西山某某局"})})
	page := "/submissions/" + id + "/names"
	holds(t, b.get(page), "「冻湖区」", "「西山某某局」")
	code := ""
	for _, u := range cityUnits() {
		if u.Name == "东湖区" {
			code = string(u.Code)
		}
	}
	for n, want := range []int{http.StatusSeeOther, http.StatusUnprocessableEntity} {
		if r := b.post(page, url.Values{view.NameChoice("冻湖区"): {code}}); r.Code != want {
			t.Errorf("time %d = %d, want %d", n+1, r.Code, want)
		}
	}
	holds(t, b.get(page), "「西山某某局」")
}
