package dashboard

import (
	"context"
	"sync"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// quarterSpan remembers the first and the last reported quarter of one version of the data.
type quarterSpan struct {
	mu          sync.Mutex
	version     int64
	known       bool
	first, last period.Quarter
}

// quarters returns the quarters from the first accepted report to the last; where nothing was accepted, the last that
// has ended.
func (s *Server) quarters(ctx context.Context) ([]period.Quarter, error) {
	first, last, err := s.reported(ctx)
	if err != nil {
		return nil, err
	}
	if first.IsZero() {
		first = period.QuarterOf(period.DateOf(s.deps.Now().In(period.Shanghai))).Add(-1)
		last = first
	}
	var list []period.Quarter
	for q := first; q.Compare(last) <= 0; q = q.Add(1) {
		list = append(list, q)
	}
	return list, nil
}

// lastQuarter is the default 报告期: the last of quarters.
func (s *Server) lastQuarter(ctx context.Context) (period.Quarter, error) {
	list, err := s.quarters(ctx)
	if err != nil {
		return period.Quarter{}, err
	}
	return list[len(list)-1], nil
}

func (s *Server) reported(ctx context.Context) (first, last period.Quarter, err error) {
	s.span.mu.Lock()
	defer s.span.mu.Unlock()
	version := s.deps.Store.Facts()
	if s.span.known && s.span.version == version {
		return s.span.first, s.span.last, nil
	}
	rows, err := s.deps.Queries.Submissions(ctx, queries.SubmissionFilter{Status: record.Accepted})
	if err != nil {
		return first, last, err
	}
	for _, r := range rows {
		if first.IsZero() || r.Quarter.Compare(first) < 0 {
			first = r.Quarter
		}
		if last.IsZero() || r.Quarter.Compare(last) > 0 {
			last = r.Quarter
		}
	}
	s.span.version, s.span.known, s.span.first, s.span.last = version, true, first, last
	return first, last, nil
}
