package export

import (
	"slices"
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/fault"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// AnnualNotice makes 年度建制和实施情况通报: the year's establishment and meetings of every level. It needs Levels and the
// fourth quarter, and refuses with fault.Invalid without. What the regime does not ask of a level is told, not judged.
// 出处: 沪府办发〔2018〕42号 八（四）「由协调小组办公室负责将各区建制和实施情况向协调小组领导和各成员单位通报」。
func (d Dossier) AnnualNotice() (*Official, error) {
	const kind = "年度通报"
	at := d.Metrics.AsOf
	switch {
	case at.Quarter.N != 4 || at.Year != at.Quarter.Year:
		return nil, fault.New(fault.Invalid, kind+"没有生成：年度通报按当年第四季度的数据生成，现为"+at.Quarter.Chinese()+"。", "请选择第四季度。")
	case d.Levels == nil:
		return nil, fault.New(fault.Invalid, kind+"没有生成：没有取得各层级单位的建制情况。", "请重新生成。")
	}
	k, err := newDesk(d, kind)
	if err != nil {
		return nil, err
	}
	k.listAt = "附件"
	a := &annual{notice: &notice{desk: k}}
	a.gather()
	office := a.office()
	number := k.number("annual.number")
	o := &Official{Paper: PaperAnnualNotice, Kind: k.kind, Number: number.Text, Issuer: office.Text, IssuedOn: k.IssuedOn, To: a.addressees()}
	title := titleLines(a.title(office.Text)...)
	o.Title = strings.Join(title, "")
	table := a.table()
	head := redHead(office, office.Figure != nil && office.Figure.ID == "setting/annual.office", number, title, o.To)
	end := append(attachmentNote([]attachment{table}), signature(office, k.issuedSpan())...)
	o.Pages = []OfficialPage{{Blocks: together(append(head, a.body()...), end)}, table.page(1, 1), {Blocks: []OfficialBlock{a.imprint("annual.copy")}}}
	return o, k.finish(o, false)
}

// annual is a notice's desk with the levels below.
type annual struct {
	*notice
	own      []levelRow // of the level judged
	below    map[record.UnitCode][]levelRow
	towns    []levelRow
	zones    []levelRow
	industry []levelRow
}

func (a *annual) gather() {
	a.sort()
	a.own, a.below = a.levelRows(a.asOf.Level, ""), map[record.UnitCode][]levelRow{}
	a.own = slices.DeleteFunc(a.own, func(r levelRow) bool { return a.unit(r.unit.Code) == nil })
	a.must("应建制的单位数", "登记册", int64(len(a.own)), "评价的单位数", int64(len(a.units)))
	if a.asOf.Level == record.LevelCounty {
		for _, r := range a.own {
			rows := a.levelRows(record.LevelTownship, r.unit.Code)
			a.below[r.unit.Code] = rows
			a.towns = append(a.towns, rows...)
		}
	}
	if a.asOf.Level != record.LevelZone {
		a.zones = a.levelRows(record.LevelZone, "")
	}
	a.industry = a.levelRows(record.LevelIndustry, "")
	a.agreeWithRate()
}

// agreeWithRate holds the counts against 建制率, and each count against what it is part of (grammar, check 29).
func (a *annual) agreeWithRate() {
	var sum queries.Pair
	levels := map[record.Level][]levelRow{a.asOf.Level: a.own, record.LevelTownship: a.towns}
	if a.asOf.Level == record.LevelTownship {
		levels[record.LevelTownship] = a.own
	}
	for level, rows := range levels {
		if a.asOf.Regime.Obliges(level) {
			s := sumOf(rows)
			sum.Num, sum.Den = sum.Num+s.established, sum.Den+s.units
		}
		s := sumOf(rows)
		a.must(levelWord(level)+"新建数不应大于已建数，多出的个数", "应为", 0, "实为", max(s.fresh-s.established, 0))
		a.must(levelWord(level)+"召开数不应大于已建数，多出的个数", "应为", 0, "实为", max(s.held-s.established, 0))
	}
	rate := a.Metrics.Total["establishment"]
	a.must("已建制的单位数", "各层级之和", sum.Num, "建制率的分子", rate.Num)
	a.must("应建制的单位数", "各层级之和", sum.Den, "建制率的分母", rate.Den)
	if a.asOf.Regime.Obliges(record.LevelTownship) && a.asOf.Level == record.LevelCounty {
		for _, r := range a.own {
			s, u := sumOf(a.below[r.unit.Code]), a.unit(r.unit.Code)
			own := int64(0)
			if r.established {
				own = 1
			}
			a.must("「"+r.unit.Name+"」已建制的单位数", "本级与乡级之和", own+s.established, "建制率的分子", u.Indicators["establishment"].Num)
		}
	}
}

// office is who issues the paper: the coordination group's office where one is set, else the department.
func (a *annual) office() Span {
	if v := a.Settings["annual.office"]; v != "" {
		return fact("setting/annual.office", v)
	}
	return a.need("office.name")
}

func (a *annual) title(office string) []string {
	pieces := []string{"关于" + a.year(), wholeWord(a.City), "政府与工会", "联席会议", "建制和实施情况的", "通报"}
	if a.Settings["annual.office"] == "" {
		return append([]string{office}, pieces...)
	}
	return pieces
}

func (a *annual) addressees() string {
	if v := a.Settings["annual.to"]; v != "" {
		return strings.TrimRight(v, "：:")
	}
	if a.asOf.Level == record.LevelCounty {
		return "各" + a.word + "总工会"
	}
	return "各" + a.word + "工会"
}

func (a *annual) body() []OfficialBlock {
	because := spans("根据", a.basis(), "，")
	if act, ok := a.asOf.Regime.Action("notice"); ok && act.Name == "年度通报" {
		because = spans("根据", a.basis(), "关于", clauseQuote(act.Clause), "的要求，")
	}
	out := []OfficialBlock{
		bodyLine(because, "现将截至", a.asOfSpan(), wholeWord(a.City), "各级政府与工会联席会议建制和实施情况通报如下。"),
		Line{Style: docx.Heading1, Spans: spans("一、建制情况")},
	}
	out = append(out, a.establishedText()...)
	out = append(out, Line{Style: docx.Heading1, Spans: spans("二、实施情况")})
	out = append(out, a.doneTextOfYear()...)
	part := 3
	for _, s := range []struct {
		title string
		list  []section2
	}{{"存在的问题", a.problemsOfYear()}, {"下一步工作", a.demandsOfYear()}} {
		if len(s.list) > 0 {
			out = append(out, Line{Style: docx.Heading1, Spans: spans(ordinal(part) + "、" + s.title)})
			out = append(out, paragraphs(s.list)...)
			part++
		}
	}
	return out
}

// townWord is what the level below is called.
const townWord = "乡镇（街道）"

// establishedText is part one: who has the system at each level.
func (a *annual) establishedText() []OfficialBlock {
	var out []OfficialBlock
	s := sumOf(a.own)
	text := spans(wholeWord(a.City), number("level/own/units", s.units), "个", a.word)
	switch {
	case s.open() == 0:
		text = append(text, spans(each(s.units), "已建立联席会议制度", a.freshWords(s, a.own))...)
	case s.established == 0:
		text = append(text, spans(each(s.units), "未建立联席会议制度")...)
	default:
		text = append(text, spans("中，", number("level/own/established", s.established), "个已建立联席会议制度", a.freshWords(s, a.own),
			"，未建立", number("level/own/open", s.open()), "个（", a.rowNames(a.own, func(r levelRow) bool { return !r.established }), "）")...)
	}
	out = append(out, bodyLine(text, "。"))
	if len(a.towns) > 0 {
		out = append(out, bodyLine(a.townText()))
	}
	if other := a.otherText(); other != nil {
		out = append(out, bodyLine(other))
	}
	return out
}

// freshWords is ，其中2024年新建1个（柏泉县）; nothing where none is new.
func (a *annual) freshWords(s levelSum, rows []levelRow) []Span {
	if s.fresh == 0 {
		return nil
	}
	return spans("，其中", strconv.Itoa(a.asOf.Year), "年新建", number("level/own/fresh", s.fresh), "个（", a.rowNames(rows, func(r levelRow) bool { return r.fresh }), "）")
}

// each is 均, which one alone does not bear.
func each(n int64) string {
	if n == 1 {
		return ""
	}
	return "均"
}

// rowNames joins names for brackets; more than ten point to the attachment.
func (a *annual) rowNames(rows []levelRow, ok func(levelRow) bool) []Span {
	var out []Span
	n := 0
	for _, r := range rows {
		if !ok(r) {
			continue
		}
		if n++; n > mostListed {
			return spans("名单见" + a.listAt)
		}
		if n > 1 {
			out = append(out, Span{Text: "、"})
		}
		out = append(out, unitName(r.unit))
	}
	return out
}

func (a *annual) townText() []Span {
	s, own := sumOf(a.towns), sumOf(a.own)
	out := spans(number("level/township/units", s.units), "个", townWord)
	switch {
	case s.open() == 0:
		out = append(out, spans(each(s.units), "已建立", a.townFresh(s))...)
	case s.established == 0:
		out = append(out, spans(each(s.units), "未建立")...)
	default:
		out = append(out, spans("中，", number("level/township/established", s.established), "个已建立")...)
		if s.units >= fewest {
			out = append(out, spans("，建制率", sharePercent("level/township", s.pair()))...)
		}
		out = append(out, spans(a.townFresh(s), "；未建立", number("level/township/open", s.open()), "个")...)
	}
	out = append(out, Span{Text: "。"})
	if s.open() > 0 {
		var full []record.Unit
		for _, r := range a.own {
			if t := sumOf(a.below[r.unit.Code]); t.units > 0 && t.open() == 0 {
				full = append(full, r.unit)
			}
		}
		switch {
		case len(full) > 5:
			out = append(out, spans("有", number("level/township/full", int64(len(full))), "个", a.word, "的", townWord, "全部建立。")...)
		case len(full) > 0:
			out = append(out, spans(a.inText(full), "的", townWord, "全部建立。")...)
		}
	}
	both := queries.Pair{Num: own.established + s.established, Den: own.units + s.units}
	out = append(out, spans("县、乡两级合计", number("level/both/units", both.Den), "个，已建立", number("level/both/established", both.Num), "个")...)
	if both.Den >= fewest {
		out = append(out, spans("，建制率", sharePercent("level/both", both))...)
	}
	return append(out, Span{Text: "。"})
}

func (a *annual) townFresh(s levelSum) []Span {
	if s.fresh == 0 {
		return nil
	}
	return spans("，其中", strconv.Itoa(a.asOf.Year), "年新建", number("level/township/fresh", s.fresh), "个")
}

// otherText tells of development zones and industry unions, which stand outside the rate unless the regime obliges them.
func (a *annual) otherText() []Span {
	var out []Span
	if s := sumOf(a.zones); s.units > 0 {
		out = append(out, spans("开发区", number("level/zone/units", s.units), "个")...)
		if c, ok := a.clauseAbout("开发区"); ok && c.Force == regime.ForceMay {
			out = append(out, Span{Text: "，可参照建立"})
		}
		out = append(out, a.otherCount("zone", a.zones, s)...)
	}
	if s := sumOf(a.industry); s.units > 0 {
		out = append(out, spans("行业工会", number("level/industry/units", s.units), "个")...)
		out = append(out, a.otherCount("industry", a.industry, s)...)
	}
	return out
}

func (a *annual) otherCount(level string, rows []levelRow, s levelSum) []Span {
	outside := "，不纳入建制率。"
	if a.asOf.Regime.Obliges(record.Level(level)) {
		outside = "。"
	}
	switch {
	case s.established == 0:
		return spans("，", each(s.units), "未建立", outside)
	case s.open() == 0:
		return spans("，", each(s.units), "已建立", outside)
	}
	names := a.rowNames(rows, func(r levelRow) bool { return r.established })
	return spans("，已建立", number("level/"+level+"/established", s.established), "个（", names, "），未建立", number("level/"+level+"/open", s.open()), "个", outside)
}

// doneTextOfYear is part two: the meetings of each level, and the items.
func (a *annual) doneTextOfYear() []OfficialBlock {
	out := []OfficialBlock{bodyLine(a.heldOfYear())}
	if len(a.held) > 0 {
		out = append(out, bodyLine(a.chairs()))
	}
	if lower := a.lowerHeld(); lower != nil {
		out = append(out, bodyLine(lower))
	}
	pop := a.Metrics.Total["resolution_completion"].Den
	if pop == 0 {
		return append(out, bodyLine(a.word, a.year(), "无应办议定事项。"))
	}
	return append(out, bodyLine(a.states(pop)))
}

func (a *annual) heldOfYear() []Span {
	pair := a.Metrics.Total["annual_meeting_held"]
	out := spans(number("total/annual_meeting_held/den", pair.Den), "个", a.word)
	switch {
	case pair.Num == pair.Den && len(a.late) == 0:
		return spans(out, a.year(), "联席会议均按期召开。")
	case pair.Num == 0:
		out = spans(out, a.year(), "联席会议均未召开")
	default:
		out = spans(out, "中，", a.year(), "召开联席会议", number("total/annual_meeting_held/num", pair.Num), "个")
		switch {
		case len(a.late) == 0:
			out = append(out, Span{Text: "，均按期召开"})
		case len(a.onTime) == 0:
			out = append(out, Span{Text: "，均延迟召开"})
		default:
			out = append(out, spans("，其中按期召开", number("status/held_on_time", int64(len(a.onTime))), "个、延迟召开", number("status/held_late", int64(len(a.late))), "个")...)
		}
	}
	for _, g := range []struct {
		id, words string
		units     []queries.UnitResult
	}{{"substituted", "以其他会议代替", a.substituted}, {"not_held", "未召开", a.notHeld}, {"pending", "未到召开期限", a.pending}} {
		if len(g.units) > 0 && pair.Num > 0 || len(g.units) > 0 && g.id != "not_held" {
			out = append(out, spans("；", g.words, number("status/"+g.id, int64(len(g.units))), "个（", a.inList(g.units), "）")...)
		}
	}
	return append(out, Span{Text: "。"})
}

// lowerHeld counts the meetings of those below that have the system.
func (a *annual) lowerHeld() []Span {
	var out []Span
	if s := sumOf(a.towns); s.established > 0 {
		out = spans("已建立联席会议制度的", number("level/township/established", s.established), "个", townWord)
		switch s.held {
		case s.established:
			out = append(out, spans("，", strconv.Itoa(a.asOf.Year), "年度", each(s.established), "召开会议。")...)
		case 0:
			out = append(out, spans("，", strconv.Itoa(a.asOf.Year), "年度", each(s.established), "未召开会议。")...)
		default:
			out = append(out, spans("中，", strconv.Itoa(a.asOf.Year), "年召开", number("level/township/held", s.held), "个")...)
			if s.established >= fewest {
				out = append(out, spans("，占", sharePercent("level/township/held_share", s.heldPair()))...)
			}
			out = append(out, spans("；未召开", number("level/township/unheld", s.established-s.held), "个。")...)
		}
	}
	for _, o := range []struct {
		id, words string
		rows      []levelRow
	}{{"zone", "开发区", a.zones}, {"industry", "行业工会", a.industry}} {
		if s := sumOf(o.rows); s.held > 0 {
			out = append(out, spans("已建立制度的", o.words, "中，", strconv.Itoa(a.asOf.Year), "年召开", number("level/"+o.id+"/held", s.held), "个。")...)
		}
	}
	return out
}

// redHead is the red head of a 文件式 paper: the mark, the number over the red rule, the title and the addressees. A name
// alone marks an office that has no 文件 of its own.
func redHead(office Span, alone bool, no Span, title []string, to string) []OfficialBlock {
	mark := office.Text + "文件"
	if alone {
		mark = office.Text
	}
	size, line := docx.MarkSize(mark)
	out := []OfficialBlock{
		Line{Style: docx.Mark, Spans: spans(Span{Text: mark, Look: office.Look}), Before: docx.MarkTop - (line-size*10)/2, Line: line, Size: size},
		empty(), empty(), Line{Style: docx.Number, Spans: spans(no)}, empty(), empty(),
	}
	for _, l := range title {
		out = append(out, Line{Style: docx.Title, Spans: spans(l)})
	}
	return append(out, empty(), Line{Style: docx.Addressee, Spans: spans(to + "：")})
}

// imprint is 版记: who gets a copy by a setting that may be empty, who printed it and when.
func (k *desk) imprint(copyKey string) OfficialBlock {
	f := Foot{Office: spans(k.need("office.issuer")), Date: spans(k.issuedSpan(), "印发")}
	if v := k.Settings[copyKey]; v != "" {
		f.Copy = spans("抄送：", fact("setting/"+copyKey, trimStop(v)), "。")
	}
	return f
}
