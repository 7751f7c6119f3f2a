package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
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
	taken := takenIn{dir: filepath.Join(t.TempDir(), "data")}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,

		Cmds: map[string]func(*testscript.TestScript, bool, []string){"id": setID, "sample": taken.copyTo},

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

// takenIn is a data folder with the whole sample city in it, made for the first script that asks and copied for each.
type takenIn struct {
	once sync.Once
	dir  string
}

// copyTo is "sample DIR": a data folder with the sample's files taken in, as init and ingest make it.
func (in *takenIn) copyTo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sample DIR")
	}
	in.once.Do(func() {
		from := ts.Getenv("SAMPLE")
		ts.Check(ts.Exec("liandu", "--data", in.dir, "init", "--name", "云州市", "--regime", "qinhuangdao-2024", "--units", from+"/units.csv"))
		if ts.Exec("liandu", "--data", in.dir, "ingest", "--received-list", from+"/received.csv") == nil || !strings.Contains(ts.ReadFile("stdout"), "接收") {
			ts.Fatalf("the sample was taken in whole, want its two wrong files refused")
		}
	})
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), os.DirFS(in.dir)))
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
