package export

import (
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// asks is what is asked by when: of a government 请…, of the union below plainly.
func (l *letter) asks() []section2 {
	var out []section2
	add := func(government, union []Span) {
		body := union
		if l.to == ToGovernment {
			body = government
		}
		out = append(out, section2{body: body})
	}
	own := ownName(l.Settings["office.name"])
	next := strconv.Itoa(l.asOf.Year+1) + "年度"
	report := l.reportTo()
	if l.u.Status == queries.NotHeld || l.u.Status == queries.Substituted {
		again := spans("。补开的会议，所属年度记为", l.year())
		add(
			spans("请统筹安排，于", l.remedyBy(), "前召开", l.year(), "政府与工会联席会议", l.chairDemand(), again, "。"),
			spans("主动向", report[0], "汇报，会同", report[1], "于", l.replyBy(), "前提出召开方案，", l.remedyBy(), "前召开", l.year(), "政府与工会联席会议", l.chairDemand(), l.preparation(), again, "，按延迟召开统计。"),
		)
	}
	if l.u.Status == queries.HeldLate && l.fails(regime.RuleLateMeeting) {
		add(spans("请在安排", next, "政府与工会联席会议时，支持按期召开。"), spans("分析", l.year(), "会议延迟原因，提早谋划", next, "会议，按期召开。"))
	}
	if l.fails(regime.RuleChair) {
		chair := strings.TrimPrefix(l.chairDemand(), "，并")
		add(
			spans("请在安排", next, "政府与工会联席会议时，", chair, "。"),
			spans("主动向", report[0], "汇报，做好沟通协调，", next, "政府与工会联席会议", chair, "。"),
		)
	}
	if n := l.u.Resolutions.Overdue; n > 0 {
		which, each := spans("该项"), ""
		if n > 1 {
			which, each = spans("上述", number("unit/"+string(l.u.Unit.Code)+"/resolution_overdue/num", n), "项"), "逐项"
		}
		add(
			spans("请协调牵头单位加快办理", which, "逾期事项，明确新的完成时限和责任人。"),
			spans("会同牵头单位对", which, "逾期事项"+each+"说明未完成原因，提出新的完成时限和责任人，跟踪办理直至办结。"),
		)
	}
	if f := l.finding(regime.RulePlan, l.u.Unit.Code); f != nil {
		which := spans("该项")
		if n := int64(len(f.Items)); n > 1 {
			which = spans("上述", number("finding/"+f.ID+"/count", n), "项")
		}
		add(
			spans("请协调有关牵头单位，于", l.remedyBy(), "前制定", which, "议定事项的实施方案。"),
			spans("会同有关牵头单位，于", l.remedyBy(), "前制定", which, "议定事项的实施方案并报", own, "。"),
		)
	}
	if l.fails(regime.RuleReportBack) {
		add(
			spans("请支持在下次会议上通报上次议定事项落实情况。"),
			spans("形成上次议定事项落实情况书面材料，于", l.replyBy(), "前报", own, "，并在下次会议上通报。"),
		)
	}
	if l.fails(regime.RuleChairUnknown) {
		add(
			spans("请支持提供载明会议主持人及其职务的会议通知、会议纪要等材料。"),
			spans("于", l.replyBy(), "前补报载明会议主持人及其职务的会议通知、会议纪要等材料；未补报的，按现有材料统计。"),
		)
	}
	if l.fails(regime.RuleMinutes) {
		add(
			spans("请支持于", l.remedyBy(), "前印发", l.year(), "政府与工会联席会议纪要。"),
			spans("于", l.remedyBy(), "前协调印发", l.year(), "政府与工会联席会议纪要。"),
		)
	}
	if l.fails(regime.RuleEstablishment) {
		add(
			spans("请支持推进联席会议制度建立。"),
			spans("会同有关方面推进联席会议制度建立，于", l.remedyBy(), "前报送进展情况。"),
		)
	}
	form := "（附件）"
	if l.listed {
		form = "（附件2）"
	}
	add(
		spans("请于", l.replyBy(), "前，将上述情况的办理意见和督导事项反馈单"+form+"函告我会。"),
		spans("于", l.replyBy(), "前，将办理情况报告、督导事项反馈单"+form+"及佐证材料报", own, "。反馈单由主要负责人签字并加盖公章。"),
	)
	return out
}

// preparation quotes what the document says of preparing topics, in its own words.
func (l *letter) preparation() []Span {
	if c, ok := l.clauseAbout("摸底论证"); ok && l.to == ToUnion && strings.HasPrefix(c.Text, "要") {
		return spans("。会前", fact("clause/"+c.ID+"/words", c.Text))
	}
	return nil
}

// reportTo are whom a union reports to, 区委、区政府, and whom it prepares the meeting with.
func (l *letter) reportTo() [2]string {
	w := placeWord(l.u.Unit.Name)
	switch {
	case l.u.Unit.Level == record.LevelZone:
		return [2]string{"党工委、管委会", "管委会办公室"}
	case w == "街道":
		return [2]string{"街道党工委、办事处", "街道办事处"}
	case w == "镇" || w == "乡":
		return [2]string{w + "党委、" + w + "政府", w + "政府"}
	case w == "单位":
		return [2]string{"本级党委、政府", "本级政府办公室"}
	}
	return [2]string{w + "委、" + w + "政府", w + "政府办公室"}
}

// attachments are the item list, where there are items, and the reply form.
func (l *letter) attachments(no Span) []attachment {
	var out []attachment
	if l.listed {
		out = append(out, l.itemList())
	}
	return append(out, l.replyForm(no))
}

func (l *letter) itemList() attachment {
	g := Grid{Widths: widths(docx.TextHeight, 520, 760, 0, 1400, 860, 1400, 1400, 860, 860, 1400, 640, 860), Head: 1, Size: 24}
	g.Rows = heads("序号", "会议年度", "议定事项", "牵头单位", "责任人", "完成时限", "调整后完成时限", "实施方案", "状态", "办结日期", "逾期天数", "销号")
	for i, r := range l.population(l.u.Unit.Code) {
		g.Rows = append(g.Rows, l.itemRow(i+1, r))
	}
	s, id := l.u.Resolutions, "unit/"+string(l.u.Unit.Code)
	note := spans("应办事项", number(id+"/resolution_completion/den", l.u.Indicators["resolution_completion"].Den), "项，其中")
	said := false
	for _, p := range []struct {
		id, words string
		n         int64
	}{
		{"/resolution_completion/num", "已办结", s.Completed}, {"/resolution_overdue/num", "逾期", s.Overdue},
		{"/in_progress/num", "推进中", s.InProgress}, {"/not_started/num", "未启动", s.NotStarted},
	} {
		if p.n == 0 {
			continue
		}
		if said {
			note = append(note, Span{Text: "、"})
		}
		note, said = append(note, spans(p.words, number(id+p.id, p.n), "项")...), true
	}
	blocks := []OfficialBlock{l.tableLine("项、天"), g}
	blocks = append(blocks, tableNotes(24, append(note, Span{Text: "。"}))...)
	return attachment{name: l.u.Unit.Name + "政府与工会联席会议议定事项清单", landscape: true, blocks: blocks}
}

func (l *letter) itemRow(i int, r queries.ResolutionRow) []GridCell {
	id := itemID(r)
	plan, closed, late := "未制定", nullMark, mid()
	if !r.PlanOn.IsZero() && !r.PlanOn.After(l.on) {
		plan = "已制定"
	}
	if !r.ClosedOn.IsZero() && !r.ClosedOn.After(l.on) && r.State == queries.StateCompleted {
		closed = "已销号"
	}
	if r.State == queries.StateOverdue {
		late = mid(number(id+"/overdue_days/n", int64(r.OverdueDays)))
	}
	done := mid()
	if r.State == queries.StateCompleted {
		done = fullDay(id+"/done_on", r.DoneOn)
	}
	return []GridCell{
		mid(strconv.Itoa(i)), mid(strconv.Itoa(r.SessionYear)), leftCell(fact(id+"/title", oneLine(r.Title))), leftCell(fact(id+"/lead_unit", r.LeadUnit)), leftCell(fact(id+"/owner", r.Owner)),
		fullDay(id+"/due_on", r.DueOn), fullDay(id+"/revised_due_on", r.RevisedDueOn), mid(fact(id+"/plan", plan)), mid(fact(id+"/state", stateWord(r.State))), done, late, mid(fact(id+"/closed", closed)),
	}
}

func stateWord(s queries.ItemState) string {
	switch s {
	case queries.StateCompleted:
		return "已办结"
	case queries.StateOverdue:
		return "逾期"
	case queries.StateInProgress:
		return "推进中"
	case queries.StateNotStarted:
		return "未启动"
	case queries.StateOngoing:
		return "长期坚持"
	}
	return "已撤销"
}

// replyForm is 督导事项反馈单: what is asked stands in it, the rest is for them to fill in.
func (l *letter) replyForm(no Span) attachment {
	g := Grid{Widths: widths(docx.TextWidth, 560, 2400, 0, 1060, 1060, 900, 1060), Head: 1, Size: 28, Height: 900}
	g.Rows = heads("序号", "督导事项", "办理意见（整改措施）", "完成时间", "责任单位", "责任人", "佐证材料名称")
	for i, m := range l.matters {
		g.Rows = append(g.Rows, []GridCell{mid(strconv.Itoa(i + 1)), leftCell(fact("matter/"+string(l.u.Unit.Code)+"/"+strconv.Itoa(i+1), m)), blankCell(), blankCell(), blankCell(), blankCell(), blankCell()})
	}
	line := func(parts ...any) OfficialBlock { return Line{Style: docx.TableLine, Spans: spans(parts...)} }
	blocks := []OfficialBlock{
		line("反馈单位（盖章）：＿＿＿＿＿＿　反馈日期：　　年　月　日"), line("来函文号：", no), g,
		line("主要负责人（签字）：＿＿＿　填报人：＿＿＿　联系电话：＿＿＿"),
	}
	blocks = append(blocks, tableNotes(24, spans("请于", l.replyBy(), "前反馈；未完成的，填写原因和新的完成时限。"))...)
	return attachment{name: "督导事项反馈单", blocks: blocks}
}
