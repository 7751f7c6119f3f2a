package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"liandu/internal/blob"
	"liandu/internal/fault"
	"liandu/internal/journal"
)

//go:embed schema.sql
var schema string

// schemaVersion changes with every change of schema.sql or of what apply.go writes: the projection is then made again.
const schemaVersion = "4"

// Names inside the data folder.
const (
	journalName    = "journal.jsonl"
	blobName       = "blob"
	projectionName = "liandu.duckdb"
	lockName       = "lock"
)

// Macro is one base macro of the queries: SQL is a whole `create or replace macro d.<name>…` statement. They are
// handed down from above, so that every connection has them and no Go import points back.
type Macro struct {
	Name string
	SQL  string
}

// Options are what Open needs beside the folder. The zero value works.
type Options struct {
	Base        []Macro
	MemoryLimit string // DuckDB's, default 1GB
}

// Store is an open data folder.
type Store struct {
	dir     string
	opt     Options
	lock    *os.File
	journal *journal.Journal
	blobs   *blob.Store
	proj    *projection

	mu      sync.Mutex // the one writer
	version atomic.Int64
	facts   atomic.Int64
	fatal   chan error
	dead    atomic.Bool
}

// Exists reports whether dir holds a data folder (a journal).
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, journalName))
	return err == nil
}

// Open takes the folder at dir (created where there is none, and made mode 0700), checks the journal's chain and brings the
// projection up to it. It returns fault.Conflict when another process holds the folder.
func Open(ctx context.Context, dir string, opt Options) (s *Store, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.Wrap(fault.Unavailable, fmt.Sprintf("数据目录「%s」无法建立。", dir), "请检查上级目录是否存在、当前用户是否有写入权限。", err)
	}
	if err := protect(dir); err != nil {
		return nil, fmt.Errorf("protect data folder: %w", err)
	}
	if opt.MemoryLimit == "" {
		opt.MemoryLimit = "1GB"
	}
	s = &Store{dir: dir, opt: opt, fatal: make(chan error, 1)}
	if s.lock, err = takeLock(filepath.Join(dir, lockName)); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.release())
			s = nil
		}
	}()
	if s.blobs, err = blob.Open(filepath.Join(dir, blobName)); err != nil {
		return s, diskFault(err, "数据目录无法写入。")
	}
	if s.journal, err = journal.Open(filepath.Join(dir, journalName)); err != nil {
		if errors.Is(err, journal.ErrBroken) {
			return s, fault.Wrap(fault.Unavailable, "操作日志已被改动或损坏，系统拒绝打开数据目录。", "请用最近一次备份恢复（liandu restore），并保留现有目录备查。", err)
		}
		return s, diskFault(err, "操作日志无法打开。")
	}
	if err = s.openProjection(ctx); err != nil {
		return s, diskFault(err, "数据库无法打开。")
	}
	return s, nil
}

// Close closes everything, once a change under way is finished; after a fatal error the projection is left untouched.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	if s.proj != nil && !s.dead.Load() {
		err = s.proj.db.Close()
	}
	return errors.Join(err, s.release())
}

// DB is the read side: tables and base macros are in schema d.
func (s *Store) DB() *sql.DB { return s.proj.db }

// Blobs is the folder of immutable content.
func (s *Store) Blobs() *blob.Store { return s.blobs }

// Dir is the data folder's path.
func (s *Store) Dir() string { return s.dir }

// Version is the last applied journal sequence: it changes with every change and only then.
func (s *Store) Version() int64 { return s.version.Load() }

// Fatal delivers the error after which the projection must not be used: the program says so and exits.
func (s *Store) Fatal() <-chan error { return s.fatal }

// Facts is the last journal sequence that changed what figures are made of: units, submissions, closings, settings. A
// sign-in or a download is a line that leaves it as it was, so that answers may be kept by it.
func (s *Store) Facts() int64 { return s.facts.Load() }

// Update makes a change. decide runs under the writer's lock: what it reads from db is everything applied so far. The
// entries it returns become journal lines with one fsync, which is the commit point, and are applied in one
// transaction; when Update returns nil they are durable and visible. No entries is no change and no error.
func (s *Store) Update(ctx context.Context, decide func(ctx context.Context, db *sql.DB, next int64) ([]journal.Entry, error)) ([]journal.Line, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dead.Load() {
		return nil, stopped()
	}
	entries, err := decide(ctx, s.proj.db, s.journal.Last().Seq+1)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	lines, err := s.journal.Prepare(entries...)
	if err != nil {
		return nil, err
	}
	batch, err := s.batch(lines)
	if err != nil {
		return nil, err
	}
	// Once begun, a change is finished whoever has gone away meanwhile.
	err = s.proj.write(context.WithoutCancel(ctx), batch, func() error { return s.journal.Write(lines) })
	if err != nil {
		var lost *lostError
		if errors.As(err, &lost) {
			s.stop(err)
			return nil, stopped()
		}
		return nil, diskFault(err, "这次操作没有保存。")
	}
	s.version.Store(lines[len(lines)-1].Seq)
	if slices.ContainsFunc(batch, func(t tableRows) bool { return t.table != "journal_line" && t.table != "account" }) {
		s.facts.Store(lines[len(lines)-1].Seq)
	}
	return lines, nil
}

// Append is Update with entries known beforehand.
func (s *Store) Append(ctx context.Context, entries ...journal.Entry) ([]journal.Line, error) {
	return s.Update(ctx, func(context.Context, *sql.DB, int64) ([]journal.Entry, error) { return entries, nil })
}

// Replay calls fn with every journal line in order.
func (s *Store) Replay(fn func(journal.Line) error) error { return s.journal.Replay(0, fn) }

func (s *Store) batch(lines []journal.Line) ([]tableRows, error) {
	var batch []tableRows
	for _, l := range lines {
		rows, err := rowsOf(l, s.blobs.Read)
		if err != nil {
			return nil, err
		}
		batch = append(batch, rows...)
	}
	return batch, nil
}

func (s *Store) stop(cause error) {
	s.dead.Store(true)
	select {
	case s.fatal <- cause:
	default:
	}
}

func (s *Store) release() error {
	var err error
	if s.journal != nil {
		err = s.journal.Close()
	}
	if s.lock != nil {
		err = errors.Join(err, s.lock.Close())
	}
	return err
}

func stopped() error {
	return fault.New(fault.Unavailable, "数据库写入出错，系统已停止接收，原有数据不受影响。", "请检查磁盘空间后重新启动程序。")
}

// diskFault turns "no space" into a refusal that says so and leaves any other error as it is.
func diskFault(err error, what string) error {
	if isNoSpace(err) {
		return fault.Wrap(fault.NoSpace, "磁盘空间不足，"+what, "已停止接收报送，原有数据不受影响。请清理磁盘后重试。", err)
	}
	return err
}
