package dashboard

import (
	"context"
	"slices"
	"sync"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// quarterSpan remembers the reported quarters of one version of the data, in order.
type quarterSpan struct {
	mu       sync.Mutex
	version  int64
	known    bool
	quarters []period.Quarter
}

// quarters returns the quarters from the first accepted report to the last; where nothing was accepted, the last that
// has ended.
func (s *Server) quarters(ctx context.Context) ([]period.Quarter, error) {
	reported, err := s.reported(ctx)
	if err != nil {
		return nil, err
	}
	if len(reported) == 0 {
		return []period.Quarter{s.running().Add(-1)}, nil
	}
	var list []period.Quarter
	for q := reported[0]; q.Compare(reported[len(reported)-1]) <= 0; q = q.Add(1) {
		list = append(list, q)
	}
	return list, nil
}

// lastQuarter is the default 报告期: the last reported quarter that has begun, where none has the last that has ended.
// A report for a year still to come, by a slip of the pen, must not take everyone's pages there.
func (s *Server) lastQuarter(ctx context.Context) (period.Quarter, error) {
	reported, err := s.reported(ctx)
	if err != nil {
		return period.Quarter{}, err
	}
	running := s.running()
	for _, q := range slices.Backward(reported) {
		if q.Compare(running) <= 0 {
			return q, nil
		}
	}
	return running.Add(-1), nil
}

// running is today's quarter.
func (s *Server) running() period.Quarter {
	return period.QuarterOf(period.DateOf(s.deps.Now().In(period.Shanghai)))
}

// reported returns the quarters with an accepted report, in order.
func (s *Server) reported(ctx context.Context) ([]period.Quarter, error) {
	s.span.mu.Lock()
	defer s.span.mu.Unlock()
	version := s.deps.Store.Facts()
	if s.span.known && s.span.version == version {
		return s.span.quarters, nil
	}
	rows, err := s.deps.Queries.Submissions(ctx, queries.SubmissionFilter{Status: record.Accepted})
	if err != nil {
		return nil, err
	}
	var list []period.Quarter
	for _, r := range rows {
		list = append(list, r.Quarter)
	}
	slices.SortFunc(list, period.Quarter.Compare)
	s.span.version, s.span.known, s.span.quarters = version, true, slices.Compact(list)
	return s.span.quarters, nil
}
