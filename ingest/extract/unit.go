package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	placeTail = regexp.MustCompile(`\p{Han}{1,24}$`)
	sidesOnly = regexp.MustCompile(`^(?:[省市区县旗州盟镇乡师]|街道)?$`)
	placeCut  = regexp.MustCompile(`^(?:年度?|[月日号](?:上午|下午)?)|^.*(?:[0-9一二三四五六七八九十〇零同当本次]年度?|[0-9一二三四五六七八九十][月日号]|上午|下午|晚上|当晚|今日|今天|昨日|昨天|近日|日前|讯|召开|举行|主持|出席|参加|组织|联合|首场|首次|首届|本场|[^诸]暨|了|的|由|在|会议|关于|与|[会局委部]和)`)
	levelEnd  = regexp.MustCompile(`(?:[省市区县旗州盟镇乡]|街道|地区|开发区|新区|园区|示范区)$`)
	siteHead  = regexp.MustCompile(`^[(]?(\p{Han}{2,4}?)(?:新闻网|网|融媒|发布|日报|电视台|广播|在线)(?:讯|消息|\p{Han}{0,6}(?:讯|消息))`)
	noPlace   = regexp.MustCompile(`会议|联席|座谈|工作|改革|活动|推进|制度|精神|部署|落实`)
	subject   = regexp.MustCompile(`(\p{Han}{2,20}?(?:省|市|区|县|旗|州|盟|镇|乡|街道))(?:召开|举行|组织召开)`)
)

// readUnit reads whose meeting it was from the words before the government's name: 「秦川市汀洲区人民政府」 gives 汀洲区. In a text in
// its own voice (「县政府与县总工会」) the place is taken only where the text itself names it in full.
func (r *reader) readUnit() {
	for _, m := range r.named() {
		if !m.isJoint {
			continue
		}
		s := r.sentences[m.sentence]
		if m.sides[1] > 0 {
			if name, at := lastPlace(r.body[m.sides[0]:m.sides[1]]); name != "" {
				start := m.sides[0] + at
				r.out.Unit = r.words(start, start+len(name))
				r.mark("unit", start, start+len(name))
				return
			}
		}
		from := r.placeStart(s, m.start)
		if name, at := lastPlace(r.body[from:m.start]); name != "" {
			start := from + at
			r.out.Unit = r.words(start, start+len(name))
			r.mark("unit", start, start+len(name))
			return
		}
		if p := subject.FindStringSubmatchIndex(s.text); p != nil {
			at := s.start + p[2]
			if name, i := lastPlace(r.body[at : s.start+p[3]]); name != "" && utf8.RuneCountInString(name) > 1 {
				r.out.Unit = r.words(at+i, at+i+len(name))
				r.mark("unit", at+i, at+i+len(name))
				return
			}
		}
		if r.headOfName(s, m) {
			return
		}
	}
	r.ownVoice()
}

// placeStart widens a mention to the left over the place before the government's name.
func (r *reader) placeStart(s sentence, at int) int {
	return at - len(placeTail.FindString(r.body[s.start:at]))
}

// lastPlace cuts the lowest place name off the end of words like 「日前淮川市临水县县」 and says where it starts; "" for a bare level.
func lastPlace(words string) (string, int) {
	at := 0
	if m := placeCut.FindStringIndex(words); m != nil {
		at = m[1]
	}
	words = strings.TrimSuffix(words, "师市") // 第九师云北市师市行政: a division and its city
	if at > len(words) {
		return "", 0
	}
	name := strings.TrimLeft(words[at:], "省市县旗我全各")
	if name == "" || sidesOnly.MatchString(words[at:]) || utf8.RuneCountInString(name) < 2 {
		return "", 0
	}
	at = len(words) - len(name)
	end := len(name)
	if r := []rune(name); len(r) > 2 && r[len(r)-1] == r[len(r)-2] { // 临水县县政府
		end -= len(string(r[len(r)-1]))
	}
	name = name[:end]
	if !levelEnd.MatchString(name) || noPlace.MatchString(name) {
		return "", 0
	}
	for {
		i := upperLevel(name)
		if i == 0 {
			break
		}
		name, at = name[i:], at+i
	}
	if utf8.RuneCountInString(name) < 2 || name == "自治区" || name == "自治州" || name == "自治县" || name == "自治旗" {
		return "", 0
	}
	return name, at
}

// upperLevel returns the length of the superior place at the front of a name, 0 for none. What is left must be a place by
// itself: 「沙市区」 and 「市中区」 stay whole.
func upperLevel(name string) int {
	runes := []rune(name)
	for i := 1; i < len(runes)-2; i++ {
		left, right := runes[:i+1], runes[i+1:]
		isUpper := strings.ContainsRune("省市盟", runes[i]) && len(left) >= 2 ||
			runes[i] == '州' && len(left) >= 3 || runes[i] == '区' && strings.HasSuffix(string(left), "自治区") ||
			strings.ContainsRune("县旗区", runes[i]) && len(left) >= 2 && strings.ContainsRune("镇乡道", runes[len(runes)-1])
		if isUpper && len(right) >= 2 && !strings.ContainsRune("省市县区镇乡", right[0]) || isUpper && len(right) >= 3 && right[0] == '市' && right[1] == '中' {
			return len(string(left))
		}
	}
	return 0
}

// ownVoice names the unit of a text that says only 县政府: where its site and its body agree on the place.
func (r *reader) ownVoice() {
	for _, s := range r.sentences[:min(3, len(r.sentences))] {
		m := siteHead.FindStringSubmatch(s.text)
		if m == nil {
			continue
		}
		level := r.ownLevel()
		if full := m[1] + level; level != "" {
			if i := strings.Index(r.body, full); i >= 0 {
				r.out.Unit = r.words(i, i+len(full))
				r.mark("unit", i, i+len(full))
				return
			}
		}
		r.doubt("文中没有写明是哪个单位的会议，报头「%s」可供参考。", m[0])
		return
	}
	if r.mastheadUnit() {
		return
	}
	r.doubt("文中没有写明是哪个单位的会议（只称本级），请按报送单位确定。")
}

// ownLevel is 县 in 「县政府与县总工会」, "" where no level is written.
func (r *reader) ownLevel() string {
	m := r.event.mention
	for _, n := range r.named() {
		if n.isJoint {
			m = n
			break
		}
	}
	before := r.body[max(0, m.start-3):m.start]
	if strings.ContainsAny(before, "省市区县旗州盟镇乡") && len(before) == 3 {
		return before
	}
	count, best := map[string]int{}, ""
	for _, m := range ownOrgan.FindAllStringSubmatch(r.body[r.event.sentence.start:], 40) {
		if count[m[1]]++; count[m[1]] > count[best] {
			best = m[1]
		}
	}
	return best
}

// ownOrgan finds the level in the names of a government's own organs.
var ownOrgan = regexp.MustCompile(`([省市区县旗州盟镇乡])(?:人民政府|政府|总工会)`)
