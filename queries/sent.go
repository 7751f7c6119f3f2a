package queries

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

type sentRow struct {
	Unit       record.UnitCode `col:"unit_code"`
	Quarter    string          `col:"quarter"`
	DueOn      period.Date     `col:"due_on"`
	First      time.Time       `col:"first_received_at"`
	Last       time.Time       `col:"last_received_at"`
	Version    int             `col:"version"`
	Submission string          `col:"submission_id"`
	File       string          `col:"file"`
	OnTime     *bool           `col:"is_on_time"`
	Rejected   int             `col:"n_rejected"`
	Warnings   int             `col:"n_warning"`
}

// Sent tells who has sent: one row for each submitter in scope and each quarter of the year up to Q (and Q itself), by
// unit code and quarter. It does not depend on what the regime obliges, only on its due day.
func (q *Queries) Sent(ctx context.Context, a AsOf) ([]SentRow, error) {
	a, err := q.complete(ctx, a)
	if err != nil {
		return nil, err
	}
	e, err := q.evaluated(ctx, active(a))
	if err != nil {
		return nil, err
	}
	entry, err := q.held(ctx, active(a))
	if err != nil {
		return nil, err
	}
	rows, err := entry.sent.get(func() ([]sentRow, error) { return q.readSent(ctx, a) })
	if err != nil {
		return nil, err
	}
	out := []SentRow{}
	for _, r := range rows {
		if !e.isShown(r.Unit, "", a.Scope) {
			continue
		}
		quarter, err := period.ParseQuarter(r.Quarter)
		if err != nil {
			return nil, err
		}
		out = append(out, SentRow{
			Unit: e.byCode[r.Unit].unit(), Quarter: quarter, DueOn: r.DueOn, FirstReceivedAt: r.First,
			LastReceivedAt: r.Last, Version: r.Version, Submission: r.Submission, File: r.File, OnTime: r.OnTime,
			Rejected: r.Rejected, Warnings: r.Warnings,
		})
	}
	return out, nil
}

// readSent asks for the reports of every submitter.
func (q *Queries) readSent(ctx context.Context, a AsOf) (rows []sentRow, err error) {
	err = q.within(ctx, a, []string{"list/who_sent.sql"}, func(tx *sql.Tx, p params) error {
		rows, err = ask[sentRow](ctx, q, tx, "list/who_sent.sql", p)
		return err
	})
	return rows, err
}

func unknownSubmission(id string) error {
	return fault.New(fault.NotFound, fmt.Sprintf("没有编号为「%s」的报送。", id), "请从报送管理中打开。")
}

type submissionListRow struct {
	ID             string                  `col:"submission_id"`
	Seq            int64                   `col:"seq"`
	Unit           record.UnitCode         `col:"unit_code"`
	UnitName       string                  `col:"unit_name"`
	Quarter        string                  `col:"quarter"`
	Version        int                     `col:"version"`
	Status         record.SubmissionStatus `col:"status"`
	File           string                  `col:"file"`
	SHA256         string                  `col:"sha256"`
	Reading        string                  `col:"reading"`
	ReceivedAt     time.Time               `col:"received_at"`
	DecidedAt      time.Time               `col:"decided_at"`
	Actor          string                  `col:"actor"`
	Meetings       int                     `col:"n_meeting"`
	Resolutions    int                     `col:"n_resolution"`
	Establishments int                     `col:"n_establishment"`
	Errors         int                     `col:"n_error"`
	Warnings       int                     `col:"n_warning"`
	InForce        bool                    `col:"is_in_force"`
	DecidedBy      string                  `col:"decided_by"`
	Words          string                  `col:"words"`
	ReplacedBy     string                  `col:"by_id"`
}

// SubmissionDetail is one file received with all that was said about it, in the order of the file.
type SubmissionDetail struct {
	SubmissionRow
	Problems []record.Problem
}

// Submissions lists files received, the newest first.
func (q *Queries) Submissions(ctx context.Context, f SubmissionFilter) ([]SubmissionRow, error) {
	return q.submissions(ctx, f, "")
}

