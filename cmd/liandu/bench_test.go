package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"liandu/ingest"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/registry"
	"liandu/internal/store"
	"liandu/internal/testkit"
	"liandu/queries"
)

// The benchmarks of `make bench`, on the sample city's real files. Each is a ratio to a limit or a peer of the same run.

const sampleDir = "../../sample-data"

// sampleFile is one file of the sample and when it was received.
type sampleFile struct {
	name string
	path string
	body []byte
	at   time.Time
}

func sampleFiles(b *testing.B) []sampleFile {
	b.Helper()
	text, err := os.ReadFile(filepath.Join(sampleDir, "received.csv"))
	if err != nil {
		b.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	var files []sampleFile
	for _, row := range rows[1:] {
		path := filepath.Join(sampleDir, row[0])
		body, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		at, err := time.Parse(time.RFC3339, row[1])
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, sampleFile{filepath.Base(row[0]), path, body, at})
	}
	return files
}

// sampleStore is a fresh folder with the sample's units.
func sampleStore(b *testing.B) (*store.Store, *registry.Registry) {
	b.Helper()
	units, err := readUnits(filepath.Join(sampleDir, "units.csv"))
	if err != nil {
		b.Fatal(err)
	}
	r, err := registry.New(units)
	if err != nil {
		b.Fatal(err)
	}
	s := testkit.OpenStore(b, queries.Base())
	testkit.Import(b, s, units...)
	return s, r
}

func receiveAll(ctx context.Context, s *store.Store, r *registry.Registry, files []sampleFile) error {
	in := ingest.New(ingest.Deps{Store: s, Registry: func() *registry.Registry { return r }, Parser: ingest.InProcess{}, Now: time.Now})
	for _, f := range files {
		if _, err := in.File(ctx, ingest.Upload{Name: f.name, Body: bytes.NewReader(f.body), ReceivedAt: f.at, Actor: actorCommand}); err != nil {
			return err
		}
	}
	return nil
}

func parseAll(ctx context.Context, files []sampleFile) error {
	for _, f := range files {
		if _, err := (ingest.InProcess{}).Parse(ctx, f.path); err != nil {
			return err
		}
	}
	return nil
}

