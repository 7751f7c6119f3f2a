package view

import (
	"strconv"
	"strings"

	"liandu/internal/setting"
)

// Settings is the page 系统管理 · 设置.
type Settings struct {
	Tabs     []Tab
	Year     int
	Years    []Option
	Action   string
	Office   []SettingField
	Deadline []SettingField
	Error    string
}

// SettingField is one setting with its value.
type SettingField struct {
	Key   string
	Name  string
	About string
	Value string
}

// SettingKeys returns every key as it is written for one year's deadline.
func SettingKeys(year int) []setting.Key {
	var keys []setting.Key
	for _, k := range setting.Keys {
		k.ID = strings.Replace(k.ID, "<年度>", strconv.Itoa(year), 1)
		keys = append(keys, k)
	}
	return keys
}

// NewSettings shapes the page for one year's deadline; refused is why what was typed was not kept.
func NewSettings(year int, values setting.Settings, refused string) Settings {
	p := Settings{
		Tabs: AdminTabs("/admin/settings"), Year: year, Action: "/admin/settings?year=" + strconv.Itoa(year), Error: refused,
	}
	for y := year + 1; y > year-5; y-- {
		p.Years = append(p.Years, Option{strconv.Itoa(y), strconv.Itoa(y), y == year})
	}
	for _, k := range SettingKeys(year) {
		f := SettingField{Key: k.ID, Name: k.Name, About: k.About, Value: values[k.ID]}
		if strings.HasPrefix(k.ID, "deadline.") {
			p.Deadline = append(p.Deadline, f)
			continue
		}
		p.Office = append(p.Office, f)
	}
	return p
}
