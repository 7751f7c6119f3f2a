package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"liandu/dashboard/export"
	"liandu/internal/fault"
)

// papers is one of every paper of the invented city.
func papers(t testing.TB) []*export.Official {
	t.Helper()
	d := dossier(t)
	d.Before, d.BeforeItems = before(d)
	var out []*export.Official
	keep := func(o *export.Official, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, o)
	}
	keep(d.Notice())
	keep(d.Dispatch())
	letters, err := d.Letters()
	if err != nil {
		t.Fatal(err)
	}
	reminders, err := d.Reminders(export.RemindItems)
	if err != nil {
		t.Fatal(err)
	}
	sheets, err := d.ScoreSheets()
	if err != nil {
		t.Fatal(err)
	}
	out = append(out, letters...)
	out = append(out, reminders...)
	return append(out, sheets...)
}

func fileOf(t testing.TB, o *export.Official) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := o.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// edited is a paper's file with its main part changed.
func edited(t testing.TB, file []byte, change func(string) string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "word/document.xml" {
			text = []byte(change(string(text)))
		}
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func proof(t testing.TB, o *export.Official, file []byte) []export.Disagreement {
	t.Helper()
	found, err := export.CheckAgainst(o, file)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// A paper nobody touched agrees with itself, and comes back whole from what it is kept as.
func TestProofOfUntouchedPapers(t *testing.T) {
	t.Parallel()
	for _, o := range papers(t) {
		file := fileOf(t, o)
		for _, d := range proof(t, o, file) {
			t.Errorf("%s致%s: %+v", o.Kind, o.To, d)
		}
		kept, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		var again export.Official
		if err := json.Unmarshal(kept, &again); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(file, fileOf(t, &again)) {
			t.Errorf("%s致%s: the paper kept as JSON gives another file", o.Kind, o.To)
		}
		twice, err := json.Marshal(&again)
		if err != nil || !bytes.Equal(kept, twice) {
			t.Errorf("%s致%s: kept again it is other JSON (%v)", o.Kind, o.To, err)
		}
	}
}

// alteration changes one thing in a text; false where there is nothing of its kind.
type alteration struct {
	name  string
	apply func(r *rand.Rand, text string) (string, string, bool)
}

var textOf = regexp.MustCompile(`<w:t xml:space="preserve">([^<]*)</w:t>`)

// replaceOne changes one match of a pattern, chosen by chance, that change gives another text for.
func replaceOne(r *rand.Rand, text string, pattern *regexp.Regexp, change func(string) string) (string, string, bool) {
	var places [][2]int
	for _, p := range textOf.FindAllStringSubmatchIndex(text, -1) {
		for _, m := range pattern.FindAllStringIndex(text[p[2]:p[3]], -1) {
			places = append(places, [2]int{p[2] + m[0], p[2] + m[1]})
		}
	}
	for range 20 {
		if len(places) == 0 {
			return "", "", false
		}
		p := places[r.IntN(len(places))]
		was := text[p[0]:p[1]]
		if is := change(was); is != was {
			return text[:p[0]] + is + text[p[1]:], fmt.Sprintf("%s→%s after %q", was, is, tail(text[:p[0]])), true
		}
	}
	return "", "", false
}

func tail(s string) string {
	runes := []rune(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(s, ""))
	return string(runes[max(0, len(runes)-15):])
}

func among(r *rand.Rand, not string, all ...string) string {
	for {
		if one := all[r.IntN(len(all))]; one != not {
			return one
		}
	}
}

var unitNames = []string{"东湖区", "西岭区", "南浦区", "北屏区", "清河县", "安澜县", "石门县", "柏泉县", "望岚县", "松月市"}

var alterations = []alteration{
	{"a digit", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`[0-9]`), func(s string) string { return among(r, s, strings.Split("0123456789", "")...) })
	}},
	{"a number", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`[0-9]+(项|个|天|次)`), func(s string) string {
			m := regexp.MustCompile(`^[0-9]+`).FindString(s)
			return fmt.Sprint(r.IntN(60)) + strings.TrimPrefix(s, m)
		})
	}},
	{"a percentage", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`[0-9.]+(%|个百分点)`), func(s string) string {
			return fmt.Sprintf("%d.%d", r.IntN(99), r.IntN(10)) + strings.TrimLeft(s, "0123456789.")
		})
	}},
	{"a date", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`[0-9]{1,2}月[0-9]{1,2}日`), func(s string) string { return fmt.Sprintf("%d月%d日", 1+r.IntN(12), 1+r.IntN(28)) })
	}},
	{"a document number", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`〔[0-9]{4}〕[0-9]+号`), func(s string) string { return fmt.Sprintf("〔%d〕%d号", 2020+r.IntN(6), 1+r.IntN(40)) })
	}},
	{"a unit", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(strings.Join(unitNames, "|")), func(s string) string { return among(r, s, unitNames...) })
	}},
	{"a character of a unit", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(strings.Join(unitNames, "|")), func(s string) string {
			runes := []rune(s)
			runes[r.IntN(2)] = []rune("山水云林江川")[r.IntN(6)]
			return string(runes)
		})
	}},
	{"a character before a unit", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(strings.Join(unitNames, "|")), func(s string) string { return among(r, "", "大", "新", "老", "上") + s })
	}},
	{"a counter", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`[0-9](项|个|天|次)`), func(s string) string { return s[:1] + among(r, s[1:], "项", "个", "天", "次", "人", "件") })
	}},
	{"a rank", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`常务副[区县市]长|代区长|副[区县市]长|[区县市]长|[区县]委副书记|副?局长|副?主任|副主席|主要负责同志|其他负责同志`), func(s string) string {
			return among(r, s, "县长", "副县长", "区长", "副区长", "常务副县长", "县委书记", "局长", "副局长", "主任", "主要负责同志", "其他负责同志", "分管负责同志", "政府办主任", "副主席")
		})
	}},
	{"a state", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`按期召开|延迟召开|未召开|已办结|推进中|未启动|未印发|未通报|已通报|未载明|已制定|未制定|已销号`), func(s string) string {
			return among(r, s, "按期召开", "延迟召开", "未召开", "已办结", "推进中", "未启动", "未印发", "已印发", "未通报", "已通报", "已制定", "未制定")
		})
	}},
	{"a quarter in words", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`第[一二三四]季度`), func(s string) string { return "第" + among(r, "", "一", "二", "三", "四") + "季度" })
	}},
	{"a number put in words wrongly", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`[1-9](项|个)`), func(s string) string {
			n := int(s[0] - '0')
			return []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}[n%9+1] + s[1:]
		})
	}},
	{"a character of a quotation", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`“[^”]{4,}”`), func(s string) string {
			runes := []rune(s)
			at := 1 + r.IntN(len(runes)-2)
			runes[at] = '甲'
			return string(runes)
		})
	}},
	{"an office or a person", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`云州市总工会|林若安|0000-8800000|[区县]司法局|[区县]自然资源局|[区县]财政局`), func(s string) string {
			runes := []rune(s)
			at := r.IntN(len(runes))
			if runes[at] == '-' {
				at++
			}
			if runes[at] >= '0' && runes[at] <= '9' {
				runes[at] = '0' + (runes[at]-'0'+1)%10
			} else {
				runes[at] = '文'
			}
			return string(runes)
		})
	}},
	{"a heading's number", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`（[二三四五六]）`), func(s string) string {
			return among(r, s, "（二）", "（三）", "（四）", "（五）", "（七）")
		})
	}},
	{"a light", func(r *rand.Rand, text string) (string, string, bool) {
		return replaceOne(r, text, regexp.MustCompile(`红色|黄色|红|黄|绿`), func(s string) string {
			if strings.HasSuffix(s, "色") {
				return among(r, s, "红色", "黄色", "绿色")
			}
			return among(r, s, "红", "黄", "绿")
		})
	}},
}

