package dashboard

import (
	"bytes"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/xlsx"
	"liandu/queries"
)

// exportTable hands over a view's rows as the address asks: .csv (UTF-8 with a byte-order mark) or .xlsx. Either way every
// cell is text, and no program takes one for a formula.
func (s *Server) exportTable(c *gin.Context, t view.Table, a queries.AsOf) error {
	city := s.deps.Folder().Name
	sheet := xlsx.Table{
		Name: t.Name, Title: city + t.Name, Left: "截至：" + a.Quarter.Last().Chinese(), Right: "制度：" + a.Regime.Name,
		Filter: true, Freeze: 1,
	}
	for i, h := range t.Heads {
		column := xlsx.Head(h)
		column.Width = float64(t.Widths[i])
		sheet.Columns = append(sheet.Columns, column)
	}
	for _, r := range t.Rows {
		row := xlsx.Row{}
		for _, text := range r {
			row.Cells = append(row.Cells, xlsx.Text(text))
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	var body bytes.Buffer
	name := t.Name + " " + a.Quarter.String()
	if strings.HasSuffix(c.Request.URL.Path, ".csv") {
		if err := xlsx.CSV(&body, sheet); err != nil {
			return err
		}
		download(c, name+".csv", a.Quarter.String()+".csv", int64(body.Len()), &body)
		return nil
	}
	book := xlsx.Book{
		Title: sheet.Title, Subject: "截至" + a.Quarter.Last().Chinese(), Company: city + "总工会",
		Created: s.deps.Now(), Tables: []xlsx.Table{sheet},
	}
	if err := book.Write(&body); err != nil {
		return err
	}
	download(c, name+".xlsx", a.Quarter.String()+".xlsx", int64(body.Len()), &body)
	return nil
}
