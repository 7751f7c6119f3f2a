package ingest_test

import (
	"testing"

	"liandu/ingest"
	"liandu/internal/fault"
	"liandu/internal/record"
	"liandu/internal/store"
)

// TestReportTwice sends one text twice: while the first waits the second is its duplicate and nobody's work; once the
// first is settled, the text may come again.
func TestReportTwice(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	first := send(t, in, ingest.Upload{Name: "纪要.txt"}, []byte(minutesText))
	second := send(t, in, ingest.Upload{Name: "纪要（再报）.txt"}, []byte(minutesText))
	if first.Status != record.InWords || second.Status != record.Duplicate {
		t.Fatalf("first %s, second %s", first.Status, second.Status)
	}
	said := ""
	for _, p := range second.Problems {
		if p.Code == string(ingest.ReportTwice) {
			said = p.Message
		}
	}
	if want := "与待核对的 " + first.Submission + " 是同一份文字材料，没有另外收下。"; said != want {
		t.Errorf("second says %q, want %q", said, want)
	}
	if _, err := in.KeepReport(t.Context(), second.Submission, asRead(), "officer"); fault.CodeOf(err) == "" {
		t.Errorf("a duplicate was kept: %v", err)
	}
	if err := in.SettleReport(t.Context(), first.Submission, store.ReportEvidence, "", "officer"); err != nil {
		t.Fatal(err)
	}
	if third := send(t, in, ingest.Upload{Name: "纪要.txt"}, []byte(minutesText)); third.Status != record.InWords {
		t.Errorf("after the first was settled: %s", third.Status)
	}
}
