package view

import (
	"fmt"
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// Ranking is one row a unit: place, score, eight quarters of lights and this quarter's reasons.
type Ranking struct {
	Note  string
	Years []YearHead
	Heads []QuarterHead
	Rows  []RankRow
	Foot  []string
	Red   string // the lines as SVG lengths
	Gold  string
}

// YearHead spans the quarters of one year.
type YearHead struct {
	Year string
	Span int
}

// QuarterHead is one quarter's head.
type QuarterHead struct {
	Label, Title   string
	Now, YearFirst bool
}

// RankRow is one unit's row. Place and Score are Nil where there is none.
type RankRow struct {
	Place, Name, Code, Href string
	Score, ScoreHref, Width string
	Move                    string
	Still                   bool // unmoved, or nothing to compare
	Cells                   []LightCell
	Reasons, Others, Title  string
	Red, Gold               string // the lines of the bar, repeated for the template
	NoScore                 bool
}

// LightCell is one quarter's light of one unit.
type LightCell struct {
	Light          Light
	Word, Label    string
	Href           string
	Now, YearFirst bool
}

func newRanking(in OverviewInput) Ranking {
	r := in.Now.AsOf.Regime
	g := Ranking{}
	if r != nil {
		g.Note = fmt.Sprintf("得分满分 100；刻度为红线 %s、黄线 %s", whole(r.RedLine), whole(r.YellowLine))
		g.Red, g.Gold = tenths(r.RedLine)+"%", tenths(r.YellowLine)+"%"
	}
	g.Years, g.Heads = quarterHeads(in.History)
	matrix := matrixOf(in.Lights)
	for _, u := range in.Now.Units {
		row := RankRow{
			Place: Nil, Name: u.Unit.Name, Code: string(u.Unit.Code), Href: in.Address.Unit(string(u.Unit.Code)),
			Score: score(u.Score), ScoreHref: in.Address.Unit(string(u.Unit.Code)) + "#score",
			Width: "0%", NoScore: u.Score == nil, Red: g.Red, Gold: g.Gold,
		}
		if u.Rank != nil {
			row.Place = itoa(*u.Rank)
		}
		if u.Score != nil {
			row.Width = tenths(*u.Score) + "%"
		}
		row.Move, row.Still = movement(in.History, u)
		row.Cells = lightCells(in, u.Unit, g.Heads, matrix[u.Unit.Code])
		row.Reasons, row.Others, row.Title = reasons(in.Findings, u.Unit.Code)
		row.addScoreReason(u, r)
		g.Rows = append(g.Rows, row)
	}
	g.Foot = rankFoot(in)
	return g
}

// addScoreReason says that a light comes from the score where no finding is as grave.
func (row *RankRow) addScoreReason(u queries.UnitResult, r *regime.Regime) {
	why := ""
	switch {
	case r == nil:
	case u.Light == queries.LightRed && u.Red == 0:
		why = "得分低于红线 " + whole(r.RedLine)
	case u.Light == queries.LightYellow && u.Red+u.Yellow == 0:
		why = "得分低于黄线 " + whole(r.YellowLine)
	}
	if why == "" {
		return
	}
	if row.Reasons != "" {
		why += "、" + row.Reasons
	}
	row.Reasons = why
	if row.Title != "" {
		row.Title = "；" + row.Title
	}
	row.Title = why + row.Title
}

// whole writes 700 as 70 and 725 as 72.5.
func whole(t int) string { return strings.TrimSuffix(tenths(t), ".0") }

func quarterHeads(history []*queries.Metrics) ([]YearHead, []QuarterHead) {
	var years []YearHead
	var heads []QuarterHead
	for i, m := range history {
		q := m.AsOf.Quarter
		first := i == 0 || history[i-1].AsOf.Quarter.Year != q.Year
		if first {
			years = append(years, YearHead{Year: fmt.Sprintf("%d年", q.Year)})
		}
		years[len(years)-1].Span++
		heads = append(heads, QuarterHead{fmt.Sprintf("Q%d", q.N), q.Chinese(), i == len(history)-1, first})
	}
	return years, heads
}

// movement compares the unit's place with the quarter before.
func movement(history []*queries.Metrics, u queries.UnitResult) (string, bool) {
	if len(history) < 2 || u.Rank == nil {
		return Nil, true
	}
	before := history[len(history)-2].Unit(u.Unit.Code)
	switch {
	case before == nil || before.Rank == nil:
		return Nil, true
	case *before.Rank > *u.Rank:
		return fmt.Sprintf("↑ %d", *before.Rank-*u.Rank), false
	case *before.Rank < *u.Rank:
		return fmt.Sprintf("↓ %d", *u.Rank-*before.Rank), false
	}
	return "持平", true
}

// matrixOf returns the matrix by unit and quarter; it says who had sent nothing, and which code a renamed unit went by.
func matrixOf(l *queries.Lights) map[record.UnitCode]map[period.Quarter]queries.LightCell {
	out := map[record.UnitCode]map[period.Quarter]queries.LightCell{}
	if l == nil {
		return out
	}
	for _, row := range l.Rows {
		out[row.Unit.Code] = map[period.Quarter]queries.LightCell{}
		for _, c := range row.Cells {
			out[row.Unit.Code][c.Quarter] = c
		}
	}
	return out
}

func lightCells(in OverviewInput, unit record.Unit, heads []QuarterHead, matrix map[period.Quarter]queries.LightCell) []LightCell {
	cells := make([]LightCell, 0, len(in.History))
	for i, m := range in.History {
		q := m.AsOf.Quarter
		l, code := NewLight(queries.LightNone), unit.Code
		switch u := m.Unit(unit.Code); {
		case u != nil:
			l = NewLight(u.Light)
		case matrix[q].Unit != "": // it went by another code then
			l, code = NewLight(matrix[q].Light), matrix[q].Unit
		}
		c := LightCell{Light: l, Word: l.Mark, Now: heads[i].Now, YearFirst: heads[i].YearFirst}
		said := l.Mark
		if l.Mark == Nil {
			said = "未到评价时点"
		}
		if matrix[q].NotSent {
			said += "，未报送"
			if l.Mark == Nil {
				c.Light.Class, c.Word = "light-none light-unsent", "未"
				if c.Now {
					c.Word = "未报"
				}
			}
		}
		if c.Now && l.Mark != Nil {
			c.Word = l.Word
		}
		c.Label = fmt.Sprintf("%s %s %s", unit.Name, q, said)
		year := ""
		if !c.Now {
			year = itoa(q.Year)
		} else {
			year = in.Address.Year
		}
		c.Href = in.Address.Href("/unit/"+string(code), "period", q.String(), "year", year)
		cells = append(cells, c)
	}
	return cells
}

// reasons words a unit's findings: the red ones, else the yellow ones; the rest is counted.
func reasons(findings []queries.Finding, code record.UnitCode) (shown, others, title string) {
	short := map[string][]string{}
	for _, f := range findings {
		if f.Unit.Code == code && !saidBetter(findings, f) {
			short[f.Severity] = append(short[f.Severity], f.Short)
		}
	}
	red, yellow, info := short["red"], short["yellow"], short["info"]
	var all []string
	for _, s := range [][]string{red, yellow, info} {
		if len(s) > 0 {
			all = append(all, strings.Join(s, "、"))
		}
	}
	title = strings.Join(all, "；")
	switch {
	case len(red) > 0:
		shown = strings.Join(red, "、")
		if len(yellow) > 0 {
			others = fmt.Sprintf("另黄 %d", len(yellow))
		}
	case len(yellow) > 0:
		shown = strings.Join(yellow, "、")
	case len(info) > 0:
		shown = "提示 " + itoa(len(info))
	}
	return shown, others, title
}

func rankFoot(in OverviewInput) []string {
	n := map[queries.Light]int{}
	pending, waiting := 0, 0
	for _, u := range in.Now.Units {
		n[u.Light]++
		if u.Light == queries.LightNone && u.Status == queries.Pending {
			waiting++
		}
		if u.Status == queries.Pending {
			pending++
		}
	}
	lights := fmt.Sprintf("本季 红灯 %d　黄灯 %d　绿灯 %d", n[queries.LightRed], n[queries.LightYellow], n[queries.LightGreen])
	if waiting > 0 {
		lights += fmt.Sprintf("　暂不评价 %d", waiting)
	}
	if never := n[queries.LightNone] - waiting; never > 0 {
		lights += fmt.Sprintf("　不评价 %d", never)
	}
	out := []string{lights, "同分并列；「—」为未到评价时点"}
	if n := len(in.History); n > 1 && in.History[n-2].AsOf.Regime != in.Now.AsOf.Regime {
		out = append(out, "上季度按当时施行的规则评价")
	}
	if pending > 0 {
		out = append(out, fmt.Sprintf("未到期限的 %d 个不排位次", pending))
	}
	if z := len(newZones(in)); z > 0 {
		out = append(out, fmt.Sprintf("开发区 %d 个不参加评价", z))
	}
	return out
}
