package ingest

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"

	"liandu/ingest/extract"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// Words against figures (表文互证): where a report and a workbook speak of the same meeting, each point on which they
// differ is a warning on whichever came second, with both quotations.

var (
	//go:embed sql/report_of_unit.sql
	reportOfUnitSQL string
	//go:embed sql/version_in_force.sql
	versionInForceSQL string
	//go:embed sql/submission_reading.sql
	submissionReadingSQL string
)

// Disagreement is one point on which a report and a workbook differ, with the two submissions.
type Disagreement struct {
	extract.Disagreement
	Code             Code
	Report, Workbook string // submissions; "" for the file being judged
	ReportFile, Ref  string // Ref is the place of the words in the report's text
	WorkbookFile     string
}

// keptReading is a reading that was kept, with the submission it belongs to.
type keptReading struct {
	id, file string
	read     record.Reading
}

// checkFigures judges a workbook against the reports of its unit.
func (in *Ingester) checkFigures(ctx context.Context, db *sql.DB, r *record.Reading, known map[session]bool, p *problems) error {
	reports, err := in.reportsOf(ctx, db, r.Unit)
	if err != nil {
		return err
	}
	if r.Report != nil { // the words of the same document
		reports = append(reports, keptReading{file: r.File, read: *r})
	}
	for _, report := range reports {
		for _, d := range in.disagree(report, keptReading{file: r.File, read: *r}, known) {
			p.add(d.Code, d.Sheet, d.Cell, d.Figures, stem(d.Message), quoted("文字材料", d.ReportFile, d.Report, d.Words), d.Hint)
		}
	}
	return nil
}

// checkReport judges a report against the versions in force of its unit.
func (in *Ingester) checkReport(ctx context.Context, db *sql.DB, r *record.Reading, p *problems) error {
	found, err := in.against(ctx, db, keptReading{file: r.File, read: *r})
	if err != nil {
		return err
	}
	for _, d := range found {
		p.add(d.Code, record.TextSheet, d.Ref, d.Words, stem(d.Message), quoted("报表", d.WorkbookFile, d.Workbook, d.Figures), d.Hint)
	}
	return nil
}

// quoted says what the other file writes, and which file it is: 报表「云山县.xlsx」（S12）写「会议召开!E5 2024-05-10」。
func quoted(kind, file, id, words string) string {
	if id == "" {
		return "两处都在本文件中，文中写「" + shorten(words) + "」"
	}
	name := fmt.Sprintf("%s「%s」（%s）", kind, path.Base(file), id)
	if words == "" {
		return "见" + name
	}
	return name + "写「" + shorten(words) + "」"
}

// stem is a sentence without its full stop.
func stem(s string) string { return strings.TrimSuffix(s, "。") }

// Against returns the points on which a report that was kept differs from the versions in force of its unit: from the
// latest one that holds its meeting.
func (in *Ingester) Against(ctx context.Context, id, file string, r record.Reading) ([]Disagreement, error) {
	return in.against(ctx, in.Store.DB(), keptReading{id, file, r})
}

func (in *Ingester) against(ctx context.Context, db *sql.DB, report keptReading) ([]Disagreement, error) {
	if report.read.Report == nil || report.read.Unit == "" {
		return nil, nil
	}
	versions, err := in.keptReadings(ctx, db, versionInForceSQL, report.read.Unit)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		if found := in.disagree(report, v, nil); len(found) == 0 || found[0].Field != "meeting" {
			return found, nil
		}
	}
	if q := report.read.Report.HeldOn; !q.IsZero() {
		for _, v := range versions {
			if v.read.Quarter == period.QuarterOf(q) {
				return in.disagree(report, v, nil), nil
			}
		}
	}
	return nil, nil
}

