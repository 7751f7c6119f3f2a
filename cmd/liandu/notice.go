package main

import (
	"context"
	"fmt"
	"time"

	"liandu/dashboard/export"
	"liandu/internal/period"
)

// runNotice writes 专题通报 of one point of view.
func runNotice(ctx context.Context, c *call) error {
	return c.onePaper(ctx, export.Dossier.Notice)
}

// runDispatch writes 调度单.
func runDispatch(ctx context.Context, c *call) error {
	return c.onePaper(ctx, export.Dossier.Dispatch)
}

// onePaper writes a paper that a point of view has one of.
func (c *call) onePaper(ctx context.Context, make func(export.Dossier) (*export.Official, error)) error {
	f := c.flags()
	p := f.paperOptions()
	words, err := f.words()
	if err != nil {
		return err
	}
	switch {
	case len(words) > 0:
		return c.wrong(fmt.Sprintf("多出了「%s」。", words[0]))
	case p.out == "":
		return c.wrong("没有写存放的文件（-o）。")
	}
	d, err := p.dossier(ctx, c)
	if err != nil {
		return err
	}
	paper, err := make(d)
	if err != nil {
		return err
	}
	path := c.path(p.out)
	if err := toFile(path, paper.Write); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已生成 %s\n", path)
	c.doubts(paper)
	return nil
}

// doubts prints what a person should look at before signing.
func (c *call) doubts(o *export.Official) {
	for _, d := range o.Doubts {
		fmt.Fprintln(c.stdout, "提醒："+d)
	}
}

// paperOptions are the options every official paper shares.
type paperOptions struct {
	view  *pointOfView
	out   string
	date  string
	draft bool
}

func (f flags) paperOptions() *paperOptions {
	p := &paperOptions{view: f.viewOptions()}
	f.StringVar(&p.out, "o", "", "")
	f.StringVar(&p.date, "date", "", "")
	f.BoolVar(&p.draft, "draft", false, "")
	return p
}

// dossier gathers what the papers are made of. The paper's date is the one given, else the day the data is known at.
func (p *paperOptions) dossier(ctx context.Context, c *call) (export.Dossier, error) {
	at, err := p.view.resolve(ctx, c)
	if err != nil {
		return export.Dossier{}, err
	}
	issued := period.DateOf(at.KnownAt.In(period.Shanghai))
	if p.date != "" {
		if issued, err = period.ParseDate(p.date); err != nil {
			return export.Dossier{}, c.wrong(fmt.Sprintf("参数「--date」的值「%s」不是日期，请写成 2025-01-16 这样的形式。", p.date))
		}
	}
	d, err := c.app.desk.Dossier(ctx, at)
	if err != nil {
		return d, err
	}
	d.IssuedOn, d.Draft, d.KnownAt = issued, p.draft, at.KnownAt
	if p.view.knownAt == "" {
		d.KnownAt = time.Time{}
	}
	return d, nil
}
