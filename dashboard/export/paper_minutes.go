package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/fault"
	"liandu/internal/record"
	"liandu/queries"
)

// PaperMinutes is the form of minutes: a county's to complete, never issued by the department.
const PaperMinutes = "minutes_form"

// MinutesForm makes 联席会议纪要 of a unit's counted meeting in the form it should have, from what the unit reported; what
// was not reported, or the whole of it where no meeting was, is a marked blank for the unit to fill in. It refuses with
// fault.NotFound for a unit that is not judged.
func (d Dossier) MinutesForm(code record.UnitCode) (*Official, error) {
	const kind = "会议纪要样式"
	d.Draft = true
	k, err := newDesk(d, kind)
	if err != nil {
		return nil, err
	}
	u := k.unit(code)
	if u == nil {
		return nil, fault.New(fault.NotFound, fmt.Sprintf("%s没有生成：代码为「%s」的单位不在%s评价的单位之内。", kind, code, k.word), "运行 liandu metrics 查看全部单位。")
	}
	m := &minutes{desk: k, u: *u, id: "unit/" + string(code), union: unionName(u.Unit)}
	m.government = (&letter{desk: k, u: *u, to: ToGovernment}).addressee()
	m.meeting, m.has = k.counted[code]
	m.has = m.has && u.Status.Held()
	o := &Official{Paper: PaperMinutes, Unit: code, Kind: kind, Issuer: m.government, IssuedOn: k.IssuedOn, To: m.union}
	o.Title = m.government + "与" + m.union + k.year() + "联席会议纪要"
	number := m.known("minutes_number", m.meeting.MinutesNumber, "纪要文号")
	o.Number = m.meeting.MinutesNumber
	list := m.list()
	body := append(m.head(number), m.body()...)
	end := append(m.attendance(), attachmentNote([]attachment{list})...)
	o.Pages = []OfficialPage{{Blocks: append(body, end...)}, list.page(1, 1), {Blocks: []OfficialBlock{Foot{
		Copy:   spans("分送：", m.government, "各位领导，", m.union, "各位领导，各有关单位。抄送：", k.need("office.name"), "。"),
		Office: spans(m.office()), Date: spans(m.minutesDay(), "印发"),
	}}}}
	return o, k.finish(o, false)
}

