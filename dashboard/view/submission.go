package view

import (
	"fmt"
	"path"
	"strings"

	"liandu/internal/record"
	"liandu/queries"
)

// SubmissionInput is what the page of one file received is made of. Reading is nil where nothing could be read.
type SubmissionInput struct {
	InWords   []queries.Report // of the same unit, to be set beside it
	Address   Address
	Row       queries.SubmissionRow
	Problems  []record.Problem
	Reading   *record.Reading
	Units     map[record.UnitCode]string // names of the units the rows speak of
	Names     map[string]string          // login → name
	Versions  []queries.SubmissionRow    // of the same unit and quarter, latest first, this one included
	Batch     []queries.SubmissionRow    // handed in together, this one included; nil when looked at by itself
	ShowPhone bool
	CanSubmit bool
	CanDecide bool // may explain heads and names
	Lit       Lit
	Held      *HeldInput              // of a file that waits
	Waiting   []queries.SubmissionRow // every file that waits, for who may decide them
	Reasons   []queries.Reason
}

// Lit is the cell by which somebody came here; the row it stands in is lit. Also names further cells.
type Lit struct {
	Sheet string
	Cell  string
	Also  []string
}

// Submission is the page 报送结果: what became of one file, its problems by sheet, and what was read from it.
type Submission struct {
	Title      string // 西岭区　2024年第四季度
	Verdict    Verdict
	Original   string // address of the original's download
	Explain    ExplainWays
	Marked     string // address of the workbook with its problems marked, "" where there is nothing to mark
	Sheet      string // address of the original drawn as a sheet
	Back       string
	Beside     []WordsLine // reports in words of the same quarter or year
	Report     string      // address of the report in words it is or was made from
	ReportName string
	Upload     string // address of the upload form, "" for who may not
	Files      FileList
	Sheets     []ProblemSheet
	Clean      string // 「基本信息 无问题　制度建立 11 行　无问题」
	Problems   int
	Facts      []Pair
	Tables     []FactTable
	SHA256     string
	Held       *Held
	Reasons    []ReasonShown
	Newer      string // address of the file that took this one's place
	Next       string // address of the next file that waits
	NextName   string // 还有 3 份待受理
}

// Verdict is one sentence on what became of a file. Tone is red, yellow, green or "" and Mark the class of its mark.
type Verdict struct {
	Tone string
	Mark string
	Text string
	Note string
}

// Pair is a name and its value.
type Pair struct{ Name, Value string }

// FileList is the side list: the batch, or the versions of the same quarter.
type FileList struct {
	Heading string
	Note    string
	Lines   []FileLine
}

// FileLine is one file with its state.
type FileLine struct {
	Name    string
	Href    string
	Mark    string
	State   string
	Detail  string
	When    string
	Current bool
}

// NewSubmission shapes the page.
func NewSubmission(in SubmissionInput) Submission {
	p := Submission{
		Title:    who(in.Row),
		Verdict:  verdict(in),
		Original: in.Address.Href("/submissions/" + in.Row.ID + "/original"),
		Sheet:    in.Address.Source(in.Row.ID, "", ""),
		Back:     in.Address.Href("/submissions"),
		Files:    files(in),
		SHA256:   in.Row.SHA256,
	}
	switch {
	case in.Row.Status == record.InWords:
		p.Report, p.ReportName = in.Address.Href("/reports/"+in.Row.ID), "对照原文核对"
	case firstReport(in) != "":
		p.Report, p.ReportName = in.Address.Href("/reports/"+firstReport(in)), "核对先收到的一份"
	case in.Reading != nil && in.Reading.Report != nil && in.Reading.Report.Kept != nil:
		p.Report, p.ReportName = in.Address.Href("/reports/"+in.Reading.Report.Kept.From), "看文字材料"
	}
	if in.CanSubmit {
		p.Upload = in.Address.Href("/submissions") + "#upload"
	}
	if isMarkable(in) {
		p.Marked = in.Address.Href("/submissions/" + in.Row.ID + "/marked")
	}
	p.Explain = explainWays(in)
	p.Beside = beside(in)
	p.Tables = factTables(in)
	p.Sheets, p.Clean = problemSheets(in)
	p.Problems = len(in.Problems)
	p.Facts = submissionFacts(in)
	p.Held = newHeld(in)
	p.Reasons = reasonsShown(in.Address, in.Names, in.Reasons)
	p.Next, p.NextName = nextWaiting(in)
	if in.Row.ReplacedBy != "" {
		p.Newer = in.Address.Href("/submissions/" + in.Row.ReplacedBy)
	}
	return p
}

// firstReport is the report in words that a file sent again is the duplicate of, "" for any other file.
func firstReport(in SubmissionInput) string {
	for _, p := range in.Problems {
		if in.Row.Status == record.Duplicate && p.Code == "report_twice" {
			return p.Value
		}
	}
	return ""
}

func who(r queries.SubmissionRow) string {
	name, quarter := r.UnitName, r.Quarter.Chinese()
	if name == "" {
		name = "单位未识别"
	}
	if quarter == "" {
		quarter = "报告期未识别"
	}
	return name + "　" + quarter
}

