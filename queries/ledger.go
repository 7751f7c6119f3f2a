package queries

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"liandu/internal/period"
	"liandu/internal/record"
)

// Meetings returns every meeting in force, by unit code and then the newest session first. With a unit they are its
// own and those of the units below it; without, all in scope.
func (q *Queries) Meetings(ctx context.Context, a AsOf, unit record.UnitCode) ([]MeetingRow, error) {
	a, entry, e, err := q.ledger(ctx, a, unit)
	if err != nil {
		return nil, err
	}
	rows, err := entry.meetings.get(func() ([]MeetingRow, error) { return q.readMeetings(ctx, a) })
	if err != nil {
		return nil, err
	}
	return keep(rows, func(r *MeetingRow) bool { return e.isShown(r.Unit, unit, a.Scope) }), nil
}

// Resolutions returns every item in force with its state at D, by unit code, then the newest session, then number.
// InPopulation goes by the as-of's cohort. With a unit they are its own and those of the units below it.
func (q *Queries) Resolutions(ctx context.Context, a AsOf, unit record.UnitCode) ([]ResolutionRow, error) {
	a, entry, e, err := q.ledger(ctx, a, unit)
	if err != nil {
		return nil, err
	}
	rows, err := entry.items.get(func() ([]ResolutionRow, error) { return q.readItems(ctx, a) })
	if err != nil {
		return nil, err
	}
	return keep(rows, func(r *ResolutionRow) bool { return e.isShown(r.Resolution.Unit, unit, a.Scope) }), nil
}

// Overdue returns the population's overdue items of the obliged units, the longest overdue first.
func (q *Queries) Overdue(ctx context.Context, a AsOf) ([]ResolutionRow, error) {
	a, err := q.complete(ctx, a)
	if err != nil {
		return nil, err
	}
	rows, err := q.Resolutions(ctx, a, "")
	if err != nil {
		return nil, err
	}
	out := keep(rows, func(r *ResolutionRow) bool {
		return r.InPopulation && r.State == StateOverdue && a.Regime.Obliges(r.Level)
	})
	slices.SortStableFunc(out, func(x, y ResolutionRow) int { return cmp.Compare(y.OverdueDays, x.OverdueDays) })
	return out, nil
}

// ledger completes an as-of and refuses a unit that does not exist on D or is out of scope.
func (q *Queries) ledger(ctx context.Context, a AsOf, unit record.UnitCode) (AsOf, *memoEntry, *evaluation, error) {
	a, err := q.complete(ctx, a)
	if err != nil {
		return a, nil, nil, err
	}
	e, err := q.evaluated(ctx, active(a))
	if err != nil {
		return a, nil, nil, err
	}
	if unit != "" && (e.byCode[unit] == nil || a.Scope != "" && !e.isWithin(unit, a.Scope)) {
		return a, nil, nil, unknownUnit(unit, a)
	}
	entry, err := q.held(ctx, a)
	return a, entry, e, err
}

func (e *evaluation) isShown(code, unit, scope record.UnitCode) bool {
	return (unit == "" || e.isWithin(code, unit)) && (scope == "" || e.isWithin(code, scope))
}

func keep[T any](rows []T, ok func(*T) bool) []T {
	out := []T{}
	for i := range rows {
		if ok(&rows[i]) {
			out = append(out, rows[i])
		}
	}
	return out
}

// source is where a fact stands, as every ledger row has it.
type source struct {
	UnitName   string          `col:"unit_name"`
	Level      record.Level    `col:"level"`
	Parent     record.UnitCode `col:"parent_code"`
	Submission string          `col:"submission_id"`
	File       string          `col:"file"`
	SHA256     string          `col:"sha256"`
	Quarter    string          `col:"quarter"`
	ReceivedAt time.Time       `col:"received_at"`
	Sheet      string          `col:"sheet"`
	Row        int             `col:"row_no"`
	Cells      cellMap         `col:"cells"`
	Extra      cellMap         `col:"extra"`
}

func (s source) record() record.Source {
	return record.Source{Sheet: s.Sheet, Row: s.Row, Cells: s.Cells}
}

type meetingLedgerRow struct {
	source
	Unit            record.UnitCode    `col:"unit_code"`
	SessionYear     int                `col:"session_year"`
	Kind            record.MeetingKind `col:"kind"`
	Title           string             `col:"title"`
	HeldOn          period.Date        `col:"held_on"`
	ChairName       string             `col:"chair_name"`
	ChairTitle      string             `col:"chair_title"`
	ChairRank       record.ChairRank   `col:"chair_rank"`
	ChairDelegated  bool               `col:"is_chair_delegated"`
	GovAttendees    string             `col:"gov_attendees"`
	UnionAttendees  string             `col:"union_attendees"`
	SolicitedOn     period.Date        `col:"solicited_on"`
	GovTopics       *int               `col:"gov_topics"`
	UnionTopics     *int               `col:"union_topics"`
	JointTopics     *int               `col:"joint_topics"`
	AgendaReport    *bool              `col:"agenda_report"`
	AgendaTopics    *bool              `col:"agenda_topics"`
	AgendaDiscuss   *bool              `col:"agenda_discuss"`
	AgendaDeploy    *bool              `col:"agenda_deploy"`
	MinutesNumber   string             `col:"minutes_number"`
	MinutesIssuedOn period.Date        `col:"minutes_issued_on"`
	Publicity       string             `col:"publicity"`
	HasPublicity    bool               `col:"has_publicity"`
	Remark          string             `col:"remark"`
	IsCounted       bool               `col:"is_counted"`
}

