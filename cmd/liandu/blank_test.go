package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"liandu/ingest"
	"liandu/internal/period"
	"liandu/internal/record"
)

// leastPrefilled is the share of a normal quarter's cells that must need no typing (issue 3: templates that fill
// themselves).
const leastPrefilled = 0.70

// tally counts filled cells: all, those the blank had already, and those of the rest that are chosen from a list.
type tally struct{ all, prefilled, chosen int }

func (n tally) String() string {
	return fmt.Sprintf("%d 个单元格，带出未改 %d 个（%.1f%%），连同下拉选择 %.1f%%", n.all, n.prefilled, n.share(n.prefilled), n.share(n.prefilled+n.chosen))
}

func (n tally) share(of int) float64 { return 100 * float64(of) / float64(max(n.all, 1)) }

func (n *tally) add(m tally) {
	n.all, n.prefilled, n.chosen = n.all+m.all, n.prefilled+m.prefilled, n.chosen+m.chosen
}

// TestBlanksComeFilledIn measures the sample city: before each quarter's files are taken in, every county's blank is
// made, and then compared with what the county did report. A cell came filled in when the blank has it, in the same row,
// with the same value. A quarter is normal for a county that reports progress and no meeting held since its last report;
// whoever has met has a new row to write for the meeting and each item it settled.
func TestBlanksComeFilledIn(t *testing.T) {
	if testing.Short() {
		t.Skip("takes in the whole sample")
	}
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "data")
	var said bytes.Buffer
	w := world{args: []string{"--data", dir, "init", "--name", "云州市", "--regime", "qinhuangdao-2024", "--units", filepath.Join(sampleDir, "units.csv")}, getenv: func(string) string { return "" }, stdout: &said, stderr: &said}
	if run(ctx, w) != 0 {
		t.Fatal(said.String())
	}
	a, err := openApp(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.close(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := a.registry(ctx); err != nil {
		t.Fatal(err)
	}
	in := ingest.New(ingest.Deps{Store: a.store, Registry: a.lastRegistry, Parser: ingest.InProcess{}, Now: a.now})
	names := map[record.UnitCode]string{}
	for _, u := range a.lastRegistry().All() {
		names[u.Code] = u.Name
	}
	var whole, normal, met tally
	for i, quarter := range listedQuarters(t) {
		q := period.MustQuarter(quarter[0][0][:6])
		blanks := map[record.UnitCode]cellsOf{}
		if i > 0 {
			for _, u := range a.lastRegistry().All() {
				if !u.Submitter || !u.ValidOn(q.Last()) {
					continue
				}
				var b bytes.Buffer
				if err := a.blank(ctx, &b, u.Code, q); err != nil {
					t.Fatalf("blank of %s %s: %v", u.Name, q, err)
				}
				blanks[u.Code] = formCells(t, b.Bytes())
			}
		}
		var inQuarter tally
		for _, row := range quarter {
			for _, got := range takeIn(t, in, row) {
				if got.Status != record.Accepted || got.Version != 1 || blanks[got.Unit] == nil {
					continue
				}
				f := filled(t, a, got)
				f.Name = func(c record.UnitCode) string { return names[c] }
				var b bytes.Buffer
				if err := ingest.WriteForm(&b, f); err != nil {
					t.Fatal(err)
				}
				n, hasMet := compare(blanks[got.Unit], formCells(t, b.Bytes()))
				inQuarter.add(n)
				if hasMet {
					met.add(n)
				} else {
					normal.add(n)
				}
			}
		}
		if inQuarter.all > 0 {
			t.Logf("%s：%v", q.Chinese(), inQuarter)
		}
		whole.add(inQuarter)
	}
	t.Logf("没有新开会议的报表：%v", normal)
	t.Logf("有新开会议的报表：%v", met)
	t.Logf("合计：%v", whole)
	if normal.all == 0 || normal.share(normal.prefilled) < 100*leastPrefilled {
		t.Errorf("of a normal quarter's cells %.1f%% come filled in, want at least %.0f%%", normal.share(normal.prefilled), 100*leastPrefilled)
	}
}

// compare counts a report's cells beside its blank, and says whether it has a meeting that the blank had not.
func compare(blank, report cellsOf) (n tally, hasMet bool) {
	lists := map[string]bool{}
	for _, s := range ingest.Sheets() {
		for _, c := range s.Columns {
			if len(c.Choices) > 0 || c.Kind == ingest.KindUnit {
				lists[s.Name+c.Head] = true
			}
		}
	}
	for cell, text := range report {
		n.all++
		switch {
		case blank[cell] == text:
			n.prefilled++
		case lists[cell[0]+cell[2]]:
			n.chosen++
		}
		if cell[0] == "会议召开" && cell[2] == "召开单位" && blank[cell] == "" {
			hasMet = true
		}
	}
	return n, hasMet
}

// listedQuarters are the rows of the sample's list, by quarter in order.
func listedQuarters(t *testing.T) [][][]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(sampleDir, "received.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out [][][]string
	for _, row := range rows[1:] {
		if n := len(out); n == 0 || out[n-1][0][0][:6] != row[0][:6] {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], row)
	}
	return out
}

