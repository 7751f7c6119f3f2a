package ingest

import (
	"strings"

	"liandu/internal/cntext"
	"liandu/internal/record"
)

// agenda are the four agenda items of 会议召开.
var agenda = []string{"agenda_report", "agenda_topics", "agenda_discuss", "agenda_deploy"}

// readMeetings reads the rows of a 会议召开 table. A row with an error is kept too, with what could be read:
// the file is rejected anyway, and its other rows are judged against it.
func readMeetings(s scope, t *table, p *problems) []record.Meeting {
	var out []record.Meeting
	missingColumns(t, p)
	for i := range t.rows {
		m := readMeeting(newRow(s, t, i, p))
		if t.sessions != nil {
			t.sessions.year[t.rows[i].N] = m.SessionYear
		}
		out = append(out, m)
	}
	if t.sessions != nil {
		for _, odd := range t.sessions.odd {
			c, _ := t.form.ColumnOf(odd.field)
			p.add(MeetingDiffers, t.grid.Name, odd.cell.Ref(), odd.cell.Text, c.Head, odd.row, shorten(odd.says))
		}
	}
	return out
}

func readMeeting(r *rowReader) record.Meeting {
	m := record.Meeting{Source: r.source}
	unit, _ := r.unit("unit")
	m.Unit = unit.Code
	yearGiven, yearOK := r.year("session_year")
	m.SessionYear = yearGiven
	kind, _ := r.choice("kind")
	m.Kind = record.MeetingKind(kind)
	m.HeldOn, _, _ = r.date("held_on", yearGiven)
	if yearOK && yearGiven == 0 && !m.HeldOn.IsZero() {
		m.SessionYear = m.HeldOn.Year()
		r.note(SessionYearBlank, r.first("session_year", "held_on"), m.SessionYear)
	}
	if yearGiven != 0 && !m.HeldOn.IsZero() && yearGiven != m.HeldOn.Year() {
		r.note(SessionYearDiffers, "session_year", yearGiven, m.HeldOn.Year())
	}
	m.Title = r.text("title")
	m.ChairName, m.ChairTitle = r.text("chair_name"), r.text("chair_title")
	m.ChairRank, m.ChairDelegated = cntext.ChairRank(chairWords(m), cntext.ChairOptions{Level: unit.Level, Unit: unit.Name})
	m.GovAttendees, m.UnionAttendees = r.text("gov_attendees"), r.text("union_attendees")
	m.SolicitedOn, _, _ = r.date("solicited_on", m.SessionYear)
	m.GovTopics, m.UnionTopics, m.JointTopics = r.count("gov_topics"), r.count("union_topics"), r.count("joint_topics")
	for i, to := range []**bool{&m.AgendaReport, &m.AgendaTopics, &m.AgendaDiscuss, &m.AgendaDeploy} {
		var ok bool
		if *to, ok = r.tick(agenda[i]); ok && *to == nil && r.has(agenda[i]) {
			r.add(AgendaBlank, agenda[i])
		}
	}
	m.MinutesNumber = r.text("minutes_number")
	m.MinutesIssuedOn, _, _ = r.date("minutes_issued_on", m.SessionYear)
	m.Publicity = r.asWritten("publicity")
	m.HasPublicity = cntext.HasPublicity(m.Publicity)
	m.Remark = r.text("remark")
	m.Extra = r.extra()
	return m
}

// chairWords is what the rank is read from: 主持人职务, else 主持人, where counties write name and post together.
func chairWords(m record.Meeting) string {
	if m.ChairTitle != "" {
		return m.ChairTitle
	}
	return m.ChairName
}

// has reports whether the table has the field's column.
func (r *rowReader) has(field string) bool {
	_, ok := r.t.columns[field]
	return ok
}

// first returns the first of the fields that the table has a column for.
func (r *rowReader) first(fields ...string) string {
	for _, f := range fields {
		if r.has(f) {
			return f
		}
	}
	return fields[0]
}

// missingColumns notes required columns that a table with rows lacks, at the head that may stand for it: the only
// head we do not know, else the first.
func missingColumns(t *table, p *problems) {
	if len(t.rows) == 0 {
		return
	}
	known := map[int]bool{}
	for _, col := range t.columns {
		known[col] = true
	}
	first, unknown := 0, 0
	for col := range t.heads {
		if first == 0 || col < first {
			first = col
		}
		if !known[col] && !t.elsewhere[col] && (unknown == 0 || col < unknown) {
			unknown = col
		}
	}
	at := first
	if unknown != 0 {
		at = unknown
	}
	for _, c := range t.form.Columns {
		if _, ok := t.columns[c.Field]; !c.Required || ok || c.Field == "unit" && t.placed != nil || c.Field == "session_year" && t.sessions != nil {
			continue
		}
		p.add(ColumnMissing, t.grid.Name, t.headRef(at), t.heads[at], t.form.Name, c.Head, t.strangers())
	}
}

// strangers names the heads that were not understood, for the hint: one of them may be the column that is missing.
func (t *table) strangers() string {
	var names []string
	for _, c := range t.understood() {
		if c.How == record.HowUnknown && strings.TrimSpace(c.Head) != "" {
			names = append(names, "「"+shorten(strings.Join(strings.Fields(c.Head), ""))+"」（"+c.Ref+"列）")
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "未认出的表头有：" + some(names) + "，其中如有这一列，可由市总工会在「列的理解」中指定一次，以后照此读取。"
}
