package regime

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"liandu/internal/period"
	"liandu/internal/record"
)

// table is regimes.md's table: the rules of each document with the severity of failing, in the rules' order.
var table = map[string]map[string]Severity{
	"shanghai-2018": {
		"annual_meeting": Red, "late_meeting": Yellow, "substitute": Info, "chair": Yellow, "chair_unknown": Yellow,
		"agenda": Yellow, "lead_time": Yellow, "minutes": Yellow, "report_back": Yellow, "overdue": Yellow,
		"establishment": Yellow, "submission": Yellow,
	},
	"sanmenxia-2024": {
		"annual_meeting": Red, "late_meeting": Yellow, "substitute": Info, "agenda": Yellow, "minutes": Yellow,
		"report_back": Yellow, "overdue": Yellow, "publicity": Yellow, "establishment": Yellow,
	},
	"bayannur-2024": {
		"annual_meeting": Red, "late_meeting": Yellow, "substitute": Info, "chair": Yellow, "chair_unknown": Yellow,
		"agenda": Yellow, "lead_time": Yellow, "minutes": Yellow, "item_list": Yellow, "report_back": Yellow,
		"explain": Yellow, "overdue": Yellow, "publicity": Yellow, "establishment": Yellow,
	},
	"liubei-2025": {
		"annual_meeting": Red, "late_meeting": Yellow, "substitute": Info, "chair": Yellow, "chair_unknown": Yellow,
		"minutes": Yellow, "report_back": Yellow, "explain": Yellow, "overdue": Yellow, "establishment": Yellow,
	},
	"qinhuangdao-2024": {
		"annual_meeting": Red, "late_meeting": Red, "substitute": Red, "chair": Red, "chair_unknown": Yellow,
		"plan": Yellow, "report_back": Yellow, "overdue": Red, "submission": Info,
	},
}

// weights is regimes.md's table of weights, in the order shanghai, sanmenxia, bayannur, liubei, qinhuangdao.
var weights = map[string][5]int{
	"annual_meeting_held":   {25, 30, 25, 30, 25},
	"chair_meets_rule":      {10, 0, 10, 15, 20},
	"agenda_complete":       {5, 10, 5, 0, 0},
	"topic_lead_time":       {5, 0, 5, 0, 0},
	"minutes_issued":        {5, 10, 5, 10, 5},
	"publicity":             {0, 5, 5, 0, 0},
	"report_back":           {10, 10, 5, 10, 10},
	"resolution_completion": {20, 20, 20, 20, 20},
	"resolution_on_time":    {5, 5, 5, 5, 5},
	"resolution_overdue":    {5, 5, 5, 5, 5},
	"implementation_plan":   {0, 0, 0, 0, 5},
	"accountability":        {0, 0, 5, 0, 0},
	"establishment":         {5, 5, 5, 5, 0},
	"submission_on_time":    {5, 0, 0, 0, 5},
}

var columns = []string{"shanghai-2018", "sanmenxia-2024", "bayannur-2024", "liubei-2025", "qinhuangdao-2024"}

