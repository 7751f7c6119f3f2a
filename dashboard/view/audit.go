package view

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"liandu/internal/auth"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// auditKinds are the groups of actions in the order of the filter; an action's first part is its group.
var auditKinds = []struct{ id, name string }{
	{"session", "登录退出"}, {"account", "账号"}, {"submission", "报送"}, {"report", "文字材料"}, {"column", "列的理解"},
	{"document", "签发和核对"}, {"file", "下载"}, {"export", "导出"},
	{"units", "单位"}, {"matter", "督办事项"}, {"item", "销号"}, {"setting", "设置"}, {"regime", "制度"}, {"rule", "规则"}, {"backup", "备份"}, {"verify", "校验"}, {"access", "越权"},
	{"folder", "建库"},
}

var (
	submissionID = regexp.MustCompile(`^S\d+$`)
	matterID     = regexp.MustCompile(`^M\d+$`)
)

var actionNames = map[string]string{
	"session.opened": "登录", "session.refused": "登录失败", "session.closed": "退出", "account.changed": "账号变更",
	"submission.received": "收到文件", "submission.held": "待受理", "submission.accepted": "受理报表",
	"submission.rejected": "退回改正", "submission.returned": "退回报表", "submission.withdrawn": "撤回报表", "submission.superseded": "被新件代替",
	"submission.duplicate": "重复报表", "column.understood": "指定列的含义", "submission.words": "收到文字材料", "report.settled": "处理文字材料", "file.downloaded": "下载原件", "file.marked": "下载标注文件", "export.table": "导出列表", "export.briefing": "导出专项汇报",
	"units.imported": "单位登记", "item.closed": "议定事项销号",
	"matter.opened": "立项", "matter.assigned": "交办", "matter.received": "签收", "matter.replied": "反馈", "matter.checked": "复核通过",
	"matter.returned": "退回", "matter.closed": "销号", "matter.reopened": "撤销销号", "matter.cancelled": "撤销立项", "matter.extended": "延期",
	"setting.changed": "设置变更", "regime.changed": "制度调整", "regime.adopted": "制度采用", "rule.suspended": "规则暂停",
	"rule.resumed": "规则恢复", "backup.made": "下载备份",
	"export.paper": "导出文书", "document.issued": "签发文件", "document.checked": "核对修改稿",
	"verify.run": "数据校验", "access.refused": "越权被拒", "folder.created": "建立数据目录",
}

// ActionName returns an action's name on pages, the action itself when it is unknown.
func ActionName(action string) string {
	if name := actionNames[action]; name != "" {
		return name
	}
	return action
}

// AuditInput is what the audit log's page is made of. More says that older lines follow.
type AuditInput struct {
	Path   string
	Filter queries.AuditFilter
	Rows   []queries.AuditRow
	More   bool
	Names  map[string]string // login → name
	Files  bool              // the account may open submissions
	Units  map[record.UnitCode]string
}

// Audit is the page 操作日志.
type Audit struct {
	Kinds    []Option
	Actor    string
	Text     string
	From     string
	To       string
	Rows     []AuditLine
	Foot     string
	Older    string // address of the lines that follow, "" at the end
	Filtered bool
	Error    string
}

// AuditLine is one line of the journal.
type AuditLine struct {
	Seq     int64
	At      string
	Actor   string
	Action  string
	Adverse bool // a refused sign-in or access
	Subject string
	Full    string // the subject whole, where it is shown cut
	Href    string // a submission's page
	Detail  string
}

