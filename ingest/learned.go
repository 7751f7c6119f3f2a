package ingest

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/record"
	"liandu/internal/store"
)

// Learned is what a person decided that a county's own heads mean: table → HeadKey of the head → field, "" for a
// column that is not used. It counts before what the form knows, for the heads it names and no others.
type Learned map[Table]map[string]string

// HeadKey is the form under which a head is compared and remembered: without spaces, punctuation and marks of
// obligation, in simplified characters; a head of several rows is its rows' words one after the other.
func HeadKey(head string) string { return headKey(head) }

// knows reports whether any table's decisions name the head.
func (l Learned) knows(key string) bool {
	for _, heads := range l {
		if _, ok := heads[key]; ok && key != "" {
			return true
		}
	}
	return false
}

//go:embed sql/learned_head.sql
var learnedHeadSQL string

// LearnedHead is one decision in force for a county's files. Head is its HeadKey, Shown the county's own words; Field
// is "" for a column that is not used.
type LearnedHead struct {
	Table              Table
	Head, Shown, Field string
	Actor              string
}

// LearnedHeads lists what was decided for a county's files and not withdrawn, by table and head.
func (in *Ingester) LearnedHeads(ctx context.Context, unit record.UnitCode) ([]LearnedHead, error) {
	return learnedHeads(ctx, in.Store.DB(), unit)
}

func learnedHeads(ctx context.Context, db *sql.DB, unit record.UnitCode) ([]LearnedHead, error) {
	rows, err := db.QueryContext(ctx, learnedHeadSQL, sql.Named("unit", string(unit)))
	if err != nil {
		return nil, fmt.Errorf("learned heads of %s: %w", unit, err)
	}
	defer rows.Close()
	var out []LearnedHead
	for rows.Next() {
		var l LearnedHead
		if err := rows.Scan(&l.Table, &l.Head, &l.Shown, &l.Field, &l.Actor); err != nil {
			return nil, fmt.Errorf("learned heads of %s: %w", unit, err)
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// learned reads what was decided for a county's files, nil where nothing was.
func learned(ctx context.Context, db *sql.DB, unit record.UnitCode) (Learned, error) {
	list, err := learnedHeads(ctx, db, unit)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	out := Learned{}
	for _, l := range list {
		if out[l.Table] == nil {
			out[l.Table] = map[string]string{}
		}
		out[l.Table][l.Head] = l.Field
	}
	return out, nil
}

// Understand writes down what a person decided that heads of a unit's files mean. Each decision names a table of the
// form, a head and one of the table's fields, or none; fault.Invalid otherwise.
func (in *Ingester) Understand(ctx context.Context, decisions []store.ColumnUnderstood, actor string) error {
	var entries []journal.Entry
	for _, d := range decisions {
		if d.Head == "" {
			d.Head = HeadKey(d.Shown)
		}
		_, known := sheetOf(Table(d.Table)).ColumnOf(d.Field)
		if d.Unit == "" || d.Head == "" || Table(d.Table) == TableCover || len(sheetOf(Table(d.Table)).Columns) == 0 || d.Field != "" && !known {
			return fault.New(fault.Invalid, fmt.Sprintf("「%s」的指定无法识别，没有保存。", d.Shown), "请重新打开页面后再指定。")
		}
		entries = append(entries, journal.Entry{At: in.Now(), Actor: actor, Action: store.ActionColumnUnderstood, Subject: string(d.Unit), Data: d})
	}
	if _, err := in.Store.Append(ctx, entries...); err != nil {
		return fmt.Errorf("understand heads: %w", err)
	}
	return nil
}
