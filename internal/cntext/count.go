package cntext

import (
	"regexp"
	"strconv"
	"strings"
)

var countForm = regexp.MustCompile(`^(?:共计?|合计)?([0-9]{1,4}|[〇零一二两三四五六七八九十百]{1,7})(?:\.0+)?(?:个|项|件|条|次|份|人|家)?(?:方面)?(?:联合)?(?:议题|事项|问题)?[。.]?$`)

// Count reads a count of topics or items, 0–9999: 3, ３, 三, 3个, 3项, 三项议题, 十二, 3.0, 无 (0).
// Ranges, fractions and negative numbers are refused. A blank cell is the caller's.
func Count(text string) (int, bool) {
	if len(text) > 100 {
		return 0, false
	}
	s := Squeeze(Simplify(Fold(text)))
	if s == "无" || s == "没有" {
		return 0, true
	}
	m := countForm.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	n, ok := integer(m[1])
	return n, ok
}

var itemForm = regexp.MustCompile(`^(?:序号|议题|事项)?[(\[]?第?([0-9]{1,9}|[一二三四五六七八九十百]{1,7})(?:\.0+)?(?:项|条|号|个|件)?(?:议题|事项)?[)\]]?[.、,。:]?$`)

// ItemNo reads 序号: 1, 01, 1.0, (1), （一）, ①, 一、, 第3项 give digits without leading zeros. Anything else (1-2, A3,
// 工-1) is kept as its folded text, so that it can still be the item's key; only blank is not ok.
func ItemNo(text string) (string, bool) {
	s := Squeeze(Simplify(Fold(text)))
	if Blank(s) {
		return "", false
	}
	if m := itemForm.FindStringSubmatch(s); m != nil {
		if n, ok := integer(m[1]); ok {
			return strconv.Itoa(n), true
		}
	}
	return s, true
}

var (
	percentForm  = regexp.MustCompile(`^(?:已?完成|约|进度)*(\d{1,4}(?:\.\d{1,12})?|\.\d{1,12})(%?)(?:左右|以上)?$`)
	percentWords = regexp.MustCompile(`^(?:已?完成|约)*百分之([〇零一二两三四五六七八九十百]{1,7}|\d{1,3})(?:点([〇零一二三四五六七八九]{1,4})|(\.\d{1,6}))?$`)
	tenthForm    = regexp.MustCompile(`^(?:已?完成|约)*([一二三四五六七八九十])成$`)
)

// Percent reads 完成比例 as a number from 0 to 100: 80%, 80.0％, 80, 0.8, 百分之八十, 八成. isRatio says that the
// cell is formatted as a percentage, so that its raw number 0.8 is 80 %. Without a percent sign a number up to
// 1 is a ratio, so 1 and 1.0 are 100 % (who writes a bare 1 in a column of ratios means done), and anything
// above 1 is taken as percent. Below 0 and above 100 is refused.
func Percent(text string, isRatio bool) (float64, bool) {
	if len(text) > 100 {
		return 0, false
	}
	s := Squeeze(Simplify(Fold(text)))
	if n, err := strconv.ParseFloat(s, 64); err == nil && strings.ContainsAny(s, "eE") && plainFloat.MatchString(s) {
		return ratio(n) // 9.9999999999999995E-2, as spreadsheets store it
	}
	if m := percentForm.FindStringSubmatch(s); m != nil {
		n, err := strconv.ParseFloat(m[1], 64)
		switch {
		case err != nil:
			return 0, false
		case m[2] == "%":
			return inHundred(n)
		case isRatio:
			return ratio(n)
		case n <= 1:
			return ratio(n)
		}
		return inHundred(n)
	}
	if strings.HasSuffix(s, "百分之百") {
		s = strings.TrimSuffix(s, "百") + "一百"
	}
	if m := percentWords.FindStringSubmatch(s); m != nil {
		whole, ok := integer(m[1])
		if !ok {
			return 0, false
		}
		fraction, _ := strconv.ParseFloat("0"+m[3], 64)
		scale := 0.1
		for _, r := range m[2] {
			fraction += float64(numerals[r]) * scale
			scale /= 10
		}
		return inHundred(float64(whole) + fraction)
	}
	if m := tenthForm.FindStringSubmatch(s); m != nil {
		n, _ := chineseInt(m[1])
		return inHundred(float64(n) * 10)
	}
	return 0, false
}

var plainFloat = regexp.MustCompile(`^\d(?:\.\d{1,20})?[eE][-+]?\d{1,3}$`)

func ratio(n float64) (float64, bool) { return inHundred(n * 100) }

// inHundred rounds to six places, which is where 0.55 × 100 stops being 55.00000000000001.
func inHundred(n float64) (float64, bool) {
	if !(n >= 0 && n <= 100) {
		return 0, false
	}
	r, err := strconv.ParseFloat(strconv.FormatFloat(n, 'f', 6, 64), 64)
	return r, err == nil
}

func itoa(n int) string { return strconv.Itoa(n) }
