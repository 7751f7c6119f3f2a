package view

import (
	"fmt"
	"strings"

	"liandu/internal/record"
	"liandu/queries"
)

// NamesInput is what the page 单位名称 is made of. Units are all that a name may mean, the nearest ones first; Chosen is
// what was picked in a refused form, by the choice's name.
type NamesInput struct {
	Address Address
	Row     queries.SubmissionRow
	Names   []NameAsked
	Units   []Option
	Chosen  map[string]string
	Error   string
}

// NameAsked is a name no unit is registered under, its places in the file and the units it may mean.
type NameAsked struct {
	Written    string
	Submitter  bool
	Places     []record.Problem
	Candidates []Option
}

// Names is the page 单位名称, on which a person says what unit an unknown name means.
type Names struct {
	Title  string
	Back   string
	Action string
	Error  string
	Rows   []NameRow
}

// NameRow is one name with its choices. Select is the name of the list of all units.
type NameRow struct {
	Written    string
	What       string // 填报单位, 召开单位等
	Places     []FileLine
	More       string
	Name       string
	Select     string
	Candidates []Option
	Units      []Option
}

// NameChoice is the form field of a name's choice among candidates, NameOther that of its list of all units. They carry
// the name itself: by the time the form arrives another name may have been settled, and places in the list have moved.
func NameChoice(written string) string { return "near " + written }

// NameOther is where another unit than the candidates is picked.
func NameOther(written string) string { return "other " + written }

// NewNames shapes the page.
func NewNames(in NamesInput) Names {
	base := "/submissions/" + in.Row.ID
	p := Names{Title: who(in.Row), Back: in.Address.Href(base), Action: in.Address.Href(base + "/names"), Error: in.Error}
	for _, n := range in.Names {
		row := NameRow{Written: n.Written, What: "表中单位", Name: NameChoice(n.Written), Select: NameOther(n.Written)}
		if n.Submitter {
			row.What = "填报单位"
		}
		const few = 6
		for _, q := range n.Places[:min(len(n.Places), few)] {
			row.Places = append(row.Places, FileLine{Name: strings.TrimSpace(q.Sheet + " " + q.Cell), Href: in.Address.Source(in.Row.ID, q.Sheet, q.Cell)})
		}
		if len(n.Places) > few {
			row.More = fmt.Sprintf("等 %d 处", len(n.Places))
		}
		for _, o := range n.Candidates {
			o.Selected = in.Chosen[row.Name] == o.Value
			row.Candidates = append(row.Candidates, o)
		}
		for _, o := range in.Units {
			o.Selected = in.Chosen[row.Select] == o.Value
			row.Units = append(row.Units, o)
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}
