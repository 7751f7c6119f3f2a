package blob_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liandu/internal/blob"
)

func TestPutIsNamedByContentAndOnce(t *testing.T) {
	t.Parallel()
	s, err := blob.Open(filepath.Join(t.TempDir(), "blob"))
	if err != nil {
		t.Fatal(err)
	}
	sum, n, err := s.Put(strings.NewReader("原件"))
	if err != nil || n != 6 || sum != blob.Sum([]byte("原件")) {
		t.Fatalf("put = %s, %d, %v", sum, n, err)
	}
	if again, err := s.PutBytes([]byte("原件")); err != nil || again != sum {
		t.Fatalf("put again = %s, %v", again, err)
	}
	names, err := s.List()
	if err != nil || len(names) != 1 || names[0] != sum {
		t.Fatalf("list = %v, %v", names, err)
	}
	if b, err := s.Read(sum); err != nil || string(b) != "原件" {
		t.Errorf("read = %q, %v", b, err)
	}
}

func TestCheckFindsChangedAndMissing(t *testing.T) {
	t.Parallel()
	s, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	sum, err := s.PutBytes([]byte("a"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.Path(sum), []byte("b"), 0o600); err != nil {
		t.Fatal(err)
	}
	if ok, err := s.Check(sum); err != nil || ok {
		t.Errorf("check of a changed blob = %v, %v, want false", ok, err)
	}
	if _, err := s.Check(strings.Repeat("0", 64)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("check of a missing blob = %v, want not exist", err)
	}
	for _, name := range []string{"../journal.jsonl", "", strings.Repeat("z", 64)} {
		if _, err := s.Open(name); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("open %q = %v, want not exist", name, err)
		}
	}
}

func TestInterruptedWritesAreClearedAtOpen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ".tmp-123"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := blob.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	left, _ := os.ReadDir(dir)
	if names, err := s.List(); err != nil || len(names) != 0 || len(left) != 0 {
		t.Errorf("after open: list %v, %d files left, %v", names, len(left), err)
	}
}
