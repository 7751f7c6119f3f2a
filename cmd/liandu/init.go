package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"liandu/internal/division"
	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/record"
	"liandu/internal/registry"
	"liandu/internal/store"
	"liandu/queries"
)

// runInit makes a data folder: its first line, and the registry from a CSV, from the embedded division codes, or the
// city alone.
func runInit(ctx context.Context, c *call) (err error) {
	f := c.flags()
	name := f.String("name", "", "")
	id := f.String("regime", "", "")
	file := f.String("units", "", "")
	city := f.String("city", "", "")
	words, err := f.words()
	if err != nil {
		return err
	}
	switch {
	case len(words) > 0:
		return c.wrong(fmt.Sprintf("多出了「%s」。", words[0]))
	case *file != "" && *city != "":
		return c.wrong("--units 和 --city 只能用一个。")
	case *name == "" && *city == "":
		return c.wrong("没有写城市名（--name）或区划代码（--city）。")
	case *id == "":
		return c.wrong("没有写制度（--regime）。")
	case store.Exists(c.dir):
		return fault.New(fault.Conflict, fmt.Sprintf("数据目录「%s」已经建立，没有改动。", c.dir), "请直接使用，或用 --data 指定另一个目录。")
	}
	units, err := firstUnits(c, name, *file, *city)
	if err != nil {
		return err
	}
	first, own, err := firstRegimes(c, *id)
	if err != nil {
		return err
	}
	if _, err := registry.New(units); err != nil {
		return err
	}
	s, err := store.Open(ctx, c.dir, store.Options{Base: queries.Base()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	at := now()
	entries, err := baseEntries(s, first, own, at)
	if err != nil {
		return err
	}
	_, err = s.Append(ctx, append([]journal.Entry{
		journal.Entry{At: at, Actor: actorCommand, Action: store.ActionFolderCreated, Subject: *name, Data: store.FolderCreated{Name: *name, Regime: first}},
		journal.Entry{At: at, Actor: actorCommand, Action: store.ActionUnitsImported, Subject: *name, Data: store.UnitsImported{Units: units, Base: true}},
	}, entries...)...)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已建立数据目录 %s：%s，制度 %s，单位 %d 个。\n", c.dir, *name, first, len(units))
	return nil
}

// firstUnits returns the registry's first rows and fills in the name where the division codes give it.
func firstUnits(c *call, name *string, file, city string) ([]record.Unit, error) {
	if city != "" {
		units, err := division.Units(city)
		if err != nil {
			return nil, err
		}
		if *name == "" {
			*name, _ = division.City(city)
		}
		return units, nil
	}
	if file == "" {
		return []record.Unit{{Code: "000000", Name: *name, Level: record.LevelCity}}, nil
	}
	return readUnits(c.path(file))
}

func readUnits(path string) ([]record.Unit, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, fmt.Sprintf("单位文件「%s」无法打开。", path), "请检查路径是否正确。", err)
	}
	defer f.Close()
	return registry.ParseCSV(f)
}
