package main

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"liandu/internal/division"
	"liandu/internal/record"
)

// sample is what one run makes, shared by the tests: making it is most of their time.
var sample = sync.OnceValues(func() (made, error) {
	files, sent, err := build()
	return made{files, sent}, err
})

type made struct {
	files map[string][]byte
	sent  int
}

// TestSameBytes holds the two promises of `make sample`: twice the same, and what is committed.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	one, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	two := t.TempDir()
	if _, err := generate(two); err != nil {
		t.Fatal(err)
	}
	compareFolders(t, "a second run", readFolder(t, two), one.files)
	committed := readFolder(t, filepath.Join("..", "..", "sample-data"))
	delete(committed, "README.md")
	compareFolders(t, "sample-data (make sample writes it anew)", committed, one.files)
}

// TestRunReplaces checks that a second run leaves no file of an earlier story behind, and touches nothing else.
func TestRunReplaces(t *testing.T) {
	t.Parallel()
	one, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := write(dir, one.files); err != nil {
		t.Fatal(err)
	}
	stale, kept := filepath.Join(dir, "2024Q1", "旧.xlsx"), filepath.Join(dir, "README.md")
	for _, path := range []string{stale, kept} {
		if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := write(dir, one.files); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(stale); !os.IsNotExist(err) {
		t.Errorf("stale file after a second run: %v, want it gone", err)
	}
	if _, err := os.Stat(kept); err != nil {
		t.Errorf("README after a second run: %v", err)
	}
}

// TestReceived checks that received.csv names every file once, in order of arrival.
func TestReceived(t *testing.T) {
	t.Parallel()
	one, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	files, sent := one.files, one.sent
	lines, err := csv.NewReader(bytes.NewReader(files["received.csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines)-1 != sent || len(files) != sent+2 {
		t.Errorf("received.csv lists %d files, %d were sent, %d written", len(lines)-1, sent, len(files)-2)
	}
	var before time.Time
	seen := map[string]bool{}
	for _, line := range lines[1:] {
		at, err := time.Parse(time.RFC3339, line[1])
		if err != nil {
			t.Fatal(err)
		}
		if at.Before(before) || seen[line[0]] || files[line[0]] == nil {
			t.Errorf("%s at %s: out of order, twice, or not written", line[0], line[1])
		}
		before, seen[line[0]] = at, true
	}
}

// TestStory checks that every story the README tells is in the data.
func TestStory(t *testing.T) {
	t.Parallel()
	s, err := readStory()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{"items": len(s.items), "meetings": len(s.meetings), "topics": len(s.topics) + len(s.township)}
	for _, it := range s.items {
		count(got, "county items", len(it.unit) == 6)
		count(got, "put off", len(it.moves) > 0)
		count(got, "put off four times", len(it.moves) == 4)
		count(got, "done with no date", it.undated)
		count(got, "for good", it.ongoing)
		count(got, "withdrawn", !it.cancelled.IsZero())
		count(got, "never done", it.done.IsZero() && !it.ongoing && it.cancelled.IsZero() && it.year == 2022)
	}
	for _, m := range s.meetings {
		county := len(m.unit) == 6
		count(got, "substitutes", m.kind == "S")
		count(got, "extraordinary", m.kind == "E")
		count(got, "held in the next year", m.held.Year() > m.year)
		count(got, "no chair named", county && m.chair == "")
	}
	for _, d := range s.sendings {
		count(got, "corrections after a first file", d.kind == "again" || d.kind == "utf8" || d.kind == "gb18030")
		count(got, "same bytes twice", d.kind == "same")
	}
	for _, u := range s.units {
		count(got, "renamed", u.successor != "")
	}
	want := map[string]int{
		"items": 322, "county items": 148, "meetings": 101, "topics": 77,
		"put off": 3, "put off four times": 1, "done with no date": 11, "for good": 5, "withdrawn": 1, "never done": 4,
		"substitutes": 2, "extraordinary": 2, "held in the next year": 1, "no chair named": 1, "renamed": 6,
		"corrections after a first file": 8, "same bytes twice": 1,
	}
	for name, n := range want {
		if got[name] != n {
			t.Errorf("%s: %d, want %d", name, got[name], n)
		}
	}
	if len(got) != len(want) {
		t.Errorf("counted %v", got)
	}
}

func count(into map[string]int, name string, is bool) {
	if is {
		into[name]++
	}
}

func compareFolders(t *testing.T, what string, got, want map[string][]byte) {
	t.Helper()
	for name, content := range want {
		if !bytes.Equal(got[name], content) {
			t.Errorf("%s: %s differs or is missing", what, name)
		}
	}
	for name := range got {
		if want[name] == nil {
			t.Errorf("%s: %s is one too many", what, name)
		}
	}
}

func readFolder(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = content
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestInvented checks that no county of the story is one of China's.
func TestInvented(t *testing.T) {
	t.Parallel()
	s, err := readStory()
	if err != nil {
		t.Fatal(err)
	}
	cities, err := division.Cities()
	if err != nil {
		t.Fatal(err)
	}
	real := map[string]bool{}
	for _, city := range cities {
		real[city.Name] = true
		units, err := division.Units(city.Code)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range units {
			if u.Level != record.LevelTownship {
				real[u.Name] = true
			}
		}
	}
	if len(real) < 2500 {
		t.Fatalf("only %d real names to compare with", len(real))
	}
	for _, u := range s.units {
		if u.level != "township" && real[u.name] {
			t.Errorf("%s is a real place", u.name)
		}
	}
}
