package extract

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"liandu/internal/cntext"
)

var (
	resolves    = regexp.MustCompile(`(?:会议|会上|双方|联席会议?|会议经[^,。;]{1,16}[,]?|经[^,。;]{2,16}[,]?)(?:一致|最后|还|研究|讨论|协商|并|原则)*(?:议定|商定|决定|同意|审定|议决)(?:了)?(?:以下|如下|下列)?(?:(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:个|项|件)(?:方面)?(?:的)?)?(?:事项|内容|意见|议题)?[:,]?|形成(?:了)?(?:如下|以下|下列)(?:一致)?(?:意见|决议|决定):`)
	passes      = regexp.MustCompile(`(?:审议|讨论|研究|表决|一致)(?:并)?(?:原则|一致)?通过(?:了)?`)
	sectionHead = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十]+部分)? ?[^。,]{0,12}(?:议定(?:的)?事项|会议议定|研究议定|确定事项|决定事项|议定如下|议定以下|议定意见)[^。,]{0,6}[:]?$`)
	sectionMark = regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、`)
	bygoneHead  = regexp.MustCompile(`上次|上一次|上年|去年|落实|办理|完成情况`)
	enumerated  = regexp.MustCompile(`^ *(?:[(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)]|[一二三四五六七八九十]{1,3}[、.]|[0-9]{1,2} ?[、.．)](?:[^0-9]|$)|[①-⑳]|第[一二三四五六七八九十]+项?[,、:])`)
	oneByOne    = regexp.MustCompile(`(?:^|[;。,:])(?:[一二三四五六七八九十]{1,2})(?:是|要)`)
	leadBy      = regexp.MustCompile(`由([^,。;、()]{2,24}?)(?:牵头|负责|主办|承办|组织实施|会同|协调|统筹|落实)|(?:牵头|责任|承办|主办|负责)(?:责任)?(?:单位|部门)(?:为|是)?[::]?([^,。;()]{2,40})|(?:^|[,;:(])([^,。;、由(]{2,20}?)牵头`)
	ownerIs     = regexp.MustCompile(`(?:责任人|负责人|责任领导|牵头领导)(?:为|是)?[::]?([^,。;()]{2,30})`)
	dueIs       = regexp.MustCompile(`((?:(?:20\d\d|二[〇零]\p{Han}{2})年|今年|明年|本年度?|年)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|底|末|初|上旬|中旬|下旬)*|年?底|年末|年内|上半年|第?[一二三四1-4]季度末?|[一二三四五六七八九十两0-9]{1,2}个月|[0-9]{1,3}个?工作日)(?:内|之前|以前|前)?)(?:[^,。;]{0,12}?(?:完成|办结|落实|建成|解决|到位|启动|实施|印发|出台|投用|达到|开工|投入使用|上报|前))`)
	dueLabel    = regexp.MustCompile(`(?:完成|办结|办理|落实)(?:时限|期限|时间)(?:为|是)?[::]?([^,。;()]{2,24})`)
	longTerm    = regexp.MustCompile(`长期坚持|长期`)
	detailStart = regexp.MustCompile(`[,。;(](?:由[^,。;]{2,24}(?:牵头|负责|主办|承办|组织|会同|协调)|(?:牵头|责任|承办|主办|配合)(?:责任)?(?:单位|部门)|责任人|完成时限|办结时限|[^,。;]{2,20}牵头[,。;]|[^,。;]{0,20}前完成|[^,。;]{2,20}牵头负责)`)
)

// readResolutions reads what the meeting decided: the items after 会议议定, the documents it passed, the numbered items under
// the heading of minutes, and the rows of an attached list. A topic is no resolution, and neither is a demand.
func (r *reader) readResolutions() {
	items := r.decided()
	if rows := r.tableRows(); len(rows) > 0 {
		items = r.mergeRows(items, rows)
	}
	for i := range items {
		items[i].Item = i + 1
		r.mark("resolutions["+strconv.Itoa(i)+"]", items[i].at[0], items[i].at[1])
		r.out.Resolutions = append(r.out.Resolutions, items[i].Resolution)
	}
}

