package cntext

import "strings"

// numerals maps the Chinese numerals, with every way of writing zero.
var numerals = map[rune]int{
	'〇': 0, '零': 0, '○': 0, '◯': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
}

var numeralUnits = map[rune]int{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000}

// chineseInt reads 三, 十二, 二十五, 廿五, 一百零六 up to 9999. Numerals one after another (一二) are refused; years
// are read digit by digit elsewhere.
func chineseInt(s string) (int, bool) {
	if s == "" || len(s) > 30 {
		return 0, false
	}
	s = strings.NewReplacer("廿", "二十", "卅", "三十").Replace(s)
	total, digit, lastUnit, zero := 0, -1, 10000, false
	for _, r := range s {
		if d, ok := numerals[r]; ok {
			if digit > 0 {
				return 0, false
			}
			zero = zero || digit == 0 || d == 0
			digit = d
			continue
		}
		unit, ok := numeralUnits[r]
		if !ok || unit >= lastUnit || digit == 0 {
			return 0, false
		}
		if digit < 0 && (unit != 10 || total > 0) { // only 十二 may leave its 一 out
			return 0, false
		}
		total += max(digit, 1) * unit
		lastUnit, digit, zero = unit, -1, false
	}
	if digit > 0 && lastUnit > 10 && lastUnit < 10000 && !zero { // 一百二 is said for 120
		return 0, false
	}
	return total + max(digit, 0), true
}

// arabic reads up to nine ASCII digits.
func arabic(s string) (int, bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// integer reads either script.
func integer(s string) (int, bool) {
	if n, ok := arabic(s); ok {
		return n, true
	}
	return chineseInt(s)
}
