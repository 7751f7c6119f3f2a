package extract

import (
	"regexp"
	"strconv"
	"strings"

	"liandu/internal/cntext"
)

const (
	countWord = `([0-9]{1,2}|[一二两三四五六七八九十]{1,3})`
	unitWord  = `(?:个|项|件|大)(?:方面)?(?:的)?`
	kindWord  = `(?:新一年度的|新一年的|有关|相关|重点|具体|重要|主要|关键|核心|专项|新增|新)?`
	topicNoun = `(?:议题|事项|问题|提案|议案|建议|课题)`
)

var (
	discusses = regexp.MustCompile(`(?:研究讨论|讨论研究|专题研究|研究审议|审议研究|审议讨论|讨论审议|研究协商|协商研究|协商讨论|讨论协商|研究商议|研究确定|研究解决|共同商议|共同研究|审议|研究|讨论|协商|商讨|磋商|商议)(?:并(?:原则)?(?:通过|同意|明确))?(?:通过|同意)?(?:了|过)?`)
	notVerb   = regexp.MustCompile(`^(?:的|事项|议题[^一二三四五六七八九十0-9:]|情况|结果|意见|室|院|所|生|员|会$|会,|稿|制度|机制|协调|沟通|部署|制定|力度|商定|提出|解决机制|民主|会商)`)
	afterVerb = regexp.MustCompile(`(?:进行|进行了|开展|开展了|展开|展开了|作了|予以|深入|充分|认真|调查|经|加强|平等|集体|科学|政策|理论|共同参与的|民主)$`)
	aroundSth = regexp.MustCompile(`(?:围绕|就|针对)([^。\n]{1,400}?)(?:进行|展开|开展|作了|作出|予以)(?:了)?[^,。;]{0,12}?(?:研究|讨论|协商|研讨|交流|审议|商讨|商议|磋商)|(?:围绕|就|针对)([^。\n]{4,400}?(?:议题|事项|问题|工作|内容|事宜))[,]?(?:研究|讨论|协商|研讨|交流|审议|商讨|会商)`)
	nextVerb  = regexp.MustCompile(`,(?:并|会议|会上|还|同时|最后|随后|重点|书面|认真|共同|一致)?(?:听取|研究|审议|讨论|协商|通报|部署|传达|学习|总结|安排|明确|强调|指出|要求|印发|书面|围绕|就|决定|议定|形成|达成|确定|提出|会议|对|希望|表示|共同|进一步|取得|审定|商定|为)|,(?:各|有关|相关|与会|参会|到会|部分|大家)[^,。;《]{0,24}(?:发言|表态|汇报|交流|讨论|意见)`)
	openEnd   = regexp.MustCompile(`(?:,)?等(?:` + countWord + `(?:个|项|件)?(?:方面)?)?(?:的)?(?:有关|相关|重点|具体|重要|主要|重大|涉及[^,。;]{0,16}的)*(?:议题|事项|问题|工作|内容|提案|建议|情况|事宜|$)`)
	closedEnd = regexp.MustCompile(`(?:这|共|共计)?` + countWord + unitWord + kindWord + topicNoun + `$`)
	countHead = regexp.MustCompile(`^(?:以下|下列|如下|提交的|提请的|[^,。;:]{0,14}提[交请出]的|[^,。;:]{0,8}方面(?:的)?)?` + countWord + unitWord + kindWord + topicNoun + `[::,]?`)
	countSaid = regexp.MustCompile(`(?:研究|讨论|审议|商议|协商|听取|提交|提请|安排|围绕|就|形成|确定)[^。;,]{0,30}?` + countWord + unitWord + kindWord + `(议题|事项|提案|议案|问题)|(议题) ?` + countWord + ` ?(?:个|项|件)`)
	leadIn    = regexp.MustCompile(`^(?:了|关于|以下|如下|本次会议|(?:与|涉及)[^,。;、《“]{2,20}?(?:相关|有关|切身利益|利益|关心|关注)的|[^,。;、《“]{2,12}?(?:提请|提交|提出)(?:审议|研究|讨论|商议|协商)?的)+`)
	hollow    = regexp.MustCompile(`有关|相关|大家|普遍|若干|一些|重点|重大|具体|重要|突出|困难|问题|事项|议题|工作|事宜|内容|的|和|及|下一步|下步|今后|当前|下一阶段|热点|难点|焦点|涉及|职工|切身利益|群众|广大|密切|关心|关注|工会|总工会|县|区|市|省|建设|方面|提请|商议|协商|反映|发展|需要|解决|支持|政府|各|年|了|双方|共同|权益|维护|部署|安排|意见|建议|落实|如何|进一步|加强|做好|推动|推进|会议|联席|前期|征集|到|本次|提出|提交|相应|措施|对策|思路|在|中|存在|面临|遇到|实际|迫切|急需|等|实际情况|文件|文稿|材料|其他|就|为|对|与`)
	ofBygone  = regexp.MustCompile(`上次|上一次|上年|去年|上一年度|落实情况|办理情况|完成情况|进展情况|已办结|已完成|以来`)
	ofOthers  = regexp.MustCompile(`会议(?:强调|指出|要求|认为|提出|希望|明确提出)|强调,|指出,|要求,`)
	meetingAs = regexp.MustCompile(`^(?:[\s　]*)(?:会议|会上|联席会|大会|与会|双方|本次|此次|这次|重点|主要|在听取|随后|最后|期间|其间|大家|到会|纪要)`)
	verbStart = regexp.MustCompile(`^(?:加快|推进|加强|开展|建立|完善|解决|支持|落实|做好|提高|推动|关于|规范|深化|实施|举办|成立|设立|修缮|新建|改扩建|改造|增加|将|对|保障|优化|健全|强化|拓展|帮助|协调|拨付|选树|评选|组织|发放|调整|提升|《|“|进一步|继续|积极|全面|大力)`)
	nounEnd   = regexp.MustCompile(`(?:问题|建设|工作|事项|机制|制度|活动|方案|经费|情况|项目|保障|管理|改革|服务|竞赛|待遇|建议|意见|计划|补助|比赛|大赛|培训|职工之家|办法|登记|》|”|议题|事宜|\))$`)
)

