package view

import (
	"slices"
	"strings"

	"liandu/internal/record"
	"liandu/queries"
)

// MeetingFilter is the conditions, as they stand in the URL. Session "" is the year asked, "all" every year.
type MeetingFilter struct {
	Kind, Search, Unit, Session, Rank, Sort string
	Check                                   string // a question of meetingChecks
	Falling                                 bool
	Show                                    int
}

func (f MeetingFilter) pairs() []string {
	p := []string{"kind", f.Kind, "q", f.Search, "unit", f.Unit, "session", f.Session, "rank", f.Rank, "check", f.Check}
	return append(p, f.order()...)
}

func (f MeetingFilter) order() []string { return ItemFilter{Sort: f.Sort, Falling: f.Falling}.order() }

func meetingSelects(rows []queries.MeetingRow, f MeetingFilter, session string) []Select {
	names := map[string]string{}
	var codes, sessions []string
	for _, m := range rows {
		if names[string(m.Unit)] == "" {
			codes = append(codes, string(m.Unit))
		}
		names[string(m.Unit)] = m.UnitName
		sessions = append(sessions, itoa(m.SessionYear))
	}
	sessions = append(sessions, session)
	slices.Sort(codes)
	slices.Sort(sessions)
	slices.Reverse(sessions)
	var units, years, ranks []Choice
	for _, c := range codes {
		units = append(units, Choice{Value: c, Name: names[c]})
	}
	for _, y := range distinct(sessions) {
		if y.Value != "all" {
			y.Name, y.Selected = y.Value+" 年度", y.Value == session
			years = append(years, y)
		}
	}
	years = append(years, Choice{"all", "全部年度", session == "all"})
	for _, r := range record.Ranks {
		ranks = append(ranks, Choice{Value: string(r), Name: r.Chinese()})
	}
	return []Select{
		{"f-u", "unit", "单位", choices("全部单位", units, f.Unit)},
		{"f-y", "session", "会议年度", years},
		{"f-r", "rank", "主持规格", choices("全部规格", ranks, f.Rank)},
	}
}

func meetingChips(a Address, f MeetingFilter, count map[string]int, fit int) []Chip {
	chip := func(name, kind string, n int) Chip {
		g := f
		g.Kind = kind
		return Chip{name, a.Href("/meetings", g.pairs()...), n, f.Kind == kind}
	}
	out := []Chip{chip("全部", "", fit)}
	for _, k := range []record.MeetingKind{record.KindAnnual, record.KindExtraordinary, record.KindSubstitute} {
		out = append(out, chip(k.Chinese(), string(k), count[string(k)]))
	}
	return out
}

func meetingWords(f MeetingFilter, selects []Select) string {
	var out []string
	if f.Kind != "" {
		out = append(out, record.MeetingKind(f.Kind).Chinese())
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
