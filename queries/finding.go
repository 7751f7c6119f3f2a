package queries

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
)

// ruleRow is one row of a rule file: what failed, and where its facts stand. The meaning of Item, Observed, SeenOn, N
// and Of is said in the file's notes.
type ruleRow struct {
	Unit       record.UnitCode `col:"unit_code"`
	Item       string          `col:"item"`
	Observed   string          `col:"observed"`
	SeenOn     period.Date     `col:"seen_on"`
	N          int64           `col:"n"`
	Of         int64           `col:"n_of"`
	Submission string          `col:"submission_id"`
	File       string          `col:"file"`
	Sheet      string          `col:"sheet"`
	Row        int             `col:"row_no"`
	Cells      cellMap         `col:"cells"`
	Fields     []string        `col:"fields"`
}

// cellMap is a row's field names with the cells they stood in.
type cellMap map[string]string

// Scan reads the JSON of a fact's cells column.
func (c *cellMap) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("scan %T into cells", v)
	}
	return json.Unmarshal([]byte(s), c)
}

// refs returns the cells of the fields in their order; a field whose column the sheet lacks has none.
func (c cellMap) refs(fields []string) []string {
	var out []string
	for _, f := range fields {
		if ref := c[f]; ref != "" {
			out = append(out, ref)
		}
	}
	return out
}

// asked reports whether a rule is judged at this as-of: a yearly report is judged on the fourth quarter's alone.
func asked(rule regime.Rule, a AsOf) bool {
	return rule.ID != regime.RuleSubmission || rule.SubmissionQuarter != regime.QuarterFourth || a.Quarter.N == 4
}

// add turns a rule's rows into one finding a unit.
func (e *evaluation) add(a AsOf, rule regime.Rule, rows []ruleRow) error {
	var order []record.UnitCode
	byUnit := map[record.UnitCode][]ruleRow{}
	for _, r := range rows {
		if _, ok := byUnit[r.Unit]; !ok {
			order = append(order, r.Unit)
		}
		byUnit[r.Unit] = append(byUnit[r.Unit], r)
	}
	for _, code := range order {
		unit, ok := e.byCode[code]
		if !ok {
			return fmt.Errorf("rule %s names unit %s, which is not valid on %s", rule.ID, code, a.Quarter.Last())
		}
		rows := byUnit[code]
		said := say(a, rule, rows)
		e.findings[code] = append(e.findings[code], Finding{
			ID:       fmt.Sprintf("%s-%s-%s", a.Quarter, code, rule.ID),
			Unit:     unit.unit(),
			Rule:     rule.ID,
			RuleName: regime.RuleName(rule.ID),
			Severity: string(rule.Severity),
			Force:    string(rule.Force()),
			Observed: said.observed,
			Short:    said.short,
			Required: rule.Requires,
			Clause:   Clause{Document: rule.Clause.Document, Number: rule.Clause.Number, Text: rule.Clause.Text},
			Items:    said.items,
			Evidence: evidence(rows),
		})
	}
	return nil
}

// evidence gathers rows by sheet of a file, cells in the order met, each once.
func evidence(rows []ruleRow) []Evidence {
	out := []Evidence{}
	for _, r := range rows {
		if r.Submission == "" {
			continue
		}
		i := slices.IndexFunc(out, func(e Evidence) bool {
			return e.Submission == r.Submission && e.Sheet == r.Sheet
		})
		if i < 0 {
			i = len(out)
			out = append(out, Evidence{Submission: r.Submission, File: r.File, Sheet: r.Sheet, Cells: []string{}})
		}
		for _, ref := range r.Cells.refs(r.Fields) {
			if !slices.Contains(out[i].Cells, ref) {
				out[i].Cells = append(out[i].Cells, ref)
			}
		}
	}
	return out
}

// words is a finding in words: fact, number and unit, no adjective.
type words struct {
	observed string
	short    string
	items    []string
}

// say puts a failed rule into words. rows is not empty.
func say(a AsOf, rule regime.Rule, rows []ruleRow) words {
	meeting := fmt.Sprintf("%d年度联席会议", a.Year)
	first := rows[0]
	switch rule.ID {
	case regime.RuleAnnualMeeting, regime.RuleLateMeeting, regime.RuleSubstitute:
		return sayHeld(a, rule.ID, meeting, rows)
	case regime.RuleChair:
		return words{
			observed: fmt.Sprintf("%s由%s，主持人属%s", meeting, chaired(first.Observed), record.ChairRank(first.Item).Chinese()),
			short:    "主持规格不够",
		}
	case regime.RuleChairUnknown:
		if first.Observed == "" {
			return words{observed: first.SeenOn.Chinese() + "召开的" + meeting + "没有载明主持人", short: "主持人未载明"}
		}
		return words{
			observed: fmt.Sprintf("%s召开的%s，主持人所填「%s」不能确定职务", first.SeenOn.Chinese(), meeting, first.Observed),
			short:    "主持人未载明",
		}
	case regime.RuleAgenda:
		missing := names(rows, func(r ruleRow) string { return regime.AgendaName(r.Item) })
		return words{
			observed: fmt.Sprintf("%s有 %d 项议程没有进行：%s", meeting, len(rows), strings.Join(missing, "、")),
			short:    fmt.Sprintf("缺议程 %d 项", len(rows)),
			items:    missing,
		}
	case regime.RuleLeadTime:
		if first.SeenOn.IsZero() {
			return words{observed: meeting + "没有填写议题征集启动日期", short: "征集日期空白"}
		}
		return words{
			observed: fmt.Sprintf("%s的议题征集于%s启动，距会议召开 %d 天", meeting, first.SeenOn.Chinese(), first.N),
			short:    fmt.Sprintf("提前 %d 天征集", first.N),
		}
	case regime.RuleMinutes:
		return words{
			observed: fmt.Sprintf("%s于%s召开，会后 %d 天没有印发会议纪要", meeting, first.SeenOn.Chinese(), first.N),
			short:    "纪要未印发",
		}
	case regime.RuleReportBack:
		return words{
			observed: fmt.Sprintf("%s没有通报上次 %d 项议定事项的落实情况", meeting, first.N),
			short:    "未回报落实情况",
		}
	case regime.RulePublicity:
		return words{observed: meeting + "没有宣传报道记录", short: "无宣传报道"}
	case regime.RuleEstablishment:
		return sayEstablishment(rows)
	case regime.RuleSubmission:
		return saySubmission(first)
	}
	return sayItems(rule, rows)
}

