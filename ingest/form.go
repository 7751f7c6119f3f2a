package ingest

import (
	"strings"

	"liandu/internal/record"
)

// Kind says how the cells of a column are read and written.
type Kind int

// The kinds of column.
const (
	KindText     Kind = iota
	KindUnit          // a registered unit's name
	KindYear          // 所属年度
	KindQuarter       // 报告期
	KindDate          // a date that may lie ahead, or words such as 年底前
	KindPastDate      // a date that reports the past: never after the quarter's end
	KindCount         // a whole number
	KindPercent       // 80%, 0.8, 百分之八十
	KindTick          // 是/否
	KindChoice        // one word of a list
	KindItemNo        // 序号
)

// Choice is one word of a column's list. Value is what is stored; Word is what the form offers; Synonyms are other
// words that mean the same and nothing else: a word that could mean two things is asked back, not guessed.
type Choice struct {
	Word     string
	Value    string
	Synonyms []string
}

// Column is one column of the form (on the cover: one label). Field is the JSON name of the record's field and the
// key of record.Source.Cells. Open means that words outside Choices are kept as they are.
type Column struct {
	Field    string
	Head     string
	Synonyms []string
	Required bool
	Kind     Kind
	Choices  []Choice
	Open     bool
	Width    float64
	Note     string // the rule, shown as the input message of the blank form
}

// Table names one of the form's four tables; three of them are tables of facts.
type Table string

// The tables. The names of the last three are those of record.ColumnRead.Table and of the counts in interface.md.
const (
	TableCover         Table = "cover"
	TableEstablishment Table = "establishment"
	TableMeeting       Table = "meeting"
	TableResolution    Table = "resolution"
)

// Sheet is one sheet of the form. Synonyms are names counties give it; a table is known by its heads first.
type Sheet struct {
	Table    Table
	Name     string
	Synonyms []string
	Columns  []Column
}

// Words returns the words of the column's list as a message prints them: 「甲」「乙」.
func (c Column) Words() string {
	var b strings.Builder
	for _, w := range c.Choices {
		b.WriteString("「" + w.Word + "」")
	}
	return b.String()
}

// ColumnOf returns the column that holds field, false when the sheet has none.
func (s Sheet) ColumnOf(field string) (Column, bool) {
	for _, c := range s.Columns {
		if c.Field == field {
			return c, true
		}
	}
	return Column{}, false
}

// Sheets returns the form, in the order of the workbook. 出处: data.md, The quarterly workbook.
func Sheets() []Sheet {
	return []Sheet{coverSheet(), establishmentSheet(), meetingSheet(), resolutionSheet()}
}

// sheetOf returns the sheet of a table of the form.
func sheetOf(t Table) Sheet {
	for _, s := range Sheets() {
		if s.Table == t {
			return s
		}
	}
	return Sheet{}
}

func coverSheet() Sheet {
	return Sheet{Table: TableCover, Name: "基本信息", Synonyms: []string{"封面", "基本情况", "填报信息", "报表信息"}, Columns: []Column{
		{Field: "unit_text", Head: "填报单位", Required: true, Kind: KindUnit, Note: "填写本单位名称，与系统登记的一致。",
			Synonyms: []string{"报送单位", "上报单位", "填表单位", "填报单位名称", "填报单位盖章", "报送单位盖章", "填报单位公章", "填报单位章", "报送单位章", "单位名称", "报告单位", "报送单位名称"}},
		{Field: "period_text", Head: "报告期", Required: true, Kind: KindQuarter, Note: "填写季度，如 2024年第三季度。",
			Synonyms: []string{"报告期间", "报表期", "填报期", "报告季度", "填报季度", "统计期间", "报送期", "所属季度", "报告时期", "报表所属期", "所属期", "所属期间", "报告期别", "统计期", "报表期间", "季度"}},
		{Field: "filled_by", Head: "填报人", Synonyms: []string{"填表人", "制表人", "经办人", "联系人"}},
		{Field: "reviewed_by", Head: "审核人", Synonyms: []string{"审批人", "负责人", "单位负责人", "复核人", "审签人"}},
		{Field: "phone", Head: "联系电话", Synonyms: []string{"电话", "联系方式", "手机", "手机号码"}},
		{Field: "filled_on", Head: "填报日期", Kind: KindDate, Note: "填写日期，如 2024-09-30。",
			Synonyms: []string{"填报时间", "填表日期", "填表时间", "报送日期", "报送时间", "上报日期", "上报时间", "制表日期"}},
	}}
}

