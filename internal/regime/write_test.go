package regime_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"liandu/internal/period"
	"liandu/internal/regime"
)

// everyRegime is the built-in five and the sample of an own one.
func everyRegime(t *testing.T) []*regime.Regime {
	t.Helper()
	all, err := regime.Load(os.DirFS("testdata/own"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestWrittenRegimeReadsBackTheSame(t *testing.T) {
	t.Parallel()
	for _, r := range everyRegime(t) {
		got, err := regime.Parse(r.ID+".toml", regime.Write(r), []byte(r.ClauseText()))
		if err != nil {
			t.Fatalf("%s: %v", r.ID, err)
		}
		got.BuiltIn = r.BuiltIn
		if diff := cmp.Diff(r, got, cmpopts.IgnoreUnexported(regime.Regime{}, period.Date{}), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s reads back otherwise (-was +is):\n%s", r.ID, diff)
		}
		if r.InForceFrom != got.InForceFrom || r.Document.IssuedOn != got.Document.IssuedOn {
			t.Errorf("%s: dates read back otherwise", r.ID)
		}
		if issues := regime.Check(got); len(issues) > 0 {
			t.Errorf("%s: %v", r.ID, issues)
		}
		if !bytes.Equal(regime.Write(r), regime.Write(got)) {
			t.Errorf("%s: written twice, two files", r.ID)
		}
	}
}

func TestWithChangesOneThing(t *testing.T) {
	t.Parallel()
	for _, r := range everyRegime(t) {
		before := regime.Write(r)
		got, err := r.With(func(n *regime.Regime) {
			n.RedLine, n.Document.Note = 655, "含\"引号\"、反斜杠\\与\n换行"
			for i := range n.Rules {
				n.Rules[i].Severity = regime.Info
			}
			n.Weights["annual_meeting_held"]++
		})
		if err != nil {
			t.Fatal(err)
		}
		if got.RedLine != 655 || got.Rules[0].Severity != regime.Info || got.Weights["annual_meeting_held"] != r.Weights["annual_meeting_held"]+1 {
			t.Errorf("%s: the change is not in it", r.ID)
		}
		if got.Document.Note != "含\"引号\"、反斜杠\\与\n换行" {
			t.Errorf("%s: note = %q", r.ID, got.Document.Note)
		}
		if !bytes.Equal(before, regime.Write(r)) {
			t.Errorf("%s itself was changed", r.ID)
		}
	}
}

func TestSuspendLeavesOutRuleAndWeight(t *testing.T) {
	t.Parallel()
	r := everyRegime(t)[indexOf(t, "qinhuangdao-2024")]
	s := r.Suspend([]regime.Suspension{
		{Rule: regime.RuleChair, From: period.MustDate("2025-01-01"), Until: period.MustDate("2025-06-30"), Reason: "换届期间。", Document: "云工发〔2025〕3号"},
		{Rule: regime.RulePublicity, From: period.MustDate("2025-01-01"), Until: period.MustDate("2025-06-30"), Reason: "没有这条规则"},
	})
	if s.HasRule(regime.RuleChair) || s.HasRule(regime.RuleChairUnknown) || s.Weights["chair_meets_rule"] != 0 || s.Judges("chair_meets_rule") {
		t.Error("主持规格 is still judged")
	}
	if !r.HasRule(regime.RuleChair) || r.Weights["chair_meets_rule"] != 20 {
		t.Error("the regime itself was changed")
	}
	want := []string{"主持规格暂停执行（换届期间，至2025年6月30日）"}
	if diff := cmp.Diff(want, s.SuspensionNotes()); diff != "" {
		t.Error(diff)
	}
	back, err := regime.Parse("kept.toml", s.Source(), []byte(r.ClauseText()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s.SuspensionNotes(), back.SuspensionNotes()); diff != "" || back.HasRule(regime.RuleChair) || back.Weights["chair_meets_rule"] != 0 {
		t.Errorf("the source of a suspended regime does not read back as what judged: %s", diff)
	}
}

func indexOf(t *testing.T, id string) int {
	t.Helper()
	for i, r := range everyRegime(t) {
		if r.ID == id {
			return i
		}
	}
	t.Fatalf("no regime %s", id)
	return 0
}

func TestClauseCitedFromAnotherDocument(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/own/yunzhou-2025.toml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("testdata/own/yunzhou-2025.txt")
	if err != nil {
		t.Fatal(err)
	}
	qhd := everyRegime(t)[indexOf(t, "qinhuangdao-2024")]
	rule, _ := qhd.Rule(regime.RuleSubstitute)
	cited := string(data) + "\n[[rule]]\nid = \"substitute\"\nseverity = \"red\"\nrequires = \"不以其他会议代替\"\nclause = \"Q-04\"\n" +
		"\n[[clause]]\nid = \"Q-04\"\nforce = \"不能\"\nfrom = \"qinhuangdao-2024\"\ntext = \"" + rule.Clause.Text + "\"\n"
	r, err := regime.Parse("own.toml", []byte(cited), text)
	if err != nil {
		t.Fatal(err)
	}
	if issues := regime.Check(r); len(issues) > 0 {
		t.Errorf("words of a built-in document are not found: %v", issues)
	}
	got, _ := r.Rule(regime.RuleSubstitute)
	if got.Clause.Document != qhd.Document.Cite() {
		t.Errorf("the cited clause's document is %q, want %q", got.Clause.Document, qhd.Document.Cite())
	}
	if r, err = regime.Parse("own.toml", []byte(strings.Replace(cited, rule.Clause.Text, "不得以座谈会代替", 1)), text); err != nil {
		t.Fatal(err)
	}
	if issues := regime.Check(r); len(issues) == 0 || issues[0].Code != "clause_words" {
		t.Errorf("words that do not stand in the cited document are let through: %v", issues)
	}
	if _, err := regime.Parse("own.toml", []byte(strings.Replace(cited, `from = "qinhuangdao-2024"`, `from = "mars-1"`, 1)), text); err == nil {
		t.Error("a clause from nowhere is let through")
	}
}
