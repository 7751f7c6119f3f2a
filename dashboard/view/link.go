package view

import (
	"net/url"
	"strings"
)

// Context is 口径: what every number of a page is as of, as text for addresses. Empty fields are the defaults and stay
// out of the address. KnownAt is empty for now.
type Context struct {
	Period  string
	Year    string
	Regime  string
	Level   string
	Cohort  string
	KnownAt string
}

// Link returns path with the context and more, which is name, value, name, value …; an empty value is left out. The
// path may hold a query and a fragment of its own. Values in a path itself need url.PathEscape.
func (x Context) Link(path string, more ...string) string {
	path, fragment, _ := strings.Cut(path, "#")
	path, own, _ := strings.Cut(path, "?")
	var parts []string
	if own != "" {
		parts = append(parts, own)
	}
	for i := 0; i+1 < len(more); i += 2 {
		parts = appendPair(parts, more[i], more[i+1])
	}
	for _, p := range x.Pairs() {
		parts = appendPair(parts, p[0], p[1])
	}
	if len(parts) > 0 {
		path += "?" + strings.Join(parts, "&")
	}
	if fragment != "" {
		path += "#" + fragment
	}
	return path
}

// Pairs returns the context's names and values in the order of the page.
func (x Context) Pairs() [][2]string {
	return [][2]string{
		{"period", x.Period}, {"year", x.Year}, {"regime", x.Regime}, {"level", x.Level}, {"cohort", x.Cohort}, {"known_at", x.KnownAt},
	}
}

// Cell returns the address of a cell of a submission: its page, with the row that came from the cell lit.
func (x Context) Cell(submission, sheet, cell string) string {
	return x.Link("/submissions/"+url.PathEscape(submission)+"#lit", "sheet", sheet, "cell", cell)
}

func appendPair(parts []string, name, value string) []string {
	if value == "" {
		return parts
	}
	return append(parts, url.QueryEscape(name)+"="+url.QueryEscape(value))
}
