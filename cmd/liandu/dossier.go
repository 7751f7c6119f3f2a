package main

import (
	"context"
	"maps"
	"strings"
	"time"

	"liandu/dashboard/export"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/setting"
	"liandu/queries"
)

// dossier gathers what the official papers are made of, all known at one moment. A comparison whose other side was not
// reported by every unit is left out: what was not sent is not nothing.
func (a *app) dossier(ctx context.Context, at queries.AsOf) (export.Dossier, error) {
	b, err := a.briefing(ctx, at)
	if err != nil {
		return export.Dossier{}, err
	}
	d := export.Dossier{City: b.City, Metrics: b.Metrics, Findings: b.Findings, Meetings: b.Meetings, Resolutions: b.Resolutions, Sent: b.Sent}
	at = b.Metrics.AsOf
	if d.Settings, err = a.paperSettings(ctx, at); err != nil {
		return d, err
	}
	if before := a.seenFrom(at, at.Quarter.Add(-1), at.Quarter.Add(-1).Year, d.Settings); before.Year == at.Year {
		if d.Before, err = a.reported(ctx, before); err != nil {
			return d, err
		}
		if d.BeforeItems, err = a.queries.Resolutions(ctx, before, ""); err != nil {
			return d, err
		}
	}
	if d.YearAgo, err = a.reported(ctx, a.seenFrom(at, at.Quarter.Add(-4), at.Year-1, d.Settings)); err != nil {
		return d, err
	}
	last := a.seenFrom(at, period.Quarter{Year: at.Year - 1, N: 4}, at.Year-1, d.Settings)
	if d.PreviousYear, err = a.queries.Metrics(ctx, last); err != nil {
		return d, err
	}
	d.PreviousSent, err = a.queries.Sent(ctx, last)
	return d, err
}

// paperSettings are the names, numbers and days as they are set now, for the paper is signed now, with the deadlines as
// they were known, for they judge.
func (a *app) paperSettings(ctx context.Context, at queries.AsOf) (setting.Settings, error) {
	now, err := setting.Load(ctx, a.store.DB(), time.Time{})
	if err != nil {
		return nil, err
	}
	then, err := setting.Load(ctx, a.store.DB(), at.KnownAt)
	if err != nil {
		return nil, err
	}
	isDeadline := func(key, _ string) bool { return strings.HasPrefix(key, "deadline.") }
	maps.DeleteFunc(now, isDeadline)
	maps.DeleteFunc(then, func(key, value string) bool { return !isDeadline(key, value) })
	maps.Copy(now, then)
	return now, nil
}

// seenFrom is the same point of view of another quarter and session year, with that year's own deadline.
func (a *app) seenFrom(at queries.AsOf, q period.Quarter, year int, s setting.Settings) queries.AsOf {
	at.Quarter, at.Year, at.Deadline = q, year, at.Regime.Deadline(year)
	if own, ok := s.Deadline(year); ok {
		at.Deadline = own.On
	}
	return at
}

// reported answers an as-of whose quarter every submitting unit listed has reported; nil where one has not,
// which leaves the comparison out.
func (a *app) reported(ctx context.Context, at queries.AsOf) (*queries.Metrics, error) {
	m, err := a.queries.Metrics(ctx, at)
	if err != nil {
		return nil, err
	}
	sent, err := a.queries.Sent(ctx, at)
	if err != nil {
		return nil, err
	}
	got := map[record.UnitCode]bool{}
	for _, s := range sent {
		if s.Quarter.Year == at.Quarter.Year && s.Version > 0 {
			got[s.Unit.Code] = true
		}
	}
	for _, u := range m.Units {
		if u.Unit.Submitter && !got[u.Unit.Code] {
			return nil, nil
		}
	}
	return m, nil
}
