package export

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// sums holds the answers against each other where a paper draws on two of them (grammar, part 8, by its numbers). The
// first that does not hold refuses the paper.
func (k *desk) sums() {
	for _, u := range k.units {
		name := "「" + u.Unit.Name + "」"
		onTime, report, plan, closed := u.Indicators["resolution_on_time"], u.Indicators["report_back"], u.Indicators["implementation_plan"], u.Indicators["resolution_closed"]
		pop := u.Indicators["resolution_completion"]
		k.must(name+"销号多于办结的项数（13）", "应为", 0, "实为", max(closed.Num-u.Resolutions.Completed, 0))
		k.must(name+"按期办结多于应按期的项数（13）", "应为", 0, "实为", max(onTime.Num-onTime.Den, 0))
		k.must(name+"通报多于应通报的次数（16）", "应为", 0, "实为", max(report.Num-report.Den, 0))
		if k.asOf.Regime.Judges("implementation_plan") && len(k.items[u.Unit.Code]) > 0 {
			k.must(name+"应办事项（15）", "已制定与未制定方案之和", plan.Num+k.unplanned(u.Unit.Code), "应办数", pop.Den)
			if f := k.finding(regime.RulePlan, u.Unit.Code); f != nil {
				k.must(name+"未制定实施方案的事项（15）", "问题清单", int64(len(f.Items)), "事项台账", k.unplanned(u.Unit.Code))
			}
		}
		k.must(name+"的状态（21）", "红灯", flag(u.Light == queries.LightRed), "有红色问题或者得分低于红线", flag(k.isRedUnit(u)))
	}
	if k.Before != nil && len(k.BeforeItems) > 0 {
		late := int64(0)
		listed := doneUnits(k.Before.Units)
		for _, r := range k.BeforeItems {
			if r.InPopulation && r.State == queries.StateOverdue && listed[r.Unit] {
				late++
			}
		}
		k.must("上季度末逾期事项（12）", "事项台账", late, "逾期数", k.Before.States.Overdue)
	}
}

