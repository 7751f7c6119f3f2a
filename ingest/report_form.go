package ingest

import (
	"maps"
	"strconv"
	"strings"

	"liandu/internal/cntext"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
)

// keptReport turns an officer's form into the facts of a version: the report as kept, with what was corrected, its
// meeting and its items, each value at the words it rests on where the officer left it as it was read.
func keptReport(came keptReading, base string, form ReportForm, units *registry.Registry) (*record.ReportRead, record.Meeting, []record.Resolution) {
	read := came.read.Report
	kept := *read
	kept.Spans = maps.Clone(read.Spans)
	kept.Kept = &record.ReportKept{From: came.id, Base: base}
	k := keeper{read: read, kept: &kept, cells: map[string]string{}}
	unit, _ := units.Unit(form.Unit)
	readUnit, _ := units.Unit(read.Unit)
	m := form.Meeting
	m.Unit = unit.Code
	m.ChairRank, m.ChairDelegated = cntext.ChairRank(chairWords(m), cntext.ChairOptions{Level: unit.Level, Unit: unit.Name})
	if m.ChairTitle == read.ChairTitle {
		m.ChairDelegated = m.ChairDelegated || read.ChairDelegated
	}
	k.fact("unit", "unit", "召开单位", readUnit.Name, unit.Name)
	k.fact("kind", "kind", "会议形式", record.MeetingKind(read.Kind).Chinese(), m.Kind.Chinese())
	k.fact("session_year", "session_year", "所属年度", yearSaid(read.SessionYear), yearSaid(m.SessionYear))
	k.fact("held_on", "held_on", "召开日期", read.HeldOn.String(), m.HeldOn.String())
	k.fact("chair_name", "chair_name", "主持人", read.ChairName, m.ChairName)
	k.fact("chair_title", "chair_title", "主持人职务", read.ChairTitle, m.ChairTitle)
	k.fact("agenda_report", "report_back", "通报上次议定事项落实情况", tickSaid(read.ReportBack), tickSaid(m.AgendaReport))
	k.topics(m)
	kept.Unit, kept.UnitText, kept.Kind = unit.Code, unit.Name, string(m.Kind)
	kept.SessionYear, kept.HeldOn = m.SessionYear, m.HeldOn
	kept.ChairName, kept.ChairTitle, kept.ChairRank, kept.ChairDelegated = m.ChairName, m.ChairTitle, m.ChairRank, m.ChairDelegated
	kept.ReportBack = m.AgendaReport
	m.Source = record.Source{Sheet: record.TextSheet, Row: k.row("kind"), Cells: k.cells}
	return &kept, m, k.items(m, form.Items)
}

// keeper notes where each kept fact stands and what was corrected.
type keeper struct {
	read, kept *record.ReportRead
	cells      map[string]string
}

// fact compares a fact as read with the same as kept: unchanged it keeps its words, changed it is a correction.
func (k *keeper) fact(field, span, name, read, kept string) {
	at, ok := k.read.Spans[span]
	if read != kept {
		k.kept.Kept.Corrections = append(k.kept.Kept.Corrections, record.ReportCorrection{Field: name, Read: read, Kept: kept})
		delete(k.kept.Spans, span)
		return
	}
	if ref := record.TextRef(k.read.Text, at); ok && ref != "" {
		k.cells[field] = ref
	}
}

// topics compares the number of topics with the sum of the sides, which the text seldom tells apart.
func (k *keeper) topics(m record.Meeting) {
	sum, isSaid := 0, false
	for _, n := range []*int{m.GovTopics, m.UnionTopics, m.JointTopics} {
		if n != nil {
			sum, isSaid = sum+*n, true
		}
	}
	span := "topics_count"
	if _, ok := k.read.Spans[span]; !ok {
		span = "topics"
	}
	if !isSaid { // whose they are was left open; how many the text says stays
		return
	}
	read, kept := "", strconv.Itoa(sum)
	if k.read.TopicsCount != nil {
		read = strconv.Itoa(*k.read.TopicsCount)
	}
	k.kept.TopicsCount = &sum
	k.fact("topics", span, "议题数", read, kept)
	at, ok := k.cells["topics"]
	delete(k.cells, "topics")
	for field, n := range map[string]*int{"gov_topics": m.GovTopics, "union_topics": m.UnionTopics, "joint_topics": m.JointTopics} {
		if ok && n != nil {
			k.cells[field] = at
		}
	}
}

