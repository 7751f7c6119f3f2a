package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/record"
	"liandu/internal/registry"
	"liandu/internal/store"
)

// runUnits lists, replaces or renames units.
func runUnits(ctx context.Context, c *call) error {
	f := c.flags()
	format := f.String("format", "text", "")
	words, err := f.words()
	if err != nil {
		return err
	}
	switch {
	case len(words) == 1 && words[0] == "list":
		return listUnits(ctx, c, *format)
	case len(words) == 2 && words[0] == "import":
		return importUnits(ctx, c, words[1])
	case len(words) == 3 && words[0] == "rename":
		return renameUnit(ctx, c, record.UnitCode(words[1]), words[2])
	}
	return c.wrong("没有说明要列出、导入还是改名。")
}

func listUnits(ctx context.Context, c *call, format string) error {
	if err := c.format(format, "text", "csv"); err != nil {
		return err
	}
	r, err := c.app.registry(ctx)
	if err != nil {
		return err
	}
	if format == "csv" {
		return registry.WriteCSV(c.stdout, r.All())
	}
	t := newTable("代码", "名称", "层级", "上级", "报送", "别名", "有效期", "承继单位")
	for _, u := range r.All() {
		t.add(string(u.Code), u.Name, u.Level.Chinese(), string(u.Parent), yesNo(u.Submitter), strings.Join(u.Aliases, "、"), validity(u), string(u.Successor))
	}
	t.print(c.stdout)
	return nil
}

func validity(u record.Unit) string {
	if u.ValidFrom.IsZero() && u.ValidTo.IsZero() {
		return ""
	}
	return u.ValidFrom.String() + " 至 " + u.ValidTo.String()
}

func yesNo(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

// importUnits makes the registry what the file says; units it no longer lists are removed from now on.
func importUnits(ctx context.Context, c *call, file string) error {
	units, err := readUnits(c.path(file))
	if err != nil {
		return err
	}
	if _, err := registry.New(units); err != nil {
		return err
	}
	listed := map[record.UnitCode]bool{}
	for _, u := range units {
		listed[u.Code] = true
	}
	var removed []record.UnitCode
	_, err = c.app.store.Update(ctx, func(ctx context.Context, _ *sql.DB, _ int64) ([]journal.Entry, error) {
		old, err := c.app.registry(ctx)
		if err != nil {
			return nil, err
		}
		for _, u := range old.All() {
			if !listed[u.Code] {
				removed = append(removed, u.Code)
			}
		}
		return []journal.Entry{{At: now(), Actor: actorCommand, Action: store.ActionUnitsImported, Subject: c.app.folder.Name, Data: store.UnitsImported{Units: units, Removed: removed}}}, nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已导入单位 %d 个，移除 %d 个。此前已发布的数字按当时的登记册仍可再现。\n", len(units), len(removed))
	return nil
}

// renameUnit gives a unit a new name; the old one stays as an alias, so that old files are still understood. A unit
// that was redrawn or got another code is an import with validity and successor instead.
func renameUnit(ctx context.Context, c *call, code record.UnitCode, name string) error {
	if strings.TrimSpace(name) == "" {
		return c.wrong("没有写新名称。")
	}
	var old string
	_, err := c.app.store.Update(ctx, func(ctx context.Context, _ *sql.DB, _ int64) ([]journal.Entry, error) {
		r, err := c.app.registry(ctx)
		if err != nil {
			return nil, err
		}
		u, ok := r.Unit(code)
		if !ok {
			return nil, fault.New(fault.NotFound, fmt.Sprintf("登记册里没有代码为「%s」的单位。", code), "运行 liandu units list 查看全部单位。")
		}
		old = u.Name
		u.Aliases = append(append([]string(nil), u.Aliases...), old)
		u.Name = name
		changed := append([]record.Unit(nil), r.All()...)
		for i := range changed {
			if changed[i].Code == code {
				changed[i] = u
			}
		}
		if _, err := registry.New(changed); err != nil {
			return nil, err
		}
		return []journal.Entry{{At: now(), Actor: actorCommand, Action: store.ActionUnitsImported, Subject: string(code), Data: store.UnitsImported{Units: []record.Unit{u}}}}, nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已将「%s」改名为「%s」，旧名称作为别名保留。\n", old, name)
	return nil
}
