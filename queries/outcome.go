package queries

import (
	"context"
	"slices"

	"liandu/internal/fault"
	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/store"
)

// Fate is what became of one thing a matter is about.
type Fate string

// The fates. FateOpen is still so at the last quarter looked at; FateUnseen that no later quarter tells yet; FateUnjudged
// that the later quarters cannot be compared (the unit has gone, or the rule is another regime's).
const (
	FateDone     Fate = "done"
	FateOpen     Fate = "open"
	FateBack     Fate = "back" // was done and has come back
	FateUnseen   Fate = "unseen"
	FateUnjudged Fate = "unjudged"
)

// TargetOutcome is what became of one target. DoneOn is the day it was done: of a meeting, of an item, of a report received;
// else the last day of the first quarter whose figures no longer show it, and then DoneBy is that quarter. SeenIn is the
// last quarter looked at.
type TargetOutcome struct {
	Target  store.MatterTarget
	Fate    Fate
	DoneOn  period.Date
	DoneBy  period.Quarter
	BackIn  period.Quarter
	SeenIn  period.Quarter
	NowSays string // what the finding says in SeenIn, where it is still so or again
}

// Outcome is a matter with what became of it up to an as-of. Days is from the first 交办 to the day the last of its targets
// was done; -1 while one is not, and where nothing was given to the county.
type Outcome struct {
	Matter  *matter.Matter
	Targets []TargetOutcome
	Done    int
	Days    int
}

// IsBack reports that something of a closed matter has come back: a person decides what follows.
func (o Outcome) IsBack() bool {
	return o.Matter.State == matter.Closed && slices.ContainsFunc(o.Targets, func(t TargetOutcome) bool { return t.Fate == FateBack })
}

// Outcomes tells of each matter what became of it up to the as-of's quarter, judged in the matter's own year: a finding of
// 2024 is not gone because 2025 has begun. The order is that of the matters.
func (q *Queries) Outcomes(ctx context.Context, a AsOf, all []*matter.Matter) ([]Outcome, error) {
	a, err := q.complete(ctx, a)
	if err != nil {
		return nil, err
	}
	items, err := q.Resolutions(ctx, a, "")
	if err != nil {
		return nil, err
	}
	byKey := map[itemID]*ResolutionRow{}
	for i := range items {
		r := &items[i]
		byKey[itemID{r.Unit, r.SessionYear, r.Kind, r.ItemKey}] = r
		byKey[itemID{r.Unit, r.SessionYear, r.Kind, "t:" + r.TitleKey}] = r
	}
	heir, err := q.heirs(ctx, a)
	if err != nil {
		return nil, err
	}
	out := []Outcome{}
	for _, m := range all {
		unit := goesBy(heir, m.Unit)
		o := Outcome{Matter: m, Days: -1}
		for _, t := range m.Targets {
			var to TargetOutcome
			if t.ItemKey != "" {
				to = itemOutcome(a, m, t, byKey[itemID{unit, t.SessionYear, t.MeetingKind, t.ItemKey}])
			} else if to, err = q.findingOutcome(ctx, a, m, t); err != nil {
				return nil, err
			}
			if to.Fate == FateDone {
				o.Done++
			}
			o.Targets = append(o.Targets, to)
		}
		o.Days = doneDays(m, o.Targets)
		out = append(out, o)
	}
	return out, nil
}

type itemID struct {
	unit    record.UnitCode
	session int
	kind    record.MeetingKind
	key     string
}

func itemOutcome(a AsOf, m *matter.Matter, t store.MatterTarget, r *ResolutionRow) TargetOutcome {
	to := TargetOutcome{Target: t, Fate: FateUnjudged, SeenIn: a.Quarter}
	switch {
	case r == nil:
	case r.State == StateCompleted:
		to.Fate, to.DoneOn = FateDone, r.DoneOn
	case !m.ClosedOn.IsZero() && !m.ClosedOn.After(a.Quarter.Last()):
		to.Fate, to.BackIn, to.NowSays = FateBack, a.Quarter, r.Status.Chinese()
	default:
		to.Fate, to.NowSays = FateOpen, r.Status.Chinese()
	}
	return to
}

