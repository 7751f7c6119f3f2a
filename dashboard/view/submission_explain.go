package view

import "liandu/internal/record"

// ExplainWays leads from a file to the pages on which an officer says what its heads and names mean; "" where there is
// nothing to say, or nobody to say it.
type ExplainWays struct {
	Columns string
	Names   string
	Urgent  string // the sentence when the file was refused for it

	UrgentColumns, UrgentNames bool // which of the two pages it speaks of
}

// unknownName and missingColumn are the codes of a refusal that an officer can lift (ingest).
const (
	unknownName   = "unit_unknown"
	missingColumn = "column_missing"
)

func explainWays(in SubmissionInput) ExplainWays {
	var e ExplainWays
	if !in.CanDecide || in.Reading == nil {
		return e
	}
	if len(in.Reading.Columns) > 0 {
		e.Columns = in.Address.Href("/submissions/" + in.Row.ID + "/columns")
	}
	strange := false
	for _, c := range in.Reading.Columns {
		strange = strange || c.How == record.HowUnknown
	}
	column, name := false, false
	for _, p := range in.Problems {
		column = column || p.Code == missingColumn || p.Code == "table_missing" && strange
		name = name || p.Code == unknownName
	}
	if name {
		e.Names = in.Address.Href("/submissions/" + in.Row.ID + "/names")
	}
	e.UrgentColumns, e.UrgentNames = column && e.Columns != "", name
	switch {
	case in.Row.Status != record.Rejected:
	case column && name:
		e.Urgent = "有表头和单位名称没有认出。内容无误的，可以不退回：指定一次，本文件即重新读取，以后的文件照此读取。"
	case column && strange:
		e.Urgent = "有表头没有认出。内容无误的，可以不退回：在「列的理解」中指定一次，本文件即重新读取，以后的文件照此读取。"
	case name:
		e.Urgent = "有单位名称没有登记。确知所指的，可以不退回：在「单位名称」中认定一次，本文件即重新读取，以后的文件照此读取。"
	}
	return e
}
