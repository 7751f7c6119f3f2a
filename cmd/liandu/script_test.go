package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"liandu": func() { os.Exit(process()) }})
}

// TestScripts runs every command as it is typed: exit status, one Chinese line on stderr, and nothing left behind
// where work was refused.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,

		Setup: func(env *testscript.Env) error {
			sample, err := os.Getwd()
			if err != nil {
				return err
			}
			env.Setenv("SAMPLE", sample+"/../../sample-data")
			return nil
		},
	})
}
