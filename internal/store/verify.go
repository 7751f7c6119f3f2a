package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"liandu/internal/journal"
)

// Report is what Verify found. Troubles are Chinese sentences; none means that chain, blobs and projection agree.
type Report struct {
	Lines    int64
	Blobs    int
	Rows     map[string]int64 // by table
	Troubles []string
}

// projected lists the tables a rebuild must give again, row by row: all that schema.sql makes.
var projected = tablesOf(schema)

var createdTable = regexp.MustCompile(`(?m)^create table d\.([a-z_]+)`)

func tablesOf(schema string) []string {
	var names []string
	for _, m := range createdTable.FindAllStringSubmatch(schema, -1) {
		names = append(names, m[1])
	}
	return names
}

// Verify checks the journal's chain, reads every blob whole and compares it with its name, checks that every blob a
// line names is there, makes the projection again in memory and compares every table with the one in use.
func (s *Store) Verify(ctx context.Context) (Report, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := Report{Rows: map[string]int64{}}
	if s.dead.Load() {
		return r, stopped()
	}
	lines, err := journal.Verify(filepath.Join(s.dir, journalName))
	r.Lines = lines
	if errors.Is(err, journal.ErrBroken) {
		r.Troubles = append(r.Troubles, fmt.Sprintf("操作日志第 %d 行与写入时不一致，日志已被改动或损坏。", lines+1))
		return r, nil
	}
	if err != nil {
		return r, err
	}
	if err := s.verifyBlobs(&r); err != nil || len(r.Troubles) > 0 {
		return r, err
	}
	return r, s.verifyProjection(ctx, &r)
}

func (s *Store) verifyBlobs(r *Report) error {
	sums, err := s.blobs.List()
	if err != nil {
		return err
	}
	r.Blobs = len(sums)
	have := make(map[string]bool, len(sums))
	for _, sum := range sums {
		ok, err := s.blobs.Check(sum)
		if err != nil {
			return err
		}
		have[sum] = true
		if !ok {
			r.Troubles = append(r.Troubles, fmt.Sprintf("原件 %s 的内容与其编号不一致，文件已被改动或损坏。", sum))
		}
	}
	return s.journal.Replay(0, func(l journal.Line) error {
		for _, sum := range l.Blobs {
			if !have[sum] {
				r.Troubles = append(r.Troubles, fmt.Sprintf("操作日志第 %d 行所指的原件 %s 不存在。", l.Seq, sum))
			}
		}
		return nil
	})
}

func (s *Store) verifyProjection(ctx context.Context, r *Report) (err error) {
	again, err := newProjection(ctx, "", s.opt.MemoryLimit, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, again.db.Close()) }()
	if err := applyAll(ctx, again, s.journal, 0, s.blobs.Read); err != nil {
		return err
	}
	for _, table := range projected {
		n, sum, err := tableSum(ctx, s.proj.db, table)
		if err != nil {
			return err
		}
		m, again, err := tableSum(ctx, again.db, table)
		if err != nil {
			return err
		}
		r.Rows[table] = n
		if n != m || sum != again {
			r.Troubles = append(r.Troubles, fmt.Sprintf("数据库表 %s 与操作日志重建的结果不一致（现有 %d 行，重建 %d 行）。请运行 liandu rebuild。", table, n, m))
		}
	}
	return nil
}

// tableSum counts a table's rows and adds up their hashes: equal for equal rows in any order.
func tableSum(ctx context.Context, db *sql.DB, table string) (rows int64, sum string, err error) {
	// The name is one of ours, never a stranger's.
	err = db.QueryRowContext(ctx, "select count(*), coalesce(sum(hash(t)), 0)::varchar from d."+table+" as t").Scan(&rows, &sum)
	if err != nil {
		return 0, "", fmt.Errorf("sum table %s: %w", table, err)
	}
	return rows, sum, nil
}

// Rebuild makes the projection of the folder at dir again from journal and blobs alone. The folder must not be open.
// The old database is set aside and, once the new one is whole, removed.
func Rebuild(ctx context.Context, dir string, opt Options) (Report, error) {
	path := filepath.Join(dir, projectionName)
	if err := setAside(path); err != nil {
		return Report{}, err
	}
	s, err := Open(ctx, dir, opt)
	if err != nil {
		return Report{}, err
	}
	r := Report{Lines: s.Version(), Rows: map[string]int64{}}
	for _, table := range projected {
		if r.Rows[table], _, err = tableSum(ctx, s.proj.db, table); err != nil {
			return r, errors.Join(err, s.Close())
		}
	}
	err = s.Checkpoint(ctx)
	if left, globErr := filepath.Glob(path + ".aside-*"); globErr == nil && err == nil {
		for _, name := range left {
			err = errors.Join(err, os.Remove(name))
		}
	}
	return r, errors.Join(err, s.Close())
}

// Checkpoint writes DuckDB's log into its file when the disk has room for twice both; otherwise it does nothing. A
// failure is fatal for the projection.
func (s *Store) Checkpoint(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dead.Load() {
		return stopped()
	}
	path := filepath.Join(s.dir, projectionName)
	var size int64
	for _, name := range []string{path, path + ".wal"} {
		if info, err := os.Stat(name); err == nil {
			size += info.Size()
		}
	}
	free, err := freeSpace(s.dir)
	if err != nil {
		return fmt.Errorf("free space of data folder: %w", err)
	}
	if free < uint64(2*size)+floor {
		return nil
	}
	// Once begun it is finished: a program told to stop must not take its own interruption for a lost database.
	if _, err := s.proj.db.ExecContext(context.WithoutCancel(ctx), "checkpoint d"); err != nil {
		s.stop(&lostError{fmt.Errorf("checkpoint: %w", err)})
		return stopped()
	}
	return nil
}
