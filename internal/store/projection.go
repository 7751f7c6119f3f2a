package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"liandu/internal/journal"
)

// projection is one DuckDB instance with the tables of schema.sql in d.
type projection struct{ db *sql.DB }

// lostError marks an error after which the database must not be touched any more.
type lostError struct{ err error }

func (e *lostError) Error() string { return "projection lost: " + e.err.Error() }
func (e *lostError) Unwrap() error { return e.err }

// replayBatch is how many journal lines one transaction applies during a replay.
const replayBatch = 256

// openProjection opens the database file, or makes it again when it is of another schema, is ahead of the journal,
// disagrees with it, or cannot be opened. A file set aside keeps the name "….aside".
func (s *Store) openProjection(ctx context.Context) error {
	path := filepath.Join(s.dir, projectionName)
	proj, applied, err := s.tryProjection(ctx, path)
	if err != nil {
		if isNoSpace(err) {
			return diskFault(err, "数据库无法打开。")
		}
		if err := setAside(path); err != nil {
			return err
		}
		if proj, applied, err = s.tryProjection(ctx, path); err != nil {
			return diskFault(fmt.Errorf("make the projection again: %w", err), "数据库无法重建。")
		}
	}
	s.proj = proj
	if err := s.replay(ctx, applied); err != nil {
		return diskFault(err, "数据库无法更新。")
	}
	s.version.Store(s.journal.Last().Seq)
	s.facts.Store(s.journal.Last().Seq)
	return diskFault(proj.setMacros(ctx, s.opt.Base), "数据库无法更新。")
}

// tryProjection opens path and reports the last applied line. A new file gets the schema; an old one must have the
// same schema version and agree with the journal on its last line.
func (s *Store) tryProjection(ctx context.Context, path string) (_ *projection, applied int64, err error) {
	_, statErr := os.Stat(path)
	fresh := errors.Is(statErr, os.ErrNotExist)
	proj, err := newProjection(ctx, path, s.opt.MemoryLimit, fresh)
	if err != nil {
		return nil, 0, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, proj.db.Close())
		}
	}()
	if fresh {
		return proj, 0, os.Chmod(path, 0o600)
	}
	var version, hash string
	if err := proj.db.QueryRowContext(ctx, "select version from d.schema_version").Scan(&version); err != nil {
		return nil, 0, fmt.Errorf("read schema version: %w", err)
	}
	if version != schemaVersion {
		return nil, 0, fmt.Errorf("schema version is %s, want %s", version, schemaVersion)
	}
	err = proj.db.QueryRowContext(ctx, "select seq, hash from d.journal_line order by seq desc limit 1").Scan(&applied, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return proj, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read last applied line: %w", err)
	}
	if !s.hasLine(applied, hash) {
		return nil, 0, fmt.Errorf("projection's line %d is not the journal's", applied)
	}
	return proj, applied, nil
}

func (s *Store) hasLine(seq int64, hash string) bool {
	found := false
	errStop := errors.New("stop")
	err := s.journal.Replay(seq-1, func(l journal.Line) error {
		found = l.Seq == seq && l.Hash == hash
		return errStop
	})
	return found && errors.Is(err, errStop)
}

// newProjection opens a database and, when fresh, creates the tables. An empty path is a database in memory.
func newProjection(ctx context.Context, path, memoryLimit string, fresh bool) (*projection, error) {
	db, err := openDuck(ctx, path, memoryLimit)
	if err != nil {
		return nil, err
	}
	if !fresh {
		return &projection{db: db}, nil
	}
	// A single transaction: a kill in the middle leaves a file without tables, which is then set aside.
	script := "begin;\n" + schema + "\ncreate table d.schema_version (version VARCHAR);\ncreate table d.macro_sum (sum VARCHAR);\ninsert into d.schema_version values (" + quote(schemaVersion) + ");\ncommit;"
	if _, err := db.ExecContext(ctx, script); err != nil {
		return nil, errors.Join(fmt.Errorf("create tables: %w", err), db.Close())
	}
	return &projection{db: db}, nil
}

