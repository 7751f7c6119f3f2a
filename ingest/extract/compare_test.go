package extract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"liandu/ingest/extract"
	"liandu/internal/period"
	"liandu/internal/record"
)

const minutesText = `松坡县人民政府与县总工会2024年度联席会议纪要
2024年5月10日，县长程远帆主持召开松坡县人民政府与县总工会2024年度联席会议，研究讨论了3个议题，议定2项事项。
会议通报了2023年度联席会议议定事项落实情况，2023年度议定事项4项，已办结3项，推进中2项。
会议议定：
（一）建设户外劳动者驿站。由县住建局牵头，2024年12月31日前完成。
（二）提高困难职工救助标准。由县民政局牵头，2024年9月30日前完成。
`

func number(n int) *int { return &n }

// sheetRows are the rows of a workbook that agrees with minutesText in everything.
func sheetRows() (record.Meeting, []record.Resolution) {
	yes := true
	m := record.Meeting{
		SessionYear: 2024, Kind: record.KindAnnual, HeldOn: period.MustDate("2024-05-10"), ChairName: "程远帆", ChairTitle: "县长", ChairRank: record.RankPrincipal,
		GovTopics: number(1), UnionTopics: number(2), AgendaReport: &yes,
		Source: record.Source{Sheet: "会议召开", Row: 2, Cells: map[string]string{"held_on": "E2", "chair_name": "F2", "chair_title": "G2", "gov_topics": "K2", "agenda_report": "N2"}},
	}
	item := func(row int, title, lead, due string) record.Resolution {
		return record.Resolution{SessionYear: 2024, Kind: record.KindAnnual, Title: title, LeadUnit: lead, DueOn: period.MustDate(due),
			Source: record.Source{Sheet: "议定事项", Row: row, Cells: map[string]string{"title": "E" + string(rune('0'+row)), "due_on": "K" + string(rune('0'+row)), "lead_unit": "H" + string(rune('0'+row))}}}
	}
	return m, []record.Resolution{item(2, "建设户外劳动者驿站", "县住建局", "2024-12-31"), item(3, "提高困难职工救助标准", "县民政局", "2024-09-30")}
}

func TestAgainst(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		change func(m *record.Meeting, rows *[]record.Resolution)
		want   []extract.Disagreement
	}{
		{"all agree", func(*record.Meeting, *[]record.Resolution) {}, nil},
		{"date", func(m *record.Meeting, _ *[]record.Resolution) { m.HeldOn = period.MustDate("2024-05-11") },
			[]extract.Disagreement{{Field: "held_on", Words: "2024年5月10日", Figures: "会议召开!E2 2024-05-11", Message: "召开日期不一致：文中是 2024-05-10，报表是 2024-05-11。"}}},
		{"chair", func(m *record.Meeting, _ *[]record.Resolution) { m.ChairName = "郑秋石" },
			[]extract.Disagreement{{Field: "chair_name", Words: "程远帆", Figures: "会议召开!F2 郑秋石", Message: "主持人不一致：文中是 程远帆，报表是 郑秋石。"}}},
		{"rank", func(m *record.Meeting, _ *[]record.Resolution) {
			m.ChairTitle, m.ChairRank = "副县长", record.RankDeputy
		},
			[]extract.Disagreement{{Field: "chair_rank", Words: "县长", Figures: "会议召开!G2 副县长", Message: "主持人职务不一致：文中是县长（" + record.RankPrincipal.Chinese() + "），报表是副县长（" + record.RankDeputy.Chinese() + "）。"}}},
		{"topics", func(m *record.Meeting, _ *[]record.Resolution) { m.UnionTopics = number(1) },
			[]extract.Disagreement{{Field: "topics_count", Words: "研究讨论了3个议题", Figures: "会议召开!K2 政府方、工会方、联合议题合计 2", Message: "议题数不一致：文中是 3 个，报表各方合计 2 个。"}}},
		{"report", func(m *record.Meeting, _ *[]record.Resolution) { no := false; m.AgendaReport = &no },
			[]extract.Disagreement{{Field: "report_back", Words: "通报了2023年度联席会议议定事项落实", Figures: "会议召开!N2 否", Message: "「通报上次议定事项落实情况」不一致：文中写有通报，报表填「否」。"}}},
		{"an item too few", func(_ *record.Meeting, rows *[]record.Resolution) { *rows = (*rows)[:1] },
			[]extract.Disagreement{
				{Field: "resolutions", Words: "议定2项事项", Figures: "议定事项 第 2 至 2 行，共 1 项", Message: "议定事项数不一致：文中说 2 项，报表有 1 项。"},
				{Field: "resolutions", Words: "提高困难职工救助标准。由县民政局牵头，2024年9月30日前完成。", Message: "文中议定的「提高困难职工救助标准」，报表「议定事项」中没有。"},
			}},
		{"another item", func(_ *record.Meeting, rows *[]record.Resolution) { (*rows)[1].Title = "举办职工运动会" },
			[]extract.Disagreement{
				{Field: "resolutions", Words: "提高困难职工救助标准。由县民政局牵头，2024年9月30日前完成。", Message: "文中议定的「提高困难职工救助标准」，报表「议定事项」中没有。"},
				{Field: "resolutions", Figures: "议定事项!E3 举办职工运动会", Message: "报表的议定事项「举办职工运动会」，文中没有。"},
			}},
		{"deadline and lead", func(_ *record.Meeting, rows *[]record.Resolution) {
			(*rows)[0].DueOn, (*rows)[0].LeadUnit = period.MustDate("2025-06-30"), "县城管局"
		}, []extract.Disagreement{
			{Field: "resolutions", Words: "建设户外劳动者驿站。由县住建局牵头，2024年12月31日前完成。", Figures: "议定事项!K2 2025-06-30", Message: "「建设户外劳动者驿站」的完成时限不一致：文中是 2024-12-31，报表是 2025-06-30。"},
			{Field: "resolutions", Words: "建设户外劳动者驿站。由县住建局牵头，2024年12月31日前完成。", Figures: "议定事项!H2 县城管局", Message: "「建设户外劳动者驿站」的牵头单位不一致：文中是县住建局，报表是县城管局。"},
		}},
		{"no such meeting", func(m *record.Meeting, _ *[]record.Resolution) {
			m.SessionYear, m.HeldOn = 2022, period.MustDate("2022-05-10")
		},
			[]extract.Disagreement{{Field: "meeting", Words: "人民政府与县总工会2024年度联席会议", Message: "文中报道了这次联席会议，报表「会议召开」中没有这次会议。"}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			m, rows := sheetRows()
			tc.change(&m, &rows)
			got := extract.Against(extract.FromText(minutesText, extract.Options{}), []record.Meeting{m}, rows)
			for i := range got {
				if (got[i].Figures == "") != (got[i].Sheet == "") || (got[i].Words == "") != (got[i].Span == extract.Span{}) {
					t.Errorf("%s: quoted without its place: %+v", got[i].Message, got[i])
				}
				if got[i].Hint == "" {
					t.Errorf("%s: no hint", got[i].Message)
				}
				got[i].Hint, got[i].Sheet, got[i].Cell, got[i].Span = "", "", "", extract.Span{}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("Against (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSumsThatAreOff: the minutes' own numbers do not add up (4 against 3 and 2).
func TestSumsThatAreOff(t *testing.T) {
	t.Parallel()
	want := "上次议定事项共 4 项，各类相加是 5 项，请核对。"
	e := extract.FromText(minutesText, extract.Options{})
	for _, d := range e.Doubts {
		if d == want {
			return
		}
	}
	t.Errorf("doubts = %q, want among them %q", e.Doubts, want)
}
