package dashboard

import (
	"context"
	"fmt"

	"liandu/internal/period"
)

// quarters returns the quarters from the first accepted report to the last, at least the last that has ended.
func (s *Server) quarters(ctx context.Context) ([]period.Quarter, error) {
	var first, last period.Date
	row := s.deps.Store.DB().QueryRowContext(ctx,
		`select min(period_end), max(period_end) from d.submission where status = 'accepted'`)
	if err := row.Scan(&first, &last); err != nil {
		return nil, fmt.Errorf("read first and last quarter: %w", err)
	}
	if first.IsZero() {
		ended := period.QuarterOf(period.DateOf(s.deps.Now().In(period.Shanghai))).Add(-1)
		return []period.Quarter{ended}, nil
	}
	var list []period.Quarter
	for q := period.QuarterOf(first); q.Compare(period.QuarterOf(last)) <= 0 && len(list) < 400; q = q.Add(1) {
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
