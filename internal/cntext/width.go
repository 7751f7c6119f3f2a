package cntext

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Width returns how many columns s takes on a terminal: East Asian wide and full-width characters two, marks
// and control characters none, everything else one. Ambiguous characters (—, ①) count one.
func Width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc):
		case isWide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// Pad returns s with spaces after it up to n columns; a longer s is returned as it is.
func Pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-Width(s)))
}

// PadLeft returns s with spaces before it up to n columns, for figures.
func PadLeft(s string, n int) string {
	return strings.Repeat(" ", max(0, n-Width(s))) + s
}

func isWide(r rune) bool {
	kind := width.LookupRune(r).Kind()
	return kind == width.EastAsianWide || kind == width.EastAsianFullwidth
}
