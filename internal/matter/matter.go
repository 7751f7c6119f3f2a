package matter

import (
	"time"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
)

// Source is what a matter came from.
type Source string

// The sources.
const (
	FromFinding Source = "finding" // 问题: one or several findings of one unit
	FromItem    Source = "item"    // 议定事项: one that the county reports as done
	FromHand    Source = "hand"    // 其他: opened by hand, with a reason
)

// Sources lists the sources in the order pages show them.
var Sources = []Source{FromFinding, FromItem, FromHand}

// Chinese returns the source's name on pages.
func (s Source) Chinese() string {
	return map[Source]string{FromFinding: "问题整改", FromItem: "议定事项", FromHand: "其他事项"}[s]
}

// Matter is one 督办事项 with its steps, folded. Dates are the days the steps were taken, zero where not (or no longer)
// taken; AssignedOn and FirstDueOn are of the first 交办 and stay.
type Matter struct {
	ID       string
	Unit     record.UnitCode
	UnitName string          // as registered at the moment asked; filled in by queries
	Reporter record.UnitCode // the submitting unit that answers for it
	Heir     record.UnitCode // who carries on Unit's history today: Unit itself, or the successor it has ended in
	Answers  record.UnitCode // the same of Reporter
	Source   Source
	Title    string
	Quarter  period.Quarter // under which its findings were seen
	Year     int
	Regime   string
	Targets  []store.MatterTarget
	Steps    []Step

	State      State
	Version    int64 // the journal sequence of the last step; a form says which one it was made from
	OpenedOn   period.Date
	AssignedOn period.Date
	FirstDueOn period.Date
	DueOn      period.Date // by which the county answers
	Document   string      // of the last 交办
	ReceivedOn period.Date
	RepliedOn  period.Date
	FirstReply period.Date
	CheckedOn  period.Date
	ClosedOn   period.Date
	Checker    string // login of who checked last
	Closer     string // login of who closed it
	Returned   int    // how often it was sent back
	Extended   int    // how often the due day was moved
}

// Step is one step taken.
type Step struct {
	Seq      int64
	At       time.Time // when it was written
	Kind     Kind
	On       period.Date // the day it was taken
	Actor    string      // login
	Words    string
	Person   string // who signed or answered
	ForUnit  bool   // recorded by an officer on the county's behalf
	DueOn    period.Date
	Document string
	Files    []store.MatterFile
}

// Live reports whether the matter still waits for something.
func (m *Matter) Live() bool { return m.State != Closed && m.State != Cancelled }

// Awaits reports whether the county has to answer.
func (m *Matter) Awaits() bool { return m.State == Assigned || m.State == Received }

// OverdueDays returns how many days the county's answer is late on a day; 0 when it is not.
func (m *Matter) OverdueDays(today period.Date) int {
	if !m.Awaits() || m.DueOn.IsZero() || !m.DueOn.Before(today) {
		return 0
	}
	return today.DaysSince(m.DueOn)
}

// Items returns the targets that are items: closing the matter closes them.
func (m *Matter) Items() []store.MatterTarget {
	var out []store.MatterTarget
	for _, t := range m.Targets {
		if t.ItemKey != "" {
			out = append(out, t)
		}
	}
	return out
}

// Last returns the last step of a kind, nil when there is none.
func (m *Matter) Last(k Kind) *Step {
	for i := len(m.Steps) - 1; i >= 0; i-- {
		if m.Steps[i].Kind == k {
			return &m.Steps[i]
		}
	}
	return nil
}

// IsOf reports whether a matter is a unit's own: about it or one it answers for, or one whose history it carries on.
func (m *Matter) IsOf(unit record.UnitCode) bool {
	return unit != "" && (unit == m.Unit || unit == m.Reporter || unit == m.Heir || unit == m.Answers)
}

// File finds a file of the matter by its sum.
func (m *Matter) File(sum string) (store.MatterFile, bool) {
	for _, s := range m.Steps {
		for _, f := range s.Files {
			if f.SHA256 == sum {
				return f, true
			}
		}
	}
	return store.MatterFile{}, false
}

// take folds a step into the matter.
func (m *Matter) take(s Step) {
	m.Steps = append(m.Steps, s)
	m.Version = s.Seq
	if to := moves[s.Kind].to; to != "" {
		m.State = to
	}
	switch s.Kind {
	case Open:
		m.OpenedOn = s.On
		if m.Source == FromItem {
			m.State = Replied // the county's report of it as done is its answer
		}
	case Assign:
		m.DueOn, m.Document = s.DueOn, s.Document
		if m.AssignedOn.IsZero() {
			m.AssignedOn, m.FirstDueOn = s.On, s.DueOn
		}
	case Receive:
		m.ReceivedOn = s.On
	case Reply:
		m.RepliedOn = s.On
		if m.FirstReply.IsZero() {
			m.FirstReply = s.On
		}
	case Check:
		m.CheckedOn, m.Checker = s.On, s.Actor
	case Return:
		m.Returned++
		m.DueOn, m.ReceivedOn, m.RepliedOn, m.CheckedOn, m.Checker = s.DueOn, period.Date{}, period.Date{}, period.Date{}, ""
		if m.AssignedOn.IsZero() { // an item sent back is thereby given to the county
			m.AssignedOn, m.FirstDueOn = s.On, s.DueOn
		}
	case Close:
		m.ClosedOn, m.Closer = s.On, s.Actor
	case Reopen:
		m.DueOn, m.ReceivedOn, m.RepliedOn, m.CheckedOn, m.ClosedOn = period.Date{}, period.Date{}, period.Date{}, period.Date{}, period.Date{}
		m.Checker, m.Closer = "", ""
	case Extend:
		m.Extended++
		m.DueOn = s.DueOn
	}
}
