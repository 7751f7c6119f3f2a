package view

import (
	"fmt"
	"strings"

	"liandu/dashboard/export"
	"liandu/internal/period"
	"liandu/internal/record"
)

// DraftInput is what the page of one paper before issue is made from. Official is nil where it is Refused.
type DraftInput struct {
	Address   Address
	Paper     string // its id
	Unit      record.UnitCode
	UnitName  string
	Number    string
	Suggested string
	Why       string
	Bears     bool
	DatedOn   period.Date
	KnownAt   string
	Official  *export.Official
	Refused   string
	Earlier   *DocumentRow
	Sources   *PaperSources
	CanIssue  bool
	Back      string // the page's own address
	Of        string // of a 更正: the documents it corrects
}

// DraftPage is the page of one paper before issue.
type DraftPage struct {
	Name, UnitName, Home string
	Paper                *Paper
	Refused              string
	Fields               []Field // hidden, of the form that changes number and date
	Bears                bool
	Number, Placeholder  string
	Why                  string
	Confirm              bool // the number is a suggestion to be confirmed
	DatedOn, KnownAt     string
	Doubts               []string
	Gaps                 *GapForm
	Missing              string
	Earlier              *DocumentRow
	Download, Issue      string
	Check                string // where an edited file is uploaded to
	CanIssue, Ready      bool
}

// NewDraftPage shapes the page.
func NewDraftPage(in DraftInput) DraftPage {
	p := DraftPage{
		Name: export.PaperName(in.Paper), UnitName: in.UnitName, Home: in.Address.Href("/documents"), Refused: in.Refused, Bears: in.Bears, Number: in.Number,
		Placeholder: "如 云工函〔2025〕1号", DatedOn: in.DatedOn.String(), KnownAt: in.KnownAt, Earlier: in.Earlier, CanIssue: in.CanIssue,
	}
	if in.Bears && in.Number == "" && in.Suggested != "" {
		p.Number, p.Why, p.Confirm = in.Suggested, in.Why, true
	}
	p.Fields = append(in.Address.Fields(), Field{"paper", in.Paper})
	for _, f := range []Field{{"unit", string(in.Unit)}, {"of", in.Of}} {
		if f.Value != "" {
			p.Fields = append(p.Fields, f)
		}
	}
	if in.Official == nil {
		return p
	}
	drawn := NewPaper(in.Official, in.Sources.Of)
	p.Paper, p.Doubts = &drawn, in.Official.Doubts
	p.Gaps = NewGapForm(settingGaps(in.Official), in.Back)
	var names []string
	for _, g := range in.Official.Missing {
		names = append(names, g.Name)
	}
	p.Ready = len(names) == 0
	if !p.Ready {
		p.Missing = fmt.Sprintf("还有 %d 处待填：%s", len(names), strings.Join(names, "、"))
	}
	pairs := []string{"paper", in.Paper, "unit", string(in.Unit), "number", in.Number, "date", in.DatedOn.String(), "of", in.Of}
	p.Download = in.Address.Href("/documents/draft.docx", pairs...)
	p.Issue = in.Address.Href("/documents/issue", pairs...)
	p.Check = in.Address.Href("/documents/check", pairs...)
	return p
}
