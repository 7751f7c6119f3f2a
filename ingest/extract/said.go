package extract

import (
	"regexp"
	"strings"
)

var (
	resolutionsSaid = regexp.MustCompile(`(?:议定|商定|决定|形成|确定)(?:了)?(?:议定事项)? ?` + countWord + ` ?(?:个|项|件|条)(?:议定)?(?:事项|决议|决定|意见)?`)
	earlierSaid     = regexp.MustCompile(`(?:上次|上一次|上年度?|去年|(?:19|20)\d\d年度?)[^。;,]{0,20}议定(?:的)?(?:事项)?(?:共)? ?` + countWord + ` ?(?:个|项|件|条)(?:事项)?`)
	earlierPart     = regexp.MustCompile(`(?:已?办结|已?完成|已?落实|推进中|正在推进|正在办理|未落实|未完成|未启动|长期坚持|未办结)(?:的|事项)? ?` + countWord + ` ?(?:个|项|件|条)`)
)

// readSaid reads the numbers of resolutions that the text says, this session's and the last one's, and adds up the last
// one's parts: a sum that is off is a doubt.
func (r *reader) readSaid() {
	for i, s := range r.sentences {
		if i < r.event.index || r.others[i] {
			continue
		}
		if m := earlierSaid.FindStringSubmatchIndex(s.text); m != nil && r.out.said.earlier == 0 {
			n := figure(s.text[m[2]:m[3]])
			r.out.said.earlier, r.out.said.earlierAt = n, r.span(s.start+m[0], s.start+m[1])
			r.addUp(s, m[1], n)
			continue
		}
		m := resolutionsSaid.FindStringSubmatchIndex(s.text)
		if m == nil || r.out.said.resolutions != 0 || ofBygone.MatchString(clauseBefore(s.text, m[0])) || r.namesBygoneYear(clauseBefore(s.text, m[0])) ||
			strings.Contains(s.text[m[1]:min(len(s.text), m[1]+6)], "议题") {
			continue
		}
		n := figure(s.text[m[2]:m[3]])
		r.out.said.resolutions, r.out.said.resolutionsAt = n, r.span(s.start+m[0], s.start+m[1])
		if k := len(r.out.Resolutions); k > 0 && n != k {
			r.doubt("文中说议定 %d 项，能辨认的是 %d 项，请核对。", n, k)
		}
	}
}

// addUp sets the parts after a total against it: 「议定事项3项,已办结2项,长期坚持1项」.
func (r *reader) addUp(s sentence, from, total int) {
	parts := earlierPart.FindAllStringSubmatch(s.text[from:], 10)
	sum := 0
	for _, p := range parts {
		sum += figure(p[1])
	}
	if len(parts) > 1 && sum != total {
		r.doubt("上次议定事项共 %d 项，各类相加是 %d 项，请核对。", total, sum)
	}
}
