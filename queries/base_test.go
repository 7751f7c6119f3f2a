package queries

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/testkit"
)

// itemsOf lists a unit's items as key=title:state in the ledger's order.
func (w *world) itemsOf(a AsOf, code record.UnitCode) string {
	w.t.Helper()
	rows, err := w.q.Resolutions(context.Background(), a, code)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		out = append(out, r.ItemKey+"="+r.Title+":"+string(r.State))
	}
	return strings.Join(out, " ")
}

func item(no, title string, muts ...func(*record.Resolution)) record.Resolution {
	muts = append([]func(*record.Resolution){func(r *record.Resolution) { r.ItemNo, r.Title, r.DueOn = no, title, period.MustDate("2025-06-30") }}, muts...)
	return testkit.Resolution(muts...)
}

func rows(rs ...record.Resolution) facts { return facts{resolutions: rs} }

func TestItemKeys(t *testing.T) {
	t.Parallel()
	done := testkit.Done("2024-09-01")
	meeting := meetings(testkit.Meeting())
	cases := []struct {
		name   string
		q3, q4 facts
		want   string
	}{
		{"a number is the key, whatever the title", rows(item("1", "甲")), rows(item("1", "乙", done)), "n:1=乙:completed"},
		{"a later quarter that does not mention it", rows(item("1", "甲"), item("2", "乙")), rows(item("2", "乙", done)), "n:1=甲:in_progress n:2=乙:completed"},
		{"it loses its number", rows(item("1", "甲"), item("2", "乙")), rows(item("", "乙", done)), "n:1=甲:in_progress n:2=乙:completed"},
		{"it gains a number", rows(item("", "甲")), rows(item("3", "甲", done)), "n:3=甲:completed"},
		{"no number at all", rows(item("", "甲")), rows(item("", "甲", done)), "t:甲=甲:completed"},
		{"the title decides among numbers, the latest first", rows(item("1", "甲"), item("2", "乙")),
			rows(item("2", "甲"), item("1", "乙")), "n:1=乙:in_progress n:2=甲:in_progress"},
		{"two rows of one file stay two", rows(item("1", "甲")), rows(item("1", "甲", done), item("", "甲")),
			"n:1=甲:completed t:甲=甲:in_progress"},
		{"the same title at another meeting is another item", rows(item("1", "甲")),
			rows(item("", "甲", func(r *record.Resolution) { r.Kind = record.KindExtraordinary })), "n:1=甲:in_progress t:甲=甲:in_progress"},
		{"a whole row: a blank does not fall back", rows(item("1", "甲", due("2024-06-30"))), rows(item("1", "甲", due(""))), "n:1=甲:in_progress"},
	}
	var units []record.Unit
	var q3, q4 facts
	code := func(i int) record.UnitCode { return record.UnitCode(fmt.Sprintf("9901%02d", i+3)) }
	for i, c := range cases {
		units = append(units, county(code(i)))
		q3, q4 = q3.and(meeting.and(c.q3).by(code(i))), q4.and(c.q4.by(code(i)))
	}
	w := newWorld(t, units...)
	w.send("990100", "2024Q3", "2024-10-03", q3)
	w.send("990100", "2024Q4", "2025-01-03", q4)
	for i, c := range cases {
		if got := w.itemsOf(asOf(t, "2024Q4", qinhuangdao), code(i)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestVersionsReplaceWholly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	a := asOf(t, "2024Q3", qinhuangdao)
	meeting := meetings(testkit.Meeting())
	w.send("990102", "2024Q3", "2024-10-03", meeting.and(rows(item("1", "甲"), item("2", "乙"))))
	w.send("990102", "2024Q3", "2024-10-08", meeting.and(rows(item("2", "乙"))))
	if got, want := w.itemsOf(a, "990102"), "n:2=乙:in_progress"; got != want {
		t.Errorf("after the correction %s, want %s", got, want)
	}
	a.KnownAt = testkit.Moment(t, "2024-10-07")
	if got, want := w.itemsOf(a, "990102"), "n:1=甲:in_progress n:2=乙:in_progress"; got != want {
		t.Errorf("as known before it %s, want %s", got, want)
	}
	// A file received earlier but kept later does not replace a later one.
	w.send("990102", "2024Q3", "2024-10-05", meeting)
	a.KnownAt = now
	if got, want := w.itemsOf(a, "990102"), "n:2=乙:in_progress"; got != want {
		t.Errorf("after a belated older file %s, want %s", got, want)
	}
}

// TestMomentsAreExact: what was received at known-at counts, what came a microsecond later does not.
func TestMomentsAreExact(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	w.send("990102", "2024Q3", "2024-10-03T08:00:00.000001+08:00", meetings(testkit.Meeting()))
	a := asOf(t, "2024Q3", qinhuangdao)
	for known, want := range map[string]AnnualStatus{
		"2024-10-03T08:00:00+08:00": Pending, "2024-10-03T08:00:00.000001+08:00": HeldOnTime, "2024-10-03T00:00:01Z": HeldOnTime,
	} {
		a.KnownAt = testkit.Moment(t, known)
		if got := w.unit(a, "990102").Status; got != want {
			t.Errorf("known at %s = %s, want %s", known, got, want)
		}
	}
}

func TestFirstDoneQuarterDatesIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	noDate := item("1", "甲", status(record.StatusCompleted), due("2024-08-01"))
	w.send("990102", "2024Q2", "2024-07-03", meetings(testkit.Meeting()).and(rows(noDate)))
	w.send("990102", "2024Q3", "2024-10-03", rows(item("1", "甲", due("2024-08-01"))))
	w.send("990102", "2024Q4", "2025-01-03", rows(noDate))
	got, err := w.q.Resolutions(context.Background(), asOf(t, "2024Q4", qinhuangdao), "990102")
	if err != nil || len(got) != 1 {
		t.Fatalf("%d items, %v", len(got), err)
	}
	if r := got[0]; r.DoneOn != period.MustDate("2024-06-30") || !r.DoneOnAssumed || r.IsOnTime == nil || !*r.IsOnTime {
		t.Errorf("done on %s (assumed %v, on time %v), want 2024-06-30, the first quarter that said done", r.DoneOn, r.DoneOnAssumed, r.IsOnTime)
	}
	// In between it had come back undone.
	if got := w.itemsOf(asOf(t, "2024Q3", qinhuangdao), "990102"); got != "n:1=甲:overdue" {
		t.Errorf("as of Q3 %s", got)
	}
}

func TestItemsAreDecidedAtTheEarliestMeeting(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	w.send("990102", "2024Q4", "2025-01-03", meetings(testkit.Meeting(held("2024-11-05")), testkit.Meeting(held("2024-06-18"))).and(rows(item("7", "甲"))))
	got, err := w.q.Resolutions(context.Background(), asOf(t, "2024Q4", qinhuangdao), "990102")
	if err != nil || len(got) != 1 || got[0].DecidedOn != period.MustDate("2024-06-18") {
		t.Errorf("decided on %v, %v; want 2024-06-18", got, err)
	}
}

func TestClosingIsWithdrawnAndKnown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	w.send("990102", "2024Q3", "2024-10-03", meetings(testkit.Meeting()).and(rows(item("1", "甲", testkit.Done("2024-08-01")))))
	testkit.Close(t, w.s, item("1", "甲", func(r *record.Resolution) { r.Unit = "990102" }), "2024-09-15")
	a := asOf(t, "2024Q3", qinhuangdao)
	if got := w.unit(a, "990102").Indicators["resolution_closed"]; got != (Pair{1, 1}) {
		t.Errorf("closed = %v, want 1/1", got)
	}
	a = asOf(t, "2024Q2", qinhuangdao) // closed after D
	if got := w.unit(a, "990102").Indicators["resolution_closed"]; got.Num != 0 {
		t.Errorf("closed before it was = %v", got)
	}
}

