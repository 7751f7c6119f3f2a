package division

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"liandu/internal/fault"
)

//go:embed data/division.csv.gz
var packed []byte

// Place is a city, or a county taken as the root of a registry of its own. Code has six digits.
type Place struct {
	Code     string
	Name     string
	Province string // 河北省; for a municipality its own name
}

// City returns the name of a six-digit code and whether a registry can be made for it: a prefecture-level city,
// prefecture or league (130300), a municipality under the State Council (310000, also written 310100), or one
// county, district or county-level city (450205, 429004).
func City(code string) (name string, ok bool) {
	b, err := load()
	if err != nil {
		return "", false
	}
	root, ok := b.root(code)
	return root.name, ok
}

// Cities lists every prefecture-level city, prefecture, league and municipality by code.
func Cities() ([]Place, error) {
	b, err := load()
	if err != nil {
		return nil, err
	}
	return b.cities(), nil
}

// Closest returns up to five cities nearest to what was typed: those whose name holds the text (市 and 省 left
// aside), else those of the same province code, nearest number first. It returns none when nothing is near.
func Closest(text string) ([]Place, error) {
	b, err := load()
	if err != nil {
		return nil, err
	}
	return b.closest(text), nil
}

// row is one line of the data.
type row struct{ code, name string }

// book is the data: all rows by code, those of each length apart. It does not change once read.
type book struct {
	province, city, county, township []row
}

// load reads the data at the first call: whoever asks of one city asks of the next.
var load = sync.OnceValues(unpack)

func unpack() (*book, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("open division data: %w", err)
	}
	b := &book{}
	lines := bufio.NewScanner(z)
	for lines.Scan() {
		code, name, _ := strings.Cut(lines.Text(), ",")
		r := row{code, name}
		switch len(code) {
		case 2:
			b.province = append(b.province, r)
		case 4:
			b.city = append(b.city, r)
		case 6:
			b.county = append(b.county, r)
		default:
			b.township = append(b.township, r)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read division data: %w", err)
	}
	return b, nil
}

// root is where a registry starts: code for the unit, prefix for what lies below it.
type root struct{ code, name, prefix string }

func (b *book) root(code string) (root, bool) {
	if len(code) != 6 {
		return root{}, false
	}
	if isMunicipality(code) {
		for _, p := range b.province {
			if p.code == code[:2] {
				return root{p.code + "0000", p.name, p.code}, true
			}
		}
	}
	if strings.HasSuffix(code, "00") {
		for _, c := range b.city {
			if c.code == code[:4] && !isPlaceholder(c.name) {
				return root{code, c.name, c.code}, true
			}
		}
		return root{}, false
	}
	for _, c := range b.county {
		if c.code == code {
			return root{code, c.name, code}, true
		}
	}
	return root{}, false
}

// isMunicipality reports codes like 310000, 310100 and 500200.
func isMunicipality(code string) bool {
	switch code[:2] {
	case "11", "12", "31", "50":
		return code[2:] == "0000" || code[2:] == "0100" || code[2:] == "0200"
	}
	return false
}

// isPlaceholder reports city rows that stand for no city: 市辖区, 县, 省直辖县级行政区划.
func isPlaceholder(name string) bool {
	return name == "市辖区" || name == "县" || strings.HasSuffix(name, "直辖县级行政区划")
}

func (b *book) cities() []Place {
	var out []Place
	seen := map[string]bool{}
	for _, c := range b.city {
		code := c.code + "00"
		if isMunicipality(code) {
			code = c.code[:2] + "0000"
		}
		r, ok := b.root(code)
		if !ok || seen[r.code] {
			continue
		}
		seen[r.code] = true
		out = append(out, Place{r.code, r.name, b.provinceOf(r.code)})
	}
	return out
}

func (b *book) provinceOf(code string) string {
	for _, p := range b.province {
		if p.code == code[:2] {
			return p.name
		}
	}
	return ""
}

func (b *book) closest(text string) []Place {
	const most = 5
	all := b.cities()
	var out []Place
	stem := strings.TrimRight(strings.TrimSpace(text), "市州盟省")
	for _, p := range all {
		if len(out) < most && stem != "" && (strings.Contains(p.Name, stem) || p.Province == text) {
			out = append(out, p)
		}
	}
	if len(out) > 0 || len(text) < 2 {
		return out
	}
	return nearest(all, text, most)
}

// nearest returns the cities of the same province code, those with the nearest number first, lower code first.
func nearest(all []Place, code string, most int) []Place {
	var out []Place
	for _, p := range all {
		if strings.HasPrefix(p.Code, code[:2]) {
			out = append(out, p)
		}
	}
	want := number(code)
	sortBy(out, func(p Place) int { return abs(number(p.Code) - want) })
	return out[:min(most, len(out))]
}

// errUnknown is the refusal of a code no registry can be made for.
func (b *book) errUnknown(code string) error {
	hint := "请填六位行政区划代码，例如 130300（秦皇岛市）。"
	if near := b.closest(code); len(near) > 0 {
		names := make([]string, len(near))
		for i, p := range near {
			names[i] = p.Name + " " + p.Code
		}
		hint = "相近的有：" + strings.Join(names, "、") + "。"
	}
	return fault.New(fault.NotFound, fmt.Sprintf("没有代码为「%s」的城市（数据截至 2023年6月30日）。", code), hint)
}