// Every single alteration is found, in every kind of paper, with one false alarm beside it at most.
func TestProofFindsAlterations(t *testing.T) {
	t.Parallel()
	all := papers(t)
	r := rand.New(rand.NewPCG(9704, 2012))
	done, found, alarms := 0, 0, 0
	by := map[string][2]int{}
	for round := range 24 {
		for _, a := range alterations {
			o := all[(round*7+r.IntN(len(all)))%len(all)]
			if round%3 == 0 {
				o = all[0]
			}
			what := ""
			file := edited(t, fileOf(t, o), func(x string) string {
				y, said, ok := a.apply(r, x)
				if !ok {
					return x
				}
				what = said
				return y
			})
			if what == "" {
				continue
			}
			done++
			n := by[a.name]
			n[1]++
			list := proof(t, o, file)
			if len(list) > 0 {
				found++
				n[0]++
			} else {
				t.Logf("%s致%s: %s is not found: %s", o.Kind, o.To, a.name, what)
			}
			by[a.name] = n
			if len(list) > 2 {
				alarms++
				t.Errorf("%s致%s: %s (%s) gives %d: %+v", o.Kind, o.To, a.name, what, len(list), list)
			}
		}
	}
	t.Logf("%d of %d alterations found, %d with more than one false alarm: %v", found, done, alarms, by)
	if done < 300 || found*1000 < done*990 {
		t.Errorf("%d of %d alterations found, want 99 %% of several hundred", found, done)
	}
}

