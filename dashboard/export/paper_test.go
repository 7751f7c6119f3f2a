package export_test

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"liandu/dashboard/export"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/setting"
	"liandu/internal/testkit/golden"
	"liandu/queries"
)

// dossier is the invented city of 2024Q4 with everything set that a paper asks for.
func dossier(t testing.TB) export.Dossier {
	t.Helper()
	b := briefing(t)
	d := export.Dossier{
		City: b.City, Metrics: b.Metrics, Findings: b.Findings, Meetings: b.Meetings, Resolutions: b.Resolutions, Sent: b.Sent,
		IssuedOn: period.MustDate("2025-01-17"), KnownAt: b.Metrics.AsOf.KnownAt,
		Settings: setting.Settings{
			"office.name": "云州市总工会", "office.issuer": "云州市总工会办公室", "contact.name": "林若安", "contact.phone": "0000-8800000",
			"basis.document": "《关于加强和规范政府与工会联席会议制度的通知》（云工发〔2024〕12号）",
			"notice.number":  "云工发〔2025〕2号", "notice.copy": "省总工会，市委办公室、市人民政府办公室，各县（市、区）人民政府。",
			"letter.number": "云工函〔2025〕1号", "reminder.number": "云工函〔2025〕13号", "dispatch.number": "云工督调〔2025〕1号", "dispatch.days": "7", "reply.days": "28", "remedy.days": "42",
			"assessment.document": "《云州市政府与工会联席会议工作考核办法》（云工发〔2024〕15号）",
			"deadline.2024":       "2024-11-30", "deadline.2024.document": "《关于做好2024年度政府与工会联席会议有关工作的通知》（云工办发〔2024〕9号）",
			"deadline.2024.words": "应于2024年11月30日前召开",
		},
	}
	for i := range d.Findings {
		f := &d.Findings[i]
		f.Items = itemsOf(d.Resolutions, f.Unit.Code, f.Rule)
	}
	d.Meetings = append(d.Meetings, queries.MeetingRow{Meeting: record.Meeting{Unit: "990121", SessionYear: 2024, Kind: record.KindExtraordinary, HeldOn: period.MustDate("2024-10-16")}})
	return d
}

// itemsOf names what a rule found at a unit.
func itemsOf(rows []queries.ResolutionRow, unit record.UnitCode, rule string) []string {
	var out []string
	for _, r := range rows {
		if r.Unit != unit || !r.InPopulation {
			continue
		}
		if rule == "plan" && r.PlanOn.IsZero() || rule == "overdue" && r.State == queries.StateOverdue {
			out = append(out, r.Title)
		}
	}
	return out
}

func TestNotice(t *testing.T) {
	t.Parallel()
	o, err := dossier(t).Notice()
	if err != nil {
		t.Fatal(err)
	}
	golden.Equal(t, "notice.txt", o.Text())
}

// One letter a case of the models: a substitute, not held, held late, nothing due, a deputy in the chair.
func TestLetters(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		unit record.UnitCode
	}{{"substituted", "990105"}, {"not_held", "990123"}, {"held_late", "990122"}, {"nothing_due", "990125"}, {"deputy", "990104"}} {
		for _, to := range []export.Addressee{export.ToGovernment, export.ToUnion} {
			o, err := dossier(t).Letter(tt.unit, to)
			if err != nil {
				t.Fatalf("%s to %s: %v", tt.name, to, err)
			}
			golden.Equal(t, "letter_"+tt.name+"_"+string(to)+".txt", o.Text())
		}
	}
}

// What falls due in the next quarter is reminded of, unit by unit; the past is not.
func TestReminders(t *testing.T) {
	t.Parallel()
	d := dossier(t)
	all, err := d.Reminders(export.RemindItems)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, o := range all {
		text.WriteString(o.Text())
	}
	golden.Equal(t, "reminder_items.txt", text.String())
	if _, err := d.Reminders(export.RemindMeeting); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a reminder of a deadline that is past: %v", err)
	}
}

// Before the deadline a unit that has held none is reminded, with the days that are left.
func TestMeetingReminder(t *testing.T) {
	t.Parallel()
	d := dossier(t)
	d.Metrics.AsOf.Deadline = period.MustDate("2025-01-31")
	d.Settings["deadline.2024"] = "2025-01-31"
	for i := range d.Metrics.Units {
		if u := &d.Metrics.Units[i]; u.Status == queries.NotHeld {
			u.Status = queries.Pending
		}
	}
	all, err := d.Reminders(export.RemindMeeting)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 3 || all[0].To != "北屏区总工会" || all[1].Number != "云工函〔2025〕14号" {
		t.Fatalf("%d reminders, first to %s", len(all), all[0].To)
	}
	golden.Equal(t, "reminder_meeting.txt", all[1].Text())
}

