package export

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/docx"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/queries"
)

// problemsOfYear is part three: who lacks the system, who has it and does not meet, and how the counties' own meetings
// fall short.
func (a *annual) problemsOfYear() []section2 {
	var out []section2
	add := func(title string, body []Span) {
		if len(body) > 0 {
			out = append(out, section2{title: spans(title), body: body})
		}
	}
	add("建制未全覆盖", a.openProblem())
	add("建而未开", a.idleProblem())
	add("会议执行不到位", a.meetingProblem())
	return out
}

// openProblem names the units without the system and those whose own units lack it most: under the line that is set, or
// all where none is.
func (a *annual) openProblem() []Span {
	var none []record.Unit
	for _, r := range a.own {
		if !r.established {
			none = append(none, r.unit)
		}
	}
	var out []Span
	if len(none) > 0 {
		out = spans(a.inText(none), "本级未建立联席会议制度。")
	}
	line, hasLine := tenths(a.Settings["annual.line"])
	type behind struct {
		unit record.Unit
		sum  levelSum
	}
	var low []behind
	for _, r := range a.own {
		s := sumOf(a.below[r.unit.Code])
		if s.open() > 0 && (!hasLine || s.established*1000 < s.units*line) {
			low = append(low, behind{r.unit, s})
		}
	}
	if len(low) == 0 {
		return a.judgedOpen(out)
	}
	slices.SortStableFunc(low, func(x, y behind) int {
		return cmp.Or(cmp.Compare(x.sum.established*y.sum.units, y.sum.established*x.sum.units), cmp.Compare(x.unit.Code, y.unit.Code))
	})
	what := spans(townWord, "未全部建立")
	if hasLine {
		what = spans(townWord, "建制率低于", fact("setting/annual.line", percent(line, 1000)))
	}
	out = append(out, spans(what, "的有", number("level/behind", int64(len(low))), "个", unitWordOf(low, func(b behind) record.Unit { return b.unit }))...)
	if len(low) > mostListed {
		return a.judgedOpen(append(out, Span{Text: "，名单见附件。"}))
	}
	out = append(out, Span{Text: "，分别为"})
	if len(low) == 1 {
		out[len(out)-1].Text = "，为"
	}
	for i, b := range low {
		if i > 0 {
			out = append(out, Span{Text: "、"})
		}
		id := "level/" + string(b.unit.Code)
		out = append(out, spans(unitName(b.unit), "（", number(id+"/units", b.sum.units), "个中已建立", number(id+"/established", b.sum.established), "个")...)
		if b.sum.units >= fewest && b.sum.established > 0 {
			out = append(out, spans("，占", sharePercent(id, b.sum.pair()))...)
		}
		out = append(out, Span{Text: "）"})
	}
	return a.judgedOpen(append(out, Span{Text: "。"}))
}

// judgedOpen ends the facts by the clause where the regime has one.
func (a *annual) judgedOpen(facts []Span) []Span {
	rule, ok := a.asOf.Regime.Rule(regime.RuleEstablishment)
	if !ok || len(facts) == 0 || len(a.found[regime.RuleEstablishment]) == 0 {
		return facts
	}
	said := judged(rule)
	if len(said) == 0 {
		return facts
	}
	said[0].Text = "上述情况" + strings.TrimPrefix(said[0].Text, "，")
	return append(facts, append(said, Span{Text: "。"})...)
}

// unitWordOf is what units of a list are called together.
func unitWordOf[T any](all []T, unit func(T) record.Unit) string {
	var units []queries.UnitResult
	for _, one := range all {
		units = append(units, queries.UnitResult{Unit: unit(one)})
	}
	return unitWord(units)
}

// tenths reads a percentage such as 70 or 70.0% as tenths of a per cent.
func tenths(s string) (int64, bool) {
	whole, part, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(s), "%"), ".")
	n, err := strconv.ParseInt(whole+(part + "0")[:1], 10, 64)
	return n, err == nil && n > 0 && n <= 1000
}

// idleProblem counts those below that have the system and held no meeting, and names the three with the most.
func (a *annual) idleProblem() []Span {
	s := sumOf(a.towns)
	if s.established == s.held {
		return nil
	}
	var idle []tally
	for _, r := range a.own {
		t := sumOf(a.below[r.unit.Code])
		if n := t.established - t.held; n > 0 {
			idle = append(idle, tally{unit: r.unit, n: n, id: "level/" + string(r.unit.Code) + "/unheld"})
		}
	}
	slices.SortStableFunc(idle, func(x, y tally) int { return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(x.unit.Code, y.unit.Code)) })
	out := spans("已建立制度的", townWord, "中，", number("level/township/unheld", s.established-s.held), "个", strconv.Itoa(a.asOf.Year), "年未召开会议")
	if len(idle) == 1 {
		return spans(out, "，均在", unitName(idle[0].unit), "。")
	}
	most := idle
	if len(idle) > 3 {
		at := 3
		for at < len(idle) && idle[at].n == idle[2].n {
			at++
		}
		most = idle[:at]
		out = append(out, Span{Text: "，其中"})
	} else {
		out = append(out, Span{Text: "，为"})
	}
	for i, t := range most {
		switch {
		case i > 0 && i == len(most)-1:
			out = append(out, Span{Text: "和"})
		case i > 0:
			out = append(out, Span{Text: "、"})
		}
		out = append(out, spans(unitName(t.unit), number(t.id, t.n), "个")...)
	}
	return append(out, Span{Text: "。"})
}

