package export

import (
	"cmp"
	"fmt"
	"slices"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/xlsx"
	"liandu/queries"
)

// submissions is 报送情况: one row a submitter, one group of columns a quarter of the year up to the one asked.
func (p *paper) submissions() xlsx.Table {
	t := p.base(sheetSubmission, fmt.Sprintf("%s%d年季度报表报送情况", p.City, p.asOf.Year), "份")
	quarters, due := p.sentQuarters()
	t.Columns = []xlsx.Column{xlsx.Head("序号").To(xlsx.Center), xlsx.Head("报送单位").Wide(12, 24)}
	for _, q := range quarters {
		head := q.Chinese() + "\n（期限" + due[q].Chinese() + "）"
		t.Columns = append(t.Columns, xlsx.Head(head, "首次接收"), xlsx.Head(head, "版本"), xlsx.Head(head, "结果").To(xlsx.Center))
	}
	t.Columns = append(t.Columns, xlsx.Head("按时"), xlsx.Head("应报"), xlsx.Head("按时\n报送率"))

	rows := sentRows(p.Sent)
	var main, zones []record.UnitCode
	for code, unit := range rows {
		if unit.level == record.LevelZone && p.asOf.Level != record.LevelZone {
			zones = append(zones, code)
			continue
		}
		main = append(main, code)
	}
	slices.Sort(main)
	slices.Sort(zones)
	total := queries.Pair{}
	onTime := map[period.Quarter]int64{}
	for i, code := range main {
		row, pair := sentRow(i+1, rows[code], quarters, onTime)
		total.Num, total.Den = total.Num+pair.Num, total.Den+pair.Den
		t.Rows = append(t.Rows, row)
	}
	foot := []xlsx.Cell{xlsx.Text("合计").At(xlsx.Center), counted("", int64(len(main)), "个")}
	for _, q := range quarters {
		foot = append(foot, null(), null(), counted("按时", onTime[q], "份"))
	}
	t.Rows = append(t.Rows, xlsx.TotalRow(append(foot, xlsx.Int(total.Num), xlsx.Int(total.Den), xlsx.Rate(total.Num, total.Den))...))
	if len(zones) > 0 {
		t.Rows = append(t.Rows, xlsx.GroupRow(zoneGroup))
		for i, code := range zones {
			row, _ := sentRow(i+1, rows[code], quarters, map[period.Quarter]int64{})
			t.Rows = append(t.Rows, row)
		}
	}
	t.Notes = numbered(
		p.knownNote(),
		"按时以首个接收版本的接收日期判断，后报的更正版本不改变按时与否；“版本”为现行版本序号。",
		"“应报”为截至本季度已到报送期限或已报送的季度；未到期限且未报送的不计。",
	)
	return t
}

// sentUnit is one submitter's rows by quarter.
type sentUnit struct {
	name  string
	level record.Level
	by    map[period.Quarter]queries.SentRow
}

func sentRows(sent []queries.SentRow) map[record.UnitCode]sentUnit {
	out := map[record.UnitCode]sentUnit{}
	for _, s := range sent {
		u, ok := out[s.Unit.Code]
		if !ok {
			u = sentUnit{s.Unit.Name, s.Unit.Level, map[period.Quarter]queries.SentRow{}}
			out[s.Unit.Code] = u
		}
		u.by[s.Quarter] = s
	}
	return out
}

// sentQuarters returns the quarters of the year asked up to the quarter asked that have rows, and their due dates.
func (p *paper) sentQuarters() ([]period.Quarter, map[period.Quarter]period.Date) {
	due := map[period.Quarter]period.Date{}
	var out []period.Quarter
	for _, s := range p.Sent {
		if !p.inYear(s) {
			continue
		}
		if _, ok := due[s.Quarter]; !ok {
			due[s.Quarter] = s.DueOn
			out = append(out, s.Quarter)
		}
	}
	slices.SortFunc(out, func(a, b period.Quarter) int { return cmp.Or(a.Compare(b)) })
	return out, due
}

func (b Briefing) inYear(s queries.SentRow) bool {
	a := b.Metrics.AsOf
	return s.Quarter.Year == a.Year && s.Quarter.Compare(a.Quarter) <= 0
}

func sentRow(n int, u sentUnit, quarters []period.Quarter, onTime map[period.Quarter]int64) (xlsx.Row, queries.Pair) {
	cells := []xlsx.Cell{xlsx.Int(int64(n)), xlsx.Text(u.name)}
	var pair queries.Pair
	for _, q := range quarters {
		s, ok := u.by[q]
		if !ok {
			cells = append(cells, null(), null(), null())
			continue
		}
		if s.OnTime != nil {
			pair.Den++
			if *s.OnTime {
				pair.Num++
				onTime[q]++
			}
		}
		cells = append(cells, received(s), version(s), sentResult(s))
	}
	return xlsx.BodyRow(append(cells, xlsx.Int(pair.Num), xlsx.Int(pair.Den), xlsx.Rate(pair.Num, pair.Den))...), pair
}

func received(s queries.SentRow) xlsx.Cell {
	if s.FirstReceivedAt.IsZero() {
		return null()
	}
	return xlsx.Date(period.DateOf(s.FirstReceivedAt.In(period.Shanghai)))
}

func version(s queries.SentRow) xlsx.Cell {
	if s.Version == 0 {
		return null()
	}
	return xlsx.Int(int64(s.Version))
}

func sentResult(s queries.SentRow) xlsx.Cell {
	switch {
	case s.OnTime == nil:
		return xlsx.Text("未到期限")
	case *s.OnTime:
		return xlsx.Text("按时")
	case s.FirstReceivedAt.IsZero():
		return xlsx.Text("未报送").In(xlsx.Red)
	}
	late := period.DateOf(s.FirstReceivedAt.In(period.Shanghai)).DaysSince(s.DueOn)
	return xlsx.Text(fmt.Sprintf("迟报%d天", late)).In(xlsx.Yellow)
}
