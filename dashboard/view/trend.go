package view

import (
	"fmt"
	"slices"
	"strings"

	"liandu/queries"
)

// Trend is the headline figures over quarters, with the table of the same numbers.
type Trend struct {
	Figure LineChart
	Names  []string
	Rows   []TrendRow
	Few    bool // under four quarters: the table says it better than a chart
}

// TrendRow is one quarter of the table.
type TrendRow struct {
	Quarter string
	Rates   []Rate
}

var trendLines = []struct{ id, name, mark, colour string }{
	{"annual_meeting_held", "会议召开率", "circle", colourMain},
	{"resolution_completion", "事项办结率", "rect", colourThird},
	{"resolution_overdue", "逾期率", "diamond", colourAdverse},
}

// newTrend draws the totals of each quarter. Rates are of the year and restart with it, so the lines break there.
func newTrend(a Address, history []*queries.Metrics) Trend {
	t := Trend{Figure: LineChart{
		ID: "o-trend", Label: "会议召开率、事项办结率、逾期率逐季走势", Min: 0, Max: 100, Step: 25, Percent: true,
	}}
	for _, l := range trendLines {
		t.Names = append(t.Names, l.name)
		t.Figure.Lines = append(t.Figure.Lines, Line{Name: l.name, Mark: l.mark, Colour: l.colour, End: l.name + " " + Nil})
	}
	t.Few = len(history) < 4
	axis := newAxis(history)
	t.Figure.Axis = axis.labels
	for slot, m := range axis.slots {
		if m == nil {
			t.Figure.Tips, t.Figure.Hrefs = append(t.Figure.Tips, ""), append(t.Figure.Hrefs, "")
			for i := range t.Figure.Lines {
				t.Figure.Lines[i].Values = append(t.Figure.Lines[i].Values, nil)
			}
			continue
		}
		q := m.AsOf.Quarter
		at := a
		at.Period, at.Year = q.String(), itoa(m.AsOf.Year)
		row := TrendRow{Quarter: q.String()}
		tip := []string{fmt.Sprintf("%d年 Q%d", q.Year, q.N)}
		for i, l := range trendLines {
			p := m.Total[l.id]
			rate := NewRate(p, "", at.Explain(l.id, ""))
			row.Rates = append(row.Rates, rate)
			tip = append(tip, fmt.Sprintf("%s　%s　%s", l.name, rate.Percent(), rate.ND))
			var v *int
			if p.Den > 0 {
				n := permille(p.Num, p.Den)
				v = &n
			}
			t.Figure.Lines[i].Values = append(t.Figure.Lines[i].Values, v)
			if slot == len(axis.slots)-1 {
				t.Figure.Lines[i].End = l.name + " " + rate.Percent()
			}
		}
		t.Rows = append(t.Rows, row)
		t.Figure.Tips = append(t.Figure.Tips, strings.Join(tip, "\n"))
		t.Figure.Hrefs = append(t.Figure.Hrefs, at.Href("/"))
	}
	if !slices.ContainsFunc(t.Figure.Lines, func(l Line) bool { return slices.ContainsFunc(l.Values, func(v *int) bool { return v != nil }) }) {
		t.Few = true // nothing to draw
	}
	return t
}

// axis is the quarters with an empty slot at each new year.
type axis struct {
	labels []string
	slots  []*queries.Metrics
}

func newAxis(history []*queries.Metrics) axis {
	var a axis
	for i, m := range history {
		q := m.AsOf.Quarter
		label := fmt.Sprintf("Q%d", q.N)
		if i == 0 || history[i-1].AsOf.Quarter.Year != q.Year {
			if i > 0 {
				a.labels, a.slots = append(a.labels, " "), append(a.slots, nil)
			}
			label += fmt.Sprintf("\n%d年", q.Year)
		}
		a.labels, a.slots = append(a.labels, label), append(a.slots, m)
	}
	return a
}
