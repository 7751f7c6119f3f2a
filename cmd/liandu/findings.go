package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/xlsx"
	"liandu/queries"
)

// runFindings prints every failed rule with the clause it answers to and the cells it rests on.
func runFindings(ctx context.Context, c *call) error {
	f := c.flags()
	v := f.viewOptions()
	unit := f.String("unit", "", "")
	format := f.String("format", "text", "")
	at, err := v.listing(ctx, f, format)
	if err != nil {
		return err
	}
	all, err := c.app.queries.Findings(ctx, at)
	if err != nil {
		return err
	}
	if all, err = ofUnit(ctx, c, all, record.UnitCode(*unit)); err != nil {
		return err
	}
	switch *format {
	case "json":
		return writeJSON(c.stdout, view.FindingsJSON(all))
	case "csv":
		return findingsCSV(c.stdout, all)
	}
	header(c.stdout, at)
	findingsText(c.stdout, all)
	return nil
}

// ofUnit keeps the findings of one unit; "" keeps all.
func ofUnit(ctx context.Context, c *call, all []queries.Finding, code record.UnitCode) ([]queries.Finding, error) {
	if code == "" {
		return all, nil
	}
	r, err := c.app.registry(ctx)
	if err != nil {
		return nil, err
	}
	if _, ok := r.Unit(code); !ok {
		return nil, fault.New(fault.NotFound, fmt.Sprintf("登记册里没有代码为「%s」的单位。", code), "运行 liandu units list 查看全部单位。")
	}
	var kept []queries.Finding
	for _, f := range all {
		if f.Unit.Code == code {
			kept = append(kept, f)
		}
	}
	return kept, nil
}

// findingsText prints a block a unit: what was seen, the clause's words, and the cells it rests on.
func findingsText(w io.Writer, all []queries.Finding) {
	if len(all) == 0 {
		fmt.Fprintln(w, "没有问题。")
		return
	}
	var last record.UnitCode
	for _, f := range all {
		if f.Unit.Code != last {
			if last != "" {
				fmt.Fprintln(w)
			}
			fmt.Fprintf(w, "%s（%s）\n", f.Unit.Name, f.Unit.Code)
			last = f.Unit.Code
		}
		fmt.Fprintf(w, "  [%s] %s：%s\n", regime.Severity(f.Severity).Chinese(), f.RuleName, f.Observed)
		fmt.Fprintf(w, "       条款：%s%s「%s」\n", f.Clause.Document, f.Clause.Number, f.Clause.Text)
		if len(f.Evidence) > 0 {
			fmt.Fprintf(w, "       证据：%s\n", evidenceText(f.Evidence))
		}
		fmt.Fprintf(w, "       编号：%s\n", f.ID)
	}
}

func evidenceText(all []queries.Evidence) string {
	var parts []string
	for _, e := range all {
		parts = append(parts, e.Submission+"!"+e.Sheet+"!"+strings.Join(e.Cells, "、"))
	}
	return strings.Join(parts, "；")
}

func findingsCSV(w io.Writer, all []queries.Finding) error {
	t := xlsx.Table{Columns: heads("编号", "单位代码", "单位", "规则", "程度", "事实", "要求", "文件", "条款", "原文", "涉及事项", "证据")}
	for _, f := range all {
		t.Rows = append(t.Rows, textRow([]string{
			f.ID, string(f.Unit.Code), f.Unit.Name, f.RuleName, regime.Severity(f.Severity).Chinese(), f.Observed, f.Required,
			f.Clause.Document, f.Clause.Number, f.Clause.Text, strings.Join(f.Items, "；"), evidenceText(f.Evidence),
		}))
	}
	return xlsx.CSV(w, t)
}
