package main

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"liandu/dashboard/export"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// runDocument lists issued papers, shows one with the proof that it follows from its data, or writes one again.
func runDocument(ctx context.Context, c *call) error {
	f := c.flags()
	asOf := f.String("as-of", "", "")
	unit := f.String("unit", "", "")
	format := f.String("format", "text", "")
	out := f.String("o", "", "")
	words, err := f.words()
	if err != nil {
		return err
	}
	switch {
	case len(words) == 1 && words[0] == "list":
		filter := queries.DocumentFilter{Unit: record.UnitCode(*unit)}
		if *asOf != "" {
			if filter.Quarter, err = c.quarter("--as-of", *asOf); err != nil {
				return err
			}
		}
		if err := c.format(*format, "text", "json"); err != nil {
			return err
		}
		return listDocuments(ctx, c, filter, *format)
	case len(words) == 2 && words[0] == "show":
		return showDocument(ctx, c, words[1])
	case len(words) == 2 && words[0] == "get" && *out != "":
		return c.writeDocument(ctx, words[1], *out)
	case len(words) == 2 && words[0] == "get":
		return c.wrong("没有写存放的文件（-o）。")
	}
	return c.wrong("没有说明要列出、查看还是取出。")
}

// documentJSON is an issued paper as scripts read it; what is not there is null or left out.
type documentJSON struct {
	ID       string          `json:"id"`
	Kind     string          `json:"kind"`
	Paper    string          `json:"paper"`
	Unit     record.UnitCode `json:"unit,omitempty"`
	To       string          `json:"to,omitempty"`
	AsOf     string          `json:"as_of"`
	Year     int             `json:"year"`
	Regime   string          `json:"regime"`
	Level    record.Level    `json:"level"`
	KnownAt  string          `json:"known_at"`
	Number   string          `json:"number,omitempty"`
	Title    string          `json:"title"`
	DatedOn  period.Date     `json:"dated_on"`
	ReplyDue *period.Date    `json:"reply_due"`
	IssuedAt string          `json:"issued_at"`
	Actor    string          `json:"actor"`
	File     string          `json:"file"`
	SHA256   string          `json:"sha256"`
	Corrects []string        `json:"corrects,omitempty"`
}

func listDocuments(ctx context.Context, c *call, filter queries.DocumentFilter, format string) error {
	docs, err := c.app.queries.Documents(ctx, filter)
	if err != nil {
		return err
	}
	if format == "json" {
		list := []documentJSON{}
		for _, d := range docs {
			one := documentJSON{
				ID: d.ID, Kind: d.Kind, Paper: d.Paper, Unit: d.Unit, To: d.To, AsOf: d.Quarter, Year: d.Year, Regime: d.Regime, Level: d.Level,
				KnownAt: d.KnownAt.In(period.Shanghai).Format(time.RFC3339), Number: d.Number, Title: d.Title, DatedOn: d.DatedOn,
				IssuedAt: d.IssuedAt.In(period.Shanghai).Format(time.RFC3339), Actor: d.Actor, File: d.File, SHA256: d.SHA256, Corrects: d.Corrects,
			}
			if !d.ReplyDue.IsZero() {
				one.ReplyDue = &d.ReplyDue
			}
			list = append(list, one)
		}
		return writeJSON(c.stdout, map[string]any{"documents": list})
	}
	t := newTable("编号", "文号", "文件", "主送", "报告期", "成文日期", "回复期限")
	for _, d := range docs {
		t.add(d.ID, d.Number, export.PaperName(d.Paper), d.To, d.Quarter, d.DatedOn.String(), d.ReplyDue.String())
	}
	t.print(c.stdout)
	return nil
}

// showDocument prints what a paper was made from, whether making it again gives the same bytes, and what is otherwise now.
func showDocument(ctx context.Context, c *call, id string) error {
	doc, err := c.app.queries.Document(ctx, id, "")
	if err != nil {
		return err
	}
	f, err := c.app.desk.Frozen(doc)
	if err != nil {
		return err
	}
	again, err := c.app.desk.Remake(ctx, doc)
	if err != nil {
		return err
	}
	made, err := c.app.desk.Bytes(doc, doc.Generated)
	if err != nil {
		return err
	}
	proof := "用当时的数据、制度和设置重新生成，结果与存档逐字节一致"
	if !bytes.Equal(again, made) {
		proof = "用当时的数据重新生成的结果与存档不同（程序版本或补录数据有变），以存档为准"
	}
	edited := ""
	if doc.SHA256 != doc.Generated {
		edited = fmt.Sprintf("以修改稿签发，保留 %d 处不一致：%s", doc.Accepted, doc.Reason)
	}
	t := newTable("项目", "内容")
	for _, row := range [][2]string{
		{"文件", export.PaperName(doc.Paper) + " " + doc.Title}, {"文号", doc.Number}, {"主送", doc.To}, {"成文日期", doc.DatedOn.String()}, {"回复期限", doc.ReplyDue.String()},
		{"签发", doc.IssuedAt.In(period.Shanghai).Format("2006-01-02 15:04:05") + " " + doc.Actor}, {"报告期", fmt.Sprintf("%s，会议年度 %d", doc.Quarter, doc.Year)},
		{"采用数据", doc.KnownAt.In(period.Shanghai).Format("2006-01-02 15:04:05") + fmt.Sprintf(" 前接收，%d 份报送", len(f.Submissions))},
		{"制度", f.Regime}, {"层级", doc.Level.Chinese()}, {"登记册", fmt.Sprintf("%d 个单位", len(f.Units))}, {"SHA-256", doc.SHA256}, {"修改稿", edited}, {"核对", proof},
	} {
		if row[1] != "" {
			t.add(row[0], row[1])
		}
	}
	t.print(c.stdout)
	moved, err := c.app.desk.SinceOne(ctx, id)
	if err != nil {
		return err
	}
	printMoved(c, moved)
	return nil
}
