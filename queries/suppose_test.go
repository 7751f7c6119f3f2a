package queries

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/store"
	"liandu/internal/testkit"
)

// entry is the line by which a report would be accepted at a moment, as the next one.
func (w *world) entry(unit record.UnitCode, quarter, at string, f facts) journal.Entry {
	w.t.Helper()
	r := testkit.Reading(quarter, func(r *record.Reading) { r.Unit, r.File = unit, "待受理.xlsx" })
	f = f.by(unit)
	r.Meetings, r.Resolutions, r.Establishments = f.meetings, f.resolutions, f.establishments
	b, err := json.Marshal(r)
	if err != nil {
		w.t.Fatal(err)
	}
	sum, err := w.s.Blobs().PutBytes(b)
	if err != nil {
		w.t.Fatal(err)
	}
	moment := testkit.Moment(w.t, at)
	sub := record.Submission{
		ID: fmt.Sprintf("S%d", w.s.Version()+1), Unit: unit, Quarter: r.Quarter, Version: 2, Status: record.Accepted, File: r.File,
		SHA256: sum, Reading: sum, ReceivedAt: moment.Add(-48 * time.Hour), DecidedAt: moment, Actor: "测试",
	}
	return journal.Entry{
		At: moment, Actor: sub.Actor, Action: store.ActionSubmissionAccepted, Subject: sub.ID, Blobs: []string{sum},
		Data: store.SubmissionDecided{Submission: sub, IsHeld: true},
	}
}

func (w *world) suppose(e journal.Entry) *Queries {
	return w.q.Suppose(func(ctx context.Context, conn *sql.Conn) error { return w.s.Suppose(ctx, conn, e) })
}

// same compares answers; a regime is the same one.
var same = cmp.Options{
	cmpopts.EquateEmpty(), cmp.Comparer(func(a, b *regime.Regime) bool { return a == b }), cmpopts.EquateComparable(period.Date{}),
}

// TestSupposedEqualsReal: what is shown before acceptance is what is true after it, for every regime, indicator,
// finding and ledger, in the quarter itself and the later ones; and supposing changes nothing.
func TestSupposedEqualsReal(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990101"), county("990102"), township("990101001", "990101"))
	w.send("990101", "2024Q2", "2024-07-05", items(testkit.Resolution(due("2024-05-31")), testkit.Resolution(status(record.StatusInProgress))))
	w.send("990102", "2024Q2", "2024-07-06", items(testkit.Resolution(testkit.Done("2024-06-01"))))
	w.send("990102", "2024Q3", "2024-10-20", items(testkit.Resolution(testkit.Done("2024-06-01"))))
	w.send("990101", "2024Q4", "2025-01-05", established(true, "2024-10-01"))
	at := "2025-01-20"
	e := w.entry("990101", "2024Q2", at, items(testkit.Resolution(testkit.Done("2024-05-20")), testkit.Resolution(due("2024-04-30")),
		testkit.Resolution(status(record.StatusCancelled))).and(established(true, "2024-02-01")))
	supposed := w.suppose(e)
	type answer struct {
		Metrics  *Metrics
		Findings []Finding
		Meetings []MeetingRow
		Items    []ResolutionRow
		Sent     []SentRow
	}
	ask := func(q *Queries, a AsOf) answer {
		t.Helper()
		var out answer
		var errs [5]error
		out.Metrics, errs[0] = q.Metrics(t.Context(), a)
		out.Findings, errs[1] = q.Findings(t.Context(), a)
		out.Meetings, errs[2] = q.Meetings(t.Context(), a, "")
		out.Items, errs[3] = q.Resolutions(t.Context(), a, "")
		out.Sent, errs[4] = q.Sent(t.Context(), a)
		for _, err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
		return out
	}
	var views []AsOf
	for _, id := range []string{"qinhuangdao-2024", "shanghai-2018"} {
		for _, quarter := range []string{"2024Q2", "2024Q3", "2024Q4"} {
			a := asOf(t, quarter, id)
			a.KnownAt = testkit.Moment(t, at)
			views = append(views, a)
		}
	}
	var before, shown []answer
	for _, a := range views {
		before = append(before, ask(w.q, a))
		shown = append(shown, ask(supposed, a))
	}
	for i, a := range views {
		if diff := cmp.Diff(before[i], ask(w.q, a), same); diff != "" {
			t.Errorf("%s %s: supposing changed what is\n%s", a.Regime.ID, a.Quarter, diff)
		}
		if cmp.Equal(before[i], shown[i], same) {
			t.Errorf("%s %s: nothing moves", a.Regime.ID, a.Quarter)
		}
	}
	if _, err := w.s.Append(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	for i, a := range views {
		if diff := cmp.Diff(ask(w.q, a), shown[i], same); diff != "" {
			t.Errorf("%s %s (-real +shown):\n%s", a.Regime.ID, a.Quarter, diff)
		}
	}
	early := asOf(t, "2024Q2", "qinhuangdao-2024")
	early.KnownAt = testkit.Moment(t, "2025-01-19")
	if u := w.unit(early, "990101"); u.Resolutions.Completed != before[0].Metrics.Unit("990101").Resolutions.Completed {
		t.Errorf("known at the day before acceptance: %+v, received or not", u.Resolutions)
	}
}

// TestNoFileHidesATable: the schema d is never an alias, which Suppose would take for a table of facts.
func TestNoFileHidesATable(t *testing.T) {
	t.Parallel()
	lib, err := loadLibrary()
	if err != nil {
		t.Fatal(err)
	}
	alias := regexp.MustCompile(`(?i)\bas d\b`)
	for path, f := range lib {
		if alias.MatchString(f.text) {
			t.Errorf("%s names something d", path)
		}
	}
}