func sayHeld(a AsOf, rule, meeting string, rows []ruleRow) words {
	first := rows[0]
	day := a.Quarter.Last().Chinese()
	substitutes := names(rows, func(r ruleRow) string {
		return fmt.Sprintf("%s「%s」", r.SeenOn.Chinese(), orBlank(r.Item))
	})
	switch {
	case rule == regime.RuleLateMeeting:
		return words{
			observed: fmt.Sprintf("%s于%s召开，超过期限（%s）%d 天", meeting, first.SeenOn.Chinese(), a.Deadline.Chinese(), first.N),
			short:    fmt.Sprintf("延迟 %d 天", first.N),
		}
	case rule == regime.RuleSubstitute:
		return words{
			observed: fmt.Sprintf("%d 次以其他会议代替联席会议：%s", len(rows), strings.Join(substitutes, "、")),
			short:    "其他会议代替",
			items:    titles(rows),
		}
	case first.Observed == string(Substituted):
		return words{
			observed: fmt.Sprintf("截至%s，%s没有召开，以其他会议代替 %d 次：%s", day, meeting, len(rows), strings.Join(substitutes, "、")),
			short:    "未召开",
			items:    titles(rows),
		}
	}
	return words{observed: fmt.Sprintf("截至%s，%s没有召开", day, meeting), short: "未召开"}
}

// chaired says who presided. A delegation written before the name (受区长委托，副区长…) is put where it reads right.
func chaired(who string) string {
	if by, rest, ok := strings.Cut(who, "委托，"); ok && strings.HasPrefix(by, "受") && rest != "" {
		return rest + by + "委托主持"
	}
	return orBlank(who) + "主持"
}

func sayItems(rule regime.Rule, rows []ruleRow) words {
	n, of := len(rows), rows[0].Of
	w := words{items: titles(rows)}
	switch rule.ID {
	case regime.RuleOverdue:
		w.observed = fmt.Sprintf("%d 项议定事项逾期，最长 %d 天", n, rows[0].N)
		if rows[0].N == 0 {
			w.observed = fmt.Sprintf("%d 项议定事项到期未办结，时限为报告期最后一日", n)
		}
		w.short = fmt.Sprintf("逾期 %d 项", n)
	case regime.RulePlan:
		w.observed = fmt.Sprintf("%d 项应办事项中 %d 项没有实施方案", of, n)
		w.short = fmt.Sprintf("缺方案 %d 项", n)
	case regime.RuleItemList:
		w.observed = fmt.Sprintf("%d 项应办事项中 %d 项没有写全牵头单位、责任人和完成时限", of, n)
		w.short = fmt.Sprintf("责任不全 %d 项", n)
	case regime.RuleExplain:
		what := "原因"
		if rule.ExplainNeedsNewDeadline {
			what = "原因和新的时限"
		}
		w.observed = fmt.Sprintf("%d 项逾期事项中 %d 项没有写明%s", of, n, what)
		w.short = fmt.Sprintf("未说明 %d 项", n)
	}
	return w
}

func sayEstablishment(rows []ruleRow) words {
	unreported := 0
	for _, r := range rows {
		if r.N == 0 {
			unreported++
		}
	}
	w := words{items: titles(rows), short: fmt.Sprintf("未建制 %d 个", len(rows))}
	if rows[0].Of == 1 {
		w.short = "未建制"
		w.observed = "没有建立政府与工会联席会议制度"
		if unreported > 0 {
			w.observed = "没有报告政府与工会联席会议制度建立情况，按未建立计"
		}
		return w
	}
	w.observed = fmt.Sprintf("%d 个应建单位中 %d 个没有建立政府与工会联席会议制度", rows[0].Of, len(rows))
	if unreported > 0 {
		w.observed += fmt.Sprintf("（其中 %d 个没有报告，按未建立计）", unreported)
	}
	return w
}

func saySubmission(r ruleRow) words {
	report := r.Item
	if q, err := period.ParseQuarter(r.Item); err == nil {
		report = q.Chinese()
	}
	if r.Observed == "missing" {
		return words{
			observed: fmt.Sprintf("没有收到%s报表（期限 %s）", report, r.SeenOn.Chinese()),
			short:    "未报送",
		}
	}
	return words{
		observed: fmt.Sprintf("%s报表超过期限（%s）%d 天报送", report, r.SeenOn.Chinese(), r.N),
		short:    fmt.Sprintf("迟报 %d 天", r.N),
	}
}

func titles(rows []ruleRow) []string { return names(rows, func(r ruleRow) string { return r.Item }) }

func names(rows []ruleRow, name func(ruleRow) string) []string {
	var out []string
	for _, r := range rows {
		if n := name(r); n != "" {
			out = append(out, n)
		}
	}
	return out
}

func orBlank(s string) string {
	if s == "" {
		return "（空白）"
	}
	return s
}
