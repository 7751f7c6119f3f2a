package view

import (
	"slices"
	"strings"

	"liandu/internal/period"
	"liandu/internal/regime"
)

// SuspendInput is what the form of a suspension is made from. Lines are the numbers of what was recorded of the rule.
type SuspendInput struct {
	Address                 Address
	Regime                  *regime.Regime
	Rule                    regime.Rule
	From                    period.Quarter
	Choices                 []period.Quarter
	Until, Reason, Document string
	History                 []RuleChange
	Lines                   []string
}

// Suspend is the form in which one rule is suspended or resumed.
type Suspend struct {
	RegimeID, Regime, ID, Name, Requires string
	Light                                Light
	Words, Number                        string
	Indicators                           string // what the score leaves out with it
	From                                 []Choice
	Until, Reason, Document              string
	Refusals                             []string
	History                              []RuleChange
	Trial                                *Trial
	Back                                 string
}

// NewSuspend builds the form. Nothing typed yet: until the end of the year of the quarter it holds from.
func NewSuspend(in SuspendInput) Suspend {
	p := Suspend{
		RegimeID: in.Regime.ID, Regime: in.Regime.Name, ID: in.Rule.ID, Name: regime.RuleName(in.Rule.ID), Requires: in.Rule.Requires,
		Light: severityLight(string(in.Rule.Severity)), Words: in.Rule.Clause.Text, Number: in.Rule.Clause.Number,
		From: quarterChoices(in.Choices, in.From), Until: in.Until, Reason: in.Reason, Document: in.Document,
		Back: in.Address.Href("/regimes"),
	}
	if p.Until == "" {
		p.Until = period.Quarter{Year: in.From.Year, N: 4}.Last().String()
	}
	var names []string
	for _, id := range regime.SuspendedIndicators(in.Rule.ID) {
		if in.Regime.Weights[id] > 0 {
			names = append(names, regime.IndicatorName(id))
		}
	}
	p.Indicators = strings.Join(names, "、")
	for _, h := range in.History {
		if slices.Contains(in.Lines, h.Number) {
			p.History = append(p.History, h)
		}
	}
	return p
}
