package queries

import (
	"fmt"
	"math/big"
	"slices"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
)

// recount judges one county in plain Go from metrics.md and regimes.md alone: no SQL and nothing of this package's own
// arithmetic. Its county hands in one report at most.
type recount struct {
	rules     *regime.Regime
	year      int
	quarter   period.Quarter
	reported  bool
	onTime    bool
	townships int
	facts     facts
}

// verdict is what recount says of a county.
type verdict struct {
	score    *int
	rank     *int
	light    Light
	findings map[string]string // rule → severity
}

func (c *recount) day() period.Date { return c.quarter.Last() }

func (c *recount) by(d period.Date) bool { return !d.IsZero() && !d.After(c.day()) }

// held lists the meetings of a session year and kind held by D, the earliest first.
func (c *recount) held(year int, kind record.MeetingKind) []record.Meeting {
	var out []record.Meeting
	for _, m := range c.facts.meetings {
		if m.SessionYear == year && m.Kind == kind && c.by(m.HeldOn) {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b record.Meeting) int { return a.HeldOn.Compare(b.HeldOn) })
	return out
}

func (c *recount) isDecided(r record.Resolution) bool {
	return r.Kind != record.KindSubstitute && len(c.held(r.SessionYear, r.Kind)) > 0
}

func (c *recount) doneOn(r record.Resolution) period.Date {
	if r.Status != record.StatusCompleted {
		return period.Date{}
	}
	done := r.CompletedOn
	if done.IsZero() {
		done = c.day() // the report is the quarter's own
	}
	if done.After(c.day()) {
		return period.Date{}
	}
	return done
}

func (c *recount) isOverdue(r record.Resolution) bool {
	due := r.RevisedDueOn
	if due.IsZero() {
		due = r.DueOn
	}
	return c.doneOn(r).IsZero() && c.by(due)
}

// population is 应办事项.
func (c *recount) population() []record.Resolution {
	var out []record.Resolution
	for _, r := range c.facts.resolutions {
		done := c.doneOn(r)
		if c.isDecided(r) && r.SessionYear <= c.year && r.Status != record.StatusCancelled && r.Status != record.StatusOngoing &&
			(done.IsZero() || done.Year() >= c.year) {
			out = append(out, r)
		}
	}
	return out
}

func yes(b *bool) bool { return b != nil && *b }

