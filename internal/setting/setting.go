// Package setting holds what a department sets for itself: the names of offices, contacts, reply days, and a year's
// deadline with the document that set it. Settings are journal lines; the last value of a key is in force.
package setting

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"

	"liandu/internal/fault"
	"liandu/internal/period"
)

// Key is a setting that can be set. Pattern keys stand for one key a year: deadline.2024.
type Key struct {
	ID    string // "office.name", "deadline.<年度>"
	Name  string // Chinese
	About string // what a value looks like
	kind  kind
}

type kind int

const (
	kindText kind = iota
	kindDate
	kindNumber
	kindPercent
)

// Keys lists every key in the order people read them.
var Keys = []Key{
	{ID: "office.name", Name: "机关全称", About: "如 云州市总工会"},
	{ID: "office.department", Name: "承办部门", About: "如 督查科"},
	{ID: "office.issuer", Name: "印发机关", About: "版记所列，如 云州市总工会办公室"},
	{ID: "basis.document", Name: "依据文件", About: "建立联席会议制度的文件，如 《关于……的通知》（云工发〔2024〕12号）"},
	{ID: "contact.name", Name: "联系人", About: "姓名"},
	{ID: "contact.phone", Name: "联系电话", About: "含区号"},
	{ID: "notice.number", Name: "通报文号", About: "如 云工发〔2025〕2号"},
	{ID: "notice.copy", Name: "通报抄送机关", About: "可不填，如 省总工会，市委办公室、市人民政府办公室"},
	{ID: "annual.office", Name: "年度通报发文机关", About: "可不填，如 云州市政府与工会联席会议协调小组办公室；不填即为机关全称"},
	{ID: "annual.number", Name: "年度通报文号", About: "如 云联席办〔2025〕3号"},
	{ID: "annual.to", Name: "年度通报主送", About: "可不填，如 协调小组各位领导、各成员单位"},
	{ID: "annual.copy", Name: "年度通报抄送机关", About: "可不填，如 各县（市、区）人民政府、总工会"},
	{ID: "annual.line", Name: "建制率提示线（%）", About: "可不填，如 70.0；乡镇（街道）建制率低于此线的点名", kind: kindPercent},
	{ID: "annual.establish", Name: "建立制度期限", About: "未建制的单位应于此日前建立，如 2025-06-30", kind: kindDate},
	{ID: "annual.plan", Name: "建立计划期限", About: "未建制的乡镇（街道）应于此日前提出计划，如 2025-09-30", kind: kindDate},
	{ID: "correction.number", Name: "更正文号", About: "如 云工发〔2025〕5号"},
	{ID: "letter.number", Name: "督导函文号", About: "本批第一份的文号，如 云工函〔2025〕1号；依次顺延"},
	{ID: "letter.copy", Name: "督导函抄送机关", About: "可不填，如 市人民政府办公室"},
	{ID: "reminder.number", Name: "提醒函文号", About: "本批第一份的文号，如 云工函〔2025〕13号；依次顺延"},
	{ID: "dispatch.number", Name: "调度单编号", About: "如 云工督调〔2025〕1号"},
	{ID: "dispatch.days", Name: "调度填报期限（天）", About: "1 至 365 的整数", kind: kindNumber},
	{ID: "reply.days", Name: "回复期限（天）", About: "1 至 365 的整数", kind: kindNumber},
	{ID: "remedy.days", Name: "补办期限（天）", About: "补开会议、制定方案等的期限，1 至 365 的整数", kind: kindNumber},
	{ID: "assessment.document", Name: "考核办法", About: "文件名称及文号；制度条款之外的计分项据此"},
	{ID: "deadline.<年度>", Name: "年度会议召开期限", About: "如 2024-11-30；须同时设置下列依据文件", kind: kindDate},
	{ID: "deadline.<年度>.document", Name: "期限依据文件", About: "文件名称及文号"},
	{ID: "deadline.<年度>.issued", Name: "依据文件印发日期", About: "如 2024-03-01", kind: kindDate},
	{ID: "deadline.<年度>.words", Name: "依据文件原文", About: "规定期限的那句话"},
}