// TestMergerKeepsBothHistories: two units become one; their numbers do not name the same item, their titles do.
func TestMergerKeepsBothHistories(t *testing.T) {
	t.Parallel()
	ended := func(u *record.Unit) { u.ValidTo, u.Successor = period.MustDate("2024-06-30"), "990105" }
	w := newWorld(t, county("990102", ended), county("990103", ended),
		county("990105", func(u *record.Unit) { u.ValidFrom = period.MustDate("2024-07-01") }))
	w.send("990102", "2024Q2", "2024-07-03", meetings(testkit.Meeting(held("2024-05-06"))).and(rows(item("1", "甲"))))
	w.send("990103", "2024Q2", "2024-07-03", meetings(testkit.Meeting(held("2024-06-06"))).and(rows(item("1", "乙"))))
	w.send("990105", "2024Q3", "2024-10-03", rows(item("2", "乙", testkit.Done("2024-09-01"))))

	before, after := asOf(t, "2024Q2", qinhuangdao), asOf(t, "2024Q3", qinhuangdao)
	if got := len(w.metrics(before).Units); got != 2 {
		t.Errorf("%d units before the merger, want the two", got)
	}
	m := w.metrics(after)
	if len(m.Units) != 1 || m.Units[0].Unit.Code != "990105" {
		t.Fatalf("after the merger %v", m.Units)
	}
	if u := m.Units[0]; u.Status != HeldOnTime || u.HeldOn != period.MustDate("2024-05-06") || u.Indicators["resolution_completion"] != (Pair{1, 2}) {
		t.Errorf("the successor: %s on %s, completion %v; want the earliest meeting and 1/2", u.Status, u.HeldOn, u.Indicators["resolution_completion"])
	}
	if got, want := w.itemsOf(after, "990105"), "t:甲=甲:in_progress t:乙=乙:completed"; got != want {
		t.Errorf("items %s, want %s", got, want)
	}
	if got := m.Units[0].Indicators["submission_on_time"]; got != (Pair{2, 3}) {
		t.Errorf("punctuality %v, want 2/3: the reports before the merger are the successor's", got)
	}
}