// What an officer does without harm raises nothing: other words, sentences in another order, split runs, tracked changes
// kept, numbers spelled in Chinese, paragraphs joined and parted.
func TestProofOfHarmlessEdits(t *testing.T) {
	t.Parallel()
	all := papers(t)
	notice := all[0]
	swap := func(pairs ...string) func(string) string {
		return strings.NewReplacer(pairs...).Replace
	}
	for _, tt := range []struct {
		name   string
		paper  *export.Official
		change func(string) string
	}{
		{"other words", notice, swap("现将截至", "现把截至", "要主动向本级党委、政府汇报", "应当主动向本级党委和政府汇报", "继续调度进展情况", "持续跟踪调度")},
		{"the same numbers in words", notice, swap("逾期事项4项", "逾期事项四项", "召开率70.0%", "召开率百分之七十", "未召开2个", "未召开两个")},
		{"a list the other way round", notice, swap("石门县和望岚县未召开", "望岚县和石门县未召开")},
		{"other marks", notice, swap("“", "「", "”", "」", "（", "(", "）", ")", "，", ",")},
		{"the year left out", notice, swap("石门县", "石门县", "安澜县2024年度会议于2024年12月19日召开", "安澜县2024年度会议于12月19日召开")},
		{"a sentence of his own", notice, swap("三、存在的问题", "三、存在的主要问题")},
		{"a space in a name", all[2], swap("北屏区人民政府：", "北屏区 人民政府：")},
		{"split runs", notice, func(x string) string {
			return regexp.MustCompile(`(<w:r><w:rPr>(?:[^<]|<w:[^t/][^>]*/>)*</w:rPr>)<w:t xml:space="preserve">([^<]{6,})</w:t></w:r>`).ReplaceAllStringFunc(x, func(s string) string {
				m := regexp.MustCompile(`^(.*?<w:t xml:space="preserve">)([^<]*)(</w:t></w:r>)$`).FindStringSubmatch(s)
				runes := []rune(m[2])
				var b strings.Builder
				for i := 0; i < len(runes); i += 3 {
					b.WriteString(m[1] + string(runes[i:min(i+3, len(runes))]) + m[3])
				}
				return b.String()
			})
		}},
		{"a tracked deletion of a comma", notice, func(x string) string {
			return strings.Replace(x, "，其中望岚县", "", 1)
		}},
		{"two paragraphs joined", notice, func(x string) string {
			at := strings.Index(x, "按期召开6个")
			start := strings.LastIndex(x[:at], "<w:p>")
			end := strings.LastIndex(x[:start], "</w:p>")
			run := strings.Index(x[start:], "<w:r>") + start
			return x[:end] + x[run:]
		}},
		{"two sentences moved", all[2], func(x string) string {
			one, two := "我会将配合做好议题征集、材料准备等工作。", "专此函达，请予支持为盼。"
			return strings.NewReplacer(one, two, two, one).Replace(x)
		}},
	} {
		list := proof(t, tt.paper, edited(t, fileOf(t, tt.paper), tt.change))
		if len(list) > 0 {
			t.Errorf("%s: %+v", tt.name, list)
		}
	}
}

