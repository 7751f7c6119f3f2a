package cntext

import (
	"regexp"
	"strings"

	"liandu/internal/record"
)

// organ is whose post it is; a bare 主任 or 主席 belongs to the organ named before it.
type organ int

const (
	organNone organ = iota
	organUnion
	organCongress
	organDepartment
	organParty
	organOffice    // 街道办事处
	organCommittee // 管委会
)

// post is one kind of post: the pattern that names it and the rank it gives. The order is that of trying.
type post struct {
	form  *regexp.Regexp
	rank  record.ChairRank
	organ organ
}

const (
	heads    = `[省市区县旗州盟乡镇]`
	office   = `(?:街道(?:办事处|办|办公处)?|镇街办|办事处)`
	zone     = `(?:管委会?|管理委员会|管理委会|管委)`
	zoneName = `(?:开发区|高新区|经开区|新区|示范区|园区|度假区|试验区)`
)

var posts = []post{
	{regexp.MustCompile(`^原任?(?:常务)?副?(?:` + heads + `长|主席|主任|书记|` + heads + `(?:委|政府|人民政府)|总工会)|^前(?:任|副?[市区县州镇乡]长)|已退休|候选人`), record.RankOther, organDepartment},
	{regexp.MustCompile(`联席会议?\p{Han}{0,6}(?:召集人|组长)`), record.RankUnknown, organNone},
	{regexp.MustCompile(`总工会|工会|工联会|^` + heads + `总(?:党组|常务|副主席|主席)`), record.RankUnion, organUnion},
	{regexp.MustCompile(`人大|人民代表大会|政协|政治协商|监委|监察委|法院|检察|武装部|人武部`), record.RankOther, organCongress},
	{regexp.MustCompile(`(?:` + heads + `长|主任|主席|专员)(?:助理|热线|专线|信箱|顾问|秘书|办公|室|级)|(?:巡视|调研|主任科)员|副秘书长`), record.RankOther, organDepartment},
	{regexp.MustCompile(`(?:召集人|组长|协调小组|领导小组)`), record.RankUnknown, organNone},
	{regexp.MustCompile(`党政(?:综合)?办|(?:办公室|办公厅|府办|委办|综治办|信访办|扶贫办|研究室|督查室|居委会|村委会|社区|驻.{1,6}办(?:事处)?|热线办)(?:党组|党支部)?(?:常务)?(?:副?(?:主任|书记)|党组|负责人|干部|成员)`), record.RankOther, organDepartment},
	{regexp.MustCompile(`(?:代理?)?(?:` + zone + `|` + office + `)(?:党组书记)?(?:代理?)?主任|` + zone + `(?:党组书记|主要负责|主要领导)`), record.RankPrincipal, organNone},
	{regexp.MustCompile(`(?:` + zone + `|` + office + `)(?:党组)?(?:党组成员)?(?:常务)?副主任|` + zone + `党组(?:成员|副书记)`), record.RankDeputy, organNone},
	{regexp.MustCompile(zoneName + `(?:代理?)?主任`), record.RankPrincipal, organCommittee},
	{regexp.MustCompile(zoneName + `(?:常务)?副主任`), record.RankDeputy, organCommittee},
	{regexp.MustCompile(`政府(?:主要负责(?:人|同志)|主要领导|党组书记)|(?:政府|自治区)(?:代理?)?主席`), record.RankPrincipal, organNone},
	{regexp.MustCompile(`政府(?:分管|联系工会)|政府(?:副职|党组成员|党组副书记|常务副|秘书长|副主席)|自治区(?:常务)?副主席`), record.RankDeputy, organNone},
	{regexp.MustCompile(`副(?:` + heads + `长|专员|苏木[达长])`), record.RankDeputy, organNone},
	{regexp.MustCompile(`(?:(?:行署|地区|盟)(?:代理?)?|^代?理?)专员|苏木[达长]`), record.RankPrincipal, organNone},
}

var (
	headForm      = regexp.MustCompile(heads + `长`)
	partyForm     = regexp.MustCompile(`(?:省|市|区|县|旗|州|盟|镇|乡|地|工)委(?:常委|副?书记|常务|委员|秘书长|主要)|(?:党委|党工委|工委|党委会)(?:常委|副?书记|委员|主要)|^常委|^专?职?副?书记|^党(?:委|工委)|组织部部?长|宣传部部?长|统战部部?长|政法委员?会?书记|纪(?:工)?委书记|委主要负责`)
	secretaryForm = regexp.MustCompile(`(?:省|市|区|县|旗|州|盟|镇|乡|地|工|党)委书记|^书记`)
	lowParty      = regexp.MustCompile(`(?:局|公司|集团|企业|院|校|所|站|中心|机关|团|村|支部|社区|直属?|教育|卫健|国资)(?:党)?(?:委|工委|支部|党组|总支)|支部|党总支|团[省市区县旗州盟]?委|妇联|残联|科协|工商联|党组`)
	bareHead      = regexp.MustCompile(`^(?:代理?)?(常务)?(副)?主任(?:\p{Han}{2,3})?$|^\p{Han}{1,3}主任$`)
	bareChair     = regexp.MustCompile(`^(?:常务)?副?主席(?:\p{Han}{2,3})?$`)
	groupMember   = regexp.MustCompile(`^党组(?:成员|副书记)`)
	groupHead     = regexp.MustCompile(`^党组书记`)
	notHead       = regexp.MustCompile(`(?:办|所|站|室|会|部|科|局|委|社|队|院|校|心|组|村)副?主任`)
	bareSecretary = regexp.MustCompile(`^秘书长`)
	postBreak     = regexp.MustCompile(`[、,;/|\n()。:]+|兼任?`)
	postAlike     = strings.NewReplacer("县(市、区)长", "县长", "县(市区)长", "县长", "区(县)长", "区长", "县(区)长", "县长", "县(市)长", "县长", "镇(街道)", "镇", "(街道)", "街道")
)

