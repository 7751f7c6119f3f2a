package queries

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"liandu/internal/period"
)

// Supposition makes, in the transaction open on conn, the temporary tables supposed_submission, supposed_meeting,
// supposed_resolution and supposed_establishment: the facts as they would be (store.Suppose).
type Supposition func(ctx context.Context, conn *sql.Conn) error

// supposedName is a table of facts, or a base macro that reads one, as the files name it.
var supposedName = regexp.MustCompile(`\bd\.(submission|meeting|resolution|establishment|accepted_submission|current_meeting|current_resolution|current_establishment)\b`)

// Suppose returns a Queries that answers what is evaluated (indicators, scores, findings, ledgers) as if, by the same
// files: each reads the supposed tables where it would read d's. It is for one known-at, which must lie at or after the
// moment the supposed facts count from, and for one use: it forgets nothing and never looks at the data again where it
// has an answer. What is no evaluation (lists of files, the audit log) is not to be asked of it.
func (q *Queries) Suppose(s Supposition) *Queries {
	lib := library{}
	for path, f := range q.lib {
		g := *f
		g.text = supposed(f.text)
		lib[path] = &g
	}
	other := *q
	other.lib, other.suppose = lib, s
	other.memo = &memo{version: func() int64 { return 0 }, held: map[memoKey]*memoEntry{}}
	return &other
}

// supposed is a file's text with the supposed facts in place of d's.
func supposed(text string) string { return supposedName.ReplaceAllString(text, "supposed_$1") }

// begin opens the transaction of one evaluation; done ends it by rolling back and returns what went wrong.
func (q *Queries) begin(ctx context.Context) (tx *sql.Tx, done func(error) error, err error) {
	conn, err := q.db.Conn(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("open a reading connection: %w", err)
	}
	tx, err = conn.BeginTx(ctx, nil)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open a reading transaction: %w", err), conn.Close())
	}
	done = func(err error) error {
		end := tx.Rollback()
		if errors.Is(end, sql.ErrTxDone) && ctx.Err() != nil {
			end = nil
		}
		if end = errors.Join(end, conn.Close()); end != nil && err == nil && ctx.Err() == nil {
			return fmt.Errorf("close a reading transaction: %w", end)
		}
		return err
	}
	if q.suppose == nil {
		return tx, done, nil
	}
	if err := q.supposeIn(ctx, conn, tx); err != nil {
		return nil, nil, done(err)
	}
	return tx, done, nil
}

// supposeIn makes the supposed tables and the base macros that read them.
func (q *Queries) supposeIn(ctx context.Context, conn *sql.Conn, tx *sql.Tx) error {
	if err := q.suppose(ctx, conn); err != nil {
		return fmt.Errorf("suppose: %w", err)
	}
	for _, m := range Base() {
		text := supposed(m.SQL)
		if text == m.SQL {
			continue // reads no facts
		}
		text = strings.Replace(text, "create or replace macro supposed_", "create or replace temp macro supposed_", 1)
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("suppose macro %s: %w", m.Name, err)
		}
	}
	return nil
}

// only returns the entry of an as-of where the data have one state.
func (m *memo) only(a AsOf) *memoEntry {
	key := memoKey{
		quarter: a.Quarter, year: a.Year, session: a.Cohort.Session, regime: a.Regime, deadline: a.Deadline,
		day: period.DateOf(a.KnownAt.In(period.Shanghai)),
	}
	e, ok := m.held[key]
	if !ok {
		e = &memoEntry{}
		m.held[key] = e
	}
	return e
}
