package queries

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// FactRow is what was read from one row of a file. Fact is meeting, resolution or establishment.
type FactRow struct {
	Fact       string
	Unit       record.UnitCode
	Submission string
	Submitter  record.UnitCode
	Quarter    string
	Version    int
	File       string
	SHA256     string
	ReceivedAt time.Time
	Sheet      string
	Row        int
	Fields     []FactField // in the order of the form; blank ones included
}

// FactField is one field of a fact, named as in record, with the cell it stood in ("" where the sheet lacks the column)
// and its value as understood ("" where blank).
type FactField struct {
	Name  string
	Cell  string
	Value string
}

// Tracing is a number followed back: a finding, an indicator or a cell, and the rows of files it rests on.
type Tracing struct {
	Ref         string
	Finding     *Finding
	Explanation *Explanation
	Rows        []FactRow
}

var (
	numberRef = regexp.MustCompile(`^(\d{4}[Qq][1-4])-([^-]+)-([a-z_]+)$`)
	cellRef   = regexp.MustCompile(`^([^!]+)!([^!]+)!([A-Za-z]{1,3}\d+)$`)
	rowOfCell = regexp.MustCompile(`\d+$`)
)

// Trace follows a reference back to rows, files, sheets and cells. A finding is 2024Q3-130302-overdue, an indicator
// 2024Q3-130302-resolution_completion (their quarter takes the place of the as-of's), a cell S12!议定事项!E5. It returns
// fault.Usage for anything else and fault.NotFound where there is no such finding, unit or row.
func (q *Queries) Trace(ctx context.Context, a AsOf, ref string) (*Tracing, error) {
	if m := numberRef.FindStringSubmatch(ref); m != nil {
		quarter, err := period.ParseQuarter(m[1])
		if err != nil {
			return nil, fault.Wrap(fault.Usage, fmt.Sprintf("报告期「%s」无法识别。", m[1]), "请写成 2024Q3 的形式。", err)
		}
		if quarter != a.Quarter {
			a.Quarter, a.Year, a.Deadline = quarter, 0, period.Date{}
		}
		return q.traceNumber(ctx, a, ref, record.UnitCode(m[2]), m[3])
	}
	if m := cellRef.FindStringSubmatch(ref); m != nil {
		rows, err := q.factRows(ctx, a.Scope, m[1], m[2], strings.ToUpper(m[3]))
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			return nil, fault.New(fault.NotFound, fmt.Sprintf("「%s」中没有读出事实。", ref), "请核对报送编号、工作表名称和单元格；标题行和空行不产生事实。")
		}
		return &Tracing{Ref: ref, Rows: rows}, nil
	}
	return nil, fault.New(fault.Usage, fmt.Sprintf("「%s」不是问题编号、指标编号或单元格。", ref), "请写成 2024Q3-130302-overdue、2024Q3-130302-resolution_completion 或 S12!议定事项!E5。")
}

func (q *Queries) traceNumber(ctx context.Context, a AsOf, ref string, unit record.UnitCode, name string) (*Tracing, error) {
	t := &Tracing{Ref: ref}
	findings, err := q.UnitFindings(ctx, a, unit)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(findings, func(f Finding) bool { return f.Unit.Code == unit && f.Rule == name }); i >= 0 {
		t.Finding = &findings[i]
		for _, e := range t.Finding.Evidence {
			if err := q.addRows(ctx, a.Scope, t, e.Submission, e.Sheet, e.Cells); err != nil {
				return nil, err
			}
		}
		return t, nil
	}
	if _, ok := IndicatorOf(name); !ok {
		return nil, fault.New(fault.NotFound, fmt.Sprintf("没有编号为「%s」的问题。", ref), "请用 liandu findings 查看该报告期的问题编号，并指明同一制度。")
	}
	if t.Explanation, err = q.Explain(ctx, a, unit, name); err != nil {
		return nil, err
	}
	for _, r := range t.Explanation.Rows {
		if err := q.addRows(ctx, a.Scope, t, r.Submission, r.Sheet, r.Refs()); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// addRows adds the fact rows that the cells of a sheet stand in, each once.
func (q *Queries) addRows(ctx context.Context, scope record.UnitCode, t *Tracing, submission, sheet string, cells []string) error {
	var seen []string
	for _, cell := range cells {
		n := rowOfCell.FindString(cell)
		if slices.Contains(seen, n) {
			continue
		}
		seen = append(seen, n)
		rows, err := q.factRows(ctx, scope, submission, sheet, cell)
		if err != nil {
			return err
		}
		t.Rows = append(t.Rows, rows...)
	}
	return nil
}

type factRow struct {
	Fact       string          `col:"fact"`
	Unit       record.UnitCode `col:"unit_code"`
	Submission string          `col:"submission_id"`
	Submitter  record.UnitCode `col:"submitter_code"`
	Quarter    string          `col:"quarter"`
	Version    int             `col:"version"`
	File       string          `col:"file"`
	SHA256     string          `col:"sha256"`
	ReceivedAt time.Time       `col:"received_at"`
	Sheet      string          `col:"sheet"`
	Row        int             `col:"row_no"`
	Cells      cellMap         `col:"cells"`
	Facts      string          `col:"facts"`
}

func (q *Queries) factRows(ctx context.Context, scope record.UnitCode, submission, sheet, cell string) ([]FactRow, error) {
	n, err := strconv.Atoi(rowOfCell.FindString(cell))
	if err != nil {
		return nil, fmt.Errorf("row of cell %q: %w", cell, err)
	}
	rows, err := ask[factRow](ctx, q, q.db, "trace/fact_row.sql", params{"id": submission, "sheet": sheet, "row_no": n})
	if err != nil {
		return nil, err
	}
	var out []FactRow
	for _, r := range rows {
		if scope != "" && r.Submitter != scope {
			continue
		}
		fields, err := factFields(r)
		if err != nil {
			return nil, err
		}
		out = append(out, FactRow{
			Fact: r.Fact, Unit: r.Unit, Submission: r.Submission, Submitter: r.Submitter, Quarter: r.Quarter,
			Version: r.Version, File: r.File, SHA256: r.SHA256, ReceivedAt: r.ReceivedAt, Sheet: r.Sheet, Row: r.Row,
			Fields: fields,
		})
	}
	return out, nil
}

// factFields reads the JSON of a fact in its own order, which is the form's.
func factFields(r factRow) ([]FactField, error) {
	d := json.NewDecoder(strings.NewReader(r.Facts))
	d.UseNumber()
	var out []FactField
	for {
		tok, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("facts of %s row %d: %w", r.Submission, r.Row, err)
		}
		if delim, ok := tok.(json.Delim); ok {
			if delim == '}' {
				return out, nil
			}
			continue
		}
		var value any
		if err := d.Decode(&value); err != nil {
			return nil, fmt.Errorf("facts of %s row %d: %w", r.Submission, r.Row, err)
		}
		f := FactField{Name: fmt.Sprint(tok)}
		f.Cell = r.Cells[f.Name]
		if value != nil {
			f.Value = fmt.Sprint(value)
		}
		out = append(out, f)
	}
}
