package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"liandu/internal/period"
)

// generate writes the whole folder and returns the number of files sent in it.
func generate(dir string) (int, error) {
	files, sent, err := build()
	if err != nil {
		return 0, err
	}
	return sent, write(dir, files)
}

// write puts the files in the place of those an earlier run wrote.
func write(dir string, files map[string][]byte) error {
	if err := removeQuarters(dir); err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// removeQuarters removes what an earlier run wrote: the quarters' folders. The two lists are written over, the README stays.
func removeQuarters(dir string) error {
	for q := startOfStory; q.Year < 2025; q = q.Add(1) {
		if err := os.RemoveAll(filepath.Join(dir, q.String())); err != nil {
			return err
		}
	}
	return nil
}

// build makes every file of the folder in memory, by slash path.
func build() (files map[string][]byte, sent int, err error) {
	s, err := readStory()
	if err != nil {
		return nil, 0, err
	}
	files = map[string][]byte{}
	if files["units.csv"], err = storyFiles.ReadFile("story/unit.csv"); err != nil {
		return nil, 0, err
	}
	var received bytes.Buffer
	received.WriteString("file,received_at\n")
	first := map[string][]byte{} // unit and quarter → bytes of the first file
	for _, d := range s.schedule() {
		c, ok := s.county(d.unit)
		if !ok {
			return nil, 0, fmt.Errorf("story/sending.csv: %s sends nothing", d.unit)
		}
		content, err := s.content(c, d, first)
		if err != nil {
			return nil, 0, fmt.Errorf("%s %s: %w", c.name, d.quarter, err)
		}
		name := d.quarter.String() + "/" + fileName(c, d)
		if files[name] != nil {
			return nil, 0, fmt.Errorf("two files are named %s", name)
		}
		files[name] = content
		fmt.Fprintf(&received, "%s,%s\n", name, d.received.Format(time.RFC3339))
		sent++
	}
	files["received.csv"] = received.Bytes()
	return files, sent, nil
}

func (s *story) content(c county, d sending, first map[string][]byte) ([]byte, error) {
	key := d.unit + d.quarter.String()
	if d.kind == "same" {
		return first[key], nil
	}
	r := s.newReport(c, d.quarter, period.DateOf(d.received))
	for _, e := range d.edits {
		if err := e.apply(r); err != nil {
			return nil, err
		}
	}
	switch d.kind {
	case "utf8", "gb18030":
		return writeCSV(r, d.kind)
	}
	content, err := writeWorkbook(r, habits[c.habit], d.received)
	if d.kind == "first" {
		first[key] = content
	}
	return content, err
}

// fileName is what the county calls its file; the unit and quarter in it agree with what stands inside.
func fileName(c county, d sending) string {
	name := strings.NewReplacer(
		"{县}", c.name, "{年}", fmt.Sprint(d.quarter.Year), "{季}", []string{"", "一", "二", "三", "四"}[d.quarter.N],
	).Replace(habits[c.habit].file)
	if d.kind == "utf8" || d.kind == "gb18030" {
		return fmt.Sprintf("%s%s%s.csv", c.name, d.quarter.Chinese(), d.suffix)
	}
	return name + d.suffix + ".xlsx"
}
