package cntext

import (
	"regexp"
	"strings"

	"liandu/internal/record"
)

// ChairOptions says at whose meeting the person presided. Both may be empty: then no post is too low, and a bare
// 主任 heads nothing.
type ChairOptions struct {
	Level record.Level
	Unit  string // the unit's name, 「鹿渡街道」
}

// ChairRank reads the rank of who presided from 主持人职务, which may hold the name as well (metrics.md, Chair rank):
//
//   - principal: the head of the government at that level or above, acting heads too (代, 代理, 主持政府工作), and
//     the secretary of the government's own party group, who is head or about to be
//   - deputy: 副职, 常务副职, the government's 党组成员 and 秘书长
//   - party: 党委 secretaries, deputies and committee members who hold neither a government nor a union post
//   - union: any post of the union; it wins over congress, 政协 and party deputies, but not over a party secretary
//   - other: every other post, among them 副秘书长, 办公室主任, 助理, 人大, 政协, non-leading ranks, former posts, and
//     heads of a government below this unit's
//   - unknown: blank, 未载明, 「县领导」 without a post, a mere 召集人 or 组长, and somebody who only 出席 or 讲话
//
// Of several posts the highest counts. delegated is true when the text says that the person presided on
// somebody's behalf (受县长委托); whether that counts as the head is a regime's matter.
func ChairRank(title string, o ChairOptions) (rank record.ChairRank, delegated bool) {
	if len(title) > 600 || None(title) {
		return record.RankUnknown, false
	}
	s, delegated := presiding(Name(title))
	if s == "" || unstated.MatchString(s) {
		return record.RankUnknown, delegated
	}
	posts := readPosts(s, o)
	if acting.MatchString(s) && posts[record.RankDeputy] {
		posts[record.RankPrincipal] = true
	}
	if posts[record.RankUnion] && !posts[secretary] {
		delete(posts, record.RankParty)
	}
	for _, r := range record.Ranks {
		if posts[r] {
			return r, delegated
		}
	}
	return record.RankUnknown, delegated
}

// secretary marks a party secretary proper among the posts read; it is not a rank.
const secretary record.ChairRank = "secretary"

var (
	unstated = regexp.MustCompile(`^(?:未载明|不详|未知|未注明|未提及|未写明|未说明|未明确|不明|待核实|待查|[省市区县旗州盟镇乡]?(?:(?:政府|委)?(?:有关|相关)?|主要)(?:领导|负责人|负责同志)(?:同志)?)$`)
	acting   = regexp.MustCompile(`主持[省市区县旗州盟镇乡街道管委会办事处人民政府行政全面]*工作(?:$|[的,、;。)])`)
	looksTo  = regexp.MustCompile(`(?:分管|联系|协管|主管|负责|协助)+(?:总?工会|群团|工青妇)(?:和群团|方面)?(?:工作)?的?`)
	nominee  = regexp.MustCompile(`(?:提名|拟任|候任)的?副?(?:` + heads + `长|主任|专员)|副?(?:` + heads + `长|主任|专员)\(?(?:提名人选|提名|候选人|人选)\)?`)

	bracketed = regexp.MustCompile(`\([^()]*(?:委托|授权|指派)(?:主持)?\)`)
	onBehalf  = regexp.MustCompile(`(?:受|经)[^;。]{0,30}?(?:委托|指派|授权|指定|安排)(?:,|、|,?由)?`)
	entrusts  = regexp.MustCompile(`^.*?(?:委托|指派|授权|指定)`)
	standsIn  = regexp.MustCompile(`(副[省市区县旗州乡镇盟]长\p{Han}{0,4}|副主任\p{Han}{0,4})代(?:表|替)?(?:[省市区县旗州盟乡镇]长|主任|专员)(?:主持|$)`)
	presides  = regexp.MustCompile(`主持(?:召开|会议|并讲话|$|[,、;。)])`)
	attending = regexp.MustCompile(`出席|列席|参加|讲话|强调|指出|汇报`)
	clause    = regexp.MustCompile(`[,;。]`)
)

// presiding cuts a sentence down to the words about who presided and takes a delegation out. It returns "" when
// the text says only that somebody attended or spoke.
func presiding(s string) (string, bool) {
	delegated := false
	s = nominee.ReplaceAllString(looksTo.ReplaceAllString(s, ""), "候选人")
	if m := bracketed.FindString(s); m != "" && len(m) < len(s) {
		s, delegated = strings.Replace(s, m, "", 1), true
	} else if onBehalf.MatchString(s) {
		s, delegated = strings.Trim(onBehalf.ReplaceAllString(s, ""), "(),、;。"), true
	} else if m := entrusts.FindString(s); m != "" && len(m) < len(s) {
		s, delegated = s[len(m):], true
	}
	if m := standsIn.FindStringSubmatch(s); m != nil {
		s, delegated = strings.Replace(s, m[0], m[1], 1), true
	}
	if !attending.MatchString(s) {
		return s, delegated
	}
	if !presides.MatchString(s) && !strings.Contains(s, "主持") {
		return "", delegated
	}
	for _, part := range clause.Split(s, -1) {
		if strings.Contains(part, "主持") {
			return part, delegated
		}
	}
	return s, delegated
}
