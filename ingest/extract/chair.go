package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"liandu/internal/cntext"
	"liandu/internal/record"
)

const titleEnd = `(?:书记|(?:省|市|区|县|旗|州|盟|镇|乡|师|团|部|局|处|科|院|校|所|站|秘书|检察|厅|司|组|队|理事|董事|会)长|主席|主任|常委|委员|党组成员|专员|调研员|巡视员|政委|苏木达|召集人|负责人|负责同志|候选人|人选|助理|顾问|总经理|领导)(?:\([^()]{1,16}\))?`

var (
	chairs     = regexp.MustCompile(`主持(?:了)?(?:召开|会议|联席会|本次|此次|这次|大会|开幕|并|,|。|;|$| |、|\n|议程)|主持(?:了)?[^,。;\n]{0,40}联席会`)
	chairTypo  = regexp.MustCompile(`持会议`)
	passive    = regexp.MustCompile(`由([^,。;\n]{2,60}?)主持`)
	chairLabel = regexp.MustCompile(`^ *(?:会议)?主 ?持(?: ?人|领导|者)? ?[::\t ] *([^;。\n]{2,60})`)
	titleWord  = regexp.MustCompile(titleEnd)
	titleStop  = regexp.MustCompile(`^.*(?:会议|联席会|\d[日号]|[日号](?:上午|下午)|上午|下午|晚上|当晚|[^高]由|[^\p{Han}]由|^由|委托,?|指派,?|讯|消息|报道|召开|举行|的是|其间|期间|会上|[)）】])`)
	adverbs    = regexp.MustCompile(`(?:同志|先生|女士|出席(?:会议|联席会议?|活动)?并|参加(?:会议)?并|到会并|亲自|首次|专程|共同|联合|分别|[在于][^在于,。;]{2,40}|代表[^,。;]{2,20}|[受经][^受经,。;]{1,20}(?:委托|指派|授权))$`)
	together   = regexp.MustCompile(`共同|联合|分别|轮流`)
	onBehalf   = regexp.MustCompile(`(?:受|经)[^。;]{2,40}?(?:委托|指派|授权)`)
	notAName   = regexp.MustCompile(`会议|联席|工会|政府|分别|同志|主持|领导|有关|部门|负责|单位|出席|参加|代表|首次|现场|活动|仪式|现任|我们|大家`)
	compounds  = regexp.MustCompile(`^(?:欧阳|完颜|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|夏侯|端木|呼延|南宫|独孤|拓跋|申屠|轩辕|闻人|澹台|赫连|太史|东郭|西门|钟离|鲜于|闾丘|乐正|纳兰|叶赫|那拉|爱新)`)
	ruleChair  = regexp.MustCompile(`应当|应由|必须|每年|可由|一般由|原则上|规定|要求由`)
	bygoneSaid = regexp.MustCompile(`上次|上一次|去年|上年度|前次|历次|以往`)
	foreignSit = regexp.MustCompile(`常务会|座谈会|推进会|调度会|办公会|全会|代表大会|慰问|启动仪式|调研`)
)

// person is somebody in a post, as the text names him.
type person struct {
	name, title        string
	nameAt, titleAt    [2]int // bytes of the body
	isJoint, isBehalfs bool
}

