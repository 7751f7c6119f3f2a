package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

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
}

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

// Items is the page 议定事项台账.
type Items struct {
	Ledger
	Lede  string
	Rows  []ItemRow
	Table Table // of every matched row, for the export
}

// ItemRow is one item of the ledger.
type ItemRow struct {
	Anchor, Unit, UnitHref, Session, No string
	Title, Href, Progress               string
	Category, Lead, Owner               string
	Due, FirstDue                       string
	Moved, DueInWords                   bool
	Plan                                string
	NoPlan                              bool
	State                               State
	Percent, Width, BarClass            string
	Overdue                             string
	Late                                bool
	Stage                               Stage
	Cell, CellHref, CellTitle           string
	Open                                bool
	Detail                              ItemDetail
}

// ItemDetail is the row in full: the steps with what is known of each, and the county's three texts with their cells.
type ItemDetail struct {
	Steps []Step
	Facts []Fact
}

// Step is one step of a loop. Class is step-done, step-now, step-late or step-todo.
type Step struct {
	Class, Dot, Name, Note string
	ND, Href               string
}

// Fact is a named text with the cell it stands in.
type Fact struct {
	Name, Text, Cell, Href string
	Missing                bool
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
		Path: "/resolutions", Search: f.Search, Hint: "事项、牵头单位、责任人、进展",
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
	p.Table = itemTable(matched)
	p.Heads = heads(in.Address, p.Path, f.unsorted(), itemColumns, f.Sort, f.Falling)
	p.XLSX = in.Address.Href("/resolutions.xlsx", f.pairs()...)
	p.CSV = in.Address.Href("/resolutions.csv", f.pairs()...)
	p.Picked = f.words(p.Selects)
	p.Lede = itemLede(in.Now)
	p.Foot = itemFoot(matched, at)
	return p
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

func itemAnchor(r queries.ResolutionRow) string {
	return fmt.Sprintf("r-%s-%d-%s-%s", r.Unit, r.SessionYear, r.Kind, strings.ReplaceAll(r.ItemKey, ":", "-"))
}

func newItemRow(a Address, at queries.AsOf, f ItemFilter, r queries.ResolutionRow) ItemRow {
	row := ItemRow{
		Anchor: itemAnchor(r), Unit: r.UnitName, UnitHref: a.Unit(string(r.Unit)), Session: itoa(r.SessionYear), No: text(r.ItemNo),
		Title: r.Title, Progress: r.Progress, Category: text(r.Category), Lead: text(r.LeadUnit), Owner: text(r.Owner),
		Due: date(r.EffectiveDueOn), FirstDue: date(r.DueOn), Moved: moved(r), Plan: date(r.PlanOn),
		NoPlan: r.PlanOn.IsZero(), State: NewState(r.State), Overdue: Nil, Stage: newStage(r), BarClass: "bar-doing",
		Percent: Nil, Width: "0%", Open: f.Open != "" && f.Open == itemAnchor(r),
	}
	if r.EffectiveDueOn.IsZero() && r.DueText != "" {
		row.Due, row.DueInWords = r.DueText, true
	}
	if p := percentOf(r); p >= 0 {
		row.Percent, row.Width = itoa(p)+"%", itoa(min(p, 100))+"%"
	}
	switch r.State {
	case queries.StateOverdue:
		row.Overdue, row.Late, row.BarClass = itoa(r.OverdueDays), true, "bar-adverse"
	case queries.StateCompleted:
		row.BarClass = "bar-fill"
	}
	row.Cell = cellOf(r.Source, "title")
	row.CellTitle = fmt.Sprintf("打开原始报表 %s!%s（%s）", r.Source.Sheet, row.Cell, r.Quarter)
	row.CellHref = a.Source(r.Submission, r.Source.Sheet, row.Cell, itemCells(r.Source)...)
	g := f
	g.Open = row.Anchor
	if row.Open {
		g.Open = ""
		row.Detail = itemDetail(a, at, r)
	}
	show := ""
	if f.Show > 0 {
		show = itoa(f.Show)
	}
	row.Href = a.Href("/resolutions#"+row.Anchor, append(f.pairs(), "open", g.Open, "show", show)...)
	return row
}

func itemDetail(a Address, at queries.AsOf, r queries.ResolutionRow) ItemDetail {
	d := ItemDetail{Steps: itemSteps(r)}
	add := func(name, value string, field string) {
		cell := cellOf(r.Source, field)
		if value == "" && cell == "" {
			return
		}
		f := Fact{Name: name, Text: value, Cell: cell, Href: a.Source(r.Submission, r.Source.Sheet, cell, itemCells(r.Source)...)}
		if value == "" {
			f.Text, f.Missing = Blank, true
		}
		if cell == "" {
			f.Href = ""
		}
		d.Facts = append(d.Facts, f)
	}
	add("进展情况", r.Progress, "progress")
	add("未完成原因", r.Reason, "reason")
	add("下步措施", r.NextStep, "next_step")
	if moved(r) {
		add("首次时限", r.DueOn.String(), "due_on")
		add("调整后", r.RevisedDueOn.String(), "revised_due_on")
	}
	add("配合单位", r.SupportUnits, "support_units")
	if r.Remark != "" {
		add("备注", r.Remark, "remark")
	}
	return d
}

// itemSteps are the six steps of one item with what is known of each.
func itemSteps(r queries.ResolutionRow) []Step {
	reached := stepsOf(r)
	notes := [...]string{
		"", strings.TrimSpace(r.LeadUnit + " " + r.Owner), r.PlanOn.String(), "", r.DoneOn.String(), r.ClosedOn.String(),
	}
	notes[0] = r.DecidedOn.String() + " " + r.Kind.Chinese()
	if !reached[1] {
		notes[1] = "缺" + strings.Join(gaps(r), "、")
	}
	if !reached[2] {
		notes[2] = "没有实施方案"
	}
	if p := percentOf(r); p >= 0 && p < 100 {
		notes[3] = fmt.Sprintf("%s 报 %d%%", r.Quarter, p)
	}
	if r.DoneOnAssumed {
		notes[4] = "未填日期，按 " + r.DoneOn.String()
	}
	steps := make([]Step, len(stepWords))
	now := false
	for i, name := range stepWords {
		steps[i] = Step{Class: "step-todo", Dot: itoa(i + 1), Name: name, Note: notes[i]}
		switch {
		case reached[i]:
			steps[i].Class = "step-done"
		case i == 4 && r.State == queries.StateOverdue:
			steps[i].Class, steps[i].Dot, steps[i].Note = "step-late", "!", fmt.Sprintf("逾期 %d 天", r.OverdueDays)
		case !now:
			steps[i].Class, now = "step-now", true
		}
	}
	if reached[4] && !reached[5] {
		steps[5].Note = "待本级确认"
	}
	return steps
}

// gaps names what the 责任清单 lacks.
func gaps(r queries.ResolutionRow) []string {
	var out []string
	for _, g := range []struct {
		missing bool
		name    string
	}{{r.LeadUnit == "", "牵头单位"}, {r.Owner == "", "责任人"}, {r.DueOn.IsZero(), "完成时限"}} {
		if g.missing {
			out = append(out, g.name)
		}
	}
	return out
}

func itemLede(m *queries.Metrics) string {
	s := m.States
	done := NewRate(m.Total["resolution_completion"], "项", "")
	late := NewRate(m.Total["resolution_overdue"], "项", "")
	lede := fmt.Sprintf("应办 %d 项，办结 %d 项（%s），逾期 %d 项（%s）", population(s), s.Completed, done.Percent(), s.Overdue, late.Percent())
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
