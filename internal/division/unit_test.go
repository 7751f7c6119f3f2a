package division

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

func count(t *testing.T, code string) map[record.Level]int {
	t.Helper()
	units, err := Units(code)
	if err != nil {
		t.Fatal(err)
	}
	n := map[record.Level]int{}
	codes := map[record.UnitCode]bool{"": true}
	for _, u := range units {
		codes[u.Code] = true
	}
	for i, u := range units {
		if !codes[u.Parent] {
			t.Errorf("%s: %s %s has the unknown parent %s", code, u.Code, u.Name, u.Parent)
		}
		if i > 0 && (u.Parent == "" || units[i-1].Code >= u.Code) {
			t.Errorf("%s: %s %s is out of order or has no parent", code, u.Code, u.Name)
		}
		if len(u.Code) == 6 && i > 0 {
			n[u.Level]++
		}
	}
	return n
}

func TestCountsOfCounties(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, code     string
		counties, zone int
	}{
		{"秦皇岛市", "130300", 7, 2},
		{"三门峡市", "411200", 6, 1},
		{"巴彦淖尔市", "150800", 7, 0},
		{"柳州市", "450200", 10, 0},
		{"上海市", "310000", 16, 0},
		{"上海市", "310100", 16, 0},
		{"重庆市", "500000", 38, 0},
		{"锡林郭勒盟", "152500", 12, 1},
		{"大兴安岭地区", "232700", 7, 0},
		{"延边朝鲜族自治州", "222400", 8, 0},
		{"三沙市", "460300", 3, 0},
	} {
		if name, ok := City(c.code); !ok || name != c.name {
			t.Errorf("City(%q) = %q, %v, want %q", c.code, name, ok, c.name)
		}
		n := count(t, c.code)
		if n[record.LevelCounty] != c.counties || n[record.LevelZone] != c.zone {
			t.Errorf("Units(%q): %d counties, %d zones, want %d and %d", c.code, n[record.LevelCounty], n[record.LevelZone], c.counties, c.zone)
		}
	}
}

func TestEveryCityWorks(t *testing.T) {
	t.Parallel()
	all, err := Cities()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 337 {
		t.Errorf("Cities() = %d, want 337 (333 prefecture-level, 4 municipalities)", len(all))
	}
	b, err := load()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if strings.Contains(p.Name, "直辖") || p.Name == "市辖区" || p.Province == "" {
			t.Errorf("Cities() holds %+v", p)
		}
		if root, ok := b.root(p.Code); !ok || root.name != p.Name {
			t.Errorf("root(%q) = %+v, %v", p.Code, root, ok)
		}
	}
}

func TestCityWithoutCounties(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, code, town string }{
		{"东莞市", "441900", "石碣镇"}, {"中山市", "442000", "小榄镇"},
		{"儋州市", "460400", "那大镇"}, {"嘉峪关市", "620200", "峪泉镇"},
		{"仙桃市", "429004", "郑场镇"}, {"柳北区", "450205", "石碑坪镇"},
	} {
		units, err := Units(c.code)
		if err != nil {
			t.Fatal(err)
		}
		if units[0].Name != c.name || units[0].Level != record.LevelCity || units[0].Submitter {
			t.Errorf("Units(%q)[0] = %+v, want %s at level city", c.code, units[0], c.name)
		}
		found := false
		for _, u := range units[1:] {
			if len(u.Code) != 9 || u.Parent != units[0].Code {
				t.Errorf("Units(%q) holds %+v, want townships below the root", c.code, u)
			}
			if u.Level == record.LevelTownship && !u.Submitter {
				t.Errorf("Units(%q): %s is no submitter", c.code, u.Name)
			}
			found = found || u.Name == c.town
		}
		if !found {
			t.Errorf("Units(%q) lacks %s", c.code, c.town)
		}
	}
}

func TestKindsOfUnit(t *testing.T) {
	t.Parallel()
	units, err := Units("130300")
	if err != nil {
		t.Fatal(err)
	}
	got := map[record.UnitCode]record.Unit{}
	for _, u := range units {
		got[u.Code] = u
	}
	for _, want := range []record.Unit{
		{Code: "130300", Name: "秦皇岛市", Level: record.LevelCity},
		{Code: "130302", Name: "海港区", Level: record.LevelCounty, Parent: "130300", Submitter: true},
		{Code: "130371", Name: "秦皇岛市经济技术开发区", Level: record.LevelZone, Parent: "130300", Submitter: true, Aliases: []string{"秦皇岛经济技术开发区", "经济技术开发区", "秦皇岛经开区", "经开区"}},
		{Code: "130372", Name: "北戴河新区", Level: record.LevelZone, Parent: "130300", Submitter: true},
		{Code: "130302001", Name: "文化路街道", Level: record.LevelTownship, Parent: "130302"},
		{Code: "130302404", Name: "海港经济开发区", Level: record.LevelZone, Parent: "130302"},
		{Code: "130371200", Name: "渤海乡", Level: record.LevelTownship, Parent: "130371"},
		{Code: "130372400", Name: "大蒲河管理处", Level: record.LevelZone, Parent: "130372"},
	} {
		if d := cmp.Diff(want, got[want.Code], cmpopts.EquateComparable(period.Date{})); d != "" {
			t.Errorf("%s (-want +got):\n%s", want.Code, d)
		}
	}
	for code, level := range map[string]record.Level{"150404400": record.LevelTownship, "150826500": record.LevelZone} {
		units, err := Units(code[:4] + "00")
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range units {
			if string(u.Code) == code && u.Level != level {
				t.Errorf("%s %s is level %s, want %s", u.Code, u.Name, u.Level, level)
			}
		}
	}
	villages, err := Units("460200")
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range villages {
		if strings.Contains(u.Name, "直辖村级") {
			t.Errorf("Units(460200) holds %s", u.Name)
		}
	}
}

func TestUnknownCodeNamesTheNearest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ code, hint string }{
		{"130399", "秦皇岛市 130300"}, {"131200", "衡水市 131100"}, {"130000", "石家庄市 130100"},
		{"秦皇岛", "秦皇岛市 130300"}, {"419000", "驻马店市 411700"}, {"", "130300"}, {"999999", "六位行政区划代码"}, {"1", "六位"},
	} {
		_, err := Units(c.code)
		if fault.CodeOf(err) != fault.NotFound || !strings.Contains(fmt.Sprint(err), c.hint) {
			t.Errorf("Units(%q) = %v, want not_found with %q", c.code, err, c.hint)
		}
		if _, ok := City(c.code); ok {
			t.Errorf("City(%q) is known", c.code)
		}
	}
}

func TestDataAreAsRecorded(t *testing.T) {
	t.Parallel()
	sums, err := os.ReadFile("data/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(sums)), "\n") {
		want, name, _ := strings.Cut(line, "  ")
		data, err := os.ReadFile("data/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != want {
			t.Errorf("%s has sum %s, want %s", name, got, want)
		}
	}
	if len(packed) > 600<<10 {
		t.Errorf("division.csv.gz has %d bytes, want under 600 KB", len(packed))
	}
}
