//go:build browser

package dashboard

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/period"
	"liandu/internal/record"
)

// TestBrowserChoosesAllItems: one box chooses every item of the page and says how many; the page then says they are checked.
func TestBrowserChoosesAllItems(t *testing.T) {
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.accepted(t, file{"东湖区.xlsx", workbook(t, "东湖区", func(f *ingest.Form) {
		f.Resolutions[0].Status, f.Resolutions[0].CompletedOn = record.StatusCompleted, period.MustDate("2024-11-20")
		second := f.Resolutions[0]
		second.ItemNo, second.Title = "2", "职工之家建设"
		f.Resolutions = append(f.Resolutions, second)
	})})
	win := openWindow(t, w)
	var said, after string
	win.run(t,
		chromedp.Navigate(win.base+"/closing?period=2024Q4"),
		chromedp.WaitVisible("#login"),
		chromedp.SendKeys("#login", "supervisor"),
		chromedp.SendKeys("#password", goodPassword),
		chromedp.Submit("#password"),
		chromedp.WaitVisible("#check .pick-all"),
		chromedp.Click("#check .pick-all"),
		chromedp.Text("#check [data-picked]", &said),
		chromedp.Click("#check button"),
		chromedp.WaitVisible(".toast"),
		chromedp.Text("main", &after),
	)
	if said != "已选 2 项" {
		t.Errorf("the page says %q", said)
	}
	if !strings.Contains(after, "待销号 2 项") || !strings.Contains(after, "请另一名督导人员登录后销号") {
		t.Errorf("after 复核:\n%s", after)
	}
	for _, line := range win.console {
		t.Errorf("console: %s", line)
	}
}