func verdict(in SubmissionInput) Verdict {
	r := in.Row
	read := fmt.Sprintf("读出 会议 %d、事项 %d、建制 %d 行", r.Meetings, r.Resolutions, r.Establishments)
	if v, ok := heldVerdict(in); ok {
		v.Note = joinNonEmpty("　", who(r), v.Note, read)
		return v
	}
	v := Verdict{Note: who(r) + "　" + read}
	switch {
	case r.Status == record.InWords:
		v.Tone, v.Mark, v.Text = "yellow", "mark mark-warning", "文字材料，核对收入之前不计入数据"
		v.Note = who(r) + "　请从「文字材料」打开核对"
	case r.Status == record.Rejected:
		v.Tone, v.Mark, v.Text = "red", "mark mark-error", fmt.Sprintf("有 %d 处错误，须退回改正", r.Errors)
		v.Note = who(r) + "　" + inForce(in) + "；本文件" + read
	case r.Status == record.Duplicate && firstReport(in) != "":
		v.Mark, v.Text = "mark mark-info", "与待核对的文字材料相同，未另外收下"
		v.Note = who(r)
	case r.Status == record.Duplicate:
		v.Mark, v.Text = "mark mark-info", "与现行版相同，未重复入库"
	case r.Warnings > 0:
		v.Tone, v.Mark, v.Text = "yellow", "mark mark-warning", fmt.Sprintf("第 %d 版已受理，有 %d 处提醒", r.Version, r.Warnings)
	default:
		v.Tone, v.Mark, v.Text = "green", "light light-green", fmt.Sprintf("第 %d 版已受理，无问题", r.Version)
	}
	if r.Status == record.Accepted && !r.IsInForce {
		v.Note += "　已被后来的版本代替，数据保留备查"
	}
	return v
}

// inForce says which version counts while this file does not.
func inForce(in SubmissionInput) string {
	for _, v := range in.Versions {
		if v.IsInForce {
			if v.ReceivedAt.After(in.Row.ReceivedAt) {
				return fmt.Sprintf("已于 %s 改正重报，现行第 %d 版", moment(v.ReceivedAt), v.Version)
			}
			return fmt.Sprintf("现行第 %d 版（%s 接收）不变", v.Version, moment(v.ReceivedAt))
		}
	}
	return "本季度还没有已受理的版本"
}

func files(in SubmissionInput) FileList {
	list := FileList{Heading: "本批文件", Note: fmt.Sprintf("%d 个", len(in.Batch))}
	rows := in.Batch
	if rows == nil {
		rows, list.Heading, list.Note = in.Versions, "本季度各次报送", fmt.Sprintf("%d 次", len(in.Versions))
	}
	var ids []string
	for _, r := range in.Batch {
		ids = append(ids, r.ID)
	}
	for _, r := range rows {
		mark, state, detail := fileState(r)
		line := FileLine{
			Name: path.Base(r.File), Mark: mark, State: state, Detail: detail, Current: r.ID == in.Row.ID,
			Href: in.Address.Href("/submissions/"+r.ID, "batch", strings.Join(ids, ",")),
		}
		if in.Batch == nil {
			line.When = moment(r.ReceivedAt)
		}
		list.Lines = append(list.Lines, line)
	}
	return list
}

// fileState returns the mark's class, the word and the detail of what became of a file.
func fileState(r queries.SubmissionRow) (mark, state, detail string) {
	warnings := "无问题"
	if r.Warnings > 0 {
		warnings = fmt.Sprintf("提醒 %d", r.Warnings)
	}
	switch r.Status {
	case record.Pending:
		return "mark mark-wait", "待受理", warnings
	case record.Returned:
		return "mark mark-error", "已退回", "待改正重报"
	case record.Withdrawn:
		return "mark mark-info", "已撤回", "没有计入"
	case record.Superseded:
		return "mark mark-info", "已被新件代替", "没有计入"
	case record.Rejected:
		detail = fmt.Sprintf("错误 %d", r.Errors)
		if r.Warnings > 0 {
			detail += fmt.Sprintf("、提醒 %d", r.Warnings)
		}
		return "mark mark-error", "退回改正", detail
	case record.InWords:
		return "mark mark-info", "文字材料", "另行核对"
	case record.Duplicate:
		if r.Errors > 0 { // a report in words, sent again: no workbook with an error is a duplicate
			return "mark mark-info", "与待核对的相同", "未另外收下"
		}
		return "mark mark-info", "与现行版相同", "未重复入库"
	}
	if r.Warnings > 0 {
		return "mark mark-warning", "已受理", fmt.Sprintf("第 %d 版，提醒 %d", r.Version, r.Warnings)
	}
	return "light light-green", "已受理", fmt.Sprintf("第 %d 版，无问题", r.Version)
}

func submissionFacts(in SubmissionInput) []Pair {
	r := in.Row
	facts := []Pair{{"报送单位", orUnknown(r.UnitName)}, {"报告期", orUnknown(r.Quarter.Chinese())}}
	if in.Reading != nil {
		cover := in.Reading.Cover
		facts = append(facts, Pair{"填报人", text(cover.FilledBy)}, Pair{"审核人", text(cover.ReviewedBy)})
		if in.ShowPhone {
			facts = append(facts, Pair{"联系电话", text(cover.Phone)})
		}
		facts = append(facts, Pair{"填报日期", date(cover.FilledOn)})
	}
	facts = append(facts, Pair{"接收时间", moment(r.ReceivedAt)}, Pair{"提交人", personName(in.Names, r.Actor)})
	if r.DecidedBy != "" {
		facts = append(facts, Pair{"处理时间", moment(r.DecidedAt)}, Pair{"处理人", personName(in.Names, r.DecidedBy)})
	}
	return append(facts, Pair{"原文件名", r.File}, Pair{"记录编号", r.ID})
}

func orUnknown(s string) string {
	if s == "" {
		return "未识别"
	}
	return s
}

func joinNonEmpty(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}
