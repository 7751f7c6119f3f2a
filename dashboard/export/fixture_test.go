package export_test

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"liandu/dashboard/export"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// itemRows are the invented city's items: one a line, dates as of 2024-12-31.
//
//go:embed testdata/items.tsv
var itemRows string

// unitRow is one invented county: annual meeting, chair, topics, minutes, whether it reported back, quarters on time.
type unitRow struct {
	code, name, status, held, title, rank, topics, minutes string
	reported                                               queries.Pair
	onTime, rankNow, score                                 int
	light                                                  queries.Light
	findings                                               string
}

var unitRows = []unitRow{
	{"990102", "东湖区", "held_on_time", "2024-06-18", "区委副书记、区长", "principal", "2 3 1", "2024-07-02", queries.Pair{Num: 1, Den: 1}, 4, 1, 1000, "green", ""},
	{"990181", "松月市", "held_on_time", "2024-05-22", "市委副书记、市长", "principal", "2 2 0", "2024-06-05", queries.Pair{Num: 1, Den: 1}, 4, 1, 1000, "green", ""},
	{"990103", "西岭区", "held_on_time", "2024-09-12", "区委副书记、代区长", "principal", "1 3 0", "2024-09-25", queries.Pair{Num: 1, Den: 1}, 4, 3, 950, "green", ""},
	{"990121", "清河县", "held_on_time", "2024-07-30", "县委副书记、县长", "principal", "2 2 1", "2024-08-12", queries.Pair{Num: 1, Den: 1}, 4, 4, 938, "yellow", "plan yellow"},
	{"990104", "南浦区", "held_on_time", "2024-10-24", "区委常委、常务副区长", "deputy", "1 2 0", "2024-11-06", queries.Pair{Num: 1, Den: 1}, 4, 5, 688, "red", "chair red,plan yellow"},
	{"990124", "柏泉县", "held_on_time", "2024-11-28", "", "unknown", "1 2 0", "2024-12-10", queries.Pair{}, 4, 6, 630, "red", "chair_unknown yellow"},
	{"990122", "安澜县", "held_late", "2024-12-19", "县委副书记、县长", "principal", "1 2 0", "2025-01-06", queries.Pair{Num: 0, Den: 1}, 4, 7, 500, "red", "late_meeting red,overdue red,plan yellow,report_back yellow"},
	{"990105", "北屏区", "substituted", "", "", "", "", "", queries.Pair{}, 4, 8, 346, "red", "annual_meeting red,substitute red,overdue red,plan yellow"},
	{"990123", "石门县", "not_held", "", "", "", "", "", queries.Pair{}, 3, 9, 256, "red", "annual_meeting red,overdue red,plan yellow"},
	{"990125", "望岚县", "not_held", "", "", "", "", "", queries.Pair{}, 3, 10, 125, "red", "annual_meeting red,submission info"},
}

// briefing is the invented city of 2024Q4 under the Qinhuangdao rules, with a deadline of its own.
func briefing(t testing.TB) export.Briefing {
	t.Helper()
	asOf := queries.AsOf{
		Quarter: period.MustQuarter("2024Q4"), Year: 2024, KnownAt: time.Date(2025, 1, 14, 1, 0, 0, 0, time.UTC),
		Regime: rules(t), Level: record.LevelCounty, Deadline: period.MustDate("2024-11-30"),
	}
	b := export.Briefing{City: "云州市", Resolutions: items(t, asOf), GeneratedNote: "本表由联督生成。",
		DeadlineSource: "《关于做好2024年度政府与工会联席会议有关工作的通知》（云工办发〔2024〕9号）"}
	b.Metrics = &queries.Metrics{AsOf: asOf}
	for _, row := range unitRows {
		u := unit(t, row, b.Resolutions)
		score(&u, asOf.Regime)
		if u.Score == nil || *u.Score != row.score {
			t.Fatalf("%s scores %v, want %d: the fixture is wrong", row.name, u.Score, row.score)
		}
		u.Rank = &row.rankNow
		b.Metrics.Units = append(b.Metrics.Units, u)
		b.Findings = append(b.Findings, findings(asOf, u, row)...)
		b.Meetings = append(b.Meetings, meetings(t, u, row)...)
		b.Sent = append(b.Sent, sent(u.Unit, row.onTime)...)
	}
	b.Metrics.Total, b.Metrics.States = sums(b.Metrics.Units)
	return b
}

