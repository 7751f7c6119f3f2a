package main

import (
	"context"
	"fmt"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// runMatter lists 督办事项 with the step they have come to and what became of them after 交办. Steps are taken on the pages,
// by people who are signed in: a command has no second person.
func runMatter(ctx context.Context, c *call) error {
	f := c.flags()
	asOf := f.String("as-of", "", "")
	unit := f.String("unit", "", "")
	state := f.String("state", "", "")
	known := f.String("known-at", "", "")
	format := f.String("format", "text", "")
	words, err := f.words()
	if err != nil {
		return err
	}
	if len(words) != 1 || words[0] != "list" {
		return c.wrong("没有说明要列出（list）。")
	}
	if err := c.format(*format, "text", "json"); err != nil {
		return err
	}
	today := period.DateOf(c.app.now().In(period.Shanghai))
	quarter := period.QuarterOf(today)
	if *asOf != "" {
		if quarter, err = c.quarter("--as-of", *asOf); err != nil {
			return err
		}
	}
	filter := queries.MatterFilter{Unit: record.UnitCode(*unit)}
	if *known != "" {
		if filter.KnownAt, err = c.moment("--known-at", *known); err != nil {
			return err
		}
	}
	at, err := c.app.asOf(ctx, quarter, 0, "", filter.KnownAt, queries.Cohort{}, "")
	if err != nil {
		return err
	}
	matters, err := c.app.queries.Matters(ctx, filter)
	if err != nil {
		return err
	}
	all, err := c.app.queries.Outcomes(ctx, at, matters)
	if err != nil {
		return err
	}
	all, ok := view.FitMatters(all, *state, today)
	if !ok {
		return fault.New(fault.Usage, fmt.Sprintf("参数「--state」的值「%s」无法识别。", *state), "运行 liandu matter --help 查看可用的值。")
	}
	if *format == "json" {
		return writeJSON(c.stdout, view.MattersJSON(all, today))
	}
	if len(all) == 0 {
		fmt.Fprintln(c.stdout, "没有督办事项。")
		return nil
	}
	t := newTable("编号", "单位", "事项", "环节", "交办", "反馈期限", "逾期", "销号", "交办之后").figures(6)
	for _, line := range view.MatterLines(all, today) {
		t.add(line...)
	}
	t.print(c.stdout)
	return nil
}