// topicList is one list of topics in the text.
type topicList struct {
	items   [][2]int // bytes of the body
	isOpen  bool     // 等, and no number after it
	count   int      // the number said with it, 0 for none
	isLoose bool     // the division is not certain
}

// readTopics reads what was put to the meeting: after 研究、讨论、审议, or between 围绕 and 进行讨论. Hearing a report or passing on a
// spirit is no topic, nor is what the meeting demanded. A number said beside the list decides; a list left open by 等 is
// counted as far as it goes, with a doubt; 「有关问题」 alone is no topic.
func (r *reader) readTopics() {
	var all topicList
	seen := map[string]bool{}
	for i, s := range r.sentences {
		if i < r.event.index || s.isTitle && !r.isListed(s) || !r.isDiscussion(s, i) {
			continue
		}
		for _, list := range r.topicsIn(s) {
			for _, at := range list.items {
				key := cntext.TitleKey(r.body[at[0]:at[1]])
				if key != "" && !seen[key] {
					seen[key] = true
					all.items = append(all.items, at)
				}
			}
			all.isOpen = all.isOpen || list.isOpen && list.count == 0
			all.isLoose = all.isLoose || list.isLoose
			if all.count == 0 {
				all.count = list.count
			}
		}
		if len(all.items) > 40 || all.count > 0 && len(all.items) == all.count { // counted and complete
			break
		}
	}
	if len(all.items) == 0 {
		all.items = r.topicLines()
	}
	said, at := r.countSaid()
	if all.count == 0 || said != 0 && len(all.items) == 0 {
		all.count = said
	}
	r.keepTopics(all, at)
}

var topicHead = regexp.MustCompile(`议题(?:如下|有|为|是|包括|分别是|分别为)?[::]$|议题,形成(?:了)?(?:如下|以下|下列)(?:意见|决议|决定)[::]$`)

// topicLines reads topics that stand on numbered lines of their own under 「会议议题：」.
func (r *reader) topicLines() [][2]int {
	var out [][2]int
	for i := r.event.index; i < len(r.sentences); i++ {
		if s := r.sentences[i]; !topicHead.MatchString(s.text) || ofBygone.MatchString(clauseBefore(s.text, len(s.text)-1)) || r.others[i] {
			continue
		}
		for _, it := range r.listed(i+1, r.sectionEnd(i)) {
			at := it.at
			if i := strings.Index(r.body[at[0]:at[1]], "。"); i > 0 { // 「一、关于……问题。会议同意……」
				at[1] = at[0] + i
			}
			out = append(out, at)
		}
		return out
	}
	return nil
}

