package dashboard

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"liandu/internal/auth"
	"liandu/internal/record"
	"liandu/queries"
)

// reported is a site in which both counties have sent their reports, and a supervisor's browser.
func reported(t *testing.T) (*site, *browser) {
	t.Helper()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.handIn(t, auth.Supervisor, file{"东湖区.xlsx", workbook(t, "东湖区")}, file{"西岭区.xlsx", workbook(t, "西岭区")})
	return w, w.as(auth.Supervisor)
}

// links returns the addresses of the same site that a page's main part and its head lead to.
func links(t *testing.T, body []byte) []string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" && strings.HasPrefix(attr(n, "href"), "/") {
			out = append(out, attr(n, "href"))
		}
	}
	return out
}

// figurePaths are the pages whose links are followed.
var figurePaths = []string{"/", "/unit", "/unit/", "/meetings", "/resolutions", "/findings", "/regimes", "/explain", "/source/"}

func isFigure(path string) bool {
	for _, p := range figurePaths {
		if path == p || len(p) > 1 && strings.HasSuffix(p, "/") && strings.HasPrefix(path, p) {
			return true
		}
	}
	return false
}

func TestEveryLinkCarriesTheContextAndLeadsSomewhere(t *testing.T) {
	t.Parallel()
	_, b := reported(t)
	seen := map[string]bool{}
	queue := []string{"/?period=2024Q4&year=2024&regime=bayannur-2024&level=county&cohort=session%3A2024"}
	for len(queue) > 0 && len(seen) < 250 {
		at := queue[0]
		queue = queue[1:]
		r := b.get(at)
		if r.Code != http.StatusOK {
			t.Errorf("%s = %d", at, r.Code)
			continue
		}
		for _, href := range links(t, r.Body.Bytes()) {
			u, err := url.Parse(href)
			if err != nil {
				t.Fatalf("%s leads to %q: %v", at, href, err)
			}
			if !isFigure(u.Path) || u.RawQuery == "" && u.Path == "/" { // the seal leads home
				continue
			}
			if q := u.Query(); q.Get("regime") != "bayannur-2024" || q.Get("cohort") != "session:2024" || q.Get("period") == "" {
				t.Errorf("%s leads to %s, which loses the context", at, href)
			}
			u.Fragment = ""
			if s := u.String(); !seen[s] {
				seen[s] = true
				queue = append(queue, s)
			}
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d addresses were found", len(seen))
	}
}

func TestEveryFigureIsMadeOfItsRows(t *testing.T) {
	t.Parallel()
	_, b := reported(t)
	for _, i := range queries.Indicators() {
		for _, q := range []string{"", "&unit=" + string(donghu), "&level=city", "&regime=shanghai-2018&level=township", "&cohort=session%3A2024"} {
			r := b.get("/explain?indicator=" + i.ID + q)
			if r.Code != http.StatusOK {
				t.Errorf("%s%s = %d", i.ID, q, r.Code)
				continue
			}
			if text := r.Body.String(); strings.Contains(text, "不一致") || !strings.Contains(text, "怎么算的") {
				t.Errorf("%s%s: the rows do not add up to the figure", i.ID, q)
			}
		}
	}
}

func TestExportsAreWhatIsShown(t *testing.T) {
	t.Parallel()
	_, b := reported(t)
	for _, path := range []string{"/meetings", "/resolutions", "/findings"} {
		query := "?unit=" + string(xiling)
		shown := b.get(path + query)
		csv := b.get(path + ".csv" + query)
		text := csv.Body.String()
		if csv.Code != http.StatusOK || !strings.HasPrefix(text, "\ufeff") {
			t.Fatalf("%s.csv = %d, begins %.20q", path, csv.Code, text)
		}
		lines := strings.Count(strings.TrimSpace(text), "\r\n")
		if want := "导出所示 " + strconv.Itoa(lines) + " 行"; !strings.Contains(shown.Body.String(), want) {
			t.Errorf("%s: the file has %d rows, the page does not say %q", path, lines, want)
		}
		if strings.Contains(text, "东湖区") {
			t.Errorf("%s.csv holds a unit that is not shown", path)
		}
		if d := csv.Header().Get("Content-Disposition"); !strings.HasPrefix(d, "attachment;") || !strings.Contains(d, "filename*=UTF-8''") {
			t.Errorf("%s.csv is offered as %q", path, d)
		}
		book := b.get(path + ".xlsx" + query)
		if _, err := zip.NewReader(bytes.NewReader(book.Body.Bytes()), int64(book.Body.Len())); err != nil {
			t.Errorf("%s.xlsx: %v", path, err)
		}
	}
}

func TestSourcePageDrawsTheOriginal(t *testing.T) {
	t.Parallel()
	_, b := reported(t)
	cell := ""
	for _, href := range links(t, b.get("/resolutions").Body.Bytes()) {
		if strings.HasPrefix(href, "/source/") {
			cell = href
			break
		}
	}
	r := b.get(cell)
	root, err := html.Parse(bytes.NewReader(r.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	page := rendered{t: t, root: root}
	if got := page.one("td", "lit"); got == "" {
		t.Errorf("%s lights an empty cell", cell)
	}
	if n := len(page.all("td", "used")); n == 0 {
		t.Error("no other cell of the item is marked")
	}
	if strings.Contains(r.Body.String(), "不能画成表格") {
		t.Error("the original is not drawn")
	}
	bad := b.get("/source/S999999")
	if bad.Code != http.StatusNotFound {
		t.Errorf("an unknown submission = %d", bad.Code)
	}
	if _, err := io.Copy(io.Discard, bad.Body); err != nil {
		t.Fatal(err)
	}
}

func TestUnknownNamesAreRefusedInWords(t *testing.T) {
	t.Parallel()
	_, b := reported(t)
	for path, want := range map[string]string{
		"/explain?indicator=nothing": "没有编号为「nothing」的指标。",
		"/unit/999999":               "没有代码为「999999」的单位",
		"/regimes?compare=nowhere":   "没有编号为「nowhere」的制度。",
	} {
		if r := b.get(path); r.Code != http.StatusNotFound || !strings.Contains(r.Body.String(), want) {
			t.Errorf("%s = %d, without %q", path, r.Code, want)
		}
	}
}

func TestEmptySiteSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	b := w.as(auth.Supervisor)
	for path, want := range map[string]string{
		"/": "还没有接收到报送", "/resolutions": "没有符合条件的事项", "/meetings": "没有符合条件的会议", "/unit/" + string(donghu): "没有报送过会议",
	} {
		if r := b.get(path); r.Code != http.StatusOK || !strings.Contains(r.Body.String(), want) {
			t.Errorf("%s = %d, without %q", path, r.Code, want)
		}
	}
}

func TestScopeLeavesAUnitItsOwn(t *testing.T) {
	t.Parallel()
	units := []record.Unit{
		{Code: "990100"}, {Code: "990102", Parent: "990100"}, {Code: "990102001", Parent: "990102"}, {Code: "990103", Parent: "990100"},
		{Code: "990171", Parent: "990100", Level: record.LevelZone},
	}
	var got []string
	for _, u := range inScope(units, donghu) {
		got = append(got, string(u.Code))
	}
	if strings.Join(got, " ") != "990102 990102001" {
		t.Errorf("a county sees %v, want itself and what is below it", got)
	}
	if n := len(inScope(units, "")); n != len(units) {
		t.Errorf("without a scope %d of %d units are seen", n, len(units))
	}
}
