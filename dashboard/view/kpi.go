package view

import (
	"fmt"

	"liandu/internal/record"
	"liandu/queries"
)

// KPI is one headline figure: value, n/d that opens, one change against last year, one fact.
type KPI struct {
	Name    string
	Rate    Rate
	Change  string // 同比 ↑ 8.3 个百分点
	Adverse bool   // the change is for the worse
	Fact    string
	Why     string // why there is no value
	Move    string // the page that says why it changed
	Beside  *KPI   // another headline to be read with it: what the department has confirmed
}

// kpiOrder are the six of the strip.
var kpiOrder = []string{
	"annual_meeting_held", "chaired_by_principal", "resolution_completion", "resolution_overdue", "report_back",
	"submission_on_time",
}

func kpis(in OverviewInput) []KPI {
	out := make([]KPI, 0, len(kpiOrder))
	for _, id := range kpiOrder {
		i, _ := indicatorOf(id)
		pair := in.Now.Total[id]
		k := KPI{Name: i.name(), Rate: NewRate(pair, i.Counter, in.Address.Explain(id, "")), Fact: kpiFact(id, in)}
		if in.LastYear != nil {
			k.Change, k.Adverse = yearOnYear(i, pair, in.LastYear.Total[id])
			k.Move = in.Address.Href("/move", "indicator", id, "from", in.LastYear.AsOf.Quarter.String())
		}
		if k.Rate.Null {
			k.Why = why(id)
		}
		if id == "resolution_completion" {
			k.Beside = &KPI{Name: "销号率", Rate: NewRate(in.Now.Total["resolution_closed"], "项", in.Address.Explain("resolution_closed", ""))}
		}
		out = append(out, k)
	}
	return out
}

// yearOnYear words the change against last year; "" when either has no value.
func yearOnYear(i indicator, now, before queries.Pair) (string, bool) {
	d, ok := change(now, before)
	if !ok {
		return "", false
	}
	switch {
	case d > 0:
		return fmt.Sprintf("同比 ↑ %s 个百分点", tenths(d)), i.Adverse
	case d < 0:
		return fmt.Sprintf("同比 ↓ %s 个百分点", tenths(-d)), !i.Adverse
	}
	return "同比 持平", false
}

// kpiFact is the one count that belongs beside a headline figure.
func kpiFact(id string, in OverviewInput) string {
	p := in.Now.Total[id]
	switch id {
	case "annual_meeting_held":
		pending := int64(0)
		for _, u := range in.Now.Units {
			if u.Status == queries.Pending {
				pending++
			}
		}
		if pending > 0 {
			return fmt.Sprintf("未到期限 %d", pending)
		}
		return fmt.Sprintf("未召开 %d", p.Den-p.Num)
	case "chaired_by_principal":
		unknown := 0
		for _, u := range in.Now.Units {
			if u.IsRollup { // whose chairs these are is not in its row
				return fmt.Sprintf("其他人员主持 %d", p.Den-p.Num)
			}
			if u.Status.Held() && u.ChairRank == record.RankUnknown {
				unknown++
			}
		}
		return fmt.Sprintf("未载明 %d", unknown)
	case "resolution_completion":
		closed := NewRate(in.Now.Total["resolution_closed"], "", "")
		return fmt.Sprintf("销号率 %s（%s）", closed.Percent(), closed.ND)
	case "resolution_overdue":
		if n, longest := overdue(in.Items); n > 0 {
			return fmt.Sprintf("最长 %d 天", longest)
		}
		return "无逾期"
	case "report_back":
		return fmt.Sprintf("未回报 %d", p.Den-p.Num)
	case "submission_on_time":
		sent, all := 0, 0
		for _, s := range in.Sent {
			if s.Quarter == in.Now.AsOf.Quarter {
				all++
				if s.Version > 0 {
					sent++
				}
			}
		}
		return fmt.Sprintf("本季 %d/%d", sent, all)
	}
	return ""
}

// why says why a headline figure has no value.
func why(id string) string {
	switch id {
	case "annual_meeting_held":
		return "无应召开单位"
	case "chaired_by_principal":
		return "无已召开会议"
	case "resolution_completion", "resolution_overdue":
		return "无应办事项"
	case "report_back":
		return "无须回报的会议"
	}
	return "无到期报表"
}
