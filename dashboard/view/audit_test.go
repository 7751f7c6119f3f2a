package view_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"liandu/dashboard/view"
	"liandu/internal/matter"
)

// Every action that is written to the log has a name that people read.
func TestEveryActionHasAName(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "internal", "store", "action*.go"))
	if err != nil {
		t.Fatal(err)
	}
	declared := regexp.MustCompile(`Action[A-Za-z]+ *= "([a-z]+\.[a-z_]+)"`)
	var actions []string
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range declared.FindAllStringSubmatch(string(b), -1) {
			actions = append(actions, m[1])
		}
	}
	for _, k := range matter.Kinds {
		actions = append(actions, k.Action())
	}
	if len(actions) < 25 {
		t.Fatalf("%d actions found, want those of package store and of matters", len(actions))
	}
	for _, a := range actions {
		if view.ActionName(a) == a {
			t.Errorf("action %s is shown by its code", a)
		}
	}
}
