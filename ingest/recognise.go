package ingest

import (
	"path"
	"regexp"
	"strings"

	"liandu/internal/cntext"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
)

// chosen is what a person said beside the file: unit and quarter picked by hand, the unit of a county's account.
type chosen struct {
	unit    record.UnitCode
	quarter period.Quarter
	own     record.UnitCode

	several  bool        // one county's part of a file of several: a 填报单位 that names the city is no contradiction
	received period.Date // zero where the file's quarter is not to be held against it
}

// recognise settles whom a file speaks for and when: what the workbook says, else the file's name, else what was
// chosen by hand, else a title. Any two that differ are an error, and so is nothing at all.
func recognise(units *registry.Registry, file string, all []found, by chosen, p *problems) scope {
	s := scope{units: units, quarter: recogniseQuarter(file, all, by, p)}
	unit := recogniseUnit(units, file, all, by, s.quarter, p)
	if unit.Code == "" {
		return s
	}
	s.submitter = unit.Code
	if by.own != "" && by.own != unit.Code {
		sheet, cell, text := placeOfLabel(all, "unit_text")
		p.add(UnitForeign, sheet, cell, text, unit.Name, unitName(units, by.own))
	}
	return s
}

// said is one source's word on unit or quarter.
type said[T any] struct {
	value T
	words string // as a message names it
	where string // 文件名中, 所选的单位, 工作表「…」中
	at    found
}

func recogniseQuarter(file string, all []found, by chosen, p *problems) period.Quarter {
	var inFile []said[period.Quarter]
	unreadable := false
	for _, f := range all {
		if f.field != "period_text" || f.text == "" {
			continue
		}
		q, ok := cntext.Quarter(f.text)
		if !ok {
			q, ok = cntext.FindQuarter(f.text) // 2024年第二季度（4—6月）
		}
		if !ok {
			q, ok = quarterWithYear(file, all, by, f, p)
		}
		if !ok {
			unreadable = true
			p.add(PeriodUnreadable, f.sheet, f.cell.Ref(), f.text)
			continue
		}
		inFile = append(inFile, said[period.Quarter]{q, q.Chinese(), "工作表「" + f.sheet + "」中", f})
	}
	var others []said[period.Quarter]
	if q, ok := cntext.FindQuarter(baseName(file)); ok {
		others = append(others, said[period.Quarter]{value: q, words: q.Chinese(), where: "文件名中"})
	}
	if !by.quarter.IsZero() {
		others = append(others, said[period.Quarter]{value: by.quarter, words: by.quarter.Chinese(), where: "所选的报告期"})
	}
	main, conflict := settle(inFile, others)
	if main == nil && !unreadable {
		if main = fromTitle(all, titleField, cntext.FindQuarter); main != nil {
			p.add(PeriodFromTitle, main.at.sheet, refOf(main.at), main.at.text, main.value.Chinese())
			return main.value
		}
		if main = fromTitle(all, tabField, cntext.FindQuarter); main != nil {
			p.add(PeriodFromTab, main.at.sheet, "", "", main.at.text, main.value.Chinese())
			return main.value
		}
		alone := fromTitle(all, tabField, func(tab string) (int, bool) { // a sheet 三季度 under a title of 2024年
			n, _, ok := cntext.QuarterAlone(tab)
			return n, ok
		})
		if alone != nil {
			if q, ok := quarterWithYear(file, all, by, alone.at, p); ok {
				return q
			}
		}
	}
	if main != nil && !by.received.IsZero() && main.value.First().After(by.received) {
		sheet, cell, text := placeOfLabel(all, "period_text")
		p.add(PeriodFuture, sheet, cell, text, main.value.Chinese(), by.received.String())
	}
	switch {
	case conflict != nil:
		p.add(PeriodConflict, main.at.sheet, refOf(main.at), main.at.text, main.where, main.words, conflict.where, conflict.words)
	case main == nil && !unreadable:
		sheet, cell, text := placeOfLabel(all, "period_text")
		p.add(PeriodMissing, sheet, cell, text)
	case main != nil && len(inFile) == 0 && by.quarter.IsZero():
		if sheet, cell, text := placeOfLabel(all, "period_text"); cell != "" && !unreadable {
			p.add(PeriodFromName, sheet, cell, text, main.words)
		}
	}
	if main == nil {
		return period.Quarter{}
	}
	return main.value
}

// quarterWithYear reads 第三季度 with the year that stands elsewhere: chosen by hand, in the lines over the tables, in
// the sheets' names, in the file's name. Two different years are none.
func quarterWithYear(file string, all []found, by chosen, f found, p *problems) (period.Quarter, bool) {
	n, year, ok := cntext.QuarterAlone(f.text)
	if !ok {
		return period.Quarter{}, false
	}
	where := "同一格"
	if year == 0 && !by.quarter.IsZero() {
		where, year = "所选的报告期", by.quarter.Year
	}
	for _, field := range []string{yearField, titleField, tabField} {
		if year == 0 {
			if y := fromTitle(all, field, cntext.FindYear); y != nil {
				where, year = "「"+shorten(y.at.text)+"」", y.value
			}
		}
	}
	for _, name := range []string{baseName(file), path.Dir(file)} {
		if y, ok := cntext.FindYear(name); ok && year == 0 {
			where, year = "文件名", y
		}
	}
	if year == 0 {
		return period.Quarter{}, false
	}
	q := period.Quarter{Year: year, N: n}
	if where != "同一格" {
		cell := ""
		if f.cell.Row > 0 { // a sheet's name has no cell
			cell = f.cell.Ref()
		}
		p.add(PeriodYearFrom, f.sheet, cell, f.text, where, q.Chinese())
	}
	return q, true
}

