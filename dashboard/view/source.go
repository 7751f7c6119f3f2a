package view

import (
	"fmt"
	"slices"

	"liandu/internal/record"
	"liandu/queries"
)

// SourceInput is what the original's page is made from. Reading is nil when nothing could be read.
type SourceInput struct {
	Address    Address
	Submission record.Submission
	UnitName   string
	Sheets     []SheetGrid
	Reading    *record.Reading
	Findings   []queries.Finding // those whose evidence lies in this submission
	Sheet      string            // "" is the first visible one
	Cell       string
	Also       []string
	Reasons    []queries.Reason
	Names      map[string]string // login → name
}

// Source is the page of an original sheet with a cell lit.
type Source struct {
	Title, Where, Download string
	Unit, UnitHref         string
	Previous, Next         string
	Sheet                  string
	Cell, Raw              string
	RowName                string
	Columns                []SheetColumn
	Rows                   []SheetRow
	Tabs                   []SheetTab
	Chain                  []ChainLink
	Understood             []Fact
	Used                   []UsedCell
	Hash                   string
	Clipped                string
	Missing                string          // why no sheet can be drawn
	Text                   []TextParagraph // of a report in words, instead of a sheet
	Hidden                 string
	Reasons                []ReasonShown
}

// SheetTab is one sheet's tab.
type SheetTab struct {
	Name, Href string
	Current    bool
	Hidden     bool
}

// ChainLink is one step from the judgement to the cell.
type ChainLink struct {
	Light Light
	Head  string
	Text  string
	Href  string
	Here  bool
}

// UsedCell is another cell of the same matter.
type UsedCell struct {
	Ref, Text, Href string
	Current         bool
	Blank           bool
}

// Limits of what is drawn; the original can be downloaded whole. SheetRows is how far down a sheet is known, drawnRows
// how many of its rows a page holds: those around the lit cell.
const (
	SheetRows    = 5000
	SheetColumns = 60
	drawnRows    = 400
)

// NewSource builds the page of an original sheet.
func NewSource(in SourceInput) Source {
	s := in.Submission
	p := Source{
		Title: s.File, Unit: in.UnitName, UnitHref: in.Address.Unit(string(s.Unit)), Cell: in.Cell, Hash: s.SHA256,
		Where:    fmt.Sprintf("第 %d 版　%s 接收", s.Version, moment(s.ReceivedAt)),
		Download: "/submissions/" + s.ID + "/original",
	}
	if s.Version == 0 {
		p.Where = moment(s.ReceivedAt) + " 接收，未入库"
	}
	p.Reasons = reasonsShown(in.Address, in.Names, in.Reasons)
	for _, g := range in.Sheets {
		if g.Name != record.TextSheet {
			p.Tabs = append(p.Tabs, SheetTab{g.Name, in.Address.Source(s.ID, g.Name, ""), g.Name == in.Sheet, g.Hidden})
		}
	}
	if p.text(in) {
		return p
	}
	p.Tabs = nil
	grid := pick(in.Sheets, in.Sheet)
	if grid == nil {
		p.Missing = "这份原件不能画成表格，请下载原件查看"
		return p
	}
	p.Sheet = grid.Name
	for _, g := range in.Sheets {
		p.Tabs = append(p.Tabs, SheetTab{g.Name, in.Address.Source(s.ID, g.Name, ""), g.Name == grid.Name, g.Hidden})
	}
	if in.Reading != nil && in.Reading.Report != nil && !slices.ContainsFunc(p.Tabs, func(t SheetTab) bool { return t.Name == record.TextSheet }) {
		p.Tabs = append(p.Tabs, SheetTab{Name: record.TextSheet, Href: in.Address.Source(s.ID, record.TextSheet, "")})
	}
	p.draw(grid, in.Also)
	p.Raw = cellText(grid, in.Cell)
	p.understand(in, grid)
	p.chain(in, grid)
	p.steps(in, grid)
	return p
}

func pick(sheets []SheetGrid, name string) *SheetGrid {
	for i := range sheets {
		if sheets[i].Name == name || name == "" && !sheets[i].Hidden || len(sheets) == 1 {
			return &sheets[i]
		}
	}
	return nil
}