var yearInKey = regexp.MustCompile(`^deadline\.(\d{4})(\.|$)`)

// find returns the key an actual key such as deadline.2024 belongs to.
func find(key string) (Key, bool) {
	pattern := key
	if m := yearInKey.FindStringSubmatch(key); m != nil {
		pattern = strings.Replace(key, m[1], "<年度>", 1)
	}
	for _, k := range Keys {
		if k.ID == pattern && (pattern == key) == !strings.Contains(k.ID, "<") {
			return k, true
		}
	}
	return Key{}, false
}

// Name returns the Chinese name of an actual key, with its year.
func Name(key string) string {
	k, ok := find(key)
	if !ok {
		return key
	}
	if m := yearInKey.FindStringSubmatch(key); m != nil {
		return m[1] + "年度" + strings.TrimPrefix(k.Name, "年度")
	}
	return k.Name
}

// Check refuses an unknown key and a value its key cannot have. An empty value unsets the key.
func Check(key, value string) error {
	k, ok := find(key)
	if !ok {
		return fault.New(fault.Invalid, fmt.Sprintf("没有「%s」这个设置项。", key), "运行 liandu settings list 查看全部设置项。")
	}
	if value == "" {
		return nil
	}
	if len([]rune(value)) > 500 {
		return fault.New(fault.Invalid, fmt.Sprintf("设置项「%s」的值超过 500 字。", Name(key)), "请缩短后重试。")
	}
	bad := false
	switch k.kind {
	case kindDate:
		d, err := period.ParseDate(value)
		bad = err != nil || d.IsZero()
	case kindNumber:
		n, err := strconv.Atoi(value)
		bad = err != nil || n < 1 || n > 365
	case kindPercent:
		n, err := strconv.ParseFloat(strings.TrimSuffix(value, "%"), 64)
		bad = err != nil || !(n > 0 && n <= 100)
	}
	if bad {
		return fault.New(fault.Invalid, fmt.Sprintf("设置项「%s」的值「%s」无法识别。", Name(key), value), "应为："+k.About+"。")
	}
	return nil
}

// Settings are the values in force at one moment.
type Settings map[string]string

// Load reads the values in force at a moment; the zero time is now.
func Load(ctx context.Context, db *sql.DB, knownAt time.Time) (Settings, error) {
	at := sql.NullTime{Time: knownAt, Valid: !knownAt.IsZero()}
	rows, err := db.QueryContext(ctx, `
		select key, arg_max(value, seq) as value
		from d.setting
		where $known_at::timestamptz is null or recorded_at <= $known_at
		group by key order by key`, sql.Named("known_at", at))
	if err != nil {
		return nil, fmt.Errorf("load settings: %w", err)
	}
	defer rows.Close()
	s := Settings{}
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			return nil, fmt.Errorf("load settings: %w", err)
		}
		if value != "" {
			s[key] = value
		}
	}
	return s, rows.Err()
}

// Set lists the keys that have a value, sorted.
func (s Settings) Set() []string {
	keys := make([]string, 0, len(s))
	for k := range s {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// Deadline is a year's own deadline with the document that set it.
type Deadline struct {
	On       period.Date
	Document string
	Issued   string
	Words    string
}

// Deadline returns the deadline the city set for a session year. It reports false unless the document that set it is
// cited: without it the regime's own deadline holds (regimes.md, default weights).
func (s Settings) Deadline(year int) (Deadline, bool) {
	key := "deadline." + strconv.Itoa(year)
	on, err := period.ParseDate(s[key])
	d := Deadline{On: on, Document: s[key+".document"], Issued: s[key+".issued"], Words: s[key+".words"]}
	return d, err == nil && !on.IsZero() && d.Document != "" && d.Words != ""
}
