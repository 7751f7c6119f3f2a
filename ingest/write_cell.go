package ingest

import (
	"regexp"
	"strconv"
	"strings"

	"liandu/internal/period"
	"liandu/internal/record"
)

func (form Form) coverCell(field string) any {
	c := form.Cover
	switch field {
	case "unit_text":
		return text(c.UnitText)
	case "period_text":
		if c.PeriodText == "" {
			return text(form.Quarter.Chinese())
		}
		return text(c.PeriodText)
	case "filled_by":
		return text(c.FilledBy)
	case "reviewed_by":
		return text(c.ReviewedBy)
	case "phone":
		return text(c.Phone)
	case "filled_on":
		return date(c.FilledOn)
	}
	return nil
}

func (form Form) establishmentCell(e record.Establishment, field string) any {
	switch field {
	case "unit":
		return form.name(e.Unit)
	case "level_text":
		return text(e.LevelText)
	case "established":
		return tick(&e.Established)
	case "established_on":
		return date(e.EstablishedOn)
	case "document":
		return text(e.Document)
	case "remark":
		return text(e.Remark)
	}
	return nil
}

func (form Form) meetingCell(m record.Meeting, field string) any {
	switch field {
	case "unit":
		return form.name(m.Unit)
	case "session_year":
		return year(m.SessionYear)
	case "title":
		return text(m.Title)
	case "kind":
		return text(m.Kind.Chinese())
	case "held_on":
		return date(m.HeldOn)
	case "chair_name":
		return text(m.ChairName)
	case "chair_title":
		return text(m.ChairTitle)
	case "gov_attendees":
		return text(m.GovAttendees)
	case "union_attendees":
		return text(m.UnionAttendees)
	case "solicited_on":
		return date(m.SolicitedOn)
	case "gov_topics":
		return count(m.GovTopics)
	case "union_topics":
		return count(m.UnionTopics)
	case "joint_topics":
		return count(m.JointTopics)
	case "agenda_report":
		return tick(m.AgendaReport)
	case "agenda_topics":
		return tick(m.AgendaTopics)
	case "agenda_discuss":
		return tick(m.AgendaDiscuss)
	case "agenda_deploy":
		return tick(m.AgendaDeploy)
	case "minutes_number":
		return text(m.MinutesNumber)
	case "minutes_issued_on":
		return date(m.MinutesIssuedOn)
	case "publicity":
		return text(m.Publicity)
	case "remark":
		return text(m.Remark)
	}
	return nil
}

func (form Form) resolutionCell(r record.Resolution, field string) any {
	switch field {
	case "unit":
		return form.name(r.Unit)
	case "session_year":
		return year(r.SessionYear)
	case "kind":
		return text(r.Kind.Chinese())
	case "item_no":
		if n, err := strconv.Atoi(r.ItemNo); err == nil {
			return n
		}
		return text(r.ItemNo)
	case "title":
		return text(r.Title)
	case "category":
		return text(r.Category)
	case "proposer":
		return text(map[record.Proposer]string{record.ProposerGovernment: "政府", record.ProposerUnion: "工会", record.ProposerJoint: "联合"}[r.Proposer])
	case "lead_unit":
		return text(r.LeadUnit)
	case "support_units":
		return text(r.SupportUnits)
	case "owner":
		return text(r.Owner)
	case "due_on":
		if r.DueText != "" {
			return r.DueText
		}
		return date(r.DueOn)
	case "revised_due_on":
		return date(r.RevisedDueOn)
	case "plan_on":
		return date(r.PlanOn)
	case "status":
		return text(r.Status.Chinese())
	case "percent":
		if r.Percent == nil {
			return nil
		}
		return share(*r.Percent / 100)
	case "completed_on":
		return date(r.CompletedOn)
	case "progress":
		return text(r.Progress)
	case "reason":
		return text(r.Reason)
	case "next_step":
		return text(r.NextStep)
	case "remark":
		return text(r.Remark)
	}
	return nil
}

var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// literal keeps words that look like a workbook's escapes (_x000D_) from being taken for them.
func literal(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escape.ReplaceAllString(s, "_x005F$0")
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func date(d period.Date) any {
	if d.IsZero() {
		return nil
	}
	return d
}

func year(y int) any {
	if y == 0 {
		return nil
	}
	return y
}

func count(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}

func tick(b *bool) any {
	switch {
	case b == nil:
		return nil
	case *b:
		return "是"
	}
	return "否"
}
