package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/record"
	"liandu/internal/xlsx"
	"liandu/queries"
)

// viewOptions defines the options every command with a point of view shares.
func (f flags) viewOptions() *pointOfView {
	v := &pointOfView{}
	f.StringVar(&v.asOf, "as-of", "", "")
	f.StringVar(&v.year, "year", "", "")
	f.StringVar(&v.regime, "regime", "", "")
	f.StringVar(&v.knownAt, "known-at", "", "")
	f.StringVar(&v.level, "level", "", "")
	return v
}

// runMetrics prints every indicator, score, rank and light.
func runMetrics(ctx context.Context, c *call) error {
	f := c.flags()
	v := f.viewOptions()
	f.StringVar(&v.cohort, "cohort", "", "")
	format := f.String("format", "text", "")
	at, err := v.listing(ctx, f, format)
	if err != nil {
		return err
	}
	m, err := c.app.queries.Metrics(ctx, at)
	if err != nil {
		return err
	}
	switch *format {
	case "json":
		return writeJSON(c.stdout, view.MetricsJSON(m))
	case "csv":
		return metricsCSV(c.stdout, m)
	}
	metricsText(c.stdout, m)
	return nil
}

// writeJSON writes one indented document.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

func header(w io.Writer, at queries.AsOf) {
	cohort := "在办（含往年结转）"
	if at.Cohort.Session != 0 {
		cohort = fmt.Sprintf("%d 届次", at.Cohort.Session)
	}
	fmt.Fprintf(w, "截至 %s　会议年度 %d　制度 %s　层级 %s　事项口径 %s\n\n", at.Quarter.Last().Chinese(), at.Year, at.Regime.Name, at.Level.Chinese(), cohort)
	for _, note := range at.Regime.SuspensionNotes() {
		fmt.Fprintln(w, note)
	}
}

func metricsText(w io.Writer, m *queries.Metrics) {
	header(w, m.AsOf)
	t := newTable("位次", "单位", "亮灯", "得分", "年度会议", "召开日期", "主持", "办结", "逾期", "回报", "建制", "报送", "红", "黄").figures(0, 3, 7, 8, 9, 10, 11, 12, 13)
	for _, u := range m.Units {
		t.add(rankText(u.Rank), u.Unit.Name, view.NewLight(u.Light).Word, scoreText(u.Score), statusWord(u.Status), u.HeldOn.String(), u.ChairRank.Chinese(),
			pairText(u.Indicators["resolution_completion"]), pairText(u.Indicators["resolution_overdue"]), pairText(u.Indicators["report_back"]),
			pairText(u.Indicators["establishment"]), pairText(u.Indicators["submission_on_time"]), strconv.Itoa(u.Red), strconv.Itoa(u.Yellow))
	}
	t.print(w)
	fmt.Fprintln(w)
	total := newTable("指标", "分子", "分母", "比率").figures(1, 2, 3)
	for _, i := range queries.Indicators() {
		p := m.Total[i.ID]
		total.add(i.Name, strconv.FormatInt(p.Num, 10), strconv.FormatInt(p.Den, 10), view.NewRate(p, "", "").Percent())
	}
	total.print(w)
}

// metricsCSV writes one row a unit and the total, with numerator and denominator of every indicator.
func metricsCSV(w io.Writer, m *queries.Metrics) error {
	t := xlsx.Table{Columns: heads("代码", "单位", "层级", "年度会议", "召开日期", "主持级别", "得分", "位次", "亮灯", "红", "黄")}
	for _, i := range queries.Indicators() {
		t.Columns = append(t.Columns, heads(i.Name+"分子", i.Name+"分母")...)
	}
	for _, u := range m.Units {
		t.Rows = append(t.Rows, textRow(append([]string{
			string(u.Unit.Code), u.Unit.Name, u.Unit.Level.Chinese(), statusWord(u.Status), u.HeldOn.String(), u.ChairRank.Chinese(), scoreText(u.Score),
			rankText(u.Rank), view.NewLight(u.Light).Word, strconv.Itoa(u.Red), strconv.Itoa(u.Yellow),
		}, pairs(u.Indicators)...)))
	}
	t.Rows = append(t.Rows, textRow(append([]string{"", "合计", m.AsOf.Level.Chinese(), "", "", "", "", "", "", "", ""}, pairs(m.Total)...)))
	return xlsx.CSV(w, t)
}

func heads(names ...string) []xlsx.Column {
	var columns []xlsx.Column
	for _, n := range names {
		columns = append(columns, xlsx.Head(n))
	}
	return columns
}

func textRow(cells []string) xlsx.Row {
	var row []xlsx.Cell
	for _, c := range cells {
		row = append(row, xlsx.Text(c))
	}
	return xlsx.BodyRow(row...)
}

func pairs(values map[string]queries.Pair) []string {
	var cells []string
	for _, i := range queries.Indicators() {
		p := values[i.ID]
		cells = append(cells, strconv.FormatInt(p.Num, 10), strconv.FormatInt(p.Den, 10))
	}
	return cells
}

// statusWord is the annual meeting's state in a word.
func statusWord(s queries.AnnualStatus) string {
	return map[queries.AnnualStatus]string{
		queries.HeldOnTime: "按期召开", queries.HeldLate: "延迟召开", queries.Substituted: "其他会议代替", queries.NotHeld: "未召开", queries.Pending: "未到期限",
	}[s]
}

// pairText is n/d, 「—」 where there is nothing under it.
func pairText(p queries.Pair) string {
	if p.Den == 0 {
		return "—"
	}
	return fmt.Sprintf("%d/%d", p.Num, p.Den)
}

func scoreText(score *int) string {
	if score == nil {
		return "—"
	}
	return fmt.Sprintf("%d.%d", *score/10, *score%10)
}

func rankText(rank *int) string {
	if rank == nil {
		return "—"
	}
	return strconv.Itoa(*rank)
}

// pointOfView is what a command's options say, before it is made an AsOf.
type pointOfView struct {
	asOf, year, regime, knownAt, cohort, level string
}

// listing parses the arguments of a command that prints what a point of view shows, as text, JSON or CSV.
func (v *pointOfView) listing(ctx context.Context, f flags, format *string) (queries.AsOf, error) {
	if err := f.noWords(); err != nil {
		return queries.AsOf{}, err
	}
	if err := f.c.format(*format, "text", "json", "csv"); err != nil {
		return queries.AsOf{}, err
	}
	return v.resolve(ctx, f.c)
}

func (v pointOfView) resolve(ctx context.Context, c *call) (queries.AsOf, error) {
	q, err := c.quarter("--as-of", v.asOf)
	if err != nil {
		return queries.AsOf{}, err
	}
	year, err := c.yearValue(v.year)
	if err != nil {
		return queries.AsOf{}, err
	}
	known, err := c.moment("--known-at", v.knownAt)
	if err != nil {
		return queries.AsOf{}, err
	}
	cohort, err := queries.ParseCohort(v.cohort)
	if err != nil {
		return queries.AsOf{}, err
	}
	if v.level != "" && record.Level(v.level).Chinese() == "" {
		return queries.AsOf{}, fault.New(fault.Usage, fmt.Sprintf("没有「%s」这个层级。", v.level), "可用 city、county、township、zone、industry。")
	}
	return c.app.asOf(ctx, q, year, v.regime, known, cohort, record.Level(v.level))
}
