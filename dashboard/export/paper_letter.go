package export

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/fault"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// Addressee is which of the two a 督导函 goes to.
type Addressee string

// The addressees. A county gets two letters of one set of facts, each in its own tone.
const (
	ToGovernment Addressee = "government"
	ToUnion      Addressee = "union"
)

// Letter makes 督导函 for one laggard and one addressee. Its number follows from the laggards' order: each unit's
// government, then its union, from the number set. It refuses with fault.NotFound for a unit that is not judged and
// with fault.Invalid for one without a red finding.
func (d Dossier) Letter(code record.UnitCode, to Addressee) (*Official, error) {
	k, err := newDesk(d, "督导函")
	if err != nil {
		return nil, err
	}
	if k.unit(code) == nil {
		return nil, fault.New(fault.NotFound, fmt.Sprintf("督导函没有生成：代码为「%s」的单位不在%s评价的单位之内。", code, k.word), "运行 liandu metrics 查看全部单位。")
	}
	for i, u := range k.laggards() {
		if u.Unit.Code == code {
			if to == ToUnion {
				return k.letter(u, to, 2*i+1)
			}
			return k.letter(u, to, 2*i)
		}
	}
	return nil, fault.New(fault.Invalid, fmt.Sprintf("督导函没有生成：「%s」截至%s没有红色问题，不是后进单位。", k.unit(code).Unit.Name, k.on.Chinese()), "运行 liandu findings 查看各单位的问题。")
}

// Letters makes both letters of every laggard, in the order of their numbers.
func (d Dossier) Letters() ([]*Official, error) {
	k, err := newDesk(d, "督导函")
	if err != nil {
		return nil, err
	}
	var out []*Official
	for _, u := range k.laggards() {
		for _, to := range []Addressee{ToGovernment, ToUnion} {
			o, err := d.Letter(u.Unit.Code, to)
			if err != nil {
				return nil, err
			}
			out = append(out, o)
		}
	}
	return out, nil
}

// letter is a desk with one unit and one tone.
type letter struct {
	*desk
	u       queries.UnitResult
	to      Addressee
	you     string // 贵区, 你区
	says    string // 《通知》明确, 《通知》要求
	basis   Span
	listed  bool // the items are attached
	matters []string
}

func (k *desk) letter(u queries.UnitResult, to Addressee, n int) (*Official, error) {
	l := &letter{desk: k, u: u, to: to, basis: k.basis(), listed: len(k.population(u.Unit.Code)) > 0}
	place := placeWord(u.Unit.Name)
	l.you, l.says = "你"+place, "要求"
	if to == ToGovernment {
		l.you, l.says = "贵"+place, "明确"
	}
	number := k.numberAt("letter.number", n)
	office := k.need("office.name")
	facts := l.facts()
	asks := l.asks()
	attached := l.attachments(number)
	title := titleLines(l.title(office.Text)...)
	o := &Official{Paper: "letter_" + string(to), Unit: u.Unit.Code, Kind: k.kind, Title: strings.Join(title, ""), To: l.addressee(), Number: number.Text, Issuer: office.Text, IssuedOn: k.IssuedOn}
	page := letterPage(o, title, number)
	add := func(blocks ...OfficialBlock) { page.Blocks = append(page.Blocks, blocks...) }
	add(l.opening(), Line{Style: docx.Heading1, Spans: spans("一、有关情况")})
	add(paragraphs(facts)...)
	add(Line{Style: docx.Heading1, Spans: spans("二、" + map[Addressee]string{ToGovernment: "商请事项", ToUnion: "工作要求"}[to])})
	add(paragraphs(asks)...)
	add(l.closing()...)
	page.Blocks = together(page.Blocks, k.ending(attached, office))
	o.Pages = append(o.Pages, page)
	for i, a := range attached {
		o.Pages = append(o.Pages, a.page(i+1, len(attached)))
	}
	k.copied(o)
	return o, k.finish(o, to == ToGovernment)
}

// letterPage begins a letter: mark, number, title and addressee.
func letterPage(o *Official, title []string, number Span) OfficialPage {
	page := OfficialPage{Mark: o.Issuer, Blocks: []OfficialBlock{Line{Style: docx.LetterNumber, Spans: spans(number)}, empty(), empty()}}
	for _, t := range title {
		page.Blocks = append(page.Blocks, Line{Style: docx.Title, Spans: spans(t)})
	}
	page.Blocks = append(page.Blocks, empty(), Line{Style: docx.Addressee, Spans: spans(o.To, "：")})
	return page
}

// ending is the note of attachments, office, date and contact.
func (k *desk) ending(attached []attachment, office Span) []OfficialBlock {
	end := append(attachmentNote(attached), signature(office, k.issuedSpan())...)
	return append(end, Line{Style: docx.Remark, Spans: spans("（联系人：", k.need("contact.name"), "，联系电话：", k.need("contact.phone"), "）")})
}

// copied puts 抄送 at the foot of a letter's last page, where one is set: a letter's 版记 is nothing else.
func (k *desk) copied(o *Official) {
	v := k.Settings["letter.copy"]
	if v == "" {
		return
	}
	last := &o.Pages[len(o.Pages)-1]
	last.Blocks = append(last.Blocks, Foot{Copy: spans("抄送：", fact("setting/letter.copy", trimStop(v)), "。")})
}

