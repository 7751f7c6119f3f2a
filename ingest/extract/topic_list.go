package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

func inQuotes(s string, i int) bool {
	return strings.LastIndex(s[:i], "“") > strings.LastIndex(s[:i], "”")
}

// objectEnd finds where the object of a verb ends: at 「等……议题」, at the next verb after a comma, at the end of the sentence.
func (r *reader) objectEnd(s string, from int) int {
	end := len(s)
	for _, m := range nextVerb.FindAllStringIndex(s[from:], 20) {
		if !inBook(s, from+m[0]) && !inQuotes(s, from+m[0]) {
			end = from + m[0]
			break
		}
	}
	if to := countedEnd(s, from, end); to > 0 {
		return to
	}
	for _, m := range openEnd.FindAllStringIndex(s[from:end], 20) {
		if !inBook(s, from+m[0]) && !inQuotes(s, from+m[0]) {
			return from + m[1]
		}
	}
	return from + len(strings.TrimRight(s[from:end], "。!?; "))
}

// countedEnd finds 「等三个议题」 beyond a verb that is only part of a topic: the list runs to its number unless the meeting
// does something else before. 0 where there is none.
func countedEnd(s string, from, end int) int {
	for _, m := range countedList.FindAllStringIndex(s[from:], 5) {
		if at := from + m[0]; at >= end && !inBook(s, at) && !inQuotes(s, at) && !anotherAct.MatchString(s[end:at]) {
			return from + m[1]
		}
	}
	return 0
}

var (
	countedList = regexp.MustCompile(`(?:等|这|共)` + countWord + unitWord + kindWord + `(?:议题|提案|议案|事项)`)
	anotherAct  = regexp.MustCompile(`,(?:并|还)?就|听取|会议|要求|强调|指出|希望|决定|议定|通报|传达|印发|部署|汇报`)
)

// divide turns an object into topics; ok is false for one that names nothing.
func (r *reader) divide(start, end int) (topicList, bool) {
	var l topicList
	text := r.body[start:end]
	if m := countHead.FindStringSubmatchIndex(text); m != nil {
		l.count = figure(text[m[2]:m[3]])
		start, text = start+m[1], text[m[1]:]
	}
	isClosed := false // said to be a list of topics, by 等……问题 or a number
	if m := lastOutside(openEnd, text); m != nil {
		l.isOpen, isClosed = true, true
		if m[2] >= 0 {
			l.count, l.isOpen = figure(text[m[2]:m[3]]), false
		}
		text = text[:m[0]]
	} else if m := closedEnd.FindStringSubmatchIndex(text); m != nil {
		l.count, isClosed = figure(text[m[2]:m[3]]), true
		text = strings.TrimRight(text[:m[0]], ",、 ")
		if strings.HasSuffix(text, "的") && !strings.ContainsAny(text, "、;《“") {
			text = "" // 「聚焦职工切身利益的三大议题」 tells of topics and names none
		}
	}
	isAbout := strings.HasPrefix(text, "关于")
	if m := leadIn.FindStringIndex(text); m != nil && m[1] < len(text) && !strings.HasPrefix(text, "《") {
		start, text = start+m[1], text[m[1]:]
	}
	for _, at := range splitList(text, l.isOpen, isAbout) {
		item := text[at[0]:at[1]]
		if m := leadIn.FindStringIndex(item); m != nil && m[1] < len(item) && !strings.HasPrefix(item, "《") {
			at[0] += m[1]
			item = item[m[1]:]
		}
		if bare := strings.TrimSuffix(item, "议题"); bare != item {
			item = strings.TrimSuffix(bare, "的")
			at[1] = at[0] + len(item)
		}
		n := utf8.RuneCountInString(item)
		if n < 2 || isHollow(item) {
			continue
		}
		l.isLoose = l.isLoose || n < 4 && !isClosed && !strings.Contains(item, "》") || runsOn(item)
		l.items = append(l.items, [2]int{start + at[0], start + at[1]})
	}
	return l, len(l.items) > 0 || l.count > 0
}

// runsOn reports several matters in one breath, as a page that lost its marks has them.
func runsOn(item string) bool {
	return utf8.RuneCountInString(item) >= 30 && !strings.ContainsAny(item, "《,") && len(actionVerb.FindAllString(item, 3)) == 3
}

var actionVerb = regexp.MustCompile(`推进|加强|开展|建立|完善|推动|加快|健全|提升|支持|做好|深化|强化|优化`)

func isHollow(item string) bool {
	if strings.ContainsAny(item, "《“") {
		return false
	}
	if strings.HasSuffix(item, "有关工作") || strings.HasSuffix(item, "相关工作") {
		return true
	}
	return utf8.RuneCountInString(hollow.ReplaceAllString(item, "")) < 2
}

// lastOutside finds the last match that stands outside 《》 and “” and at the end of the words.
func lastOutside(form *regexp.Regexp, s string) []int {
	for _, m := range form.FindAllStringSubmatchIndex(s, 20) {
		if !inBook(s, m[0]) && !inQuotes(s, m[0]) && m[1] == len(s) {
			return m
		}
	}
	return nil
}