func (q *Queries) readMeetings(ctx context.Context, a AsOf) (out []MeetingRow, err error) {
	err = q.within(ctx, a, []string{"list/meeting_ledger.sql"}, func(tx *sql.Tx, p params) error {
		rows, err := ask[meetingLedgerRow](ctx, q, tx, "list/meeting_ledger.sql", p)
		if err != nil {
			return err
		}
		for _, r := range rows {
			out = append(out, MeetingRow{
				Meeting: record.Meeting{
					Unit: r.Unit, SessionYear: r.SessionYear, Kind: r.Kind, Title: r.Title, HeldOn: r.HeldOn,
					ChairName: r.ChairName, ChairTitle: r.ChairTitle, ChairRank: r.ChairRank, ChairDelegated: r.ChairDelegated,
					GovAttendees: r.GovAttendees, UnionAttendees: r.UnionAttendees, SolicitedOn: r.SolicitedOn,
					GovTopics: r.GovTopics, UnionTopics: r.UnionTopics, JointTopics: r.JointTopics,
					AgendaReport: r.AgendaReport, AgendaTopics: r.AgendaTopics, AgendaDiscuss: r.AgendaDiscuss,
					AgendaDeploy: r.AgendaDeploy, MinutesNumber: r.MinutesNumber, MinutesIssuedOn: r.MinutesIssuedOn,
					Publicity: r.Publicity, HasPublicity: r.HasPublicity, Remark: r.Remark, Extra: r.Extra, Source: r.record(),
				},
				UnitName: r.UnitName, Level: r.Level, Parent: r.Parent, Submission: r.Submission, File: r.File,
				SHA256: r.SHA256, Quarter: r.Quarter, ReceivedAt: r.ReceivedAt, IsCounted: r.IsCounted,
			})
		}
		return nil
	})
	return out, err
}

type itemLedgerRow struct {
	source
	Unit           record.UnitCode    `col:"unit_code"`
	SessionYear    int                `col:"session_year"`
	Kind           record.MeetingKind `col:"kind"`
	ItemKey        string             `col:"item_key"`
	ItemNo         string             `col:"item_no"`
	Title          string             `col:"title"`
	TitleKey       string             `col:"title_key"`
	Category       string             `col:"category"`
	Proposer       record.Proposer    `col:"proposer"`
	LeadUnit       string             `col:"lead_unit"`
	SupportUnits   string             `col:"support_units"`
	Owner          string             `col:"owner"`
	DueOn          period.Date        `col:"due_on"`
	DueText        string             `col:"due_text"`
	RevisedDueOn   period.Date        `col:"revised_due_on"`
	PlanOn         period.Date        `col:"plan_on"`
	Status         record.ItemStatus  `col:"status"`
	Percent        *float64           `col:"percent"`
	CompletedOn    period.Date        `col:"completed_on"`
	Progress       string             `col:"progress"`
	Reason         string             `col:"reason"`
	NextStep       string             `col:"next_step"`
	Remark         string             `col:"remark"`
	DecidedOn      period.Date        `col:"decided_on"`
	DoneOn         period.Date        `col:"done_on"`
	DoneOnAssumed  bool               `col:"is_done_on_assumed"`
	EffectiveDueOn period.Date        `col:"effective_due_on"`
	State          ItemState          `col:"state"`
	OverdueDays    int                `col:"overdue_days"`
	ClosedOn       period.Date        `col:"closed_on"`
	InPopulation   bool               `col:"in_population"`
	IsDecided      bool               `col:"is_decided"`
	IsOnTime       *bool              `col:"is_on_time"`
}

func (q *Queries) readItems(ctx context.Context, a AsOf) (out []ResolutionRow, err error) {
	err = q.within(ctx, a, []string{"list/resolution_ledger.sql"}, func(tx *sql.Tx, p params) error {
		rows, err := ask[itemLedgerRow](ctx, q, tx, "list/resolution_ledger.sql", p)
		if err != nil {
			return err
		}
		for _, r := range rows {
			out = append(out, ResolutionRow{
				Resolution: record.Resolution{
					Unit: r.Unit, SessionYear: r.SessionYear, Kind: r.Kind, ItemNo: r.ItemNo, Title: r.Title,
					TitleKey: r.TitleKey, Category: r.Category, Proposer: r.Proposer, LeadUnit: r.LeadUnit,
					SupportUnits: r.SupportUnits, Owner: r.Owner, DueOn: r.DueOn, DueText: r.DueText,
					RevisedDueOn: r.RevisedDueOn, PlanOn: r.PlanOn, Status: r.Status, Percent: r.Percent,
					CompletedOn: r.CompletedOn, Progress: r.Progress, Reason: r.Reason, NextStep: r.NextStep,
					Remark: r.Remark, Extra: r.Extra, Source: r.record(),
				},
				UnitName: r.UnitName, Level: r.Level, Parent: r.Parent, ItemKey: r.ItemKey, DecidedOn: r.DecidedOn,
				State: r.State, InPopulation: r.InPopulation, IsDecided: r.IsDecided, DoneOn: r.DoneOn,
				DoneOnAssumed: r.DoneOnAssumed, EffectiveDueOn: r.EffectiveDueOn, OverdueDays: r.OverdueDays,
				IsOnTime: r.IsOnTime, ClosedOn: r.ClosedOn, Submission: r.Submission, File: r.File, SHA256: r.SHA256,
				Quarter: r.Quarter, ReceivedAt: r.ReceivedAt,
			})
		}
		return nil
	})
	return out, err
}
