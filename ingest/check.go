package ingest

import (
	"fmt"
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
)

// session is what an item and its meeting share.
type session struct {
	unit record.UnitCode
	year int
	kind record.MeetingKind
}

func (s session) whole() bool { return s.unit != "" && s.year != 0 && s.kind != "" }

func meetingOf(m record.Meeting) session       { return session{m.Unit, m.SessionYear, m.Kind} }
func resolutionOf(r record.Resolution) session { return session{r.Unit, r.SessionYear, r.Kind} }

// words names the session: 海棠区2024年度联席会议, 海棠区2024年临时联席会议.
func (s session) words(units *registry.Registry) string {
	name := fmt.Sprintf("%s%d年", unitName(units, s.unit), s.year)
	return name + strings.TrimPrefix(s.kind.Chinese(), "年")
}

func unitName(u *registry.Registry, c record.UnitCode) string {
	unit, _ := u.Unit(c)
	return unit.Name
}

// check judges a file's rows against each other: the same key twice, near titles. What needs the accepted
// submissions is checkStored's.
func check(units *registry.Registry, r *record.Reading, p *problems) {
	checkEstablishmentKeys(units, r, p)
	checkMeetingKeys(units, r, p)
	checkResolutionKeys(units, r, p)
	checkNearTitles(r, p)
}

func checkEstablishmentKeys(units *registry.Registry, r *record.Reading, p *problems) {
	first := map[record.UnitCode]int{}
	for _, e := range r.Establishments {
		if e.Unit == "" {
			continue
		}
		if row, twice := first[e.Unit]; twice {
			name := unitName(units, e.Unit)
			p.add(KeyTwice, e.Source.Sheet, e.Source.Cells["unit"], name, row,
				fmt.Sprintf("「%s」的建制情况已经填写", name), "每个单位只填一行，请删去多余的一行。")
			continue
		}
		first[e.Unit] = e.Source.Row
	}
}

func checkMeetingKeys(units *registry.Registry, r *record.Reading, p *problems) {
	type key struct {
		session
		on period.Date
	}
	first := map[key]int{}
	for _, m := range r.Meetings {
		k := key{meetingOf(m), m.HeldOn}
		if !k.whole() || m.HeldOn.IsZero() {
			continue
		}
		if row, twice := first[k]; twice {
			p.add(KeyTwice, m.Source.Sheet, m.Source.Cells["held_on"], m.HeldOn.String(), row,
				fmt.Sprintf("%s于 %s 召开的会议已经填写", k.words(units), m.HeldOn), "同一天的同一会议只填一行，请删去多余的一行或改正召开日期。")
			continue
		}
		first[k] = m.Source.Row
	}
}

func checkResolutionKeys(units *registry.Registry, r *record.Reading, p *problems) {
	type key struct {
		session
		item string
	}
	first := map[key]int{}
	for _, res := range r.Resolutions {
		k := key{resolutionOf(res), itemKey(res)}
		if !k.whole() || k.item == "" {
			continue
		}
		row, twice := first[k]
		if !twice {
			first[k] = res.Source.Row
			continue
		}
		session := k.words(units)
		if res.ItemNo != "" {
			p.add(KeyTwice, res.Source.Sheet, res.Source.Cells["item_no"], res.ItemNo, row,
				fmt.Sprintf("%s的第 %s 项已经填写", session, res.ItemNo), "同一会议的事项序号不能重复，请改正序号或删去多余的一行。")
			continue
		}
		p.add(KeyTwice, res.Source.Sheet, res.Source.Cells["title"], res.Title, row,
			fmt.Sprintf("%s的「%s」已经填写", session, res.Title), "同一事项只填一行，请删去多余的一行；不是同一事项的，请填写序号。")
	}
}

// itemKey keys an item within its meeting: its number, else its title (metrics.md, Which row counts).
func itemKey(r record.Resolution) string {
	switch {
	case r.ItemNo != "":
		return "n:" + r.ItemNo
	case r.TitleKey != "":
		return "t:" + r.TitleKey
	}
	return ""
}

// mostCompared bounds the pairs of titles compared within one meeting.
const mostCompared = 400