// readChair reads who presided. Attending, speaking, being convenor or leading a group is not presiding; two people who
// presided, or a sentence that names none, are a person's matter.
func (r *reader) readChair() {
	found := r.presiders()
	var names []person
	for _, p := range found {
		known := false
		for i, q := range names {
			if p.name == q.name || p.name == "" || q.name == "" {
				known = true
				if q.name == "" || q.title == "" && p.title != "" || q.name == p.name && len(p.title) > len(q.title) {
					if p.name == "" {
						p.name, p.nameAt = q.name, q.nameAt
					}
					names[i] = p
				}
			}
		}
		if !known {
			names = append(names, p)
		}
	}
	switch {
	case len(names) == 0:
		r.doubt("文中未载明主持人。")
		return
	case len(names) > 1 || names[0].isJoint:
		r.doubt("文中写有不止一位主持人，请人工确认。")
		return
	}
	p := names[0]
	if p.title == "" {
		r.findTitle(&p)
	}
	r.out.ChairName, r.out.ChairTitle, r.out.ChairDelegated = p.name, p.title, p.isBehalfs
	r.mark("chair_name", p.nameAt[0], p.nameAt[1])
	r.mark("chair_title", p.titleAt[0], p.titleAt[1])
	if p.title == "" {
		r.doubt("主持人「%s」的职务文中未载明。", p.name)
		return
	}
	rank, delegated := cntext.ChairRank(p.title, cntext.ChairOptions{Level: levelOf(r.out.Unit, r.ownLevel()), Unit: r.out.Unit})
	r.out.ChairRank = rank
	r.out.ChairDelegated = p.isBehalfs || delegated
	if r.out.ChairDelegated {
		r.doubt("主持人系受委托主持，是否视同正职主持依制度而定。")
	}
	if p.name == "" {
		r.doubt("文中只写了主持人的职务，没有姓名。")
	}
}

// levelOf is the level a name's last character gives. A 市 may be of either level and gives none.
func levelOf(unit, own string) record.Level {
	if unit == "" {
		unit = own
	}
	switch {
	case strings.HasSuffix(unit, "县"), strings.HasSuffix(unit, "旗"):
		return record.LevelCounty
	case strings.HasSuffix(unit, "开发区"), strings.HasSuffix(unit, "园区"), strings.HasSuffix(unit, "示范区"), strings.HasSuffix(unit, "高新区"), strings.HasSuffix(unit, "新区"):
		return record.LevelZone
	case strings.HasSuffix(unit, "区"):
		return record.LevelCounty
	case strings.HasSuffix(unit, "镇"), strings.HasSuffix(unit, "乡"), strings.HasSuffix(unit, "街道"):
		return record.LevelTownship
	}
	return ""
}

// presiders lists who the text says presided over this meeting.
func (r *reader) presiders() []person {
	var out []person
	from := max(0, r.event.index-3)
	for i, s := range r.sentences {
		if i < from && !s.isTitle || r.others[i] {
			continue
		}
		if m := chairLabel.FindStringSubmatchIndex(s.text); m != nil {
			if p, ok := r.labelled(s.start+m[2], s.start+m[3]); ok {
				out = append(out, p)
				continue
			}
		}
		if !strings.Contains(s.text, "持") || ruleChair.MatchString(s.text) && i != r.event.index {
			continue
		}
		out = append(out, r.presidersIn(s)...)
	}
	return out
}

func (r *reader) presidersIn(s sentence) []person {
	var out []person
	seen := map[int]bool{}
	add := func(start, verb int) {
		if seen[verb] {
			return
		}
		seen[verb] = true
		if p, ok := r.personBefore(s, start, verb); ok {
			out = append(out, p)
		}
	}
	for _, m := range passive.FindAllStringSubmatchIndex(s.text, 10) {
		after := s.text[m[1]:]
		if strings.HasPrefix(after, "人") || strings.HasPrefix(after, "日常") || strings.HasPrefix(after, "工作") {
			continue
		}
		add(m[2], m[3])
	}
	for _, m := range chairs.FindAllStringIndex(s.text, 10) {
		add(0, m[0])
	}
	for _, m := range chairTypo.FindAllStringIndex(s.text, 10) {
		if before := lastRune(s.text[:m[0]]); !strings.ContainsRune("主支坚保秉维", before) {
			add(0, m[0])
		}
	}
	return out
}

