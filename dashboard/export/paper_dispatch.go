package export

import (
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/fault"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// Dispatch makes 调度单: one table of the meetings that were not held and the items that are overdue, the left half filled
// in, the right half for the counties. It judges nothing. It refuses with fault.Invalid where there is nothing to ask about.
func (d Dossier) Dispatch() (*Official, error) {
	k, err := newDesk(d, "调度单")
	if err != nil {
		return nil, err
	}
	k.listAt = "下表"
	s := &dispatchSheet{desk: k}
	g := s.table()
	if len(s.units) == 0 {
		return nil, fault.New(fault.Invalid, "调度单没有生成：截至"+k.on.Chinese()+"没有未召开的会议，也没有逾期的议定事项。", "运行 liandu metrics 查看各单位情况。")
	}
	office, number := k.need("office.name"), k.number("dispatch.number")
	o := &Official{Paper: PaperDispatch, Kind: k.kind, Number: number.Text, Issuer: office.Text, IssuedOn: k.IssuedOn, To: "各有关" + unitWord(s.units)}
	o.Title = "政府与工会联席会议召开及落实情况调度单"
	line := func(parts ...any) OfficialBlock { return Line{Style: docx.TableLine, Spans: spans(parts...)} }
	to := "工会"
	if k.asOf.Level == record.LevelCounty {
		to = "总工会"
	}
	o.Pages = []OfficialPage{{Landscape: true, Blocks: []OfficialBlock{
		Line{Style: docx.FormTitle, Spans: spans(office)}, Line{Style: docx.FormTitle, Spans: spans(o.Title)},
		line("编号：", number, "　调度日期：", k.issuedSpan(), "\t填报时限：", s.fillBy()),
		Line{Style: docx.Addressee, Spans: spans(o.To, to, "：")}, s.opening(), g,
		Line{Style: docx.TableLine, Spans: spans("填报单位（盖章）：＿＿＿＿　填报人：＿＿＿　审核人：＿＿＿　联系电话：＿＿＿＿　填报日期：　年　月　日"), Size: 24},
		Line{Style: docx.TableNote, Spans: spans("联系人：", k.need("contact.name"), "　联系电话：", k.need("contact.phone")), Size: 24},
	}}}
	return o, k.finish(o, false)
}

// dispatchSheet counts what its table lists.
type dispatchSheet struct {
	*desk
	units           []queries.UnitResult // each once
	unheld, overdue int64
}

func (s *dispatchSheet) fillBy() Span { return s.daysAfter("dispatch.days", "填报时限") }

func (s *dispatchSheet) opening() OfficialBlock {
	var asked []Span
	if s.unheld > 0 {
		asked = spans("未召开", s.year(), "会议的", number("dispatch/unheld", s.unheld), "个", unitWord(s.units))
	}
	if s.overdue > 0 {
		if s.unheld > 0 {
			asked = append(asked, Span{Text: "、"})
		}
		asked = append(asked, spans("逾期的", number("total/resolution_overdue/num", s.overdue), "项议定事项")...)
	}
	return bodyLine("根据", s.basis(), "，对截至", s.asOfSpan(), asked, "进行调度，共", number("dispatch/rows", s.unheld+s.overdue), "项，涉及",
		number("dispatch/units", int64(len(s.units))), "个", unitWord(s.units), "（", s.inList(s.units), "）。请按截至", s.issuedSpan(), "的情况填写，于", s.fillBy(), "前报", ownName(s.Settings["office.name"]), "。")
}

// table has one row a meeting not held and one an overdue item, by unit, the meeting first.
func (s *dispatchSheet) table() Grid {
	g := Grid{Widths: widths(docx.TextHeight, 520, 1000, 2500, 1300, 1350, 1000, 1300, 900, 1000, 0, 1000), Head: 1, Size: 21, Height: 700}
	g.Rows = heads("序号", unitWord(s.desk.units), "调度事项", "截至"+s.on.Chinese()+"情况", "时限", "督导函回复", "截至调度日进展", "责任人", "存在问题", "下步措施和完成时间", "佐证材料")
	add := func(u queries.UnitResult, matter Span, state []Span, by ...any) {
		row := []GridCell{mid(strconv.Itoa(len(g.Rows))), leftCell(unitName(u.Unit)), leftCell(matter), leftCell(state), mid(by...)}
		for range 6 {
			row = append(row, blankCell())
		}
		g.Rows = append(g.Rows, row)
		if n := len(s.units); n == 0 || s.units[n-1].Unit.Code != u.Unit.Code {
			s.units = append(s.units, u)
		}
	}
	judged := s.desk.units
	s.units = nil
	for _, u := range judged {
		if (u.Status == queries.NotHeld || u.Status == queries.Substituted) && s.finding(regime.RuleAnnualMeeting, u.Unit.Code) != nil {
			s.unheld++
			state := "未召开"
			switch {
			case u.Status == queries.Substituted:
				state = "以其他会议代替，未召开"
			case s.isUnreported(u.Unit.Code):
				state = "未收到召开会议的报告"
			}
			add(u, Span{Text: "召开" + s.year() + "联席会议"}, spans(fact("unit/"+string(u.Unit.Code)+"/annual_meeting", state)), s.remedyBy())
		}
		for _, r := range s.population(u.Unit.Code) {
			if r.State == queries.StateOverdue {
				s.overdue++
				add(u, fact(itemID(r)+"/title", strings.TrimSpace(oneLine(r.Title))), s.overdueDays(r), "待重新明确")
			}
		}
	}
	s.must("逾期事项", "调度单行数", s.overdue, "逾期数", s.Metrics.States.Overdue)
	return g
}