// meetingProblem names in one sentence who did not hold the meeting, put another in its place, held it late or under
// another chair.
func (a *annual) meetingProblem() []Span {
	var parts [][]Span
	add := func(units []record.Unit, words ...any) {
		if len(units) > 0 {
			parts = append(parts, spans(append([]any{a.inText(units)}, words...)...))
		}
	}
	names := func(rule string, ok func(queries.UnitResult) bool) []record.Unit {
		var out []record.Unit
		for _, u := range a.units {
			if ok(u) && a.finding(rule, u.Unit.Code) != nil {
				out = append(out, u.Unit)
			}
		}
		return out
	}
	silent := func(u queries.UnitResult) bool { return a.isUnreported(u.Unit.Code) }
	add(names(regime.RuleAnnualMeeting, func(u queries.UnitResult) bool { return u.Status == queries.NotHeld && !silent(u) }), "未召开")
	add(names(regime.RuleAnnualMeeting, func(u queries.UnitResult) bool { return u.Status == queries.NotHeld && silent(u) }), "未报送", a.quarterWord(a.asOf.Quarter), "报表，未收到召开会议的报告")
	add(names(regime.RuleAnnualMeeting, func(u queries.UnitResult) bool { return u.Status == queries.Substituted }), "以其他会议代替")
	add(names(regime.RuleLateMeeting, func(queries.UnitResult) bool { return true }), "延迟召开")
	chair := "未由政府负责同志主持"
	if accept := a.asOf.Regime.AcceptRanks(); len(accept) == 1 && accept[0] == record.RankPrincipal {
		chair = "未由政府主要负责同志主持"
	}
	add(names(regime.RuleChair, func(queries.UnitResult) bool { return true }), chair)
	add(names(regime.RuleChairUnknown, func(queries.UnitResult) bool { return true }), "所报材料未载明主持人")
	if len(parts) == 0 {
		return nil
	}
	var out []Span
	for i, p := range parts {
		if i > 0 {
			out = append(out, Span{Text: "；"})
		}
		out = append(out, p...)
	}
	return append(out, Span{Text: "。"})
}

// demandsOfYear is part four: what is to be set up by when, and the next report.
func (a *annual) demandsOfYear() []section2 {
	var out []section2
	var none []record.Unit
	for _, r := range a.own {
		if !r.established {
			none = append(none, r.unit)
		}
	}
	if a.asOf.Regime.HasRule(regime.RuleEstablishment) {
		if len(none) > 0 {
			out = append(out, section2{body: spans(a.inText(none), "于", a.dayOf("annual.establish"), "前建立联席会议制度。")})
		}
		if s := sumOf(a.towns); s.open() > 0 {
			out = append(out, section2{body: spans("未建立制度的", number("level/township/open", s.open()), "个", townWord, "，由所在", a.word, "总工会会同政府办公室于", a.dayOf("annual.plan"), "前提出建立计划。")})
		}
	}
	next := a.asOf.Quarter.Add(4)
	out = append(out, section2{body: spans("各", a.word, "于", date("submission_due/"+next.String(), a.asOf.Regime.SubmissionDue(next)), "前报送", strconv.Itoa(next.Year), "年度各级建制、实施情况。")})
	return out
}

// dayOf is a day set for the paper.
func (k *desk) dayOf(key string) Span {
	s := k.need(key)
	if d, err := period.ParseDate(k.Settings[key]); err == nil && !d.IsZero() {
		return date("setting/"+key, d)
	}
	return s
}

