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
}

const (
	dictionarySheet = "字典" // hidden; our own, so the reader passes over it in silence
	spareRows       = 300  // rows below the data that carry drop-downs and are unlocked
	longestList     = 255  // characters Excel allows in a literal list
)

// WriteForm writes the four-sheet workbook: labels of 基本信息 in column A and values in B, the other sheets with
// their header in row 1 and data from row 2, drop-downs, locked headers and the rules as input messages.
// The same form gives the same bytes.
func WriteForm(w io.Writer, form Form) error {
	b := &formBook{f: excelize.NewFile(), form: form}
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

func (form Form) coverCell(field string) any {
	c := form.Cover
	switch field {
	case "unit_text":
		return text(c.UnitText)
	case "period_text":
		if c.PeriodText == "" {
			return text(form.Quarter.Chinese())
		}
		return text(c.PeriodText)
	case "filled_by":
		return text(c.FilledBy)
	case "reviewed_by":
		return text(c.ReviewedBy)
	case "phone":
		return text(c.Phone)
	case "filled_on":
		return date(c.FilledOn)
	}
	return nil
}

func (form Form) establishmentCell(e record.Establishment, field string) any {
	switch field {
	case "unit":
		return form.name(e.Unit)
	case "level_text":
		return text(e.LevelText)
	case "established":
		return tick(&e.Established)
	case "established_on":
		return date(e.EstablishedOn)
	case "document":
		return text(e.Document)
	case "remark":
		return text(e.Remark)
	}
	return nil
}

func (form Form) meetingCell(m record.Meeting, field string) any {
	switch field {
	case "unit":
		return form.name(m.Unit)
	case "session_year":
		return year(m.SessionYear)
	case "title":
		return text(m.Title)
	case "kind":
		return text(m.Kind.Chinese())
	case "held_on":
		return date(m.HeldOn)
	case "chair_name":
		return text(m.ChairName)
	case "chair_title":
		return text(m.ChairTitle)
	case "gov_attendees":
		return text(m.GovAttendees)
	case "union_attendees":
		return text(m.UnionAttendees)
	case "solicited_on":
		return date(m.SolicitedOn)
	case "gov_topics":
		return count(m.GovTopics)
	case "union_topics":
		return count(m.UnionTopics)
	case "joint_topics":
		return count(m.JointTopics)
	case "agenda_report":
		return tick(m.AgendaReport)
	case "agenda_topics":
		return tick(m.AgendaTopics)
	case "agenda_discuss":
		return tick(m.AgendaDiscuss)
	case "agenda_deploy":
		return tick(m.AgendaDeploy)
	case "minutes_number":
		return text(m.MinutesNumber)
	case "minutes_issued_on":
		return date(m.MinutesIssuedOn)
	case "publicity":
		return text(m.Publicity)
	case "remark":
		return text(m.Remark)
	}
	return nil
}

func (form Form) resolutionCell(r record.Resolution, field string) any {
	switch field {
	case "unit":
		return form.name(r.Unit)
	case "session_year":
		return year(r.SessionYear)
	case "kind":
		return text(r.Kind.Chinese())
	case "item_no":
		if n, err := strconv.Atoi(r.ItemNo); err == nil {
			return n
		}
		return text(r.ItemNo)
	case "title":
		return text(r.Title)
	case "category":
		return text(r.Category)
	case "proposer":
		return text(map[record.Proposer]string{record.ProposerGovernment: "政府", record.ProposerUnion: "工会", record.ProposerJoint: "联合"}[r.Proposer])
	case "lead_unit":
		return text(r.LeadUnit)
	case "support_units":
		return text(r.SupportUnits)
	case "owner":
		return text(r.Owner)
	case "due_on":
		if r.DueText != "" {
			return r.DueText
		}
		return date(r.DueOn)
	case "revised_due_on":
		return date(r.RevisedDueOn)
	case "plan_on":
		return date(r.PlanOn)
	case "status":
		return text(r.Status.Chinese())
	case "percent":
		if r.Percent == nil {
			return nil
		}
		return share(*r.Percent / 100)
	case "completed_on":
		return date(r.CompletedOn)
	case "progress":
		return text(r.Progress)
	case "reason":
		return text(r.Reason)
	case "next_step":
		return text(r.NextStep)
	case "remark":
		return text(r.Remark)
	}
	return nil
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func date(d period.Date) any {
	if d.IsZero() {
		return nil
	}
	return d
}

func year(y int) any {
	if y == 0 {
		return nil
	}
	return y
}

func count(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}

func tick(b *bool) any {
	switch {
	case b == nil:
		return nil
	case *b:
		return "是"
	}
	return "否"
}

// stamp is the moment the workbook's properties name: the quarter's end, so that the same form gives the same bytes.
func (form Form) stamp() string {
	d := form.Quarter.Last()
	if d.IsZero() {
		d = period.MustDate("2000-01-01")
	}
	return d.Start().UTC().Format(time.RFC3339)
}