func rules(t testing.TB) *regime.Regime {
	t.Helper()
	all, err := regime.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(r *regime.Regime) bool { return r.ID == "qinhuangdao-2024" })
	if i < 0 {
		t.Fatal("no regime qinhuangdao-2024")
	}
	return all[i]
}

func items(t testing.TB, asOf queries.AsOf) []queries.ResolutionRow {
	t.Helper()
	states := map[string]queries.ItemState{
		"已办结": queries.StateCompleted, "逾期": queries.StateOverdue, "推进中": queries.StateInProgress, "未启动": queries.StateNotStarted,
	}
	var out []queries.ResolutionRow
	for _, line := range strings.Split(strings.TrimRight(itemRows, "\n"), "\n")[1:] {
		f := strings.Split(line, "\t")
		var year int
		if _, err := fmt.Sscan(f[1], &year); err != nil {
			t.Fatalf("item %q: %v", line, err)
		}
		day := func(s string) period.Date {
			d, err := period.ParseDate(s)
			if err != nil {
				t.Fatalf("item %q: %v", line, err)
			}
			return d
		}
		r := queries.ResolutionRow{
			Resolution: record.Resolution{
				Unit: record.UnitCode(f[0]), SessionYear: year, Kind: record.KindAnnual, ItemNo: f[3], Title: f[4], LeadUnit: f[5], Owner: f[6],
				DueOn: day(f[8]), RevisedDueOn: day(f[9]), PlanOn: day(f[10]), CompletedOn: day(f[12]),
			},
			ItemKey: "n:" + f[3], IsDecided: true, DecidedOn: day(f[7]), DoneOn: day(f[12]), ClosedOn: day(f[13]),
		}
		if r.ClosedOn.After(asOf.Quarter.Last()) {
			r.ClosedOn = period.Date{}
		}
		r.State, r.InPopulation = states[f[14]], f[14] != ""
		if f[11] == "长期坚持" {
			r.State = queries.StateOngoing
		}
		if f[11] == "已撤销" {
			r.State = queries.StateCancelled
		}
		r.EffectiveDueOn = r.DueOn
		if !r.RevisedDueOn.IsZero() {
			r.EffectiveDueOn = r.RevisedDueOn
		}
		if r.State == queries.StateOverdue {
			r.OverdueDays = asOf.Quarter.Last().DaysSince(r.EffectiveDueOn)
			r.Progress, r.Reason = "已完成选址，正在办理用地手续。", "用地指标未落实"
		}
		out = append(out, r)
	}
	return out
}

func unit(t testing.TB, row unitRow, all []queries.ResolutionRow) queries.UnitResult {
	t.Helper()
	u := queries.UnitResult{
		Unit:   record.Unit{Code: record.UnitCode(row.code), Name: row.name, Level: record.LevelCounty, Parent: "990100", Submitter: true},
		Status: queries.AnnualStatus(row.status), ChairRank: record.ChairRank(row.rank), ChairTitle: row.title, Light: row.light,
		Indicators: map[string]queries.Pair{},
	}
	one := func(ok bool, den int64) queries.Pair {
		if ok {
			return queries.Pair{Num: den, Den: den}
		}
		return queries.Pair{Den: den}
	}
	held := int64(0)
	if u.Status.Held() {
		held, u.HeldOn = 1, period.MustDate(row.held)
	}
	u.Indicators["annual_meeting_held"] = queries.Pair{Num: held, Den: 1}
	u.Indicators["held_on_time"] = one(u.Status == queries.HeldOnTime, 1)
	u.Indicators["chaired_by_principal"] = one(row.rank == "principal", held)
	u.Indicators["chair_meets_rule"] = one(row.rank == "principal", held)
	u.Indicators["minutes_issued"] = one(row.minutes != "" && row.minutes <= "2024-12-31", held)
	u.Indicators["report_back"] = row.reported
	u.Indicators["submission_on_time"] = queries.Pair{Num: int64(row.onTime), Den: 4}
	var done, closed, late, plan, due, kept int64
	pop := int64(0)
	for _, r := range all {
		if r.Unit != u.Unit.Code {
			continue
		}
		switch r.State {
		case queries.StateCompleted:
			u.Resolutions.Completed++
		case queries.StateOverdue:
			u.Resolutions.Overdue++
		case queries.StateInProgress:
			u.Resolutions.InProgress++
		case queries.StateNotStarted:
			u.Resolutions.NotStarted++
		case queries.StateOngoing:
			u.Resolutions.Ongoing++
		case queries.StateCancelled:
			u.Resolutions.Cancelled++
		}
		if !r.InPopulation {
			continue
		}
		pop++
		if !r.PlanOn.IsZero() {
			plan++
		}
		if !r.ClosedOn.IsZero() {
			closed++
		}
		isDone := r.State == queries.StateCompleted
		if isDone {
			done++
		}
		if r.State == queries.StateOverdue {
			late++
		}
		if isDone || !r.DueOn.After(period.MustDate("2024-12-31")) {
			due++
			if isDone && !r.CompletedOn.After(r.DueOn) {
				kept++
			}
		}
	}
	u.Indicators["resolution_completion"] = queries.Pair{Num: done, Den: pop}
	u.Indicators["resolution_closed"] = queries.Pair{Num: closed, Den: pop}
	u.Indicators["resolution_on_time"] = queries.Pair{Num: kept, Den: due}
	u.Indicators["resolution_overdue"] = queries.Pair{Num: late, Den: pop}
	u.Indicators["implementation_plan"] = queries.Pair{Num: plan, Den: pop}
	for _, f := range strings.Split(row.findings, ",") {
		switch {
		case strings.HasSuffix(f, "red"):
			u.Red++
		case strings.HasSuffix(f, "yellow"):
			u.Yellow++
		case strings.HasSuffix(f, "info"):
			u.Info++
		}
	}
	return u
}