// table is the one attachment: the counties with those below, then the zones, then the industry unions.
func (a *annual) table() attachment {
	blocks := []OfficialBlock{Line{Style: docx.TableLine, Spans: spans("截至", a.asOfSpan(), "\t单位：个、%")}}
	three := len(a.zones)+len(a.industry) > 0
	part := 0
	sub := func(words string) {
		if three {
			part++
			words = "（" + ordinal(part) + "）" + words
			blocks = append(blocks, Line{Style: docx.TableSubhead, Spans: spans(words), Keep: true})
		}
	}
	ownTitle := a.word
	if len(a.towns) > 0 {
		ownTitle += "及所辖" + townWord
	}
	sub(ownTitle)
	blocks = append(blocks, a.ownTable())
	outside := func(level record.Level, may bool) string {
		switch {
		case a.asOf.Regime.Obliges(level):
			return ""
		case may:
			return "（参照执行，不纳入建制率）"
		}
		return "（不纳入建制率）"
	}
	if len(a.zones) > 0 {
		_, may := a.clauseAbout("开发区")
		sub("开发区" + outside(record.LevelZone, may))
		blocks = append(blocks, a.otherTable(a.zones))
	}
	if len(a.industry) > 0 {
		sub("行业工会" + outside(record.LevelIndustry, false))
		blocks = append(blocks, a.otherTable(a.industry))
	}
	notes := [][]Span{spans("建制为累计数，“当年新建”包含在内；未报送建制情况的计为未建。")}
	if len(a.towns) > 0 {
		notes = append(notes, spans("“占已建制”=当年召开÷已建制；会议在未建制单位召开的不计。带“*”的，分母不足5，比率仅供参考。"))
	}
	notes = append(notes, spans("数据依据各", a.word, a.asOf.Quarter.Chinese(), "及以前报表，", fact("known_at", a.known()), "。“—”表示不适用。"))
	return attachment{name: a.year() + "各级政府与工会联席会议建制和实施情况统计表", landscape: true, blocks: append(blocks, tableNotes(0, notes...)...)}
}

func builtWord(r levelRow) string {
	switch {
	case r.established:
		return "已建"
	case !r.reported:
		return "未建（未报）"
	}
	return "未建"
}

func (a *annual) ownTable() Grid {
	columns, cols := []string{"序号", a.word, "本级建制", "本级召开情况"}, []int{640, 1700, 1300, 1700}
	towns := len(a.towns) > 0
	if towns {
		columns = append(columns, townWord+"数", "已建制", "其中：当年新建", "建制率（%）", "当年召开", "占已建制（%）", "未建制")
		cols = append(cols, 0, 0, 0, 0, 0, 0, 0)
	} else {
		columns, cols = append(columns, "建立年份"), append(cols, 0)
	}
	g := Grid{Widths: widths(docx.TextHeight, cols...), Head: 1, Rows: heads(columns...)}
	for i, r := range a.own {
		id := "level/" + string(r.unit.Code)
		row := []GridCell{mid(strconv.Itoa(i + 1)), leftCell(unitName(r.unit)), mid(fact(id+"/own", builtWord(r))), mid(fact("unit/"+string(r.unit.Code)+"/annual_meeting", statusWord(a.unit(r.unit.Code).Status)))}
		if towns {
			row = append(row, townCells(id, sumOf(a.below[r.unit.Code]))...)
		} else {
			row = append(row, yearCell(id, r))
		}
		g.Rows = append(g.Rows, row)
	}
	own := sumOf(a.own)
	row := []GridCell{mid("合计"), mid(number("level/own/units", own.units), "个"), mid("已建", number("level/own/established", own.established), "个"),
		mid("已召开", number("total/annual_meeting_held/num", a.Metrics.Total["annual_meeting_held"].Num), "个")}
	if towns {
		row = append(row, townCells("level/township", sumOf(a.towns))...)
	} else {
		row = append(row, mid())
	}
	g.Rows = append(g.Rows, row)
	return g
}

func townCells(id string, s levelSum) []GridCell {
	return []GridCell{
		mid(number(id+"/units", s.units)), mid(number(id+"/established", s.established)), mid(number(id+"/fresh", s.fresh)), rateCell(id, s.pair()),
		mid(number(id+"/held", s.held)), rateCell(id+"/held_share", s.heldPair()), mid(number(id+"/open", s.open())),
	}
}

func yearCell(id string, r levelRow) GridCell {
	if r.year == 0 {
		return mid()
	}
	return mid(number(id+"/year", int64(r.year)))
}

func (a *annual) otherTable(rows []levelRow) Grid {
	g := Grid{Widths: widths(docx.TextHeight, 640, 0, 2400, 2000, 2400), Head: 1}
	g.Rows = heads("序号", "单位", "建制", "建立年份", strconv.Itoa(a.asOf.Year)+"年召开")
	for i, r := range rows {
		id := "level/" + string(r.unit.Code)
		held := mid()
		switch {
		case r.established && r.held:
			held = mid(fact(id+"/held", "已召开"))
		case r.established:
			held = mid(fact(id+"/held", "未召开"))
		}
		g.Rows = append(g.Rows, []GridCell{mid(strconv.Itoa(i + 1)), leftCell(unitName(r.unit)), mid(fact(id+"/own", builtWord(r))), yearCell(id, r), held})
	}
	return g
}
