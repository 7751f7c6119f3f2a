package view

import (
	"fmt"
	"slices"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// Calendar is when the meetings of the year took place: one mark a meeting, the deadline as a rule.
type Calendar struct {
	Title  string
	Figure DateChart
	Size   string
	Rows   []CalendarRow
	Empty  string
}

// CalendarRow is one meeting of the table.
type CalendarRow struct {
	Unit, HeldOn, Kind, Chair, Href string
}

func newCalendar(in OverviewInput) Calendar {
	year := in.Now.AsOf.Year
	end := in.Now.AsOf.Quarter.Last()
	c := Calendar{Title: fmt.Sprintf("%d年度会议召开时间", year), Size: "chart-240"}
	c.Figure = DateChart{ID: "o-calendar", Label: c.Title + "，竖线为期限", NextYear: true}
	c.Figure.From, c.Figure.To = span(year)
	if r := in.Now.AsOf.Regime; r != nil {
		c.Figure.Deadline = deadlineOf(in.Now.AsOf)
		c.Figure.DeadlineLabel = deadlineLabel(c.Figure.Deadline)
	}
	held := slices.DeleteFunc(slices.Clone(in.Meetings), func(m queries.MeetingRow) bool {
		return m.SessionYear != year || m.HeldOn.IsZero() || m.HeldOn.After(end)
	})
	slices.SortFunc(held, func(a, b queries.MeetingRow) int {
		if n := a.HeldOn.Compare(b.HeldOn); n != 0 {
			return n
		}
		return compare(a.Unit, b.Unit)
	})
	c.Figure.Rows = calendarRows(in.Now.Units, held)
	if len(c.Figure.Rows) > 12 {
		c.Size = "chart-300"
	}
	for _, m := range held {
		c.Rows = append(c.Rows, CalendarRow{m.UnitName, m.HeldOn.String(), m.Kind.Chinese(), chair(m), in.Address.Href("/meetings", "unit", string(m.Unit))})
		if slices.Contains(c.Figure.Rows, m.UnitName) {
			c.Figure.Points = append(c.Figure.Points, meetingPoint(in.Address, in.Now.AsOf, m, m.UnitName, m.HeldOn))
		}
	}
	spreadLabels(c.Figure.Points)
	if len(held) == 0 {
		c.Empty = fmt.Sprintf("截至 %s 还没有报送 %d 年度的会议", end.Chinese(), year)
	}
	return c
}

// calendarRows names the units down the side: all of the level, or where that is too many, or the level only sums up
// others, those that met.
func calendarRows(units []queries.UnitResult, held []queries.MeetingRow) []string {
	var out []string
	drawn := len(units) <= stateRows
	for _, u := range byCode(units) {
		drawn = drawn && !u.IsRollup
		out = append(out, u.Unit.Name)
	}
	if drawn {
		return out
	}
	met := slices.Clone(held)
	slices.SortStableFunc(met, func(a, b queries.MeetingRow) int { return compare(a.Unit, b.Unit) })
	out = nil
	for _, m := range met {
		if !slices.Contains(out, m.UnitName) {
			out = append(out, m.UnitName)
		}
	}
	return out[:min(len(out), stateRows)]
}

// span is the axis of a session year: its January to the March after, where late meetings fall. It begins on the 2nd,
// for a tick on 1 January would be labelled as the next year's.
func span(year int) (from, to period.Date) {
	from, _ = period.NewDate(year, 1, 2)
	to, _ = period.NewDate(year+1, 3, 31)
	return from, to
}

func deadlineOf(a queries.AsOf) period.Date {
	if !a.Deadline.IsZero() {
		return a.Deadline
	}
	return a.Regime.Deadline(a.Year)
}

func deadlineLabel(d period.Date) string { return fmt.Sprintf("期限 %d月%d日", d.Month(), d.Day()) }

// meetingPoint draws one meeting: a disc where all is well, a diamond where it is a substitute, late, or chaired below
// the regime's rule; a triangle for an extraordinary one.
func meetingPoint(a Address, at queries.AsOf, m queries.MeetingRow, row string, on period.Date) DatePoint {
	p := DatePoint{
		Row: row, On: on, Mark: "circle", Colour: colourMain,
		Text: fmt.Sprintf("%02d-%02d", m.HeldOn.Month(), m.HeldOn.Day()),
		Tip:  fmt.Sprintf("%s　%s\n%s　主持：%s", m.UnitName, m.Kind.Chinese(), m.HeldOn, chair(m)),
		Href: a.Source(m.Submission, m.Source.Sheet, cellOf(m.Source, "held_on"), meetingCells(m.Source)...),
	}
	if word := shortChair(m); word != "" {
		p.Text += " " + word
	}
	switch {
	case m.Kind == record.KindSubstitute:
		p.Text, p.Bad = p.Text+"　其他会议代替", true
	case m.Kind == record.KindExtraordinary:
		p.Mark, p.Colour = "triangle", colourOther
	case at.Regime != nil && m.HeldOn.After(deadlineFor(at, m.SessionYear)):
		p.Text, p.Bad = p.Text+"　迟开", true
	case m.ChairRank != record.RankPrincipal:
		p.Bad = len(at.Regime.AcceptRanks()) == 0 || !slices.Contains(at.Regime.AcceptRanks(), m.ChairRank)
	}
	if p.Bad {
		p.Mark, p.Colour = "diamond", colourAdverse
	}
	if from, _ := span(at.Year); on.Before(from) {
		p.On = from
	}
	p.TextAtRight = on.Month() <= 8 || on.Year() > at.Year
	return p
}

// spreadLabels keeps the labels of one row's marks apart: the first to the left, the last to the right, none between.
func spreadLabels(points []DatePoint) {
	rows := map[string][]*DatePoint{}
	for i := range points {
		rows[points[i].Row] = append(rows[points[i].Row], &points[i])
	}
	for _, row := range rows {
		if len(row) < 2 {
			continue
		}
		slices.SortStableFunc(row, func(a, b *DatePoint) int { return a.On.Compare(b.On) })
		row[0].TextAtRight, row[len(row)-1].TextAtRight = row[0].On.Month() <= 2, true
		for _, p := range row[1 : len(row)-1] {
			p.Text = ""
		}
	}
}

// deadlineFor is the deadline of any session year: the city's own for the year asked, the regime's for the others.
func deadlineFor(a queries.AsOf, year int) period.Date {
	if year == a.Year {
		return deadlineOf(a)
	}
	return a.Regime.Deadline(year)
}

// chair names who presided with title and rank.
func chair(m queries.MeetingRow) string {
	switch {
	case m.ChairName == "" && m.ChairTitle == "":
		return "未载明"
	case m.ChairTitle == "":
		return m.ChairName
	}
	return m.ChairTitle + m.ChairName
}

// shortChair is the rank as two or three characters for a mark's label.
func shortChair(m queries.MeetingRow) string {
	switch m.ChairRank {
	case record.RankPrincipal:
		return "正职"
	case record.RankDeputy:
		return "副职"
	case record.RankParty:
		return "党委"
	case record.RankUnion:
		return "工会"
	case record.RankOther:
		return "其他"
	}
	return "未载明"
}
