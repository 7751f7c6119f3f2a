package auth

import (
	"sync"
	"time"
)

// Bounds of guessing (reliability.md, I2).
const (
	maxFailures = 5                // failures of one login before it is locked
	lockFor     = 10 * time.Minute // how long, and how long a failure is remembered
	addressMax  = 30               // failures an address has at once
	addressSlow = 10 * time.Second // it gets one back so often
	maxTracked  = 10000            // logins and addresses remembered
)

// throttle counts failures by login, known or not, and by address. A try is counted when it begins, so that many at
// once get no more tries than one after the other, and taken back when it was right.
type throttle struct {
	mu        sync.Mutex
	now       func() time.Time
	logins    map[string]*failures
	addresses map[string]*failures
}

type failures struct {
	n    int
	last time.Time
}

func newThrottle(now func() time.Time) *throttle {
	return &throttle{now: now, logins: map[string]*failures{}, addresses: map[string]*failures{}}
}

// begin counts one try and returns how long to wait instead of trying; 0 means go on.
func (t *throttle) begin(login, address string) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	l, a := t.entry(t.logins, login), t.entry(t.addresses, address)
	if l.n > 0 && now.Sub(l.last) >= lockFor {
		l.n = 0
	}
	if l.n >= maxFailures {
		return lockFor - now.Sub(l.last)
	}
	if back := int(now.Sub(a.last) / addressSlow); back > 0 {
		a.n = max(0, a.n-back)
	}
	if a.n >= addressMax {
		return addressSlow - now.Sub(a.last)
	}
	l.n, l.last = l.n+1, now
	a.n, a.last = a.n+1, now
	return 0
}

// right takes the try back and forgets the login's failures.
func (t *throttle) right(login, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.logins, login)
	if a := t.addresses[address]; a != nil && a.n > 0 {
		a.n--
	}
}

// entry returns the counter of a key, forgetting old ones when there are too many.
func (t *throttle) entry(m map[string]*failures, key string) *failures {
	if f := m[key]; f != nil {
		return f
	}
	if len(m) >= maxTracked {
		for k, f := range m {
			if t.now().Sub(f.last) >= lockFor {
				delete(m, k)
			}
		}
	}
	if len(m) >= maxTracked { // all are recent: an attack; those beyond the bound share one counter
		key = ""
	}
	if m[key] == nil {
		m[key] = &failures{}
	}
	return m[key]
}
