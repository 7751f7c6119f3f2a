package registry

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"liandu/internal/cntext"
	"liandu/internal/period"
	"liandu/internal/record"
)

// How says by which of its names a unit was recognised.
type How string

// The ways, from the nearest.
const (
	HowName    How = "exact"   // the registered name, after folding
	HowAlias   How = "alias"   // an alias of the registry
	HowVariant How = "variant" // an official or everyday form: with the city before it, without 区, 总工会 after it
	HowFormer  How = "former"  // a unit that has ended; Unit is its successor
)

// Match is a name understood. Note is a Chinese sentence on how, "" for the registered name itself.
type Match struct {
	Unit record.Unit
	How  How
	Note string
}

// Resolve maps a name as written to the unit it means on the day, sought among within and the units below it
// first, then in the whole registry; an empty within seeks everywhere. The registered name wins over an alias,
// an alias over a variant. It is not ok when the name fits no unit, fits two, or fits only a unit that had not
// begun on the day or ended without a successor. The zero date ignores beginnings and takes the last successor.
func (r *Registry) Resolve(name string, within record.UnitCode, on period.Date) (Match, bool) {
	scopes := []record.UnitCode{within}
	if within != "" {
		scopes = append(scopes, "")
	}
	for _, key := range keys(name) {
		for _, scope := range scopes {
			found := r.lookUp(key, scope, on)
			switch {
			case len(found) == 1:
				return r.match(name, found[0]), true
			case len(found) > 1:
				return Match{}, false
			}
		}
	}
	return Match{}, false
}

var (
	listNumber = regexp.MustCompile(`^(?:[0-9]{1,2}[.、)]|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十0-9]{1,3}\)|第[一二三四五六七八九十]{1,3}、)`)
	sealPlace  = regexp.MustCompile(`\((?:加盖)?[公印签盖]?章处?\)$`)
)

// keys are the forms under which a name is sought, one after the other: as it is compared, then without the number of
// a list before it, the place of a stamp behind it and punctuation: 一、海港区, 海港区：, 海港区·某某街道. There is none for a
// name that is blank or too long.
func keys(name string) []string {
	key := cntext.Name(strings.TrimLeftFunc(name, func(r rune) bool { return r >= '①' && r <= '⑳' || r == ' ' || r == '　' }))
	if key == "" || utf8.RuneCountInString(key) > 60 {
		return nil
	}
	if strings.ContainsAny(key, "?*□■○…\ufffd~") { // a character was lost: the rest is another name
		return []string{key}
	}
	plain := sealPlace.ReplaceAllString(listNumber.ReplaceAllString(key, ""), "")
	plain = strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSymbol(r) {
			return -1
		}
		return r
	}, plain)
	if plain == "" || plain == key {
		return []string{key}
	}
	return []string{key, plain}
}

// ResolveSubmitter is Resolve for 填报单位: where the name fits several units of which one alone reports, that one is
// meant. A name that fits only units that do not report is still resolved, so that the message can name them.
func (r *Registry) ResolveSubmitter(name string, within record.UnitCode, on period.Date) (Match, bool) {
	if m, ok := r.Resolve(name, within, on); ok {
		return m, true
	}
	for _, key := range keys(name) {
		found := slices.DeleteFunc(r.lookUp(key, "", on), func(h hit) bool { return !r.units[h.unit].Submitter })
		if len(found) == 1 {
			return r.match(name, found[0]), true
		}
	}
	return Match{}, false
}

// hit is a unit that a key fits, and by which form.
type hit struct {
	unit  int // valid on the day
	named int // whose name it was; differs from unit after a succession
	tier  tier
}

// lookUp returns the units in scope that the key fits best, one hit a unit.
func (r *Registry) lookUp(key string, scope record.UnitCode, on period.Date) []hit {
	if best := r.nearest(r.hits(key, scope, "", on)); len(best) > 0 {
		return best
	}
	if cut := withoutBody(key); cut != key {
		return r.asVariant(r.nearest(r.hits(cut, scope, "", on)))
	}
	return nil
}

