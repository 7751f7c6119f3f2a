package store_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
	"liandu/internal/testkit"
)

var at = time.Date(2024, 10, 8, 9, 30, 0, 0, period.Shanghai)

func open(t *testing.T, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), dir, store.Options{})
	if err != nil {
		t.Fatalf("open %s: %v", dir, err)
	}
	return s
}

// accept keeps one submission with n resolutions and returns its id.
func accept(t *testing.T, s *store.Store, n int) string {
	t.Helper()
	r := record.Reading{Reader: "1", File: "甲.xlsx", Unit: "990102", Quarter: period.MustQuarter("2024Q3")}
	yes, topics := true, 3
	r.Meetings = []record.Meeting{{Unit: "990102", SessionYear: 2024, Kind: record.KindAnnual, HeldOn: period.MustDate("2024-05-10"), ChairRank: record.RankPrincipal, AgendaReport: &yes, GovTopics: &topics, Source: record.Source{Sheet: "会议召开", Row: 2, Cells: map[string]string{"held_on": "E2"}}}}
	for i := range n {
		r.Resolutions = append(r.Resolutions, record.Resolution{Unit: "990102", SessionYear: 2024, Kind: record.KindAnnual, Title: "甲", TitleKey: "甲", ItemNo: string(rune('1' + i)), Status: record.StatusInProgress, Source: record.Source{Sheet: "议定事项", Row: i + 2}})
	}
	r.Problems = []record.Problem{{Severity: record.SeverityWarning, Code: "w", Message: "甲"}}
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := s.Blobs().PutBytes(b)
	if err != nil {
		t.Fatal(err)
	}
	var id string
	_, err = s.Update(context.Background(), func(_ context.Context, _ *sql.DB, next int64) ([]journal.Entry, error) {
		id = "S" + strconv.FormatInt(next, 10)
		return []journal.Entry{{At: at, Actor: "命令行", Action: store.ActionSubmissionAccepted, Subject: id, Blobs: []string{sum},
			Data: store.SubmissionDecided{Submission: record.Submission{ID: id, Unit: r.Unit, Quarter: r.Quarter, Version: 1, Status: record.Accepted, File: r.File, Reading: sum, ReceivedAt: at}}}}, nil
	})
	if err != nil {
		t.Fatalf("accept: %v", err)
	}
	return id
}