// What is found names the place, what stands there, what is right and why.
func TestProofSaysWhereAndWhat(t *testing.T) {
	t.Parallel()
	all := papers(t)
	for _, tt := range []struct {
		name, old, new string
		paper          *export.Official
		kind           export.Kind
		place          string
		found, right   string
	}{
		{"a number spelled in Chinese", "未召开2个", "未召开三个", all[0], export.KindDiffers, "一、召开情况", "三个", "2"},
		{"a deputy", "由区委常委、常务副区长主持", "由区委副书记、区长主持", all[0], export.KindDiffers, "三、存在的问题", "区委副书记、区长", "区委常委、常务副区长"},
		{"a cell", ">安澜县<", ">安溪县<", all[0], export.KindDiffers, "附件1《2024年度政府与工会联席会议召开情况统计表》第6行“安澜县”，“县（市、区）”栏", "安溪县", "安澜县"},
		{"a clause", "“每年至少召开一次”", "“每年应当召开一次”", all[4], export.KindDiffers, "一、有关情况", "“每年应当召开一次”", "“每年至少召开一次”"},
		{"a sentence taken out", "南浦区2024年度会议由区委常委、常务副区长主持，不符合“会议由政府主要负责同志主持”的要求。", "", all[0], export.KindMissing, "三、存在的问题", "", "南浦区2024年度会议由区委常委、常务副区长主持，不符合“会议由政府主要负责同志主持”的要求。"},
		{"a number of his own", "无逾期事项。", "无逾期事项。全市工会干部共培训350人。", all[0], export.KindUnknown, "二、落实情况", "全市工会干部共培训350人。", ""},
		{"a name nobody knows in a list", "（东湖区、西岭区、南浦区、清河县、柏泉县、松月市）", "（东湖区、西岭区、大南浦区、清河县、柏泉县、松月市）", all[0], export.KindDiffers, "一、召开情况", "大南浦区", "南浦区"},
		{"another counter", "未召开2个", "未召开2次", all[0], export.KindDiffers, "一、召开情况", "2次", "2"},
		{"a counter that counts other things", "应办议定事项35项", "应办议定事项35个", all[0], export.KindDiffers, "二、落实情况", "35个", "35项"},
		{"a state", "安澜县2024年度会议未通报上次", "安澜县2024年度会议已通报上次", all[0], export.KindDiffers, "三、存在的问题", "已通报", "未通报"},
	} {
		list := proof(t, tt.paper, edited(t, fileOf(t, tt.paper), func(x string) string { return strings.Replace(x, tt.old, tt.new, 1) }))
		if !slices.ContainsFunc(list, func(d export.Disagreement) bool {
			return d.Kind == tt.kind && strings.Contains(d.Place, tt.place) && d.Found == tt.found && d.Right == tt.right && d.Why != ""
		}) {
			t.Errorf("%s: %+v", tt.name, list)
		}
		if len(list) > 2 {
			t.Errorf("%s: %d places", tt.name, len(list))
		}
	}
}

func TestProofRefusesWhatIsNoDocument(t *testing.T) {
	t.Parallel()
	o := papers(t)[0]
	for _, file := range [][]byte{nil, []byte("%PDF-1.4"), []byte("PK\x03\x04"), []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old")} {
		if _, err := export.CheckAgainst(o, file); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%q: %v, want a refusal", file, err)
		}
	}
}

// A name that nobody knows, added to a list of the data's names, is found though nothing of the data is gone.
func TestProofOfNamesAdded(t *testing.T) {
	t.Parallel()
	notice := papers(t)[0]
	for _, tt := range []struct{ old, new, found string }{
		{"（东湖区、西岭区、清河县、安澜县、松月市）", "（东湖区、南屿区、西岭区、清河县、安澜县、松月市）", "南屿区"},
		{"（东湖区、西岭区、清河县、安澜县、松月市）", "（东湖区、西岭区、清河县、安澜县、松月市、南屿区）", "南屿区"},
	} {
		list := proof(t, notice, edited(t, fileOf(t, notice), func(x string) string { return tagless(x, tt.old, tt.new) }))
		if len(list) != 1 || list[0].Found != tt.found {
			t.Errorf("%s: %+v", tt.new, list)
		}
	}
}

// tagless replaces a text that may run over several runs; its new words stand in the first.
func tagless(x, old, new string) string {
	var pattern strings.Builder
	for i, r := range old {
		if i > 0 {
			pattern.WriteString(`(?:<[^>]*>)*`)
		}
		pattern.WriteString(regexp.QuoteMeta(string(r)))
	}
	at := regexp.MustCompile(pattern.String()).FindStringIndex(x)
	if at == nil {
		return x
	}
	tags := regexp.MustCompile(`<[^>]*>`).FindAllString(x[at[0]:at[1]], -1)
	return x[:at[0]] + new + strings.Join(tags, "") + x[at[1]:]
}
