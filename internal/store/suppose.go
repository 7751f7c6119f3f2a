package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"liandu/internal/journal"
)

// SupposedTables are the tables of facts that Suppose copies; the copy of submission is the temporary table
// supposed_submission.
var SupposedTables = []string{"submission", "meeting", "resolution", "establishment"}

// Suppose makes, in the transaction open on conn, temporary copies of the tables of facts with the rows that the
// entries would add if they were written now, by the very code that would write them. Nothing of d changes; the
// copies end with the transaction.
func (s *Store) Suppose(ctx context.Context, conn *sql.Conn, entries ...journal.Entry) error {
	lines, err := s.journal.Prepare(entries...)
	if err != nil {
		return err
	}
	batch, err := s.batch(lines)
	if err != nil {
		return err
	}
	for _, table := range SupposedTables {
		// The names are ours, never a stranger's.
		if _, err := conn.ExecContext(ctx, "create or replace temp table supposed_"+table+" as select * from d."+table); err != nil {
			return fmt.Errorf("copy table %s: %w", table, err)
		}
	}
	batch = slices.DeleteFunc(batch, func(t tableRows) bool { return !slices.Contains(SupposedTables, t.table) })
	return appendTo(conn, "temp", "supposed_", batch)
}
