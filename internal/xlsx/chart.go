package xlsx

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// ChartKind is how a chart draws its series.
type ChartKind uint8

// The kinds. A bar lies, a column stands; stacked ones show parts of a whole.
const (
	Bar ChartKind = iota
	StackedBar
	Columns
	Line
)

// Chart is a native chart below a table, over numbers that stand in cells of the book.
type Chart struct {
	Kind   ChartKind
	Title  string
	Alt    string // one sentence for who cannot see it
	Series []Series
	Format string  // of the value axis and labels: "0.0"; "" as the cells
	Max    float64 // of the value axis, 0: by the data
	Col    int     // first column covered, from 0
	Cols   int
	Row    int // first covered row below the notes, from 0, in rows of 15 points
	Rows   int
}

// Series is one row of marks. Color is RRGGBB.
type Series struct {
	Name       Range
	Categories Range
	Values     Range
	Color      string
}

// Range is a block of cells of a sheet; columns count from 0, rows from 1, ends included.
type Range struct {
	Sheet            string
	Col, Row         int
	LastCol, LastRow int
}

// CellAt is the range of one cell.
func CellAt(sheet string, col, row int) Range { return Range{sheet, col, row, col, row} }

// Down is the range of one column.
func Down(sheet string, col, row, last int) Range { return Range{sheet, col, row, col, last} }

// Across is the range of one row.
func Across(sheet string, row, col, last int) Range { return Range{sheet, col, row, last, row} }

func (r Range) String() string {
	from, to := cellName(r.Col, r.Row, true), cellName(r.LastCol, r.LastRow, true)
	if from == to {
		return quoteSheet(r.Sheet) + "!" + from
	}
	return quoteSheet(r.Sheet) + "!" + from + ":" + to
}

func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

var chartTypes = map[ChartKind]excelize.ChartType{
	Bar: excelize.Bar, StackedBar: excelize.BarStacked, Columns: excelize.Col, Line: excelize.Line,
}

// chartRow is the height in points of the rows kept free for charts, libraryRow what the library takes that for in
// its own pixels, by which it finds the last row a chart covers.
const (
	chartRow   = 15.0
	libraryRow = 18
)

// addChart anchors a chart on the rows below `below` (the last used row).
func addChart(f *excelize.File, sheet string, c Chart, below int, widths []float64) error {
	width := 0.0
	for _, w := range widths[c.Col:min(c.Col+c.Cols, len(widths))] {
		width += float64(int(w*8 + 0.5)) // the library's own measure of a column
	}
	off, gap, plain := false, uint(45), 0
	overlap := &plain
	if c.Kind == StackedBar {
		full := 100
		overlap = &full
	}
	font := func(size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: fontBody, Size: size, Color: ink, Bold: bold}
	}
	chart := &excelize.Chart{
		Type:       chartTypes[c.Kind],
		Dimension:  excelize.ChartDimension{Width: uint(max(width-8, 40)), Height: uint(c.Rows*libraryRow - 5)},
		Format:     excelize.GraphicOptions{OffsetX: 4, OffsetY: 3, AltText: c.Alt, Name: c.Title},
		Title:      excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title, Font: font(11, true)}}},
		Legend:     excelize.ChartLegend{Position: "none", Font: font(9, false)},
		VaryColors: &off,
		GapWidth:   &gap,
		Overlap:    overlap,
		XAxis:      excelize.ChartAxis{Font: *font(9, false), ReverseOrder: c.Kind == Bar || c.Kind == StackedBar},
		YAxis:      excelize.ChartAxis{Font: *font(9, false), MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.Format}},
		PlotArea:   excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.Format}},
		Border:     excelize.LineOptions{Type: excelize.LineNone},
	}
	if c.Kind == Bar || c.Kind == StackedBar {
		chart.YAxis.None, chart.YAxis.MajorGridLines = true, false // every bar carries its number
	}
	if len(c.Series) > 1 {
		chart.Legend.Position = "bottom"
	}
	least := 0.0
	chart.YAxis.Minimum = &least
	if c.Max > 0 {
		chart.YAxis.Maximum = &c.Max
	}
	for _, s := range c.Series {
		one := excelize.ChartSeries{
			Name: s.Name.String(), Categories: s.Categories.String(), Values: s.Values.String(),
			Fill: solid(s.Color), DataLabel: excelize.ChartDataLabel{Font: *font(9, false)},
			Line: excelize.LineOptions{Width: 1.5}, Marker: excelize.ChartMarker{Symbol: "circle", Size: 6, Fill: solid(s.Color)},
		}
		if c.Kind == StackedBar && dark(s.Color) {
			one.DataLabel.Font.Color = "FFFFFF"
		}
		if c.Kind == Bar || c.Kind == Columns {
			one.DataLabelPosition = excelize.ChartDataLabelsPositionOutsideEnd
		}
		chart.Series = append(chart.Series, one)
	}
	if err := f.AddChart(sheet, cellName(c.Col, below+1+c.Row, false), chart); err != nil {
		return fmt.Errorf("chart %s on sheet %s: %w", c.Title, sheet, err)
	}
	return nil
}

// dark reports whether white numbers read better on a colour RRGGBB.
func dark(color string) bool {
	n, err := strconv.ParseUint(color, 16, 32)
	if err != nil {
		return false
	}
	return 299*(n>>16)+587*(n>>8&0xff)+114*(n&0xff) < 140_000
}
