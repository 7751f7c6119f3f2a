package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/regime"
	"liandu/internal/rulebook"
)

// runRegime lists and shows regimes, checks a user's own file, compares two on the same facts, and changes what is in
// force (regime_change.go).
func runRegime(ctx context.Context, c *call) error {
	f := c.flags()
	asOf := f.String("as-of", "", "")
	year := f.String("year", "", "")
	level := f.String("level", "", "")
	knownAt := f.String("known-at", "", "")
	format := f.String("format", "text", "")
	w := ruleWords{
		clauses: f.String("clauses", "", ""), from: f.String("from", "", ""), until: f.String("until", "", ""),
		reason: f.String("reason", "", ""), document: f.String("document", "", ""),
	}
	words, err := f.words()
	if err != nil {
		return err
	}
	at := seenAt{quarter: *asOf, knownAt: *knownAt}
	switch {
	case len(words) == 1 && words[0] == "list":
		return listRegimes(ctx, c, at)
	case len(words) == 2 && words[0] == "show":
		return showRegime(ctx, c, at, words[1], *format)
	case len(words) == 2 && words[0] == "check":
		return checkRegime(c, words[1])
	case len(words) == 3 && words[0] == "compare":
		v := pointOfView{asOf: *asOf, year: *year, level: *level, knownAt: *knownAt}
		return compareRegimes(ctx, c, v, words[1], words[2], *format)
	}
	if len(words) > 0 && c.app != nil {
		if done, err := changeRules(ctx, c, words, w, at); done {
			return err
		}
	}
	if len(words) > 0 && slices.Contains(ruleVerbs[:], words[0]) && c.app == nil {
		return noFolder(c)
	}
	return c.wrong("没有说明要列出、查看、检查、对比还是调整。")
}

// seenAt is the quarter and the moment at which rules are looked at; empty is now.
type seenAt struct{ quarter, knownAt string }

func (s seenAt) day(c *call) (period.Date, time.Time, error) {
	known, err := c.moment("--known-at", s.knownAt)
	if err != nil || s.quarter == "" {
		return period.DateOf(now().In(period.Shanghai)), known, err
	}
	q, err := c.quarter("--as-of", s.quarter)
	return q.Last(), known, err
}

func listRegimes(ctx context.Context, c *call, at seenAt) error {
	t := newTable("编号", "名称", "文件", "施行日期", "适用层级", "来源")
	book, day, known, err := c.rulesAt(ctx, at)
	if err != nil {
		return err
	}
	all, err := regime.Load(nil)
	if err != nil {
		return err
	}
	adopted := ""
	if book != nil {
		all, adopted = book.All(day, known), book.Adopted(day, known)
	}
	for _, r := range all {
		var levels []string
		for _, l := range r.ObligedLevels {
			levels = append(levels, l.Chinese())
		}
		id := r.ID
		if id == adopted {
			id += " *"
		}
		t.add(id, r.Name, r.Document.Cite(), r.InForceFrom.String(), strings.Join(levels, "；"), origin(book, r, known))
	}
	t.print(c.stdout)
	if book != nil {
		fmt.Fprintln(c.stdout, "* 为本市采用的制度。")
	}
	return nil
}

// origin says where a regime comes from, and what the city has done to it.
func origin(book *rulebook.Book, r *regime.Regime, known time.Time) string {
	word := "内置"
	switch {
	case book == nil:
	case book.IsOwn(r.ID):
		word = "自建"
	case book.IsChanged(r.ID, known):
		word = "内置，本市已调整"
	}
	if len(r.Suspended) > 0 {
		word += fmt.Sprintf("，暂停 %d 条", len(r.Suspended))
	}
	return word
}

// rulesAt returns the folder's rules and when they are looked at; no book where there is no folder.
func (c *call) rulesAt(ctx context.Context, at seenAt) (*rulebook.Book, period.Date, time.Time, error) {
	day, known, err := at.day(c)
	if err != nil || c.app == nil {
		return nil, day, known, err
	}
	book, err := c.app.rules.Book(ctx)
	return book, day, known, err
}

