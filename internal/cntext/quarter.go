package cntext

import (
	"regexp"
	"strings"

	"liandu/internal/period"
)

// quarterYear is a year of four digits, or of two where 年 follows.
const quarterYear = `(?:((?:19|20)\d{2})年?度?|(\d{2})年度?)`

var (
	quarterForms = []*regexp.Regexp{
		regexp.MustCompile(quarterYear + `[-_./,、]?第?([1-4])(?:季度|季报|季)`),
		regexp.MustCompile(quarterYear + `[-_./]?[Qq]([1-4])`),
		regexp.MustCompile(quarterYear + `(1-3|4-6|7-9|10-12)月份?`),
	}
	quarterFirst = regexp.MustCompile(`^[Qq]([1-4])[-_./,]?(\d{4})年?$`)
	quarterTail  = regexp.MustCompile(`^(?:末|底|度)?$`)
	quarterAlone = regexp.MustCompile(`第?([1-4])(?:季度|季报)`)
	yearAlone    = regexp.MustCompile(`((?:19|20)\d{2})年`)
	quarterList  = regexp.MustCompile(`[1-4][、,和及-]第?[1-4]季|季度?[、,和及-]第?[1-4]季`)
)

// Quarter reads a text that is nothing but a quarter: 2024年第三季度, 2024年三季度, 二〇二四年第三季度, 2024Q3, 2024-Q3,
// 2024年第Ⅲ季度, 2024年7—9月, 24年第三季度. It refuses cumulative periods (上半年, 2024年1—9月), single months, a range
// of quarters and a bare year of two digits (24Q3): each may be meant in more than one way.
func Quarter(text string) (period.Quarter, bool) {
	if len(text) > 200 {
		return period.Quarter{}, false
	}
	s := quarterText(strings.TrimPrefix(Fold(text), "截至"))
	if m := quarterFirst.FindStringSubmatch(s); m != nil {
		return quarterOf(m[2], m[1])
	}
	for _, form := range quarterForms {
		m := form.FindStringSubmatchIndex(s)
		if m != nil && m[0] == 0 && quarterTail.MatchString(s[m[1]:]) {
			return quarterOf(yearOf(s, m), s[m[6]:m[7]])
		}
	}
	return period.Quarter{}, false
}

// yearOf is the year of a match of quarterForms, two digits made four.
func yearOf(s string, m []int) string {
	if m[2] >= 0 {
		return s[m[2]:m[3]]
	}
	return "20" + s[m[4]:m[5]]
}

// FindQuarter finds the one quarter named inside a file name or a title line: 「鹭屯县2023年第二季度联席会议报表
// （更正）.xlsx」, 「2024年度联席会议第三季度报表」. Two different quarters, or none, are not ok.
func FindQuarter(text string) (period.Quarter, bool) {
	if len(text) > 2000 {
		return period.Quarter{}, false
	}
	s := quarterText(text)
	if quarterList.MatchString(s) {
		return period.Quarter{}, false
	}
	found := map[period.Quarter]bool{}
	for _, form := range quarterForms {
		for _, m := range form.FindAllStringSubmatchIndex(s, -1) {
			if cutDigits(s, m[0], m[1]) {
				continue
			}
			if q, ok := quarterOf(yearOf(s, m), s[m[6]:m[7]]); ok {
				found[q] = true
			}
		}
	}
	if len(found) == 0 {
		return quarterApart(s)
	}
	return only(found)
}

// quarterApart reads a year and a quarter that stand apart in one line, each named once.
func quarterApart(s string) (period.Quarter, bool) {
	found := map[period.Quarter]bool{}
	for _, y := range yearAlone.FindAllStringSubmatchIndex(s, -1) {
		if cutDigits(s, y[0], y[1]) {
			continue
		}
		for _, n := range quarterAlone.FindAllStringSubmatchIndex(s, -1) {
			if n[0] < y[1] {
				continue
			}
			if q, ok := quarterOf(s[y[2]:y[3]], s[n[2]:n[3]]); ok {
				found[q] = true
			}
		}
	}
	return only(found)
}

