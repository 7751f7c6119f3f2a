package extract

import (
	"regexp"
	"strings"

	"liandu/internal/record"
)

var (
	headPost = regexp.MustCompile(`(?:代理?)?([省市县区州旗盟镇乡])长(?:\([^()]{1,8}\))? ?(\p{Han}{2,4}|\p{Han} \p{Han})`)
	attends  = regexp.MustCompile(`出席|参加|参会|到会|讲话|主持|强调|指出|要求|表示|听取|列席`)
	absent   = regexp.MustCompile(`请假|未出席|未参加|因公|缺席|未到会`)
	absentKV = regexp.MustCompile(`^ *请假(?:人员)? ?[::]`)
)

// readPrincipal tells whether the head of this government was there: true when he presided, attended or spoke, false
// when the text says that he was away, null when it says nothing.
func (r *reader) readPrincipal() {
	if r.out.ChairRank == record.RankPrincipal {
		r.out.PrincipalPresent = pointer(true)
		if s, ok := r.out.Spans["chair_title"]; ok {
			r.out.Spans["principal_present"] = s
		}
		return
	}
	level := r.headLevel()
	if level == "" {
		return
	}
	for i, s := range r.sentences {
		if i < r.event.index-3 && !s.isTitle || r.others[i] {
			continue
		}
		if at, isAway, ok := r.headIn(s, level); ok {
			r.out.PrincipalPresent = pointer(!isAway)
			r.mark("principal_present", at[0], at[1])
			return
		}
	}
}

func pointer[T any](v T) *T { return &v }

// headLevel is the character the head's post is made with: 县 for 县长.
func (r *reader) headLevel() string {
	if own := r.ownLevel(); own != "" {
		return own
	}
	for _, level := range []string{"省", "市", "县", "区", "州", "旗", "盟", "镇", "乡"} {
		if strings.HasSuffix(r.out.Unit, level) {
			return level
		}
	}
	return ""
}

// headIn finds the head of the government in a sentence about who was there.
func (r *reader) headIn(s sentence, level string) (at [2]int, isAway, ok bool) {
	for _, m := range headPost.FindAllStringSubmatchIndex(s.text, 20) {
		m[5] = nameEnd(s.text, m[4], m[5])
		m[1] = m[5]
		before, name := s.text[:m[0]], s.text[m[4]:m[5]]
		if s.text[m[2]:m[3]] != level || isDeputy(before) || !r.namesPerson(name) {
			continue
		}
		after := s.text[m[1]:]
		if onBehalf.MatchString(lastRunes(before, 12)+s.text[m[0]:min(len(s.text), m[1]+30)]) || strings.HasPrefix(after, "委托") {
			continue
		}
		isAway = absent.MatchString(firstRunes(after, 14)) || absentKV.MatchString(s.text)
		if !isAway && !attends.MatchString(after) && !strings.HasPrefix(s.text, "出席") && !strings.HasPrefix(s.text, "参加") {
			continue
		}
		return [2]int{s.start + m[0], s.start + m[1]}, isAway, true
	}
	return [2]int{}, false, false
}

// nameEnd cuts what a person did off the end of words taken for his name: 「林致远出」 of 「林致远出席会议」.
func nameEnd(s string, from, to int) int {
	n := 0
	for i := range s[from:to] {
		if n++; n > 2 && didNext.MatchString(s[from+i:]) {
			return from + i
		}
	}
	return to
}

var didNext = regexp.MustCompile(`^(?:出席|参加|参会|到会|讲话|主持|强调|指出|要求|表示|听取|列席|请假|因公|缺席|未|在会|作了|代表|率|说)`)

// isDeputy reports that the words before 县长 make it another post: 副县长, 原县长, 乡镇长.
func isDeputy(before string) bool {
	for _, w := range []string{"副", "原", "前任", "前", "乡", "镇", "社", "园", "受", "经"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// namesPerson reports whether words after a post begin with a name: 张强 yes, 办公 no.
func (r *reader) namesPerson(words string) bool {
	return isName(firstRunes(strings.ReplaceAll(words, " ", ""), 2), true)
}
