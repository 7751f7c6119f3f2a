package export_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"liandu/dashboard/export"
	"liandu/internal/period"
	"liandu/queries"
)

// eachSpan visits the spans of a block.
func eachSpan(b export.OfficialBlock, f func(export.Span)) {
	do := func(all []export.Span) {
		for _, s := range all {
			f(s)
		}
	}
	switch v := b.(type) {
	case export.Line:
		do(v.Spans)
	case export.Grid:
		for _, r := range v.Rows {
			for _, c := range r {
				do(c.Spans)
			}
		}
	case export.Foot:
		do(v.Copy)
		do(v.Office)
		do(v.Date)
	}
}

// answers are the values of metrics, findings and ledgers by the name a figure gives its source, put together without the
// papers' own code.
func answers(d export.Dossier) map[string]string {
	out := map[string]string{"as_of": d.Metrics.AsOf.Quarter.Last().String(), "issued_on": d.IssuedOn.String()}
	num := func(id string, n int64) { out[id] = strconv.FormatInt(n, 10) }
	pairs := func(prefix string, all map[string]queries.Pair) {
		for id, p := range all {
			num(prefix+id+"/num", p.Num)
			num(prefix+id+"/den", p.Den)
			num(prefix+id+"/open", p.Den-p.Num)
			out[prefix+id] = fmt.Sprintf("%d/%d", p.Num, p.Den)
		}
	}
	states := func(prefix string, s queries.StateCounts, pop int64) {
		num(prefix+"in_progress/num", s.InProgress)
		num(prefix+"not_started/num", s.NotStarted)
		out[prefix+"in_progress"], out[prefix+"not_started"] = fmt.Sprintf("%d/%d", s.InProgress, pop), fmt.Sprintf("%d/%d", s.NotStarted, pop)
		num(prefix+"ongoing", s.Ongoing)
		num(prefix+"cancelled", s.Cancelled)
	}
	pairs("total/", d.Metrics.Total)
	states("total/", d.Metrics.States, d.Metrics.Total["resolution_completion"].Den)
	counts := map[string]int64{}
	for _, u := range d.Metrics.Units {
		if u.IsRollup {
			continue
		}
		id := "unit/" + string(u.Unit.Code) + "/"
		out[id+"name"] = u.Unit.Name
		pairs(id, u.Indicators)
		states(id, u.Resolutions, u.Indicators["resolution_completion"].Den)
		counts["status/"+string(u.Status)]++
		if u.Status.Held() {
			out[id+"held_on"] = u.HeldOn.String()
			counts["chair/"+string(u.ChairRank)]++
			if u.ChairTitle != "" {
				out[id+"chair_title"] = u.ChairTitle
			}
		}
		if u.Score != nil {
			out[id+"score"] = fmt.Sprintf("%d.%d", *u.Score/10, *u.Score%10)
		}
		if u.Rank != nil {
			num(id+"rank", int64(*u.Rank))
		}
		num(id+"red", int64(u.Red))
		num(id+"yellow", int64(u.Yellow))
		out[id+"light"] = map[queries.Light]string{queries.LightRed: "红", queries.LightYellow: "黄", queries.LightGreen: "绿", queries.LightNone: "不评价"}[u.Light]
		counts[id+"decided"], counts[id+"fresh"] = 0, 0
		deadline := d.Metrics.AsOf.Deadline
		if u.Status == queries.HeldLate {
			num(id+"late_days", int64(u.HeldOn.DaysSince(deadline)))
		}
	}
	if d.Levels != nil {
		for _, u := range d.Levels.Units {
			out["unit/"+string(u.Code)+"/name"] = u.Name
		}
	}
	sums := map[string]int64{}
	for _, f := range d.Findings {
		num("finding/"+f.ID+"/count", int64(len(f.Items)))
		sums["finding/"+f.Rule+"/sum"] += int64(len(f.Items))
	}
	year := d.Metrics.AsOf.Year
	for _, r := range d.Resolutions {
		if d.Metrics.Unit(r.Unit) == nil {
			continue
		}
		id := fmt.Sprintf("item/%s/%d/%s/%s", r.Unit, r.SessionYear, r.Kind, r.ItemKey)
		out[id+"/title"] = strings.Join(strings.Fields(r.Title), "")
		for name, day := range map[string]period.Date{"due_on": r.DueOn, "revised_due_on": r.RevisedDueOn, "effective_due_on": r.EffectiveDueOn, "done_on": r.DoneOn} {
			if !day.IsZero() {
				out[id+"/"+name] = day.String()
			}
		}
		if r.State == queries.StateOverdue {
			num(id+"/overdue_days/n", int64(d.Metrics.AsOf.Quarter.Last().DaysSince(r.EffectiveDueOn)))
			out[id+"/overdue_days"] = out[id+"/overdue_days/n"]
			if r.OverdueDays == 0 {
				out[id+"/overdue_days"] = "到期未办结|0"
			}
		}
		unit := "unit/" + string(r.Unit) + "/"
		if r.InPopulation {
			if r.SessionYear == year {
				counts["items/fresh"]++
				counts[unit+"fresh"]++
			} else {
				counts["items/carried"]++
				counts[unit+"carried"]++
			}
		}
	}
	for _, all := range []map[string]int64{counts, sums} {
		for id, n := range all {
			num(id, n)
		}
	}
	for _, u := range d.Metrics.Units {
		if id := "unit/" + string(u.Unit.Code) + "/carried"; out[id] == "" {
			out[id] = "0"
		}
	}
	for _, id := range []string{"items/fresh", "items/carried"} {
		if out[id] == "" {
			out[id] = "0"
		}
	}
	for _, s := range d.Sent {
		id := fmt.Sprintf("sent/%s/%s/", s.Unit.Code, s.Quarter)
		out[id+"due_on"] = s.DueOn.String()
		if s.Version > 0 {
			on := period.DateOf(s.FirstReceivedAt.In(period.Shanghai))
			out[id+"received_on"] = on.String()
			num(id+"late_days", int64(on.DaysSince(s.DueOn)))
		}
	}
	if d.Before != nil && d.Before.Total != nil {
		num("before/resolution_completion/den", d.Before.Total["resolution_completion"].Den)
		change := d.Metrics.States.Overdue - d.Before.States.Overdue
		num("overdue/change", max(change, -change))
	}
	return out
}

