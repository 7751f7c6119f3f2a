package queries

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"liandu/internal/period"
	"liandu/internal/regime"
	"liandu/internal/testkit"
)

// TestRegisterTiesFiles: the register, the files and the regimes' indicators name the same things, in metrics.md's order.
func TestRegisterTiesFiles(t *testing.T) {
	t.Parallel()
	var ids, known, rules []string
	for _, i := range Indicators() {
		ids = append(ids, i.ID)
		if i.Name == "" || i.Name == i.ID || i.Word == "" {
			t.Errorf("indicator %s has no name or measure word", i.ID)
		}
	}
	for _, i := range regime.Indicators {
		known = append(known, i.ID)
	}
	if !slices.Equal(ids, known) {
		t.Errorf("the register lists %v, regimes know %v", ids, known)
	}
	for _, n := range regime.RuleNames {
		rules = append(rules, n.ID)
	}
	for dir, want := range map[string][]string{
		"metric": ids, "rule": rules, "set": setOrder[:], "base": baseOrder[:],
		"explain": {string(GroupMeeting), string(GroupResolution), string(GroupEstablishment), string(GroupSubmission)},
	} {
		files, err := filepath.Glob(dir + "/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		var have []string
		for _, f := range files {
			have = append(have, strings.TrimSuffix(filepath.Base(f), ".sql"))
		}
		if got, want := slices.Sorted(slices.Values(have)), slices.Sorted(slices.Values(want)); !slices.Equal(got, want) {
			t.Errorf("%s/ holds %v, the register lists %v", dir, got, want)
		}
	}
}

// TestHeadersNameIndicators: a metric file's first line carries the indicator's Chinese name, a rule's the rule's.
func TestHeadersNameIndicators(t *testing.T) {
	t.Parallel()
	for _, i := range Indicators() {
		checkHead(t, "metric/"+i.ID+".sql", i.ID+" "+i.Name)
	}
	for _, n := range regime.RuleNames {
		checkHead(t, "rule/"+n.ID+".sql", n.ID+" "+n.Chinese)
	}
}

func checkHead(t *testing.T, path, want string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(b), "-- "+want+": ") {
		t.Errorf("%s does not begin with %q", path, "-- "+want+": ")
	}
}

var readsLine = regexp.MustCompile(`(?m)\b(?:from|join) ((?:d\.)?[a-z_]+)`)

// TestFilesReadWhatTheySay: every file's header lists the sets and tables it reads, and reads none that comes later.
func TestFilesReadWhatTheySay(t *testing.T) {
	t.Parallel()
	lib, err := loadLibrary()
	if err != nil {
		t.Fatal(err)
	}
	for path, f := range lib {
		_, body := splitHeader(f.text)
		var got []string
		for _, m := range readsLine.FindAllStringSubmatch(body, -1) {
			inFile := strings.Contains(body, "\n"+m[1]+" as (")
			if !inFile && m[1] != "range" && !slices.Contains(got, m[1]) {
				got = append(got, m[1])
			}
		}
		want := slices.Sorted(slices.Values(f.reads))
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s says it reads %v, it reads %v", path, want, got)
		}
		if strings.HasPrefix(path, "set/") {
			for _, r := range f.reads {
				if i := slices.Index(setOrder[:], r); i >= slices.Index(setOrder[:], f.name) {
					t.Errorf("%s reads %s, which is not made before it", path, r)
				}
			}
		}
	}
}

