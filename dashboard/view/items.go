package view

import (
	"fmt"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// ItemsInput is what 议定事项台账 is made from. Items may hold rows of units beyond the level; they are left out.
type ItemsInput struct {
	Address Address
	Now     *queries.Metrics
	Items   []queries.ResolutionRow
	Units   []record.Unit
	Filter  ItemFilter
	Reasons []queries.Reason // for the export
}

// Items is the page 议定事项台账.
type Items struct {
	Ledger
	Lede  string
	Rows  []ItemRow
	Table Table // of every matched row, for the export
}

// itemGroup is where an item stands in the sum at the foot: its state while it counts, "earlier" when it was done
// before the year, "other" when it is not spoken of (decided at a substitute, after the quarter, of another session).
func itemGroup(r queries.ResolutionRow, at queries.AsOf) string {
	if r.InPopulation {
		return string(r.State)
	}
	cohort := at.Cohort.Session == 0 || r.SessionYear == at.Cohort.Session
	decided := r.IsDecided && !r.DecidedOn.After(at.Quarter.Last())
	switch {
	case cohort && decided && (r.State == queries.StateOngoing || r.State == queries.StateCancelled):
		return string(r.State)
	case cohort && decided && r.State == queries.StateCompleted && r.DoneOn.Year() < at.Year:
		return "earlier"
	}
	return "other"
}

// NewItems builds 议定事项台账.
func NewItems(in ItemsInput) Items {
	at, f := in.Now.AsOf, in.Filter
	rows := newScope(in.Now, in.Units).items(in.Items)
	p := Items{Ledger: Ledger{
		Path: "/resolutions", Search: f.Search, Hint: "事项、牵头、责任人",
		Hidden: fields(in.Address, append([]string{"state", f.State, "population", f.Population}, f.order()...)...),
		Clear:  in.Address.Href("/resolutions"),
	}}
	p.Selects = itemSelects(rows, f)
	var fit, matched []queries.ResolutionRow
	count := map[string]int{}
	for _, r := range rows {
		g := itemGroup(r, at)
		if g != "earlier" && g != "other" {
			p.Whole++
		}
		if !f.fits(r, at) {
			continue
		}
		fit = append(fit, r)
		count[g]++
		if f.State == g || f.State == "" && g != "earlier" && g != "other" {
			matched = append(matched, r)
		}
	}
	p.Chips = itemChips(in.Address, f, count, len(fit))
	sortItems(matched, f.Sort, f.Falling)
	p.Matched = len(matched)
	p.Shown, p.More = clip(in.Address, p.Path, f.pairs(), len(matched), f.Show)
	for _, r := range matched[:p.Shown] {
		p.Rows = append(p.Rows, newItemRow(in.Address, at, f, r))
	}
	p.Table = itemTable(matched, in.Reasons)
	p.Heads = heads(in.Address, p.Path, f.unsorted(), itemColumns, f.Sort, f.Falling)
	p.XLSX = in.Address.Href("/resolutions.xlsx", f.pairs()...)
	p.CSV = in.Address.Href("/resolutions.csv", f.pairs()...)
	p.Picked = f.words(p.Selects)
	p.Lede = itemLede(in.Now)
	p.Foot = itemFoot(matched, at)
	return p
}

func itemLede(m *queries.Metrics) string {
	s := m.States
	done := NewRate(m.Total["resolution_completion"], "项", "")
	late := NewRate(m.Total["resolution_overdue"], "项", "")
	closed := NewRate(m.Total["resolution_closed"], "项", "")
	lede := fmt.Sprintf("应办 %d 项，办结 %d 项（%s），销号 %d 项（%s），逾期 %d 项（%s）", population(s), s.Completed, done.Percent(), m.Total["resolution_closed"].Num, closed.Percent(), s.Overdue, late.Percent())
	if s.Ongoing+s.Cancelled > 0 {
		lede += fmt.Sprintf("；另列长期坚持 %d 项、已撤销 %d 项", s.Ongoing, s.Cancelled)
	}
	return lede
}

// itemFoot is the sum of what is shown; it adds up by construction and says what it is made of.
func itemFoot(rows []queries.ResolutionRow, at queries.AsOf) []string {
	n := map[string]int{}
	onTime, judged, closed, counted := int64(0), int64(0), int64(0), int64(0)
	end := at.Quarter.Last()
	for _, r := range rows {
		n[itemGroup(r, at)]++
		if !r.InPopulation {
			continue
		}
		counted++
		if r.IsOnTime != nil {
			judged++
			if *r.IsOnTime {
				onTime++
			}
		}
		if r.State == queries.StateCompleted && closedBy(r, end) {
			closed++
		}
	}
	sum := fmt.Sprintf("= 应办 %d（已完成 %d　推进中 %d　未启动 %d　逾期 %d）+ 长期坚持 %d + 已撤销 %d", counted,
		n["completed"], n["in_progress"], n["not_started"], n["overdue"], n["ongoing"], n["cancelled"])
	if n["earlier"]+n["other"] > 0 {
		sum = fmt.Sprintf("= 往年办结 %d + 不计入应办 %d", n["earlier"], n["other"])
	}
	done := NewRate(queries.Pair{Num: int64(n["completed"]), Den: counted}, "", "")
	time := NewRate(queries.Pair{Num: onTime, Den: judged}, "", "")
	shut := NewRate(queries.Pair{Num: closed, Den: counted}, "", "")
	return []string{
		sum,
		fmt.Sprintf("办结率 %s（%s）　按期办结率 %s（%s）　销号率 %s（%s）", done.Percent(), done.ND, time.Percent(), time.ND, shut.Percent(), shut.ND),
		"「延」为调整过时限，按期与否仍按首次时限判断",
	}
}

func closedBy(r queries.ResolutionRow, end period.Date) bool {
	return !r.ClosedOn.IsZero() && !r.ClosedOn.After(end)
}
