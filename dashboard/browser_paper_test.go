//go:build browser

package dashboard

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"liandu/internal/auth"
)

// TestPaperIsBrokenIntoSheets: what only a browser knows of a paper: sheets of A4 that hold what stands on them, the whole
// text in its order, heads of tables again, and figures that open.
func TestPaperIsBrokenIntoSheets(t *testing.T) {
	w := newSite(t)
	w.account(auth.Supervisor, "")
	w.setPapers(t)
	w.handIn(t, auth.Supervisor, file{"西岭区.xlsx", workbook(t, "西岭区")})
	b := openWindow(t, w)
	for _, c := range w.as(auth.Supervisor).cookies {
		b.run(t, network.SetCookie(c.Name, c.Value).WithURL(b.base))
	}
	var sheets, runs, over, links int
	var height, width float64
	var first, text string
	b.run(t,
		chromedp.Navigate(b.base+"/documents/draft?period=2024Q4&paper=notice"),
		chromedp.WaitVisible(".sheet-a4"),
		chromedp.Evaluate(`document.querySelectorAll('.sheet-a4').length`, &sheets),
		chromedp.Evaluate(`document.querySelectorAll('.pp-run').length`, &runs),
		chromedp.Evaluate(`Array.from(document.querySelectorAll('.sheet-area')).filter(function (a) { return a.scrollHeight > a.clientHeight + 1; }).length`, &over),
		chromedp.Evaluate(`document.querySelectorAll('.sheet-area a.fig').length`, &links),
		chromedp.Evaluate(`document.querySelector('.sheet-a4').getBoundingClientRect().height / 96 * 25.4`, &height),
		chromedp.Evaluate(`document.querySelector('.sheet-a4').getBoundingClientRect().width / 96 * 25.4`, &width),
		chromedp.Evaluate(`document.querySelector('.sheet-no').textContent`, &first),
		chromedp.Evaluate(`document.querySelector('.paper').textContent.replace(/\s/g, '')`, &text),
	)
	if sheets < 5 || runs != 0 || over != 0 || links < 20 {
		t.Errorf("%d sheets, %d runs left, %d overflow, %d figures open", sheets, runs, over, links)
	}
	if height < 296 || height > 298 || width < 209 || width > 211 || first != "— 1 —" {
		t.Errorf("the first sheet is %.1f mm × %.1f mm, numbered %q", width, height, first)
	}
	for _, words := range []string{"云州市总工会文件", "一、召开情况", "附件1"} {
		if !strings.Contains(text, words) {
			t.Errorf("the sheets do not say %q", words)
		}
	}
	if len(b.console) > 0 {
		t.Errorf("console: %v", b.console)
	}
}
