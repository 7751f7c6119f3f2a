package dashboard

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"liandu/internal/auth"
)

func TestFirstAdministrator(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	b := w.browser()
	if r := b.get("/signin"); r.Header().Get("Location") != "/setup" {
		t.Fatalf("without an administrator sign-in goes to %q, want /setup", r.Header().Get("Location"))
	}
	code, err := w.auth.StartCode()
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"code": {"AAAA-BBBB-CCCC"}, "login": {"liwenjing"}, "name": {"李文静"}, "password": {goodPassword}, "again": {goodPassword}}
	r := b.post("/setup", form)
	if r.Code != http.StatusUnauthorized {
		t.Errorf("wrong code = %d, want 401", r.Code)
	}
	holds(t, r, "一次性代码不正确", `value="liwenjing"`, `value="李文静"`, `value="AAAA-BBBB-CCCC"`)
	form.Set("code", strings.ToLower(code))
	form.Set("password", "Admin@123")
	form.Set("again", "Admin@123")
	holds(t, b.post("/setup", form), "太常见")
	form.Set("password", goodPassword)
	holds(t, b.post("/setup", form), "两次输入的新密码不一致")
	form.Set("again", goodPassword)
	if r := b.post("/setup", form); r.Code != http.StatusSeeOther || len(b.cookies) == 0 {
		t.Fatalf("right code = %d %s", r.Code, r.Body)
	}
	form.Set("login", "another")
	if r := w.browser().post("/setup", form); r.Code != http.StatusConflict {
		t.Errorf("code used again = %d, want 409", r.Code)
	}
}

func TestSigninKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Administrator, "")
	r := w.browser().post("/signin", url.Values{"login": {`li"><script>x`}, "password": {"wrong"}, "next": {"/findings"}})
	if r.Code != http.StatusUnauthorized {
		t.Errorf("wrong password = %d, want 401", r.Code)
	}
	holds(t, r, "账号或密码不正确", `value="li&#34;&gt;&lt;script&gt;x"`, `value="/findings"`)
}

func TestLockOut(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Administrator, "")
	w.account(auth.Leader, "")
	try := func(login, password, forwarded string) int {
		b := w.browser()
		b.header["X-Forwarded-For"] = forwarded
		return b.post("/signin", url.Values{"login": {login}, "password": {password}}).Code
	}
	for i := range 5 {
		if got := try("leader", "wrong", "10.9.9."+string(rune('1'+i))); got != http.StatusUnauthorized {
			t.Fatalf("failure %d = %d, want 401", i+1, got)
		}
	}
	if got := try("leader", goodPassword, ""); got != http.StatusLocked {
		t.Errorf("right password after five failures = %d, want 423", got)
	}
	if got := try("administrator", goodPassword, ""); got != http.StatusSeeOther {
		t.Errorf("another account = %d, want 303", got)
	}
	w.wait(10 * time.Minute)
	if got := try("leader", goodPassword, ""); got != http.StatusSeeOther {
		t.Errorf("after ten minutes = %d, want 303", got)
	}
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()
	alive := func(b *browser) bool { return b.get("/password").Code == http.StatusOK }
	for _, tc := range []struct {
		name string
		do   func(w *site, b *browser)
		want bool
	}{
		{"just signed in", func(*site, *browser) {}, true},
		{"used within 30 minutes", func(w *site, b *browser) {
			for range 10 {
				w.wait(29 * time.Minute)
				b.get("/password")
			}
		}, true},
		{"idle for 30 minutes", func(w *site, _ *browser) { w.wait(30 * time.Minute) }, false},
		{"12 hours old", func(w *site, b *browser) {
			for range 25 {
				w.wait(29 * time.Minute)
				b.get("/password")
			}
		}, false},
		{"signed out", func(_ *site, b *browser) {
			kept := *b.cookies["liandu"]
			b.post("/signout", nil)
			b.cookies["liandu"] = &kept
		}, false},
		{"password reset", func(w *site, _ *browser) {
			if err := w.auth.Reset(t.Context(), "系统", "supervisor", "Hai-Yun-9zhou"); err != nil {
				t.Error(err)
			}
		}, false},
		{"disabled", func(w *site, _ *browser) {
			if err := w.auth.SetDisabled(t.Context(), "系统", "supervisor", true); err != nil {
				t.Error(err)
			}
		}, false},
		{"disabled by another process's service", func(w *site, _ *browser) {
			other := auth.New(auth.Deps{Store: w.store, Now: w.now, Cost: quick})
			if err := other.SetDisabled(t.Context(), "系统", "supervisor", true); err != nil {
				t.Error(err)
			}
		}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newSite(t)
			w.account(auth.Administrator, "")
			w.account(auth.Supervisor, "")
			b := w.as(auth.Supervisor)
			tc.do(w, b)
			if got := alive(b); got != tc.want {
				t.Errorf("session alive = %v, want %v", got, tc.want)
			}
		})
	}
}

