package main

import (
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"liandu/internal/period"
)

// book is a workbook being laid out in a habit.
type book struct {
	*excelize.File
	habit                          habit
	head, cell, date, title, plain int // styles
}

// writeWorkbook lays the report out as its county does.
func writeWorkbook(r report, h habit, at time.Time) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	moment := at.UTC().Format(time.RFC3339)
	err := f.SetDocProps(&excelize.DocProperties{
		Creator: r.county.filler, LastModifiedBy: r.county.filler, Title: r.county.name + r.quarter.Chinese(),
		Created: moment, Modified: moment, Language: "zh-CN",
	})
	if err != nil {
		return nil, err
	}
	b := book{File: f, habit: h}
	if err := b.newStyles(); err != nil {
		return nil, err
	}
	if !h.noCover {
		b.cover(r)
	}
	for i, t := range r.tables {
		if h.sheets != nil {
			t.sheet = h.sheets[i+1]
		}
		b.table(r, t, r.tables[i].sheet)
	}
	if h.draftSheet {
		b.draft()
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		return nil, err
	}
	f.SetActiveSheet(0)
	out, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (b *book) newStyles() error {
	line := []excelize.Border{
		{Type: "left", Color: "999999", Style: 1}, {Type: "right", Color: "999999", Style: 1},
		{Type: "top", Color: "999999", Style: 1}, {Type: "bottom", Color: "999999", Style: 1},
	}
	font := func(bold bool, size float64) *excelize.Font {
		return &excelize.Font{Family: "宋体", Size: size, Bold: bold}
	}
	form := "yyyy-mm-dd"
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&b.head, excelize.Style{Border: line, Font: font(true, 10.5), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7EBF0"}},
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}},
		{&b.cell, excelize.Style{Border: line, Font: font(false, 10.5), Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}},
		{&b.date, excelize.Style{Border: line, Font: font(false, 10.5), CustomNumFmt: &form, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"}}},
		{&b.title, excelize.Style{Font: font(true, 16), Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"}}},
		{&b.plain, excelize.Style{Font: font(false, 10.5)}},
	} {
		id, err := b.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.id = id
	}
	return nil
}

// cover writes 基本信息: labels in column A, or across in the first row.
func (b *book) cover(r report) {
	sheet := "基本信息"
	if b.habit.sheets != nil {
		sheet = b.habit.sheets[0]
	}
	name := r.county.name
	if b.habit.traditional {
		name = strings.ReplaceAll(name, "县", "縣")
	}
	if b.habit.spaced {
		name = strings.Join(strings.Split(name, ""), " ")
	}
	b.newSheet(sheet)
	for i, line := range [][2]string{
		{"填报单位", name}, {"报告期", r.quarter.Chinese()}, {"填报人", r.county.filler},
		{"审核人", r.county.reviewer}, {"联系电话", r.county.phone}, {"填报日期", b.written(r.filled)},
	} {
		label, value := at(1, i+1), at(2, i+1)
		if b.habit.coverAcross {
			label, value = at(i+1, 1), at(i+1, 2)
		}
		b.put(sheet, label, line[0], b.head)
		b.put(sheet, value, line[1], b.cell)
	}
	if b.habit.coverAcross {
		b.SetColWidth(sheet, "A", "F", 18)
		return
	}
	b.SetColWidth(sheet, "A", "A", 14)
	b.SetColWidth(sheet, "B", "B", 30)
}

// written is a day as text.
func (b *book) written(d period.Date) string {
	if s, ok := b.habit.dateText(d); ok {
		return s
	}
	return d.String()
}

// table writes one sheet: lines over the heads, heads, rows, and what stands beneath.
func (b *book) table(r report, t table, form string) {
	columns := b.habit.columns(table{sheet: form, columns: t.columns})
	b.newSheet(t.sheet)
	line := 1
	if b.habit.titles {
		line = b.titles(r, t, len(columns))
	}
	line = b.heads(t.sheet, columns, line)
	first := line
	for _, values := range t.rows {
		b.row(r, t.sheet, columns, line, values)
		line++
	}
	if b.habit.mergeDown {
		b.mergeDown(t, columns, first)
	}
	if b.habit.notes {
		b.notes(r, t.sheet, line+1)
	}
	for i, c := range columns {
		name, _ := excelize.ColumnNumberToName(i + 1)
		b.SetColWidth(t.sheet, name, name, c.width)
	}
	b.SetPanes(t.sheet, &excelize.Panes{
		Freeze: true, YSplit: first - 1, TopLeftCell: at(1, first), ActivePane: "bottomLeft",
	})
	b.printable(t.sheet)
}

// printable sets A4 landscape, one page wide.
func (b *book) printable(sheet string) {
	paper, direction, wide, high, fit := 9, "landscape", 1, 0, true
	b.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &paper, Orientation: &direction, FitToWidth: &wide, FitToHeight: &high,
	})
	b.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// titles writes the table's name over all columns and the line 填报单位 … 报告期 … beneath it.
func (b *book) titles(r report, t table, width int) (next int) {
	b.put(t.sheet, "A1", r.county.name+r.quarter.Chinese()+t.title, b.title)
	b.MergeCell(t.sheet, "A1", at(width, 1))
	b.SetRowHeight(t.sheet, 1, 28)
	b.put(t.sheet, "A2", "填报单位："+r.county.name, b.plain)
	b.put(t.sheet, "D2", "报告期："+r.quarter.Chinese(), b.plain)
	return 3
}

// heads writes one row of heads, or two with groups.
func (b *book) heads(sheet string, columns []column, line int) (next int) {
	if !b.habit.twoHeads {
		for i, c := range columns {
			b.put(sheet, at(i+1, line), c.head, b.head)
		}
		b.SetRowHeight(sheet, line, 32)
		return line + 1
	}
	for i := 0; i < len(columns); {
		j := i + 1
		for j < len(columns) && columns[i].group != "" && columns[j].group == columns[i].group {
			j++
		}
		b.band(sheet, columns[i:j], i+1, line)
		i = j
	}
	b.SetRowHeight(sheet, line+1, 32)
	return line + 2
}

// band writes the heads of one group: its name merged across, or a lone head merged down.
func (b *book) band(sheet string, columns []column, from, line int) {
	for k, c := range columns {
		b.put(sheet, at(from+k, line+1), c.head, b.head)
		b.put(sheet, at(from+k, line), "", b.head)
	}
	if columns[0].group == "" {
		b.put(sheet, at(from, line+1), "", b.head)
		b.put(sheet, at(from, line), columns[0].head, b.head)
		b.MergeCell(sheet, at(from, line), at(from, line+1))
		return
	}
	b.put(sheet, at(from, line), columns[0].group, b.head)
	if len(columns) > 1 {
		b.MergeCell(sheet, at(from, line), at(from+len(columns)-1, line))
	}
}

func (b *book) row(r report, sheet string, columns []column, line int, values row) {
	for i, c := range columns {
		b.value(r, sheet, at(i+1, line), c, values)
	}
	due, overdue := values["revised_due_on"], false
	if due == "" {
		due = values["due_on"]
	}
	if values["status"] == "推进中" && due != "" {
		overdue = due <= r.quarter.Last().String()
	}
	if b.habit.hideOverdue && r.quarter.Year >= 2024 && overdue {
		b.SetRowVisible(sheet, line, false)
	}
}

// value writes one cell in the habit's form. What is no day or number in the row is written as it stands.
func (b *book) value(r report, sheet, cell string, c column, values row) {
	s := values[c.field]
	style := b.cell
	if c.kind == day {
		style = b.date
	}
	switch {
	case c.field == "contact":
		s = r.county.filler
	case c.field == "due_on" && values["status"] == "长期坚持":
		s = b.habit.forever
	case c.field == "unit" && b.habit.spaced && s == r.county.name:
		s = strings.Join(strings.Split(s, ""), " ")
	case c.kind == tick && s != "" && b.habit.ticks[0] != "":
		s = map[string]string{"是": b.habit.ticks[0], "否": b.habit.ticks[1]}[s]
	case c.kind == day:
		b.day(sheet, cell, c, s, style)
		return
	case c.kind == percent:
		b.percent(sheet, cell, s, style)
		return
	case c.kind == number || c.kind == code:
		b.number(sheet, cell, s, style)
		return
	}
	b.put(sheet, cell, s, style)
}

func (b *book) day(sheet, cell string, c column, s string, style int) {
	d, err := period.ParseDate(s)
	if err != nil || d.IsZero() {
		b.put(sheet, cell, s, style)
		return
	}
	if b.habit.dates == "words" && c.field == "due_on" && d.Month() == 12 && d.Day() == 31 {
		b.put(sheet, cell, strconv.Itoa(d.Year())+"年底前", style)
		return
	}
	if written, ok := b.habit.dateText(d); ok {
		b.put(sheet, cell, written, style)
		return
	}
	b.put(sheet, cell, d.DaysSince(period.MustDate("1899-12-30")), style)
}

func (b *book) percent(sheet, cell, s string, style int) {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
		b.put(sheet, cell, s, style)
	case b.habit.percents == "sign":
		b.put(sheet, cell, s+"%", style)
	case b.habit.percents == "words":
		b.put(sheet, cell, percentInWords(n), style)
	default:
		b.put(sheet, cell, n, style)
	}
}

