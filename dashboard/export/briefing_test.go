package export_test

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"liandu/dashboard/export"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/testkit/golden"
	"liandu/queries"
)

func write(t testing.TB, b export.Briefing) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := b.Write(&buf); err != nil {
		t.Fatalf("Write: %v", err)
	}
	return buf.Bytes()
}

// withZone adds a 开发区 and its meeting.
func withZone(t testing.TB, b export.Briefing) export.Briefing {
	t.Helper()
	b.Zones = zone(t, b)
	m := b.Meetings[0]
	m.Unit, m.UnitName, m.HeldOn = "Z01", "云州经济技术开发区", b.Zones.Units[0].HeldOn
	b.Meetings = append(b.Meetings, m)
	return b
}

func TestBriefing(t *testing.T) {
	t.Parallel()
	golden.Equal(t, "briefing-2024Q4.txt", golden.Workbook(t, write(t, withZone(t, briefing(t)))))
}

func TestSameAnswersSameBytes(t *testing.T) {
	t.Parallel()
	want := write(t, briefing(t))
	for i := range 20 {
		if !bytes.Equal(write(t, briefing(t)), want) {
			t.Fatalf("write %d differs", i)
		}
	}
}

func TestNoFormulaWhateverTheTextBeginsWith(t *testing.T) {
	t.Parallel()
	b := briefing(t)
	hostile := []string{"=cmd|' /C calc'!A0", "+1", "@SUM(A1:A9)", "-2+3", "\t=1+1", "＝1+1"}
	n := 0
	for i := range b.Resolutions {
		if r := &b.Resolutions[i]; r.InPopulation && r.State != queries.StateCompleted {
			r.Title, r.LeadUnit, r.Owner = hostile[n%len(hostile)], hostile[n%len(hostile)], hostile[n%len(hostile)]
			n++
		}
	}
	b.Findings[0].Observed, b.Findings[0].Clause.Text = "=1+1", "=2+2"
	b.Metrics.Units[0].ChairTitle = "=3+3"
	book := write(t, b)
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range r.File {
		if !strings.HasPrefix(part.Name, "xl/worksheets/") {
			continue
		}
		rc, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		rc.Close()
		if bytes.Contains(text, []byte("<f>")) || bytes.Contains(text, []byte("<f ")) {
			t.Errorf("%s holds a formula", part.Name)
		}
	}
	f := open(t, book)
	rows, err := f.GetRows("未办结事项清单")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows[4:10] {
		got = append(got, row[3])
	}
	if diff := cmp.Diff(hostile, got); diff != "" {
		t.Errorf("titles (-want +got):\n%s", diff)
	}
}

func open(t testing.TB, book []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// cellOf returns the cell of a sheet in the row that has name in its second column, under a head of the last head row.
func cellOf(t testing.TB, f *excelize.File, sheet, name, head string) string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	col := -1
	for _, row := range rows[2:4] {
		if i := slices.IndexFunc(row, func(s string) bool { return strings.ReplaceAll(s, "\n", "") == head }); i >= 0 {
			col = i
		}
	}
	if col < 0 {
		t.Fatalf("sheet %s has no column %s", sheet, head)
	}
	for _, row := range rows[4:] {
		if len(row) > 1 && row[1] == name && col < len(row) {
			return strings.TrimSpace(row[col])
		}
	}
	t.Fatalf("sheet %s has no row %s", sheet, name)
	return ""
}

func TestCells(t *testing.T) {
	t.Parallel()
	b := briefing(t)
	b.Resolutions = append(b.Resolutions, queries.ResolutionRow{
		Resolution: record.Resolution{Unit: "990105", SessionYear: 2024, Kind: record.KindSubstitute, ItemNo: "1", Title: "研究工会工作"},
		State:      queries.StateInProgress,
	})
	f := open(t, write(t, b))
	for _, c := range []struct{ sheet, unit, head, want string }{
		{"召开情况统计表", "安澜县", "延迟天数", "19"},
		{"召开情况统计表", "安澜县", "纪要印发日期", "未印发"}, // issued after the day the paper is as of
		{"召开情况统计表", "柏泉县", "主持人职级", "未载明"},
		{"召开情况统计表", "柏泉县", "上次议定事项落实情况通报", "—"},
		{"召开情况统计表", "北屏区", "召开日期", "—"},
		{"召开情况统计表", "北屏区", "议定事项数", "—"}, // what a substitute decided does not count
		{"议定事项落实情况表", "望岚县", "办结率", "—"}, // nothing to do is neither 0 % nor 100 %
		{"议定事项落实情况表", "石门县", "办结率", "25.0%*"},
		{"议定事项落实情况表", "10个", "办结率", "60.0%"}, // of the sums, not the mean of rates
		{"议定事项落实情况表", "10个", "以前年度结转", "10"},
		{"排名与得分表", "清河县", "合计", "93.75"},
		{"排名与得分表", "清河县", "得分", "93.8"},
		{"排名与得分表", "北屏区", "适用权重", "65"},
		{"报送情况", "10个", "按时报送率", "95.0%"},
	} {
		if got := cellOf(t, f, c.sheet, c.unit, c.head); got != c.want {
			t.Errorf("%s, %s, %s = %q, want %q", c.sheet, c.unit, c.head, got, c.want)
		}
	}
}