func establishmentSheet() Sheet {
	return Sheet{Table: TableEstablishment, Name: "制度建立", Synonyms: []string{"建制情况", "制度建立情况", "建制", "建制情况表"}, Columns: []Column{
		{Field: "unit", Head: "单位名称", Required: true, Kind: KindUnit, Width: 22, Note: "本单位或所属乡镇（街道）的名称，每个单位一行。", Synonyms: unitHeads()},
		{Field: "level_text", Head: "单位层级", Width: 16, Synonyms: []string{"层级", "级别", "单位级别", "单位类型", "类型"}},
		{Field: "established", Head: "是否建立", Required: true, Kind: KindTick, Choices: yesNo(), Width: 10, Note: "已建立联席会议制度填「是」，未建立填「否」。",
			Synonyms: []string{"是否建制", "是否建立制度", "是否建立联席会议制度", "建立情况", "建制情况", "是否已建立", "建立与否"}},
		{Field: "established_on", Head: "建立日期", Kind: KindPastDate, Width: 13, Note: "填写日期，如 2024-03-15；不得晚于报告期末。",
			Synonyms: []string{"建立时间", "建制时间", "建制日期", "制度建立日期", "制度建立时间", "建立年月"}},
		{Field: "document", Head: "文件名称及文号", Width: 36, Synonyms: []string{"文件名称", "文号", "制度文件", "制度文件文号", "文件文号", "文件名称和文号", "制度文件名称及文号", "文件及文号", "依据文件"}},
		{Field: "remark", Head: "备注", Width: 24, Synonyms: []string{"说明", "备注说明"}},
	}}
}

