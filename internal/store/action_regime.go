package store

import "liandu/internal/period"

// The actions by which a city changes its own rules, each with its payload below.
const (
	ActionRegimeChanged = "regime.changed"
	ActionRegimeAdopted = "regime.adopted"
	ActionRuleSuspended = "rule.suspended"
	ActionRuleResumed   = "rule.resumed"
)

// RegimeChanged is a regime as it is from a day on, whole: TOML and Words are the blobs of its file and of its document's
// own words. A zero From is from the beginning. Reverts is the line it takes back, 0 for none. Base marks what the folder
// was made with, which counts as known from the beginning.
type RegimeChanged struct {
	Regime   string      `json:"regime"`
	TOML     string      `json:"toml"`
	Words    string      `json:"words"`
	From     period.Date `json:"from"`
	Reason   string      `json:"reason"`
	Document string      `json:"document"`
	Reverts  int64       `json:"reverts,omitempty"`
	Base     bool        `json:"base,omitempty"`
}

// RegimeAdopted says which regime the city follows from a day on.
type RegimeAdopted struct {
	Regime   string      `json:"regime"`
	From     period.Date `json:"from"`
	Reason   string      `json:"reason"`
	Document string      `json:"document"`
}

// RuleSuspended leaves a rule out for as-ofs whose last day lies from From to Until.
type RuleSuspended struct {
	Regime   string      `json:"regime"`
	Rule     string      `json:"rule"`
	From     period.Date `json:"from"`
	Until    period.Date `json:"until"`
	Reason   string      `json:"reason"`
	Document string      `json:"document"`
}

// RuleResumed ends every suspension of a rule recorded before it, from From on.
type RuleResumed struct {
	Regime   string      `json:"regime"`
	Rule     string      `json:"rule"`
	From     period.Date `json:"from"`
	Reason   string      `json:"reason"`
	Document string      `json:"document"`
}
