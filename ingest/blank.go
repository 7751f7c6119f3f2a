package ingest

import (
	"fmt"
	"io"
	"sort"

	"liandu/internal/period"
	"liandu/internal/record"
)

// BlankForm is what a blank workbook is made for. Units are the submitter and its units, the submitter first: they
// are offered in the drop-downs. Unfinished are the items still to be done; Establishments may be empty.
type BlankForm struct {
	Unit           record.Unit
	Quarter        period.Quarter
	Units          []record.Unit
	Unfinished     []record.Resolution
	Establishments []record.Establishment
}

// Blank writes the quarterly workbook for a county to fill in: its name and quarter set, every unfinished item
// carried forward with its last values, so that nobody types a thing twice. Items are ordered by unit, session year,
// form and number. The same input gives the same bytes.
func Blank(w io.Writer, b BlankForm) error {
	names := map[record.UnitCode]string{}
	var offered []string
	for _, u := range b.Units {
		names[u.Code] = u.Name
		offered = append(offered, u.Name)
	}
	names[b.Unit.Code] = b.Unit.Name
	items := append([]record.Resolution(nil), b.Unfinished...)
	place := map[record.UnitCode]int{}
	for i, u := range b.Units {
		place[u.Code] = i
	}
	sort.SliceStable(items, func(i, j int) bool {
		x, y := items[i], items[j]
		switch {
		case x.Unit != y.Unit:
			return place[x.Unit] < place[y.Unit]
		case x.SessionYear != y.SessionYear:
			return x.SessionYear < y.SessionYear
		case x.Kind != y.Kind:
			return x.Kind < y.Kind
		}
		return number(x.ItemNo) < number(y.ItemNo)
	})
	for _, r := range items {
		if names[r.Unit] == "" {
			return fmt.Errorf("blank form for %s: item of %s, which is not its unit", b.Unit.Code, r.Unit)
		}
	}
	return WriteForm(w, Form{
		Cover:          record.Cover{UnitText: b.Unit.Name},
		Quarter:        b.Quarter,
		Resolutions:    items,
		Establishments: b.Establishments,
		Name:           func(c record.UnitCode) string { return names[c] },
		Units:          offered,
	})
}

// number sorts item numbers as numbers, other texts after them as they are.
func number(s string) string { return fmt.Sprintf("%12s", s) }
