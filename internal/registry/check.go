package registry

import (
	"fmt"
	"slices"

	"liandu/internal/cntext"
	"liandu/internal/record"
)

// check returns one fault with everything that makes the units no registry.
func check(units []record.Unit, where func(int) string) error {
	var problems []string
	add := func(i int, format string, args ...any) {
		problems = append(problems, where(i)+fmt.Sprintf(format, args...))
	}
	index := map[record.UnitCode]int{}
	cities := []int{}
	for i, u := range units {
		switch first, twice := index[u.Code]; {
		case u.Code == "":
			add(i, "没有代码")
		case twice:
			add(i, "的代码 %s 与%s重复", u.Code, where(first))
		default:
			index[u.Code] = i
		}
		if cntext.Name(u.Name) == "" {
			add(i, "没有名称")
		}
		if !slices.Contains(record.Levels, u.Level) {
			add(i, "的层级「%s」不在 city、county、township、zone、industry 之内", u.Level)
		}
		if u.Level == record.LevelCity {
			cities = append(cities, i)
		}
		if !u.ValidFrom.IsZero() && !u.ValidTo.IsZero() && u.ValidTo.Before(u.ValidFrom) {
			add(i, "的停用日期 %s 早于启用日期 %s", u.ValidTo, u.ValidFrom)
		}
	}
	switch {
	case len(cities) == 0:
		problems = append(problems, "没有层级为 city 的单位，应有且只有一个")
	case len(cities) > 1:
		add(cities[1], "与%s的层级同为 city，应有且只有一个", where(cities[0]))
	}
	for i, u := range units {
		checkParent(units, index, i, u, add)
		checkSuccessor(units, index, i, u, add)
	}
	checkNames(units, where, add)
	return refuse(problems)
}

func checkParent(units []record.Unit, index map[record.UnitCode]int, i int, u record.Unit, add func(int, string, ...any)) {
	if u.Level == record.LevelCity {
		if u.Parent != "" {
			add(i, "是市级单位，上级应为空，现为 %s", u.Parent)
		}
		return
	}
	p, ok := index[u.Parent]
	switch {
	case u.Parent == "":
		add(i, "没有上级，只有市级单位的上级可以为空")
		return
	case !ok:
		add(i, "的上级 %s 不在清单中", u.Parent)
		return
	case units[p].Level == record.LevelTownship, units[p].Level == record.LevelIndustry,
		u.Level == record.LevelCounty && units[p].Level == record.LevelZone:
		add(i, "的上级「%s」是%s，不能有%s一级的下级", units[p].Name, units[p].Level.Chinese(), u.Level.Chinese())
	}
	if inCircle(units, index, i, func(u record.Unit) record.UnitCode { return u.Parent }) {
		add(i, "的上级关系成了环：沿上级走会回到它自己")
	}
}

func checkSuccessor(units []record.Unit, index map[record.UnitCode]int, i int, u record.Unit, add func(int, string, ...any)) {
	if u.Successor == "" {
		return
	}
	if _, ok := index[u.Successor]; !ok {
		add(i, "的承继单位 %s 不在清单中", u.Successor)
		return
	}
	if u.ValidTo.IsZero() {
		add(i, "写了承继单位 %s 而没有停用日期", u.Successor)
	}
	if inCircle(units, index, i, func(u record.Unit) record.UnitCode { return u.Successor }) {
		add(i, "的承继关系成了环：沿承继走会回到它自己")
	}
}

// inCircle reports whether following next from the i-th unit comes back to it.
func inCircle(units []record.Unit, index map[record.UnitCode]int, i int, next func(record.Unit) record.UnitCode) bool {
	at := i
	for range units {
		j, ok := index[next(units[at])]
		if !ok {
			return false
		}
		if j == i {
			return true
		}
		at = j
	}
	return false
}

// checkNames refuses two valid units with one name under one parent: no report could tell them apart.
func checkNames(units []record.Unit, where func(int) string, add func(int, string, ...any)) {
	type place struct {
		parent record.UnitCode
		name   string
	}
	seen := map[place]int{}
	for i, u := range units {
		if !u.ValidTo.IsZero() || u.Name == "" {
			continue
		}
		key := place{u.Parent, cntext.Name(u.Name)}
		if first, twice := seen[key]; twice && units[first].Code != u.Code {
			add(i, "与%s名称、上级都相同", where(first))
			continue
		}
		seen[key] = i
	}
}