// setMacros creates the base macros where they are not yet those of this program. Nothing is written otherwise, so
// that a folder on a full disk can still be read.
func (p *projection) setMacros(ctx context.Context, base []Macro) error {
	h := sha256.New()
	for _, m := range base {
		fmt.Fprintf(h, "%s\n%s\n", m.Name, m.SQL)
	}
	sum := hex.EncodeToString(h.Sum(nil))
	var have sql.NullString
	if err := p.db.QueryRowContext(ctx, "select max(sum) from d.macro_sum").Scan(&have); err != nil {
		return fmt.Errorf("read macro sum: %w", err)
	}
	if have.String == sum {
		return nil
	}
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin macros: %w", err)
	}
	for _, m := range base {
		if _, err := tx.ExecContext(ctx, m.SQL); err != nil {
			return errors.Join(fmt.Errorf("base macro %s: %w", m.Name, err), tx.Rollback())
		}
	}
	if _, err := tx.ExecContext(ctx, "delete from d.macro_sum"); err != nil {
		return errors.Join(fmt.Errorf("forget macro sum: %w", err), tx.Rollback())
	}
	if _, err := tx.ExecContext(ctx, "insert into d.macro_sum values ($sum)", sql.Named("sum", sum)); err != nil {
		return errors.Join(fmt.Errorf("keep macro sum: %w", err), tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit macros: %w", err)
	}
	return nil
}

// write puts the batch into one transaction. durable runs when the rows are in and before the commit: when it fails
// everything is rolled back. An error of the commit itself is a lostError.
func (p *projection) write(ctx context.Context, batch []tableRows, durable func() error) (err error) {
	conn, err := p.db.Conn(ctx)
	if err != nil {
		return &lostError{fmt.Errorf("connect to projection: %w", err)}
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "begin transaction"); err != nil {
		return &lostError{fmt.Errorf("begin: %w", err)}
	}
	rollback := func(cause error) error {
		if _, err := conn.ExecContext(ctx, "rollback"); err != nil {
			return &lostError{errors.Join(cause, err)}
		}
		return cause
	}
	if err := appendRows(conn, batch); err != nil {
		return rollback(err)
	}
	if err := durable(); err != nil {
		return rollback(err)
	}
	if _, err := conn.ExecContext(ctx, "commit"); err != nil {
		return &lostError{fmt.Errorf("commit: %w", err)}
	}
	return p.confirm(ctx, conn, batch)
}

// confirm makes sure that the commit kept what it said: Commit answers without error after a failed statement too.
func (p *projection) confirm(ctx context.Context, conn *sql.Conn, batch []tableRows) error {
	var first int64
	want := 0
	for _, t := range batch {
		if t.table != "journal_line" {
			continue
		}
		for _, row := range t.rows {
			if want == 0 {
				first, _ = row[0].(int64)
			}
			want++
		}
	}
	var got int
	if err := conn.QueryRowContext(ctx, "select count(*) from d.journal_line where seq >= $first", sql.Named("first", first)).Scan(&got); err != nil {
		return &lostError{fmt.Errorf("read back: %w", err)}
	}
	if got != want {
		return &lostError{fmt.Errorf("commit kept %d lines of %d", got, want)}
	}
	return nil
}

// replay applies the journal's lines after seq.
func (s *Store) replay(ctx context.Context, after int64) error {
	return applyAll(ctx, s.proj, s.journal, after, s.blobs.Read)
}

func applyAll(ctx context.Context, p *projection, j *journal.Journal, after int64, readBlob func(string) ([]byte, error)) error {
	var batch []tableRows
	n := 0
	flush := func() error {
		if n == 0 {
			return nil
		}
		err := p.write(ctx, batch, func() error { return nil })
		batch, n = nil, 0
		return err
	}
	err := j.Replay(after, func(l journal.Line) error {
		rows, err := rowsOf(l, readBlob)
		if err != nil {
			return err
		}
		batch = append(batch, rows...)
		if n++; n < replayBatch {
			return nil
		}
		return flush()
	})
	if err != nil {
		return fmt.Errorf("replay journal: %w", err)
	}
	if err := flush(); err != nil {
		return fmt.Errorf("replay journal: %w", err)
	}
	return nil
}

// setAside renames the database and its log out of the way; nothing in them is the only copy of anything.
func setAside(path string) error {
	stamp := time.Now().UTC().Format("20060102T150405.000")
	for _, suffix := range []string{"", ".wal"} {
		err := os.Rename(path+suffix, path+".aside-"+stamp+suffix)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("set the projection aside: %w", err)
		}
	}
	return nil
}
