package queries

import (
	"context"
	"testing"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
)

func TestDocumentsAreListedAndScoped(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := newWorld(t, county("990102"), county("990103"))
	issue := func(kind, number string, unit record.UnitCode, quarter string) string {
		t.Helper()
		lines, err := w.s.Append(ctx, journal.Entry{At: now, Actor: "李某", Action: store.ActionDocumentIssued, Subject: number, Data: store.DocumentIssued{
			Kind: kind, Paper: kind, Unit: unit, Quarter: period.MustQuarter(quarter), Year: 2024, Regime: "r", Level: record.LevelCounty, KnownAt: now,
			Number: number, Title: "题", DatedOn: period.MustDate("2025-01-16"), ReplyDue: period.MustDate("2025-02-14"), Corrects: []string{"D1"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		return store.DocumentID(lines[0].Seq)
	}
	notice := issue("notice", "云工发〔2025〕2号", "", "2024Q4")
	letter := issue("letter_union", "云工函〔2025〕2号", "990102", "2024Q4")
	other := issue("letter_union", "云工函〔2025〕4号", "990103", "2024Q3")
	for _, tc := range []struct {
		name   string
		filter DocumentFilter
		want   []string
	}{
		{"all, the newest first", DocumentFilter{}, []string{other, letter, notice}},
		{"of a kind", DocumentFilter{Kind: "notice"}, []string{notice}},
		{"of a quarter", DocumentFilter{Quarter: period.MustQuarter("2024Q4")}, []string{letter, notice}},
		{"of a number", DocumentFilter{Number: "云工函〔2025〕4号"}, []string{other}},
		{"a county's own only", DocumentFilter{Scope: "990102"}, []string{letter}},
		{"none", DocumentFilter{Unit: "990199"}, nil},
	} {
		got, err := w.q.Documents(ctx, tc.filter)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, d := range got {
			ids = append(ids, d.ID)
		}
		if len(ids) != len(tc.want) {
			t.Errorf("%s = %v, want %v", tc.name, ids, tc.want)
			continue
		}
		for i := range ids {
			if ids[i] != tc.want[i] {
				t.Errorf("%s = %v, want %v", tc.name, ids, tc.want)
			}
		}
	}
	d, err := w.q.Document(ctx, letter, "")
	if err != nil || d.Number != "云工函〔2025〕2号" || d.ReplyDue != period.MustDate("2025-02-14") || !d.IssuedAt.Equal(now) || d.Quarter != "2024Q4" ||
		len(d.Corrects) != 1 || d.Unit != "990102" {
		t.Errorf("document = %+v, %v", d, err)
	}
	for _, id := range []string{"", "D999", notice} {
		if _, err := w.q.Document(ctx, id, "990102"); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("document %q of another unit = %v, want not found", id, err)
		}
	}
	report, err := w.s.Verify(ctx)
	if err != nil || len(report.Troubles) > 0 || report.Rows["document"] != 3 {
		t.Errorf("verify = %+v, %v", report, err)
	}
}
