package view_test

import (
	"reflect"
	"slices"
	"testing"

	"liandu/dashboard/view"
	"liandu/dashboard/view/viewtest"
	"liandu/internal/period"
	"liandu/internal/record"
)

func unit(c *viewtest.City, i int) view.Unit {
	return view.NewUnit(view.UnitInput{
		Address: address, Unit: c.Units[i], Now: c.Now, History: c.History, Findings: c.Findings, Items: c.Items,
		Meetings: c.Meetings, Sent: c.Sent, Units: c.Units,
	})
}

func TestUnitTellsItsLoopAndItsScore(t *testing.T) {
	t.Parallel()
	p := unit(viewtest.New(t), 2)
	if p.Standing != "第 10 名（上季第 9 名，共 12 个）" || p.Meeting != "2024-11-28 按期召开，副区长何建平主持" {
		t.Errorf("%s / %s", p.Standing, p.Meeting)
	}
	var steps []string
	for _, s := range p.Loop.Steps {
		steps = append(steps, s.Name+" "+s.ND+" "+s.Class)
	}
	want := []string{
		"立项 7/7 step-done", "责任 7/7 step-done", "方案 7/7 step-done", "推进 6/7 step-now", "办结 2/7 step-late",
		"回报 0/1 step-late", "销号 0/7 step-now",
	}
	if !reflect.DeepEqual(steps, want) {
		t.Errorf("steps = %q, want %q", steps, want)
	}
	s := p.ScoreSheet
	if s.Points != "49.10" || s.Lost != "−50.90" || s.Score != "49.1" || s.Rows[2].Points != "不计入" || s.Rows[2].Value != view.Nil {
		t.Errorf("score sheet = %+v", s)
	}
	if p.ItemNote != "应办 7 项、长期坚持 1 项、已撤销 0 项" || len(p.Items) != 8 || len(p.Findings) != 4 {
		t.Errorf("%s, %d items, %d findings", p.ItemNote, len(p.Items), len(p.Findings))
	}
	if p.Previous.Text != "东湖区" || p.Next.Text != "南浦区" {
		t.Errorf("neighbours %v %v", p.Previous, p.Next)
	}
	if got := p.Meetings.Figure.Points[0]; got.Mark != "diamond" || !got.Bad || got.Row != "2024年" {
		t.Errorf("a meeting chaired by a deputy: %+v", got)
	}
	if p.Trend.Figure.Min != 40 || p.Trend.Figure.Lines[0].End != "西岭区 49.1" {
		t.Errorf("trend from %d, %s", p.Trend.Figure.Min, p.Trend.Figure.Lines[0].End)
	}
}

func TestUnitWithoutDutyIsNotJudged(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	p := unit(c, len(c.Units)-1)
	if p.NotJudged == "" || p.Light.Word != "不评价" || p.Score != view.Nil || p.Loop.Steps[0].ND != view.Nil {
		t.Errorf("zone = %+v", p)
	}
}

func TestUnitListLeavesOutUnitsYetToCome(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	units := slices.Clone(c.Units)
	units[1].ValidTo = period.MustDate("2024-06-30")
	units[2].ValidFrom = period.MustDate("2025-01-01")
	for _, g := range view.NewUnitList(view.UnitListInput{Now: c.Now, Units: units}).Groups {
		if g.Level == record.LevelCounty.Chinese() && (g.Note != "10 个，另有已更名或撤并 1 个" || len(g.Rows) != 11) {
			t.Errorf("%d counties listed, %q", len(g.Rows), g.Note)
		}
	}
}

// TestUnitListSaysWhatEachSetUpAndHeld: at every level, also where the rules do not ask and where nothing was reported.
func TestUnitListSaysWhatEachSetUpAndHeld(t *testing.T) {
	t.Parallel()
	c := viewtest.New(t)
	first, second := c.Now.Units[0].Unit, c.Now.Units[1].Unit
	p := view.NewUnitList(view.UnitListInput{Address: address, Now: c.Now, Units: c.Units, Meetings: c.Meetings, Established: []record.Establishment{
		{Unit: first.Code, Established: true}, {Unit: second.Code},
	}})
	got := map[string]view.ListedUnit{}
	n := 0
	for _, g := range p.Groups {
		for _, u := range g.Rows {
			got[u.Code] = u
			n++
		}
	}
	if u := got[string(first.Code)]; u.SetUp != "已建立" || u.SetUpBad {
		t.Errorf("established: %+v", u)
	}
	if u := got[string(second.Code)]; u.SetUp != "未建立" || !u.SetUpBad {
		t.Errorf("not established: %+v", u)
	}
	if u := got[string(c.Now.Units[2].Unit.Code)]; u.SetUp != "未报" || !u.SetUpBad {
		t.Errorf("never reported: %+v", u)
	}
	zones := 0
	for _, u := range c.Units {
		if u.Level == record.LevelZone {
			zones++
			if z := got[string(u.Code)]; z.SetUp != "不适用" || z.SetUpBad {
				t.Errorf("a zone the rules do not oblige: %+v", z)
			}
		}
	}
	if zones == 0 || len(p.Table.Rows) != n {
		t.Errorf("%d zones; %d rows listed, %d exported", zones, n, len(p.Table.Rows))
	}
}
