package regime

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// file is the TOML of one regime as it is written. Pointers tell a missing key from a zero.
type file struct {
	ID             string         `toml:"id"`
	Name           string         `toml:"name"`
	City           string         `toml:"city"`
	InForceFrom    string         `toml:"in_force_from"`
	Repeals        string         `toml:"repeals"`
	ObligedLevels  []record.Level `toml:"obliged_levels"`
	Deadline       string         `toml:"deadline"`
	SubmissionDays *int           `toml:"submission_days"`
	RedLine        *float64       `toml:"red_line"`
	YellowLine     *float64       `toml:"yellow_line"`
	OwnAssessment  []string       `toml:"own_assessment"`
	Document       struct {
		Title    string `toml:"title"`
		Number   string `toml:"number"`
		Issuer   string `toml:"issuer"`
		IssuedOn string `toml:"issued_on"`
		Note     string `toml:"note"`
	} `toml:"document"`
	Weight map[string]int `toml:"weight"`
	Rule   []fileRule     `toml:"rule"`
	Action []struct {
		ID     string `toml:"id"`
		Name   string `toml:"name"`
		Text   string `toml:"text"`
		Clause string `toml:"clause"`
	} `toml:"action"`
	Clause []struct {
		ID      string `toml:"id"`
		Subject string `toml:"subject"`
		Number  string `toml:"number"`
		Force   Force  `toml:"force"`
		Text    string `toml:"text"`
		From    string `toml:"from"`
		Cited   string `toml:"document"`
	} `toml:"clause"`
	Suspended []fileSuspension `toml:"suspended"`
}

// fileRule names its clause by id; number and text narrow or join what the clause says.
type fileRule struct {
	ID       string   `toml:"id"`
	Severity Severity `toml:"severity"`
	Requires string   `toml:"requires"`
	Clause   string   `toml:"clause"`
	Number   string   `toml:"number"`
	Text     string   `toml:"text"`
	Note     string   `toml:"note"`

	AcceptRanks []record.ChairRank `toml:"accept_ranks"`
	Agenda      []string           `toml:"agenda"`
	Months      *int               `toml:"months"`
	Days        *int               `toml:"days"`
	NewDeadline *bool              `toml:"new_deadline"`
	Quarter     string             `toml:"quarter"`
}

// Parse reads one regime file strictly. name is the file's name for messages, text the document's own words
// (lines beginning with # are its header). Refusals are fault.Invalid; what is wrong with the regime itself,
// read well, is Check's. A clause may be cited from one of others, or from a built-in regime, by that one's id.
func Parse(name string, data, text []byte, others ...*Regime) (*Regime, error) {
	var f file
	meta, err := toml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).Decode(&f)
	if err != nil {
		return nil, unreadable(name, err)
	}
	if left := meta.Undecoded(); len(left) > 0 {
		return nil, fault.New(fault.Invalid,
			fmt.Sprintf("制度规则文件「%s」中有不认识的项「%s」。", name, left[0]),
			"请对照内置制度文件核对项名，或删去该项。")
	}
	r := &Regime{
		ID: f.ID, Name: f.Name, City: f.City, Repeals: f.Repeals,
		ObligedLevels: f.ObligedLevels, Weights: f.Weight, OwnAssessment: f.OwnAssessment,
		SubmissionDays: orInt(f.SubmissionDays, 10),
		source:         data, text: bodyOf(string(text)),
		Document: Document{Title: f.Document.Title, Number: f.Document.Number, Issuer: f.Document.Issuer, Note: f.Document.Note},
	}
	if r.Document.IssuedOn, err = dateOf(name, "document.issued_on", f.Document.IssuedOn); err != nil {
		return nil, err
	}
	if r.InForceFrom, err = dateOf(name, "in_force_from", f.InForceFrom); err != nil {
		return nil, err
	}
	if r.DeadlineMonth, r.DeadlineDay, err = deadlineOf(name, f.Deadline); err != nil {
		return nil, err
	}
	if r.RedLine, err = tenthsOf(name, "red_line", f.RedLine, 700); err != nil {
		return nil, err
	}
	if r.YellowLine, err = tenthsOf(name, "yellow_line", f.YellowLine, 900); err != nil {
		return nil, err
	}
	cite := r.Document.Cite()
	for _, c := range f.Clause {
		clause := Clause{c.ID, c.Subject, cite, c.Number, c.Force, c.Text, c.From}
		if c.From != "" && c.From != r.ID {
			other, err := citedRegime(name, c.From, others)
			switch {
			case err == nil && r.cited == nil:
				r.cited = map[string]*Regime{c.From: other}
			case err == nil:
				r.cited[c.From] = other
			case c.Cited == "":
				return nil, err
			}
			clause.Document = c.Cited
			if other != nil {
				clause.Document = other.Document.Cite()
			}
		}
		r.Clauses = append(r.Clauses, clause)
	}
	for _, a := range f.Action {
		c := r.clauseOr(a.Clause)
		r.Actions = append(r.Actions, Action{a.ID, a.Name, a.Text, c})
	}
	r.Rules = r.rulesOf(f.Rule)
	if len(f.Suspended) == 0 {
		return r, nil
	}
	suspended, err := suspensionsOf(name, f.Suspended)
	if err != nil {
		return nil, err
	}
	return r.Suspend(suspended), nil
}

