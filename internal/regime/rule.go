package regime

import "liandu/internal/record"

// Severity is what failing a rule counts as.
type Severity string

// The severities, falling.
const (
	Red    Severity = "red"
	Yellow Severity = "yellow"
	Info   Severity = "info"
)

// Severities lists them, falling.
var Severities = []Severity{Red, Yellow, Info}

// Chinese returns the severity's word on pages, "" for an unknown one.
func (s Severity) Chinese() string {
	return map[Severity]string{Red: "红", Yellow: "黄", Info: "提示"}[s]
}

// Force is the modal word of a clause: how strongly the document binds.
type Force string

// The forces the documents use, falling; a plain statement without a modal word is 陈述.
const (
	ForceMustNot     Force = "不能"
	ForceMust        Force = "应当"
	ForceWant        Force = "要"
	ForceInPrinciple Force = "原则上"
	ForceUsual       Force = "一般"
	ForceMay         Force = "可"
	ForceStatement   Force = "陈述"
)

// Forces lists every force a file may name. 必须 and 不得 are for documents beyond the built-in five.
var Forces = []Force{"必须", "不得", ForceMustNot, ForceMust, ForceWant, ForceInPrinciple, ForceUsual, ForceMay, ForceStatement}

// Rule is one kind of rule as a document has it.
type Rule struct {
	ID       string
	Severity Severity
	Requires string // what the document asks, one sentence without the final 「。」
	Clause   Clause // Number and Text are the rule's own where its file narrows the clause
	Note     string // how the words were turned into this rule, where that is not plain

	AcceptRanks             []record.ChairRank // chair
	Agenda                  []string           // agenda: ids of AgendaItems
	Months                  int                // lead_time
	Days                    int                // minutes
	ExplainNeedsNewDeadline bool               // explain: a reason alone is not enough
	SubmissionQuarter       string             // submission: QuarterEach or QuarterFourth
}

// Force returns how strongly the rule's clause binds.
func (r Rule) Force() Force { return r.Clause.Force }

// The rule ids (regimes.md, Rules).
const (
	RuleAnnualMeeting = "annual_meeting"
	RuleLateMeeting   = "late_meeting"
	RuleSubstitute    = "substitute"
	RuleChair         = "chair"
	RuleChairUnknown  = "chair_unknown"
	RuleAgenda        = "agenda"
	RuleLeadTime      = "lead_time"
	RuleMinutes       = "minutes"
	RuleItemList      = "item_list"
	RulePlan          = "plan"
	RuleReportBack    = "report_back"
	RuleExplain       = "explain"
	RuleOverdue       = "overdue"
	RulePublicity     = "publicity"
	RuleEstablishment = "establishment"
	RuleSubmission    = "submission"
)

// Which quarters' reports a submission rule judges.
const (
	QuarterEach   = "each"
	QuarterFourth = "fourth"
)

// Name is an id with its Chinese name.
type Name struct{ ID, Chinese string }

// RuleNames lists every kind of rule in the order pages and findings use.
var RuleNames = []Name{
	{RuleAnnualMeeting, "年度会议召开"},
	{RuleLateMeeting, "年度会议延迟召开"},
	{RuleSubstitute, "以其他会议代替"},
	{RuleChair, "主持规格"},
	{RuleChairUnknown, "主持人未载明"},
	{RuleAgenda, "会议议程"},
	{RuleLeadTime, "议题提前征集"},
	{RuleMinutes, "会议纪要印发"},
	{RuleItemList, "责任清单"},
	{RulePlan, "实施方案"},
	{RuleReportBack, "落实情况回报"},
	{RuleExplain, "未落实事项说明"},
	{RuleOverdue, "议定事项逾期"},
	{RulePublicity, "宣传报道"},
	{RuleEstablishment, "制度建立"},
	{RuleSubmission, "季度报表报送"},
}

// AgendaItems lists the four agenda items, named as the record's fields without their prefix.
var AgendaItems = []Name{
	{"report", "通报上次议定事项落实情况"},
	{"topics", "通报议题产生情况"},
	{"discuss", "研究讨论并协商确定"},
	{"deploy", "部署落实"},
}

// RuleName returns the Chinese name of a rule id, the id itself when it is unknown.
func RuleName(id string) string { return nameOf(RuleNames, id) }

// AgendaName returns the Chinese name of an agenda item, the id itself when it is unknown.
func AgendaName(id string) string { return nameOf(AgendaItems, id) }

func nameOf(names []Name, id string) string {
	for _, n := range names {
		if n.ID == id {
			return n.Chinese
		}
	}
	return id
}

func known(names []Name, id string) bool {
	for _, n := range names {
		if n.ID == id {
			return true
		}
	}
	return false
}
