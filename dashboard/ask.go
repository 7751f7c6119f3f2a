package dashboard

import (
	"github.com/gin-gonic/gin"

	"liandu/dashboard/chart"
	"liandu/dashboard/view"
	"liandu/queries"
)

// matrixQuarters is how many quarters the light matrix and the trends show.
const matrixQuarters = 8

// history returns the metrics of up to matrixQuarters quarters ending with now, oldest first, each in its own year;
// none before the first accepted report.
func (s *Server) history(c *gin.Context, now *queries.Metrics) ([]*queries.Metrics, error) {
	quarters, err := s.quarters(c.Request.Context())
	if err != nil {
		return nil, err
	}
	var out []*queries.Metrics
	for i := 1 - matrixQuarters; i < 0; i++ {
		q := now.AsOf.Quarter.Add(i)
		if q.Compare(quarters[0]) < 0 {
			continue
		}
		m, err := s.deps.Queries.Metrics(c.Request.Context(), earlier(now.AsOf, i))
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return append(out, now), nil
}

// earlier is the as-of n quarters away, judged in that quarter's own year.
func earlier(a queries.AsOf, n int) queries.AsOf {
	b := a
	b.Quarter = a.Quarter.Add(n)
	b.Year = b.Quarter.Year
	b.Deadline = queries.AsOf{}.Deadline
	return b
}

// lastYear returns the metrics of the same quarter a year before, nil before the first accepted report.
func (s *Server) lastYear(c *gin.Context, now *queries.Metrics) (*queries.Metrics, error) {
	quarters, err := s.quarters(c.Request.Context())
	if err != nil {
		return nil, err
	}
	a := earlier(now.AsOf, -4)
	a.Year = now.AsOf.Year - 1
	if a.Quarter.Compare(quarters[0]) < 0 || a.Year < quarters[0].Year {
		return nil, nil
	}
	return s.deps.Queries.Metrics(c.Request.Context(), a)
}

// now reads the request's as-of and answers it.
func (s *Server) now(c *gin.Context) (*queries.Metrics, error) {
	a, err := s.asOf(c)
	if err != nil {
		return nil, err
	}
	return s.deps.Queries.Metrics(c.Request.Context(), a)
}

// figure is a chart ready for the partial "chart".
type figure struct {
	ID, Label, Size string
	Option          chart.Option
}

func lineFigure(f view.LineChart, size string) (figure, error) {
	o, err := chart.Lines(f)
	return figure{f.ID, f.Label, size, o}, err
}

func stackFigure(f view.StackChart, size string) (figure, error) {
	o, err := chart.Stack(f)
	return figure{f.ID, f.Label, size, o}, err
}

func dateFigure(f view.DateChart, size string) (figure, error) {
	o, err := chart.Dates(f)
	return figure{f.ID, f.Label, size, o}, err
}

// nameWidth is the width in pixels of a column of unit names.
func nameWidth(units []queries.UnitResult) int {
	longest := 3
	for _, u := range units {
		longest = max(longest, len([]rune(u.Unit.Name)))
	}
	return min(longest, 9)*13 + 27
}
