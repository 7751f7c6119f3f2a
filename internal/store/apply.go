package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
)

// rowsOf turns a journal line into the rows it stands for. It is pure but for reading the blob a line names, so that
// a rebuild gives the same rows.
func rowsOf(l journal.Line, readBlob func(sum string) ([]byte, error)) ([]tableRows, error) {
	rows := []tableRows{{"journal_line", [][]driver.Value{{l.Seq, l.At, l.Actor, l.Action, l.Subject, string(l.Data), l.Hash}}}}
	var (
		more []tableRows
		err  error
	)
	switch l.Action {
	case ActionUnitsImported:
		more, err = unitRows(l)
	case ActionSubmissionAccepted, ActionSubmissionRejected, ActionSubmissionDuplicate, ActionSubmissionReturned, ActionSubmissionInWords:
		more, err = submissionRows(l, readBlob)
	case ActionSubmissionHeld:
		more, err = heldRows(l, readBlob)
	case ActionSubmissionWithdrawn, ActionSubmissionSuperseded:
		more, err = closedRows(l)
	case ActionSettingChanged:
		more, err = settingRows(l)
	case ActionItemClosed:
		more, err = closingRows(l)
	case ActionAccountChanged:
		more, err = accountRows(l)
	case ActionRegimeChanged, ActionRegimeAdopted, ActionRuleSuspended, ActionRuleResumed:
		more, err = regimeRows(l, readBlob)
	case ActionColumnUnderstood:
		more, err = columnRows(l)
	case ActionReportSettled:
		more, err = settledRows(l)
	case ActionDocumentIssued:
		more, err = documentRows(l)
	default:
		if step, ok := isMatter(l.Action); ok {
			more, err = matterRows(l, step)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("rows of journal line %d (%s): %w", l.Seq, l.Action, err)
	}
	return append(rows, more...), nil
}

func unitRows(l journal.Line) ([]tableRows, error) {
	var p UnitsImported
	if err := json.Unmarshal(l.Data, &p); err != nil {
		return nil, err
	}
	var rows [][]driver.Value
	for _, u := range p.Units {
		aliases := u.Aliases
		if aliases == nil {
			aliases = []string{}
		}
		rows = append(rows, []driver.Value{
			l.Seq, p.recordedAt(l.At), string(u.Code), u.Name, string(u.Level), text(string(u.Parent)), u.Submitter, aliases,
			date(u.ValidFrom), date(u.ValidTo), text(string(u.Successor)), false,
		})
	}
	for _, code := range p.Removed {
		rows = append(rows, []driver.Value{l.Seq, p.recordedAt(l.At), string(code), "", "", nil, false, []string{}, nil, nil, nil, true})
	}
	return []tableRows{{"unit", rows}}, nil
}

func submissionRows(l journal.Line, readBlob func(string) ([]byte, error)) ([]tableRows, error) {
	var p SubmissionDecided
	if err := json.Unmarshal(l.Data, &p); err != nil {
		return nil, err
	}
	r, err := readingOf(p.Submission, readBlob)
	if err != nil {
		return nil, err
	}
	problems, errors, warnings := problemRows(l.Seq, p.ID, r.Problems)
	var version any
	if p.Status == record.Accepted {
		version = int32(p.Version)
	}
	out := []tableRows{
		{"submission", [][]driver.Value{{
			l.Seq, p.ID, text(string(p.Unit)), text(p.Quarter.String()), date(p.Quarter.Last()), version, string(p.Status),
			p.File, p.SHA256, text(p.Reading), p.ReceivedAt, p.Actor,
			int32(len(r.Meetings)), int32(len(r.Resolutions)), int32(len(r.Establishments)), errors, warnings, p.KnownAt(),
		}}},
		{"problem", problems},
	}
	if p.Status == record.InWords || p.Status == record.Accepted {
		out = append(out, reportRow(l, p.Submission, r))
	}
	if p.IsHeld {
		out = append(out, heldDecision(l, p.ID, p.Status, p.Words, ""), reasonRows(l, p))
	}
	if p.Status != record.Accepted {
		return out, nil
	}
	return append(out,
		tableRows{"meeting", meetingRows(l.Seq, p.ID, r.Meetings)},
		tableRows{"resolution", resolutionRows(l.Seq, p.ID, r.Resolutions)},
		tableRows{"establishment", establishmentRows(l.Seq, p.ID, r.Establishments)},
	), nil
}

// readingOf reads the blob of a submission's reading; one without a blob has nothing in it.
func readingOf(sub record.Submission, readBlob func(string) ([]byte, error)) (record.Reading, error) {
	var r record.Reading
	if sub.Reading == "" {
		return r, nil
	}
	b, err := readBlob(sub.Reading)
	if err != nil {
		return r, fmt.Errorf("reading of %s: %w", sub.ID, err)
	}
	if err := json.Unmarshal(b, &r); err != nil {
		return r, fmt.Errorf("reading of %s: %w", sub.ID, err)
	}
	return r, nil
}

func problemRows(seq int64, id string, list []record.Problem) (rows [][]driver.Value, errors, warnings int32) {
	for i, q := range list {
		switch q.Severity {
		case record.SeverityError:
			errors++
		case record.SeverityWarning:
			warnings++
		}
		rows = append(rows, []driver.Value{seq, id, int32(i + 1), string(q.Severity), q.Code, q.Sheet, q.Cell, q.Value, q.Message, q.Hint})
	}
	return rows, errors, warnings
}

func meetingRows(seq int64, id string, ms []record.Meeting) [][]driver.Value {
	var rows [][]driver.Value
	for _, m := range ms {
		rows = append(rows, []driver.Value{
			seq, id, string(m.Unit), int32(m.SessionYear), string(m.Kind), text(m.Title),
			date(m.HeldOn), text(m.ChairName), text(m.ChairTitle), string(m.ChairRank), m.ChairDelegated,
			text(m.GovAttendees), text(m.UnionAttendees), date(m.SolicitedOn),
			count(m.GovTopics), count(m.UnionTopics), count(m.JointTopics),
			flag(m.AgendaReport), flag(m.AgendaTopics), flag(m.AgendaDiscuss), flag(m.AgendaDeploy),
			text(m.MinutesNumber), date(m.MinutesIssuedOn), text(m.Publicity), m.HasPublicity, text(m.Remark),
			extra(m.Extra), m.Source.Sheet, int32(m.Source.Row), extra(m.Source.Cells),
		})
	}
	return rows
}

func resolutionRows(seq int64, id string, rs []record.Resolution) [][]driver.Value {
	var rows [][]driver.Value
	for _, r := range rs {
		var percent any
		if r.Percent != nil {
			percent = *r.Percent
		}
		rows = append(rows, []driver.Value{
			seq, id, string(r.Unit), int32(r.SessionYear), string(r.Kind), text(r.ItemNo),
			r.Title, r.TitleKey, text(r.Category), text(string(r.Proposer)), text(r.LeadUnit), text(r.SupportUnits),
			text(r.Owner), date(r.DueOn), text(r.DueText), date(r.RevisedDueOn), date(r.PlanOn), string(r.Status), percent,
			date(r.CompletedOn), text(r.Progress), text(r.Reason), text(r.NextStep), text(r.Remark),
			extra(r.Extra), r.Source.Sheet, int32(r.Source.Row), extra(r.Source.Cells),
		})
	}
	return rows
}

func establishmentRows(seq int64, id string, es []record.Establishment) [][]driver.Value {
	var rows [][]driver.Value
	for _, e := range es {
		rows = append(rows, []driver.Value{
			seq, id, string(e.Unit), text(e.LevelText), e.Established, date(e.EstablishedOn), text(e.Document), text(e.Remark),
			extra(e.Extra), e.Source.Sheet, int32(e.Source.Row), extra(e.Source.Cells),
		})
	}
	return rows
}

func settingRows(l journal.Line) ([]tableRows, error) {
	var p SettingChanged
	if err := json.Unmarshal(l.Data, &p); err != nil {
		return nil, err
	}
	return []tableRows{{"setting", [][]driver.Value{{l.Seq, l.At, p.Key, p.Value}}}}, nil
}

func closingRows(l journal.Line) ([]tableRows, error) {
	var p ItemClosed
	if err := json.Unmarshal(l.Data, &p); err != nil {
		return nil, err
	}
	return []tableRows{{"closing", [][]driver.Value{{
		l.Seq, l.At, string(p.Unit), int32(p.SessionYear), string(p.Kind), p.ItemKey, date(p.ClosedOn), p.Withdrawn, l.Actor,
	}}}}, nil
}

func accountRows(l journal.Line) ([]tableRows, error) {
	var p AccountChanged
	if err := json.Unmarshal(l.Data, &p); err != nil {
		return nil, err
	}
	return []tableRows{{"account", [][]driver.Value{{
		l.Seq, l.At, p.Login, p.Name, p.Role, text(string(p.Unit)), p.PasswordHash, p.Disabled,
	}}}}, nil
}

// text is null for a blank.
func text(s string) driver.Value {
	if s == "" {
		return nil
	}
	return s
}

// date is null for a date not known.
func date(d period.Date) driver.Value {
	if d.IsZero() {
		return nil
	}
	return d.Time()
}

func count(n *int) driver.Value {
	if n == nil {
		return nil
	}
	return int32(*n)
}

func flag(b *bool) driver.Value {
	if b == nil {
		return nil
	}
	return *b
}

// extra is JSON with sorted keys, null for an empty map.
func extra(m map[string]string) driver.Value {
	if len(m) == 0 {
		return nil
	}
	b, err := json.Marshal(m)
	if err != nil {
		return nil
	}
	return string(b)
}
