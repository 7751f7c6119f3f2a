package queries

import (
	"context"
	"fmt"
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

func TestComplete(t *testing.T) {
	t.Parallel()
	own := period.MustDate("2024-11-30")
	q := New(Deps{Now: func() time.Time { return now }, Deadline: func(_ context.Context, year int, _ time.Time) (period.Date, error) {
		if year == 2024 {
			return own, nil
		}
		return period.Date{}, nil
	}})
	a, err := q.Complete(asOf(t, "2024Q3", liubei))
	if err != nil || a.Year != 2024 || a.Level != record.LevelTownship || !a.KnownAt.Equal(now) || a.Deadline != own {
		t.Errorf("completed %+v, %v", a, err)
	}
	if a, err = q.Complete(asOf(t, "2023Q3", liubei)); err != nil || a.Deadline != period.MustDate("2023-12-31") {
		t.Errorf("deadline of 2023 = %s, %v", a.Deadline, err)
	}
	for name, a := range map[string]AsOf{
		"no quarter": {Regime: a.Regime}, "no regime": {Quarter: a.Quarter}, "no such level": {Quarter: a.Quarter, Regime: a.Regime, Level: "village"},
	} {
		if _, err := q.Complete(a); fault.CodeOf(err) != fault.Usage {
			t.Errorf("%s: %v, want a usage fault", name, err)
		}
	}
}

func TestParseCohort(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Cohort{"": {}, "active": {}, "session:2023": {Session: 2023}} {
		if got, err := ParseCohort(text); err != nil || got != want {
			t.Errorf("ParseCohort(%q) = %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"session:", "session:23", "all", "session:2023x"} {
		if _, err := ParseCohort(text); fault.CodeOf(err) != fault.Usage {
			t.Errorf("ParseCohort(%q) = %v, want a usage fault", text, err)
		}
	}
}

// TestCohort: the session cohort changes resolution indicators and counts, never score, rank, light and findings.
func TestCohort(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	last := func(r *record.Resolution) { r.SessionYear, r.DueOn = 2023, period.MustDate("2023-12-31") }
	w.send("990102", "2024Q3", "2024-10-03", meetings(testkit.Meeting(), testkit.Meeting(session(2023), held("2023-06-01"))).and(
		rows(item("1", "甲"), item("1", "乙", last, testkit.Done("2023-12-01")), item("2", "丙", last), item("3", "丁", last, status(record.StatusOngoing)))))
	a := asOf(t, "2024Q3", qinhuangdao)
	active := w.unit(a, "990102")
	a.Cohort = Cohort{Session: 2023}
	cohort := w.unit(a, "990102")
	if p := active.Indicators["resolution_completion"]; p != (Pair{0, 2}) {
		t.Errorf("active population %v, want 0/2: done last year is out, the backlog is in", p)
	}
	if p := cohort.Indicators["resolution_completion"]; p != (Pair{1, 2}) {
		t.Errorf("cohort of 2023 %v, want 1/2", p)
	}
	if cohort.Resolutions != (StateCounts{Completed: 1, Overdue: 1, Ongoing: 1}) {
		t.Errorf("states of the cohort %+v", cohort.Resolutions)
	}
	if *cohort.Score != *active.Score || cohort.Light != active.Light || cohort.Red != active.Red || cohort.Indicators["report_back"] != active.Indicators["report_back"] {
		t.Errorf("the cohort changes the judgement: %+v, %+v", cohort, active)
	}
}

// TestScope: a county account sees its own row, with the rank it has among all.
func TestScope(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := newWorld(t, county("990102"), county("990103"), township("990103001", "990103"))
	town := testkit.Meeting(func(m *record.Meeting) { m.Unit = "990103001" })
	w.send("990102", "2024Q3", "2024-10-03", meetings(testkit.Meeting()))
	sent := w.send("990103", "2024Q3", "2024-10-20", meetings(testkit.Meeting(chair(record.RankOther)), town))
	a := asOf(t, "2024Q3", qinhuangdao)
	a.Scope = "990103"
	m := w.metrics(a)
	if len(m.Units) != 1 || m.Units[0].Unit.Code != "990103" || *m.Units[0].Rank != 2 || m.Total["annual_meeting_held"] != (Pair{1, 1}) {
		t.Errorf("scoped metrics %+v", m.Units)
	}
	rows, err := w.q.Meetings(ctx, a, "")
	if err != nil || len(rows) != 2 || !rows[0].IsCounted || rows[0].Level != record.LevelCounty {
		t.Errorf("scoped meetings %v, %v; want its own and its township's", rows, err)
	}
	fs, err := w.q.Findings(ctx, a)
	if err != nil || len(fs) == 0 {
		t.Errorf("scoped findings %v, %v", fs, err)
	}
	for _, f := range fs {
		if f.Unit.Code != "990103" {
			t.Errorf("a finding of %s is shown to 990103", f.Unit.Code)
		}
	}
	if s, err := w.q.Sent(ctx, a); err != nil || len(s) != 3 || s[2].OnTime == nil || *s[2].OnTime {
		t.Errorf("scoped who has sent %+v, %v", s, err)
	}
	for name, err := range map[string]error{
		"meetings":   second(w.q.Meetings(ctx, a, "990102")),
		"findings":   second(w.q.UnitFindings(ctx, a, "990102")),
		"number":     second(w.q.Explain(ctx, a, "990102", "publicity")),
		"trace":      second(w.q.Trace(ctx, a, "2024Q3-990102-resolution_completion")),
		"submission": second(w.q.Submission(ctx, sent, "990102")),
	} {
		if fault.CodeOf(err) != fault.NotFound {
			t.Errorf("another's %s: %v, want not found", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// TestRollupOfUnobligedLevel: under a regime for townships a county is the sum of its own and is not judged.
func TestRollupOfUnobligedLevel(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"), township("990102001", "990102"), township("990102002", "990102"), county("990103"))
	w.send("990102", "2024Q3", "2024-10-03", meetings(testkit.Meeting(func(m *record.Meeting) { m.Unit = "990102001" })))
	a := asOf(t, "2024Q4", liubei)
	a.Level = record.LevelCounty
	m := w.metrics(a)
	if u := m.Unit("990102"); !u.IsRollup || u.Indicators["annual_meeting_held"] != (Pair{1, 2}) || u.Light != LightNone || u.Status != "" {
		t.Errorf("county roll-up %+v", u)
	}
	if u := m.Unit("990103"); u.Indicators["annual_meeting_held"] != (Pair{}) {
		t.Errorf("a county without townships %v, want nothing to judge", u.Indicators["annual_meeting_held"])
	}
	fs, err := w.q.Findings(context.Background(), a)
	if err != nil || len(fs) == 0 || !strings.HasPrefix(string(fs[0].Unit.Code), "990102") || fs[0].Unit.Level != record.LevelTownship {
		t.Errorf("findings of the level %v, %v; want those of the townships below", fs, err)
	}
}

func TestLightsAndTrend(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := newWorld(t, county("990102"), county("990103"), county("990104", func(u *record.Unit) { u.ValidFrom = period.MustDate("2024-05-01") }))
	w.send("990102", "2024Q2", "2024-07-03", meetings(testkit.Meeting()).and(rows(item("1", "甲", testkit.Done("2024-06-30")))))
	l, err := w.q.Lights(ctx, asOf(t, "2024Q4", bayannur), 4)
	if err != nil {
		t.Fatal(err)
	}
	words := map[record.UnitCode]string{}
	for _, row := range l.Rows {
		for _, c := range row.Cells {
			words[row.Unit.Code] += c.Word + "/"
			if c.Word == "未报" != (c.Light == LightNone && c.NotSent) {
				t.Errorf("%s %s: %+v", row.Unit.Code, c.Quarter, c)
			}
		}
	}
	for code, want := range map[record.UnitCode]string{"990103": "黄/黄/黄/红/", "990104": "/黄/黄/红/"} {
		if words[code] != want {
			t.Errorf("lights of %s = %s, want %s", code, words[code], want)
		}
	}
	if len(l.Quarters) != 4 || l.Quarters[0] != period.MustQuarter("2024Q1") {
		t.Errorf("quarters %v", l.Quarters)
	}
	points, err := w.q.Trend(ctx, asOf(t, "2024Q4", bayannur), 4)
	if err != nil {
		t.Fatal(err)
	}
	var got []Pair
	for _, p := range points {
		got = append(got, p.Total["annual_meeting_held"])
	}
	for i, want := range []Pair{{0, 2}, {1, 3}, {1, 3}, {1, 3}} {
		if got[i] != want {
			t.Errorf("trend %v, want 0/2 1/3 1/3 1/3", got)
			break
		}
	}
	q := asOf(t, "2024Q1", qinhuangdao)
	if l, err = w.q.Lights(ctx, q, 1); err != nil || l.Rows[0].Cells[0].Word != "未报" || !l.Rows[0].Cells[0].NotSent {
		t.Errorf("a pending unit that sent nothing %+v, %v; want 未报", l, err)
	}
}

// TestOwnDeadlines: a city's deadline of one year judges that year's quarters in matrix and trend as it does elsewhere,
// and an as-of's own deadline holds for its year alone.
func TestOwnDeadlines(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	w.send("990102", "2024Q3", "2024-10-03", meetings(testkit.Meeting(), testkit.Meeting(session(2023), held("2023-12-20"))))
	w.q.ownDeadline = func(_ context.Context, year int, _ time.Time) (period.Date, error) {
		d, _ := period.NewDate(year, 11, 30)
		if year != 2023 {
			d = period.Date{}
		}
		return d, nil
	}
	late := func(a AsOf) string {
		points, err := w.q.Trend(context.Background(), a, 5)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(points[0].Total["held_on_time"], points[4].Total["held_on_time"])
	}
	a := asOf(t, "2024Q4", bayannur)
	if got := late(a); got != "{0 1} {1 1}" {
		t.Errorf("on time in 2023Q4 and 2024Q4 = %s, want 0/1 by the city's own deadline and 1/1", got)
	}
	a.Deadline = period.MustDate("2024-05-31")
	if got := late(a); got != "{0 1} {0 1}" {
		t.Errorf("by the as-of's deadline = %s, want 0/1 and 0/1", got)
	}
}

// TestMemoFollowsTheData: an answer is shared until something changes, and between moments that see the same.
func TestMemoFollowsTheData(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	a := asOf(t, "2024Q3", qinhuangdao)
	if s := w.unit(a, "990102").Status; s != Pending {
		t.Fatalf("before anything %s", s)
	}
	w.send("990102", "2024Q3", "2024-10-03", meetings(testkit.Meeting()))
	if s := w.unit(a, "990102").Status; s != HeldOnTime {
		t.Errorf("after the report %s", s)
	}
	entry := func(known string) *memoEntry {
		a.KnownAt = testkit.Moment(t, known)
		c, err := w.q.Complete(a)
		if err != nil {
			t.Fatal(err)
		}
		e, err := w.q.held(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	morning := entry("2024-10-05T08:00:00+08:00")
	if entry("2024-10-05T23:00:00+08:00") != morning {
		t.Error("two moments of one day that see the same facts are computed twice")
	}
	if entry("2024-10-06") == morning {
		t.Error("a day's end may change what is due, yet the answer is shared")
	}
	if entry("2024-10-02T23:00:00+08:00") == entry("2024-10-03T00:00:00+08:00") {
		t.Error("a moment before the report and one at it share an answer")
	}
}

// TestUnitsAreKnownAt: a unit imported later is not there for an earlier known-at; a removed one still is.
func TestUnitsAreKnownAt(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := newWorld(t, county("990102"), county("990103"))
	at := testkit.Moment(t, "2024-10-05")
	_, err := w.s.Append(ctx, journal.Entry{At: at, Actor: "测试", Action: store.ActionUnitsImported, Data: store.UnitsImported{
		Units: []record.Unit{county("990104"), county("990102", func(u *record.Unit) { u.Name = "东湖新区" })}, Removed: []record.UnitCode{"990103"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	names := func(known string) string {
		units, err := w.q.Units(ctx, testkit.Moment(t, known))
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, u := range units {
			out = append(out, u.Name)
		}
		return strings.Join(out, " ")
	}
	if got, want := names("2024-10-04"), "云州市 县990102 县990103"; got != want {
		t.Errorf("known before %s, want %s", got, want)
	}
	if got, want := names("2024-10-05"), "云州市 东湖新区 县990104"; got != want {
		t.Errorf("known after %s, want %s", got, want)
	}
	a := asOf(t, "2024Q3", qinhuangdao)
	a.KnownAt = testkit.Moment(t, "2024-10-04")
	if m := w.metrics(a); len(m.Units) != 2 || m.Unit("990103") == nil {
		t.Errorf("units judged as known before: %v", m.Units)
	}
}

func TestTrace(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := newWorld(t, county("990102"))
	id := w.send("990102", "2024Q3", "2024-10-03", items(testkit.Resolution(due("2024-07-31"))))
	a := asOf(t, "2024Q4", qinhuangdao)
	for ref, want := range map[string]string{
		"2024Q3-990102-overdue":            "resolution 议定事项 2",
		"2024Q3-990102-resolution_overdue": "resolution 议定事项 2",
		"2024Q3-990102-publicity":          "",
		"2024Q3-990102-minutes_issued":     "meeting 会议召开 2",
		id + "!议定事项!k2":                    "resolution 议定事项 2",
	} {
		tr, err := w.q.Trace(ctx, a, ref)
		if err != nil {
			t.Errorf("trace %s: %v", ref, err)
			continue
		}
		var got []string
		for _, r := range tr.Rows {
			got = append(got, r.Fact+" "+r.Sheet+" "+string(rune('0'+r.Row)))
			if r.Submission != id || r.File == "" || r.SHA256 == "" {
				t.Errorf("trace %s: row without source %+v", ref, r)
			}
		}
		if s := strings.Join(got, ","); s != want {
			t.Errorf("trace %s = %s, want %s", ref, s, want)
		}
	}
	tr, err := w.q.Trace(ctx, a, id+"!议定事项!K2")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range tr.Rows[0].Fields {
		if f.Name == "due_on" && (f.Cell != "K2" || f.Value != "2024-07-31") {
			t.Errorf("due_on = %+v, want K2 2024-07-31", f)
		}
	}
	for ref, want := range map[string]fault.Code{
		"逾期": fault.Usage, "2024Q3-990102-plan": fault.NotFound, "2024Q3-999999-overdue": fault.NotFound, id + "!议定事项!K9": fault.NotFound,
	} {
		if _, err := w.q.Trace(ctx, a, ref); fault.CodeOf(err) != want {
			t.Errorf("trace %s: %v, want %s", ref, err, want)
		}
	}
}

func TestSubmissionsAndAudit(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := newWorld(t, county("990102"), county("990103"))
	first := w.send("990102", "2024Q3", "2024-10-03", facts{})
	second := w.send("990102", "2024Q3", "2024-10-08", meetings(testkit.Meeting()))
	w.send("990103", "2024Q3", "2024-10-05", facts{})
	rows, err := w.q.Submissions(ctx, SubmissionFilter{Unit: "990102"})
	if err != nil || len(rows) != 2 || rows[0].ID != second || !rows[0].IsInForce || rows[1].ID != first || rows[1].IsInForce {
		t.Errorf("files of 990102: %+v, %v", rows, err)
	}
	if rows[0].Version != 2 || rows[0].Meetings != 1 || rows[0].UnitName != "县990102" || rows[0].Quarter != period.MustQuarter("2024Q3") {
		t.Errorf("row %+v", rows[0])
	}
	if rows, err = w.q.Submissions(ctx, SubmissionFilter{Status: record.Rejected}); err != nil || len(rows) != 0 {
		t.Errorf("rejected files %v, %v", rows, err)
	}
	problem := record.Problem{Severity: record.SeverityError, Code: "date_unreadable", Sheet: "会议召开", Cell: "E2", Value: "2024.13.1", Message: "日期无法识别。", Hint: "请改为 2024-12-01 的格式。"}
	id := testkit.Accept(t, w.s, "2024-10-09", testkit.Reading("2024Q2", func(r *record.Reading) { r.Unit, r.Problems = "990103", []record.Problem{problem} }))
	d, err := w.q.Submission(ctx, id, "990103")
	if err != nil || len(d.Problems) != 1 || d.Problems[0] != problem || d.Errors != 1 {
		t.Errorf("submission %+v, %v", d, err)
	}
	if _, err := w.q.Submission(ctx, "", ""); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("no id: %v", err)
	}
	lines, err := w.q.Audit(ctx, AuditFilter{Action: "submission", From: period.MustDate("2024-10-05"), To: period.MustDate("2024-10-08")})
	if err != nil || len(lines) != 2 || lines[0].Subject == lines[1].Subject || lines[0].Seq < lines[1].Seq {
		t.Errorf("audit of four days %+v, %v", lines, err)
	}
	if lines, err = w.q.Audit(ctx, AuditFilter{Text: id, Limit: 1}); err != nil || len(lines) != 1 || lines[0].Subject != id {
		t.Errorf("audit of %s %+v, %v", id, lines, err)
	}
	if lines, err = w.q.Audit(ctx, AuditFilter{Before: 2}); err != nil || len(lines) != 1 {
		t.Errorf("audit before the second line %+v, %v", lines, err)
	}
}

func TestCompareRegimes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"), county("990103"))
	w.send("990102", "2024Q3", "2024-10-03", meetings(testkit.Meeting(chair(record.RankDeputy))))
	w.send("990103", "2024Q3", "2024-10-03", meetings(testkit.Meeting()))
	c, err := w.q.CompareRegimes(context.Background(), asOf(t, "2024Q3", qinhuangdao), asOf(t, "2024Q3", bayannur))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Units) != 2 || !c.Units[0].Changed() || c.Units[0].A.Light != LightRed {
		t.Fatalf("compared %+v", c.Units)
	}
	only := func(fs []Finding) string {
		var out []string
		for _, f := range fs {
			out = append(out, f.Rule)
		}
		return strings.Join(out, " ")
	}
	if got := only(c.Units[0].OnlyA); got != "chair" {
		t.Errorf("only Qinhuangdao finds %s, want chair", got)
	}
	if got := only(c.Units[0].OnlyB); got != "establishment" {
		t.Errorf("only Bayannur finds %s, want establishment", got)
	}
	// One document obliges counties, the other townships: a unit only one lists has no other side.
	if c, err = w.q.CompareRegimes(context.Background(), asOf(t, "2024Q3", qinhuangdao), asOf(t, "2024Q3", liubei)); err != nil || c.Units[0].B != nil || !c.Units[0].Changed() {
		t.Errorf("counties against townships %+v, %v", c, err)
	}
}

func TestEstablishments(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"), county("990103"), county("990104"))
	w.send("990102", "2024Q3", "2024-10-03", established(true, "2024-10-01"))
	w.send("990103", "2024Q3", "2024-10-03", established(true, "2024-09-30"))
	got, err := w.q.Establishments(context.Background(), asOf(t, "2024Q3", qinhuangdao))
	if err != nil || len(got) != 2 || got[0].Established || !got[1].Established || got[0].Source.Sheet != "制度建立" {
		t.Errorf("establishments %+v, %v; want 990102 not yet, 990103", got, err)
	}
	a := asOf(t, "2024Q3", qinhuangdao)
	a.Scope = "990103"
	if got, err = w.q.Establishments(context.Background(), a); err != nil || len(got) != 1 || got[0].Unit != "990103" {
		t.Errorf("scoped establishments %+v, %v", got, err)
	}
}

func TestOverdueIsLongestFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"), county("990103"))
	w.send("990102", "2024Q3", "2024-10-03", items(testkit.Resolution(due("2024-09-01")), testkit.Resolution(due("2024-07-01"))))
	w.send("990103", "2024Q3", "2024-10-03", items(testkit.Resolution(due("2024-08-01"))))
	rows, err := w.q.Overdue(context.Background(), asOf(t, "2024Q3", qinhuangdao))
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, r := range rows {
		got = append(got, r.OverdueDays)
	}
	if len(got) != 3 || got[0] != 91 || got[1] != 60 || got[2] != 29 {
		t.Errorf("days overdue %v, want 91 60 29", got)
	}
	// Laggards: two red findings before one.
	l, err := w.q.Laggards(context.Background(), asOf(t, "2024Q3", qinhuangdao))
	if err != nil || len(l) != 2 || l[0].Red < l[1].Red {
		t.Errorf("laggards %+v, %v", l, err)
	}
}
