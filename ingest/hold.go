package ingest

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"fmt"
	"time"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/record"
	"liandu/internal/store"
)

// A held file (待受理) was read and has no error, and waits for an officer. It is in no table of facts: nothing
// published moves until somebody accepts it. What it was judged against may change meanwhile, so it is judged again
// when it is looked at (Judge) and when it is accepted.

//go:embed sql/held_submission.sql
var heldSubmissionSQL string

// needsReason lists the warnings that an officer does not accept without saying why: the file contradicts what was
// accepted before, may count one thing twice, or puts a meeting into another year than its date. The others only say
// how something was read.
var needsReason = map[Code]bool{
	RateFell:           true,
	DoneUndone:         true,
	TitleNear:          true,
	SessionYearDiffers: true,

	WordsMeetingMissing: true, WordsDifferDate: true, WordsDifferChair: true, WordsDifferTopics: true, WordsDifferReport: true,
	WordsDifferItems: true, WordsItemMissing: true,
}

// NeedsReason reports whether a warning needs an officer's written reason on acceptance.
func NeedsReason(code Code) bool { return needsReason[code] }

// judgedAgain lists the problems that depend on what else was accepted or are found across rows: those of a held
// file's reading are dropped and found anew.
var judgedAgain = map[Code]bool{TitleNear: true, DoneUndone: true, RateFell: true, MeetingUnknown: true, TooManyProblems: true,
	WordsMeetingMissing: true, WordsDifferDate: true, WordsDifferChair: true, WordsDifferTopics: true, WordsDifferReport: true,
	WordsDifferItems: true, WordsItemMissing: true, WordsItemExtra: true}

// FileReason is the number under which Accept takes a reason for the file as a whole.
const FileReason = 0

// Pending is a held file as it stands at this moment: its reading, judged against what has been accepted by now, and
// the version it would become. Problems of severity error mean that it cannot be accepted any more. IsDuplicate says
// that the same bytes are in force already.
type Pending struct {
	record.Submission
	Read        record.Reading
	NextVersion int
	IsDuplicate bool
}

// Errors counts what stands against acceptance.
func (p Pending) Errors() int {
	n := 0
	for _, q := range p.Read.Problems {
		if q.Severity == record.SeverityError {
			n++
		}
	}
	return n
}

// Reasons lists the places in Read.Problems, from 1, of the warnings that need a reason.
func (p Pending) Reasons() []int {
	var out []int
	for i, q := range p.Read.Problems {
		if q.Severity == record.SeverityWarning && NeedsReason(Code(q.Code)) {
			out = append(out, i+1)
		}
	}
	return out
}

// Entry is the journal line that accepting the file would write at this moment, for who asks what would move.
func (in *Ingester) Entry(p Pending, actor string) journal.Entry {
	now := in.Now()
	sub := p.Submission
	sub.Status, sub.Version, sub.DecidedAt = record.Accepted, p.NextVersion, later(now, sub.ReceivedAt)
	return journal.Entry{
		At: now, Actor: actor, Action: store.ActionSubmissionAccepted, Subject: sub.ID, Blobs: []string{sub.SHA256, sub.Reading},
		Data: store.SubmissionDecided{Submission: sub, IsHeld: true},
	}
}

// Judge returns a held file judged against what has been accepted by now; fault.Conflict when the file does not wait
// any more.
func (in *Ingester) Judge(ctx context.Context, id string) (Pending, error) {
	return in.judge(ctx, in.Store.DB(), id)
}

func (in *Ingester) judge(ctx context.Context, db *sql.DB, id string) (Pending, error) {
	if id == "" {
		return Pending{}, errNotHeld(id)
	}
	held, err := heldFiles(ctx, db, id, "", "")
	if err != nil {
		return Pending{}, err
	}
	if len(held) == 0 {
		return Pending{}, errNotHeld(id)
	}
	p := Pending{Submission: held[0]}
	b, err := in.Store.Blobs().Read(p.Reading)
	if err != nil {
		return Pending{}, fmt.Errorf("reading of %s: %w", id, err)
	}
	if err := json.Unmarshal(b, &p.Read); err != nil {
		return Pending{}, fmt.Errorf("reading of %s: %w", id, err)
	}
	again := &problems{}
	for _, q := range p.Read.Problems {
		if !judgedAgain[Code(q.Code)] {
			again.put(q)
		}
	}
	checkNearTitles(&p.Read, again)
	d, err := in.decide(ctx, db, p.Read, again)
	if err != nil {
		return Pending{}, err
	}
	p.Read.Problems = again.inOrder()
	p.IsDuplicate = d.status == record.Duplicate
	p.NextVersion = d.version
	return p, nil
}

// heldFiles lists the files that wait, in the order they came; an empty argument does not filter.
func heldFiles(ctx context.Context, db *sql.DB, id string, unit record.UnitCode, quarter string) ([]record.Submission, error) {
	rows, err := db.QueryContext(ctx, heldSubmissionSQL, sql.Named("id", id), sql.Named("unit", string(unit)), sql.Named("quarter", quarter))
	if err != nil {
		return nil, fmt.Errorf("held files: %w", err)
	}
	defer rows.Close()
	var out []record.Submission
	for rows.Next() {
		s := record.Submission{Status: record.Pending}
		var code, q string
		if err := rows.Scan(&s.ID, &code, &q, &s.File, &s.SHA256, &s.Reading, &s.ReceivedAt, &s.Actor); err != nil {
			return nil, fmt.Errorf("held files: %w", err)
		}
		s.Unit = record.UnitCode(code)
		if err := s.Quarter.UnmarshalText([]byte(q)); err != nil {
			return nil, fmt.Errorf("quarter of %s: %w", s.ID, err)
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func errNotHeld(id string) error {
	return fault.New(fault.Conflict, fmt.Sprintf("编号「%s」的文件不在待受理之列，可能已由他人处理。", id), "请重新打开该文件查看现状。")
}

// later returns the later of two moments: a file is never decided before it was received, whatever the clocks say.
func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
