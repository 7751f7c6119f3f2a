package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"liandu/internal/store"
)

// writeUntilKilled is the child of TestKilledWriterLosesNothingAcknowledged: it accepts one submission after another
// and says the sequence of each once it is acknowledged.
func writeUntilKilled(dir string) {
	s, err := store.Open(context.Background(), dir, store.Options{})
	if err != nil {
		fmt.Println("open:", err)
		os.Exit(1)
	}
	t := &testing.T{}
	for {
		accept(t, s, 5)
		fmt.Println(s.Version())
		if s.Version()%7 == 0 {
			if err := s.Checkpoint(context.Background()); err != nil {
				fmt.Println("checkpoint:", err)
				os.Exit(1)
			}
		}
	}
}

func TestMain(m *testing.M) {
	if dir := os.Getenv("LIANDU_TEST_WRITE_UNTIL_KILLED"); dir != "" {
		writeUntilKilled(dir)
	}
	os.Exit(m.Run())
}

func TestKilledWriterLosesNothingAcknowledged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	seed := rand.Uint64()
	rng := rand.New(rand.NewPCG(seed, 1))
	for round := range 6 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "LIANDU_TEST_WRITE_UNTIL_KILLED="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		acked := int64(0)
		stopAfter := 1 + rng.IntN(12)
		sc := bufio.NewScanner(out)
		for sc.Scan() {
			if acked, err = strconv.ParseInt(strings.TrimSpace(sc.Text()), 10, 64); err != nil {
				t.Fatalf("child said %q", sc.Text())
			}
			if stopAfter--; stopAfter == 0 {
				time.Sleep(time.Duration(rng.IntN(8000)) * time.Microsecond)
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("child ended by itself")
		}
		s := open(t, dir)
		if s.Version() < acked {
			t.Fatalf("round %d (seed %d): version %d after a kill, acknowledged %d", round, seed, s.Version(), acked)
		}
		if rows, want := int64(count(t, s, "select count(*) from d.resolution")), 5*s.Version(); rows != want {
			t.Fatalf("round %d (seed %d): %d resolutions, want %d: half a submission is there", round, seed, rows, want)
		}
		if r, err := s.Verify(context.Background()); err != nil || len(r.Troubles) > 0 {
			t.Fatalf("round %d (seed %d): verify = %+v, %v", round, seed, r.Troubles, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
