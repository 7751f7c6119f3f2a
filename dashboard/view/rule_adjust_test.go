package view_test

import (
	"net/url"
	"strings"
	"testing"

	"liandu/dashboard/view"
	"liandu/internal/period"
	"liandu/internal/regime"
)

func adjustInput(t *testing.T, typed url.Values) view.AdjustInput {
	t.Helper()
	all, err := regime.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	base, err := regime.Find(all, "qinhuangdao-2024")
	if err != nil {
		t.Fatal(err)
	}
	q := period.MustQuarter("2025Q1")
	return view.AdjustInput{Base: base, From: q, Choices: []period.Quarter{q}, Typed: typed}
}

func TestAdjustReadsWhatWasTyped(t *testing.T) {
	t.Parallel()
	in := adjustInput(t, url.Values{
		"red_line": {"72.5"}, "yellow_line": {" 95 "}, "deadline": {"11-30"}, "submission_days": {"15"},
		"weight.annual_meeting_held": {"20"}, "weight.publicity": {"10"}, "weight.submission_on_time": {"0"}, "weight.establishment": {"5"},
		"rule.chair": {"yellow"}, "accept_ranks": {"principal", "deputy"}, "requires.chair": {"由政府负责同志主持。"},
		"rule.plan": {""}, "weight.implementation_plan": {"0"},
		"rule.publicity": {"info"}, "clause.publicity": {"QHD-03"}, "requires.publicity": {"会后宣传"},
	})
	got, wrong := in.Read()
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	if issues := regime.Check(got); len(issues) > 0 {
		t.Fatal(issues)
	}
	chair, _ := got.Rule(regime.RuleChair)
	if got.RedLine != 725 || got.YellowLine != 950 || got.DeadlineMonth != 11 || got.SubmissionDays != 15 ||
		chair.Severity != regime.Yellow || len(chair.AcceptRanks) != 2 || chair.Requires != "由政府负责同志主持" {
		t.Errorf("read %+v", got)
	}
	added, ok := got.Rule(regime.RulePublicity)
	if !ok || added.Clause.ID != "QHD-03" || got.HasRule(regime.RulePlan) {
		t.Error("a rule was not added, or one not taken out")
	}
	if strings.Join(got.OwnAssessment, " ") != "minutes_issued establishment" {
		t.Errorf("scored under the city's own rules: %v", got.OwnAssessment)
	}
	if view.WeightRefusal(got) != "" {
		t.Errorf("weights of %d", view.WeightSum(got))
	}
	if same, wrong := adjustInput(t, url.Values{}).Read(); len(wrong) > 0 || string(regime.Write(same)) != string(regime.Write(in.Base)) {
		t.Errorf("nothing typed changes something: %v", wrong)
	}
	p := view.NewAdjust(in, got)
	if p.WeightSum != "100" || len(p.Changes) == 0 || len(p.Rules) != len(in.Base.Rules) || len(p.Rules)+len(p.Absent) != len(regime.RuleNames) {
		t.Errorf("form: sum %s, %d changes, %d rules, %d absent", p.WeightSum, len(p.Changes), len(p.Rules), len(p.Absent))
	}
}

func TestAdjustSaysWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	for key, c := range map[string]struct{ typed, want string }{
		"red_line":                   {"七十", "「红线」须是 0 至 100"},
		"yellow_line":                {"90.55", "「黄线」须是 0 至 100"},
		"deadline":                   {"13-01", "「年度会议期限」须写成"},
		"submission_days":            {"-3", "「报送期限」须是不小于零的整数"},
		"weight.annual_meeting_held": {"12.5", "「年度会议召开率」须是不小于零的整数"},
		"rule.publicity":             {"red", "增加规则「宣传报道」须选定它所依据的条文"},
	} {
		in := adjustInput(t, url.Values{key: {c.typed}})
		draft, wrong := in.Read()
		if len(wrong) != 1 || !strings.Contains(wrong[0], c.want) {
			t.Errorf("%s=%q: %q, want %q", key, c.typed, wrong, c.want)
		}
		p := view.NewAdjust(in, draft)
		kept := false
		for _, f := range append(p.Settings, p.Weights...) {
			kept = kept || f.Key == key && f.Value == c.typed
		}
		for _, r := range p.Absent {
			for _, s := range r.Severities {
				kept = kept || "rule."+r.ID == key && s.Selected && s.Value == c.typed
			}
		}
		if !kept {
			t.Errorf("%s: what was typed is lost", key)
		}
	}
	for words, want := range map[string]string{"每月报送宣传材料": "在文件原文中找不到", "": ""} {
		in := adjustInput(t, url.Values{"rule.publicity": {"info"}, "clause.publicity": {"QHD-03"}, "requires.publicity": {"会后宣传"}, "words.publicity": {words}})
		draft, _ := in.Read()
		got := ""
		for _, issue := range regime.Check(draft) {
			got += issue.Message
		}
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("words %q: %q, want %q", words, got, want)
		}
	}
}
