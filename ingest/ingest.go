package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"time"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/registry"
	"liandu/internal/store"
)

// Deps is what an Ingester works with. Registry returns the units as they are now; Now may be nil.
type Deps struct {
	Store    *store.Store
	Registry func() *registry.Registry
	Parser   Parser
	Now      func() time.Time
}

// Ingester takes files in. Its methods may be called from several goroutines.
type Ingester struct {
	Deps
	form *formIndex
}

// New returns an Ingester.
func New(d Deps) *Ingester {
	if d.Now == nil {
		d.Now = time.Now
	}
	return &Ingester{d, newFormIndex()}
}

// Upload is one file as it was sent. Name is its name as sent, for people. Size may be 0 where it is not known. Unit
// and Quarter were chosen by hand and may be empty; Own is the unit of a county's account, which may send only its
// own. ReceivedAt zero is now. Progress and Each may be nil. With Hold a file without errors waits for an officer (hold.go)
// instead of being accepted at once.
type Upload struct {
	Name       string
	Body       io.Reader
	Size       int64
	Unit       record.UnitCode
	Quarter    period.Quarter
	Own        record.UnitCode
	ReceivedAt time.Time
	Actor      string
	Hold       bool
	Progress   func(step string)
	Each       func(Result) // called with each result as soon as it is decided; may be nil

	again  bool           // the original was read before
	before record.Reading // how, where again
}

// Result says what became of one file. Version is the accepted version, or for a duplicate the one in force; 0 for a
// rejected, a held or a returned file. Problems is never nil.
type Result struct {
	File       string
	SHA256     string
	Unit       record.UnitCode
	Quarter    period.Quarter
	Version    int
	Status     record.SubmissionStatus
	Rows       Rows
	Problems   []record.Problem
	Submission string
}

// Rows counts the rows read.
type Rows struct {
	Meeting       int `json:"meeting"`
	Resolution    int `json:"resolution"`
	Establishment int `json:"establishment"`
}

// MarshalJSON writes the shape of interface.md; unit and period are null where the file did not say, version is null
// for a rejected file.
func (r Result) MarshalJSON() ([]byte, error) {
	text := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	var version *int
	if r.Version != 0 {
		version = &r.Version
	}
	status := r.Status
	if status == record.InWords { // no workbook: to a command that is a refused file
		status = record.Rejected
	}
	problems := r.Problems
	if problems == nil {
		problems = []record.Problem{}
	}
	return json.Marshal(struct {
		File       string                  `json:"file"`
		SHA256     string                  `json:"sha256"`
		Unit       *string                 `json:"unit"`
		Period     *string                 `json:"period"`
		Version    *int                    `json:"version"`
		Status     record.SubmissionStatus `json:"status"`
		Rows       Rows                    `json:"rows"`
		Problems   []record.Problem        `json:"problems"`
		Submission string                  `json:"submission,omitempty"`
	}{r.File, r.SHA256, text(string(r.Unit)), text(r.Quarter.String()), version, status, r.Rows, problems, r.Submission})
}

// File takes one file in: its bytes are kept, it is opened, read, checked and accepted or rejected as a whole. A file
// of several counties gives one Result a county, a zip of files one Result a member, each its own transaction; a zip that cannot be opened gives one Result. An
// error is a *fault.Error where the file was not received at all, else an accident of ours; Results decided before it
// are returned with it.
func (in *Ingester) File(ctx context.Context, u Upload) ([]Result, error) {
	if u.ReceivedAt.IsZero() {
		u.ReceivedAt = in.Now()
	}
	if u.Actor == "" {
		u.Actor = "命令行"
	}
	if err := in.checkChosen(u); err != nil {
		return nil, err
	}
	u.step("保存原件")
	sum, err := in.receive(ctx, u, u.Name, u.Body)
	if err != nil {
		return nil, err
	}
	data, file, err := openOriginal(in.Store.Blobs().Path(sum))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if isZipOfFiles(data) {
		return in.zip(ctx, u, sum, data)
	}
	return in.one(ctx, u, u.Name, sum, nil)
}

func (u Upload) step(s string) {
	if u.Progress != nil {
		u.Progress(s)
	}
}

// checkChosen refuses a unit chosen by hand that is not one that reports.
func (in *Ingester) checkChosen(u Upload) error {
	for _, code := range []record.UnitCode{u.Unit, u.Own} {
		if code == "" {
			continue
		}
		unit, ok := in.Registry().Unit(code)
		if !ok {
			return fault.New(fault.Usage, fmt.Sprintf("单位代码「%s」没有登记。", code), "请用 liandu units list 查看登记的单位。")
		}
		if !unit.Submitter {
			return fault.New(fault.Usage, fmt.Sprintf("「%s」不单独报送报表。", unit.Name), "请选择填报单位。")
		}
	}
	return nil
}

// zip takes a zip's members in one after the other.
func (in *Ingester) zip(ctx context.Context, u Upload, sum string, data original) ([]Result, error) {
	var results []Result
	err := unzip(data, in.Store.Blobs().Temp, func(m member) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := path.Join(u.Name, m.name)
		u.step("保存原件 " + m.name)
		memberSum, err := in.receive(ctx, u, name, io.NewSectionReader(m.data.r, 0, m.data.size))
		if err != nil {
			return err
		}
		rs, err := in.one(ctx, u, name, memberSum, m.err)
		results = append(results, rs...)
		return err
	})
	var why *refusal
	switch {
	case errors.As(err, &why):
	case err != nil:
		return results, err
	case len(results) == 0:
		why = errZipEmpty
	default:
		return results, nil
	}
	rs, err := in.one(ctx, u, u.Name, sum, why)
	return append(results, rs...), err
}

// one opens, reads, checks and decides one file whose bytes are kept: one result, or one for each county in it. why is
// given where it is known beforehand that it cannot be opened.
func (in *Ingester) one(ctx context.Context, u Upload, name, sum string, why *refusal) ([]Result, error) {
	read := []partRead{{Reading: record.Reading{Reader: Reader, File: name}, problems: &problems{}}}
	if why == nil {
		u.step("读取 " + path.Base(name))
		book, err := in.Parser.Parse(ctx, in.Store.Blobs().Path(sum))
		if err != nil && !errors.As(err, &why) {
			return nil, fmt.Errorf("parse %s: %w", sum, err)
		}
		if why == nil {
			if read, err = in.read(ctx, u, name, book); err != nil {
				return nil, err
			}
		}
	}
	if why != nil {
		read[0].problems.put(record.Problem{Severity: record.SeverityError, Code: why.Code, Message: why.Message, Hint: why.Hint})
	}
	u.step("核对 " + path.Base(name))
	var results []Result
	var same error // why a county's part was not read again
	for _, r := range read {
		if u.Own != "" && r.Unit != u.Own { // refused, and among nobody's files but the sender's
			r.Unit = ""
		}
		r.SHA256 = sum
		result, err := in.keep(ctx, u, r.Reading, r.problems)
		if u.again && len(read) > 1 && fault.CodeOf(err) == fault.Conflict {
			same = err
			continue
		}
		if err != nil {
			return results, err
		}
		if u.Each != nil {
			u.Each(result)
		}
		results = append(results, result)
	}
	if len(results) == 0 {
		return nil, same
	}
	return results, nil
}