func only(found map[period.Quarter]bool) (period.Quarter, bool) {
	if len(found) != 1 {
		return period.Quarter{}, false
	}
	for q := range found {
		return q, true
	}
	return period.Quarter{}, false
}

var (
	quarterNumeral = strings.NewReplacer("—", "-", "–", "-", "−", "-", "‐", "-", "―", "-", "~", "-", "至", "-", "到", "-",
		"IV季", "4季", "III季", "3季", "II季", "2季", "I季", "1季", "首季", "1季")
	listNumeral   = regexp.MustCompile(`第?[一二三四](?:[、,和及-]第?[一二三四])+季`)
	monthNumerals = regexp.MustCompile(`([一二三四五六七八九十]{1,2})(?:月)?-([一二三四五六七八九十]{1,2})月`)
	monthTwice    = regexp.MustCompile(`(\d)月-(\d)`)
	leadingZero   = regexp.MustCompile(`(年)0(\d)`)
	zeroAfter     = regexp.MustCompile(`-0(\d)月`)
)

// quarterText brings numerals and dashes of quarters to figures; a list of quarters stays a list.
func quarterText(text string) string {
	s := Squeeze(Simplify(Fold(text)))
	s = quarterNumeral.Replace(s)
	s = listNumeral.ReplaceAllStringFunc(s, func(m string) string {
		return strings.NewReplacer("一", "1", "二", "2", "三", "3", "四", "4").Replace(m)
	})
	s = figures(s)
	s = monthNumerals.ReplaceAllStringFunc(s, func(m string) string {
		p := monthNumerals.FindStringSubmatch(m)
		from, okFrom := integer(p[1])
		to, okTo := integer(p[2])
		if !okFrom || !okTo {
			return m
		}
		return itoa(from) + "-" + itoa(to) + "月"
	})
	s = monthTwice.ReplaceAllString(s, "$1-$2")
	s = leadingZero.ReplaceAllString(s, "$1$2")
	return zeroAfter.ReplaceAllString(s, "-${1}月")
}

// cutDigits reports whether a match begins or ends inside a longer figure.
func cutDigits(s string, from, to int) bool {
	isDigit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	return isDigit(from) && isDigit(from-1) || isDigit(to-1) && isDigit(to)
}

func quarterOf(year, n string) (period.Quarter, bool) {
	y, ok := arabic(year)
	if !ok || !yearInRange(y) {
		return period.Quarter{}, false
	}
	i := map[string]int{"1": 1, "2": 2, "3": 3, "4": 4, "1-3": 1, "4-6": 2, "7-9": 3, "10-12": 4}[n]
	return period.Quarter{Year: y, N: i}, i > 0
}

var yearForm = regexp.MustCompile(`^(?:(\d{4})(?:\.0+)?(?:年度?|届)?|(\d{2})(?:年度?|届))(?:第[0-9一二三四五六七八九十]{1,3}[次届](?:会议|联席会议)?)?$`)

// Year reads a text that is nothing but a year: 2024, 2024年, 2024年度, 2024届, 24年度, 二〇二四年度, 2024.0, also with the
// number of a session behind it, 2024年第一次会议 (1950–2100).
func Year(text string) (int, bool) {
	if len(text) > 60 {
		return 0, false
	}
	s := Squeeze(Simplify(Fold(text)))
	if !strings.Contains(s, "年") && !strings.Contains(s, "届") {
		s += "年" // so that 二〇二四 alone is read as a year, digit by digit
	}
	m := yearForm.FindStringSubmatch(figures(s))
	if m == nil {
		return 0, false
	}
	if m[1] == "" {
		if !strings.ContainsAny(text, "年届") {
			return 0, false
		}
		m[1] = "20" + m[2]
	}
	y, ok := arabic(m[1])
	return y, ok && yearInRange(y)
}
