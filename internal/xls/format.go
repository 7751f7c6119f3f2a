package xls

import "strings"

// Format is how a cell shows its number.
type Format struct {
	ID      int    // of the Format record, or built in
	Code    string // such as yyyy"年"m"月"; "General" when nothing else is known
	Date    bool   // the number is a date, a time or a duration in days
	Percent bool
}

// formatOf returns the format of an XF, the same pointer for the same format.
func (rd *reader) formatOf(xfIndex int) *Format {
	id := 0
	if xfIndex < len(rd.xfs) {
		id = rd.xfs[xfIndex].format
	}
	return rd.format(id)
}

func (rd *reader) format(id int) *Format {
	if f, ok := rd.formats[id]; ok {
		return f
	}
	code, ok := rd.codes[id]
	if !ok {
		code, ok = builtInCodes[id]
	}
	if !ok {
		code = "General"
	}
	f := &Format{ID: id, Code: code}
	f.Date, f.Percent = readCode(code)
	rd.formats[id] = f
	return f
}

// readCode tells from the first section of a format code, the one for positive numbers, whether it shows a date and
// whether a percentage. Quoted and escaped characters, [colours] and [locales] say nothing; [h] [m] [s] are durations.
func readCode(code string) (date, percent bool) {
	var letters strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				end = len(code) - i - 1
			}
			i += end + 1
		case '\\', '_', '*': // the next character, which may be of several bytes, is shown or filled as it is
			i++
			for i+1 < len(code) && code[i+1]&0xC0 == 0x80 {
				i++
			}
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				end = len(code) - i
			}
			inside := strings.ToLower(code[min(i+1, len(code)):min(i+end, len(code))])
			if inside != "" && (strings.Trim(inside, "h") == "" || strings.Trim(inside, "m") == "" || strings.Trim(inside, "s") == "") {
				date = true
			}
			i += end
		case ';':
			if letters.Len() > 0 || date || percent {
				return date || isDateCode(letters.String()), percent
			}
		case '%':
			percent = true
		default:
			letters.WriteByte(c)
		}
	}
	return date || isDateCode(letters.String()), percent
}

// isDateCode looks for the letters of dates in a code freed of its literals. E+ and E- are an exponent; General and its
// Chinese name G/通用格式 are no date though they hold such letters.
func isDateCode(code string) bool {
	code = strings.ToLower(code)
	for _, other := range []string{"general", "g/通用格式", "e+", "e-"} {
		code = strings.ReplaceAll(code, other, "")
	}
	return strings.ContainsAny(code, "ymdhse")
}

// builtInCodes are the formats that files use without writing them, [MS-XLS] 2.4.126; 27 to 36 and 50 to 58 as the
// Chinese versions show them.
var builtInCodes = map[int]string{
	0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
	5: "¥#,##0;¥-#,##0", 6: "¥#,##0;[Red]¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;[Red]¥-#,##0.00",
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
	21: "h:mm:ss", 22: "yyyy/m/d h:mm",
	27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 30: "m-d-yy", 31: `yyyy"年"m"月"d"日"`, 32: `h"时"mm"分"`,
	33: `h"时"mm"分"ss"秒"`, 34: `上午/下午h"时"mm"分"`, 35: `上午/下午h"时"mm"分"ss"秒"`, 36: `yyyy"年"m"月"`,
	37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
	41: `_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ `, 42: `_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ `,
	43: `_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ `, 44: `_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ `,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
	50: `yyyy"年"m"月"`, 51: `m"月"d"日"`, 52: `yyyy"年"m"月"`, 53: `m"月"d"日"`, 54: `m"月"d"日"`, 55: `上午/下午h"时"mm"分"`,
	56: `上午/下午h"时"mm"分"ss"秒"`, 57: `yyyy"年"m"月"`, 58: `m"月"d"日"`,
}
