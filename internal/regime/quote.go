package regime

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func (c *checker) whereWords() string {
	if c.words == "" {
		return "请把文件全文存为与规则文件同名的 .txt，放在同一文件夹。"
	}
	return "引文须与原文逐字一致，略去的部分用「……」。"
}

// stands reports whether a quotation stands in its clause's document: each part between 「……」 is found, in order.
// White space and the width of letters and marks are not compared.
func (c *checker) stands(clause Clause) bool {
	quote, rest := clause.Text, c.words
	if other := c.r.cited[clause.From]; other != nil {
		rest = fold(other.text)
	}
	found := false
	for _, part := range strings.Split(quote, "……") {
		part = fold(part)
		if part == "" {
			continue
		}
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest, found = rest[i+len(part):], true
	}
	return found
}

// fold drops white space and brings full-width letters and marks to one width.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}
