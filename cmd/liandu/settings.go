package main

import (
	"context"
	"fmt"
	"os"
	"sort"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/setting"
	"liandu/internal/store"
)

// runSettings lists, sets or imports settings.
func runSettings(ctx context.Context, c *call) error {
	words, err := c.flags().words()
	if err != nil {
		return err
	}
	switch {
	case len(words) == 1 && words[0] == "list":
		return listSettings(ctx, c)
	case len(words) == 3 && words[0] == "set":
		return setSettings(ctx, c, map[string]string{words[1]: words[2]})
	case len(words) == 2 && words[0] == "import":
		return importSettings(ctx, c, words[1])
	}
	return c.wrong("没有说明要列出、设置还是导入。")
}

func listSettings(ctx context.Context, c *call) error {
	s, err := setting.Load(ctx, c.app.store.DB(), time.Time{})
	if err != nil {
		return err
	}
	t := newTable("键", "名称", "值", "说明")
	shown := map[string]bool{}
	for _, k := range setting.Keys {
		if strings.Contains(k.ID, "<") {
			t.add(k.ID, k.Name, "", k.About)
			continue
		}
		shown[k.ID] = true
		t.add(k.ID, k.Name, s[k.ID], k.About)
	}
	for _, key := range s.Set() {
		if !shown[key] {
			t.add(key, setting.Name(key), s[key], "")
		}
	}
	t.print(c.stdout)
	return nil
}

// setSettings writes all values or none.
func setSettings(ctx context.Context, c *call, values map[string]string) error {
	keys := make([]string, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var entries []journal.Entry
	for _, k := range keys {
		if err := setting.Check(k, values[k]); err != nil {
			return err
		}
		entries = append(entries, journal.Entry{At: now(), Actor: actorCommand, Action: store.ActionSettingChanged, Subject: k, Data: store.SettingChanged{Key: k, Value: values[k]}})
	}
	if _, err := c.app.store.Append(ctx, entries...); err != nil {
		return err
	}
	for _, k := range keys {
		if values[k] == "" {
			fmt.Fprintf(c.stdout, "已清除「%s」。\n", setting.Name(k))
			continue
		}
		fmt.Fprintf(c.stdout, "已设置「%s」：%s\n", setting.Name(k), values[k])
	}
	return nil
}

// importSettings reads a TOML file of keys and text values; tables give dotted keys.
func importSettings(ctx context.Context, c *call, file string) error {
	b, err := os.ReadFile(c.path(file))
	if err != nil {
		return fault.Wrap(fault.Invalid, fmt.Sprintf("设置文件「%s」无法打开。", file), "请检查路径是否正确。", err)
	}
	var tree map[string]any
	if err := toml.Unmarshal(b, &tree); err != nil {
		return fault.Wrap(fault.Invalid, fmt.Sprintf("设置文件「%s」不是正确的 TOML。", file), "每行应为 键 = \"值\"。", err)
	}
	values := map[string]string{}
	flatten("", tree, values)
	if len(values) == 0 {
		return fault.New(fault.Invalid, fmt.Sprintf("设置文件「%s」里没有设置项。", file), "每行应为 键 = \"值\"。")
	}
	return setSettings(ctx, c, values)
}

func flatten(prefix string, tree map[string]any, values map[string]string) {
	for k, v := range tree {
		key := strings.TrimPrefix(prefix+"."+k, ".")
		switch v := v.(type) {
		case map[string]any:
			flatten(key, v, values)
		case time.Time:
			values[key] = v.Format(time.DateOnly)
		default:
			values[key] = fmt.Sprint(v)
		}
	}
}
