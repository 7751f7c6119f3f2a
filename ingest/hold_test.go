package ingest_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"liandu/ingest"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
)

func count(t *testing.T, in *ingest.Ingester, query string) int {
	t.Helper()
	var n int
	if err := in.Store.DB().QueryRow(query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func code(t *testing.T, err error) fault.Code {
	t.Helper()
	if err == nil {
		t.Fatal("no error, want a refusal")
	}
	var f *fault.Error
	if !errors.As(err, &f) {
		t.Fatalf("%v is no refusal", err)
	}
	return f.Code
}

// TestHeldFileCountsForNothing: until an officer accepts it a held file is in no table of facts and is no version.
func TestHeldFileCountsForNothing(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	r := send(t, in, ingest.Upload{Name: "海棠区.xlsx", Hold: true, Actor: "haitang"}, workbook(t, thirdQuarter()))
	if r.Status != record.Pending || r.Version != 0 {
		t.Fatalf("%s version %d, want pending without a version", r.Status, r.Version)
	}
	if n := count(t, in, "select (select count(*) from d.submission) + (select count(*) from d.meeting) + (select count(*) from d.resolution)"); n != 0 {
		t.Errorf("%d rows of a held file in the tables of facts, want 0", n)
	}
	got, err := in.Accept(t.Context(), r.Submission, nil, "officer")
	if err != nil {
		t.Fatal(err)
	}
	if got.Status != record.Accepted || got.Version != 1 || got.Submission != r.Submission {
		t.Errorf("accepted as %s %s version %d, want the same id, version 1", got.Submission, got.Status, got.Version)
	}
	if n := count(t, in, "select count(*) from d.meeting where submission_id = '"+r.Submission+"'"); n != 2 {
		t.Errorf("%d meetings after acceptance, want 2", n)
	}
	if c := code(t, second(in.Accept(t.Context(), r.Submission, nil, "officer"))); c != fault.Conflict {
		t.Errorf("accepting twice: %s, want conflict", c)
	}
	if report, err := in.Store.Verify(t.Context()); err != nil || len(report.Troubles) > 0 {
		t.Errorf("verify: %v %v", report.Troubles, err)
	}
}

func second[T any](_ T, err error) error { return err }

// TestHeldFileWithErrorsIsRejectedAtOnce: nobody has to decide what cannot be accepted.
func TestHeldFileWithErrorsIsRejectedAtOnce(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	r := send(t, in, ingest.Upload{Name: "海棠区.xlsx", Hold: true}, workbook(t, thirdQuarter(), set("会议召开", "E2", "某日")))
	if r.Status != record.Rejected {
		t.Errorf("%s, want rejected", r.Status)
	}
}

// TestAcceptedLaterKeepsItsMoments: received when it came, known only from the decision on.
func TestAcceptedLaterKeepsItsMoments(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	now := period.MustDate("2024-10-08").Start()
	in.Now = func() time.Time { return now }
	r := send(t, in, ingest.Upload{Name: "海棠区.xlsx", Hold: true}, workbook(t, thirdQuarter()))
	now = period.MustDate("2024-10-20").Start()
	if _, err := in.Accept(t.Context(), r.Submission, nil, "officer"); err != nil {
		t.Fatal(err)
	}
	var received, decided time.Time
	if err := in.Store.DB().QueryRow("select received_at, decided_at from d.submission").Scan(&received, &decided); err != nil {
		t.Fatal(err)
	}
	if !received.Equal(period.MustDate("2024-10-08").Start()) || !decided.Equal(now) {
		t.Errorf("received %v, decided %v", received, decided)
	}
}

// TestReasons: a warning that needs a reason keeps the file waiting until every one has one.
func TestReasons(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	send(t, in, ingest.Upload{Name: "二季度.xlsx"}, workbook(t, secondQuarter()))
	form := thirdQuarter()
	ten := 10.0
	form.Resolutions[0].Percent, form.Resolutions[0].Reason = &ten, ""
	r := send(t, in, ingest.Upload{Name: "三季度.xlsx", Hold: true}, workbook(t, form))
	p, err := in.Judge(t.Context(), r.Submission)
	if err != nil {
		t.Fatal(err)
	}
	need := p.Reasons()
	if len(need) != 1 || p.Read.Problems[need[0]-1].Code != string(ingest.RateFell) {
		t.Fatalf("reasons needed at %v of %+v, want the fallen rate alone", need, p.Read.Problems)
	}
	for _, given := range []map[int]string{nil, {need[0]: "  \r\n"}, {ingest.FileReason: "已核"}} {
		if c := code(t, second(in.Accept(t.Context(), r.Submission, given, "officer"))); c != fault.Invalid {
			t.Errorf("reasons %v: %s, want invalid", given, c)
		}
	}
	if c := code(t, second(in.Accept(t.Context(), r.Submission, map[int]string{need[0]: strings.Repeat("长", 1001)}, "officer"))); c != fault.Invalid {
		t.Errorf("a reason of 1001 characters: %s, want invalid", c)
	}
	if c := code(t, second(in.Accept(t.Context(), r.Submission, map[int]string{need[0]: "可以", 99: "没有这一处"}, "officer"))); c != fault.Conflict {
		t.Errorf("a reason for no problem: %s, want conflict", c)
	}
	if _, err := in.Accept(t.Context(), r.Submission, map[int]string{need[0]: " 口径调整，已电话核实 ", ingest.FileReason: "更正"}, "officer"); err != nil {
		t.Fatal(err)
	}
	var kept, by string
	err = in.Store.DB().QueryRow("select reason, actor from d.problem_reason where code = 'rate_fell' and submission_id = '"+r.Submission+"'").Scan(&kept, &by)
	if err != nil || kept != "口径调整，已电话核实" || by != "officer" {
		t.Errorf("kept %q by %q, %v", kept, by, err)
	}
	if n := count(t, in, "select count(*) from d.problem_reason"); n != 2 {
		t.Errorf("%d reasons kept, want 2", n)
	}
}

// TestJudgedAgain: what was accepted while a file waited counts when it is decided.
func TestJudgedAgain(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	form := thirdQuarter()
	ten := 10.0
	form.Resolutions[0].Percent = &ten
	r := send(t, in, ingest.Upload{Name: "三季度.xlsx", Hold: true}, workbook(t, form))
	if p, err := in.Judge(t.Context(), r.Submission); err != nil || len(p.Reasons()) != 0 {
		t.Fatalf("before: %v %v", p.Reasons(), err)
	}
	send(t, in, ingest.Upload{Name: "二季度.xlsx"}, workbook(t, secondQuarter()))
	if p, err := in.Judge(t.Context(), r.Submission); err != nil || len(p.Reasons()) != 1 {
		t.Errorf("after: %v %v, want one reason needed", p.Reasons(), err)
	}
	if c := code(t, second(in.Accept(t.Context(), r.Submission, nil, "officer"))); c != fault.Invalid {
		t.Errorf("%s, want invalid", c)
	}
}

// TestHeldSameBytesAsInForce: accepting what is in force already repeats nothing.
func TestHeldSameBytesAsInForce(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	data := workbook(t, thirdQuarter())
	early := period.MustDate("2024-10-01").Start()
	r := send(t, in, ingest.Upload{Name: "a.xlsx", Hold: true}, data)
	send(t, in, ingest.Upload{Name: "b.xlsx", ReceivedAt: early}, data) // received earlier: it does not end the waiting
	got, err := in.Accept(t.Context(), r.Submission, nil, "officer")
	if err != nil || got.Status != record.Duplicate {
		t.Errorf("%s %v, want duplicate", got.Status, err)
	}
	if n := count(t, in, "select count(*) from d.meeting"); n != 2 {
		t.Errorf("%d meetings, want 2", n)
	}
}

// TestNewerTakesThePlace: of one unit and quarter one file waits; nothing of the older is lost.
func TestNewerTakesThePlace(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	hold := func(edits ...edit) string {
		return send(t, in, ingest.Upload{Name: "海棠区.xlsx", Hold: true}, workbook(t, thirdQuarter(), edits...)).Submission
	}
	a, b := hold(), hold(set("会议召开", "U2", "更正"))
	if c := code(t, second(in.Accept(t.Context(), a, nil, "officer"))); c != fault.Conflict {
		t.Errorf("accepting the older: %s, want conflict", c)
	}
	var by string
	if err := in.Store.DB().QueryRow("select by_id from d.held_decision where submission_id = '" + a + "' and state = 'superseded'").Scan(&by); err != nil || by != b {
		t.Errorf("superseded by %q %v, want %s", by, err, b)
	}
	c := send(t, in, ingest.Upload{Name: "海棠区.xlsx"}, workbook(t, thirdQuarter(), set("会议召开", "U2", "再更正")))
	if k := code(t, second(in.Accept(t.Context(), b, nil, "officer"))); k != fault.Conflict || c.Status != record.Accepted {
		t.Errorf("accepting what a newer accepted file replaced: %s", k)
	}
}

func TestReturnAndWithdraw(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	r := send(t, in, ingest.Upload{Name: "海棠区.xlsx", Hold: true}, workbook(t, thirdQuarter()))
	if c := code(t, second(in.Return(t.Context(), r.Submission, " ", "officer"))); c != fault.Invalid {
		t.Errorf("no words: %s, want invalid", c)
	}
	got, err := in.Return(t.Context(), r.Submission, "请补报松溪镇的会议。", "officer")
	if err != nil || got.Status != record.Returned {
		t.Fatalf("%s %v, want returned", got.Status, err)
	}
	var words string
	if err := in.Store.DB().QueryRow("select words from d.held_decision").Scan(&words); err != nil || words != "请补报松溪镇的会议。" {
		t.Errorf("words %q %v", words, err)
	}
	if n := count(t, in, "select count(*) from d.meeting"); n != 0 {
		t.Errorf("%d meetings of a returned file, want 0", n)
	}
	again := send(t, in, ingest.Upload{Name: "海棠区.xlsx", Hold: true}, workbook(t, thirdQuarter()))
	if again.Status != record.Pending {
		t.Fatalf("sent again: %s, want pending", again.Status)
	}
	if err := in.Withdraw(context.Background(), again.Submission, "haitang"); err != nil {
		t.Fatal(err)
	}
	if c := code(t, in.Withdraw(context.Background(), again.Submission, "haitang")); c != fault.Conflict {
		t.Errorf("withdrawn twice: %s", c)
	}
	if c := code(t, second(in.Return(t.Context(), again.Submission, "晚了", "officer"))); c != fault.Conflict {
		t.Errorf("returning what was withdrawn: %s", c)
	}
}

// TestHeldSurvivesRebuild: the journal and the blobs are enough.
func TestHeldSurvivesRebuild(t *testing.T) {
	t.Parallel()
	in, dir := ingester(t), t.TempDir()
	own, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	in.Store = own
	r := send(t, in, ingest.Upload{Name: "海棠区.xlsx", Hold: true}, workbook(t, thirdQuarter()))
	if err := own.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Rebuild(t.Context(), dir, store.Options{}); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	in.Store = again
	if _, err := in.Accept(t.Context(), r.Submission, nil, "officer"); err != nil {
		t.Error(err)
	}
}

// TestNeedsReason: only warnings are asked about.
func TestNeedsReason(t *testing.T) {
	t.Parallel()
	n := 0
	for _, c := range ingest.Codes() {
		if ingest.NeedsReason(c) {
			n++
		}
	}
	if n == 0 || ingest.NeedsReason(ingest.CellMissing) || !ingest.NeedsReason(ingest.DoneUndone) {
		t.Errorf("%d codes need a reason", n)
	}
}
