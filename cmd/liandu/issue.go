package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"liandu/dashboard/export"
	"liandu/dashboard/issue"
	"liandu/internal/blob"
	"liandu/internal/fault"
)

// renumber puts the number given in the place of the ones set, from which a batch counts on.
func (p *paperOptions) renumber(d *export.Dossier, keys ...string) error {
	if p.number == "" {
		return nil
	}
	if _, ok := export.NumberAfter(p.number, 0); !ok {
		return fault.New(fault.Usage, fmt.Sprintf("参数「--number」的值「%s」不是文号。", p.number), "请写成 云工函〔2025〕1号 这样的形式。")
	}
	for _, k := range keys {
		d.Settings[k] = p.number
	}
	return nil
}

// writeOne writes one paper to the file asked for, issued before where that was asked.
func (p *paperOptions) writeOne(ctx context.Context, c *call, d export.Dossier, o *export.Official) error {
	if err := p.freeze(ctx, c, d, []*export.Official{o}); err != nil {
		return err
	}
	path := c.path(p.out)
	if err := toFile(path, o.Write); err != nil {
		return err
	}
	if o.To != "" && o.Unit != "" {
		fmt.Fprintln(c.stdout, strings.TrimSpace(o.Number+" 致"+o.To))
	}
	fmt.Fprintf(c.stdout, "已生成 %s\n", path)
	c.doubts(o)
	return nil
}

// freeze issues the papers when --issue was written: all or none, each under the number it bears.
func (p *paperOptions) freeze(ctx context.Context, c *call, d export.Dossier, papers []*export.Official) error {
	if !p.issue {
		return nil
	}
	if d.Draft {
		return c.wrong("草稿不能签发：--draft 和 --issue 只能用一个。")
	}
	b := issue.Batch{At: d.Metrics.AsOf, DatedOn: d.IssuedOn, Printed: d.KnownAt, Actor: actorCommand}
	for _, o := range papers {
		if o == nil {
			continue
		}
		var body bytes.Buffer
		if err := o.Write(&body); err != nil {
			return err
		}
		b.Orders = append(b.Orders, issue.Order{
			Paper: o.Paper, Unit: o.Unit, Number: o.Number, Again: p.again, Expect: blob.Sum(body.Bytes()), Corrects: p.corrects,
		})
	}
	docs, err := c.app.desk.Issue(ctx, b)
	if err != nil {
		return err
	}
	for _, x := range docs {
		fmt.Fprintf(c.stdout, "已签发 %s %s\n", x.ID, strings.TrimSpace(x.Number+" "+x.Title))
	}
	return nil
}

// writeIssued writes an issued paper again, the same bytes whatever came later. The command must be one for its kind.
func (p *paperOptions) writeIssued(ctx context.Context, c *call, papers ...string) error {
	doc, err := c.app.queries.Document(ctx, p.issued, "")
	if err != nil {
		return err
	}
	if !slices.Contains(papers, doc.Paper) {
		return fault.New(fault.Usage, fmt.Sprintf("「%s」是%s，不是%s。", doc.ID, export.PaperName(doc.Paper), export.PaperName(papers[0])), "可用 liandu document get "+doc.ID+" -o 文件 取出。")
	}
	return c.writeDocument(ctx, p.issued, p.out)
}

// writeDocument writes an issued paper to a file.
func (c *call) writeDocument(ctx context.Context, id, out string) error {
	doc, err := c.app.queries.Document(ctx, id, "")
	if err != nil {
		return err
	}
	b, err := c.app.desk.Bytes(doc, doc.SHA256)
	if err != nil {
		return err
	}
	path := c.path(out)
	if err := toFile(path, func(w io.Writer) error { _, err := w.Write(b); return err }); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已取出 %s：%s\n", strings.TrimSpace(doc.ID+" "+doc.Number), path)
	return nil
}
