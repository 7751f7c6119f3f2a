package main

import (
	"context"
	"fmt"
	"io"

	"liandu/ingest"
	"liandu/internal/period"
	"liandu/queries"
)

// runTrace follows a finding, an indicator or a cell back to the rows of files it rests on.
func runTrace(ctx context.Context, c *call) error {
	f := c.flags()
	v := f.viewOptions()
	format := f.String("format", "text", "")
	words, err := f.words()
	if err != nil {
		return err
	}
	if len(words) != 1 {
		return c.wrong("应当写一个问题编号、指标编号或单元格。")
	}
	if err := c.format(*format, "text", "json"); err != nil {
		return err
	}
	if v.asOf == "" {
		// The quarter stands in the reference itself; a cell needs none.
		v.asOf = quarterIn(words[0])
	}
	at, err := v.resolve(ctx, c)
	if err != nil {
		return err
	}
	found, err := c.app.queries.Trace(ctx, at, words[0])
	if err != nil {
		return err
	}
	if *format == "json" {
		return writeJSON(c.stdout, found)
	}
	traceText(c.stdout, found)
	return nil
}

// quarterIn returns the quarter a reference begins with, else the present one.
func quarterIn(ref string) string {
	if len(ref) >= 6 {
		if q, err := period.ParseQuarter(ref[:6]); err == nil {
			return q.String()
		}
	}
	return period.QuarterOf(period.DateOf(now().In(period.Shanghai))).String()
}

func traceText(w io.Writer, t *queries.Tracing) {
	if f := t.Finding; f != nil {
		fmt.Fprintf(w, "%s　%s：%s\n条款：%s%s「%s」\n\n", f.Unit.Name, f.RuleName, f.Observed, f.Clause.Document, f.Clause.Number, f.Clause.Text)
	}
	if e := t.Explanation; e != nil {
		fmt.Fprintf(w, "%s　%s：%s\n\n", t.Ref, e.Indicator.Name, pairText(e.Pair))
	}
	if len(t.Rows) == 0 {
		fmt.Fprintln(w, "没有来源行：所述事实是没有报送或没有记录。")
		return
	}
	for _, r := range t.Rows {
		fmt.Fprintf(w, "报送 %s（%s %s 第 %d 版，%s 接收）\n  文件 %s\n  工作表「%s」第 %d 行\n", r.Submission, r.Submitter, r.Quarter, r.Version, r.ReceivedAt.In(period.Shanghai).Format("2006-01-02 15:04"), r.File, r.Sheet, r.Row)
		for _, field := range r.Fields {
			if field.Cell != "" && field.Value != "" {
				name, value := inWords(r.Fact, field)
				fmt.Fprintf(w, "    %-6s %s：%s\n", field.Cell, name, value)
			}
		}
	}
}

// inWords gives a field the head its column has on the form, and a value the word the form has for it.
func inWords(fact string, f queries.FactField) (name, value string) {
	for _, sheet := range ingest.Sheets() {
		if string(sheet.Table) != fact {
			continue
		}
		column, ok := sheet.ColumnOf(f.Name)
		if !ok {
			break
		}
		for _, choice := range column.Choices {
			if choice.Value == f.Value {
				return column.Head, choice.Word
			}
		}
		if column.Kind == ingest.KindTick {
			return column.Head, map[string]string{"true": "是", "false": "否"}[f.Value]
		}
		return column.Head, f.Value
	}
	return f.Name, f.Value
}
