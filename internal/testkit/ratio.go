package testkit

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// Rounds is how often each side of a Ratio is run.
const Rounds = 7

// Ratio times ours and peer by turns, several rounds each, and reports how many times as fast as the peer ours is
// (the peer's median time over ours). It fails the benchmark under the least ratio: speed is judged only against a
// limit or a peer measured in the same run on the same machine, never in seconds.
func Ratio(b *testing.B, least float64, ours, peer func() error) {
	b.Helper()
	for _, f := range []func() error{ours, peer} { // warm up: neither side pays for what is done once
		if err := f(); err != nil {
			b.Fatal(err)
		}
	}
	var mine, theirs []time.Duration
	for range Rounds {
		mine = append(mine, timed(b, ours))
		theirs = append(theirs, timed(b, peer))
	}
	m, t := median(mine), median(theirs)
	ratio := float64(t) / float64(m)
	b.ReportMetric(0, "ns/op") // the harness's own figure would be of one warm-up
	b.ReportMetric(float64(m.Microseconds())/1000, "ms-ours")
	b.ReportMetric(float64(t.Microseconds())/1000, "ms-peer")
	b.ReportMetric(ratio, "x-peer")
	b.ReportMetric(least, "x-least")
	if ratio < least {
		b.Errorf("%s: %.2f times the peer, want at least %.2f (ours %v, peer %v, load %s)", b.Name(), ratio, least, m, t, load())
	}
}

func timed(b *testing.B, f func() error) time.Duration {
	b.Helper()
	start := time.Now()
	if err := f(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

// load is the machine's load average, for the reader of a failed ratio; "?" where the system does not say.
func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "?"
	}
	return strings.Join(strings.Fields(string(b))[:3], " ")
}
