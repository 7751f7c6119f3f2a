package ingest

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"liandu/internal/period"
	"liandu/internal/record"
)

// BlankForm is what a blank workbook is made for. Units are the submitter and its units, the submitter first: they
// are offered in the drop-downs. Unfinished are the items still to be done, Meetings those of the year reported so far,
// Cover who filled in the last report (unit, period and date in it are left); each may be empty.
type BlankForm struct {
	Unit           record.Unit
	Quarter        period.Quarter
	Units          []record.Unit
	Unfinished     []record.Resolution
	Meetings       []record.Meeting
	Establishments []record.Establishment
	Cover          record.Cover
}

// Blank writes the quarterly workbook for a county to fill in: its name and quarter set, everything known filled in with
// its last values, so that nobody types a thing twice. Rows are ordered by unit as offered; items then by session year,
// form and number, meetings by day. The same input gives the same bytes.
func Blank(w io.Writer, b BlankForm) error {
	names, place := map[record.UnitCode]string{}, map[record.UnitCode]int{}
	var offered []string
	for i, u := range b.Units {
		names[u.Code], place[u.Code] = u.Name, i
		offered = append(offered, u.Name)
	}
	names[b.Unit.Code] = b.Unit.Name
	items := slices.Clone(b.Unfinished)
	slices.SortStableFunc(items, func(x, y record.Resolution) int {
		return cmp.Or(cmp.Compare(place[x.Unit], place[y.Unit]), cmp.Compare(x.SessionYear, y.SessionYear), cmp.Compare(x.Kind, y.Kind), cmp.Compare(number(x.ItemNo), number(y.ItemNo)))
	})
	meetings := slices.Clone(b.Meetings)
	slices.SortStableFunc(meetings, func(x, y record.Meeting) int {
		return cmp.Or(cmp.Compare(place[x.Unit], place[y.Unit]), x.HeldOn.DaysSince(y.HeldOn), cmp.Compare(x.Kind, y.Kind))
	})
	establishments := slices.Clone(b.Establishments)
	slices.SortStableFunc(establishments, func(x, y record.Establishment) int { return cmp.Compare(place[x.Unit], place[y.Unit]) })
	known := func(unit record.UnitCode) error {
		if names[unit] == "" {
			return fmt.Errorf("blank form for %s: a row of %s, which is not its unit", b.Unit.Code, unit)
		}
		return nil
	}
	var err error
	for _, r := range items {
		err = errors.Join(err, known(r.Unit))
	}
	for _, m := range meetings {
		err = errors.Join(err, known(m.Unit))
	}
	for _, e := range establishments {
		err = errors.Join(err, known(e.Unit))
	}
	if err != nil {
		return err
	}
	return WriteForm(w, Form{
		Cover:          record.Cover{UnitText: b.Unit.Name, FilledBy: b.Cover.FilledBy, ReviewedBy: b.Cover.ReviewedBy, Phone: b.Cover.Phone},
		Quarter:        b.Quarter,
		Resolutions:    items,
		Meetings:       meetings,
		Establishments: establishments,
		Name:           func(c record.UnitCode) string { return names[c] },
		Units:          offered,
		Carried:        true,
	})
}

// number sorts item numbers as numbers, other texts after them as they are.
func number(s string) string { return fmt.Sprintf("%12s", s) }
