package ingest

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// shell is a pool whose parser is a line of shell. A script of our own would not do: a file just written may be held
// open by another test's child and cannot be run then.
func shell(line string, limit time.Duration) *Pool {
	p := NewPool("/bin/sh", 1)
	p.args, p.limit = []string{"-c", line}, limit
	return p
}

func onDisk(t testing.TB, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "original")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPoolAnswersAsInProcess(t *testing.T) {
	t.Parallel()
	p := NewPool(os.Args[0], 2)
	defer p.Close()
	var b bytes.Buffer
	if err := WriteForm(&b, Form{Cover: coverOf(nil, nil)}); err != nil {
		t.Fatal(err)
	}
	form, pdf := onDisk(t, b.Bytes()), onDisk(t, []byte("%PDF-"))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			book, err := p.Parse(context.Background(), form)
			if err != nil || len(book.Grids) != 5 || book.Grids[0].Rows[0].Cells[0].Text != "填报单位" {
				t.Errorf("pool: %d grids, %v", len(book.Grids), err)
			}
			_, err = p.Parse(context.Background(), pdf)
			var r *refusal
			if !errors.As(err, &r) || r.Code != "file_kind" {
				t.Errorf("pool: err = %v, want a refusal of a PDF", err)
			}
		})
	}
	wg.Wait()
}

func TestPoolReplacesAParserThatDied(t *testing.T) {
	t.Parallel()
	p := NewPool(os.Args[0], 1)
	defer p.Close()
	c := <-p.slots
	if c != nil {
		t.Fatal("a parser was started before it was needed")
	}
	c, err := startChild(os.Args[0], p.args)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(c.cmd.Process.Pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	p.slots <- c
	if _, err := p.Parse(context.Background(), onDisk(t, []byte("a,b\n"))); !errors.Is(err, errDied) {
		t.Errorf("err = %v, want that the parser died", err)
	}
	if book, err := p.Parse(context.Background(), onDisk(t, []byte("a,b\n"))); err != nil || len(book.Grids) != 1 {
		t.Errorf("after a death: %+v, %v", book, err)
	}
}

func TestPoolEndsAParserThatHangs(t *testing.T) {
	t.Parallel()
	p := shell("exec /bin/sleep 60", 300*time.Millisecond)
	defer p.Close()
	begun := time.Now()
	if _, err := p.Parse(context.Background(), onDisk(t, []byte("a,b\n"))); !errors.Is(err, errTooSlow) {
		t.Errorf("err = %v, want that it took too long", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if _, err := p.Parse(ctx, onDisk(t, []byte("a,b\n"))); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("err = %v, want the caller's deadline", err)
	}
	if took := time.Since(begun); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestPoolSurvivesNonsenseFromAParser(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"exit 3", "/bin/cat >/dev/null; echo nonsense", "printf '\\377\\377\\377\\377\\377\\377\\377\\377'; exec /bin/sleep 60", "printf '\\0\\0\\0\\0\\0\\0\\0\\002{}{}{}'; exec /bin/cat"} {
		p := shell(body, 2*time.Second)
		_, err := p.Parse(context.Background(), onDisk(t, []byte("a,b\n")))
		var r *refusal
		if err != nil && !errors.As(err, &r) {
			t.Errorf("%q: err = %v, want a refusal or an answer", body, err)
		}
		p.Close()
	}
}
