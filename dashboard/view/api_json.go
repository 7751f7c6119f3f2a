package view

import (
	"encoding/json"
	"fmt"
	"time"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// The JSON of interface.md, the same from the command line and over HTTP. Names and order are a contract.

type metricsJSON struct {
	AsOf    string     `json:"as_of"`
	Year    int        `json:"year"`
	Regime  string     `json:"regime"`
	KnownAt string     `json:"known_at"`
	Cohort  string     `json:"cohort"`
	Units   []unitJSON `json:"units"`
	Total   totalJSON  `json:"total"`
}

type totalJSON struct {
	Indicators map[string]indicatorJSON `json:"indicators"`
}

type unitJSON struct {
	Code          record.UnitCode          `json:"code"`
	Name          string                   `json:"name"`
	Level         record.Level             `json:"level"`
	AnnualMeeting queries.AnnualStatus     `json:"annual_meeting"`
	HeldOn        period.Date              `json:"held_on"`
	ChairRank     *record.ChairRank        `json:"chair_rank"`
	Indicators    map[string]indicatorJSON `json:"indicators"`
	Resolutions   queries.StateCounts      `json:"resolutions"`
	Score         *json.Number             `json:"score"`
	Rank          *int                     `json:"rank"`
	Light         queries.Light            `json:"light"`
	Red           int                      `json:"red"`
	Yellow        int                      `json:"yellow"`
}

type indicatorJSON struct {
	Num   int64    `json:"num"`
	Den   int64    `json:"den"`
	Value *float64 `json:"value"`
}

// MetricsJSON returns what `metrics --format json` and GET /api/v1/metrics print. Values are null where the
// denominator is 0; held_on and chair_rank are null unless the meeting was held.
func MetricsJSON(m *queries.Metrics) any {
	out := metricsJSON{
		AsOf: m.AsOf.Quarter.String(), Year: m.AsOf.Year, Cohort: m.AsOf.Cohort.String(),
		KnownAt: m.AsOf.KnownAt.In(period.Shanghai).Format(time.RFC3339),
		Units:   make([]unitJSON, 0, len(m.Units)), Total: totalJSON{valuesOf(m.Total)},
	}
	if m.AsOf.Regime != nil {
		out.Regime = m.AsOf.Regime.ID
	}
	for _, u := range m.Units {
		out.Units = append(out.Units, unitOf(u))
	}
	return out
}

func unitOf(u queries.UnitResult) unitJSON {
	out := unitJSON{
		Code: u.Unit.Code, Name: u.Unit.Name, Level: u.Unit.Level, AnnualMeeting: u.Status,
		Indicators: valuesOf(u.Indicators), Resolutions: u.Resolutions, Rank: u.Rank, Light: u.Light, Red: u.Red, Yellow: u.Yellow,
	}
	if u.Status.Held() {
		rank := u.ChairRank
		out.HeldOn, out.ChairRank = u.HeldOn, &rank
	}
	if u.Score != nil {
		score := json.Number(fmt.Sprintf("%d.%d", *u.Score/10, *u.Score%10))
		out.Score = &score
	}
	return out
}

func valuesOf(pairs map[string]queries.Pair) map[string]indicatorJSON {
	out := make(map[string]indicatorJSON, len(pairs))
	for id, p := range pairs {
		i := indicatorJSON{Num: p.Num, Den: p.Den}
		if p.Den != 0 {
			v := float64(p.Num) / float64(p.Den)
			i.Value = &v
		}
		out[id] = i
	}
	return out
}

type findingsJSON struct {
	Findings []findingJSON `json:"findings"`
}

type findingJSON struct {
	ID       string             `json:"id"`
	Unit     record.UnitCode    `json:"unit"`
	Rule     string             `json:"rule"`
	Severity string             `json:"severity"`
	Observed string             `json:"observed"`
	Required string             `json:"required"`
	Clause   queries.Clause     `json:"clause"`
	Evidence []queries.Evidence `json:"evidence"`
}

// FindingsJSON returns what `findings --format json` and GET /api/v1/findings print, in the order given. Lists are
// never null.
func FindingsJSON(findings []queries.Finding) any {
	out := findingsJSON{Findings: make([]findingJSON, 0, len(findings))}
	for _, f := range findings {
		evidence := make([]queries.Evidence, 0, len(f.Evidence))
		for _, e := range f.Evidence {
			if e.Cells == nil {
				e.Cells = []string{}
			}
			evidence = append(evidence, e)
		}
		out.Findings = append(out.Findings, findingJSON{
			ID: f.ID, Unit: f.Unit.Code, Rule: f.Rule, Severity: f.Severity, Observed: f.Observed, Required: f.Required,
			Clause: f.Clause, Evidence: evidence,
		})
	}
	return out
}
