// Package golden compares what a test made with the text kept beside it. It links no database, so that tests of pure
// packages stay quick to build. Nothing but tests imports it.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the goldens of the tests that run")

// Equal compares got with testdata/golden/name of the test's package. A missing golden fails; -update writes it, for a
// person to review like code.
func Equal(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", filepath.FromSlash(name))
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("golden %s: %v (run the test with -update and review the file)", name, err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("golden %s (-want +got):\n%s", name, diff)
	}
}
