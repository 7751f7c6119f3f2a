package ingest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"liandu/internal/record"
	"liandu/internal/registry"
)

var update = flag.Bool("update", false, "write the goldens again; read the diff like code")

// TestGolden reads sheets given as tab-separated text and compares what was understood. In a sheet 「^」 is a cell
// merged with the one above, 「<」 with the one on its left. The comment's first line is the file's name.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var book Book
			want := -1
			for i, f := range a.Files {
				if f.Name == "want" {
					want = i
					continue
				}
				book.Grids = append(book.Grids, gridOf(f.Name, string(f.Data)))
			}
			name, _, _ := strings.Cut(string(a.Comment), "\n")
			p := &problems{}
			r := readBook(newFormIndex(), goldenUnits(t), name, book, chosen{}, nil, p)
			got := dump(r, p.inOrder())
			if *update {
				if want < 0 {
					want = len(a.Files)
					a.Files = append(a.Files, txtar.File{Name: "want"})
				}
				a.Files[want].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(a), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 {
				t.Fatalf("%s has no want: run go test ./ingest -run Golden -update and read it", file)
			}
			if diff := cmp.Diff(string(a.Files[want].Data), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func goldenUnits(t testing.TB) *registry.Registry {
	t.Helper()
	r, err := registry.Load(strings.NewReader(`code,name,level,parent,submitter,aliases
990100,云州市,city,,0,
990102,海棠区,county,990100,1,
990102001,松溪镇,township,990102,0,
990102002,柳岸街道,township,990102,0,
990103,青禾县,county,990100,1,
`))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// gridOf builds a grid from tab-separated text, as a workbook with merged ranges would give it.
func gridOf(name, text string) Grid {
	g := Grid{Name: name}
	from := map[[2]int]Cell{}
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		row := Row{N: i + 1}
		for j, v := range strings.Split(line, "\t") {
			c := Cell{Row: i + 1, Col: j + 1, Text: strings.ReplaceAll(v, `\n`, "\n")}
			switch v {
			case "":
				continue
			case "^":
				up := from[[2]int{i, j + 1}]
				c.Text, c.Down, c.Across = up.Text, true, up.Across
			case "<":
				left := from[[2]int{i + 1, j}]
				c.Text, c.Across, c.Down = left.Text, true, left.Down
			}
			from[[2]int{i + 1, j + 1}] = c
			row.Cells = append(row.Cells, c)
		}
		if len(row.Cells) > 0 {
			g.Rows = append(g.Rows, row)
		}
	}
	return g
}

// dump is a reading as text: every fact with its place, blanks left out.
func dump(r record.Reading, problems []record.Problem) string {
	var b strings.Builder
	fmt.Fprintf(&b, "unit %s quarter %s\n", r.Unit, r.Quarter)
	fmt.Fprintf(&b, "cover %+v\n", r.Cover)
	for _, c := range r.Columns {
		fmt.Fprintf(&b, "column %s %s %s %q %s\n", c.Sheet, c.Table, c.Ref, c.Head, c.Field)
	}
	form := Form{Name: func(c record.UnitCode) string { return string(c) }, Establishments: r.Establishments, Meetings: r.Meetings, Resolutions: r.Resolutions}
	var extras []map[string]string
	var sources []record.Source
	for _, e := range r.Establishments {
		extras, sources = append(extras, e.Extra), append(sources, e.Source)
	}
	for _, m := range r.Meetings {
		extras, sources = append(extras, m.Extra), append(sources, m.Source)
	}
	for _, s := range r.Resolutions {
		extras, sources = append(extras, s.Extra), append(sources, s.Source)
	}
	i := 0
	for _, t := range []Table{TableEstablishment, TableMeeting, TableResolution} {
		for _, row := range form.rows(t) {
			fmt.Fprintf(&b, "%s %s!%d", t, sources[i].Sheet, sources[i].Row)
			for _, c := range sheetOf(t).Columns {
				if v := plain(row(c.Field)); v != "" {
					fmt.Fprintf(&b, " %s=%q@%s", c.Field, v, sources[i].Cells[c.Field])
				}
			}
			var heads []string
			for h := range extras[i] {
				heads = append(heads, h)
			}
			sort.Strings(heads)
			for _, h := range heads {
				fmt.Fprintf(&b, " +%s=%q", h, extras[i][h])
			}
			b.WriteByte('\n')
			i++
		}
	}
	for _, p := range problems {
		fmt.Fprintf(&b, "%s %s %s!%s %q %s%s\n", p.Severity, p.Code, p.Sheet, p.Cell, p.Value, p.Message, p.Hint)
	}
	return b.String()
}

// TestEveryCodeHasWords keeps the list of codes and the words together.
func TestEveryCodeHasWords(t *testing.T) {
	t.Parallel()
	for code, r := range rules {
		if r.message == "" || r.hint == "" || !strings.HasSuffix(words(r.message, make([]any, 4)), "。") {
			t.Errorf("%s says %q %q", code, r.message, r.hint)
		}
	}
}
