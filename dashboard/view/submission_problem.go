package view

import (
	"fmt"
	"strings"

	"liandu/internal/record"
)

// ProblemSheet is the problems of one sheet, errors first.
type ProblemSheet struct {
	Name     string
	Note     string // 「8 行　错误 2、提醒 2」
	Problems []Problem
}

// Problem is one problem ready to show. Href leads to its cell in the original.
type Problem struct {
	Mark    string
	Word    string
	Cell    string
	Href    string
	Found   string
	Empty   bool
	Message string
	Hint    string
}

// problemSheets groups the problems by sheet in the order the sheets stand in the file, and names the clean ones.
func problemSheets(in SubmissionInput) ([]ProblemSheet, string) {
	order, rows := sheetRows(in.Reading)
	by := map[string][]record.Problem{}
	for _, p := range in.Problems {
		if _, known := by[p.Sheet]; !known && !contains(order, p.Sheet) {
			order = append(order, p.Sheet)
		}
		by[p.Sheet] = append(by[p.Sheet], p)
	}
	var (
		out   []ProblemSheet
		clean []string
	)
	for _, sheet := range order {
		problems := by[sheet]
		if len(problems) == 0 {
			if sheet != "" {
				clean = append(clean, joinNonEmpty("　", sheet, rowCount(rows, sheet), "无问题"))
			}
			continue
		}
		s := ProblemSheet{Name: sheet, Note: joinNonEmpty("　", rowCount(rows, sheet), tally(problems))}
		if sheet == "" {
			s.Name = "整个文件"
		}
		for _, severity := range []record.Severity{record.SeverityError, record.SeverityWarning, ""} {
			for _, p := range problems {
				if severityOf(p) == severity {
					s.Problems = append(s.Problems, problem(in, p))
				}
			}
		}
		out = append(out, s)
	}
	return out, strings.Join(clean, "　　")
}

func problem(in SubmissionInput, p record.Problem) Problem {
	out := Problem{
		Mark: "mark-info", Word: "说明", Cell: p.Cell, Found: p.Value, Empty: strings.TrimSpace(p.Value) == "",
		Message: p.Message, Hint: p.Hint,
	}
	switch severityOf(p) {
	case record.SeverityError:
		out.Mark, out.Word = "mark-error", "错误"
	case record.SeverityWarning:
		out.Mark, out.Word = "mark-warning", "提醒"
	}
	if out.Empty && p.Cell != "" {
		out.Found = Blank
	}
	if at, _, ok := strings.Cut(p.Cell, "段"); ok && p.Sheet == record.TextSheet {
		out.Cell = at + "段"
	}
	if p.Cell != "" {
		out.Href = in.Address.Source(in.Row.ID, p.Sheet, p.Cell)
	}
	return out
}

// severityOf returns error, warning or "" for what only informs.
func severityOf(p record.Problem) record.Severity {
	if p.Severity == record.SeverityError || p.Severity == record.SeverityWarning {
		return p.Severity
	}
	return ""
}

func tally(problems []record.Problem) string {
	counts := map[record.Severity]int{}
	for _, p := range problems {
		counts[severityOf(p)]++
	}
	var parts []string
	for _, s := range []struct {
		severity record.Severity
		word     string
	}{{record.SeverityError, "错误"}, {record.SeverityWarning, "提醒"}, {"", "说明"}} {
		if n := counts[s.severity]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", s.word, n))
		}
	}
	return strings.Join(parts, "、")
}

// sheetRows returns the sheets of a reading in the file's order and how many rows were read from each.
func sheetRows(r *record.Reading) ([]string, map[string]int) {
	var order []string
	rows := map[string]int{}
	if r == nil {
		return nil, rows
	}
	add := func(sheet string, n int) {
		if sheet != "" && !contains(order, sheet) {
			order = append(order, sheet)
		}
		rows[sheet] += n
	}
	for _, c := range r.Columns {
		add(c.Sheet, 0)
	}
	for _, f := range rowsOf(r) {
		add(f.source.Sheet, 1)
	}
	return order, rows
}

func rowCount(rows map[string]int, sheet string) string {
	if n, ok := rows[sheet]; ok && sheet != "" {
		return fmt.Sprintf("%d 行", n)
	}
	return ""
}