func TestSessionIsNewAtSignin(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Administrator, "")
	b := w.as(auth.Administrator)
	old := *b.cookies["liandu"]
	b.post("/signin", url.Values{"login": {"administrator"}, "password": {goodPassword}})
	if b.cookies["liandu"].Value == old.Value {
		t.Error("sign-in kept the session's token")
	}
	replay := w.browser()
	replay.cookies["liandu"] = &old
	if r := replay.get("/password"); r.Code != http.StatusSeeOther {
		t.Errorf("old token = %d, want a redirect to sign-in", r.Code)
	}
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Leader, "")
	b, elsewhere := w.as(auth.Leader), w.as(auth.Leader)
	form := url.Values{"old": {"not it"}, "password": {"Hai-Yun-9zhou"}, "again": {"Hai-Yun-9zhou"}}
	holds(t, b.post("/password", form), "原密码不正确")
	form.Set("old", goodPassword)
	if r := b.post("/password", form); r.Code != http.StatusSeeOther {
		t.Fatalf("change password = %d %s", r.Code, r.Body)
	}
	if r := b.get("/password"); r.Code != http.StatusOK {
		t.Errorf("the browser that changed it = %d, want 200", r.Code)
	}
	if r := elsewhere.get("/password"); r.Code != http.StatusSeeOther {
		t.Errorf("another browser = %d, want a redirect to sign-in", r.Code)
	}
}

func TestDemoLink(t *testing.T) {
	t.Parallel()
	w := newSite(t, func(d *Deps) { d.Demo = true })
	code, err := w.auth.StartDemo()
	if err != nil {
		t.Fatal(err)
	}
	far := w.browser()
	if r := far.get("/demo?key=" + code); r.Code != http.StatusNotFound {
		t.Errorf("from another machine = %d, want 404", r.Code)
	}
	proxied := w.browser()
	proxied.from, proxied.header["X-Forwarded-For"] = "127.0.0.1:1", "10.1.1.7"
	if r := proxied.get("/demo?key=" + code); r.Code != http.StatusNotFound {
		t.Errorf("through a proxy = %d, want 404", r.Code)
	}
	near := w.browser()
	near.from = "127.0.0.1:40000"
	if r := near.get("/demo?key=" + code); r.Code != http.StatusSeeOther || r.Header().Get("Location") != "/" {
		t.Fatalf("from this machine = %d to %q, want 303 to /", r.Code, r.Header().Get("Location"))
	}
	if r := near.get("/password"); r.Code != http.StatusOK {
		t.Errorf("after the link = %d, want 200", r.Code)
	}
	second := w.browser()
	second.from = "127.0.0.1:40001"
	if r := second.get("/demo?key=" + code); r.Code != http.StatusUnauthorized {
		t.Errorf("the link again = %d, want 401", r.Code)
	}
	plain := newSite(t)
	b := plain.browser()
	b.from = "127.0.0.1:1"
	if r := b.get("/demo?key=" + code); r.Code != http.StatusNotFound {
		t.Errorf("without --demo = %d, want 404", r.Code)
	}
}
