package view

import (
	"fmt"
	"net/url"
	"strings"

	"liandu/dashboard/export"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// DocumentInput is what the page of one issued paper is made from. Moved is nil for an account that may not draft.
type DocumentInput struct {
	Address     Address
	Document    queries.Document
	Official    *export.Official
	Sources     *PaperSources
	RegimeName  string
	Submissions int
	Units       map[record.UnitCode]string
	Names       map[string]string // of accounts
	Moved       *MovedInput
	Corrections []queries.Document
	CanIssue    bool
	CanDraft    bool
	Edited      bool // an edited file was issued instead of the one made
	Differences []export.Disagreement
}

// MovedInput is what became of an issued paper's figures.
type MovedInput struct {
	Document  queries.Document
	Gone      string
	Changes   []export.FigureChange
	Causes    []CauseInput
	Corrected *queries.Document
}

// CauseInput is one change behind it; Submission is "" for others than submissions.
type CauseInput struct{ Text, Submission, At string }

// DocumentPage is the page of one issued paper.
type DocumentPage struct {
	Home, Number, Name, Title string
	Paper                     Paper
	Facts                     []Field
	File, Generated           string
	Moved                     *MovedView
	Corrections               []DocumentRow
	CanDraft                  bool
	Differences               []export.Disagreement
	Reason                    string
	Edited                    bool
	Open                      string // where a matter of a letter is opened, "" for those who may not
}

// MovedView is the figures of an issued paper that are otherwise now.
type MovedView struct {
	Number, Name, To, Title, Href string
	Verdict, Tone                 string
	Gone                          string
	Changes                       []ChangeRow
	Causes                        []Cause
	Corrected, CorrectedHref      string
	Draft                         string // where the 更正 is drafted
}

// ChangeRow is one figure old and new.
type ChangeRow struct{ Place, Words, Was, Is string }

// Cause is one change after which figures may be others.
type Cause struct{ Text, Href, At string }

// NewDocumentPage shapes the page.
func NewDocumentPage(in DocumentInput) DocumentPage {
	d := in.Document
	p := DocumentPage{
		Home: in.Address.Href("/documents"), Number: text(d.Number), Name: export.PaperName(d.Paper), Title: d.Title, Paper: NewPaper(in.Official, in.Sources.Of),
		File: "/documents/" + url.PathEscape(d.ID) + "/file", CanDraft: in.CanDraft, Edited: in.Edited, Differences: in.Differences, Reason: d.Reason,
	}
	if in.Edited {
		p.Generated = "/documents/" + url.PathEscape(d.ID) + "/generated"
	}
	quarter := d.Quarter
	if q, err := period.ParseQuarter(d.Quarter); err == nil {
		quarter = q.Chinese()
	}
	p.Facts = []Field{
		{"编号", d.ID}, {"文号", text(d.Number)}, {"主送", text(d.To)}, {"成文日期", d.DatedOn.String()}, {"回复期限", text(d.ReplyDue.String())},
		{"签发", d.IssuedAt.In(period.Shanghai).Format("2006-01-02 15:04") + "　" + shortName(in.Names, d.Actor)},
		{"报告期", quarter + "，会议年度 " + itoa(d.Year)}, {"采用数据", minuteOf(d) + "前接收，" + itoa(in.Submissions) + " 份报送"},
		{"制度", in.RegimeName + "（" + d.Regime + "）"}, {"层级", d.Level.Chinese()}, {"SHA-256", d.SHA256},
	}
	if in.CanIssue && strings.HasPrefix(d.Kind, "letter_") {
		p.Open = in.Address.Href("/matters/new", "unit", string(d.Unit), "document", documentName(d))
	}
	if d.Again != "" {
		p.Facts = append(p.Facts, Field{"同一文件的前一份", d.Again})
	}
	if len(d.Corrects) > 0 {
		p.Facts = append(p.Facts, Field{"更正的文件", strings.Join(d.Corrects, "、")})
	}
	if in.Moved != nil {
		m := NewMovedView(in.Address, *in.Moved, in.CanIssue)
		p.Moved = &m
	}
	for _, c := range in.Corrections {
		p.Corrections = append(p.Corrections, documentRow(DocumentsInput{Address: in.Address}, c))
	}
	return p
}

func minuteOf(d queries.Document) string {
	return d.KnownAt.In(period.Shanghai).Format("2006-01-02 15:04")
}

// NewMovedView shapes one paper's changes.
func NewMovedView(a Address, in MovedInput, canIssue bool) MovedView {
	d := in.Document
	m := MovedView{
		Number: text(d.Number), Name: export.PaperName(d.Paper), To: d.To, Title: d.Title, Href: a.Href("/documents/" + url.PathEscape(d.ID)), Gone: in.Gone,
		Verdict: "各项数字与现有数据一致", Tone: "green",
	}
	for _, c := range in.Changes {
		m.Changes = append(m.Changes, ChangeRow{Place: c.Place, Words: c.Words, Was: text(c.Was), Is: text(c.Is)})
	}
	for _, c := range in.Causes {
		v := Cause{Text: c.Text, At: c.At}
		if c.Submission != "" {
			v.Href = "/submissions/" + url.PathEscape(c.Submission)
		}
		m.Causes = append(m.Causes, v)
	}
	if in.Corrected != nil {
		m.Corrected, m.CorrectedHref = strings.TrimSpace(in.Corrected.Number+" "+in.Corrected.ID), a.Href("/documents/"+url.PathEscape(in.Corrected.ID))
	}
	if (in.Gone != "" || len(in.Changes) > 0) && canIssue {
		m.Draft = a.Href("/documents/draft", "paper", export.PaperCorrection, "of", d.ID, "period", d.Quarter, "year", itoa(d.Year), "regime", d.Regime, "level", string(d.Level))
	}
	switch {
	case in.Gone != "":
		m.Verdict, m.Tone = "按现有数据不再生成这份文件", "red"
	case len(in.Changes) > 0:
		m.Verdict, m.Tone = fmt.Sprintf("%d 处与现有数据不一致", len(in.Changes)), "red"
	case in.Corrected != nil:
		m.Verdict = "已更正，更正后的数字与现有数据一致"
	}
	return m
}

// Corrections is the page of every issued paper that says something no longer so.
type Corrections struct {
	Home   string
	Lede   string
	Papers []MovedView
}

// NewCorrections shapes the page.
func NewCorrections(a Address, touched []MovedInput, all int, canIssue bool) Corrections {
	p := Corrections{Home: a.Href("/documents"), Lede: fmt.Sprintf("已发文件 %d 份，%d 份与现有数据不一致", all, len(touched))}
	for _, m := range touched {
		p.Papers = append(p.Papers, NewMovedView(a, m, canIssue))
	}
	return p
}

// CheckInput is what the page of an edited file held against the data is made from.
type CheckInput struct {
	Address     Address
	Paper       string
	Unit        record.UnitCode
	UnitName    string
	File        string
	Sum         string
	Number      string
	DatedOn     string
	Of          string
	Differences []export.Disagreement
	Sources     *PaperSources
	CanIssue    bool
	Action      string
	Expect      string
	Missing     []export.Gap
	Earlier     *DocumentRow
	Refused     string
	Reason      string
}

// CheckPage is the page of an edited file held against the data.
type CheckPage struct {
	Name, UnitName, Draft    string
	File, Number, DatedOn    string
	Verdict, Note, Tone      string
	Rows                     []CheckRow
	Paper, Unit, Sum, Expect string
	Of                       string
	Action, Check            string
	CanIssue, Ready          bool
	Missing                  string
	NeedsReason              bool
	Earlier                  *DocumentRow
	Error, Reason            string
}

// CheckRow is one place that does not agree.
type CheckRow struct {
	Kind, Mark, Place, Found, Right, Why, Href string
}

// NewCheckPage shapes the page.
func NewCheckPage(in CheckInput) CheckPage {
	pairs := []string{"paper", in.Paper, "unit", string(in.Unit), "number", in.Number, "date", in.DatedOn, "of", in.Of}
	p := CheckPage{
		Name: export.PaperName(in.Paper), UnitName: in.UnitName, Draft: in.Address.Href("/documents/draft", pairs...), File: in.File, Number: in.Number, DatedOn: in.DatedOn,
		Paper: in.Paper, Unit: string(in.Unit), Sum: in.Sum, Expect: in.Expect, Of: in.Of, Action: in.Action, Check: in.Address.Href("/documents/check", pairs...),
		CanIssue: in.CanIssue, Earlier: in.Earlier, Error: in.Refused, Reason: in.Reason, Verdict: "修改稿与数据一致", Note: "每个数字、单位、职务、日期和引文都与数据相同。", Tone: "green",
	}
	wrong := 0
	for _, d := range in.Differences {
		row := CheckRow{Kind: string(d.Kind), Mark: "mark-warning", Place: d.Place, Found: text(d.Found), Right: text(d.Right), Why: d.Why}
		if d.Kind == export.KindDiffers {
			wrong++
			row.Mark = "mark-error"
		}
		if d.Figure != "" {
			row.Href, _ = in.Sources.Of(export.Figure{ID: d.Figure})
		}
		p.Rows = append(p.Rows, row)
	}
	if n := len(in.Differences); n > 0 {
		p.Verdict, p.Tone, p.NeedsReason = fmt.Sprintf("%d 处要看：%d 处与数据不一致", n, wrong), "red", true
		p.Note = "请在 Word 中改正后重新上传；确需保留的，写明理由后可以签发。"
		if wrong == 0 {
			p.Tone = "yellow"
		}
	}
	var names []string
	for _, g := range in.Missing {
		names = append(names, g.Name)
	}
	if p.Ready = len(names) == 0; !p.Ready {
		p.Missing = "设置还缺：" + strings.Join(names, "、")
	}
	return p
}
