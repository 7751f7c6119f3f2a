package view

import (
	"fmt"

	"liandu/internal/period"
	"liandu/queries"
)

// Ages is the unfinished items by how long they are overdue or have yet to run.
type Ages struct {
	Note string
	Rows []AgeRow
}

// AgeRow is one band. An empty band stays, with 0.
type AgeRow struct {
	Name, Class, Width, Href string
	Count                    int
}

// ageBand is a band of days; overdue days are positive, days yet to run negative. key names it in a URL.
type ageBand struct {
	key, name string
	late      bool
	from, to  int
}

var ageBands = []ageBand{
	{"late181", "逾期 180 天以上", true, 181, 1 << 30},
	{"late91", "逾期 91–180 天", true, 91, 180},
	{"late31", "逾期 31–90 天", true, 31, 90},
	{"late0", "逾期 30 天以内", true, 0, 30},
	{"due90", "90 天内到期", false, 0, 90},
	{"due180", "91–180 天到期", false, 91, 180},
	{"due181", "180 天以后到期", false, 181, 1 << 30},
}

// bandOf returns the key of an unfinished item's band at D, "none" when it has no deadline, "" when it is finished or
// not of the population.
func bandOf(r queries.ResolutionRow, end period.Date) string {
	if !r.InPopulation || r.State == queries.StateCompleted {
		return ""
	}
	if r.EffectiveDueOn.IsZero() {
		return "none"
	}
	late := r.State == queries.StateOverdue
	days := end.DaysSince(r.EffectiveDueOn)
	if !late {
		days = -days
	}
	for _, b := range ageBands {
		if b.late == late && days >= b.from && days <= b.to {
			return b.key
		}
	}
	return ""
}

func newAges(a Address, m *queries.Metrics, items []queries.ResolutionRow) Ages {
	count, all := map[string]int{}, 0
	for _, r := range items {
		if k := bandOf(r, m.AsOf.Quarter.Last()); k != "" {
			count[k]++
			all++
		}
	}
	bands := ageBands
	if count["none"] > 0 {
		bands = append(bands[:len(bands):len(bands)], ageBand{key: "none", name: "未定时限"})
	}
	most := 0
	for _, b := range bands {
		most = max(most, count[b.key])
	}
	g := Ages{Note: fmt.Sprintf("未办结 %d 项，按调整后时限", all)}
	for _, b := range bands {
		class := "bar-doing"
		if b.late {
			class = "bar-adverse"
		}
		g.Rows = append(g.Rows, AgeRow{b.name, class, share(count[b.key], most), a.Href("/resolutions", "due", b.key), count[b.key]})
	}
	return g
}
