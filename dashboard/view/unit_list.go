package view

import (
	"fmt"
	"strings"

	"liandu/internal/record"
	"liandu/queries"
)

// UnitListInput is what the list of units is made from. Levels is the answer at every level that the rules oblige;
// Meetings and Established are what is in force, of every unit.
type UnitListInput struct {
	Address     Address
	Now         *queries.Metrics
	Levels      []*queries.Metrics
	Units       []record.Unit
	Meetings    []queries.MeetingRow
	Established []record.Establishment
}

// UnitList is the page 单位 without a unit chosen: all of the registry, by level, with what each set up and held and,
// where it is judged, its light.
type UnitList struct {
	Groups    []UnitGroup
	Year      string
	XLSX, CSV string
	Table     Table
}

// UnitGroup is the units of one level.
type UnitGroup struct {
	Level string
	Note  string // 「10 个，另有已更名或撤并 1 个」
	Rows  []ListedUnit
}

// ListedUnit is one unit of the list. SetUp and Meeting are words: 「未报」 where the rules ask and nothing was
// reported, 「不适用」 where they do not ask.
type ListedUnit struct {
	Name, Code, Href, Parent, Sends string
	Light                           Light
	Score, Place                    string
	SetUp, Meeting                  string
	SetUpBad, MeetingBad            bool
	Aliases                         string
	Ended                           bool
}

// NewUnitList builds the list of units.
func NewUnitList(in UnitListInput) UnitList {
	names := map[record.UnitCode]string{}
	for _, u := range in.Units {
		names[u.Code] = u.Name
	}
	end := in.Now.AsOf.Quarter.Last()
	facts := newUnitFacts(in)
	p := UnitList{
		Year: itoa(in.Now.AsOf.Year), XLSX: in.Address.Href("/unit.xlsx"), CSV: in.Address.Href("/unit.csv"),
		Table: Table{
			Name:   "单位建制和召开情况",
			Heads:  []string{"层级", "单位", "代码", "上级", "报送", "建制", "年度会议", "本季", "得分", "位次"},
			Widths: []int{12, 24, 12, 16, 12, 12, 22, 8, 8, 8},
		},
	}
	for _, level := range record.Levels {
		g := UnitGroup{Level: level.Chinese()}
		ended := 0
		for _, u := range in.Units {
			if u.Level != level || u.ValidFrom.After(end) { // not yet there, or of another level
				continue
			}
			l := ListedUnit{
				Name: u.Name, Code: string(u.Code), Href: in.Address.Unit(string(u.Code)), Parent: text(names[u.Parent]),
				Light: NewLight(queries.LightNone), Score: Nil, Place: Nil, Sends: "随上级报送", Aliases: strings.Join(u.Aliases, "、"),
				Ended: !u.ValidTo.IsZero() && u.ValidTo.Before(end), SetUp: Nil, Meeting: Nil,
			}
			switch {
			case u.Submitter:
				l.Sends = "报送单位"
			case u.Parent == "":
				l.Sends = Nil
			}
			if r := facts.judged[u.Code]; r != nil {
				l.Light, l.Score, l.Place = lightOf(*r), score(r.Score), place(r.Rank)
			}
			if l.Ended {
				ended++
			} else {
				l.SetUp, l.SetUpBad = facts.setUp(u)
				l.Meeting, l.MeetingBad = facts.meeting(u)
			}
			g.Rows = append(g.Rows, l)
			p.Table.Rows = append(p.Table.Rows, []string{g.Level, l.Name, l.Code, l.Parent, l.Sends, l.SetUp, l.Meeting, l.Light.Word, l.Score, l.Place})
		}
		g.Note = fmt.Sprintf("%d 个", len(g.Rows)-ended)
		if ended > 0 {
			g.Note += fmt.Sprintf("，另有已更名或撤并 %d 个", ended)
		}
		if len(g.Rows) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	return p
}

// unitFacts is what is known of every unit.
type unitFacts struct {
	at      queries.AsOf
	judged  map[record.UnitCode]*queries.UnitResult
	setUpAs map[record.UnitCode]record.Establishment
	held    map[record.UnitCode]queries.MeetingRow // the earliest annual meeting of the year
}

func newUnitFacts(in UnitListInput) unitFacts {
	f := unitFacts{in.Now.AsOf, map[record.UnitCode]*queries.UnitResult{}, map[record.UnitCode]record.Establishment{}, map[record.UnitCode]queries.MeetingRow{}}
	for _, m := range append([]*queries.Metrics{in.Now}, in.Levels...) {
		for i := range m.Units {
			f.judged[m.Units[i].Unit.Code] = &m.Units[i]
		}
	}
	for _, e := range in.Established {
		f.setUpAs[e.Unit] = e
	}
	for _, m := range in.Meetings {
		if m.Kind != record.KindAnnual || m.SessionYear != f.at.Year || m.HeldOn.After(f.at.Quarter.Last()) {
			continue
		}
		if x, ok := f.held[m.Unit]; !ok || m.HeldOn.Before(x.HeldOn) {
			f.held[m.Unit] = m
		}
	}
	return f
}

// setUp words whether a unit reported the system as established; bad where it should have.
func (f unitFacts) setUp(u record.Unit) (string, bool) {
	e, ok := f.setUpAs[u.Code]
	obliged := f.at.Regime.Obliges(u.Level)
	switch {
	case ok && e.Established:
		return "已建立", false
	case ok:
		return "未建立", obliged
	case obliged:
		return "未报", true
	}
	return "不适用", false
}

// meeting words the annual meeting of the year: by its state where the unit is judged, by its date alone elsewhere.
func (f unitFacts) meeting(u record.Unit) (string, bool) {
	m, ok := f.held[u.Code]
	if r := f.judged[u.Code]; r != nil && !r.IsRollup {
		switch r.Status {
		case queries.HeldOnTime:
			return date(r.HeldOn) + " 按期", false
		case queries.HeldLate:
			return date(r.HeldOn) + " 延迟", true
		case queries.Substituted:
			return "以其他会议代替", true
		case queries.NotHeld:
			return "未召开", true
		case queries.Pending:
			return "未到期限", false
		}
	}
	if ok {
		return date(m.HeldOn) + " 召开", false
	}
	return "不适用", false
}