func meetingSheet() Sheet {
	return Sheet{Table: TableMeeting, Name: "会议召开", Synonyms: []string{"会议召开情况", "召开情况", "联席会议召开情况", "会议情况", "会议召开情况统计表", "会议"}, Columns: []Column{
		{Field: "unit", Head: "召开单位", Required: true, Kind: KindUnit, Width: 22, Note: "召开会议的单位：本单位或所属乡镇（街道）。", Synonyms: unitHeads()},
		{Field: "session_year", Head: "所属年度", Kind: KindYear, Width: 10, Note: "会议属于哪一年度，如 2024；跨年召开的填应当召开的年度。", Synonyms: yearHeads()},
		{Field: "title", Head: "会议名称", Width: 34, Synonyms: []string{"会议", "会议全称", "会议标题", "联席会议名称", "会议名称届次"}},
		{Field: "kind", Head: "会议形式", Required: true, Kind: KindChoice, Choices: kindChoices(), Width: 16, Note: "从列表中选择。以座谈会、常务会议等代替的，选「以其他会议代替」。", Synonyms: kindHeads()},
		{Field: "held_on", Head: "召开日期", Required: true, Kind: KindPastDate, Width: 13, Note: "填写日期，如 2024-03-15；不得晚于报告期末。",
			Synonyms: []string{"召开时间", "会议日期", "会议时间", "实际召开日期", "实际召开时间", "开会日期", "开会时间", "会议召开时间", "会议召开日期"}},
		{Field: "chair_name", Head: "主持人", Width: 11, Synonyms: []string{"主持领导", "会议主持人", "主持人姓名", "主持", "主持领导姓名", "会议主持", "主持人及职务", "主持人姓名及职务", "主持人姓名职务", "主持领导及职务"}},
		{Field: "chair_title", Head: "主持人职务", Width: 24, Note: "填写主持人的行政职务全称，如「县委副书记、县长」「副县长」。",
			Synonyms: []string{"主持领导职务", "职务", "主持人职务全称", "主持人身份", "主持职务", "主持人现任职务"}},
		{Field: "gov_attendees", Head: "政府方出席人员", Width: 26, Synonyms: []string{"政府方参会人员", "政府方出席", "政府出席人员", "行政方出席人员", "政府方参加人员", "出席人员政府方", "参会人员政府方", "政府方人员"}},
		{Field: "union_attendees", Head: "工会方出席人员", Width: 26, Synonyms: []string{"工会方参会人员", "工会方出席", "工会出席人员", "工会方参加人员", "出席人员工会方", "参会人员工会方", "工会方人员"}},
		{Field: "solicited_on", Head: "议题征集启动日期", Kind: KindPastDate, Width: 16, Note: "开始征集议题的日期，如 2024-01-10；不得晚于报告期末。",
			Synonyms: []string{"议题征集日期", "议题征集时间", "征集议题日期", "征集议题时间", "议题征集启动时间", "征集启动日期", "征集启动时间", "启动征集日期", "议题征集"}},
		{Field: "gov_topics", Head: "政府方议题数", Kind: KindCount, Width: 10, Note: "填写整数；没有的填 0。",
			Synonyms: []string{"政府议题数", "政府方议题", "政府提出议题数", "行政方议题数", "议题数政府方", "议题政府方", "议题数政府", "议题政府", "议题数量政府方"}},
		{Field: "union_topics", Head: "工会方议题数", Kind: KindCount, Width: 10, Note: "填写整数；没有的填 0。",
			Synonyms: []string{"工会议题数", "工会方议题", "工会提出议题数", "议题数工会方", "议题工会方", "议题数工会", "议题工会", "议题数量工会方"}},
		{Field: "joint_topics", Head: "联合议题数", Kind: KindCount, Width: 10, Note: "填写整数；没有的填 0。",
			Synonyms: []string{"联合议题", "共同议题数", "双方议题数", "联合提出议题数", "议题数联合", "议题联合", "议题数量联合"}},
		{Field: "agenda_report", Head: "通报上次议定事项落实情况", Kind: KindTick, Choices: yesNo(), Width: 14, Note: "会上通报了上次会议议定事项落实情况的填「是」，没有的填「否」，不要留空。",
			Synonyms: []string{"通报上次落实情况", "是否通报上次议定事项落实情况", "上次议定事项落实情况通报", "通报上次会议议定事项落实情况", "上次议定事项落实情况", "通报上次会议落实情况"}},
		{Field: "agenda_topics", Head: "通报议题产生情况", Kind: KindTick, Choices: yesNo(), Width: 14, Note: "填「是」或「否」，不要留空。",
			Synonyms: []string{"议题产生情况", "是否通报议题产生情况", "通报议题产生", "议题产生情况通报"}},
		{Field: "agenda_discuss", Head: "研究讨论并协商确定", Kind: KindTick, Choices: yesNo(), Width: 14, Note: "填「是」或「否」，不要留空。",
			Synonyms: []string{"研究讨论", "讨论协商", "是否研究讨论并协商确定", "研究讨论协商确定", "协商确定", "研究讨论和协商确定"}},
		{Field: "agenda_deploy", Head: "部署落实", Kind: KindTick, Choices: yesNo(), Width: 10, Note: "填「是」或「否」，不要留空。",
			Synonyms: []string{"部署落实工作", "是否部署落实", "部署落实要求", "部署贯彻落实", "落实部署"}},
		{Field: "minutes_number", Head: "纪要文号", Width: 24, Synonyms: []string{"会议纪要文号", "纪要编号", "纪要号", "会议纪要编号"}},
		{Field: "minutes_issued_on", Head: "纪要印发日期", Kind: KindPastDate, Width: 13, Note: "填写日期，如 2024-03-20；不得晚于报告期末。",
			Synonyms: []string{"纪要印发时间", "纪要日期", "会议纪要印发日期", "会议纪要印发时间", "纪要发布日期", "印发日期", "印发时间"}},
		{Field: "publicity", Head: "宣传报道", Width: 22, Note: "填写报道媒体、日期或链接；没有的填「否」。", Synonyms: []string{"宣传报道链接", "宣传情况", "宣传报道情况", "媒体报道", "新闻报道", "是否宣传报道", "报道情况"}},
		{Field: "remark", Head: "备注", Width: 24, Synonyms: []string{"说明", "备注说明"}},
	}}
}

