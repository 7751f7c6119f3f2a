package view

import (
	"liandu/internal/record"
)

// EstablishedRow is a unit that should have set up the system, with the cells that say whether it has.
type EstablishedRow struct {
	Owner       record.UnitCode // the unit in whose figure it stands
	Name        string
	Established bool   // by the quarter's end
	Submission  string // "" when nothing was reported
	File, Sheet string
	Cells       []string
}

// sentRows lists the quarters' reports of each unit, or of the submitter above it.
func (p *Explain) sentRows(in ExplainInput, i indicator) {
	p.Heads = []string{"报告期", "报送时限", "首次接收", "版本", "是否按时"}
	for _, u := range in.reporters() {
		submitter := submitterOf(u, in.Units)
		for _, s := range in.Sent {
			if s.Unit.Code != submitter || s.Quarter.Year != in.Now.AsOf.Year || s.Quarter.Compare(in.Now.AsOf.Quarter) > 0 {
				continue
			}
			word, _ := timing(s, in.Now.AsOf)
			row := ExplainRow{
				Unit: u.Name, UnitHref: in.Address.Unit(string(u.Code)), Den: s.OnTime != nil, Num: s.OnTime != nil && *s.OnTime,
				Texts: texts(s.Quarter.Chinese(), s.DueOn.String(), moment(s.FirstReceivedAt), Nil, word),
			}
			if s.Version > 0 {
				row.Texts[3].Text = "第 " + itoa(s.Version) + " 版"
				row.Cell, row.CellHref = "报送", in.Address.Href("/submissions/"+s.Submission)
				row.CellTitle = "打开这次报送"
			}
			switch r := in.Now.AsOf.Regime; {
			case r != nil && !r.Obliges(u.Level):
				row.Num, row.Den, row.Why = false, false, "本制度不约束此层级，不计入"
			case row.Num:
				row.Why = "计入分子"
			case row.Den:
				row.Why = "只计入分母"
			default:
				row.Why = "未到时限，不计入"
			}
			p.Rows = append(p.Rows, row)
		}
	}
	p.sortRows()
	p.Parts = partsOf(p.Rows)
}

// reporters are the units whose reports are counted: those listed, or below one that only sums up, the obliged ones.
func (in ExplainInput) reporters() []record.Unit {
	parent := map[record.UnitCode]record.UnitCode{}
	for _, u := range in.Units {
		parent[u.Code] = u.Parent
	}
	below := func(u record.Unit, top record.UnitCode) bool {
		for p, n := u.Parent, 0; p != "" && n < 8; p, n = parent[p], n+1 {
			if p == top {
				return true
			}
		}
		return false
	}
	end := in.Now.AsOf.Quarter.Last()
	var out []record.Unit
	for _, u := range in.unitsOf() {
		if !u.IsRollup {
			out = append(out, u.Unit)
			continue
		}
		for _, x := range in.Units {
			ended := !x.ValidTo.IsZero() && x.ValidTo.Before(end) || x.ValidFrom.After(end)
			if below(x, u.Unit.Code) && !ended && in.Now.AsOf.Regime.Obliges(x.Level) {
				out = append(out, x)
			}
		}
	}
	return out
}

// establishedRows lists the units that should have set up the system.
func (p *Explain) establishedRows(in ExplainInput) {
	p.Heads = []string{"应建制单位", "是否建立", "来源文件"}
	names := newScope(in.Now, in.Units).names
	for _, e := range in.Established {
		row := ExplainRow{
			Unit: names[e.Owner], UnitHref: in.Address.Unit(string(e.Owner)), Den: true, Num: e.Established,
			Texts: texts(e.Name, "否", text(e.File)), Why: "只计入分母",
		}
		switch {
		case e.Established:
			row.Texts[1].Text, row.Why = "是", "计入分子"
		case e.Submission == "":
			row.Texts[1].Text, row.Why = "未报送", "未报送，按未建立计"
		}
		if len(e.Cells) > 0 {
			row.Cell, row.CellTitle = e.Cells[0], e.Sheet+"!"+e.Cells[0]
			row.CellHref = in.Address.Source(e.Submission, e.Sheet, e.Cells[0], e.Cells...)
		}
		p.Rows = append(p.Rows, row)
	}
	p.sortRows()
	p.Parts = partsOf(p.Rows)
}