func flag(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// isRedUnit is what makes a light red: a red finding, or a score under the red line where the unit is judged at all.
func (k *desk) isRedUnit(u queries.UnitResult) bool {
	return u.Red > 0 || u.Status != queries.Pending && u.Score != nil && *u.Score < k.asOf.Regime.RedLine
}

func (k *desk) unplanned(code record.UnitCode) int64 {
	n := int64(0)
	for _, r := range k.population(code) {
		if r.PlanOn.IsZero() || r.PlanOn.After(k.on) {
			n++
		}
	}
	return n
}

func doneUnits(units []queries.UnitResult) map[record.UnitCode]bool {
	out := map[record.UnitCode]bool{}
	for _, u := range units {
		out[u.Unit.Code] = !u.IsRollup
	}
	return out
}

// praiseAndBlame: who is praised stands in no problem, and who is asked for something stands in a problem or has
// something falling due (check 23).
func (n *notice) praiseAndBlame(praise []Span, problems, demands []section2) error {
	named := func(list []section2) map[string]bool {
		out := map[string]bool{}
		for _, s := range list {
			for _, one := range s.body {
				if one.Figure != nil && strings.HasSuffix(one.Figure.ID, "/name") {
					out[one.Figure.ID] = true
				}
			}
		}
		return out
	}
	blamed := named(problems)
	for _, s := range praise {
		if s.Figure != nil && blamed[s.Figure.ID] {
			return n.contradiction(fmt.Sprintf("「%s」既在表扬之列，又在存在的问题之列", s.Text))
		}
	}
	falling := map[string]bool{}
	for _, r := range n.falling(n.nextQuarter()) {
		falling["unit/"+string(r.Unit)+"/name"] = true
	}
	for id := range named(demands) {
		if !blamed[id] && !falling[id] {
			u := n.unit(record.UnitCode(strings.TrimSuffix(strings.TrimPrefix(id, "unit/"), "/name")))
			if u != nil {
				return n.contradiction(fmt.Sprintf("下一步要求点名的「%s」没有对应的问题，也没有将到期的事项", u.Unit.Name))
			}
		}
	}
	return nil
}

func (k *desk) contradiction(what string) error {
	return fault.New(fault.Conflict, fmt.Sprintf("%s没有生成：%s，前后不一致。", k.kind, what), "请运行 liandu verify 核对数据，再重新生成。")
}

var attachmentRef = regexp.MustCompile(`附件(\d+)`)

// attachmentsNamed: the note under the text names every attachment, word for word and in order, and 附件2 in the text
// points at one there is (check 28).
func (k *desk) attachmentsNamed(o *Official) error {
	var noted, there []string
	marks := 0
	for i, p := range o.Pages {
		for _, b := range p.Blocks {
			l, ok := b.(Line)
			if !ok {
				continue
			}
			text := plainText(l.Spans)
			switch {
			case l.Style == docx.AttachmentNote:
				text = strings.TrimPrefix(text, "附件：")
				if number, rest, ok := strings.Cut(text, "."); ok && len(number) <= 2 && strings.Trim(number, "0123456789") == "" {
					text = rest
				}
				noted = append(noted, text)
			case l.Style == docx.AttachmentMark:
				marks++
			case l.Style == docx.TableTitle && i > 0:
				there = append(there, text)
			}
		}
	}
	if !slices.Equal(noted, there) || marks != len(there) {
		return k.contradiction(fmt.Sprintf("附件说明列有%d个附件（%s），所附%d个（%s）", len(noted), strings.Join(noted, "、"), len(there), strings.Join(there, "、")))
	}
	if len(o.Pages) == 0 {
		return nil
	}
	var err error
	for _, b := range o.Pages[0].Blocks {
		l, ok := b.(Line)
		if !ok || l.Style != docx.Body || k.kind == "更正通知" { // a correction speaks of the attachments of another paper
			continue
		}
		for _, m := range attachmentRef.FindAllStringSubmatch(plainText(l.Spans), -1) {
			if n, _ := strconv.Atoi(m[1]); n < 1 || n > len(there) {
				err = k.contradiction(fmt.Sprintf("正文提到附件%d，但只有%d个附件", n, len(there)))
			}
		}
	}
	return err
}

// pastFacts are the dates of what has happened, by the last word of their source.
var pastFacts = []string{"held_on", "minutes_issued_on", "done_on", "received_on", "last_received_on", "known_on", "solicited_on"}

// datesInThePast: what has happened did so by the day of the paper (check 26).
func (k *desk) datesInThePast(o *Official) error {
	var err error
	o.each(func(s Span) {
		if s.Figure == nil || err != nil {
			return
		}
		if !slices.Contains(pastFacts, s.Figure.ID[strings.LastIndex(s.Figure.ID, "/")+1:]) {
			return
		}
		if d, e := period.ParseDate(s.Figure.Value); e == nil && d.After(k.IssuedOn) && !k.Recount {
			err = k.contradiction(fmt.Sprintf("%s已经发生（%s），晚于成文日期%s", d.Chinese(), s.Figure.ID, k.IssuedOn.Chinese()))
		}
	})
	return err
}

// listsOnce: a list of names has as many as are counted before it and none twice (check 5).
func (k *desk) listsOnce(o *Official) error {
	var err error
	for _, p := range o.Pages {
		for _, b := range p.Blocks {
			l, ok := b.(Line)
			if !ok || l.Style != docx.Body {
				continue
			}
			if e := k.listInLine(l.Spans); e != nil && err == nil {
				err = e
			}
		}
	}
	return err
}

// listInLine looks for 6个（甲、乙…）: a number, its counter with a bracket, names, and the closing bracket.
func (k *desk) listInLine(all []Span) error {
	for i := 0; i+2 < len(all); i++ {
		count, opening := all[i], all[i+1]
		if count.Figure == nil || opening.Text != "个（" {
			continue
		}
		n, err := strconv.Atoi(count.Text)
		if err != nil {
			continue
		}
		seen := map[string]bool{}
		names := 0
		for j := i + 2; j < len(all) && !strings.HasPrefix(all[j].Text, "）"); j++ {
			f := all[j].Figure
			if f == nil || !strings.HasSuffix(f.ID, "/name") {
				continue
			}
			if seen[f.ID] {
				return k.contradiction(fmt.Sprintf("名单中「%s」出现两次", all[j].Text))
			}
			seen[f.ID] = true
			names++
		}
		if names > 0 && names != n {
			return k.contradiction(fmt.Sprintf("所写为%d个，名单有%d个", n, names))
		}
	}
	return nil
}
