package cntext

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// TitleKey returns the normalised title that keys an item without a number: NFKC, simplified, spaces,
// punctuation and signs dropped (metrics.md, Which row counts). A title of punctuation alone gives "".
func TitleKey(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, Simplify(StripPinyin(Fold(s))))
}

// NearTitle reports whether two titles are so near that they may be the same item, for a warning. Titles whose
// keys are equal are near. Otherwise they are near when they say the same figures and differ only in words that
// carry nothing (关于, 工作, 进一步, 推进 …), in one confusable character (的/地, 帐/账), or, from eight characters
// on, in one character left out or doubled or two changed places. A different number, place or ordinal makes
// a different item: 「职工之家3个」 is not near 「职工之家5个」, nor 「松坡镇职工之家」 near 「鹿湾镇职工之家」.
func NearTitle(a, b string) bool { return ReadTitle(a).Near(ReadTitle(b)) }

// Title is a title made ready for many comparisons.
type Title struct {
	Key     string // TitleKey
	figures string // in order, as Arabic figures
	core    []rune // the key without figures and words that carry nothing
}

// ReadTitle prepares a title. One of more than 500 characters is compared by its key alone.
func ReadTitle(s string) Title {
	key := TitleKey(s)
	if len(key) > 1500 {
		return Title{Key: key}
	}
	return Title{Key: key, figures: titleFigures(key), core: []rune(core(strings.ToLower(key)))}
}

// Near is NearTitle of two prepared titles.
func (t Title) Near(u Title) bool {
	switch {
	case t.Key == "" || u.Key == "":
		return false
	case t.Key == u.Key:
		return true
	case t.figures != u.figures || len(t.core) < 3 || len(u.core) < 3:
		return false
	case slices.Equal(t.core, u.core):
		return true
	}
	return len(t.core) > 3 && len(u.core) > 3 && oneSlip(t.core, u.core)
}

var (
	titleFigure = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千]+(?:[个名项家所处期次年月日批轮条场件户人万]|$)|第[一二三四五六七八九十百]+`)
	titleFiller = strings.NewReplacer("关于", "", "进一步", "", "有关", "", "相关", "", "大力", "", "积极", "", "扎实", "", "切实", "",
		"持续", "", "深入", "", "全面", "", "推进", "", "推动", "", "加强", "", "开展", "", "实施", "", "做好", "", "落实", "", "加快", "",
		"工作", "", "事项", "", "议题", "", "建议", "", "问题", "", "事宜", "", "的", "", "了", "", "等", "")
)

// titleFigures lists the figures of a key in order, Chinese numerals among them as Arabic ones.
func titleFigures(key string) string {
	var b strings.Builder
	for _, f := range titleFigure.FindAllString(key, -1) {
		numeral := strings.Trim(f, "第个名项家所处期次年月日批轮条场件户人万")
		if n, ok := chineseInt(numeral); ok {
			numeral = itoa(n)
		}
		b.WriteString(numeral + " ")
	}
	return b.String()
}

// core drops the words that carry nothing and the figures, which titleFigures has compared.
func core(key string) string {
	s := titleFiller.Replace(titleFigure.ReplaceAllStringFunc(key, func(m string) string {
		return strings.TrimLeft(m, "0123456789.第一二两三四五六七八九十百千")
	}))
	if s == "" {
		return key
	}
	return s
}

// telling holds characters that alone tell one item from another.
const telling = "非不未无有男女老新旧大小上下左右前后内外东西南北中正副省市区县镇乡村甲乙丙丁春夏秋冬甘海江河湖山"

var confusable = groups("的地得 帐账 作做 制致至 式试 型形 订定 其它他她 份分 在再 即既及 者着 建健 园圆 侯候 已己 登蹬 了啦 与和及 需须 象像 度渡 报抱 职只 会汇 账涨 署属 权全 保报")

// oneSlip reports whether y is x with one slip of the pen.
func oneSlip(x, y []rune) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	switch len(y) - len(x) {
	case 0:
		if slices.Equal(x[i+1:], y[i+1:]) {
			return confusable[[2]rune{x[i], y[i]}]
		}
		return len(x) >= 8 && i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
	case 1:
		return len(x) >= 8 && !strings.ContainsRune(telling, y[i]) && slices.Equal(x[i:], y[i+1:])
	}
	return false
}

func groups(list string) map[[2]rune]bool {
	m := map[[2]rune]bool{}
	for _, g := range strings.Fields(list) {
		for _, a := range g {
			for _, b := range g {
				if a != b {
					m[[2]rune{a, b}] = true
				}
			}
		}
	}
	return m
}
