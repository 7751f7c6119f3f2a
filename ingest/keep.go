package ingest

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"syscall"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/record"
	"liandu/internal/store"
)

// errOversize stops an upload that is longer than MaxUpload; nothing of it is kept.
var errOversize = fault.New(fault.TooLarge, fmt.Sprintf("文件超过 %d MB 的上限，没有接收。", MaxUpload>>20), "请分批报送，或检查文件内容。")

// capped reads up to MaxUpload bytes and then refuses.
type capped struct {
	r    io.Reader
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, errOversize
	}
	return n, err
}

// noSpace turns a full disk into a refusal that says so and leaves any other error as it is.
func noSpace(err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return fault.Wrap(fault.NoSpace, "磁盘空间不足，这份文件没有接收。", "原有数据不受影响。请清理磁盘后重新报送。", err)
	}
	return err
}

// receive keeps an original's bytes and says so in the journal, before anything looks into them.
func (in *Ingester) receive(ctx context.Context, u Upload, name string, body io.Reader) (sum string, err error) {
	if u.Size > MaxUpload {
		return "", errOversize
	}
	if err := in.Store.NeedSpace(u.Size); err != nil {
		return "", err
	}
	sum, size, err := in.Store.Blobs().Put(&capped{body, MaxUpload})
	if err != nil {
		var f *fault.Error
		if errors.As(err, &f) {
			return "", f
		}
		return "", noSpace(fmt.Errorf("keep original %s: %w", name, err))
	}
	if err := in.Store.NeedSpace(size); err != nil {
		return "", err
	}
	_, err = in.Store.Append(ctx, journal.Entry{
		At: in.Now(), Actor: u.Actor, Action: store.ActionSubmissionReceived, Subject: sum, Blobs: []string{sum},
		Data: store.SubmissionReceived{File: name, SHA256: sum, Size: size},
	})
	if err != nil {
		return "", fmt.Errorf("receive %s: %w", name, err)
	}
	return sum, nil
}

// keep decides under the writer's lock what becomes of a file, by the state at that moment, and makes it so: the
// reading is on disk before the journal line that names it, and the line is the commit.
func (in *Ingester) keep(ctx context.Context, u Upload, reading record.Reading, p *problems) (Result, error) {
	var out Result
	_, err := in.Store.Update(ctx, func(ctx context.Context, db *sql.DB, next int64) ([]journal.Entry, error) {
		d, err := in.decideAny(ctx, db, reading, u.again, p)
		if err != nil {
			return nil, err
		}
		if u.again {
			if err := in.checkAgain(ctx, db, u, reading, p); err != nil {
				return nil, err
			}
		}
		reading.Problems = p.inOrder()
		b, err := json.Marshal(reading)
		if err != nil {
			return nil, fmt.Errorf("marshal reading: %w", err)
		}
		kept, err := in.Store.Blobs().PutBytes(b)
		if err != nil {
			return nil, noSpace(fmt.Errorf("keep reading of %s: %w", reading.SHA256, err))
		}
		sub := record.Submission{
			ID: fmt.Sprintf("S%d", next), Unit: reading.Unit, Quarter: reading.Quarter, Status: d.status, File: reading.File,
			SHA256: reading.SHA256, Reading: kept, ReceivedAt: u.ReceivedAt, Actor: u.Actor,
		}
		if u.again {
			sub.DecidedAt = later(in.Now(), u.ReceivedAt)
		}
		if d.status == record.Accepted && u.Hold {
			sub.Status, d.action, d.version = record.Pending, store.ActionSubmissionHeld, 0
		}
		if sub.Status == record.Accepted {
			sub.Version = d.version
		}
		out = resultOf(sub, d.version, reading)
		entries := []journal.Entry{{
			At: in.Now(), Actor: u.Actor, Action: d.action, Subject: sub.ID, Blobs: []string{reading.SHA256, kept},
			Data: store.SubmissionDecided{Submission: sub},
		}}
		if sub.Status != record.Accepted && sub.Status != record.Pending {
			return entries, nil
		}
		older, err := in.superseded(ctx, db, sub)
		return append(entries, older...), err
	})
	if err != nil {
		return Result{}, fmt.Errorf("keep %s: %w", reading.File, err)
	}
	return out, nil
}

type decision struct {
	status  record.SubmissionStatus
	action  string
	version int // of what is accepted, or of the version in force that it repeats
}

// decideAny keeps a report in words as such and decides any other file.
func (in *Ingester) decideAny(ctx context.Context, db *sql.DB, reading record.Reading, again bool, p *problems) (decision, error) {
	if !inWords(reading) {
		return in.decide(ctx, db, reading, p)
	}
	return in.decideReport(ctx, db, reading, again, p)
}

func (in *Ingester) decide(ctx context.Context, db *sql.DB, reading record.Reading, p *problems) (decision, error) {
	rejected := decision{status: record.Rejected, action: store.ActionSubmissionRejected}
	known := reading.Unit != "" && !reading.Quarter.IsZero()
	if !known {
		return rejected, nil
	}
	n, inForce, version, err := accepted(ctx, db, reading.Unit, reading.Quarter)
	if err != nil {
		return decision{}, err
	}
	if p.errors == 0 && inForce == reading.SHA256 && !reading.Again {
		return decision{record.Duplicate, store.ActionSubmissionDuplicate, version}, nil
	}
	units := in.Registry()
	before, err := lookBack(ctx, db, units, reading.Unit, reading.Quarter)
	if err != nil {
		return decision{}, err
	}
	checkStored(units, &reading, before, p)
	if err := in.checkFigures(ctx, db, &reading, before.meetings, p); err != nil {
		return decision{}, err
	}
	if p.errors > 0 {
		return rejected, nil
	}
	return decision{record.Accepted, store.ActionSubmissionAccepted, n + 1}, nil
}

func resultOf(sub record.Submission, version int, r record.Reading) Result {
	return Result{
		File: sub.File, SHA256: sub.SHA256, Unit: sub.Unit, Quarter: sub.Quarter, Version: version, Status: sub.Status,
		Rows:     Rows{len(r.Meetings), len(r.Resolutions), len(r.Establishments)},
		Problems: r.Problems, Submission: sub.ID,
	}
}
