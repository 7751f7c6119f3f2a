package main

import (
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite goldens and licence texts")

// TestEveryLinkedModuleHasItsLicence compares licence/ with the modules the program links; -update copies the texts
// from the module cache.
func TestEveryLinkedModuleHasItsLicence(t *testing.T) {
	t.Parallel()
	modules := linkedModules(t)
	if *update {
		rewriteLicences(t, modules)
	}
	files, err := filepath.Glob("licence/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := filepath.Base(f)
		if _, ok := modules[name]; !ok {
			t.Errorf("%s is for a module that is not linked", f)
		}
		delete(modules, name)
	}
	for name := range modules {
		t.Errorf("licence/%s is missing: go test ./cmd/liandu -run Licence -update", name)
	}
}

// linkedModules returns file name → module folder for every third-party module the program links.
func linkedModules(t *testing.T) map[string]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "-json=Module", "liandu/cmd/liandu").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	modules := map[string]string{}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p struct {
			Module *struct {
				Path, Dir string
				Main      bool
			}
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return modules
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Module != nil && !p.Module.Main {
			modules[strings.ReplaceAll(p.Module.Path, "/", "!")+".txt"] = p.Module.Dir
		}
	}
}

func rewriteLicences(t *testing.T, modules map[string]string) {
	t.Helper()
	old, err := filepath.Glob("licence/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range old {
		if err := os.Remove(f); err != nil {
			t.Fatal(err)
		}
	}
	for name, dir := range modules {
		var text []byte
		for _, pattern := range []string{"LICEN[SC]E*", "COPYING*", "NOTICE*"} {
			found, err := filepath.Glob(filepath.Join(dir, pattern))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				b, err := os.ReadFile(f)
				if err != nil {
					continue // a folder of licences: its texts are in the packages they belong to
				}
				text = append(append(text, b...), '\n')
			}
		}
		if len(text) == 0 {
			t.Errorf("%s has no licence file", dir)
			continue
		}
		if err := os.WriteFile(filepath.Join("licence", name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
