package issue_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"liandu/dashboard/export"
	"liandu/dashboard/issue"
	"liandu/internal/blob"
	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/rulebook"
	"liandu/internal/setting"
	"liandu/internal/store"
	"liandu/internal/testkit"
	"liandu/queries"
)

// city is the invented city of ten counties, of which some report.
type city struct {
	t     *testing.T
	s     *store.Store
	q     *queries.Queries
	rules *rulebook.Keeper
	desk  *issue.Desk
	clock time.Time
}

func newCity(t *testing.T) *city {
	t.Helper()
	w := &city{t: t, s: testkit.OpenStore(t, queries.Base()), clock: testkit.Moment(t, "2025-01-16T09:00:00+08:00")}
	now := func() time.Time { return w.clock }
	testkit.Import(t, w.s, testkit.City()...)
	w.rules = rulebook.New(w.s, "qinhuangdao-2024", now)
	w.q = queries.New(queries.Deps{DB: w.s.DB(), Version: w.s.Facts, Now: now, Regime: w.rules.Regime})
	w.desk = issue.New(issue.Deps{Store: w.s, Queries: w.q, Rules: w.rules.Regime, Now: now, City: func() string { return "云州市" }})
	w.set(map[string]string{
		"office.name": "云州市总工会", "office.issuer": "云州市总工会办公室", "contact.name": "林若安", "contact.phone": "0000-8800000",
		"basis.document": "《关于加强和规范政府与工会联席会议制度的通知》（云工发〔2024〕12号）", "reply.days": "28", "remedy.days": "42",
		"assessment.document": "《工作考核办法》（云工发〔2024〕15号）",
	})
	w.report("990102", "2025-01-08", nil)
	w.report("990103", "2025-01-09", func(r *record.Reading) {
		r.Resolutions = append(r.Resolutions, testkit.Resolution(func(x *record.Resolution) {
			x.Unit, x.ItemNo, x.Title, x.DueOn = "990103", "2", "建设户外劳动者服务站点", period.MustDate("2024-10-31")
		}))
	})
	return w
}

func (w *city) set(values map[string]string) {
	w.t.Helper()
	for k, v := range values {
		if _, err := w.s.Append(w.t.Context(), journal.Entry{At: w.clock, Actor: "李某", Action: store.ActionSettingChanged, Subject: k, Data: store.SettingChanged{Key: k, Value: v}}); err != nil {
			w.t.Fatal(err)
		}
	}
}

// report sends a county's fourth quarter: one meeting and one item.
func (w *city) report(unit record.UnitCode, received string, change func(*record.Reading)) {
	w.t.Helper()
	r := testkit.Reading("2024Q4", func(r *record.Reading) {
		r.Unit, r.File = unit, string(unit)+".xlsx"
		r.Meetings = []record.Meeting{testkit.Meeting(func(m *record.Meeting) { m.Unit = unit })}
		r.Resolutions = []record.Resolution{testkit.Resolution(func(x *record.Resolution) {
			x.Unit, x.Status, x.CompletedOn = unit, record.StatusCompleted, period.MustDate("2024-12-20")
		})}
	})
	if change != nil {
		change(&r)
	}
	testkit.Accept(w.t, w.s, received, r)
}

func (w *city) asOf() queries.AsOf {
	w.t.Helper()
	q := period.MustQuarter("2024Q4")
	r, err := w.rules.Regime(w.t.Context(), "", q, w.clock)
	if err != nil {
		w.t.Fatal(err)
	}
	return queries.AsOf{Quarter: q, Regime: r, FollowsCity: true}
}

func (w *city) issue(orders ...issue.Order) []queries.Document {
	w.t.Helper()
	docs, err := w.desk.Issue(w.t.Context(), issue.Batch{At: w.asOf(), DatedOn: w.desk.Today(), Orders: orders, Actor: "李某"})
	if err != nil {
		w.t.Fatal(err)
	}
	return docs
}

