package main

import (
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
