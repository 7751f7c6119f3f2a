package view

import (
	"slices"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// meetingCheck is one question put to every meeting of the ledger. Of a city whose rules do not ask it, it is left out.
type meetingCheck struct {
	key, name string
	asked     func(r *regime.Regime) bool
	fails     func(m queries.MeetingRow, in checkInput) bool
}

// checkInput is what the questions look at besides the meeting. Items counts the decided items of each meeting's key.
type checkInput struct {
	at    queries.AsOf
	items map[meetingKey]int
}

// meetingKey is a resolution's meeting.
type meetingKey struct {
	unit    record.UnitCode
	session int
	kind    record.MeetingKind
}

func always(*regime.Regime) bool { return true }

var meetingChecks = []meetingCheck{
	{"year", "跨年召开", always, func(m queries.MeetingRow, _ checkInput) bool {
		return !m.HeldOn.IsZero() && m.SessionYear != m.HeldOn.Year()
	}},
	{"late", "超期召开", always, func(m queries.MeetingRow, in checkInput) bool {
		return m.Kind == record.KindAnnual && m.HeldOn.After(deadlineFor(in.at, m.SessionYear))
	}},
	{"chair", "规格不符", func(r *regime.Regime) bool { return r.HasRule(regime.RuleChair) }, func(m queries.MeetingRow, in checkInput) bool {
		return m.Kind == record.KindAnnual && !slices.Contains(in.at.Regime.AcceptRanks(), m.ChairRank)
	}},
	{"lead", "未提前征集", func(r *regime.Regime) bool { return r.HasRule(regime.RuleLeadTime) }, func(m queries.MeetingRow, in checkInput) bool {
		return m.Kind != record.KindSubstitute && (m.SolicitedOn.IsZero() || m.SolicitedOn.After(m.HeldOn.AddMonths(-in.at.Regime.LeadMonths())))
	}},
	{"minutes", "未印发纪要", always, func(m queries.MeetingRow, in checkInput) bool {
		return m.Kind != record.KindSubstitute && !issuedBy(m.MinutesIssuedOn, in.at.Quarter.Last())
	}},
	{"items", "未报事项", always, func(m queries.MeetingRow, in checkInput) bool {
		return m.Kind != record.KindSubstitute && in.items[meetingKey{m.Unit, m.SessionYear, m.Kind}] == 0
	}},
}

func issuedBy(on, last period.Date) bool { return !on.IsZero() && !on.After(last) }

// newCheckInput counts the items of every meeting.
func newCheckInput(at queries.AsOf, items []queries.ResolutionRow) checkInput {
	in := checkInput{at, map[meetingKey]int{}}
	for _, r := range items {
		in.items[meetingKey{r.Unit, r.SessionYear, r.Kind}]++
	}
	return in
}

// failsCheck reports whether a meeting is among those a question finds; an unknown or empty question finds all.
func (in checkInput) failsCheck(key string, m queries.MeetingRow) bool {
	for _, c := range meetingChecks {
		if c.key == key && in.at.Regime != nil && c.asked(in.at.Regime) {
			return c.fails(m, in)
		}
	}
	return true
}

// checkSelect offers the questions that the rules ask.
func checkSelect(r *regime.Regime, chosen string) Select {
	var list []Choice
	for _, c := range meetingChecks {
		if r != nil && c.asked(r) {
			list = append(list, Choice{Value: c.key, Name: c.name})
		}
	}
	return Select{"f-c", "check", "情况", choices("全部情况", list, chosen)}
}
