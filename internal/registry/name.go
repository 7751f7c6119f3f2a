package registry

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"liandu/internal/cntext"
	"liandu/internal/record"
)

// tier is how far a form is from the registered name; a nearer tier wins over a farther one.
type tier int

const (
	tierName tier = iota
	tierAlias
	tierVariant
)

// form is one way of writing a unit's name, already in cntext.Name's form.
type form struct {
	unit int
	tier tier
}

// enterForms enters every form of the i-th unit's name and aliases.
func (r *Registry) enterForms(i int) {
	u := r.units[i]
	enter := func(text string, t tier) {
		if utf8.RuneCountInString(text) < 2 {
			return
		}
		for k, f := range r.forms[text] {
			if f.unit == i {
				r.forms[text][k].tier = min(f.tier, t)
				return
			}
		}
		r.forms[text] = append(r.forms[text], form{i, t})
	}
	enter(cntext.Name(u.Name), tierName)
	for _, v := range variants(cntext.Name(u.Name), u.Level) {
		enter(v, tierVariant)
	}
	for _, alias := range u.Aliases {
		enter(cntext.Name(alias), tierAlias)
		for _, v := range variants(cntext.Name(alias), u.Level) {
			enter(v, tierVariant)
		}
	}
}

// foldedNames returns the i-th unit's name, full name and aliases in cntext.Name's form.
func (r *Registry) foldedNames(i int) []string {
	u := r.units[i]
	out := []string{cntext.Name(u.Name)}
	if full := r.FullName(u.Code); full != u.Name {
		out = append(out, cntext.Name(full))
	}
	for _, alias := range u.Aliases {
		out = append(out, cntext.Name(alias))
	}
	return out
}

var (
	// peoples are the names that stand between place and kind in 「青龙满族自治县」.
	peoples = regexp.MustCompile(`(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族`)
	ethnic  = regexp.MustCompile(`^(.{2,}?)(?:` + peoples.String() + `)+(自治县|自治旗|自治州|民族乡|民族镇|乡|镇)$`)

	autonomous   = regexp.MustCompile(`自治([县旗州])$`)
	placeKind    = regexp.MustCompile(`(?:县|区|市|旗|州|盟|镇|乡|街道|苏木)$`)
	keepsKind    = regexp.MustCompile(`(?:新|矿|林|开发|示范|试验|园|景|度假|管理|保税|合作|产业|工业|功能|港|库)区$`)
	streetOffice = regexp.MustCompile(`街道(?:办事处|办)?$`)
)

// variants returns the official and everyday forms of a name beside the name itself: without its kind (海港区:
// 海港), an autonomous county without the people (青龙县, 青龙), 街道 and 街道办事处, the short kinds of zones.
// A kind is only ever dropped whole: 北戴河新区 has no short form, 杭锦后旗 gives 杭锦后.
func variants(name string, level record.Level) []string {
	var out []string
	if m := ethnic.FindStringSubmatch(name); m != nil {
		kind := strings.NewReplacer("自治", "", "民族", "").Replace(m[2])
		out = append(out, m[1]+kind, m[1]+"自治"+kind, m[1])
	}
	if autonomous.MatchString(name) {
		out = append(out, autonomous.ReplaceAllString(name, "$1"))
	}
	if streetOffice.MatchString(name) {
		base := streetOffice.ReplaceAllString(name, "")
		return append(out, base+"街道", base+"街道办事处", base+"街道办", base+"办事处", base)
	}
	if level == record.LevelZone || keepsKind.MatchString(name) {
		return append(out, zoneVariants(name)...)
	}
	if level != record.LevelIndustry && placeKind.MatchString(name) && len(out) == 0 {
		out = append(out, placeKind.ReplaceAllString(name, ""))
	}
	return out
}

// zoneKinds lists the kinds of zones and what each is called for short, with its place or, where it is the only
// one so called, alone.
var zoneKinds = []struct {
	kind   string
	shorts []string
}{
	{"经济技术开发区", []string{"经济技术开发区", "经开区", "开发区"}},
	{"经济开发区", []string{"经济开发区", "经开区", "开发区"}},
	{"高新技术产业开发区", []string{"高新技术产业开发区", "高新技术开发区", "高新区"}},
	{"高新技术开发区", []string{"高新技术产业开发区", "高新技术开发区", "高新区"}},
	{"经开区", []string{"经济技术开发区", "经开区", "开发区"}},
	{"高新区", []string{"高新技术产业开发区", "高新技术开发区", "高新区"}},
}

func zoneVariants(name string) []string {
	for _, z := range zoneKinds {
		place, ok := strings.CutSuffix(name, z.kind)
		if !ok {
			continue
		}
		var out []string
		for _, short := range z.shorts {
			out = append(out, short, place+short)
			if town := placeKind.ReplaceAllString(place, ""); town != place {
				out = append(out, town+short)
			}
		}
		return out
	}
	return nil
}

// bodies are the offices whose name a county writes where its own is asked: 「海港区总工会」 is 海港区.
var bodies = regexp.MustCompile(`(?:(?:人民)?政府(?:办公室|办)?|总工会(?:委员会)?|工会(?:联合会|委员会|工作委员会|工委)?|党工委|管委会|管理委员会|\(?本级\)?)$`)

// withoutBody returns the name without such an office, or the name itself.
func withoutBody(key string) string {
	cut := bodies.ReplaceAllString(key, "")
	if utf8.RuneCountInString(cut) < 2 {
		return key
	}
	return cut
}

// province stands before the city in a full address.
var province = regexp.MustCompile(`^\p{Han}{2,8}?(?:省|自治区)`)
