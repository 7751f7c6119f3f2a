package registry

import (
	"unicode/utf8"

	"liandu/internal/cntext"
	"liandu/internal/period"
)

// Find finds the one submitting unit named inside a file name or a title line: 「01_鹿塘县2023年第一季度报表.xlsx」.
// Of names that overlap the longest counts (杭锦后旗, not 后旗); the city before a county's name does not. Forms
// of one unit may occur several times. It is not ok when no submitter is named, or two.
func (r *Registry) Find(text string, on period.Date) (Match, bool) {
	s := cntext.Name(text)
	if utf8.RuneCountInString(s) > 300 {
		return Match{}, false
	}
	var found []hit
	written := ""
	for i := 0; i < len(s); {
		size := r.longestForm(s[i:], on)
		if size == 0 {
			_, step := utf8.DecodeRuneInString(s[i:])
			i += step
			continue
		}
		hits := r.nearest(r.submitters(s[i:i+size], on))
		if len(hits) > 1 {
			return Match{}, false
		}
		if r.city != hits[0].unit {
			if len(found) > 0 && found[0].unit != hits[0].unit {
				return Match{}, false
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

// longestForm returns the length of the longest form of a submitter or of the city that s begins with.
func (r *Registry) longestForm(s string, on period.Date) int {
	const longest = 30
	best, n := 0, 0
	for i := range s + " " {
		if n++; n > longest {
			break
		}
		if i > 0 && len(r.submitters(s[:i], on)) > 0 {
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
