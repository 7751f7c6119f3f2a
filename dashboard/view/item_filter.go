package view

import (
	"slices"
	"strings"

	"liandu/queries"
)

// ItemFilter is the conditions, as they stand in the URL.
type ItemFilter struct {
	State      string // a state, "earlier" or "other"; "" is all that is spoken of
	Search     string
	Unit       string
	Session    string
	Category   string
	Lead       string
	Due        string // a band of ageBands, none, next, moved
	Population string // "1": only 应办事项
	Sort       string
	Falling    bool
	Show       int
	Open       string // anchor of the row shown in full
}

// pairs returns the conditions for a link; sort, show and open are the link's own business.
func (f ItemFilter) pairs() []string {
	p := []string{
		"state", f.State, "q", f.Search, "unit", f.Unit, "session", f.Session, "category", f.Category,
		"lead", f.Lead, "due", f.Due, "population", f.Population,
	}
	return append(p, f.order()...)
}

func (f ItemFilter) order() []string {
	if f.Sort == "" {
		return nil
	}
	dir := "up"
	if f.Falling {
		dir = "down"
	}
	return []string{"sort", f.Sort, "dir", dir}
}

func (f ItemFilter) unsorted() []string {
	f.Sort = ""
	return f.pairs()
}

// fits judges every condition but the state, which the chips choose.
func (f ItemFilter) fits(r queries.ResolutionRow, at queries.AsOf) bool {
	switch {
	case f.Unit != "" && string(r.Unit) != f.Unit,
		f.Session != "" && itoa(r.SessionYear) != f.Session,
		f.Category != "" && r.Category != f.Category,
		f.Lead != "" && r.LeadUnit != f.Lead,
		f.Population != "" && !r.InPopulation,
		!has(f.Search, r.Title, r.LeadUnit, r.SupportUnits, r.Owner, r.UnitName, r.Progress, r.Reason, r.NextStep):
		return false
	}
	switch f.Due {
	case "":
		return true
	case "moved":
		return moved(r)
	case "next":
		end := at.Quarter.Last()
		return bandOf(r, end) != "" && r.EffectiveDueOn.After(end) && !r.EffectiveDueOn.After(at.Quarter.Add(1).Last())
	}
	return bandOf(r, at.Quarter.Last()) == f.Due
}

// moved reports that the deadline was changed after the first.
func moved(r queries.ResolutionRow) bool {
	return !r.RevisedDueOn.IsZero() && r.RevisedDueOn != r.DueOn
}

func itemSelects(rows []queries.ResolutionRow, f ItemFilter) []Select {
	var sessions, categories, leads []string
	units := map[string]string{}
	var codes []string
	for _, r := range rows {
		if units[string(r.Unit)] == "" {
			codes = append(codes, string(r.Unit))
		}
		units[string(r.Unit)] = r.UnitName
		sessions = append(sessions, itoa(r.SessionYear))
		categories = append(categories, r.Category)
		leads = append(leads, r.LeadUnit)
	}
	slices.Sort(codes)
	slices.Sort(sessions)
	slices.Reverse(sessions)
	slices.Sort(categories)
	slices.Sort(leads)
	var unitChoices []Choice
	for _, c := range codes {
		unitChoices = append(unitChoices, Choice{Value: c, Name: units[c]})
	}
	due := []Choice{{Value: "next", Name: "下季度到期"}, {Value: "moved", Name: "调整过时限"}, {Value: "none", Name: "未定时限"}}
	for _, b := range ageBands {
		due = append(due, Choice{Value: b.key, Name: b.name})
	}
	return []Select{
		{"f-u", "unit", "单位", choices("全部单位", unitChoices, f.Unit)},
		{"f-y", "session", "会议年度", choices("全部年度", distinct(sessions), f.Session)},
		{"f-c", "category", "类别", choices("全部类别", distinct(categories), f.Category)},
		{"f-l", "lead", "牵头单位", choices("全部牵头", distinct(leads), f.Lead)},
		{"f-d", "due", "完成时限", choices("全部时限", due, f.Due)},
	}
}

func itemChips(a Address, f ItemFilter, count map[string]int, fit int) []Chip {
	chip := func(name, state string, n int) Chip {
		g := f
		g.State = state
		return Chip{name, a.Href("/resolutions", g.pairs()...), n, f.State == state}
	}
	out := []Chip{chip("全部", "", fit-count["earlier"]-count["other"])}
	for _, s := range itemStates {
		w := NewState(s)
		out = append(out, chip(w.Word, w.Key, count[w.Key]))
	}
	if count["earlier"] > 0 || f.State == "earlier" {
		out = append(out, chip("往年办结", "earlier", count["earlier"]))
	}
	if count["other"] > 0 || f.State == "other" {
		out = append(out, chip("不计入", "other", count["other"]))
	}
	return out
}

// words names the conditions for the empty state.
func (f ItemFilter) words(selects []Select) string {
	var out []string
	if f.State != "" {
		out = append(out, map[string]string{"earlier": "往年办结", "other": "不计入"}[f.State]+NewStateWord(f.State))
	}
	for _, s := range selects {
		for _, c := range s.Choices {
			if c.Selected && c.Value != "" {
				out = append(out, c.Name)
			}
		}
	}
	if f.Search != "" {
		out = append(out, "含「"+f.Search+"」")
	}
	return strings.Join(out, "、")
}

// NewStateWord returns a state's word, "" for a key that is none.
func NewStateWord(key string) string {
	for _, s := range itemStates {
		if string(s) == key {
			return NewState(s).Word
		}
	}
	return ""
}
