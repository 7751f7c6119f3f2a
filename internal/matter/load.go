package matter

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
)

// querier is the store's database or a transaction of it.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Load returns the matters as they were known at a moment (zero: now), in the order they were opened, their steps folded,
// and whose they are today.
func Load(ctx context.Context, db querier, today period.Date, knownAt time.Time) ([]*Matter, error) {
	at := sql.NullTime{Time: knownAt, Valid: !knownAt.IsZero()}
	var all []*Matter
	byID := map[string]*Matter{}
	err := each(ctx, db, `
		select id, unit_code, coalesce(reporter_code, ''), source, title, coalesce(quarter, ''), coalesce(session_year, 0),
			coalesce(regime, '')
		from d.matter
		where $known_at::timestamptz is null or recorded_at <= $known_at
		order by seq`, []any{sql.Named("known_at", at)}, func(scan func(...any) error) error {
		m := &Matter{}
		var unit, reporter, source, quarter string
		if err := scan(&m.ID, &unit, &reporter, &source, &m.Title, &quarter, &m.Year, &m.Regime); err != nil {
			return err
		}
		m.Unit, m.Reporter, m.Source = record.UnitCode(unit), record.UnitCode(reporter), Source(source)
		all, byID[m.ID] = append(all, m), m
		return m.Quarter.UnmarshalText([]byte(quarter))
	})
	if err != nil {
		return nil, fmt.Errorf("load matters: %w", err)
	}
	carries, err := heirs(ctx, db, today)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		m.Heir, m.Answers = heirOf(carries, m.Unit), heirOf(carries, m.Reporter)
	}
	if err := loadTargets(ctx, db, byID); err != nil {
		return nil, err
	}
	return all, loadSteps(ctx, db, at, byID)
}

func loadTargets(ctx context.Context, db querier, byID map[string]*Matter) error {
	err := each(ctx, db, `
		select matter_id, coalesce(finding_id, ''), coalesce(rule, ''), coalesce(rule_name, ''), coalesce(severity, ''),
			coalesce(observed, ''), coalesce(required, ''), coalesce(clause_document, ''), coalesce(clause_number, ''),
			coalesce(clause_text, ''), names, coalesce(session_year, 0), coalesce(kind, ''), coalesce(item_key, ''),
			coalesce(item_title, ''), coalesce(submission_id, ''), coalesce(sheet, ''), coalesce(cell, '')
		from d.matter_target
		order by seq, no`, nil, func(scan func(...any) error) error {
		var (
			t     store.MatterTarget
			of    string
			kind  string
			names []any
		)
		wrapped := listOf{&names}
		if err := scan(&of, &t.Finding, &t.Rule, &t.RuleName, &t.Severity, &t.Observed, &t.Required, &t.ClauseDocument,
			&t.ClauseNumber, &t.ClauseText, wrapped, &t.SessionYear, &kind, &t.ItemKey, &t.ItemTitle, &t.Submission,
			&t.Sheet, &t.Cell); err != nil {
			return err
		}
		for _, n := range names {
			if s, ok := n.(string); ok {
				t.Names = append(t.Names, s)
			}
		}
		t.MeetingKind = record.MeetingKind(kind)
		if m := byID[of]; m != nil {
			m.Targets = append(m.Targets, t)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("load what matters are about: %w", err)
	}
	return nil
}

// listOf takes a list as the driver gives it.
type listOf struct{ to *[]any }

// Scan implements sql.Scanner.
func (l listOf) Scan(v any) error {
	if v == nil {
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		return fmt.Errorf("scan %T into a list", v)
	}
	*l.to = list
	return nil
}

func loadSteps(ctx context.Context, db querier, at sql.NullTime, byID map[string]*Matter) error {
	files := map[int64][]store.MatterFile{}
	err := each(ctx, db, `
		select seq, name, sha256, size from d.matter_file order by seq, no`, nil, func(scan func(...any) error) error {
		var (
			f   store.MatterFile
			seq int64
		)
		if err := scan(&seq, &f.Name, &f.SHA256, &f.Size); err != nil {
			return err
		}
		files[seq] = append(files[seq], f)
		return nil
	})
	if err != nil {
		return fmt.Errorf("load files of matters: %w", err)
	}
	err = each(ctx, db, `
		select matter_id, seq, recorded_at, step, on_day, actor, coalesce(words, ''), coalesce(person, ''), is_for_unit,
			due_on, coalesce(document, '')
		from d.matter_step
		where $known_at::timestamptz is null or recorded_at <= $known_at
		order by seq`, []any{sql.Named("known_at", at)}, func(scan func(...any) error) error {
		var (
			s        Step
			of, kind string
			on, due  period.Date
		)
		if err := scan(&of, &s.Seq, &s.At, &kind, &on, &s.Actor, &s.Words, &s.Person, &s.ForUnit, &due, &s.Document); err != nil {
			return err
		}
		s.Kind, s.On, s.DueOn, s.Files = Kind(kind), on, due, files[s.Seq]
		if m := byID[of]; m != nil {
			m.take(s)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("load steps of matters: %w", err)
	}
	return nil
}

// each runs a query and hands every row's scanner to fn.
func each(ctx context.Context, db querier, query string, args []any, fn func(scan func(...any) error) error) error {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
