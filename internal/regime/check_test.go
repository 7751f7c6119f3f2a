package regime

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"liandu/internal/period"
	"liandu/internal/record"
)

// sample reads the sample of a user's own regime, sound as it is.
func sample(t *testing.T) *Regime {
	t.Helper()
	r, err := ReadFile(own(t), "yunzhou-2025.toml")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// rule returns the sample's rule of that id, to be changed in place.
func rule(t *testing.T, r *Regime, id string) *Rule {
	t.Helper()
	for i := range r.Rules {
		if r.Rules[i].ID == id {
			return &r.Rules[i]
		}
	}
	t.Fatalf("the sample has no rule %s", id)
	return nil
}

func TestCheckFindsEachIssue(t *testing.T) {
	t.Parallel()
	cases := []struct {
		code, where string
		breakIt     func(t *testing.T, r *Regime)
	}{
		{"id", "id", func(t *testing.T, r *Regime) { r.ID = "云州" }},
		{"name", "name", func(t *testing.T, r *Regime) { r.City = "" }},
		{"document", "document", func(t *testing.T, r *Regime) { r.Document.Number = "" }},
		{"in_force", "in_force_from", func(t *testing.T, r *Regime) { r.InForceFrom = period.Date{} }},
		{"level", "obliged_levels", func(t *testing.T, r *Regime) { r.ObligedLevels = []record.Level{"village"} }},
		{"level", "obliged_levels", func(t *testing.T, r *Regime) { r.ObligedLevels = nil }},
		{"line", "red_line", func(t *testing.T, r *Regime) { r.RedLine = 850 }},
		{"submission_days", "submission_days", func(t *testing.T, r *Regime) { r.SubmissionDays = -1 }},
		{"clause_twice", "YZ-01", func(t *testing.T, r *Regime) { r.Clauses = append(r.Clauses, r.Clauses[0]) }},
		{"clause_force", "YZ-02", func(t *testing.T, r *Regime) { r.Clauses[1].Force = "最好" }},
		{"clause_words", "YZ-02", func(t *testing.T, r *Regime) { r.Clauses[1].Text = "议题应当于会议召开两个月前征集" }},
		{"clause_words", "YZ-02", func(t *testing.T, r *Regime) { r.Clauses[1].Text = "……" }},
		{"clause_words", "YZ-01", func(t *testing.T, r *Regime) {
			r.Clauses[0].Text = "由政府主要负责人或常务副职主持……联席会议每年必须在11月底前召开一次"
		}},
		{"rule_unknown", "mood", func(t *testing.T, r *Regime) { rule(t, r, RuleMinutes).ID = "mood" }},
		{"rule_twice", RuleAnnualMeeting, func(t *testing.T, r *Regime) { r.Rules = append(r.Rules, r.Rules[0]) }},
		{"severity", RuleAnnualMeeting, func(t *testing.T, r *Regime) { r.Rules[0].Severity = "orange" }},
		{"requires", RuleAnnualMeeting, func(t *testing.T, r *Regime) { r.Rules[0].Requires = "" }},
		{"rule_clause", RuleAnnualMeeting, func(t *testing.T, r *Regime) { r.Rules[0].Clause = Clause{ID: "YZ-99"} }},
		{"rule_words", RuleAnnualMeeting, func(t *testing.T, r *Regime) { r.Rules[0].Clause.Text = "每年召开两次" }},
		{"rank", RuleChair, func(t *testing.T, r *Regime) { rule(t, r, RuleChair).AcceptRanks = nil }},
		{"rank", RuleChair, func(t *testing.T, r *Regime) {
			rule(t, r, RuleChair).AcceptRanks = []record.ChairRank{record.RankUnknown}
		}},
		{"agenda", RuleAgenda, func(t *testing.T, r *Regime) {
			r.Rules = append(r.Rules, Rule{ID: RuleAgenda, Severity: Red, Requires: "四项", Clause: r.Clauses[0], Agenda: []string{"tea"}})
		}},
		{"agenda", RuleAgenda, func(t *testing.T, r *Regime) {
			r.Rules = append(r.Rules, Rule{ID: RuleAgenda, Severity: Red, Requires: "四项", Clause: r.Clauses[0]})
		}},
		{"months", RuleLeadTime, func(t *testing.T, r *Regime) { rule(t, r, RuleLeadTime).Months = 13 }},
		{"days", RuleMinutes, func(t *testing.T, r *Regime) { rule(t, r, RuleMinutes).Days = 0 }},
		{"quarter", RuleSubmission, func(t *testing.T, r *Regime) {
			r.Rules = append(r.Rules, Rule{ID: RuleSubmission, Severity: Red, Requires: "报送", Clause: r.Clauses[0], SubmissionQuarter: "second"})
			r.OwnAssessment = nil
		}},
		{"parameter", RuleAnnualMeeting, func(t *testing.T, r *Regime) { r.Rules[0].Months = 2 }},
		{"chair_unknown", RuleChairUnknown, func(t *testing.T, r *Regime) {
			c := rule(t, r, RuleChair)
			c.ID, c.AcceptRanks = RuleChairUnknown, nil
			r.Weights["chair_meets_rule"] = 0
		}},
		{"weight_unknown", "smiles", func(t *testing.T, r *Regime) { r.Weights["smiles"] = 5 }},
		{"weight_negative", "publicity", func(t *testing.T, r *Regime) { r.Weights["publicity"] = -1 }},
		{"weight_sum", "weight", func(t *testing.T, r *Regime) { r.Weights, r.OwnAssessment = map[string]int{"report_back": 0}, nil }},
		{"weight_rule", "agenda_complete", func(t *testing.T, r *Regime) { r.Weights["agenda_complete"] = 5 }},
		{"weight_rule", "report_back", func(t *testing.T, r *Regime) { r.Weights["report_back"] = 5 }},
		{"own_assessment", "report_back", func(t *testing.T, r *Regime) { r.OwnAssessment = append(r.OwnAssessment, "report_back") }},
		{"action", "letter", func(t *testing.T, r *Regime) { r.Actions[0].Text = "" }},
	}
	seen := map[string]bool{}
	for _, c := range cases {
		seen[c.code] = true
		r := sample(t)
		if issues := Check(r); len(issues) > 0 {
			t.Fatalf("the sample is not sound: %v", issues)
		}
		c.breakIt(t, r)
		issues := Check(r)
		if len(issues) != 1 || issues[0].Code != c.code || issues[0].Where != c.where || issues[0].Message == "" || issues[0].Hint == "" {
			t.Errorf("Check = %+v, want one %s at %s", issues, c.code, c.where)
		}
	}
	for _, code := range issueCodes {
		if !seen[code] {
			t.Errorf("issue %s has no failing case", code)
		}
	}
	for code := range seen {
		if !slices.Contains(issueCodes, code) {
			t.Errorf("issue %s is not in issueCodes", code)
		}
	}
}

func TestQuotesNeedTheTextBesideTheFile(t *testing.T) {
	t.Parallel()
	files := own(t)
	delete(files, "yunzhou-2025.txt")
	r, err := ReadFile(files, "yunzhou-2025.toml")
	if err != nil {
		t.Fatal(err)
	}
	issues := Check(r)
	if len(issues) != len(r.Clauses)+len(r.Rules) {
		t.Errorf("Check = %d issues, want one a clause and a rule, %d", len(issues), len(r.Clauses)+len(r.Rules))
	}
	if issues[0].Code != "clause_words" || issues[0].Hint != "请把文件全文存为与规则文件同名的 .txt，放在同一文件夹。" {
		t.Errorf("Check[0] = %+v, want the hint to put the text beside the file", issues[0])
	}
}

// Quotations are compared without white space and width, as documents come from web pages.
func TestQuotesIgnoreSpaceAndWidth(t *testing.T) {
	t.Parallel()
	files := own(t)
	files["yunzhou-2025.txt"] = &fstest.MapFile{Data: []byte("一、联席会议每年必须在 1 1 月底前\n召开一次,由政府主要负责人或常务副职主持。议题应当于会议召开三个月前征集。" +
		"会议纪要应当在会后１５日内印发。未按期召开的,由市总工会函告当地人民政府")}
	r, err := ReadFile(files, "yunzhou-2025.toml")
	if err != nil {
		t.Fatal(err)
	}
	if issues := Check(r); len(issues) > 0 {
		t.Errorf("Check = %v, want none", issues)
	}
}

func TestEveryNameIsChinese(t *testing.T) {
	t.Parallel()
	for _, n := range slices.Concat(RuleNames, AgendaItems) {
		if n.Chinese == "" || n.Chinese == n.ID {
			t.Errorf("%s has no Chinese name", n.ID)
		}
	}
	for _, i := range Indicators {
		if i.Chinese == "" || IndicatorName(i.ID) != i.Chinese || i.NeedsRule && i.Rule == "" || i.Rule != "" && !known(RuleNames, i.Rule) {
			t.Errorf("indicator %+v is not whole", i)
		}
	}
	if RuleName(RulePlan) != "实施方案" || RuleName("x") != "x" || AgendaName("deploy") != "部署落实" || IndicatorName("x") != "x" {
		t.Error("names are not looked up by id")
	}
	for _, s := range Severities {
		if s.Chinese() == "" {
			t.Errorf("severity %s has no Chinese word", s)
		}
	}
}

// README.md explains every key a file may have.
func TestReadmeNamesEveryKey(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var walk func(reflect.Type)
	walk = func(s reflect.Type) {
		for i := range s.NumField() {
			f := s.Field(i)
			if !strings.Contains(string(readme), "`"+f.Tag.Get("toml")+"`") {
				t.Errorf("README.md does not explain `%s`", f.Tag.Get("toml"))
			}
			inner := f.Type
			if inner.Kind() == reflect.Slice {
				inner = inner.Elem()
			}
			if inner.Kind() == reflect.Struct {
				walk(inner)
			}
		}
	}
	walk(reflect.TypeOf(file{}))
	for _, n := range RuleNames {
		if !strings.Contains(string(readme), "`"+n.ID+"`") {
			t.Errorf("README.md does not name the rule `%s`", n.ID)
		}
	}
}
