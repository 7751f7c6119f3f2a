package ingest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"liandu/ingest"
	"liandu/internal/cntext"
	"liandu/internal/period"
	"liandu/internal/record"
)

// readingOf returns what was read from an accepted file.
func readingOf(t *testing.T, in *ingest.Ingester, r ingest.Result) record.Reading {
	t.Helper()
	var sum string
	if err := in.Store.DB().QueryRow(`select reading from d.submission where id = ?`, r.Submission).Scan(&sum); err != nil {
		t.Fatal(err)
	}
	b, err := in.Store.Blobs().Read(sum)
	must(t, err)
	var out record.Reading
	must(t, json.Unmarshal(b, &out))
	return out
}

// facts are a reading without places.
var facts = cmp.Options{
	cmpopts.IgnoreTypes(record.Source{}), cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b period.Date) bool { return a == b }),
}

func TestWrittenFormReadsTheSame(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	for seed := range uint64(40) {
		form := randomForm(rand.New(rand.NewPCG(seed, 7)))
		r := send(t, in, ingest.Upload{Name: fmt.Sprintf("第%d份.xlsx", seed)}, workbook(t, form))
		if r.Status != record.Accepted {
			t.Fatalf("seed %d: %s %v", seed, r.Status, r.Problems)
		}
		got := readingOf(t, in, r)
		if diff := cmp.Diff(form.Meetings, got.Meetings, facts); diff != "" {
			t.Errorf("seed %d: meetings (-written +read):\n%s", seed, diff)
		}
		if diff := cmp.Diff(form.Resolutions, got.Resolutions, facts); diff != "" {
			t.Errorf("seed %d: resolutions (-written +read):\n%s", seed, diff)
		}
		if diff := cmp.Diff(form.Establishments, got.Establishments, facts); diff != "" {
			t.Errorf("seed %d: establishments (-written +read):\n%s", seed, diff)
		}
	}
}

func TestBlankFilledReadsTheSame(t *testing.T) {
	t.Parallel()
	in := ingester(t)
	if r := send(t, in, ingest.Upload{Name: "前.xlsx"}, workbook(t, secondQuarter())); r.Status != record.Accepted {
		t.Fatalf("the quarter before was %s: %v", r.Status, r.Problems)
	}
	reg := units(t)
	county, _ := reg.Unit(haitang)
	unfinished := secondQuarter().Resolutions
	unfinished[0].DueText, unfinished[0].DueOn = "长期", period.Date{}
	unfinished[1].DueText, unfinished[1].DueOn = "年底前", period.MustDate("2024-12-31")
	before := secondQuarter()
	blank := ingest.BlankForm{
		Unit: county, Quarter: period.MustQuarter("2024Q3"), Units: append([]record.Unit{county}, reg.Children(haitang)...), Unfinished: unfinished,
		Meetings: before.Meetings, Establishments: before.Establishments, Cover: before.Cover,
	}
	var b, again bytes.Buffer
	must(t, ingest.Blank(&b, blank))
	must(t, ingest.Blank(&again, blank))
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same blank form gave other bytes")
	}
	r := send(t, in, ingest.Upload{Name: "空白表.xlsx"}, b.Bytes())
	if r.Status != record.Accepted || r.Unit != haitang || r.Quarter.String() != "2024Q3" || len(r.Problems) != 0 || r.Rows != (ingest.Rows{Meeting: 2, Resolution: 3, Establishment: 2}) {
		t.Fatalf("a blank form sent back as it is: %+v", r)
	}
	for i := range unfinished {
		unfinished[i].TitleKey = cntext.TitleKey(unfinished[i].Title)
	}
	if diff := cmp.Diff(unfinished, readingOf(t, in, r).Resolutions, facts); diff != "" {
		t.Errorf("items carried forward (-given +read):\n%s", diff)
	}
	back := readingOf(t, in, r)
	if diff := cmp.Diff(before.Establishments, back.Establishments, facts); diff != "" {
		t.Errorf("establishments (-given +read):\n%s", diff)
	}
	if back.Cover.FilledBy != "李一" || back.Cover.Phone == "" || !back.Cover.FilledOn.IsZero() {
		t.Errorf("cover = %+v", back.Cover)
	}
	typed := send(t, in, ingest.Upload{Name: "空白表.xlsx"}, editBook(t, b.Bytes(), set("议定事项", "K2", "年底前"), set("议定事项", "A5", "海棠区"), set("议定事项", "B5", 2024), set("议定事项", "C5", "年度联席会议"), set("议定事项", "E5", "新的事项"), set("议定事项", "K5", "长期"), set("议定事项", "N5", "推进中")))
	var warned []string
	for _, p := range typed.Problems {
		warned = append(warned, p.Code+" "+p.Cell)
	}
	if diff := cmp.Diff([]string{"date_in_words K2", "date_in_words K5"}, warned); diff != "" {
		t.Errorf("words that the county typed (-want +got):\n%s", diff)
	}
	blank.Unfinished[0].Unit = qinghe
	if err := ingest.Blank(&b, blank); err == nil {
		t.Error("another county's item was carried forward")
	}
}

