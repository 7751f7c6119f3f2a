package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/record"
)

// runUser adds, lists and changes accounts. Passwords are asked for on the terminal, twice, or read as one line from
// standard input; they are never an argument.
func runUser(ctx context.Context, c *call) error {
	f := c.flags()
	name := f.String("name", "", "")
	role := f.String("role", "", "")
	unit := f.String("unit", "", "")
	words, err := f.words()
	if err != nil {
		return err
	}
	switch {
	case len(words) == 1 && words[0] == "list":
		return listUsers(ctx, c)
	case len(words) != 2:
		return c.wrong("没有写账号。")
	}
	login := words[1]
	switch words[0] {
	case "add":
		a := auth.Account{Login: login, Name: *name, Role: auth.Role(*role), Unit: record.UnitCode(*unit)}
		if err := knownUnit(ctx, c, a.Unit); err != nil {
			return err
		}
		if err := c.app.auth.Add(ctx, actorCommand, a, c.secret); err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "已添加账号「%s」。\n", login)
	case "passwd":
		if err := c.app.auth.Reset(ctx, actorCommand, login, c.secret); err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "已更换账号「%s」的密码，原有登录全部失效。\n", login)
	case "disable", "enable":
		disabled := words[0] == "disable"
		if err := c.app.auth.SetDisabled(ctx, actorCommand, login, disabled); err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "已%s账号「%s」。\n", map[bool]string{true: "停用", false: "启用"}[disabled], login)
	default:
		return c.wrong(fmt.Sprintf("没有「%s」这个操作。", words[0]))
	}
	return nil
}

func knownUnit(ctx context.Context, c *call, code record.UnitCode) error {
	if code == "" {
		return nil
	}
	r, err := c.app.registry(ctx)
	if err != nil {
		return err
	}
	if _, ok := r.Unit(code); !ok {
		return fault.New(fault.NotFound, fmt.Sprintf("登记册里没有代码为「%s」的单位。", code), "运行 liandu units list 查看全部单位。")
	}
	return nil
}

func listUsers(ctx context.Context, c *call) error {
	accounts, err := c.app.auth.List(ctx)
	if err != nil {
		return err
	}
	t := newTable("账号", "姓名", "角色", "单位", "状态")
	for _, a := range accounts {
		t.add(a.Login, a.Name, a.Role.Chinese(), string(a.Unit), map[bool]string{true: "已停用", false: "在用"}[a.Disabled])
	}
	t.print(c.stdout)
	return nil
}

// askBeforehand asks for what a command needs of the person before it runs, here or in the server.
func askBeforehand(c *call) error {
	if c.name != "user" || len(c.args) == 0 || (c.args[0] != "add" && c.args[0] != "passwd") {
		return nil
	}
	var err error
	c.secret, err = readPassword(c)
	return err
}

func readPassword(c *call) (string, error) {
	f, ok := c.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(c.stdin, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	ask := func(prompt string) (string, error) {
		fmt.Fprint(c.stderr, prompt)
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(c.stderr)
		return string(b), err
	}
	first, err := ask("密码：")
	if err != nil {
		return "", fmt.Errorf("read password: %w", err)
	}
	again, err := ask("再输入一次：")
	if err != nil {
		return "", fmt.Errorf("read password: %w", err)
	}
	if first != again {
		return "", fault.New(fault.Invalid, "两次输入的密码不一致。", "请重新运行命令。")
	}
	return first, nil
}
