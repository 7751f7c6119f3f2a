package view

import (
	"fmt"
	"slices"

	"liandu/internal/record"
	"liandu/queries"
)

// TrialQuarters is how many quarters a change of the rules is tried on.
const TrialQuarters = 8

// Trial is what a change of the rules would have done: by quarter, and by unit and quarter.
type Trial struct {
	Summary  string
	Nothing  bool
	Heads    []string
	Quarters []TrialQuarter
	Rows     []TrialRow
	Findings []TrialFindings
}

// TrialQuarter counts one quarter's lights, 「3 → 4」 where they change.
type TrialQuarter struct {
	Name                     string
	Red, Yellow, Green, None string
	Turned, Scored           string
	Gone, New                string
	Changed                  bool
}

// TrialRow is one unit over the quarters.
type TrialRow struct {
	Name, Href string
	Cells      []TrialCell
}

// TrialCell is one unit's judgement in one quarter. Text is all of it in one line; the parts are empty where they do
// not change.
type TrialCell struct {
	Text           string
	Score          string
	Place          string
	LightA, LightB Light
	Turned         bool
	Changed        bool
}

// TrialFindings are the findings of one quarter that would come and go.
type TrialFindings struct {
	Name      string
	Gone, New []string
}

// NewTrial builds the table of a trial. The units are those of any quarter, in the order of the registry's codes.
func NewTrial(t *queries.Trial, address Address) Trial {
	p := Trial{}
	var units []record.Unit
	turned, scored := map[record.UnitCode]bool{}, map[record.UnitCode]bool{}
	for _, c := range t.Quarters {
		p.Heads = append(p.Heads, c.A.AsOf.Quarter.String())
		p.Quarters = append(p.Quarters, trialQuarter(c))
		p.Findings = appendFindings(p.Findings, c)
		for _, u := range c.Units {
			if !slices.ContainsFunc(units, func(v record.Unit) bool { return v.Code == u.Unit.Code }) {
				units = append(units, u.Unit)
			}
			if trialLight(u.A) != trialLight(u.B) {
				turned[u.Unit.Code] = true
			}
			if u.Changed() {
				scored[u.Unit.Code] = true
			}
		}
	}
	slices.SortFunc(units, func(a, b record.Unit) int { return compareCodes(a.Code, b.Code) })
	for _, unit := range units {
		row := TrialRow{Name: unit.Name, Href: address.Unit(string(unit.Code))}
		for _, c := range t.Quarters {
			row.Cells = append(row.Cells, trialCell(c, unit.Code))
		}
		p.Rows = append(p.Rows, row)
	}
	p.Nothing = len(scored) == 0
	p.Summary = fmt.Sprintf("近 %d 个季度：%d 个单位中 %d 个的得分、位次或问题有变动，其中 %d 个的灯色改变过。", len(p.Quarters), len(units), len(scored), len(turned))
	if p.Nothing {
		p.Summary = fmt.Sprintf("近 %d 个季度的得分、位次、灯色和问题都不变。", len(p.Quarters))
	}
	return p
}

func trialQuarter(c *queries.Comparison) TrialQuarter {
	q := TrialQuarter{Name: c.A.AsOf.Quarter.String()}
	a, b := map[queries.Light]int{}, map[queries.Light]int{}
	turned, scored, gone, fresh := 0, 0, 0, 0
	for _, u := range c.Units {
		a[trialLight(u.A)]++
		b[trialLight(u.B)]++
		if trialLight(u.A) != trialLight(u.B) {
			turned++
		}
		if u.A == nil || u.B == nil || score(u.A.Score) != score(u.B.Score) {
			scored++
		}
		gone += len(u.OnlyA)
		fresh += len(u.OnlyB)
		q.Changed = q.Changed || u.Changed()
	}
	count := func(l queries.Light) string { return arrow(itoa(a[l]), itoa(b[l])) }
	q.Red, q.Yellow, q.Green, q.None = count(queries.LightRed), count(queries.LightYellow), count(queries.LightGreen), count(queries.LightNone)
	q.Turned, q.Scored, q.Gone, q.New = itoa(turned), itoa(scored), itoa(gone), itoa(fresh)
	return q
}

func trialCell(c *queries.Comparison, code record.UnitCode) TrialCell {
	i := slices.IndexFunc(c.Units, func(u queries.UnitChange) bool { return u.Unit.Code == code })
	if i < 0 {
		return TrialCell{Text: Nil}
	}
	u := c.Units[i]
	scoreA, placeA, scoreB, placeB := Nil, Nil, Nil, Nil
	if u.A != nil {
		scoreA, placeA = score(u.A.Score), place(u.A.Rank)
	}
	if u.B != nil {
		scoreB, placeB = score(u.B.Score), place(u.B.Rank)
	}
	cell := TrialCell{
		Changed: u.Changed(), LightA: NewLight(trialLight(u.A)), LightB: NewLight(trialLight(u.B)),
		Score: arrow(scoreA, scoreB),
	}
	cell.Turned = cell.LightA != cell.LightB
	if placeA != placeB {
		cell.Place = arrow(placeA, placeB)
	}
	cell.Text = cell.Score
	if cell.Place != "" {
		cell.Text += "（" + cell.Place + "）"
	}
	if cell.Turned {
		cell.Text += " " + cell.LightA.Mark + "→" + cell.LightB.Mark
	}
	return cell
}

func appendFindings(all []TrialFindings, c *queries.Comparison) []TrialFindings {
	f := TrialFindings{Name: c.A.AsOf.Quarter.String()}
	for _, u := range c.Units {
		for _, x := range u.OnlyA {
			f.Gone = append(f.Gone, u.Unit.Name+" "+severityLight(x.Severity).Mark+" "+x.Short)
		}
		for _, x := range u.OnlyB {
			f.New = append(f.New, u.Unit.Name+" "+severityLight(x.Severity).Mark+" "+x.Short)
		}
	}
	if len(f.Gone)+len(f.New) == 0 {
		return all
	}
	return append(all, f)
}

// trialLight is a unit's light, none where a side does not list it.
func trialLight(u *queries.UnitResult) queries.Light {
	if u == nil {
		return queries.LightNone
	}
	return u.Light
}

func arrow(a, b string) string {
	if a == b {
		return a
	}
	return a + " → " + b
}

func compareCodes(a, b record.UnitCode) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
