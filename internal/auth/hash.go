package auth

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Cost is what one argon2id hash takes. The zero Cost means DefaultCost.
type Cost struct {
	MemoryKiB uint32
	Passes    uint32
	Threads   uint8
}

// DefaultCost takes 64 MiB and about a tenth of a second.
var DefaultCost = Cost{MemoryKiB: 64 << 10, Passes: 2, Threads: 2}

// atOnce bounds the hashes computed at the same time, each of which holds MemoryKiB.
const atOnce = 2

// hasher makes and checks password hashes, a few at a time.
type hasher struct {
	cost  Cost
	rand  io.Reader
	slots chan struct{}
	dummy string // checked where there is no account, so that a refusal takes the same time
}

func newHasher(cost Cost, rand io.Reader) *hasher {
	if cost == (Cost{}) {
		cost = DefaultCost
	}
	h := &hasher{cost: cost, rand: rand, slots: make(chan struct{}, atOnce)}
	h.dummy = encode(cost, make([]byte, 16), make([]byte, 32))
	return h
}

// hash returns the password's hash in the PHC form $argon2id$v=19$m=…,t=…,p=…$salt$key.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	if _, err := io.ReadFull(h.rand, salt); err != nil {
		return "", fmt.Errorf("read random salt: %w", err)
	}
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	return encode(h.cost, salt, derive(h.cost, password, salt, 32)), nil
}

// verify reports whether the password has the hash; an empty hash takes as long and is never right.
func (h *hasher) verify(ctx context.Context, password, hash string) (bool, error) {
	known := hash != ""
	if !known {
		hash = h.dummy
	}
	cost, salt, key, err := decode(hash)
	if err != nil {
		return false, err
	}
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	same := subtle.ConstantTimeCompare(key, derive(cost, password, salt, uint32(len(key)))) == 1
	return same && known, nil
}

func (h *hasher) enter(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for a hash: %w", ctx.Err())
	}
}

func (h *hasher) leave() { <-h.slots }

func derive(c Cost, password string, salt []byte, n uint32) []byte {
	return argon2.IDKey([]byte(password), salt, c.Passes, c.MemoryKiB, c.Threads, n)
}

func encode(c Cost, salt, key []byte) string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, c.MemoryKiB, c.Passes, c.Threads, b64(salt), b64(key))
}

func decode(hash string) (c Cost, salt, key []byte, err error) {
	var version int
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return c, nil, nil, fmt.Errorf("password hash is not argon2id")
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return c, nil, nil, fmt.Errorf("password hash has version %q", parts[2])
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.MemoryKiB, &c.Passes, &c.Threads); err != nil {
		return c, nil, nil, fmt.Errorf("read password hash parameters: %w", err)
	}
	if c.Passes < 1 || c.Passes > 16 || c.Threads < 1 || c.MemoryKiB > 1<<20 {
		return c, nil, nil, fmt.Errorf("password hash parameters %q are out of range", parts[3])
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return c, nil, nil, fmt.Errorf("read password salt: %w", err)
	}
	if key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(key) < 16 {
		return c, nil, nil, fmt.Errorf("read password key: %d bytes: %w", len(key), err)
	}
	return c, salt, key, nil
}