// judge returns the county's score, light and findings; ranks come from all of them together.
func (c *recount) judge() verdict {
	r := c.rules
	deadline := r.Deadline(c.year)
	annual, substitutes := c.held(c.year, record.KindAnnual), c.held(c.year, record.KindSubstitute)
	status := "pending"
	passed := !c.day().Before(deadline)
	switch {
	case len(annual) > 0 && !annual[0].HeldOn.After(deadline):
		status = "on_time"
	case len(annual) > 0:
		status = "late"
	case len(substitutes) > 0:
		status = "substituted"
	case passed:
		status = "not_held"
	}
	isHeld := len(annual) > 0
	var counted record.Meeting
	chair := record.RankUnknown
	order := []record.ChairRank{record.RankPrincipal, record.RankDeputy, record.RankParty, record.RankUnion, record.RankOther, record.RankUnknown}
	if isHeld {
		counted = annual[0]
		best := len(order)
		for _, m := range annual {
			best = min(best, slices.Index(order, m.ChairRank))
		}
		chair = order[best]
	}
	earlier := slices.ContainsFunc(c.facts.resolutions, func(x record.Resolution) bool { return x.SessionYear < c.year && c.isDecided(x) })
	pop := c.population()
	count := func(is func(record.Resolution) bool) int64 {
		n := int64(0)
		for _, x := range pop {
			if is(x) {
				n++
			}
		}
		return n
	}
	size := int64(len(pop))
	overdue := count(c.isOverdue)
	listed := func(x record.Resolution) bool { return x.LeadUnit != "" && x.Owner != "" && !x.DueOn.IsZero() }
	agenda := func() bool {
		rule, _ := r.Rule(regime.RuleAgenda)
		for _, item := range rule.Agenda {
			ok := map[string]bool{
				"report": yes(counted.AgendaReport) || !earlier, "topics": yes(counted.AgendaTopics), "discuss": yes(counted.AgendaDiscuss), "deploy": yes(counted.AgendaDeploy),
			}[item]
			if !ok {
				return false
			}
		}
		return true
	}
	lead := func() bool {
		return !counted.SolicitedOn.IsZero() && !counted.SolicitedOn.After(counted.HeldOn.AddMonths(-r.LeadMonths()))
	}
	bit := func(b bool) int64 {
		if b {
			return 1
		}
		return 0
	}
	of := func(asked, met bool) [2]int64 { return [2]int64{bit(asked && met), bit(asked)} }
	established, obliged := c.established()
	quarters, onTime := int64(c.quarter.N), bit(c.reported && c.onTime)
	accepts := slices.Contains(r.AcceptRanks(), chair)
	values := map[string][2]int64{
		"chair_meets_rule":      of(isHeld && r.HasRule(regime.RuleChair), accepts),
		"agenda_complete":       of(isHeld && r.HasRule(regime.RuleAgenda), agenda()),
		"topic_lead_time":       of(isHeld && r.HasRule(regime.RuleLeadTime), lead()),
		"minutes_issued":        of(isHeld, c.by(counted.MinutesIssuedOn)),
		"publicity":             of(isHeld && r.HasRule(regime.RulePublicity), counted.HasPublicity),
		"report_back":           of(isHeld && earlier, yes(counted.AgendaReport)),
		"resolution_completion": {count(func(x record.Resolution) bool { return !c.doneOn(x).IsZero() }), size},
		"resolution_on_time": {
			count(func(x record.Resolution) bool {
				return !c.doneOn(x).IsZero() && !x.DueOn.IsZero() && !c.doneOn(x).After(x.DueOn)
			}),
			count(func(x record.Resolution) bool {
				return !x.DueOn.IsZero() && (c.by(x.DueOn) || !c.doneOn(x).IsZero())
			}),
		},
		"resolution_overdue": {size - overdue, size}, // as it is weighed
		"establishment":      {established, obliged},
		"submission_on_time": {onTime, quarters},
	}
	if r.HasRule(regime.RulePlan) {
		values["implementation_plan"] = [2]int64{count(func(x record.Resolution) bool { return c.by(x.PlanOn) }), size}
	}
	if r.HasRule(regime.RuleItemList) {
		values["accountability"] = [2]int64{count(listed), size}
	}
	switch status {
	case "on_time":
		values["annual_meeting_held"] = [2]int64{1, 1}
	case "late":
		values["annual_meeting_held"] = [2]int64{1, 2}
	case "substituted", "not_held":
		values["annual_meeting_held"] = [2]int64{0, 1}
	}
	v := verdict{findings: map[string]string{}}
	fails := map[string]bool{
		regime.RuleAnnualMeeting: status == "not_held" || status == "substituted" && passed,
		regime.RuleLateMeeting:   status == "late",
		regime.RuleSubstitute:    len(substitutes) > 0,
		regime.RuleChair:         isHeld && chair != record.RankUnknown && !accepts,
		regime.RuleChairUnknown:  isHeld && chair == record.RankUnknown,
		regime.RuleAgenda:        isHeld && !agenda(),
		regime.RuleLeadTime:      isHeld && !lead(),
		regime.RuleMinutes:       isHeld && !c.by(counted.MinutesIssuedOn) && c.day().DaysSince(counted.HeldOn) >= r.MinutesDays(),
		regime.RuleItemList:      count(listed) < size,
		regime.RulePlan:          count(func(x record.Resolution) bool { return c.by(x.PlanOn) }) < size,
		regime.RuleReportBack:    isHeld && earlier && !yes(counted.AgendaReport),
		regime.RuleExplain: count(func(x record.Resolution) bool {
			rule, _ := r.Rule(regime.RuleExplain)
			return c.isOverdue(x) && (x.Reason == "" || rule.ExplainNeedsNewDeadline && x.RevisedDueOn.IsZero())
		}) > 0,
		regime.RuleOverdue:       overdue > 0,
		regime.RulePublicity:     isHeld && !counted.HasPublicity,
		regime.RuleEstablishment: established < obliged,
		regime.RuleSubmission:    !c.reported || !c.onTime,
	}
	for _, rule := range r.Rules {
		asked := rule.ID != regime.RuleSubmission || rule.SubmissionQuarter != regime.QuarterFourth || c.quarter.N == 4
		if asked && fails[rule.ID] {
			v.findings[rule.ID] = string(rule.Severity)
		}
	}
	sum, weights := new(big.Rat), int64(0)
	for id, w := range r.Weights {
		if p, ok := values[id]; ok && p[1] > 0 && w > 0 {
			weights += int64(w)
			sum.Add(sum, big.NewRat(int64(w)*p[0], p[1]))
		}
	}
	if weights > 0 {
		tenths := new(big.Rat).Mul(sum, big.NewRat(1000, weights))
		tenths.Add(tenths, big.NewRat(1, 2))
		n := int(new(big.Int).Div(tenths.Num(), tenths.Denom()).Int64())
		v.score = &n
	}
	v.light = c.lightOf(v, status)
	return v
}

func (c *recount) lightOf(v verdict, status string) Light {
	has := func(severity string) bool {
		for _, s := range v.findings {
			if s == severity {
				return true
			}
		}
		return false
	}
	under := func(line int) bool { return status != "pending" && v.score != nil && *v.score < line }
	switch {
	case has("red") || under(c.rules.RedLine):
		return LightRed
	case has("yellow") || under(c.rules.YellowLine):
		return LightYellow
	case status == "pending" || v.score == nil:
		return LightNone
	}
	return LightGreen
}

// established counts the county and, where the document obliges them, its townships.
func (c *recount) established() (num, den int64) {
	townships := c.rules.Obliges(record.LevelTownship)
	den = 1
	if townships {
		den += int64(c.townships)
	}
	for _, e := range c.facts.establishments {
		isCounty := len(e.Unit) == 6
		if (isCounty || townships) && e.Established && (e.EstablishedOn.IsZero() || c.by(e.EstablishedOn)) {
			num++
		}
	}
	return num, den
}

// ranked gives competition ranks to the verdicts that have one.
func ranked(all map[record.UnitCode]verdict, pending map[record.UnitCode]bool) {
	for code, v := range all {
		if v.score == nil || pending[code] {
			continue
		}
		rank := 1
		for other, o := range all {
			if other != code && !pending[other] && o.score != nil && *o.score > *v.score {
				rank++
			}
		}
		v.rank = &rank
		all[code] = v
	}
}

func (v verdict) String() string {
	number := func(n *int) string {
		if n == nil {
			return "—"
		}
		return fmt.Sprint(*n)
	}
	return fmt.Sprintf("score %s rank %s %s %v", number(v.score), number(v.rank), v.light, v.findings)
}
