package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/regime"
	"liandu/internal/rulebook"
)

// ruleVerbs are the words of `regime` that need a data folder.
var ruleVerbs = [...]string{"add", "change", "adopt", "suspend", "resume", "revert", "history", "try"}

// ruleWords are the options of a change of the rules.
type ruleWords struct{ clauses, from, until, reason, document *string }

func (w ruleWords) decision() rulebook.Decision {
	return rulebook.Decision{Reason: *w.reason, Document: *w.document, Actor: actorCommand}
}

// changeRules runs the words of `regime` that change what is in force, show what was changed, or try a change out. done
// is false where they are none of these.
func changeRules(ctx context.Context, c *call, words []string, w ruleWords, at seenAt) (done bool, err error) {
	verb, rest := words[0], words[1:]
	switch {
	case verb == "history" && len(rest) <= 1:
		return true, printHistory(ctx, c, at, rest)
	case verb == "try" && len(rest) == 1:
		return true, tryRegime(ctx, c, w, at, rest[0])
	case (verb == "add" || verb == "change") && len(rest) == 1:
		return true, addRegime(ctx, c, w, rest[0], verb == "add")
	case verb == "adopt" && len(rest) == 1:
		return true, adoptRegime(ctx, c, w, rest[0])
	case verb == "suspend" && len(rest) == 2:
		return true, suspendRule(ctx, c, w, rest[0], rest[1])
	case verb == "resume" && len(rest) == 2:
		return true, resumeRule(ctx, c, w, rest[0], rest[1])
	case verb == "revert" && len(rest) == 1:
		return true, revertRule(ctx, c, w, rest[0])
	}
	return false, nil
}

// addRegime writes down an own regime, or a new version of one there is.
func addRegime(ctx context.Context, c *call, w ruleWords, file string, isNew bool) error {
	from, err := c.startOf(*w.from)
	if err != nil {
		return err
	}
	r, err := readRegime(c, file, *w.clauses)
	if err != nil {
		return err
	}
	book, err := c.app.rules.Book(ctx)
	if err != nil {
		return err
	}
	base, err := book.Version(r.ID, from, time.Time{})
	known := err == nil
	if r, err = inheritWords(r, base, *w.clauses); err != nil {
		return err
	}
	switch {
	case isNew && known:
		return fault.New(fault.Conflict, fmt.Sprintf("制度编号「%s」已被使用，没有登记。", r.ID), "修改已有的制度用 liandu regime change；新增的请换一个编号，例如在后面加上年份。")
	case !isNew && !known:
		return fault.New(fault.NotFound, fmt.Sprintf("没有编号为「%s」的制度可以调整。", r.ID), "新增的制度用 liandu regime add。")
	}
	for _, issue := range regime.Check(r) {
		fmt.Fprintf(c.stdout, "%s：%s%s\n", issue.Where, issue.Message, issue.Hint)
	}
	if err := c.app.rules.Change(ctx, r, from, nil, w.decision()); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已登记 %s（%s），自%s起施行。\n", r.Name, r.ID, period.QuarterOf(from).Chinese())
	if sum := view.WeightSum(r); sum != 100 {
		fmt.Fprintf(c.stdout, "提醒：权重合计 %d，计分时按比例折算为 100 分。\n", sum)
	}
	if known {
		for _, d := range regime.Changes(base, r) {
			fmt.Fprintf(c.stdout, "  %s：%s → %s\n", d.Name, d.A, d.B)
		}
	}
	return nil
}

// inheritWords gives a new version of a regime the document's words of the one before where it brings none.
func inheritWords(r, base *regime.Regime, clauses string) (*regime.Regime, error) {
	if base == nil || clauses != "" || r.ClauseText() != "" {
		return r, nil
	}
	return regime.Parse(r.ID+".toml", r.Source(), []byte(base.ClauseText()), base)
}

func adoptRegime(ctx context.Context, c *call, w ruleWords, id string) error {
	from, err := c.startOf(*w.from)
	if err != nil {
		return err
	}
	if err := c.app.rules.Adopt(ctx, id, from, w.decision()); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "自%s起，本市采用制度 %s。此前各季度仍按原制度评价。\n", period.QuarterOf(from).Chinese(), id)
	return nil
}

func suspendRule(ctx context.Context, c *call, w ruleWords, id, rule string) error {
	from, err := c.startOf(*w.from)
	if err != nil {
		return err
	}
	until, err := c.endOf(*w.until)
	if err != nil {
		return err
	}
	if err := c.app.rules.Suspend(ctx, id, rule, from, until, w.decision()); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%s：自%s起，%s。到期自动恢复。\n", id, period.QuarterOf(from).Chinese(), regime.Suspension{Rule: rule, Until: until, Reason: *w.reason}.Note())
	return nil
}

