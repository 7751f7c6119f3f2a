package view

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
)

// AdjustInput is what the form of a regime's adjustment is made from. Base is the version in force from From; Typed is
// what was sent with the form, nil when it is opened.
type AdjustInput struct {
	Base    *regime.Regime
	From    period.Quarter
	Choices []period.Quarter // the quarters it may hold from
	Typed   url.Values
	Address Address
}

// Adjust is the form in which a regime's lines, deadlines, weights and rules are changed, with what was typed.
type Adjust struct {
	ID, Name, Cite   string
	Base, Tried      string // sums of the version changed and of what was tried
	From             []Choice
	Settings         []AdjustField
	Weights          []AdjustField
	WeightSum        string
	SumIsWrong       bool
	Rules, Absent    []AdjustRule
	Reason, Document string
	Refusals         []string
	Warning          string
	Changes          []regime.Difference
	Trial            *Trial
	Back             string
}

// AdjustField is one input with the value in force beside it.
type AdjustField struct {
	Key, Name, Value, Old, Unit, Note string
	IsChanged                         bool
}

// AdjustRule is one rule's inputs beside its clause. An absent kind of rule is judged once a severity and a clause are
// chosen.
type AdjustRule struct {
	ID, Name, Words, Number, Document string
	Severities, Clauses               []Choice
	Requires                          AdjustField
	Checks                            []AdjustCheck
	Figure                            *AdjustField
	Choices                           []Choice
	ChoiceKey                         string
}

// AdjustCheck is one box of a rule's list.
type AdjustCheck struct {
	Key, Value, Name string
	Checked          bool
}

// maxRuleText bounds a text of the form; a regime's own limit is what Check says.
const maxRuleText = 500

