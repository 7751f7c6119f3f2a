package view

import (
	"fmt"
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// SubmissionsInput is what the page of one quarter's reports is made of.
type SubmissionsInput struct {
	Address          Address
	Quarter          period.Quarter
	Sent             []queries.SentRow       // of every quarter of the year up to this one
	Recent           []queries.SubmissionRow // files of the quarter, latest first
	Names            map[string]string       // login → name
	Interrupted      []queries.Interrupted
	Waiting          []WaitingFile           // of the quarter, the oldest first
	WaitingElsewhere int                     // of other quarters
	Batch            []queries.SubmissionRow // handed in just now, in their order
	CanSubmit        bool
	CanDecide        bool
	HasBlank         bool
	Own              record.UnitCode // a County account's unit
	Form             UploadForm      // what was chosen, when the form comes back
}

// Submissions is the page 报送管理: who has sent for the quarter, and the form to hand in files.
type Submissions struct {
	Lede        string
	Quarter     string // 2024年第四季度
	Rows        []SentLine
	Foot        string
	Year        []string // 「一季度」…, the quarters of the strip
	Recent      []SubmissionLine
	Interrupted string // names the originals kept and never decided, "" for none
	Waiting     *Waiting
	Batch       *Batch
	All         string // address of the list of all files received
	InWords     string // address of the reports in words
	Blanks      string // address of all blank workbooks, "" where there is one unit only
	Form        *UploadForm
}

// SentLine is one submitter's row.
type SentLine struct {
	Unit     string
	DueOn    string
	First    string
	Last     string
	State    Mark
	Year     []QuarterMark
	Version  string
	Href     string // the version in force, "" when there is none
	Waiting  string // address of its file that waits, "" for none
	Warnings string
	Rejected string
	History  string // address of every file of the unit and quarter
	Blank    string // address of its blank workbook
}

// QuarterMark is how a unit stood in one quarter of the year: one character, its words in Title.
type QuarterMark struct {
	Mark
	Title string
	Href  string
	Now   bool
}

// Mark is a shape with its word; Class is the component's.
type Mark struct{ Class, Word string }

// UploadForm is the form to hand in files. Units is empty for a County account, whose unit is not chosen.
type UploadForm struct {
	Own      string // name of the only unit it may be for
	Units    []Option
	Quarters []Option
	Errors   []FileError
	Limit    string
	Action   string
}

// FileError is a file that could not be taken at all, with why.
type FileError struct{ File, Message string }

// Option is one choice of a selector.
type Option struct {
	Value    string
	Text     string
	Selected bool
}

// NewSubmissions shapes the page.
func NewSubmissions(in SubmissionsInput) Submissions {
	p := Submissions{Quarter: in.Quarter.Chinese(), All: in.Address.Href("/submissions/all"), InWords: in.Address.Href("/reports"), Interrupted: interrupted(in.Interrupted)}
	var (
		missing         []string // of those due
		waiting         []string // sent, and nothing accepted yet
		sent, onTime    int
		returned, warns int
	)
	for _, r := range in.Sent {
		if r.Quarter != in.Quarter {
			continue
		}
		p.Rows = append(p.Rows, sentLine(in, r))
		if r.Version > 0 {
			sent++
		} else if waitingOf(in, r) != nil {
			waiting = append(waiting, r.Unit.Name)
		} else if r.OnTime != nil || in.Own != "" {
			missing = append(missing, r.Unit.Name)
		}
		if r.OnTime != nil && *r.OnTime {
			onTime++
		}
		returned += r.Rejected
		warns += r.Warnings
	}
	for n := 1; n <= in.Quarter.N; n++ {
		p.Year = append(p.Year, [...]string{"一", "二", "三", "四"}[n-1])
	}
	for _, r := range in.Recent {
		p.Recent = append(p.Recent, submissionLine(in.Address, in.Names, r))
	}
	p.Lede = sentLede(in, len(p.Rows), sent, onTime, missing, waiting)
	p.Foot = fmt.Sprintf("共 %d 个单位　已报 %d　按时 %d　提醒 %d 处　退回 %d 次", len(p.Rows), sent, onTime, warns, returned)
	if n := len(in.Waiting); n > 0 {
		p.Foot += fmt.Sprintf("　待受理 %d 份", n)
	}
	p.Waiting, p.Batch = newWaiting(in), newBatch(in)
	if in.HasBlank && len(p.Rows) > 1 {
		p.Blanks = in.Address.Href("/templates", "period", in.Quarter.String())
	}
	if in.CanSubmit {
		form := in.Form
		p.Form = &form
	}
	return p
}

func sentLede(in SubmissionsInput, all, sent, onTime int, missing, waiting []string) string {
	if in.Own != "" {
		if len(waiting) > 0 {
			return fmt.Sprintf("%s的%s报表已收到，待受理。", waiting[0], in.Quarter.Chinese())
		}
		if len(missing) > 0 {
			lede := fmt.Sprintf("%s还没有报送%s。", missing[0], in.Quarter.Chinese())
			if len(in.Recent) > 0 && (in.Recent[0].Status == record.Rejected || in.Recent[0].Status == record.Returned) {
				lede += "最近一份已退回，请在下面点开，按逐格的改法改正后重新上传。"
			}
			return lede
		}
		return fmt.Sprintf("%s已报送%s。", in.Form.Own, in.Quarter.Chinese())
	}
	if all == 0 {
		return "还没有登记填报单位。"
	}
	lede := fmt.Sprintf("应报 %d 个，已报 %d 个，其中按时 %d 个", all, sent, onTime)
	if len(missing) > 0 {
		lede += "；未报：" + strings.Join(missing, "、")
	}
	if n := len(waiting); n > 0 {
		lede += fmt.Sprintf("；待受理 %d 个", n)
		if n <= waitingNames {
			lede += "：" + strings.Join(waiting, "、")
		}
	}
	return lede + "。"
}

// waitingNames is how many units that wait are named; the list below names them all.
const waitingNames = 3

func sentLine(in SubmissionsInput, r queries.SentRow) SentLine {
	code, quarter := string(r.Unit.Code), r.Quarter.String()
	l := SentLine{
		Unit: r.Unit.Name, DueOn: date(r.DueOn), First: moment(r.FirstReceivedAt), Last: moment(r.LastReceivedAt),
		State: sentState(r), Version: Nil, Warnings: itoa(r.Warnings), Rejected: itoa(r.Rejected),
		History: in.Address.Href("/submissions/all", "unit", code, "quarter", quarter),
	}
	if in.HasBlank {
		l.Blank = in.Address.Href("/templates/"+code, "period", quarter)
	}
	for _, past := range in.Sent {
		if past.Unit.Code == r.Unit.Code && past.Quarter.Year == r.Quarter.Year && past.Quarter.N <= r.Quarter.N {
			l.Year = append(l.Year, quarterMark(in, past))
		}
	}
	if w := waitingOf(in, r); w != nil {
		l.Waiting = in.Address.Href("/submissions/" + w.Row.ID)
		if r.Version == 0 {
			l.State, l.First, l.Last = Mark{"mark mark-wait", "待受理"}, Nil, Nil
		}
	}
	if r.Version > 0 {
		l.Version = fmt.Sprintf("第 %d 版", r.Version)
		l.Href = in.Address.Href("/submissions/" + r.Submission)
	}
	return l
}

func quarterMark(in SubmissionsInput, r queries.SentRow) QuarterMark {
	m := QuarterMark{Mark: sentState(r), Now: r.Quarter == in.Quarter}
	m.Title = r.Unit.Name + " " + r.Quarter.Chinese() + " " + m.Word
	m.Word = map[string]string{"按时": "按", "已报": "报", "未报": "未", "未到期": Nil}[m.Word]
	if m.Word == "" {
		m.Word = "迟"
	}
	if w := waitingOf(in, r); w != nil && r.Version == 0 {
		m.Mark, m.Href = Mark{"mark mark-wait", "待"}, in.Address.Href("/submissions/"+w.Row.ID)
		m.Title = r.Unit.Name + " " + r.Quarter.Chinese() + " 待受理"
	}
	if r.Version > 0 {
		m.Href = in.Address.Href("/submissions/" + r.Submission)
	}
	return m
}

// sentState says how a unit stands: sent on time, sent late, not sent though due, or not yet due.
func sentState(r queries.SentRow) Mark {
	switch {
	case r.Version > 0 && r.OnTime != nil && *r.OnTime:
		return Mark{"light light-green", "按时"}
	case r.Version > 0 && r.OnTime != nil:
		late := period.DateOf(r.FirstReceivedAt.In(period.Shanghai)).DaysSince(r.DueOn)
		return Mark{"light light-yellow", fmt.Sprintf("迟报 %d 天", late)}
	case r.Version > 0:
		return Mark{"light light-green", "已报"}
	case r.OnTime != nil:
		return Mark{"light light-red", "未报"}
	}
	return Mark{"light light-none", "未到期"}
}

// SubmissionListInput is what the list of all files received is made of.
type SubmissionListInput struct {
	Address  Address
	Rows     []queries.SubmissionRow
	Names    map[string]string // login → name
	Units    []record.Unit     // to choose from; empty for a County account
	Quarters []period.Quarter
	Filter   queries.SubmissionFilter
}

// SubmissionList is the page 全部报送记录: every file received, rejected and duplicate ones too.
type SubmissionList struct {
	Units    []Option
	Quarters []Option
	States   []Option
	Keep     []Field
	Rows     []SubmissionLine
	Foot     string
	Back     string
	Clear    string
	Filtered bool
}

// SubmissionLine is one file of the list.
type SubmissionLine struct {
	ID       string
	Href     string
	Received string
	Unit     string
	Quarter  string
	File     string
	State    Mark
	Version  string
	InForce  bool
	Errors   int
	Warnings int
	Actor    string
	Original string
}

// NewSubmissionList shapes the page.
func NewSubmissionList(in SubmissionListInput) SubmissionList {
	p := SubmissionList{
		Keep: in.Address.Fields(), Back: in.Address.Href("/submissions"), Clear: in.Address.Href("/submissions/all"),
		Filtered: in.Filter.Unit != "" || in.Filter.Status != "" || !in.Filter.Quarter.IsZero(),
	}
	for _, u := range in.Units {
		p.Units = append(p.Units, Option{string(u.Code), u.Name, u.Code == in.Filter.Unit})
	}
	for i := len(in.Quarters) - 1; i >= 0; i-- {
		q := in.Quarters[i]
		p.Quarters = append(p.Quarters, Option{q.String(), q.Chinese(), q == in.Filter.Quarter})
	}
	for _, s := range fileStatuses {
		p.States = append(p.States, Option{string(s), fileStatus(s), s == in.Filter.Status})
	}
	counts := map[record.SubmissionStatus]int{}
	for _, r := range in.Rows {
		counts[r.Status]++
		p.Rows = append(p.Rows, submissionLine(in.Address, in.Names, r))
	}
	p.Foot = fmt.Sprintf("共 %d 个文件　已受理 %d　退回改正 %d　重复 %d", len(in.Rows), counts[record.Accepted],
		counts[record.Rejected], counts[record.Duplicate])
	for _, s := range fileStatuses[3:] {
		if n := counts[s]; n > 0 {
			p.Foot += fmt.Sprintf("　%s %d", fileStatus(s), n)
		}
	}
	return p
}

func submissionLine(a Address, names map[string]string, r queries.SubmissionRow) SubmissionLine {
	l := SubmissionLine{
		ID: r.ID, Href: a.Href("/submissions/" + r.ID), Received: moment(r.ReceivedAt), Unit: orUnknown(r.UnitName),
		Quarter: orUnknown(r.Quarter.String()), File: r.File, Version: Nil, InForce: r.IsInForce, Errors: r.Errors,
		Warnings: r.Warnings, Actor: shortName(names, r.Actor), Original: a.Href("/submissions/" + r.ID + "/original"),
	}
	switch r.Status {
	case record.Accepted:
		l.State = Mark{"light light-green", fileStatus(r.Status)}
		l.Version = fmt.Sprintf("第 %d 版", r.Version)
	case record.Rejected, record.Returned:
		l.State = Mark{"mark mark-error", fileStatus(r.Status)}
	case record.Pending:
		l.State = Mark{"mark mark-wait", fileStatus(r.Status)}
	default:
		l.State = Mark{"mark mark-info", fileStatus(r.Status)}
	}
	return l
}

// fileStatuses are the states of a file in the order they are offered and counted.
var fileStatuses = []record.SubmissionStatus{
	record.Accepted, record.Rejected, record.Duplicate, record.Pending, record.Returned, record.Withdrawn, record.Superseded,
	record.InWords,
}

func fileStatus(s record.SubmissionStatus) string {
	return map[record.SubmissionStatus]string{
		record.Accepted: "已受理", record.Rejected: "退回改正", record.Duplicate: "重复",
		record.Pending: "待受理", record.Returned: "已退回", record.Withdrawn: "已撤回", record.Superseded: "已被新件代替",
		record.InWords: "文字材料",
	}[s]
}

// interruptedNames is how many files are named; the log names them all.
const interruptedNames = 10

// interrupted says which files have to be sent again.
func interrupted(files []queries.Interrupted) string {
	if len(files) == 0 {
		return ""
	}
	var names []string
	for _, f := range files {
		names = append(names, "「"+f.File+"」（"+moment(f.ReceivedAt)+"）")
	}
	list, more := strings.Join(names[:min(len(names), interruptedNames)], "、"), ""
	if len(names) > interruptedNames {
		more = "等"
	}
	return fmt.Sprintf("有 %d 份文件只保存了原件，程序在读取前中断，尚未计入：%s%s。请重新上传同一文件。", len(files), list, more)
}