// score weighs the unit; the hundredths that rounding leaves go to the largest parts in turn, so that they add up.
func score(u *queries.UnitResult, r *regime.Regime) {
	total := int64(0)
	for _, i := range regime.Indicators {
		w := r.Weights[i.ID]
		if w == 0 {
			continue
		}
		pair := u.Indicators[i.ID]
		part := queries.ScorePart{Indicator: i.ID, Weight: w, Pair: pair, ValueNum: pair.Num, ValueDen: pair.Den, Counted: pair.Den > 0}
		switch {
		case i.ID == "resolution_overdue":
			part.ValueNum = pair.Den - pair.Num
		case i.ID == "annual_meeting_held" && u.Status == queries.HeldLate:
			part.ValueNum, part.ValueDen = 1, 2
		}
		if part.Counted {
			total += int64(w)
		}
		u.Parts = append(u.Parts, part)
	}
	if total == 0 {
		return
	}
	num, den := int64(0), int64(1)
	for _, p := range u.Parts {
		if p.Counted {
			num, den = num*p.ValueDen+int64(p.Weight)*p.ValueNum*den, den*p.ValueDen
		}
	}
	s := int((2000*num + den*total) / (2 * den * total))
	u.Score = &s
	points := int((20000*num + den*total) / (2 * den * total))
	share(u.Parts, func(p *queries.ScorePart) *int { return &p.Points }, points, func(p queries.ScorePart) (int64, int64) {
		return 10000 * int64(p.Weight) * p.ValueNum, p.ValueDen * total
	})
	share(u.Parts, func(p *queries.ScorePart) *int { return &p.Full }, 10000, func(p queries.ScorePart) (int64, int64) {
		return 10000 * int64(p.Weight), total
	})
}

// share cuts each part to hundredths and gives what is left, one each, to parts that lost something.
func share(parts []queries.ScorePart, into func(*queries.ScorePart) *int, whole int, of func(queries.ScorePart) (int64, int64)) {
	left := whole
	for i := range parts {
		if parts[i].Counted {
			num, den := of(parts[i])
			*into(&parts[i]) = int(num / den)
			left -= int(num / den)
		}
	}
	for i := range parts {
		if num, den := of(parts[i]); parts[i].Counted && left > 0 && num%den > 0 {
			*into(&parts[i])++
			left--
		}
	}
}

func findings(asOf queries.AsOf, u queries.UnitResult, row unitRow) []queries.Finding {
	var out []queries.Finding
	for _, f := range strings.Split(row.findings, ",") {
		id, severity, ok := strings.Cut(f, " ")
		if !ok {
			continue
		}
		finding := queries.Finding{
			ID: "2024Q4-" + row.code + "-" + id, Unit: u.Unit, Rule: id, RuleName: regime.RuleName(id), Severity: severity,
			Observed: fmt.Sprintf("截至2024年12月31日，%s应办议定事项%d项，其中逾期%d项。", row.name, u.Indicators["resolution_completion"].Den, u.Resolutions.Overdue),
			Evidence: []queries.Evidence{{Submission: "S12", File: row.name + "2024年第四季度报表.xlsx", Sheet: "议定事项", Cells: []string{"F3", "H3", "F5"}}},
		}
		if r, ok := asOf.Regime.Rule(id); ok {
			finding.Required = r.Requires
			finding.Clause = queries.Clause{Document: r.Clause.Document, Number: r.Clause.Number, Text: r.Clause.Text}
		}
		if id == "overdue" {
			finding.Items = []string{"建成县职工法律服务中心", "落实县总工会职工服务阵地用房"}
		}
		out = append(out, finding)
	}
	return out
}

