package main

import (
	"context"
	"fmt"
	"time"

	"liandu/dashboard/export"
	"liandu/internal/period"
)

// runNotice writes 专题通报 of one point of view.
func runNotice(ctx context.Context, c *call) error { return c.onePaper(ctx, export.PaperNotice) }

// runAnnual writes 年度建制和实施情况通报.
func runAnnual(ctx context.Context, c *call) error { return c.onePaper(ctx, export.PaperAnnualNotice) }

// runDispatch writes 调度单.
func runDispatch(ctx context.Context, c *call) error { return c.onePaper(ctx, export.PaperDispatch) }

// onePaper writes a paper that a point of view has one of, or an issued one again.
func (c *call) onePaper(ctx context.Context, id string) error {
	f := c.flags()
	p := f.paperOptions()
	if err := f.noWords(); err != nil {
		return err
	}
	if p.out == "" {
		return c.wrong("没有写存放的文件（-o）。")
	}
	if p.issued != "" {
		return p.writeIssued(ctx, c, id)
	}
	paper, err := export.FindPaper(id)
	if err != nil {
		return err
	}
	d, err := p.dossier(ctx, c)
	if err != nil {
		return err
	}
	d.Number = p.number
	o, err := paper.One(d, "")
	if err != nil {
		return err
	}
	return p.writeOne(ctx, c, d, o)
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

	number   string // of the first, instead of the one set
	issue    bool
	again    bool
	corrects []string // of a 更正: the papers it corrects
	issued   string   // an issued paper's id: it is written again
}

func (f flags) paperOptions() *paperOptions {
	p := &paperOptions{view: f.viewOptions()}
	f.StringVar(&p.out, "o", "", "")
	f.StringVar(&p.date, "date", "", "")
	f.BoolVar(&p.draft, "draft", false, "")
	f.StringVar(&p.number, "number", "", "")
	f.BoolVar(&p.issue, "issue", false, "")
	f.BoolVar(&p.again, "again", false, "")
	f.StringVar(&p.issued, "issued", "", "")
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
		if issued, err = c.date("--date", p.date); err != nil {
			return export.Dossier{}, err
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

// date reads an option that must be a day.
func (c *call) date(option, value string) (period.Date, error) {
	d, err := period.ParseDate(value)
	if err != nil || d.IsZero() {
		return d, c.wrong(fmt.Sprintf("参数「%s」的值「%s」不是日期，请写成 2025-01-16 这样的形式。", option, value))
	}
	return d, nil
}
