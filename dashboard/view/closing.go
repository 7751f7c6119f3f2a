package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
	"liandu/queries"
)

// ClosingInput is what 复核销号 is made from: the items of the page's units, and the matters about items.
type ClosingInput struct {
	Address Address
	Now     *queries.Metrics
	Items   []queries.ResolutionRow
	Units   []record.Unit
	Matters []*matter.Matter
	Unit    string
	Today   period.Date
	Who     matter.Actor
	Names   map[string]string
	Files   string // the limit in words
	Typed   MatterTyped
	Picked  []string // what a refused form had chosen
}

// Closing is the page 复核销号: many items at once, in two steps by two people.
type Closing struct {
	Path, Back     string
	Lede           string
	Hidden         []Field
	Units          []Option
	UnitName       string
	Check, Close   []ClosingRow
	CheckAction    string
	CloseAction    string
	Others         []ClosingRow // claimed, and sent back or given to the county
	Today, On      string
	CheckWords     string
	CloseWords     string
	CheckError     string
	CloseError     string
	OwnCheck       int  // how many of Close the one who looks has checked
	AllOwn         bool // that is all of them
	Rate, DoneRate string
	FileLimit      string
}

// ClosingRow is one item. Value is what its check box says: the matter and its version, or the item itself.
type ClosingRow struct {
	Value, Unit, Session, No, Title, Href, Lead string
	DoneOn                                      string
	Assumed                                     bool
	Progress                                    string
	Cell, CellHref                              string
	Matter, MatterHref, MatterWord              string
	Checked                                     string // 「2025-01-14 李文静」
	Why, WhyShort                               string // why it cannot be chosen
	Picked                                      bool
}

// ClosingKey names an item in a form: unit, session year, kind and key.
func ClosingKey(r queries.ResolutionRow) string {
	return strings.Join([]string{string(r.Unit), strconv.Itoa(r.SessionYear), string(r.Kind), r.ItemKey}, "|")
}

// NewClosing builds the page.
func NewClosing(in ClosingInput) Closing {
	p := Closing{
		Path: "/closing", Back: in.Address.Href("/matters"), Hidden: in.Address.Fields(), Today: in.Today.String(), On: in.Today.String(),
		CheckAction: in.Address.Href("/closing/check", "unit", in.Unit), CloseAction: in.Address.Href("/closing/close", "unit", in.Unit),
		FileLimit: in.Files,
	}
	rows := newScope(in.Now, in.Units).items(in.Items)
	of := matterOfItems(in.Matters)
	units := map[string]int{}
	names := map[string]string{}
	for _, r := range rows {
		if waitsForClosing(r) {
			units[string(r.Unit)]++
		}
		names[string(r.Unit)] = r.UnitName
	}
	p.UnitName = names[in.Unit]
	p.Units = closingUnits(units, names, in.Unit)
	for _, r := range rows {
		if in.Unit != "" && string(r.Unit) != in.Unit || !waitsForClosing(r) {
			continue
		}
		m := of[ClosingKey(r)]
		if m == nil {
			m = of[titleKey(r)]
		}
		p.add(in, r, m)
	}
	p.AllOwn = p.OwnCheck > 0 && p.OwnCheck == len(p.Close)
	done, closed := in.Now.Total["resolution_completion"], in.Now.Total["resolution_closed"]
	if u := in.Now.Unit(record.UnitCode(in.Unit)); u != nil {
		done, closed = u.Indicators["resolution_completion"], u.Indicators["resolution_closed"]
	}
	d, c := NewRate(done, "", ""), NewRate(closed, "", "")
	p.DoneRate, p.Rate = d.Percent()+"（"+d.ND+"）", c.Percent()+"（"+c.ND+"）"
	p.Lede = fmt.Sprintf("已报完成、待复核 %d 项，待销号 %d 项", len(p.Check), len(p.Close))
	if t := in.Typed; t.Kind == string(matter.Check) {
		p.On, p.CheckWords, p.CheckError = t.On, t.Words, t.Error
	} else if t.Kind == string(matter.Close) {
		p.On, p.CloseWords, p.CloseError = t.On, t.Words, t.Error
	}
	return p
}

