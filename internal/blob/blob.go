// Package blob keeps immutable content under its SHA-256: originals as received, readings, regimes as used,
// documents as issued. A blob is written to a temporary name, fsynced, renamed and its folder fsynced; it is
// never changed and never deleted.
package blob

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"syscall"

	"liandu/internal/fault"
)

// Store is a folder of blobs.
type Store struct{ dir string }

// Open returns the blob folder at dir, creating it (mode 0700) where there is none. Leftovers of interrupted
// writes (names beginning with ".tmp-") are removed: they were never named and never acknowledged.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("create blob folder: %w", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".tmp-*"))
	if err != nil {
		return nil, fmt.Errorf("list interrupted blobs: %w", err)
	}
	for _, name := range left {
		if err := os.Remove(name); err != nil {
			return nil, fmt.Errorf("remove interrupted blob: %w", err)
		}
	}
	return &Store{dir: dir}, nil
}

// Sum returns the lower-case hex SHA-256 of b, the name a blob of these bytes has.
func Sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// PutBytes is Put for bytes in memory.
func (s *Store) PutBytes(b []byte) (string, error) {
	sum, _, err := s.Put(bytes.NewReader(b))
	return sum, err
}

// Put stores what r holds and returns its SHA-256 and size. When it returns nil the bytes are on disk. A full disk is
// fault.NoSpace and leaves nothing behind.
// Putting the same bytes again is no error and writes nothing lasting.
func (s *Store) Put(r io.Reader) (sum string, size int64, err error) {
	f, err := os.CreateTemp(s.dir, ".tmp-")
	if err != nil {
		return "", 0, full(fmt.Errorf("create blob: %w", err))
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
			err = full(err)
		}
	}()
	h := sha256.New()
	if size, err = io.Copy(io.MultiWriter(f, h), r); err != nil {
		return "", 0, fmt.Errorf("write blob: %w", err)
	}
	sum = hex.EncodeToString(h.Sum(nil))
	if _, statErr := os.Stat(s.path(sum)); statErr == nil {
		err = errors.Join(f.Close(), os.Remove(f.Name()))
		return sum, size, err
	}
	if err = f.Sync(); err != nil {
		return "", 0, fmt.Errorf("sync blob %s: %w", sum, err)
	}
	if err = f.Close(); err != nil {
		return "", 0, fmt.Errorf("close blob %s: %w", sum, err)
	}
	if err = os.Rename(f.Name(), s.path(sum)); err != nil {
		return "", 0, fmt.Errorf("name blob %s: %w", sum, err)
	}
	if err = syncDir(s.dir); err != nil {
		return "", 0, err
	}
	return sum, size, nil
}

// Temp makes a file in the blob folder for bytes that need a place for a while; the caller removes it, and what is left
// of a program that ended goes at the next Open. It is no blob.
func (s *Store) Temp() (*os.File, error) {
	f, err := os.CreateTemp(s.dir, ".tmp-")
	if err != nil {
		return nil, full(fmt.Errorf("create temporary file: %w", err))
	}
	return f, nil
}

// Open returns the content of a blob for reading; the caller closes it. os.ErrNotExist when there is none.
func (s *Store) Open(sum string) (*os.File, error) {
	if !valid(sum) {
		return nil, fmt.Errorf("open blob %q: %w", sum, os.ErrNotExist)
	}
	f, err := os.Open(s.path(sum))
	if err != nil {
		return nil, fmt.Errorf("open blob: %w", err)
	}
	return f, nil
}

// Read returns the whole content of a blob.
func (s *Store) Read(sum string) ([]byte, error) {
	f, err := s.Open(sum)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("read blob %s: %w", sum, err)
	}
	return b, nil
}

// List returns the names of all blobs, sorted.
func (s *Store) List() ([]string, error) {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, fmt.Errorf("list blobs: %w", err)
	}
	var names []string
	for _, e := range entries {
		if valid(e.Name()) {
			names = append(names, e.Name())
		}
	}
	sort.Strings(names)
	return names, nil
}

// Check reads a blob whole and reports whether its bytes still have its name. A missing blob is os.ErrNotExist.
func (s *Store) Check(sum string) (bool, error) {
	f, err := s.Open(sum)
	if err != nil {
		return false, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return false, fmt.Errorf("read blob %s: %w", sum, err)
	}
	return hex.EncodeToString(h.Sum(nil)) == sum, nil
}

// Path returns where a blob lies on disk, for a child process that may open it by itself.
func (s *Store) Path(sum string) string { return s.path(sum) }

func (s *Store) path(sum string) string { return filepath.Join(s.dir, sum) }

// full says so in Chinese when the disk is full.
func full(err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return fault.Wrap(fault.NoSpace, "磁盘空间不足，这份文件没有接收。", "已停止接收报送，原有数据不受影响。请清理磁盘后重试。", err)
	}
	return err
}

func valid(sum string) bool {
	return len(sum) == 64 && strings.Trim(sum, "0123456789abcdef") == ""
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("open folder to sync: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}