// odd are texts that programs take for something else: formulas, numbers, dates, markup, escapes.
var odd = []string{
	"=1+1", "+86", "-1", "@SUM(A1)", "'引号", "1e5", "00012", "2024-03-15", "80%", "TRUE", "#REF!", `<b>&"'`, "_x000D_", "_x41_", "&amp;", "😀𠮷", "１２３ＡＢ", "甲\t乙",
	"第一行\n第二行", "]]>", "%d%s", "\\n", "填报单位：青禾县", "合计金额不详", "2024年第一季度", "C:\\报表", strings.Repeat("长", 3000),
}

// randomForm makes a valid report with many of its cells blank.
func randomForm(r *rand.Rand) ingest.Form {
	form := thirdQuarter()
	form.Establishments, form.Meetings, form.Resolutions = nil, nil, nil
	day := func() period.Date { return period.MustDate("2024-01-01").AddDays(r.IntN(270)) }
	maybe := func(d period.Date) period.Date {
		if r.IntN(3) == 0 {
			return period.Date{}
		}
		return d
	}
	some := func(s string) string {
		switch r.IntN(6) {
		case 0, 1:
			return ""
		case 2:
			return odd[r.IntN(len(odd))]
		}
		return s + fmt.Sprint(r.IntN(1000))
	}
	flag := func() *bool { v := r.IntN(2) == 0; return &v }
	num := func() *int { v := r.IntN(20); return &v }
	for _, u := range []record.UnitCode{haitang, songxi} {
		form.Establishments = append(form.Establishments, record.Establishment{Unit: u, LevelText: some("层级"), Established: r.IntN(2) == 0, EstablishedOn: maybe(day()), Document: some("=文件"), Remark: some("+注")})
		m := record.Meeting{
			Unit: u, SessionYear: 2024, Kind: record.KindAnnual, HeldOn: day(), Title: some("会议"), ChairName: some("某"), ChairTitle: "副区长",
			GovAttendees: some("甲、乙"), UnionAttendees: some("丙"), SolicitedOn: maybe(day()), GovTopics: num(), UnionTopics: num(), AgendaReport: flag(), AgendaTopics: flag(),
			AgendaDiscuss: flag(), AgendaDeploy: flag(), MinutesNumber: some("纪〔2024〕"), MinutesIssuedOn: maybe(day()), Publicity: some("日报"), Remark: some("-备注"),
		}
		m.ChairRank = record.RankDeputy
		m.HasPublicity = m.Publicity != ""
		if u == songxi {
			m.ChairTitle, m.ChairRank = "镇长", record.RankPrincipal
		}
		form.Meetings = append(form.Meetings, m)
		for i := range r.IntN(12) {
			pct := float64(r.IntN(1001)) / 10
			res := record.Resolution{
				Unit: u, SessionYear: 2024, Kind: record.KindAnnual, ItemNo: fmt.Sprint(i + 1), Title: odd[r.IntN(len(odd))] + fmt.Sprintf("事项%d", r.IntN(1_000_000)), Category: some("类"),
				Proposer: []record.Proposer{"", record.ProposerGovernment, record.ProposerUnion, record.ProposerJoint}[r.IntN(4)], LeadUnit: some("局"), SupportUnits: some("办"),
				Owner: some("某"), DueOn: maybe(day()), RevisedDueOn: maybe(day()), PlanOn: maybe(day()), Percent: &pct, Progress: some("进\n展"), Reason: some("因"), NextStep: some("步"), Remark: some("注"),
				Status: []record.ItemStatus{record.StatusNotStarted, record.StatusInProgress, record.StatusCompleted, record.StatusOngoing, record.StatusCancelled}[r.IntN(5)],
			}
			if res.Status == record.StatusCompleted {
				res.CompletedOn = day()
			}
			res.TitleKey = cntext.TitleKey(res.Title)
			form.Resolutions = append(form.Resolutions, res)
		}
	}
	return form
}
