package view

import (
	"fmt"
	"path"
	"strconv"

	"liandu/internal/record"
	"liandu/queries"
)

// ReportsInput is what the list of reports in words is made of.
type ReportsInput struct {
	Address Address
	Rows    []queries.Report
	Names   map[string]string // login → name
}

// Reports is the page 文字材料.
type Reports struct {
	Back string
	Lede string
	Rows []WordsLine
}

// WordsLine is one report in words.
type WordsLine struct {
	Href, Received, Unit, Meeting, HeldOn, File, Actor, Warnings string
	State                                                        Mark
	Detail                                                       string
	Version                                                      string // address of the version it became
}

var reportKinds = map[string]string{
	"annual": "年度联席会议", "extraordinary": "临时联席会议", "substitute": "以其他会议代替", "unclear": "待人工确认", "none": "不是联席会议的报道",
}

// NewReports shapes the list.
func NewReports(in ReportsInput) Reports {
	p := Reports{Back: in.Address.Href("/submissions")}
	waiting := 0
	for _, r := range in.Rows {
		l := WordsLine{
			Href: in.Address.Href("/reports/" + r.ID), Received: moment(r.ReceivedAt), Unit: orUnknown(r.UnitName), Meeting: reportKinds[r.Kind],
			HeldOn: date(r.HeldOn), File: path.Base(r.File), Actor: shortName(in.Names, r.Actor), Warnings: itoa(r.Warnings),
		}
		if r.SessionYear != 0 {
			l.Meeting = strconv.Itoa(r.SessionYear) + " " + l.Meeting
		}
		l.State, l.Detail = reportState(r, in.Names)
		if r.How == "" {
			waiting++
		}
		if r.By != "" {
			l.Version = in.Address.Href("/submissions/" + r.By)
		}
		p.Rows = append(p.Rows, l)
	}
	p.Lede = fmt.Sprintf("共 %d 份，待核对 %d 份。", len(in.Rows), waiting)
	return p
}

// reportState says what became of a report: the mark with its word, and who did it.
func reportState(r queries.Report, names map[string]string) (Mark, string) {
	who := ""
	if r.SettledBy != "" {
		who = personName(names, r.SettledBy) + "　" + moment(r.SettledAt)
	}
	switch r.How {
	case "kept":
		return Mark{"light light-green", "已收入数据"}, joinNonEmpty("　", r.By, who)
	case "evidence":
		return Mark{"mark mark-info", "只作佐证"}, joinNonEmpty("　", r.Words, who)
	case "dismissed":
		return Mark{"mark mark-info", "不收入"}, joinNonEmpty("　", r.Words, who)
	}
	return Mark{"mark mark-warning", "待核对"}, ""
}

// ReportInput is what the page of one report is made of.
type ReportInput struct {
	Address   Address
	Row       queries.Report
	Read      *record.ReportRead
	Names     map[string]string
	Form      ReportForm
	Differ    []ReportDiffer
	Corrected []record.ReportCorrection // of a report that was kept
	CanDecide bool
	Error     string
	Hint      string
}

// ReportDiffer is one point on which the report and the version in force differ.
type ReportDiffer struct {
	Message, Words, Ref, Figures, Workbook, Sheet, Cell string
}

// ReportPage is the page of one report: its text with the words lit, beside the facts in a form.
type ReportPage struct {
	Back, Title, Original string
	State                 Mark
	Detail                string
	Version               string
	Error, Hint           string
	Paragraphs            []TextParagraph
	Doubts                []string
	Differ                []DifferLine
	Corrected             []record.ReportCorrection
	Form                  ReportForm
	Known                 map[string]string // fact → anchor of its words in the text
	TopicsRead            string
	Action                string
	IsOpen                bool // an officer may act on it
	CanReplace            bool // the version in force tells of the meeting too
}

// DifferLine is a point of difference with the addresses of both places.
type DifferLine struct {
	Message            string
	Words, WordsHref   string
	Figures, SheetHref string
}

// NewReportPage shapes the page.
func NewReportPage(in ReportInput) ReportPage {
	r := in.Row
	p := ReportPage{
		Back: in.Address.Href("/reports"), Title: orUnknown(r.UnitName) + "　" + path.Base(r.File), Original: in.Address.Href("/submissions/" + r.ID + "/original"),
		Error: in.Error, Hint: in.Hint, Doubts: in.Read.Doubts, Corrected: in.Corrected, Form: in.Form, Action: in.Address.Href("/reports/" + r.ID),
		IsOpen: in.CanDecide && r.How == "", Paragraphs: litText(in.Read.Text, in.Read.Spans),
	}
	p.State, p.Detail = reportState(r, in.Names)
	if r.By != "" {
		p.Version = in.Address.Href("/submissions/" + r.By)
	}
	for _, d := range in.Differ {
		l := DifferLine{Message: d.Message, Words: d.Words, Figures: d.Figures}
		if d.Ref != "" {
			l.WordsHref = in.Address.Source(r.ID, record.TextSheet, d.Ref)
		}
		if d.Sheet != "" && d.Workbook != "" {
			l.SheetHref = in.Address.Source(d.Workbook, d.Sheet, d.Cell)
		}
		p.Differ = append(p.Differ, l)
		p.CanReplace = true
	}
	p.Known, p.TopicsRead = map[string]string{}, topicsRead(in.Read)
	for name, at := range in.Read.Spans {
		p.Known[name] = anchorAt(at[0])
	}
	return p
}

// mostBeside bounds the reports named on the page of a workbook.
const mostBeside = 4

// beside lists the reports in words of the file's quarter, whose disagreements with it stand on their own pages.
func beside(in SubmissionInput) []WordsLine {
	var out []WordsLine
	for _, r := range in.InWords {
		if r.Quarter != in.Row.Quarter.String() || r.By == in.Row.ID || len(out) == mostBeside {
			continue
		}
		l := WordsLine{Href: in.Address.Href("/reports/" + r.ID), File: path.Base(r.File), Meeting: reportKinds[r.Kind], HeldOn: date(r.HeldOn)}
		l.State, l.Detail = reportState(r, in.Names)
		if r.How == "" && r.Warnings > 0 {
			l.Detail = fmt.Sprintf("提醒 %d 处，含与报表不一致之处", r.Warnings)
		}
		out = append(out, l)
	}
	return out
}
