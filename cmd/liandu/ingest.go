package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"liandu/ingest"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// runIngest receives files, folders and zips, each file in its own transaction. It is refused work (exit 1) when any
// file was rejected; the others are kept all the same.
func runIngest(ctx context.Context, c *call) error {
	f := c.flags()
	quarter := f.String("period", "", "")
	unit := f.String("unit", "", "")
	receivedAt := f.String("received-at", "", "")
	list := f.String("received-list", "", "")
	format := f.String("format", "text", "")
	words, err := f.words()
	if err != nil {
		return err
	}
	if (len(words) == 0) == (*list == "") {
		return c.wrong("要么写要接收的文件或目录，要么写 --received-list 清单。")
	}
	if err := c.format(*format, "text", "json"); err != nil {
		return err
	}
	var q period.Quarter
	if *quarter != "" {
		if q, err = c.quarter("--period", *quarter); err != nil {
			return err
		}
	}
	at, err := c.moment("--received-at", *receivedAt)
	if err != nil {
		return err
	}
	if err := knownUnit(ctx, c, record.UnitCode(*unit)); err != nil {
		return err
	}
	jobs, err := ingestJobs(c, words, *list, at)
	if err != nil {
		return err
	}
	in, err := c.app.ingester(ctx)
	if err != nil {
		return err
	}
	results, err := receive(ctx, c, in, jobs, record.UnitCode(*unit), q, *format == "text")
	if *format == "json" {
		if results == nil {
			results = []ingest.Result{}
		}
		if err := writeJSON(c.stdout, map[string]any{"files": results}); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	if *format == "text" {
		summary(c.stdout, results)
		if err := summaryByUnit(ctx, c, results); err != nil {
			return err
		}
	}
	for _, r := range results {
		if r.Status == record.Rejected || r.Status == record.InWords {
			return errSilent
		}
	}
	return nil
}

// job is one file to receive and the moment it counts as received (zero: now).
type job struct {
	path string
	at   time.Time
}

// ingestJobs lists the files of the words, or those of a list, in its order, each with its own moment.
func ingestJobs(c *call, words []string, list string, at time.Time) ([]job, error) {
	if list != "" {
		return listedJobs(c, list)
	}
	for i, w := range words {
		words[i] = c.path(w)
	}
	paths, err := ingest.Paths(words)
	if err != nil {
		return nil, err
	}
	var jobs []job
	for _, p := range paths {
		jobs = append(jobs, job{p, at})
	}
	return jobs, nil
}

// listedJobs reads a CSV with the columns file and received_at: files of past quarters with the moments they came
// in, so that known-at and timeliness are right. Paths are relative to the list.
func listedJobs(c *call, list string) ([]job, error) {
	path := c.path(list)
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, fmt.Sprintf("清单「%s」无法打开。", list), "请检查路径是否正确。", err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) == 0 || len(rows[0]) < 2 || rows[0][0] != "file" || rows[0][1] != "received_at" {
		return nil, fault.Wrap(fault.Invalid, fmt.Sprintf("清单「%s」无法识别。", list), "应为 CSV，首行为 file,received_at。", err)
	}
	var jobs []job
	for i, row := range rows[1:] {
		at, err := c.moment("received_at", row[1])
		if err != nil {
			return nil, fault.New(fault.Invalid, fmt.Sprintf("清单第 %d 行的接收时刻「%s」无法识别。", i+2, row[1]), "请写成 2024-10-08 或 2024-10-08T09:30:00+08:00。")
		}
		jobs = append(jobs, job{filepath.Join(filepath.Dir(path), filepath.FromSlash(row[0])), at})
	}
	return jobs, nil
}

// receive takes the files one by one; what was received before an error is returned with it.
func receive(ctx context.Context, c *call, in *ingest.Ingester, jobs []job, unit record.UnitCode, q period.Quarter, tell bool) ([]ingest.Result, error) {
	var all []ingest.Result
	for i, j := range jobs {
		if err := ctx.Err(); err != nil {
			return all, err
		}
		u := ingest.Upload{Unit: unit, Quarter: q, ReceivedAt: j.at, Actor: actorCommand}
		clear := func() {}
		if tell {
			u.Progress, clear = steps(c.stdout, i+1, len(jobs))
			u.Each = func(r ingest.Result) {
				clear()
				progress(c.stdout, i+1, len(jobs), r)
			}
		}
		results, err := receiveOne(ctx, in, j, u)
		clear()
		all = append(all, results...)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

func receiveOne(ctx context.Context, in *ingest.Ingester, j job, u ingest.Upload) (_ []ingest.Result, err error) {
	f, err := os.Open(j.path)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, fmt.Sprintf("文件「%s」无法打开。", j.path), "请检查路径和权限。", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	u.Name, u.Body = filepath.Base(j.path), f
	return in.File(ctx, u)
}

// progress says what became of one file, with its problems.
func progress(w io.Writer, n, of int, r ingest.Result) {
	word := map[record.SubmissionStatus]string{record.Accepted: "已接收", record.Rejected: "已退回", record.Duplicate: "与现行版本相同，未重复接收",
		record.InWords: "已保存为文字材料，尚未计入数据"}[r.Status]
	if r.Status == record.Duplicate && r.Version == 0 { // of a report in words
		word = "与待核对的文字材料相同，未重复接收"
	}
	fmt.Fprintf(w, "[%d/%d] %s：%s", n, of, r.File, word)
	if r.Status == record.Accepted {
		fmt.Fprintf(w, "（%s %s 第 %d 版；会议 %d 行、事项 %d 行、建制 %d 行）", r.Unit, r.Quarter, r.Version, r.Rows.Meeting, r.Rows.Resolution, r.Rows.Establishment)
	}
	fmt.Fprintln(w)
	for _, p := range r.Problems {
		place := p.Sheet
		if p.Cell != "" {
			place += "!" + p.Cell
		}
		if place != "" {
			place += " "
		}
		value := ""
		if p.Value != "" {
			value = "「" + p.Value + "」"
		}
		fmt.Fprintf(w, "    %s %s%s%s%s\n", severityWord(p.Severity), place, value, p.Message, p.Hint)
	}
}

func severityWord(s record.Severity) string {
	return map[record.Severity]string{record.SeverityError: "错误", record.SeverityWarning: "提醒"}[s]
}

func summary(w io.Writer, results []ingest.Result) {
	count := map[record.SubmissionStatus]int{}
	for _, r := range results {
		count[r.Status]++
	}
	inWords := ""
	if n := count[record.InWords]; n > 0 {
		inWords = fmt.Sprintf("，文字材料 %d", n)
	}
	fmt.Fprintf(w, "共 %d 份：接收 %d，退回 %d，重复 %d%s。所有原件均已保存。\n", len(results), count[record.Accepted], count[record.Rejected], count[record.Duplicate], inWords)
}

// runParse is the child process that opens strangers' bytes; it is not for people.
func runParse(_ context.Context, c *call) error {
	return ingest.ServeParse(c.stdin, c.stdout)
}
