package view

import (
	"fmt"
	"slices"
	"strings"

	"liandu/internal/period"
	"liandu/queries"
)

// History is a unit's meetings over the years on one year's axis.
type History struct {
	Figure DateChart
	Rows   []CalendarRow
	Empty  string
}

// historyYears is how many session years stand in the panel.
const historyYears = 6

func newHistory(in UnitInput) History {
	year := in.Now.AsOf.Year
	h := History{Figure: DateChart{ID: "u-meet", Label: in.Unit.Name + "历年会议召开日期与主持人", NextYear: true}}
	h.Figure.From, h.Figure.To = span(year)
	if in.Now.AsOf.Regime != nil {
		h.Figure.Deadline = in.Now.AsOf.Regime.Deadline(year)
		h.Figure.DeadlineLabel = deadlineLabel(h.Figure.Deadline)
	}
	rows := slices.Clone(in.Meetings)
	slices.SortFunc(rows, func(a, b queries.MeetingRow) int {
		if a.SessionYear != b.SessionYear {
			return b.SessionYear - a.SessionYear
		}
		return a.HeldOn.Compare(b.HeldOn)
	})
	end := in.Now.AsOf.Quarter.Last()
	first := year
	for _, m := range rows {
		if m.SessionYear > year || m.HeldOn.IsZero() || m.HeldOn.After(end) {
			continue
		}
		first = min(first, max(m.SessionYear, year-historyYears+1))
		h.Rows = append(h.Rows, CalendarRow{
			Unit: fmt.Sprintf("%d年度", m.SessionYear), HeldOn: date(m.HeldOn), Kind: m.Kind.Chinese(), Chair: chair(m),
			Href: in.Address.Source(m.Submission, m.Source.Sheet, cellOf(m.Source, "held_on"), meetingCells(m.Source)...),
		})
		if m.SessionYear > year-historyYears {
			h.Figure.Points = append(h.Figure.Points, meetingPoint(in.Address, in.Now.AsOf, m, yearRow(m.SessionYear), onAxis(m.HeldOn, m.SessionYear, year)))
		}
	}
	spreadLabels(h.Figure.Points)
	for y := year; y >= first; y-- {
		h.Figure.Rows = append(h.Figure.Rows, yearRow(y))
	}
	if len(h.Rows) == 0 {
		h.Empty = "没有报送过会议"
	}
	return h
}

func yearRow(y int) string { return fmt.Sprintf("%d年", y) }

// onAxis moves a meeting of one session year to the axis of another, keeping month and day.
func onAxis(d period.Date, session, year int) period.Date {
	moved, ok := period.NewDate(d.Year()-session+year, d.Month(), d.Day())
	if !ok { // 29 February
		moved, _ = period.NewDate(d.Year()-session+year, d.Month(), d.Day()-1)
	}
	return moved
}

// ScoreTrend is a unit's score against the median of its level.
type ScoreTrend struct {
	Figure LineChart
	Rows   []ScoreTrendRow
	Empty  bool
}

// ScoreTrendRow is one quarter of the table.
type ScoreTrendRow struct{ Quarter, Score, Median, Place, Light string }

func newScoreTrend(in UnitInput) ScoreTrend {
	t := ScoreTrend{Empty: true, Figure: LineChart{ID: "u-score", Label: in.Unit.Name + "得分与同级中位数逐季走势", Max: 100, Step: 20}}
	own := Line{Name: in.Unit.Name, Mark: "circle", Colour: colourMain}
	middle := Line{Name: "同级中位数", Mark: "emptyCircle", Colour: colourOther, Dashed: true}
	lowest := 1000
	axis := newAxis(in.History)
	t.Figure.Axis = axis.labels
	for _, m := range axis.slots {
		if m == nil {
			own.Values, middle.Values = append(own.Values, nil), append(middle.Values, nil)
			t.Figure.Tips, t.Figure.Hrefs = append(t.Figure.Tips, ""), append(t.Figure.Hrefs, "")
			continue
		}
		row := ScoreTrendRow{Quarter: m.AsOf.Quarter.String(), Score: Nil, Place: Nil, Light: "不评价"}
		var s *int
		if u := m.Unit(in.Unit.Code); u != nil {
			s, row.Score, row.Place, row.Light = u.Score, score(u.Score), place(u.Rank), lightOf(*u).Word
		}
		med := median(m.Units)
		row.Median = score(med)
		for _, v := range []*int{s, med} {
			if v != nil {
				lowest = min(lowest, *v)
				t.Empty = false
			}
		}
		own.Values, middle.Values = append(own.Values, s), append(middle.Values, med)
		own.End, middle.End = strings.TrimSpace(in.Unit.Name+" "+row.Score), "同级中位数 "+row.Median
		t.Rows = append(t.Rows, row)
		q := m.AsOf.Quarter
		t.Figure.Tips = append(t.Figure.Tips, fmt.Sprintf("%d年 Q%d\n%s　%s 分\n同级中位数　%s 分", q.Year, q.N, in.Unit.Name, row.Score, row.Median))
		t.Figure.Hrefs = append(t.Figure.Hrefs, in.Address.Href("/unit/"+string(in.Unit.Code), "period", q.String(), "year", itoa(m.AsOf.Year)))
	}
	t.Figure.Lines = []Line{own, middle}
	t.Figure.Min = max(0, (lowest-50)/200*20) // a score may start higher than 0; the axis says where
	if r := in.Now.AsOf.Regime; r != nil {
		t.Figure.Rules = []Rule{{r.RedLine, "红线 " + whole(r.RedLine)}, {r.YellowLine, "黄线 " + whole(r.YellowLine)}}
	}
	return t
}

// median is the middle of the scores, the half sum of the two middle ones rounded half up, nil without any.
func median(units []queries.UnitResult) *int {
	var all []int
	for _, u := range units {
		if u.Score != nil {
			all = append(all, *u.Score)
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.Sort(all)
	n := len(all) / 2
	if len(all)%2 == 1 {
		return &all[n]
	}
	m := (all[n-1] + all[n] + 1) / 2
	return &m
}
