package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// runTemplate writes the blank workbook of one submitter, or of all, with every unfinished item carried forward.
func runTemplate(ctx context.Context, c *call) error {
	f := c.flags()
	unit := f.String("unit", "", "")
	quarter := f.String("period", "", "")
	all := f.Bool("all", false, "")
	out := f.String("o", "", "")
	words, err := f.words()
	if err != nil {
		return err
	}
	switch {
	case len(words) > 0:
		return c.wrong(fmt.Sprintf("多出了「%s」。", words[0]))
	case (*unit == "") == !*all:
		return c.wrong("要么写 --unit 代码，要么写 --all。")
	case *all && *out == "":
		return c.wrong("没有写存放目录（-o）。")
	}
	q, err := c.quarter("--period", *quarter)
	if err != nil {
		return err
	}
	r, err := c.app.registry(ctx)
	if err != nil {
		return err
	}
	if !*all {
		u, ok := r.Unit(record.UnitCode(*unit))
		if !ok {
			return fault.New(fault.NotFound, fmt.Sprintf("登记册里没有代码为「%s」的单位。", *unit), "运行 liandu units list 查看全部单位。")
		}
		path := *out
		if path == "" {
			path = blankName(u, q)
		}
		return c.writeBlank(ctx, u, q, c.path(path))
	}
	dir := c.path(*out)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fault.Wrap(fault.Unavailable, fmt.Sprintf("目录「%s」无法建立。", dir), "请换一个有写入权限的位置。", err)
	}
	for _, u := range r.All() {
		if !u.Submitter || !u.ValidOn(q.Last()) {
			continue
		}
		if err := c.writeBlank(ctx, u, q, filepath.Join(dir, blankName(u, q))); err != nil {
			return err
		}
	}
	return nil
}

// blankName is the file name a county can send back as it is: unit and quarter stand in it.
func blankName(u record.Unit, q period.Quarter) string {
	return u.Name + q.Chinese() + "联席会议报表.xlsx"
}

func (c *call) writeBlank(ctx context.Context, u record.Unit, q period.Quarter, path string) error {
	if err := toFile(path, func(w io.Writer) error { return c.app.blank(ctx, w, u.Code, q) }); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已生成 %s\n", path)
	return nil
}

// toFile writes a file that has its name only when it is whole.
func toFile(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".liandu-")
	if err != nil {
		return fault.Wrap(fault.Unavailable, fmt.Sprintf("文件「%s」无法写入。", path), "请检查目录是否存在、是否有写入权限。", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err := write(f); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Chmod(0o644), f.Close()); err != nil {
		return fmt.Errorf("close %s: %w", path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("name %s: %w", path, err)
	}
	return nil
}