func load(t *testing.T, id string) *Regime {
	t.Helper()
	all, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Find(all, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestBuiltInRegimesPassCheck(t *testing.T) {
	t.Parallel()
	all, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != len(table) {
		t.Fatalf("Load(nil) = %d regimes, want %d", len(all), len(table))
	}
	for _, r := range all {
		if issues := Check(r); len(issues) > 0 {
			t.Errorf("Check(%s) = %v, want none", r.ID, issues)
		}
	}
}

func TestRulesAreExactlyTheTable(t *testing.T) {
	t.Parallel()
	for id, want := range table {
		got := map[string]Severity{}
		for _, rule := range load(t, id).Rules {
			got[rule.ID] = rule.Severity
			if rule.Clause.Text == "" || rule.Clause.Document == "" || rule.Requires == "" {
				t.Errorf("%s %s: clause or requirement is empty: %+v", id, rule.ID, rule)
			}
			if rule.Clause.Number == "" && id != "qinhuangdao-2024" {
				t.Errorf("%s %s: clause has no number", id, rule.ID)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s rules (-want +got):\n%s", id, d)
		}
	}
}

func TestWeightsAreExactlyTheTable(t *testing.T) {
	t.Parallel()
	for i, id := range columns {
		want := map[string]int{}
		for indicator, row := range weights {
			want[indicator] = row[i]
		}
		if d := cmp.Diff(want, load(t, id).Weights); d != "" {
			t.Errorf("%s weights (-want +got):\n%s", id, d)
		}
	}
}

func TestDocumentsAndParameters(t *testing.T) {
	t.Parallel()
	type facts struct {
		Cite, InForce, Repeals string
		Levels                 []record.Level
		Ranks                  []record.ChairRank
		Clauses                int
	}
	both := []record.ChairRank{record.RankPrincipal, record.RankDeputy}
	county := []record.Level{record.LevelCounty}
	for id, want := range map[string]facts{
		"shanghai-2018":    {"《上海市人民政府办公厅关于本市建立完善政府与工会联席会议制度的意见》（沪府办发〔2018〕42号）", "2018-11-30", "", []record.Level{record.LevelCounty, record.LevelTownship}, both, 22},
		"sanmenxia-2024":   {"《三门峡市人民政府办公室关于完善三门峡市人民政府三门峡市总工会联席会议制度的通知》（三政办文〔2024〕4号）", "2024-07-03", "三政办〔2002〕99号", county, nil, 16},
		"bayannur-2024":    {"《巴彦淖尔市人民政府办公室关于印发〈巴彦淖尔市人民政府与巴彦淖尔市总工会联席会议工作规则〉的通知》（巴政办字〔2024〕28号）", "2024-03-26", "巴政办字〔2020〕138号", county, both, 18},
		"liubei-2025":      {"《柳州市柳北区人民政府关于印发〈柳州市柳北区人民政府与柳州市柳北区总工会联席会议制度（试行）〉的通知》（柳北政发〔2025〕2号）", "2025-02-19", "", []record.Level{record.LevelTownship}, both, 13},
		"qinhuangdao-2024": {"秦皇岛市总工会《关于加强和规范政府与工会联席会议制度的通知》", "2024-05-09", "", county, []record.ChairRank{record.RankPrincipal}, 15},
	} {
		r := load(t, id)
		got := facts{r.Document.Cite(), r.InForceFrom.String(), r.Repeals, r.ObligedLevels, r.AcceptRanks(), len(r.Clauses)}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", id, d)
		}
		if r.RedLineText() != "70.0" || r.YellowLineText() != "90.0" || r.SubmissionDays != 10 {
			t.Errorf("%s lines %s %s, days %d; want 70.0 90.0 10", id, r.RedLineText(), r.YellowLineText(), r.SubmissionDays)
		}
		if got := r.Deadline(2024); got != period.MustDate("2024-12-31") {
			t.Errorf("%s Deadline(2024) = %v, want 2024-12-31", id, got)
		}
		if got := r.SubmissionDue(period.MustQuarter("2024Q3")); got != period.MustDate("2024-10-10") {
			t.Errorf("%s SubmissionDue(2024Q3) = %v, want 2024-10-10", id, got)
		}
		if len(r.Actions) == 0 {
			t.Errorf("%s has no action", id)
		}
	}
}

// The clause numbers regimes.md names beside its rules.
func TestClauseNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ id, rule, want string }{
		{"shanghai-2018", RuleAnnualMeeting, "六（一）"}, {"sanmenxia-2024", RuleAnnualMeeting, "三（一）"},
		{"bayannur-2024", RuleAnnualMeeting, "第四条"}, {"liubei-2025", RuleAnnualMeeting, "三（一）"},
		{"shanghai-2018", RuleChair, "六（四）"}, {"bayannur-2024", RuleChair, "第八条"}, {"liubei-2025", RuleChair, "三（三）"},
		{"shanghai-2018", RuleAgenda, "六（四）"}, {"sanmenxia-2024", RuleAgenda, "三（四）"}, {"bayannur-2024", RuleAgenda, "第八条"},
		{"shanghai-2018", RuleLeadTime, "五（一）"}, {"bayannur-2024", RuleLeadTime, "第六条"},
		{"shanghai-2018", RuleMinutes, "六（五）"}, {"sanmenxia-2024", RuleMinutes, "三（五）"},
		{"bayannur-2024", RuleMinutes, "第九条"}, {"liubei-2025", RuleMinutes, "三（四）"},
		{"bayannur-2024", RuleItemList, "第十一条"},
		{"shanghai-2018", RuleReportBack, "六（四）、七"}, {"sanmenxia-2024", RuleReportBack, "三（四）"},
		{"bayannur-2024", RuleReportBack, "第三条（一）"}, {"liubei-2025", RuleReportBack, "二（五）"},
		{"bayannur-2024", RuleExplain, "第三条（一）"}, {"liubei-2025", RuleExplain, "二（五）"},
		{"shanghai-2018", RuleOverdue, "七"}, {"sanmenxia-2024", RuleOverdue, "三（六）"},
		{"bayannur-2024", RuleOverdue, "第十一条"}, {"liubei-2025", RuleOverdue, "三（五）"},
		{"sanmenxia-2024", RulePublicity, "三（七）"}, {"bayannur-2024", RulePublicity, "第十条"},
		{"shanghai-2018", RuleEstablishment, "八（一）"}, {"sanmenxia-2024", RuleEstablishment, "四（一）"},
		{"bayannur-2024", RuleEstablishment, "第十二条"}, {"liubei-2025", RuleEstablishment, "三（六）"},
		{"shanghai-2018", RuleSubmission, "八（四）"},
	} {
		rule, ok := load(t, c.id).Rule(c.rule)
		if !ok || rule.Clause.Number != c.want {
			t.Errorf("%s %s: clause number = %q, want %q", c.id, c.rule, rule.Clause.Number, c.want)
		}
	}
}

