package view

import (
	"fmt"
	"slices"

	"liandu/queries"
)

// StateFigure is the states of the population by unit, with the table of the same numbers.
type StateFigure struct {
	Figure StackChart
	Size   string // class of the chart's height
	Note   string
	Rows   []StateRow
	Total  StateRow
}

// StateRow is one unit of the table.
type StateRow struct {
	Name, Href                              string
	Completed, InProgress, NotStarted, Late int64
	Population                              int64
	Rate                                    Rate
}

// stateRows is how many bars a panel holds before they can no longer be read.
const stateRows = 16

func newStateFigure(a Address, m *queries.Metrics) StateFigure {
	f := StateFigure{Size: "chart-240", Figure: StackChart{ID: "o-state", Label: "各单位应办事项的办理状态"}}
	units := byCode(m.Units)
	for _, u := range units {
		f.Rows = append(f.Rows, newStateRow(a, u.Unit.Name, string(u.Unit.Code), u.Resolutions, u.Indicators["resolution_completion"]))
	}
	f.Total = newStateRow(a, "合计", "", m.States, m.Total["resolution_completion"])
	drawn := slices.Clone(f.Rows)
	if len(drawn) > stateRows {
		slices.SortStableFunc(drawn, func(x, y StateRow) int { return int(y.Population - y.Completed - x.Population + x.Completed) })
		drawn = drawn[:stateRows]
		f.Note = fmt.Sprintf("未办结最多的 %d 个", stateRows)
	}
	if len(drawn) > 12 {
		f.Size = "chart-300"
	}
	parts := []Part{
		{Name: "已完成", Colour: colourMain, Ink: "#fff", Class: "bar-fill"},
		{Name: "推进中", Colour: colourDoing, Ink: "var(--ink)", Class: "bar-doing"},
		{Name: "未启动", Colour: colourIdle, Ink: "var(--ink)", Class: "bar-idle"},
		{Name: "逾期", Colour: colourAdverse, Ink: "#fff", Class: "bar-adverse"},
	}
	for _, r := range drawn {
		for i, n := range []int64{r.Completed, r.InProgress, r.NotStarted, r.Late} {
			parts[i].Values = append(parts[i].Values, int(n))
		}
		f.Figure.Rows = append(f.Figure.Rows, r.Name)
		f.Figure.Ends = append(f.Figure.Ends, r.Rate.ND)
		f.Figure.Hrefs = append(f.Figure.Hrefs, r.Href)
		f.Figure.Max = max(f.Figure.Max, int(r.Population))
		f.Figure.Tips = append(f.Figure.Tips, fmt.Sprintf("%s　应办 %d 项\n已完成 %d　推进中 %d　未启动 %d　逾期 %d\n办结率 %s　%s",
			r.Name, r.Population, r.Completed, r.InProgress, r.NotStarted, r.Late, r.Rate.Percent(), r.Rate.ND))
	}
	f.Figure.Max = max(f.Figure.Max, 1)
	f.Figure.Parts = parts
	return f
}

func newStateRow(a Address, name, code string, s queries.StateCounts, p queries.Pair) StateRow {
	return StateRow{
		Name: name, Href: a.Href("/resolutions", "unit", code, "population", "1"),
		Completed: s.Completed, InProgress: s.InProgress, NotStarted: s.NotStarted, Late: s.Overdue,
		Population: population(s), Rate: NewRate(p, "项", a.Explain("resolution_completion", code)),
	}
}
