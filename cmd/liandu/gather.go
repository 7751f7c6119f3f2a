package main

import (
	"context"

	"liandu/dashboard/export"
	"liandu/internal/setting"
	"liandu/queries"
)

// briefing gathers what the briefing tables are made of, all from one point of view.
func (a *app) briefing(ctx context.Context, at queries.AsOf) (export.Briefing, error) {
	s, err := setting.Load(ctx, a.store.DB(), at.KnownAt)
	if err != nil {
		return export.Briefing{}, err
	}
	d, _ := s.Deadline(at.Year)
	return export.Gather(ctx, a.queries, a.folder.Name, at, d.Document)
}