// minutesForms makes the form of one unit, or of every judged one.
func (d Dossier) minutesForms(unit record.UnitCode) ([]*Official, error) {
	var out []*Official
	for _, u := range byCode(d.Metrics.Units) {
		if u.IsRollup || unit != "" && u.Unit.Code != unit {
			continue
		}
		o, err := d.MinutesForm(u.Unit.Code)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// minutes is a desk with one unit's meeting.
type minutes struct {
	*desk
	u                 queries.UnitResult
	id                string
	government, union string
	meeting           queries.MeetingRow
	has               bool // there is a meeting to tell of
}

// fill is a blank of the form. It is the county's, so it is not among the settings that are missing.
func fill(name string) Span { return Span{Text: "〔待填：" + name + "〕", Look: docx.Blank} }

func (m *minutes) known(field, value, name string) Span {
	if !m.has || strings.TrimSpace(value) == "" {
		return fill(name)
	}
	return fact(m.id+"/minutes/"+field, oneLine(value))
}

// office is the government's own office.
func (m *minutes) office() string { return m.government + "办公室" }

func (m *minutes) minutesDay() Span {
	if !m.has || m.meeting.MinutesIssuedOn.IsZero() || m.meeting.MinutesIssuedOn.After(m.on) {
		return fill("印发日期")
	}
	return date(m.id+"/minutes_issued_on", m.meeting.MinutesIssuedOn)
}

// head is the red mark in two lines, the number, and office and date over the red rule.
func (m *minutes) head(number Span) []OfficialBlock {
	out := []OfficialBlock{}
	for i, mark := range []string{m.government + "　" + m.union, "联席会议纪要"} {
		size, line := docx.MarkSize(mark)
		if i == 1 {
			size, line = 104, 1200
		}
		l := Line{Style: docx.Mark, Spans: spans(mark), Line: line, Size: size}
		if i == 0 {
			l.Before = docx.MarkTop - (line-size*10)/2
		}
		out = append(out, l)
	}
	out = append(out, empty(), Line{Style: docx.MinutesNumber, Spans: spans(number)}, Line{Style: docx.MinutesOffice, Spans: spans(m.office(), "\t", m.minutesDay())}, empty(), empty())
	for _, l := range titleLines(m.government+"与", m.union, m.year(), "联席会议纪要") {
		out = append(out, Line{Style: docx.Title, Spans: spans(l)})
	}
	return append(out, empty())
}

func (m *minutes) body() []OfficialBlock {
	out := []OfficialBlock{bodyLine(m.opening(), m.agenda())}
	out = append(out, Line{Style: docx.Heading1, Spans: spans("一、上次议定事项落实情况")}, bodyLine(m.lastItems()))
	out = append(out, Line{Style: docx.Heading1, Spans: spans("二、本次会议议题产生情况")}, bodyLine(m.topics()))
	out = append(out, Line{Style: docx.Heading1, Spans: spans("三、议定事项")})
	out = append(out, m.itemLines()...)
	out = append(out, Line{Style: docx.Heading1, Spans: spans("四、部署")})
	return append(out, bodyLine("会议要求，各牵头单位于", fill("实施方案时限"), "前制定实施方案报", m.office(), "和", m.union, "；", m.office(), "和", m.union, "每季度督促检查，落实情况在下次联席会议上通报。"))
}

// opening is F1: the day, the place, who presided.
func (m *minutes) opening() []Span {
	if !m.has {
		return spans(fill("召开日期"), "，", fill("主持人职务、姓名"), "在", fill("地点"), "主持召开", m.government, "与", m.union, m.year(), "联席会议。")
	}
	chair := fill("主持人职务、姓名")
	if m.u.ChairTitle != "" || m.u.ChairName != "" {
		chair = fact(m.id+"/chair", oneLine(m.u.ChairTitle+m.u.ChairName))
	}
	return spans(date(m.id+"/held_on", m.u.HeldOn), "，", chair, "在", fill("地点"), "主持召开", m.government, "与", m.union, m.year(), "联席会议。")
}

// agenda is F2: the four points, each only as far as it was reported, and what was agreed.
func (m *minutes) agenda() []Span {
	said := func(b *bool) bool { return m.has && b != nil && *b }
	var points [][]Span
	if said(m.meeting.AgendaReport) {
		points = append(points, spans("通报了上次联席会议议定事项落实情况"))
	}
	if said(m.meeting.AgendaTopics) {
		points = append(points, spans("通报了本次会议议题产生情况"))
	}
	topics, n := m.topicCount()
	if n == nil {
		points = append(points, spans("研究讨论了", fill("议题数"), "个议题"))
	} else {
		points = append(points, spans("研究讨论了", number(m.id+"/topics/all", int64(topics)), "个议题"))
	}
	if items := m.items(); len(items) > 0 {
		points = append(points, spans("议定", number(m.id+"/minutes/items", int64(len(items))), "项事项"))
	} else {
		points = append(points, spans("议定", fill("事项数"), "项事项"))
	}
	if said(m.meeting.AgendaDeploy) {
		points = append(points, spans("并作出部署"))
	}
	out := spans("会议")
	for i, p := range points {
		if i > 0 {
			out = append(out, Span{Text: "，"})
		}
		out = append(out, p...)
	}
	return append(out, Span{Text: "。纪要如下。"})
}

// topicCount adds up the topics by side; nil where no side was reported.
func (m *minutes) topicCount() (int, []*int) {
	parts := []*int{m.meeting.GovTopics, m.meeting.UnionTopics, m.meeting.JointTopics}
	if !m.has || !slices.ContainsFunc(parts, func(n *int) bool { return n != nil }) {
		return 0, nil
	}
	sum := 0
	for _, n := range parts {
		if n != nil {
			sum += *n
		}
	}
	return sum, parts
}

// lastItems is F3: the items of the last session with any, by state at D.
func (m *minutes) lastItems() []Span {
	last := 0
	for _, r := range m.desk.items[m.u.Unit.Code] {
		if r.IsDecided && r.SessionYear < m.asOf.Year {
			last = max(last, r.SessionYear)
		}
	}
	if last == 0 {
		return spans("无上次议定事项。")
	}
	var n, done, ongoing, cancelled int64
	for _, r := range m.desk.items[m.u.Unit.Code] {
		if r.SessionYear != last || !r.IsDecided {
			continue
		}
		n++
		switch r.State {
		case queries.StateCompleted:
			done++
		case queries.StateOngoing:
			ongoing++
		case queries.StateCancelled:
			cancelled++
		}
	}
	id := m.id + "/minutes/last/"
	heard := []Span(nil)
	if b := m.meeting.AgendaReport; m.has && b != nil && *b {
		heard = spans("会议听取了", m.union, "关于", strconv.Itoa(last), "年度联席会议议定事项落实情况的通报。")
	}
	out := spans(heard, "截至", m.asOfSpan(), "，", strconv.Itoa(last), "年度议定事项", number(id+"all", n), "项")
	for _, p := range []struct {
		id, words string
		n         int64
	}{{"done", "已办结", done}, {"ongoing", "长期坚持", ongoing}, {"cancelled", "已撤销", cancelled}, {"open", "未办结", n - done - ongoing - cancelled}} {
		if p.n > 0 {
			out = append(out, spans("，", p.words, number(id+p.id, p.n), "项")...)
		}
	}
	return append(out, Span{Text: "。"})
}

// topics is F4: when they were asked for, how many came of it, by side.
func (m *minutes) topics() []Span {
	began := fill("征集启动日期")
	if m.has && !m.meeting.SolicitedOn.IsZero() {
		began = date(m.id+"/solicited_on", m.meeting.SolicitedOn)
	}
	out := spans(began, "启动议题征集，共收到意见建议", fill("条数"), "条，经征求", fill("有关单位"), "意见，形成议题")
	sum, parts := m.topicCount()
	if parts == nil {
		return append(out, spans(fill("议题数"), "个，其中政府方提出", fill("个数"), "个、工会方提出", fill("个数"), "个。")...)
	}
	out = append(out, spans(number(m.id+"/topics/all", int64(sum)), "个，其中")...)
	said := false
	for i, p := range []struct{ id, words string }{{"government", "政府方提出"}, {"union", "工会方提出"}, {"joint", "双方共同提出"}} {
		if parts[i] == nil || *parts[i] == 0 {
			continue
		}
		if said {
			out = append(out, Span{Text: "、"})
		}
		out, said = append(out, spans(p.words, number(m.id+"/topics/"+p.id, int64(*parts[i])), "个")...), true
	}
	return append(out, Span{Text: "。"})
}

// items are those decided at the year's annual meeting, by number.
func (m *minutes) items() []queries.ResolutionRow {
	var out []queries.ResolutionRow
	if !m.has {
		return nil
	}
	for _, r := range m.desk.items[m.u.Unit.Code] {
		if r.SessionYear == m.asOf.Year && r.Kind == record.KindAnnual {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(x, y queries.ResolutionRow) int {
		a, _ := strconv.Atoi(x.ItemNo)
		b, _ := strconv.Atoi(y.ItemNo)
		return a - b
	})
	return out
}

func (m *minutes) itemLines() []OfficialBlock {
	items := m.items()
	if len(items) == 0 {
		return []OfficialBlock{bodyLine("会议议定：", fill("议定事项"), "。由", fill("牵头单位"), "牵头，", fill("配合单位"), "配合，责任人为", fill("责任人"), "，", fill("完成时限"), "前完成。")}
	}
	var all []section2
	for _, r := range items {
		id := itemID(r)
		text := spans("由", factOr(id+"/lead_unit", r.LeadUnit, "牵头单位"), "牵头，")
		if s := strings.TrimSpace(r.SupportUnits); s != "" {
			text = append(text, spans(fact(id+"/support_units", oneLine(s)), "配合，")...)
		}
		text = append(text, spans("责任人为", factOr(id+"/owner", r.Owner, "责任人"), "，")...)
		switch {
		case !r.DueOn.IsZero():
			text = append(text, spans(date(id+"/due_on", r.DueOn), "前完成。")...)
		case r.State == queries.StateOngoing:
			text = append(text, Span{Text: "长期坚持。"})
		default:
			text = append(text, spans(fill("完成时限"), "前完成。")...)
		}
		all = append(all, section2{title: spans(fact(id+"/title", oneLine(r.Title))), body: text})
	}
	return paragraphs(all)
}

func factOr(id, value, name string) Span {
	if v := oneLine(value); v != "" {
		return fact(id, v)
	}
	return fill(name)
}

// attendance is 出席, 列席 and 请假, each name as it was reported.
func (m *minutes) attendance() []OfficialBlock {
	line := func(label string, parts ...any) OfficialBlock {
		return Line{Style: docx.Attendance, Spans: append([]Span{{Text: label + "：", Look: docx.Hei}}, spans(parts...)...)}
	}
	return []OfficialBlock{
		empty(),
		line("出席", m.known("gov_attendees", m.meeting.GovAttendees, "政府方出席人员"), "；", m.known("union_attendees", m.meeting.UnionAttendees, "工会方出席人员")),
		line("列席", fill("列席单位、人员")), line("请假", fill("请假人员，没有的写“无”")),
	}
}

// list is the attachment: every item with what it must have.
func (m *minutes) list() attachment {
	name := m.u.Unit.Name + "政府与工会联席会议议定事项清单"
	g := Grid{Widths: widths(docx.TextHeight, 520, 0, 950, 700, 1300, 1300, 1000, 1250, 1250, 1250, 1250, 700), Head: 1, Size: 21, Height: 600}
	g.Rows = heads("序号", "议定事项", "议题类别", "提出方", "牵头单位", "配合单位", "责任人（职务）", "联络员及电话", "完成时限", "阶段目标", "实施方案时限", "备注")
	items := m.items()
	side := map[record.Proposer]string{record.ProposerGovernment: "政府", record.ProposerUnion: "工会", record.ProposerJoint: "联合"}
	for i, r := range items {
		id := itemID(r)
		due := fullDay(id+"/due_on", r.DueOn)
		if r.DueOn.IsZero() && r.State == queries.StateOngoing {
			due = mid("长期坚持")
		}
		g.Rows = append(g.Rows, []GridCell{
			mid(strconv.Itoa(i + 1)), leftCell(fact(id+"/title", oneLine(r.Title))), cellOrBlank(id+"/category", r.Category), cellOrBlank(id+"/proposer", side[r.Proposer]),
			cellOrBlank(id+"/lead_unit", r.LeadUnit), cellOrBlank(id+"/support_units", r.SupportUnits), cellOrBlank(id+"/owner", r.Owner), blankCell(), due, blankCell(), blankCell(), blankCell(),
		})
	}
	for i := len(items); i < 4 && len(items) == 0; i++ {
		row := []GridCell{mid(strconv.Itoa(i + 1))}
		for range 11 {
			row = append(row, blankCell())
		}
		g.Rows = append(g.Rows, row)
	}
	day := fill("召开日期")
	if m.has {
		day = date(m.id+"/held_on", m.u.HeldOn)
	}
	blocks := []OfficialBlock{
		Line{Style: docx.TableLine, Spans: spans("会议日期：", day, "\t单位：项")}, g,
		Line{Style: docx.TableLine, Spans: spans("填报单位（盖章）：＿＿＿＿　填报人：＿＿＿　审核人：＿＿＿　联系电话：＿＿＿＿　填报日期：　年　月　日"), Size: 24},
	}
	return attachment{name: name, landscape: true, blocks: append(blocks, tableNotes(0, spans("一项事项一个牵头单位、一个责任人、一个完成时限；确需长期坚持的写“长期坚持”。"))...)}
}

func cellOrBlank(id, value string) GridCell {
	if v := oneLine(value); v != "" {
		return leftCell(fact(id, v))
	}
	return blankCell()
}