// Read applies what was typed to the version in force and returns the draft, and sentences on what cannot be read. A key
// that was not sent keeps its value.
func (in AdjustInput) Read() (*regime.Regime, []string) {
	var wrong []string
	number := func(key, name string, old int) int {
		text, ok := in.typed(key)
		if !ok {
			return old
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > 1000 {
			wrong = append(wrong, fmt.Sprintf("「%s」须是不小于零的整数，现填「%s」。", name, text))
			return old
		}
		return n
	}
	line := func(key, name string, old int) int {
		text, ok := in.typed(key)
		if !ok {
			return old
		}
		n, fine := tenthsOf(text)
		if !fine {
			wrong = append(wrong, fmt.Sprintf("「%s」须是 0 至 100 之间、至多一位小数的数，现填「%s」。", name, text))
			return old
		}
		return n
	}
	draft, err := in.Base.With(func(r *regime.Regime) {
		r.RedLine, r.YellowLine = line("red_line", "红线", r.RedLine), line("yellow_line", "黄线", r.YellowLine)
		r.SubmissionDays = number("submission_days", "报送期限", r.SubmissionDays)
		if text, ok := in.typed("deadline"); ok {
			month, day, fine := monthDay(text)
			if !fine {
				wrong = append(wrong, fmt.Sprintf("「年度会议期限」须写成 12-31 这样的月日，现填「%s」。", text))
			} else {
				r.DeadlineMonth, r.DeadlineDay = month, day
			}
		}
		for _, i := range regime.Indicators {
			w := number("weight."+i.ID, i.Chinese, r.Weights[i.ID])
			if _, listed := r.Weights[i.ID]; listed || w > 0 {
				r.Weights[i.ID] = w
			}
		}
		in.readRules(r, number, &wrong)
		r.OwnAssessment = ownAssessment(r)
	})
	if err != nil {
		return in.Base, append(wrong, err.Error())
	}
	return draft, wrong
}

func (in AdjustInput) typed(key string) (string, bool) {
	if in.Typed == nil || !in.Typed.Has(key) {
		return "", false
	}
	text := strings.TrimSpace(in.Typed.Get(key))
	if r := []rune(text); len(r) > maxRuleText {
		text = string(r[:maxRuleText])
	}
	return text, true
}

func (in AdjustInput) readRules(r *regime.Regime, number func(string, string, int) int, wrong *[]string) {
	var rules []regime.Rule
	for _, n := range regime.RuleNames {
		rule, has := r.Rule(n.ID)
		severity, sent := in.typed("rule." + n.ID)
		if !has && (!sent || severity == "") {
			continue
		}
		if has && sent && severity == "" {
			continue // no longer judged
		}
		if sent {
			rule.ID, rule.Severity = n.ID, regime.Severity(severity)
		}
		if !has {
			rule = in.newRule(r, rule, wrong)
		}
		if text, ok := in.typed("requires." + n.ID); ok && text != "" {
			rule.Requires = strings.TrimRight(text, "。")
		}
		if in.Typed != nil && sent {
			in.readParameters(&rule, number)
		}
		rules = append(rules, rule)
	}
	r.Rules = rules
}

// newRule takes the clause an added rule stands on from those the document has; words, where typed, narrow it.
func (in AdjustInput) newRule(r *regime.Regime, rule regime.Rule, wrong *[]string) regime.Rule {
	id, _ := in.typed("clause." + rule.ID)
	clause, ok := r.Clause(id)
	if !ok {
		*wrong = append(*wrong, fmt.Sprintf("增加规则「%s」须选定它所依据的条文。", regime.RuleName(rule.ID)))
	}
	rule.Clause = clause
	if words, _ := in.typed("words." + rule.ID); words != "" {
		rule.Clause.Text = words
	}
	return rule
}

func (in AdjustInput) readParameters(rule *regime.Rule, number func(string, string, int) int) {
	switch rule.ID {
	case regime.RuleChair:
		rule.AcceptRanks = nil
		for _, rank := range in.Typed["accept_ranks"] {
			rule.AcceptRanks = append(rule.AcceptRanks, record.ChairRank(rank))
		}
	case regime.RuleAgenda:
		rule.Agenda = slices.Clone(in.Typed["agenda"])
	case regime.RuleLeadTime:
		rule.Months = number("months", "议题提前月数", rule.Months)
	case regime.RuleMinutes:
		rule.Days = number("days", "纪要印发天数", rule.Days)
	case regime.RuleExplain:
		rule.ExplainNeedsNewDeadline = in.Typed.Get("new_deadline") == "1"
	case regime.RuleSubmission:
		if text, ok := in.typed("quarter"); ok {
			rule.SubmissionQuarter = text
		}
	}
}

// ownAssessment lists the weighed indicators that no rule of the document backs: those are scored under the city's own
// 考核办法.
func ownAssessment(r *regime.Regime) []string {
	var ids []string
	for _, i := range regime.Indicators {
		listed := slices.Contains(r.OwnAssessment, i.ID)
		if r.Weights[i.ID] > 0 && (listed || i.Rule != "" && !i.NeedsRule && !r.HasRule(i.Rule)) {
			ids = append(ids, i.ID)
		}
	}
	return ids
}

// WeightRefusal is the sentence on weights that do not add up to 100, "" when they do: a score is told in points of 100,
// and an officer who changes one weight takes it from another.
func WeightRefusal(r *regime.Regime) string {
	if sum := WeightSum(r); sum != 100 {
		return fmt.Sprintf("权重合计须为 100，现为 %d，请增减后再试算。", sum)
	}
	return ""
}

// NewAdjust builds the form. draft is what was typed as Read gave it, Base when nothing was.
func NewAdjust(in AdjustInput, draft *regime.Regime) Adjust {
	b := in.Base
	p := Adjust{ID: b.ID, Name: b.Name, Cite: b.Document.Cite(), Back: in.Address.Href("/regimes", "regime", b.ID), Changes: regime.Changes(b, draft)}
	p.From = quarterChoices(in.Choices, in.From)
	p.Reason, _ = in.typed("reason")
	p.Document, _ = in.typed("document")
	field := func(key, name, value, old, unit, note string) AdjustField {
		if text, ok := in.typed(key); ok {
			value = text
		}
		return AdjustField{key, name, value, old, unit, note, value != old}
	}
	p.Settings = []AdjustField{
		field("red_line", "红线", draft.RedLineText(), b.RedLineText(), "分", "得分低于此数为红灯"),
		field("yellow_line", "黄线", draft.YellowLineText(), b.YellowLineText(), "分", "得分低于此数为黄灯"),
		field("deadline", "年度会议期限", monthDayText(draft), monthDayText(b), "", "会议年度的月-日，如 12-31"),
		field("submission_days", "报送期限", itoa(draft.SubmissionDays), itoa(b.SubmissionDays), "日", "季度终了后的天数"),
	}
	for _, i := range regime.Indicators {
		if i.ID == "held_on_time" || i.ID == "chaired_by_principal" || i.ID == "resolution_closed" {
			if b.Weights[i.ID] == 0 && draft.Weights[i.ID] == 0 {
				continue // no regime weighs these
			}
		}
		note := ""
		switch {
		case i.NeedsRule && !draft.HasRule(i.Rule):
			note = "制度没有「" + regime.RuleName(i.Rule) + "」规则，不能计分"
		case !draft.HasClause(i.ID):
			note = "无条款，按本市考核办法"
		}
		p.Weights = append(p.Weights, field("weight."+i.ID, i.Chinese, itoa(draft.Weights[i.ID]), itoa(b.Weights[i.ID]), "", note))
	}
	p.WeightSum, p.SumIsWrong = itoa(WeightSum(draft)), WeightSum(draft) != 100
	for _, n := range regime.RuleNames {
		rule, has := draft.Rule(n.ID)
		old, hadRule := b.Rule(n.ID)
		if !has && hadRule { // taken out: its clause stays in sight
			rule = old
		}
		a := newAdjustRule(in, draft, n, rule, has, hadRule, field)
		if hadRule {
			p.Rules = append(p.Rules, a)
			continue
		}
		p.Absent = append(p.Absent, a)
	}
	return p
}

func newAdjustRule(in AdjustInput, draft *regime.Regime, n regime.Name, rule regime.Rule, has, had bool, field func(key, name, value, old, unit, note string) AdjustField) AdjustRule {
	a := AdjustRule{ID: n.ID, Name: n.Chinese, Words: rule.Clause.Text, Number: rule.Clause.Number, Document: rule.Clause.Document}
	severity := ""
	if has {
		severity = string(rule.Severity)
	}
	a.Severities = []Choice{{Value: "", Name: "不评价"}}
	for _, s := range regime.Severities {
		a.Severities = append(a.Severities, Choice{Value: string(s), Name: s.Chinese()})
	}
	for i := range a.Severities {
		a.Severities[i].Selected = a.Severities[i].Value == severity
	}
	old, _ := in.Base.Rule(n.ID)
	a.Requires = field("requires."+n.ID, "要求", rule.Requires, old.Requires, "", "")
	if !had {
		chosen, _ := in.typed("clause." + n.ID)
		a.Clauses = []Choice{{Name: "请选定条文"}}
		for _, c := range draft.Clauses {
			a.Clauses = append(a.Clauses, Choice{Value: c.ID, Name: strings.TrimSpace(c.Number + " " + c.Subject), Selected: c.ID == chosen})
		}
		a.Words, _ = in.typed("words." + n.ID)
	}
	switch n.ID {
	case regime.RuleChair:
		for _, rank := range []record.ChairRank{record.RankPrincipal, record.RankDeputy, record.RankParty, record.RankUnion, record.RankOther} {
			a.Checks = append(a.Checks, AdjustCheck{"accept_ranks", string(rank), rank.Chinese(), slices.Contains(rule.AcceptRanks, rank)})
		}
	case regime.RuleAgenda:
		for _, item := range regime.AgendaItems {
			a.Checks = append(a.Checks, AdjustCheck{"agenda", item.ID, item.Chinese, slices.Contains(rule.Agenda, item.ID)})
		}
	case regime.RuleLeadTime:
		months := rule.Months
		if months == 0 {
			months = regime.DefaultLeadMonths
		}
		f := field("months", "会前月数", itoa(months), itoa(old.Months), "个月", "")
		a.Figure = &f
	case regime.RuleMinutes:
		days := rule.Days
		if days == 0 {
			days = regime.DefaultMinutesDays
		}
		f := field("days", "会后天数", itoa(days), itoa(old.Days), "日", "")
		a.Figure = &f
	case regime.RuleExplain:
		a.Checks = []AdjustCheck{{"new_deadline", "1", "须有原因和新的完成时限", rule.ExplainNeedsNewDeadline}}
	case regime.RuleSubmission:
		a.ChoiceKey = "quarter"
		a.Choices = []Choice{
			{Value: regime.QuarterEach, Name: "每季度报表", Selected: rule.SubmissionQuarter != regime.QuarterFourth},
			{Value: regime.QuarterFourth, Name: "只看第四季度报表", Selected: rule.SubmissionQuarter == regime.QuarterFourth},
		}
	}
	return a
}

func quarterChoices(all []period.Quarter, chosen period.Quarter) []Choice {
	var out []Choice
	for _, q := range all {
		out = append(out, Choice{Value: q.String(), Name: q.Chinese(), Selected: q == chosen})
	}
	return out
}

func monthDayText(r *regime.Regime) string {
	return fmt.Sprintf("%02d-%02d", r.DeadlineMonth, r.DeadlineDay)
}

func monthDay(text string) (month, day int, ok bool) {
	m, d, found := strings.Cut(text, "-")
	month, errM := strconv.Atoi(m)
	day, errD := strconv.Atoi(d)
	_, valid := period.NewDate(2000, month, day) // a leap year: 02-29 means the last of February
	return month, day, found && errM == nil && errD == nil && valid
}

// tenthsOf reads 72.5 as 725, from 0 to 100 with at most one decimal.
func tenthsOf(text string) (int, bool) {
	whole, decimal, _ := strings.Cut(text, ".")
	if decimal == "" {
		decimal = "0"
	}
	n, errN := strconv.Atoi(whole)
	d, errD := strconv.Atoi(decimal)
	if errN != nil || errD != nil || len(decimal) != 1 || n < 0 || n*10+d > 1000 {
		return 0, false
	}
	return n*10 + d, true
}
