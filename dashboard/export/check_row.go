package export

import (
	"fmt"

	"liandu/internal/fault"
	"liandu/internal/record"
	"liandu/queries"
)

// checkMeetings: the ledger's counted meeting is the one the unit is judged by.
func (b Briefing) checkMeetings(m *queries.Metrics) error {
	if len(b.Meetings) == 0 {
		return nil
	}
	counted := map[record.UnitCode]int64{}
	for _, row := range b.Meetings {
		if !row.IsCounted {
			continue
		}
		counted[row.Unit]++
		if u := m.Unit(row.Unit); u != nil && u.Status.Held() && row.HeldOn != u.HeldOn {
			return fault.New(fault.Conflict,
				fmt.Sprintf("专项汇报没有生成：%s，会议台账为%s，召开情况为%s，两个日期不一致。", named(*u, "召开日期"), row.HeldOn, u.HeldOn),
				"请运行 liandu verify 核对数据，再重新生成。")
		}
		if u := m.Unit(row.Unit); u != nil && u.Status.Held() {
			issued := int64(0)
			if on := row.MinutesIssuedOn; !on.IsZero() && !on.After(m.AsOf.Quarter.Last()) {
				issued = 1
			}
			if err := differ(named(*u, "会议纪要"), "纪要印发率的分子", u.Indicators["minutes_issued"].Num, "会议台账", issued); err != nil {
				return err
			}
		}
	}
	for _, u := range m.Units {
		if u.IsRollup || !u.Status.Held() {
			continue
		}
		if err := differ(named(u, "年度会议"), "召开情况", 1, "会议台账", counted[u.Unit.Code]); err != nil {
			return err
		}
	}
	return nil
}

// checkItems: the ledger's rows count up to the states.
func (b Briefing) checkItems(m *queries.Metrics) error {
	if len(b.Resolutions) == 0 {
		return nil
	}
	rows := map[record.UnitCode]map[queries.ItemState]int64{}
	for _, r := range b.Resolutions {
		if !r.InPopulation {
			continue
		}
		if rows[r.Unit] == nil {
			rows[r.Unit] = map[queries.ItemState]int64{}
		}
		rows[r.Unit][r.State]++
	}
	for _, u := range m.Units {
		if u.IsRollup {
			continue
		}
		s, n := u.Resolutions, rows[u.Unit.Code]
		for _, err := range []error{
			differ(named(u, "已办结事项"), "统计", s.Completed, "事项台账", n[queries.StateCompleted]),
			differ(named(u, "逾期事项"), "统计", s.Overdue, "事项台账", n[queries.StateOverdue]),
			differ(named(u, "推进中事项"), "统计", s.InProgress, "事项台账", n[queries.StateInProgress]),
			differ(named(u, "未启动事项"), "统计", s.NotStarted, "事项台账", n[queries.StateNotStarted]),
		} {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// checkFindings: 问题清单 and the numbers of problems in the ranking are the same.
func (b Briefing) checkFindings(m *queries.Metrics) error {
	rows := map[record.UnitCode]map[string]int64{}
	for _, f := range b.Findings {
		if rows[f.Unit.Code] == nil {
			rows[f.Unit.Code] = map[string]int64{}
		}
		rows[f.Unit.Code][f.Severity]++
	}
	for _, u := range m.Units {
		n := rows[u.Unit.Code]
		for _, err := range []error{
			differ(named(u, "红色问题"), "排名表", int64(u.Red), "问题清单", n["red"]),
			differ(named(u, "黄色问题"), "排名表", int64(u.Yellow), "问题清单", n["yellow"]),
			differ(named(u, "提示"), "排名表", int64(u.Info), "问题清单", n["info"]),
		} {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// checkSent: the rows of 报送情况 count up to 按时报送率. A unit that sends nothing itself has no row of its own.
func (b Briefing) checkSent(m *queries.Metrics) error {
	rows := map[record.UnitCode]queries.Pair{}
	for _, s := range b.Sent {
		pair := rows[s.Unit.Code]
		if b.inYear(s) && s.OnTime != nil {
			pair.Den++
			if *s.OnTime {
				pair.Num++
			}
		}
		rows[s.Unit.Code] = pair
	}
	for _, u := range m.Units {
		pair, ok := rows[u.Unit.Code]
		if !ok || u.IsRollup {
			continue
		}
		want := u.Indicators["submission_on_time"]
		if err := differ(named(u, "应报季度"), "按时报送率的分母", want.Den, "报送情况", pair.Den); err != nil {
			return err
		}
		if err := differ(named(u, "按时季度"), "按时报送率的分子", want.Num, "报送情况", pair.Num); err != nil {
			return err
		}
	}
	return nil
}