func recogniseUnit(units *registry.Registry, file string, all []found, by chosen, q period.Quarter, p *problems) record.Unit {
	var inFile []said[record.UnitCode]
	unknown := false
	for _, f := range all {
		if f.field != "unit_text" || f.text == "" {
			continue
		}
		m, ok := units.ResolveSubmitter(seal.ReplaceAllString(f.text, ""), by.own, q.Last())
		if by.several && ok && m.Unit.Level == record.LevelCity {
			continue
		}
		if !ok {
			unknown = true
			p.add(UnitUnknown, f.sheet, f.cell.Ref(), f.text, "填报单位", suggestion(units, f.text, by.own))
			continue
		}
		if m.How == registry.HowFormer {
			p.add(UnitSucceeded, f.sheet, f.cell.Ref(), f.text, "填报单位", m.Note)
		}
		inFile = append(inFile, said[record.UnitCode]{m.Unit.Code, m.Unit.Name, "工作表「" + f.sheet + "」中", f})
	}
	others := unitsBeside(units, file, by, q)
	main, conflict := settle(inFile, others)
	if main == nil && !unknown {
		find := func(text string) (record.UnitCode, bool) {
			m, ok := units.Find(text, q.Last())
			return m.Unit.Code, ok
		}
		if main = fromTitle(all, titleField, find); main != nil {
			p.add(UnitFromTitle, main.at.sheet, refOf(main.at), main.at.text, unitName(units, main.value))
			return submitterOf(units, *main, p)
		}
		if main = fromTitle(all, tabField, find); main != nil {
			p.add(UnitFromTab, main.at.sheet, "", "", main.at.text, unitName(units, main.value))
			return submitterOf(units, *main, p)
		}
	}
	switch {
	case conflict != nil:
		p.add(UnitConflict, main.at.sheet, refOf(main.at), main.at.text, main.where, main.words, conflict.where, conflict.words)
	case main == nil && !unknown:
		sheet, cell, text := placeOfLabel(all, "unit_text")
		p.add(UnitMissing, sheet, cell, text)
	case main != nil && len(inFile) == 0 && by.unit == "" && !unknown:
		if sheet, cell, text := placeOfLabel(all, "unit_text"); cell != "" {
			p.add(UnitFromName, sheet, cell, text, main.words)
		}
	}
	if main == nil {
		return record.Unit{}
	}
	return submitterOf(units, *main, p)
}

// seal is where a printed form asks for the stamp: 鹿塘县总工会（盖章）.
var seal = regexp.MustCompile(`[(（]\s*(?:加盖)?[公印签盖]?\s*章\s*处?[)）]`)

// unitsBeside is what file name, chosen unit and account say.
func unitsBeside(units *registry.Registry, file string, by chosen, q period.Quarter) []said[record.UnitCode] {
	var out []said[record.UnitCode]
	name := func(text string) bool {
		m, ok := units.Find(text, q.Last())
		if ok {
			out = append(out, said[record.UnitCode]{value: m.Unit.Code, words: m.Unit.Name, where: "文件名中"})
		}
		return ok
	}
	if !name(baseName(file)) {
		if dir := path.Dir(file); dir != "." { // a zip may hold a folder for each county
			name(dir)
		}
	}
	if by.unit != "" {
		out = append(out, said[record.UnitCode]{value: by.unit, words: unitName(units, by.unit), where: "所选的单位"})
	}
	return out
}

// submitterOf refuses a unit that sends no report of its own, and names who sends it.
func submitterOf(units *registry.Registry, main said[record.UnitCode], p *problems) record.Unit {
	u, _ := units.Unit(main.value)
	if u.Submitter {
		return u
	}
	owner, ok := units.Submitter(u.Code)
	if !ok {
		p.add(UnitUnknown, main.at.sheet, refOf(main.at), main.at.text, "填报单位", "「"+u.Name+"」不是填报单位。")
		return record.Unit{}
	}
	p.add(UnitNoSubmitter, main.at.sheet, refOf(main.at), main.at.text, u.Name, owner.Name)
	return owner
}

// fromTitle takes what the titles (or the sheets' names) in a file name, where they name one thing: the last resort of
// a file that says it nowhere else.
func fromTitle[T comparable](all []found, field string, find func(string) (T, bool)) *said[T] {
	var main *said[T]
	for _, f := range all {
		if f.field != field {
			continue
		}
		v, ok := find(f.text)
		switch {
		case !ok:
		case main == nil:
			main = &said[T]{value: v, at: f}
		case main.value != v:
			return nil
		}
	}
	return main
}

// settle takes the first word and the first of the others that differs from it.
func settle[T comparable](inFile, others []said[T]) (main, conflict *said[T]) {
	all := append(append([]said[T](nil), inFile...), others...)
	for i := range all {
		if main == nil {
			main = &all[i]
			continue
		}
		if all[i].value != main.value {
			return main, &all[i]
		}
	}
	return main, nil
}

// placeOfLabel is where the cover has a field, filled or not; empty where it has none.
func placeOfLabel(all []found, field string) (sheet, cell, text string) {
	for _, f := range all {
		if f.field == field {
			return f.sheet, f.cell.Ref(), f.text
		}
	}
	return "", "", ""
}

func refOf(f found) string {
	if f.sheet == "" {
		return ""
	}
	return f.cell.Ref()
}

// baseName is the file's own name, folders and what it is a kind of left off.
func baseName(file string) string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	return strings.TrimSuffix(base, path.Ext(base))
}
