package ingest

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/record"
	"liandu/internal/store"
)

// longestReason bounds an officer's words, in characters.
const longestReason = 1000

// Accept makes a held file the version in force of its unit and quarter. It is judged again under the writer's lock;
// reasons are the officer's, by the place of the problem in what Judge returned, FileReason for the file. Where a
// warning that needs one has none, or the file now has errors, nothing is done and the fault is Invalid or Conflict.
// The same bytes as the version in force end as a duplicate.
func (in *Ingester) Accept(ctx context.Context, id string, reasons map[int]string, actor string) (Result, error) {
	var out Result
	_, err := in.Store.Update(ctx, func(ctx context.Context, db *sql.DB, _ int64) ([]journal.Entry, error) {
		p, err := in.judge(ctx, db, id)
		if err != nil {
			return nil, err
		}
		if n := p.Errors(); n > 0 {
			return nil, fault.New(fault.Conflict, fmt.Sprintf("按现在已受理的数据重新核对，这份文件有 %d 处错误，没有受理。", n), "请把文件退回，由填报单位改正后重报。")
		}
		data := store.SubmissionDecided{Submission: p.Submission, IsHeld: true}
		if data.Reasons, err = reasonsOf(p, reasons); err != nil {
			return nil, err
		}
		action := store.ActionSubmissionAccepted
		data.Status, data.Version = record.Accepted, p.NextVersion
		if p.IsDuplicate {
			action, data.Status, data.Version = store.ActionSubmissionDuplicate, record.Duplicate, 0
		}
		now := in.Now()
		data.DecidedAt = later(now, p.ReceivedAt)
		if data.Reading, err = in.keepReading(p.Read); err != nil {
			return nil, err
		}
		out = resultOf(data.Submission, p.NextVersion, p.Read)
		entries := []journal.Entry{{
			At: now, Actor: actor, Action: action, Subject: id, Blobs: []string{p.SHA256, data.Reading}, Data: data,
		}}
		if p.IsDuplicate {
			return entries, nil
		}
		older, err := in.superseded(ctx, db, data.Submission)
		return append(entries, older...), err
	})
	if err != nil {
		return Result{}, fmt.Errorf("accept %s: %w", id, err)
	}
	return out, nil
}

// Return sends a held file back to its county with words that say why.
func (in *Ingester) Return(ctx context.Context, id, why, actor string) (Result, error) {
	why, err := wordsOf(why)
	if err != nil {
		return Result{}, err
	}
	if why == "" {
		return Result{}, fault.New(fault.Invalid, "没有写退回的原因。", "请写明要填报单位改正什么，这段话会原样显示给填报单位。")
	}
	var out Result
	_, err = in.Store.Update(ctx, func(ctx context.Context, db *sql.DB, _ int64) ([]journal.Entry, error) {
		p, err := in.judge(ctx, db, id)
		if err != nil {
			return nil, err
		}
		now := in.Now()
		data := store.SubmissionDecided{Submission: p.Submission, IsHeld: true, Words: why}
		data.Status, data.DecidedAt = record.Returned, later(now, p.ReceivedAt)
		if data.Reading, err = in.keepReading(p.Read); err != nil {
			return nil, err
		}
		out = resultOf(data.Submission, 0, p.Read)
		return []journal.Entry{{
			At: now, Actor: actor, Action: store.ActionSubmissionReturned, Subject: id, Blobs: []string{p.SHA256, data.Reading}, Data: data,
		}}, nil
	})
	if err != nil {
		return Result{}, fmt.Errorf("return %s: %w", id, err)
	}
	return out, nil
}

// Withdraw takes a held file back before anybody decided it.
func (in *Ingester) Withdraw(ctx context.Context, id, actor string) error {
	_, err := in.Store.Update(ctx, func(ctx context.Context, db *sql.DB, _ int64) ([]journal.Entry, error) {
		held, err := heldFiles(ctx, db, id, "", "")
		if err != nil {
			return nil, err
		}
		if id == "" || len(held) == 0 {
			return nil, errNotHeld(id)
		}
		return []journal.Entry{{
			At: in.Now(), Actor: actor, Action: store.ActionSubmissionWithdrawn, Subject: id, Data: store.SubmissionClosed{ID: id},
		}}, nil
	})
	if err != nil {
		return fmt.Errorf("withdraw %s: %w", id, err)
	}
	return nil
}

// superseded ends the waiting of the older held files of a submission's unit and quarter.
func (in *Ingester) superseded(ctx context.Context, db *sql.DB, by record.Submission) ([]journal.Entry, error) {
	held, err := heldFiles(ctx, db, "", by.Unit, by.Quarter.String())
	if err != nil {
		return nil, err
	}
	var out []journal.Entry
	for _, h := range held {
		if h.ID == by.ID || h.ReceivedAt.After(by.ReceivedAt) {
			continue
		}
		out = append(out, journal.Entry{
			At: in.Now(), Actor: by.Actor, Action: store.ActionSubmissionSuperseded, Subject: h.ID,
			Data: store.SubmissionClosed{ID: h.ID, By: by.ID},
		})
	}
	return out, nil
}

func (in *Ingester) keepReading(r record.Reading) (string, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("marshal reading: %w", err)
	}
	sum, err := in.Store.Blobs().PutBytes(b)
	if err != nil {
		return "", noSpace(fmt.Errorf("keep reading of %s: %w", r.SHA256, err))
	}
	return sum, nil
}

// reasonsOf pairs reasons with the problems they answer, in the problems' order.
func reasonsOf(p Pending, given map[int]string) ([]store.ProblemReason, error) {
	var out []store.ProblemReason
	said := map[int]string{}
	for no, words := range given {
		words, err := wordsOf(words)
		if err != nil {
			return nil, err
		}
		if no < 0 || no > len(p.Read.Problems) {
			return nil, fault.New(fault.Conflict, "这份文件的提醒已有变化，没有受理。", "请重新打开预览，核对后再受理。")
		}
		said[no] = words
	}
	missing := 0
	for _, no := range p.Reasons() {
		if said[no] == "" {
			missing++
		}
	}
	if missing > 0 {
		return nil, fault.New(fault.Invalid, fmt.Sprintf("有 %d 处提醒需要写明受理的理由，没有受理。", missing), "请在标出的各处写明理由，或把文件退回。")
	}
	for no, words := range said {
		if words == "" {
			continue
		}
		r := store.ProblemReason{No: no, Reason: words}
		if no > FileReason {
			r.Code = p.Read.Problems[no-1].Code
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b store.ProblemReason) int { return a.No - b.No })
	return out, nil
}

// wordsOf trims what an officer wrote and refuses what is too long.
func wordsOf(s string) (string, error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	if n := len([]rune(s)); n > longestReason {
		return "", fault.New(fault.Invalid, fmt.Sprintf("说明有 %d 字，超过 %d 字的上限。", n, longestReason), "请删减后再提交。")
	}
	return s, nil
}
