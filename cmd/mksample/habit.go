package main

import (
	"strings"

	"liandu/internal/period"
)

// habit is how a county makes its workbook. The zero habit is the form itself.
type habit struct {
	file        string // the file's name, with {县}, {年} and {季}
	noCover     bool   // no 基本信息: unit and quarter stand in the lines over each table
	coverAcross bool   // labels across, values beneath
	titles      bool   // title and unit lines over the heads
	notes       bool   // notes and signatures under the table
	twoHeads    bool   // two rows of heads, groups merged
	mergeDown   bool   // the same unit, year and kind merged down
	hideOverdue bool   // rows past their deadline are hidden from 2024 on
	draftSheet  bool   // a hidden sheet with a draft
	traditional bool   // the county's name in traditional characters on the cover
	spaced      bool   // spaces inside the county's name
	wideDigits  bool   // full-width digits in counts, years and numbers
	sheets      []string
	heads       map[string]string // a field's head in the county's words
	lead        []string          // the fields that stand first, the rest in the form's order
	extra       []column          // columns of their own, at the end
	dates       string            // "" real dates, dot, dash, long, compact, words
	percents    string            // "" number, sign, words
	ticks       [2]string         // words for 是 and 否; "" keeps the form's
	forever     string            // what stands as the deadline of an item without one
}

// habits by name. Each is within what the form's reader understands.
var habits = map[string]habit{
	"form": {file: "{县}{年}年第{季}季度联席会议报表", percents: "sign"},
	"titled": {
		file: "{年}年第{季}季度政府与工会联席会议报表（{县}）", noCover: true, titles: true, notes: true,
		dates: "dot", percents: "sign", forever: "长期",
		heads: map[string]string{"lead": "承办单位", "due_on": "办结时限"},
	},
	"reordered": {
		file: "{县}-{年}年第{季}季度", dates: "dash",
		heads: map[string]string{"lead": "责任部门", "due_on": "完成时间", "chair": "主持领导"},
		lead:  []string{"no", "title", "status", "percent", "due_on"},
		extra: []column{{"contact", "联络员", "", text, 12}},
	},
	"merged": {
		file: "{县}总工会报{年}年第{季}季度报表", titles: true, notes: true, mergeDown: true, dates: "long", percents: "sign",
	},
	"banded": {
		file: "{县}联席会议情况{年}年{季}季度", twoHeads: true, hideOverdue: true, ticks: [2]string{"有", "无"},
	},
	"words": {
		file: "{县}{年}年{季}季度报表", titles: true, dates: "words", percents: "words", wideDigits: true,
	},
	"across": {
		file: "{县}政府与工会联席会议{年}年第{季}季度", coverAcross: true, draftSheet: true, traditional: true,
		dates: "compact", percents: "sign",
	},
	"ticked": {
		file: "{县}{年}年第{季}季度统计表", spaced: true, ticks: [2]string{"√", "×"}, wideDigits: true,
	},
	"renamed": {
		file:   "{县}{年}年第{季}季度工作台账",
		sheets: []string{"封面", "1制度建设", "2开会情况", "3事项台账"},
		heads:  map[string]string{"lead": "牵头部门", "due_on": "时限"}, percents: "sign",
	},
}

// columns are the habit's columns of a table, in its order.
func (h habit) columns(t table) []column {
	var ordered []column
	if t.sheet == "议定事项" {
		for _, field := range h.lead {
			for _, c := range t.columns {
				if c.field == field {
					ordered = append(ordered, c)
				}
			}
		}
	}
	taken := map[string]bool{}
	for _, c := range ordered {
		taken[c.field] = true
	}
	for _, c := range t.columns {
		if !taken[c.field] {
			ordered = append(ordered, c)
		}
	}
	if t.sheet == "议定事项" {
		ordered = append(ordered, h.extra...)
	}
	for i, c := range ordered {
		if head := h.heads[c.field]; head != "" {
			ordered[i].head = head
		}
	}
	return ordered
}

// dateText is a day in the habit's form; ok is false where the habit writes real dates.
func (h habit) dateText(d period.Date) (text string, ok bool) {
	switch h.dates {
	case "dot":
		return strings.NewReplacer("-0", ".", "-", ".").Replace(d.String()), true
	case "dash":
		return d.String(), true
	case "long":
		return d.Chinese(), true
	case "compact":
		return strings.ReplaceAll(d.String(), "-", ""), true
	case "words":
		return dateInWords(d), true
	}
	return "", false
}

// dateInWords writes 二〇二四年三月十五日.
func dateInWords(d period.Date) string {
	digits := []rune("〇一二三四五六七八九")
	var b strings.Builder
	for _, r := range d.String()[:4] {
		b.WriteRune(digits[r-'0'])
	}
	return b.String() + "年" + numberInWords(d.Month()) + "月" + numberInWords(d.Day()) + "日"
}

// percentInWords writes 百分之八十, and 百分之百.
func percentInWords(n int) string {
	if n == 100 {
		return "百分之百"
	}
	return "百分之" + numberInWords(n)
}

// numberInWords writes 0 to 99: 十五, 二十, 三十一.
func numberInWords(n int) string {
	digits := []rune("零一二三四五六七八九")
	switch {
	case n < 10:
		return string(digits[n])
	case n < 20:
		return strings.TrimSuffix("十"+string(digits[n%10]), "零")
	}
	return strings.TrimSuffix(string(digits[n/10])+"十"+string(digits[n%10]), "零")
}

// wide writes ASCII digits full-width.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, s)
}