var numberInside = regexp.MustCompile(`^(.*〔\d{4}〕)(\d+)(号)$`)

// numberAt is the document number n after the one set: 云工函〔2025〕1号 gives 云工函〔2025〕4号 for 3.
func (k *desk) numberAt(key string, n int) Span {
	s := k.number(key)
	if s.Figure == nil || k.Number != "" {
		return s
	}
	m := numberInside.FindStringSubmatch(s.Text)
	if m == nil {
		if k.wrong == nil {
			k.wrong = fault.New(fault.Invalid, fmt.Sprintf("%s没有生成：文号「%s」不是「云工函〔2025〕1号」这样的形式，不能依次编号。", k.kind, s.Text), "请用 liandu settings set "+key+" 改正。")
		}
		return s
	}
	first, err := strconv.Atoi(m[2])
	if err != nil {
		return s
	}
	return fact("setting/"+key, m[1]+strconv.Itoa(first+n)+m[3])
}

// placeWord is what a place is called to its face: 区, 县, 市.
func placeWord(name string) string {
	for _, w := range []string{"区", "县", "市", "旗", "镇", "乡", "街道"} {
		if strings.HasSuffix(name, w) {
			return w
		}
	}
	return "单位"
}

func (l *letter) addressee() string {
	name := l.u.Unit.Name
	switch {
	case l.to == ToUnion:
		return unionName(l.u.Unit)
	case l.u.Unit.Level == record.LevelZone:
		return name + "管理委员会"
	case strings.HasSuffix(name, "街道"):
		return name + "办事处"
	case strings.HasSuffix(name, "街道办事处"):
		return name
	}
	return name + "人民政府"
}

// unionName is a unit's own union.
func unionName(u record.Unit) string {
	if u.Level == record.LevelCounty {
		return u.Name + "总工会"
	}
	return u.Name + "工会"
}

// isRed reports whether a red finding of the rule set the letter off.
func (l *letter) isRed(rule string) bool {
	f := l.finding(rule, l.u.Unit.Code)
	return f != nil && f.Severity == string(regime.Red)
}

// fails reports whether the unit has a finding of the rule, whatever its severity.
func (l *letter) fails(rule string) bool { return l.finding(rule, l.u.Unit.Code) != nil }

// title is chosen by what set the letter off: not held, held amiss, items late, or several.
func (l *letter) title(office string) []string {
	held := l.isRed(regime.RuleAnnualMeeting) || l.isRed(regime.RuleSubstitute)
	amiss := l.isRed(regime.RuleLateMeeting) || l.isRed(regime.RuleChair)
	late := l.isRed(regime.RuleOverdue)
	verb := map[Addressee]string{ToGovernment: "商请", ToUnion: "督促"}[l.to]
	switch {
	case held && !amiss && !late:
		return []string{office, "关于" + verb, "召开" + l.year(), "政府与工会", "联席会议的函"}
	case amiss && !held && !late:
		return []string{office, "关于" + verb, "规范召开", "政府与工会", "联席会议的函"}
	case late && !held && !amiss:
		return []string{office, "关于" + verb, "办理", "政府与工会", "联席会议", "逾期议定事项的函"}
	}
	return []string{office, "关于" + verb, "做好" + l.year(), "政府与工会", "联席会议", "有关工作的函"}
}

func (l *letter) opening() OfficialBlock {
	own := ownName(l.Settings["office.name"])
	if l.to == ToGovernment {
		return bodyLine("政府与工会联席会议是政府与工会沟通协商的重要制度。", l.issuerOfBasis(own), withShort(l.basis), "对会议召开和议定事项落实提出了要求。现将", l.you, l.year(), "有关情况函告如下，商请予以支持。")
	}
	if a, ok := l.asOf.Regime.Action("letter"); ok {
		return bodyLine("根据", withShort(l.basis), "关于", clauseQuote(a.Clause), "的要求，现将", l.you, l.year(), "政府与工会联席会议有关情况和督导意见函告如下。")
	}
	return bodyLine("根据", withShort(l.basis), "，现将", l.you, l.year(), "政府与工会联席会议有关情况和督导意见函告如下。")
}

// issuerOfBasis stands before a document that does not name its issuer itself.
func (l *letter) issuerOfBasis(own string) string {
	if strings.HasPrefix(l.basis.Text, "《") && strings.HasSuffix(own, "总工会") && l.asOf.Regime.HasClause("annual_meeting_held") && strings.Contains(l.asOf.Regime.Document.Issuer, "总工会") {
		return own
	}
	return ""
}

// short is 《通知》明确，.
func (l *letter) short() []Span {
	if l.basis.Figure == nil {
		return spans("文件", l.says, "，")
	}
	return spans(shortTitle(l.basis.Text), l.says, "，")
}

// closing is the last words and what is attached.
func (l *letter) closing() []OfficialBlock {
	if l.to == ToGovernment {
		return []OfficialBlock{bodyLine("我会将配合做好议题征集、材料准备等工作。"), bodyLine("专此函达，请予支持为盼。")}
	}
	var out []OfficialBlock
	if a, ok := l.asOf.Regime.Action("assessment"); ok && a.Clause.ID == "QHD-14" {
		out = append(out, bodyLine(fact("clause/"+a.Clause.ID+"/words", "联席会议召开及落实情况纳入评价各县区总工会工作的重要指标体系"), "。"))
	}
	return append(out, bodyLine("特此函告。"))
}