// remakes fails the test unless a paper is handed out as it was and follows from what was frozen beside it.
func (w *city) remakes(when string, docs ...queries.Document) {
	w.t.Helper()
	for _, doc := range docs {
		kept, err := w.desk.Bytes(doc, doc.SHA256)
		if err != nil || blob.Sum(kept) != doc.SHA256 {
			w.t.Fatalf("%s: %s is not handed out: %v", when, doc.Number, err)
		}
		again, err := w.desk.Remake(w.t.Context(), doc)
		if err != nil {
			w.t.Fatalf("%s: remake %s: %v", when, doc.Number, err)
		}
		if !bytes.Equal(kept, again) {
			w.t.Errorf("%s: %s made again has other bytes", when, doc.Number)
		}
	}
}

func TestIssuedPapersFollowFromTheirDataWhateverComesLater(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := newCity(t)
	rules := w.asOf().Regime
	decision := rulebook.Decision{Reason: "机构调整期间暂不评价", Document: "《通知》（云工办发〔2025〕1号）", Actor: "李某"}
	if err := w.rules.Suspend(ctx, rules.ID, regime.RulePlan, period.MustDate("2024-10-01"), period.MustDate("2024-12-31"), decision); err != nil {
		t.Fatal(err)
	}
	docs := w.issue(issue.Order{Paper: export.PaperNotice, Number: "云工发〔2025〕2号"}, issue.Order{Paper: export.PaperAnnualNotice, Number: "云联席办〔2025〕1号"},
		issue.Order{Paper: export.PaperLetterGovernment, Unit: "990104", Number: "云工函〔2025〕7号"}, issue.Order{Paper: export.PaperLetterUnion, Unit: "990104", Number: "云工函〔2025〕8号"},
		issue.Order{Paper: export.PaperScoreSheet, Unit: "990103"})
	w.remakes("at once", docs...)
	if docs[3].ReplyDue != period.MustDate("2025-02-13") || !docs[0].ReplyDue.IsZero() || docs[4].Number != "" {
		t.Errorf("reply due %v, %v; number of a score sheet %q", docs[3].ReplyDue, docs[0].ReplyDue, docs[4].Number)
	}
	w.clock = w.clock.Add(48 * time.Hour)
	w.report("990104", "2025-01-17", nil)
	w.report("990103", "2025-01-17", nil)
	w.remakes("after later reports", docs...)
	w.set(map[string]string{"office.name": "云州市工会联合会", "reply.days": "7", "basis.document": "《新文件》（云工发〔2025〕1号）"})
	w.remakes("after changed settings", docs...)
	if _, err := w.s.Append(ctx, journal.Entry{At: w.clock, Actor: "李某", Action: store.ActionUnitsImported, Data: store.UnitsImported{Units: []record.Unit{
		testkit.Unit(func(u *record.Unit) { u.Code, u.Name = "990104", "南浦新区" }),
	}}}); err != nil {
		t.Fatal(err)
	}
	w.remakes("after a unit was renamed", docs...)
	changed, err := rules.With(func(r *regime.Regime) { r.RedLine, r.SubmissionDays = 600, 20 })
	if err != nil {
		t.Fatal(err)
	}
	decision.Reason = "提高要求"
	if err := w.rules.Change(ctx, changed, period.MustDate("2024-01-01"), nil, decision); err != nil {
		t.Fatal(err)
	}
	w.remakes("after a changed rule", docs...)
	report, err := w.s.Verify(ctx)
	if err != nil || len(report.Troubles) > 0 {
		t.Errorf("verify: %v, %v", report.Troubles, err)
	}
	touched, err := w.desk.Since(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range touched {
		if m.Document.ID == docs[3].ID && m.Gone == "" {
			t.Errorf("the letter to a county that has reported since is not gone: %+v", m)
		}
		if m.Document.ID == docs[0].ID {
			var causes []string
			for _, c := range m.Causes {
				causes = append(causes, c.Text)
			}
			if text := strings.Join(causes, " "); !strings.Contains(text, "报表第") || !strings.Contains(text, "制度规则有变动") {
				t.Errorf("causes of the notice's changes: %s", text)
			}
		}
	}
}

// A name that changed since is no change of what a paper says.
func TestRenamedUnitTouchesNothing(t *testing.T) {
	t.Parallel()
	w := newCity(t)
	w.issue(issue.Order{Paper: export.PaperNotice, Number: "云工发〔2025〕2号"}, issue.Order{Paper: export.PaperLetterUnion, Unit: "990104", Number: "云工函〔2025〕8号"},
		issue.Order{Paper: export.PaperAnnualNotice, Number: "云联席办〔2025〕1号"})
	w.clock = w.clock.Add(time.Hour)
	if _, err := w.s.Append(t.Context(), journal.Entry{At: w.clock, Actor: "李某", Action: store.ActionUnitsImported, Data: store.UnitsImported{Units: []record.Unit{
		testkit.Unit(func(u *record.Unit) { u.Code, u.Name = "990104", "南浦新区" }),
	}}}); err != nil {
		t.Fatal(err)
	}
	w.set(map[string]string{"office.name": "云州市工会联合会", "reply.days": "7"})
	all, err := w.desk.Since(t.Context())
	if err != nil || len(all) != 3 {
		t.Fatalf("%d papers, %v", len(all), err)
	}
	for _, m := range issue.Touched(all) {
		t.Errorf("%s is touched: %q %+v", m.Document.Number, m.Gone, m.Changes)
	}
}

// A correction sets the papers right: nothing is touched after it until something changes again.
func TestCorrectionSetsPapersRight(t *testing.T) {
	t.Parallel()
	w := newCity(t)
	doc := w.issue(issue.Order{Paper: export.PaperNotice, Number: "云工发〔2025〕2号"})[0]
	w.clock = w.clock.Add(24 * time.Hour)
	w.report("990104", "2025-01-16T15:00:00+08:00", nil)
	m, err := w.desk.SinceOne(t.Context(), doc.ID)
	if err != nil || !m.IsTouched() || len(m.Causes) != 1 || !strings.Contains(m.Causes[0].Text, "南浦区2024年第四季度报表第1版") {
		t.Fatalf("since = %+v, %v", m, err)
	}
	found := false
	for _, c := range m.Changes {
		found = found || c.ID == "total/annual_meeting_held/num" && c.Was == "2" && c.Is == "3"
	}
	if !found {
		t.Errorf("the number of meetings is not among %+v", m.Changes)
	}
	at, err := w.desk.CorrectionOf(t.Context(), []string{doc.ID})
	if err != nil {
		t.Fatal(err)
	}
	fix, err := w.desk.Issue(t.Context(), issue.Batch{At: at, DatedOn: w.desk.Today(), Actor: "李某", Orders: []issue.Order{{Paper: export.PaperCorrection, Number: "云工发〔2025〕5号", Corrects: []string{doc.ID}}}})
	if err != nil {
		t.Fatal(err)
	}
	m, err = w.desk.SinceOne(t.Context(), doc.ID)
	if err != nil || m.IsTouched() || m.Corrected == nil || m.Corrected.ID != fix[0].ID {
		t.Errorf("after the correction = %+v, %v", m, err)
	}
	w.clock = w.clock.Add(24 * time.Hour)
	w.report("990105", "2025-01-17T15:00:00+08:00", nil)
	m, err = w.desk.SinceOne(t.Context(), doc.ID)
	if err != nil || !m.IsTouched() || len(m.Causes) != 1 || !strings.Contains(m.Causes[0].Text, "北屏区") {
		t.Errorf("after another report = %+v, %v", m.Causes, err)
	}
	w.remakes("after everything", doc, fix[0])
}

func TestIssueIsRefusedWhole(t *testing.T) {
	t.Parallel()
	w := newCity(t)
	good := issue.Order{Paper: export.PaperNotice, Number: "云工发〔2025〕2号"}
	for _, tc := range []struct {
		name, says string
		code       fault.Code
		orders     []issue.Order
	}{
		{"nothing", "没有选择", fault.Invalid, nil},
		{"no number", "缺少文号", fault.Invalid, []issue.Order{good, {Paper: export.PaperLetterUnion, Unit: "990104"}}},
		{"a number of another form", "机关代字", fault.Invalid, []issue.Order{{Paper: export.PaperNotice, Number: "云工发[2025]2号"}}},
		{"one number twice", "用了两次", fault.Conflict, []issue.Order{good, {Paper: export.PaperLetterUnion, Unit: "990104", Number: good.Number}}},
		{"a unit that is no laggard", "不是后进单位", fault.Invalid, []issue.Order{good, {Paper: export.PaperLetterUnion, Unit: "990102", Number: "云工函〔2025〕8号"}}},
		{"not what was looked at", "预览之后", fault.Conflict, []issue.Order{{Paper: export.PaperNotice, Number: good.Number, Expect: "0"}}},
		{"no paper", "没有「x」", fault.NotFound, []issue.Order{{Paper: "x"}}},
		{"a form", "不在这里签发", fault.Invalid, []issue.Order{{Paper: export.PaperMinutes, Unit: "990102"}}},
		{"a correction of nothing", "没有编号为「D9」", fault.NotFound, []issue.Order{{Paper: export.PaperCorrection, Number: "云工发〔2025〕5号", Corrects: []string{"D9"}}}},
	} {
		before := w.s.Version()
		_, err := w.desk.Issue(t.Context(), issue.Batch{At: w.asOf(), DatedOn: w.desk.Today(), Orders: tc.orders, Actor: "李某"})
		if fault.CodeOf(err) != tc.code || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s = %v, want %s with %q", tc.name, err, tc.code, tc.says)
		}
		if w.s.Version() != before {
			t.Errorf("%s left a line", tc.name)
		}
	}
}

