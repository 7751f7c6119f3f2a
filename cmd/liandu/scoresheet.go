package main

import (
	"context"
	"fmt"

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
		return writeFolder(c, sheets, c.path(p.out), "没有可评分的单位。")
	}
	sheet, err := d.ScoreSheet(record.UnitCode(*unit))
	if err != nil {
		return err
	}
	path := c.path(p.out)
	if err := toFile(path, sheet.Write); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已生成 %s\n", path)
	return nil
}
