package main

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"liandu/dashboard/view"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// runMove says why an indicator changed between two quarters, or between two moments of one.
func runMove(ctx context.Context, c *call) error {
	f := c.flags()
	v := f.viewOptions()
	f.StringVar(&v.cohort, "cohort", "", "")
	indicator := f.String("indicator", "", "")
	unit := f.String("unit", "", "")
	start := f.String("from", "", "")
	startKnown := f.String("known-from", "", "")
	format := f.String("format", "text", "")
	if err := f.noWords(); err != nil {
		return err
	}
	if err := c.format(*format, "text", "json"); err != nil {
		return err
	}
	if *indicator == "" {
		return c.wrong("没有写参数「--indicator」，指标的编号见 liandu metrics --format json。")
	}
	to, err := v.resolve(ctx, c)
	if err != nil {
		return err
	}
	from := to
	from.Quarter, from.Deadline = to.Quarter.Add(-1), period.Date{}
	if *start != "" {
		if from.Quarter, err = c.quarter("--from", *start); err != nil {
			return err
		}
	}
	if v.year == "" {
		from.Year = from.Quarter.Year
	}
	known, err := c.moment("--known-from", *startKnown)
	if err != nil {
		return err
	}
	if !known.IsZero() {
		from.KnownAt = known
	}
	m, err := c.app.queries.Move(ctx, from, to, record.UnitCode(*unit), *indicator)
	if err != nil {
		return err
	}
	names, err := c.unitNames(ctx)
	if err != nil {
		return err
	}
	if *format == "json" {
		return writeJSON(c.stdout, moveJSON(m, names))
	}
	moveText(c.stdout, m, names)
	return nil
}

// unitNames are the names of all units by code.
func (c *call) unitNames(ctx context.Context) (map[record.UnitCode]string, error) {
	r, err := c.app.registry(ctx)
	if err != nil {
		return nil, err
	}
	names := map[record.UnitCode]string{}
	for _, u := range r.All() {
		names[u.Code] = u.Name
	}
	return names, nil
}

func moveText(w io.Writer, m *queries.Move, names map[record.UnitCode]string) {
	unit := "合计"
	if m.Unit.Name != "" {
		unit = m.Unit.Name
	}
	rate := func(p queries.Pair) string { return pairText(p) + "（" + view.NewRate(p, "", "").Percent() + "）" }
	fmt.Fprintf(w, "%s　%s\n%s %s → %s %s", m.Indicator.Name, unit, m.From.Quarter.Chinese(), rate(m.A), m.To.Quarter.Chinese(), rate(m.B))
	if !m.HasValue() {
		fmt.Fprint(w, "\n起点或终点没有可计算的数值，无法分解。\n")
		return
	}
	fmt.Fprintf(w, "　变化 %s 个百分点\n\n", view.Points(m.Points))
	t := newTable("原因", "个百分点", "分子", "分母", "行数").figures(1, 2, 3, 4)
	for _, s := range m.Steps {
		t.add(view.MoveName(s.Kind), view.Points(s.Points), fmt.Sprintf("%+d", s.Num), fmt.Sprintf("%+d", s.Den), strconv.Itoa(len(s.Rows)))
	}
	t.print(w)
	rows := newTable("原因", "单位", "内容", "原来", "现在", "来源")
	n := 0
	for _, s := range m.Steps {
		for _, r := range s.Rows {
			n++
			where := "—"
			if r.Submission != "" && len(r.Refs) > 0 {
				where = r.Submission + "!" + r.Sheet + "!" + r.Refs[0]
			}
			rows.add(view.MoveName(s.Kind), names[r.Unit], r.Label, view.MovePlace(r.Was), view.MovePlace(r.Is), where)
		}
	}
	if n > 0 {
		fmt.Fprintln(w)
		rows.print(w)
	}
}

type moveStepJSON struct {
	Cause  string        `json:"cause"`
	Points float64       `json:"points"` // 个百分点, one decimal
	Effect string        `json:"effect"` // exact fraction of the value
	Num    int64         `json:"num"`
	Den    int64         `json:"den"`
	Rows   []moveRowJSON `json:"rows"`
}

type moveRowJSON struct {
	Unit       string   `json:"unit"`
	Name       string   `json:"name"`
	Label      string   `json:"label"`
	Was        string   `json:"was"`
	Is         string   `json:"is"`
	Submission string   `json:"submission,omitempty"`
	Sheet      string   `json:"sheet,omitempty"`
	Cells      []string `json:"cells,omitempty"`
}

// moveJSON is the shape of --format json: points is null where either end has no value, and steps empty.
func moveJSON(m *queries.Move, names map[record.UnitCode]string) any {
	type end struct {
		AsOf string `json:"as_of"`
		Num  int64  `json:"num"`
		Den  int64  `json:"den"`
	}
	out := struct {
		Indicator string         `json:"indicator"`
		Unit      *string        `json:"unit"`
		From      end            `json:"from"`
		To        end            `json:"to"`
		Points    *float64       `json:"points"`
		Steps     []moveStepJSON `json:"steps"`
	}{
		Indicator: m.Indicator.ID, From: end{m.From.Quarter.String(), m.A.Num, m.A.Den}, To: end{m.To.Quarter.String(), m.B.Num, m.B.Den},
		Steps: []moveStepJSON{},
	}
	if code := string(m.Unit.Code); code != "" {
		out.Unit = &code
	}
	if m.HasValue() {
		points := float64(m.Points) / 10
		out.Points = &points
	}
	for _, s := range m.Steps {
		step := moveStepJSON{Cause: string(s.Kind), Points: float64(s.Points) / 10, Effect: s.Effect.RatString(), Num: s.Num, Den: s.Den, Rows: []moveRowJSON{}}
		for _, r := range s.Rows {
			step.Rows = append(step.Rows, moveRowJSON{string(r.Unit), names[r.Unit], r.Label, r.Was, r.Is, r.Submission, r.Sheet, r.Refs})
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}
