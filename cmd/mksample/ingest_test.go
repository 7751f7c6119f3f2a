package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"path"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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

// TestIngest takes the whole sample in as `make run` does and checks that every file fares as the story means it
// to, and that the figures the README names come out.
func TestIngest(t *testing.T) {
	t.Parallel()
	s, codes := load(t)
	want := map[string]int{
		"accepted": 92, "rejected": 2, "duplicate": 1,
		"date_unreadable": 1, "unit_unknown": 1, "meeting_unknown": 1, "value_unlisted": 1, "date_after_quarter": 1,
		"completion_undated": 11, "date_in_words": 17, "hidden_rows": 4, "hidden_sheet": 8, "session_year_differs": 4,
		"unit_succeeded": 11, "agenda_blank": 1, "done_undone": 1, "rate_fell": 2,
	}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Errorf("files and problems (-want +got):\n%s", diff)
	}
	q := queries.New(queries.Deps{DB: s.DB(), Version: s.Version, Now: time.Now})
	now := []string{
		"1 霁湖区 100.0 green", "2 松月市 97.8 green", "3 云汀区 95.8 green", "4 南浦区 92.6 red", "5 望岚县 80.4 yellow",
		"6 柏泉县 71.3 yellow", "7 西岭区 64.8 red", "8 安澜县 62.1 red", "9 北屏区 35.0 red", "10 石堰县 25.6 red",
	}
	bulletin := append([]string{"1 霁湖区 100.0 green", "2 南浦区 98.2 green", "3 松月市 97.8 green", "4 云汀区 95.8 green"}, now[4:]...)
	for _, tt := range []struct {
		name  string
		known time.Time
		want  []string
	}{
		{"now", time.Time{}, now},
		{"at the bulletin", period.MustDate("2025-01-16").Start(), bulletin},
	} {
		if diff := cmp.Diff(tt.want, ranking(t, q, "2024Q4", 0, tt.known)); diff != "" {
			t.Errorf("2024Q4 %s (-want +got):\n%s", tt.name, diff)
		}
	}
	checkPublished(t, q)
}

// checkPublished checks the figures that a later file moved, the meeting held in January and the renamed county.
func checkPublished(t *testing.T, q *queries.Queries) {
	t.Helper()
	for _, tt := range []struct {
		name, quarter, indicator string
		known                    string
		want                     queries.Pair
	}{
		{"the head presided, it was said", "2024Q3", "chaired_by_principal", "2024-10-18", queries.Pair{Num: 6, Den: 6}},
		{"a deputy did", "2024Q3", "chaired_by_principal", "2025-02-01", queries.Pair{Num: 5, Den: 6}},
		{"two items done, it was said", "2024Q4", "resolution_completion", "2025-01-16", queries.Pair{Num: 61, Den: 87}},
		{"they were not", "2024Q4", "resolution_completion", "2025-02-01", queries.Pair{Num: 59, Den: 87}},
	} {
		m := metrics(t, q, tt.quarter, 0, period.MustDate(tt.known).Start())
		if got := m.Total[tt.indicator]; got != tt.want {
			t.Errorf("%s: %s %s = %v, want %v", tt.name, tt.quarter, tt.indicator, got, tt.want)
		}
	}
	january := metrics(t, q, "2024Q4", 2023, time.Time{}).Unit("990122")
	if january == nil || january.Status != queries.HeldLate {
		t.Errorf("安澜县 2023 is %+v, want held late", january)
	}
	heir := metrics(t, q, "2024Q4", 0, time.Time{}).Unit("990106")
	if heir == nil || heir.Indicators["report_back"] != (queries.Pair{Num: 1, Den: 1}) {
		t.Errorf("云汀区 is %+v, want a report on the items of 云汀县", heir)
	}
}

// load takes every file in, in the order of received.csv, and counts states and problems.
func load(t *testing.T) (*store.Store, map[string]int) {
	t.Helper()
	ctx := context.Background()
	one, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	files := one.files
	units, err := registry.ParseCSV(bytes.NewReader(files["units.csv"]))
	if err != nil {
		t.Fatal(err)
	}
	known, err := registry.New(units)
	if err != nil {
		t.Fatal(err)
	}
	s := testkit.OpenStore(t, queries.Base())
	_, err = s.Append(ctx, journal.Entry{
		At: period.MustDate("2023-01-01").Start(), Action: store.ActionUnitsImported,
		Data: store.UnitsImported{Units: units, Base: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	in := ingest.New(ingest.Deps{
		Store: s, Registry: func() *registry.Registry { return known }, Parser: ingest.InProcess{}, Now: time.Now,
	})
	lines, err := csv.NewReader(bytes.NewReader(files["received.csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]int{}
	for _, line := range lines[1:] {
		at, err := time.Parse(time.RFC3339, line[1])
		if err != nil {
			t.Fatal(err)
		}
		results, err := in.File(ctx, ingest.Upload{
			Name: path.Base(line[0]), Body: bytes.NewReader(files[line[0]]), ReceivedAt: at, Actor: "命令行",
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range results {
			codes[string(r.Status)]++
			for _, p := range r.Problems {
				codes[p.Code]++
			}
			if d := period.QuarterOf(period.DateOf(at)); r.Quarter.IsZero() || r.Quarter.Compare(d) >= 0 {
				t.Errorf("%s was read as the report of %q", line[0], r.Quarter)
			}
		}
	}
	return s, codes
}

func ranking(t *testing.T, q *queries.Queries, quarter string, year int, known time.Time) []string {
	t.Helper()
	var lines []string
	for _, u := range metrics(t, q, quarter, year, known).Units {
		if u.Rank == nil || u.Score == nil {
			t.Fatalf("%s has no place", u.Unit.Name)
		}
		lines = append(lines, fmt.Sprintf("%d %s %.1f %s", *u.Rank, u.Unit.Name, float64(*u.Score)/10, u.Light))
	}
	return lines
}

func metrics(t *testing.T, q *queries.Queries, quarter string, year int, known time.Time) *queries.Metrics {
	t.Helper()
	all, err := regime.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		if r.ID != "qinhuangdao-2024" {
			continue
		}
		m, err := q.Metrics(context.Background(), queries.AsOf{
			Quarter: period.MustQuarter(quarter), Year: year, KnownAt: known, Regime: r, Level: record.LevelCounty,
		})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	t.Fatal("no regime qinhuangdao-2024")
	return nil
}
