package view

import (
	"fmt"

	"liandu/internal/record"
	"liandu/queries"
)

// OverviewInput is what 总览 is made from. History holds up to eight quarters, oldest first, the last one being Now;
// LastYear is the same quarter a year before and may be nil. Findings come in laggard order.
type OverviewInput struct {
	Address  Address
	Now      *queries.Metrics
	LastYear *queries.Metrics
	History  []*queries.Metrics
	Lights   *queries.Lights // says who had sent nothing; may be nil
	Findings []queries.Finding
	Items    []queries.ResolutionRow
	Meetings []queries.MeetingRow
	Sent     []queries.SentRow
	Units    []record.Unit
}

// Overview is the page 总览.
type Overview struct {
	Lede     []Phrase
	KPIs     []KPI
	Ranking  Ranking
	Trend    Trend
	Overdue  OverdueList
	States   StateFigure
	Ages     Ages
	Calendar Calendar
	Tiles    []Tile
	Zones    []Zone
	Empty    bool // nothing was accepted from anyone
	Basis    string
}

// Phrase is a piece of a sentence, with the address it opens or none.
type Phrase struct{ Text, Href string }

// Tile is one square of the tile grid, in administrative order.
type Tile struct {
	Name, Href, Class string
	Light             Light
}

// NewOverview builds 总览.
func NewOverview(in OverviewInput) Overview {
	s := newScope(in.Now, in.Units)
	in.Items, in.Meetings = s.items(in.Items), s.meetings(in.Meetings)
	o := Overview{
		Lede:     lede(in),
		KPIs:     kpis(in),
		Ranking:  newRanking(in),
		Trend:    newTrend(in.Address, in.History),
		Overdue:  newOverdueList(in),
		States:   newStateFigure(in.Address, in.Now),
		Ages:     newAges(in.Address, in.Now, in.Items),
		Calendar: newCalendar(in),
		Zones:    newZones(in),
		Empty:    nothingSent(in),
	}
	if r := in.Now.AsOf.Regime; r != nil {
		o.Basis = r.Document.Cite()
	}
	for _, u := range byCode(in.Now.Units) {
		l := lightOf(u)
		o.Tiles = append(o.Tiles, Tile{u.Unit.Name, in.Address.Unit(string(u.Unit.Code)), "tile-" + string(u.Light), l})
	}
	return o
}

func nothingSent(in OverviewInput) bool {
	for _, s := range in.Sent {
		if s.Version > 0 {
			return false
		}
	}
	return len(in.Items) == 0 && len(in.Meetings) == 0
}

// OverdueList is the overdue items, longest first.
type OverdueList struct {
	Rows  []OverdueRow
	Count int
	Note  string
	Href  string
	Next  string // when nothing is overdue: what falls due next
}

// OverdueRow is one overdue item.
type OverdueRow struct {
	Unit, Title, Lead, Days, Due string
	Href, SourceHref             string
}

func newOverdueList(in OverviewInput) OverdueList {
	var rows []queries.ResolutionRow
	next := 0
	end := in.Now.AsOf.Quarter.Last()
	following := in.Now.AsOf.Quarter.Add(1).Last()
	for _, r := range in.Items {
		if !r.InPopulation {
			continue
		}
		if r.State == queries.StateOverdue {
			rows = append(rows, r)
		} else if r.State != queries.StateCompleted && r.EffectiveDueOn.After(end) && !r.EffectiveDueOn.After(following) {
			next++
		}
	}
	sortItems(rows, "overdue", true)
	list := OverdueList{
		Count: len(rows), Href: in.Address.Href("/resolutions", "state", "overdue"),
		Note: fmt.Sprintf("%d 项，按逾期天数", len(rows)),
		Next: fmt.Sprintf("应办 %d 项，下季度到期 %d 项。", population(in.Now.States), next),
	}
	limit := min(24, max(4, len(in.Now.Units)-6)) // as many rows as the ranking beside it is high
	if len(rows) > limit {
		list.Note = fmt.Sprintf("%d 项，逾期最久的 %d 项", len(rows), limit)
		rows = rows[:limit]
	}
	for _, r := range rows {
		list.Rows = append(list.Rows, OverdueRow{
			Unit: r.UnitName, Title: r.Title, Lead: text(r.LeadUnit), Days: itoa(r.OverdueDays), Due: date(r.EffectiveDueOn),
			Href:       in.Address.Href("/resolutions#"+itemAnchor(r), "unit", string(r.Unit), "open", itemAnchor(r)),
			SourceHref: in.Address.Source(r.Submission, r.Source.Sheet, cellOf(r.Source, "due_on", "title"), itemCells(r.Source)...),
		})
	}
	return list
}

// population is 应办事项 by its states.
func population(s queries.StateCounts) int64 {
	return s.Completed + s.Overdue + s.InProgress + s.NotStarted
}

// Zone is a development zone, kept in a block of its own: it is not ranked.
type Zone struct {
	Name, Href, Meeting, Items, Sent string
}

func newZones(in OverviewInput) []Zone {
	var out []Zone
	if in.Now.AsOf.Level == record.LevelZone || in.Now.AsOf.Regime != nil && in.Now.AsOf.Regime.Obliges(record.LevelZone) {
		return nil
	}
	sent := map[record.UnitCode]string{}
	for _, s := range in.Sent {
		if s.Quarter == in.Now.AsOf.Quarter {
			sent[s.Unit.Code] = "未报送"
			if s.Version > 0 {
				sent[s.Unit.Code] = "已报送，第 " + itoa(s.Version) + " 版"
			}
		}
	}
	for _, u := range in.Units {
		if u.Level != record.LevelZone {
			continue
		}
		z := Zone{Name: u.Name, Href: in.Address.Unit(string(u.Code)), Sent: sent[u.Code]}
		if z.Sent == "" {
			z.Sent = "随上级报送"
		}
		out = append(out, z)
	}
	return out
}
