package dashboard

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liandu/internal/auth"
)

func TestAudit(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Administrator, "")
	w.account(auth.Auditor, "")
	w.browser().post("/signin", url.Values{"login": {"nobody\nADMIN ok"}, "password": {"Secret-Pass-1"}})
	b := w.as(auth.Auditor)
	r := b.get("/audit")
	holds(t, r, "登录失败", "账号变更", "nobodyadminok", "审计员（auditor）", "来自 10.1.1.7")
	for _, secret := range []string{"argon2", "Secret-Pass-1", goodPassword} {
		if strings.Contains(r.Body.String(), secret) {
			t.Errorf("the log shows %q", secret)
		}
	}
	if r := b.get("/audit?action=session&actor=auditor"); strings.Contains(r.Body.String(), "账号变更") {
		t.Error("the filter lets other actions through")
	}
	holds(t, b.get("/audit?from=2024-13-01"), "「2024-13-01」不是可识别的日期", `value="2024-13-01"`)
	holds(t, b.get("/audit?q=没有这样的"), "没有符合条件的记录")
}

func TestAccountsAreManaged(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Administrator, "")
	b := w.as(auth.Administrator)
	form := url.Values{
		"login": {"donghu"}, "name": {"东湖区填报人"}, "role": {"county"}, "unit": {""}, "password": {goodPassword}, "again": {goodPassword},
	}
	r := b.post("/admin/accounts", form)
	if r.Code != http.StatusUnprocessableEntity {
		t.Errorf("a county account without a unit = %d, want 422", r.Code)
	}
	holds(t, r, "没有选择所属单位", `value="donghu"`, `value="东湖区填报人"`, `<option value="county" selected>`)
	if strings.Contains(r.Body.String(), goodPassword) {
		t.Error("the form came back with the password")
	}
	form.Set("unit", string(donghu))
	if r := b.post("/admin/accounts", form); r.Code != http.StatusSeeOther {
		t.Fatalf("add = %d %s", r.Code, r.Body)
	}
	holds(t, b.get("/admin"), "账号已添加", "东湖区填报人", "填报单位")
	if strings.Contains(b.get("/admin").Body.String(), "账号已添加") {
		t.Error("the notice is shown twice")
	}
	holds(t, b.post("/admin/accounts/donghu/password", url.Values{"password": {"short"}, "again": {"short"}}), "密码不足 8 位")
	if r := b.post("/admin/accounts/donghu/disable", nil); r.Code != http.StatusSeeOther {
		t.Errorf("disable = %d", r.Code)
	}
	if r := w.browser().post("/signin", url.Values{"login": {"donghu"}, "password": {goodPassword}}); r.Code != http.StatusUnauthorized {
		t.Errorf("a disabled account signs in: %d", r.Code)
	}
	holds(t, b.post("/admin/accounts/administrator/disable", nil), "不能停用自己的账号")
}

func TestBackupAndVerify(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Administrator, "")
	b := w.as(auth.Administrator)
	holds(t, b.get("/admin/data"), "本次启动后还没有校验")
	if r := b.post("/admin/verify", nil); r.Code != http.StatusSeeOther {
		t.Fatalf("verify = %d %s", r.Code, r.Body)
	}
	holds(t, b.get("/admin/data"), "校验一致", "账号变更")
	r := b.post("/admin/backup", nil)
	if r.Code != 200 || !bytes.HasPrefix(r.Body.Bytes(), []byte{0x1f, 0x8b}) || fmt.Sprint(r.Body.Len()) != r.Header().Get("Content-Length") {
		t.Errorf("backup = %d, %d bytes of %s", r.Code, r.Body.Len(), r.Header().Get("Content-Length"))
	}
}

func TestKilledBackupIsRemoved(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	left := filepath.Join(w.store.Dir(), backupPrefix+"123")
	if err := os.Mkdir(left, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(left, "copy.part"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(w.server.deps); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half a backup is still there after a start: %v", err)
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	w.account(auth.Administrator, "")
	b := w.as(auth.Administrator)
	form := url.Values{"office.name": {"云州市总工会"}, "reply.days": {"很快"}, "deadline.2024": {"2024-11-30"}}
	r := b.post("/admin/settings?year=2024", form)
	if r.Code != http.StatusUnprocessableEntity {
		t.Errorf("a bad number = %d, want 422", r.Code)
	}
	holds(t, r, "「回复期限（天）」的值「很快」无法识别", `value="云州市总工会"`, `value="2024-11-30"`)
	if got := w.audit(t, "setting.changed"); len(got) != 0 {
		t.Errorf("a refused form left %v", got)
	}
	form.Set("reply.days", "10")
	form.Set("deadline.2024.document", "云政办发〔2024〕8号")
	form.Set("deadline.2024.words", "于 2024 年 11 月 30 日前召开")
	if r := b.post("/admin/settings?year=2024", form); r.Code != http.StatusSeeOther {
		t.Fatalf("save = %d %s", r.Code, r.Body)
	}
	holds(t, b.get("/admin/settings?year=2024"), `value="10"`, `value="云政办发〔2024〕8号"`, "设置已保存")
	if got := w.audit(t, "setting.changed"); len(got) != 5 {
		t.Errorf("%d settings in the log, want 5", len(got))
	}
	before := w.store.Version()
	b.post("/admin/settings?year=2024", form)
	if w.store.Version() != before {
		t.Error("saving the same again wrote to the journal")
	}
}
