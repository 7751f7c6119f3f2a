package extract

import (
	"regexp"
	"strings"
)

var (
	reportVerb  = regexp.MustCompile(`听取|通报|汇报|反馈|回顾|总结`)
	earlierItem = regexp.MustCompile(`(?:上次|上一次|上年度?|上一年度?|去年|前次|历次|近年|(?:19|20)\d\d年度?|第[0-9一二三四五六七八九十百]+次)?[^。;,]{0,16}联席会议?(?:[^。;,]{0,20}(?:落实|办理|完成|执行|进展|推进|办结)|以来)|(?:上次|上一次|上年度?|上一年度?|去年|(?:19|20)\d\d年度?)[^。;,]{0,12}(?:议定|议题|会议确定|会议决定)[^。;,]{0,8}(?:落实|办理|完成|执行|进展|推进|办结)|(?:议定|议决)事项[^。;,]{0,6}(?:落实|办理|完成|执行|进展)情况`)
	toCome      = regexp.MustCompile(`下次|下一次|下年度?|明年|今后|将|要(?:听取|通报|汇报)|应|须`)
	aboutRules  = regexp.MustCompile(`联席会议?(?:工作)?(?:制度|机制|规则)[^议]{0,12}$`)
	reportOn    = regexp.MustCompile(`(?:就|对)(?:上次|上一次|上年度?|去年|(?:19|20)\d\d年度?)[^。;]{0,12}联席会议?[^。;]{0,100}(?:落实|办理|完成|进展|推进)情况[^。;]{0,24}(?:通报|汇报|反馈)`)
	firstEver   = regexp.MustCompile(`无上次(?:议定)?事项|没有上次(?:议定)?事项`)
)

// readReportBack tells whether the meeting heard what became of the last one's resolutions. Not saying so is null, not
// false.
func (r *reader) readReportBack() {
	for i, s := range r.sentences {
		if i < r.event.index || r.others[i] && !strings.Contains(s.text, "听取") || ofOthers.MatchString(firstRunes(s.text, 16)) {
			continue
		}
		if m := reportOn.FindStringIndex(s.text); m != nil && !toCome.MatchString(s.text[m[0]:m[1]]) {
			r.out.ReportBack = pointer(true)
			r.mark("report_back", s.start+m[0], s.start+m[1])
			return
		}
		for _, clause := range clauses(s) {
			if at, ok := reportIn(r.body[clause[0]:clause[1]]); ok {
				r.out.ReportBack = pointer(true)
				r.mark("report_back", clause[0]+at[0], clause[0]+at[1])
				return
			}
		}
	}
	for _, s := range r.sentences {
		if firstEver.MatchString(s.text) {
			r.doubt("文中说没有上次议定事项，「通报上次落实情况」不适用。")
			return
		}
	}
}

// reportIn finds a report on earlier items in a clause: 「听取了上次联席会议议定事项落实情况」, 「对上次议定事项落实情况进行了通报」.
func reportIn(words string) ([2]int, bool) {
	verb := reportVerb.FindStringIndex(words)
	if verb == nil || toCome.MatchString(words) {
		return [2]int{}, false
	}
	if item := earlierItem.FindStringIndex(words[verb[1]:]); item != nil && !aboutRules.MatchString(words[verb[1]:][item[0]:item[1]]) {
		return [2]int{verb[0], verb[1] + item[1]}, true
	}
	item := earlierItem.FindStringIndex(words[:verb[0]])
	if item == nil || aboutRules.MatchString(words[item[0]:item[1]]) {
		return [2]int{}, false
	}
	return [2]int{item[0], verb[1]}, true
}

// clauses divides a sentence at its commas and semicolons.
func clauses(s sentence) [][2]int {
	var out [][2]int
	at := 0
	for i, c := range s.text {
		if c == ',' || c == ';' {
			out = append(out, [2]int{s.start + at, s.start + i})
			at = i + 1
		}
	}
	return append(out, [2]int{s.start + at, s.end})
}