// The score sheet prints its own arithmetic: all parts, parts that do not apply, nothing taken off.
func TestScoreSheet(t *testing.T) {
	t.Parallel()
	for name, unit := range map[string]record.UnitCode{"all_parts": "990122", "not_applicable": "990105", "nothing_lost": "990102"} {
		o, err := dossier(t).ScoreSheet(unit)
		if err != nil {
			t.Fatal(err)
		}
		golden.Equal(t, "scoresheet_"+name+".txt", o.Text())
	}
}

// 调度单 asks about meetings not held and overdue items; a unit stands once in the count of units.
func TestDispatch(t *testing.T) {
	t.Parallel()
	d := dossier(t)
	o, err := d.Dispatch()
	if err != nil {
		t.Fatal(err)
	}
	golden.Equal(t, "dispatch.txt", o.Text())
	delete(d.Settings, "dispatch.days")
	if _, err := d.Dispatch(); fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), "调度填报期限") {
		t.Errorf("dispatch without a day to fill in by: %v", err)
	}
}

// Two letters of one unit state the same figures; numbers run on through government and union of each laggard.
func TestLettersAgreeAndAreNumbered(t *testing.T) {
	t.Parallel()
	all, err := dossier(t).Letters()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"北屏区人民政府", "北屏区总工会", "石门县人民政府", "石门县总工会", "安澜县人民政府", "安澜县总工会", "望岚县人民政府", "望岚县总工会", "南浦区人民政府", "南浦区总工会"}
	if len(all) != len(want) {
		t.Fatalf("%d letters, want %d", len(all), len(want))
	}
	for i, o := range all {
		if number := "云工函〔2025〕" + string("123456789"[i%9]) + "号"; i < 9 && o.Number != number || o.To != want[i] {
			t.Errorf("letter %d is %s to %s, want %s to %s", i, o.Number, o.To, number, want[i])
		}
		if i%2 == 1 {
			if a, b := facts(all[i-1]), facts(o); a != b {
				t.Errorf("%s and %s differ:\n%s\n%s", all[i-1].To, o.To, a, b)
			}
		}
	}
}

// facts is part one of a letter without its manner of address.
func facts(o *export.Official) string {
	_, text, _ := strings.Cut(o.Text(), "一、有关情况")
	text, _, _ = strings.Cut(text, "二、")
	return strings.NewReplacer("贵", "你", "明确，", "要求，").Replace(text)
}

func TestSettingsThatAreMissingAreAllListed(t *testing.T) {
	t.Parallel()
	d := dossier(t)
	d.Settings = setting.Settings{"deadline.2024": "2024-11-30", "deadline.2024.document": d.Settings["deadline.2024.document"], "deadline.2024.words": "原文"}
	_, err := d.Notice()
	if fault.CodeOf(err) != fault.Invalid {
		t.Fatalf("notice without settings: %v", err)
	}
	for _, name := range []string{"机关全称", "印发机关", "依据文件", "通报文号", "回复期限", "补办期限", "考核办法"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%q does not name %s", err, name)
		}
	}
	d.Draft = true
	o, err := d.Notice()
	if err != nil {
		t.Fatal(err)
	}
	if text := o.Text(); !strings.Contains(text, "〔待填：通报文号〕") || !strings.Contains(text, "〔待填：回复日期〕") {
		t.Errorf("draft has no marked blanks: %s", text)
	}
}

// What does not agree with itself is not printed.
func TestDisagreementsAreRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, says string
		spoil      func(*export.Dossier)
	}{
		{"total is not the sum", "召开", func(d *export.Dossier) { d.Metrics.Total["annual_meeting_held"] = queries.Pair{Num: 8, Den: 10} }},
		{"a completed item too many", "已办结", func(d *export.Dossier) { d.Metrics.States.Completed++ }},
		{"a score by hand", "得分", func(d *export.Dossier) { s := 701; d.Metrics.Units[4].Score = &s }},
		{"a rank by hand", "位次", func(d *export.Dossier) { r := 4; d.Metrics.Units[4].Rank = &r }},
		{"an overdue day too many", "逾期天数", func(d *export.Dossier) {
			for i := range d.Resolutions {
				if d.Resolutions[i].State == queries.StateOverdue && d.Resolutions[i].OverdueDays > 0 {
					d.Resolutions[i].OverdueDays++
					return
				}
			}
		}},
		{"a finding nobody counted", "黄色问题", func(d *export.Dossier) { d.Findings = d.Findings[1:] }},
		{"a deadline without a document", "依据的文件", func(d *export.Dossier) { delete(d.Settings, "deadline.2024.document") }},
		{"dated before the quarter's end", "早于截至日", func(d *export.Dossier) { d.IssuedOn = period.MustDate("2024-12-30") }},
		{"data later than the paper", "晚于成文日期", func(d *export.Dossier) { d.Metrics.AsOf.KnownAt = time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC) }},
		{"an item twice with two titles", "前后不一致", func(d *export.Dossier) {
			for i := range d.Meetings {
				if d.Meetings[i].Kind == record.KindSubstitute {
					again := d.Meetings[i]
					again.Title = "区长办公会议"
					d.Meetings = append(d.Meetings, again)
					return
				}
			}
		}},
		{"a level nobody is obliged at", "没有对", func(d *export.Dossier) { d.Metrics.AsOf.Level = record.LevelTownship }},
	} {
		d := dossier(t)
		tt.spoil(&d)
		o, err := d.Notice()
		if o != nil && err == nil {
			t.Errorf("%s: the notice was made", tt.name)
			continue
		}
		if fault.CodeOf(err) == "" || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want a refusal with %q", tt.name, err, tt.says)
		}
	}
}

