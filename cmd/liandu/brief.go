package main

import (
	"context"
	"fmt"
)

// runBrief writes the briefing tables of one point of view.
func runBrief(ctx context.Context, c *call) error {
	f := c.flags()
	v := f.viewOptions()
	out := f.String("o", "", "")
	words, err := f.words()
	if err != nil {
		return err
	}
	switch {
	case len(words) > 0:
		return c.wrong(fmt.Sprintf("多出了「%s」。", words[0]))
	case *out == "":
		return c.wrong("没有写存放的文件（-o）。")
	}
	at, err := v.resolve(ctx, c)
	if err != nil {
		return err
	}
	b, err := c.app.briefing(ctx, at)
	if err != nil {
		return err
	}
	path := c.path(*out)
	if err := toFile(path, b.Write); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已生成 %s\n", path)
	return nil
}