// rawRows reads every row of every sheet as the library gives it, without formats, merges or limits.
func rawRows(body []byte) error {
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.Rows(sheet)
		if err != nil {
			return err
		}
		for rows.Next() {
			if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
				return err
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkParse opens all the sample's workbooks; peer: the library's bare raw rows (performance.md, parse-excelize).
func BenchmarkParse(b *testing.B) {
	var books []sampleFile
	for _, f := range sampleFiles(b) {
		if strings.HasSuffix(f.name, ".xlsx") {
			books = append(books, f)
		}
	}
	testkit.Ratio(b, 0.5,
		func() error { return parseAll(context.Background(), books) },
		func() error {
			for _, f := range books {
				if err := rawRows(f.body); err != nil {
					return err
				}
			}
			return nil
		})
}

// BenchmarkIngest takes the whole sample in, from open to commit; limit: opening the same files, keeping their bytes and
// committing two bare lines for each, which is the least a kept file costs (ingest-1000). Beyond that a file is read,
// compared with what its county and earlier quarters said, with waiting files, learned heads and reports in words.
func BenchmarkIngest(b *testing.B) {
	files := sampleFiles(b)
	testkit.Ratio(b, 0.15,
		func() error {
			s, r := sampleStore(b)
			return receiveAll(context.Background(), s, r, files)
		},
		func() error {
			s, _ := sampleStore(b)
			if err := parseAll(context.Background(), files); err != nil {
				return err
			}
			return keepBare(context.Background(), s, files)
		})
}

func keepBare(ctx context.Context, s *store.Store, files []sampleFile) error {
	for _, f := range files {
		sum, err := s.Blobs().PutBytes(f.body)
		if err != nil {
			return err
		}
		for range 2 {
			if _, err := s.Append(ctx, journal.Entry{At: f.at, Actor: actorCommand, Action: "bench", Subject: sum, Blobs: []string{sum}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// sampleQueries is a folder with the whole sample in it.
func sampleQueries(b *testing.B) (*store.Store, queries.AsOf) {
	b.Helper()
	s, r := sampleStore(b)
	if err := receiveAll(context.Background(), s, r, sampleFiles(b)); err != nil {
		b.Fatal(err)
	}
	all, err := regime.Load(nil)
	if err != nil {
		b.Fatal(err)
	}
	own, err := regime.Find(all, "qinhuangdao-2024")
	if err != nil {
		b.Fatal(err)
	}
	return s, queries.AsOf{Quarter: period.MustQuarter("2024Q4"), Regime: own, Level: record.LevelCounty}
}

func freshQueries(s *store.Store) *queries.Queries {
	return queries.New(queries.Deps{DB: s.DB(), Version: s.Version, Now: time.Now})
}

// BenchmarkMetricsHeld asks again for an answer that nothing has changed since; peer: computing it (metrics-agg).
func BenchmarkMetricsHeld(b *testing.B) {
	s, at := sampleQueries(b)
	q := freshQueries(s)
	ask := func(q *queries.Queries) error {
		_, err := q.Metrics(context.Background(), at)
		return err
	}
	testkit.Ratio(b, 40, func() error { return ask(q) }, func() error { return ask(freshQueries(s)) })
}

// BenchmarkMetricsPast computes a past known-at; peer: computing the present. History costs no more than the present.
func BenchmarkMetricsPast(b *testing.B) {
	s, now := sampleQueries(b)
	past := now
	past.KnownAt = time.Date(2025, 1, 20, 0, 0, 0, 0, period.Shanghai)
	ask := func(at queries.AsOf) func() error {
		return func() error {
			_, err := freshQueries(s).Findings(context.Background(), at)
			return err
		}
	}
	testkit.Ratio(b, 0.5, ask(past), ask(now))
}

// BenchmarkMatrix computes eight quarters of lights; peer: eight quarters one by one.
func BenchmarkMatrix(b *testing.B) {
	s, at := sampleQueries(b)
	testkit.Ratio(b, 0.6,
		func() error {
			_, err := freshQueries(s).Lights(context.Background(), at, 8)
			return err
		},
		func() error {
			q := freshQueries(s)
			for i := range 8 {
				one := at
				one.Quarter = at.Quarter.Add(-i)
				if _, err := q.Metrics(context.Background(), one); err != nil {
					return err
				}
			}
			return nil
		})
}

// BenchmarkPageKept answers the overview again while nothing has changed, through the whole site with its session; limit:
// a bare handler that copies as many bytes (page-cached). What is left is
// the session, the headers and filling in who asks.
func BenchmarkPageKept(b *testing.B) {
	ctx := context.Background()
	a := sampleApp(b)
	site, err := a.site(ctx, &call{world: world{stderr: io.Discard}}, true)
	if err != nil {
		b.Fatal(err)
	}
	secret, err := a.auth.StartDemo()
	if err != nil {
		b.Fatal(err)
	}
	signIn := httptest.NewRequest(http.MethodGet, "/demo?key="+secret, nil)
	signIn.RemoteAddr = "127.0.0.1:40000"
	came := httptest.NewRecorder()
	site.Handler().ServeHTTP(came, signIn)
	ask := func(h http.Handler, path string) error {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.RemoteAddr = "127.0.0.1:40000"
		for _, c := range came.Result().Cookies() {
			r.AddCookie(c)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			return fmt.Errorf("GET %s = %d", path, w.Code)
		}
		return nil
	}
	hello := http.NewServeMux()
	body := bytes.Repeat([]byte("x"), 60<<10)
	hello.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Clone(body)) })
	many := func(h http.Handler, path string) func() error {
		return func() error {
			for range 200 {
				if err := ask(h, path); err != nil {
					return err
				}
			}
			return nil
		}
	}
	testkit.Ratio(b, 0.3, many(site.Handler(), "/?period=2024Q4"), many(hello, "/"))
}

// sampleApp is an open folder with the sample in it, as a command has it.
func sampleApp(b *testing.B) *app {
	b.Helper()
	dir := b.TempDir()
	units := filepath.Join(sampleDir, "units.csv")
	args := []string{"--data", dir, "init", "--name", "云州市", "--regime", "qinhuangdao-2024", "--units", units}
	if code := run(context.Background(), world{args: args, getenv: os.Getenv, stdin: strings.NewReader(""), stdout: io.Discard, stderr: os.Stderr}); code != 0 {
		b.Fatalf("liandu %v: exit %d", args, code)
	}
	a, err := openApp(context.Background(), dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := a.close(); err != nil {
			b.Error(err)
		}
	})
	r, err := a.registry(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	if err := receiveAll(context.Background(), a.store, r, sampleFiles(b)); err != nil {
		b.Fatal(err)
	}
	return a
}
