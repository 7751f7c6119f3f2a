package view

import (
	"slices"
	"strings"
)

// Ledger is what every ledger has around its rows.
type Ledger struct {
	Path    string // of the page, for the form and the links
	Hidden  []Field
	Chips   []Chip
	Search  string
	Hint    string // of the search field
	Selects []Select
	Heads   []Head
	Foot    []string
	Shown   int // rows written on the page
	Matched int // rows that fit the conditions, what an export holds
	More    string
	XLSX    string
	CSV     string
	Picked  string // the conditions in words, for the empty state
	Clear   string
	Whole   int // rows without conditions
}

// Chip is one state with its count.
type Chip struct {
	Name, Href string
	Count      int
	Current    bool
}

// Select is one native select of the filter bar.
type Select struct {
	ID, Name, Label string
	Choices         []Choice
}

// Choice is one option.
type Choice struct {
	Value, Name string
	Selected    bool
}

// Head is one column's head. Href sorts by it; Sort is aria-sort, "" where the rows are not sorted by it.
type Head struct {
	Name, Href, Sort, Class, Title string
	Vital                          bool // kept pinned to the left
}

// column declares a head: key "" cannot be sorted by.
type column struct {
	key, name, class, title string
	falling                 bool // the first click sorts falling
	pin                     bool
}

// heads builds the heads with the address of each click: a click on the sorted column turns its direction.
func heads(a Address, path string, kept []string, cols []column, by string, falling bool) []Head {
	out := make([]Head, 0, len(cols))
	for _, c := range cols {
		h := Head{Name: c.name, Class: c.class, Title: c.title, Vital: c.pin}
		if c.key != "" {
			down := c.falling
			if c.key == by {
				down = !falling
				h.Sort = "ascending"
				if falling {
					h.Sort = "descending"
				}
			}
			dir := "up"
			if down {
				dir = "down"
			}
			h.Href = a.Href(path, append(slices.Clone(kept), "sort", c.key, "dir", dir)...)
		}
		out = append(out, h)
	}
	return out
}

// choices turns values into options with the one chosen marked; the first option is everything.
func choices(all string, values []Choice, chosen string) []Choice {
	out := []Choice{{"", all, chosen == ""}}
	for _, v := range values {
		v.Selected = v.Value == chosen
		out = append(out, v)
	}
	return out
}

// distinct returns the values in order of their first appearance, as options named like themselves.
func distinct(values []string) []Choice {
	var out []Choice
	seen := map[string]bool{"": true}
	for _, v := range values {
		if !seen[v] {
			seen[v] = true
			out = append(out, Choice{Value: v, Name: v})
		}
	}
	return out
}

// has reports whether every word of a search stands in one of the texts.
func has(search string, texts ...string) bool {
	all := strings.ToLower(strings.Join(texts, "\x00"))
	for _, w := range strings.Fields(strings.ToLower(search)) {
		if !strings.Contains(all, w) {
			return false
		}
	}
	return true
}

// PageRows is how many rows a ledger writes before it asks to go on; it never leaves any out silently.
const PageRows = 500

// clip returns how many of n rows to write and the address that shows more, "" when all are written.
func clip(a Address, path string, kept []string, n, show int) (int, string) {
	if show < PageRows {
		show = PageRows
	}
	if n <= show {
		return n, ""
	}
	return show, a.Href(path, append(slices.Clone(kept), "show", itoa(show+PageRows))...)
}

// fields turns name, value pairs into hidden fields, without the empty ones.
func fields(a Address, pairs ...string) []Field {
	out := a.Fields()
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, Field{pairs[i], pairs[i+1]})
		}
	}
	return out
}
