package extract

import (
	"regexp"
	"strings"
)

// The words for the two sides. A bare 行政 or 街道 is a side only where 与 or 和 follows at once.
const (
	govWords   = `(?:人民政府|政府|行政公署|行署|管理委员会|管委会|办事处|(?:师市|街道|行政)[与和])`
	unionWords = `(?:总工会|工会工作委员会|工会工委|工会联合会|工联会|工会|[省市区县旗州盟]总)`
	sitForm    = `联席(?:\(扩大\))?会议?(?:\(扩大会?议?\))?`
	join       = `(?:\([^()]{0,30}\))?(?:召开|举行)?(?:[与和及同跟、·—\-/ ]{0,3}(?:[与和及同跟、·—\-/ ]|同级|本级)[^\s,。;、与和及:]{0,14}?|(?:\p{Han}{0,7}[省市区县旗州盟镇乡])?)`
)

var (
	govFirst   = regexp.MustCompile(`(` + govWords + `)` + join + `(` + unionWords + `)([^。;:,\n《》]{0,40}?)(` + sitForm + `)`)
	unionFirst = regexp.MustCompile(`(` + unionWords + `)(?:\([^()]{0,30}\))?[与和及同跟、 ]{1,2}[^\s,。;、与和及:]{0,14}?(政府|行署|管委会|办事处|行政|师市)([^。;:,\n《》]{0,40}?)(` + sitForm + `)`)
	anyForm    = regexp.MustCompile(sitForm)

	// foreign names other joint meetings by what stands before 联席会.
	foreign   = regexp.MustCompile(`三方|四方|三家|共青团|妇联|残联|企联|企业联合会|企业家|工商联|企业代表|、企业|劳动关系|人社|人力资源|法院|检察|公安|司法局|民政局|教育局|产改|产业工人队伍建设改革|产业工人队伍建设|欠薪|安全生产|信访|部门间|部门联|协调小组|党政|政法|公益诉讼|河长|招商|医保|征兵|议题征集`)
	threeSide = regexp.MustCompile(`三方|四方|企联|企业联合会|企业家|工商联|企业代表|、企业`)

	// refers tells that the words after 联席会议 make it the name of something else: its rules, its spirit, its office.
	refers  = regexp.MustCompile(`^(?:\([^()]*\))?[”"」]?(?:的)?(?:制度|工作(?:制度|规则|机制|方案|办法|领导)|规则|机制|办法|细则|精神|议定|确定|决定|议决|部署|要求|办公室|成员|联络|筹备|预备|协调小组|协调会|推进会|调度会|督办|督查|培训|方案|前|之前|后|以后|结束后|以来|落实|工作(?:落实|开展)?情况|情况|有关|相关|平台|渠道|作用|形式|名义|建设|资料|材料|台账|议题|议事|议案|的?(?:通知|请示|函|公告|预告|邀请|议程|报告|批复|意见)|召集人|下设|组长|副组长)`)
	minutes = regexp.MustCompile(`^(?:会议)?(?:纪要|记录)`)
)

// maxMentions is how many places of one text are looked at: minutes have a dozen.
const maxMentions = 400

// mention is one place where a conference is named.
type mention struct {
	sentence   int
	start, end int  // bytes of the body, from the first side named to the end of 联席会议
	conference int  // byte of 联席会议
	isJoint    bool // both sides named
	isForeign  bool // another kind of joint meeting
	isRef      bool // its rules, spirit, items …
	isMinutes  bool // 联席会议纪要
	gap        string
	sides      [2]int // where the sides are named on the line above: the government's name ends at sides[1]
}

// findMentions names every 联席会 of the text: joint, bare or foreign.
func (r *reader) findMentions() {
	for i, s := range r.sentences {
		if !strings.Contains(s.text, "联席") {
			continue
		}
		if len(r.mentions) > maxMentions {
			return
		}
		found := map[int]bool{}
		for _, form := range []*regexp.Regexp{govFirst, unionFirst} {
			for _, m := range form.FindAllStringSubmatchIndex(s.text, 50) {
				if !found[m[8]] {
					found[m[8]] = true
					r.addMention(i, s, m[0], m[8], m[9], s.text[m[6]:m[7]], true)
				}
			}
		}
		for _, m := range anyForm.FindAllStringIndex(s.text, 50) {
			if !found[m[0]] {
				r.addMention(i, s, m[0], m[0], m[1], "", false)
			}
		}
	}
}

func (r *reader) addMention(i int, s sentence, start, conference, end int, gap string, isJoint bool) {
	m := mention{sentence: i, start: s.start + start, end: s.start + end, conference: s.start + conference, gap: gap, isJoint: isJoint}
	before := lastRunes(clauseBefore(s.text, start), 24)
	switch {
	case isJoint:
		m.isForeign = foreign.MatchString(gap) || ofEnterprise(s.text, start, conference) || threeSide.MatchString(before+s.text[start:conference])
	default:
		m.isForeign = foreign.MatchString(before)
	}
	after := s.text[end:]
	m.isMinutes = s.isTitle && minutes.MatchString(after)
	m.isRef = inBook(s.text, start) || refers.MatchString(after) || !m.isMinutes && minutes.MatchString(after)
	if m.isMinutes && !isJoint {
		m.sides = r.sidesAbove(i)
		m.isJoint = m.sides[1] > 0
	}
	r.mentions = append(r.mentions, m)
}

// ofEnterprise reports a meeting of an enterprise's own management with its union: 「公司召开行政与工会联席会议」.
func ofEnterprise(s string, start, conference int) bool {
	return strings.HasPrefix(s[start:conference], "行政") && enterprise.MatchString(s)
}

var enterprise = regexp.MustCompile(`公司|集团|企业|工厂|车间|医院|学校|学院|大学|银行|总经理|董事长|院长|校长|厂长`)

// sidesAbove finds a title on two lines: both sides on one, 「2022年联席会议纪要」 on the next. It returns where the
// government's place is named.
func (r *reader) sidesAbove(i int) [2]int {
	if i == 0 || !r.sentences[i-1].isTitle {
		return [2]int{}
	}
	above := r.sentences[i-1]
	m := bothSides.FindStringSubmatchIndex(above.text)
	if m == nil || foreign.MatchString(above.text) {
		return [2]int{}
	}
	return [2]int{above.start + m[2], above.start + m[3]}
}

var bothSides = regexp.MustCompile(`^(\p{Han}{0,20}?)` + govWords + `[ 、与和及]{0,3}\p{Han}{0,16}?` + unionWords + `$`)

// clauseBefore returns what stands before byte i since the last comma or full stop.
func clauseBefore(s string, i int) string {
	s = s[:i]
	return s[strings.LastIndexAny(s, ",;。:，\n")+1:]
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
