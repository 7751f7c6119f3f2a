package auth

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"sync"
	"time"
)

// How long a session lives (reliability.md, I5).
const (
	IdleFor = 30 * time.Minute
	LiveFor = 12 * time.Hour
)

// maxSessions bounds the sessions of one account; the oldest gives way.
const maxSessions = 20

// session is one signed-in browser. Its token is known to the browser alone; the table has the token's hash.
type session struct {
	login  string
	seq    int64 // journal sequence of the account's row at sign-in
	opened time.Time
	seen   time.Time
	from   string
}

// sessions is the table of open sessions.
type sessions struct {
	mu   sync.Mutex
	now  func() time.Time
	rand io.Reader
	open map[[32]byte]session
}

func newSessions(now func() time.Time, rand io.Reader) *sessions {
	return &sessions{now: now, rand: rand, open: map[[32]byte]session{}}
}

// start opens a session under a new token and drops the expired and the account's oldest.
func (s *sessions) start(a Account, from string) (string, error) {
	token, err := newToken(s.rand)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	var (
		count  int
		oldest [32]byte
		since  = now
	)
	for k, v := range s.open {
		switch {
		case v.expired(now):
			delete(s.open, k)
		case v.login == a.Login:
			count++
			if !v.opened.After(since) {
				oldest, since = k, v.opened
			}
		}
	}
	if count >= maxSessions {
		delete(s.open, oldest)
	}
	s.open[key(token)] = session{login: a.Login, seq: a.seq, opened: now, seen: now, from: from}
	return token, nil
}

// touch returns the session of a token and marks it seen; false when there is none or it has expired.
func (s *sessions) touch(token string) (session, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.open[key(token)]
	if !ok {
		return session{}, false
	}
	now := s.now()
	if v.expired(now) {
		delete(s.open, key(token))
		return session{}, false
	}
	v.seen = now
	s.open[key(token)] = v
	return v, true
}

// end removes the session of a token and returns it.
func (s *sessions) end(token string) (session, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.open[key(token)]
	delete(s.open, key(token))
	return v, ok
}

// endAll removes every session of a login.
func (s *sessions) endAll(login string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, v := range s.open {
		if v.login == login {
			delete(s.open, k)
		}
	}
}

func (v session) expired(now time.Time) bool {
	return now.Sub(v.seen) >= IdleFor || now.Sub(v.opened) >= LiveFor
}

func key(token string) [32]byte { return sha256.Sum256([]byte(token)) }

func newToken(rand io.Reader) (string, error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(rand, b); err != nil {
		return "", fmt.Errorf("read random token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}
