package ingest

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"liandu/internal/period"
	"liandu/internal/record"
)

// Form is a quarterly workbook to be written. Name gives a unit its name in the workbook; nil writes the code.
// Units are the names offered in the unit columns' drop-down, none for no drop-down.
type Form struct {
	Cover          record.Cover
	Quarter        period.Quarter
	Establishments []record.Establishment
	Meetings       []record.Meeting
	Resolutions    []record.Resolution
	Name           func(record.UnitCode) string
	Units          []string
	Carried        bool // the rows were reported before: words standing for a date are noted as the system's own
}

const (
	dictionarySheet = "字典" // hidden; our own, so the reader passes over it in silence
	spareRows       = 300  // rows below the data that carry drop-downs and are unlocked
)

// WriteForm writes the four-sheet workbook: labels of 基本信息 in column A and values in B, the other sheets with
// their header in row 1 and data from row 2, drop-downs, locked headers and the rules as input messages.
// The same form gives the same bytes.
func WriteForm(w io.Writer, form Form) error {
	b := &formBook{f: excelize.NewFile(), form: form, lists: map[string]string{}}
	defer b.f.Close()
	if err := b.write(w); err != nil {
		return fmt.Errorf("write form %s: %w", form.Cover.UnitText, err)
	}
	return nil
}

// WriteCSV writes the resolutions table as CSV, in UTF-8 with a byte order mark or in GB18030.
func WriteCSV(w io.Writer, form Form, gb18030 bool) error {
	if gb18030 {
		enc := simplifiedchinese.GB18030.NewEncoder().Writer(w)
		return form.writeRows(csv.NewWriter(enc))
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return form.writeRows(csv.NewWriter(w))
}

func (form Form) writeRows(w *csv.Writer) error {
	sheet := resolutionSheet()
	var heads []string
	for _, c := range sheet.Columns {
		heads = append(heads, c.Head)
	}
	if err := w.Write(heads); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	for _, row := range form.rows(TableResolution) {
		var cells []string
		for _, c := range sheet.Columns {
			cells = append(cells, plain(row(c.Field)))
		}
		if err := w.Write(cells); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// share is a percentage in a cell: 0.75 shown as 75%.
type share float64

func plain(v any) string {
	switch t := v.(type) {
	case nil:
		return ""
	case period.Date:
		return t.String()
	case share:
		return strconv.FormatFloat(float64(t)*100, 'f', -1, 64) + "%"
	}
	return fmt.Sprint(v)
}

// rows returns the rows of a table, each as a function from field to cell value: string, int, share,
// period.Date, or nil for a blank cell.
func (form Form) rows(t Table) []func(field string) any {
	var out []func(string) any
	switch t {
	case TableEstablishment:
		for _, e := range form.Establishments {
			out = append(out, func(f string) any { return form.establishmentCell(e, f) })
		}
	case TableMeeting:
		for _, m := range form.Meetings {
			out = append(out, func(f string) any { return form.meetingCell(m, f) })
		}
	case TableResolution:
		for _, r := range form.Resolutions {
			out = append(out, func(f string) any { return form.resolutionCell(r, f) })
		}
	}
	return out
}

func (form Form) name(code record.UnitCode) any {
	if form.Name == nil {
		return text(string(code))
	}
	return text(form.Name(code))
}

// stamp is the moment the workbook's properties name: the quarter's end, so that the same form gives the same bytes.
func (form Form) stamp() string {
	d := form.Quarter.Last()
	if d.IsZero() {
		d = period.MustDate("2000-01-01")
	}
	return d.Start().UTC().Format(time.RFC3339)
}