func resolutionSheet() Sheet {
	return Sheet{Table: TableResolution, Name: "议定事项", Synonyms: []string{"议定事项落实情况", "议定事项台账", "事项台账", "督办台账", "议定事项清单", "落实情况", "确定事项", "议定事项落实情况表"}, Columns: []Column{
		{Field: "unit", Head: "召开单位", Required: true, Kind: KindUnit, Width: 22, Note: "作出议定事项的会议由哪个单位召开。", Synonyms: unitHeads()},
		{Field: "session_year", Head: "所属年度", Required: true, Kind: KindYear, Width: 10, Note: "事项所属会议的年度，如 2024。", Synonyms: yearHeads()},
		{Field: "kind", Head: "会议形式", Required: true, Kind: KindChoice, Choices: kindChoices(), Width: 16, Note: "从列表中选择，与「会议召开」中的会议一致。", Synonyms: kindHeads()},
		{Field: "item_no", Head: "序号", Kind: KindItemNo, Width: 7, Note: "事项在本年度会议中的顺序号，各季度保持不变。", Synonyms: []string{"事项序号", "编号", "议定事项序号", "事项编号", "NO", "顺序号"}},
		{Field: "title", Head: "议定事项", Required: true, Width: 42, Note: "一行一项，写法各季度保持不变。",
			Synonyms: []string{"事项", "事项名称", "议定事项名称", "议定事项内容", "确定事项", "事项内容", "议题", "议题名称", "议定内容", "议决事项", "协商事项", "议定的事项"}},
		{Field: "category", Head: "议题类别", Kind: KindChoice, Choices: categoryChoices(), Open: true, Width: 18, Note: "从列表中选择；列表中没有的可照实填写。",
			Synonyms: []string{"事项类别", "类别", "议题类型", "议题分类", "事项分类", "事项类型"}},
		{Field: "proposer", Head: "提出方", Kind: KindChoice, Choices: proposerChoices(), Width: 9, Note: "从列表中选择：政府、工会或联合。", Synonyms: []string{"提出单位", "议题提出方", "提议方", "提案方", "提出主体"}},
		{Field: "lead_unit", Head: "牵头单位", Width: 18, Synonyms: []string{"责任部门", "承办单位", "牵头部门", "责任单位", "主办单位", "牵头责任单位", "主要责任单位", "牵头责任部门", "承办部门", "主责单位", "主办部门"}},
		{Field: "support_units", Head: "配合单位", Width: 18, Synonyms: []string{"配合部门", "协办单位", "协办部门", "协同单位", "参与单位", "协助单位"}},
		{Field: "owner", Head: "责任人", Width: 12, Synonyms: []string{"责任人员", "责任人姓名", "具体责任人", "承办人", "责任领导", "责任人职务", "责任人及职务"}},
		{Field: "due_on", Head: "完成时限", Kind: KindDate, Width: 13, Note: "会议首次确定的完成日期，如 2024-09-30；延期的另填「调整后完成时限」。",
			Synonyms: []string{"办结时限", "完成时间", "时限", "办理时限", "时限要求", "要求完成时间", "计划完成时间", "计划完成日期", "完成期限", "办结期限", "要求完成时限", "应完成时间", "落实时限", "原定完成时限", "原定时限", "完成时限原定", "时限原定", "原完成时限", "完成时限首次"}},
		{Field: "revised_due_on", Head: "调整后完成时限", Kind: KindDate, Width: 14, Note: "经同意延期后的完成日期；没有延期的留空。",
			Synonyms: []string{"调整后时限", "延期后完成时限", "调整后的完成时限", "调整后完成时间", "延期至", "延期时限", "变更后完成时限", "调整时限", "新的完成时限", "完成时限调整后", "时限调整后", "调整后", "完成时限调整", "时限调整", "延期后时限", "延期后"}},
		{Field: "plan_on", Head: "实施方案印发日期", Kind: KindPastDate, Width: 16, Note: "填写日期，如 2024-04-10；不得晚于报告期末。",
			Synonyms: []string{"实施方案日期", "方案印发日期", "实施方案印发时间", "方案印发时间", "实施方案时间", "实施方案"}},
		{Field: "status", Head: "进展状态", Required: true, Kind: KindChoice, Choices: statusChoices(), Width: 11, Note: "从列表中选择。",
			Synonyms: []string{"状态", "办理状态", "落实状态", "完成状态", "进度状态", "完成情况", "办理情况", "落实情况状态", "进展"}},
		{Field: "percent", Head: "完成比例", Kind: KindPercent, Width: 10, Note: "填写百分数，如 80%。", Synonyms: []string{"完成率", "完成进度", "完成百分比", "进度", "完成度", "工作进度", "办结率"}},
		{Field: "completed_on", Head: "完成日期", Kind: KindPastDate, Width: 13, Note: "状态为「已完成」的必填，如 2024-09-20；不得晚于报告期末。",
			Synonyms: []string{"实际完成日期", "实际完成时间", "办结日期", "办结时间", "实际办结日期", "实际办结时间", "完成日"}},
		{Field: "progress", Head: "进展情况", Width: 36, Synonyms: []string{"工作进展", "落实情况", "进展情况说明", "工作进展情况", "办理进展", "落实进展", "工作动态", "目前进展", "进展情况截至"}},
		{Field: "reason", Head: "未完成原因", Width: 28, Synonyms: []string{"原因", "未办结原因", "未完成的原因", "滞后原因", "存在问题", "存在的问题", "问题及原因", "未落实原因", "逾期原因"}},
		{Field: "next_step", Head: "下步措施", Width: 28, Synonyms: []string{"下一步措施", "下一步工作", "下步打算", "下一步打算", "下步工作", "下一步工作措施", "整改措施", "下步工作措施", "下一步计划"}},
		{Field: "remark", Head: "备注", Width: 24, Synonyms: []string{"说明", "备注说明"}},
	}}
}

