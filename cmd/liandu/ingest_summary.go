package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"liandu/ingest"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// steps shows on a terminal what is being done with a file, on one line that the next thing said writes over.
func steps(w io.Writer, n, of int) (step func(string), clear func()) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, func() {}
	}
	const wipe = "\r\x1b[K"
	step = func(s string) { fmt.Fprintf(w, "%s[%d/%d] 正在%s", wipe, n, of, s) }
	return step, func() { fmt.Fprint(w, wipe) }
}

// summaryByUnit tells, for the latest quarter of a batch, how each unit stands now and what became of its files, and for
// the other quarters how many are in.
func summaryByUnit(ctx context.Context, c *call, results []ingest.Result) error {
	quarters := quartersOf(results)
	if len(quarters) == 0 {
		return nil
	}
	var rest []string
	for i, q := range quarters {
		sent, err := sentOf(ctx, c, q)
		if err != nil {
			return err
		}
		if i > 0 {
			rest = append(rest, fmt.Sprintf("%s 已报 %d/%d", q.Chinese(), countSent(sent), len(sent)))
			continue
		}
		unitTable(c.stdout, q, sent, results)
	}
	if len(rest) > 0 {
		fmt.Fprintf(c.stdout, "其他季度：%s。\n", strings.Join(rest, "，"))
	}
	return nil
}

// quartersOf lists the quarters of the results, the latest first.
func quartersOf(results []ingest.Result) []period.Quarter {
	var out []period.Quarter
	for _, r := range results {
		if !r.Quarter.IsZero() && !slices.Contains(out, r.Quarter) {
			out = append(out, r.Quarter)
		}
	}
	slices.SortFunc(out, func(a, b period.Quarter) int { return b.Compare(a) })
	return out
}

// sentOf tells who has sent for one quarter.
func sentOf(ctx context.Context, c *call, q period.Quarter) ([]queries.SentRow, error) {
	r, err := c.app.rules.Regime(ctx, "", q, c.app.now())
	if err != nil {
		return nil, err
	}
	all, err := c.app.queries.Sent(ctx, queries.AsOf{Quarter: q, Regime: r})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(all), func(r queries.SentRow) bool { return r.Quarter != q }), nil
}

func countSent(rows []queries.SentRow) int {
	n := 0
	for _, r := range rows {
		if r.Version > 0 {
			n++
		}
	}
	return n
}

func unitTable(w io.Writer, q period.Quarter, sent []queries.SentRow, results []ingest.Result) {
	fmt.Fprintf(w, "\n%s各单位：\n", q.Chinese())
	t := newTable("单位", "状态", "现行版本", "首次接收", "本次文件")
	var missing []string
	for _, r := range sent {
		version, first := "—", "—"
		if r.Version > 0 {
			version = fmt.Sprintf("第 %d 版", r.Version)
			first = r.FirstReceivedAt.In(period.Shanghai).Format("2006-01-02 15:04")
		} else {
			missing = append(missing, r.Unit.Name)
		}
		t.add(r.Unit.Name, sentWord(r), version, first, filesOf(results, r.Unit.Code, q))
	}
	t.print(w)
	if len(missing) > 0 {
		fmt.Fprintf(w, "未报 %d 个：%s。\n", len(missing), strings.Join(missing, "、"))
	}
}

// sentWord says how a unit stands for a quarter.
func sentWord(r queries.SentRow) string {
	switch {
	case r.Version > 0 && r.OnTime != nil && !*r.OnTime:
		return fmt.Sprintf("迟报 %d 天", period.DateOf(r.FirstReceivedAt.In(period.Shanghai)).DaysSince(r.DueOn))
	case r.Version > 0:
		return "按时"
	case r.OnTime != nil:
		return "未报"
	}
	return "未到期"
}

// filesOf counts what became of a unit's files of this batch.
func filesOf(results []ingest.Result, unit record.UnitCode, q period.Quarter) string {
	n := map[record.SubmissionStatus]int{}
	for _, r := range results {
		if r.Unit == unit && r.Quarter == q {
			n[r.Status]++
		}
	}
	var parts []string
	for _, s := range []struct {
		status record.SubmissionStatus
		word   string
	}{{record.Accepted, "接收"}, {record.Rejected, "退回"}, {record.Duplicate, "重复"}} {
		if n[s.status] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", s.word, n[s.status]))
		}
	}
	if len(parts) == 0 {
		return "—"
	}
	return strings.Join(parts, "、")
}