func takeIn(t *testing.T, in *ingest.Ingester, row []string) []ingest.Result {
	t.Helper()
	f, err := os.Open(filepath.Join(sampleDir, row[0]))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	at, err := time.Parse(time.RFC3339, row[1])
	if err != nil {
		t.Fatal(err)
	}
	results, err := in.File(context.Background(), ingest.Upload{Name: filepath.Base(row[0]), Body: f, ReceivedAt: at})
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// filled is what a county reported, as the form has it.
func filled(t *testing.T, a *app, got ingest.Result) ingest.Form {
	t.Helper()
	row, err := a.queries.Submission(context.Background(), got.Submission, "")
	if err != nil {
		t.Fatal(err)
	}
	b, err := a.store.Blobs().Read(row.Reading)
	if err != nil {
		t.Fatal(err)
	}
	var r record.Reading
	if err := json.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	unit, _ := a.lastRegistry().Unit(r.Unit)
	r.Cover.UnitText, r.Cover.PeriodText = unit.Name, r.Quarter.Chinese()
	return ingest.Form{Cover: r.Cover, Quarter: r.Quarter, Establishments: r.Establishments, Meetings: r.Meetings, Resolutions: r.Resolutions}
}

// cellsOf are a workbook's filled cells by sheet, row and head; a row is known by what stands in its key columns.
type cellsOf map[[3]string]string

var rowKeys = map[string][]string{
	"制度建立": {"单位名称"}, "会议召开": {"召开单位", "所属年度", "会议形式", "召开日期"}, "议定事项": {"召开单位", "所属年度", "会议形式", "序号", "议定事项"},
}

func formCells(t *testing.T, b []byte) cellsOf {
	t.Helper()
	path := filepath.Join(t.TempDir(), "form.xlsx")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	book, err := (ingest.InProcess{}).Parse(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	out := cellsOf{}
	for _, g := range book.Grids {
		if g.Hidden {
			continue
		}
		keys := rowKeys[g.Name]
		for _, r := range g.Rows {
			if keys == nil { // labels in A, values in B
				if v := r.At(2).Text; v != "" {
					out[[3]string{g.Name, r.At(1).Text, ""}] = v
				}
				continue
			}
			if r.N == 1 {
				continue
			}
			by := map[string]string{}
			for _, c := range r.Cells {
				by[g.Rows[0].At(c.Col).Text] = c.Text
			}
			var key []string
			for _, k := range keys {
				key = append(key, by[k])
			}
			for head, text := range by {
				out[[3]string{g.Name, strings.Join(key, "|"), head}] = text
			}
		}
	}
	return out
}
