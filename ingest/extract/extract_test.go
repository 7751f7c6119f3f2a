package extract_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"liandu/ingest/extract"
	"liandu/internal/period"
)

var update = flag.Bool("update", false, "rewrite want.json of the goldens, for a person to review")

// TestFromText reads each text of testdata and compares every fact, span and doubt with what a careful reader takes
// from it. The file's first lines name the trap it is about.
func TestFromText(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d texts in testdata, want 40 and more: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string]string{}
			for _, f := range archive.Files {
				parts[f.Name] = string(f.Data)
			}
			text := parts["text.txt"]
			e := extract.FromText(text, optionsOf(t, parts["published_on"]))
			checkSpans(t, text, e)
			got := marshal(t, e)
			if *update {
				setFile(archive, "want.json", got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(parts["want.json"], string(got)); diff != "" {
				t.Errorf("FromText (-want +got):\n%s\nreview, then run with -update", diff)
			}
		})
	}
}

func optionsOf(t *testing.T, day string) extract.Options {
	t.Helper()
	d, err := period.ParseDate(strings.TrimSpace(day))
	if err != nil {
		t.Fatal(err)
	}
	return extract.Options{PublishedOn: d}
}

func marshal(t *testing.T, e extract.Extraction) []byte {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(e); err != nil {
		t.Fatal(err)
	}
	return spanLines.ReplaceAll(b.Bytes(), []byte("[$1, $2]"))
}

// spanLines is a span as the encoder indents it; a golden reads more easily with it on one line.
var spanLines = regexp.MustCompile(`\[\n +(\d+),\n +(\d+)\n +\]`)

func setFile(a *txtar.Archive, name string, data []byte) {
	for i := range a.Files {
		if a.Files[i].Name == name {
			a.Files[i].Data = data
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: data})
}

// checkSpans holds every span to the text as given: inside it, not empty, and the chair's name where it says.
func checkSpans(t *testing.T, text string, e extract.Extraction) {
	t.Helper()
	given := []rune(strings.ToValidUTF8(text, "\ufffd"))
	for field, s := range e.Spans {
		if s[0] < 0 || s[1] > len(given) || s[0] >= s[1] {
			t.Errorf("span %s = %v, outside a text of %d runes", field, s, len(given))
		}
	}
	s, ok := e.Spans["chair_name"]
	if !ok || s[1] > len(given) {
		return
	}
	if words := strings.Join(strings.Fields(string(given[s[0]:s[1]])), ""); utf8.RuneCountInString(words) < utf8.RuneCountInString(e.ChairName) {
		t.Errorf("span chair_name says %q, the chair is %q", words, e.ChairName)
	}
}

// TestNothingFromNone holds a text that reports no conference to giving no fact at all.
func TestNothingFromNone(t *testing.T) {
	t.Parallel()
	e := extract.FromText("云州市召开协调劳动关系三方联席会议，副市长黄玉书主持会议。2024年5月6日", extract.Options{})
	got := string(marshal(t, e))
	want := `{
 "kind": "none",
 "unit": null,
 "session_year": null,
 "ordinal": null,
 "held_on": null,
 "chair_name": null,
 "chair_title": null,
 "chair_rank": "unknown",
 "principal_present": null,
 "topics": null,
 "topics_count": null,
 "report_back": null,
 "resolutions": null,
 "spans": {},
 "doubts": [
  "文中是三方联席会议或其他联席会议，不是政府与工会联席会议。"
 ]
}
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("FromText (-want +got):\n%s", diff)
	}
}

// TestTimeIsBounded reads a megabyte of each shape that could make a reader slow.
func TestTimeIsBounded(t *testing.T) {
	for name, unit := range map[string]string{
		"meetings":    "2024年5月1日，松坡县政府与县总工会召开联席会议，县长程远帆主持会议，研究了甲、乙、丙三个议题。",
		"no stop":     "县政府与县总工会联席会议，",
		"lines":       "联席会议\n",
		"brackets":    "(《“(《“",
		"dates":       "5月1日",
		"resolutions": "会议议定，由甲局牵头；由乙局负责；",
		"marks":       ",,、。;",
		"titles":      "县委副书记、",
		"tabs":        "序号\t议定事项\t牵头单位\n1\t甲事项甲事项\t乙\n",
	} {
		t.Run(name, func(t *testing.T) {
			text := "松坡县政府与县总工会召开联席会议\n" + strings.Repeat(unit, 1<<20/len(unit))
			start := time.Now()
			extract.FromText(text, extract.Options{})
			if d, limit := time.Since(start), 2*time.Second*slowdown; d > limit {
				t.Errorf("a megabyte took %v, want under %v", d, limit)
			}
		})
	}
}

func FuzzFromText(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(archive.Files[0].Data))
	}
	published := period.MustDate("2024-12-31")
	f.Fuzz(func(t *testing.T, text string) {
		for _, o := range []extract.Options{{}, {PublishedOn: published}} {
			e := extract.FromText(text, o)
			checkSpans(t, text, e)
			if e.Kind == extract.KindNone && (!e.HeldOn.IsZero() || e.ChairName != "" || e.Topics != nil || e.Resolutions != nil) {
				t.Errorf("facts from a text of kind none: %+v", e)
			}
		}
	})
}
