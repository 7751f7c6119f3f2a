package store

import (
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
)

// The actions of a matter (督办事项), from 立项 to 销号. The subject of every line is the matter's id: "M" and the journal
// sequence that opened it. What may follow what is decided by internal/matter, never here.
const (
	matterPrefix         = "matter."
	ActionMatterOpened   = matterPrefix + "opened"    // 立项
	ActionMatterAssigned = matterPrefix + "assigned"  // 交办
	ActionMatterReceived = matterPrefix + "received"  // 签收
	ActionMatterReplied  = matterPrefix + "replied"   // 反馈
	ActionMatterChecked  = matterPrefix + "checked"   // 复核通过
	ActionMatterReturned = matterPrefix + "returned"  // 退回
	ActionMatterClosed   = matterPrefix + "closed"    // 销号
	ActionMatterReopened = matterPrefix + "reopened"  // 撤销销号
	ActionMatterCanceled = matterPrefix + "cancelled" // 撤销立项
	ActionMatterExtended = matterPrefix + "extended"  // 延期
)

// MatterOpened begins a matter. Source is "finding", "item" or "hand". Unit is whom it concerns, Reporter the submitting
// unit that answers for it. Quarter, Year and Regime are the as-of under which the findings were seen.
type MatterOpened struct {
	Unit     record.UnitCode `json:"unit"`
	Reporter record.UnitCode `json:"reporter"`
	Source   string          `json:"source"`
	Title    string          `json:"title"`
	Words    string          `json:"words,omitempty"` // why
	Quarter  period.Quarter  `json:"quarter"`
	Year     int             `json:"year,omitempty"`
	Regime   string          `json:"regime,omitempty"`
	On       period.Date     `json:"on"`
	Targets  []MatterTarget  `json:"targets,omitempty"`
	Files    []MatterFile    `json:"files,omitempty"`
}

// MatterTarget is what a matter is about: a finding in the words it had then, or an item.
type MatterTarget struct {
	Finding        string             `json:"finding,omitempty"` // its id, "2024Q3-990102-overdue"
	Rule           string             `json:"rule,omitempty"`
	RuleName       string             `json:"rule_name,omitempty"`
	Severity       string             `json:"severity,omitempty"`
	Observed       string             `json:"observed,omitempty"`
	Required       string             `json:"required,omitempty"`
	ClauseDocument string             `json:"clause_document,omitempty"`
	ClauseNumber   string             `json:"clause_number,omitempty"`
	ClauseText     string             `json:"clause_text,omitempty"`
	Names          []string           `json:"names,omitempty"` // what the finding concerns
	SessionYear    int                `json:"session_year,omitempty"`
	MeetingKind    record.MeetingKind `json:"meeting_kind,omitempty"`
	ItemKey        string             `json:"item_key,omitempty"` // n:<item_no> or t:<title_key>
	ItemTitle      string             `json:"item_title,omitempty"`
	Submission     string             `json:"submission,omitempty"`
	Sheet          string             `json:"sheet,omitempty"`
	Cell           string             `json:"cell,omitempty"`
}

// MatterStep is any step after the first. Person is who signed or answered in the county; ForUnit says that an officer
// recorded it on the county's behalf.
type MatterStep struct {
	Unit     record.UnitCode `json:"unit"`
	On       period.Date     `json:"on"`
	Words    string          `json:"words,omitempty"`
	Person   string          `json:"person,omitempty"`
	ForUnit  bool            `json:"for_unit,omitempty"`
	DueOn    period.Date     `json:"due_on"`
	Document string          `json:"document,omitempty"` // number of the letter or notice, or the id of an issued one
	Files    []MatterFile    `json:"files,omitempty"`
}

// MatterFile is a file kept with a step; its bytes are the blob SHA256.
type MatterFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// isMatter reports whether an action is a matter's, and which step it is.
func isMatter(action string) (step string, ok bool) { return strings.CutPrefix(action, matterPrefix) }
