package cntext

import (
	"regexp"
	"strconv"
	"strings"

	"liandu/internal/period"
)

// DateOptions gives what a text may leave out. SessionYear 0 means not known: a text without a year is then
// refused.
type DateOptions struct {
	SessionYear int
}

// DateRead is a date and how it was understood. A date that reports the past (召开, 印发, 完成, 建立 …) is
// readable only when Exact is true; a deadline may be any of them.
type DateRead struct {
	Date        period.Date // zero only when LongTerm
	InWords     bool        // words that imply a day: 3月中旬, 年底, 第三季度末
	LongTerm    bool        // 长期: no date
	YearAssumed bool        // the year is SessionYear's
	Before      bool        // 「…日前」: a limit, not a day on which something happened
	Note        string      // Chinese, how it was understood; "" for a plain date
}

// Exact reports whether the text named one civil day in full.
func (d DateRead) Exact() bool {
	return !d.Date.IsZero() && !d.InWords && !d.LongTerm && !d.YearAssumed && !d.Before
}

// Date reads a date as counties write it, in figures (2024.3.15, 2024-3-15, 2024/3/15, 2024年3月15日, 20240315,
// 二〇二四年三月十五日, 29.04.2016, 2024-03-15 00:00:00, 45366 as text) or in words (2024年3月中旬, 12月底前,
// 2024年三季度末, 年底前, 长期). 上旬, 中旬 and 下旬 are the 10th, the 20th and the last day; a month, a quarter,
// 上半年 or a year alone is its last day. Years are 1950–2100. 「前」 keeps
// the day it stands after (12月底前 is 31 December, 6月前 is 30 June). It refuses what lost a character (2025219,
// 1031日), a year of two digits, and figures of which day and month cannot be told apart (3/4/2024).
func Date(text string, o DateOptions) (DateRead, bool) {
	if len(text) > 200 {
		return DateRead{}, false
	}
	s := dateForm(text)
	if s == "" {
		return DateRead{}, false
	}
	if longTermForm.MatchString(s) {
		return DateRead{LongTerm: true, Note: "「" + s + "」按长期事项理解，不设完成时限"}, true
	}
	body, before := cutBefore(s)
	if before && bareYear.MatchString(body) { // 「2024年前」 may mean its first day or its last
		return DateRead{}, false
	}
	r, ok := fullDate(body)
	if !ok {
		if r, ok = dateInWords(body, o); !ok {
			if r, ok = dateSpan(body, o); !ok {
				return DateRead{}, false
			}
		}
	}
	r.Before = before
	if r.InWords || r.YearAssumed || r.Before {
		r.Note = "「" + s + "」按 " + r.Date.String() + " 理解"
		if r.YearAssumed {
			r.Note += "（未写年份，按所属年度 " + strconv.Itoa(r.Date.Year()) + " 年计）"
		}
	}
	return r, true
}

// Serial reads a spreadsheet's date number in the 1900 or the 1904 system; a clock time is dropped. Numbers
// that give a year outside 1950–2100 are no dates: 2024, 20240315.
func Serial(n float64, date1904 bool) (period.Date, bool) {
	if !(n >= 1 && n < 100000) { // also refuses NaN
		return period.Date{}, false
	}
	base, _ := period.NewDate(1900, 1, 1)
	days := int(n) - 2 // the 1900 system starts at 1 and counts a 29 February 1900 that never was
	if date1904 {
		days = int(n) + 1460 // 1904-01-01 is day 0 there
	}
	d := base.AddDays(days)
	return d, yearInRange(d.Year())
}

func yearInRange(y int) bool { return y >= 1950 && y <= 2100 }

// checked builds a date whose year is in range and which the calendar has.
func checked(year, month, day int) (DateRead, bool) {
	d, ok := period.NewDate(year, month, day)
	return DateRead{Date: d}, ok && yearInRange(year)
}