func TestNextNumberIsSuggestedNeverTaken(t *testing.T) {
	t.Parallel()
	w := newCity(t)
	next := func(set string, s setting.Settings) issue.Number {
		t.Helper()
		n, err := w.desk.NextNumber(t.Context(), set, s, period.MustDate("2025-01-16"))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := next(issue.SetLetters, nil); n.Number != "" {
		t.Errorf("with nothing set or issued: %+v", n)
	}
	if n := next(issue.SetLetters, setting.Settings{"letter.number": "云工函〔2025〕1号"}); n.Number != "云工函〔2025〕1号" || !n.Set {
		t.Errorf("with a number set: %+v", n)
	}
	w.issue(issue.Order{Paper: export.PaperLetterUnion, Unit: "990104", Number: "云工函〔2025〕9号"})
	if n := next(export.PaperLetterUnion, setting.Settings{"letter.number": "云工函〔2025〕9号"}); n.Number != "云工函〔2025〕10号" || n.Set {
		t.Errorf("after the set number was given: %+v", n)
	}
	if n := next(export.PaperLetterUnion, nil); n.Number != "云工函〔2025〕10号" {
		t.Errorf("with none set: %+v", n)
	}
	if n, err := w.desk.NextNumber(t.Context(), issue.SetLetters, nil, period.MustDate("2026-01-05")); err != nil || n.Number != "云工函〔2026〕1号" || n.Set {
		t.Errorf("in a new year: %+v, %v", n, err)
	}
	if n := next(export.PaperScoreSheet, nil); n.Number != "" {
		t.Errorf("a paper without a number: %+v", n)
	}
}

// Thirty issued papers are held against the figures in well under a second.
func TestManyIssuedPapersAreComparedFast(t *testing.T) {
	t.Parallel()
	w := newCity(t)
	var orders []issue.Order
	for i, unit := range []record.UnitCode{"990104", "990105", "990121", "990122", "990123", "990124", "990125", "990181"} {
		for j, paper := range []string{export.PaperLetterGovernment, export.PaperLetterUnion} {
			number, _ := export.NumberAfter("云工函〔2025〕1号", 2*i+j)
			orders = append(orders, issue.Order{Paper: paper, Unit: unit, Number: number})
		}
		orders = append(orders, issue.Order{Paper: export.PaperScoreSheet, Unit: unit})
	}
	w.issue(orders...)
	for i := range 8 {
		number, _ := export.NumberAfter("云工发〔2025〕2号", i)
		w.issue(issue.Order{Paper: export.PaperNotice, Number: number, Again: true})
	}
	w.clock = w.clock.Add(time.Hour)
	w.report("990104", "2025-01-16T09:30:00+08:00", nil)
	began := time.Now()
	all, err := w.desk.Since(t.Context())
	if took := time.Since(began); err != nil || len(all) != 32 || took > 5*time.Second {
		t.Errorf("%d papers in %s, %v", len(all), took, err)
	} else {
		t.Logf("%d papers, %d touched, in %s", len(all), len(issue.Touched(all)), took)
	}
	began = time.Now()
	if _, err := w.desk.Since(t.Context()); err != nil || time.Since(began) > time.Second {
		t.Errorf("the second time took %s, %v", time.Since(began), err)
	}
}