func TestAgainstTheQuarterBefore(t *testing.T) {
	t.Parallel()
	b := briefing(t)
	before := briefing(t).Metrics
	before.AsOf.Quarter = period.MustQuarter("2024Q3")
	for i := range before.Units {
		switch u := &before.Units[i]; u.Unit.Name {
		case "松月市":
			rank := 2
			u.Rank = &rank
		case "南浦区":
			u.Rank = nil
		case "安澜县":
			u.Indicators["resolution_completion"] = queries.Pair{Num: 2, Den: 3}
		}
	}
	before.Total["resolution_completion"] = queries.Pair{Num: 7, Den: 25}
	b.Before = before
	f := open(t, write(t, b))
	for _, c := range []struct{ sheet, unit, head, want string }{
		{"排名与得分表", "松月市", "较上季度位次", "↑1"},
		{"排名与得分表", "东湖区", "较上季度位次", "持平"},
		{"排名与得分表", "南浦区", "较上季度位次", "—"},
		{"议定事项落实情况表", "10个", "较上季度末（百分点）", "32.0"},
		{"议定事项落实情况表", "安澜县", "较上季度末（百分点）", "-46.7"},
		{"议定事项落实情况表", "望岚县", "较上季度末（百分点）", "—"},
	} {
		if got := cellOf(t, f, c.sheet, c.unit, c.head); got != c.want {
			t.Errorf("%s, %s, %s = %q, want %q", c.sheet, c.unit, c.head, got, c.want)
		}
	}
}

func TestLastYearsQuarterIsNotCompared(t *testing.T) {
	t.Parallel()
	b := briefing(t)
	want := write(t, b)
	before := briefing(t).Metrics
	before.AsOf.Quarter, before.AsOf.Year = period.MustQuarter("2023Q4"), 2023
	b.Before = before
	if !bytes.Equal(write(t, b), want) {
		t.Error("the quarter of another year changed the paper")
	}
}

// TestOneCountysOwnRows keeps a county's rank among all counties though only its row is shown.
func TestOneCountysOwnRows(t *testing.T) {
	t.Parallel()
	b := briefing(t)
	b.Metrics.AsOf.Scope = "990123"
	b.Metrics.Units = b.Metrics.Units[8:9]
	b.Metrics.Total, b.Metrics.States = sums(b.Metrics.Units)
	f := open(t, write(t, b))
	if got := cellOf(t, f, "排名与得分表", "石门县", "位次"); got != "9" {
		t.Errorf("rank = %q, want 9", got)
	}
}