// disagree sets one report beside one workbook. A meeting that the workbook does not tell of is worth a word only where
// it is of the workbook's own quarter and no earlier report told of it.
func (in *Ingester) disagree(report, workbook keptReading, known map[session]bool) []Disagreement {
	e := extract.Restore(report.read.Report)
	unit := report.read.Report.Unit
	var meetings []record.Meeting
	for _, m := range workbook.read.Meetings {
		if unit == "" || m.Unit == unit {
			meetings = append(meetings, m)
		}
	}
	var items []record.Resolution
	for _, x := range workbook.read.Resolutions {
		if unit == "" || x.Unit == unit {
			items = append(items, x)
		}
	}
	var out []Disagreement
	for _, d := range extract.Against(e, meetings, items) {
		if d.Field == "meeting" {
			held := report.read.Report.HeldOn
			told := known[session{unit, e.SessionYear, record.MeetingKind(e.Kind)}]
			if told || held.IsZero() || period.QuarterOf(held) != workbook.read.Quarter {
				continue
			}
		}
		out = append(out, Disagreement{
			Disagreement: d, Code: codeOf(d), Report: report.id, ReportFile: report.file, Workbook: workbook.id, WorkbookFile: workbook.file,
			Ref: record.TextRef(report.read.Report.Text, d.Span),
		})
	}
	return out
}

// codeOf names a disagreement's kind.
func codeOf(d extract.Disagreement) Code {
	switch d.Field {
	case "meeting":
		return WordsMeetingMissing
	case "held_on":
		return WordsDifferDate
	case "chair_name", "chair_rank":
		return WordsDifferChair
	case "topics_count":
		return WordsDifferTopics
	case "report_back":
		return WordsDifferReport
	}
	switch {
	case d.Words == "":
		return WordsItemExtra
	case d.Figures == "":
		return WordsItemMissing
	}
	return WordsDifferItems
}

// reportsOf returns the reports of a unit that speak for themselves: those that an officer kept, and those that still
// wait; one that was kept is taken as it was kept, one that was set aside is left out.
func (in *Ingester) reportsOf(ctx context.Context, db *sql.DB, unit record.UnitCode) ([]keptReading, error) {
	return in.keptReadings(ctx, db, reportOfUnitSQL, unit)
}

// mostReports bounds what one file is set beside: a unit has a few reports a year.
const mostReports = 60

func (in *Ingester) keptReadings(ctx context.Context, db *sql.DB, query string, unit record.UnitCode) ([]keptReading, error) {
	rows, err := db.QueryContext(ctx, query, sql.Named("unit", string(unit)), sql.Named("most", mostReports))
	if err != nil {
		return nil, fmt.Errorf("readings of %s: %w", unit, err)
	}
	defer rows.Close()
	type found struct{ id, file, reading string }
	var list []found
	for rows.Next() {
		var f found
		if err := rows.Scan(&f.id, &f.file, &f.reading); err != nil {
			return nil, fmt.Errorf("readings of %s: %w", unit, err)
		}
		list = append(list, f)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("readings of %s: %w", unit, err)
	}
	var out []keptReading
	for _, f := range list {
		r, err := in.readingAt(f.reading)
		if err != nil {
			return nil, fmt.Errorf("reading of %s: %w", f.id, err)
		}
		out = append(out, keptReading{f.id, f.file, r})
	}
	return out, nil
}

func (in *Ingester) readingAt(sum string) (record.Reading, error) {
	var r record.Reading
	b, err := in.Store.Blobs().Read(sum)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(b, &r)
}

// Reading returns what was read from a submission as it was decided or held; a submission that nothing could be read from
// has an empty one. An unknown id is fault.NotFound.
func (in *Ingester) Reading(id string) (record.Reading, error) {
	var sum sql.NullString
	err := in.Store.DB().QueryRow(submissionReadingSQL, sql.Named("id", id)).Scan(&sum)
	if errors.Is(err, sql.ErrNoRows) {
		return record.Reading{}, fault.New(fault.NotFound, fmt.Sprintf("没有编号为「%s」的报送。", id), "请从报送管理中打开。")
	}
	if err != nil {
		return record.Reading{}, fmt.Errorf("reading of %s: %w", id, err)
	}
	if sum.String == "" {
		return record.Reading{}, nil
	}
	return in.readingAt(sum.String)
}