// waitsForClosing reports that the county says an item is done and the department has not confirmed it.
func waitsForClosing(r queries.ResolutionRow) bool {
	return r.InPopulation && r.State == queries.StateCompleted && r.ClosedOn.IsZero()
}

func closingUnits(n map[string]int, names map[string]string, chosen string) []Option {
	all := 0
	var codes []string
	for code, k := range n {
		all += k
		codes = append(codes, code)
	}
	if chosen != "" && n[chosen] == 0 && names[chosen] != "" {
		codes = append(codes, chosen)
	}
	slices.Sort(codes)
	out := []Option{{Text: fmt.Sprintf("全部单位（%d 项）", all), Selected: chosen == ""}}
	for _, code := range codes {
		out = append(out, Option{Value: code, Text: fmt.Sprintf("%s（%d 项）", names[code], n[code]), Selected: code == chosen})
	}
	return out
}

// matterOfItems maps the items of matters under way to their matter.
func matterOfItems(all []*matter.Matter) map[string]*matter.Matter {
	out := map[string]*matter.Matter{}
	for _, m := range all {
		if !m.Live() {
			continue
		}
		for _, t := range m.Items() {
			out[targetKey(m.Unit, t)], out[targetKey(m.Heir, t)] = m, m
		}
	}
	return out
}

func targetKey(unit record.UnitCode, t store.MatterTarget) string {
	return strings.Join([]string{string(unit), strconv.Itoa(t.SessionYear), string(t.MeetingKind), t.ItemKey}, "|")
}

func titleKey(r queries.ResolutionRow) string {
	return strings.Join([]string{string(r.Unit), strconv.Itoa(r.SessionYear), string(r.Kind), "t:" + r.TitleKey}, "|")
}

func (p *Closing) add(in ClosingInput, r queries.ResolutionRow, m *matter.Matter) {
	row := ClosingRow{
		Value: ClosingKey(r), Unit: r.UnitName, Session: itoa(r.SessionYear), No: text(r.ItemNo), Title: r.Title, Lead: text(r.LeadUnit),
		Href:   in.Address.Href("/resolutions#"+itemAnchor(r), "unit", string(r.Unit), "open", itemAnchor(r)),
		DoneOn: date(r.DoneOn), Assumed: r.DoneOnAssumed, Progress: text(r.Progress), Cell: cellOf(r.Source, "status", "title"),
	}
	row.CellHref = in.Address.Source(r.Submission, r.Source.Sheet, row.Cell, itemCells(r.Source)...)
	row.Picked = slices.Contains(in.Picked, row.Value)
	if m == nil {
		p.Check = append(p.Check, row)
		return
	}
	row.Matter, row.MatterHref, row.MatterWord = m.ID, in.Address.Href("/matters/"+m.ID), m.State.Chinese()
	row.Value = m.ID + "|" + itoa(m.Version)
	row.Picked = slices.Contains(in.Picked, row.Value) // one that has moved on meanwhile is to be looked at again
	switch m.State {
	case matter.Replied:
		if len(m.Targets) > 1 {
			row.WhyShort = "多项同案"
			row.Why = fmt.Sprintf("与另外 %d 项同案，请打开 %s 复核", len(m.Targets)-1, m.ID)
		}
		p.Check = append(p.Check, row)
	case matter.Checked:
		row.Checked = strings.TrimSpace(m.CheckedOn.String() + " " + shortName(in.Names, m.Checker))
		if m.Checker == in.Who.Login {
			row.Why, row.WhyShort = "由你复核，须由另一人销号", "由你复核"
			p.OwnCheck++
		}
		p.Close = append(p.Close, row)
	default:
		p.Others = append(p.Others, row)
	}
}
