package regime

// Indicator is one measure of metrics.md: its id, its name, the rule whose clause backs it ("" for none), and
// whether it is null without that rule.
type Indicator struct {
	ID        string
	Chinese   string
	Rule      string
	NeedsRule bool
}

// Indicators lists every indicator in the order of metrics.md.
var Indicators = []Indicator{
	{"annual_meeting_held", "年度会议召开率", RuleAnnualMeeting, false},
	{"held_on_time", "按期召开率", RuleLateMeeting, false},
	{"chaired_by_principal", "主要负责人主持率", "", false},
	{"chair_meets_rule", "主持规格达标率", RuleChair, true},
	{"agenda_complete", "议程完备率", RuleAgenda, true},
	{"topic_lead_time", "议题提前征集率", RuleLeadTime, true},
	{"minutes_issued", "纪要印发率", RuleMinutes, false},
	{"publicity", "宣传报道率", RulePublicity, true},
	{"report_back", "落实情况回报率", RuleReportBack, false},
	{"resolution_completion", "议定事项办结率", RuleOverdue, false},
	{"resolution_closed", "销号率", "", false},
	{"resolution_on_time", "按期办结率", RuleOverdue, false},
	{"resolution_overdue", "逾期率", RuleOverdue, false},
	{"implementation_plan", "实施方案制定率", RulePlan, true},
	{"accountability", "责任清单完备率", RuleItemList, true},
	{"establishment", "建制率", RuleEstablishment, false},
	{"submission_on_time", "按时报送率", RuleSubmission, false},
}

// IndicatorName returns the Chinese name of an indicator, the id itself when it is unknown.
func IndicatorName(id string) string {
	if i, ok := indicatorOf(id); ok {
		return i.Chinese
	}
	return id
}

func indicatorOf(id string) (Indicator, bool) {
	for _, i := range Indicators {
		if i.ID == id {
			return i, true
		}
	}
	return Indicator{}, false
}
