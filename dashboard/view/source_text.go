package view

import (
	"fmt"

	"liandu/internal/record"
)

// text draws a report's text with the words of a cell lit; false where a sheet is asked for or the file holds no text.
func (p *Source) text(in SourceInput) bool {
	if in.Reading == nil || in.Reading.Report == nil || in.Sheet != record.TextSheet && (in.Sheet != "" || len(in.Sheets) > 0) {
		return false
	}
	r := in.Reading.Report
	p.Sheet = record.TextSheet
	p.Tabs = append(p.Tabs, SheetTab{Name: record.TextSheet, Href: in.Address.Source(in.Submission.ID, record.TextSheet, ""), Current: true})
	span, ok := record.TextSpan(r.Text, p.Cell)
	if !ok {
		p.Cell, p.Text = "", litText(r.Text, r.Spans)
		return true
	}
	p.Raw = string([]rune(r.Text)[span[0]:span[1]])
	p.Text = litAt(r.Text, span)
	p.Understood = append(p.Understood, Fact{Name: "原文", Text: p.Raw})
	for _, m := range in.Reading.Meetings {
		p.understandText(m.Source, meetingValue(&m, fieldAt(m.Source, p.Cell)), fmt.Sprintf("%d年度 %s", m.SessionYear, m.Kind.Chinese()))
	}
	for _, x := range in.Reading.Resolutions {
		p.understandText(x.Source, itemValue(&x, fieldAt(x.Source, p.Cell)), fmt.Sprintf("%d年第 %s 项　%s", x.SessionYear, text(x.ItemNo), x.Title))
	}
	for _, x := range in.Reading.Problems {
		if x.Sheet == record.TextSheet && x.Cell == p.Cell {
			p.Understood = append(p.Understood, Fact{Name: "提示", Text: x.Message + x.Hint, Missing: true, Error: x.Severity == record.SeverityError})
		}
	}
	if k := r.Kept; k != nil {
		for _, c := range k.Corrections {
			change := fmt.Sprintf("改为「%s」", c.Kept)
			if c.Kept == "" {
				change = "核对时删去"
			}
			p.Understood = append(p.Understood, Fact{Name: "核对时改动", Text: fmt.Sprintf("%s：读出「%s」，%s", c.Field, c.Read, change)})
		}
	}
	if p.RowName != "" {
		p.Chain = append(p.Chain, ChainLink{Head: p.RowName, Text: in.UnitName})
	}
	p.Chain = append(p.Chain, ChainLink{Head: record.TextSheet + p.Cell, Text: "原文「" + p.Raw + "」", Here: true})
	return true
}

// understandText notes what the words of a cell became in one row.
func (p *Source) understandText(s record.Source, value, name string) {
	if s.Sheet != record.TextSheet || s.Submission != "" || fieldAt(s, p.Cell) == "" {
		return
	}
	p.RowName = name
	if value != "" {
		p.Understood = append(p.Understood, Fact{Name: "理解为", Text: value})
	}
}
