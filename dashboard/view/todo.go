package view

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// TodoInput is what 待办 is made from, on a day. Items are as of the running quarter; Sent are the reports of Quarter, the
// last one that has ended. Documents are the papers issued that the account may see.
type TodoInput struct {
	Address   Address
	Today     period.Date
	Quarter   period.Quarter
	Who       matter.Actor
	Regime    *regime.Regime
	Outcomes  []queries.Outcome
	Items     []queries.ResolutionRow
	Claims    []queries.ResolutionRow // as of the quarter looked at: a new year must not hide what last year's reports say
	Sent      []queries.SentRow
	Documents []queries.Document
	Held      []TodoHeld
	Names     map[string]string
	HasBlank  bool
}

// TodoHeld is a file that waits for an officer's decision.
type TodoHeld struct {
	ID, Unit, File, Quarter string
	Received                time.Time
}

// Todo is the page 待办: what waits, for whom, with the days left.
type Todo struct {
	Lede    string
	Groups  []TodoGroup
	Matters string // the list of all matters
	New     string
	Closing string
	Empty   string
}

// TodoGroup is one kind of thing to do.
type TodoGroup struct {
	Key, Name, Note string
	Bad             bool
	Count           int
	Rows            []TodoRow
	More, MoreHref  string
}

// TodoRow is one thing to do: it opens where it is done.
type TodoRow struct {
	Unit, Title, Href, Detail string
	When, Left                string
	Late                      bool
	Tag                       string
	Act, ActHref              string
	sort                      int
}

// todoRows is how many rows a group shows before it names the rest.
const todoRows = 30

// dueSoon is how many days ahead a due day is announced; 3 and 0 are marked.
const dueSoon = 7

// WaitingMatters counts the matters that wait for somebody: what the navigation shows. What one has checked oneself waits for
// another.
func WaitingMatters(all []*matter.Matter, who matter.Actor) int {
	n := 0
	for _, m := range all {
		if waitsFor(m, who) {
			n++
		}
	}
	return n
}

func waitsFor(m *matter.Matter, who matter.Actor) bool {
	switch m.State {
	case matter.Opened, matter.Replied:
		return who.Officer
	case matter.Checked:
		return who.Officer && m.Checker != who.Login
	case matter.Assigned, matter.Received:
		return !who.Officer && who.Unit != ""
	}
	return false
}

// NewTodo builds 待办.
func NewTodo(in TodoInput) Todo {
	p := Todo{Matters: in.Address.Href("/matters")}
	if in.Who.Officer {
		p.New, p.Closing = in.Address.Href("/matters/new"), in.Address.Href("/closing")
	}
	var groups []TodoGroup
	if in.Who.Unit != "" {
		groups = []TodoGroup{in.awaiting(matter.Assigned), in.awaiting(matter.Received), in.reports(), in.overdue(), in.soon(), in.held()}
	} else {
		groups = []TodoGroup{
			in.held(), in.state(matter.Checked), in.state(matter.Replied), in.claims(), in.state(matter.Opened), in.unanswered(), in.back(),
			in.awaiting(matter.Assigned), in.awaiting(matter.Received), in.untracked(), in.reports(), in.overdue(), in.soon(),
		}
	}
	var parts []string
	for _, g := range groups {
		if g.Count == 0 {
			continue
		}
		slices.SortStableFunc(g.Rows, func(a, b TodoRow) int { return a.sort - b.sort })
		if len(g.Rows) > todoRows {
			g.More = fmt.Sprintf("另有 %d 项", len(g.Rows)-todoRows)
			g.Rows = g.Rows[:todoRows]
		}
		parts = append(parts, fmt.Sprintf("%s %d", g.Name, g.Count))
		p.Groups = append(p.Groups, g)
	}
	p.Lede = in.Today.Chinese()
	if len(parts) == 0 {
		p.Empty = "没有待办的事项"
		return p
	}
	return p
}

