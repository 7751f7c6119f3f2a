package regime

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// own returns the files of a user's folder, with parts of the TOML replaced: old, new, old, new …
func own(t *testing.T, replace ...string) fstest.MapFS {
	t.Helper()
	data, err := os.ReadFile("testdata/own/yunzhou-2025.toml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("testdata/own/yunzhou-2025.txt")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(string(data), replace[i]) {
			t.Fatalf("the sample has no %q", replace[i])
		}
	}
	changed := strings.NewReplacer(replace...).Replace(string(data))
	return fstest.MapFS{"yunzhou-2025.toml": {Data: []byte(changed)}, "yunzhou-2025.txt": {Data: text}}
}

func TestUsersOwnRegime(t *testing.T) {
	t.Parallel()
	all, err := Load(os.DirFS("testdata/own"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Find(all, "yunzhou-2025")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 6 || r.BuiltIn || !all[0].BuiltIn {
		t.Errorf("Load = %d regimes, own built in %v; want 6, false", len(all), r.BuiltIn)
	}
	if got := r.Deadline(2025); got != period.MustDate("2025-11-30") {
		t.Errorf("Deadline(2025) = %v, want 2025-11-30", got)
	}
	if r.RedLineText() != "65.5" || r.YellowLineText() != "85.0" || r.SubmissionDays != 15 {
		t.Errorf("lines %s %s, days %d; want 65.5 85.0 15", r.RedLineText(), r.YellowLineText(), r.SubmissionDays)
	}
	if r.LeadMonths() != 3 || r.MinutesDays() != 15 {
		t.Errorf("months %d, days %d; want 3 and 15", r.LeadMonths(), r.MinutesDays())
	}
	if r.DefaultLevel() != record.LevelCounty || !r.Obliges(record.LevelZone) || r.Obliges(record.LevelTownship) {
		t.Errorf("levels = %v, default %v", r.ObligedLevels, r.DefaultLevel())
	}
	if r.Rules[0].ID != RuleAnnualMeeting || r.Rules[0].Force() != "必须" || r.Rules[1].Clause.Text != "由政府主要负责人或常务副职主持" {
		t.Errorf("rules = %+v", r.Rules)
	}
	if a, ok := r.Action("letter"); !ok || a.Clause.Number != "四" {
		t.Errorf("Action(letter) = %+v, %v", a, ok)
	}
	if strings.Contains(r.ClauseText(), "虚构") || !strings.HasPrefix(r.ClauseText(), "云政办发") {
		t.Errorf("ClauseText begins %.20q, want the document without the header", r.ClauseText())
	}
	if !strings.Contains(string(r.Source()), `id = "yunzhou-2025"`) {
		t.Error("Source is not the file")
	}
}

func TestNoFolderMeansBuiltInOnly(t *testing.T) {
	t.Parallel()
	all, err := Load(os.DirFS("testdata/no-such-folder"))
	if err != nil || len(all) != 5 {
		t.Errorf("Load(missing folder) = %d regimes, %v; want 5", len(all), err)
	}
}

func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		replace []string
		code    fault.Code
		says    string
	}{
		{"unknown key", []string{"red_line =", "redline ="}, fault.Invalid, "不认识的项「redline」"},
		{"unknown key in a rule", []string{"months = 3", "month = 3"}, fault.Invalid, "不认识的项「rule.month」"},
		{"not TOML", []string{`deadline = "11-30"`, "deadline = = 3"}, fault.Invalid, "第 6 行"},
		{"wrong type", []string{"submission_days = 15", `submission_days = "十五"`}, fault.Invalid, "类型不对"},
		{"weight not whole", []string{"annual_meeting_held = 60", "annual_meeting_held = 60.5"}, fault.Invalid, "类型不对"},
		{"bad deadline", []string{`"11-30"`, `"11-31"`}, fault.Invalid, "「11-31」"},
		{"bad date", []string{`in_force_from = "2025-01-06"`, `in_force_from = "2025年1月6日"`}, fault.Invalid, "「in_force_from」不是日期"},
		{"line too fine", []string{"65.5", "65.55"}, fault.Invalid, "至多一位小数"},
		{"an issue", []string{`severity = "info"`, `severity = "blue"`}, fault.Invalid, "「blue」不认识"},
		{"id in use", []string{`id = "yunzhou-2025"`, `id = "liubei-2025"`}, fault.Conflict, "已被另一制度使用"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(own(t, c.replace...))
			if fault.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "yunzhou-2025.toml") {
				t.Errorf("Load = %v, want %s with %q and the file's name", err, c.code, c.says)
			}
		})
	}
}

func TestReadFileMissing(t *testing.T) {
	t.Parallel()
	_, err := ReadFile(fstest.MapFS{}, "none.toml")
	if fault.CodeOf(err) != fault.NotFound || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("ReadFile(none) = %v, want not_found", err)
	}
}

func TestFilesInAnotherEncoding(t *testing.T) {
	t.Parallel()
	files := own(t)
	files["yunzhou-2025.txt"] = &fstest.MapFile{Data: []byte("\xc1\xaa\xcf\xaf\xbb\xe1\xd2\xe9")} // GB18030
	_, err := Load(files)
	if fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), "「yunzhou-2025.txt」不是 UTF-8") {
		t.Errorf("Load = %v, want invalid naming the text", err)
	}
}

func TestFindUnknownNamesWhatThereIs(t *testing.T) {
	t.Parallel()
	all, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Find(all, "beijing-2030")
	if fault.CodeOf(err) != fault.NotFound || !strings.Contains(err.Error(), "qinhuangdao-2024") {
		t.Errorf("Find = %v, want not_found naming the five", err)
	}
}

func TestLeapDayDeadline(t *testing.T) {
	t.Parallel()
	r := &Regime{DeadlineMonth: 2, DeadlineDay: 29}
	for year, want := range map[int]string{2024: "2024-02-29", 2025: "2025-02-28"} {
		if got := r.Deadline(year).String(); got != want {
			t.Errorf("Deadline(%d) = %s, want %s", year, got, want)
		}
	}
}