// citedRegime finds the regime a clause is cited from.
func citedRegime(name, id string, others []*Regime) (*Regime, error) {
	for _, o := range others {
		if o.ID == id {
			return o, nil
		}
	}
	all, err := builtIn()
	if err != nil {
		return nil, err
	}
	for _, o := range all {
		if o.ID == id {
			return o, nil
		}
	}
	return nil, fault.New(fault.Invalid, fmt.Sprintf("制度规则文件「%s」的条文引自「%s」，没有这个制度。", name, id),
		"「from」须是内置制度或本市已登记制度的编号；引自本文件的条文不写「from」。")
}

// rulesOf resolves the rules' clauses and puts the rules in the order of RuleNames, unknown ids last.
func (r *Regime) rulesOf(in []fileRule) []Rule {
	var rules, unknown []Rule
	for _, n := range RuleNames {
		for _, f := range in {
			if f.ID == n.ID {
				rules = append(rules, r.ruleOf(f))
			}
		}
	}
	for _, f := range in {
		if !known(RuleNames, f.ID) {
			unknown = append(unknown, r.ruleOf(f))
		}
	}
	return append(rules, unknown...)
}

func (r *Regime) ruleOf(f fileRule) Rule {
	c := r.clauseOr(f.Clause)
	if f.Number != "" {
		c.Number = f.Number
	}
	if f.Text != "" {
		c.Text = f.Text
	}
	rule := Rule{
		ID: f.ID, Severity: f.Severity, Requires: f.Requires, Clause: c, Note: f.Note,
		AcceptRanks: f.AcceptRanks, Agenda: f.Agenda, SubmissionQuarter: f.Quarter,
	}
	rule.Months, rule.Days = orInt(f.Months, 0), orInt(f.Days, 0)
	if f.ID == RuleLeadTime {
		rule.Months = orInt(f.Months, DefaultLeadMonths)
	}
	if f.ID == RuleMinutes {
		rule.Days = orInt(f.Days, DefaultMinutesDays)
	}
	if f.ID == RuleSubmission && f.Quarter == "" {
		rule.SubmissionQuarter = QuarterEach
	}
	rule.ExplainNeedsNewDeadline = f.NewDeadline != nil && *f.NewDeadline
	return rule
}

// clauseOr returns the clause, or an empty one that keeps the id for Check to name.
func (r *Regime) clauseOr(id string) Clause {
	if c, ok := r.Clause(id); ok {
		return c
	}
	return Clause{ID: id}
}

func unreadable(name string, err error) error {
	var p toml.ParseError
	if errors.As(err, &p) {
		return fault.Wrap(fault.Invalid,
			fmt.Sprintf("制度规则文件「%s」第 %d 行不合 TOML 写法或值的类型不对（「%s」附近）。", name, p.Position.Line, p.LastKey),
			"请对照内置制度文件改正该行。", err)
	}
	return fault.Wrap(fault.Invalid, fmt.Sprintf("制度规则文件「%s」中有一项的值类型不对。", name),
		"文字须加引号，数不加引号，请对照内置制度文件改正。", err)
}

func dateOf(name, key, s string) (period.Date, error) {
	d, err := period.ParseDate(s)
	if err != nil {
		return d, fault.Wrap(fault.Invalid, fmt.Sprintf("制度规则文件「%s」的「%s」不是日期：「%s」。", name, key, s),
			"请写成 \"2024-05-09\" 的样子。", err)
	}
	return d, nil
}

var deadlineForm = regexp.MustCompile(`^(\d{1,2})-(\d{1,2})$`)

// deadlineOf reads 12-31. 2000 is a leap year, so 02-29 is let in and means the last of February.
func deadlineOf(name, s string) (month, day int, err error) {
	if s == "" {
		return 12, 31, nil
	}
	if m := deadlineForm.FindStringSubmatch(s); m != nil {
		month, _ = strconv.Atoi(m[1])
		day, _ = strconv.Atoi(m[2])
		if _, ok := period.NewDate(2000, month, day); ok {
			return month, day, nil
		}
	}
	return 0, 0, fault.New(fault.Invalid, fmt.Sprintf("制度规则文件「%s」的「deadline」不是月日：「%s」。", name, s),
		"请写成 \"12-31\" 的样子。")
}

func tenthsOf(name, key string, v *float64, missing int) (int, error) {
	if v == nil {
		return missing, nil
	}
	n := math.Round(*v * 10)
	if math.Abs(*v*10-n) > 1e-9 || n < 0 || n > 1000 {
		return 0, fault.New(fault.Invalid, fmt.Sprintf("制度规则文件「%s」的「%s」须是 0 至 100 之间、至多一位小数的数。", name, key),
			"请改正后再用。")
	}
	return int(n), nil
}

func orInt(v *int, missing int) int {
	if v == nil {
		return missing
	}
	return *v
}

// bodyOf drops the header lines of a clause text.
func bodyOf(text string) string {
	var keep []string
	for _, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		if !strings.HasPrefix(line, "#") {
			keep = append(keep, strings.TrimRight(line, "\r"))
		}
	}
	return strings.Trim(strings.Join(keep, "\n"), "\n")
}
