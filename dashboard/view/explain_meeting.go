package view

import (
	"fmt"
	"strings"

	"liandu/internal/record"
	"liandu/queries"
)

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
		row.Texts = texts(statusWord(u.Status), date(u.HeldOn), text(u.ChairTitle+u.ChairName), Nil)
		if has {
			row.Texts[3] = texts(meetingFact(i.ID, m, in.Now.AsOf))[0]
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
