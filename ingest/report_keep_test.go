package ingest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"liandu/ingest"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
)

// asRead is the form of minutesText with nothing corrected.
func asRead() ingest.ReportForm {
	yes, seven := true, 7
	item := func(title, lead, due string) record.Resolution {
		r := record.Resolution{Title: title, LeadUnit: lead, Status: record.StatusNotStarted}
		if due != "" {
			r.DueOn, r.DueText = period.MustDate(due), ""
		}
		return r
	}
	return ingest.ReportForm{
		Unit: haitang, Quarter: period.MustQuarter("2024Q2"),
		Meeting: record.Meeting{Kind: record.KindAnnual, SessionYear: 2024, HeldOn: period.MustDate("2024-05-10"), ChairName: "赵三", ChairTitle: "区委副书记、区长", JointTopics: &seven, AgendaReport: &yes},
		Items:   []record.Resolution{item("新建职工服务驿站12处", "区总工会", "2024-12-31"), item("开展欠薪专项检查", "区人社局", "2024-08-31"), item("组织一线职工疗休养", "区总工会", "")},
	}
}

// TestKeepReport: a report kept as it was read becomes a version whose every fact stands at its words.
func TestKeepReport(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	came := send(t, in, ingest.Upload{Name: "纪要.txt", ReceivedAt: period.MustDate("2024-07-03").Start()}, []byte(minutesText))
	r, err := in.KeepReport(t.Context(), came.Submission, asRead(), "officer")
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, in, "select count(*) from d.submission where id = '"+r.Submission+"' and received_at = '2024-07-03 00:00:00+08' and decided_at > '2024-07-04'"); n != 1 {
		t.Error("a report kept later is not as punctual as it came, or is known before it was kept")
	}
	if r.Status != record.Accepted || r.Version != 1 || r.Rows.Meeting != 1 || r.Rows.Resolution != 3 {
		t.Fatalf("%+v", r)
	}
	read := factsOf(t, in, r)
	if c := read.Report.Kept.Corrections; len(c) != 0 {
		t.Errorf("corrections %v of a form that corrects nothing", c)
	}
	m := read.Meetings[0]
	if m.ChairRank != record.RankPrincipal || m.Source.Sheet != record.TextSheet || m.Source.Cells["chair_name"] != "第2段20-21字" {
		t.Errorf("meeting %+v", m)
	}
	for field, want := range map[string]string{"held_on": "2024年5月10日", "chair_title": "区委副书记、区长", "joint_topics": "研究讨论了7个议题"} {
		span, ok := record.TextSpan(read.Report.Text, m.Source.Cells[field])
		if got := string([]rune(read.Report.Text)[span[0]:span[1]]); !ok || got != want {
			t.Errorf("%s rests on %q, want %q", field, got, want)
		}
	}
	if s, err := in.ReportState(t.Context(), came.Submission); err != nil || s.How != store.ReportKept || s.By != r.Submission || s.Actor != "officer" {
		t.Errorf("state %+v, %v", s, err)
	}
	if c := code(t, second(in.KeepReport(t.Context(), came.Submission, asRead(), "officer"))); c != fault.Conflict {
		t.Errorf("keeping twice: %s", c)
	}
	if n := count(t, in, "select count(*) from d.meeting where submission_id = '"+r.Submission+"'"); n != 1 {
		t.Errorf("%d meetings, want 1", n)
	}
}

