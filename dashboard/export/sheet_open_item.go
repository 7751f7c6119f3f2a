package export

import (
	"cmp"
	"fmt"
	"slices"

	"liandu/internal/xlsx"
	"liandu/queries"
)

// openItems is 未办结事项清单: the population that is not completed, by unit in official order, the longest overdue
// first.
func (p *paper) openItems() xlsx.Table {
	t := p.base(sheetOpenItem, fmt.Sprintf("%s%s未办结议定事项清单", p.City, p.asOf.Quarter.Chinese()), "项、天")
	t.Columns = []xlsx.Column{
		xlsx.Head("序号").To(xlsx.Center), xlsx.Head(p.word), xlsx.Head("届次").To(xlsx.Center), xlsx.Head("议定事项").Wide(20, 26),
		xlsx.Head("责任", "牵头单位").Wide(10, 15), xlsx.Head("责任", "责任人"), xlsx.Head("完成时限", "原定"), xlsx.Head("完成时限", "调整后"),
		xlsx.Head("状态").To(xlsx.Center), xlsx.Head("逾期\n天数"), xlsx.Head("进展情况").Wide(16, 22), xlsx.Head("未完成原因").Wide(12, 16),
		xlsx.Head("下步措施").Wide(12, 16),
	}
	n := 0
	rows := func(units []queries.UnitResult) {
		for _, u := range units {
			for _, r := range openOf(p.items[u.Unit.Code]) {
				n++
				t.Rows = append(t.Rows, openRow(n, u, r))
			}
		}
	}
	rows(p.units)
	total := n
	t.Rows = append(t.Rows, xlsx.TotalRow(xlsx.Text("合计").At(xlsx.Center), null(), null(), counted("未办结", int64(total), "项").At(xlsx.Left)))
	if hasOpen(p, p.zones) {
		t.Rows, n = append(t.Rows, xlsx.GroupRow(zoneGroup)), 0
		rows(p.zones)
	}
	t.Notes = numbered(
		p.knownNote(),
		"逾期天数＝截至日－完成时限（有调整的按调整后时限）；0天为当日到期未办结。",
		"进展情况、未完成原因、下步措施为各单位所报原文，“（空白）”为未填。",
	)
	return t
}

func hasOpen(p *paper, units []queries.UnitResult) bool {
	return slices.ContainsFunc(units, func(u queries.UnitResult) bool { return len(openOf(p.items[u.Unit.Code])) > 0 })
}

// openOf returns the items still to be done: overdue first, the longest first, then by session and number.
func openOf(items []queries.ResolutionRow) []queries.ResolutionRow {
	var out []queries.ResolutionRow
	for _, r := range items {
		if r.InPopulation && r.State != queries.StateCompleted {
			out = append(out, r)
		}
	}
	overdue := func(r queries.ResolutionRow) int {
		if r.State == queries.StateOverdue {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b queries.ResolutionRow) int {
		return cmp.Or(cmp.Compare(overdue(a), overdue(b)), cmp.Compare(b.OverdueDays, a.OverdueDays),
			cmp.Compare(a.SessionYear, b.SessionYear), cmp.Compare(len(a.ItemNo), len(b.ItemNo)), cmp.Compare(a.ItemNo, b.ItemNo),
			cmp.Compare(a.ItemKey, b.ItemKey))
	})
	return out
}

func openRow(n int, u queries.UnitResult, r queries.ResolutionRow) xlsx.Row {
	state, days := xlsx.Text(itemStateWord(r.State)), null()
	if r.State == queries.StateOverdue {
		state, days = state.In(xlsx.Red), xlsx.Int(int64(r.OverdueDays)).In(xlsx.Red)
	}
	due := xlsx.Date(r.DueOn)
	if r.DueOn.IsZero() && r.DueText != "" {
		due = xlsx.Text(r.DueText).At(xlsx.Center)
	}
	return xlsx.BodyRow(
		xlsx.Int(int64(n)), xlsx.Text(u.Unit.Name), xlsx.Text(session(r)), xlsx.Text(r.Title), written(r.LeadUnit), written(r.Owner),
		due, xlsx.Date(r.RevisedDueOn), state, days, written(r.Progress), written(r.Reason), written(r.NextStep),
	)
}

// session is the item's session and number, on two lines: 2024年度 第3项.
func session(r queries.ResolutionRow) string {
	s := fmt.Sprintf("%d年度", r.SessionYear)
	if r.ItemNo != "" {
		s += "\n第" + r.ItemNo + "项"
	}
	return s
}

// written is what the county wrote; an empty cell says that it is one.
func written(s string) xlsx.Cell {
	if s == "" {
		return xlsx.Text("（空白）").In(xlsx.Muted)
	}
	return xlsx.Text(clip(s))
}

func itemStateWord(s queries.ItemState) string {
	switch s {
	case queries.StateCompleted:
		return "已办结"
	case queries.StateOverdue:
		return "逾期"
	case queries.StateInProgress:
		return "推进中"
	case queries.StateNotStarted:
		return "未启动"
	case queries.StateOngoing:
		return "长期坚持"
	}
	return "已撤销"
}