func count(t *testing.T, s *store.Store, query string) int {
	t.Helper()
	var n int
	if err := s.DB().QueryRow(query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestUpdateIsVisibleAndSurvivesReopening(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	if _, err := s.Append(context.Background(), journal.Entry{At: at, Action: store.ActionUnitsImported, Data: store.UnitsImported{Base: true, Units: []record.Unit{{Code: "990102", Name: "甲县", Level: record.LevelCounty, Submitter: true, Aliases: []string{"甲"}}}}}); err != nil {
		t.Fatal(err)
	}
	accept(t, s, 3)
	if got := count(t, s, "select count(*) from d.resolution"); got != 3 {
		t.Errorf("resolutions = %d, want 3", got)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	defer s.Close()
	if s.Version() != 2 {
		t.Errorf("version = %d, want 2", s.Version())
	}
	var cells, cell string
	var agenda sql.NullBool
	if err := s.DB().QueryRow("select cells, cells ->> 'held_on', agenda_discuss from d.meeting").Scan(&cells, &cell, &agenda); err != nil {
		t.Fatal(err)
	}
	if cell != "E2" || agenda.Valid {
		t.Errorf("cell of held_on = %q (%s), agenda_discuss valid = %v", cell, cells, agenda.Valid)
	}
	if r, err := s.Verify(context.Background()); err != nil || len(r.Troubles) != 0 || r.Rows["resolution"] != 3 {
		t.Errorf("verify = %+v, %v", r, err)
	}
}

func TestRefusedDecisionLeavesNothing(t *testing.T) {
	t.Parallel()
	s := testkit.OpenStore(t, nil)
	want := fault.New(fault.Conflict, "不行。", "")
	_, err := s.Update(context.Background(), func(context.Context, *sql.DB, int64) ([]journal.Entry, error) { return nil, want })
	if !errors.Is(err, want) || s.Version() != 0 {
		t.Errorf("update = %v, version %d", err, s.Version())
	}
	// A line whose rows cannot be made (its reading is missing) must not reach the journal.
	_, err = s.Append(context.Background(), journal.Entry{At: at, Action: store.ActionSubmissionAccepted, Data: store.SubmissionDecided{Submission: record.Submission{Reading: strings.Repeat("0", 64)}}})
	if err == nil || s.Version() != 0 {
		t.Errorf("append without its reading = %v, version %d", err, s.Version())
	}
	if n := count(t, s, "select count(*) from d.journal_line"); n != 0 {
		t.Errorf("journal lines = %d, want 0", n)
	}
}

func TestSecondProcessIsRefusedByName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	defer s.Close()
	_, err := store.Open(context.Background(), dir, store.Options{})
	if fault.CodeOf(err) != fault.Conflict || !strings.Contains(err.Error(), "进程号") {
		t.Errorf("second open = %v, want a conflict naming the process", err)
	}
}

func TestProjectionIsMadeAgain(t *testing.T) {
	t.Parallel()
	damages := map[string]func(t *testing.T, dir string){
		"missing": func(t *testing.T, dir string) { remove(t, dir, "liandu.duckdb", "liandu.duckdb.wal") },
		"log missing": func(t *testing.T, dir string) {
			remove(t, dir, "liandu.duckdb.wal")
		},
		"not a database": func(t *testing.T, dir string) {
			remove(t, dir, "liandu.duckdb.wal")
			if err := os.WriteFile(filepath.Join(dir, "liandu.duckdb"), []byte("不是数据库"), 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"log torn": func(t *testing.T, dir string) {
			path := filepath.Join(dir, "liandu.duckdb.wal")
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(path, info.Size()/2); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s := open(t, dir)
			accept(t, s, 3)
			accept(t, s, 2)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			damage(t, dir)
			s = open(t, dir)
			defer s.Close()
			if n := count(t, s, "select count(*) from d.resolution"); n != 5 {
				t.Errorf("resolutions = %d, want 5", n)
			}
			if r, err := s.Verify(context.Background()); err != nil || len(r.Troubles) != 0 {
				t.Errorf("verify = %+v, %v", r, err)
			}
		})
	}
}

func remove(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

func TestVerifyNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		damage func(t *testing.T, s *store.Store)
		want   string
	}{
		{"changed original", func(t *testing.T, s *store.Store) {
			sums, err := s.Blobs().List()
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(s.Blobs().Path(sums[0]), []byte("改过"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "不一致"},
		{"missing original", func(t *testing.T, s *store.Store) {
			sums, err := s.Blobs().List()
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(s.Blobs().Path(sums[0])); err != nil {
				t.Fatal(err)
			}
		}, "不存在"},
		{"changed row", func(t *testing.T, s *store.Store) {
			if _, err := s.DB().Exec("update d.resolution set status = 'completed'"); err != nil {
				t.Fatal(err)
			}
		}, "resolution"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := testkit.OpenStore(t, nil)
			accept(t, s, 2)
			tt.damage(t, s)
			r, err := s.Verify(context.Background())
			if err != nil || len(r.Troubles) == 0 || !strings.Contains(strings.Join(r.Troubles, ""), tt.want) {
				t.Errorf("verify = %+v, %v, want trouble with %q", r, err, tt.want)
			}
		})
	}
}

func TestBackupRestoresElsewhere(t *testing.T) {
	t.Parallel()
	s := testkit.OpenStore(t, nil)
	accept(t, s, 3)
	if err := os.MkdirAll(filepath.Join(s.Dir(), "regime"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir(), "regime", "own.toml"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "备份.tar.gz")
	if err := s.Backup(file); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "new")
	r, err := store.Restore(context.Background(), file, dir, store.Options{})
	if err != nil || len(r.Troubles) != 0 || r.Rows["resolution"] != 3 {
		t.Fatalf("restore = %+v, %v", r, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "regime", "own.toml")); err != nil {
		t.Errorf("own regime was not restored: %v", err)
	}
	if _, err := store.Restore(context.Background(), file, dir, store.Options{}); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("restore over a folder in use = %v, want a conflict", err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(t.TempDir(), "半份.tar.gz")
	if err := os.WriteFile(half, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(t.TempDir(), "empty")
	if _, err := store.Restore(context.Background(), half, empty, store.Options{}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("restore of half a copy = %v, want a refusal", err)
	}
	if _, err := os.Stat(empty); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half a copy left something behind: %v", err)
	}
}

func TestRebuildGivesTheSameRows(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	accept(t, s, 3)
	before, err := s.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	after, err := store.Rebuild(context.Background(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for table, n := range before.Rows {
		if after.Rows[table] != n {
			t.Errorf("%s: %d rows rebuilt, want %d", table, after.Rows[table], n)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.aside-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestFactsChangeWithFactsOnly(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, err := store.Open(ctx, t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, step := range []struct {
		entry journal.Entry
		want  int64
	}{
		{journal.Entry{Action: "session.opened"}, 0},
		{journal.Entry{Action: store.ActionUnitsImported, Data: store.UnitsImported{Units: []record.Unit{{Code: "990100", Name: "云州市", Level: record.LevelCity}}}}, 2},
		{journal.Entry{Action: "file.downloaded"}, 2},
		{journal.Entry{Action: store.ActionAccountChanged, Data: store.AccountChanged{Login: "a"}}, 2},
		{journal.Entry{Action: store.ActionSettingChanged, Data: store.SettingChanged{Key: "reply.days", Value: "10"}}, 5},
	} {
		if _, err := s.Append(ctx, step.entry); err != nil {
			t.Fatal(err)
		}
		if got := s.Facts(); got != step.want {
			t.Errorf("after %s facts are at %d, want %d", step.entry.Action, got, step.want)
		}
	}
}

// TestCheckpointIsNotInterrupted: a program told to stop during a checkpoint must not take that for a lost database.
func TestCheckpointIsNotInterrupted(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	accept(t, s, 1)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Checkpoint(ctx); err != nil {
		t.Errorf("checkpoint by a caller who has gone = %v, want none", err)
	}
	accept(t, s, 2)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestCloseWaitsForAChange: what is being written when the program stops is written whole.
func TestCloseWaitsForAChange(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	deciding, closed := make(chan struct{}), make(chan error, 1)
	go func() {
		<-deciding
		closed <- s.Close()
	}()
	_, err := s.Update(context.Background(), func(context.Context, *sql.DB, int64) ([]journal.Entry, error) {
		close(deciding)
		time.Sleep(50 * time.Millisecond) // Close is under way
		return []journal.Entry{{At: at, Actor: "命令行", Action: "file.downloaded", Subject: "S1"}}, nil
	})
	if err != nil {
		t.Errorf("change under way at close = %v, want none", err)
	}
	if err := <-closed; err != nil {
		t.Errorf("close: %v", err)
	}
	s = open(t, dir)
	defer s.Close()
	if s.Version() != 1 {
		t.Errorf("version = %d, want 1", s.Version())
	}
}

// TestFolderIsClosedToOthers: DuckDB's log is readable to all, so the folder must not be, whoever made it.
func TestFolderIsClosedToOthers(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "made before")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	defer s.Close()
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o700 {
		t.Errorf("folder's mode = %o, want 700", got)
	}
}
