package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"liandu/ingest/extract"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// runExtract reads one meeting record from minutes, a report or a news text.
func runExtract(_ context.Context, c *call) error {
	f := c.flags()
	published := f.String("published-on", "", "")
	format := f.String("format", "text", "")
	words, err := f.words()
	if err != nil {
		return err
	}
	if len(words) != 1 {
		return c.wrong("请写明一个 .docx 或 .txt 文件。")
	}
	if err := c.format(*format, "text", "json"); err != nil {
		return err
	}
	day, err := period.ParseDate(*published)
	if err != nil {
		return c.wrong(fmt.Sprintf("「%s」不是日期，请写成 2024-09-30 这样。", *published))
	}
	text, err := readText(c, words[0])
	if err != nil {
		return err
	}
	e := extract.FromText(text, extract.Options{PublishedOn: day})
	if *format == "text" {
		return printExtraction(c.stdout, e)
	}
	enc := json.NewEncoder(c.stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(e)
}

func readText(c *call, name string) (string, error) {
	file, err := os.Open(c.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fault.Wrap(fault.NotFound, fmt.Sprintf("没有「%s」这个文件。", name), "请核对文件名和所在目录。", err)
	}
	if err != nil {
		return "", fmt.Errorf("open %s: %w", name, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, extract.MaxFile+1))
	if err != nil {
		return "", fault.Wrap(fault.Invalid, fmt.Sprintf("读不了「%s」。", name), "请确认它是一个文件，且没有被其他程序占用。", err)
	}
	return extract.Text(data)
}

var extractKinds = map[extract.Kind]string{
	extract.KindAnnual: "年度联席会议", extract.KindExtraordinary: "临时联席会议",
	extract.KindUnclear: "待人工确认", extract.KindNone: "不是政府与工会联席会议的报道",
}

// printExtraction writes the record as lines for people; what the text does not state is 「未载明」.
func printExtraction(w io.Writer, e extract.Extraction) error {
	var b strings.Builder
	line := func(label, value string) {
		if value == "" {
			value = "未载明"
		}
		fmt.Fprintf(&b, "%s：%s\n", label, value)
	}
	line("会议", extractKinds[e.Kind])
	if e.Kind != extract.KindNone {
		line("单位", e.Unit)
		line("所属年度", positive(e.SessionYear))
		if e.Ordinal > 0 {
			line("届次", "第"+strconv.Itoa(e.Ordinal)+"次")
		}
		line("召开日期", e.HeldOn.Chinese())
		line("主持人", strings.TrimSpace(e.ChairName+" "+e.ChairTitle))
		if e.ChairRank != record.RankUnknown {
			line("主持人级别", e.ChairRank.Chinese())
		}
		line("政府主要负责人到会", said(e.PrincipalPresent))
		line("议题数", countOf(e.TopicsCount))
		for i, t := range e.Topics {
			fmt.Fprintf(&b, "  %d. %s\n", i+1, t)
		}
		line("通报上次议定事项落实情况", said(e.ReportBack))
		line("议定事项", positive(len(e.Resolutions)))
		for _, r := range e.Resolutions {
			fmt.Fprintf(&b, "  %d. %s%s\n", r.Item, r.Title, details(r))
		}
	}
	for _, d := range e.Doubts {
		fmt.Fprintf(&b, "存疑：%s\n", d)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func details(r extract.Resolution) string {
	var parts []string
	for _, p := range []struct {
		label string
		value *string
	}{{"牵头单位", r.LeadUnit}, {"责任人", r.Owner}, {"完成时限", r.DueText}} {
		if p.value != nil {
			parts = append(parts, p.label+" "+*p.value)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "（" + strings.Join(parts, "；") + "）"
}

func positive(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func countOf(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func said(b *bool) string {
	switch {
	case b == nil:
		return ""
	case *b:
		return "是"
	}
	return "否"
}
