package dashboard

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/ingest"
	"liandu/internal/record"
	"liandu/queries"
)

// source draws the original sheet of a submission with a cell lit.
func (s *Server) source(c *gin.Context) error {
	row, err := s.submissionRow(c, c.Param("id"))
	if err != nil {
		return err
	}
	in := view.SourceInput{
		Address: addressOf(c), Submission: row.Submission, UnitName: row.UnitName, Sheet: c.Query("sheet"), Cell: c.Query("cell"),
	}
	if also := c.Query("also"); also != "" {
		in.Also = strings.Split(also, ",")
	}
	if in.Reading, err = s.reading(row); err != nil {
		return err
	}
	if at := carriedFrom(in.Reading, in.Sheet, in.Cell); at.Submission != "" {
		c.Redirect(http.StatusSeeOther, in.Address.Source(at.Submission, ingest.CarriedSheet(at), in.Cell, in.Also...))
		return nil
	}
	if in.Sheets, err = s.sheets(c.Request.Context(), row.SHA256); err != nil {
		s.deps.Log.Warn("original cannot be drawn", "submission", row.ID, "err", err) // it can still be downloaded
	}
	if in.Findings, err = s.findingsAt(c, row.ID); err != nil {
		return err
	}
	if in.Reasons, err = s.deps.Queries.Reasons(c.Request.Context(), row.ID); err != nil {
		return err
	}
	if in.Names, err = s.accountNames(c.Request.Context()); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "source", view.NewSource(in))
}

// carriedFrom returns where a row stands that a version made from a report carried on: another submission's sheet. It is
// zero for a row of the submission's own file.
func carriedFrom(r *record.Reading, sheet, cell string) record.Source {
	if r == nil || sheet == "" {
		return record.Source{}
	}
	var first record.Source
	look := func(s record.Source) bool {
		if s.Sheet != sheet || s.Submission == "" {
			return false
		}
		if first.Submission == "" {
			first = s
		}
		for _, c := range s.Cells {
			if c == cell {
				first = s
				return true
			}
		}
		return false
	}
	for _, m := range r.Meetings {
		if look(m.Source) {
			return first
		}
	}
	for _, x := range r.Resolutions {
		if look(x.Source) {
			return first
		}
	}
	for _, e := range r.Establishments {
		if look(e.Source) {
			return first
		}
	}
	return first
}

// findingsAt returns the findings of the request's as-of that rest on a submission.
func (s *Server) findingsAt(c *gin.Context, id string) ([]queries.Finding, error) {
	a, err := s.asOf(c)
	if err != nil {
		return nil, err
	}
	all, err := s.deps.Queries.Findings(c.Request.Context(), a)
	if err != nil {
		return nil, err
	}
	var out []queries.Finding
	for _, f := range all {
		if slices.ContainsFunc(f.Evidence, func(e queries.Evidence) bool { return e.Submission == id }) {
			out = append(out, f)
		}
	}
	return out, nil
}

// sheets opens a kept original, in the parsers' processes like every stranger's bytes.
func (s *Server) sheets(ctx context.Context, sum string) ([]view.SheetGrid, error) {
	if s.deps.Parser == nil {
		return nil, nil
	}
	book, err := s.deps.Parser.Parse(ctx, s.deps.Store.Blobs().Path(sum))
	if err != nil {
		return nil, fmt.Errorf("open original %s: %w", sum, err)
	}
	var out []view.SheetGrid
	if book.CSV && book.Words != nil { // prose: its lines are no sheet
		return nil, nil
	}
	for _, g := range book.Grids {
		out = append(out, sheetGrid(g))
	}
	return out, nil
}

// sheetGrid turns the reader's sparse rows into a sheet to draw, as far as one can be drawn.
func sheetGrid(g ingest.Grid) view.SheetGrid {
	out := view.SheetGrid{Name: g.Name, Hidden: g.Hidden, HiddenColumns: g.HiddenCols}
	for _, m := range g.Merges {
		out.Merges = append(out.Merges, view.Merge{FromRow: m.Top, FromColumn: m.Left, ToRow: m.Bottom, ToColumn: m.Right})
	}
	for _, r := range g.Rows {
		out.Height = max(out.Height, r.N)
		if r.N < 1 || r.N > view.SheetRows {
			continue
		}
		for len(out.Rows) < r.N {
			out.Rows = append(out.Rows, nil)
		}
		if r.Hidden {
			out.HiddenRows = append(out.HiddenRows, r.N)
		}
		for _, c := range r.Cells {
			out.Width = max(out.Width, c.Col)
			if c.Down || c.Across || c.Col < 1 || c.Col > view.SheetColumns {
				continue
			}
			for len(out.Rows[r.N-1]) < c.Col {
				out.Rows[r.N-1] = append(out.Rows[r.N-1], view.SheetCell{})
			}
			out.Rows[r.N-1][c.Col-1] = view.SheetCell{Text: c.Text, Number: c.Kind == ingest.CellNumber && c.Format != ingest.FormatDate}
		}
	}
	return out
}
