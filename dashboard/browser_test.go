//go:build browser

package dashboard

import (
	"context"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	paper "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/period"
)

// window is a real browser at a running site. It collects what the console says and every address asked for.
type window struct {
	ctx  context.Context
	base string

	mu      sync.Mutex
	console []string
	asked   []string
}

// openBrowser opens a window on a site with one county's report in it, signed in as a supervisor.
func openBrowser(t *testing.T) *window {
	t.Helper()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	nothing := workbook(t, "东湖区", func(f *ingest.Form) { // four quarters make a line
		f.Quarter, f.Cover.PeriodText = period.MustQuarter("2024Q1"), "2024年第一季度"
		f.Meetings, f.Resolutions = nil, nil
	})
	w.handIn(t, auth.Supervisor, file{"东湖区一季度.xlsx", nothing}, file{"东湖区.xlsx", workbook(t, "东湖区")})
	b := openWindow(t, w)
	for _, c := range w.as(auth.Supervisor).cookies {
		b.run(t, network.SetCookie(c.Name, c.Value).WithURL(b.base))
	}
	return b
}

// openWindow fails, and does not skip, where there is no Chromium: `make test` installs it.
func openWindow(t *testing.T, w *site) *window {
	t.Helper()
	exe := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			exe = path
			break
		}
	}
	if exe == "" {
		t.Fatal("no chromium on PATH: run `make test`, which installs it")
	}
	site := httptest.NewServer(w.server.Handler())
	t.Cleanup(site.Close)

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(exe), chromedp.NoSandbox, chromedp.WindowSize(1366, 768))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(stop)
	b := &window{ctx: ctx, base: site.URL}
	chromedp.ListenTarget(ctx, b.listen)
	b.run(t, log.Enable(), network.Enable(), emulation.SetDeviceMetricsOverride(1366, 768, 1, false))
	return b
}

func (b *window) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		for _, a := range e.Args {
			b.console = append(b.console, string(e.Type)+": "+string(a.Value))
		}
	case *runtime.EventExceptionThrown:
		b.console = append(b.console, e.ExceptionDetails.Error())
	case *log.EventEntryAdded: // what the policy refused, what could not be loaded
		b.console = append(b.console, string(e.Entry.Level)+": "+e.Entry.Text)
	case *network.EventRequestWillBeSent:
		b.asked = append(b.asked, e.Request.URL)
	}
}

