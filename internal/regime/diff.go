package regime

import (
	"fmt"
	"sort"
	"strings"
)

// Difference is one point in which two regimes differ. A and B are Chinese text; 「未规定」 where one is silent.
type Difference struct {
	Kind string `json:"kind"` // setting, rule, severity, parameter, weight
	ID   string `json:"id"`   // rule or indicator id, or the setting's key
	Name string `json:"name"`
	A    string `json:"a"`
	B    string `json:"b"`
}

const silent = "未规定"

// Diff returns in what two regimes differ: settings, then rules in the order of RuleNames, then weights in the
// order of Indicators. Clause words always differ between documents and are not compared.
func Diff(a, b *Regime) []Difference {
	var out []Difference
	add := func(kind, id, name, x, y string) {
		if x != y {
			out = append(out, Difference{kind, id, name, x, y})
		}
	}
	add("setting", "obliged_levels", "约束层级", levelNames(a), levelNames(b))
	add("setting", "deadline", "年度会议期限", deadlineText(a), deadlineText(b))
	add("setting", "submission_days", "季度报表报送期限", fmt.Sprintf("季度终了后 %d 日", a.SubmissionDays), fmt.Sprintf("季度终了后 %d 日", b.SubmissionDays))
	add("setting", "red_line", "红线", a.RedLineText(), b.RedLineText())
	add("setting", "yellow_line", "黄线", a.YellowLineText(), b.YellowLineText())
	for _, n := range RuleNames {
		x, hasX := a.Rule(n.ID)
		y, hasY := b.Rule(n.ID)
		switch {
		case hasX && hasY:
			add("severity", n.ID, n.Chinese, x.Severity.Chinese(), y.Severity.Chinese())
			add("parameter", n.ID, n.Chinese, x.Parameters(), y.Parameters())
		case hasX:
			add("rule", n.ID, n.Chinese, ruleText(x), silent)
		case hasY:
			add("rule", n.ID, n.Chinese, silent, ruleText(y))
		}
	}
	for _, i := range Indicators {
		add("weight", i.ID, i.Chinese+"权重", fmt.Sprint(a.Weights[i.ID]), fmt.Sprint(b.Weights[i.ID]))
	}
	return out
}

// Changes returns in what a version of a regime differs from the one before: what Diff lists, then what only two versions
// of one regime can be compared in: the document, what a rule asks and the words it quotes, and the clauses.
func Changes(before, after *Regime) []Difference {
	out := Diff(before, after)
	add := func(kind, id, name, x, y string) {
		if x != y {
			out = append(out, Difference{kind, id, name, orSilent(x), orSilent(y)})
		}
	}
	add("setting", "document", "文件", before.Document.Cite(), after.Document.Cite())
	add("setting", "in_force_from", "施行日期", before.InForceFrom.String(), after.InForceFrom.String())
	for _, x := range before.Rules {
		if y, ok := after.Rule(x.ID); ok {
			add("requires", x.ID, RuleName(x.ID)+"的要求", x.Requires, y.Requires)
			add("words", x.ID, RuleName(x.ID)+"的条款", x.Clause.Number+"「"+x.Clause.Text+"」", y.Clause.Number+"「"+y.Clause.Text+"」")
		}
	}
	for _, x := range before.Clauses {
		y, _ := after.Clause(x.ID)
		add("clause", x.ID, "条文 "+x.ID, x.Text, y.Text)
	}
	for _, y := range after.Clauses {
		if _, ok := before.Clause(y.ID); !ok {
			add("clause", y.ID, "条文 "+y.ID, "", y.Text)
		}
	}
	return out
}

func orSilent(s string) string {
	if s == "" {
		return silent
	}
	return s
}

// Parameters returns a rule's parameters as Chinese text, "" for a rule without any.
func (r Rule) Parameters() string {
	switch r.ID {
	case RuleChair:
		names := make([]string, len(r.AcceptRanks))
		for i, rank := range r.AcceptRanks {
			names[i] = rank.Chinese()
		}
		return strings.Join(names, "、") + "主持为达标"
	case RuleAgenda:
		names := make([]string, len(r.Agenda))
		for i, item := range r.Agenda {
			names[i] = AgendaName(item)
		}
		return strings.Join(names, "、")
	case RuleLeadTime:
		return fmt.Sprintf("会前 %d 个月", r.Months)
	case RuleMinutes:
		return fmt.Sprintf("会后 %d 日", r.Days)
	case RuleExplain:
		if r.ExplainNeedsNewDeadline {
			return "须有原因和新的完成时限"
		}
		return "须有原因"
	case RuleSubmission:
		if r.SubmissionQuarter == QuarterFourth {
			return "只看第四季度报表"
		}
		return "每季度报表"
	}
	return ""
}

func ruleText(r Rule) string {
	if p := r.Parameters(); p != "" {
		return r.Severity.Chinese() + "，" + p
	}
	return r.Severity.Chinese()
}

func levelNames(r *Regime) string {
	var names []string
	for _, l := range r.ObligedLevels {
		names = append(names, l.Chinese())
	}
	return strings.Join(names, "；")
}

func deadlineText(r *Regime) string { return fmt.Sprintf("%d月%d日", r.DeadlineMonth, r.DeadlineDay) }

func sortedKeys(m map[string]int) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
