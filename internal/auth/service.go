package auth

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/store"
)

// Actions of the audit log that change no table; account.changed is the store's.
const (
	ActionSessionOpened  = "session.opened"
	ActionSessionRefused = "session.refused"
	ActionSessionClosed  = "session.closed"
)

// Attempt is the payload of the session actions. Reason is a Chinese phrase, "" where there is nothing to say.
type Attempt struct {
	Login  string `json:"login"`
	From   string `json:"from"`
	Reason string `json:"reason,omitempty"`
}

// Deps is what a Service needs. Cost zero is DefaultCost.
type Deps struct {
	Store *store.Store
	Now   func() time.Time
	Rand  io.Reader
	Cost  Cost
}

// Service is accounts and sessions. Its methods may be called from several goroutines.
type Service struct {
	store    *store.Store
	now      func() time.Time
	rand     io.Reader
	hasher   *hasher
	throttle *throttle
	sessions *sessions

	mu       sync.Mutex
	accounts map[string]Account // by login, as of version
	order    []string
	version  int64
	code     oneTime // the first administrator's
	demo     oneTime
}

// New returns a Service without sessions.
func New(d Deps) *Service {
	return &Service{
		store: d.Store, now: d.Now, rand: d.Rand,
		hasher: newHasher(d.Cost, d.Rand), throttle: newThrottle(d.Now), sessions: newSessions(d.Now, d.Rand), version: -1,
	}
}

// SignIn opens a session and returns its token. from is the browser's address. A wrong password, an unknown login and
// a disabled account are one refusal (fault.Unauthenticated) that takes the same time; too many are fault.Locked.
func (s *Service) SignIn(ctx context.Context, login, password, from string) (string, Account, error) {
	a, err := s.Check(ctx, login, password, from)
	if err != nil {
		return "", Account{}, err
	}
	token, err := s.openSession(ctx, a, from)
	return token, a, err
}

// Check is SignIn without a session: for a script that sends its password with every request.
func (s *Service) Check(ctx context.Context, login, password, from string) (Account, error) {
	login = cleanLogin(login)
	if wait := s.throttle.begin(login, from); wait > 0 {
		return Account{}, fault.New(fault.Locked, "登录失败次数过多，已暂停登录。", fmt.Sprintf("请 %s后再试。", inWords(wait)))
	}
	if err := s.load(ctx); err != nil {
		return Account{}, err
	}
	a, known := s.account(login)
	right, err := s.hasher.verify(ctx, cutPassword(password), a.hash)
	if err != nil {
		return Account{}, fmt.Errorf("verify password of %q: %w", login, err)
	}
	if !right || !known || a.Disabled {
		if err := s.note(ctx, ActionSessionRefused, login, Attempt{Login: login, From: from}); err != nil {
			return Account{}, err
		}
		return Account{}, fault.New(fault.Unauthenticated, "账号或密码不正确。", "请核对后重新输入；连续 5 次不正确将暂停登录 10 分钟。")
	}
	s.throttle.right(login, from)
	return a, nil
}

// Session returns the account of a token and marks the session as used. Without a live session, or when the account
// has been changed since sign-in, it is fault.Unauthenticated.
func (s *Service) Session(ctx context.Context, token string) (Account, error) {
	v, ok := s.sessions.touch(token)
	if !ok {
		return Account{}, expired()
	}
	if err := s.load(ctx); err != nil {
		return Account{}, err
	}
	a, ok := s.account(v.login)
	if !ok || a.Disabled || a.seq != v.seq {
		s.sessions.end(token)
		return Account{}, expired()
	}
	return a, nil
}

// SignOut ends a session; an unknown token is no error.
func (s *Service) SignOut(ctx context.Context, token, from string) error {
	v, ok := s.sessions.end(token)
	if !ok {
		return nil
	}
	return s.note(ctx, ActionSessionClosed, v.login, Attempt{Login: v.login, From: from})
}

func (s *Service) openSession(ctx context.Context, a Account, from string) (string, error) {
	token, err := s.sessions.start(a, from)
	if err != nil {
		return "", err
	}
	if err := s.note(ctx, ActionSessionOpened, a.Login, Attempt{Login: a.Login, From: from}); err != nil {
		s.sessions.end(token)
		return "", err
	}
	return token, nil
}

func (s *Service) note(ctx context.Context, action, login string, data Attempt) error {
	_, err := s.store.Append(ctx, journal.Entry{At: s.now(), Actor: login, Action: action, Subject: login, Data: data})
	return err
}

// load brings the accounts up to the store's version.
func (s *Service) load(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	version := s.store.Version()
	if version == s.version {
		return nil
	}
	accounts, order, err := readAccounts(ctx, s.store.DB())
	if err != nil {
		return err
	}
	s.accounts, s.order, s.version = accounts, order, version
	return nil
}

func (s *Service) account(login string) (Account, bool) {
	if login == DemoLogin {
		return s.demoAccount()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.accounts[login]
	return a, ok
}

func expired() error {
	return fault.New(fault.Unauthenticated, "登录已过期。", "请重新登录。")
}

// cleanLogin makes what was typed fit for the table of failures and the journal: lower case, no spaces or control
// characters, at most 64 characters.
func cleanLogin(login string) string {
	login = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, login)
	if r := []rune(login); len(r) > 64 {
		login = string(r[:64])
	}
	return login
}

// cutPassword bounds what is hashed; no password of ours is longer.
func cutPassword(p string) string { return p[:min(len(p), 4*MaxPassword+1)] }

func inWords(d time.Duration) string {
	if m := int((d + time.Minute - 1) / time.Minute); m > 1 {
		return fmt.Sprintf("%d 分钟", m)
	}
	return fmt.Sprintf("%d 秒", int((d+time.Second-1)/time.Second))
}
