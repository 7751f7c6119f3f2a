package xlsx

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// Book is a workbook: its properties and its sheets, in order.
type Book struct {
	Title   string
	Subject string
	Company string    // whose paper it is
	Created time.Time // handed in; the same moment gives the same bytes
	Tables  []Table
}

// application is what made the file, in its properties.
const application = "联督"

// Write lays out every table and writes the workbook to w. Nothing reaches w when an error is returned before the
// book is complete.
func (b Book) Write(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := b.properties(f); err != nil {
		return fmt.Errorf("workbook properties: %w", err)
	}
	st := &styles{file: f, ids: map[styleKey]int{}}
	for i, t := range b.Tables {
		if err := nameSheet(f, i, t.Name); err != nil {
			return fmt.Errorf("sheet %s: %w", t.Name, err)
		}
	}
	for _, t := range b.Tables {
		if err := t.write(f, st); err != nil {
			return fmt.Errorf("sheet %s: %w", t.Name, err)
		}
	}
	var p pack
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return &p })
	if _, err := f.WriteToBuffer(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return p.writeTo(w)
}

func (b Book) properties(f *excelize.File) error {
	if err := f.SetDefaultFont(fontBody); err != nil {
		return err
	}
	at := b.Created.UTC().Format("2006-01-02T15:04:05Z")
	err := f.SetDocProps(&excelize.DocProperties{
		Title: clean(b.Title), Subject: clean(b.Subject), Creator: application, LastModifiedBy: application,
		Created: at, Modified: at, Language: "zh-CN",
	})
	if err != nil {
		return err
	}
	return f.SetAppProps(&excelize.AppProperties{Application: application, Company: clean(b.Company)})
}

func nameSheet(f *excelize.File, i int, name string) error {
	if i == 0 {
		return f.SetSheetName("Sheet1", name)
	}
	_, err := f.NewSheet(name)
	return err
}

// write streams one sheet. The order is the library's: what stands before the rows first, what stands after them
// (drawing, page) before the end.
func (t Table) write(f *excelize.File, st *styles) error {
	if err := t.sheetView(f); err != nil {
		return err
	}
	sw, err := f.NewStreamWriter(t.Name)
	if err != nil {
		return err
	}
	s := &sheetWriter{Table: t, out: sw, styles: st, widths: t.columnWidths()}
	if err := s.columns(); err != nil {
		return err
	}
	if err := s.rows(); err != nil {
		return err
	}
	for _, c := range t.Charts {
		if err := addChart(f, t.Name, c, s.row, s.widths); err != nil {
			return err
		}
	}
	if err := t.filter(f); err != nil {
		return err
	}
	if err := t.page(f, s.row+t.chartRows(), s.headFrom, s.headTo); err != nil {
		return err
	}
	return sw.Flush()
}

// filter puts drop-downs on the last head row, over the rows above the sums.
func (t Table) filter(f *excelize.File) error {
	if !t.Filter || len(t.Rows) == 0 || t.HeadDepth() == 0 {
		return nil
	}
	last := len(t.Rows) - 1
	for last > 0 && t.Rows[last].Look == Total {
		last--
	}
	from, to := cellName(0, t.RowNumber(-1), false), cellName(len(t.Columns)-1, t.RowNumber(last), false)
	return f.AutoFilter(t.Name, from+":"+to, nil)
}

// chartRows is how many rows below the notes the charts cover.
func (t Table) chartRows() int {
	n := 0
	for _, c := range t.Charts {
		n = max(n, c.Row+c.Rows)
	}
	return n
}

func (t Table) sheetView(f *excelize.File) error {
	yes, height := true, chartRow
	if err := f.SetSheetProps(t.Name, &excelize.SheetPropsOptions{
		FitToPage: &yes, DefaultRowHeight: &height, CustomHeight: &yes,
	}); err != nil {
		return err
	}
	no := false
	return f.SetSheetView(t.Name, 0, &excelize.ViewOptions{ShowGridLines: &no})
}

// page sets A4, fit to width, print area, repeated head, and 第 n 页 共 n 页 at the foot.
func (t Table) page(f *excelize.File, last, headFrom, headTo int) error {
	paper, wide, tall, orientation := 9, 1, 0, "landscape"
	if t.Portrait {
		orientation = "portrait"
	}
	if err := f.SetPageLayout(t.Name, &excelize.PageLayoutOptions{
		Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall,
	}); err != nil {
		return err
	}
	side, edge, foot, yes := 0.47, 0.6, 0.3, true // inches: 12 mm at the sides
	if err := f.SetPageMargins(t.Name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &edge, Bottom: &edge, Header: &foot, Footer: &foot, Horizontally: &yes,
	}); err != nil {
		return err
	}
	if err := f.SetHeaderFooter(t.Name, &excelize.HeaderFooterOptions{OddFooter: "&C第&P页　共&N页"}); err != nil {
		return err
	}
	sheet := quoteSheet(t.Name)
	area := excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: t.Name,
		RefersTo: sheet + "!$A$1:" + cellName(len(t.Columns)-1, last, true)}
	if err := f.SetDefinedName(&area); err != nil {
		return err
	}
	if headTo < headFrom {
		return nil
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: t.Name,
		RefersTo: sheet + "!$" + strconv.Itoa(headFrom) + ":$" + strconv.Itoa(headTo)})
}
