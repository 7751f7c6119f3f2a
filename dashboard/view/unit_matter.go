package view

import (
	"fmt"

	"liandu/internal/matter"
	"liandu/queries"
)

// addMatters lists the unit's matters and what came after 交办.
func (p *Unit) addMatters(in UnitInput) {
	for _, o := range in.Outcomes {
		p.Matters = append(p.Matters, newMatterRow(in.Address, o, in.Today))
	}
	p.MattersHref = in.Address.Href("/matters", "unit", string(in.Unit.Code))
	if in.CanOpen {
		p.Open, p.Fields = "/matters/new", in.Address.Fields()
		for _, r := range in.Items {
			if waitsForClosing(r) {
				p.Closing = in.Address.Href("/closing", "unit", string(in.Unit.Code))
			}
		}
	}
	f := queries.LoopOf(in.Outcomes, in.Today)
	if f.All == 0 {
		return
	}
	answered := NewRate(f.Answered, "", "")
	p.MatterNote = fmt.Sprintf("在办 %d，已销号 %d；按期反馈率 %s（%s），平均办结 %s 天", f.Live, f.Closed, answered.Percent(), answered.ND, mean(f.CloseDays))
}

func mattersOf(all []queries.Outcome) []*matter.Matter {
	var out []*matter.Matter
	for _, o := range all {
		out = append(out, o.Matter)
	}
	return out
}
