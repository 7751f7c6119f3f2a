//go:build browser

package dashboard

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"liandu/ingest"
	"liandu/internal/auth"
)

// TestBrowserUploads signs in by keyboard alone, sends three files at once and reads what became of each by cell.
func TestBrowserUploads(t *testing.T) {
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
	var list, result, accepted, problem string
	win.run(t,
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
		chromedp.WaitVisible("#batch"),
		chromedp.Text("main", &result),
		chromedp.Click("#waiting .panel-more button"),
		chromedp.WaitNotPresent("#waiting"),
		chromedp.Text("main", &accepted),
		chromedp.NavigateBack(),
		chromedp.WaitVisible("#batch"),
		chromedp.Click(`//section[@id="batch"]//tr[contains(., "西岭区.xlsx")]//a`),
		chromedp.WaitVisible(".verdict-red"),
		chromedp.Text("main", &problem),
	)
	for _, want := range []string{"东湖区.xlsx", "待受理", "西岭区.xlsx", "退回改正", "错误 1", "说明.pdf", "共 3 个文件，全部处理完", "看本批 3 个文件的结果和各单位汇总"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list of uploads does not say %q:\n%s", want, list)
		}
	}
	for _, want := range []string{"本批文件", "3 个文件：", "待受理 1 个：东湖区", "全部受理（无须说明的 1 份）"} {
		if !strings.Contains(result, want) {
			t.Errorf("the batch's page does not say %q:\n%s", want, result)
		}
	}
	if !strings.Contains(accepted, "已受理 1 份") && !strings.Contains(accepted, "已报 1 个") {
		t.Errorf("the page after accepting all does not say so:\n%s", accepted)
	}
	for _, want := range []string{"E2", "（空白）", "须退回改正"} {
		if !strings.Contains(problem, want) {
			t.Errorf("the refused file's page does not say %q:\n%s", want, problem)
		}
	}
	for _, line := range win.console {
		// The refused files' 422 is an error to the browser and an answer to us.
		if !strings.Contains(line, "status of 422") {
			t.Errorf("console: %s", line)
		}
	}
	for _, where := range win.asked {
		if !strings.HasPrefix(where, win.base+"/") {
			t.Errorf("a request left for %s", where)
		}
	}
}
