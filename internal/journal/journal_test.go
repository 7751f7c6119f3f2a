package journal_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"liandu/internal/journal"
)

func entry(action string) journal.Entry {
	return journal.Entry{At: time.Date(2024, 10, 8, 9, 0, 0, 0, time.UTC), Actor: "命令行", Action: action, Subject: "S1", Data: map[string]string{"k": "<值>"}}
}

func open(t *testing.T, path string) *journal.Journal {
	t.Helper()
	j, err := journal.Open(path)
	if err != nil {
		t.Fatalf("open journal: %v", err)
	}
	return j
}

func actions(t *testing.T, j *journal.Journal, after int64) []string {
	t.Helper()
	var got []string
	if err := j.Replay(after, func(l journal.Line) error { got = append(got, l.Action); return nil }); err != nil {
		t.Fatalf("replay: %v", err)
	}
	return got
}

func TestAppendSurvivesReopening(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	j := open(t, path)
	if _, err := j.Append(entry("a"), entry("b")); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, path)
	defer j.Close()
	lines, err := j.Append(entry("c"))
	if err != nil || lines[0].Seq != 3 {
		t.Fatalf("append after reopening = %+v, %v, want sequence 3", lines, err)
	}
	if got := actions(t, j, 1); len(got) != 2 || got[0] != "b" || got[1] != "c" {
		t.Errorf("replay after 1 = %v, want b c", got)
	}
}

func TestTornLastLineIsCutOffAndKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	j := open(t, path)
	for _, action := range []string{"a", "b"} {
		if _, err := j.Append(entry(action)); err != nil {
			t.Fatal(err)
		}
	}
	j.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := bytes.IndexByte(whole, '\n') + 2; cut < len(whole); cut += 37 {
		if err := os.WriteFile(path, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		j := open(t, path)
		if got := actions(t, j, 0); len(got) != 1 || got[0] != "a" {
			t.Fatalf("cut at %d: lines = %v, want a", cut, got)
		}
		if lines, err := j.Append(entry("c")); err != nil || lines[0].Seq != 2 {
			t.Fatalf("cut at %d: append = %v, %v", cut, lines, err)
		}
		j.Close()
		if _, err := os.Stat(path + ".torn"); err != nil {
			t.Errorf("cut at %d: torn line was not kept: %v", cut, err)
		}
	}
}

// A change of several lines that did not reach the disk whole is no change: a matter closed without its items, say.
func TestTornChangeIsCutOffWhole(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	j := open(t, path)
	if _, err := j.Append(entry("a")); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Append(entry("b"), entry("c"), entry("d")); err != nil {
		t.Fatal(err)
	}
	j.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := bytes.IndexByte(whole, '\n') + 2; cut < len(whole); cut += 23 {
		if err := os.WriteFile(path, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		j := open(t, path)
		if got := actions(t, j, 0); len(got) != 1 || got[0] != "a" || j.Last().Seq != 1 {
			t.Fatalf("cut at %d: lines = %v, want a", cut, got)
		}
		j.Close()
	}
	for n, line := range bytes.SplitAfter(whole, []byte("\n"))[1:3] { // between whole lines of the change
		if err := os.WriteFile(path, whole[:bytes.Index(whole, line)+len(line)], 0o600); err != nil {
			t.Fatal(err)
		}
		j := open(t, path)
		if lines, err := j.Append(entry("e")); err != nil || lines[0].Seq != 2 {
			t.Fatalf("after line %d of the change: append = %v, %v, want sequence 2", n+1, lines, err)
		}
		j.Close()
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	j = open(t, path)
	defer j.Close()
	if got := actions(t, j, 0); len(got) != 4 {
		t.Errorf("lines = %v, want the whole change", got)
	}
}

func TestAnyChangedByteBreaksTheChain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	j := open(t, path)
	if _, err := j.Append(entry("a"), entry("b"), entry("c")); err != nil {
		t.Fatal(err)
	}
	j.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole[:len(whole)-1] {
		changed := bytes.Clone(whole)
		changed[i] ^= 1
		if err := os.WriteFile(path, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := journal.Verify(path); !errors.Is(err, journal.ErrBroken) {
			t.Fatalf("byte %d (%q) changed: verify = %v, want ErrBroken", i, whole[i], err)
		}
	}
}

func TestDroppedLineBreaksTheChain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	j := open(t, path)
	if _, err := j.Append(entry("a"), entry("b"), entry("c")); err != nil {
		t.Fatal(err)
	}
	j.Close()
	whole, _ := os.ReadFile(path)
	lines := bytes.SplitAfter(whole, []byte("\n"))
	if err := os.WriteFile(path, append(bytes.Clone(lines[0]), lines[2]...), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := journal.Open(path); !errors.Is(err, journal.ErrBroken) {
		t.Errorf("open with a line dropped = %v, want ErrBroken", err)
	}
}

func TestWriteRefusesLinesOutOfOrder(t *testing.T) {
	t.Parallel()
	j := open(t, filepath.Join(t.TempDir(), "journal.jsonl"))
	defer j.Close()
	stale, err := j.Prepare(entry("a"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Append(entry("b")); err != nil {
		t.Fatal(err)
	}
	if err := j.Write(stale); err == nil {
		t.Error("write of stale lines gave no error")
	}
	if got := actions(t, j, 0); len(got) != 1 {
		t.Errorf("lines = %v, want b alone", got)
	}
}

// TestBytesThatAreNoTextKeepTheChain: an address may hold any bytes, and the folder must open again all the same.
func TestBytesThatAreNoTextKeepTheChain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	j := open(t, path)
	lines, err := j.Append(journal.Entry{At: entry("").At, Actor: "a\xfe", Action: "access.refused", Subject: "POST /admin/\xff", Data: map[string]string{"file": "\xff.xlsx"}})
	if err != nil {
		t.Fatal(err)
	}
	j.Close()
	j, err = journal.Open(path)
	if err != nil {
		t.Fatalf("open again: %v", err)
	}
	defer j.Close()
	if got, want := j.Last().Subject, "POST /admin/\uFFFD"; got != want || lines[0].Subject != want || j.Last().Hash != lines[0].Hash {
		t.Errorf("subject = %q, written as %q, want %q", got, lines[0].Subject, want)
	}
}
