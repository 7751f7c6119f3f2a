package cntext

import (
	"regexp"
	"strings"

	"liandu/internal/period"
)

var (
	yearPart    = regexp.MustCompile(`^(?:(\d{4})年度?|(今年|本年度?|当年度?))`)
	monthWords  = regexp.MustCompile(`^(\d{1,2})月份?(上旬|中旬|下旬|初|中|底|末|月底|月末)?$`)
	monthRange  = regexp.MustCompile(`^(\d{1,2})月?份?-(\d{1,2})月份?(?:底|末)?$`)
	monthDay    = regexp.MustCompile(`^(\d{1,2})月(\d{1,2})(?:日|号)$`)
	quarterWord = regexp.MustCompile(`^第?([1-4])季度?(?:末|底)?$`)
	monthFigure = regexp.MustCompile(`^(\d{4})[-./](\d{1,2})$`)
	planForm    = regexp.MustCompile(`^[“"「]?(十三五|十四五|十五五)[”"」]?(?:规划)?(?:时期|期间)?(?:期?末|末期)?$`)
)

var planEnd = map[string]int{"十三五": 2020, "十四五": 2025, "十五五": 2030}

// dateInWords reads what implies a day without naming it, and a day without its year.
func dateInWords(s string, o DateOptions) (DateRead, bool) {
	if m := planForm.FindStringSubmatch(s); m != nil {
		r, ok := checked(planEnd[m[1]], 12, 31)
		r.InWords = true
		return r, ok
	}
	if m := monthFigure.FindStringSubmatch(s); m != nil {
		return lastOfMonth(atoi(m[1]), atoi(m[2]))
	}
	if q, ok := Quarter(s); ok {
		return DateRead{Date: q.Last(), InWords: true}, true
	}
	year, rest, assumed := cutYear(s, o)
	if year == 0 {
		return DateRead{}, false
	}
	r, ok := partOfYear(year, rest, !assumed || rest != s)
	r.YearAssumed = assumed
	return r, ok
}

// dateSpan reads 2024年3月1日-2024年6月30日 and 2024.1-2024.12 by the last day.
func dateSpan(s string, o DateOptions) (DateRead, bool) {
	i := strings.LastIndexByte(s, '-')
	if i <= 0 || !strings.Contains(s[:i], "月") && strings.Count(s, "-") > 1 {
		return DateRead{}, false
	}
	from, to := s[:i], s[i+1:]
	year, _, _ := cutYear(from, o)
	first, ok := fullDate(from)
	if !ok {
		if first, ok = dateInWords(from, o); !ok {
			return DateRead{}, false
		}
	}
	last, ok := fullDate(to)
	if !ok {
		if last, ok = dateInWords(to, DateOptions{SessionYear: year}); !ok {
			return DateRead{}, false
		}
	}
	if last.Date.Before(first.Date) {
		return DateRead{}, false
	}
	last.InWords = true
	last.YearAssumed = first.YearAssumed
	return last, true
}

// cutYear takes the year off the front. Without one it is the session year, if that is known.
func cutYear(s string, o DateOptions) (year int, rest string, assumed bool) {
	m := yearPart.FindStringSubmatch(s)
	if m == nil {
		return o.SessionYear, s, true
	}
	rest = s[len(m[0]):]
	if m[1] == "" {
		return o.SessionYear, rest, true
	}
	return atoi(m[1]), rest, false
}

// partOfYear reads what follows the year. wholeYear says that nothing following means the year itself.
func partOfYear(year int, s string, wholeYear bool) (DateRead, bool) {
	if m := monthDay.FindStringSubmatch(s); m != nil {
		return checked(year, atoi(m[1]), atoi(m[2]))
	}
	if m := monthWords.FindStringSubmatch(s); m != nil {
		switch m[2] {
		case "上旬", "初":
			return inWords(year, atoi(m[1]), 10)
		case "中旬", "中":
			return inWords(year, atoi(m[1]), 20)
		}
		return lastOfMonth(year, atoi(m[1]))
	}
	if m := monthRange.FindStringSubmatch(s); m != nil && atoi(m[1]) >= 1 && atoi(m[1]) < atoi(m[2]) {
		return lastOfMonth(year, atoi(m[2]))
	}
	if m := quarterWord.FindStringSubmatch(s); m != nil {
		return lastOfMonth(year, atoi(m[1])*3)
	}
	switch s {
	case "上半年", "上半年底", "上半年末", "年中", "6月底":
		return inWords(year, 6, 30)
	case "年底", "年末", "年终", "年", "年度", "底", "末", "年年底", "年度内", "下半年", "下半年底", "全年", "年内", "岁末":
		return inWords(year, 12, 31)
	case "":
		if wholeYear {
			return inWords(year, 12, 31)
		}
	}
	return DateRead{}, false
}

func inWords(year, month, day int) (DateRead, bool) {
	r, ok := checked(year, month, day)
	r.InWords = true
	return r, ok
}

func lastOfMonth(year, month int) (DateRead, bool) {
	r, ok := checked(year, month, 1)
	if !ok {
		return DateRead{}, false
	}
	return DateRead{Date: lastDay(r.Date), InWords: true}, true
}

func lastDay(first period.Date) period.Date { return first.AddMonths(1).AddDays(-1) }
