package view

import (
	"fmt"
	"strings"

	"liandu/dashboard/export"
	"liandu/internal/period"
	"liandu/internal/record"
)

// IssueInput is what the page before issuing is made from.
type IssueInput struct {
	Address     Address
	Set         string
	Name        string
	Rows        []IssueRowInput
	Bears       bool
	Number      string // of the first
	Suggested   string
	Why         string
	DatedOn     period.Date
	KnownAt     string // as people read it
	RegimeName  string
	Level       string
	Submissions int
	Units       int
	Settings    int
	Refused     string
	CanIssue    bool
	Action      string
	Back        string
	Edited      string
	Of          string
	Fresh       bool // those issued before are left out
	Unit        record.UnitCode
}

// IssueRowInput is one paper about to be issued.
type IssueRowInput struct {
	Official *export.Official
	Paper    string
	Unit     record.UnitCode
	Number   string
	Expect   string
	Earlier  *DocumentRow
}

// IssuePage says what will be frozen, and asks.
type IssuePage struct {
	Name, Home, Lede    string
	Refused             string
	Rows                []IssueRow
	Bears, Confirm      bool
	Number, Why         string
	Placeholder         string
	Fields              []Field
	DatedOn             string
	Facts               []Field
	Missing             string
	Gaps                *GapForm
	Earlier             int
	Action, Zip, Button string
	Ready, CanIssue     bool
	Fresh               string // the same without those issued before
	Edited              string
}

// IssueRow is one paper of the list.
type IssueRow struct {
	No, Number, Name, To, Title, Preview string
	Doubts                               string
	ReplyDue                             string
	Earlier                              *DocumentRow
	Paper, Unit, RawNumber, Expect       string
}

// NewIssuePage shapes the page.
func NewIssuePage(in IssueInput) IssuePage {
	p := IssuePage{
		Name: in.Name, Home: in.Address.Href("/documents"), Refused: in.Refused, Bears: in.Bears, Number: in.Number, Placeholder: "如 云工函〔2025〕1号",
		DatedOn: in.DatedOn.String(), Action: in.Action, CanIssue: in.CanIssue, Edited: in.Edited,
	}
	if in.Bears && in.Number == "" && in.Suggested != "" {
		p.Number, p.Why, p.Confirm = in.Suggested, in.Why, true
	}
	p.Fields = append(in.Address.Fields(), Field{"paper", in.Set})
	fresh := ""
	if in.Fresh {
		fresh = "1"
	}
	for _, f := range []Field{{"unit", string(in.Unit)}, {"of", in.Of}, {"edited", in.Edited}, {"fresh", fresh}} {
		if f.Value != "" {
			p.Fields = append(p.Fields, f)
		}
	}
	var gaps []export.Gap
	var missing []string
	seen := map[string]bool{}
	for i, r := range in.Rows {
		row := IssueRow{
			No: itoa(i + 1), Number: text(r.Number), Name: export.PaperName(r.Paper), To: r.Official.To, Title: r.Official.Title, Doubts: join(r.Official.Doubts),
			ReplyDue: text(r.Official.ReplyDue.String()), Earlier: r.Earlier, Paper: r.Paper, Unit: string(r.Unit), RawNumber: r.Number, Expect: r.Expect,
			Preview: in.Address.Href("/documents/draft", "paper", r.Paper, "unit", string(r.Unit), "number", r.Number, "date", in.DatedOn.String(), "of", in.Of),
		}
		if r.Unit == "" && r.Paper != export.PaperDispatch {
			row.ReplyDue = Nil
		}
		if r.Earlier != nil {
			p.Earlier++
		}
		gaps = append(gaps, settingGaps(r.Official)...)
		for _, g := range r.Official.Missing {
			if !seen[g.Name] {
				seen[g.Name] = true
				missing = append(missing, g.Name)
			}
		}
		p.Rows = append(p.Rows, row)
	}
	if p.Earlier > 0 && p.Earlier < len(p.Rows) {
		p.Fresh = in.Address.Href("/documents/issue", "paper", in.Set, "date", in.DatedOn.String(), "number", in.Number, "fresh", "1")
	}
	p.Gaps = NewGapForm(gaps, in.Back)
	if len(missing) > 0 {
		p.Missing = fmt.Sprintf("还缺 %d 项：%s", len(missing), strings.Join(missing, "、"))
	}
	p.Ready = len(p.Rows) > 0 && len(missing) == 0 && !p.Confirm && in.Refused == ""
	p.Lede = fmt.Sprintf("%d 份，签发后冻结，不再改动", len(p.Rows))
	p.Button = fmt.Sprintf("签发这 %d 份", len(p.Rows))
	if len(p.Rows) == 1 {
		p.Button = "签发"
	}
	p.Zip = in.Address.Href("/documents/drafts.zip", "paper", in.Set, "unit", string(in.Unit), "number", in.Number, "date", in.DatedOn.String(), "fresh", fresh, "of", in.Of)
	p.Facts = []Field{
		{"成文日期", in.DatedOn.Chinese()}, {"采用数据", in.KnownAt + "前接收的报送，" + itoa(in.Submissions) + " 份"}, {"制度", in.RegimeName + "（全文一并存档）"},
		{"层级和单位", in.Level + "，登记册 " + itoa(in.Units) + " 个单位"}, {"机关与文书设置", itoa(in.Settings) + " 项"}, {"存档内容", "文件、每个数字的来源、上列各项"},
	}
	return p
}
