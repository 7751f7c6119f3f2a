package extract

import (
	"slices"
	"strings"

	"liandu/internal/cntext"
)

// sameOffices reports whether two texts name the same offices in any order: 区总工会、区财政局 and 财政局、总工会.
func sameOffices(a, b string) bool {
	left, right := offices(a), offices(b)
	if len(left) != len(right) {
		return false
	}
	for _, office := range left {
		at := slices.IndexFunc(right, func(other string) bool { return sameOffice(office, other) })
		if at < 0 {
			return false
		}
		right = slices.Delete(right, at, at+1)
	}
	return true
}

func offices(s string) []string {
	return strings.FieldsFunc(cntext.Name(s), func(r rune) bool { return strings.ContainsRune("、,;/", r) })
}

// sameOffice reports whether two names are one office of a place: 区总工会 in the minutes is 总工会 or 南浦区总工会 in
// the workbook, 县住房和城乡建设局 is 县住建局. 镇总工会 and 县总工会 are two.
func sameOffice(a, b string) bool {
	for _, x := range placed(a) {
		for _, y := range placed(b) {
			if !strings.HasSuffix(x.place, y.place) && !strings.HasSuffix(y.place, x.place) {
				continue
			}
			if x.office == y.office || shortFor(x.office, y.office) || shortFor(y.office, x.office) {
				return true
			}
		}
	}
	return false
}

type placedOffice struct{ place, office string }

// shortestOffice is the least an office is named by without its place: 财政局.
const shortestOffice = 3

// placed is every way a name can be cut into a place and an office of it.
func placed(name string) []placedOffice {
	runes := []rune(name)
	out := []placedOffice{{office: plainOffice(name)}}
	for i, r := range runes {
		if strings.ContainsRune("市区县旗州盟镇乡道", r) && len(runes)-i-1 >= shortestOffice {
			out = append(out, placedOffice{string(runes[:i+1]), plainOffice(string(runes[i+1:]))})
		}
	}
	return out
}

// plainOffice leaves out what one writer puts and another does not.
func plainOffice(s string) string {
	return strings.NewReplacer("和", "", "与", "", "委员会", "委", "办公室", "办").Replace(s)
}

// shortFor reports whether short is made of characters of long in their order, from its first to its last: 人社局 of
// 人力资源社会保障局.
func shortFor(short, long string) bool {
	s, l := []rune(short), []rune(long)
	if len(s) < shortestOffice || len(s) >= len(l) || s[0] != l[0] || s[len(s)-1] != l[len(l)-1] {
		return false
	}
	for _, r := range l {
		if len(s) > 0 && s[0] == r {
			s = s[1:]
		}
	}
	return len(s) == 0
}