// personBefore reads the person named before a verb: posts joined by 、 (or a comma where a mirror put one), then the name.
func (r *reader) personBefore(s sentence, from, verb int) (person, bool) {
	segment := s.text[from:verb]
	cut := strings.LastIndexAny(segment, ",;:\n\t")
	p := person{isBehalfs: onBehalf.MatchString(lastRunes(s.text[:verb], 80))}
	tail := segment[cut+1:]
	if i := strings.LastIndex(tail, "下,"); i >= 0 {
		tail = tail[i+4:]
	}
	end := verb
	for {
		t := strings.TrimRight(tail, " ")
		m := adverbs.FindStringIndex(t)
		if m == nil || m[0] == 0 {
			tail = t
			break
		}
		p.isJoint = p.isJoint || together.MatchString(t[m[0]:])
		tail = t[:m[0]]
	}
	if tail == "" && cut >= 0 { // 「副县长林某,主持会议」
		return person{}, false
	}
	end = s.start + from + cut + 1 + len(tail)
	start := end - len(tail)
	nameAt, titleTo, ok := splitName(tail)
	if !ok {
		return person{}, false
	}
	if nameAt < len(tail) {
		p.nameAt = [2]int{start + nameAt, end}
		p.name = squeeze(r.words(p.nameAt[0], p.nameAt[1]))
	}
	if titleTo > 0 {
		p.titleAt = [2]int{r.titleStart(s, s.start+from, start, start+titleTo), start + titleTo}
		p.title = r.title(p.titleAt)
	}
	return p, p.name != "" || p.title != ""
}

// splitName divides words into posts and a name: where the name starts and where the posts end. Without posts the
// words must be a name by themselves, surname and all.
func splitName(words string) (nameAt, titleTo int, ok bool) {
	found := titleWord.FindAllStringIndex(words, -1)
	for i := len(found) - 1; i >= 0; i-- {
		rest := words[found[i][1]:]
		trimmed := strings.TrimLeft(rest, " ")
		if isName(trimmed, false) {
			return len(words) - len(trimmed), found[i][1], true
		}
		if trimmed == "" && i == len(found)-1 && !bareTitle.MatchString(words) {
			return len(words), found[i][1], true
		}
	}
	bare := words
	if m := titleStop.FindStringIndex(bare); m != nil {
		bare = bare[m[1]:]
	}
	if i := strings.LastIndexAny(bare, "、 "); i >= 0 {
		if last := strings.TrimLeft(bare[i:], "、 "); utf8.RuneCountInString(last) > 1 || strings.HasSuffix(bare[:i], "、") {
			bare = last
		} else if b := []rune(strings.ReplaceAll(bare, " ", "")); len(b) != 2 {
			bare = last
		}
	}
	if isName(bare, true) {
		return len(words) - len(bare), 0, true
	}
	return 0, 0, false
}

// bareTitle is a post that names nobody in particular: who presided is still not said.
var bareTitle = regexp.MustCompile(`(?:负责人|负责同志|领导)$`)

// isName reports whether words may be a person's name. strict asks for a surname, for words that no post stands before.
func isName(words string, strict bool) bool {
	s := strings.ReplaceAll(words, " ", "")
	n := utf8.RuneCountInString(s)
	if strings.Contains(s, "·") {
		return n >= 4 && n <= 16 && !notAName.MatchString(s)
	}
	for _, c := range s {
		if !unicode.Is(unicode.Han, c) {
			return false
		}
	}
	if n < 2 || n > 4 || notAName.MatchString(s) {
		return false
	}
	isCompound := compounds.MatchString(s)
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case n == 4 && !isCompound:
		return !strict && !strings.ContainsRune(surnames, first)
	case strict:
		return isCompound || strings.ContainsRune(surnames, first)
	}
	return true
}

// titleStart walks back from the end of the last post over the posts before it, joined by 、 or by a comma after which no
// name has come in between.
func (r *reader) titleStart(s sentence, floor, start, end int) int {
	at, isFirst := end, true
	words := r.body[max(floor, s.start):end]
	for words != "" {
		cut, next := lastMark(words)
		part := words[next:]
		if !isFirst && !endsInPost(part) {
			return at
		}
		isFirst = false
		if m := titleStop.FindStringIndex(part); m != nil && m[1] < len(part) {
			return end - len(words) + next + m[1] + leading(part[m[1]:])
		}
		if i := strings.LastIndex(part, " "); i >= 0 && len(part)-i > 4 {
			return end - len(words) + next + i + 1
		}
		at = end - len(words) + next + leading(part)
		if cut < 0 || strings.ContainsRune(";。:\n\t", rune(words[cut])) {
			return at
		}
		end, words = end-len(words)+cut, words[:cut]
	}
	return at
}

