package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"liandu/dashboard/issue"
	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/registry"
	"liandu/internal/rulebook"
	"liandu/internal/setting"
	"liandu/internal/store"
	"liandu/queries"
)

// app is an open data folder with everything a command may ask of it.
type app struct {
	dir     string
	store   *store.Store
	queries *queries.Queries
	auth    *auth.Service
	rules   *rulebook.Keeper
	folder  store.FolderCreated
	now     func() time.Time
	desk    *issue.Desk

	poolOnce sync.Once
	pool     *ingest.Pool

	mu       sync.Mutex
	units    *registry.Registry
	unitsFor int64
}

// regimeFolder holds a user's own regimes inside the data folder.
const regimeFolder = "regime"

// openApp opens the folder at dir. It returns fault.NotFound when there is none.
func openApp(ctx context.Context, dir string) (_ *app, err error) {
	if !store.Exists(dir) {
		return nil, fault.New(fault.NotFound, fmt.Sprintf("数据目录「%s」还没有建立。", dir), "请先运行 liandu init，或用 --data 指定已有的数据目录。")
	}
	a := &app{dir: dir, now: time.Now, unitsFor: -1}
	if a.store, err = store.Open(ctx, dir, store.Options{Base: queries.Base()}); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.store.Close())
		}
	}()
	if err := a.readFolder(ctx); err != nil {
		return nil, err
	}
	a.rules = rulebook.New(a.store, a.folder.Regime, a.now)
	if err := a.takeOwnRegimes(ctx); err != nil {
		return nil, err
	}
	a.queries = queries.New(queries.Deps{DB: a.store.DB(), Version: a.store.Facts, Now: a.now, Deadline: a.ownDeadline, Regime: a.rules.Regime})
	a.desk = issue.New(issue.Deps{
		Store: a.store, Queries: a.queries, Now: a.now, City: func() string { return a.folder.Name }, Rules: a.rules.Regime,
	})
	a.auth = auth.New(auth.Deps{Store: a.store, Now: a.now, Rand: rand.Reader})
	return a, nil
}

// close ends the parsers and the store.
func (a *app) close() error {
	if a.pool != nil {
		a.pool.Close()
	}
	return a.store.Close()
}

// ownRegimes reads the own regimes that lie in a data folder, none where there is no such folder.
func ownRegimes(dir string) ([]*regime.Regime, error) {
	folder := filepath.Join(dir, regimeFolder)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, nil
	}
	all, err := regime.Load(os.DirFS(folder))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(r *regime.Regime) bool { return r.BuiltIn }), nil
}

// readFolder reads the journal's first line.
func (a *app) readFolder(ctx context.Context) error {
	var data string
	err := a.store.DB().QueryRowContext(ctx, "select data from d.journal_line where action = 'folder.created' order by seq limit 1").Scan(&data)
	if err != nil {
		return fault.Wrap(fault.Unavailable, fmt.Sprintf("数据目录「%s」没有建立完整。", a.dir), "请用备份恢复，或删除该目录后重新运行 liandu init。", err)
	}
	if err := json.Unmarshal([]byte(data), &a.folder); err != nil {
		return fmt.Errorf("read folder line: %w", err)
	}
	return nil
}

// registry returns the units in force now.
func (a *app) registry(ctx context.Context) (*registry.Registry, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	version := a.store.Facts()
	if a.units != nil && a.unitsFor == version {
		return a.units, nil
	}
	units, err := a.queries.Units(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	r, err := registry.New(units)
	if err != nil {
		return nil, err
	}
	a.units, a.unitsFor = r, version
	return r, nil
}

// lastRegistry is registry for the intake: where the registry cannot be read now, the one last read.
func (a *app) lastRegistry() *registry.Registry {
	r, err := a.registry(context.Background())
	if err != nil {
		a.mu.Lock()
		defer a.mu.Unlock()
		return a.units
	}
	return r
}

// takeOwnRegimes writes down the own regimes that lie in the folder's regime/ and are not in the journal yet, as known
// from the beginning: earlier versions of the program read them from there. A file changed later is not looked at.
func (a *app) takeOwnRegimes(ctx context.Context) error {
	own, err := ownRegimes(a.dir)
	if err != nil || len(own) == 0 {
		return err
	}
	book, err := a.rules.Book(ctx)
	if err != nil {
		return err
	}
	var entries []journal.Entry
	for _, r := range own {
		if book.IsChanged(r.ID, time.Time{}) {
			continue
		}
		e, err := a.rules.BaseEntry(r, actorCommand)
		if err != nil {
			return err
		}
		entries = append(entries, e)
	}
	if len(entries) == 0 {
		return nil
	}
	_, err = a.store.Append(ctx, entries...)
	return err
}

// parsers returns the processes that look into strangers' bytes, made at the first call.
func (a *app) parsers() (*ingest.Pool, error) {
	var err error
	a.poolOnce.Do(func() {
		var exe string
		if exe, err = os.Executable(); err == nil {
			a.pool = ingest.NewPool(exe, 2)
		}
	})
	if err != nil || a.pool == nil {
		return nil, fmt.Errorf("find own executable: %w", err)
	}
	return a.pool, nil
}

// ingester returns the intake with its parsers, started at the first call.
func (a *app) ingester(ctx context.Context) (*ingest.Ingester, error) {
	if _, err := a.registry(ctx); err != nil {
		return nil, err
	}
	pool, err := a.parsers()
	if err != nil {
		return nil, err
	}
	return ingest.New(ingest.Deps{Store: a.store, Registry: a.lastRegistry, Parser: pool, Now: a.now}), nil
}

// asOf completes a point of view with the folder's regime and the city's own deadline.
func (a *app) asOf(ctx context.Context, q period.Quarter, year int, regimeID string, knownAt time.Time, cohort queries.Cohort, level record.Level) (queries.AsOf, error) {
	r, err := a.rules.Regime(ctx, regimeID, q, knownAt)
	if err != nil {
		return queries.AsOf{}, err
	}
	return a.queries.Complete(queries.AsOf{
		Quarter: q, Year: year, KnownAt: knownAt, Regime: r, FollowsCity: regimeID == "", Cohort: cohort, Level: level,
	})
}

// ownDeadline is the deadline the city set for a session year, as known at a moment; zero where it cites no document.
func (a *app) ownDeadline(ctx context.Context, year int, knownAt time.Time) (period.Date, error) {
	s, err := setting.Load(ctx, a.store.DB(), knownAt)
	if err != nil {
		return period.Date{}, err
	}
	if d, ok := s.Deadline(year); ok {
		return d.On, nil
	}
	return period.Date{}, nil
}
