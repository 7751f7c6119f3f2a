package regime

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiffOfTwoDocuments(t *testing.T) {
	t.Parallel()
	got := Diff(load(t, "liubei-2025"), load(t, "qinhuangdao-2024"))
	want := []Difference{
		{"setting", "obliged_levels", "约束层级", "乡镇、街道", "县（市、区）"},
		{"severity", "late_meeting", "年度会议延迟召开", "黄", "红"},
		{"severity", "substitute", "以其他会议代替", "提示", "红"},
		{"severity", "chair", "主持规格", "黄", "红"},
		{"parameter", "chair", "主持规格", "政府主要负责人、政府副职主持为达标", "政府主要负责人主持为达标"},
		{"rule", "minutes", "会议纪要印发", "黄，会后 30 日", "未规定"},
		{"rule", "plan", "实施方案", "未规定", "黄"},
		{"rule", "explain", "未落实事项说明", "黄，须有原因", "未规定"},
		{"severity", "overdue", "议定事项逾期", "黄", "红"},
		{"rule", "establishment", "制度建立", "黄", "未规定"},
		{"rule", "submission", "季度报表报送", "未规定", "提示，每季度报表"},
		{"weight", "annual_meeting_held", "年度会议召开率权重", "30", "25"},
		{"weight", "chair_meets_rule", "主持规格达标率权重", "15", "20"},
		{"weight", "minutes_issued", "纪要印发率权重", "10", "5"},
		{"weight", "implementation_plan", "实施方案制定率权重", "0", "5"},
		{"weight", "establishment", "建制率权重", "5", "0"},
		{"weight", "submission_on_time", "按时报送率权重", "0", "5"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Diff (-want +got):\n%s", d)
	}
}

func TestDiffOfSettingsAndParameters(t *testing.T) {
	t.Parallel()
	a, b := sample(t), sample(t)
	if got := Diff(a, b); len(got) != 0 {
		t.Fatalf("Diff of a regime with itself = %v, want none", got)
	}
	b.DeadlineMonth, b.DeadlineDay, b.SubmissionDays, b.RedLine, b.YellowLine = 12, 31, 10, 700, 900
	rule(t, b, RuleLeadTime).Months = 2
	rule(t, b, RuleMinutes).Days = 30
	want := []Difference{
		{"setting", "deadline", "年度会议期限", "11月30日", "12月31日"},
		{"setting", "submission_days", "季度报表报送期限", "季度终了后 15 日", "季度终了后 10 日"},
		{"setting", "red_line", "红线", "65.5", "70.0"},
		{"setting", "yellow_line", "黄线", "85.0", "90.0"},
		{"parameter", "lead_time", "议题提前征集", "会前 3 个月", "会前 2 个月"},
		{"parameter", "minutes", "会议纪要印发", "会后 15 日", "会后 30 日"},
	}
	if d := cmp.Diff(want, Diff(a, b)); d != "" {
		t.Errorf("Diff (-want +got):\n%s", d)
	}
	bayannur, _ := load(t, "bayannur-2024").Rule(RuleExplain)
	agenda, _ := load(t, "bayannur-2024").Rule(RuleAgenda)
	yearly, _ := load(t, "shanghai-2018").Rule(RuleSubmission)
	for _, c := range []struct {
		rule Rule
		want string
	}{
		{bayannur, "须有原因和新的完成时限"},
		{agenda, "通报上次议定事项落实情况、通报议题产生情况、研究讨论并协商确定、部署落实"},
		{yearly, "只看第四季度报表"},
		{Rule{ID: RuleOverdue}, ""},
	} {
		if got := c.rule.Parameters(); got != c.want {
			t.Errorf("Parameters(%s) = %q, want %q", c.rule.ID, got, c.want)
		}
	}
}