// checked are the sources whose every figure must be found among the answers; the others are set, quoted, counted from
// the paper's own rows or told by level.
var checked = regexp.MustCompile(`^(total/[a-z_]+(/(num|den|open))?|unit/\d+/([a-z_]+/(num|den|open)|name|held_on|score|rank|red|yellow|light|late_days|fresh|carried|in_progress|ongoing|cancelled)|finding/.*/(count|sum)|item/.*/(title|due_on|revised_due_on|effective_due_on|done_on|overdue_days|overdue_days/n)|status/[a-z_]+|chair/[a-z_]+|items/(fresh|carried)|sent/\d+/\w+/(due_on|received_on|late_days)|before/.*|overdue/change|as_of|issued_on)$`)

// figureErrors lists the figures of a paper that are not what metrics, findings and ledgers of the same point of view say.
func figureErrors(d export.Dossier, o *export.Official) []string {
	want := answers(d)
	var out []string
	for _, p := range o.Pages {
		for _, b := range p.Blocks {
			eachSpan(b, func(s export.Span) {
				if s.Figure == nil || !checked.MatchString(s.Figure.ID) {
					return
				}
				v, ok := want[s.Figure.ID]
				if !ok || v != s.Figure.Value && !strings.Contains("|"+v+"|", "|"+s.Figure.Value+"|") {
					out = append(out, fmt.Sprintf("%s is %q, the answer %q", s.Figure.ID, s.Figure.Value, v))
				}
				if n := regexp.MustCompile(`^\d+$`); n.MatchString(s.Figure.Value) && s.Text != s.Figure.Value {
					out = append(out, fmt.Sprintf("%s reads %q, its value is %q", s.Figure.ID, s.Text, s.Figure.Value))
				}
			})
		}
	}
	return out
}

// Every figure of every paper is the one of metrics, findings and ledgers of the same point of view.
func TestEveryFigureIsTheAnswers(t *testing.T) {
	t.Parallel()
	d := dossier(t)
	d.Before, d.BeforeItems = before(d)
	for _, o := range papers(t) {
		for _, e := range figureErrors(d, o) {
			t.Errorf("%s致%s: %s", o.Kind, o.To, e)
		}
	}
}
