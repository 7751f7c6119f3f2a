package view_test

import (
	"slices"
	"testing"

	"liandu/dashboard/view"
	"liandu/dashboard/view/viewtest"
	"liandu/internal/record"
)

func TestMeetingsLedger(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	in := view.MeetingsInput{Address: address, Now: c.Now, Meetings: c.Meetings, Units: c.Units}
	p := view.NewMeetings(in)
	if got := words(p.Lede); got != "2024年度应召开 12 个，已召开 10 个（83.3%）；丰谷县未召开；白塔县以其他会议代替。" {
		t.Errorf("lede = %s", got)
	}
	if p.Foot[0] != "= 年度联席会议 10 + 临时联席会议 0 + 以其他会议代替 1" || p.Matched != 11 {
		t.Errorf("foot = %s, matched %d", p.Foot[0], p.Matched)
	}
	i := slices.IndexFunc(p.Rows, func(r view.MeetingLine) bool { return r.Unit == "西岭区" })
	if !p.Rows[i].BelowRule || p.Rows[i].Rank != "政府副职" || p.Rows[i].Timing != "按期" || p.Rows[i].Agenda[0].Mark != "空" {
		t.Errorf("row = %+v", p.Rows[i])
	}
	in.Filter = view.MeetingFilter{Rank: "deputy"}
	if p = view.NewMeetings(in); p.Matched != 2 || len(p.Table.Rows) != 2 {
		t.Errorf("deputies: %d, exported %d", p.Matched, len(p.Table.Rows))
	}
	accept, below, unissued := c.Now.AsOf.Regime.AcceptRanks(), 0, 0
	for _, m := range c.Meetings {
		if m.Kind == record.KindAnnual && !slices.Contains(accept, m.ChairRank) {
			below++
		}
		if m.Kind != record.KindSubstitute && (m.MinutesIssuedOn.IsZero() || m.MinutesIssuedOn.After(c.Now.AsOf.Quarter.Last())) {
			unissued++
		}
	}
	for check, want := range map[string]int{"": 11, "year": 0, "chair": below, "minutes": unissued, "items": 10, "unknown": 11} {
		in.Filter = view.MeetingFilter{Check: check}
		if p = view.NewMeetings(in); p.Matched != want {
			t.Errorf("check %q: %d, want %d", check, p.Matched, want)
		}
	}
	in.Filter = view.MeetingFilter{Session: "2019"}
	if p = view.NewMeetings(in); p.Matched != 0 || p.Picked != "2019 年度" {
		t.Errorf("2019: %d, %s", p.Matched, p.Picked)
	}
}
