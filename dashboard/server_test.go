package dashboard

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"liandu/internal/auth"
	"liandu/internal/record"
)

func TestCookieUnderTLS(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Leader, "")
	srv := httptest.NewTLSServer(w.server.Handler())
	defer srv.Close()
	client := srv.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	r, err := client.PostForm(srv.URL+"/signin", url.Values{"login": {"leader"}, "password": {goodPassword}})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if len(r.Cookies()) != 1 {
		t.Fatalf("sign-in set %d cookies", len(r.Cookies()))
	}
	c := r.Cookies()[0]
	if !strings.HasPrefix(c.Name, "__Host-") || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
		t.Errorf("cookie under TLS is %s", c)
	}
}

func TestServeStopsGracefully(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.server.Serve(ctx, ln, nil) }()
	r, err := http.Get("http://" + ln.Addr().String() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil || r.Body.Close() != nil || string(body) != `{"status":"ok"}` {
		t.Errorf("healthz says %q, %v", body, err)
	}
	stop()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("Serve = %v, want nil after a wanted stop", err)
		}
	case <-time.After(stopTimeout):
		t.Error("Serve did not stop")
	}
}

func TestSameFileManyTimesAtOnce(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Supervisor, "")
	body := workbook(t, "东湖区")
	signed := w.as(auth.Supervisor)
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			b := w.browser()
			for k, v := range signed.cookies {
				b.cookies[k] = v
			}
			if r := b.upload("/api/v1/submissions", nil, file{"东湖区.xlsx", body}); r.Code != http.StatusOK {
				t.Errorf("one of many = %d %s", r.Code, r.Body)
			}
		})
	}
	wg.Wait()
	counts := map[record.SubmissionStatus]int{}
	for _, r := range w.files(t) {
		counts[r.Status]++
	}
	if counts[record.Accepted] != 1 || counts[record.Duplicate] != 11 {
		t.Errorf("12 uploads of one file gave %v, want 1 accepted and 11 duplicates", counts)
	}
}

func TestRefusalsDoNotFillTheLog(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Leader, "")
	b := w.as(auth.Leader)
	for range refusalsPerMinute + 5 {
		if r := b.get("/admin"); r.Code != http.StatusForbidden {
			t.Fatalf("leader at /admin = %d", r.Code)
		}
	}
	if got := len(w.audit(t, "access.refused")); got != refusalsPerMinute {
		t.Errorf("%d lines, want %d", got, refusalsPerMinute)
	}
	w.wait(time.Minute)
	b.get("/admin")
	if got := len(w.audit(t, "access.refused")); got != refusalsPerMinute+1 {
		t.Errorf("%d lines a minute later, want one more", got)
	}
}
