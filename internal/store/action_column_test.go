package store_test

import (
	"context"
	"testing"

	"liandu/internal/journal"
	"liandu/internal/store"
)

func TestColumnUnderstoodIsARowAndSurvivesARebuild(t *testing.T) {
	t.Parallel()
	ctx, dir := context.Background(), t.TempDir()
	s := open(t, dir)
	for _, c := range []store.ColumnUnderstood{
		{Unit: "990102", Table: "meeting", Head: "何时", Shown: "何时", Field: "held_on"},
		{Unit: "990102", Table: "meeting", Head: "何时", Shown: "何时", Withdrawn: true},
	} {
		if _, err := s.Append(ctx, journal.Entry{At: at, Actor: "li", Action: store.ActionColumnUnderstood, Subject: "990102", Data: c}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Rebuild(ctx, dir, store.Options{}); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	defer s.Close()
	const first = `select count(*) from d.column_understood where unit_code = '990102' and table_name = 'meeting' and head = '何时'`
	if n := count(t, s, first+` and field = 'held_on' and not is_withdrawn and actor = 'li'`); n != 1 {
		t.Errorf("%d rows of the decision, want 1", n)
	}
	if n := count(t, s, first+` and is_withdrawn`); n != 1 {
		t.Errorf("%d rows of its withdrawal, want 1", n)
	}
	if _, err := s.DB().ExecContext(ctx, `delete from d.column_understood where is_withdrawn`); err != nil {
		t.Fatal(err)
	}
	if r, err := s.Verify(ctx); err != nil || len(r.Troubles) != 1 || r.Rows["column_understood"] != 1 {
		t.Errorf("verify after a row was taken out = %+v, %v, want it named", r, err)
	}
}
