package dashboard

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"liandu/dashboard/view"
	"liandu/dashboard/view/viewtest"
	"liandu/queries"
)

// rendered is a page as a browser would see it.
type rendered struct {
	t    *testing.T
	text string
	root *html.Node
}

// show renders a page's main part with its data.
func show(t *testing.T, w *site, name string, data any) rendered {
	t.Helper()
	p := w.server.templates[name]
	if p == nil {
		t.Fatalf("no page %s", name)
	}
	var b bytes.Buffer
	if err := p.template.ExecuteTemplate(&b, "main", data); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return rendered{t, b.String(), root}
}

// all returns the elements of a tag that have a class; either may be "".
func (r rendered) all(tag, class string) []*html.Node {
	var out []*html.Node
	for n := range r.root.Descendants() {
		if n.Type == html.ElementNode && (tag == "" || n.Data == tag) && (class == "" || strings.Contains(" "+attr(n, "class")+" ", " "+class+" ")) {
			out = append(out, n)
		}
	}
	return out
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// one returns the text of the only element of its kind.
func (r rendered) one(tag, class string) string {
	r.t.Helper()
	found := r.all(tag, class)
	if len(found) != 1 {
		r.t.Fatalf("%d elements %s.%s, want one", len(found), tag, class)
	}
	return textOf(found[0])
}

func cityOverview(t *testing.T, c *viewtest.City) overviewPage {
	t.Helper()
	p, err := newOverviewPage(view.OverviewInput{
		Now: c.Now, LastYear: c.LastYear, History: c.History, Findings: c.Findings, Items: c.Items, Meetings: c.Meetings,
		Sent: c.Sent, Units: c.Units,
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func cityUnit(t *testing.T, c *viewtest.City, i int) unitPage {
	t.Helper()
	p, err := newUnitPage(view.UnitInput{
		Unit: c.Units[i], Now: c.Now, History: c.History, Findings: c.Findings, Items: c.Items, Meetings: c.Meetings,
		Sent: c.Sent, Units: c.Units,
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func cityItems(c *viewtest.City, f view.ItemFilter) resolutionsPage {
	return resolutionsPage{view.NewItems(view.ItemsInput{Now: c.Now, Items: c.Items, Units: c.Units, Filter: f}), 74}
}

func TestOverviewPage(t *testing.T) {
	t.Parallel()
	w, c := newSite(t), viewtest.New(t)
	r := show(t, w, "overview", cityOverview(t, c))
	if got := r.one("p", "title-lede"); !strings.HasPrefix(got, "需要过问：丰谷县未召开年度会议；") {
		t.Errorf("lede = %s", got)
	}
	if n := len(r.all("div", "kpi")); n != 6 {
		t.Errorf("%d headline figures, want 6", n)
	}
	for _, k := range r.all("a", "kpi-nd") {
		if !strings.HasPrefix(attr(k, "href"), "/explain?indicator=") || !strings.Contains(textOf(k), "/") {
			t.Errorf("a headline figure shows %q and opens %q", textOf(k), attr(k, "href"))
		}
	}
	rows := 0
	for _, n := range r.all("td", "rank-no") {
		rows++
		if textOf(n) == "" {
			t.Error("a row of the ranking has no place")
		}
	}
	if rows != 12 || len(r.all("td", "q")) != 12*8 {
		t.Errorf("%d ranked rows, %d lights, want 12 and 96", rows, len(r.all("td", "q")))
	}
	for _, l := range r.all("a", "light") {
		if textOf(l) == "" || attr(l, "aria-label") == "" {
			t.Error("a light without its word")
		}
	}
	charts := r.all("div", "chart")
	if len(charts) != 3 {
		t.Fatalf("%d charts, want 3", len(charts))
	}
	for _, d := range charts {
		if attr(d, "role") != "img" || attr(d, "aria-label") == "" {
			t.Errorf("chart %s is not named", attr(d, "data-option"))
		}
	}
}

func TestPagesHaveNoInlineStyleOrScript(t *testing.T) {
	t.Parallel()
	w, c := newSite(t), viewtest.New(t)
	for name, data := range cityPages(t, c) {
		r := show(t, w, name, data)
		for _, n := range r.all("", "") {
			if attr(n, "style") != "" {
				t.Errorf("%s: <%s> has a style", name, n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s> has %s", name, n.Data, a.Key)
				}
			}
			if n.Data == "script" && attr(n, "type") != "application/json" {
				t.Errorf("%s: a script that is not data", name)
			}
			if n.Data == "th" && attr(n, "scope") == "" && textOf(n) != "" {
				t.Errorf("%s: head %q has no scope", name, textOf(n))
			}
			if n.Data == "svg" && attr(n, "aria-hidden") != "true" {
				t.Errorf("%s: a drawing is read aloud", name)
			}
		}
	}
}

// cityPages is every page of figures with the city's data.
func cityPages(t *testing.T, c *viewtest.City) map[string]any {
	t.Helper()
	meetings := view.NewMeetings(view.MeetingsInput{Now: c.Now, Meetings: c.Meetings, Units: c.Units})
	explain, _ := view.NewExplain(view.ExplainInput{Indicator: "resolution_overdue", Now: c.Now, Items: c.Items, Meetings: c.Meetings, Sent: c.Sent, Units: c.Units})
	return map[string]any{
		"overview":    cityOverview(t, c),
		"units":       view.NewUnitList(view.UnitListInput{Now: c.Now, Units: c.Units}),
		"unit":        cityUnit(t, c, 2),
		"meetings":    meetingsPage{meetings, 74},
		"resolutions": cityItems(c, view.ItemFilter{Open: "r-990102-2024-annual-n-6"}),
		"findings":    view.NewFindings(view.FindingsInput{Now: c.Now, Findings: c.Findings}),
		"regimes":     view.NewRegimes(view.RegimesInput{Now: c.Now, Findings: c.Findings}),
		"explain":     explainPage{explain, "/explain"},
		"move":        cityMove(c),
		"move_score":  cityScoreMove(c),
		"source": view.NewSource(view.SourceInput{
			Sheets: []view.SheetGrid{{Name: c.Items[0].Title, Rows: [][]view.SheetCell{{{Text: c.Items[0].Title}}}}}, Cell: "A1",
		}),
	}
}

func TestStoredTextStaysTextOnEveryPage(t *testing.T) {
	t.Parallel()
	const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(1)>"'`
	w, c := newSite(t), viewtest.New(t)
	for i := range c.Items {
		x := &c.Items[i]
		x.Title, x.LeadUnit, x.Owner, x.Progress, x.UnitName, x.File, x.Category = hostile, hostile, hostile, hostile, hostile, hostile, hostile
		x.Source.Sheet = hostile
	}
	for i := range c.Meetings {
		x := &c.Meetings[i]
		x.ChairName, x.ChairTitle, x.UnitName, x.Publicity, x.MinutesNumber, x.File = hostile, hostile, hostile, hostile, hostile, hostile
	}
	for i := range c.Findings {
		c.Findings[i].Observed, c.Findings[i].Short, c.Findings[i].Items = hostile, hostile, []string{hostile}
	}
	for _, m := range c.History {
		for i := range m.Units {
			m.Units[i].Unit.Name = hostile
		}
	}
	for i := range c.Units {
		c.Units[i].Name, c.Units[i].Aliases = hostile, []string{hostile}
	}
	for name, data := range cityPages(t, c) {
		r := show(t, w, name, data)
		if len(r.all("img", "")) > 0 {
			t.Errorf("%s: stored text became an element", name)
		}
		for _, n := range r.all("script", "") {
			if attr(n, "type") != "application/json" || strings.Contains(textOf(n), "<") {
				t.Errorf("%s: stored text left its script: %.200s", name, textOf(n))
			}
		}
		if name != "regimes" && !strings.Contains(r.text, "&lt;img src=x") {
			t.Errorf("%s does not show the text at all", name)
		}
	}
}

func TestLedgerPage(t *testing.T) {
	t.Parallel()
	w, c := newSite(t), viewtest.New(t)
	r := show(t, w, "resolutions", cityItems(c, view.ItemFilter{Sort: "overdue", Falling: true, Open: "r-990102-2024-annual-n-6"}))
	if got := r.one("a", "btn-main"); got != "导出所示 61 行" {
		t.Errorf("export = %s", got)
	}
	sorted := 0
	for _, h := range r.all("th", "") {
		if s := attr(h, "aria-sort"); s != "" {
			sorted++
			if s != "descending" || textOf(h) != "逾期天数" {
				t.Errorf("%s is sorted %s", textOf(h), s)
			}
		}
	}
	if sorted != 1 {
		t.Errorf("%d columns say that they are sorted", sorted)
	}
	if n := len(r.all("tr", "detail")); n != 1 || len(r.all("tr", "is-open")) != 1 {
		t.Errorf("%d rows are open, want one", n)
	}
	for _, a := range r.all("a", "cell-ref") {
		if !strings.HasPrefix(attr(a, "href"), "/source/S") {
			t.Errorf("cell %s opens %q", textOf(a), attr(a, "href"))
		}
	}
	empty := show(t, w, "resolutions", cityItems(c, view.ItemFilter{Session: "1999", Search: "没有"}))
	if got := empty.one("div", "blank"); !strings.Contains(got, "没有符合条件的事项") || !strings.Contains(got, "清除条件，看全部 61 项") {
		t.Errorf("empty ledger says %s", got)
	}
}

func TestUnitPage(t *testing.T) {
	t.Parallel()
	w, c := newSite(t), viewtest.New(t)
	r := show(t, w, "unit", cityUnit(t, c, 2))
	if n := len(r.all("li", "step")); n != 7 {
		t.Errorf("%d steps, want 7", n)
	}
	if n := len(r.all("div", "finding")); n != 4 || len(r.all("blockquote", "clause")) != 4 {
		t.Errorf("%d findings, each with its clause's words; want 4", n)
	}
	if !strings.Contains(textOf(r.all("tfoot", "")[0]), "49.10") {
		t.Errorf("score sheet sums to %s", textOf(r.all("tfoot", "")[0]))
	}
}

func TestExplainPageSaysWhenRowsDoNotAddUp(t *testing.T) {
	t.Parallel()
	w, c := newSite(t), viewtest.New(t)
	c.Now.Total["resolution_overdue"] = queries.Pair{Num: 1, Den: 2}
	r := show(t, w, "explain", cityPages(t, c)["explain"])
	if got := r.one("span", "bad"); !strings.Contains(got, "不一致") {
		t.Errorf("foot = %s", got)
	}
}

func TestSourcePageLightsOneCell(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	s := view.NewSource(view.SourceInput{
		Sheets: []view.SheetGrid{{
			Name: "会议召开", Rows: [][]view.SheetCell{{{Text: "标题"}}, {{Text: "1"}, {Text: "=cmd()"}}},
			Merges: []view.Merge{{FromRow: 1, FromColumn: 1, ToRow: 1, ToColumn: 2}},
		}},
		Sheet: "会议召开", Cell: "B2", Also: []string{"A2", "B2"},
	})
	r := show(t, w, "source", s)
	if got := r.one("td", "lit"); got != "=cmd()" {
		t.Errorf("lit cell = %s", got)
	}
	if merged := r.all("td", "merged"); len(merged) != 1 || attr(merged[0], "colspan") != "2" {
		t.Errorf("%d merged cells", len(merged))
	}
	if got := r.one("td", "used"); got != "1" {
		t.Errorf("cell of the same matter = %s", got)
	}
}
