package export

import (
	"fmt"

	"liandu/internal/xlsx"
)

// Colours of the charts: the same meanings as on the screen, and told apart in grey.
const (
	colourMain    = "1F5A9C" // completed; the figure in question
	colourAdverse = "C4501B" // overdue
	colourDoing   = "5F93CB"
	colourIdle    = "C3CBD4"
)

// A chart of fewer bars says less than the table; of more it cannot be read.
const (
	fewestBars = 4
	mostBars   = 40
)

// chartColumns is the width of the sheet: a name, the months, next year, and the sum.
const chartColumns = 15

// charts is 图表: meetings by month in a table of their own, then native charts over the other sheets' numbers.
func (p *paper) charts(ranking, resolutions xlsx.Table) xlsx.Table {
	t := p.base(sheetChart, fmt.Sprintf("%s%s政府与工会联席会议图表", p.City, p.asOf.Quarter.Chinese()), "个")
	t.Freeze = 0
	t.Columns = append(t.Columns, xlsx.Column{Head: []string{"项目"}, Width: 16, Align: xlsx.Center})
	for month := 1; month <= 12; month++ {
		t.Columns = append(t.Columns, xlsx.Column{Head: []string{fmt.Sprintf("%d月", month)}, Width: 7.5, Align: xlsx.Center})
	}
	t.Columns = append(t.Columns, xlsx.Column{Head: []string{"次年"}, Width: 7.5, Align: xlsx.Center}, xlsx.Column{Head: []string{"合计"}, Width: 7.5, Align: xlsx.Center})
	cells := []xlsx.Cell{xlsx.Text("召开单位数")}
	total := int64(0)
	for _, n := range p.heldByMonth() {
		total += n
		cells = append(cells, xlsx.Int(n))
	}
	t.Rows = []xlsx.Row{xlsx.BodyRow(append(cells, xlsx.Int(total))...)}
	t.Notes = []string{fmt.Sprintf("注：上表为%d年度联席会议按召开月份统计的%s数；下列各图的数字见“%s”“%s”和上表。", p.asOf.Year, p.word, sheetRanking, sheetResolution)}

	bars := 0
	if len(p.units) <= mostBars {
		bars = max(15, (len(p.units)*5+3)/4+4)
		t.Charts = append(t.Charts, p.rankingChart(ranking, bars)...)
		t.Charts = append(t.Charts, p.stateChart(resolutions, bars)...)
	}
	if total > 0 {
		t.Charts = append(t.Charts, xlsx.Chart{
			Kind: xlsx.Columns, Title: fmt.Sprintf("%d年度联席会议召开月份（个）", p.asOf.Year), Format: "0;;",
			Alt: fmt.Sprintf("%d年度联席会议各月召开单位数，共%d个。", p.asOf.Year, total),
			Col: 0, Cols: chartColumns, Row: bars, Rows: 11,
			Series: []xlsx.Series{{
				Name: xlsx.CellAt(sheetChart, 0, t.RowNumber(0)), Categories: xlsx.Across(sheetChart, t.HeadRow(), 1, 13),
				Values: xlsx.Across(sheetChart, t.RowNumber(0), 1, 13), Color: colourMain,
			}},
		})
	}
	return t
}

// heldByMonth counts units by the month of their counted meeting; the last entry is after the session year.
func (p *paper) heldByMonth() [13]int64 {
	var out [13]int64
	for _, u := range p.units {
		switch {
		case u.IsRollup || !u.Status.Held() || u.HeldOn.IsZero():
		case u.HeldOn.Year() > p.asOf.Year:
			out[12]++
		default:
			out[u.HeldOn.Month()-1]++
		}
	}
	return out
}

func (p *paper) rankingChart(source xlsx.Table, rows int) []xlsx.Chart {
	ranked := 0
	for _, u := range p.Metrics.Units {
		if u.Rank != nil {
			ranked++
		}
	}
	if ranked < fewestBars {
		return nil
	}
	first, last, score := source.RowNumber(0), source.RowNumber(ranked-1), rankingScore(len(p.weighted()))
	return []xlsx.Chart{{
		Kind: xlsx.Bar, Title: "得分排名（分）", Alt: fmt.Sprintf("%d个单位的得分，按位次排列。", ranked), Format: "0.0", Max: 110,
		Col: 0, Cols: 7, Rows: rows,
		Series: []xlsx.Series{{
			Name: xlsx.CellAt(sheetRanking, score, source.HeadRow()), Categories: xlsx.Down(sheetRanking, rankingName, first, last),
			Values: xlsx.Down(sheetRanking, score, first, last), Color: colourMain,
		}},
	}}
}

func (p *paper) stateChart(source xlsx.Table, rows int) []xlsx.Chart {
	if len(p.units) < fewestBars || p.Metrics.Total["resolution_completion"].Den == 0 {
		return nil
	}
	_, at := p.resolutionColumns()
	first, last := source.RowNumber(0), source.RowNumber(len(p.units)-1)
	series := func(col, headRow int, color string) xlsx.Series {
		return xlsx.Series{
			Name: xlsx.CellAt(sheetResolution, col, headRow), Categories: xlsx.Down(sheetResolution, 1, first, last),
			Values: xlsx.Down(sheetResolution, col, first, last), Color: color,
		}
	}
	head := source.HeadRow()
	return []xlsx.Chart{{
		Kind: xlsx.StackedBar, Title: "议定事项状态（项）", Alt: "各单位应办事项的已办结、推进中、未启动、逾期项数。", Format: "0;;",
		Col: 7, Cols: 8, Rows: rows,
		Series: []xlsx.Series{
			series(at.completed, head, colourMain), series(at.inProgress, head, colourDoing),
			series(at.notStarted, head, colourIdle), series(at.overdue, head, colourAdverse),
		},
	}}
}