// TestKeepReportCorrected: what the officer changed is kept beside what was read, and rests on no words.
func TestKeepReportCorrected(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	came := send(t, in, ingest.Upload{Name: "纪要.txt"}, []byte(minutesText))
	form := asRead()
	form.Meeting.ChairName, form.Meeting.ChairTitle = "钱四", "副区长"
	form.Items = append(form.Items[:1], record.Resolution{Title: "修缮工人文化宫", Status: record.StatusInProgress})
	r, err := in.KeepReport(t.Context(), came.Submission, form, "officer")
	if err != nil {
		t.Fatal(err)
	}
	read := factsOf(t, in, r)
	want := []record.ReportCorrection{
		{Field: "主持人", Read: "赵三", Kept: "钱四"}, {Field: "主持人职务", Read: "区委副书记、区长", Kept: "副区长"},
		{Field: "议定事项", Kept: "修缮工人文化宫"}, {Field: "议定事项", Read: "开展欠薪专项检查"}, {Field: "议定事项", Read: "组织一线职工疗休养"},
	}
	if diff := cmp.Diff(want, read.Report.Kept.Corrections); diff != "" {
		t.Errorf("corrections (-want +got):\n%s", diff)
	}
	if m := read.Meetings[0]; m.ChairRank != record.RankDeputy || m.Source.Cells["chair_name"] != "" || m.Source.Cells["held_on"] == "" {
		t.Errorf("meeting %+v", m)
	}
	if first := factsOf(t, in, came).Report; first.ChairName != "赵三" {
		t.Errorf("what was read at first is %s", first.ChairName)
	}
}

// TestKeepReportJoinsVersion: the rows of the version in force go on, each with its own file; a meeting it has already is
// replaced only where the officer says so, and its items' progress stays.
func TestKeepReportJoinsVersion(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	form := thirdQuarter()
	form.Quarter = period.MustQuarter("2024Q2")
	form.Cover.FilledOn = period.MustDate("2024-07-02")
	form.Meetings = form.Meetings[:1]
	form.Meetings[0].HeldOn = period.MustDate("2024-05-11")
	form.Resolutions = form.Resolutions[:1]
	book := send(t, in, ingest.Upload{Name: "报表.xlsx"}, workbook(t, form))
	if book.Status != record.Accepted {
		t.Fatalf("%v", book.Problems)
	}
	came := send(t, in, ingest.Upload{Name: "纪要.txt"}, []byte(minutesText))
	kept := asRead()
	if c := code(t, second(in.KeepReport(t.Context(), came.Submission, kept, "officer"))); c != fault.Conflict {
		t.Fatalf("a meeting reported already: %s, want conflict", c)
	}
	kept.Replace = true
	r, err := in.KeepReport(t.Context(), came.Submission, kept, "officer")
	if err != nil {
		t.Fatal(err)
	}
	read := factsOf(t, in, r)
	if r.Version != 2 || len(read.Meetings) != 1 || read.Meetings[0].HeldOn != period.MustDate("2024-05-10") || len(read.Establishments) != 2 {
		t.Fatalf("version %d: %+v", r.Version, read.Meetings)
	}
	if e := read.Establishments[0].Source; e.Submission != book.Submission || e.Sheet != "制度建立" {
		t.Errorf("a carried row's source %+v", e)
	}
	if len(read.Resolutions) != 3 || read.Resolutions[0].Percent == nil || *read.Resolutions[0].Percent != 95 || read.Resolutions[0].Source.Submission != book.Submission ||
		read.Resolutions[1].ItemNo != "2" || read.Resolutions[1].Source.Sheet != record.TextSheet {
		t.Errorf("items %+v", read.Resolutions)
	}

	// A second report upon the first: the first one's rows are told apart from its own.
	came = send(t, in, ingest.Upload{Name: "临时.txt"}, []byte("2024年6月20日，海棠区人民政府与区总工会召开2024年临时联席会议，专题研究企业改制问题。副区长钱四主持会议。\n"))
	kept = asRead()
	kept.Meeting.Kind, kept.Meeting.HeldOn, kept.Items = record.KindExtraordinary, period.MustDate("2024-06-20"), nil
	if r, err = in.KeepReport(t.Context(), came.Submission, kept, "officer"); err != nil {
		t.Fatal(err)
	}
	read = factsOf(t, in, r)
	first := read.Meetings[0].Source
	if len(read.Meetings) != 2 || first.Submission == "" || first.Sheet == record.TextSheet || ingest.CarriedSheet(first) != record.TextSheet {
		t.Errorf("meetings %+v", read.Meetings)
	}
}

