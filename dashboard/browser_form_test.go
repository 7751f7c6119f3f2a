//go:build browser

package dashboard

import (
	"testing"

	"github.com/chromedp/chromedp"

	"liandu/internal/auth"
)

// TestBrowserSendsAFormOnce sends a form twice at once, as by a double click: the second is stopped.
func TestBrowserSendsAFormOnce(t *testing.T) {
	w := newSite(t)
	w.account(auth.Supervisor, "")
	win := openWindow(t, w)
	var stopped int
	win.run(t,
		chromedp.Navigate(win.base+"/matters/new?unit="+string(donghu)),
		chromedp.WaitVisible("#login"),
		chromedp.SendKeys("#login", "supervisor"),
		chromedp.SendKeys(`input[type="password"]`, goodPassword),
		chromedp.Submit("#login"),
		chromedp.WaitVisible("#title"),
		chromedp.Evaluate(`(function () {
			var form = document.querySelector('#title').form, stopped = 0;
			document.addEventListener('submit', function (e) { if (e.defaultPrevented) stopped++; e.preventDefault(); });
			form.requestSubmit();
			form.requestSubmit();
			return stopped;
		})()`, &stopped),
	)
	if stopped != 1 {
		t.Errorf("%d of two sends stopped, want the second", stopped)
	}
}
