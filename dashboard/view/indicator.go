package view

import "liandu/internal/regime"

// indicator says how a figure is spoken of: what it counts, what stands above and below the line, and whether more of
// it is worse. The names are the regime package's; the words repeat metrics.md, Indicators.
type indicator struct {
	ID      string
	Counter string // 个, 项, 份, 次
	Num     string // what the numerator counts
	Den     string // what the denominator counts
	Adverse bool
	Kind    rowKind
}

// rowKind is what an indicator's rows are.
type rowKind int

const (
	kindMeeting rowKind = iota
	kindItem
	kindEstablishment
	kindSubmission
)

var indicators = []indicator{
	{"annual_meeting_held", "个", "已召开年度联席会议的单位", "应召开的单位（含未到期限的）", false, kindMeeting},
	{"held_on_time", "个", "在期限内召开年度联席会议的单位", "应召开的单位（含未到期限的）", false, kindMeeting},
	{"chaired_by_principal", "个", "由政府主要负责人主持的单位", "已召开的单位（主持人未载明的计入）", false, kindMeeting},
	{"chair_meets_rule", "个", "主持人职级符合制度规定的单位", "已召开的单位", false, kindMeeting},
	{"agenda_complete", "个", "制度列明的议程全部进行的会议", "计数会议（本单位当年最早的年度会议）", false, kindMeeting},
	{"topic_lead_time", "个", "按制度规定提前征集议题的会议", "计数会议（本单位当年最早的年度会议）", false, kindMeeting},
	{"minutes_issued", "个", "截至报告期末已印发纪要的会议", "计数会议（本单位当年最早的年度会议）", false, kindMeeting},
	{"publicity", "个", "有宣传报道的会议", "计数会议（本单位当年最早的年度会议）", false, kindMeeting},
	{"report_back", "个", "通报了上次议定事项落实情况的会议", "以往年度有议定事项的单位的计数会议", false, kindMeeting},
	{"resolution_completion", "项", "截至报告期末已办结的应办事项", "应办事项", false, kindItem},
	{"resolution_closed", "项", "已办结并经本级确认销号的应办事项", "应办事项", false, kindItem},
	{"resolution_on_time", "项", "在首次完成时限内办结的应办事项", "首次完成时限已到或已办结、且时限明确的应办事项", false, kindItem},
	{"resolution_overdue", "项", "截至报告期末逾期未办结的应办事项", "应办事项", true, kindItem},
	{"implementation_plan", "项", "截至报告期末已印发实施方案的应办事项", "应办事项", false, kindItem},
	{"accountability", "项", "牵头单位、责任人、完成时限齐全的应办事项", "应办事项", false, kindItem},
	{"establishment", "个", "已报送建立联席会议制度的单位", "本单位及其登记的、制度要求建制层级的下属单位", false, kindEstablishment},
	{"submission_on_time", "份", "首个接收版本在时限内到达的季度报表", "当年截至报告期的季度报表（未到时限且未报的不计）", false, kindSubmission},
}

// indicatorOf returns the indicator of that id and whether there is one.
func indicatorOf(id string) (indicator, bool) {
	for _, i := range indicators {
		if i.ID == id {
			return i, true
		}
	}
	return indicator{}, false
}

func (i indicator) name() string { return regime.IndicatorName(i.ID) }
