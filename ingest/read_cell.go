package ingest

import (
	"math"
	"strconv"
	"strings"

	"liandu/internal/cntext"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
)

// scope is whom a file speaks for: a name is sought among the submitter and its units first.
type scope struct {
	units     *registry.Registry
	submitter record.UnitCode // "" where it is not known
	quarter   period.Quarter  // zero where it is not known
}

// rowReader reads one row's cells by field and notes what is wrong with them.
type rowReader struct {
	scope
	t      *table
	at     int // index of the row among the table's
	row    Row
	above  Row // the row of data before, for 同上
	p      *problems
	source record.Source
}

func newRow(s scope, t *table, i int, p *problems) *rowReader {
	r := &rowReader{scope: s, t: t, at: i, row: t.rows[i], p: p}
	if i > 0 {
		r.above = t.rows[i-1]
	}
	r.source = record.Source{Sheet: t.grid.Name, Row: r.row.N, Cells: map[string]string{}}
	for field, col := range t.columns {
		r.source.Cells[field] = t.ref(col, r.row.N)
	}
	return r
}

// ditto are the ways to say "as above".
var ditto = map[string]bool{
	"同上": true, "〃": true, "′′": true, "\"": true, "''": true, "”": true, "“": true, "同前": true, "(同上)": true, "同上。": true, "同上行": true,
	"同上一行": true, "同上格": true, "同上栏": true, "同上项": true, "与上同": true, "与上行相同": true, "同上单位": true, "〞": true, "\"\"": true, "“”": true, ",,": true,
	"″": true, "↑": true, "如上": true,
}

// cell returns the field's cell: as above where it says so, blank where the table lacks the column.
func (r *rowReader) cell(field string) Cell {
	col, ok := r.t.columns[field]
	if !ok {
		return Cell{Row: r.row.N}
	}
	c := r.row.At(col)
	if ditto[cntext.Squeeze(c.Text)] && r.above.N > 0 {
		from := r.above.At(col)
		from.Row = r.row.N
		r.row.put(from)
		r.t.rows[r.at] = r.row // the next row's 同上 finds the value, not the words
		return from
	}
	return c
}

func (r *rowReader) column(field string) Column {
	c, _ := r.t.form.ColumnOf(field)
	return c
}

// add notes a problem of a field's cell with its head as the first argument.
func (r *rowReader) add(code Code, field string, args ...any) {
	r.note(code, field, append([]any{r.column(field).Head}, args...)...)
}

// note is add without the head.
func (r *rowReader) note(code Code, field string, args ...any) {
	value := ""
	if col, ok := r.t.columns[field]; ok {
		value = strings.TrimSpace(r.row.At(col).Text)
	}
	r.p.add(code, r.t.grid.Name, r.source.Cells[field], value, args...)
}

// filled returns the cell where it holds something usable. A required cell that does not is an error; so is a
// formula's error in a cell that is judged, while one in a cell of text, a count or a percentage counts as blank.
func (r *rowReader) filled(field string, blank func(string) bool) (Cell, bool) {
	c := r.cell(field)
	column := r.column(field)
	switch {
	case c.Kind == CellNoValue:
		r.add(FormulaUnsaved, field)
		c.Text = ""
	case c.Kind == CellError && !column.Required && (column.Kind == KindText || column.Kind == KindCount || column.Kind == KindPercent):
		r.add(FormulaError, field)
		c.Text = ""
	case c.Kind == CellError:
		r.add(CellErrorFound, field)
		return c, false
	}
	if c.Text != "" && !blank(c.Text) {
		return c, true
	}
	if _, has := r.t.columns[field]; has && column.Required {
		hint := column.Note
		if len(column.Choices) > 0 {
			hint += "可填：" + column.Words() + "。"
		}
		r.add(CellMissing, field, hint)
	}
	return c, false
}

// text returns a cell of text, "" for blank, — and 无.
func (r *rowReader) text(field string) string {
	c, ok := r.filled(field, cntext.None)
	if !ok {
		return ""
	}
	return strings.TrimSpace(c.Text)
}

// asWritten is text that keeps 无, where 无 is an answer.
func (r *rowReader) asWritten(field string) string {
	c, ok := r.filled(field, cntext.Blank)
	if !ok {
		return ""
	}
	return strings.TrimSpace(c.Text)
}

