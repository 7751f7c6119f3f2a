package main

import (
	"context"
	"fmt"
	"io"
	"time"

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
	s, err := setting.Load(ctx, a.store.DB(), at.KnownAt)
	if err != nil {
		return export.Briefing{}, err
	}
	d, _ := s.Deadline(at.Year)
	return export.Gather(ctx, a.queries, a.folder.Name, at, d.Document)
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
		if below, ok := r.Unit(c); ok && below.ValidOn(q.Last()) {
			form.Units = append(form.Units, below)
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
		if item.State != queries.StateCompleted && item.State != queries.StateCancelled {
			form.Unfinished = append(form.Unfinished, item.Resolution)
		}
	}
	if form.Establishments, err = a.queries.Establishments(ctx, at); err != nil {
		return err
	}
	return ingest.Blank(w, form)
}