// item is a resolution and its words.
type item struct {
	Resolution
	at [2]int
}

func (r *reader) decided() []item {
	var out []item
	seen := map[string]bool{}
	add := func(it item) {
		for _, have := range out {
			if have.at[0] <= it.at[0] && it.at[1] <= have.at[1] { // the words of an item already read
				return
			}
		}
		if key := cntext.TitleKey(it.Title); key != "" && !seen[key] && len(out) < 200 {
			seen[key] = true
			out = append(out, it)
		}
	}
	for i := 0; i < len(r.sentences); i++ {
		s := r.sentences[i]
		if i < r.event.index || r.others[i] {
			continue
		}
		if r.isSection(s) {
			end := r.sectionEnd(i)
			for _, it := range r.listed(i+1, end) {
				add(it)
			}
			i = max(i, end-1)
			continue
		}
		m := decision(s.text)
		if m == nil {
			for _, it := range r.passed(s) {
				add(it)
			}
			continue
		}
		if rest := strings.Trim(s.text[m[1]:], "。: "); rest == "" {
			for _, it := range r.listed(i+1, r.sectionEnd(i)) {
				add(it)
			}
			continue
		}
		for _, it := range r.inSentence(s, m[1]) {
			add(it)
		}
	}
	return out
}

// decision finds the words of deciding in a sentence, nil for none: not a name, not about the last meeting's items.
func decision(text string) []int {
	for _, m := range resolves.FindAllStringIndex(text, 10) {
		isBygone := ofBygone.MatchString(text[:m[0]]) && !strings.HasPrefix(text[m[0]:], "形成")
		if !isBygone && !inBook(text, m[0]) && !isNoun(text, m) && !strings.HasPrefix(text[m[1]:], "的") {
			return m
		}
	}
	return nil
}

// isNoun tells 「联席会议议定事项」 as a name from the verb: inside a clause, or with no list after it.
func isNoun(text string, m []int) bool {
	if before := strings.TrimRight(text[:m[0]], " "); before != "" && !strings.ContainsRune(",;。:)", lastRune(before)) {
		return true
	}
	if strings.HasPrefix(text[m[0]:m[1]], "形成") {
		return false
	}
	words := strings.TrimSuffix(text[m[0]:m[1]], ",")
	for _, w := range []string{"事项", "内容", "意见", "议题"} {
		if strings.HasSuffix(words, w) {
			return !strings.HasPrefix(text[m[1]:], "如下")
		}
	}
	return false
}

func (r *reader) isSection(s sentence) bool {
	return s.isTitle && sectionHead.MatchString(s.text) && !bygoneHead.MatchString(s.text) && !strings.Contains(s.text, "清单")
}

// sectionEnd is the sentence after the items that follow a heading: the next heading of its level, or the first line that
// carries no number.
func (r *reader) sectionEnd(i int) int {
	isHeading := sectionMark.MatchString(r.sentences[i].text)
	for j := i + 1; j < len(r.sentences); j++ {
		s := r.sentences[j]
		if s.line == r.sentences[j-1].line {
			continue
		}
		if isHeading && sectionMark.MatchString(s.text) || !enumerated.MatchString(s.text) && (!isHeading || j > i+1 && !strings.Contains(s.text, "\t") && resolveStop.MatchString(s.text)) {
			return j
		}
	}
	return len(r.sentences)
}

var resolveStop = regexp.MustCompile(`^(?:会议|出席|列席|请假|附件|分送|抄送|记录|主持|\d{4}年)`)

// listed reads numbered lines; a line's later sentences belong to its item.
func (r *reader) listed(from, to int) []item {
	var out []item
	for i := from; i < to; i++ {
		s := r.sentences[i]
		m := enumerated.FindStringIndex(s.text)
		if m == nil {
			continue
		}
		end := i + 1
		for end < to && !enumerated.MatchString(r.sentences[end].text) && r.sentences[end].line <= s.line+1 {
			end++
		}
		start, stop := s.start+m[1], r.sentences[end-1].end
		if n := len(s.text[m[0]:m[1]]); n > 0 && !strings.ContainsAny(s.text[m[1]-1:m[1]], ")]") && utf8.RuneCountInString(s.text[:m[1]]) > 0 {
			if c := lastRune(s.text[:m[1]]); !strings.ContainsRune("、.．),:项", c) && (c < '①' || c > '⑳') {
				start -= len(string(c)) // the mark's look at the character behind it
			}
		}
		out = append(out, r.itemOf(start, stop))
	}
	return out
}

