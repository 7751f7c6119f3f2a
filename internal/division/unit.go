package division

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"liandu/internal/record"
)

// Units returns the units of a six-digit code by code, the root first:
//
//   - the root, level city whatever its own rank, no submitter;
//   - its counties, six digits, level county, submitters;
//   - statistical pseudo-counties (fifth digit 7: 经济技术开发区, 新区), level zone, submitters, with their name
//     without the city's as an alias;
//   - townships, nine digits, level township, no submitters, below their county or zone;
//   - statistical pseudo-townships (seventh digit 4 or 5: 开发区, 管理处, 农场), level zone, no submitters; those
//     called 街道, 镇, 乡, 苏木 or 办事处 all the same are townships.
//
// Where the root has no counties (东莞市, or a district taken as root) its townships hang off it and are submitters.
// Rows that stand for villages governed without a township (直辖村级区划) are left out.
// An unknown code is fault.NotFound and names the nearest cities.
func Units(code string) ([]record.Unit, error) {
	b, err := load()
	if err != nil {
		return nil, err
	}
	root, ok := b.root(code)
	if !ok {
		return nil, b.errUnknown(code)
	}
	units := []record.Unit{{Code: record.UnitCode(root.code), Name: root.name, Level: record.LevelCity}}
	counties := b.countiesOf(root)
	for _, c := range counties {
		u := record.Unit{
			Code: record.UnitCode(c.code), Name: c.name, Level: record.LevelCounty,
			Parent: record.UnitCode(root.code), Submitter: true,
		}
		if c.code[4] == '7' {
			u.Level = record.LevelZone
		}
		units = append(units, u)
	}
	for _, t := range b.township {
		if !strings.HasPrefix(t.code, root.prefix) || strings.HasSuffix(t.name, "直辖村级区划") {
			continue
		}
		u := record.Unit{
			Code: record.UnitCode(t.code), Name: t.name, Level: levelOf(t),
			Parent: record.UnitCode(t.code[:6]),
		}
		if len(counties) == 0 {
			u.Parent, u.Submitter = record.UnitCode(root.code), u.Level == record.LevelTownship
		}
		units = append(units, u)
	}
	sort.Slice(units[1:], func(i, j int) bool { return units[i+1].Code < units[j+1].Code })
	addAliases(units, root.name)
	return units, nil
}

// countiesOf returns the county rows below a root: none for a county, and none for a city whose single county row
// is the city itself (东莞市, 嘉峪关市).
func (b *book) countiesOf(r root) []row {
	var out []row
	for _, c := range b.county {
		if strings.HasPrefix(c.code, r.prefix) && c.code != r.prefix {
			out = append(out, c)
		}
	}
	if len(out) == 1 && out[0].name == r.name {
		return nil
	}
	return out
}

func levelOf(t row) record.Level {
	if t.code[6] != '4' && t.code[6] != '5' {
		return record.LevelTownship
	}
	for _, end := range []string{"街道", "镇", "乡", "苏木", "办事处"} {
		if strings.HasSuffix(t.name, end) {
			return record.LevelTownship
		}
	}
	return record.LevelZone
}

// addAliases gives each zone directly below the root the names it goes by at home: 秦皇岛市经济技术开发区 is
// 秦皇岛经济技术开发区, 经济技术开发区, 秦皇岛经开区 and 经开区 too. An alias that another unit bears is not given.
func addAliases(units []record.Unit, city string) {
	bare := strings.TrimSuffix(city, "市")
	taken := map[string]int{}
	candidates := map[int][]string{}
	for i, u := range units {
		taken[u.Name]++
		if u.Level != record.LevelZone || u.Parent != units[0].Code {
			continue
		}
		for _, a := range homeNames(u.Name, city, bare) {
			candidates[i] = append(candidates[i], a)
			taken[a]++
		}
	}
	for i, names := range candidates {
		for _, a := range names {
			if taken[a] == 1 {
				units[i].Aliases = append(units[i].Aliases, a)
			}
		}
	}
}

// homeNames returns a zone's name from the city's on, without the city's name, and both in short (经开区, 高新区),
// as far as they differ from the name.
func homeNames(name, city, bare string) []string {
	at := strings.Index(name, bare)
	if at < 0 {
		return nil
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(name[at:], city), bare)
	if len([]rune(rest)) < 3 {
		return nil
	}
	short := strings.NewReplacer("经济技术开发区", "经开区", "高新技术产业开发区", "高新区").Replace(rest)
	var out []string
	for _, a := range []string{bare + rest, rest, bare + short, short} {
		if a != name && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

func number(code string) int {
	n, err := strconv.Atoi(code)
	if err != nil {
		return 0
	}
	return n
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

func sortBy(places []Place, key func(Place) int) {
	sort.SliceStable(places, func(i, j int) bool { return key(places[i]) < key(places[j]) })
}
