package view

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

func TestMetricsJSON(t *testing.T) {
	t.Parallel()
	score, rank := 825, 3
	m := &queries.Metrics{
		AsOf: queries.AsOf{
			Quarter: period.MustQuarter("2024Q3"), Year: 2024, Regime: &regime.Regime{ID: "qinhuangdao-2024"},
			KnownAt: time.Date(2024, 10, 20, 0, 0, 0, 0, time.UTC),
		},
		Units: []queries.UnitResult{
			{
				Unit: record.Unit{Code: "990102", Name: "东湖区", Level: record.LevelCounty}, Status: queries.HeldOnTime,
				HeldOn: period.MustDate("2024-05-10"), ChairRank: record.RankPrincipal,
				Indicators:  map[string]queries.Pair{"resolution_completion": {Num: 3, Den: 5}, "report_back": {}},
				Resolutions: queries.StateCounts{Completed: 3, Overdue: 1, InProgress: 1}, Score: &score, Rank: &rank,
				Light: queries.LightYellow, Yellow: 2,
			},
			{
				Unit: record.Unit{Code: "990103", Name: "西岭区", Level: record.LevelCounty}, Status: queries.Pending,
				ChairRank: record.RankUnknown, Light: queries.LightNone,
			},
		},
		Total: map[string]queries.Pair{"annual_meeting_held": {Num: 8, Den: 10}},
	}
	same(t, MetricsJSON(m), `{"as_of":"2024Q3","year":2024,"regime":"qinhuangdao-2024","known_at":"2024-10-20T08:00:00+08:00","cohort":"active",
	"units":[{"code":"990102","name":"东湖区","level":"county","annual_meeting":"held_on_time","held_on":"2024-05-10","chair_rank":"principal",
	"indicators":{"resolution_completion":{"num":3,"den":5,"value":0.6},"report_back":{"num":0,"den":0,"value":null}},
	"resolutions":{"completed":3,"overdue":1,"in_progress":1,"not_started":0,"ongoing":0,"cancelled":0},
	"score":82.5,"rank":3,"light":"yellow","red":0,"yellow":2},
	{"code":"990103","name":"西岭区","level":"county","annual_meeting":"pending","held_on":null,"chair_rank":null,"indicators":{},
	"resolutions":{"completed":0,"overdue":0,"in_progress":0,"not_started":0,"ongoing":0,"cancelled":0},
	"score":null,"rank":null,"light":"none","red":0,"yellow":0}],
	"total":{"indicators":{"annual_meeting_held":{"num":8,"den":10,"value":0.8}}}}`)
}

func TestFindingsJSON(t *testing.T) {
	t.Parallel()
	same(t, FindingsJSON(nil), `{"findings":[]}`)
	f := queries.Finding{
		ID: "2024Q3-990103-overdue", Unit: record.Unit{Code: "990103"}, Rule: "overdue", Severity: "red", Observed: "逾期 2 项。",
		Required: "按时限办结。", Clause: queries.Clause{Document: "办法", Number: "六", Text: "「按期」"},
		Evidence: []queries.Evidence{{Submission: "S12", File: "西岭区.xlsx", Sheet: "议定事项", Cells: []string{"K5"}}, {Submission: "S12"}},
	}
	same(t, FindingsJSON([]queries.Finding{f}), `{"findings":[{"id":"2024Q3-990103-overdue","unit":"990103","rule":"overdue","severity":"red",
	"observed":"逾期 2 项。","required":"按时限办结。","clause":{"document":"办法","number":"六","text":"「按期」"},
	"evidence":[{"submission":"S12","file":"西岭区.xlsx","sheet":"议定事项","cells":["K5"]},{"submission":"S12","file":"","sheet":"","cells":[]}]}]}`)
}

// same compares a value's JSON with a text, formatting apart.
func same(t *testing.T, got any, want string) {
	t.Helper()
	b, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	var g, w any
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(w, g); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}
