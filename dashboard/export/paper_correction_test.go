package export_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"liandu/dashboard/export"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/testkit/golden"
	"liandu/queries"
)

// corrected is the invented city after 柏泉县 named its chair on 22 January (papers/data.md, part 9).
func corrected(t testing.TB) export.Dossier {
	t.Helper()
	d := dossier(t)
	u := d.Metrics.Unit("990124")
	u.ChairRank, u.ChairTitle = record.RankPrincipal, "县委副书记、县长"
	for _, id := range []string{"chaired_by_principal", "chair_meets_rule"} {
		u.Indicators[id] = queries.Pair{Num: 1, Den: 1}
		total := d.Metrics.Total[id]
		total.Num++
		d.Metrics.Total[id] = total
	}
	u.Parts = nil
	score(u, d.Metrics.AsOf.Regime)
	u.Yellow, u.Light = 0, queries.LightYellow
	var findings []queries.Finding
	for _, f := range d.Findings {
		if f.Unit.Code != "990124" {
			findings = append(findings, f)
		}
	}
	d.Findings = findings
	one, two := 5, 6
	u.Rank, d.Metrics.Unit("990104").Rank = &one, &two
	units := d.Metrics.Units
	for i := range units {
		if units[i].Unit.Code == "990124" && units[i-1].Unit.Code == "990104" {
			units[i-1], units[i] = units[i], units[i-1]
		}
	}
	for i := range d.Sent {
		if s := &d.Sent[i]; s.Unit.Code == "990124" && s.Quarter == d.Metrics.AsOf.Quarter {
			s.Version, s.LastReceivedAt = 2, time.Date(2025, 1, 22, 3, 0, 0, 0, time.UTC)
		}
	}
	d.Settings["correction.number"] = "云工发〔2025〕5号"
	d.IssuedOn = period.MustDate("2025-01-24")
	d.Metrics.AsOf.KnownAt = time.Date(2025, 1, 23, 1, 0, 0, 0, time.UTC)
	d.KnownAt = d.Metrics.AsOf.KnownAt
	return d
}

// The model: one county names its chair; the notice's sentences, its rows and ranks are corrected, and nothing else.
func TestCorrection(t *testing.T) {
	t.Parallel()
	first := dossier(t)
	was, err := first.Notice()
	if err != nil {
		t.Fatal(err)
	}
	d := corrected(t)
	again := d
	again.Recount, again.IssuedOn, again.KnownAt = true, first.IssuedOn, first.KnownAt
	is, err := again.Notice()
	if err != nil {
		t.Fatal(err)
	}
	letter, err := first.Letter("990105", export.ToUnion)
	if err != nil {
		t.Fatal(err)
	}
	o, err := d.Correction(export.Reissue{Was: was, Is: is, KnownAt: first.Metrics.AsOf.KnownAt})
	if err != nil {
		t.Fatal(err)
	}
	golden.Equal(t, "correction.txt", o.Text())
	both, err := d.Correction(export.Reissue{Was: was, Is: is, KnownAt: first.Metrics.AsOf.KnownAt}, export.Reissue{Was: letter})
	if err != nil {
		t.Fatal(err)
	}
	golden.Equal(t, "correction_several.txt", both.Text())
	for _, p := range []*export.Official{o, both} {
		for _, found := range proof(t, p, fileOf(t, p)) {
			t.Errorf("an untouched paper: %+v", found)
		}
	}
	// What is quoted as issued stands in the issued paper, word for word, and the new words in the new one.
	if text := was.Text(); !strings.Contains(text, "由政府主要负责同志主持的5个（东湖区、西岭区、清河县、安澜县、松月市）") || strings.Contains(is.Text(), "未载明主持人") {
		t.Error("the fixture is wrong")
	}
	if _, err := d.Correction(export.Reissue{Was: is, Is: is}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("nothing to correct: %v", err)
	}
	if _, err := d.Correction(); fault.CodeOf(err) != fault.Usage {
		t.Errorf("no paper: %v", err)
	}
}

// A paragraph that is new as a whole is one change under its own number, and the notes under a table are corrected too.
func TestCorrectionOfParagraphsAndNotes(t *testing.T) {
	t.Parallel()
	first := dossier(t)
	first.Findings = slices.DeleteFunc(slices.Clone(first.Findings), func(f queries.Finding) bool {
		if f.Rule == regime.RuleReportBack {
			first.Metrics.Unit(f.Unit.Code).Yellow--
		}
		return f.Rule == regime.RuleReportBack
	})
	first.Settings = maps.Clone(first.Settings)
	first.Settings["deadline.2024.document"] = "《关于召开2024年度政府与工会联席会议的通知》（云工办发〔2024〕7号）"
	was, err := first.Notice()
	if err != nil {
		t.Fatal(err)
	}
	d := dossier(t)
	is, err := d.Notice()
	if err != nil {
		t.Fatal(err)
	}
	d.Settings["correction.number"] = "云工发〔2025〕5号"
	d.Settings["office.name"] = "云川市总工会"
	o, err := d.Correction(export.Reissue{Was: was, Is: is, KnownAt: first.Metrics.AsOf.KnownAt})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"正文第三部分：增加第（七）项“落实情况未通报。安澜县2024年度会议未通报上次议定事项落实情况，", "，其后各项序号依次调整。", "附件1注2：",
	} {
		if !strings.Contains(o.Text(), want) {
			t.Errorf("want %s in %s", want, o.Text())
		}
	}
	if strings.Contains(o.Title, "更正云州市总工会") {
		t.Errorf("the title names the office it was issued by: %s", o.Title)
	}
}
