package record

import "liandu/internal/period"

// TextSheet is the name under which the text of a report stands among the sheets of a submission. The cell of a fact
// read from it is a TextRef.
const TextSheet = "文本"

// ReportRead is what was read from a report in words: minutes, a written report, a news text. Nil pointers, zero dates,
// empty strings and nil slices are facts the text does not state. Spans are half-open ranges of runes in Text, by the
// JSON name of the fact; elements of lists are 「topics[0]」 and 「resolutions[0]」.
type ReportRead struct {
	Text             string            `json:"text"`
	Kind             string            `json:"kind"`           // annual, extraordinary, unclear, none
	Unit             UnitCode          `json:"unit,omitempty"` // whose conference, as registered; "" where that is not known
	UnitText         string            `json:"unit_text,omitempty"`
	SessionYear      int               `json:"session_year,omitempty"`
	Ordinal          int               `json:"ordinal,omitempty"`
	HeldOn           period.Date       `json:"held_on"`
	ChairName        string            `json:"chair_name,omitempty"`
	ChairTitle       string            `json:"chair_title,omitempty"`
	ChairRank        ChairRank         `json:"chair_rank"`
	ChairDelegated   bool              `json:"chair_delegated,omitempty"`
	PrincipalPresent *bool             `json:"principal_present,omitempty"`
	Topics           []string          `json:"topics,omitempty"`
	TopicsCount      *int              `json:"topics_count,omitempty"`
	ReportBack       *bool             `json:"report_back,omitempty"`
	Resolutions      []ReportItem      `json:"resolutions,omitempty"`
	SaidItems        int               `json:"said_items,omitempty"`   // how many were agreed, as the text counts them
	SaidEarlier      int               `json:"said_earlier,omitempty"` // and how many the last time
	Spans            map[string][2]int `json:"spans,omitempty"`
	Doubts           []string          `json:"doubts,omitempty"`
	Kept             *ReportKept       `json:"kept,omitempty"`
}

// ReportItem is one 议定事项 as a text states it.
type ReportItem struct {
	Title    string      `json:"title"`
	LeadUnit string      `json:"lead_unit,omitempty"`
	Owner    string      `json:"owner,omitempty"`
	DueOn    period.Date `json:"due_on"`
	DueText  string      `json:"due_text,omitempty"`
}

// ReportKept is what an officer made of a report, beside what was read from it: the submission it came as, what was
// corrected, and the submission whose other rows were carried on ("" where there was none).
type ReportKept struct {
	From        string             `json:"from"`
	Base        string             `json:"base,omitempty"`
	Corrections []ReportCorrection `json:"corrections,omitempty"`
}

// ReportCorrection is one fact that an officer changed, in words for people.
type ReportCorrection struct {
	Field string `json:"field"` // 召开日期
	Read  string `json:"read"`  // "" where the text was not understood to say it
	Kept  string `json:"kept"`
}
