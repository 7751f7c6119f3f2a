package registry

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"liandu/internal/cntext"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// Columns are the columns of units.csv in the order in which WriteCSV writes them; the last three are optional.
var Columns = []string{"code", "name", "level", "parent", "submitter", "aliases", "valid_from", "valid_to", "successor"}

const (
	mostBytes = 16 << 20
	mostUnits = 50_000
	bom       = "\ufeff"
)

var columnWords = map[string]string{
	"代码": "code", "单位代码": "code", "名称": "name", "单位名称": "name", "层级": "level", "级别": "level", "单位层级": "level",
	"上级": "parent", "上级代码": "parent", "上级单位": "parent", "是否报送": "submitter", "报送单位": "submitter", "别名": "aliases",
	"启用日期": "valid_from", "停用日期": "valid_to", "承继单位": "successor",
}

var levelWords = map[string]record.Level{
	"city": record.LevelCity, "county": record.LevelCounty, "township": record.LevelTownship, "zone": record.LevelZone, "industry": record.LevelIndustry,
	"市": record.LevelCity, "市级": record.LevelCity, "县": record.LevelCounty, "县级": record.LevelCounty, "县(市、区)": record.LevelCounty, "县区": record.LevelCounty,
	"乡镇": record.LevelTownship, "乡镇、街道": record.LevelTownship, "乡镇(街道)": record.LevelTownship, "乡镇街道": record.LevelTownship, "街道": record.LevelTownship,
	"开发区": record.LevelZone, "功能区": record.LevelZone, "行业": record.LevelIndustry, "行业工会": record.LevelIndustry,
}

var codeForm = regexp.MustCompile(`^[0-9A-Za-z_-]{1,20}$`)

// Load reads units.csv and builds the registry; what is wrong with the units as a whole names the line too.
func Load(r io.Reader) (*Registry, error) {
	units, lines, err := parse(r)
	if err != nil {
		return nil, err
	}
	return build(units, func(i int) string {
		return fmt.Sprintf("第 %d 行「%s %s」", lines[i], units[i].Code, units[i].Name)
	})
}

// ParseCSV reads the rows of units.csv: UTF-8 with or without BOM, or GB18030; columns in any order, the first
// five required, unknown ones refused. It checks each row by itself; New checks them together. It returns
// fault.Invalid naming line and column of everything it could not read.
func ParseCSV(r io.Reader) ([]record.Unit, error) {
	units, _, err := parse(r)
	return units, err
}

func parse(r io.Reader) ([]record.Unit, []int, error) {
	text, err := decode(r)
	if err != nil {
		return nil, nil, err
	}
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord = -1
	in.TrimLeadingSpace = true
	head, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil, fault.New(fault.Invalid, "单位清单是空的。", "首行应为 "+strings.Join(Columns[:6], ",")+"。")
	}
	if err != nil {
		return nil, nil, unreadable(err)
	}
	at, err := columns(head)
	if err != nil {
		return nil, nil, err
	}
	var units []record.Unit
	var lines []int
	var problems []string
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, unreadable(err)
		}
		line, _ := in.FieldPos(0)
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		if len(units) == mostUnits {
			return nil, nil, fault.New(fault.TooLarge, fmt.Sprintf("单位清单超过 %d 行。", mostUnits), "请核对是否选错了文件。")
		}
		u, wrong := unit(row, at)
		for _, w := range wrong {
			problems = append(problems, fmt.Sprintf("第 %d 行%s", line, w))
		}
		units, lines = append(units, u), append(lines, line)
	}
	if len(units) == 0 {
		problems = append(problems, "表头之下没有单位")
	}
	if err := refuse(problems); err != nil {
		return nil, nil, err
	}
	return units, lines, nil
}

// decode returns the text in UTF-8 without BOM.
func decode(r io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err != nil {
		return "", fmt.Errorf("read units: %w", err)
	}
	if len(data) > mostBytes {
		return "", fault.New(fault.TooLarge, "单位清单超过 16 MB。", "请核对是否选错了文件。")
	}
	data = bytes.TrimPrefix(data, []byte(bom))
	if !utf8.Valid(data) {
		if data, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data); err != nil || bytes.ContainsRune(data, utf8.RuneError) {
			return "", fault.New(fault.Invalid, "单位清单的文字编码无法识别。", "请另存为 UTF-8 编码的 CSV 后重试。")
		}
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", fault.New(fault.Invalid, "单位清单不是文本文件。", "请另存为 UTF-8 编码的 CSV 后重试。")
	}
	return string(data), nil
}

func unreadable(err error) error {
	var e *csv.ParseError
	if errors.As(err, &e) {
		return fault.Wrap(fault.Invalid, fmt.Sprintf("单位清单第 %d 行不是完整的 CSV：引号没有配对。", e.Line), "请检查该行的双引号。", err)
	}
	return fmt.Errorf("read units: %w", err)
}

