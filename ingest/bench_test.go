package ingest_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"liandu/ingest"
	"liandu/internal/registry"
	"liandu/internal/testkit"
)

// BenchmarkParseSmallFile opens a county's workbook in this process.
func BenchmarkParseSmallFile(b *testing.B) {
	path := filepath.Join(b.TempDir(), "报表.xlsx")
	if err := os.WriteFile(path, smallFile(b, 0), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := (ingest.InProcess{}).Parse(context.Background(), path); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkIngestSmallFile takes a county's workbook in, from bytes to durable and visible; each is a new version.
func BenchmarkIngestSmallFile(b *testing.B) {
	reg := units(b)
	in := ingest.New(ingest.Deps{Store: testkit.OpenStore(b, nil), Registry: func() *registry.Registry { return reg }, Parser: ingest.InProcess{}})
	n := 0
	for b.Loop() {
		n++
		r, err := in.File(context.Background(), ingest.Upload{Name: "报表.xlsx", Body: bytes.NewReader(smallFile(b, n))})
		if err != nil || r[0].Version != n {
			b.Fatalf("%v, %v", r, err)
		}
	}
}

func smallFile(b *testing.B, n int) []byte {
	b.Helper()
	form := thirdQuarter()
	form.Cover.Phone = fmt.Sprint(n)
	var out bytes.Buffer
	if err := ingest.WriteForm(&out, form); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}
