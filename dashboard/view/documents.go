package view

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"liandu/dashboard/export"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/setting"
	"liandu/queries"
)

// DocumentsInput is what 通报与督导函 is made from. Ready is nil for an account that may not draft.
type DocumentsInput struct {
	Address  Address
	Quarter  period.Quarter
	Year     int
	Today    period.Date
	Ready    []ReadyPaper
	Issued   []queries.Document
	Touched  map[string]int // changes by document
	Gone     map[string]bool
	Units    map[record.UnitCode]string
	Names    map[string]string // of accounts
	CanDraft bool
	CanIssue bool
	Back     string // the page's own address, for forms
}

// ReadyPaper is a paper that may be made of the quarter; Refused says why it cannot, Papers are those it gives.
type ReadyPaper struct {
	Paper   export.Paper
	Papers  []*export.Official
	Refused string
}

// Documents is the page 通报与督导函.
type Documents struct {
	Lede     string
	CanDraft bool
	CanIssue bool
	Gaps     *GapForm
	Kinds    []DocumentKind
	Touched  string // how many issued papers say something no longer so
	Fixes    string // where they are listed
	Issued   []DocumentRow
	Count    string
	County   bool
	Letters  string // both letters of every laggard
	Zip      string // the issued papers of the quarter
}

// DocumentKind is one row of what can be made.
type DocumentKind struct {
	Name, About, Count, Refused string
	Gaps                        string
	Issued                      string
	Units                       []DocumentUnit
	Open, Batch, Zip            string // addresses: preview, issue all, all as drafts
	OpenWord, BatchWord         string
}

// DocumentUnit is one unit that gets a paper.
type DocumentUnit struct{ Name, Href, State string }

// DocumentRow is one issued paper.
type DocumentRow struct {
	ID, Number, Name, To, Title, Quarter, DatedOn, ReplyDue, IssuedAt, By string
	Href, File, State, Class                                              string
}

// GapForm asks for the settings that papers lack, where they are lacking.
type GapForm struct {
	Action, Back string
	Fields       []SettingField
	Error        string
	Count        int
}

// NewDocuments shapes the page.
func NewDocuments(in DocumentsInput) Documents {
	p := Documents{CanDraft: in.CanDraft, CanIssue: in.CanIssue, County: !in.CanDraft}
	issued := map[string]int{}
	for _, d := range in.Issued {
		if d.Quarter == in.Quarter.String() && d.Year == in.Year {
			issued[d.Paper]++
			issued[d.Paper+"/"+string(d.Unit)]++
		}
		p.Issued = append(p.Issued, documentRow(in, d))
	}
	p.Count = fmt.Sprintf("共 %d 份，发出后不改；正文有出入的另发更正", len(in.Issued))
	var gaps []export.Gap
	var can []string
	for _, r := range in.Ready {
		row := documentKind(in, r, issued)
		p.Kinds = append(p.Kinds, row)
		if n := len(r.Papers); n > 0 && r.Paper.Number != "" {
			can = append(can, fmt.Sprintf("%s %d 份", r.Paper.Name, n))
		}
		for _, o := range r.Papers {
			gaps = append(gaps, settingGaps(o)...)
		}
	}
	if in.CanDraft {
		p.Lede = in.Quarter.Chinese() + "可制作" + strings.Join(can, "、")
		p.Gaps = NewGapForm(gaps, in.Back)
		for _, r := range in.Ready {
			if r.Paper.ID == export.PaperLetterUnion && len(r.Papers) > 0 {
				p.Letters = in.Address.Href("/documents/issue", "paper", "letters")
			}
		}
	}
	for _, d := range in.Issued {
		if d.Quarter == in.Quarter.String() {
			p.Zip = in.Address.Href("/documents/issued.zip")
		}
	}
	touched := 0
	for _, d := range in.Issued {
		if in.Touched[d.ID] > 0 || in.Gone[d.ID] {
			touched++
		}
	}
	if touched > 0 {
		p.Touched = fmt.Sprintf("%d 份已发文件与现有数据不一致", touched)
		p.Fixes = in.Address.Href("/documents/corrections")
	}
	return p
}