// TestKeepReportElsewhere: the meeting another quarter's workbook reports on another day is not counted twice unawares.
func TestKeepReportElsewhere(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	form := thirdQuarter()
	form.Meetings[0].HeldOn = period.MustDate("2024-07-11")
	send(t, in, ingest.Upload{Name: "报表.xlsx"}, workbook(t, form))
	came := send(t, in, ingest.Upload{Name: "纪要.txt"}, []byte(minutesText))
	kept := asRead()
	if c := code(t, second(in.KeepReport(t.Context(), came.Submission, kept, "officer"))); c != fault.Conflict {
		t.Fatalf("%s, want conflict", c)
	}
	kept.Replace = true
	if _, err := in.KeepReport(t.Context(), came.Submission, kept, "officer"); err != nil {
		t.Errorf("kept by the officer's word: %v", err)
	}
}

// TestKeepReportRefuses facts that no version may hold; nothing is kept and the report waits on.
func TestKeepReportRefuses(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	came := send(t, in, ingest.Upload{Name: "纪要.txt"}, []byte(minutesText))
	for name, change := range map[string]func(f *ingest.ReportForm){
		"no unit":          func(f *ingest.ReportForm) { f.Unit = "" },
		"no quarter":       func(f *ingest.ReportForm) { f.Quarter = period.Quarter{} },
		"no kind":          func(f *ingest.ReportForm) { f.Meeting.Kind = "" },
		"no day":           func(f *ingest.ReportForm) { f.Meeting.HeldOn = period.Date{} },
		"day to come":      func(f *ingest.ReportForm) { f.Meeting.HeldOn = period.MustDate("2024-07-01") },
		"no year":          func(f *ingest.ReportForm) { f.Meeting.SessionYear = 0 },
		"item unnamed":     func(f *ingest.ReportForm) { f.Items[0].Title = " " },
		"item of no state": func(f *ingest.ReportForm) { f.Items[1].Status = "" },
	} {
		form := asRead()
		change(&form)
		if c := code(t, second(in.KeepReport(t.Context(), came.Submission, form, "officer"))); c != fault.Invalid {
			t.Errorf("%s: %s, want invalid", name, c)
		}
	}
	if s, err := in.ReportState(t.Context(), came.Submission); err != nil || s.How != "" {
		t.Errorf("state %+v, %v", s, err)
	}
	if n := count(t, in, "select count(*) from d.meeting"); n != 0 {
		t.Errorf("%d meetings kept, want 0", n)
	}
	book := send(t, in, ingest.Upload{Name: "报表.xlsx"}, workbook(t, thirdQuarter()))
	if c := code(t, second(in.KeepReport(t.Context(), book.Submission, asRead(), "officer"))); c != fault.NotFound {
		t.Errorf("a workbook kept as a report: %s", c)
	}
}

// TestSettleReport: evidence and dismissal end the waiting; a dismissed report is set beside nothing any more.
func TestSettleReport(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	came := send(t, in, ingest.Upload{Name: "纪要.txt"}, []byte(minutesText))
	if c := code(t, in.SettleReport(t.Context(), came.Submission, store.ReportDismissed, " ", "officer")); c != fault.Invalid {
		t.Errorf("dismissed without a word: %s", c)
	}
	if err := in.SettleReport(t.Context(), came.Submission, store.ReportDismissed, "重复的稿件", "officer"); err != nil {
		t.Fatal(err)
	}
	form := thirdQuarter()
	form.Meetings[0].ChairName = "钱四"
	if r := send(t, in, ingest.Upload{Name: "报表.xlsx"}, workbook(t, form)); len(wordsCodes(r)) != 0 {
		t.Errorf("a dismissed report still speaks: %v", r.Problems)
	}
	if err := in.SettleReport(t.Context(), came.Submission, store.ReportEvidence, "", "officer"); err == nil || !strings.Contains(err.Error(), "已经处理") {
		t.Errorf("settled twice: %v", err)
	}
}