// lastMark returns where the last mark of words begins and ends, -1 and 0 for none.
func lastMark(words string) (int, int) {
	i := strings.LastIndexAny(words, "、,;。:\n\t")
	if i < 0 {
		return -1, 0
	}
	_, n := utf8.DecodeRuneInString(words[i:])
	return i, i + n
}

func leading(s string) int { return len(s) - len(strings.TrimLeft(s, " 由经")) }

// endsInPost reports whether words end in a post with no name after it.
func endsInPost(words string) bool {
	all := titleWord.FindAllStringIndex(words, -1)
	return len(all) > 0 && all[len(all)-1][1] == len(strings.TrimRight(words, " ")) && !bareTitle.MatchString(words)
}

// title returns posts as the text has them, the mirror's marks mended.
func (r *reader) title(at [2]int) string {
	return squeeze(strings.Trim(r.words(at[0], at[1]), " 、,，"))
}

// squeeze drops every space: those inside 「沈　砚」 only fill a column.
func squeeze(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, s)
}

// labelled reads what stands after 「主持人：」: 沈砚（区长） · 区长 沈砚 · 沈砚 区长 · 沈砚.
func (r *reader) labelled(start, end int) (person, bool) {
	text := r.body[start:end]
	if i := strings.IndexAny(text, "\t,"); i > 0 {
		text = text[:i]
	}
	if m := labelBracket.FindStringSubmatchIndex(text); m != nil && isName(text[m[2]:m[3]], false) {
		p := person{nameAt: [2]int{start + m[2], start + m[3]}, titleAt: [2]int{start + m[4], start + m[5]}}
		p.name, p.title = r.title(p.nameAt), r.title(p.titleAt)
		return p, titleWord.MatchString(p.title)
	}
	if m := labelNameFirst.FindStringSubmatchIndex(text); m != nil && isName(text[m[2]:m[3]], true) && endsInPost(text[m[4]:m[5]]) {
		p := person{nameAt: [2]int{start + m[2], start + m[3]}, titleAt: [2]int{start + m[4], start + m[5]}}
		p.name, p.title = r.title(p.nameAt), r.title(p.titleAt)
		return p, true
	}
	text = strings.TrimRight(text, " ")
	nameAt, titleTo, ok := splitName(text)
	if !ok {
		return person{}, false
	}
	p := person{}
	if nameAt < len(text) {
		p.nameAt = [2]int{start + nameAt, start + len(text)}
		p.name = r.title(p.nameAt)
	}
	if titleTo > 0 {
		p.titleAt = [2]int{start, start + titleTo}
		p.title = r.title(p.titleAt)
	}
	return p, true
}

var (
	labelBracket   = regexp.MustCompile(`^(\p{Han}{1,4}(?: \p{Han})?|\p{Han}+·\p{Han}+) ?\(([^()]{2,50})\)`)
	labelNameFirst = regexp.MustCompile(`^(\p{Han}{2,4}|\p{Han} +\p{Han}) +([\p{Han}、]{2,50})$`)
)

// findTitle looks for the post of a chair who is named without one, anywhere in the text: whoever attends as 市长 is 市长.
func (r *reader) findTitle(p *person) {
	form := regexp.MustCompile(titleEnd + ` ?` + regexp.QuoteMeta(p.name))
	for _, s := range r.sentences {
		m := form.FindStringIndex(s.text)
		if m == nil {
			continue
		}
		to := s.start + m[1] - len(p.name)
		at := [2]int{r.titleStart(s, s.start, s.start+m[0], to), to}
		if t := r.title(at); len(t) > len(p.title) {
			p.title, p.titleAt = t, at
		}
	}
}
