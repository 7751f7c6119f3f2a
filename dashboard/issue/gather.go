package issue

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

// Dossier gathers what the official papers are made of, all known at one moment. A comparison whose other side was not
// reported by every unit is left out: what was not sent is not nothing. The date, the number and whether it is a draft
// are the caller's to set.
func (d *Desk) Dossier(ctx context.Context, at queries.AsOf) (export.Dossier, error) {
	at, err := d.deps.Queries.Complete(at)
	if err != nil {
		return export.Dossier{}, err
	}
	settings, err := d.settings(ctx, at)
	if err != nil {
		return export.Dossier{}, err
	}
	return d.dossier(ctx, at, settings)
}

// dossier is Dossier under given settings.
func (d *Desk) dossier(ctx context.Context, at queries.AsOf, settings setting.Settings) (export.Dossier, error) {
	own, _ := settings.Deadline(at.Year)
	b, err := export.Gather(ctx, d.deps.Queries, d.deps.City(), at, own.Document)
	if err != nil {
		return export.Dossier{}, err
	}
	out := export.Dossier{
		City: b.City, Metrics: b.Metrics, Findings: b.Findings, Meetings: b.Meetings, Resolutions: b.Resolutions, Sent: b.Sent, Settings: settings,
	}
	q := d.deps.Queries
	at = b.Metrics.AsOf
	if before := seenFrom(at, at.Quarter.Add(-1), at.Quarter.Add(-1).Year, settings); before.Year == at.Year {
		if out.Before, err = d.reported(ctx, before); err != nil {
			return out, err
		}
		if out.BeforeItems, err = q.Resolutions(ctx, before, ""); err != nil {
			return out, err
		}
	}
	if out.YearAgo, err = d.reported(ctx, seenFrom(at, at.Quarter.Add(-4), at.Year-1, settings)); err != nil {
		return out, err
	}
	if out.Levels, err = export.GatherLevels(ctx, q, at); err != nil {
		return out, err
	}
	last := seenFrom(at, period.Quarter{Year: at.Year - 1, N: 4}, at.Year-1, settings)
	if out.PreviousYear, err = q.Metrics(ctx, last); err != nil {
		return out, err
	}
	out.PreviousSent, err = q.Sent(ctx, last)
	return out, err
}

// settings are the names, numbers and days as they are set now, for the paper is signed now, with the deadlines as they
// were known, for they judge.
func (d *Desk) settings(ctx context.Context, at queries.AsOf) (setting.Settings, error) {
	now, err := setting.Load(ctx, d.deps.Store.DB(), time.Time{})
	if err != nil {
		return nil, err
	}
	then, err := setting.Load(ctx, d.deps.Store.DB(), at.KnownAt)
	if err != nil {
		return nil, err
	}
	return withDeadlines(now, then), nil
}

// withDeadlines are the settings of one moment with the deadlines of another.
func withDeadlines(of, deadlines setting.Settings) setting.Settings {
	isDeadline := func(key, _ string) bool { return strings.HasPrefix(key, "deadline.") }
	out, then := maps.Clone(of), maps.Clone(deadlines)
	maps.DeleteFunc(out, isDeadline)
	maps.DeleteFunc(then, func(key, value string) bool { return !isDeadline(key, value) })
	maps.Copy(out, then)
	return out
}

// seenFrom is the same point of view of another quarter and session year, with that year's own deadline; the rules in
// force then and their deadline are filled in where it is answered.
func seenFrom(at queries.AsOf, q period.Quarter, year int, s setting.Settings) queries.AsOf {
	at.Quarter, at.Year, at.Deadline = q, year, period.Date{}
	if own, ok := s.Deadline(year); ok {
		at.Deadline = own.On
	}
	return at
}

// reported answers an as-of whose quarter every submitting unit listed has reported; nil where one has not, which leaves
// the comparison out.
func (d *Desk) reported(ctx context.Context, at queries.AsOf) (*queries.Metrics, error) {
	m, err := d.deps.Queries.Metrics(ctx, at)
	if err != nil {
		return nil, err
	}
	sent, err := d.deps.Queries.Sent(ctx, at)
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
