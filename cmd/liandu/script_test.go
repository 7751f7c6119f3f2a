package main

import (
	"os"
	"regexp"
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

		Cmds: map[string]func(*testscript.TestScript, bool, []string){"id": setID},

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

// setID is "id VAR NUMBER": the id that stands before a document's number in the last command's output.
func setID(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: id VAR NUMBER")
	}
	m := regexp.MustCompile(`(D\d+)\s+` + regexp.QuoteMeta(args[1]) + `\s`).FindStringSubmatch(ts.ReadFile("stdout"))
	if m == nil {
		ts.Fatalf("no document %s in the output", args[1])
	}
	ts.Setenv(args[0], m[1])
}