// inSentence reads 「会议议定,甲;乙;丙。」.
func (r *reader) inSentence(s sentence, from int) []item {
	rest := s.text[from:]
	if strings.HasPrefix(rest, "要") || strings.HasPrefix(rest, "必须") || isHollow(strings.Trim(rest, "。")) {
		return nil
	}
	var out []item
	for _, at := range between(rest, outside(rest, ";")) {
		part := rest[at[0]:at[1]]
		if m := oneByOne.FindStringIndex(part); m != nil && m[0] == 0 {
			at[0] += m[1]
			part = part[m[1]:]
		}
		if m := enumerated.FindStringIndex(part); m != nil && m[1] < len(part) && strings.HasPrefix(part, "(") {
			at[0] += m[1]
		}
		if utf8.RuneCountInString(rest[at[0]:at[1]]) < 4 {
			continue
		}
		out = append(out, r.itemOf(s.start+from+at[0], s.start+from+at[1]))
	}
	return out
}

// passed reads 「审议并通过了《甲》、《乙》」.
func (r *reader) passed(s sentence) []item {
	m := passes.FindStringIndex(s.text)
	if m == nil || inBook(s.text, m[0]) || ofOthers.MatchString(firstRunes(s.text, 16)) || !strings.Contains(s.text, "会议") {
		return nil
	}
	end := r.objectEnd(s.text, m[1])
	list, ok := r.divide(s.start+m[1], s.start+max(end, m[1]))
	if !ok || list.isLoose {
		return nil
	}
	var out []item
	for _, at := range list.items {
		it := item{at: at}
		it.Title = r.words(at[0], at[1])
		out = append(out, it)
	}
	if strings.Contains(s.text[m[0]:m[1]], "原则") {
		r.doubt("「原则通过」的事项是否算议定事项，请人工确认。")
	}
	return out
}

// itemOf reads one item: its title up to the words about who and when, and those.
func (r *reader) itemOf(start, end int) item {
	text := r.body[start:end]
	it := item{at: [2]int{start, end}}
	titleEnd := len(text)
	if m := detailStart.FindStringIndex(text); m != nil && m[0] > 6 {
		titleEnd = m[0]
	}
	if i := strings.Index(text, "。"); i > 6 && i < titleEnd {
		titleEnd = i
	}
	title := strings.TrimRight(text[:titleEnd], "。;,: ")
	it.Title = r.words(start, start+len(title))
	if m := leadBy.FindStringSubmatchIndex(text); m != nil {
		it.LeadUnit = r.group(start, m, 1, 2, 3)
	}
	if m := ownerIs.FindStringSubmatchIndex(text); m != nil {
		it.Owner = r.group(start, m, 1)
	}
	if m := dueLabel.FindStringSubmatchIndex(text); m != nil {
		it.DueText = r.group(start, m, 1)
	} else if m := dueIs.FindStringSubmatchIndex(text); m != nil {
		it.DueText = r.group(start, m, 1)
	} else if m := longTerm.FindStringIndex(text); m != nil {
		it.DueText = pointer(text[m[0]:m[1]])
	}
	r.readDue(&it)
	return it
}

func (r *reader) group(start int, m []int, groups ...int) *string {
	for _, g := range groups {
		if m[2*g] >= 0 {
			if w := r.words(start+m[2*g], start+m[2*g+1]); w != "" {
				return &w
			}
		}
	}
	return nil
}

// readDue gives a deadline its day where its words name the year; 「年底前」 stays words.
func (r *reader) readDue(it *item) {
	if it.DueText == nil {
		return
	}
	if d, ok := cntext.Date(*it.DueText, cntext.DateOptions{}); ok && !d.YearAssumed {
		it.DueOn = d.Date
	}
}
