package main

import (
	"fmt"
	"io"
	"strings"

	"liandu/dashboard/view"
	"liandu/internal/regime"
	"liandu/queries"
)

// printComparison says in what two regimes differ, which units' lights, scores, ranks or findings change, and why.
func printComparison(w io.Writer, c *queries.Comparison) {
	a, b := c.A.AsOf.Regime, c.B.AsOf.Regime
	header(w, c.A.AsOf)
	for _, note := range b.SuspensionNotes() { // the first one's are in the header
		fmt.Fprintf(w, "%s：%s\n", b.Name, note)
	}
	t := newTable("单位", "得分 "+a.Name, "得分 "+b.Name, "位次 "+a.Name, "位次 "+b.Name, "亮灯 "+a.Name, "亮灯 "+b.Name, "只在前者", "只在后者").figures(1, 2, 3, 4)
	changed := 0
	for _, u := range c.Units {
		if !u.Changed() {
			continue
		}
		changed++
		scoreA, rankA, lightA := judged(u.A)
		scoreB, rankB, lightB := judged(u.B)
		t.add(u.Unit.Name, scoreA, scoreB, rankA, rankB, lightA, lightB, ruleNames(u.OnlyA), ruleNames(u.OnlyB))
	}
	if changed == 0 {
		fmt.Fprintln(w, "两个制度下的结论相同。")
		return
	}
	t.print(w)
	fmt.Fprintf(w, "\n%d 个单位中 %d 个的结论有变化。\n", len(c.Units), changed)
	reasons := newTable("单位", "为什么变")
	for _, u := range c.Units {
		if why := u.Why(); len(why) > 0 {
			reasons.add(u.Unit.Name, strings.Join(why, "；"))
		}
	}
	fmt.Fprintln(w)
	reasons.print(w)
	diffs := newTable("不同之处", a.Name, b.Name)
	for _, d := range regime.Diff(a, b) {
		diffs.add(d.Name, d.A, d.B)
	}
	fmt.Fprintln(w)
	diffs.print(w)
}

// judged is a unit's score, rank and light, 「—」 and 「不评价」 where a regime does not list it.
func judged(u *queries.UnitResult) (score, rank, light string) {
	if u == nil {
		return "—", "—", "不评价"
	}
	return scoreText(u.Score), rankText(u.Rank), view.NewLight(u.Light).Word
}

func ruleNames(all []queries.Finding) string {
	var names []string
	for _, f := range all {
		names = append(names, f.RuleName+"（"+regime.Severity(f.Severity).Chinese()+"）")
	}
	return strings.Join(names, "、")
}

// comparison is `regime compare` as JSON: a and b are null where a regime does not list the unit.
type comparison struct {
	AsOf        string              `json:"as_of"`
	Year        int                 `json:"year"`
	Level       string              `json:"level"`
	A           string              `json:"a"`
	B           string              `json:"b"`
	Units       []comparedUnit      `json:"units"`
	Differences []regime.Difference `json:"differences"`
}

type comparedUnit struct {
	Code    string            `json:"code"`
	Name    string            `json:"name"`
	Changed bool              `json:"changed"`
	A       *judgement        `json:"a"`
	B       *judgement        `json:"b"`
	OnlyA   []comparedFinding `json:"only_a"`
	OnlyB   []comparedFinding `json:"only_b"`
	Why     []string          `json:"why"`
}

type judgement struct {
	Score  *float64 `json:"score"`
	Rank   *int     `json:"rank"`
	Light  string   `json:"light"`
	Red    int      `json:"red"`
	Yellow int      `json:"yellow"`
}

type comparedFinding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
}

func comparisonJSON(c *queries.Comparison) comparison {
	out := comparison{
		AsOf: c.A.AsOf.Quarter.String(), Year: c.A.AsOf.Year, Level: string(c.A.AsOf.Level),
		A: c.A.AsOf.Regime.ID, B: c.B.AsOf.Regime.ID,
		Units: []comparedUnit{}, Differences: append([]regime.Difference{}, regime.Diff(c.A.AsOf.Regime, c.B.AsOf.Regime)...),
	}
	for _, u := range c.Units {
		out.Units = append(out.Units, comparedUnit{
			Code: string(u.Unit.Code), Name: u.Unit.Name, Changed: u.Changed(), A: judgementOf(u.A), B: judgementOf(u.B),
			OnlyA: comparedFindings(u.OnlyA), OnlyB: comparedFindings(u.OnlyB), Why: append([]string{}, u.Why()...),
		})
	}
	return out
}

func judgementOf(u *queries.UnitResult) *judgement {
	if u == nil {
		return nil
	}
	j := &judgement{Rank: u.Rank, Light: string(u.Light), Red: u.Red, Yellow: u.Yellow}
	if u.Score != nil {
		score := float64(*u.Score) / 10
		j.Score = &score
	}
	return j
}

func comparedFindings(all []queries.Finding) []comparedFinding {
	out := []comparedFinding{}
	for _, f := range all {
		out = append(out, comparedFinding{f.Rule, f.Severity})
	}
	return out
}
