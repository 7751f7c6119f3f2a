package ingest

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
)

var (
	//go:embed sql/stored_meeting.sql
	storedMeetingSQL string
	//go:embed sql/standing_item.sql
	standingItemSQL string
	//go:embed sql/accepted_version.sql
	acceptedVersionSQL string
)

// stored is what the accepted submissions say that a file is judged against: all meetings they hold, and of each item
// the standing row of the earlier quarters.
type stored struct {
	meetings map[session]bool
	items    map[session]*storedItems
}

// storedItems are the items of one meeting, in order, with what they are found by.
type storedItems struct {
	list                           []storedItem
	byNumber, byTitle, byBareTitle map[string]int // bare: of items without a number
}

func (s stored) addItem(k session, it storedItem) {
	items := s.items[k]
	if items == nil {
		items = &storedItems{byNumber: map[string]int{}, byTitle: map[string]int{}, byBareTitle: map[string]int{}}
		s.items[k] = items
	}
	n := len(items.list)
	items.list = append(items.list, it)
	first := func(m map[string]int, key string) {
		if _, ok := m[key]; !ok {
			m[key] = n
		}
	}
	first(items.byTitle, it.titleKey)
	if it.number == "" {
		first(items.byBareTitle, it.titleKey)
	} else {
		first(items.byNumber, it.number)
	}
	if n < mostCompared {
		items.list[n].near = readNear(it.title)
	}
}

type storedItem struct {
	number, title, titleKey string
	status                  record.ItemStatus
	percent                 *float64
	quarter                 period.Quarter
	near                    nearTitle // of the first ones only
}

// find returns the standing row of an item: by its number, else by its title.
func (s stored) find(r record.Resolution) (storedItem, bool) {
	items := s.items[resolutionOf(r)]
	if items == nil {
		return storedItem{}, false
	}
	i, ok := items.byNumber[r.ItemNo]
	if r.ItemNo == "" {
		i, ok = items.byTitle[r.TitleKey]
	} else if !ok {
		i, ok = items.byBareTitle[r.TitleKey]
	}
	if !ok {
		return storedItem{}, false
	}
	return items.list[i], true
}

// lookBack reads what a file of the submitter's quarter is judged against. What units since ended had reported
// belongs to whoever carries on for them.
func lookBack(ctx context.Context, db *sql.DB, units *registry.Registry, submitter record.UnitCode, q period.Quarter) (stored, error) {
	s := stored{meetings: map[session]bool{}, items: map[session]*storedItems{}}
	codes := []record.UnitCode{submitter}
	for _, u := range units.Predecessors(submitter) {
		codes = append(codes, u.Code)
	}
	heir := func(code string) record.UnitCode {
		if u, ok := units.Current(record.UnitCode(code), q.Last()); ok {
			return u.Code
		}
		return record.UnitCode(code)
	}
	for _, code := range codes {
		if err := s.readMeetings(ctx, db, code, q, heir); err != nil {
			return stored{}, err
		}
		if err := s.readItems(ctx, db, code, q, heir); err != nil {
			return stored{}, err
		}
	}
	return s, nil
}

func (s *stored) readMeetings(ctx context.Context, db *sql.DB, unit record.UnitCode, q period.Quarter, heir func(string) record.UnitCode) error {
	rows, err := db.QueryContext(ctx, storedMeetingSQL, sql.Named("unit", string(unit)), sql.Named("period_end", q.Last().Time()))
	if err != nil {
		return fmt.Errorf("look back at meetings of %s: %w", unit, err)
	}
	defer rows.Close()
	for rows.Next() {
		var code, kind string
		var year int
		if err := rows.Scan(&code, &year, &kind); err != nil {
			return fmt.Errorf("look back at meetings of %s: %w", unit, err)
		}
		s.meetings[session{heir(code), year, record.MeetingKind(kind)}] = true
	}
	return rows.Err()
}

func (s *stored) readItems(ctx context.Context, db *sql.DB, unit record.UnitCode, q period.Quarter, heir func(string) record.UnitCode) error {
	rows, err := db.QueryContext(ctx, standingItemSQL, sql.Named("unit", string(unit)), sql.Named("period_end", q.Last().Time()))
	if err != nil {
		return fmt.Errorf("look back at items of %s: %w", unit, err)
	}
	defer rows.Close()
	for rows.Next() {
		var code, kind, status, quarter string
		var year int
		var it storedItem
		var percent sql.NullFloat64
		if err := rows.Scan(&code, &year, &kind, &it.number, &it.title, &it.titleKey, &status, &percent, &quarter); err != nil {
			return fmt.Errorf("look back at items of %s: %w", unit, err)
		}
		it.status = record.ItemStatus(status)
		if percent.Valid {
			it.percent = &percent.Float64
		}
		if it.quarter, err = period.ParseQuarter(quarter); err != nil {
			return fmt.Errorf("look back at items of %s: %w", unit, err)
		}
		k := session{heir(code), year, record.MeetingKind(kind)}
		s.addItem(k, it)
	}
	return rows.Err()
}

// accepted says how many versions of the unit's quarter were accepted, and the bytes and number of the one in force.
func accepted(ctx context.Context, db *sql.DB, unit record.UnitCode, q period.Quarter) (n int, sha string, version int, err error) {
	rows, err := db.QueryContext(ctx, acceptedVersionSQL, sql.Named("unit", string(unit)), sql.Named("quarter", q.String()))
	if err != nil {
		return 0, "", 0, fmt.Errorf("versions of %s %s: %w", unit, q, err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		var v int
		if err := rows.Scan(&s, &v); err != nil {
			return 0, "", 0, fmt.Errorf("versions of %s %s: %w", unit, q, err)
		}
		if n == 0 {
			sha, version = s, v
		}
		n++
	}
	return n, sha, version, rows.Err()
}
