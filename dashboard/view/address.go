package view

import (
	"net/url"
	"strings"
)

// Address is what every link carries, so that it shows the same thing to another person: the point from which
// everything is seen, as it stands in the URL. An empty field was not asked for and stays out of links.
type Address struct {
	Period  string // 2024Q4
	Year    string // 2024
	Regime  string // qinhuangdao-2024
	Level   string // county
	Cohort  string // active, session:2024
	KnownAt string // RFC 3339, only when a past moment is looked at
}

// Href returns path with the address and the given name, value pairs. A pair with an empty value is left out, and a
// pair named like a part of the address takes its place.
func (a Address) Href(path string, pairs ...string) string {
	v := a.Values()
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			v.Del(pairs[i])
			continue
		}
		v.Set(pairs[i], pairs[i+1])
	}
	path, anchor, _ := strings.Cut(path, "#")
	if q := v.Encode(); q != "" {
		path += "?" + q
	}
	if anchor != "" {
		path += "#" + anchor
	}
	return path
}

// Values returns the address as query parameters.
func (a Address) Values() url.Values {
	v := url.Values{}
	for _, f := range a.Fields() {
		v.Set(f.Name, f.Value)
	}
	return v
}

// Field is one name and value of a URL or a form.
type Field struct{ Name, Value string }

// Fields returns the parts of the address that are set, in a fixed order: the hidden fields of a GET form.
func (a Address) Fields() []Field {
	var out []Field
	for _, f := range []Field{
		{"period", a.Period}, {"year", a.Year}, {"regime", a.Regime},
		{"level", a.Level}, {"cohort", a.Cohort}, {"known_at", a.KnownAt},
	} {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	return out
}

// Unit returns the page of one unit.
func (a Address) Unit(code string) string { return a.Href("/unit/" + url.PathEscape(code)) }

// Explain returns the page with the rows an indicator is made of; unit "" is the total of the level.
func (a Address) Explain(indicator, unit string) string {
	return a.Href("/explain", "indicator", indicator, "unit", unit)
}

// Move returns the page that says why an indicator, or "score" of a unit, changed since the quarter before.
func (a Address) Move(indicator, unit string) string {
	return a.Href("/move", "indicator", indicator, "unit", unit)
}

// Source returns the original sheet of a submission with a cell lit; "" when there is no submission. Further cells
// of the same matter are shown pale.
func (a Address) Source(submission, sheet, cell string, also ...string) string {
	if submission == "" {
		return ""
	}
	return a.Href("/source/"+url.PathEscape(submission), "sheet", sheet, "cell", cell, "also", strings.Join(also, ","))
}