// TestSuccessionFollowsTheChain: renamed twice, and a successor that has not begun yet inherits nothing.
func TestSuccessionFollowsTheChain(t *testing.T) {
	t.Parallel()
	span := func(from, to string, next record.UnitCode) func(*record.Unit) {
		return func(u *record.Unit) {
			u.ValidFrom, u.ValidTo, u.Successor = period.MustDate(from), period.MustDate(to), next
		}
	}
	w := newWorld(t, county("990102", span("", "", "990103")), // it ends the day before its successor begins
		county("990103", span("2024-03-01", "2024-07-31", "990104")), county("990104", span("2024-08-01", "", "")),
		township("990102001", "990102"))
	w.send("990102", "2024Q1", "2024-04-03", meetings(testkit.Meeting(held("2024-02-01"))))
	for quarter, want := range map[string]record.UnitCode{"2023Q4": "990102", "2024Q2": "990103", "2024Q3": "990104"} {
		m := w.metrics(asOf(t, quarter, qinhuangdao))
		if len(m.Units) != 1 || m.Units[0].Unit.Code != want {
			t.Errorf("units as of %s: %v, want %s alone", quarter, m.Units, want)
		} else if quarter != "2023Q4" && m.Units[0].Status != HeldOnTime {
			t.Errorf("as of %s %s is %s, want its predecessor's meeting", quarter, want, m.Units[0].Status)
		}
	}
	l, err := w.q.Lights(context.Background(), asOf(t, "2024Q3", qinhuangdao), 3)
	if err != nil || len(l.Rows) != 1 || len(l.Rows[0].Cells) != 3 {
		t.Fatalf("lights %+v, %v; want one unit's three quarters", l, err)
	}
	for _, c := range l.Rows[0].Cells {
		if c.Word == "" {
			t.Errorf("%s has no cell: it is the predecessor's", c.Quarter)
		}
	}
	a := asOf(t, "2024Q3", shanghai)
	a.Level = record.LevelTownship
	if p := w.metrics(a).Units[0].Unit.Parent; p != "990104" {
		t.Errorf("the township's county is %s, want the last successor", p)
	}
}
