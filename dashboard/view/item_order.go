package view

import (
	"slices"
	"strconv"
	"strings"

	"liandu/queries"
)

var itemColumns = []column{
	{key: "unit", name: "单位", pin: true}, {key: "session", name: "年度", falling: true}, {name: "序号", class: "num"},
	{key: "title", name: "议定事项"}, {name: "进展情况", class: "wide"}, {key: "category", name: "类别"},
	{key: "lead", name: "牵头单位"}, {name: "责任人"}, {key: "due", name: "完成时限", class: "num"},
	{name: "方案", class: "mid", title: "实施方案印发日期"}, {key: "state", name: "状态"},
	{key: "percent", name: "完成比例", falling: true}, {key: "overdue", name: "逾期天数", class: "num", falling: true},
	{key: "stage", name: "环节", title: "立项→责任→方案→推进→办结→销号"}, {name: "来源", class: "num"},
}

// stateRank is the order of a ledger nobody has sorted: what needs attention first.
func stateRank(r queries.ResolutionRow) int { return slices.Index(itemStates, r.State) }

// sortItems orders rows; the last keys are always unit, session year and number, so that the order is whole.
func sortItems(rows []queries.ResolutionRow, by string, falling bool) {
	slices.SortStableFunc(rows, func(a, b queries.ResolutionRow) int {
		n := 0
		switch by {
		case "unit":
			n = compare(a.Unit, b.Unit)
		case "session":
			n = a.SessionYear - b.SessionYear
		case "title":
			n = strings.Compare(a.Title, b.Title)
		case "category":
			n = strings.Compare(a.Category, b.Category)
		case "lead":
			n = strings.Compare(a.LeadUnit, b.LeadUnit)
		case "due":
			n = a.EffectiveDueOn.Compare(b.EffectiveDueOn)
		case "state":
			n = stateRank(a) - stateRank(b)
		case "percent":
			n = percentOf(a) - percentOf(b)
		case "overdue":
			n = overdueRank(a) - overdueRank(b)
		case "stage":
			n = newStage(a).Order - newStage(b).Order
		}
		if falling {
			n = -n
		}
		if n != 0 {
			return n
		}
		return defaultOrder(a, b)
	})
}

func defaultOrder(a, b queries.ResolutionRow) int {
	for _, n := range []int{
		stateRank(a) - stateRank(b), overdueRank(b) - overdueRank(a), a.EffectiveDueOn.Compare(b.EffectiveDueOn),
		compare(a.Unit, b.Unit), a.SessionYear - b.SessionYear, number(a.ItemNo) - number(b.ItemNo), strings.Compare(a.ItemKey, b.ItemKey),
	} {
		if n != 0 {
			return n
		}
	}
	return 0
}

// overdueRank puts an item that is not overdue below one overdue by 0 days.
func overdueRank(r queries.ResolutionRow) int {
	if r.State != queries.StateOverdue {
		return -1
	}
	return r.OverdueDays
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// percentOf is 完成比例 in whole percent; a completed item is 100, an unknown one −1.
func percentOf(r queries.ResolutionRow) int {
	switch {
	case r.State == queries.StateCompleted:
		return 100
	case r.Percent == nil:
		return -1
	}
	return int(*r.Percent + 0.5)
}
