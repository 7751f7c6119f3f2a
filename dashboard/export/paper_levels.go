package export

import (
	"context"

	"liandu/internal/record"
	"liandu/queries"
)

// Levels is what an annual paper tells of every level: the units of the registry that exist on D, and what each last
// reported of its establishment. A unit that never reported one is not among Established.
type Levels struct {
	Units       []record.Unit
	Established []record.Establishment
}

// GatherLevels asks for the units and establishments of every level, from one point of view.
func GatherLevels(ctx context.Context, q *queries.Queries, at queries.AsOf) (*Levels, error) {
	all, err := q.Units(ctx, at.KnownAt)
	if err != nil {
		return nil, err
	}
	out := &Levels{}
	for _, u := range all {
		if u.ValidOn(at.Quarter.Last()) {
			out.Units = append(out.Units, u)
		}
	}
	out.Established, err = q.Establishments(ctx, at)
	return out, err
}

// levelRow is one unit of any level: whether it has the system, since when, and whether it held its annual meeting.
type levelRow struct {
	unit        record.Unit
	established bool
	reported    bool
	fresh       bool // established in the year itself
	year        int  // of establishment, 0 where it is not said
	held        bool
}

// levelRows lists the units of a level below a parent, "" for all, by code.
func (k *desk) levelRows(level record.Level, parent record.UnitCode) []levelRow {
	held := map[record.UnitCode]bool{}
	for _, m := range k.Meetings {
		if m.Kind == record.KindAnnual && m.SessionYear == k.asOf.Year && !m.HeldOn.IsZero() && !m.HeldOn.After(k.on) {
			held[m.Unit] = true
		}
	}
	said := map[record.UnitCode]record.Establishment{}
	for _, e := range k.Levels.Established {
		said[e.Unit] = e
	}
	var out []levelRow
	for _, u := range k.Levels.Units {
		if u.Level != level || parent != "" && u.Parent != parent {
			continue
		}
		e, ok := said[u.Code]
		r := levelRow{unit: u, established: e.Established, reported: ok, held: held[u.Code]}
		if r.established && !e.EstablishedOn.IsZero() {
			r.year = e.EstablishedOn.Year()
			r.fresh = r.year == k.asOf.Year
		}
		out = append(out, r)
	}
	return out
}

// levelSum counts the units of a list.
type levelSum struct{ units, established, fresh, held, reported int64 }

// sumOf adds up a list. A meeting of a unit without the system is not counted: it is held against those that have it.
func sumOf(rows []levelRow) levelSum {
	var s levelSum
	for _, r := range rows {
		s.units++
		if r.reported {
			s.reported++
		}
		if !r.established {
			continue
		}
		s.established++
		if r.fresh {
			s.fresh++
		}
		if r.held {
			s.held++
		}
	}
	return s
}

func (s levelSum) open() int64 { return s.units - s.established }

func (s levelSum) pair() queries.Pair { return queries.Pair{Num: s.established, Den: s.units} }

func (s levelSum) heldPair() queries.Pair { return queries.Pair{Num: s.held, Den: s.established} }
