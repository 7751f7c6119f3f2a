package ingest_test

import (
	"context"
	"testing"

	"liandu/ingest"
	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/record"
	"liandu/internal/store"
)

// understand journals what a person decided that a head means.
func understand(t *testing.T, in *ingest.Ingester, c store.ColumnUnderstood) {
	t.Helper()
	c.Head = ingest.HeadKey(c.Shown)
	_, err := in.Store.Append(context.Background(), journal.Entry{Actor: "wang", Action: store.ActionColumnUnderstood, Subject: string(c.Unit), Data: c})
	must(t, err)
}

func again(t *testing.T, in *ingest.Ingester, id string, hold bool) ingest.Result {
	t.Helper()
	rs, err := in.Again(context.Background(), id, hold, "wang")
	must(t, err)
	return rs[0]
}

func TestLearnedHeadReadsTheFileAgain(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	strange := workbook(t, thirdQuarter(), set("会议召开", "E1", "何时"))
	first := send(t, in, ingest.Upload{Name: "报表.xlsx"}, strange)
	if first.Status != record.Rejected || len(first.Problems) != 1 || first.Problems[0].Code != string(ingest.ColumnMissing) {
		t.Fatalf("%s %v, want the missing column alone", first.Status, first.Problems)
	}
	if _, err := in.Again(context.Background(), first.Submission, false, "wang"); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("read again with nothing decided: %v, want a conflict", err)
	}
	understand(t, in, store.ColumnUnderstood{Unit: haitang, Table: "meeting", Shown: " 何 时：", Field: "held_on"})
	held := again(t, in, first.Submission, true)
	if held.Status != record.Pending || held.SHA256 != first.SHA256 {
		t.Errorf("held: %s %v", held.Status, held.Problems)
	}
	r := again(t, in, first.Submission, false)
	if r.Status != record.Accepted || r.Rows.Meeting != 2 {
		t.Fatalf("read again: %s %v", r.Status, r.Problems)
	}
	how := record.How("")
	for _, c := range readingOf(t, in, r).Columns {
		if c.Field == "held_on" {
			how = c.How
		}
	}
	if how != record.HowLearned {
		t.Errorf("the head was understood as %q, want %q", how, record.HowLearned)
	}
	next := send(t, in, ingest.Upload{Name: "更正.xlsx"}, workbook(t, thirdQuarter(), set("会议召开", "E1", "何时"), set("会议召开", "U2", "更正")))
	if next.Status != record.Accepted {
		t.Errorf("the next file: %s %v", next.Status, next.Problems)
	}
	if _, err := in.Again(context.Background(), first.Submission, false, "wang"); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("an older file read again over a later version: %v, want a conflict", err)
	}
	understand(t, in, store.ColumnUnderstood{Unit: haitang, Table: "meeting", Shown: "何时", Withdrawn: true})
	last := send(t, in, ingest.Upload{Name: "再报.xlsx"}, workbook(t, thirdQuarter(), set("会议召开", "E1", "何时"), set("会议召开", "U2", "再报")))
	if last.Status != record.Rejected {
		t.Errorf("after the withdrawal: %s, want rejected", last.Status)
	}
}

func TestLearnedHeadStaysWithItsCountyTableAndField(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	understand(t, in, store.ColumnUnderstood{Unit: qinghe, Table: "meeting", Shown: "何时", Field: "held_on"})
	understand(t, in, store.ColumnUnderstood{Unit: haitang, Table: "resolution", Shown: "何时", Field: "due_on"})
	r := send(t, in, ingest.Upload{Name: "报表.xlsx"}, workbook(t, thirdQuarter(), set("会议召开", "E1", "何时")))
	if r.Status != record.Rejected {
		t.Errorf("another county's and another table's decision was taken: %s", r.Status)
	}
	understand(t, in, store.ColumnUnderstood{Unit: haitang, Table: "meeting", Shown: "何时", Field: "held_on"})
	r = send(t, in, ingest.Upload{Name: "报表.xlsx"}, workbook(t, thirdQuarter(), set("会议召开", "U1", "何时"), set("会议召开", "U2", "2020-01-01")))
	reading := readingOf(t, in, r)
	if r.Status != record.Accepted || reading.Meetings[0].HeldOn.String() != "2024-05-10" || reading.Meetings[0].Extra["何时"] != "2020-01-01" {
		t.Errorf("the form's own head gave way: %s %+v", r.Status, reading.Meetings[0])
	}
	understand(t, in, store.ColumnUnderstood{Unit: haitang, Table: "meeting", Shown: "宣传报道"})
	r = send(t, in, ingest.Upload{Name: "报表.xlsx"}, workbook(t, thirdQuarter()))
	if reading := readingOf(t, in, r); r.Status != record.Accepted || reading.Meetings[0].Publicity != "" || reading.Meetings[0].Extra["宣传报道"] == "" {
		t.Errorf("a column not used was read: %s %+v", r.Status, reading.Meetings[0])
	}
}

func TestHeadsOfUnreadSheetsAreListed(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	data := workbook(t, thirdQuarter(), set("会议召开", "A1", "哪里"), drop("制度建立"), drop("议定事项"), drop("会议召开"), rows("会议",
		[]any{"哪里", "哪年", "什么会", "哪天", "谁主持"}, []any{"海棠区", 2024, "年度联席会议", "2024-05-10", "赵三"}))
	r := send(t, in, ingest.Upload{Name: "报表.xlsx"}, data)
	reading := readingOf(t, in, r)
	if r.Status != record.Rejected || len(reading.Columns) != 5 {
		t.Fatalf("%s with columns %+v", r.Status, reading.Columns)
	}
	if c := reading.Columns[3]; c.Head != "哪天" || c.Cell != "D1" || c.How != record.HowUnknown || len(c.Examples) != 1 || c.Table != "meeting" {
		t.Errorf("column = %+v", c)
	}
	for shown, field := range map[string]string{"哪里": "unit", "哪年": "session_year", "什么会": "kind", "哪天": "held_on"} {
		understand(t, in, store.ColumnUnderstood{Unit: haitang, Table: "meeting", Shown: shown, Field: field})
	}
	if r = again(t, in, r.Submission, false); r.Status != record.Accepted || r.Rows.Meeting != 1 {
		t.Errorf("with every head explained: %s %v", r.Status, r.Problems)
	}
}
