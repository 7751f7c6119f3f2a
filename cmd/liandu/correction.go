package main

import (
	"context"
	"fmt"
	"strings"

	"liandu/dashboard/export"
	"liandu/dashboard/issue"
	"liandu/internal/period"
)

// runCorrection lists the issued papers that say something no longer so, or drafts and issues their 更正.
func runCorrection(ctx context.Context, c *call) error {
	f := c.flags()
	p := f.paperOptions()
	list := f.Bool("list", false, "")
	of := f.String("of", "", "")
	if err := f.noWords(); err != nil {
		return err
	}
	switch {
	case count(*list, *of != "", p.issued != "") != 1:
		return c.wrong("请写明列出（--list）、更正哪份（--of）或取出哪份（--issued）。")
	case *list:
		return listTouched(ctx, c)
	case p.out == "":
		return c.wrong("没有写存放的文件（-o）。")
	case p.issued != "":
		return p.writeIssued(ctx, c, export.PaperCorrection)
	}
	p.corrects = strings.Split(*of, ",")
	at, err := c.app.desk.CorrectionOf(ctx, p.corrects)
	if err != nil {
		return err
	}
	if at.KnownAt, err = c.moment("--known-at", p.view.knownAt); err != nil {
		return err
	}
	d, err := c.app.desk.Dossier(ctx, at)
	if err != nil {
		return err
	}
	d.IssuedOn, d.Draft, d.KnownAt, d.Number = period.DateOf(d.Metrics.AsOf.KnownAt.In(period.Shanghai)), p.draft, at.KnownAt, p.number
	if p.date != "" {
		if d.IssuedOn, err = c.date("--date", p.date); err != nil {
			return err
		}
	}
	o, err := c.app.desk.Correction(ctx, d, p.corrects)
	if err != nil {
		return err
	}
	return p.writeOne(ctx, c, d, o)
}

// listTouched prints every issued paper with a figure that is otherwise now, old and new.
func listTouched(ctx context.Context, c *call) error {
	all, err := c.app.desk.Since(ctx)
	if err != nil {
		return err
	}
	touched := issue.Touched(all)
	for _, m := range touched {
		fmt.Fprintf(c.stdout, "%s %s\n", m.Document.ID, strings.TrimSpace(m.Document.Number+" "+m.Document.Title))
		printMoved(c, m)
	}
	fmt.Fprintf(c.stdout, "已发文件 %d 份，%d 份与现有数据不一致。\n", len(all), len(touched))
	return nil
}

func printMoved(c *call, m issue.Moved) {
	if m.Corrected != nil {
		fmt.Fprintf(c.stdout, "    已由 %s 更正，下列为其后的变动\n", strings.TrimSpace(m.Corrected.ID+" "+m.Corrected.Number))
	}
	if m.Gone != "" {
		fmt.Fprintf(c.stdout, "    不再成立：%s\n", m.Gone)
	}
	for _, x := range m.Changes {
		fmt.Fprintf(c.stdout, "    %s：%s → %s　（%s）\n", x.Place, orNone(x.Was), orNone(x.Is), x.Words)
	}
	for _, x := range m.Causes {
		fmt.Fprintf(c.stdout, "    其间：%s\n", strings.TrimSpace(x.Text+" "+x.Submission))
	}
}

func orNone(s string) string {
	if s == "" {
		return "（无）"
	}
	return s
}