func meetings(t testing.TB, u queries.UnitResult, row unitRow) []queries.MeetingRow {
	t.Helper()
	if u.Status == queries.Substituted {
		return []queries.MeetingRow{{Meeting: record.Meeting{
			Unit: u.Unit.Code, SessionYear: 2024, Kind: record.KindSubstitute, Title: "区政府常务会议", HeldOn: period.MustDate("2024-11-08"),
		}, UnitName: u.Unit.Name}}
	}
	if !u.Status.Held() {
		return nil
	}
	var gov, union, joint int
	if _, err := fmt.Sscan(row.topics, &gov, &union, &joint); err != nil {
		t.Fatal(err)
	}
	return []queries.MeetingRow{{
		Meeting: record.Meeting{
			Unit: u.Unit.Code, SessionYear: 2024, Kind: record.KindAnnual, HeldOn: u.HeldOn, ChairTitle: u.ChairTitle, ChairRank: u.ChairRank,
			GovTopics: &gov, UnionTopics: &union, JointTopics: &joint, MinutesIssuedOn: period.MustDate(row.minutes),
		},
		UnitName: u.Unit.Name, IsCounted: true,
	}}
}

// sent gives four quarters, the last ones late where not all were on time.
func sent(u record.Unit, onTime int) []queries.SentRow {
	var out []queries.SentRow
	for n := 1; n <= 4; n++ {
		q := period.Quarter{Year: 2024, N: n}
		due, ok := q.Last().AddDays(10), n <= onTime
		received := due.AddDays(-2)
		if !ok {
			received = due.AddDays(3)
		}
		out = append(out, queries.SentRow{
			Unit: u, Quarter: q, DueOn: due, FirstReceivedAt: received.Start().Add(9 * time.Hour),
			LastReceivedAt: received.Start().Add(9 * time.Hour), Version: 1, Submission: "S12", OnTime: &ok,
		})
	}
	return out
}

func sums(units []queries.UnitResult) (map[string]queries.Pair, queries.StateCounts) {
	total, states := map[string]queries.Pair{}, queries.StateCounts{}
	for _, u := range units {
		for id, p := range u.Indicators {
			total[id] = queries.Pair{Num: total[id].Num + p.Num, Den: total[id].Den + p.Den}
		}
		s := u.Resolutions
		states.Completed, states.Overdue, states.InProgress = states.Completed+s.Completed, states.Overdue+s.Overdue, states.InProgress+s.InProgress
		states.NotStarted, states.Ongoing, states.Cancelled = states.NotStarted+s.NotStarted, states.Ongoing+s.Ongoing, states.Cancelled+s.Cancelled
	}
	return total, states
}

// zone is one 开发区 that held its meeting and has nothing to do.
func zone(t testing.TB, b export.Briefing) *queries.Metrics {
	t.Helper()
	u := queries.UnitResult{
		Unit:   record.Unit{Code: "Z01", Name: "云州经济技术开发区", Level: record.LevelZone, Parent: "990100", Submitter: true},
		Status: queries.HeldOnTime, HeldOn: period.MustDate("2024-03-20"), ChairRank: record.RankPrincipal, ChairTitle: "管委会主任", Light: "green",
		Indicators: map[string]queries.Pair{
			"annual_meeting_held": {Num: 1, Den: 1}, "held_on_time": {Num: 1, Den: 1}, "chaired_by_principal": {Num: 1, Den: 1},
			"chair_meets_rule": {Num: 1, Den: 1}, "minutes_issued": {Num: 1, Den: 1},
		},
	}
	score(&u, b.Metrics.AsOf.Regime)
	rank := 1
	u.Rank = &rank
	m := &queries.Metrics{AsOf: b.Metrics.AsOf, Units: []queries.UnitResult{u}}
	m.AsOf.Level = record.LevelZone
	m.Total, m.States = sums(m.Units)
	return m
}