// TestSetsHaveTheirColumns: a set's columns are those of its header. run checks the other files each time.
func TestSetsHaveTheirColumns(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	a, err := w.q.Complete(asOf(t, "2024Q3", shanghai))
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for path := range w.q.lib {
		paths = append(paths, path)
	}
	err = w.q.within(context.Background(), a, paths, func(tx *sql.Tx, p params) error {
		for _, name := range setOrder {
			rows, err := tx.Query("select * from " + name + " limit 0")
			if err != nil {
				return err
			}
			defer rows.Close()
			got, err := rows.Columns()
			if err != nil {
				return err
			}
			if f, err := w.q.file("set/" + name + ".sql"); err != nil || !slices.Equal(got, f.out) {
				t.Errorf("set/%s.sql gives %v, its header says %v (%v)", name, got, f.out, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestParseFileRefuses(t *testing.T) {
	t.Parallel()
	const good = "-- x 名称: what\n-- in:    $a DATE\n-- reads: y\n-- grain: one\n-- out:   n BIGINT,\n--        m BIGINT\nselect $a as n\n"
	f, err := parseFile("metric/x.sql", good)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(f.out, []string{"n", "m"}) || !slices.Equal(f.in, []string{"a"}) || !slices.Equal(f.reads, []string{"y"}) {
		t.Errorf("parsed %+v", f)
	}
	for name, text := range map[string]string{
		"another name":          strings.Replace(good, "-- x", "-- z", 1),
		"no header":             "select 1\n",
		"an undeclared use":     good + "where $b\n",
		"an unused declaration": strings.Replace(good, "$a as n", "1 as n", 1),
		"a misspelt field":      strings.Replace(good, "-- grain", "-- grian", 1),
		"no grain":              strings.Replace(good, "-- grain: one\n", "", 1),
		"two statements":        good + "; select 2\n",
	} {
		if _, err := parseFile("metric/x.sql", text); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

// TestRunRefusesWhatTheDriverWouldBind: the driver binds a misspelt name by position and answers wrongly (traps.md 1).
func TestRunRefusesWhatTheDriverWouldBind(t *testing.T) {
	t.Parallel()
	s := testkit.OpenStore(t, nil)
	type row struct {
		N int64 `col:"n"`
	}
	f, err := parseFile("list/x.sql", "-- x: a test\n-- in:    $a BIGINT\n-- reads:\n-- grain: one row\n-- out:   n BIGINT\nselect $a::bigint as n\n")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := run[row](context.Background(), s.DB(), f, params{"a": 3})
	if err != nil || len(rows) != 1 || rows[0].N != 3 {
		t.Fatalf("run = %v, %v", rows, err)
	}
	for name, p := range map[string]params{"misspelt": {"A": 3}, "missing": {}, "one too many": {"a": 3, "b": 4}} {
		if _, err := run[row](context.Background(), s.DB(), f, p); err == nil {
			t.Errorf("a %s parameter is accepted", name)
		}
	}
	if _, err := (params{"b": 1}).of(f); err == nil {
		t.Error("a parameter nobody gives is accepted")
	}
	type other struct {
		M int64 `col:"m"`
	}
	if _, err := run[other](context.Background(), s.DB(), f, params{"a": 3}); err == nil {
		t.Error("a struct without the file's column is accepted")
	}
	f.text = strings.Replace(f.text, "as n", "as m", 1)
	if _, err := run[row](context.Background(), s.DB(), f, params{"a": 3}); err == nil {
		t.Error("a column that the header does not name is accepted")
	}
}

func TestAssign(t *testing.T) {
	t.Parallel()
	var dst struct {
		Text string
		Flag *bool
		List []string
		Day  period.Date
		N    int
	}
	v := reflect.ValueOf(&dst).Elem()
	for i, x := range []any{"甲", true, []any{"a", "b"}, period.MustDate("2024-06-18").Time(), int64(7)} {
		if err := assign(v.Field(i), x); err != nil {
			t.Errorf("assign %T: %v", x, err)
		}
	}
	if dst.Text != "甲" || dst.Flag == nil || !*dst.Flag || len(dst.List) != 2 || dst.Day != period.MustDate("2024-06-18") || dst.N != 7 {
		t.Errorf("assigned %+v", dst)
	}
	if err := assign(v.Field(0), int64(7)); err == nil {
		t.Error("a number becomes text")
	}
	if err := assign(v.Field(4), "7"); err == nil {
		t.Error("text becomes a number")
	}
}
