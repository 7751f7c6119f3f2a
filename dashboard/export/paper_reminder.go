package export

import (
	"fmt"
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// Reminder is what a 提醒函 reminds of.
type Reminder string

// The reminders: a meeting whose deadline is ahead, items that fall due in the next quarter.
const (
	RemindMeeting Reminder = "meeting"
	RemindItems   Reminder = "items"
)

// Reminders makes 提醒函 to the union of every unit that has something ahead, in official order, numbered from the number
// set. It judges nothing; what is past its deadline is a 督导函's. It refuses with fault.Invalid where what it would
// remind of is past already.
func (d Dossier) Reminders(of Reminder) ([]*Official, error) {
	k, err := newDesk(d, "提醒函")
	if err != nil {
		return nil, err
	}
	last := deadline(k.asOf)
	if of == RemindItems {
		last = k.nextQuarter().Last()
	}
	if k.IssuedOn.After(last) {
		return nil, fault.New(fault.Invalid, fmt.Sprintf("提醒函没有生成：期限%s已过，成文日期为%s。", last.Chinese(), k.IssuedOn.Chinese()), "已逾期的请发督导函，或换一个较近的季度。")
	}
	falling := k.falling(k.nextQuarter())
	var out []*Official
	for _, u := range k.units {
		own := ofUnit(falling, u.Unit.Code)
		if of == RemindItems && len(own) == 0 || of == RemindMeeting && (u.Status.Held() || u.Status == queries.NotHeld) {
			continue
		}
		o, err := k.remind(u, of, own, len(out))
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

func ofUnit(rows []queries.ResolutionRow, code record.UnitCode) []queries.ResolutionRow {
	var out []queries.ResolutionRow
	for _, r := range rows {
		if r.Unit == code {
			out = append(out, r)
		}
	}
	return out
}

func (k *desk) remind(u queries.UnitResult, of Reminder, rows []queries.ResolutionRow, n int) (*Official, error) {
	office, number := k.need("office.name"), k.numberAt("reminder.number", n)
	o := &Official{Paper: "reminder_" + string(of), Unit: u.Unit.Code, Kind: k.kind, To: unionName(u.Unit), Number: number.Text, Issuer: office.Text, IssuedOn: k.IssuedOn}
	var text []OfficialBlock
	var attached []attachment
	pieces := []string{office.Text, "关于做好" + k.year(), "政府与工会", "联席会议", "召开工作的", "提醒函"}
	if of == RemindMeeting {
		text = k.meetingAhead(u)
	} else {
		pieces = []string{office.Text, "关于办理", k.nextQuarter().Chinese(), "到期议定事项的", "提醒函"}
		text = k.itemsAhead(u, rows)
		if len(rows) > 1 {
			attached = append(attached, k.aheadTable(u, rows))
		}
	}
	title := titleLines(pieces...)
	o.Title = strings.Join(title, "")
	page := letterPage(o, title, number)
	page.Blocks = together(append(append(page.Blocks, text...), bodyLine("特此提醒。")), k.ending(attached, office))
	o.Pages = append(o.Pages, page)
	for i, a := range attached {
		o.Pages = append(o.Pages, a.page(i+1, len(attached)))
	}
	return o, k.finish(o, false)
}

// meetingAhead is T1 to T4: by when, who has held it as of D, what is asked, and what is overdue besides.
func (k *desk) meetingAhead(u queries.UnitResult) []OfficialBlock {
	you := "你" + placeWord(u.Unit.Name)
	pair := k.Metrics.Total["annual_meeting_held"]
	because := spans("根据", k.basis())
	if doc := k.deadlineDocument(); doc != "" {
		because = append(because, spans("和", fact("setting/deadline."+strconv.Itoa(k.asOf.Year)+".document", doc))...)
	}
	held := spans("中已召开", number("total/annual_meeting_held/num", pair.Num), "个，未召开", number("total/annual_meeting_held/open", pair.Den-pair.Num), "个")
	if pair.Num == 0 {
		held = spans(allOf(pair.Den, "均") + "未召开")
	}
	days := spans("距召开期限还有", number("days_left", int64(deadline(k.asOf).DaysSince(k.IssuedOn))), "天")
	if deadline(k.asOf) == k.IssuedOn {
		days = spans("今日为召开期限")
	}
	out := []OfficialBlock{bodyLine(because, "，", k.year(), "政府与工会联席会议应于", k.deadlineSpan(), "前召开。截至", k.asOfSpan(), "，", wholeWord(k.City),
		number("total/annual_meeting_held/den", pair.Den), "个", k.word, held, "。", you, "尚未召开，", days, "。")}
	by := spans("于", k.replyBy(), "前，")
	if reply, err := period.ParseDate(figureValue(by)); err == nil && reply.After(deadline(k.asOf)) {
		by = spans("尽快")
	}
	ask := spans("请你会", by, "将会议召开时间、主持人职务和议题安排报", ownName(k.Settings["office.name"]), "。")
	if chair := strings.TrimPrefix(k.chairDemand(), "，并"); chair != "" {
		ask = append(ask, spans("会议", chair)...)
		if k.asOf.Regime.HasRule(regime.RuleSubstitute) {
			ask = append(ask, Span{Text: "，不以其他会议形式代替"})
		}
		ask = append(ask, Span{Text: "。"})
	}
	out = append(out, bodyLine(ask))
	if n := u.Resolutions.Overdue; n > 0 {
		out = append(out, bodyLine(you, "截至", k.asOfSpan(), "有", number("unit/"+string(u.Unit.Code)+"/resolution_overdue/num", n), "项议定事项逾期，请一并办理。"))
	}
	return out
}

// figureValue is the value of the first fact of a phrase.
func figureValue(s []Span) string {
	for _, one := range s {
		if one.Figure != nil {
			return one.Figure.Value
		}
	}
	return ""
}

// itemsAhead is T5 and T6: the items by state, what falls due, and by when to report.
func (k *desk) itemsAhead(u queries.UnitResult, rows []queries.ResolutionRow) []OfficialBlock {
	l := &letter{desk: k, u: u, to: ToUnion, you: "你" + placeWord(u.Unit.Name)}
	next := k.nextQuarter()
	due := spans("其中", next.Chinese(), "到期", number("falling/"+string(u.Unit.Code)+"/"+next.String(), int64(len(rows))), "项")
	if len(rows) == 1 {
		r := rows[0]
		id := itemID(r)
		due = append(due, spans("：", quotation(id+"/title", r.Title), "（")...)
		if r.LeadUnit != "" {
			due = append(due, spans("牵头单位", fact(id+"/lead_unit", r.LeadUnit), "，")...)
		}
		due = append(due, spans("完成时限", date(id+"/effective_due_on", r.EffectiveDueOn), "）。")...)
	} else {
		due = append(due, Span{Text: "，详见附件。"})
	}
	report := k.asOf.Regime.SubmissionDue(next)
	return []OfficialBlock{
		bodyLine(l.counts(), "。", due),
		bodyLine("请你会会同牵头单位按时限办结，于", date("submission_due/"+next.String(), report), "前随", k.quarterWord(next), "报表报送办理结果和佐证材料。预计不能按期办结的，请于", k.replyBy(), "前说明原因和拟调整的完成时限。"),
	}
}

func (k *desk) aheadTable(u queries.UnitResult, rows []queries.ResolutionRow) attachment {
	g := Grid{Widths: widths(docx.TextHeight, 640, 900, 0, 2600, 1300, 2000, 1200), Head: 1, Size: 24}
	g.Rows = heads("序号", "会议年度", "议定事项", "牵头单位", "责任人", "完成时限", "状态")
	for i, r := range rows {
		id := itemID(r)
		g.Rows = append(g.Rows, []GridCell{
			mid(strconv.Itoa(i + 1)), mid(strconv.Itoa(r.SessionYear)), leftCell(fact(id+"/title", oneLine(r.Title))), leftCell(fact(id+"/lead_unit", oneLine(r.LeadUnit))),
			leftCell(fact(id+"/owner", oneLine(r.Owner))), fullDay(id+"/effective_due_on", r.EffectiveDueOn), mid(fact(id+"/state", stateWord(r.State))),
		})
	}
	name := u.Unit.Name + k.nextQuarter().Chinese() + "到期议定事项清单"
	return attachment{name: name, landscape: true, blocks: []OfficialBlock{k.tableLine("项"), g}}
}