func (in TodoInput) matterRow(m *matter.Matter) TodoRow {
	r := TodoRow{Unit: m.UnitName, Title: m.Title, Href: in.Address.Href("/matters/" + m.ID), Tag: m.ID, Act: "办理", When: Nil}
	if m.Document != "" {
		r.Detail = m.Document
	}
	return r
}

// left fills in the days to a due day.
func (r *TodoRow) left(due, today period.Date) {
	if due.IsZero() {
		return
	}
	n := due.DaysSince(today)
	r.When, r.sort = due.String(), n
	switch {
	case n < 0:
		r.Left, r.Late = fmt.Sprintf("逾期 %d 天", -n), true
	case n == 0:
		r.Left, r.Late = "今天到期", true
	default:
		r.Left = fmt.Sprintf("还有 %d 天", n)
	}
}

// state is what waits for an officer: 待交办, 待复核, 待销号.
func (in TodoInput) state(s matter.State) TodoGroup {
	g := TodoGroup{Key: string(s), Name: s.Chinese(), MoreHref: in.Address.Href("/matters", "state", string(s))}
	own := 0
	for _, o := range in.Outcomes {
		m := o.Matter
		if m.State != s {
			continue
		}
		r := in.matterRow(m)
		since := m.Steps[len(m.Steps)-1].On
		r.When, r.Left, r.sort = since.String(), fmt.Sprintf("已等 %d 天", max(in.Today.DaysSince(since), 0)), since.DaysSince(in.Today)
		r.Act = map[matter.State]string{matter.Opened: "交办", matter.Replied: "复核", matter.Checked: "销号"}[s]
		switch s {
		case matter.Replied:
			r.Detail = "反馈 " + m.RepliedOn.String()
			if last := m.Last(matter.Reply); last != nil && len(last.Files) == 0 {
				r.Detail += "，无佐证材料"
			}
			if m.RepliedOn.IsZero() {
				r.Detail = "县（市、区）已报完成"
			}
		case matter.Checked:
			r.Detail = "复核 " + shortName(in.Names, m.Checker)
			if m.Checker == in.Who.Login {
				r.Detail, r.Act = "由你复核，须由另一人办理", "查看"
				r.sort += 1 << 20 // after those that may be closed
				own++
			}
		}
		if !in.Who.Officer {
			r.Act = "查看"
		}
		r.ActHref = r.Href
		g.Rows = append(g.Rows, r)
	}
	g.Count = len(g.Rows)
	if own > 0 {
		g.Note = fmt.Sprintf("其中 %d 件由你复核，须由另一人办理", own)
	}
	return g
}

// awaiting is what waits for a county: 待签收, 待反馈. For the department those past their due day stand in unanswered.
func (in TodoInput) awaiting(s matter.State) TodoGroup {
	g := TodoGroup{Key: string(s), Name: s.Chinese(), MoreHref: in.Address.Href("/matters", "state", string(s))}
	for _, o := range in.Outcomes {
		m := o.Matter
		if m.State != s || in.Who.Unit == "" && m.OverdueDays(in.Today) > 0 {
			continue
		}
		g.Rows = append(g.Rows, in.answerRow(m))
	}
	g.Count = len(g.Rows)
	if in.Who.Unit == "" {
		g.Note = "等待县（市、区）"
	}
	return g
}

func (in TodoInput) answerRow(m *matter.Matter) TodoRow {
	r := in.matterRow(m)
	r.left(m.DueOn, in.Today)
	r.Detail = joinNonEmpty("　", r.Detail, "交办 "+date(m.AssignedOn))
	if m.Returned > 0 {
		r.Detail += fmt.Sprintf("　退回 %d 次", m.Returned)
	}
	r.Act, r.ActHref = "查看", r.Href
	if in.Who.Unit != "" {
		r.Act = strings.TrimPrefix(m.State.Chinese(), "待")
	}
	return r
}

