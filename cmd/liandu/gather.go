package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"liandu/dashboard/export"
	"liandu/ingest"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/setting"
	"liandu/queries"
)

// briefing gathers what the briefing tables are made of, all from one point of view.
func (a *app) briefing(ctx context.Context, at queries.AsOf) (export.Briefing, error) {
	b := export.Briefing{City: a.folder.Name}
	var err error
	if b.Metrics, err = a.queries.Metrics(ctx, at); err != nil {
		return b, err
	}
	at = b.Metrics.AsOf
	if b.Findings, err = a.queries.Findings(ctx, at); err != nil {
		return b, err
	}
	if b.Meetings, err = a.queries.Meetings(ctx, at, ""); err != nil {
		return b, err
	}
	if b.Resolutions, err = a.queries.Resolutions(ctx, at, ""); err != nil {
		return b, err
	}
	if b.Sent, err = a.queries.Sent(ctx, at); err != nil {
		return b, err
	}
	if b.Zones, err = a.zones(ctx, at); err != nil {
		return b, err
	}
	if b.Zones != nil && at.Regime.Obliges(record.LevelZone) { // elsewhere they are judged by nothing
		found, err := a.queries.Findings(ctx, b.Zones.AsOf)
		if err != nil {
			return b, err
		}
		b.Findings = append(slices.Clone(b.Findings), found...)
	}
	before := at
	before.Quarter, before.Year = at.Quarter.Add(-1), at.Quarter.Add(-1).Year
	if b.Before, err = a.queries.Metrics(ctx, before); err != nil {
		return b, err
	}
	b.DeadlineSource, err = a.deadlineSource(ctx, at)
	return b, err
}

// zones answers the same for development zones; nil where there are none or they are what was asked.
func (a *app) zones(ctx context.Context, at queries.AsOf) (*queries.Metrics, error) {
	if at.Level == record.LevelZone {
		return nil, nil
	}
	at.Level = record.LevelZone
	m, err := a.queries.Metrics(ctx, at)
	if err != nil || len(m.Units) == 0 {
		return nil, err
	}
	return m, nil
}

// deadlineSource is the document that set the year's own deadline, "" where the regime's own holds.
func (a *app) deadlineSource(ctx context.Context, at queries.AsOf) (string, error) {
	s, err := setting.Load(ctx, a.store.DB(), at.KnownAt)
	if err != nil {
		return "", err
	}
	d, ok := s.Deadline(at.Year)
	if !ok {
		return "", nil
	}
	return d.Document, nil
}

// blank writes the blank workbook of a submitter and quarter, with every unfinished item of its units carried forward
// and what was last reported of their establishment.
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
	for _, c := range r.Under(code) {
		if below, ok := r.Unit(c); ok && validAt(below, q.Last()) {
			form.Units = append(form.Units, below)
		}
	}
	own, err := a.regime("")
	if err != nil {
		return err
	}
	at := queries.AsOf{Quarter: q, Regime: own, Scope: code}
	items, err := a.queries.Resolutions(ctx, at, "")
	if err != nil {
		return err
	}
	for _, item := range items {
		if item.State != queries.StateCompleted && item.State != queries.StateCancelled {
			form.Unfinished = append(form.Unfinished, item.Resolution)
		}
	}
	if form.Establishments, err = a.queries.Establishments(ctx, at); err != nil {
		return err
	}
	return ingest.Blank(w, form)
}
