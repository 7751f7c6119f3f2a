package regime

import (
	"fmt"
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
)

// Regime is one city's policy document turned into rules.
type Regime struct {
	ID             string // qinhuangdao-2024
	Name           string // 秦皇岛 2024
	City           string // 秦皇岛市
	Document       Document
	InForceFrom    period.Date // shown; judging does not depend on it
	Repeals        string      // number of the document it repeals, "" when it says none
	ObligedLevels  []record.Level
	DeadlineMonth  int // with DeadlineDay: last day of the session year for the annual meeting, 12-31 by default
	DeadlineDay    int
	SubmissionDays int // a quarter's report is due so many days after the quarter's end, 10 by default
	RedLine        int // tenths of a point: 700 is 70.0
	YellowLine     int // tenths of a point
	Weights        map[string]int
	OwnAssessment  []string // indicators weighed under the city's own 考核办法, for which the document has no clause
	Rules          []Rule   // in the order of RuleIDs
	Clauses        []Clause // every clause of the document worth showing, in the document's order
	Actions        []Action
	Suspended      []Suspension // rules not judged in the quarter this regime was made for, with why and until when
	BuiltIn        bool
	Draft          bool // tried out or read back from a paper: taken as it stands, never as what is in force

	source []byte
	text   string
	cited  map[string]*Regime // the regimes whose clauses it cites, by id
}

// Document is the policy document. Number is "" when it is not public; Note then says what is known.
type Document struct {
	Title    string
	Number   string
	Issuer   string
	IssuedOn period.Date
	Note     string
}

// Cite returns the document as official papers cite it: 《标题》（文号）, with the issuer before a title
// that has no number. Title marks inside the title become 〈〉 (GB/T 15834).
func (d Document) Cite() string {
	title := "《" + strings.NewReplacer("《", "〈", "》", "〉").Replace(d.Title) + "》"
	if d.Number == "" {
		return d.Issuer + title
	}
	return title + "（" + d.Number + "）"
}

// Clause is one passage of the document. Text is the document's own words; 「……」 stands for words left out.
type Clause struct {
	ID       string // QHD-03
	Subject  string // 主持
	Document string // Document.Cite of its regime
	Number   string // 六（一）, 第四条; "" where the document numbers nothing
	Force    Force
	Text     string
	From     string // id of the regime whose document it stands in; "" is the regime's own
}

// Action is what the department does with a failing.
type Action struct {
	ID     string // letter
	Name   string // 督导函
	Text   string
	Clause Clause
}

// Default values of what a regime file may leave out.
const (
	DefaultLeadMonths  = 2
	DefaultMinutesDays = 30
)

// Deadline returns the last day on which the annual meeting of a session year is on time.
// A city's own deadline for one year is a setting and takes its place outside.
func (r *Regime) Deadline(year int) period.Date {
	d, ok := period.NewDate(year, r.DeadlineMonth, r.DeadlineDay)
	if !ok {
		first, _ := period.NewDate(year, r.DeadlineMonth, 1)
		return first.AddMonths(1).AddDays(-1)
	}
	return d
}

// SubmissionDue returns the last day on which the report of a quarter is on time.
func (r *Regime) SubmissionDue(q period.Quarter) period.Date {
	return q.Last().AddDays(r.SubmissionDays)
}

// Rule returns the regime's rule of that id and whether it has one.
func (r *Regime) Rule(id string) (Rule, bool) {
	for _, rule := range r.Rules {
		if rule.ID == id {
			return rule, true
		}
	}
	return Rule{}, false
}

// HasRule reports whether the document has a rule of that id; where it has none, nothing is judged.
func (r *Regime) HasRule(id string) bool {
	_, ok := r.Rule(id)
	return ok
}

// Judges reports whether an indicator has a value under this regime: chair_meets_rule, agenda_complete,
// topic_lead_time, publicity, implementation_plan and accountability are null without their rule (metrics.md).
func (r *Regime) Judges(indicator string) bool {
	i, ok := indicatorOf(indicator)
	return ok && (!i.NeedsRule || r.HasRule(i.Rule))
}

// HasClause reports whether the document itself backs an indicator; one that is weighed without it is scored
// under the city's own 考核办法, which settings cite.
func (r *Regime) HasClause(indicator string) bool {
	i, ok := indicatorOf(indicator)
	if !ok || i.Rule == "" || !r.HasRule(i.Rule) {
		return false
	}
	for _, own := range r.OwnAssessment {
		if own == indicator {
			return false
		}
	}
	return true
}

// Obliges reports whether the document obliges units of a level.
func (r *Regime) Obliges(level record.Level) bool {
	for _, l := range r.ObligedLevels {
		if l == level {
			return true
		}
	}
	return false
}

// DefaultLevel returns the highest obliged level, what `metrics` lists when no level is asked for.
func (r *Regime) DefaultLevel() record.Level {
	for _, l := range record.Levels {
		if r.Obliges(l) {
			return l
		}
	}
	return ""
}

// AcceptRanks returns the chair ranks the document accepts, nil where it has no chair rule.
func (r *Regime) AcceptRanks() []record.ChairRank {
	rule, _ := r.Rule(RuleChair)
	return rule.AcceptRanks
}

// LeadMonths returns how many calendar months ahead topics are solicited; the default where nothing is asked.
func (r *Regime) LeadMonths() int {
	if rule, ok := r.Rule(RuleLeadTime); ok {
		return rule.Months
	}
	return DefaultLeadMonths
}

// MinutesDays returns the days after the meeting within which minutes are issued; the default where nothing
// is asked.
func (r *Regime) MinutesDays() int {
	if rule, ok := r.Rule(RuleMinutes); ok {
		return rule.Days
	}
	return DefaultMinutesDays
}

// Agenda returns the agenda items the document lists, nil where it has no agenda rule.
func (r *Regime) Agenda() []string {
	rule, _ := r.Rule(RuleAgenda)
	return rule.Agenda
}

// Clause returns the clause of that id and whether the document has it.
func (r *Regime) Clause(id string) (Clause, bool) {
	for _, c := range r.Clauses {
		if c.ID == id {
			return c, true
		}
	}
	return Clause{}, false
}

// Action returns the action of that id, for example "letter", and whether the document provides for it.
func (r *Regime) Action(id string) (Action, bool) {
	for _, a := range r.Actions {
		if a.ID == id {
			return a, true
		}
	}
	return Action{}, false
}

// ClauseText returns the document's text without the file's header lines, the authority for every quotation.
func (r *Regime) ClauseText() string { return r.text }

// Source returns the TOML the regime was read from, to be kept with what was issued under it.
func (r *Regime) Source() []byte { return r.source }

// RedLineText returns the red line as a decimal, 70.0.
func (r *Regime) RedLineText() string { return tenths(r.RedLine) }

// YellowLineText returns the yellow line as a decimal, 90.0.
func (r *Regime) YellowLineText() string { return tenths(r.YellowLine) }

func tenths(n int) string { return fmt.Sprintf("%d.%d", n/10, n%10) }
