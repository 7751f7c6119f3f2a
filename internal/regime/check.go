package regime

import (
	"fmt"
	"regexp"
	"strings"

	"liandu/internal/record"
)

// Issue is one thing wrong with a regime. Code is stable, Where names the rule, clause, weight or key.
type Issue struct {
	Code    string `json:"code"`
	Where   string `json:"where"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// issueCodes lists every code once, in the order Check works.
var issueCodes = []string{
	"id", "name", "document", "in_force", "level", "line", "submission_days",
	"clause_twice", "clause_force", "clause_words",
	"rule_unknown", "rule_twice", "severity", "requires", "rule_clause", "rule_words",
	"rank", "agenda", "months", "days", "quarter", "parameter", "chair_unknown",
	"weight_unknown", "weight_negative", "weight_sum", "weight_rule", "own_assessment",
	"action",
}

// Check returns everything wrong with a regime, in the order of issueCodes; none when it can be used.
func Check(r *Regime) []Issue {
	c := &checker{r: r, words: fold(r.text)}
	c.head()
	c.clauses()
	c.rules()
	c.weights()
	c.actions()
	return c.issues
}

type checker struct {
	r      *Regime
	words  string
	issues []Issue
}

func (c *checker) add(code, where, message, hint string) {
	c.issues = append(c.issues, Issue{code, where, message, hint})
}

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (c *checker) head() {
	r := c.r
	if !idForm.MatchString(r.ID) {
		c.add("id", "id", fmt.Sprintf("「id」须由小写字母、数字和连字符组成，现为「%s」。", r.ID), "例如 qinhuangdao-2024。")
	}
	if r.Name == "" || r.City == "" {
		c.add("name", "name", "缺少「name」（简称）或「city」（城市）。", "例如 name = \"秦皇岛 2024\"，city = \"秦皇岛市\"。")
	}
	if r.Document.Title == "" || r.Document.Number == "" && (r.Document.Issuer == "" || r.Document.Note == "") {
		c.add("document", "document", "「document」缺少文件标题或文号。", "文号不公开的，请写明发文机关「issuer」并在「note」中说明依据。")
	}
	if r.InForceFrom.IsZero() || r.Document.IssuedOn.IsZero() {
		c.add("in_force", "in_force_from", "缺少施行日期「in_force_from」或印发日期「document.issued_on」。", "请按文件填写，如 \"2024-05-09\"。")
	}
	if len(r.ObligedLevels) == 0 {
		c.add("level", "obliged_levels", "没有写明文件约束哪些层级。", "请在「obliged_levels」中填写 county、township 等。")
	}
	for _, l := range r.ObligedLevels {
		if l.Chinese() == "" {
			c.add("level", "obliged_levels", fmt.Sprintf("不认识的层级「%s」。", l), "可用："+joinLevels()+"。")
		}
	}
	if r.RedLine >= r.YellowLine {
		c.add("line", "red_line", fmt.Sprintf("红线 %s 不低于黄线 %s。", r.RedLineText(), r.YellowLineText()), "红线分数须低于黄线分数。")
	}
	if r.SubmissionDays < 0 || r.SubmissionDays > 366 {
		c.add("submission_days", "submission_days", fmt.Sprintf("报送天数 %d 不在 0 至 366 之间。", r.SubmissionDays), "请填写季度终了后的天数。")
	}
}

func (c *checker) clauses() {
	seen := map[string]bool{}
	for _, cl := range c.r.Clauses {
		if seen[cl.ID] || cl.ID == "" {
			c.add("clause_twice", cl.ID, fmt.Sprintf("条文编号「%s」空缺或重复。", cl.ID), "每条条文的「id」须各不相同。")
		}
		seen[cl.ID] = true
		if !knownForce(cl.Force) {
			c.add("clause_force", cl.ID, fmt.Sprintf("条文「%s」的用词「%s」不认识。", cl.ID, cl.Force), "可用："+joinForces()+"。")
		}
		if !c.stands(cl) {
			c.add("clause_words", cl.ID, fmt.Sprintf("条文「%s」的引文在文件原文中找不到：「%s」。", cl.ID, cl.Text), c.whereWords())
		}
	}
}

func (c *checker) rules() {
	seen := map[string]bool{}
	for _, rule := range c.r.Rules {
		name := RuleName(rule.ID)
		if !known(RuleNames, rule.ID) {
			c.add("rule_unknown", rule.ID, fmt.Sprintf("不认识的规则「%s」。", rule.ID), "可用："+joinNames(RuleNames)+"。")
			continue
		}
		if seen[rule.ID] {
			c.add("rule_twice", rule.ID, fmt.Sprintf("规则「%s」写了两次。", name), "每种规则只能写一次。")
		}
		seen[rule.ID] = true
		if rule.Severity.Chinese() == "" {
			c.add("severity", rule.ID, fmt.Sprintf("规则「%s」的轻重「%s」不认识。", name, rule.Severity), "可用：red、yellow、info。")
		}
		if rule.Requires == "" {
			c.add("requires", rule.ID, fmt.Sprintf("规则「%s」没有写明文件要求什么。", name), "请用一句话填写「requires」。")
		}
		if _, ok := c.r.Clause(rule.Clause.ID); !ok {
			c.add("rule_clause", rule.ID, fmt.Sprintf("规则「%s」所依据的条文「%s」不在本文件的条文之列。", name, rule.Clause.ID), "请把「clause」写成某条 [[clause]] 的「id」。")
			continue
		}
		if !c.stands(rule.Clause) {
			c.add("rule_words", rule.ID, fmt.Sprintf("规则「%s」的引文在文件原文中找不到：「%s」。", name, rule.Clause.Text), c.whereWords())
		}
		c.parameters(rule, name)
	}
	if seen[RuleChairUnknown] && !seen[RuleChair] {
		c.add("chair_unknown", RuleChairUnknown, "有「主持人未载明」规则而没有「主持规格」规则。", "文件未规定主持人的，两条都不要写。")
	}
}

func (c *checker) parameters(rule Rule, name string) {
	if rule.ID == RuleChair && len(rule.AcceptRanks) == 0 {
		c.add("rank", rule.ID, "规则「主持规格」没有写明哪些人主持才算达标。", "请填写「accept_ranks」，如 [\"principal\"]。")
	}
	for _, rank := range rule.AcceptRanks {
		if rank.Chinese() == "" || rank == record.RankUnknown {
			c.add("rank", rule.ID, fmt.Sprintf("规则「%s」的主持人职级「%s」不能用。", name, rank), "可用：principal、deputy、party、union、other。")
		}
	}
	if rule.ID == RuleAgenda && len(rule.Agenda) == 0 {
		c.add("agenda", rule.ID, "规则「会议议程」没有列出议程项。", "请填写「agenda」，可用："+joinNames(AgendaItems)+"。")
	}
	for _, item := range rule.Agenda {
		if !known(AgendaItems, item) {
			c.add("agenda", rule.ID, fmt.Sprintf("规则「%s」的议程项「%s」不认识。", name, item), "可用："+joinNames(AgendaItems)+"。")
		}
	}
	if rule.ID == RuleLeadTime && (rule.Months < 1 || rule.Months > 12) {
		c.add("months", rule.ID, fmt.Sprintf("规则「%s」的提前月数 %d 不在 1 至 12 之间。", name, rule.Months), "请改正「months」。")
	}
	if rule.ID == RuleMinutes && (rule.Days < 1 || rule.Days > 366) {
		c.add("days", rule.ID, fmt.Sprintf("规则「%s」的天数 %d 不在 1 至 366 之间。", name, rule.Days), "请改正「days」。")
	}
	if rule.ID == RuleSubmission && rule.SubmissionQuarter != QuarterEach && rule.SubmissionQuarter != QuarterFourth {
		c.add("quarter", rule.ID, fmt.Sprintf("规则「%s」的「quarter」不认识：「%s」。", name, rule.SubmissionQuarter), "可用：each（每季度）、fourth（只看第四季度）。")
	}
	if key := stray(rule); key != "" {
		c.add("parameter", rule.ID, fmt.Sprintf("规则「%s」不用参数「%s」。", name, key), "请删去该项，或移到用它的规则下。")
	}
}

// stray returns the key of a parameter that the rule's kind does not read, "" when there is none.
func stray(r Rule) string {
	switch {
	case r.ID != RuleChair && len(r.AcceptRanks) > 0:
		return "accept_ranks"
	case r.ID != RuleAgenda && len(r.Agenda) > 0:
		return "agenda"
	case r.ID != RuleLeadTime && r.Months != 0:
		return "months"
	case r.ID != RuleMinutes && r.Days != 0:
		return "days"
	case r.ID != RuleExplain && r.ExplainNeedsNewDeadline:
		return "new_deadline"
	case r.ID != RuleSubmission && r.SubmissionQuarter != "":
		return "quarter"
	}
	return ""
}

func (c *checker) weights() {
	sum := 0
	for _, id := range sortedKeys(c.r.Weights) {
		w := c.r.Weights[id]
		i, ok := indicatorOf(id)
		if !ok {
			c.add("weight_unknown", id, fmt.Sprintf("不认识的指标「%s」。", id), "请对照内置制度文件的「weight」一节。")
			continue
		}
		if w < 0 {
			c.add("weight_negative", id, fmt.Sprintf("指标「%s」的权重 %d 小于零。", i.Chinese, w), "权重须是不小于零的整数。")
		}
		sum += max(w, 0)
		switch {
		case w > 0 && i.NeedsRule && !c.r.HasRule(i.Rule):
			c.add("weight_rule", id, fmt.Sprintf("指标「%s」有权重，文件却没有「%s」规则。", i.Chinese, RuleName(i.Rule)), "请把权重改为 0，或补上规则及其条文。")
		case w > 0 && i.Rule != "" && !c.r.HasRule(i.Rule) && !c.owns(id):
			c.add("weight_rule", id, fmt.Sprintf("指标「%s」有权重，文件却没有相应条文。", i.Chinese), "依据本市考核办法计分的，请写入「own_assessment」。")
		}
	}
	if sum == 0 {
		c.add("weight_sum", "weight", "各指标权重之和为零，无法计分。", "请至少给一项指标大于零的权重。")
	}
	for _, id := range c.r.OwnAssessment {
		if _, ok := indicatorOf(id); !ok || c.r.Weights[id] <= 0 {
			c.add("own_assessment", id, fmt.Sprintf("「own_assessment」中的「%s」不是有权重的指标。", id), "请删去，或给该指标权重。")
		}
	}
}

func (c *checker) actions() {
	for _, a := range c.r.Actions {
		if _, ok := c.r.Clause(a.Clause.ID); !ok || a.ID == "" || a.Name == "" || a.Text == "" {
			c.add("action", a.ID, fmt.Sprintf("处理办法「%s」不完整，或所依据的条文「%s」不存在。", a.ID, a.Clause.ID), "请写全 id、name、text，clause 须是某条 [[clause]] 的「id」。")
		}
	}
}

func (c *checker) owns(id string) bool {
	for _, own := range c.r.OwnAssessment {
		if own == id {
			return true
		}
	}
	return false
}

func knownForce(f Force) bool {
	for _, k := range Forces {
		if k == f {
			return true
		}
	}
	return false
}

func joinForces() string {
	words := make([]string, len(Forces))
	for i, f := range Forces {
		words[i] = string(f)
	}
	return strings.Join(words, "、")
}

func joinLevels() string {
	words := make([]string, len(record.Levels))
	for i, l := range record.Levels {
		words[i] = string(l)
	}
	return strings.Join(words, "、")
}

func joinNames(names []Name) string {
	words := make([]string, len(names))
	for i, n := range names {
		words[i] = n.ID
	}
	return strings.Join(words, "、")
}
