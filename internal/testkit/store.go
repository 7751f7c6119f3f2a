// Package testkit holds what tests share: an open store in a temporary folder, valid records to break one thing of,
// and goldens. Nothing but tests imports it.
package testkit

import (
	"context"
	"testing"

	"liandu/internal/store"
)

// OpenStore opens a fresh data folder in a temporary directory with the given base macros and closes it at the end.
func OpenStore(t testing.TB, base []store.Macro) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), t.TempDir(), store.Options{Base: base})
	if err != nil {
		t.Fatalf("open store: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close store: %v", err)
		}
	})
	return s
}
