package export

import (
	"fmt"
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/xlsx"
	"liandu/queries"
)

// unitWord is what units of a list are called together, by what they are (grammar R5): 区, 县, 县（区）, 县（市、区）.
func unitWord(units []queries.UnitResult) string {
	var district, county, city, banner bool
	for _, u := range units {
		if u.Unit.Level != record.LevelCounty {
			return levelWord(u.Unit.Level)
		}
		switch {
		case strings.HasSuffix(u.Unit.Name, "区"):
			district = true
		case strings.HasSuffix(u.Unit.Name, "市"):
			city = true
		case strings.HasSuffix(u.Unit.Name, "旗"):
			banner = true
		default:
			county = true
		}
	}
	switch {
	case banner:
		return "旗县区"
	case city:
		return "县（市、区）"
	case county && district:
		return "县（区）"
	case county:
		return "县"
	case district:
		return "区"
	}
	return "单位"
}

func levelWord(l record.Level) string {
	if w := l.Chinese(); w != "" {
		return w
	}
	return "单位"
}

func statusWord(s queries.AnnualStatus) string {
	switch s {
	case queries.HeldOnTime:
		return "按期召开"
	case queries.HeldLate:
		return "延迟召开"
	case queries.Substituted:
		return "以其他会议代替"
	case queries.NotHeld:
		return "未召开"
	}
	return "未到期限"
}

func statusTone(s queries.AnnualStatus) xlsx.Tone {
	switch s {
	case queries.Substituted, queries.NotHeld:
		return xlsx.Red
	case queries.HeldLate:
		return xlsx.Yellow
	}
	return xlsx.Plain
}

func lightTone(l queries.Light) xlsx.Tone {
	switch l {
	case queries.LightRed:
		return xlsx.Red
	case queries.LightYellow:
		return xlsx.Yellow
	case queries.LightGreen:
		return xlsx.Green
	}
	return xlsx.Plain
}

func severityWord(s string) (string, xlsx.Tone) {
	switch s {
	case "red":
		return "红", xlsx.Red
	case "yellow":
		return "黄", xlsx.Yellow
	}
	return "提示", xlsx.Plain
}

func cohortWords(a queries.AsOf) string {
	if a.Cohort.Session != 0 {
		return fmt.Sprintf("%d年度届次事项", a.Cohort.Session)
	}
	return "在办事项（含以前年度结转）"
}

// deadline is the last day on which the annual meeting is on time; zero when no regime says.
func deadline(a queries.AsOf) period.Date {
	if !a.Deadline.IsZero() || a.Regime == nil {
		return a.Deadline
	}
	return a.Regime.Deadline(a.Year)
}

// judges reports whether the regime gives an indicator a value at all.
func judges(a queries.AsOf, indicator string) bool {
	return a.Regime == nil || a.Regime.Judges(indicator)
}

// text is a cell of s, Null when it is blank.
func text(s string) xlsx.Cell {
	if strings.TrimSpace(s) == "" {
		return xlsx.Text(xlsx.Null)
	}
	return xlsx.Text(s)
}

func null() xlsx.Cell { return xlsx.Text(xlsx.Null) }

// counted is a number with its counter as text: 10个, 已召开7个.
func counted(before string, n int64, counter string) xlsx.Cell {
	return xlsx.Text(fmt.Sprintf("%s%d%s", before, n, counter)).At(xlsx.Center)
}

// small is the denominator under which a rate carries a star.
const small = 5

// rate is a pair as a percentage, starred when its denominator is small.
func rate(p queries.Pair) xlsx.Cell {
	c := xlsx.Rate(p.Num, p.Den)
	if p.Den > 0 && p.Den < small {
		return c.Starred()
	}
	return c
}

const starNote = "带“*”的，分母不足5，比率仅供参考。"
const nullNote = "“—”表示不适用或没有可评判的事项，不计算比率，不等于0。"

// longest is how much of a county's text a cell of the paper shows, so that a row fits a page.
const longest = 200

// clip shortens a text and says where the rest is.
func clip(s string) string {
	runes := []rune(s)
	if len(runes) <= longest {
		return s
	}
	return string(runes[:longest]) + "……（全文见系统台账）"
}

// mostNames is how many names a cell lists before it only counts the rest.
const mostNames = 12

// listed joins names, one a line; of a longer list it shows the first and the number of all.
func listed(names []string, counter string) string {
	if len(names) <= mostNames {
		return strings.Join(names, "\n")
	}
	return strings.Join(names[:mostNames], "\n") + fmt.Sprintf("\n等%d%s", len(names), counter)
}
