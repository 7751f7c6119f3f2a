package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/regime"
	"liandu/queries"
)

// runRegime lists and shows regimes, checks a user's own file, and compares two on the same facts.
func runRegime(ctx context.Context, c *call) error {
	f := c.flags()
	asOf := f.String("as-of", "", "")
	year := f.String("year", "", "")
	level := f.String("level", "", "")
	knownAt := f.String("known-at", "", "")
	words, err := f.words()
	if err != nil {
		return err
	}
	switch {
	case len(words) == 1 && words[0] == "list":
		return listRegimes(c)
	case len(words) == 2 && words[0] == "show":
		return showRegime(c, words[1])
	case len(words) == 2 && words[0] == "check":
		return checkRegime(c, words[1])
	case len(words) == 3 && words[0] == "compare":
		v := pointOfView{asOf: *asOf, year: *year, level: *level, knownAt: *knownAt}
		return compareRegimes(ctx, c, v, words[1], words[2])
	}
	return c.wrong("没有说明要列出、查看、检查还是对比。")
}

func listRegimes(c *call) error {
	t := newTable("编号", "名称", "文件", "施行日期", "适用层级", "来源")
	all, err := c.regimes()
	if err != nil {
		return err
	}
	for _, r := range all {
		var levels []string
		for _, l := range r.ObligedLevels {
			levels = append(levels, l.Chinese())
		}
		id := r.ID
		if c.app != nil && id == c.app.folder.Regime {
			id += " *"
		}
		t.add(id, r.Name, r.Document.Cite(), r.InForceFrom.String(), strings.Join(levels, "；"), map[bool]string{true: "内置", false: "自建"}[r.BuiltIn])
	}
	t.print(c.stdout)
	if c.app != nil {
		fmt.Fprintln(c.stdout, "* 为本数据目录采用的制度。")
	}
	return nil
}

// regimes returns the folder's regimes, or the embedded ones where there is no folder.
func (c *call) regimes() ([]*regime.Regime, error) {
	if c.app != nil {
		return c.app.regimes, nil
	}
	return regime.Load(nil)
}

func showRegime(c *call, id string) error {
	all, err := c.regimes()
	if err != nil {
		return err
	}
	r, err := regime.Find(all, id)
	if err != nil {
		return err
	}
	w := c.stdout
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
	path := c.path(file)
	r, err := regime.ReadFile(os.DirFS(filepath.Dir(path)), filepath.Base(path))
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
	fmt.Fprintf(c.stdout, "%s（%s）：%d 条规则，条款原文全部核对一致。放入数据目录的 %s 目录即可使用。\n", r.Name, r.ID, len(r.Rules), regimeFolder)
	return nil
}

func compareRegimes(ctx context.Context, c *call, v pointOfView, a, b string) error {
	if c.app == nil {
		return fault.New(fault.NotFound, fmt.Sprintf("数据目录「%s」还没有建立，没有可对比的数据。", c.dir), "请先运行 liandu init。")
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
	printComparison(c.stdout, first, second, diff)
	return nil
}

// printComparison says which units' lights, scores or findings change, and why.
func printComparison(w io.Writer, a, b queries.AsOf, diff *queries.Comparison) {
	header(w, a)
	t := newTable("单位", "得分 "+a.Regime.Name, "得分 "+b.Regime.Name, "亮灯 "+a.Regime.Name, "亮灯 "+b.Regime.Name, "只在前者", "只在后者").figures(1, 2)
	changed := 0
	for _, u := range diff.Units {
		scoreA, lightA := judged(u.A)
		scoreB, lightB := judged(u.B)
		if scoreA == scoreB && lightA == lightB && len(u.OnlyA)+len(u.OnlyB) == 0 {
			continue
		}
		changed++
		t.add(u.Unit.Name, scoreA, scoreB, lightA, lightB, ruleNames(u.OnlyA), ruleNames(u.OnlyB))
	}
	if changed == 0 {
		fmt.Fprintln(w, "两个制度下的结论相同。")
		return
	}
	t.print(w)
	fmt.Fprintf(w, "\n%d 个单位中 %d 个的结论有变化。\n", len(diff.Units), changed)
}

// judged is a unit's score and light, 「—」 and 「不评价」 where a regime does not list it.
func judged(u *queries.UnitResult) (score, light string) {
	if u == nil {
		return "—", "不评价"
	}
	return scoreText(u.Score), view.NewLight(u.Light).Word
}

func ruleNames(all []queries.Finding) string {
	var names []string
	for _, f := range all {
		names = append(names, f.RuleName+"（"+regime.Severity(f.Severity).Chinese()+"）")
	}
	return strings.Join(names, "、")
}