// understand tells how the reader understood the cell: its column, the text, the value, what the reader remarked.
func (p *Source) understand(in SourceInput, g *SheetGrid) {
	if in.Reading == nil || p.Cell == "" {
		return
	}
	column, row := parseRef(p.Cell)
	for _, c := range in.Reading.Columns {
		if c.Sheet == g.Name && c.Ref == columnName(column) {
			head := c.Head
			if c.Field == "" {
				head += "（未识别的列，原样保留）"
			}
			p.Understood = append(p.Understood, Fact{Name: "列", Text: head})
		}
	}
	raw := p.Raw
	if raw == "" {
		raw = Blank
	}
	p.Understood = append(p.Understood, Fact{Name: "原文", Text: raw})
	if v, name := understood(in.Reading, g.Name, p.Cell, row); v != "" || name != "" {
		p.RowName = name
		if v != "" {
			p.Understood = append(p.Understood, Fact{Name: "理解为", Text: v})
		}
	}
	for _, x := range in.Reading.Problems {
		if x.Sheet == g.Name && x.Cell == p.Cell {
			p.Understood = append(p.Understood, Fact{Name: "提示", Text: x.Message + x.Hint, Missing: true, Error: x.Severity == record.SeverityError})
		}
	}
}

// understood finds the record a row became, the value a cell was understood as, and the record's name.
func understood(r *record.Reading, sheet, cell string, row int) (value, name string) {
	for i := range r.Meetings {
		m := &r.Meetings[i]
		if m.Source.Sheet == sheet && m.Source.Row == row {
			return meetingValue(m, fieldAt(m.Source, cell)), fmt.Sprintf("%d年度 %s", m.SessionYear, m.Kind.Chinese())
		}
	}
	for i := range r.Resolutions {
		x := &r.Resolutions[i]
		if x.Source.Sheet == sheet && x.Source.Row == row {
			return itemValue(x, fieldAt(x.Source, cell)), fmt.Sprintf("%d年第 %s 项　%s", x.SessionYear, text(x.ItemNo), x.Title)
		}
	}
	for i := range r.Establishments {
		e := &r.Establishments[i]
		if e.Source.Sheet == sheet && e.Source.Row == row {
			return "", "制度建立　" + e.LevelText
		}
	}
	return "", ""
}

func fieldAt(s record.Source, cell string) string {
	for f, c := range s.Cells {
		if c == cell {
			return f
		}
	}
	return ""
}

func meetingValue(m *record.Meeting, field string) string {
	switch field {
	case "held_on":
		return m.HeldOn.String()
	case "solicited_on":
		return m.SolicitedOn.String()
	case "minutes_issued_on":
		return m.MinutesIssuedOn.String()
	case "chair_title", "chair_name":
		return m.ChairRank.Chinese()
	case "kind":
		return m.Kind.Chinese()
	case "session_year":
		return itoa(m.SessionYear)
	}
	return ""
}

func itemValue(r *record.Resolution, field string) string {
	switch field {
	case "due_on":
		return r.DueOn.String()
	case "revised_due_on":
		return r.RevisedDueOn.String()
	case "plan_on":
		return r.PlanOn.String()
	case "completed_on":
		return r.CompletedOn.String()
	case "status":
		return r.Status.Chinese()
	case "session_year":
		return itoa(r.SessionYear)
	case "percent":
		if r.Percent != nil {
			return fmt.Sprintf("%g%%", *r.Percent)
		}
	}
	return ""
}

// chain goes from the judgement to the cell.
func (p *Source) chain(in SourceInput, g *SheetGrid) {
	for _, f := range in.Findings {
		for _, e := range f.Evidence {
			if e.Submission == in.Submission.ID && e.Sheet == g.Name && slices.Contains(e.Cells, p.Cell) {
				p.Chain = append(p.Chain, ChainLink{
					Light: severityLight(f.Severity), Head: f.Observed, Text: "「" + f.Clause.Text + "」",
					Href: in.Address.Href("/findings#"+f.ID, "unit", string(f.Unit.Code)),
				})
			}
		}
	}
	if p.RowName != "" {
		p.Chain = append(p.Chain, ChainLink{Head: p.RowName, Text: in.UnitName})
	}
	if p.Cell != "" {
		raw := "原文「" + p.Raw + "」"
		if p.Raw == "" {
			raw = Blank
		}
		p.Chain = append(p.Chain, ChainLink{Head: g.Name + "!" + p.Cell, Text: raw, Here: true})
	}
}

// steps lists the cells of the same matter and the ones before and after this one.
func (p *Source) steps(in SourceInput, g *SheetGrid) {
	at := slices.Index(in.Also, p.Cell)
	for i, c := range in.Also {
		if column, _ := parseRef(c); column == 0 {
			continue
		}
		u := UsedCell{Ref: c, Text: cellText(g, c), Href: in.Address.Source(in.Submission.ID, g.Name, c, in.Also...), Current: i == at}
		if u.Text == "" {
			u.Text, u.Blank = Blank, true
		}
		p.Used = append(p.Used, u)
	}
	if at > 0 {
		p.Previous = in.Address.Source(in.Submission.ID, g.Name, in.Also[at-1], in.Also...)
	}
	if at >= 0 && at+1 < len(in.Also) {
		p.Next = in.Address.Source(in.Submission.ID, g.Name, in.Also[at+1], in.Also...)
	}
}
