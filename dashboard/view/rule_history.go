package view

import (
	"fmt"
	"strings"
	"time"

	"liandu/internal/period"
	"liandu/internal/regime"
	"liandu/internal/rulebook"
)

// RuleChange is one recorded change of the city's rules: who, when, from when, what and why.
type RuleChange struct {
	Number, At, Actor      string
	Regime, RegimeName     string
	Kind, Holds, What      string
	Reason, Document       string
	Differences            []regime.Difference
	Revertible, IsReverted bool
}

var ruleKinds = map[rulebook.Kind]string{
	rulebook.Changed: "调整", rulebook.Adopted: "采用", rulebook.Suspended: "暂停", rulebook.Resumed: "恢复",
}

// RuleHistory lists what was recorded about the rules by a moment, in the order it was; the zero moment is all.
func RuleHistory(book *rulebook.Book, knownAt time.Time) []RuleChange {
	lines := book.Lines(knownAt)
	reverted := map[int64]bool{}
	last := map[string]int64{} // the last line of a kind and subject, the one that can be taken back
	for _, l := range lines {
		reverted[l.Reverts] = true
		last[revertKey(l)] = l.Seq
	}
	var out []RuleChange
	for _, l := range lines {
		c := RuleChange{
			Number: fmt.Sprint(l.Seq), At: "建库时", Actor: l.Actor, Regime: l.ID, RegimeName: l.ID, Kind: ruleKinds[l.Kind],
			Reason: l.Reason, Document: l.Document, IsReverted: reverted[l.Seq],
		}
		if !l.At.IsZero() {
			c.At = l.At.In(period.Shanghai).Format("2006-01-02 15:04")
		}
		c.Holds = "始终"
		if !l.From.IsZero() {
			c.Holds = period.QuarterOf(l.From).Chinese() + "起"
		}
		if r, err := book.At(l.ID, l.From, time.Time{}); err == nil {
			c.RegimeName = r.Name
		}
		before := book.Replaced(l.Seq)
		switch l.Kind {
		case rulebook.Changed:
			c.RegimeName = l.Regime.Name
			if before == nil {
				c.Kind, c.What = "新增", fmt.Sprintf("新增制度，%d 条规则", len(l.Regime.Rules))
				break
			}
			c.Differences = regime.Changes(before, l.Regime)
			c.What = differencesText(c.Differences)
			if l.Reverts != 0 {
				c.Kind = "撤销"
				c.What = fmt.Sprintf("撤销第 %d 号调整：%s", l.Reverts, c.What)
			}
		case rulebook.Adopted:
			c.What = "本市采用「" + c.RegimeName + "」"
		case rulebook.Suspended:
			c.Holds += "，至" + l.Until.Chinese()
			c.What = "「" + regime.RuleName(l.Rule) + "」暂停执行"
		case rulebook.Resumed:
			c.What = "「" + regime.RuleName(l.Rule) + "」恢复执行"
		}
		c.Revertible = last[revertKey(l)] == l.Seq && l.Kind != rulebook.Resumed && (l.Kind != rulebook.Changed || before != nil)
		out = append(out, c)
	}
	return out
}

// revertKey groups the lines of which only the last can be taken back: those of one regime's text, of one rule's
// suspension, and of what the city follows.
func revertKey(l rulebook.Line) string {
	switch l.Kind {
	case rulebook.Changed:
		return "changed " + l.ID
	case rulebook.Adopted:
		return "adopted"
	}
	return "rule " + l.ID + " " + l.Rule
}

func differencesText(all []regime.Difference) string {
	var parts []string
	for _, d := range all {
		if len([]rune(d.A))+len([]rune(d.B)) > 60 {
			parts = append(parts, d.Name+"改写")
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %s → %s", d.Name, d.A, d.B))
	}
	return strings.Join(parts, "；")
}

// WeightSum is what a regime's weights add up to.
func WeightSum(r *regime.Regime) int {
	sum := 0
	for _, w := range r.Weights {
		sum += w
	}
	return sum
}