func unitHeads() []string {
	return []string{"单位名称", "召开单位", "单位", "县区", "县市区", "县区名称", "县市区名称", "所属单位", "召开会议单位", "会议召开单位", "建制单位", "地区", "区县", "旗县区", "乡镇街道"}
}

func yearHeads() []string {
	return []string{"年度", "会议年度", "届次年度", "会议所属年度", "所属会议年度", "会议届次", "届次", "会议届次年度", "年份", "所属年份"}
}

func kindHeads() []string {
	return []string{"会议类型", "会议类别", "形式", "召开形式", "会议性质", "会议种类"}
}

func yesNo() []Choice {
	return []Choice{{Word: "是", Value: "true"}, {Word: "否", Value: "false"}}
}

func kindChoices() []Choice {
	return []Choice{
		{Word: record.KindAnnual.Chinese(), Value: string(record.KindAnnual), Synonyms: []string{"年度会议", "年度", "年度联席", "年度例会", "年度政府与工会联席会议", "定期会议", "定期联席会议", "年度全体会议", "年度联席会"}},
		{Word: record.KindExtraordinary.Chinese(), Value: string(record.KindExtraordinary), Synonyms: []string{"临时会议", "临时", "临时联席", "临时召开", "临时政府与工会联席会议", "临时联席会"}},
		{Word: record.KindSubstitute.Chinese(), Value: string(record.KindSubstitute), Synonyms: []string{"其他会议代替", "以其他会议替代", "其他会议替代", "以其它会议代替", "其它会议代替", "代替", "替代", "以其他形式会议代替", "以其他会议形式代替", "以座谈会代替", "座谈会代替", "以常务会议代替", "常务会议代替", "以办公会代替", "以办公会议代替", "以专题会议代替"}},
	}
}

func proposerChoices() []Choice {
	return []Choice{
		{Word: "政府", Value: string(record.ProposerGovernment), Synonyms: []string{"政府方", "行政", "行政方", "政府提出", "政府方提出"}},
		{Word: "工会", Value: string(record.ProposerUnion), Synonyms: []string{"工会方", "总工会", "工会提出", "工会方提出"}},
		{Word: "联合", Value: string(record.ProposerJoint), Synonyms: []string{"双方", "共同", "联合提出", "双方联合", "共同提出", "政府和工会", "政府与工会", "政府工会", "双方共同"}},
	}
}

// statusChoices maps the words of real ledgers (forms.md §3). 基本完成, 部分完成 and 未完成 are left out on purpose:
// they could be two states, so the county is asked.
func statusChoices() []Choice {
	return []Choice{
		{Word: record.StatusNotStarted.Chinese(), Value: string(record.StatusNotStarted), Synonyms: []string{"未开工", "未开始", "尚未启动", "尚未开始", "没有启动"}},
		{Word: record.StatusInProgress.Chinese(), Value: string(record.StatusInProgress), Synonyms: []string{
			"正在办理", "办理中", "正在推进", "进行中", "正在进行", "有序推进", "正在推进按序时进度", "按序时进度推进", "进展滞后", "进展缓慢", "需要加快推进落实", "已启动", "已开工", "超期未完成", "在办"}},
		{Word: record.StatusCompleted.Chinese(), Value: string(record.StatusCompleted), Synonyms: []string{"完成", "已办结", "办结", "办结销号", "已销号", "提前完成", "已落实", "全部得到落实", "已全部落实", "全部完成", "已全部完成", "已办理完毕"}},
		{Word: record.StatusOngoing.Chinese(), Value: string(record.StatusOngoing), Synonyms: []string{"持续推进", "长期", "长期推进", "长期坚持持续推进", "常态化推进", "取得阶段性成果并持续推进", "常态化坚持"}},
		{Word: record.StatusCancelled.Chinese(), Value: string(record.StatusCancelled), Synonyms: []string{"撤销", "已取消", "取消", "终止", "已终止"}},
	}
}

func categoryChoices() []Choice {
	var out []Choice
	for _, w := range []string{"情况通报", "产业工人队伍建设", "劳动关系协调", "职工权益保障", "工会自身建设", "上次议定事项落实", "其他"} {
		out = append(out, Choice{Word: w, Value: w})
	}
	return out
}
