package view

import (
	"fmt"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// SupposedInput is what the published figures would become if a file were accepted: one comparison a quarter, the
// facts as they are (A) against the facts as they would be (B).
type SupposedInput struct {
	Address   Address
	Unit      record.UnitCode
	Quarters  []*queries.Comparison
	Documents []SupposedDocument
}

// SupposedDocument is an issued paper with the comparison under its own as-of.
type SupposedDocument struct {
	queries.Document
	Compared *queries.Comparison
}

// Supposed is the panel 「受理后会变的数字」. It is only shown; nothing of it is in force.
type Supposed struct {
	Quarters  []SupposedQuarter
	Same      []string // quarters in which nothing would move
	Documents []DocumentMove
}

// SupposedQuarter is one quarter's figures that would move.
type SupposedQuarter struct {
	Name    string
	Blocks  []SupposedBlock // the unit, then the total
	Places  []PlaceMove     // other units whose place or light would change
	Appear  []string        // findings of the unit that would be made
	Resolve []string        // findings that would go
}

// SupposedBlock is the unit's or the total's figures.
type SupposedBlock struct {
	Name  string
	Lines []SupposedLine
}

// SupposedLine is one figure before and after. ND is n/d, empty for a score, a place or a light.
type SupposedLine struct {
	Name                string
	Before, After       string
	BeforeND, AfterND   string
	BeforeLit, AfterLit string // class of a light
	Change              string
}

// PlaceMove is another unit whose place or light changes with it.
type PlaceMove struct{ Unit, Text string }

// DocumentMove is an issued paper of which figures would no longer agree.
type DocumentMove struct{ Name, Href, Text string }

// Moves reports whether any published figure would move.
func (s Supposed) Moves() bool { return len(s.Quarters)+len(s.Documents) > 0 }

// NewSupposed shapes the panel.
func NewSupposed(in SupposedInput) Supposed {
	var out Supposed
	for _, c := range in.Quarters {
		q := supposedQuarter(in, c)
		if len(q.Blocks)+len(q.Places)+len(q.Appear)+len(q.Resolve) == 0 {
			out.Same = append(out.Same, q.Name)
			continue
		}
		out.Quarters = append(out.Quarters, q)
	}
	for _, d := range in.Documents {
		if m, moves := documentMove(in, d); moves {
			out.Documents = append(out.Documents, m)
		}
	}
	return out
}

func supposedQuarter(in SupposedInput, c *queries.Comparison) SupposedQuarter {
	out := SupposedQuarter{Name: c.A.AsOf.Quarter.Chinese()}
	for _, u := range c.Units {
		if u.Unit.Code != in.Unit {
			if text := placeMove(u); text != "" {
				out.Places = append(out.Places, PlaceMove{u.Unit.Name, text})
			}
			continue
		}
		if lines := unitLines(u); len(lines) > 0 {
			out.Blocks = append(out.Blocks, SupposedBlock{u.Unit.Name, lines})
		}
		for _, f := range u.OnlyB {
			out.Appear = append(out.Appear, f.Observed)
		}
		for _, f := range u.OnlyA {
			out.Resolve = append(out.Resolve, f.Observed)
		}
	}
	if lines := pairLines(c.A.Total, c.B.Total); len(lines) > 0 {
		out.Blocks = append(out.Blocks, SupposedBlock{"合计（" + c.A.AsOf.Level.Chinese() + "）", lines})
	}
	return out
}

func unitLines(u queries.UnitChange) []SupposedLine {
	if u.A == nil || u.B == nil {
		return nil
	}
	lines := pairLines(u.A.Indicators, u.B.Indicators)
	add := func(name, before, after, change string) {
		if before != after {
			lines = append(lines, SupposedLine{Name: name, Before: before, After: after, Change: change})
		}
	}
	points := ""
	if u.A.Score != nil && u.B.Score != nil {
		points = tenthsMoved(*u.B.Score-*u.A.Score) + " 分"
	}
	add("得分", score(u.A.Score), score(u.B.Score), points)
	add("位次", placeWord(u.A.Rank), placeWord(u.B.Rank), placeChange(u.A.Rank, u.B.Rank))
	if u.A.Status != u.B.Status {
		add("年度会议", statusWord(u.A.Status), statusWord(u.B.Status), "")
	}
	if a, b := lightOf(*u.A), lightOf(*u.B); a != b {
		lines = append(lines, SupposedLine{Name: "亮灯", Before: a.Word, After: b.Word, BeforeLit: "light " + a.Class, AfterLit: "light " + b.Class})
	}
	return lines
}

func pairLines(before, after map[string]queries.Pair) []SupposedLine {
	var lines []SupposedLine
	for _, i := range indicators {
		a, b := before[i.ID], after[i.ID]
		if a == b {
			continue
		}
		x, y := NewRate(a, i.Counter, ""), NewRate(b, i.Counter, "")
		l := SupposedLine{Name: i.name(), Before: x.Percent(), After: y.Percent(), BeforeND: x.ND, AfterND: y.ND}
		if by, ok := change(b, a); ok {
			l.Change = tenthsMoved(by)
		}
		lines = append(lines, l)
	}
	return lines
}

// tenthsMoved writes a change in tenths, 不变 for none.
func tenthsMoved(t int) string {
	switch {
	case t > 0:
		return "↑ " + tenths(t)
	case t < 0:
		return "↓ " + tenths(-t)
	}
	return "不变"
}

func placeWord(rank *int) string {
	if rank == nil {
		return Nil
	}
	return itoa(*rank)
}

func placeChange(a, b *int) string {
	if a == nil || b == nil || *a == *b {
		return ""
	}
	if *b < *a {
		return fmt.Sprintf("↑ %d 位", *a-*b)
	}
	return fmt.Sprintf("↓ %d 位", *b-*a)
}

// placeMove tells how another unit's place or light changes, "" when neither does.
func placeMove(u queries.UnitChange) string {
	if u.A == nil || u.B == nil {
		return ""
	}
	var parts []string
	if a, b := placeWord(u.A.Rank), placeWord(u.B.Rank); a != b {
		parts = append(parts, fmt.Sprintf("位次 %s → %s", a, b))
	}
	if a, b := lightOf(*u.A), lightOf(*u.B); a != b {
		parts = append(parts, fmt.Sprintf("%s → %s", a.Word, b.Word))
	}
	return joinNonEmpty("，", parts...)
}

// documentMove tells whether a paper's figures would change: of a paper to one unit that unit's, else anybody's.
func documentMove(in SupposedInput, d SupposedDocument) (DocumentMove, bool) {
	q := supposedQuarter(SupposedInput{Unit: in.Unit}, d.Compared)
	n := len(q.Appear) + len(q.Resolve)
	for _, b := range q.Blocks {
		n += len(b.Lines)
	}
	if d.Unit != "" && d.Unit != in.Unit { // a letter to another unit speaks of that unit alone
		n = 0
		for _, u := range d.Compared.Units {
			if u.Unit.Code == d.Unit {
				n = len(unitLines(u)) + len(u.OnlyA) + len(u.OnlyB)
			}
		}
	}
	m := DocumentMove{Name: joinNonEmpty("　", d.Number, d.Title), Href: in.Address.Href("/documents/" + d.ID)}
	m.Text = fmt.Sprintf("%s印发，%s的数字有 %d 处会变", d.DatedOn.Chinese(), quarterWords(d.Quarter), n)
	return m, n > 0
}

func quarterWords(s string) string {
	q, err := period.ParseQuarter(s)
	if err != nil {
		return s
	}
	return q.Chinese()
}