// Submission returns one file received with its problems; fault.NotFound when there is none or it is out of scope.
func (q *Queries) Submission(ctx context.Context, id string, scope record.UnitCode) (*SubmissionDetail, error) {
	if id == "" {
		return nil, unknownSubmission(id)
	}
	rows, err := q.submissions(ctx, SubmissionFilter{Scope: scope}, id)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, unknownSubmission(id)
	}
	type problemRow struct {
		Severity record.Severity `col:"severity"`
		Code     string          `col:"code"`
		Sheet    string          `col:"sheet"`
		Cell     string          `col:"cell"`
		Value    string          `col:"value"`
		Message  string          `col:"message"`
		Hint     string          `col:"hint"`
	}
	problems, err := ask[problemRow](ctx, q, q.db, "list/submission_problem.sql", params{"id": id})
	if err != nil {
		return nil, err
	}
	d := &SubmissionDetail{SubmissionRow: rows[0]}
	for _, p := range problems {
		d.Problems = append(d.Problems, record.Problem(p))
	}
	return d, nil
}

func (q *Queries) submissions(ctx context.Context, f SubmissionFilter, id string) ([]SubmissionRow, error) {
	rows, err := ask[submissionListRow](ctx, q, q.db, "list/submission_list.sql", params{
		"known_at": farFuture, "id": id, "unit": string(f.Unit), "scope": string(f.Scope),
		"quarter": f.Quarter.String(), "status": string(f.Status),
	})
	if err != nil {
		return nil, err
	}
	out := []SubmissionRow{}
	for _, r := range rows {
		var quarter period.Quarter
		if err := quarter.UnmarshalText([]byte(r.Quarter)); err != nil {
			return nil, fmt.Errorf("quarter of submission %s: %w", r.ID, err)
		}
		out = append(out, SubmissionRow{
			Submission: record.Submission{
				ID: r.ID, Unit: r.Unit, Quarter: quarter, Version: r.Version, Status: r.Status, File: r.File,
				SHA256: r.SHA256, Reading: r.Reading, ReceivedAt: r.ReceivedAt, DecidedAt: r.DecidedAt, Actor: r.Actor,
			},
			UnitName: r.UnitName, Meetings: r.Meetings, Resolutions: r.Resolutions, Establishments: r.Establishments,
			Errors: r.Errors, Warnings: r.Warnings, IsInForce: r.InForce, DecidedBy: r.DecidedBy, Words: r.Words, ReplacedBy: r.ReplacedBy,
		})
	}
	return out, nil
}

// farFuture is after everything ever received: --received-at may lie ahead of the clock.
var farFuture = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

type auditListRow struct {
	Seq     int64     `col:"seq"`
	At      time.Time `col:"logged_at"`
	Actor   string    `col:"actor"`
	Action  string    `col:"action"`
	Subject string    `col:"subject"`
	Data    string    `col:"data"`
}

// Audit lists journal lines, the newest first. A Limit of 0 is 200.
func (q *Queries) Audit(ctx context.Context, f AuditFilter) ([]AuditRow, error) {
	since, until := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), farFuture
	if !f.From.IsZero() {
		since = f.From.Start()
	}
	if !f.To.IsZero() {
		until = f.To.AddDays(1).Start()
	}
	if f.Limit <= 0 {
		f.Limit = 200
	}
	rows, err := ask[auditListRow](ctx, q, q.db, "list/audit.sql", params{
		"since": since, "until": until, "actor": f.Actor, "action": f.Action, "text": f.Text,
		"before": f.Before, "limit": f.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := []AuditRow{}
	for _, r := range rows {
		out = append(out, AuditRow(r))
	}
	return out, nil
}

// Units returns the registry as known at a moment (zero: now), by code, units no longer valid included.
func (q *Queries) Units(ctx context.Context, knownAt time.Time) ([]record.Unit, error) {
	if knownAt.IsZero() {
		knownAt = q.now()
	}
	type unitListRow struct {
		Code      record.UnitCode `col:"code"`
		Name      string          `col:"name"`
		Level     record.Level    `col:"level"`
		Parent    record.UnitCode `col:"parent"`
		Submitter bool            `col:"is_submitter"`
		Aliases   []string        `col:"aliases"`
		ValidFrom period.Date     `col:"valid_from"`
		ValidTo   period.Date     `col:"valid_to"`
		Successor record.UnitCode `col:"successor"`
	}
	rows, err := ask[unitListRow](ctx, q, q.db, "list/unit_list.sql", params{"known_at": knownAt})
	if err != nil {
		return nil, err
	}
	var out []record.Unit
	for _, r := range rows {
		out = append(out, record.Unit(r))
	}
	return out, nil
}
