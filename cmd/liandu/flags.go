package main

import (
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"liandu/internal/fault"
	"liandu/internal/period"
)

// flags reads a command's arguments: options may stand before and after the words, and every mistake is said in
// Chinese with the command's usage.
type flags struct {
	*flag.FlagSet
	c *call
}

func (c *call) flags() flags {
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	return flags{FlagSet: fs, c: c}
}

// words parses the arguments and returns the words between the options.
func (f flags) words() ([]string, error) {
	var words []string
	args := f.c.args
	for {
		if err := f.Parse(args); err != nil {
			return nil, f.c.wrong(explain(err))
		}
		args = f.Args()
		if len(args) == 0 {
			return words, nil
		}
		words = append(words, args[0])
		args = args[1:]
	}
}

// noWords parses the arguments of a command that takes options alone.
func (f flags) noWords() error {
	words, err := f.words()
	if err == nil && len(words) > 0 {
		err = f.c.wrong(fmt.Sprintf("多出了「%s」。", words[0]))
	}
	return err
}

// wrong is a usage fault naming the command's own usage.
func (c *call) wrong(what string) error {
	cmd, _ := find(c.name)
	return fault.New(fault.Usage, what, "用法：liandu "+strings.TrimSpace(cmd.name+" "+cmd.usage))
}

// explain turns the flag package's words into Chinese.
func explain(err error) string {
	s := err.Error()
	if name, ok := strings.CutPrefix(s, "flag provided but not defined: "); ok {
		return fmt.Sprintf("没有「%s」这个参数。", "-"+name)
	}
	if name, ok := strings.CutPrefix(s, "flag needs an argument: "); ok {
		return fmt.Sprintf("参数「%s」后面没有值。", "-"+name)
	}
	if _, rest, ok := strings.Cut(s, `invalid value "`); ok {
		value, rest, _ := strings.Cut(rest, `" for flag `)
		name, _, _ := strings.Cut(rest, ":")
		return fmt.Sprintf("参数「-%s」的值「%s」无法识别。", name, value)
	}
	return "参数有误：" + s + "。"
}

// quarter reads an option that must be a quarter.
func (c *call) quarter(option, value string) (period.Quarter, error) {
	if value == "" {
		return period.Quarter{}, c.wrong(fmt.Sprintf("没有写参数「%s」。", option))
	}
	q, err := period.ParseQuarter(value)
	if err != nil {
		return period.Quarter{}, c.wrong(fmt.Sprintf("参数「%s」的值「%s」不是季度，请写成 2024Q3 这样的形式。", option, value))
	}
	return q, nil
}

// moment reads a date (00:00 Asia/Shanghai) or an RFC 3339 time; "" is the zero time.
func (c *call) moment(option, value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	if d, err := period.ParseDate(value); err == nil {
		return d.Start(), nil
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, value, period.Shanghai); err == nil {
			return t, nil
		}
	}
	return time.Time{}, c.wrong(fmt.Sprintf("参数「%s」的值「%s」不是日期或时刻，请写成 2024-10-20 或 2024-10-20T08:00:00+08:00。", option, value))
}

// path makes a path absolute against the folder the command was typed in.
func (c *call) path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.cwd, p)
}

// format checks an output format.
func (c *call) format(value string, allowed ...string) error {
	for _, a := range allowed {
		if value == a {
			return nil
		}
	}
	return c.wrong(fmt.Sprintf("参数「--format」的值「%s」无法识别，可用 %s。", value, strings.Join(allowed, "、")))
}

// yearValue reads a session year; 0 is "not given".
func (c *call) yearValue(value string) (int, error) {
	if value == "" {
		return 0, nil
	}
	y, err := strconv.Atoi(value)
	if err != nil || y < 1950 || y > 2150 {
		return 0, c.wrong(fmt.Sprintf("参数「--year」的值「%s」不是年份。", value))
	}
	return y, nil
}
