package dashboard

import (
	"context"
	"database/sql"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/ingest"
	"liandu/internal/period"
	"liandu/queries"
)

// supposed computes what the published figures would become if a waiting file were accepted now: its quarter and every
// later one with an accepted report, and under their own terms the papers issued on them.
func (s *Server) supposed(c *gin.Context, p ingest.Pending) (view.Supposed, error) {
	ctx := c.Request.Context()
	a, err := s.asOf(c)
	if err != nil {
		return view.Supposed{}, err
	}
	other := s.supposition(p, account(c).Login)
	a.KnownAt = s.deps.Now() // after the entry's moment
	if a.KnownAt.Before(p.ReceivedAt) {
		a.KnownAt = p.ReceivedAt
	}
	a.Cohort, a.Scope = queries.Cohort{}, ""
	reported, err := s.reported(ctx)
	if err != nil {
		return view.Supposed{}, err
	}
	in := view.SupposedInput{Address: addressOf(c), Unit: p.Unit}
	for _, q := range quartersFrom(reported, p.Quarter) {
		b := a
		b.Quarter, b.Year, b.Deadline = q, q.Year, period.Date{}
		cmp, err := s.deps.Queries.CompareSupposed(ctx, other, b)
		if err != nil {
			return view.Supposed{}, err
		}
		in.Quarters = append(in.Quarters, cmp)
	}
	if in.Documents, err = s.supposedDocuments(ctx, other, a, p); err != nil {
		return view.Supposed{}, err
	}
	return view.NewSupposed(in), nil
}

// supposition answers as if a waiting file were accepted now.
func (s *Server) supposition(p ingest.Pending, actor string) *queries.Queries {
	entry := s.deps.Ingest.Entry(p, actor)
	return s.deps.Queries.Suppose(func(ctx context.Context, conn *sql.Conn) error { return s.deps.Store.Suppose(ctx, conn, entry) })
}

// quartersFrom lists a quarter and the reported ones after it.
func quartersFrom(reported []period.Quarter, from period.Quarter) []period.Quarter {
	out := []period.Quarter{from}
	for _, q := range reported {
		if q.Compare(from) > 0 {
			out = append(out, q)
		}
	}
	return out
}

// supposedDocuments compares under the terms of each paper issued on the file's quarter or a later one.
func (s *Server) supposedDocuments(ctx context.Context, other *queries.Queries, a queries.AsOf, p ingest.Pending) ([]view.SupposedDocument, error) {
	all, err := s.deps.Queries.Documents(ctx, queries.DocumentFilter{})
	if err != nil {
		return nil, err
	}
	replaced := map[string]bool{} // issued again: the later paper speaks
	for _, d := range all {
		replaced[d.Again] = d.Again != ""
	}
	var out []view.SupposedDocument
	for _, d := range all {
		q, err := period.ParseQuarter(d.Quarter)
		if err != nil || q.Compare(p.Quarter) < 0 || replaced[d.ID] {
			continue
		}
		b := a
		b.Quarter, b.Year, b.Deadline, b.Level, b.FollowsCity = q, d.Year, period.Date{}, d.Level, false
		if b.Regime, err = s.deps.Rules.Regime(ctx, d.Regime, q, d.KnownAt); err != nil {
			continue // a regime the program no longer knows: its paper stands as it was issued
		}
		cmp, err := s.deps.Queries.CompareSupposed(ctx, other, b)
		if err != nil {
			return nil, err
		}
		out = append(out, view.SupposedDocument{Document: d, Compared: cmp})
	}
	return out, nil
}
