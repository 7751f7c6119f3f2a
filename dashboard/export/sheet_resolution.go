package export

import (
	"fmt"

	"liandu/internal/xlsx"
	"liandu/queries"
)

// resolutionColumn is one column of 议定事项落实情况表: what a unit and the total show in it.
type resolutionColumn struct {
	xlsx.Column
	unit  func(queries.UnitResult) xlsx.Cell
	total func() xlsx.Cell
}

// Columns that a chart draws, by their place in the sheet.
type resolutionPlaces struct{ completed, inProgress, notStarted, overdue int }

// resolutions is 议定事项落实情况表: one row a unit, in official order; rates of the foot are of the sums, never means.
func (p *paper) resolutions() xlsx.Table {
	t := p.base(sheetResolution, fmt.Sprintf("%s%s议定事项落实情况表", p.City, p.asOf.Quarter.Chinese()), "项、%")
	columns, _ := p.resolutionColumns()
	t.Columns = []xlsx.Column{xlsx.Head("序号").To(xlsx.Center), xlsx.Head(p.word)}
	foot := []xlsx.Cell{xlsx.Text("合计").At(xlsx.Center), counted("", int64(len(p.units)), "个")}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.Column)
		foot = append(foot, c.total())
	}
	rows := func(units []queries.UnitResult) {
		for i, u := range units {
			cells := []xlsx.Cell{xlsx.Int(int64(i + 1)), xlsx.Text(u.Unit.Name)}
			for _, c := range columns {
				if notJudged(u) {
					cells = append(cells, null()) // its items are listed, not counted: 0 would be untrue
					continue
				}
				cells = append(cells, c.unit(u))
			}
			t.Rows = append(t.Rows, xlsx.BodyRow(cells...))
		}
	}
	rows(p.units)
	t.Rows = append(t.Rows, xlsx.TotalRow(foot...))
	if len(p.zones) > 0 {
		t.Rows = append(t.Rows, xlsx.GroupRow(zoneGroup))
		rows(p.zones)
	}
	t.Notes = numbered(
		p.knownNote(),
		populationNote(p.asOf)+"应办事项＝已办结＋推进中＋未启动＋逾期，不含长期坚持和已撤销事项。",
		"办结率＝已办结÷应办事项；合计行的比率按合计数计算，不取各行平均。",
		"按期办结以首次完成时限判断，调整时限不改变按期与否；“应按期”为截至日到期和已办结、且有完成时限的事项。",
		"“销号”为报送已办结后经市总工会确认、且确认日期不晚于截至日的事项。",
		starNote+nullNote,
	)
	if p.Before != nil {
		t.Notes = append(t.Notes, fmt.Sprintf("　　7.“较上季度末”为办结率之差，按未舍入的比率计算；应办事项由上季度末的%d项变为%d项。",
			p.Before.Total["resolution_completion"].Den, p.Metrics.Total["resolution_completion"].Den))
	}
	return t
}

func populationNote(a queries.AsOf) string {
	if a.Cohort.Session != 0 {
		return fmt.Sprintf("应办事项为%d年度会议议定的事项，不论何时办结。", a.Cohort.Session)
	}
	return fmt.Sprintf("应办事项为截至日历次会议议定、且%d年1月1日前未办结的事项。", a.Year)
}