// items makes rows of the agreed items. One whose title is still as read stands at its words.
func (k *keeper) items(m record.Meeting, form []record.Resolution) []record.Resolution {
	at := map[string]int{}
	for i, x := range k.read.Resolutions {
		at[cntext.TitleKey(x.Title)] = i
	}
	k.kept.Resolutions = nil
	var out []record.Resolution
	isKept := map[int]bool{}
	for _, x := range form {
		x.Title = strings.TrimSpace(x.Title)
		x.Unit, x.SessionYear, x.Kind, x.TitleKey = m.Unit, m.SessionYear, m.Kind, cntext.TitleKey(x.Title)
		x.Source = record.Source{Sheet: record.TextSheet, Row: k.row("kind"), Cells: map[string]string{}}
		i, ok := at[x.TitleKey]
		if !ok {
			k.correct("议定事项", "", x.Title)
		} else {
			isKept[i] = true
			read := k.read.Resolutions[i]
			name := "resolutions[" + strconv.Itoa(i) + "]"
			ref := record.TextRef(k.read.Text, k.read.Spans[name])
			x.Source.Row = k.row(name)
			k.item(&x, ref, "title", x.Title, x.Title)
			k.item(&x, ref, "lead_unit", read.LeadUnit, x.LeadUnit)
			k.item(&x, ref, "owner", read.Owner, x.Owner)
			kept := due(x.DueOn, x.DueText)
			if read.DueText != "" && read.DueText == x.DueText { // the same words; the day they mean is ours
				kept = due(read.DueOn, read.DueText)
			}
			k.item(&x, ref, "due_on", due(read.DueOn, read.DueText), kept)
		}
		k.kept.Resolutions = append(k.kept.Resolutions, record.ReportItem{Title: x.Title, LeadUnit: x.LeadUnit, Owner: x.Owner, DueOn: x.DueOn, DueText: x.DueText})
		out = append(out, x)
	}
	for i, x := range k.read.Resolutions {
		delete(k.kept.Spans, "resolutions["+strconv.Itoa(i)+"]")
		if !isKept[i] {
			k.correct("议定事项", x.Title, "")
		}
	}
	for i, x := range k.kept.Resolutions {
		if j, ok := at[cntext.TitleKey(x.Title)]; ok {
			k.kept.Spans["resolutions["+strconv.Itoa(i)+"]"] = k.read.Spans["resolutions["+strconv.Itoa(j)+"]"]
		}
	}
	return out
}

func (k *keeper) item(x *record.Resolution, ref, field, read, kept string) {
	if read != kept {
		k.correct("「"+x.Title+"」的"+map[string]string{"lead_unit": "牵头单位", "owner": "责任人", "due_on": "完成时限"}[field], read, kept)
		return
	}
	if kept != "" && ref != "" {
		x.Source.Cells[field] = ref
	}
}

func (k *keeper) correct(name, read, kept string) {
	k.kept.Kept.Corrections = append(k.kept.Kept.Corrections, record.ReportCorrection{Field: name, Read: read, Kept: kept})
}

// row is the paragraph where a fact stands, 1 where that is not known.
func (k *keeper) row(span string) int {
	at, ok := k.read.Spans[span]
	if !ok {
		return 1
	}
	n := 1
	for i, r := range []rune(k.read.Text) {
		if i == at[0] {
			break
		}
		if r == '\n' {
			n++
		}
	}
	return n
}

func yearSaid(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func tickSaid(b *bool) string {
	switch {
	case b == nil:
		return ""
	case *b:
		return "是"
	}
	return "否"
}

func due(on period.Date, text string) string {
	if !on.IsZero() {
		return on.String()
	}
	return text
}