func (b *window) run(t *testing.T, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

func (b *window) open(t *testing.T, path string) {
	t.Helper()
	b.run(t, chromedp.Navigate(b.base+path), chromedp.WaitReady("main"))
}

func (b *window) eval(t *testing.T, script string, into any) {
	t.Helper()
	b.run(t, chromedp.Evaluate(script, into))
}

// drawn counts the charts of a page and those of them that hold more than one colour.
const drawn = `(() => {
  const all = [...document.querySelectorAll('.chart')];
  const inked = all.filter(el => {
    const canvas = el.querySelector('canvas');
    if (!canvas) return false;
    const px = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    const seen = new Set();
    for (let i = 0; i < px.length && seen.size < 4; i += 4) if (px[i + 3] > 0) seen.add(px[i] << 16 | px[i + 1] << 8 | px[i + 2]);
    return seen.size >= 4;
  });
  return [all.length, inked.length];
})()`

func TestBrowserDrawsEveryChart(t *testing.T) {
	b := openBrowser(t)
	for path, want := range map[string]int{"/": 3, "/unit/" + string(donghu): 2} {
		b.open(t, path)
		var got [2]int
		b.eval(t, drawn, &got)
		if got[0] != want || got[1] != want {
			t.Errorf("%s: %d charts, %d drawn, want %d", path, got[0], got[1], want)
		}
	}
}

func TestBrowserConsoleIsSilentAndNothingLeaves(t *testing.T) {
	b := openBrowser(t)
	paths := []string{
		"/", "/unit", "/unit/" + string(donghu), "/meetings", "/resolutions", "/findings", "/regimes?compare=bayannur-2024",
		"/explain?indicator=resolution_completion", "/submissions",
	}
	for _, path := range paths {
		b.open(t, path)
	}
	var cell string
	b.open(t, "/resolutions")
	b.eval(t, `document.querySelector('tbody .cell-ref').getAttribute('href')`, &cell)
	b.open(t, cell)
	var lit string
	b.eval(t, `document.querySelector('td.lit').textContent`, &lit)
	if lit == "" {
		t.Error("the cell that an item opens is not lit")
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, line := range b.console {
		t.Errorf("console: %s", line)
	}
	host, err := url.Parse(b.base)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range b.asked {
		if u, err := url.Parse(a); err != nil || u.Host != host.Host && u.Scheme != "data" && u.Scheme != "blob" {
			t.Errorf("a request left the machine: %s", a)
		}
	}
	if len(b.asked) < len(paths) {
		t.Errorf("only %d requests were seen", len(b.asked))
	}
}

func TestBrowserPagesFitTheWindow(t *testing.T) {
	b := openBrowser(t)
	for _, size := range [][2]int64{{1366, 768}, {1920, 1080}} {
		b.run(t, emulation.SetDeviceMetricsOverride(size[0], size[1], 1, false))
		for _, path := range []string{"/", "/unit/" + string(donghu), "/meetings", "/resolutions", "/findings", "/regimes"} {
			b.open(t, path)
			var wide bool
			b.eval(t, `document.documentElement.scrollWidth > document.documentElement.clientWidth`, &wide)
			if wide {
				t.Errorf("%s scrolls sideways at %d", path, size[0])
			}
		}
	}
	b.run(t, emulation.SetDeviceMetricsOverride(1366, 768, 1, false))
	b.open(t, "/")
	var bottom float64
	b.eval(t, `Math.max(...[...document.querySelectorAll('.rank tbody tr')].map(r => r.getBoundingClientRect().bottom))`, &bottom)
	if bottom > 768 {
		t.Errorf("the ranking ends %.0f px down, below the fold", bottom)
	}
}

// focused describes the element that has the focus.
const focused = `(() => { const e = document.activeElement; return e.tagName + ' ' + (e.id || e.name || '') + ' ' + (e.getAttribute('href') || '') + (e.dataset.step === undefined ? '' : ' step'); })()`

// tabTo presses Tab until the focus is where want says.
func (b *window) tabTo(t *testing.T, want string) {
	t.Helper()
	at := ""
	for range 80 {
		b.run(t, chromedp.KeyEvent(kb.Tab))
		b.eval(t, focused, &at)
		if strings.Contains(at, want) {
			var ring string
			b.eval(t, `getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow + getComputedStyle(document.activeElement.closest('label,div,form') || document.body).outlineStyle`, &ring)
			if strings.Count(ring, "none") == 3 {
				t.Errorf("%s has the focus and nothing shows it", at)
			}
			return
		}
	}
	t.Errorf("80 tabs do not reach %q; the last was %s", want, at)
}

func TestBrowserKeyboardReachesTheWork(t *testing.T) {
	b := openBrowser(t)
	b.open(t, "/")
	b.run(t, chromedp.KeyEvent(kb.Tab))
	var first string
	b.eval(t, focused, &first)
	if !strings.Contains(first, "#main") {
		t.Errorf("the first tab reaches %q, want the link to the text", first)
	}
	b.tabTo(t, " step") // the first unit of the ranking
	var unit, at string
	b.eval(t, focused, &unit)
	b.run(t, chromedp.KeyEvent("j"))
	b.eval(t, focused, &at)
	if !strings.Contains(unit, "/unit/") || !strings.Contains(at, "/unit/") || at == unit {
		t.Errorf("J goes from %q to %q, want the next unit", unit, at)
	}
	b.run(t, chromedp.KeyEvent("k"))
	if b.eval(t, focused, &at); at != unit {
		t.Errorf("K goes to %q, want back to %q", at, unit)
	}
	b.open(t, "/resolutions")
	b.run(t, chromedp.KeyEvent("/"))
	b.eval(t, focused, &at)
	if !strings.HasPrefix(at, "INPUT f-q") {
		t.Errorf("/ goes to %q, want the search field", at)
	}
	b.open(t, "/submissions")
	b.tabTo(t, "INPUT up")
}

func TestBrowserEscClosesAndSearchNarrows(t *testing.T) {
	b := openBrowser(t)
	b.open(t, "/")
	var open []bool
	b.run(t, chromedp.Click(`details.ev summary`, chromedp.ByQuery))
	b.eval(t, `[...document.querySelectorAll('details.ev')].map(d => d.open)`, &open)
	if !open[0] {
		t.Fatal("a click does not open the box")
	}
	b.run(t, chromedp.KeyEvent(kb.Escape))
	b.eval(t, `[...document.querySelectorAll('details.ev')].map(d => d.open)`, &open)
	if open[0] {
		t.Error("Esc does not close the box")
	}
	b.open(t, "/resolutions")
	var before, after int
	const rows = `[...document.querySelectorAll('tr[data-row]')].filter(r => !r.hidden).length`
	b.eval(t, rows, &before)
	b.run(t, chromedp.SendKeys(`#f-q`, "没有这样的事项", chromedp.ByQuery))
	b.eval(t, rows, &after)
	var said string
	b.eval(t, `document.querySelector('.quick-said').textContent`, &said)
	if before == 0 || after != 0 || !strings.Contains(said, "有 0 行含") {
		t.Errorf("%d rows, %d after typing, said %q", before, after, said)
	}
}

func TestBrowserPrintsTheOverviewOnOnePage(t *testing.T) {
	b := openBrowser(t)
	b.open(t, "/")
	var pdf []byte
	b.run(t, chromedp.ActionFunc(func(ctx context.Context) error {
		var err error
		pdf, _, err = paper.PrintToPDF().WithPrintBackground(true).WithPreferCSSPageSize(true).Do(ctx)
		return err
	}))
	if n := strings.Count(string(pdf), "/Type /Page\n"); n != 1 {
		t.Errorf("the overview prints on %d pages, want one", n)
	}
}
