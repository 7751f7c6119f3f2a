package rulebook

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"liandu/internal/regime"
)

// Load reads everything recorded about the city's rules. first is the regime the folder was made with. A version is read
// as it was written; it is not checked again, for it was when it was written.
func Load(ctx context.Context, db *sql.DB, first string) (*Book, error) {
	builtIn, err := regime.Load(nil)
	if err != nil {
		return nil, err
	}
	b := &Book{builtIn: builtIn, first: first}
	for _, read := range []func(context.Context, *sql.DB) error{b.readChanges, b.readAdoptions, b.readSuspensions} {
		if err := read(ctx, db); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(b.lines, func(x, y Line) int { return int(x.Seq - y.Seq) })
	return b, nil
}

func (b *Book) readChanges(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, `
		select seq, recorded_at, actor, regime, from_on, reason, document, coalesce(reverts, 0), toml, words
		from d.regime_change order by seq`)
	if err != nil {
		return fmt.Errorf("read changes of regimes: %w", err)
	}
	defer rows.Close()
	others := slices.Clone(b.builtIn)
	for rows.Next() {
		l := Line{Kind: Changed}
		var (
			at          sql.NullTime
			toml, words string
		)
		if err := rows.Scan(&l.Seq, &at, &l.Actor, &l.ID, &l.From, &l.Reason, &l.Document, &l.Reverts, &toml, &words); err != nil {
			return fmt.Errorf("read changes of regimes: %w", err)
		}
		l.At = at.Time
		if l.Regime, err = regime.Parse(l.ID+".toml", []byte(toml), []byte(words), others...); err != nil {
			return fmt.Errorf("regime of journal line %d: %w", l.Seq, err)
		}
		others = append([]*regime.Regime{l.Regime}, others...) // the last version is the one to cite
		b.lines = append(b.lines, l)
	}
	return rows.Err()
}

func (b *Book) readAdoptions(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, `
		select seq, recorded_at, actor, regime, from_on, reason, document from d.regime_adoption order by seq`)
	if err != nil {
		return fmt.Errorf("read adopted regimes: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		l := Line{Kind: Adopted}
		if err := rows.Scan(&l.Seq, &l.At, &l.Actor, &l.ID, &l.From, &l.Reason, &l.Document); err != nil {
			return fmt.Errorf("read adopted regimes: %w", err)
		}
		b.lines = append(b.lines, l)
	}
	return rows.Err()
}

func (b *Book) readSuspensions(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, `
		select seq, recorded_at, actor, regime, rule, from_on, until_on, is_resumed, reason, document
		from d.rule_suspension order by seq`)
	if err != nil {
		return fmt.Errorf("read suspended rules: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		l := Line{Kind: Suspended}
		var resumed bool
		if err := rows.Scan(&l.Seq, &l.At, &l.Actor, &l.ID, &l.Rule, &l.From, &l.Until, &resumed, &l.Reason, &l.Document); err != nil {
			return fmt.Errorf("read suspended rules: %w", err)
		}
		if resumed {
			l.Kind = Resumed
		}
		b.lines = append(b.lines, l)
	}
	return rows.Err()
}
