package view

import (
	"fmt"
	"slices"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// ledeRules are the red findings the answer in one line names, in the order of a 通报, each with its predicate.
var ledeRules = []struct{ rule, words string }{
	{regime.RuleAnnualMeeting, "未召开年度会议"},
	{regime.RuleSubstitute, "以其他会议代替"},
	{regime.RuleLateMeeting, "延迟召开"},
	{regime.RuleChair, "主持规格不够"},
	{regime.RuleChairUnknown, "未载明主持人"},
	{regime.RuleReportBack, "未回报落实情况"},
	{regime.RuleSubmission, "未按时报送"},
	{regime.RuleEstablishment, "制度未建全"},
}

// ledeNames is how many units a predicate names before it counts the rest.
const ledeNames = 3

// lede says in the words of a 通报 who needs attention and why.
func lede(in OverviewInput) []Phrase {
	var out []Phrase
	clause := func(ps ...Phrase) {
		if len(out) > 0 {
			out = append(out, Phrase{Text: "；"})
		}
		out = append(out, ps...)
	}
	if s := notJudged(in); s != "" {
		return []Phrase{{Text: s}}
	}
	if nothingSent(in) {
		return []Phrase{{Text: "截至" + in.Now.AsOf.Quarter.Last().Chinese() + "还没有单位报送。"}}
	}
	for _, r := range ledeRules {
		var units []record.Unit
		for _, f := range in.Findings {
			if f.Rule == r.rule && f.Severity == "red" && !saidBetter(in.Findings, f) && !slices.ContainsFunc(units, func(u record.Unit) bool { return u.Code == f.Unit.Code }) {
				units = append(units, f.Unit)
			}
		}
		if len(units) > 0 {
			clause(named(in.Address, units, r.rule, r.words)...)
		}
	}
	if n, longest := overdue(in.Items); n > 0 {
		clause(
			Phrase{fmt.Sprintf("逾期 %d 项", n), in.Address.Href("/resolutions", "state", "overdue")},
			Phrase{Text: fmt.Sprintf("，最长 %d 天（", longest)},
		)
		out = append(out, named(in.Address, holders(in.Items, longest), regime.RuleOverdue, "）")...)
	}
	if units := byScoreAlone(in); len(units) > 0 {
		clause(named(in.Address, units, "", "得分低于红线")...)
	}
	if len(out) == 0 {
		out = []Phrase{{Text: "没有红灯事项。" + newOverdueList(in).Next}}
	} else {
		out = append(append([]Phrase{{Text: "需要过问："}}, out...), Phrase{Text: "。"})
	}
	if a := in.Now.AsOf; !a.KnownAt.IsZero() && !period.DateOf(a.KnownAt.In(period.Shanghai)).After(a.Quarter.Last()) {
		out = append([]Phrase{{Text: a.Quarter.Chinese() + "尚未结束，按季末口径。"}}, out...)
	}
	return out
}

// notJudged says of a level without a duty, its own or of units below, that nothing is judged; "" of any other.
func notJudged(in OverviewInput) string {
	r := in.Now.AsOf.Regime
	if r == nil || r.Obliges(in.Now.AsOf.Level) || in.Now.Total["annual_meeting_held"].Den > 0 {
		return ""
	}
	return "本制度未规定" + in.Now.AsOf.Level.Chinese() + "的义务，不评价，只列事实。"
}

// saidBetter reports that a unit's 「未召开」 is told by its 「以其他会议代替」.
func saidBetter(all []queries.Finding, f queries.Finding) bool {
	return f.Rule == regime.RuleAnnualMeeting && slices.ContainsFunc(all, func(g queries.Finding) bool {
		return g.Unit.Code == f.Unit.Code && g.Rule == regime.RuleSubstitute && g.Severity == "red"
	})
}

// named returns 「甲县、乙区未召开」, or beyond ledeNames 「甲县、乙区、丙县等 5 个单位未召开」.
func named(a Address, units []record.Unit, rule, words string) []Phrase {
	var out []Phrase
	for i, u := range units {
		if i == ledeNames {
			out = append(out, Phrase{fmt.Sprintf("等 %d 个单位", len(units)), a.Href("/findings", "rule", rule)})
			break
		}
		if i > 0 {
			out = append(out, Phrase{Text: "、"})
		}
		out = append(out, Phrase{u.Name, a.Unit(string(u.Code))})
	}
	return append(out, Phrase{Text: words})
}

// holders are the units of the items overdue by so many days, by code.
func holders(rows []queries.ResolutionRow, days int) []record.Unit {
	var out []record.Unit
	for _, r := range rows {
		if r.InPopulation && r.State == queries.StateOverdue && r.OverdueDays == days &&
			!slices.ContainsFunc(out, func(u record.Unit) bool { return u.Code == r.Unit }) {
			out = append(out, record.Unit{Code: r.Unit, Name: r.UnitName})
		}
	}
	slices.SortFunc(out, func(a, b record.Unit) int { return compare(a.Code, b.Code) })
	return out
}

// byScoreAlone are the units that are red for their score, without a red finding.
func byScoreAlone(in OverviewInput) []record.Unit {
	var out []record.Unit
	for _, u := range in.Now.Units {
		if u.Light == queries.LightRed && u.Red == 0 {
			out = append(out, u.Unit)
		}
	}
	return out
}

// overdue counts the overdue items of the population and the longest delay in days.
func overdue(rows []queries.ResolutionRow) (n, longest int) {
	for _, r := range rows {
		if r.InPopulation && r.State == queries.StateOverdue {
			n++
			longest = max(longest, r.OverdueDays)
		}
	}
	return n, longest
}
