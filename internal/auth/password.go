package auth

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"liandu/internal/fault"
)

// Bounds of a password, in characters.
const (
	MinPassword = 8
	MaxPassword = 128
)

//go:embed common.txt
var common string

// CheckPassword refuses (fault.Invalid) a password that is too short or too long, has fewer than three of the four
// classes of characters (upper case, lower case, digits, others; Han characters are others), holds the login, or is
// a common one: a word of common.txt behind the usual disguises.
func CheckPassword(login, password string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < MinPassword:
		return fault.New(fault.Invalid, "密码不足 8 位。", "请设 8 位以上，含大写字母、小写字母、数字、符号中的三类。")
	case n > MaxPassword:
		return fault.New(fault.Invalid, "密码超过 128 位。", "请缩短。")
	case classes(password) < 3:
		return fault.New(fault.Invalid, "密码的字符种类不够。", "请同时使用大写字母、小写字母、数字、符号中的三类。")
	case login != "" && strings.Contains(strings.ToLower(password), strings.ToLower(login)):
		return fault.New(fault.Invalid, "密码里含有账号名。", "请换一个与账号无关的密码。")
	case isCommon(password):
		return fault.New(fault.Invalid, "这个密码太常见，容易被猜中。", "请换一个不是常用词、键盘顺序或年份的密码。")
	}
	return nil
}

func classes(password string) int {
	var upper, lower, digit, other int
	for _, r := range password {
		switch {
		case r >= 'A' && r <= 'Z':
			upper = 1
		case r >= 'a' && r <= 'z':
			lower = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return upper + lower + digit + other
}

// isCommon looks a password up in common.txt after undoing the usual disguises (P@ssw0rd2024! → password). Up to three
// letters around an obvious number (Aa123456!) are common whatever they are.
func isCommon(password string) bool {
	const signs = "!@#$%^&*()-_=+.,?~ ！。，"
	lower := strings.ToLower(password)
	plain := strings.NewReplacer("@", "a", "0", "o", "1", "i", "3", "e", "$", "s", "5", "s", "!", "i").Replace(lower)
	for _, s := range []string{lower, plain, strings.Trim(lower, signs), strings.Trim(plain, signs),
		strings.Trim(lower, signs+"0123456789"), plainWord(lower, signs)} {
		if listed(s) {
			return true
		}
	}
	letters, digits := keep(lower, unicode.IsLetter), keep(lower, unicode.IsDigit)
	return utf8.RuneCountInString(letters) <= 3 && obvious(digits)
}

// plainWord drops the number and signs at the end first, then undoes the disguise: p@ssw0rd2024! → password.
func plainWord(lower, signs string) string {
	word := strings.Trim(lower, signs+"0123456789")
	return strings.NewReplacer("@", "a", "0", "o", "1", "i", "3", "e", "$", "s", "5", "s").Replace(word)
}

func keep(s string, class func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if class(r) {
			return r
		}
		return -1
	}, s)
}

// obvious reports whether digits count up or down, repeat one digit, are a year or are themselves listed.
func obvious(digits string) bool {
	if digits == "" || len(digits) == 4 && (digits[:2] == "19" || digits[:2] == "20") || listed(digits) {
		return true
	}
	return strings.Contains("01234567890123456789", digits) || strings.Contains("98765432109876543210", digits) ||
		strings.Trim(digits, digits[:1]) == ""
}

func listed(s string) bool {
	for word := range strings.FieldsSeq(common) {
		if s == word {
			return true
		}
	}
	return false
}
