package main

// row is a line of a table by field, with days as 2024-03-15 and the form's own words. Where a sending
// changes a value on purpose it may hold anything.
type row map[string]string

// kindOf says how a field is written down.
type kindOf int

const (
	text kindOf = iota
	day
	number
	percent
	tick
	code // 序号 and 所属年度
)

// column is a column of the form: its head, and the head above it where a county writes two rows of heads.
type column struct {
	field, head, group string
	kind               kindOf
	width              float64
}

// table is a sheet of the form with its rows.
type table struct {
	sheet, title string
	columns      []column
	rows         []row
}

func establishmentTable(rows []row) table {
	return table{"制度建立", "政府与工会联席会议制度建立情况表", []column{
		{"unit", "单位名称", "", text, 16},
		{"level", "单位层级", "", text, 12},
		{"established", "是否建立", "制度", tick, 10},
		{"established_on", "建立日期", "制度", day, 13},
		{"document", "文件名称及文号", "制度", text, 26},
		{"remark", "备注", "", text, 16},
	}, rows}
}

func meetingTable(rows []row) table {
	return table{"会议召开", "政府与工会联席会议召开情况表", []column{
		{"unit", "召开单位", "", text, 14},
		{"year", "所属年度", "", code, 10},
		{"title", "会议名称", "", text, 34},
		{"kind", "会议形式", "", text, 14},
		{"held_on", "召开日期", "", day, 13},
		{"chair", "主持人", "主持", text, 10},
		{"chair_title", "主持人职务", "主持", text, 22},
		{"gov_attendees", "政府方出席人员", "出席", text, 24},
		{"union_attendees", "工会方出席人员", "出席", text, 24},
		{"solicited_on", "议题征集启动日期", "议题", day, 13},
		{"gov_topics", "政府方议题数", "议题", number, 8},
		{"union_topics", "工会方议题数", "议题", number, 8},
		{"joint_topics", "联合议题数", "议题", number, 8},
		{"agenda_report", "通报上次议定事项落实情况", "议程", tick, 10},
		{"agenda_topics", "通报议题产生情况", "议程", tick, 10},
		{"agenda_discuss", "研究讨论并协商确定", "议程", tick, 10},
		{"agenda_deploy", "部署落实", "议程", tick, 10},
		{"minutes_number", "纪要文号", "纪要", text, 20},
		{"minutes_issued_on", "纪要印发日期", "纪要", day, 13},
		{"publicity", "宣传报道", "", text, 18},
		{"remark", "备注", "", text, 16},
	}, rows}
}

func resolutionTable(rows []row) table {
	return table{"议定事项", "政府与工会联席会议议定事项落实情况表", []column{
		{"unit", "召开单位", "", text, 14},
		{"year", "所属年度", "", code, 10},
		{"kind", "会议形式", "", text, 14},
		{"no", "序号", "", code, 6},
		{"title", "议定事项", "", text, 34},
		{"category", "议题类别", "", text, 16},
		{"proposer", "提出方", "", text, 8},
		{"lead", "牵头单位", "责任", text, 20},
		{"support", "配合单位", "责任", text, 22},
		{"owner", "责任人", "责任", text, 10},
		{"due_on", "完成时限", "时限", day, 13},
		{"revised_due_on", "调整后完成时限", "时限", day, 13},
		{"plan_on", "实施方案印发日期", "", day, 13},
		{"status", "进展状态", "进展", text, 10},
		{"percent", "完成比例", "进展", percent, 10},
		{"completed_on", "完成日期", "进展", day, 13},
		{"progress", "进展情况", "进展", text, 36},
		{"reason", "未完成原因", "", text, 28},
		{"next_step", "下步措施", "", text, 28},
		{"remark", "备注", "", text, 16},
	}, rows}
}