var (
	clockForm    = regexp.MustCompile(`^(.*\d日?)(?:T| +)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?$`)
	halfdayForm  = regexp.MustCompile(`^(\d{4}[-./]\d{1,2}[-./]\d{1,2})(?:上午|下午|中午|晚上|晚)$`)
	daytimeForm  = regexp.MustCompile(`(日|号)(?:\((?:星期|周)[一二三四五六日天]\)|(?:星期|周)[一二三四五六日天])?(?:上午|下午|中午|晚上|晚)?(?:\d{1,2}(?:时|点|:)(?:\d{1,2}分?|半|整)?)?$`)
	longTermForm = regexp.MustCompile(`^(?:长期|常年|常态|持续|经常性|逐年)(?:性|化)?(?:工作|坚持|推进|有效|执行|落实|实施|开展|进行|任务|事项)*$|^每(?:半?年|季度?|月).*$`)
	beforeForm   = regexp.MustCompile(`(?:之前|以前|前)(?:全部|基本)?(?:完成|办结|落实|完毕|到位)?$`)
	withinForm   = regexp.MustCompile(`(?:以内|内)(?:全部|基本)?(?:完成|办结|落实|完毕|到位)?$`)
	bareYear     = regexp.MustCompile(`^\d{4}年?度?$`)
	doneForm     = regexp.MustCompile(`(?:完成|办结|落实|完毕|到位)$`)

	ymdForm     = regexp.MustCompile(`^(\d{4})(?:年|[-./\\、,。_])(\d{1,2})(?:月|[-./\\、,。_])(\d{1,2})(?:日|号|[.。])?$`)
	compactForm = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:\.0+)?$`)
	dottedForm  = regexp.MustCompile(`^(\d{1,2})([-./])(\d{1,2})[-./](\d{4})$`)
	serialForm  = regexp.MustCompile(`^\d{5}(?:\.\d+)?$`)
)

// dateForm folds the text, drops clock time and spaces, and turns Chinese numerals of dates into figures.
func dateForm(text string) string {
	s := Simplify(Fold(text))
	if m := clockForm.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	s = Squeeze(s)
	s = strings.NewReplacer("—", "-", "–", "-", "−", "-", "‐", "-", "―", "-", "~", "-", "至", "-", "到位", "到位", "到", "-").Replace(s)
	s = figures(strings.TrimRight(strings.TrimPrefix(s, "于"), ",;、。"))
	s = halfdayForm.ReplaceAllString(s, "$1")
	return daytimeForm.ReplaceAllString(s, "$1")
}

var (
	yearNumerals  = regexp.MustCompile(`[〇零○◯OoΟ0-9一二三四五六七八九]{4}(年|-Q)`)
	smallNumerals = regexp.MustCompile(`[〇零○◯一二三四五六七八九十廿卅]{1,3}(月|日|号|季)`)
)

// figures turns 二〇二四年三月十五日 into 2024年3月15日; text around it stays.
func figures(s string) string {
	s = yearNumerals.ReplaceAllStringFunc(s, func(m string) string {
		var b strings.Builder
		chinese := false
		for _, r := range m {
			if d, ok := numerals[r]; ok {
				b.WriteByte(byte('0' + d))
				chinese = chinese || d > 0
				continue
			}
			if r == 'O' || r == 'o' || r == 'Ο' {
				b.WriteByte('0')
				continue
			}
			b.WriteRune(r)
		}
		if !chinese { // 2O24年 is a slip of the keyboard: refused, not repaired
			return m
		}
		return b.String()
	})
	return smallNumerals.ReplaceAllStringFunc(s, func(m string) string {
		unit := m[len(m)-len("月"):]
		n, ok := chineseInt(strings.TrimLeft(strings.TrimSuffix(m, unit), "〇零○◯"))
		if !ok {
			return m
		}
		return strconv.Itoa(n) + unit
	})
}

// cutBefore takes 前, 之前, 年内's 内 and 完成 off the end and says whether there was a 前.
func cutBefore(s string) (string, bool) {
	if cut := beforeForm.ReplaceAllString(s, ""); cut != s && cut != "" {
		return cut, true
	}
	if cut := withinForm.ReplaceAllString(s, ""); cut != s && cut != "" {
		return cut, false
	}
	if cut := doneForm.ReplaceAllString(s, ""); cut != "" {
		return cut, false
	}
	return s, false
}

// fullDate reads a day written in full.
func fullDate(s string) (DateRead, bool) {
	if m := ymdForm.FindStringSubmatch(s); m != nil {
		return checked(atoi(m[1]), atoi(m[2]), atoi(m[3]))
	}
	if m := compactForm.FindStringSubmatch(s); m != nil {
		return checked(atoi(m[1]), atoi(m[2]), atoi(m[3]))
	}
	if m := dottedForm.FindStringSubmatch(s); m != nil {
		return dayFirst(atoi(m[1]), atoi(m[3]), atoi(m[4]), m[2])
	}
	if serialForm.MatchString(s) {
		n, _ := strconv.ParseFloat(s, 64)
		d, ok := Serial(n, false)
		if !ok || d.Year() < 2000 {
			return DateRead{}, false
		}
		return DateRead{Date: d, Note: "「" + s + "」按表格日期序号理解为 " + d.String()}, true
	}
	return DateRead{}, false
}

// dayFirst reads 29.04.2016. With dots the day stands first; with strokes only one order may be possible.
func dayFirst(a, b, year int, sep string) (DateRead, bool) {
	if b <= 12 && (sep == "." || a > 12 || a == b) {
		return checked(year, b, a)
	}
	if sep != "." && a <= 12 && b > 12 {
		return checked(year, a, b)
	}
	return DateRead{}, false
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