// splitList divides a list at the marks that stand outside quotes: at ； where there is one, else at 、 and at an 以及 or
// 和 that joins two whole matters. Commas inside a topic stay.
func splitList(s string, isOpen, isAbout bool) [][2]int {
	hasSemicolon := len(outside(s, ";")) > 0
	var cuts [][2]int
	for _, m := range oneAfterOther.FindAllStringIndex(s, 20) {
		if !inBook(s, m[0]) && !inQuotes(s, m[0]) {
			cuts = append(cuts, [2]int{m[0], m[1]})
		}
	}
	var led [][2]int
	if isAbout {
		led = eachAbout(s)
	}
	switch {
	case len(cuts) > 1:
	case len(led) > 0:
		cuts = led
	case hasSemicolon:
		cuts = outside(s, ";")
	case strings.Count(s, "《") > 1:
		cuts = append(outside(s, "、"), outside(s, "和")...)
		cuts = append(cuts, outside(s, "以及")...)
		cuts = append(cuts, outside(s, "》《")...)
	default:
		cuts = append(outside(s, "、"), outside(s, "以及")...)
		for _, c := range append(outside(s, "和"), outside(s, "及")...) {
			if joinsMatters(s, c) || isOpen && joinsDeeds(s, c) {
				cuts = append(cuts, c)
			}
		}
	}
	return between(s, cuts)
}

// eachAbout cuts a list in which every matter begins with 关于 before those: marks and 和 inside a matter are its own. The
// 关于 before the first has been taken off; nil where no other follows.
func eachAbout(s string) [][2]int {
	var cuts [][2]int
	for _, m := range beforeAbout.FindAllStringIndex(s, 20) {
		if !inBook(s, m[0]) && !inQuotes(s, m[0]) {
			cuts = append(cuts, [2]int{m[0], m[1] - len("关于")})
		}
	}
	return cuts
}

var beforeAbout = regexp.MustCompile(`[、,;](?:以及|和|及)?关于|(?:以及|和|及)关于`)

// oneAfterOther is the number before a topic told one by one: 「一是……,二是……」.
var oneAfterOther = regexp.MustCompile(`(?:^|[,;])[一二三四五六七八九十]是`)

// joinsMatters reports whether 和 at c stands between two matters rather than inside one: 「……登记问题和加快推进……」.
func joinsMatters(s string, c [2]int) bool {
	left, right := s[:c[0]], s[c[1]:]
	if i := strings.LastIndex(left, "、"); i >= 0 {
		left = left[i+len("、"):]
	}
	if strings.HasSuffix(left, "以") || strings.Contains(right, "、") && !verbStart.MatchString(right) {
		return false
	}
	if strings.HasPrefix(right, "关于") || quotedWhole.MatchString(left) && !strings.HasPrefix(right, "“") && nounEnd.MatchString(right) {
		return true
	}
	return nounEnd.MatchString(left) && verbStart.MatchString(right) && utf8.RuneCountInString(left) >= 5
}

// joinsDeeds reports whether the only 和 of an open list 「职工法律援助和产业工人队伍建设等议题」 stands between two matters: 等 says that
// they are several, and both sides end in what is done.
func joinsDeeds(s string, c [2]int) bool {
	left, right := s[:c[0]], s[c[1]:]
	return !strings.Contains(s, "、") && !verbStart.MatchString(left) && deedEnd.MatchString(left) && deedEnd.MatchString(right) &&
		utf8.RuneCountInString(left) >= 5 && utf8.RuneCountInString(right) >= 5
}

// quotedWhole is a matter that is only a name in quotation marks: 「“金秋助学”和劳模评选表彰活动事项」.
var quotedWhole = regexp.MustCompile(`^“[^“”]+”$`)

var deedEnd = regexp.MustCompile(`(?:援助|帮扶|救助|建设|改革|保障|维护|服务|培训|竞赛|管理|评选|表彰|待遇|疗休养|慰问|互助|组建|入会|改造|扩建)$`)

// outside lists where a mark stands outside 《》, “” and brackets. 「》《」 is cut between its two characters.
func outside(s, mark string) [][2]int {
	var out [][2]int
	depth := 0
	for i, c := range s {
		if mark == "》《" && strings.HasPrefix(s[i:], mark) {
			out = append(out, [2]int{i + len("》"), i + len("》")})
		}
		switch c {
		case '《', '“', '(', '〈', '「':
			depth++
		case '》', '”', ')', '〉', '」':
			depth = max(0, depth-1)
		}
		if depth == 0 && mark != "》《" && strings.HasPrefix(s[i:], mark) {
			out = append(out, [2]int{i, i + len(mark)})
		}
	}
	return out
}

// listMark is the number in front of an element of a list: 一、 (一) 1. ① 一是.
var listMark = regexp.MustCompile(`^ *(?:[一二三四五六七八九十]是|[(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)]|[一二三四五六七八九十]{1,3}、|[0-9]{1,2} ?[、.．)]|[①-⑳])`)

func between(s string, cuts [][2]int) [][2]int {
	var out [][2]int
	at := 0
	add := func(from, to int) {
		part := s[from:to]
		if m := listMark.FindStringIndex(part); m != nil && m[1] < len(part) {
			from, part = from+m[1], part[m[1]:]
		}
		from += len(part) - len(strings.TrimLeft(part, " ,、;。:"))
		to -= len(part) - len(strings.TrimRight(part, " ,、;。:"))
		if to > from {
			out = append(out, [2]int{from, to})
		}
	}
	for {
		next, found := [2]int{}, false
		for _, c := range cuts {
			if c[0] >= at && (!found || c[0] < next[0]) {
				next, found = c, true
			}
		}
		if !found {
			break
		}
		add(at, next[0])
		if next[1] == at && next[0] == at {
			break
		}
		at = next[1]
		cuts = drop(cuts, next)
	}
	add(at, len(s))
	return out
}

func drop(cuts [][2]int, c [2]int) [][2]int {
	var out [][2]int
	for _, x := range cuts {
		if x != c && x[0] >= c[1] {
			out = append(out, x)
		}
	}
	return out
}