// TestRefusal breaks one number at a time: a paper that does not add up is not written.
func TestRefusal(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, says string
		breaks     func(*export.Briefing)
	}{
		{"deadline without its document", "依据的文件", func(b *export.Briefing) { b.DeadlineSource = "" }},
		{"total is not the sum", "各单位之和", func(b *export.Briefing) {
			b.Metrics.Total["minutes_issued"] = queries.Pair{Num: 5, Den: 7}
		}},
		{"denominators do not add up", "各单位之和", func(b *export.Briefing) {
			b.Metrics.Total["resolution_on_time"] = queries.Pair{Num: 20, Den: 26}
		}},
		{"states are not the population", "各状态之和", func(b *export.Briefing) { b.Metrics.Units[2].Resolutions.InProgress++ }},
		{"sum of states", "已撤销事项", func(b *export.Briefing) { b.Metrics.States.Cancelled++ }},
		{"status is not the rate", "召开情况", func(b *export.Briefing) { b.Metrics.Units[0].Status = queries.NotHeld }},
		{"late is counted on time", "按期召开", func(b *export.Briefing) { b.Metrics.Units[0].Status = queries.HeldLate }},
		{"parts are not the score", "各项之和", func(b *export.Briefing) { b.Metrics.Units[3].Parts[4].Points += 10 }},
		{"shares are not 100", "满分", func(b *export.Briefing) { b.Metrics.Units[3].Parts[4].Full-- }},
		{"score is not the formula", "按算式重算", func(b *export.Briefing) {
			b.Metrics.Units[3].Parts[4].ValueNum--
		}},
		{"rank is not the order of scores", "按得分重排", func(b *export.Briefing) { wrong := 2; b.Metrics.Units[1].Rank = &wrong }},
		{"meeting on another day", "两个日期不一致", func(b *export.Briefing) { b.Meetings[0].HeldOn = period.MustDate("2024-06-19") }},
		{"held without a meeting", "会议台账", func(b *export.Briefing) { b.Meetings = b.Meetings[1:] }},
		{"minutes on one side only", "会议纪要", func(b *export.Briefing) { b.Meetings[0].MinutesIssuedOn = period.Date{} }},
		{"an item is missing", "事项台账", func(b *export.Briefing) { b.Resolutions = b.Resolutions[1:] }},
		{"a finding is missing", "问题清单", func(b *export.Briefing) { b.Findings = b.Findings[1:] }},
		{"on time twice", "按时报送率", func(b *export.Briefing) { b.Sent[0].OnTime = nil }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := briefing(t)
			tt.breaks(&b)
			var buf bytes.Buffer
			err := b.Write(&buf)
			if fault.CodeOf(err) != fault.Conflict || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Write = %v, want a conflict that says %q", err, tt.says)
			}
			if buf.Len() > 0 {
				t.Errorf("a refused paper left %d bytes", buf.Len())
			}
		})
	}
}

func TestNothingReceived(t *testing.T) {
	t.Parallel()
	b := briefing(t)
	units := b.Metrics.Units[:3]
	for i := range units {
		units[i] = queries.UnitResult{
			Unit: units[i].Unit, Status: queries.Pending, Light: queries.LightNone,
			Indicators: map[string]queries.Pair{"annual_meeting_held": {Den: 1}, "held_on_time": {Den: 1}},
		}
	}
	b.Metrics.Units = units
	b.Metrics.Total, b.Metrics.States = sums(units)
	b.Findings, b.Meetings, b.Resolutions, b.Sent = nil, nil, nil, nil
	golden.Equal(t, "briefing-empty.txt", golden.Workbook(t, write(t, b)))
}

func TestSessionCohort(t *testing.T) {
	t.Parallel()
	b := briefing(t)
	b.Metrics.AsOf.Cohort = queries.Cohort{Session: 2024}
	f := open(t, write(t, b))
	left, err := f.GetCellValue("议定事项落实情况表", "A2")
	if err != nil || !strings.Contains(left, "口径：2024年度届次事项") {
		t.Errorf("caption = %q, %v", left, err)
	}
	rows, err := f.GetRows("议定事项落实情况表")
	if err != nil || slices.Contains(rows[3], "以前年度\n结转") {
		t.Errorf("a session's items are split by year: %v, %v", rows[3], err)
	}
}

func TestParentsThatAreOnlySums(t *testing.T) {
	t.Parallel()
	b := briefing(t)
	u := queries.UnitResult{
		Unit: record.Unit{Code: "990102", Name: "东湖区", Level: record.LevelCounty}, IsRollup: true, Light: queries.LightNone,
		Indicators: map[string]queries.Pair{
			"annual_meeting_held": {Num: 3, Den: 5}, "held_on_time": {Num: 2, Den: 5}, "minutes_issued": {Num: 1, Den: 3},
			"resolution_completion": {Num: 4, Den: 6}, "resolution_overdue": {Num: 0, Den: 6},
		},
		Resolutions: queries.StateCounts{Completed: 4, InProgress: 2},
	}
	b.Metrics.Units = []queries.UnitResult{u}
	b.Metrics.Total, b.Metrics.States = sums(b.Metrics.Units)
	b.Findings, b.Meetings, b.Resolutions, b.Sent = nil, nil, nil, nil
	f := open(t, write(t, b))
	for _, c := range []struct{ sheet, head, want string }{
		{"召开情况统计表", "召开情况", "已召开3个（应召开5个）"},
		{"召开情况统计表", "纪要印发日期", "已印发1个"},
		{"议定事项落实情况表", "办结率", "66.7%"},
		{"排名与得分表", "得分", "—"},
	} {
		if got := cellOf(t, f, c.sheet, "东湖区", c.head); got != c.want {
			t.Errorf("%s, %s = %q, want %q", c.sheet, c.head, got, c.want)
		}
	}
}