// NewAudit shapes the page.
func NewAudit(in AuditInput) Audit {
	f := in.Filter
	p := Audit{
		Actor: f.Actor, Text: f.Text, From: f.From.String(), To: f.To.String(),
		Filtered: f.Actor != "" || f.Text != "" || f.Action != "" || !f.From.IsZero() || !f.To.IsZero(),
	}
	for _, k := range auditKinds {
		p.Kinds = append(p.Kinds, Option{k.id, k.name, k.id == f.Action})
	}
	for _, r := range in.Rows {
		p.Rows = append(p.Rows, auditLine(in, r))
	}
	p.Foot = fmt.Sprintf("所示 %d 条", len(p.Rows))
	if in.More && len(in.Rows) > 0 {
		a := Address{}
		p.Older = a.Href(in.Path, "actor", f.Actor, "action", f.Action, "q", f.Text, "from", f.From.String(),
			"to", f.To.String(), "before", itoa(in.Rows[len(in.Rows)-1].Seq))
		p.Foot += "，其后还有"
	}
	return p
}

func auditLine(in AuditInput, r queries.AuditRow) AuditLine {
	l := AuditLine{
		Seq: r.Seq, At: r.At.In(period.Shanghai).Format("2006-01-02 15:04:05"), Actor: personName(in.Names, r.Actor),
		Action: ActionName(r.Action), Adverse: r.Action == "session.refused" || r.Action == "access.refused",
		Subject: r.Subject, Detail: auditDetail(in, r),
	}
	if len(r.Subject) == 64 && strings.Trim(r.Subject, "0123456789abcdef") == "" {
		l.Subject, l.Full = r.Subject[:12]+"…", r.Subject
	}
	if in.Files && matterID.MatchString(r.Subject) {
		l.Href = "/matters/" + r.Subject
	}
	if in.Files && submissionID.MatchString(r.Subject) {
		l.Href = "/submissions/" + r.Subject
	}
	return l
}

// shortName is the name of who did something, the login where there is no account of it.
func shortName(names map[string]string, login string) string {
	if name := names[login]; name != "" {
		return name
	}
	return text(login)
}

// personName is a name with its login, which alone is certain.
func personName(names map[string]string, login string) string {
	if name := names[login]; name != "" && name != login {
		return name + "（" + login + "）"
	}
	return text(login)
}

// detailNames are the fields of a line's data that a person reads, in their order. A password's hash is not among
// them, nor is anything else that is not named here.
var detailNames = []struct{ field, name string }{
	{"name", "名称"}, {"role", "角色"}, {"unit", "单位"}, {"quarter", "报告期"}, {"version", "版本"}, {"file", "文件"},
	{"size", "字节"}, {"key", "设置项"}, {"value", "值"}, {"session_year", "会议年度"}, {"item_key", "事项"},
	{"shown", "表头"},
	{"closed_on", "销号日期"}, {"title", "标题"}, {"on", "日期"},
	{"due_on", "反馈期限"}, {"person", "经办人"}, {"words", "内容"}, {"from", "来自"}, {"regime", "制度"}, {"rule", "规则"},
	{"until", "至"}, {"document", "文件"}, {"reason", "说明"}, {"troubles", "发现问题"},
}

func auditDetail(in AuditInput, r queries.AuditRow) string {
	var data map[string]any
	d := json.NewDecoder(strings.NewReader(r.Data))
	d.UseNumber()
	if err := d.Decode(&data); err != nil {
		return ""
	}
	var parts []string
	for _, n := range detailNames {
		if v := detailValue(in, n.field, data[n.field]); v != "" {
			parts = append(parts, n.name+" "+v)
		}
	}
	if units, ok := data["units"].([]any); ok {
		parts = append(parts, fmt.Sprintf("登记 %d 个单位", len(units)))
	}
	if withdrawn, ok := data["withdrawn"].(bool); ok && withdrawn {
		parts = append(parts, "撤回")
	}
	if disabled, ok := data["disabled"].(bool); ok && disabled {
		parts = append(parts, "已停用")
	}
	return strings.Join(parts, "　")
}

func detailValue(in AuditInput, field string, v any) string {
	s := ""
	switch v := v.(type) {
	case string:
		s = v
	case json.Number:
		s = v.String()
	}
	switch {
	case field == "unit" && in.Units[record.UnitCode(s)] != "":
		return in.Units[record.UnitCode(s)]
	case field == "role":
		return auth.Role(s).Chinese()
	case field == "version" && s == "0":
		return ""
	}
	return s
}