// columns finds each column by its head.
func columns(head []string) (map[string]int, error) {
	at := map[string]int{}
	for i, h := range head {
		name := strings.ToLower(cntext.Squeeze(h))
		if name == "" {
			continue
		}
		if word, ok := columnWords[name]; ok {
			name = word
		}
		if !strings.Contains(" "+strings.Join(Columns, " ")+" ", " "+name+" ") {
			return nil, fault.New(fault.Invalid, fmt.Sprintf("单位清单第 1 行有不认识的列「%s」。", h), "可用的列是 "+strings.Join(Columns, "、")+"。")
		}
		if _, twice := at[name]; twice {
			return nil, fault.New(fault.Invalid, fmt.Sprintf("单位清单第 1 行的列「%s」出现了两次。", h), "请删去多余的一列。")
		}
		at[name] = i
	}
	for _, name := range Columns[:5] {
		if _, ok := at[name]; !ok {
			return nil, fault.New(fault.Invalid, fmt.Sprintf("单位清单第 1 行缺少列「%s」。", name), "首行应为 "+strings.Join(Columns[:6], ",")+"。")
		}
	}
	return at, nil
}

// unit reads one row; wrong lists what could not be read, each beginning with its column.
func unit(row []string, at map[string]int) (u record.Unit, wrong []string) {
	cell := func(name string) string {
		if i, ok := at[name]; ok && i < len(row) {
			return cntext.Fold(row[i])
		}
		return ""
	}
	bad := func(column, text, want string) {
		wrong = append(wrong, fmt.Sprintf("「%s」列的「%s」%s", column, text, want))
	}
	code := func(column string, required bool) record.UnitCode {
		text := cell(column)
		if (required || text != "") && !codeForm.MatchString(text) {
			bad(column, text, "不是单位代码（应为 1 至 20 位数字或字母）")
		}
		return record.UnitCode(text)
	}
	u.Code, u.Parent, u.Successor = code("code", true), code("parent", false), code("successor", false)
	u.Name = name(row, at)
	if n := utf8.RuneCountInString(u.Name); n == 0 || n > 60 || strings.ContainsAny(u.Name[:1], "=+-@") {
		bad("name", u.Name, "不是单位名称（应为 1 至 60 个字，不以 = + - @ 开头）")
	}
	level := strings.ToLower(cntext.Squeeze(cell("level")))
	if u.Level = levelWords[level]; u.Level == "" {
		bad("level", level, "不在 city、county、township、zone、industry 之内")
	}
	if text := cell("submitter"); !cntext.Blank(text) {
		yes, ok := cntext.Tick(text)
		if !ok {
			bad("submitter", text, "应为 1 或 0")
		}
		u.Submitter = yes
	}
	u.Aliases = aliases(cell("aliases"), u.Name)
	day := func(column string) period.Date {
		text := cell(column)
		if cntext.Blank(text) {
			return period.Date{}
		}
		d, ok := cntext.Date(text, cntext.DateOptions{})
		if !ok || !d.Exact() {
			bad(column, text, "不是日期（应为 2024-08-01 这样的格式）")
		}
		return d.Date
	}
	u.ValidFrom, u.ValidTo = day("valid_from"), day("valid_to")
	return u, wrong
}

// name returns the name as written, but for outer and inner spaces.
func name(row []string, at map[string]int) string {
	if i := at["name"]; i < len(row) {
		return cntext.Squeeze(row[i])
	}
	return ""
}

func aliases(text, name string) []string {
	var out []string
	seen := map[string]bool{cntext.Name(name): true}
	for _, a := range strings.FieldsFunc(text, func(r rune) bool { return r == '|' || r == '、' || r == ';' }) {
		a = cntext.Squeeze(a)
		if key := cntext.Name(a); key != "" && !seen[key] {
			seen[key] = true
			out = append(out, a)
		}
	}
	return out
}

// WriteCSV writes the units as units.csv with all columns, UTF-8 with BOM so that a spreadsheet program shows
// Chinese, in the order given. ParseCSV reads it back to the same units.
func WriteCSV(w io.Writer, units []record.Unit) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return fmt.Errorf("write units: %w", err)
	}
	out := csv.NewWriter(w)
	if err := out.Write(Columns); err != nil {
		return fmt.Errorf("write units: %w", err)
	}
	for _, u := range units {
		submitter := "0"
		if u.Submitter {
			submitter = "1"
		}
		row := []string{string(u.Code), u.Name, string(u.Level), string(u.Parent), submitter, strings.Join(u.Aliases, "|"),
			u.ValidFrom.String(), u.ValidTo.String(), string(u.Successor)}
		if err := out.Write(row); err != nil {
			return fmt.Errorf("write unit %s: %w", u.Code, err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write units: %w", err)
	}
	return nil
}