// hits returns every fit of the key among the units below left (empty: anywhere): as one form, or as a higher
// unit's form with a form of a unit below it. Each step goes down the tree, which bounds the depth.
func (r *Registry) hits(key string, scope, left record.UnitCode, on period.Date) []hit {
	var out []hit
	for _, f := range r.forms[key] {
		if h, ok := r.valid(f, scope, on); ok && r.isBelow(h, left) {
			out = append(out, h)
		}
	}
	if len(out) > 0 {
		return out
	}
	for i := range key {
		if i == 0 {
			continue
		}
		for _, f := range r.forms[key[:i]] {
			upper := r.units[f.unit].Code
			if now, ok := r.Current(upper, on); ok && len(r.children[now.Code]) > 0 {
				upper = now.Code // 「陕县某镇」 after the county became a district
			}
			if len(r.children[upper]) == 0 || upper == left || !r.IsUnder(upper, left) {
				continue
			}
			out = append(out, r.asVariant(r.nearest(r.hits(key[i:], scope, upper, on)))...)
		}
	}
	if cut := province.ReplaceAllString(key, ""); cut != key && len(out) == 0 && r.beginsWithCity(cut) {
		return r.asVariant(r.hits(cut, scope, left, on))
	}
	return out
}

// isBelow reports whether the unit or the name's bearer lies below left, and is not left itself.
func (r *Registry) isBelow(h hit, left record.UnitCode) bool {
	now, then := r.units[h.unit].Code, r.units[h.named].Code
	return left == "" || now != left && r.IsUnder(now, left) || then != left && now != left && r.IsUnder(then, left)
}

// valid returns the hit of a form when its unit, or who carries on for it, is in scope and valid on the day.
func (r *Registry) valid(f form, scope record.UnitCode, on period.Date) (hit, bool) {
	named := r.units[f.unit]
	current, ok := r.Current(named.Code, on)
	if !ok || !on.IsZero() && !current.ValidFrom.IsZero() && on.Before(current.ValidFrom) {
		return hit{}, false
	}
	if !r.IsUnder(named.Code, scope) && !r.IsUnder(current.Code, scope) {
		return hit{}, false
	}
	return hit{r.index[current.Code], f.unit, f.tier}, true
}

// nearest keeps the hits of the nearest tier, one a unit. A unit that still bears the name comes before one that
// bore it, within a tier; of a short form that fits a county and towns of its own, the county is meant.
func (r *Registry) nearest(hits []hit) []hit {
	slices.SortStableFunc(hits, func(a, b hit) int {
		if a.tier != b.tier {
			return int(a.tier - b.tier)
		}
		return boolInt(a.unit != a.named) - boolInt(b.unit != b.named)
	})
	var out []hit
	for _, h := range hits {
		first := hits[0]
		if h.tier != first.tier || (h.unit != h.named) != (first.unit != first.named) {
			break
		}
		if !slices.ContainsFunc(out, func(o hit) bool { return o.unit == h.unit }) {
			out = append(out, h)
		}
	}
	for _, h := range out {
		if h.tier == tierVariant && h.unit != r.city && !slices.ContainsFunc(out, func(o hit) bool { return !r.IsUnder(r.units[o.unit].Code, r.units[h.unit].Code) }) {
			return []hit{h} // 「鹿塘」 is the county, not its seat 鹿塘镇
		}
	}
	return out
}

func (r *Registry) asVariant(hits []hit) []hit {
	for i := range hits {
		hits[i].tier = tierVariant
	}
	return hits
}

func (r *Registry) beginsWithCity(key string) bool {
	for i := range key {
		for _, f := range r.forms[key[:i]] {
			if f.unit == r.city {
				return true
			}
		}
	}
	for _, f := range r.forms[key] {
		if f.unit == r.city {
			return true
		}
	}
	return false
}

// match words the hit.
func (r *Registry) match(name string, h hit) Match {
	u := r.units[h.unit]
	written := strings.TrimSpace(name)
	switch {
	case h.unit != h.named:
		old := r.units[h.named]
		return Match{u, HowFormer, fmt.Sprintf("「%s」已于 %s 停用，按承继其职能的「%s」处理", old.Name, old.ValidTo.Chinese(), u.Name)}
	case h.tier == tierName:
		return Match{u, HowName, ""}
	case h.tier == tierAlias:
		return Match{u, HowAlias, fmt.Sprintf("「%s」是「%s」的别名", written, u.Name)}
	}
	return Match{u, HowVariant, fmt.Sprintf("「%s」按「%s」理解", written, r.FullName(u.Code))}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
