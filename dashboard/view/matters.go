package view

import (
	"fmt"
	"slices"
	"strings"

	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// MattersInput is what 督办事项 is made from: matters the newest first, with what became of them.
type MattersInput struct {
	Address  Address
	Quarter  period.Quarter
	Today    period.Date
	Outcomes []queries.Outcome
	Filter   MatterFilter
	CanOpen  bool
}

// MatterFilter is the conditions, as they stand in the URL.
type MatterFilter struct{ State, Unit, Source, Search string }

func (f MatterFilter) pairs() []string {
	return []string{"state", f.State, "unit", f.Unit, "source", f.Source, "q", f.Search}
}

// Matters is the page 督办事项: the list, and what came after 交办 by unit.
type Matters struct {
	Ledger
	Lede    string
	Rows    []MatterRow
	After   MatterAfter
	Table   Table
	New     string // where one is opened by hand, "" for those who may not
	Closing string
	ToDo    string
}

// MatterRow is one matter of the list.
type MatterRow struct {
	ID, Href, Unit, UnitHref, Title, Source string
	Stage                                   Stage
	Assigned, Due, Replied, Closed          string
	Late                                    string // 「逾期 3 天」
	Document                                string
	Outcome, Tone                           string
	Days                                    string
	Moved                                   string // 「退 1　延 1」
}

// MatterAfter is 交办之后 by unit, with its total.
type MatterAfter struct {
	Note  string
	Rows  []AfterRow
	Total AfterRow
}

// AfterRow is one unit's figures.
type AfterRow struct {
	Unit, Href                      string
	All, Live, Late, Closed, Back   int
	Answered, Meetings, Items       Rate
	CloseDays, CloseCount, Returned string
}

// matterChips are the chips: what waits for whom, then what is over.
var matterChips = []struct{ key, name string }{
	{"", "全部"}, {"live", "在办"}, {"opened", "待交办"}, {"assigned", "待签收"}, {"received", "待反馈"}, {"late", "逾期未反馈"},
	{"replied", "待复核"}, {"checked", "待销号"}, {"closed", "已销号"}, {"back", "销号后又出现"}, {"cancelled", "已撤销"},
}

// FitMatters keeps the matters of a state: one of matter.States, or live, late, back. It reports false for no such state.
func FitMatters(all []queries.Outcome, state string, today period.Date) ([]queries.Outcome, bool) {
	if !slices.ContainsFunc(matterChips, func(c struct{ key, name string }) bool { return c.key == state }) {
		return nil, false
	}
	var out []queries.Outcome
	for _, o := range all {
		if (MatterFilter{}).fits(state, o, today) {
			out = append(out, o)
		}
	}
	return out, true
}

// MatterLines is the list for a terminal: id, unit, title, where it stands, due day, days late and what became of it.
func MatterLines(all []queries.Outcome, today period.Date) [][]string {
	var out [][]string
	for _, o := range all {
		m, late := o.Matter, ""
		if n := m.OverdueDays(today); n > 0 {
			late = itoa(n)
		}
		out = append(out, []string{m.ID, m.UnitName, m.Title, m.State.Chinese(), date(m.AssignedOn), date(m.DueOn), late, date(m.ClosedOn), outcomeWord(o)})
	}
	return out
}

// fits reports whether an outcome belongs under a chip.
func (f MatterFilter) fits(key string, o queries.Outcome, today period.Date) bool {
	switch key {
	case "":
		return true
	case "live":
		return o.Matter.Live()
	case "late":
		return o.Matter.OverdueDays(today) > 0
	case "back":
		return o.IsBack()
	}
	return string(o.Matter.State) == key
}

// NewMatters builds 督办事项.
func NewMatters(in MattersInput) Matters {
	f := in.Filter
	p := Matters{Ledger: Ledger{
		Path: "/matters", Search: f.Search, Hint: "编号、单位、事项、文号", Whole: len(in.Outcomes),
		Hidden: fields(in.Address, "state", f.State), Clear: in.Address.Href("/matters"),
	}, ToDo: in.Address.Href("/todo")}
	if in.CanOpen {
		p.New, p.Closing = in.Address.Href("/matters/new"), in.Address.Href("/closing")
	}
	var fit, matched []queries.Outcome
	for _, o := range in.Outcomes {
		m := o.Matter
		if f.Unit != "" && string(m.Unit) != f.Unit || f.Source != "" && string(m.Source) != f.Source ||
			!has(f.Search, m.ID, m.UnitName, m.Title, m.Document, targetTexts(m)) {
			continue
		}
		fit = append(fit, o)
		if f.fits(f.State, o, in.Today) {
			matched = append(matched, o)
		}
	}
	for _, c := range matterChips {
		g := f
		g.State = c.key
		n := 0
		for _, o := range fit {
			if g.fits(c.key, o, in.Today) {
				n++
			}
		}
		if n > 0 || c.key == "" || c.key == "live" || c.key == f.State {
			p.Chips = append(p.Chips, Chip{c.name, in.Address.Href("/matters", g.pairs()...), n, f.State == c.key})
		}
	}
	p.Selects = matterSelects(in.Outcomes, f)
	for _, o := range matched {
		p.Rows = append(p.Rows, newMatterRow(in.Address, o, in.Today))
	}
	p.Matched, p.Shown = len(matched), len(matched)
	p.XLSX, p.CSV = in.Address.Href("/matters.xlsx", f.pairs()...), in.Address.Href("/matters.csv", f.pairs()...)
	p.Table = matterTable(matched, in.Today)
	p.Lede = matterLede(queries.LoopOf(in.Outcomes, in.Today))
	p.After = newMatterAfter(in, fit)
	p.Picked = matterWords(f, p.Selects)
	p.Foot = []string{"用时为首次交办至解决之日，解决之日只知报告期的按季末计", "按期反馈以首次期限为准，延期不改变"}
	return p
}

func targetTexts(m *matter.Matter) string {
	var parts []string
	for _, t := range m.Targets {
		parts = append(parts, matter.TargetName(t), t.Observed)
	}
	return strings.Join(parts, "\x00")
}

func newMatterRow(a Address, o queries.Outcome, today period.Date) MatterRow {
	m := o.Matter
	r := MatterRow{
		ID: m.ID, Href: a.Href("/matters/" + m.ID), Unit: m.UnitName, UnitHref: a.Unit(string(m.Unit)), Title: m.Title,
		Source: m.Source.Chinese(), Stage: matterStage(m, today), Assigned: date(m.AssignedOn), Due: date(m.DueOn),
		Replied: date(m.RepliedOn), Closed: date(m.ClosedOn), Document: m.Document, Outcome: outcomeWord(o),
		Tone: outcomeTone(o), Days: daysWord(o.Days),
	}
	if n := m.OverdueDays(today); n > 0 {
		r.Late = fmt.Sprintf("逾期 %d 天", n)
	}
	var moved []string
	if m.Returned > 0 {
		moved = append(moved, fmt.Sprintf("退 %d", m.Returned))
	}
	if m.Extended > 0 {
		moved = append(moved, fmt.Sprintf("延 %d", m.Extended))
	}
	r.Moved = strings.Join(moved, "　")
	return r
}

func matterSelects(all []queries.Outcome, f MatterFilter) []Select {
	var units, sources []Choice
	seen := map[string]bool{}
	for _, o := range all {
		if code := string(o.Matter.Unit); !seen[code] {
			seen[code] = true
			units = append(units, Choice{Value: code, Name: o.Matter.UnitName})
		}
	}
	slices.SortFunc(units, func(a, b Choice) int { return strings.Compare(a.Value, b.Value) })
	for _, s := range matter.Sources {
		sources = append(sources, Choice{Value: string(s), Name: s.Chinese()})
	}
	return []Select{
		{"f-u", "unit", "单位", choices("全部单位", units, f.Unit)},
		{"f-s", "source", "来源", choices("全部来源", sources, f.Source)},
	}
}

func matterWords(f MatterFilter, selects []Select) string {
	var out []string
	for _, c := range matterChips {
		if c.key == f.State && c.key != "" {
			out = append(out, c.name)
		}
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

func matterLede(f queries.LoopFigures) string {
	if f.All == 0 {
		return "还没有立项督办的事项"
	}
	s := fmt.Sprintf("立项 %d 件：在办 %d，已销号 %d", f.All, f.Live, f.Closed)
	if f.Cancelled > 0 {
		s += fmt.Sprintf("，撤销 %d", f.Cancelled)
	}
	if f.Late > 0 {
		s += fmt.Sprintf("；逾期未反馈 %d 件", f.Late)
	}
	if f.Back > 0 {
		s += fmt.Sprintf("；销号后又出现 %d 件", f.Back)
	}
	answered := NewRate(f.Answered, "", "")
	return s + fmt.Sprintf("；按期反馈率 %s（%s），平均办结 %s 天", answered.Percent(), answered.ND, mean(f.CloseDays))
}

func newMatterAfter(in MattersInput, all []queries.Outcome) MatterAfter {
	p := MatterAfter{Note: "截至" + in.Quarter.Chinese() + "的报表；整改情况按各事项立项时的会议年度判断"}
	byUnit := map[record.UnitCode][]queries.Outcome{}
	var codes []record.UnitCode
	for _, o := range all {
		code := o.Matter.Unit
		if byUnit[code] == nil {
			codes = append(codes, code)
		}
		byUnit[code] = append(byUnit[code], o)
	}
	slices.Sort(codes)
	for _, code := range codes {
		of := byUnit[code]
		p.Rows = append(p.Rows, newAfterRow(in, of[0].Matter.UnitName, string(code), queries.LoopOf(of, in.Today)))
	}
	p.Total = newAfterRow(in, "合计", "", queries.LoopOf(all, in.Today))
	return p
}

func newAfterRow(in MattersInput, name, code string, f queries.LoopFigures) AfterRow {
	r := AfterRow{
		Unit: name, All: f.All, Live: f.Live, Late: f.Late, Closed: f.Closed, Back: f.Back,
		Answered: NewRate(f.Answered, "件", ""), Meetings: NewRate(f.Meetings, "个", ""), Items: NewRate(f.Items, "项", ""),
		CloseDays: mean(f.CloseDays), CloseCount: CountWord(int(f.CloseDays.Den)), Returned: itoa(f.Returned),
	}
	if code != "" {
		g := in.Filter
		g.Unit = code
		r.Href = in.Address.Href("/matters", g.pairs()...)
	}
	return r
}

func matterTable(all []queries.Outcome, today period.Date) Table {
	t := Table{
		Name: "督办事项",
		Heads: []string{
			"编号", "单位", "来源", "事项", "内容", "环节", "立项日期", "交办日期", "文号", "首次反馈期限", "现反馈期限", "逾期未反馈天数", "签收日期",
			"首次反馈日期", "复核日期", "销号日期", "退回次数", "延期次数", "交办之后", "用时（天）", "是否又出现",
		},
		Widths: []int{8, 12, 10, 30, 40, 12, 12, 12, 20, 12, 12, 12, 12, 12, 12, 12, 8, 8, 40, 10, 10},
	}
	for _, o := range all {
		m := o.Matter
		var about, after []string
		for _, x := range o.Targets {
			about = append(about, targetLine(x.Target.RuleName, x.Target.Observed, x.Target.ItemTitle))
			after = append(after, fateWord(x))
		}
		late, days, back := "", "", ""
		if n := m.OverdueDays(today); n > 0 {
			late = itoa(n)
		}
		if o.Days >= 0 {
			days = itoa(o.Days)
		}
		if o.IsBack() {
			back = "是"
		}
		t.Rows = append(t.Rows, []string{
			m.ID, m.UnitName, m.Source.Chinese(), m.Title, join(about), m.State.Chinese(), m.OpenedOn.String(), m.AssignedOn.String(),
			m.Document, m.FirstDueOn.String(), m.DueOn.String(), late, m.ReceivedOn.String(), m.FirstReply.String(),
			m.CheckedOn.String(), m.ClosedOn.String(), itoa(m.Returned), itoa(m.Extended), join(after), days, back,
		})
	}
	return t
}

func targetLine(rule, observed, item string) string {
	if item != "" {
		return item
	}
	return rule + "：" + observed
}