func documentKind(in DocumentsInput, r ReadyPaper, issued map[string]int) DocumentKind {
	id := r.Paper.ID
	row := DocumentKind{Name: r.Paper.Name, About: r.Paper.About, Refused: r.Refused, Count: Nil}
	if n := issued[id]; n > 0 {
		row.Issued = fmt.Sprintf("已签发 %d 份", n)
	}
	var names []string
	for _, o := range r.Papers {
		for _, g := range settingGaps(o) {
			if !slices.Contains(names, g.Name) {
				names = append(names, g.Name)
			}
		}
		if r.Paper.Each {
			u := DocumentUnit{Name: in.Units[o.Unit], Href: in.Address.Href("/documents/draft", "paper", id, "unit", string(o.Unit))}
			if issued[id+"/"+string(o.Unit)] > 0 {
				u.State = "已发"
			}
			row.Units = append(row.Units, u)
		}
	}
	row.Gaps = strings.Join(names, "、")
	if r.Refused != "" {
		return row
	}
	row.Count = fmt.Sprintf("%d 份", len(r.Papers))
	if len(r.Papers) == 0 {
		row.Count = "无"
		return row
	}
	if !r.Paper.Each {
		row.Open, row.OpenWord = in.Address.Href("/documents/draft", "paper", id), "预览"
		return row
	}
	if !r.Paper.Form {
		row.Batch, row.BatchWord = in.Address.Href("/documents/issue", "paper", id), "核对并签发"
	}
	row.Zip = in.Address.Href("/documents/drafts.zip", "paper", id)
	return row
}

func documentRow(in DocumentsInput, d queries.Document) DocumentRow {
	row := DocumentRow{
		ID: d.ID, Number: text(d.Number), Name: export.PaperName(d.Paper), To: d.To, Title: d.Title, DatedOn: d.DatedOn.String(), ReplyDue: text(d.ReplyDue.String()),
		IssuedAt: d.IssuedAt.In(period.Shanghai).Format("2006-01-02 15:04"), By: shortName(in.Names, d.Actor),
		Href: in.Address.Href("/documents/" + url.PathEscape(d.ID)), File: "/documents/" + url.PathEscape(d.ID) + "/file",
		State: "与现有数据一致", Class: "dim",
	}
	if q, err := period.ParseQuarter(d.Quarter); err == nil {
		row.Quarter = q.Chinese()
	}
	switch {
	case !in.CanDraft:
		row.State = ""
	case d.Kind == export.PaperCorrection:
		row.State = "更正 " + strings.Join(d.Corrects, "、")
	case in.Gone[d.ID]:
		row.State, row.Class = "发函事实已不存在", "bad"
	case in.Touched[d.ID] > 0:
		row.State, row.Class = fmt.Sprintf("%d 处有变动", in.Touched[d.ID]), "bad"
	}
	return row
}

// settingGaps are the gaps that a setting fills; a number is given with the paper.
func settingGaps(o *export.Official) []export.Gap {
	var out []export.Gap
	for _, g := range o.Missing {
		if !strings.HasSuffix(g.Key, ".number") {
			out = append(out, g)
		}
	}
	return out
}

// NewGapForm asks for each setting once, nil where nothing is missing.
func NewGapForm(gaps []export.Gap, back string) *GapForm {
	f := &GapForm{Action: "/documents/settings", Back: back}
	for _, g := range gaps {
		if slices.ContainsFunc(f.Fields, func(x SettingField) bool { return x.Key == g.Key }) {
			continue
		}
		field := SettingField{Key: g.Key, Name: setting.Name(g.Key)}
		for _, k := range setting.Keys {
			if k.ID == g.Key {
				field.About = k.About
			}
		}
		f.Fields = append(f.Fields, field)
	}
	if f.Count = len(f.Fields); f.Count == 0 {
		return nil
	}
	return f
}

// NewDocumentRow is one issued paper as lists show it.
func NewDocumentRow(a Address, d queries.Document) DocumentRow {
	return documentRow(DocumentsInput{Address: a}, d)
}

// NewTypedGaps is the form of missing settings as it was typed, with why it was not kept.
func NewTypedGaps(typed map[string]string, back, refused string) GapForm {
	f := GapForm{Action: "/documents/settings", Back: back, Error: refused}
	for _, k := range setting.Keys {
		if value, ok := typed[k.ID]; ok {
			f.Fields = append(f.Fields, SettingField{Key: k.ID, Name: k.Name, About: k.About, Value: value})
		}
	}
	f.Count = len(f.Fields)
	return f
}
