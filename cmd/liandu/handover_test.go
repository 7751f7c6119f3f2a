package main

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
)

// TestPanicOfACommandLeavesTheServer: a command handed over that panics ends with an error and nothing else.
func TestPanicOfACommandLeavesTheServer(t *testing.T) {
	t.Parallel()
	err := runHere(t.Context(), &app{}, request{Name: "verify"}, &frames{enc: json.NewEncoder(io.Discard)}) // without a store
	if err == nil || !strings.Contains(err.Error(), "panic in verify") {
		t.Errorf("a panic came back as %v", err)
	}
}
