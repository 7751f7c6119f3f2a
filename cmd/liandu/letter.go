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
	remind := f.String("remind", "", "")
	words, err := f.words()
	if err != nil {
		return err
	}
	switch {
	case len(words) > 0:
		return c.wrong(fmt.Sprintf("多出了「%s」。", words[0]))
	case p.issued == "" && count(*all, *unit != "", *remind != "") != 1:
		return c.wrong("请写明一个单位（--unit）、全部后进单位（--laggards）或提醒函（--remind）。")
	case *remind != "" && *remind != string(export.RemindMeeting) && *remind != string(export.RemindItems):
		return c.wrong(fmt.Sprintf("参数「--remind」的值「%s」无法识别，可用 meeting（会议期限将到）、items（事项将到期）。", *remind))
	case p.issued != "" && p.out != "":
		return p.writeIssued(ctx, c, export.PaperLetterGovernment, export.PaperLetterUnion, export.PaperReminderMeeting, export.PaperReminderItems)
	case p.out == "" && *unit == "":
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
	if err := p.renumber(&d, "letter.number", "reminder.number"); err != nil {
		return err
	}
	if *remind != "" {
		letters, err := d.Reminders(export.Reminder(*remind))
		if err != nil {
			return err
		}
		return p.writeFolder(ctx, c, d, letters, "没有需要提醒的单位。")
	}
	if *all {
		return p.writeLetters(ctx, c, d, addressees)
	}
	var letters []*export.Official
	for i, a := range addressees {
		if p.number != "" { // this unit's own, wherever it stands among the laggards
			d.Number, _ = export.NumberAfter(p.number, i)
		}
		letter, err := d.Letter(record.UnitCode(*unit), a)
		if err != nil {
			return err
		}
		letters = append(letters, letter)
	}
	if len(letters) == 1 {
		return p.writeOne(ctx, c, d, letters[0])
	}
	if err := p.freeze(ctx, c, d, letters); err != nil {
		return err
	}
	path := c.path(p.out)
	if err := toFile(path, func(w io.Writer) error { return export.WritePapers(w, letters...) }); err != nil {
		return err
	}
	for _, l := range letters {
		fmt.Fprintf(c.stdout, "%s 致%s\n", l.Number, l.To)
		c.doubts(l)
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

func count(flags ...bool) int {
	n := 0
	for _, f := range flags {
		if f {
			n++
		}
	}
	return n
}

// writeLetters writes every laggard's letters, or those to one side alone, under the numbers they have among all.
func (p *paperOptions) writeLetters(ctx context.Context, c *call, d export.Dossier, to []export.Addressee) error {
	letters, err := d.Letters()
	if err != nil {
		return err
	}
	if len(to) == 1 {
		for i := range letters {
			if (i%2 == 0) != (to[0] == export.ToGovernment) {
				letters[i] = nil
			}
		}
	}
	return p.writeFolder(ctx, c, d, letters, "没有后进单位，不需要发督导函。")
}

// writeFolder writes letters under their places in the batch, leaving out those that are nil. All have been made before:
// nothing is written unless all can be, nor issued.
func (p *paperOptions) writeFolder(ctx context.Context, c *call, d export.Dossier, letters []*export.Official, none string) error {
	if len(letters) == 0 {
		fmt.Fprintln(c.stdout, none)
		return nil
	}
	dir := c.path(p.out)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fault.Wrap(fault.Unavailable, fmt.Sprintf("目录「%s」无法建立。", dir), "请检查上级目录是否存在、是否有写入权限。", err)
	}
	if err := p.freeze(ctx, c, d, letters); err != nil {
		return err
	}
	for i, l := range letters {
		if l == nil {
			continue
		}
		path := filepath.Join(dir, fmt.Sprintf("%02d %s.docx", i+1, fileName(l.To)))
		if err := toFile(path, l.Write); err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "%s：%s\n", strings.TrimSpace(l.Number+" 致"+l.To), path)
		c.doubts(l)
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
