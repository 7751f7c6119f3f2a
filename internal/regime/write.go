package regime

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/record"
)

// Write returns the regime as a TOML file that Parse reads back as the same regime, in one fixed order, so that two
// regimes with the same rules have the same bytes. The document's own text and suspensions are not in it.
func Write(r *Regime) []byte {
	var b bytes.Buffer
	pair(&b, "id", r.ID)
	pair(&b, "name", r.Name)
	pair(&b, "city", r.City)
	pair(&b, "in_force_from", r.InForceFrom.String())
	pair(&b, "repeals", r.Repeals)
	list(&b, "obliged_levels", levelIDs(r.ObligedLevels))
	pair(&b, "deadline", fmt.Sprintf("%02d-%02d", r.DeadlineMonth, r.DeadlineDay))
	fmt.Fprintf(&b, "submission_days = %d\nred_line = %s\nyellow_line = %s\n", r.SubmissionDays, r.RedLineText(), r.YellowLineText())
	list(&b, "own_assessment", r.OwnAssessment)

	b.WriteString("\n[document]\n")
	pair(&b, "title", r.Document.Title)
	pair(&b, "number", r.Document.Number)
	pair(&b, "issuer", r.Document.Issuer)
	pair(&b, "issued_on", r.Document.IssuedOn.String())
	pair(&b, "note", r.Document.Note)

	b.WriteString("\n[weight]\n")
	for _, id := range sortedKeys(r.Weights) {
		if _, ok := indicatorOf(id); !ok {
			fmt.Fprintf(&b, "%s = %d\n", quoted(id), r.Weights[id])
		}
	}
	for _, i := range Indicators {
		if w, ok := r.Weights[i.ID]; ok {
			fmt.Fprintf(&b, "%s = %d\n", i.ID, w)
		}
	}
	for _, rule := range r.Rules {
		writeRule(&b, r, rule)
	}
	for _, a := range r.Actions {
		b.WriteString("\n[[action]]\n")
		pair(&b, "id", a.ID)
		pair(&b, "name", a.Name)
		pair(&b, "text", a.Text)
		pair(&b, "clause", a.Clause.ID)
	}
	for _, c := range r.Clauses {
		b.WriteString("\n[[clause]]\n")
		pair(&b, "id", c.ID)
		pair(&b, "subject", c.Subject)
		pair(&b, "number", c.Number)
		pair(&b, "force", string(c.Force))
		pair(&b, "text", c.Text)
		pair(&b, "from", c.From)
		if c.From != "" { // so that a kept text reads back where the other regime is not at hand
			pair(&b, "document", c.Document)
		}
	}
	return b.Bytes()
}

// With returns the regime after change, written out and read back: what it gives is what a file would. change may set
// any exported field; the document's text and the regimes it cites stay. What is then wrong with it is Check's.
func (r *Regime) With(change func(*Regime)) (*Regime, error) {
	next := *r
	next.Rules, next.Clauses, next.Actions = slices.Clone(r.Rules), slices.Clone(r.Clauses), slices.Clone(r.Actions)
	next.Weights, next.ObligedLevels = maps.Clone(r.Weights), slices.Clone(r.ObligedLevels)
	change(&next)
	return Parse(next.ID+".toml", Write(&next), []byte(next.text), next.Cited()...)
}

// Cite makes every clause of the regime's own document one cited from base, whose clauses they are.
func (r *Regime) Cite(base *Regime) {
	cited := maps.Clone(r.cited)
	if cited == nil {
		cited = map[string]*Regime{}
	}
	for i := range r.Clauses {
		if r.Clauses[i].From == "" {
			r.Clauses[i].From, cited[base.ID] = base.ID, base
		}
	}
	r.cited = cited
}

// Cited lists the regimes whose clauses this one cites, in the order of their ids.
func (r *Regime) Cited() []*Regime {
	var others []*Regime
	for _, id := range slices.Sorted(maps.Keys(r.cited)) {
		others = append(others, r.cited[id])
	}
	return others
}

func writeRule(b io.Writer, r *Regime, rule Rule) {
	fmt.Fprint(b, "\n[[rule]]\n")
	pair(b, "id", rule.ID)
	pair(b, "severity", string(rule.Severity))
	pair(b, "requires", rule.Requires)
	pair(b, "clause", rule.Clause.ID)
	whole, _ := r.Clause(rule.Clause.ID)
	if rule.Clause.Number != whole.Number {
		pair(b, "number", rule.Clause.Number)
	}
	if rule.Clause.Text != whole.Text {
		pair(b, "text", rule.Clause.Text)
	}
	pair(b, "note", rule.Note)
	switch rule.ID {
	case RuleChair:
		ranks := make([]string, len(rule.AcceptRanks))
		for i, rank := range rule.AcceptRanks {
			ranks[i] = string(rank)
		}
		list(b, "accept_ranks", ranks)
	case RuleAgenda:
		list(b, "agenda", rule.Agenda)
	case RuleLeadTime:
		fmt.Fprintf(b, "months = %d\n", rule.Months)
	case RuleMinutes:
		fmt.Fprintf(b, "days = %d\n", rule.Days)
	case RuleExplain:
		fmt.Fprintf(b, "new_deadline = %t\n", rule.ExplainNeedsNewDeadline)
	case RuleSubmission:
		pair(b, "quarter", rule.SubmissionQuarter)
	}
}

func writeSuspension(b io.Writer, s Suspension) {
	fmt.Fprint(b, "\n[[suspended]]\n")
	pair(b, "rule", s.Rule)
	pair(b, "from", s.From.String())
	pair(b, "until", s.Until.String())
	pair(b, "reason", s.Reason)
	pair(b, "document", s.Document)
}

// pair writes a text; an empty one is left out, which reads back the same.
func pair(b io.Writer, key, value string) {
	if value != "" {
		fmt.Fprintf(b, "%s = %s\n", key, quoted(value))
	}
}

func list(b io.Writer, key string, values []string) {
	if len(values) == 0 {
		return
	}
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = quoted(v)
	}
	fmt.Fprintf(b, "%s = [%s]\n", key, strings.Join(words, ", "))
}

// quoted is a TOML basic string: only quotes, backslashes and control characters are escaped.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\t':
			b.WriteString(`\t`)
		case c < 0x20 || c == 0x7f:
			b.WriteString(`\u` + fmt.Sprintf("%04s", strconv.FormatInt(int64(c), 16)))
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func levelIDs(levels []record.Level) []string {
	ids := make([]string, len(levels))
	for i, l := range levels {
		ids[i] = string(l)
	}
	return ids
}