func TestLetterIsForLaggards(t *testing.T) {
	t.Parallel()
	d := dossier(t)
	if _, err := d.Letter("990102", export.ToUnion); fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), "不是后进单位") {
		t.Errorf("letter to a green unit: %v", err)
	}
	if _, err := d.Letter("000000", export.ToUnion); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("letter to nobody: %v", err)
	}
	d.Settings["letter.number"] = "工函第一号"
	if _, err := d.Letter("990105", export.ToUnion); fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), "文号") {
		t.Errorf("a number that cannot be counted on: %v", err)
	}
}

// A number of another year is doubted, not refused.
func TestNumberOfAnotherYear(t *testing.T) {
	t.Parallel()
	d := dossier(t)
	d.Settings["notice.number"] = "云工发〔2024〕2号"
	o, err := d.Notice()
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Doubts) != 1 || !strings.Contains(o.Doubts[0], "年份") {
		t.Errorf("doubts %q", o.Doubts)
	}
}

// before is the invented city a quarter earlier: what was done, decided and held by 30 September.
func before(d export.Dossier) (*queries.Metrics, []queries.ResolutionRow) {
	on := period.MustDate("2024-09-30")
	m := &queries.Metrics{AsOf: d.Metrics.AsOf}
	m.AsOf.Quarter = period.MustQuarter("2024Q3")
	var items []queries.ResolutionRow
	for _, r := range d.Resolutions {
		r.InPopulation = r.InPopulation && !r.DecidedOn.After(on)
		switch {
		case !r.InPopulation:
		case !r.CompletedOn.IsZero() && !r.CompletedOn.After(on):
			m.States.Completed++
		case !r.EffectiveDueOn.After(on):
			r.State = queries.StateOverdue
			m.States.Overdue++
		default:
			r.State = queries.StateInProgress
		}
		items = append(items, r)
	}
	pop := int64(0)
	for _, r := range items {
		if r.InPopulation {
			pop++
		}
	}
	held := int64(0)
	for _, u := range d.Metrics.Units {
		if u.Status.Held() && u.HeldOn.After(on) || !u.Status.Held() {
			u.Status, u.Rank = queries.Pending, nil
		} else {
			held++
		}
		m.Units = append(m.Units, u)
	}
	m.Total = map[string]queries.Pair{"resolution_completion": {Num: m.States.Completed, Den: pop}, "annual_meeting_held": {Num: held, Den: 10}}
	return m, items
}

// The comparisons of the model: what is new this quarter, points from unrounded rates with the denominators they moved by.
func TestComparisons(t *testing.T) {
	t.Parallel()
	d := dossier(t)
	d.Before, d.BeforeItems = before(d)
	d.YearAgo = &queries.Metrics{Total: map[string]queries.Pair{"annual_meeting_held": {Num: 8, Den: 10}, "resolution_completion": {Num: 20, Den: 31}}}
	d.PreviousYear = &queries.Metrics{AsOf: queries.AsOf{Year: 2023}, Units: []queries.UnitResult{{Unit: record.Unit{Code: "990125"}, Status: queries.NotHeld}, {Unit: record.Unit{Code: "990123"}, Status: queries.NotHeld}}}
	d.PreviousSent = []queries.SentRow{{Unit: record.Unit{Code: "990125"}, Quarter: period.MustQuarter("2023Q4"), Version: 1}}
	o, err := d.Notice()
	if err != nil {
		t.Fatal(err)
	}
	text := o.Text()
	for _, want := range []string{
		"召开率70.0%，比2023年同期下降10.0个百分点；第四季度新增召开3个（南浦区、安澜县、柏泉县）。",
		"第四季度新增办结14项。办结率比第三季度末提高32.0个百分点（应办事项由25项增至35项），比2023年同期下降4.5个百分点。",
		"共有逾期事项4项，比第三季度末增加1项。",
		"其中望岚县2023年度会议亦未召开。", // 石门县 sent nothing for 2023: not known, so not said
		"| 并列1 | 松月市 ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the notice lacks %q", want)
		}
	}
	d.BeforeItems = d.BeforeItems[1:]
	if _, err := d.Notice(); fault.CodeOf(err) != fault.Conflict || !strings.Contains(err.Error(), "已办结") {
		t.Errorf("a quarter before that does not add up: %v", err)
	}
}

