package ingest

import (
	"liandu/internal/cntext"
	"liandu/internal/record"
)

// readResolutions reads the rows of an 议定事项 table. A row with an error is kept too, with what could be read:
// the file is rejected anyway, and its other rows are judged against it.
func readResolutions(s scope, t *table, p *problems) []record.Resolution {
	var out []record.Resolution
	missingColumns(t, p)
	for i := range t.rows {
		out = append(out, readResolution(newRow(s, t, i, p)))
	}
	return out
}

func readResolution(r *rowReader) record.Resolution {
	res := record.Resolution{Source: r.source}
	unit, _ := r.unit("unit")
	res.Unit = unit.Code
	res.SessionYear = r.sessionYear()
	kind, _ := r.choice("kind")
	res.Kind = record.MeetingKind(kind)
	res.ItemNo = r.itemNo("item_no")
	res.Title = r.asWritten("title")
	res.TitleKey = cntext.TitleKey(res.Title)
	res.Category, _ = r.choice("category")
	proposer, _ := r.choice("proposer")
	res.Proposer = record.Proposer(proposer)
	res.LeadUnit, res.SupportUnits, res.Owner = r.text("lead_unit"), r.text("support_units"), r.text("owner")
	res.DueOn, res.DueText, _ = r.date("due_on", res.SessionYear)
	res.RevisedDueOn, _, _ = r.date("revised_due_on", res.SessionYear)
	res.PlanOn, _, _ = r.date("plan_on", res.SessionYear)
	status, _ := r.choice("status")
	res.Status = record.ItemStatus(status)
	res.Percent = r.percent("percent")
	var dateOK bool
	res.CompletedOn, _, dateOK = r.date("completed_on", res.SessionYear)
	if res.Status == record.StatusCompleted && res.CompletedOn.IsZero() && dateOK {
		r.note(CompletionUndated, r.first("completed_on", "status"))
	}
	res.Progress, res.Reason, res.NextStep = r.text("progress"), r.text("reason"), r.text("next_step")
	res.Remark = r.text("remark")
	res.Extra = r.extra()
	return res
}

// sessionYear is 所属年度; on a sheet of meetings and items a blank is the meeting's.
func (r *rowReader) sessionYear() int {
	if r.t.sessions != nil {
		c := r.cell("session_year")
		if c.Kind == CellText && cntext.None(c.Text) {
			if at, ok := r.t.sessions.row[r.row.N]; ok && r.t.sessions.year[at] != 0 {
				return r.t.sessions.year[at]
			}
		}
	}
	y, _ := r.year("session_year")
	return y
}
