package ingest

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"liandu/internal/period"
)

// formBook writes one Form into one workbook.
type formBook struct {
	f                                    *excelize.File
	form                                 Form
	head, need, text, date, percentStyle int               // style numbers; need is the head of a required column
	dictionary                           [][]string        // columns of the dictionary sheet
	lists                                map[string]string // where a list of words stands there
}

func (b *formBook) write(w io.Writer) error {
	if err := b.makeStyles(); err != nil {
		return err
	}
	for i, s := range Sheets() {
		fill := b.fillTable
		if i == 0 {
			fill = b.fillCover
			if err := b.f.SetSheetName("Sheet1", s.Name); err != nil {
				return err
			}
		} else if _, err := b.f.NewSheet(s.Name); err != nil {
			return err
		}
		if err := fill(s); err != nil {
			return fmt.Errorf("sheet %s: %w", s.Name, err)
		}
		if err := b.protect(s.Name); err != nil {
			return fmt.Errorf("sheet %s: %w", s.Name, err)
		}
	}
	b.carried()
	if err := b.writeDictionary(); err != nil {
		return fmt.Errorf("sheet %s: %w", dictionarySheet, err)
	}
	if err := b.properties(); err != nil {
		return err
	}
	return b.f.Write(w)
}

func (b *formBook) makeStyles() error {
	var border []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "BFBFBF", Style: 1})
	}
	font := &excelize.Font{Family: "宋体", Size: 11}
	dateFormat, percentFormat := "yyyy-mm-dd", "0%"
	headStyle := func(colour string) *excelize.Style {
		return &excelize.Style{
			Font: &excelize.Font{Bold: true, Family: "宋体", Size: 11}, Border: border, Protection: &excelize.Protection{Locked: true},
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
		}
	}
	bodyStyle := func(format *string) *excelize.Style {
		return &excelize.Style{
			Font: font, Border: border, Protection: &excelize.Protection{Locked: false}, CustomNumFmt: format,
			Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
		}
	}
	for _, s := range []struct {
		number *int
		style  *excelize.Style
	}{
		{&b.head, headStyle("DCE6F1")}, {&b.need, headStyle("FCE4D6")},
		{&b.text, bodyStyle(nil)}, {&b.date, bodyStyle(&dateFormat)}, {&b.percentStyle, bodyStyle(&percentFormat)},
	} {
		n, err := b.f.NewStyle(s.style)
		if err != nil {
			return fmt.Errorf("style: %w", err)
		}
		*s.number = n
	}
	return nil
}

func (b *formBook) fillCover(s Sheet) error {
	if err := b.f.SetColWidth(s.Name, "A", "A", 16); err != nil {
		return err
	}
	if err := b.f.SetColWidth(s.Name, "B", "B", 36); err != nil {
		return err
	}
	for i, c := range s.Columns {
		label, value := "A"+strconv.Itoa(i+1), "B"+strconv.Itoa(i+1)
		if err := b.put(s.Name, label, c.Head, b.headStyle(c)); err != nil {
			return err
		}
		if err := b.put(s.Name, value, b.form.coverCell(c.Field), b.bodyStyle(c)); err != nil {
			return err
		}
		if err := b.rule(s.Name, value, c); err != nil {
			return err
		}
	}
	return nil
}

func (b *formBook) fillTable(s Sheet) error {
	rows := b.form.rows(s.Table)
	if err := b.f.SetRowHeight(s.Name, 1, 34); err != nil { // two lines
		return err
	}
	last := len(rows) + 1 + spareRows
	for i, c := range s.Columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := b.f.SetColStyle(s.Name, letter, b.bodyStyle(c)); err != nil {
			return err
		}
		if err := b.f.SetColWidth(s.Name, letter, letter, c.Width); err != nil {
			return err
		}
		if err := b.put(s.Name, letter+"1", c.Head, b.headStyle(c)); err != nil {
			return err
		}
		for r, row := range rows {
			if err := b.put(s.Name, letter+strconv.Itoa(r+2), row(c.Field), b.bodyStyle(c)); err != nil {
				return err
			}
		}
		if err := b.rule(s.Name, fmt.Sprintf("%s2:%s%d", letter, letter, last), c); err != nil {
			return err
		}
	}
	if err := b.f.SetPanes(s.Name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return b.page(s)
}

func (b *formBook) headStyle(c Column) int {
	if c.Required {
		return b.need
	}
	return b.head
}

func (b *formBook) bodyStyle(c Column) int {
	switch c.Kind {
	case KindDate, KindPastDate:
		return b.date
	case KindPercent:
		return b.percentStyle
	}
	return b.text
}