// findingOutcome follows a finding through the quarters after the one it was seen in.
func (q *Queries) findingOutcome(ctx context.Context, a AsOf, m *matter.Matter, t store.MatterTarget) (TargetOutcome, error) {
	to := TargetOutcome{Target: t, Fate: FateUnseen, SeenIn: m.Quarter}
	if m.Quarter.IsZero() {
		to.Fate = FateUnjudged
		return to, nil
	}
	if t.Rule == regime.RuleSubmission {
		return q.reportOutcome(ctx, a, m, to)
	}
	for quarter := m.Quarter.Add(1); quarter.Compare(a.Quarter) <= 0; quarter = quarter.Add(1) {
		at := a
		at.Quarter, at.Year, at.Deadline = quarter, m.Year, period.Date{}
		at, err := q.complete(ctx, at)
		if err != nil {
			return to, err
		}
		e, err := q.evaluated(ctx, active(at))
		if err != nil {
			return to, err
		}
		unit := m.Unit
		if e.byCode[unit] == nil { // another carries it on
			heir, err := q.heirs(ctx, at)
			if err != nil {
				return to, err
			}
			unit = goesBy(heir, unit)
		}
		// A rule that is suspended, another regime's, or of a unit that has gone says nothing of what was done.
		if _, judged := at.Regime.Rule(t.Rule); !judged || at.Regime.ID != m.Regime || e.byCode[unit] == nil {
			if to.Fate == FateUnseen {
				to.Fate = FateUnjudged
			}
			continue
		}
		to.follow(quarter, e, unit)
	}
	return to, nil
}

// follow takes one more quarter into account.
func (to *TargetOutcome) follow(quarter period.Quarter, e *evaluation, unit record.UnitCode) {
	to.SeenIn = quarter
	i := slices.IndexFunc(e.findings[unit], func(f Finding) bool { return f.Rule == to.Target.Rule })
	switch {
	case i < 0 && to.Fate != FateDone:
		to.Fate, to.NowSays, to.BackIn = FateDone, "", period.Quarter{}
		to.DoneOn, to.DoneBy = quarter.Last(), quarter
		if held := e.annual[unit]; to.Target.Rule == regime.RuleAnnualMeeting && held.Status.Held() {
			to.DoneOn, to.DoneBy = held.HeldOn, period.Quarter{}
		}
	case i >= 0 && (to.Fate == FateDone || to.Fate == FateBack):
		if to.Fate == FateDone {
			to.BackIn = quarter
		}
		to.Fate, to.NowSays = FateBack, e.findings[unit][i].Observed
	case i >= 0:
		to.Fate, to.NowSays = FateOpen, e.findings[unit][i].Observed
	}
}

// reportOutcome tells whether the report that was missing has come: later quarters' reports are other reports.
func (q *Queries) reportOutcome(ctx context.Context, a AsOf, m *matter.Matter, to TargetOutcome) (TargetOutcome, error) {
	at := a
	at.Quarter, at.Year, at.Deadline, at.Scope = m.Quarter, m.Quarter.Year, period.Date{}, ""
	sent, err := q.Sent(ctx, at)
	if err != nil {
		return to, err
	}
	to.Fate, to.SeenIn = FateUnjudged, m.Quarter
	for _, s := range sent {
		if s.Unit.Code != m.Reporter || s.Quarter != m.Quarter {
			continue
		}
		to.Fate, to.NowSays = FateOpen, "未报送"
		if s.Version > 0 {
			to.Fate, to.NowSays, to.DoneOn = FateDone, "", period.DateOf(s.FirstReceivedAt.In(period.Shanghai))
		}
	}
	return to, nil
}

