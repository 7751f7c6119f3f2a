package dashboard

import (
	"bytes"
	"net/http"
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
		return s.export(c, "export.table", name+".csv", a.Quarter.String()+".csv", &body)
	}
	book := xlsx.Book{
		Title: sheet.Title, Subject: "截至" + a.Quarter.Last().Chinese(), Company: city + "总工会",
		Created: s.deps.Now(), Tables: []xlsx.Table{sheet},
	}
	if err := book.Write(&body); err != nil {
		return err
	}
	return s.export(c, "export.table", name+".xlsx", a.Quarter.String()+".xlsx", &body)
}

// export hands over a file of figures, which the audit log names with what was asked for.
func (s *Server) export(c *gin.Context, action, name, plain string, body *bytes.Buffer) error {
	if c.Request.Method == http.MethodGet {
		asked := c.Request.URL.RequestURI()
		if err := s.note(c, action, asked[:min(len(asked), 1000)], map[string]string{"file": name}); err != nil {
			return err
		}
	}
	download(c, name, plain, int64(body.Len()), body)
	return nil
}
