package view

import (
	"fmt"

	"liandu/queries"
)

// Table is what an export of a ledger holds: text as people read it, one row a row shown.
type Table struct {
	Name   string // of the sheet and the file
	Heads  []string
	Widths []int // in characters
	Rows   [][]string
}

func itemTable(rows []queries.ResolutionRow, reasons []queries.Reason) Table {
	t := Table{
		Name: "议定事项台账",
		Heads: []string{
			"单位", "会议年度", "会议形式", "序号", "议定事项", "议题类别", "牵头单位", "配合单位", "责任人", "完成时限",
			"调整后完成时限", "实施方案印发日期", "状态", "完成比例", "完成日期", "逾期天数", "销号日期", "进展情况", "未完成原因",
			"下步措施", "报告期", "来源文件", "来源单元格", "受理说明",
		},
		Widths: []int{12, 10, 14, 6, 40, 16, 18, 18, 10, 12, 14, 16, 10, 10, 12, 10, 12, 30, 30, 30, 10, 30, 16, 30},
	}
	for _, r := range rows {
		percent, late := "", ""
		if p := percentOf(r); p >= 0 {
			percent = fmt.Sprintf("%d%%", p)
		}
		if r.State == queries.StateOverdue {
			late = itoa(r.OverdueDays)
		}
		due := r.DueOn.String()
		if due == "" {
			due = r.DueText
		}
		t.Rows = append(t.Rows, []string{
			r.UnitName, itoa(r.SessionYear), r.Kind.Chinese(), r.ItemNo, r.Title, r.Category, r.LeadUnit, r.SupportUnits,
			r.Owner, due, r.RevisedDueOn.String(), r.PlanOn.String(), itemState(r).Full(), percent, r.DoneOn.String(),
			late, r.ClosedOn.String(), r.Progress, r.Reason, r.NextStep, r.Quarter, r.File,
			r.Source.Sheet + "!" + cellOf(r.Source, "title"), reasonText(reasons, r.Submission, r.Source),
		})
	}
	return t
}

func meetingTable(rows []queries.MeetingRow, reasons []queries.Reason) Table {
	t := Table{
		Name: "会议台账",
		Heads: []string{
			"单位", "会议年度", "会议形式", "会议名称", "召开日期", "主持人", "主持人职务", "主持规格", "议题征集启动日期", "政府方议题数",
			"工会方议题数", "联合议题数", "通报上次议定事项落实情况", "通报议题产生情况", "研究讨论并协商确定", "部署落实", "纪要文号", "纪要印发日期",
			"宣传报道", "报告期", "来源文件", "来源单元格", "受理说明",
		},
		Widths: []int{12, 10, 14, 30, 12, 10, 22, 14, 16, 12, 12, 12, 12, 12, 12, 12, 18, 12, 24, 10, 30, 16, 30},
	}
	for _, m := range rows {
		t.Rows = append(t.Rows, []string{
			m.UnitName, itoa(m.SessionYear), m.Kind.Chinese(), m.Title, m.HeldOn.String(), m.ChairName, m.ChairTitle,
			m.ChairRank.Chinese(), m.SolicitedOn.String(), count(m.GovTopics), count(m.UnionTopics), count(m.JointTopics),
			tick(m.AgendaReport), tick(m.AgendaTopics), tick(m.AgendaDiscuss), tick(m.AgendaDeploy), m.MinutesNumber,
			m.MinutesIssuedOn.String(), m.Publicity, m.Quarter, m.File, m.Source.Sheet + "!" + cellOf(m.Source, "held_on"),
			reasonText(reasons, m.Submission, m.Source),
		})
	}
	return t
}

func findingTable(findings []queries.Finding) Table {
	t := Table{
		Name:   "问题清单",
		Heads:  []string{"单位", "灯", "规则", "事实", "要求", "依据文件", "条款", "原文", "涉及事项", "来源"},
		Widths: []int{12, 6, 16, 40, 30, 36, 12, 46, 40, 40},
	}
	for _, f := range findings {
		t.Rows = append(t.Rows, []string{
			f.Unit.Name, severityLight(f.Severity).Word, f.RuleName, f.Observed, f.Required, f.Clause.Document,
			f.Clause.Number, f.Clause.Text, join(f.Items), evidenceText(f.Evidence),
		})
	}
	return t
}

// count writes a number a county may have left blank.
func count(n *int) string {
	if n == nil {
		return ""
	}
	return itoa(*n)
}

// tick writes a yes or no a county may have left blank.
func tick(b *bool) string {
	switch {
	case b == nil:
		return ""
	case *b:
		return "是"
	}
	return "否"
}