// unit returns the registered unit that the cell names, within the submitter and its units.
func (r *rowReader) unit(field string) (record.Unit, bool) {
	if r.t.placed != nil {
		return r.t.placed.unit, true
	}
	c, ok := r.filled(field, cntext.None)
	if !ok {
		return record.Unit{}, false
	}
	m, ok := r.units.Resolve(c.Text, r.submitter, r.quarter.Last())
	if !ok {
		r.add(UnitUnknown, field, suggestion(r.units, c.Text, r.submitter))
		return record.Unit{}, false
	}
	if m.How == registry.HowFormer {
		r.add(UnitSucceeded, field, m.Note)
	}
	if r.submitter == "" {
		return m.Unit, true
	}
	owner, ok := r.units.Submitter(m.Unit.Code)
	if !ok || owner.Code != r.submitter {
		mine, _ := r.units.Unit(r.submitter)
		r.add(UnitOutside, field, r.units.FullName(m.Unit.Code), mine.Name)
		return record.Unit{}, false
	}
	return m.Unit, true
}

// suggestion names the nearest registered units, else the submitter's own: the closest there is.
func suggestion(units *registry.Registry, name string, within record.UnitCode) string {
	if s := registry.Suggestion(units.Candidates(name, within)); s != "" {
		return s + "。"
	}
	const few = 8
	var own []string
	for _, code := range units.Under(within) {
		if len(own) == few {
			own[few-1] += "等"
			break
		}
		own = append(own, unitName(units, code))
	}
	if len(own) == 0 {
		return ""
	}
	return "本单位和所属单位登记为：" + strings.Join(own, "、") + "。"
}

// year returns 所属年度; blank and ok when it is blank and may be.
func (r *rowReader) year(field string) (year int, ok bool) {
	c, filled := r.filled(field, cntext.None)
	if !filled {
		return 0, !r.column(field).Required && c.Kind != CellError
	}
	if y, ok := cntext.Year(c.Text); ok {
		return y, true
	}
	r.add(YearUnreadable, field)
	return 0, false
}

// tick returns yes or no, nil for blank.
func (r *rowReader) tick(field string) (*bool, bool) {
	c, filled := r.filled(field, cntext.Blank)
	if !filled {
		return nil, c.Kind != CellError && !r.column(field).Required
	}
	v, ok := cntext.Tick(c.Text)
	if !ok {
		r.add(ValueUnlisted, field, r.column(field).Words())
		return nil, false
	}
	return &v, true
}

// choice returns the value of a word of the column's list, the words themselves where the list is open.
func (r *rowReader) choice(field string) (string, bool) {
	c, filled := r.filled(field, cntext.None)
	column := r.column(field)
	if !filled {
		return "", c.Kind != CellError && !column.Required
	}
	if v, ok := r.t.words.choice(r.t.Table, field, c.Text); ok {
		return v, true
	}
	if column.Open {
		return strings.TrimSpace(c.Text), true
	}
	r.add(ValueUnlisted, field, column.Words())
	return "", false
}

// count returns a whole number, nil for blank and, with a warning, for what is none.
func (r *rowReader) count(field string) *int {
	c, filled := r.filled(field, cntext.Blank)
	if !filled {
		return nil
	}
	n, ok := cntext.Count(c.Text)
	if !ok {
		n, ok = cntext.Count(brackets.ReplaceAllString(c.Text, "")) // 2（件）
	}
	if !ok {
		r.add(CountUnreadable, field)
		return nil
	}
	return &n
}

// percent returns 0 to 100, nil for blank and, with a warning, for what is none.
func (r *rowReader) percent(field string) *float64 {
	c, filled := r.filled(field, cntext.None)
	if !filled {
		return nil
	}
	text := c.Text // a cell formatted as a percentage shows one: 92.8%
	if c.Kind == CellNumber && c.Format == FormatGeneral {
		text = strconv.FormatFloat(math.Round(c.Number*1e6)/1e6, 'f', -1, 64)
	}
	n, ok := cntext.Percent(text, false)
	if !ok {
		r.add(PercentUnreadable, field)
		return nil
	}
	return &n
}

// itemNo returns 序号, "" for blank.
func (r *rowReader) itemNo(field string) string {
	c, filled := r.filled(field, cntext.None)
	if !filled {
		return ""
	}
	n, ok := cntext.ItemNo(c.Text)
	if !ok {
		return ""
	}
	return n
}

// extra keeps the row's cells in columns unknown to the form, by their head; nil for none.
func (r *rowReader) extra() map[string]string {
	known := map[int]bool{}
	for _, col := range r.t.columns {
		known[col] = true
	}
	var out map[string]string
	for _, c := range r.row.Cells {
		if known[c.Col] || r.t.elsewhere[c.Col] || strings.TrimSpace(c.Text) == "" {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		head := r.t.heads[c.Col]
		if _, twice := out[head]; head == "" || twice {
			head += "（" + letters(c.Col) + "列）"
		}
		out[head] = strings.TrimSpace(c.Text)
	}
	return out
}
