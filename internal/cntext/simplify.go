package cntext

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed traditional.txt
var traditionalTable string

var simplified = sync.OnceValue(func() map[rune]rune {
	m := make(map[rune]rune, 4096)
	for line := range strings.SplitSeq(traditionalTable, "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		pair := []rune(line)
		for i := 0; i+1 < len(pair); i += 2 {
			m[pair[i]] = pair[i+1]
		}
	}
	return m
})

// Simplify replaces traditional characters by simplified ones, one for one. It serves comparison: a character
// that a simplified text writes on purpose in a name (於, 乾) may be changed or kept, so the result is not
// for showing.
func Simplify(s string) string {
	if isPlain(s) {
		return s
	}
	table := simplified()
	return strings.Map(func(r rune) rune {
		if to, ok := table[r]; ok {
			return to
		}
		return r
	}, s)
}
