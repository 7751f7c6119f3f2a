package queries

import (
	"time"

	"liandu/internal/period"
	"liandu/internal/record"
)

// Pair is an indicator's numerator and denominator. Den 0 means there was nothing to judge: the value is null and
// shown as 「—」, never 0 % (metrics.md, Indicators).
type Pair struct {
	Num int64 `json:"num"`
	Den int64 `json:"den"`
}

// Light is the judgement of a unit, never shown by colour alone.
type Light string

// The lights.
const (
	LightRed    Light = "red"
	LightYellow Light = "yellow"
	LightGreen  Light = "green"
	LightNone   Light = "none"
)

// AnnualStatus is the state of a unit's annual meeting (metrics.md, Annual meeting status).
type AnnualStatus string

// The states, in the order they are tried.
const (
	HeldOnTime  AnnualStatus = "held_on_time"
	HeldLate    AnnualStatus = "held_late"
	Substituted AnnualStatus = "substituted"
	NotHeld     AnnualStatus = "not_held"
	Pending     AnnualStatus = "pending"
)

// Held reports whether the meeting took place: on time or late.
func (s AnnualStatus) Held() bool { return s == HeldOnTime || s == HeldLate }

// StateCounts counts resolutions by state at D; ongoing and cancelled are counted apart from the population.
type StateCounts struct {
	Completed  int64 `json:"completed"`
	Overdue    int64 `json:"overdue"`
	InProgress int64 `json:"in_progress"`
	NotStarted int64 `json:"not_started"`
	Ongoing    int64 `json:"ongoing"`
	Cancelled  int64 `json:"cancelled"`
}

// UnitResult is one unit's row of Metrics. Score is in tenths of a point; nil when no indicator has a value. Rank is
// nil when the unit is unranked (pending, or no score). HeldOn, ChairRank, ChairName and ChairTitle are of the counted
// meeting and empty unless Status.Held().
type UnitResult struct {
	Unit        record.Unit
	Status      AnnualStatus
	HeldOn      period.Date
	ChairRank   record.ChairRank
	ChairName   string
	ChairTitle  string
	Indicators  map[string]Pair // every id of the register
	Resolutions StateCounts
	Score       *int
	Parts       []ScorePart // the score's arithmetic, in register order; only weighted indicators
	Rank        *int
	Light       Light
	Red         int
	Yellow      int
	Info        int
	IsRollup    bool // a parent the regime does not oblige: sums of the obliged units below it, never scored
}

// ScorePart is one weighted indicator of a score. Counted is false when the value is null (「不计入」). Points is the
// share of the 100 points it earned and Full the share it could earn, in hundredths of a point, rounded so that the
// parts add up as printed.
type ScorePart struct {
	Indicator string
	Weight    int
	Pair      Pair
	ValueNum  int64 // the value that was weighed, ValueNum/ValueDen (0.5 for a late meeting, 1 − v for overdue)
	ValueDen  int64
	Counted   bool
	Points    int
	Full      int
}

// Metrics is the answer to one AsOf: the units of the level asked, in ranking order (rank, then code; pending after the
// ranked, units without score last), and their total.
type Metrics struct {
	AsOf   AsOf
	Units  []UnitResult
	Total  map[string]Pair
	States StateCounts // total of the units' Resolutions
}

// Unit returns the row of a unit, nil when it is not listed.
func (m *Metrics) Unit(code record.UnitCode) *UnitResult {
	for i := range m.Units {
		if m.Units[i].Unit.Code == code {
			return &m.Units[i]
		}
	}
	return nil
}

// Clause is the words a finding answers to.
type Clause struct {
	Document string `json:"document"`
	Number   string `json:"number"`
	Text     string `json:"text"`
}

// Evidence is where a finding's facts stand in a file. Cells are A1 references of one sheet.
type Evidence struct {
	Submission string   `json:"submission"`
	File       string   `json:"file"`
	Sheet      string   `json:"sheet"`
	Cells      []string `json:"cells"`
}

// Finding is one failed rule of one unit (metrics.md, Findings). ID is stable for the same facts and as-of:
// "2024Q3-130302-overdue". Observed and Required are Chinese sentences without adjectives. Items names what it
// concerns: resolution titles, township names, or nothing.
type Finding struct {
	ID       string
	Unit     record.Unit
	Rule     string
	RuleName string
	Severity string // red, yellow, info
	Force    string // 原则上, 应当, 不能 …
	Observed string
	Short    string // two to ten characters for a matrix row: 「未召开」「逾期 2 项」
	Required string
	Clause   Clause
	Items    []string
	Evidence []Evidence
}

// MeetingRow is one current meeting as the ledger lists it, with its source.
type MeetingRow struct {
	record.Meeting
	UnitName   string
	Level      record.Level
	Parent     record.UnitCode
	Submission string
	File       string
	SHA256     string
	Quarter    string // the quarter whose report the row comes from
	ReceivedAt time.Time
	IsCounted  bool // the unit's counted meeting of the year asked
}

// ItemState is a resolution's state at D (metrics.md, Resolution state) plus the two that are counted apart.
type ItemState string

// The states.
const (
	StateCompleted  ItemState = "completed"
	StateOverdue    ItemState = "overdue"
	StateInProgress ItemState = "in_progress"
	StateNotStarted ItemState = "not_started"
	StateOngoing    ItemState = "ongoing"
	StateCancelled  ItemState = "cancelled"
)

// ResolutionRow is one current item as the ledger lists it, with its state at D and its source.
type ResolutionRow struct {
	record.Resolution
	UnitName       string
	Level          record.Level
	Parent         record.UnitCode
	ItemKey        string // n:3 or t:标题
	DecidedOn      period.Date
	State          ItemState
	InPopulation   bool        // of the cohort asked
	IsDecided      bool        // at an annual or extraordinary meeting that is in force
	DoneOn         period.Date // completed_on, or the last day of the first quarter that reported it done
	DoneOnAssumed  bool
	EffectiveDueOn period.Date
	OverdueDays    int         // D − effective due, 0 unless overdue
	IsOnTime       *bool       // null where on-time is not judged
	ClosedOn       period.Date // the department's own confirmation
	Submission     string
	File           string
	SHA256         string
	Quarter        string
	ReceivedAt     time.Time
}

// SentRow tells who has sent: one submitter and quarter. Version is 0 and FirstReceivedAt zero when nothing was accepted.
type SentRow struct {
	Unit            record.Unit
	Quarter         period.Quarter
	DueOn           period.Date
	FirstReceivedAt time.Time
	LastReceivedAt  time.Time
	Version         int
	Submission      string // the one in force
	File            string
	OnTime          *bool // null: not yet due and not received
	Rejected        int
	Warnings        int
}

// TrendPoint is the total of the level at one quarter, with the units it sums.
type TrendPoint struct {
	Quarter period.Quarter
	Total   map[string]Pair
	States  StateCounts
	Units   []UnitResult
}
