package store

import (
	"time"

	"liandu/internal/period"
	"liandu/internal/record"
)

// The actions that change tables, each with its payload below. Any other action (session.opened, file.downloaded …)
// is a line of the audit log and nothing else.
const (
	ActionFolderCreated       = "folder.created"
	ActionUnitsImported       = "units.imported"
	ActionSubmissionReceived  = "submission.received"
	ActionSubmissionAccepted  = "submission.accepted"
	ActionSubmissionRejected  = "submission.rejected"
	ActionSubmissionDuplicate = "submission.duplicate"
	ActionSettingChanged      = "setting.changed"
	ActionItemClosed          = "item.closed"
	ActionAccountChanged      = "account.changed"
)

// FolderCreated is the first line of every journal.
type FolderCreated struct {
	Name   string `json:"name"`
	Regime string `json:"regime"`
}

// UnitsImported writes whole new registry rows. Base marks the rows of init, which count as known from the beginning;
// Removed ends codes that an import no longer lists.
type UnitsImported struct {
	Units   []record.Unit     `json:"units"`
	Removed []record.UnitCode `json:"removed,omitempty"`
	Base    bool              `json:"base,omitempty"`
}

// SubmissionReceived says that a file's bytes are kept, before anything is parsed.
type SubmissionReceived struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// SubmissionDecided is the payload of accepted, rejected, duplicate, returned and held. Facts and problems are in the
// reading blob named by Submission.Reading; a rejected file that could not be opened has a reading with problems only.
// IsHeld is set where the decision ends a held file's waiting; Reasons are then the officer's for its warnings, Words
// what the county is told when the file is sent back.
type SubmissionDecided struct {
	record.Submission
	IsHeld  bool            `json:"is_held,omitempty"`
	Reasons []ProblemReason `json:"reasons,omitempty"`
	Words   string          `json:"words,omitempty"`
}

// SettingChanged sets a key; an empty value unsets it.
type SettingChanged struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// ItemClosed is the department's own confirmation of an item (销号), or its withdrawal.
type ItemClosed struct {
	Unit        record.UnitCode    `json:"unit"`
	SessionYear int                `json:"session_year"`
	Kind        record.MeetingKind `json:"kind"`
	ItemKey     string             `json:"item_key"` // n:<item_no> or t:<title_key>
	ClosedOn    period.Date        `json:"closed_on"`
	Withdrawn   bool               `json:"withdrawn,omitempty"`
}

// AccountChanged is an account as it is from now on; the last one of a login wins.
type AccountChanged struct {
	Login        string          `json:"login"`
	Name         string          `json:"name"`
	Role         string          `json:"role"`
	Unit         record.UnitCode `json:"unit,omitempty"`
	PasswordHash string          `json:"password_hash"`
	Disabled     bool            `json:"disabled,omitempty"`
}

// recordedAt returns the moment a registry row counts from: null for the rows of init.
func (u UnitsImported) recordedAt(at time.Time) any {
	if u.Base {
		return nil
	}
	return at
}
