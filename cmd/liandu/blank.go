package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"liandu/ingest"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// blank writes the blank workbook of a submitter and quarter, with all that is known already: every unfinished item of
// its units, the year's meetings reported so far, what was last reported of their establishment, and whom to ask.
func (a *app) blank(ctx context.Context, w io.Writer, code record.UnitCode, q period.Quarter) error {
	r, err := a.registry(ctx)
	if err != nil {
		return err
	}
	u, ok := r.Unit(code)
	if !ok || !u.Submitter {
		return fault.New(fault.NotFound, fmt.Sprintf("登记册里没有代码为「%s」的报送单位。", code), "运行 liandu units list 查看全部单位。")
	}
	form := ingest.BlankForm{Unit: u, Quarter: q}
	offered := map[record.UnitCode]bool{}
	for _, c := range r.Under(code) {
		if below, ok := r.Unit(c); ok && below.ValidOn(q.Last()) {
			form.Units = append(form.Units, below)
			offered[c] = true
		}
	}
	own, err := a.rules.Regime(ctx, "", q, time.Time{})
	if err != nil {
		return err
	}
	at := queries.AsOf{Quarter: q, Regime: own, FollowsCity: true, Scope: code}
	items, err := a.queries.Resolutions(ctx, at, "")
	if err != nil {
		return err
	}
	for _, item := range items {
		if item.State != queries.StateCompleted && item.State != queries.StateCancelled && offered[item.Resolution.Unit] {
			form.Unfinished = append(form.Unfinished, item.Resolution)
		}
	}
	meetings, err := a.queries.Meetings(ctx, at, "")
	if err != nil {
		return err
	}
	for _, m := range meetings {
		if m.SessionYear == q.Year && offered[m.Unit] {
			form.Meetings = append(form.Meetings, m.Meeting)
		}
	}
	establishments, err := a.queries.Establishments(ctx, at)
	if err != nil {
		return err
	}
	for _, e := range establishments {
		if offered[e.Unit] {
			form.Establishments = append(form.Establishments, e)
		}
	}
	if form.Cover, err = a.lastCover(ctx, code, q); err != nil {
		return err
	}
	return ingest.Blank(w, form)
}

// lastCover is who filled in and checked the unit's latest accepted report up to a quarter; zero where there is none.
func (a *app) lastCover(ctx context.Context, unit record.UnitCode, q period.Quarter) (record.Cover, error) {
	files, err := a.queries.Submissions(ctx, queries.SubmissionFilter{Unit: unit, Status: record.Accepted})
	if err != nil {
		return record.Cover{}, err
	}
	var last *queries.SubmissionRow
	for i, f := range files {
		if f.Reading == "" || f.Quarter.Compare(q) > 0 {
			continue
		}
		if last != nil {
			if c := f.Quarter.Compare(last.Quarter); c < 0 || c == 0 && f.Version < last.Version {
				continue
			}
		}
		last = &files[i]
	}
	if last == nil {
		return record.Cover{}, nil
	}
	b, err := a.store.Blobs().Read(last.Reading)
	if err != nil {
		return record.Cover{}, err
	}
	var r record.Reading
	if err := json.Unmarshal(b, &r); err != nil {
		return record.Cover{}, fmt.Errorf("parse reading of %s: %w", last.ID, err)
	}
	return r.Cover, nil
}
