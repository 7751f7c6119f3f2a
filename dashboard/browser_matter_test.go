//go:build browser

package dashboard

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"liandu/internal/auth"
)

// TestBrowserLongNamesStayOnThePage: a title without a break does not widen a matter's page.
func TestBrowserLongNamesStayOnThePage(t *testing.T) {
	w := newSite(t)
	w.account(auth.Supervisor, "")
	b := w.as(auth.Supervisor)
	r := b.post("/matters/new?period=2024Q4", url.Values{"unit": {"990102"}, "title": {strings.Repeat("x", 200)}, "words": {strings.Repeat("y", 900)}})
	id, _, _ := strings.Cut(strings.TrimPrefix(r.Header().Get("Location"), "/matters/"), "?")
	if !strings.HasPrefix(id, "M") {
		t.Fatalf("立项 = %d %s", r.Code, r.Body)
	}
	win := openWindow(t, w)
	var over int
	win.run(t,
		chromedp.Navigate(win.base+"/matters/"+id),
		chromedp.WaitVisible("#login"),
		chromedp.SendKeys("#login", "supervisor"),
		chromedp.SendKeys("#password", goodPassword),
		chromedp.Submit("#password"),
		chromedp.WaitVisible(".matter-log"),
		chromedp.Evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth", &over),
	)
	if over > 0 {
		t.Errorf("the page is %d pixels too wide", over)
	}
}