func (p *paper) resolutionColumns() ([]resolutionColumn, resolutionPlaces) {
	var out []resolutionColumn
	const first = 2 // after 序号 and the name
	add := func(unit func(queries.UnitResult) xlsx.Cell, total func() xlsx.Cell, head ...string) int {
		out = append(out, resolutionColumn{xlsx.Head(head...), unit, total})
		return first + len(out) - 1
	}
	state := func(get func(queries.StateCounts) int64, head ...string) int {
		return add(func(u queries.UnitResult) xlsx.Cell { return xlsx.Int(get(u.Resolutions)) },
			func() xlsx.Cell { return xlsx.Int(get(p.Metrics.States)) }, head...)
	}
	pair := func(id string, show func(queries.Pair) xlsx.Cell, head ...string) {
		add(func(u queries.UnitResult) xlsx.Cell { return show(u.Indicators[id]) },
			func() xlsx.Cell { return show(p.Metrics.Total[id]) }, head...)
	}

	if p.splits() {
		pair("resolution_completion", den, "应办事项", "合计")
		p.addSplit(add)
	} else {
		pair("resolution_completion", den, "应办事项")
	}
	var at resolutionPlaces
	at.completed = state(func(s queries.StateCounts) int64 { return s.Completed }, "已办结")
	pair("resolution_completion", rate, "办结率")
	if p.Before != nil {
		p.addChange(add)
	}
	at.inProgress = state(func(s queries.StateCounts) int64 { return s.InProgress }, "推进中")
	at.notStarted = state(func(s queries.StateCounts) int64 { return s.NotStarted }, "未启动")
	at.overdue = state(func(s queries.StateCounts) int64 { return s.Overdue }, "逾期", "项数")
	pair("resolution_overdue", rate, "逾期", "逾期率")
	pair("resolution_on_time", den, "按期办结", "应按期")
	pair("resolution_on_time", num, "按期办结", "已按期")
	pair("resolution_on_time", rate, "按期办结", "按期率")
	pair("resolution_closed", num, "销号", "项数")
	pair("resolution_closed", rate, "销号", "销号率")
	if judges(p.asOf, "implementation_plan") {
		pair("implementation_plan", num, "实施方案", "项数")
		pair("implementation_plan", rate, "实施方案", "制定率")
	}
	if judges(p.asOf, "accountability") {
		pair("accountability", num, "责任清单", "项数")
		pair("accountability", rate, "责任清单", "完备率")
	}
	state(func(s queries.StateCounts) int64 { return s.Ongoing }, "长期\n坚持")
	state(func(s queries.StateCounts) int64 { return s.Cancelled }, "已撤销")
	return out, at
}

// num and den show a pair's counts; without a denominator there was nothing to count.
func num(q queries.Pair) xlsx.Cell {
	if q.Den == 0 {
		return null()
	}
	return xlsx.Int(q.Num)
}

func den(q queries.Pair) xlsx.Cell { return xlsx.Int(q.Den) }

// splits reports whether the population can be split into this year's and older items: the rows of every unit are at
// hand and the population is the active one.
func (p *paper) splits() bool {
	if p.asOf.Cohort.Session != 0 || len(p.Resolutions) == 0 {
		return false
	}
	for _, u := range p.units {
		if u.IsRollup {
			return false
		}
	}
	return true
}

func (p *paper) addSplit(add func(func(queries.UnitResult) xlsx.Cell, func() xlsx.Cell, ...string) int) {
	split := func(u queries.UnitResult, older bool) int64 {
		n := int64(0)
		for _, r := range p.items[u.Unit.Code] {
			if r.InPopulation && (r.SessionYear < p.asOf.Year) == older {
				n++
			}
		}
		return n
	}
	for _, older := range []bool{false, true} {
		head := fmt.Sprintf("%d年度\n议定", p.asOf.Year)
		if older {
			head = "以前年度\n结转"
		}
		add(func(u queries.UnitResult) xlsx.Cell { return xlsx.Int(split(u, older)) },
			func() xlsx.Cell {
				sum := int64(0)
				for _, u := range p.units {
					sum += split(u, older)
				}
				return xlsx.Int(sum)
			}, "应办事项", head)
	}
}

// addChange shows the completion rate against the quarter before, in percentage points of the unrounded rates.
func (p *paper) addChange(add func(func(queries.UnitResult) xlsx.Cell, func() xlsx.Cell, ...string) int) {
	const id = "resolution_completion"
	add(func(u queries.UnitResult) xlsx.Cell {
		before := p.Before.Unit(u.Unit.Code)
		if before == nil {
			return null()
		}
		return points(u.Indicators[id], before.Indicators[id])
	}, func() xlsx.Cell { return points(p.Metrics.Total[id], p.Before.Total[id]) }, "较上季度末\n（百分点）")
}

// points is the difference of two rates in percentage points, rounded half away from zero.
func points(now, before queries.Pair) xlsx.Cell {
	if now.Den == 0 || before.Den == 0 {
		return null()
	}
	n, d := 1000*(now.Num*before.Den-before.Num*now.Den), now.Den*before.Den
	if n < 0 {
		return xlsx.Tenths(-((-2*n + d) / (2 * d)))
	}
	return xlsx.Tenths((2*n + d) / (2 * d))
}
