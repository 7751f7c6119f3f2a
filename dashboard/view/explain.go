package view

import (
	"fmt"
	"slices"
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// ExplainInput is what the page of one number is made from. Unit is nil for the total of the level; Established is
// needed for the indicator establishment alone.
type ExplainInput struct {
	Address     Address
	Indicator   string
	Unit        *record.Unit
	Now         *queries.Metrics
	Items       []queries.ResolutionRow
	Meetings    []queries.MeetingRow
	Sent        []queries.SentRow
	Units       []record.Unit
	Established []EstablishedRow
}

// EstablishedRow is a unit that should have set up the system, with the cells that say whether it has.
type EstablishedRow struct {
	Owner       record.UnitCode // the unit in whose figure it stands
	Name        string
	Established bool   // by the quarter's end
	Submission  string // "" when nothing was reported
	File, Sheet string
	Cells       []string
}

// Explain is the rows one number is made of: what counts above the line, what only below it, what not at all and why.
type Explain struct {
	Name, Unit, UnitHref string
	Rate                 Rate
	Sentence             string
	Num, Den             string // what is counted
	Clauses              []ClauseView
	NoRule               string // the regime has no such rule: nothing is judged
	Parts                []ExplainPart
	Heads                []string
	Rows                 []ExplainRow
	Check                string
	Wrong                bool // the rows do not add up to the figure
	Query                string
	Units                []UnitChoice
}

// ExplainPart is one part of the sum, with who is in it.
type ExplainPart struct {
	Name, Who, Count string
	Kind             string // num, den, out
}

// ExplainRow is one row: Num and Den say whether it is counted above and below the line, Why what decided that.
type ExplainRow struct {
	Unit, UnitHref string
	Texts          []string
	Num, Den       bool
	ND             string // for a unit that only sums up others
	Why            string
	Cell, CellHref string
	CellTitle      string
}

// UnitChoice is the same figure for another unit.
type UnitChoice struct {
	Name, ND, Href string
	Current        bool
}

// ClauseView is a clause's own words.
type ClauseView struct{ Words, Document, Number, Rule, Force string }

// NewExplain builds the page of one number; ok is false for an unknown indicator.
func NewExplain(in ExplainInput) (Explain, bool) {
	i, ok := indicatorOf(in.Indicator)
	if !ok {
		return Explain{}, false
	}
	pair, unit := in.Now.Total[i.ID], ""
	p := Explain{Name: i.name(), Unit: "合计", Num: i.Num, Den: i.Den, Query: "queries/metric/" + i.ID + ".sql"}
	if in.Unit != nil {
		unit = string(in.Unit.Code)
		p.Unit, p.UnitHref, pair = in.Unit.Name, in.Address.Unit(unit), queries.Pair{}
		if u := in.Now.Unit(in.Unit.Code); u != nil {
			pair = u.Indicators[i.ID]
		}
	}
	p.Rate = NewRate(pair, i.Counter, "")
	p.Sentence = fmt.Sprintf("截至%s，%s %d %s，其中%s %d %s。", in.Now.AsOf.Quarter.Last().Chinese(), i.Den, pair.Den, i.Counter, i.Num, pair.Num, i.Counter)
	if r := in.Now.AsOf.Regime; r != nil {
		p.Clauses = clausesOf(r, i.ID)
		if !r.Judges(i.ID) {
			p.NoRule = "本制度未规定此项，不评价"
		}
	}
	switch i.Kind {
	case kindMeeting:
		p.meetingRows(in, i)
	case kindItem:
		p.itemRows(in, i)
	case kindSubmission:
		p.sentRows(in, i)
	case kindEstablishment:
		p.establishedRows(in)
	}
	p.check(pair)
	for _, u := range in.Now.Units {
		x := u.Indicators[i.ID]
		p.Units = append(p.Units, UnitChoice{u.Unit.Name, fmt.Sprintf("%d/%d", x.Num, x.Den), in.Address.Explain(i.ID, string(u.Unit.Code)), unit == string(u.Unit.Code)})
	}
	return p, true
}

// check adds up the rows and compares with the figure; a difference is shown, never hidden.
func (p *Explain) check(pair queries.Pair) {
	if p.NoRule != "" || len(p.Rows) > 0 && p.Rows[0].ND != "" {
		return
	}
	var num, den int64
	for _, r := range p.Rows {
		if r.Num {
			num++
		}
		if r.Den {
			den++
		}
	}
	p.Check = fmt.Sprintf("明细计入分子 %d 行、分母 %d 行，与指标 %d/%d 一致", num, den, pair.Num, pair.Den)
	if num != pair.Num || den != pair.Den {
		p.Wrong = true
		p.Check = fmt.Sprintf("明细计入分子 %d 行、分母 %d 行，与指标 %d/%d 不一致，请联系系统管理员核对", num, den, pair.Num, pair.Den)
	}
}

// clausesOf returns the words of the rules that stand behind an indicator.
func clausesOf(r *regime.Regime, id string) []ClauseView {
	var out []ClauseView
	for _, i := range regime.Indicators {
		if i.ID != id || i.Rule == "" {
			continue
		}
		if rule, ok := r.Rule(i.Rule); ok {
			out = append(out, newClause(r, rule.Clause, regime.RuleName(rule.ID)))
		}
	}
	if id == "chaired_by_principal" {
		if rule, ok := r.Rule(regime.RuleChair); ok {
			out = append(out, newClause(r, rule.Clause, regime.RuleName(rule.ID)))
		}
	}
	return out
}

func newClause(r *regime.Regime, c regime.Clause, rule string) ClauseView {
	document := c.Document
	if document == "" {
		document = r.Document.Cite()
	}
	return ClauseView{c.Text, document, c.Number, rule, string(c.Force)}
}

// unitsOf are the unit asked for, or all of the level.
func (in ExplainInput) unitsOf() []queries.UnitResult {
	if in.Unit == nil {
		return in.Now.Units
	}
	if u := in.Now.Unit(in.Unit.Code); u != nil {
		return []queries.UnitResult{*u}
	}
	return nil
}

// meetingRows lists the units with their counted meeting and the fact that decides.
func (p *Explain) meetingRows(in ExplainInput, i indicator) {
	p.Heads = []string{"年度会议", "召开日期", "主持人", "依据的事实"}
	counted := map[record.UnitCode]queries.MeetingRow{}
	latest := map[record.UnitCode]queries.MeetingRow{}
	for _, m := range in.Meetings {
		if m.IsCounted {
			counted[m.Unit] = m
		}
		if m.SessionYear == in.Now.AsOf.Year && !m.HeldOn.IsZero() {
			latest[m.Unit] = m
		}
	}
	part := map[string][]string{}
	for _, u := range in.unitsOf() {
		pair := u.Indicators[i.ID]
		row := ExplainRow{
			Unit: u.Unit.Name, UnitHref: in.Address.Unit(string(u.Unit.Code)), Num: pair.Num > 0, Den: pair.Den > 0,
		}
		if u.IsRollup {
			row.ND = fmt.Sprintf("%d/%d", pair.Num, pair.Den)
		}
		m, has := counted[u.Unit.Code]
		if !has {
			m, has = latest[u.Unit.Code]
		}
		row.Texts = []string{statusWord(u.Status), date(u.HeldOn), text(u.ChairTitle + u.ChairName), Nil}
		if has {
			row.Texts[3] = meetingFact(i.ID, m, in.Now.AsOf)
			field := factField(i.ID)
			row.Cell = cellOf(m.Source, field, "held_on")
			row.CellHref = in.Address.Source(m.Submission, m.Source.Sheet, row.Cell, meetingCells(m.Source)...)
			row.CellTitle = fmt.Sprintf("%s %s!%s", m.File, m.Source.Sheet, row.Cell)
		}
		row.Why = meetingWhy(i, u, row)
		part[row.Why] = append(part[row.Why], u.Unit.Name)
		p.Rows = append(p.Rows, row)
	}
	p.sortRows()
	p.Parts = partsOf(p.Rows)
}

// meetingWhy says where a unit stands in the sum.
func meetingWhy(i indicator, u queries.UnitResult, row ExplainRow) string {
	switch {
	case u.IsRollup:
		return "下属单位合计"
	case row.Num:
		return "计入分子"
	case row.Den && i.ID == "chaired_by_principal" && u.ChairRank == record.RankUnknown:
		return "主持人未载明，只计入分母"
	case row.Den:
		return "只计入分母"
	case !u.Status.Held():
		return statusWord(u.Status) + "，不计入"
	case i.ID == "report_back":
		return "以往年度没有议定事项，不计入"
	}
	return "本制度未规定，不计入"
}

// factField is the field that decides an indicator of meetings.
func factField(id string) string {
	switch id {
	case "chaired_by_principal", "chair_meets_rule":
		return "chair_title"
	case "agenda_complete":
		return "agenda_discuss"
	case "topic_lead_time":
		return "solicited_on"
	case "minutes_issued":
		return "minutes_issued_on"
	case "publicity":
		return "publicity"
	case "report_back":
		return "agenda_report"
	}
	return "held_on"
}

// meetingFact is the fact that decides, as the county wrote it.
func meetingFact(id string, m queries.MeetingRow, at queries.AsOf) string {
	blank := func(s string) string {
		if s == "" {
			return Blank
		}
		return s
	}
	switch id {
	case "annual_meeting_held":
		return m.Kind.Chinese()
	case "held_on_time":
		return "期限 " + deadlineFor(at, m.SessionYear).String()
	case "chaired_by_principal", "chair_meets_rule":
		return m.ChairRank.Chinese()
	case "agenda_complete":
		var marks []string
		for _, b := range agenda(m) {
			marks = append(marks, b.Mark)
		}
		return "四项议程 " + strings.Join(marks, " ")
	case "topic_lead_time":
		return "征集启动 " + blank(m.SolicitedOn.String())
	case "minutes_issued":
		return "印发 " + blank(m.MinutesIssuedOn.String())
	case "publicity":
		return "宣传报道 " + blank(m.Publicity)
	case "report_back":
		return "通报落实情况 " + blank(tick(m.AgendaReport))
	}
	return Nil
}

// itemRows lists the items with the fact that decides.
func (p *Explain) itemRows(in ExplainInput, i indicator) {
	p.Heads = []string{"年度", "议定事项", "牵头单位", "时限", "状态", "依据的事实"}
	s := newScope(in.Now, in.Units)
	end := in.Now.AsOf.Quarter.Last()
	for _, r := range in.Items {
		if in.Unit != nil && r.Unit != in.Unit.Code || !s.has(r.Unit) {
			continue
		}
		num, den, fact := itemMembership(i.ID, r, end)
		row := ExplainRow{
			Unit: r.UnitName, UnitHref: in.Address.Unit(string(r.Unit)), Num: num, Den: den, Why: itemWhy(r, num, den, in.Now.AsOf),
			Texts: []string{itoa(r.SessionYear), r.Title, text(r.LeadUnit), due(r), NewState(r.State).Word, fact},
			Cell:  cellOf(r.Source, itemField(i.ID), "title"),
		}
		row.CellHref = in.Address.Source(r.Submission, r.Source.Sheet, row.Cell, itemCells(r.Source)...)
		row.CellTitle = fmt.Sprintf("%s %s!%s", r.File, r.Source.Sheet, row.Cell)
		p.Rows = append(p.Rows, row)
	}
	p.sortRows()
	p.Parts = partsOf(p.Rows)
}

// due is an item's deadline as judged by its effective date, with the words where it was given in words.
func due(r queries.ResolutionRow) string {
	switch {
	case moved(r):
		return fmt.Sprintf("%s（首次 %s）", r.EffectiveDueOn, date(r.DueOn))
	case r.EffectiveDueOn.IsZero() && r.DueText != "":
		return r.DueText
	}
	return date(r.EffectiveDueOn)
}

// itemMembership says whether an item is above and below the line of an indicator, and by which fact.
func itemMembership(id string, r queries.ResolutionRow, end period.Date) (num, den bool, fact string) {
	done := r.State == queries.StateCompleted
	den = r.InPopulation
	on := func(what string, d period.Date) string {
		if d.IsZero() || d.After(end) {
			return "未" + what
		}
		return d.String() + " " + what
	}
	switch id {
	case "resolution_completion":
		num, fact = done, on("完成", r.DoneOn)
	case "resolution_closed":
		num, fact = done && closedBy(r, end), on("销号", r.ClosedOn)
	case "resolution_on_time":
		den = den && r.IsOnTime != nil
		num = den && *r.IsOnTime
		fact = fmt.Sprintf("首次时限 %s，%s", date(r.DueOn), on("完成", r.DoneOn))
	case "resolution_overdue":
		num, fact = r.State == queries.StateOverdue, fmt.Sprintf("逾期 %d 天", r.OverdueDays)
		if !num {
			fact = "未逾期"
		}
	case "implementation_plan":
		num, fact = !r.PlanOn.IsZero() && !r.PlanOn.After(end), on("印发方案", r.PlanOn)
	case "accountability":
		num, fact = accountable(r), "齐全"
		if !num {
			fact = "缺" + strings.Join(gaps(r), "、")
		}
	}
	return num && den, den, fact
}

// itemField is the field that decides an indicator of items.
func itemField(id string) string {
	switch id {
	case "resolution_completion", "resolution_closed":
		return "status"
	case "resolution_on_time", "resolution_overdue":
		return "due_on"
	case "implementation_plan":
		return "plan_on"
	}
	return "title"
}

func itemWhy(r queries.ResolutionRow, num, den bool, at queries.AsOf) string {
	switch {
	case num:
		return "计入分子"
	case den:
		return "只计入分母"
	case r.InPopulation:
		return "首次时限未到或未定，不计入"
	}
	switch itemGroup(r, at) {
	case "ongoing":
		return "长期坚持，不计入"
	case "cancelled":
		return "已撤销，不计入"
	case "earlier":
		return "往年已办结，不计入"
	}
	if r.Kind == record.KindSubstitute {
		return "以其他会议议定，不计入"
	}
	return "不属所选届次或报告期，不计入"
}

// sentRows lists the quarters' reports of each unit, or of the submitter above it.
func (p *Explain) sentRows(in ExplainInput, i indicator) {
	p.Heads = []string{"报告期", "报送时限", "首次接收", "版本", "是否按时"}
	for _, u := range in.reporters() {
		submitter := submitterOf(u, in.Units)
		for _, s := range in.Sent {
			if s.Unit.Code != submitter || s.Quarter.Year != in.Now.AsOf.Year || s.Quarter.Compare(in.Now.AsOf.Quarter) > 0 {
				continue
			}
			word, _ := timing(s, in.Now.AsOf)
			row := ExplainRow{
				Unit: u.Name, UnitHref: in.Address.Unit(string(u.Code)), Den: s.OnTime != nil, Num: s.OnTime != nil && *s.OnTime,
				Texts: []string{s.Quarter.Chinese(), s.DueOn.String(), moment(s.FirstReceivedAt), Nil, word},
			}
			if s.Version > 0 {
				row.Texts[3] = "第 " + itoa(s.Version) + " 版"
				row.Cell, row.CellHref = "报送", in.Address.Href("/submissions/"+s.Submission)
				row.CellTitle = "打开这次报送"
			}
			switch r := in.Now.AsOf.Regime; {
			case r != nil && !r.Obliges(u.Level):
				row.Num, row.Den, row.Why = false, false, "本制度不约束此层级，不计入"
			case row.Num:
				row.Why = "计入分子"
			case row.Den:
				row.Why = "只计入分母"
			default:
				row.Why = "未到时限，不计入"
			}
			p.Rows = append(p.Rows, row)
		}
	}
	p.sortRows()
	p.Parts = partsOf(p.Rows)
}

// reporters are the units whose reports are counted: those listed, or below one that only sums up, the obliged ones.
func (in ExplainInput) reporters() []record.Unit {
	parent := map[record.UnitCode]record.UnitCode{}
	for _, u := range in.Units {
		parent[u.Code] = u.Parent
	}
	below := func(u record.Unit, top record.UnitCode) bool {
		for p, n := u.Parent, 0; p != "" && n < 8; p, n = parent[p], n+1 {
			if p == top {
				return true
			}
		}
		return false
	}
	end := in.Now.AsOf.Quarter.Last()
	var out []record.Unit
	for _, u := range in.unitsOf() {
		if !u.IsRollup {
			out = append(out, u.Unit)
			continue
		}
		for _, x := range in.Units {
			ended := !x.ValidTo.IsZero() && x.ValidTo.Before(end) || x.ValidFrom.After(end)
			if below(x, u.Unit.Code) && !ended && in.Now.AsOf.Regime.Obliges(x.Level) {
				out = append(out, x)
			}
		}
	}
	return out
}

// establishedRows lists the units that should have set up the system.
func (p *Explain) establishedRows(in ExplainInput) {
	p.Heads = []string{"应建制单位", "是否建立", "来源文件"}
	names := newScope(in.Now, in.Units).names
	for _, e := range in.Established {
		row := ExplainRow{
			Unit: names[e.Owner], UnitHref: in.Address.Unit(string(e.Owner)), Den: true, Num: e.Established,
			Texts: []string{e.Name, "否", text(e.File)}, Why: "只计入分母",
		}
		switch {
		case e.Established:
			row.Texts[1], row.Why = "是", "计入分子"
		case e.Submission == "":
			row.Texts[1], row.Why = "未报送", "未报送，按未建立计"
		}
		if len(e.Cells) > 0 {
			row.Cell, row.CellTitle = e.Cells[0], e.Sheet+"!"+e.Cells[0]
			row.CellHref = in.Address.Source(e.Submission, e.Sheet, e.Cells[0], e.Cells...)
		}
		p.Rows = append(p.Rows, row)
	}
	p.sortRows()
	p.Parts = partsOf(p.Rows)
}

// sortRows puts what is missing above the line first, then what is there, then what is not counted.
func (p *Explain) sortRows() {
	class := func(r ExplainRow) int {
		switch {
		case r.Den && !r.Num:
			return 0
		case r.Den:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(p.Rows, func(a, b ExplainRow) int { return class(a) - class(b) })
}

// partNames is how many units a part names before it counts the rest.
const partNames = 6

// partsOf groups the rows by what decided them, in the order above: numerator, denominator only, not counted.
func partsOf(rows []ExplainRow) []ExplainPart {
	type part struct {
		ExplainPart
		n     int
		names []string
	}
	var parts []*part
	for _, r := range rows {
		if r.ND != "" {
			continue
		}
		i := slices.IndexFunc(parts, func(x *part) bool { return x.Name == r.Why })
		if i < 0 {
			kind := "out"
			if r.Num {
				kind = "num"
			} else if r.Den {
				kind = "den"
			}
			parts = append(parts, &part{ExplainPart: ExplainPart{Name: r.Why, Kind: kind}})
			i = len(parts) - 1
		}
		parts[i].n++
		if !slices.Contains(parts[i].names, r.Unit) {
			parts[i].names = append(parts[i].names, r.Unit)
		}
	}
	order := map[string]int{"num": 0, "den": 1, "out": 2}
	slices.SortStableFunc(parts, func(a, b *part) int { return order[a.Kind] - order[b.Kind] })
	var out []ExplainPart
	for _, x := range parts {
		x.Count = itoa(x.n)
		x.Who = strings.Join(x.names[:min(len(x.names), partNames)], "、")
		if len(x.names) > partNames {
			x.Who += fmt.Sprintf("等 %d 个单位", len(x.names))
		}
		out = append(out, x.ExplainPart)
	}
	return out
}
