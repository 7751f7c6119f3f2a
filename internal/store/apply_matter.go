package store

import (
	"database/sql/driver"
	"encoding/json"

	"liandu/internal/journal"
)

// matterRows are the rows of a line of a matter: every line is a step, the first one the matter itself too.
func matterRows(l journal.Line, step string) ([]tableRows, error) {
	if l.Action != ActionMatterOpened {
		var p MatterStep
		if err := json.Unmarshal(l.Data, &p); err != nil {
			return nil, err
		}
		return []tableRows{matterStepRow(l, step, p), matterFileRows(l, p.Files)}, nil
	}
	var p MatterOpened
	if err := json.Unmarshal(l.Data, &p); err != nil {
		return nil, err
	}
	var targets [][]driver.Value
	for i, t := range p.Targets {
		names := t.Names
		if names == nil {
			names = []string{}
		}
		targets = append(targets, []driver.Value{
			l.Seq, l.Subject, int32(i + 1), text(t.Finding), text(t.Rule), text(t.RuleName), text(t.Severity), text(t.Observed),
			text(t.Required), text(t.ClauseDocument), text(t.ClauseNumber), text(t.ClauseText), names, year(t.SessionYear),
			text(string(t.MeetingKind)), text(t.ItemKey), text(t.ItemTitle), text(t.Submission), text(t.Sheet), text(t.Cell),
		})
	}
	return []tableRows{
		{"matter", [][]driver.Value{{
			l.Seq, l.At, l.Subject, string(p.Unit), text(string(p.Reporter)), p.Source, p.Title, text(p.Quarter.String()),
			year(p.Year), text(p.Regime),
		}}},
		{"matter_target", targets},
		matterStepRow(l, step, MatterStep{On: p.On, Words: p.Words}),
		matterFileRows(l, p.Files),
	}, nil
}

func matterStepRow(l journal.Line, step string, p MatterStep) tableRows {
	return tableRows{"matter_step", [][]driver.Value{{
		l.Seq, l.At, l.Subject, step, date(p.On), l.Actor, text(p.Words), text(p.Person), p.ForUnit, date(p.DueOn), text(p.Document),
	}}}
}

func matterFileRows(l journal.Line, files []MatterFile) tableRows {
	t := tableRows{table: "matter_file"}
	for i, f := range files {
		t.rows = append(t.rows, []driver.Value{l.Seq, l.Subject, int32(i + 1), f.Name, f.SHA256, f.Size})
	}
	return t
}

// year is null where none is meant.
func year(n int) driver.Value {
	if n == 0 {
		return nil
	}
	return int32(n)
}