func (b *book) number(sheet, cell, s string, style int) {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
		b.put(sheet, cell, s, style)
	case b.habit.wideDigits:
		b.put(sheet, cell, wide(s), style)
	default:
		b.put(sheet, cell, n, style)
	}
}

// mergeDown merges runs of the same unit, and within them of the same year.
func (b *book) mergeDown(t table, columns []column, first int) {
	for i, c := range columns {
		if c.field != "unit" && c.field != "year" {
			continue
		}
		for from := 0; from < len(t.rows); {
			to := from + 1
			for to < len(t.rows) && t.rows[to]["unit"] == t.rows[from]["unit"] && t.rows[to][c.field] == t.rows[from][c.field] {
				to++
			}
			if to-from > 1 {
				b.MergeCell(t.sheet, at(i+1, first+from), at(i+1, first+to-1))
			}
			from = to
		}
	}
}

func (b *book) notes(r report, sheet string, line int) {
	b.put(sheet, at(1, line), "注：1.本表按季度填报，季度终了后10日内报市总工会。2.长期坚持事项不填完成日期。", b.plain)
	b.put(sheet, at(1, line+1), "填报人："+r.county.filler+"　　审核人："+r.county.reviewer+"　　联系电话："+r.county.phone, b.plain)
}

// draft adds a hidden sheet with what the filler keeps for himself; it is not to be read.
func (b *book) draft() {
	b.newSheet("底稿")
	for i, s := range []string{"上报前核对：纪要文号、时限", "县长办公会日程待定", "乡镇数据由各镇电话报"} {
		b.put("底稿", at(1, i+1), s, b.plain)
	}
	b.SetSheetVisible("底稿", false)
}

func (b *book) newSheet(name string) {
	if _, err := b.NewSheet(name); err != nil {
		panic(err) // names are ours
	}
}

func (b *book) put(sheet, cell string, v any, style int) {
	if v != "" {
		if err := b.SetCellValue(sheet, cell, v); err != nil {
			panic(err) // sheets and cells are ours
		}
	}
	b.SetCellStyle(sheet, cell, cell, style)
}

func at(column, line int) string {
	name, err := excelize.CoordinatesToCellName(column, line)
	if err != nil {
		panic(err) // coordinates are ours
	}
	return name
}