// checkNearTitles warns about items of one meeting whose titles are so near that they may be one, at the later row.
func checkNearTitles(r *record.Reading, p *problems) {
	type item struct {
		nearTitle
		key, title string
		row        int
	}
	seen := map[session][]item{}
	for _, res := range r.Resolutions {
		s := resolutionOf(res)
		if !s.whole() || res.TitleKey == "" {
			continue
		}
		it := item{readNear(res.Title), itemKey(res), res.Title, res.Source.Row}
		for _, other := range seen[s] {
			if other.key != it.key && other.near(it.nearTitle) {
				p.add(TitleNear, res.Source.Sheet, res.Source.Cells["title"], res.Title, fmt.Sprintf("第 %d 行", other.row), shorten(other.title))
				break
			}
		}
		if len(seen[s]) < mostCompared {
			seen[s] = append(seen[s], it)
		}
	}
}

// checkStored judges a file against what was accepted before, as it stands at this moment.
func checkStored(units *registry.Registry, r *record.Reading, before stored, p *problems) {
	known := map[session]bool{}
	var unclear []session
	for _, m := range r.Meetings {
		if s := meetingOf(m); s.whole() {
			known[s] = true
		} else {
			unclear = append(unclear, s)
		}
	}
	for s := range before.meetings {
		known[s] = true
	}
	for _, res := range r.Resolutions {
		s := resolutionOf(res)
		if !s.whole() {
			continue
		}
		if !known[s] && !mayBe(s, unclear) {
			field := strangePart(s, known)
			p.add(MeetingUnknown, res.Source.Sheet, res.Source.Cells[field], cellWords(units, s, field), s.words(units))
			continue
		}
		checkProgress(res, before, p)
	}
}

// mayBe reports whether a meeting whose key could not be read whole may be the one: its own error is enough.
func mayBe(s session, unclear []session) bool {
	for _, u := range unclear {
		if (u.unit == "" || u.unit == s.unit) && (u.year == 0 || u.year == s.year) && (u.kind == "" || u.kind == s.kind) {
			return true
		}
	}
	return false
}

// strangePart says which part of an item's session is the one to look at: the form where the unit met that year in
// another form, the year where it met in that form in another, else the unit.
func strangePart(s session, known map[session]bool) string {
	sameForm := false
	for k := range known {
		if k.unit == s.unit && k.year == s.year {
			return "kind"
		}
		sameForm = sameForm || k.unit == s.unit
	}
	if sameForm {
		return "session_year"
	}
	return "unit"
}

func cellWords(units *registry.Registry, s session, field string) string {
	switch field {
	case "kind":
		return s.kind.Chinese()
	case "session_year":
		return fmt.Sprint(s.year)
	}
	return unitName(units, s.unit)
}

// checkProgress compares an item with its standing row of the earlier quarters.
func checkProgress(res record.Resolution, before stored, p *problems) {
	old, ok := before.find(res)
	if !ok {
		items := before.items[resolutionOf(res)]
		if items == nil {
			return
		}
		title := readNear(res.Title)
		for _, it := range items.list[:min(len(items.list), mostCompared)] {
			if it.near.near(title) {
				p.add(TitleNear, res.Source.Sheet, res.Source.Cells["title"], res.Title, it.quarter.Chinese()+"报表中", shorten(it.title))
				return
			}
		}
		return
	}
	if old.status == record.StatusCompleted && res.Status != record.StatusCompleted && res.Status != "" {
		p.add(DoneUndone, res.Source.Sheet, res.Source.Cells["status"], res.Status.Chinese(), old.quarter.Chinese(), res.Status.Chinese())
	}
	if old.percent != nil && res.Percent != nil && *res.Percent < *old.percent-1e-9 && res.Reason == "" && res.Remark == "" {
		p.add(RateFell, res.Source.Sheet, res.Source.Cells["percent"], percentWords(*res.Percent), old.quarter.Chinese(), percentWords(*old.percent), percentWords(*res.Percent))
	}
}

func percentWords(f float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", f), "0"), ".") + "%"
}
