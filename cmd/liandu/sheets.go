package main

import (
	"context"
	"fmt"

	"liandu/dashboard/view"
	"liandu/ingest"
)

// sheets reads a kept original again, in a parser's process like at its arrival, to be drawn in the browser.
func sheets(in *ingest.Ingester) func(context.Context, string) ([]view.SheetGrid, error) {
	return func(ctx context.Context, sha256 string) ([]view.SheetGrid, error) {
		body, err := in.Store.Blobs().Read(sha256)
		if err != nil {
			return nil, err
		}
		book, err := in.Parser.Parse(ctx, body)
		if err != nil {
			return nil, fmt.Errorf("parse original %s: %w", sha256, err)
		}
		var out []view.SheetGrid
		for _, g := range book.Grids {
			out = append(out, sheetGrid(g))
		}
		return out, nil
	}
}

func sheetGrid(g ingest.Grid) view.SheetGrid {
	out := view.SheetGrid{Name: g.Name, Hidden: g.Hidden, HiddenColumns: g.HiddenCols}
	for _, m := range g.Merges {
		out.Merges = append(out.Merges, view.Merge{FromRow: m.Top, FromColumn: m.Left, ToRow: m.Bottom, ToColumn: m.Right})
	}
	for _, r := range g.Rows {
		if r.N < 1 {
			continue
		}
		for len(out.Rows) < r.N {
			out.Rows = append(out.Rows, nil)
		}
		if r.Hidden {
			out.HiddenRows = append(out.HiddenRows, r.N)
		}
		out.Rows[r.N-1] = sheetRow(r)
	}
	return out
}

func sheetRow(r ingest.Row) []view.SheetCell {
	var cells []view.SheetCell
	for _, c := range r.Cells {
		if c.Col < 1 || c.Down || c.Across { // what a merged range reaches is drawn by the range
			continue
		}
		for len(cells) < c.Col {
			cells = append(cells, view.SheetCell{})
		}
		cells[c.Col-1] = view.SheetCell{Text: c.Text, Number: c.Kind == ingest.CellNumber}
	}
	return cells
}
