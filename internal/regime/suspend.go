package regime

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"liandu/internal/fault"
	"liandu/internal/period"
)

// Suspension is a rule that is not judged for a while (暂停执行). It holds for an as-of whose last day lies from From
// to Until, both included, and ends by itself.
type Suspension struct {
	Rule     string
	From     period.Date
	Until    period.Date
	Reason   string
	Document string // the document that decided it, "" when none was named
}

// Note is the mark that goes with a suspended rule wherever its regime is shown: 主持规格暂停执行（事由，至2025年6月30日）.
func (s Suspension) Note() string {
	return fmt.Sprintf("%s暂停执行（%s，至%s）", RuleName(s.Rule), strings.TrimRight(s.Reason, "。；，"), s.Until.Chinese())
}

type fileSuspension struct {
	Rule     string `toml:"rule"`
	From     string `toml:"from"`
	Until    string `toml:"until"`
	Reason   string `toml:"reason"`
	Document string `toml:"document"`
}

// Suspend returns the regime as it judges while rules are suspended: without these rules, and without what the score
// weighs by their clauses (SuspendedIndicators). While 主持规格 is suspended, 主持人未载明 asks for nothing either. Source
// gets the suspensions too, so that it reads back as what judged. A rule the regime lacks is left out.
func (r *Regime) Suspend(all []Suspension) *Regime {
	out := *r
	out.Rules, out.Weights, out.Suspended = slices.Clone(r.Rules), maps.Clone(r.Weights), slices.Clone(r.Suspended)
	var text bytes.Buffer
	text.Write(bytes.TrimRight(r.source, "\n"))
	text.WriteByte('\n')
	for _, s := range all {
		if !out.HasRule(s.Rule) {
			continue
		}
		out.Suspended = append(out.Suspended, s)
		for _, id := range SuspendedIndicators(s.Rule) {
			if out.Weights[id] > 0 {
				out.Weights[id] = 0
			}
		}
		out.Rules = slices.DeleteFunc(out.Rules, func(rule Rule) bool {
			return rule.ID == s.Rule || s.Rule == RuleChair && rule.ID == RuleChairUnknown
		})
		writeSuspension(&text, s)
	}
	if len(out.Suspended) == len(r.Suspended) {
		return r
	}
	out.source = text.Bytes()
	return &out
}

// SuspendedIndicators lists the indicators that the score leaves out while a rule is suspended: those its clause backs.
func SuspendedIndicators(rule string) []string {
	var ids []string
	for _, i := range Indicators {
		if i.Rule == rule {
			ids = append(ids, i.ID)
		}
	}
	return ids
}

// SuspensionNotes are the marks of all suspended rules in the order they were suspended; none when every rule holds.
func (r *Regime) SuspensionNotes() []string {
	var notes []string
	for _, s := range r.Suspended {
		notes = append(notes, s.Note())
	}
	return notes
}

func suspensionsOf(name string, in []fileSuspension) ([]Suspension, error) {
	var out []Suspension
	for _, f := range in {
		s := Suspension{Rule: f.Rule, Reason: f.Reason, Document: f.Document}
		var err error
		if s.From, err = dateOf(name, "suspended.from", f.From); err != nil {
			return nil, err
		}
		if s.Until, err = dateOf(name, "suspended.until", f.Until); err != nil {
			return nil, err
		}
		if !known(RuleNames, s.Rule) || s.From.IsZero() || s.Until.Before(s.From) {
			return nil, fault.New(fault.Invalid, fmt.Sprintf("制度规则文件「%s」的「suspended」一节不完整：规则「%s」。", name, s.Rule),
				"请写明 rule、from、until 和 reason，until 不早于 from。")
		}
		out = append(out, s)
	}
	return out, nil
}