func doneDays(m *matter.Matter, targets []TargetOutcome) int {
	if m.AssignedOn.IsZero() {
		return -1
	}
	var last period.Date
	for _, t := range targets {
		if t.Fate != FateDone {
			return -1
		}
		if t.DoneOn.After(last) {
			last = t.DoneOn
		}
	}
	if last.IsZero() {
		return -1
	}
	return max(last.DaysSince(m.AssignedOn), 0)
}

// LoopFigures are what the loop has brought, over some matters. A matter without 交办 (an item that was only checked and
// closed) is in none of the days and answers. Cancelled ones are in All and Cancelled alone.
type LoopFigures struct {
	All, Live, Closed, Cancelled int
	Answered                     Pair // 按期反馈率: first answer by the first due day / due by the day, or answered
	Late                         int  // waiting for an answer past its due day
	CloseDays                    Pair // 平均办结天数: sum of days from the first 交办 to 销号 / closed matters
	Meetings                     Pair // 年度会议 asked for: held since / asked
	Items                        Pair // items asked for: done / asked
	Back                         int  // closed, and come back
	Returned                     int  // sent back at least once
}

// LoopOf sums up outcomes on a day.
func LoopOf(all []Outcome, today period.Date) LoopFigures {
	var f LoopFigures
	for _, o := range all {
		m := o.Matter
		f.All++
		if m.State == matter.Cancelled {
			f.Cancelled++
			continue
		}
		f.add(o, today)
		if m.Live() {
			f.Live++
		}
		if m.Returned > 0 {
			f.Returned++
		}
		if o.IsBack() {
			f.Back++
		}
		for _, t := range o.Targets {
			done := int64(0)
			if t.Fate == FateDone {
				done = 1
			}
			switch {
			case t.Target.ItemKey != "":
				f.Items = Pair{f.Items.Num + done, f.Items.Den + 1}
			case t.Target.Rule == regime.RuleAnnualMeeting:
				f.Meetings = Pair{f.Meetings.Num + done, f.Meetings.Den + 1}
			}
		}
	}
	return f
}

func (f *LoopFigures) add(o Outcome, today period.Date) {
	m := o.Matter
	if m.State == matter.Closed {
		f.Closed++
		if !m.AssignedOn.IsZero() {
			f.CloseDays = Pair{f.CloseDays.Num + int64(m.ClosedOn.DaysSince(m.AssignedOn)), f.CloseDays.Den + 1}
		}
	}
	if m.OverdueDays(today) > 0 {
		f.Late++
	}
	switch {
	case m.AssignedOn.IsZero() || m.FirstReply.IsZero() && !m.FirstDueOn.Before(today):
	case !m.FirstReply.IsZero() && !m.FirstReply.After(m.FirstDueOn):
		f.Answered.Num++
		f.Answered.Den++
	default:
		f.Answered.Den++
	}
}

// ClaimOf refuses the closing of a matter's item that the latest report does not say is done: fault.Conflict. The report may
// be that of the unit which carries on the matter's.
func ClaimOf(rows []ResolutionRow, m *matter.Matter, t store.MatterTarget) error {
	for _, r := range rows {
		if (r.Unit == m.Unit || r.Unit == m.Heir) && r.SessionYear == t.SessionYear && r.Kind == t.MeetingKind && (r.ItemKey == t.ItemKey || "t:"+r.TitleKey == t.ItemKey) {
			if r.Status == record.StatusCompleted {
				return nil
			}
			return fault.New(fault.Conflict, "「"+r.Title+"」最近一次报表（"+r.Quarter+"）填的是「"+r.Status.Chinese()+"」，不能销号。", "请先退回，由县（市、区）更正报表。")
		}
	}
	return fault.New(fault.Conflict, "「"+t.ItemTitle+"」已不在议定事项台账中，不能销号。", "请撤销立项，并写明理由。")
}
