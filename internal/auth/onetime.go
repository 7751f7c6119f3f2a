package auth

import (
	"context"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"io"
	"strings"
	"time"

	"liandu/internal/fault"
)

// CodeFor is how long the first administrator's code and the demo link live.
const CodeFor = time.Hour

// The demo link's account. It is in no journal, has no password and can do what an administrator can.
const (
	DemoLogin = "demo"
	DemoName  = "演示账号"
)

// setupKey is under what wrong codes are counted; no login has a space.
const setupKey = "first administrator"

// oneTime is a secret that is good once, until a moment.
type oneTime struct {
	secret string
	until  time.Time
	used   bool // a demo link that was used: its account exists from then on
}

func (o *oneTime) take(secret string, now time.Time) bool {
	if o.secret == "" || !now.Before(o.until) || subtle.ConstantTimeCompare([]byte(o.secret), []byte(secret)) != 1 {
		return false
	}
	o.secret, o.used = "", true
	return true
}

// NeedsSetup reports whether there is no enabled administrator, so that the one-time code is wanted.
func (s *Service) NeedsSetup(ctx context.Context) (bool, error) {
	if err := s.load(ctx); err != nil {
		return false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return administrators(s.accounts) == 0, nil
}

// StartCode makes the code that creates the first administrator and returns it to be printed on the console, like
// 「7KQ4-M2XD-9TRB」. It is good once, for CodeFor, until the process ends; a new one replaces it.
func (s *Service) StartCode() (string, error) {
	b := make([]byte, 10)
	if _, err := io.ReadFull(s.rand, b); err != nil {
		return "", fmt.Errorf("read random code: %w", err)
	}
	code := base32.StdEncoding.EncodeToString(b)[:12]
	s.mu.Lock()
	s.code = oneTime{secret: code, until: s.now().Add(CodeFor)}
	s.mu.Unlock()
	return code[:4] + "-" + code[4:8] + "-" + code[8:], nil
}

// Setup makes the first administrator with the code and signs him in. A wrong or dead code is fault.Unauthenticated
// and counts against the address; what else is wrong leaves the code good.
func (s *Service) Setup(ctx context.Context, code string, a Account, password, from string) (string, error) {
	a.Role, a.Unit = Administrator, ""
	a.Login, a.Name = cleanLogin(a.Login), strings.TrimSpace(a.Name)
	if need, err := s.NeedsSetup(ctx); err != nil {
		return "", err
	} else if !need {
		return "", fault.New(fault.Conflict, "管理员已经建立。", "请直接登录；忘记密码请由另一名管理员重置，或在服务器上用 liandu user passwd 重置。")
	}
	if err := checkAccount(a); err != nil {
		return "", err
	}
	if err := CheckPassword(a.Login, password); err != nil {
		return "", err
	}
	if wait := s.throttle.begin(setupKey, from); wait > 0 {
		return "", fault.New(fault.Locked, "一次性代码错误次数过多，已暂停。", fmt.Sprintf("请 %s后再试。", inWords(wait)))
	}
	s.mu.Lock()
	good := s.code.take(strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code)), s.now())
	s.mu.Unlock()
	if !good {
		return "", fault.New(fault.Unauthenticated, "一次性代码不正确或已失效。", "请核对启动时控制台显示的代码；代码 1 小时内有效，重新启动程序会得到新代码。")
	}
	s.throttle.right(setupKey, from)
	if err := s.Add(ctx, a.Login, a, password); err != nil {
		return "", err
	}
	made, _ := s.account(a.Login)
	return s.openSession(ctx, made, from)
}

// StartDemo makes the demo link's secret. Only `serve --demo` calls it.
func (s *Service) StartDemo() (string, error) {
	secret, err := newToken(s.rand)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	s.demo = oneTime{secret: secret, until: s.now().Add(CodeFor)}
	s.mu.Unlock()
	return secret, nil
}

// Demo signs in with the demo link's secret, once. The caller has made sure that the browser is on this machine.
func (s *Service) Demo(ctx context.Context, secret, from string) (string, error) {
	s.mu.Lock()
	good := s.demo.take(secret, s.now())
	s.mu.Unlock()
	if !good {
		return "", fault.New(fault.Unauthenticated, "演示链接已失效。", "演示链接只能使用一次，1 小时内有效；请重新启动程序取得新链接。")
	}
	a, _ := s.demoAccount()
	return s.openSession(ctx, a, from)
}

func (s *Service) demoAccount() (Account, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Account{Login: DemoLogin, Name: DemoName, Role: Administrator, Demo: true}, s.demo.used
}
