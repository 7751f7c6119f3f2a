package registry

import (
	"slices"
	"strings"
	"unicode/utf8"

	"liandu/internal/cntext"
	"liandu/internal/period"
	"liandu/internal/record"
)

// Candidate is a unit that an unresolved name may mean. Note is a Chinese remark on its validity, mostly "".
type Candidate struct {
	Unit  record.Unit
	Full  string // FullName
	Note  string
	score float64
}

const (
	mostCandidates = 5
	clearlyAlike   = 0.5
)

// Candidates returns the units nearest to a name that Resolve refused, the best first, five at most, those of
// within before equals outside it: first all that the name fits (an ambiguous short form), else the most similar
// ones. None are returned when nothing is similar.
func (r *Registry) Candidates(name string, within record.UnitCode) []Candidate {
	key := cntext.Name(name)
	if key == "" || utf8.RuneCountInString(key) > 60 {
		return nil
	}
	var out []Candidate
	seen := map[int]bool{}
	take := func(i int, score float64) {
		if seen[i] {
			return
		}
		seen[i] = true
		u := r.units[i]
		if within != "" && r.IsUnder(u.Code, within) {
			score += 0.05
		}
		out = append(out, Candidate{Unit: u, Full: r.FullName(u.Code), Note: validity(u), score: score})
	}
	for _, k := range []string{key, withoutBody(key)} {
		for _, h := range r.hits(k, "", "", period.Date{}) {
			take(h.unit, 1)
		}
		for _, f := range r.forms[k] { // also what has ended without a successor
			take(f.unit, 1)
		}
	}
	if len(out) == 0 {
		for i := range r.units {
			if s := max(r.similarity(key, i), r.similarity(withoutBody(key), i)); s >= clearlyAlike {
				take(i, s)
			}
		}
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		if a.score != b.score {
			if a.score > b.score {
				return -1
			}
			return 1
		}
		return strings.Compare(string(a.Unit.Code), string(b.Unit.Code))
	})
	return out[:min(len(out), mostCandidates)]
}

// Suggestion words the candidates for a hint: 「与之相近的有：松坡镇（鹿塘县松坡镇）、松湾街道」; "" for none.
func Suggestion(candidates []Candidate) string {
	if len(candidates) == 0 {
		return ""
	}
	var names []string
	for _, c := range candidates {
		names = append(names, "「"+c.Full+"」"+c.Note)
	}
	return "与之相近的有：" + strings.Join(names, "、")
}

func validity(u record.Unit) string {
	switch {
	case !u.ValidTo.IsZero():
		return "（" + u.ValidTo.Chinese() + "停用）"
	case !u.ValidFrom.IsZero():
		return "（" + u.ValidFrom.Chinese() + "启用）"
	}
	return ""
}

// similarity compares a key with the i-th unit's name, full name and aliases, 0 to 1. A name that holds the
// whole key, or is held by it, is clearly alike.
func (r *Registry) similarity(key string, i int) float64 {
	best := 0.0
	for _, name := range r.names[i] {
		if strings.Contains(name, key) && utf8.RuneCountInString(key) > 1 || strings.Contains(key, name) {
			best = max(best, 0.6)
		}
		best = max(best, alike([]rune(key), []rune(name)))
	}
	return best
}

// alike is one minus the share of characters that must change to make a of b.
func alike(a, b []rune) float64 {
	longest := max(len(a), len(b))
	if longest == 0 || min(len(a), len(b))*3 < longest {
		return 0
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return 1 - float64(row[len(b)])/float64(longest)
}