// knownRegimes are those a file may cite clauses from beside the built-in ones.
func (c *call) knownRegimes() []*regime.Regime {
	if c.app == nil {
		return nil
	}
	book, err := c.app.rules.Book(context.Background())
	if err != nil {
		return nil
	}
	return book.All(period.DateOf(now().In(period.Shanghai)), time.Time{})
}

func showRegime(ctx context.Context, c *call, at seenAt, id, format string) error {
	if err := c.format(format, "text", "toml"); err != nil {
		return err
	}
	book, day, known, err := c.rulesAt(ctx, at)
	if err != nil {
		return err
	}
	var r *regime.Regime
	switch {
	case book != nil && format == "toml": // as it is written, to be changed
		r, err = book.Version(id, day, known)
	case book != nil:
		r, err = book.At(id, day, known)
	default:
		var all []*regime.Regime
		if all, err = regime.Load(nil); err == nil {
			r, err = regime.Find(all, id)
		}
	}
	if err != nil {
		return err
	}
	w := c.stdout
	if format == "toml" {
		_, err := w.Write(r.Source())
		return err
	}
	fmt.Fprintf(w, "%s（%s）\n文件：%s\n施行：%s\n", r.Name, r.ID, r.Document.Cite(), r.InForceFrom.Chinese())
	if r.Repeals != "" {
		fmt.Fprintf(w, "废止：%s\n", r.Repeals)
	}
	fmt.Fprintf(w, "红线 %s，黄线 %s；会议期限 %d月%d日；季度报表季末后 %d 天内报送\n\n", r.RedLineText(), r.YellowLineText(), r.DeadlineMonth, r.DeadlineDay, r.SubmissionDays)
	t := newTable("规则", "程度", "用词", "条款", "参数", "原文")
	for _, rule := range r.Rules {
		t.add(regime.RuleName(rule.ID), rule.Severity.Chinese(), string(rule.Force()), rule.Clause.Number, rule.Parameters(), rule.Clause.Text)
	}
	t.print(w)
	for _, note := range r.SuspensionNotes() {
		fmt.Fprintln(w, note)
	}
	fmt.Fprintln(w)
	weights := newTable("指标", "分值").figures(1)
	for _, i := range regime.Indicators {
		if n := r.Weights[i.ID]; n > 0 {
			weights.add(regime.IndicatorName(i.ID), strconv.Itoa(n))
		}
	}
	weights.print(w)
	return nil
}

// checkRegime checks a file that need not be in the data folder; its clauses' words are looked for in the text file
// beside it.
func checkRegime(c *call, file string) error {
	r, err := readRegime(c, file, "")
	if err != nil {
		return err
	}
	issues := regime.Check(r)
	for _, i := range issues {
		fmt.Fprintf(c.stdout, "%s：%s%s\n", i.Where, i.Message, i.Hint)
	}
	if len(issues) > 0 {
		return errSilent
	}
	fmt.Fprintf(c.stdout, "%s（%s）：%d 条规则，条款原文全部核对一致。运行 liandu regime add 登记后即可使用。\n", r.Name, r.ID, len(r.Rules))
	return nil
}

func noFolder(c *call) error {
	return fault.New(fault.NotFound, fmt.Sprintf("数据目录「%s」还没有建立，没有可对比或调整的数据。", c.dir), "请先运行 liandu init。")
}

func compareRegimes(ctx context.Context, c *call, v pointOfView, a, b, format string) error {
	if c.app == nil {
		return noFolder(c)
	}
	if err := c.format(format, "text", "json"); err != nil {
		return err
	}
	// Both are asked at the same level: the level given, else that of the first.
	v.regime = a
	first, err := v.resolve(ctx, c)
	if err != nil {
		return err
	}
	v.regime, v.level = b, string(first.Level)
	second, err := v.resolve(ctx, c)
	if err != nil {
		return err
	}
	diff, err := c.app.queries.CompareRegimes(ctx, first, second)
	if err != nil {
		return err
	}
	if format == "json" {
		return writeJSON(c.stdout, comparisonJSON(diff))
	}
	printComparison(c.stdout, diff)
	return nil
}
