package cntext

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in the one form everything here compares: NFKC (full-width to half-width, ① to 1), spaces of
// every kind as ' ', invisible characters dropped, broken UTF-8 as U+FFFD, ends trimmed. Line breaks inside stay.
func Fold(s string) string {
	if isPlain(s) {
		return strings.TrimSpace(s)
	}
	s = strings.Map(foldRune, strings.ToValidUTF8(s, "\ufffd")) // first, or what stood apart would compose later
	return strings.TrimSpace(strings.Map(foldRune, norm.NFKC.String(s)))
}

// Squeeze is Fold with every space and line break inside removed as well.
func Squeeze(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, Fold(s))
	if isPlain(s) {
		return s
	}
	return norm.NFKC.String(s) // a mark that stood after a space now stands after a letter
}

// Name returns the form under which unit names, titles and official posts are compared: folded, stripped of
// pinyin remains, simplified, without spaces. It is for comparing, never for showing.
func Name(s string) string {
	return Squeeze(Simplify(StripPinyin(Fold(s))))
}

// StripPinyin removes the pinyin that some converters leave after a changed character: 聯(lián)席會(huì)議
// gives 聯席會議. Brackets with anything but lower-case pinyin letters, at least one of them marked with a
// tone, stay: 「（ktv）」 is content.
func StripPinyin(s string) string {
	if !strings.ContainsAny(s, "(（") {
		return s
	}
	return pinyinForm.ReplaceAllStringFunc(s, func(m string) string {
		if strings.IndexFunc(m, isToned) < 0 && !pinyinSyllable[strings.Trim(m, "()（） ")] {
			return m
		}
		return ""
	})
}

// The class must hold à-ÿ (è, ì, é) as well as ā-ǿ: converters write tones from both blocks.
var pinyinForm = regexp.MustCompile(`[(（] ?[a-zà-ÿā-ǿ]{1,7} ?[)）]`)

// pinyinSyllable holds the syllables that carry no tone mark and still appear as remains.
var pinyinSyllable = map[string]bool{
	"de": true, "le": true, "zhe": true, "ma": true, "ne": true, "ba": true, "men": true, "ge": true,
}

func isToned(r rune) bool { return r >= 'à' && r <= 'ǿ' }

// isPlain reports whether s is printable ASCII, the common case of numbers and ISO dates.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

func foldRune(r rune) rune {
	switch {
	case r == '\n' || r == '\r':
		return '\n'
	case unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.Cf, unicode.Cc), r == '\ufffe', r == '\u115f', r == '\u3164':
		return -1
	case r >= '❶' && r <= '❾':
		return r - '❶' + '1'
	}
	return r
}
