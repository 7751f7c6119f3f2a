package view

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"liandu/internal/record"
)

// FactTable is one table of a file as it was understood: the county's own heads in their order, over each the letter
// of its column, and in each row the values with the cells they stood in.
type FactTable struct {
	Name  string // 议定事项
	Sheet string // the sheet's name in the file
	Note  string
	Heads []FactHead
	Rows  []FactRow
}

// FactHead is a column: the letter, the county's head, and how it was understood ("" for a column unknown to us).
type FactHead struct {
	Ref   string
	Text  string
	Field string
}

// FactRow is one row of the file, by its number there.
type FactRow struct {
	No    int
	IsLit bool
	Cells []FactCell
}

// FactCell is a value as understood. Class is "lit" for the cell asked for, "used" for those that go with it.
type FactCell struct {
	Text  string
	Ref   string
	Class string
	ID    string // anchor of the lit cell
	Href  string // the cell in the original
}

// fact is one row of a reading with its values by field.
type fact struct {
	table  string
	source record.Source
	values map[string]any
	extra  map[string]string
}

var tableNames = map[string]string{"meeting": "会议召开", "resolution": "议定事项", "establishment": "制度建立"}

// words turn the codes of a field into the words of the form.
var words = map[string]func(string) string{
	"kind":       func(s string) string { return record.MeetingKind(s).Chinese() },
	"status":     func(s string) string { return record.ItemStatus(s).Chinese() },
	"chair_rank": func(s string) string { return record.ChairRank(s).Chinese() },
	"proposer": func(s string) string {
		return map[string]string{"government": "政府", "union": "工会", "joint": "联合"}[s]
	},
}

func factTables(in SubmissionInput) []FactTable {
	if in.Reading == nil {
		return nil
	}
	var tables []FactTable
	columns := map[string][]record.ColumnRead{} // of a sheet and table
	var order []string
	for _, c := range in.Reading.Columns {
		key := c.Sheet + "\x00" + c.Table
		if columns[key] == nil {
			order = append(order, key)
		}
		columns[key] = append(columns[key], c)
	}
	facts := rowsOf(in.Reading)
	for _, f := range facts {
		if name := in.Units[record.UnitCode(textOf(f.values["unit"]))]; name != "" {
			f.values["unit"] = name
		}
	}
	for _, key := range order {
		tables = append(tables, factTable(columns[key], facts, in))
	}
	return tables
}

func factTable(columns []record.ColumnRead, facts []fact, in SubmissionInput) FactTable {
	first := columns[0]
	t := FactTable{Name: tableNames[first.Table], Sheet: first.Sheet}
	unknown := 0
	for _, c := range columns {
		t.Heads = append(t.Heads, FactHead{Ref: c.Ref, Text: c.Head, Field: c.Field})
		if c.Field == "" {
			unknown++
		}
	}
	for _, f := range facts {
		if f.table == first.Table && f.source.Sheet == first.Sheet {
			t.Rows = append(t.Rows, factRow(columns, f, in))
		}
	}
	t.Note = fmt.Sprintf("%d 行，%d 列", len(t.Rows), len(columns))
	if unknown > 0 {
		t.Note += fmt.Sprintf("，其中 %d 列不在报表内，已保留、不参与计算", unknown)
	}
	return t
}

func factRow(columns []record.ColumnRead, f fact, in SubmissionInput) FactRow {
	lit := in.Lit
	row := FactRow{No: f.source.Row}
	for _, c := range columns {
		cell := FactCell{Ref: c.Ref + strconv.Itoa(f.source.Row)}
		if ref := f.source.Cells[c.Field]; c.Field != "" && ref != "" {
			cell.Ref = ref
		}
		if c.Field == "" {
			cell.Text = f.extra[c.Head]
		} else {
			cell.Text = valueText(c.Field, f.values)
		}
		cell.Href = in.Address.Source(in.Row.ID, f.source.Sheet, cell.Ref)
		if lit.Sheet == f.source.Sheet {
			switch {
			case lit.Cell == cell.Ref:
				cell.Class, cell.ID, row.IsLit = "lit", "lit", true
			case contains(lit.Also, cell.Ref):
				cell.Class = "used"
			}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// valueText writes a value as the form has it; a blank is an empty string, which the page shows as an empty cell.
func valueText(field string, values map[string]any) string {
	switch v := values[field].(type) {
	case nil:
		return ""
	case bool:
		if v {
			return "是"
		}
		return "否"
	case json.Number:
		if field == "percent" {
			return v.String() + "%"
		}
		return v.String()
	case string:
		if field == "due_on" && v == "" {
			return textOf(values["due_text"])
		}
		if word := words[field]; word != nil && word(v) != "" {
			return word(v)
		}
		return v
	default:
		return fmt.Sprint(v)
	}
}

func textOf(v any) string {
	s, _ := v.(string)
	return s
}

// rowsOf returns every row of a reading with its values by the names its cells go by.
func rowsOf(r *record.Reading) []fact {
	var facts []fact
	for _, m := range r.Meetings {
		facts = append(facts, newFact("meeting", m, m.Source, m.Extra))
	}
	for _, x := range r.Resolutions {
		facts = append(facts, newFact("resolution", x, x.Source, x.Extra))
	}
	for _, e := range r.Establishments {
		facts = append(facts, newFact("establishment", e, e.Source, e.Extra))
	}
	return facts
}

func newFact(table string, row any, source record.Source, extra map[string]string) fact {
	f := fact{table: table, source: source, extra: extra, values: map[string]any{}}
	b, err := json.Marshal(row)
	if err != nil {
		return f // a record of ours always marshals; a page without values says less, never something wrong
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&f.values); err != nil {
		return f
	}
	return f
}