func (r *reader) keepTopics(all topicList, at [2]int) {
	n := len(all.items)
	if n > 0 && (!all.isLoose || all.count == n) && (all.count == 0 || n <= all.count) {
		for i, item := range all.items {
			r.out.Topics = append(r.out.Topics, r.words(item[0], item[1]))
			r.mark("topics["+strconv.Itoa(i)+"]", item[0], item[1])
		}
		r.mark("topics", all.items[0][0], all.items[n-1][1])
	}
	switch {
	case all.count > 0:
		r.out.TopicsCount = pointer(all.count)
		if at[1] > at[0] {
			r.mark("topics_count", at[0], at[1])
		}
		if n > 0 && n != all.count {
			r.doubt("文中说有 %d 个议题，能辨认的是 %d 个，请核对。", all.count, n)
		}
	case n == 0:
		r.doubt("文中没有写明议题。")
	case all.isLoose:
		r.doubt("议题之间的分界不清楚，议题数待确认。")
	default:
		r.out.TopicsCount = pointer(n)
		if all.isOpen {
			r.doubt("议题列举后有「等」字，议题可能不止 %d 个。", n)
		}
	}
}

// isListed reports a line of a list of topics under its heading; other titles name no topic.
func (r *reader) isListed(s sentence) bool {
	return meetingAs.MatchString(s.text) || strings.Contains(s.text, "会议研究")
}

// isDiscussion reports whether a sentence tells what this meeting did.
func (r *reader) isDiscussion(s sentence, i int) bool {
	if r.others[i] || ofOthers.MatchString(firstRunes(s.text, 16)) {
		return false
	}
	return i == r.event.index || meetingAs.MatchString(s.text) ||
		strings.Contains(s.text, "会议") && discussClause.MatchString(s.text) && !overYears.MatchString(s.text) && !r.isSpoken(i)
}

var (
	overYears = regexp.MustCompile(`^(?:近年来|多年来|几年来|一年来|长期以来|过去)`)
	speaks    = regexp.MustCompile(`(?:强调|指出|要求|表示|希望|认为|说)[,:]`)
)

// isSpoken reports a sentence that goes on with what somebody said in the sentences before it, on the same line.
func (r *reader) isSpoken(i int) bool {
	for j := i - 1; j >= max(0, i-8) && r.sentences[j].line == r.sentences[i].line; j-- {
		if speaks.MatchString(firstRunes(r.sentences[j].text, 40)) {
			return true
		}
		if meetingAs.MatchString(r.sentences[j].text) {
			return false
		}
	}
	return false
}

var discussClause = regexp.MustCompile(`(?:^|[,;])(?:会议|会上)?(?:听取|研究|讨论|审议|围绕)`)

// topicsIn lists the topics of one sentence.
func (r *reader) topicsIn(s sentence) []topicList {
	var out []topicList
	done := 0
	for _, m := range aroundSth.FindAllStringSubmatchIndex(s.text, 5) {
		from, to := m[2], m[3]
		if from < 0 {
			from, to = m[4], m[5]
		}
		if l, ok := r.divide(s.start+from, s.start+to); ok && !ofBygone.MatchString(s.text[from:to]) {
			out = append(out, l)
		}
		done = m[1]
	}
	for _, m := range bookTopics.FindAllStringSubmatchIndex(s.text, 5) {
		if words := sinceThis(clauseBefore(s.text, m[0])); m[0] < done || ofBygone.MatchString(words) || r.namesBygoneYear(words) {
			continue
		}
		if l, ok := r.divide(s.start+m[2], s.start+m[3]); ok {
			out, done = append(out, l), m[1]
		}
	}
	for _, m := range passedTopics.FindAllStringSubmatchIndex(s.text, 5) {
		if l, ok := r.divide(s.start+m[2], s.start+m[3]); ok && m[0] >= done && !ofOthers.MatchString(clauseBefore(s.text, m[0])) {
			out, done = append(out, l), m[1]
		}
	}
	for _, m := range discusses.FindAllStringIndex(s.text, 20) {
		if s.start+m[0] < r.heldAlso(s) {
			continue // what the meeting did within which this one was held
		}
		if m[0] < done || inBook(s.text, m[0]) || inQuotes(s.text, m[0]) || notVerb.MatchString(s.text[m[1]:]) || afterVerb.MatchString(s.text[:m[0]]) {
			continue
		}
		if before := clauseBefore(s.text, m[0]); ofOthers.MatchString(before) || strings.Contains(before, "要") && !strings.Contains(before, "主要") {
			continue
		}
		if before := clauseBefore(s.text, m[0]); isHeard.MatchString(before) && !joinsVerb.MatchString(before) {
			continue // 「听取了……提请研究事项的汇报」
		}
		end := r.objectEnd(s.text, m[1])
		if end <= m[1] {
			continue
		}
		done = end
		if l, ok := r.divide(s.start+m[1], s.start+end); ok && !ofBygone.MatchString(s.text[m[1]:end]) {
			out = append(out, l)
		}
	}
	return out
}

