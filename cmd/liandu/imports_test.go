package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// floors orders the packages inside internal: a package imports only lower floors (architecture of the house, README).
var floors = map[string]int{
	"fault": 0, "period": 0,
	"record": 1, "xls": 1, "xlsx": 1, "docx": 1, "blob": 1, "journal": 1,
	"cntext": 2, "regime": 2, "division": 2, "store": 2,
	"registry": 3, "auth": 3, "setting": 3, "matter": 3, "rulebook": 3,
	"testkit": 9,
}

// forbidden lists the arrows that must not be: from a package (or anything below it) to another.
var forbidden = []struct{ from, to string }{
	{"liandu/queries", "liandu/ingest"},
	{"liandu/queries", "liandu/dashboard"},
	{"liandu/queries", "net/http"},
	{"liandu/queries", "html/template"},
	{"liandu/ingest", "liandu/queries"},
	{"liandu/ingest", "liandu/dashboard"},
	{"liandu/internal", "liandu/queries"},
	{"liandu/internal", "liandu/ingest"},
	{"liandu/internal", "liandu/dashboard"},
	{"liandu/internal", "liandu/cmd"},
	{"liandu/dashboard/view", "github.com/gin-gonic/gin"},
	{"liandu/dashboard/view", "database/sql"},
	{"liandu/dashboard/chart", "github.com/gin-gonic/gin"},
	{"liandu/dashboard/chart", "database/sql"},
	{"liandu/dashboard/export", "github.com/gin-gonic/gin"},
	{"liandu/dashboard/export", "database/sql"},
}

// onlyIn lists libraries that one package alone may import, so that a move to a successor is one import.
var onlyIn = map[string][]string{
	"github.com/marcboeker/go-duckdb/v2": {"liandu/internal/store"},
	"github.com/gin-gonic/gin":           {"liandu/dashboard"},
}

func TestImportsFollowTheArrows(t *testing.T) {
	t.Parallel()
	for path, imports := range packages(t) {
		for _, dep := range imports {
			for _, f := range forbidden {
				if within(path, f.from) && within(dep, f.to) {
					t.Errorf("%s imports %s: %s must not import %s", path, dep, f.from, f.to)
				}
			}
			if allowed, ok := onlyIn[dep]; ok && !contains(allowed, path) {
				t.Errorf("%s imports %s, which is for %v alone", path, dep, allowed)
			}
			checkFloors(t, path, dep)
		}
	}
}

func checkFloors(t *testing.T, path, dep string) {
	t.Helper()
	from, ok := strings.CutPrefix(path, "liandu/internal/")
	to, isOurs := strings.CutPrefix(dep, "liandu/internal/")
	if !ok || !isOurs {
		return
	}
	upper, ok := floors[from]
	if !ok {
		t.Errorf("%s has no floor: add it to floors", path)
	}
	if lower, ok := floors[to]; !ok || lower >= upper {
		t.Errorf("%s (floor %d) imports %s (floor %d)", path, upper, dep, lower)
	}
}

// packages returns the direct imports of every package of the module, tests left out.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "liandu/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := map[string][]string{}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all[p.ImportPath] = p.Imports
	}
}

func within(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }

func contains(all []string, s string) bool {
	for _, a := range all {
		if a == s {
			return true
		}
	}
	return false
}
