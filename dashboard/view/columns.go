package view

import (
	"fmt"
	"strings"

	"liandu/internal/record"
	"liandu/queries"
)

// ColumnsInput is what the page 列的理解 is made of. Fields are the fields of the form's tables, in its order. Chosen
// holds what was picked in a refused form, by the select's name.
type ColumnsInput struct {
	Address Address
	Row     queries.SubmissionRow
	Columns []record.ColumnRead
	Tables  []FormTable
	Learned []LearnedHead
	Names   map[string]string // login → name
	Chosen  map[string]string
	Error   string
}

// FormTable is a table of the form with its fields.
type FormTable struct {
	ID, Name string
	Fields   []TableField
}

// TableField is one field of a table of the form.
type TableField struct {
	ID, Head string
	Required bool
}

// LearnedHead is a decision in force for the unit's files. Field "" is a column not used.
type LearnedHead struct {
	Table, Head, Shown, Field, Actor string
}

// Columns is the page 列的理解: how each head of a file was understood, and what a person makes of it.
type Columns struct {
	Title    string
	Back     string
	Action   string
	Withdraw string
	Note     string
	Error    string
	Names    string // the page of names, where the unit is not known
	Sheets   []ColumnSheet
	Learned  []LearnedRow
}

// ColumnSheet is one table of one sheet. Missing names the required columns that it lacks.
type ColumnSheet struct {
	Name    string
	Table   string
	Missing string
	Rows    []ColumnRow
}

// ColumnRow is one head with the select that explains it; one without words has no select.
type ColumnRow struct {
	Ref      string
	Href     string
	Head     string
	Mark     string
	Word     string
	Examples string
	Name     string
	Groups   []ColumnGroup
}

// ColumnGroup is the options of one table.
type ColumnGroup struct {
	Name    string
	Options []Option
}

// LearnedRow is one decision that can be taken back.
type LearnedRow struct {
	Table, Head, Means, Who, Value string
}

// Values of a column's select beside 「表.字段」.
const (
	ColumnAsRead = ""  // as the program understands it
	ColumnUnused = "-" // not used
)

// ColumnName is the name of the i-th column's select.
func ColumnName(i int) string { return fmt.Sprintf("c%d", i) }

// NewColumns shapes the page.
func NewColumns(in ColumnsInput) Columns {
	base := "/submissions/" + in.Row.ID
	p := Columns{
		Title: who(in.Row), Back: in.Address.Href(base), Action: in.Address.Href(base + "/columns"), Withdraw: in.Address.Href(base + "/columns/withdraw"),
		Error: in.Error, Note: "指定后立即重新读取本文件，并用于该单位以后的文件；每次指定都记入操作日志，可在下方撤回",
	}
	if in.Row.Unit == "" {
		p.Names = in.Address.Href(base + "/names")
	}
	heads := map[string]string{} // table.field → head
	tables := map[string]FormTable{}
	for _, t := range in.Tables {
		tables[t.ID] = t
		for _, f := range t.Fields {
			heads[t.ID+"."+f.ID] = f.Head
		}
	}
	last := ""
	for i, c := range in.Columns {
		if key := c.Sheet + "\x00" + c.Table; i == 0 || key != last {
			last = key
			p.Sheets = append(p.Sheets, ColumnSheet{Name: c.Sheet, Table: tableName(tables, c.Table), Missing: missingHeads(in.Columns, c, tables)})
		}
		s := &p.Sheets[len(p.Sheets)-1]
		s.Rows = append(s.Rows, columnRow(in, i, c, heads, tables))
	}
	for _, l := range in.Learned {
		means := "不采用"
		if l.Field != "" {
			means = heads[l.Table+"."+l.Field]
		}
		p.Learned = append(p.Learned, LearnedRow{
			Table: tableName(tables, l.Table), Head: l.Shown, Means: means, Who: personName(in.Names, l.Actor), Value: l.Table + "." + l.Head,
		})
	}
	return p
}

func tableName(tables map[string]FormTable, id string) string {
	if t, ok := tables[id]; ok {
		return t.Name
	}
	return "未识别的表"
}

func missingHeads(all []record.ColumnRead, one record.ColumnRead, tables map[string]FormTable) string {
	has := map[string]bool{}
	for _, c := range all {
		if c.Sheet == one.Sheet && c.Table == one.Table && c.Field != "" {
			has[c.Field] = true
		}
	}
	var out []string
	for _, f := range tables[one.Table].Fields {
		if f.Required && !has[f.ID] {
			out = append(out, "「"+f.Head+"」")
		}
	}
	return strings.Join(out, "")
}

func columnRow(in ColumnsInput, i int, c record.ColumnRead, heads map[string]string, tables map[string]FormTable) ColumnRow {
	row := ColumnRow{Ref: c.Ref, Head: strings.Join(strings.Fields(c.Head), " "), Examples: strings.Join(c.Examples, "；")}
	if c.Cell != "" {
		row.Href = in.Address.Source(in.Row.ID, c.Sheet, c.Cell)
	}
	head := heads[c.Table+"."+c.Field]
	asRead := "不识别，原样保留"
	switch c.How {
	case record.HowExact:
		row.Word, asRead = head, head
	case record.HowSynonym:
		row.Word, asRead = head+"（同义）", head
	case record.HowLearned:
		row.Mark, row.Word, asRead = "mark mark-info", head+"（人工指定）", "撤回指定，由系统识别"
	case record.HowPosition:
		row.Mark, row.Word, asRead = "mark mark-info", head+"（按内容）", head
	case record.HowTaken:
		row.Mark, row.Word = "mark mark-warning", "与另一列重复，未采用"
	case record.HowIgnored:
		row.Mark, row.Word, asRead = "mark mark-info", "不采用（人工指定）", "撤回指定，由系统识别"
	default:
		row.Mark, row.Word = "mark mark-warning", "未识别"
		if c.Field != "" { // read by an earlier program, which did not say how
			row.Word, asRead = head, head
		}
	}
	if row.Head == "" {
		row.Head = "（无表头）"
		return row
	}
	row.Name = ColumnName(i)
	now := ColumnAsRead
	if picked, ok := in.Chosen[row.Name]; ok {
		now = picked
	} else if c.How == record.HowLearned {
		now = c.Table + "." + c.Field
	} else if c.How == record.HowIgnored {
		now = ColumnUnused
	}
	option := func(value, text string) Option { return Option{Value: value, Text: text, Selected: value == now} }
	row.Groups = []ColumnGroup{{Options: []Option{option(ColumnAsRead, "系统理解："+asRead), option(ColumnUnused, "不采用")}}}
	for _, t := range in.Tables {
		if c.Table != "" && c.Table != t.ID {
			continue
		}
		g := ColumnGroup{Name: t.Name}
		for _, f := range t.Fields {
			g.Options = append(g.Options, option(t.ID+"."+f.ID, f.Head))
		}
		row.Groups = append(row.Groups, g)
	}
	return row
}
