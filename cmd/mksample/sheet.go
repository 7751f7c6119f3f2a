package main

import "github.com/xuri/excelize/v2"

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
