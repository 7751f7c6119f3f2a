package export

import (
	"context"
	"slices"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// Gather asks for everything a Briefing is made of, all from one point of view. deadlineSource is the document that set
// the year's own deadline, "" where the regime's own holds.
func Gather(ctx context.Context, q *queries.Queries, city string, at queries.AsOf, deadlineSource string) (Briefing, error) {
	b := Briefing{City: city, DeadlineSource: deadlineSource}
	var err error
	if b.Metrics, err = q.Metrics(ctx, at); err != nil {
		return b, err
	}
	at = b.Metrics.AsOf
	if b.Findings, err = q.Findings(ctx, at); err != nil {
		return b, err
	}
	if b.Meetings, err = q.Meetings(ctx, at, ""); err != nil {
		return b, err
	}
	if b.Resolutions, err = q.Resolutions(ctx, at, ""); err != nil {
		return b, err
	}
	if b.Sent, err = q.Sent(ctx, at); err != nil {
		return b, err
	}
	if err := b.gatherZones(ctx, q, at); err != nil {
		return b, err
	}
	before := at
	before.Quarter, before.Year, before.Deadline = at.Quarter.Add(-1), at.Quarter.Add(-1).Year, period.Date{}
	b.Before, err = q.Metrics(ctx, before)
	return b, err
}

// gatherZones asks the same for development zones, unless there are none or they are what was asked.
func (b *Briefing) gatherZones(ctx context.Context, q *queries.Queries, at queries.AsOf) error {
	if at.Level == record.LevelZone {
		return nil
	}
	at.Level = record.LevelZone
	zones, err := q.Metrics(ctx, at)
	if err != nil || len(zones.Units) == 0 {
		return err
	}
	b.Zones = zones
	if !at.Regime.Obliges(record.LevelZone) { // judged by nothing
		return nil
	}
	found, err := q.Findings(ctx, zones.AsOf)
	b.Findings = append(slices.Clone(b.Findings), found...)
	return err
}
