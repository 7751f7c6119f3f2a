package registry

import (
	"unicode/utf8"

	"liandu/internal/cntext"
	"liandu/internal/period"
	"liandu/internal/record"
)

// Find finds the one submitting unit named inside a file name or a title line: 「01_鹿塘县2023年第一季度报表.xlsx」.
// Of names that overlap the longest counts (杭锦后旗, not 后旗); the city before a county's name does not. Forms
// of one unit may occur several times. It is not ok when no submitter is named, or two.
func (r *Registry) Find(text string, on period.Date) (Match, bool) {
	return r.find(text, func(key string) []hit { return r.submitters(key, on) }, false)
}

// FindUnder finds the one unit of within and below that is named inside a text, as Find does among submitters: 「松溪镇
// 议定事项落实情况」. The county's name before a township's does not count.
func (r *Registry) FindUnder(text string, within record.UnitCode, on period.Date) (Match, bool) {
	fits := func(key string) []hit {
		var out []hit
		for _, f := range r.forms[key] {
			if h, ok := r.valid(f, within, on); ok {
				out = append(out, h)
			}
		}
		return out
	}
	return r.find(text, fits, true)
}

// find is both; nested says that of a unit and one below it the lower is meant.
func (r *Registry) find(text string, fits func(key string) []hit, nested bool) (Match, bool) {
	s := cntext.Name(text)
	if utf8.RuneCountInString(s) > 300 {
		return Match{}, false
	}
	var found []hit
	written := ""
	for i := 0; i < len(s); {
		size := longestForm(s[i:], fits)
		if size == 0 {
			_, step := utf8.DecodeRuneInString(s[i:])
			i += step
			continue
		}
		hits := r.nearest(fits(s[i : i+size]))
		if len(hits) > 1 {
			return Match{}, false
		}
		if r.city != hits[0].unit {
			if len(found) > 0 && found[0].unit != hits[0].unit {
				before, now := r.units[found[0].unit].Code, r.units[hits[0].unit].Code
				switch {
				case nested && r.IsUnder(now, before): // 海棠区松溪镇 is the town
					found = nil
				case nested && r.IsUnder(before, now):
					i += size
					continue
				default:
					return Match{}, false
				}
			}
			if len(found) == 0 || hits[0].tier < found[0].tier {
				found, written = hits, s[i:i+size]
			}
		}
		i += size
	}
	if len(found) == 0 {
		return Match{}, false
	}
	return r.match(written, found[0]), true
}

// longestForm returns the length of the longest form that s begins with.
func longestForm(s string, fits func(key string) []hit) int {
	const longest = 30
	best, n := 0, 0
	for i := range s + " " {
		if n++; n > longest {
			break
		}
		if i > 0 && len(fits(s[:i])) > 0 {
			best = i
		}
	}
	return best
}

// submitters returns the fits of a form among submitting units and the city. Words that are no place (开发区,
// 经开区) fit only as the registry lists them.
func (r *Registry) submitters(key string, on period.Date) []hit {
	var out []hit
	for _, f := range r.forms[key] {
		h, ok := r.valid(f, "", on)
		if ok && (r.units[h.unit].Submitter || h.unit == r.city) {
			out = append(out, h)
		}
	}
	return out
}
