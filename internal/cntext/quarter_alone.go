package cntext

import (
	"regexp"
	"strings"
)

var (
	quarterNumbers = regexp.MustCompile(`第?([1-4])(?:季度|季报|季)|[Qq]([1-4])|(1-3|4-6|7-9|10-12)月份?`)
	yearWord       = regexp.MustCompile(`((?:19|20)\d{2})年?度?`)
	quarterRest    = strings.NewReplacer("(", "", ")", "", "年", "", "度", "", ",", "", "、", "", "-", "", ":", "", "末", "", "。", "", "报表", "", "本", "")
)

// QuarterAlone reads a quarter, 1 to 4, of a text that says nothing else but perhaps a year: 第三季度, 三季度（7—9月）, Q3,
// 三季度（2024年）. year is 0 where the text names none.
func QuarterAlone(text string) (n, year int, ok bool) {
	if len(text) > 100 {
		return 0, 0, false
	}
	s := quarterText(text)
	if quarterList.MatchString(s) {
		return 0, 0, false
	}
	for _, m := range quarterNumbers.FindAllStringSubmatch(s, -1) {
		q := map[string]int{"1": 1, "2": 2, "3": 3, "4": 4, "1-3": 1, "4-6": 2, "7-9": 3, "10-12": 4}[m[1]+m[2]+m[3]]
		if n != 0 && n != q {
			return 0, 0, false
		}
		n = q
	}
	s = quarterNumbers.ReplaceAllString(s, "")
	if m := yearWord.FindAllStringSubmatch(s, -1); len(m) == 1 {
		year = atoi(m[0][1])
		s = yearWord.ReplaceAllString(s, "")
	}
	if n == 0 || quarterRest.Replace(s) != "" {
		return 0, 0, false
	}
	return n, year, true
}

var yearNamed = regexp.MustCompile(`((?:19|20)\d{2})年度?|年[度份]?[:：]?((?:19|20)\d{2})$`)

// FindYear finds the one year named in a title or a file's name: 「2024年度政府与工会联席会议报表」. A year that belongs to
// a date (2024年10月8日) does not count; two different years, or none, are not ok.
func FindYear(text string) (int, bool) {
	if len(text) > 2000 {
		return 0, false
	}
	s := figures(Squeeze(Simplify(Fold(text))))
	year := 0
	for _, m := range yearNamed.FindAllStringSubmatchIndex(s, -1) {
		if cutDigits(s, m[0], m[1]) || m[1] < len(s) && s[m[1]] >= '0' && s[m[1]] <= '9' {
			continue
		}
		from, to := m[2], m[3]
		if from < 0 {
			from, to = m[4], m[5]
		}
		y := atoi(s[from:to])
		if year != 0 && y != year {
			return 0, false
		}
		year = y
	}
	return year, year != 0
}