// unanswered is what counties should have answered by now.
func (in TodoInput) unanswered() TodoGroup {
	g := TodoGroup{Key: "unanswered", Name: "逾期未反馈", Bad: true, MoreHref: in.Address.Href("/matters", "state", "late")}
	for _, o := range in.Outcomes {
		if o.Matter.OverdueDays(in.Today) > 0 {
			r := in.answerRow(o.Matter)
			r.Detail = joinNonEmpty("　", o.Matter.State.Chinese(), r.Detail)
			g.Rows = append(g.Rows, r)
		}
	}
	g.Count = len(g.Rows)
	return g
}

// back is what was closed and has come back: a person decides.
func (in TodoInput) back() TodoGroup {
	g := TodoGroup{Key: "back", Name: "销号后又出现", Bad: true, MoreHref: in.Address.Href("/matters", "state", "back"), Note: "由人判断：撤销销号继续督办，或另行立项"}
	for _, o := range in.Outcomes {
		if !o.IsBack() {
			continue
		}
		r := in.matterRow(o.Matter)
		r.When, r.Detail, r.ActHref = date(o.Matter.ClosedOn), outcomeWord(o), r.Href
		g.Rows = append(g.Rows, r)
	}
	g.Count = len(g.Rows)
	return g
}

// claims are the items that counties report as done and nobody has taken up, by unit.
func (in TodoInput) claims() TodoGroup {
	g := TodoGroup{Key: "claims", Name: "已报完成、待复核", MoreHref: in.Address.Href("/closing"), Note: "县（市、区）填报「已完成」，经复核、销号后计入销号率"}
	var all []*matter.Matter
	for _, o := range in.Outcomes {
		all = append(all, o.Matter)
	}
	busy := matterOfItems(all)
	n := map[record.UnitCode]int{}
	names := map[record.UnitCode]string{}
	var order []record.UnitCode
	for _, r := range in.Claims {
		if !waitsForClosing(r) || !in.Regime.Obliges(r.Level) || busy[ClosingKey(r)] != nil || busy[titleKey(r)] != nil {
			continue
		}
		if n[r.Unit] == 0 {
			order = append(order, r.Unit)
		}
		n[r.Unit]++
		names[r.Unit] = r.UnitName
		g.Count++
	}
	for _, code := range order {
		href := in.Address.Href("/closing", "unit", string(code))
		row := TodoRow{Unit: names[code], Title: fmt.Sprintf("%d 项已报完成", n[code]), Href: href, Act: "复核", ActHref: href}
		if !in.Who.Officer {
			row.Href = in.Address.Href("/resolutions", "unit", string(code), "state", "completed")
			row.Act, row.ActHref = "查看", row.Href
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// untracked are letters issued that ask for an answer and that no matter follows: nobody will miss the answer.
func (in TodoInput) untracked() TodoGroup {
	g := TodoGroup{Key: "untracked", Name: "已发函件尚未跟踪", Note: "立项后登记签收和反馈", MoreHref: in.Address.Href("/documents")}
	followed := map[string]bool{}
	for _, o := range in.Outcomes {
		for _, s := range o.Matter.Steps {
			if s.Document != "" {
				followed[s.Document] = true
			}
		}
	}
	for _, d := range in.Documents {
		if d.ReplyDue.IsZero() || d.Unit == "" || followed[d.ID] || d.Number != "" && followed[d.Number] {
			continue
		}
		r := TodoRow{Unit: d.To, Title: d.Title, Href: in.Address.Href("/documents/" + d.ID), Detail: d.Number, Act: "查看"}
		r.left(d.ReplyDue, in.Today)
		r.ActHref = r.Href
		if in.Who.Officer {
			r.Act, r.ActHref = "立项", in.Address.Href("/matters/new", "unit", string(d.Unit), "document", documentName(d))
		}
		g.Rows = append(g.Rows, r)
	}
	g.Count = len(g.Rows)
	return g
}

// held are the files that wait for a decision.
func (in TodoInput) held() TodoGroup {
	g := TodoGroup{Key: "held", Name: "待受理的报送", MoreHref: in.Address.Href("/submissions")}
	if in.Who.Unit != "" {
		g.Name, g.Note = "已报送、待受理", "等待市级受理"
	}
	for _, h := range in.Held {
		came := period.DateOf(h.Received.In(period.Shanghai))
		r := TodoRow{
			Unit: text(h.Unit), Title: h.File, Href: in.Address.Href("/submissions/" + h.ID), Detail: h.Quarter, When: came.String(),
			Left: fmt.Sprintf("已等 %d 天", max(in.Today.DaysSince(came), 0)), Act: "查看", sort: came.DaysSince(in.Today),
		}
		if in.Who.Officer {
			r.Act = "受理"
		}
		r.ActHref = r.Href
		g.Rows = append(g.Rows, r)
	}
	g.Count = len(g.Rows)
	return g
}

// reports are the reports of the last quarter that have not come.
func (in TodoInput) reports() TodoGroup {
	g := TodoGroup{Key: "reports", Name: in.Quarter.Chinese() + "未报送", MoreHref: in.Address.Href("/submissions", "period", in.Quarter.String())}
	for _, s := range in.Sent {
		if s.Quarter != in.Quarter || s.Version > 0 {
			continue
		}
		r := TodoRow{Unit: s.Unit.Name, Title: in.Quarter.Chinese() + "报表", Href: g.MoreHref, Act: "查看", ActHref: g.MoreHref}
		r.left(s.DueOn, in.Today)
		if in.Who.Unit != "" {
			r.Act = "报送"
			if in.HasBlank {
				r.Act, r.ActHref = "下载空白报表", in.Address.Href("/templates/"+string(s.Unit.Code), "period", in.Quarter.String())
			}
		}
		g.Bad = g.Bad || r.Late
		g.Rows = append(g.Rows, r)
	}
	g.Count = len(g.Rows)
	return g
}

// unfinished are the items of obliged units that are not done, by the day they are due.
func (in TodoInput) unfinished(fits func(days int) bool) []TodoRow {
	var out []TodoRow
	for _, r := range in.Items {
		if !r.InPopulation || r.State == queries.StateCompleted || r.EffectiveDueOn.IsZero() || !in.Regime.Obliges(r.Level) ||
			!fits(r.EffectiveDueOn.DaysSince(in.Today)) {
			continue
		}
		href := in.Address.Href("/resolutions#"+itemAnchor(r), "unit", string(r.Unit), "open", itemAnchor(r))
		row := TodoRow{Unit: r.UnitName, Title: r.Title, Href: href, Detail: joinNonEmpty("　", r.LeadUnit, r.Owner), Act: "查看", ActHref: href}
		row.left(r.EffectiveDueOn, in.Today)
		if moved(r) {
			row.Tag = "延"
		}
		out = append(out, row)
	}
	return out
}

// overdue are the items past their due day today, as the last reports say.
func (in TodoInput) overdue() TodoGroup {
	g := TodoGroup{Key: "overdue", Name: "议定事项逾期", Bad: true, MoreHref: in.Address.Href("/resolutions", "state", "overdue")}
	g.Rows = in.unfinished(func(days int) bool { return days < 0 })
	g.Count = len(g.Rows)
	return g
}

// soon are the items due in 7, 3 and 0 days.
func (in TodoInput) soon() TodoGroup {
	g := TodoGroup{Key: "soon", Name: "7 日内到期", MoreHref: in.Address.Href("/resolutions", "due", "next")}
	g.Rows = in.unfinished(func(days int) bool { return days >= 0 && days <= dueSoon })
	within := map[int]int{}
	for _, r := range g.Rows {
		for _, n := range []int{0, 3} {
			if r.sort <= n {
				within[n]++
			}
		}
	}
	g.Count = len(g.Rows)
	g.Note = fmt.Sprintf("今天 %d 项，3 日内 %d 项，7 日内 %d 项", within[0], within[3], g.Count)
	return g
}

// CountWord is a count beside a word of the navigation, "" for none.
func CountWord(n int) string {
	switch {
	case n == 0:
		return ""
	case n > 99:
		return "99+"
	}
	return itoa(n)
}
