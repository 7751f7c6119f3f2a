package export

import (
	"fmt"
	"math/big"
	"slices"

	"liandu/internal/fault"
	"liandu/queries"
)

// check refuses the paper where two numbers for one thing differ (papers are signed; a sum that does not add up is not
// sent out). It returns the first disagreement as a fault.Conflict that names both numbers.
func (b Briefing) check() error {
	if err := b.checkDeadline(); err != nil {
		return err
	}
	for _, m := range []*queries.Metrics{b.Metrics, b.Zones} {
		if m == nil {
			continue
		}
		for _, step := range []func(*queries.Metrics) error{
			b.checkTotals, b.checkStates, b.checkStatuses, b.checkScores, b.checkRanks, b.checkMeetings, b.checkItems, b.checkFindings, b.checkSent,
		} {
			if err := step(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// differ is a refusal: what, how it was counted twice, and both numbers.
func differ(what, one string, a int64, other string, c int64) error {
	if a == c {
		return nil
	}
	return fault.New(fault.Conflict,
		fmt.Sprintf("专项汇报没有生成：%s，%s为%d，%s为%d，两数不一致。", what, one, a, other, c),
		"请运行 liandu verify 核对数据，再重新生成。")
}

func named(u queries.UnitResult, what string) string { return "「" + u.Unit.Name + "」" + what }

// checkDeadline: a deadline of the city's own is printed with the document that set it, or not at all.
func (b Briefing) checkDeadline() error {
	a := b.Metrics.AsOf
	if a.Regime == nil || a.Deadline.IsZero() || a.Deadline == a.Regime.Deadline(a.Year) || b.DeadlineSource != "" {
		return nil
	}
	return fault.New(fault.Conflict,
		fmt.Sprintf("专项汇报没有生成：%d年度会议期限为%s，不是制度规定的%s，但没有写明依据的文件。", a.Year, a.Deadline.Chinese(), a.Regime.Deadline(a.Year).Chinese()),
		"请在设置中写明确定该期限的文件，再重新生成。")
}

// checkTotals: every indicator's total is the sum of the rows.
func (b Briefing) checkTotals(m *queries.Metrics) error {
	for _, id := range sortedKeys(m.Total) {
		var sum queries.Pair
		for _, u := range m.Units {
			sum.Num, sum.Den = sum.Num+u.Indicators[id].Num, sum.Den+u.Indicators[id].Den
		}
		name := shortName(id)
		if err := differ(name+"的分子", "合计", m.Total[id].Num, "各单位之和", sum.Num); err != nil {
			return err
		}
		if err := differ(name+"的分母", "合计", m.Total[id].Den, "各单位之和", sum.Den); err != nil {
			return err
		}
	}
	return nil
}

// checkStates: 已办结＋推进中＋未启动＋逾期＝应办事项, of every unit and in sum.
func (b Briefing) checkStates(m *queries.Metrics) error {
	var sum queries.StateCounts
	for _, u := range m.Units {
		s, done, late := u.Resolutions, u.Indicators["resolution_completion"], u.Indicators["resolution_overdue"]
		sum.Completed, sum.Overdue, sum.InProgress = sum.Completed+s.Completed, sum.Overdue+s.Overdue, sum.InProgress+s.InProgress
		sum.NotStarted, sum.Ongoing, sum.Cancelled = sum.NotStarted+s.NotStarted, sum.Ongoing+s.Ongoing, sum.Cancelled+s.Cancelled
		for _, err := range []error{
			differ(named(u, "应办事项"), "总数", done.Den, "各状态之和", s.Completed+s.InProgress+s.NotStarted+s.Overdue),
			differ(named(u, "已办结事项"), "办结率的分子", done.Num, "状态统计", s.Completed),
			differ(named(u, "逾期事项"), "逾期率的分子", late.Num, "状态统计", s.Overdue),
		} {
			if err != nil {
				return err
			}
		}
	}
	for _, pair := range []struct {
		what       string
		total, sum int64
	}{
		{"已办结事项", m.States.Completed, sum.Completed}, {"逾期事项", m.States.Overdue, sum.Overdue},
		{"推进中事项", m.States.InProgress, sum.InProgress}, {"未启动事项", m.States.NotStarted, sum.NotStarted},
		{"长期坚持事项", m.States.Ongoing, sum.Ongoing}, {"已撤销事项", m.States.Cancelled, sum.Cancelled},
	} {
		if err := differ(pair.what, "合计", pair.total, "各单位之和", pair.sum); err != nil {
			return err
		}
	}
	return nil
}

// checkStatuses: the words of 召开情况 count up to the rates.
func (b Briefing) checkStatuses(m *queries.Metrics) error {
	for _, u := range m.Units {
		if u.IsRollup {
			continue
		}
		held, onTime := int64(0), int64(0)
		if u.Status.Held() {
			held = 1
		}
		if u.Status == queries.HeldOnTime {
			onTime = 1
		}
		if err := differ(named(u, "年度会议"), "召开情况", held, "召开率的分子", u.Indicators["annual_meeting_held"].Num); err != nil {
			return err
		}
		if err := differ(named(u, "按期召开"), "召开情况", onTime, "按期召开率的分子", u.Indicators["held_on_time"].Num); err != nil {
			return err
		}
	}
	return nil
}

// checkScores: the parts as printed add up to what rounds to the score, and the score is what the formula gives.
func (b Briefing) checkScores(m *queries.Metrics) error {
	for _, u := range m.Units {
		if u.Score == nil {
			continue
		}
		var points, full, weight int64
		for _, part := range u.Parts {
			if part.Counted {
				points, full, weight = points+int64(part.Points), full+int64(part.Full), weight+int64(part.Weight)
			}
		}
		if err := differ(named(u, "得分（十分之一分）"), "总分", int64(*u.Score), "各项之和", (points+5)/10); err != nil {
			return err
		}
		if err := differ(named(u, "满分（百分之一分）"), "满分", 10000, "各项之和", full); err != nil {
			return err
		}
		if err := differ(named(u, "得分（十分之一分）"), "总分", int64(*u.Score), "按算式重算", rescore(u, weight)); err != nil {
			return err
		}
	}
	return nil
}

// rescore is 100 × Σwv / Σw in tenths, rounded half up, exactly.
func rescore(u queries.UnitResult, weight int64) int64 {
	if weight == 0 {
		return -1
	}
	r := new(big.Rat).Mul(weighed(u), big.NewRat(1000, weight))
	r.Add(r, big.NewRat(1, 2))
	return new(big.Int).Quo(r.Num(), r.Denom()).Int64()
}

// checkRanks: a rank is one more than the number of ranked units with a higher score. Where only some units are shown,
// the others are not at hand to count.
func (b Briefing) checkRanks(m *queries.Metrics) error {
	if m.AsOf.Scope != "" {
		return nil
	}
	for _, u := range m.Units {
		if u.Rank == nil || u.Score == nil {
			continue
		}
		want := int64(1)
		for _, v := range m.Units {
			if v.Rank != nil && v.Score != nil && *v.Score > *u.Score {
				want++
			}
		}
		if err := differ(named(u, "位次"), "所列位次", int64(*u.Rank), "按得分重排", want); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys(m map[string]queries.Pair) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
