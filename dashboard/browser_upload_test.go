//go:build browser

package dashboard

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"liandu/ingest"
	"liandu/internal/auth"
)

// window is a real browser on a running site. It notes what its console said and every request it made.
type window struct {
	ctx  context.Context
	base string

	mu      sync.Mutex
	console []string
	asked   []string
}

func openWindow(t *testing.T, w *site) *window {
	t.Helper()
	srv := httptest.NewServer(w.server.Handler())
	t.Cleanup(srv.Close)
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1366, 768))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	win := &window{ctx: ctx, base: srv.URL}
	chromedp.ListenTarget(ctx, win.hear)
	win.do(t, network.Enable(), log.Enable(), runtime.Enable())
	return win
}

func (win *window) hear(event any) {
	win.mu.Lock()
	defer win.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		for _, a := range e.Args {
			win.console = append(win.console, string(a.Value))
		}
	case *runtime.EventExceptionThrown:
		win.console = append(win.console, e.ExceptionDetails.Error())
	case *log.EventEntryAdded:
		// Answers such as 422 to an upload are told as errors too; they are looked at where they are expected.
		if e.Entry.Source != log.SourceNetwork {
			win.console = append(win.console, e.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		win.asked = append(win.asked, e.Request.URL)
	}
}

func (win *window) do(t *testing.T, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(win.ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// quiet fails the test when the console said anything or a request left for another host.
func (win *window) quiet(t *testing.T) {
	t.Helper()
	win.mu.Lock()
	defer win.mu.Unlock()
	for _, line := range win.console {
		t.Errorf("console: %s", line)
	}
	for _, where := range win.asked {
		if !strings.HasPrefix(where, win.base+"/") && !strings.HasPrefix(where, "data:") {
			t.Errorf("a request left for %s", where)
		}
	}
}

// TestUploadInABrowser signs in by keyboard alone, sends three files at once and reads what became of each by cell.
func TestUploadInABrowser(t *testing.T) {
	w := newSite(t)
	w.account(auth.Supervisor, "")
	dir := t.TempDir()
	var paths []string
	for _, f := range []file{
		{"东湖区.xlsx", workbook(t, "东湖区")},
		{"西岭区.xlsx", workbook(t, "西岭区", func(f *ingest.Form) { f.Resolutions[0].Title = "" })},
		{"说明.pdf", []byte("%PDF-1.7 x")},
	} {
		path := filepath.Join(dir, f.name)
		if err := os.WriteFile(path, f.body, 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	win := openWindow(t, w)
	var list, result, problem string
	win.do(t,
		chromedp.Navigate(win.base+"/submissions"),
		chromedp.WaitVisible("#login"),
		chromedp.KeyEvent("supervisor"), // the field has the focus
		chromedp.KeyEvent(kb.Tab),
		chromedp.KeyEvent(goodPassword),
		chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(".upload-form.is-live"),
		chromedp.SetUploadFiles("#up", paths),
		chromedp.WaitVisible(".upload-done a"),
		chromedp.Text(".upload-list", &list),
		chromedp.Click(".upload-done a"),
		chromedp.WaitVisible(".verdict"),
		chromedp.Text("main", &result),
		chromedp.Click(`//a[contains(@class, "file") and contains(., "西岭区.xlsx")]`),
		chromedp.WaitVisible(".verdict-red"),
		chromedp.Text("main", &problem),
	)
	for _, want := range []string{"东湖区.xlsx", "第 1 版", "西岭区.xlsx", "退回改正", "错误 1", "说明.pdf", "看本批 3 个文件的结果"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list of uploads does not say %q:\n%s", want, list)
		}
	}
	for _, want := range []string{"本批文件", "第 1 版已接收"} {
		if !strings.Contains(result, want) {
			t.Errorf("the batch's page does not say %q:\n%s", want, result)
		}
	}
	for _, want := range []string{"E2", "（空白）", "须退回改正"} {
		if !strings.Contains(problem, want) {
			t.Errorf("the refused file's page does not say %q:\n%s", want, problem)
		}
	}
	win.quiet(t)
}
