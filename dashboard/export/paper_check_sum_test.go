package export_test

import (
	"strings"
	"testing"

	"liandu/dashboard/export"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/queries"
)

// Each check of papers/grammar.md part 8 that draws on two answers refuses the paper when they part; its number stands
// first.
func TestSumsThatDoNotHoldAreRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, says string
		spoil      func(*export.Dossier)
	}{
		{"1 states of the meeting", "召开情况", func(d *export.Dossier) { d.Metrics.Units[0].Status = queries.NotHeld }},
		{"2 held on time", "按期召开", func(d *export.Dossier) { d.Metrics.Unit("990122").Status = queries.HeldOnTime }},
		{"3 chairs", "主要负责同志", func(d *export.Dossier) { d.Metrics.Unit("990104").ChairRank = "principal" }},
		{"7 states of items", "应办事项", func(d *export.Dossier) {
			u := d.Metrics.Unit("990122")
			u.Resolutions.InProgress++
			d.Metrics.States.InProgress++
		}},
		{"9 totals", "已办结", func(d *export.Dossier) { d.Metrics.States.Completed-- }},
		{"12 overdue a quarter before", "上季度末逾期事项", func(d *export.Dossier) {
			d.Before, d.BeforeItems = before(*d)
			d.Before.States.Overdue++
		}},
		{"13 closed and done", "销号多于办结", func(d *export.Dossier) {
			u := d.Metrics.Unit("990105")
			was := u.Indicators["resolution_closed"]
			u.Indicators["resolution_closed"] = queries.Pair{Num: u.Resolutions.Completed + 1, Den: was.Den}
			total := d.Metrics.Total["resolution_closed"]
			total.Num += u.Resolutions.Completed + 1 - was.Num
			d.Metrics.Total["resolution_closed"] = total
		}},
		{"14 days overdue", "逾期天数", func(d *export.Dossier) {
			for i := range d.Resolutions {
				if d.Resolutions[i].State == queries.StateOverdue {
					d.Resolutions[i].OverdueDays += 2
				}
			}
		}},
		{"15 plans", "方案", func(d *export.Dossier) {
			for i := range d.Resolutions {
				if r := &d.Resolutions[i]; r.Unit == "990122" && r.InPopulation && r.PlanOn.IsZero() {
					r.PlanOn = period.MustDate("2024-12-20")
					return
				}
			}
		}},
		{"16 reports", "通报多于应通报", func(d *export.Dossier) {
			u := d.Metrics.Unit("990122")
			u.Indicators["report_back"] = queries.Pair{Num: 2, Den: 1}
			total := d.Metrics.Total["report_back"]
			total.Num += 2
			d.Metrics.Total["report_back"] = total
		}},
		{"18 scores", "得分", func(d *export.Dossier) { s := 702; d.Metrics.Units[4].Score = &s }},
		{"20 ranks", "位次", func(d *export.Dossier) { r := 2; d.Metrics.Units[3].Rank = &r }},
		{"21 lights", "的状态", func(d *export.Dossier) { d.Metrics.Unit("990104").Light = queries.LightYellow }},
		{"26 dates", "晚于成文日期", func(d *export.Dossier) {
			for i := range d.Sent {
				if s := &d.Sent[i]; s.Unit.Code == "990125" && s.Quarter == d.Metrics.AsOf.Quarter {
					s.FirstReceivedAt = s.FirstReceivedAt.AddDate(0, 1, 0)
				}
			}
		}},
	} {
		d := dossier(t)
		tt.spoil(&d)
		o, err := d.Notice()
		if err == nil {
			t.Errorf("%s: the notice to %s was made", tt.name, o.To)
			continue
		}
		if fault.CodeOf(err) != fault.Conflict || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want a refusal with %q", tt.name, err, tt.says)
		}
	}
}