func (b *formBook) put(sheet, cell string, v any, style int) error {
	var err error
	switch t := v.(type) {
	case nil:
	case string:
		err = b.f.SetCellStr(sheet, cell, literal(t))
	case int:
		err = b.f.SetCellInt(sheet, cell, int64(t))
	case share:
		err = b.f.SetCellFloat(sheet, cell, float64(t), -1, 64)
	case period.Date:
		err = b.f.SetCellInt(sheet, cell, int64(serial(t)))
	default:
		err = fmt.Errorf("cannot write a %T", v)
	}
	if err != nil {
		return fmt.Errorf("cell %s: %w", cell, err)
	}
	return b.f.SetCellStyle(sheet, cell, cell, style)
}

// serial is the date in Excel's 1900 system, right from 1 March 1900 on.
func serial(d period.Date) int {
	return d.DaysSince(period.MustDate("1899-12-30"))
}

// rule adds the column's drop-down and its note as an input message.
func (b *formBook) rule(sheet, cells string, c Column) error {
	v := excelize.NewDataValidation(true)
	v.SetSqref(cells)
	words := make([]string, 0, len(c.Choices))
	for _, w := range c.Choices {
		words = append(words, w.Word)
	}
	if c.Kind == KindUnit {
		words = b.form.Units
	}
	if len(words) > 0 {
		if err := b.list(v, words); err != nil {
			return err
		}
		style := excelize.DataValidationErrorStyleStop
		if c.Open || c.Kind == KindUnit {
			style = excelize.DataValidationErrorStyleWarning
		}
		v.SetError(style, c.Head, "请从列表中选择。")
	}
	if c.Note == "" && len(words) == 0 {
		return nil
	}
	if c.Note != "" {
		v.SetInput(c.Head, c.Note)
	}
	return b.f.AddDataValidation(sheet, v)
}

// list offers words from the hidden dictionary sheet, where the same words stand once.
func (b *formBook) list(v *excelize.DataValidation, words []string) error {
	key := strings.Join(words, "\n")
	at, ok := b.lists[key]
	if !ok {
		b.dictionary = append(b.dictionary, words)
		letter, err := excelize.ColumnNumberToName(len(b.dictionary))
		if err != nil {
			return err
		}
		at = fmt.Sprintf("%s!$%s$1:$%s$%d", dictionarySheet, letter, letter, len(words))
		b.lists[key] = at
	}
	v.SetSqrefDropList(at)
	return nil
}

// writeDictionary adds the hidden sheet, last, with a column for each list.
func (b *formBook) writeDictionary() error {
	if _, err := b.f.NewSheet(dictionarySheet); err != nil {
		return err
	}
	if err := b.f.SetSheetVisible(dictionarySheet, false); err != nil {
		return err
	}
	for i, words := range b.dictionary {
		for n, w := range words {
			if err := b.f.SetCellStr(dictionarySheet, ref(i+1, n+1), literal(w)); err != nil {
				return err
			}
		}
	}
	return nil
}

// carried notes on the dictionary sheet which items came with a deadline in words, so that words the system itself wrote
// are not held against the county.
func (b *formBook) carried() {
	titles, words := []string{carriedTitles}, []string{carriedWords}
	for _, r := range b.form.Resolutions {
		if r.DueText != "" {
			titles, words = append(titles, r.Title), append(words, r.DueText)
		}
	}
	if b.form.Carried && len(titles) > 1 {
		b.dictionary = append(b.dictionary, titles, words)
	}
}

// protect locks the heads; rows may still be added, removed, sorted and resized. There is no password: the lock
// keeps hands off the heads, it is no secret.
func (b *formBook) protect(sheet string) error {
	return b.f.ProtectSheet(sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatCells: true, FormatColumns: true, FormatRows: true,
		InsertRows: true, DeleteRows: true, Sort: true, AutoFilter: true,
	})
}

// page sets A4 landscape, the header repeated; a wide table takes two pages side by side to stay legible.
func (b *formBook) page(s Sheet) error {
	a4, landscape, wide, tall, fit, margin := 9, "landscape", 1, 0, true, 0.4
	if len(s.Columns) > 10 {
		wide = 2
	}
	if err := b.f.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &margin}); err != nil {
		return err
	}
	if err := b.f.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return err
	}
	if err := b.f.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + s.Name + "'!$1:$1", Scope: s.Name})
}

func (b *formBook) properties() error {
	if err := b.f.SetDocProps(&excelize.DocProperties{
		Creator: "联督", LastModifiedBy: "联督", Created: b.form.stamp(), Modified: b.form.stamp(),
		Title: b.form.Cover.UnitText + b.form.Quarter.Chinese() + "政府与工会联席会议季度报表", Language: "zh-CN",
	}); err != nil {
		return err
	}
	return b.f.SetAppProps(&excelize.AppProperties{Application: "Microsoft Excel"})
}
