package extract

import (
	"regexp"
	"strings"

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
	if strings.HasPrefix(r.event.sentence.text, "【") { // an entry of a yearbook: what stands above is another one's
		from = r.event.index
	}
	for i, s := range r.sentences {
		if i != r.within && (i < from && !s.isTitle || r.others[i]) {
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

var (
	labelBracket   = regexp.MustCompile(`^(\p{Han}{1,4}(?: \p{Han})?|\p{Han}+·\p{Han}+) ?\(([^()]{2,50})\)`)
	labelNameFirst = regexp.MustCompile(`^(\p{Han}{2,4}|\p{Han} +\p{Han}) +([\p{Han}、]{2,50})$`)
)