// Nothing is compared that is not there: without a year ago and a quarter before, no 同期, no 第三季度末.
func TestNothingToCompareIsLeftOut(t *testing.T) {
	t.Parallel()
	o, err := dossier(t).Notice()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []string{"同期", "第三季度末", "个百分点", "亦未召开"} {
		if strings.Contains(o.Text(), w) {
			t.Errorf("the notice speaks of %s", w)
		}
	}
}

// A hostile name or title is text in the file, and the same papers give the same bytes.
func TestPaperBytes(t *testing.T) {
	t.Parallel()
	make := func() []byte {
		d := dossier(t)
		const bad = "安澜县</w:t><w:fldSimple w:instr=\"DDEAUTO c:\\\\x\"/>\"=cmd|' /C calc'!A0"
		for i := range d.Metrics.Units {
			if d.Metrics.Units[i].Unit.Code == "990122" {
				d.Metrics.Units[i].Unit.Name = bad
			}
		}
		for i := range d.Resolutions {
			if d.Resolutions[i].Unit == "990122" {
				d.Resolutions[i].Title += "<w:p/>&\x07"
			}
		}
		o, err := d.Letter("990122", export.ToGovernment)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := o.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	one := make()
	if !bytes.Equal(one, make()) {
		t.Error("the same letter gave other bytes")
	}
	text := documentXML(t, one)
	if strings.Contains(text, "<w:fldSimple") || !strings.Contains(text, "&lt;w:fldSimple") || strings.Contains(text, "\x07") {
		t.Error("a name became markup")
	}
}

func documentXML(t *testing.T, file []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The notice's page: mark 35 mm below the type area's edge, two empty lines before number and title, three landscape
// attachments, 版记 at the foot.
func TestNoticePage(t *testing.T) {
	t.Parallel()
	o, err := dossier(t).Notice()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := o.Write(&b); err != nil {
		t.Fatal(err)
	}
	x := documentXML(t, b.Bytes())
	empty := `<w:p><w:pPr><w:pStyle w:val="PaperEmpty"/></w:pPr></w:p>`
	for _, want := range []string{
		`<w:pStyle w:val="PaperMark"/><w:spacing w:before="1904" w:line="1200" w:lineRule="exact"/>`, `<w:sz w:val="104"/>`,
		empty + empty + `<w:p><w:pPr><w:pStyle w:val="PaperNumber"/>`, empty + empty + `<w:p><w:pPr><w:pStyle w:val="PaperTitle"/>`,
		`<w:pStyle w:val="PaperSignature"/><w:keepNext/><w:keepLines/><w:ind w:leftChars="0" w:left="0" w:rightChars="0" w:right="1360"`, `<w:pStyle w:val="PaperSignDate"/><w:ind w:leftChars="0" w:left="0" w:rightChars="0" w:right="1280"`,
		`<w:pStyle w:val="PaperCopyTo"/>`,
	} {
		if !strings.Contains(x, want) {
			t.Errorf("the notice lacks %s", want)
		}
	}
	if n := strings.Count(x, `w:orient="landscape"`); n != 3 {
		t.Errorf("%d landscape sections, want 3", n)
	}
}

// TestWhatASubstituteDecidedIsNoItem: an item of a substitute counts in no column of 附件1, as in the briefing.
func TestWhatASubstituteDecidedIsNoItem(t *testing.T) {
	t.Parallel()
	d := dossier(t)
	i := slices.IndexFunc(d.Resolutions, func(r queries.ResolutionRow) bool { return r.Unit == "990105" })
	if i < 0 {
		t.Fatal("the fixture's unit with a substitute has no item to copy")
	}
	r := d.Resolutions[i]
	r.Kind, r.SessionYear, r.IsDecided, r.InPopulation, r.Title, r.ItemKey = record.KindSubstitute, 2024, false, false, "会议代替议定的事项", "t:会议代替议定的事项"
	r.DecidedOn = period.MustDate("2024-11-08")
	d.Resolutions = append(slices.Clone(d.Resolutions), r)
	o, err := d.Notice()
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, p := range o.Pages {
		for _, b := range p.Blocks {
			eachSpan(b, func(s export.Span) { found = found || s.Figure != nil && s.Figure.ID == "unit/990105/decided" })
		}
	}
	if found {
		t.Error("the substitute's item is counted as decided")
	}
}
