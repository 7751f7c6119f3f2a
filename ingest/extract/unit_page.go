package extract

import (
	"regexp"
	"strings"
)

var (
	nameHead = regexp.MustCompile(`^(\p{Han}{2,8}?[省市区县旗州盟])(?:19|20)\d\d年`)
	masthead = regexp.MustCompile(`^(\p{Han}{2,15}?(?:[省市区县旗州盟镇乡]|街道))(?:人民政府|总工会|办事处)(?:办公室|办公厅)?(?: *\p{Han}{2,18}总工会)?(?:文件|(?:\p{Han}{0,6})(?:会议)?纪要|办公室)?(?: *(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:印发)?)?$`)
)

// headOfName reads the place at the head of a conference's long name, where its government is only 「市政府」: 「云州市2025年……会议
// 暨市政府与市总工会联席会议」. The two must be of one level.
func (r *reader) headOfName(s sentence, m mention) bool {
	clause := clauseBefore(s.text, m.start-s.start)
	at := nameHead.FindStringSubmatchIndex(clause)
	if at == nil || noPlace.MatchString(clause[at[2]:at[3]]) || !strings.HasSuffix(r.body[:m.start], lastChar(clause[at[2]:at[3]])) {
		return false
	}
	start := m.start - len(clause)
	r.keepUnit(start+at[2], start+at[3])
	return true
}

// mastheadUnit reads the unit of a paper that calls it 「市政府」 throughout from the organ in its masthead or signature, a line
// that says nothing else. Two organs of different places, or of another level, settle nothing.
func (r *reader) mastheadUnit() bool {
	level := r.ownLevel()
	if level == "" {
		return false
	}
	name, found := "", [2]int{}
	for _, l := range r.page {
		at := masthead.FindStringSubmatchIndex(l.text)
		if at == nil || noPlace.MatchString(l.text[at[2]:at[3]]) || lastChar(l.text[at[2]:at[3]]) != level {
			continue
		}
		place, i := lastPlace(l.text[at[2]:at[3]])
		if place == "" || name != "" && place != name {
			return false
		}
		name, found = place, [2]int{l.start + at[2] + i, l.start + at[2] + i + len(place)}
	}
	if name == "" {
		return false
	}
	r.keepUnit(found[0], found[1])
	r.doubt("文中只称本级，单位按文头或落款的「%s」记。", name)
	return true
}

func (r *reader) keepUnit(start, end int) {
	r.out.Unit = r.words(start, end)
	r.mark("unit", start, end)
}

func lastChar(s string) string { return string(lastRune(s)) }