// bookTopics is 「提出了《甲》《乙》两项议题」.
var bookTopics = regexp.MustCompile(`提(?:出|交|请)(?:了)?((?:《[^《》]{2,60}》[、,和及]?){1,12}(?:等)?` + countWord + unitWord + kindWord + `(?:议题|提案|议案))(?:,|。|;|$)`)

// passedTopics is 「通过了提交会议审议的甲和乙事项」.
var passedTopics = regexp.MustCompile(`通过(?:了)?(?:提交|提请)(?:本次|此次)?(?:联席)?(?:会议)?(?:审议|研究|讨论)的([^,。;]{4,120})`)

// heldAlso is the byte where a sentence comes to a conference held within another meeting: 「研究……,并召开……联席会议」; 0
// where it tells of no other.
func (r *reader) heldAlso(s sentence) int {
	if s.start != r.event.sentence.start || !alsoHeld.MatchString(r.body[s.start:r.event.verb]) {
		return 0
	}
	return r.event.verb
}

var alsoHeld = regexp.MustCompile(`,(?:并|还|同时|会后|随后|期间)$`)

var (
	isHeard   = regexp.MustCompile(`听取|汇报|通报`)
	joinsVerb = regexp.MustCompile(`(?:并|和|及|、|后|还|认真|重点|集体|共同)$`)
)

// countSaid finds the number of topics where the text says it: 「研究讨论了4个议题」, 「形成议题4个」.
func (r *reader) countSaid() (int, [2]int) {
	for i, s := range r.sentences {
		if i < r.event.index || r.others[i] || s.isTitle && i > r.event.index {
			continue
		}
		for _, m := range countSaid.FindAllStringSubmatchIndex(s.text, 10) {
			words := clauseBefore(s.text, m[0]) + s.text[m[0]:m[1]]
			words = sinceThis(words)
			if ofBygone.MatchString(words+firstRunes(s.text[m[1]:], 10)) || r.namesBygoneYear(words) {
				continue
			}
			at := m[2:4]
			if at[0] < 0 {
				at = m[8:10]
			}
			if n := figure(s.text[at[0]:at[1]]); n > 0 {
				return n, [2]int{s.start + m[0], s.start + m[1]}
			}
		}
	}
	return 0, [2]int{}
}

// sinceThis drops what a clause says of the last meeting before it comes to 本次会议.
func sinceThis(words string) string {
	for _, w := range []string{"本次", "此次", "这次"} {
		if i := strings.LastIndex(words, w); i >= 0 {
			return words[i:]
		}
	}
	return words
}

// namesBygoneYear reports that words speak of an earlier session.
func (r *reader) namesBygoneYear(words string) bool {
	for _, m := range yearWords.FindAllStringSubmatch(words, 5) {
		if y := figure(m[1]); y != 0 && r.out.SessionYear != 0 && y < r.out.SessionYear {
			return true
		}
	}
	if m := ordinals.FindStringSubmatch(words); m != nil && m[1] != "" && r.out.Ordinal != 0 {
		return figure(m[1]) != r.out.Ordinal && strings.Contains(words, "联席会")
	}
	return false
}
