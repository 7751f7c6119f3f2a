package main

import (
	"context"
	"fmt"

	"liandu/dashboard/export"
	"liandu/internal/record"
)

// runScoreSheet writes 考核评分表 of one unit, or of every judged unit into one folder.
func runScoreSheet(ctx context.Context, c *call) error {
	f := c.flags()
	p := f.paperOptions()
	unit := f.String("unit", "", "")
	all := f.Bool("all", false, "")
	words, err := f.words()
	if err != nil {
		return err
	}
	switch {
	case len(words) > 0:
		return c.wrong(fmt.Sprintf("多出了「%s」。", words[0]))
	case p.issued != "" && p.out != "":
		return p.writeIssued(ctx, c, export.PaperScoreSheet)
	case count(*all, *unit != "") != 1:
		return c.wrong("请写明一个单位（--unit）或全部单位（--all）。")
	case p.out == "":
		return c.wrong("没有写存放的文件或目录（-o）。")
	}
	d, err := p.dossier(ctx, c)
	if err != nil {
		return err
	}
	if *all {
		sheets, err := d.ScoreSheets()
		if err != nil {
			return err
		}
		return p.writeFolder(ctx, c, d, sheets, "没有可评分的单位。")
	}
	sheet, err := d.ScoreSheet(record.UnitCode(*unit))
	if err != nil {
		return err
	}
	return p.writeOne(ctx, c, d, sheet)
}
