package export

import (
	"fmt"
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// Notice makes 专题通报 of the quarter: 召开情况, 落实情况, 存在的问题, 下一步要求 and the attachments. It refuses with
// fault.Invalid, listing all that is missing, and with fault.Conflict where two numbers for one thing differ.
func (d Dossier) Notice() (*Official, error) {
	k, err := newDesk(d, "专题通报")
	if err != nil {
		return nil, err
	}
	n := &notice{desk: k}
	body := n.body()
	tables := n.attachments()
	number := k.number("notice.number")
	o := &Official{Paper: PaperNotice, Kind: k.kind, Number: number.Text, Issuer: k.need("office.name").Text, IssuedOn: k.IssuedOn}
	titled := n.head(number)
	o.Title = titled.title
	o.To = titled.to
	end := append(attachmentNote(tables), signature(k.need("office.name"), k.issuedSpan())...)
	o.Pages = append(o.Pages, OfficialPage{Blocks: together(append(titled.blocks, body...), end)})
	for i, t := range tables {
		o.Pages = append(o.Pages, t.page(i+1, len(tables)))
	}
	o.Pages = append(o.Pages, OfficialPage{Blocks: []OfficialBlock{n.imprint("notice.copy")}})
	return o, k.finish(o, false)
}

// notice is a desk with what its parts share.
type notice struct {
	*desk
	held, late, onTime, substituted, notHeld, pending []queries.UnitResult
	overdue                                           []queries.ResolutionRow
	attached                                          bool // the overdue items are an attachment, not in the text
}

type noticeHead struct {
	title, to string
	blocks    []OfficialBlock
}

// head is the red head, the number over the red rule, the title and the addressees.
func (n *notice) head(no Span) noticeHead {
	office := n.need("office.name")
	pieces := []string{office.Text, "关于", n.asOf.Quarter.Chinese(), "政府与工会", "联席会议", "召开和落实情况的", "通报"}
	to := "各" + n.word + "总工会"
	if n.asOf.Level != record.LevelCounty {
		to = "各" + n.word + "工会"
	}
	lines := titleLines(pieces...)
	return noticeHead{title: strings.Join(lines, ""), to: to, blocks: redHead(office, false, no, lines, to)}
}

func empty() OfficialBlock { return Line{Style: docx.Empty} }

func (n *notice) body() []OfficialBlock {
	n.sort()
	n.namesAt = "附件4"
	if n.attached {
		n.namesAt = "附件5"
	}
	basis := n.basis()
	because := spans("根据", basis, "，")
	if a, ok := n.asOf.Regime.Action("notice"); ok && a.Name == "专题通报" {
		because = spans("根据", basis, "关于", clauseQuote(a.Clause), "的要求，")
	}
	out := []OfficialBlock{
		bodyLine(because, "现将截至", n.asOfSpan(), "各", n.word, n.year(), "政府与工会联席会议召开情况和议定事项落实情况通报如下。"),
		Line{Style: docx.Heading1, Spans: spans("一、召开情况")},
	}
	out = append(out, n.heldText()...)
	out = append(out, Line{Style: docx.Heading1, Spans: spans("二、落实情况")})
	out = append(out, n.doneText()...)
	problems := n.problems()
	part := 3
	if len(problems) > 0 {
		out = append(out, Line{Style: docx.Heading1, Spans: spans("三、存在的问题")})
		out = append(out, paragraphs(problems)...)
		part = 4
	}
	demands := n.demands()
	if err := n.praiseAndBlame(n.praise(), problems, demands); err != nil && n.wrong == nil {
		n.wrong = err
	}
	if len(demands) > 0 {
		out = append(out, Line{Style: docx.Heading1, Spans: spans(ordinal(part) + "、下一步要求")})
		out = append(out, paragraphs(demands)...)
	}
	return append(out, n.closing())
}

func bodyLine(parts ...any) OfficialBlock { return Line{Style: docx.Body, Spans: spans(parts...)} }

// sort puts units by the state of their annual meeting and holds the states against the totals.
func (n *notice) sort() {
	for _, u := range n.units {
		switch u.Status {
		case queries.HeldOnTime:
			n.onTime, n.held = append(n.onTime, u), append(n.held, u)
		case queries.HeldLate:
			n.late, n.held = append(n.late, u), append(n.held, u)
		case queries.Substituted:
			n.substituted = append(n.substituted, u)
		case queries.NotHeld:
			n.notHeld = append(n.notHeld, u)
		default:
			n.pending = append(n.pending, u)
		}
		for _, r := range n.population(u.Unit.Code) {
			if r.State == queries.StateOverdue {
				n.overdue = append(n.overdue, r)
			}
		}
	}
	total := n.Metrics.Total
	n.must("已召开的单位数", "按期召开与延迟召开之和", int64(len(n.held)), "召开率的分子", total["annual_meeting_held"].Num)
	n.must("应召开的单位数", "各类之和", int64(len(n.held)+len(n.substituted)+len(n.notHeld)+len(n.pending)), "召开率的分母", total["annual_meeting_held"].Den)
	n.must("逾期事项", "清单行数", int64(len(n.overdue)), "逾期数", n.Metrics.States.Overdue)
	n.attached = len(n.overdue) > 5
}

// heldText is part one: how many held it, who, who presided, minutes, reports on the last items.
func (n *notice) heldText() []OfficialBlock {
	out := []OfficialBlock{bodyLine(n.heldRate())}
	if kinds := n.heldKinds(); kinds != nil {
		out = append(out, bodyLine(kinds))
	}
	if len(n.held) == 0 {
		return out
	}
	out = append(out, bodyLine(n.chairs()))
	return append(out, bodyLine(n.minutesAndReports()))
}

func (n *notice) heldRate() []Span {
	pair := n.Metrics.Total["annual_meeting_held"]
	id := "total/annual_meeting_held"
	due, held := number(id+"/den", pair.Den), number(id+"/num", pair.Num)
	var s []Span
	switch {
	case pair.Num == pair.Den:
		s = spans(wholeWord(n.City), due, "个", n.word, allOf(pair.Den, "全部")+"召开", n.year(), "联席会议")
	case pair.Num == 0:
		s = spans(wholeWord(n.City), "应召开年度联席会议的", n.word, due, "个，"+allOf(pair.Den, "均")+"未召开")
	case pair.Den < fewest:
		s = spans(wholeWord(n.City), "应召开年度联席会议的", n.word, due, "个，已召开", held, "个")
	default:
		s = spans(wholeWord(n.City), "应召开年度联席会议的", n.word, due, "个，已召开", held, "个，召开率", sharePercent(id, pair))
	}
	if len(n.pending) > 0 {
		s = append(s, spans("，未到召开期限的", number("status/pending", int64(len(n.pending))), "个（", n.inList(n.pending), "）")...)
	} else if n.YearAgo != nil {
		then := n.YearAgo.Total["annual_meeting_held"]
		if pair.Den >= fewest && then.Den >= fewest {
			s = append(s, n.against("total/annual_meeting_held/year_ago", pair, then, strconv.Itoa(n.asOf.Quarter.Year-1)+"年同期", nil)...)
		}
	}
	return append(s, append(n.newlyHeld(), Span{Text: "。"})...)
}

// against is ，比2023年同期下降10.0个百分点 or ，与…持平; note stands behind the other side.
func (n *notice) against(id string, now, then queries.Pair, other string, note []Span) []Span {
	moved, unrounded, ok := pointsMoved(id, now, then)
	if unrounded {
		if note != nil {
			note = append(note, Span{Text: "，"})
		}
		note = append(note, Span{Text: "按未舍入数计算"})
	}
	if note != nil {
		note = spans("（", note, "）")
	}
	if !ok {
		return spans("，与", other, "持平", note)
	}
	return spans("，比", other, moved, note)
}

// newlyHeld is ；第四季度新增召开3个（…）. The first quarter has nothing before it.
func (n *notice) newlyHeld() []Span {
	if n.asOf.Quarter.N == 1 || n.Before == nil || n.asOf.Year != n.asOf.Quarter.Year {
		return nil
	}
	var fresh []queries.UnitResult
	for _, u := range n.held {
		if b := n.Before.Unit(u.Unit.Code); b == nil || !b.Status.Held() {
			fresh = append(fresh, u)
		}
	}
	gone := int64(0)
	for _, b := range n.Before.Units {
		if u := n.Metrics.Unit(b.Unit.Code); !b.IsRollup && b.Status.Held() && (u == nil || !u.Status.Held()) {
			gone++
		}
	}
	before := n.Before.Total["annual_meeting_held"].Num
	n.must("已召开的单位数", "上季度已召开加本季度新增（减更正）", before+int64(len(fresh))-gone, "本季度已召开", int64(len(n.held)))
	word := n.quarterWord(n.asOf.Quarter)
	if len(fresh) == 0 {
		return spans("；", word, "无新增召开")
	}
	return spans("；", word, "新增召开", number("newly_held", int64(len(fresh))), "个（", n.inList(fresh), "）")
}

// heldKinds splits the units by state; nil where there is only one.
func (n *notice) heldKinds() []Span {
	var out []Span
	kinds := 0
	for _, g := range []struct {
		id, words string
		units     []queries.UnitResult
	}{
		{"held_on_time", "按期召开", n.onTime}, {"held_late", "延迟召开", n.late}, {"substituted", "以其他会议代替", n.substituted},
		{"not_held", "未召开", n.notHeld}, {"pending", "未到召开期限", n.pending},
	} {
		if len(g.units) == 0 {
			continue
		}
		if kinds++; kinds > 1 {
			out = append(out, Span{Text: "，"})
		}
		out = append(out, spans(g.words, number("status/"+g.id, int64(len(g.units))), "个（", n.inList(g.units), "）")...)
	}
	if kinds < 2 {
		return nil
	}
	var silent []record.Unit
	for _, u := range n.notHeld {
		if n.isUnreported(u.Unit.Code) {
			silent = append(silent, u.Unit)
		}
	}
	if len(silent) > 0 {
		out = append(out, spans("；其中", n.inText(silent), "未报送", n.quarterWord(n.asOf.Quarter), "报表，按未召开统计")...)
	}
	return append(out, Span{Text: "。"})
}

// rankWords says who presided, by rank, in falling order.
var rankWords = []struct {
	rank  record.ChairRank
	words string
}{
	{record.RankPrincipal, "由政府主要负责同志主持的"}, {record.RankDeputy, "由政府其他负责同志主持的"}, {record.RankParty, "由党委负责同志主持的"},
	{record.RankUnion, "由工会负责同志主持的"}, {record.RankOther, "由其他人员主持的"}, {record.RankUnknown, "所报材料未载明主持人的"},
}

func (n *notice) chairs() []Span {
	by := map[record.ChairRank][]queries.UnitResult{}
	for _, u := range n.held {
		by[u.ChairRank] = append(by[u.ChairRank], u)
	}
	n.must("由主要负责同志主持的单位数", "名单", int64(len(by[record.RankPrincipal])), "主要负责人主持率的分子", n.Metrics.Total["chaired_by_principal"].Num)
	head := spans("已召开的", number("total/annual_meeting_held/num", int64(len(n.held))), "个", n.word)
	if len(by[record.RankPrincipal]) == len(n.held) && len(n.held) > 1 {
		return spans(head, "，均由政府主要负责同志主持。")
	}
	out, counted := spans(head, "中"), int64(0)
	for _, r := range rankWords {
		if units := by[r.rank]; len(units) > 0 {
			counted += int64(len(units))
			out = append(out, spans("，", r.words, number("chair/"+string(r.rank), int64(len(units))), "个（", n.inList(units), "）")...)
		}
	}
	n.must("已召开的单位数", "各主持级别之和", counted, "召开数", int64(len(n.held)))
	return append(out, Span{Text: "。"})
}

func (n *notice) minutesAndReports() []Span {
	minutes, report := n.Metrics.Total["minutes_issued"], n.Metrics.Total["report_back"]
	out := spans("已召开的", number("total/minutes_issued/den", minutes.Den), "个", n.word)
	switch minutes.Num {
	case minutes.Den:
		out = append(out, Span{Text: all(minutes) + "已印发会议纪要。"})
	case 0:
		out = append(out, Span{Text: all(minutes) + "未印发会议纪要。"})
	default:
		out = append(out, spans("中，", number("total/minutes_issued/num", minutes.Num), "个已印发会议纪要。")...)
	}
	if report.Den > 0 {
		head := spans("应通报上次议定事项落实情况的", number("total/report_back/den", report.Den), "个", n.word)
		switch report.Num {
		case report.Den:
			head = append(head, Span{Text: all(report) + "已在会上通报。"})
		case 0:
			head = append(head, Span{Text: all(report) + "未在会上通报。"})
		default:
			head = append(head, spans("中，", number("total/report_back/num", report.Num), "个已在会上通报。")...)
		}
		out = append(out, head...)
	}
	return append(out, n.extraordinary()...)
}

// all is 均, which one alone does not bear (grammar, part 7).
func all(p queries.Pair) string {
	if p.Den == 1 {
		return ""
	}
	return "均"
}

// extraordinary tells of 临时联席会议 of the year.
func (n *notice) extraordinary() []Span {
	var rows []queries.MeetingRow
	units := map[record.UnitCode]bool{}
	for _, m := range n.Meetings {
		if m.Kind == record.KindExtraordinary && m.SessionYear == n.asOf.Year && !m.HeldOn.After(n.on) && n.unit(m.Unit) != nil {
			rows = append(rows, m)
			units[m.Unit] = true
		}
	}
	switch {
	case len(rows) == 0:
		return nil
	case len(units) > 3:
		return spans("另有", number("extraordinary/units", int64(len(units))), "个", n.word, "召开临时联席会议", number("extraordinary/meetings", int64(len(rows))), "次。")
	}
	var out []Span
	for i, m := range rows {
		if i > 0 {
			out = append(out, Span{Text: "；"})
		}
		id := fmt.Sprintf("meeting/%s/%s", m.Unit, m.HeldOn)
		out = append(out, spans(unitName(n.unit(m.Unit).Unit), "另于", date(id+"/held_on", m.HeldOn), "召开临时联席会议1次")...)
	}
	return append(out, Span{Text: "。"})
}

// unit returns a judged unit, nil when it is none.
func (k *desk) unit(code record.UnitCode) *queries.UnitResult {
	for i := range k.units {
		if k.units[i].Unit.Code == code {
			return &k.units[i]
		}
	}
	return nil
}

// closing tells what the department does next, by the regime's own clauses.
func (n *notice) closing() OfficialBlock {
	own := ownName(n.Settings["office.name"])
	_, sends := n.asOf.Regime.Action("letter")
	var s []Span
	if laggards := n.laggards(); len(laggards) > 0 && sends {
		s = spans(own, "对有关", n.word, "印发督导函，继续调度进展情况。")
	} else {
		s = spans(own, "将继续调度进展情况。")
	}
	if a, ok := n.asOf.Regime.Action("assessment"); ok && a.Clause.ID == "QHD-14" {
		s = append(s, spans(fact("clause/"+a.Clause.ID+"/words", "联席会议召开及落实情况纳入评价各县区总工会工作的重要指标体系"), "。")...)
	}
	return bodyLine(s)
}

// laggards are the units with a red finding, most red first, then the lowest score, then code.
func (k *desk) laggards() []queries.UnitResult {
	var out []queries.UnitResult
	for _, u := range k.units {
		if u.Red > 0 {
			out = append(out, u)
		}
	}
	sortLaggards(out)
	return out
}

// nextQuarter is the quarter after Q.
func (k *desk) nextQuarter() period.Quarter { return k.asOf.Quarter.Add(1) }

// clauseAbout finds a clause by its subject.
func (k *desk) clauseAbout(subject string) (regime.Clause, bool) {
	for _, c := range k.asOf.Regime.Clauses {
		if c.Subject == subject {
			return c, true
		}
	}
	return regime.Clause{}, false
}