// readPosts returns the ranks of all posts in s.
func readPosts(s string, o ChairOptions) map[record.ChairRank]bool {
	found := map[record.ChairRank]bool{}
	of, members := organNone, 0
	for _, part := range postBreak.Split(postAlike.Replace(s), -1) {
		if part == "" {
			continue
		}
		if groupMember.MatchString(part) && of != organUnion && of != organDepartment && of != organCongress {
			members++
			continue
		}
		of = readPost(part, of, o, found)
	}
	// 党组成员 without an organ is the government's, unless the posts beside it are a department's or a union's.
	if members > 0 && !found[record.RankUnion] && !found[record.RankOther] {
		found[record.RankDeputy] = true
	}
	return found
}

// readPost enters the rank of one post and returns the organ it belongs to.
func readPost(s string, of organ, o ChairOptions, found map[record.ChairRank]bool) organ {
	add := func(r record.ChairRank, scope string) {
		if below(scope, o) {
			r = record.RankOther
		}
		found[r] = true
	}
	for _, p := range posts {
		m := p.form.FindString(s)
		if m == "" {
			continue
		}
		add(p.rank, s)
		switch {
		case strings.Contains(m, "管"):
			return organCommittee
		case strings.Contains(m, "街道"), strings.Contains(m, "办事处") && p.organ == organNone:
			return organOffice
		}
		return p.organ
	}
	if i := headForm.FindStringIndex(s); i != nil && !wordBefore(s[:i[0]], s[i[0]:i[1]]) {
		add(record.RankPrincipal, s)
		return organNone
	}
	switch {
	case bareHead.MatchString(s) && (of == organNone || of == organParty || of == organOffice || of == organCommittee):
		return readBareHead(s, of, o, add)
	case groupHead.MatchString(s) && of == organNone: // whose group it is, the next post tells
		add(record.RankOther, s)
		return organNone
	case bareChair.MatchString(s) && (of == organUnion || of == organNone && o.Level != record.LevelTownship):
		add(record.RankUnion, "")
		return organUnion
	case bareSecretary.MatchString(s) && of == organParty, partyForm.MatchString(s) && !lowParty.MatchString(s):
		add(record.RankParty, s)
		if zonePost.MatchString(s) {
			of = organCommittee
		} else {
			of = organParty
		}
		if secretaryForm.MatchString(s) && !below(s, o) {
			found[secretary] = true
		}
		return of
	case bareSecretary.MatchString(s) && of == organNone:
		add(record.RankDeputy, s)
		return organNone
	case of == organUnion:
		found[record.RankUnion] = true
		return organUnion
	case postWord.MatchString(s):
		found[record.RankOther] = true
		return organDepartment
	}
	return of // a name, a place, 正处级
}

// postWord is what an official post ends in or holds; a name (陈长海) or a grade has none of it.
var postWord = regexp.MustCompile(`[局处科股院校所站队部会社厂班村司行事园]长|.{2,}长$|主任|主席|书记|委员|成员|专员|秘书|干部|经理|代表|理事|顾问|助理|负责`)

// readBareHead ranks 主任 without an organ: head of a street office or a zone's committee, nobody elsewhere.
func readBareHead(s string, of organ, o ChairOptions, add func(record.ChairRank, string)) organ {
	isOffice := of == organOffice || of == organCommittee || o.Level == record.LevelZone ||
		strings.HasSuffix(Name(o.Unit), "街道") || strings.HasSuffix(Name(o.Unit), "办事处")
	switch {
	case !isOffice, notHead.MatchString(s):
		add(record.RankOther, "")
		return organDepartment
	case strings.Contains(s, "副主任"):
		add(record.RankDeputy, "")
	default:
		add(record.RankPrincipal, "")
	}
	return of
}

// wordBefore reports that the two characters belong to another word: 社区长者, 园区长效.
func wordBefore(before, head string) bool {
	return head == "区长" && (strings.HasSuffix(before, "社") || strings.HasSuffix(before, "片") || strings.HasSuffix(before, "小")) ||
		head == "市长" && strings.HasSuffix(before, "超") || head == "盟长" && strings.HasSuffix(before, "联")
}

var (
	townPost   = regexp.MustCompile(`[乡镇]长|苏木|街道|镇党委|乡党委|镇政府|乡政府|办事处`)
	countyPost = regexp.MustCompile(`[县旗区]长|[县旗区](?:委|政府|人民政府)`)
	zonePost   = regexp.MustCompile(zone)
)

// below reports whether a post is of a lower government than the one whose meeting it was.
func below(s string, o ChairOptions) bool {
	unit := Name(o.Unit)
	switch o.Level {
	case record.LevelCity:
		if townPost.MatchString(s) {
			return true
		}
		isPrefecture := strings.HasSuffix(unit, "市") || strings.HasSuffix(unit, "州") || strings.HasSuffix(unit, "盟")
		return isPrefecture && (countyPost.MatchString(s) || zonePost.MatchString(s)) && !strings.Contains(s, "市")
	case record.LevelCounty:
		isCounty := strings.HasSuffix(unit, "县") || strings.HasSuffix(unit, "市") || strings.HasSuffix(unit, "旗")
		return townPost.MatchString(s) || isCounty && zonePost.MatchString(s)
	}
	return false
}