func resumeRule(ctx context.Context, c *call, w ruleWords, id, rule string) error {
	from, err := c.startOf(*w.from)
	if err != nil {
		return err
	}
	if err := c.app.rules.Resume(ctx, id, rule, from, w.decision()); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%s：规则「%s」自%s起恢复执行。\n", id, regime.RuleName(rule), period.QuarterOf(from).Chinese())
	return nil
}

func revertRule(ctx context.Context, c *call, w ruleWords, number string) error {
	seq, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return fault.New(fault.Usage, fmt.Sprintf("「%s」不是调整记录的编号。", number), "运行 liandu regime history 查看编号。")
	}
	if err := c.app.rules.Revert(ctx, seq, w.decision()); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已撤销第 %d 号调整。\n", seq)
	return nil
}

// printHistory lists every change of the rules, the last first.
func printHistory(ctx context.Context, c *call, at seenAt, ids []string) error {
	book, _, known, err := c.rulesAt(ctx, at)
	if err != nil {
		return err
	}
	t := newTable("编号", "时间", "经办", "制度", "调整", "施行", "内容", "事由", "依据文件")
	for _, h := range slices.Backward(view.RuleHistory(book, known)) {
		if len(ids) == 0 || ids[0] == h.Regime {
			t.add(h.Number, h.At, h.Actor, h.Regime, h.Kind, h.Holds, h.What, h.Reason, h.Document)
		}
	}
	t.print(c.stdout)
	return nil
}

// tryRegime says what a regime's file would have done to the last eight quarters, without writing anything.
func tryRegime(ctx context.Context, c *call, w ruleWords, seen seenAt, file string) error {
	r, err := readRegime(c, file, *w.clauses)
	if err != nil {
		return err
	}
	v := pointOfView{asOf: seen.quarter, knownAt: seen.knownAt}
	at, err := v.resolve(ctx, c)
	if err != nil {
		return err
	}
	book, err := c.app.rules.Book(ctx)
	if err != nil {
		return err
	}
	if base, err := book.Version(r.ID, at.Quarter.Last(), at.KnownAt); err == nil {
		if r, err = inheritWords(r, base, *w.clauses); err != nil {
			return err
		}
	}
	if err := rulebook.Refusal(r); err != nil {
		return err
	}
	first, err := c.app.firstQuarter(ctx)
	if err != nil {
		return err
	}
	trial, err := c.app.queries.Trial(ctx, at, view.TrialQuarters, first, func(q period.Quarter) (*regime.Regime, error) {
		return book.Judging(r, q.Last(), at.KnownAt), nil
	})
	if err != nil {
		return err
	}
	p := view.NewTrial(trial, view.Address{})
	header(c.stdout, at)
	fmt.Fprintf(c.stdout, "试算：%s（没有写入）\n\n", r.Name)
	lights := newTable("季度", "红", "黄", "绿", "不判", "灯色改变", "得分改变", "消失的问题", "新增的问题")
	for _, q := range p.Quarters {
		lights.add(q.Name, q.Red, q.Yellow, q.Green, q.None, q.Turned, q.Scored, q.Gone, q.New)
	}
	lights.print(c.stdout)
	fmt.Fprintln(c.stdout)
	units := newTable(append([]string{"单位"}, p.Heads...)...)
	for _, row := range p.Rows {
		cells := []string{row.Name}
		for _, cell := range row.Cells {
			cells = append(cells, cell.Text)
		}
		units.add(cells...)
	}
	units.print(c.stdout)
	return nil
}

// firstQuarter is the first quarter anything was accepted for; zero where nothing was.
func (a *app) firstQuarter(ctx context.Context) (period.Quarter, error) {
	var text string
	err := a.store.DB().QueryRowContext(ctx, "select coalesce(min(quarter), '') as quarter from d.submission where status = 'accepted'").Scan(&text)
	if err != nil || text == "" {
		return period.Quarter{}, err
	}
	return period.ParseQuarter(text)
}

// startOf reads the quarter from which a change holds and gives its first day.
func (c *call) startOf(value string) (period.Date, error) {
	q, err := c.quarter("--from", value)
	if err != nil {
		return period.Date{}, err
	}
	return q.First(), nil
}

// endOf reads a quarter or a day until which a suspension holds.
func (c *call) endOf(value string) (period.Date, error) {
	if d, err := period.ParseDate(value); err == nil && !d.IsZero() {
		return d, nil
	}
	q, err := c.quarter("--until", value)
	if err != nil {
		return period.Date{}, err
	}
	return q.Last(), nil
}
