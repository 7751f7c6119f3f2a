package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"liandu/dashboard/export"
	"liandu/internal/fault"
	"liandu/internal/record"
)

// runLetter writes 督导函: one laggard's, or every laggard's numbered in one folder.
func runLetter(ctx context.Context, c *call) error {
	f := c.flags()
	p := f.paperOptions()
	unit := f.String("unit", "", "")
	to := f.String("to", "both", "")
	all := f.Bool("laggards", false, "")
	words, err := f.words()
	if err != nil {
		return err
	}
	switch {
	case len(words) > 0:
		return c.wrong(fmt.Sprintf("多出了「%s」。", words[0]))
	case *all == (*unit != ""):
		return c.wrong("请写明一个单位（--unit）或全部后进单位（--laggards）。")
	case p.out == "" && *all:
		return c.wrong("没有写存放的目录（-o）。")
	case p.out == "":
		return c.wrong("没有写存放的文件（-o）。")
	}
	addressees, err := c.addressees(*to)
	if err != nil {
		return err
	}
	d, err := p.dossier(ctx, c)
	if err != nil {
		return err
	}
	if *all {
		return writeLetters(c, d, c.path(p.out), addressees)
	}
	var letters []*export.Official
	for _, a := range addressees {
		letter, err := d.Letter(record.UnitCode(*unit), a)
		if err != nil {
			return err
		}
		letters = append(letters, letter)
	}
	path := c.path(p.out)
	if err := toFile(path, func(w io.Writer) error { return export.WritePapers(w, letters...) }); err != nil {
		return err
	}
	for _, l := range letters {
		fmt.Fprintf(c.stdout, "%s 致%s\n", l.Number, l.To)
	}
	fmt.Fprintf(c.stdout, "已生成 %s\n", path)
	return nil
}

// addressees reads --to.
func (c *call) addressees(to string) ([]export.Addressee, error) {
	switch to {
	case "government", "union":
		return []export.Addressee{export.Addressee(to)}, nil
	case "both":
		return []export.Addressee{export.ToGovernment, export.ToUnion}, nil
	}
	return nil, c.wrong(fmt.Sprintf("参数「--to」的值「%s」无法识别，可用 government、union、both。", to))
}

// writeLetters writes every laggard's letters: nothing is written unless all can be.
func writeLetters(c *call, d export.Dossier, dir string, to []export.Addressee) error {
	letters, err := d.Letters()
	if err != nil {
		return err
	}
	if len(letters) == 0 {
		fmt.Fprintln(c.stdout, "没有后进单位，不需要发督导函。")
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fault.Wrap(fault.Unavailable, fmt.Sprintf("目录「%s」无法建立。", dir), "请检查上级目录是否存在、是否有写入权限。", err)
	}
	for i, l := range letters {
		if len(to) == 1 && (i%2 == 0) != (to[0] == export.ToGovernment) {
			continue
		}
		path := filepath.Join(dir, fmt.Sprintf("%02d %s.docx", i+1, fileName(l.To)))
		if err := toFile(path, l.Write); err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "%s 致%s：%s\n", l.Number, l.To, path)
	}
	return nil
}

// fileName leaves out what a file's name cannot hold on some system.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.Trim(s, ". "))
}
