package dashboard

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
	"testing"
)

// A vendored library is the file its publisher packed, with its licence beside it.
func TestVendoredFilesAreAsListed(t *testing.T) {
	t.Parallel()
	const dir = "static/vendor/echarts"
	sums, err := fs.ReadFile(staticFiles, path.Join(dir, "SHA256SUMS"))
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for lines := bufio.NewScanner(bytes.NewReader(sums)); lines.Scan(); {
		want, name, ok := strings.Cut(lines.Text(), "  ")
		if !ok {
			t.Fatalf("unreadable line %q", lines.Text())
		}
		body, err := fs.ReadFile(staticFiles, path.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := sha256.Sum256(body); hex.EncodeToString(got[:]) != want {
			t.Errorf("%s is not the file that was vendored", name)
		}
		listed[name] = true
	}
	for _, name := range []string{"echarts.min.js", "LICENSE", "NOTICE"} {
		if !listed[name] {
			t.Errorf("%s is not listed", name)
		}
	}
}
