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

// lookBack reads what a file of the submitter's quarter is judged against. What units since ended had reported
// belongs to whoever carries on for them.
func lookBack(ctx context.Context, db *sql.DB, units *registry.Registry, submitter record.UnitCode, q period.Quarter) (stored, error) {
	s := stored{meetings: map[session]bool{}, items: map[session][]storedItem{}}
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
		s.items[k] = append(s.items[k], it)
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