func TestWhatIsJudged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id, indicator     string
		judges, hasClause bool
	}{
		{"sanmenxia-2024", "chair_meets_rule", false, false},
		{"qinhuangdao-2024", "chair_meets_rule", true, true},
		{"qinhuangdao-2024", "agenda_complete", false, false},
		{"shanghai-2018", "topic_lead_time", true, true},
		{"liubei-2025", "topic_lead_time", false, false},
		{"shanghai-2018", "publicity", false, false},
		{"bayannur-2024", "publicity", true, true},
		{"qinhuangdao-2024", "implementation_plan", true, true},
		{"bayannur-2024", "implementation_plan", false, false},
		{"bayannur-2024", "accountability", true, true},
		{"qinhuangdao-2024", "minutes_issued", true, false},
		{"qinhuangdao-2024", "submission_on_time", true, false},
		{"shanghai-2018", "submission_on_time", true, true},
		{"shanghai-2018", "resolution_closed", true, false},
		{"shanghai-2018", "no_such", false, false},
	} {
		r := load(t, c.id)
		if got := r.Judges(c.indicator); got != c.judges {
			t.Errorf("%s Judges(%q) = %v, want %v", c.id, c.indicator, got, c.judges)
		}
		if got := r.HasClause(c.indicator); got != c.hasClause {
			t.Errorf("%s HasClause(%q) = %v, want %v", c.id, c.indicator, got, c.hasClause)
		}
	}
	if rule, _ := load(t, "shanghai-2018").Rule(RuleSubmission); rule.SubmissionQuarter != QuarterFourth {
		t.Errorf("shanghai submission judges %q, want fourth", rule.SubmissionQuarter)
	}
	if rule, _ := load(t, "bayannur-2024").Rule(RuleExplain); !rule.ExplainNeedsNewDeadline {
		t.Error("bayannur explain does not need a new deadline, want it")
	}
	if rule, _ := load(t, "liubei-2025").Rule(RuleExplain); rule.ExplainNeedsNewDeadline {
		t.Error("liubei explain needs a new deadline, want a reason alone")
	}
}
