package ingest

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

var (
	//go:embed sql/received_file.sql
	receivedFileSQL string
	//go:embed sql/later_version.sql
	laterVersionSQL string
)

// Again reads a file received before once more from its kept bytes, by the heads and names as they are understood now,
// and decides it anew: a new submission of the same original, received when the original was. With hold a file without
// errors waits for an officer. It returns fault.NotFound for an unknown id, fault.Conflict where a later version was
// accepted meanwhile or where everything is read as before; then nothing is written.
func (in *Ingester) Again(ctx context.Context, id string, hold bool, actor string) ([]Result, error) {
	var file, sum, blob string
	var received time.Time
	err := in.Store.DB().QueryRowContext(ctx, receivedFileSQL, sql.Named("id", id)).Scan(&file, &sum, &blob, &received)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.NotFound, fmt.Sprintf("没有编号为「%s」的报送。", id), "请从报送管理中打开。")
	}
	if err != nil {
		return nil, fmt.Errorf("file of %s: %w", id, err)
	}
	u := Upload{Name: file, ReceivedAt: received, Actor: actor, Hold: hold, again: true}
	if blob != "" {
		b, err := in.Store.Blobs().Read(blob)
		if err != nil {
			return nil, fmt.Errorf("reading of %s: %w", id, err)
		}
		if err := json.Unmarshal(b, &u.before); err != nil {
			return nil, fmt.Errorf("reading of %s: %w", id, err)
		}
		u.Unit, u.Quarter = u.before.ChosenUnit, u.before.ChosenQuarter
		if u.before.Reader == firstReader { // it did not say what was chosen by hand
			u.Unit, u.Quarter = u.before.Unit, u.before.Quarter
		}
	}
	return in.one(ctx, u, file, sum, nil)
}

// firstReader kept no word of what was chosen by hand beside a file.
const firstReader = "liandu-ingest 1"

// checkAgain refuses a second reading that would bring an older file back into force, or that changes nothing.
func (in *Ingester) checkAgain(ctx context.Context, db *sql.DB, u Upload, reading record.Reading, p *problems) error {
	now := reading
	now.Problems = p.inOrder()
	before := u.before
	if before.Unit != reading.Unit { // another county's part of the file
		standing, err := in.inForce(ctx, db, reading.Unit, reading.Quarter)
		if err != nil {
			return err
		}
		if before = standing.read; before.SHA256 != reading.SHA256 {
			before = record.Reading{}
		}
	}
	if sameReading(before, now) {
		return fault.New(fault.Conflict, "按现在的理解重新读取，结果与原来相同。", "所作的指定已记下，以后的文件照此读取；本文件仍有问题的，请退回填报单位改正。")
	}
	if reading.Unit == "" || reading.Quarter.IsZero() {
		return nil
	}
	var version int
	err := db.QueryRowContext(ctx, laterVersionSQL, sql.Named("unit", string(reading.Unit)), sql.Named("quarter", reading.Quarter.String()), sql.Named("after", u.ReceivedAt)).Scan(&version)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("later version of %s %s: %w", reading.Unit, reading.Quarter, err)
	}
	return fault.New(fault.Conflict, fmt.Sprintf("这份文件之后已受理第 %d 版，没有重新读取。", version), "所作的指定已记下，以后的文件照此读取；需要时请在最新的一份上重新读取。")
}

// sameReading reports whether two readings of one file say the same. Problems judged against other files may come and
// go without it.
func sameReading(a, b record.Reading) bool {
	lasting := func(list []record.Problem) map[record.Problem]bool {
		out := map[record.Problem]bool{}
		for _, q := range list {
			if !judgedAgain[Code(q.Code)] {
				out[q] = true
			}
		}
		return out
	}
	if a.Unit != b.Unit || a.Quarter != b.Quarter || !reflect.DeepEqual(lasting(a.Problems), lasting(b.Problems)) {
		return false
	}
	facts := func(r record.Reading) []byte {
		out, err := json.Marshal([]any{r.Cover, r.Meetings, r.Resolutions, r.Establishments})
		if err != nil {
			return nil
		}
		return out
	}
	return string(facts(a)) == string(facts(b))
}

// partRead is a reading in the making, with what is wrong so far.
type partRead struct {
	record.Reading
	problems *problems
}

// read understands a book: once, or once for each county in it, and where a person has explained heads of the unit's
// files, once more with those.
func (in *Ingester) read(ctx context.Context, u Upload, name string, book Book) ([]partRead, error) {
	by := chosen{unit: u.Unit, quarter: u.Quarter, own: u.Own, received: period.DateOf(u.ReceivedAt)}
	first, err := in.readOne(ctx, u, name, book, by)
	if err != nil {
		return nil, err
	}
	if u.Unit != "" || u.Own != "" || !maybeSeveral(first.problems.list) {
		return []partRead{first}, nil
	}
	parts := several(in.form, in.Registry(), name, book)
	if parts == nil {
		return []partRead{first}, nil
	}
	var out []partRead
	for _, part := range parts {
		by.unit, by.several = part.unit, true
		r, err := in.readOne(ctx, u, name, part.book, by)
		if err != nil {
			return nil, err
		}
		if part.unit == "" { // rows of units that are not registered are nobody's
			r.Unit = ""
		}
		out = append(out, r)
	}
	return out, nil
}

func (in *Ingester) readOne(ctx context.Context, u Upload, name string, book Book, by chosen) (partRead, error) {
	r := partRead{problems: &problems{}}
	r.Reading = readBook(in.form, in.Registry(), name, book, by, nil, r.problems)
	heads, err := learned(ctx, in.Store.DB(), r.Unit)
	if err != nil {
		return r, err
	}
	if heads != nil {
		r.problems = &problems{}
		r.Reading = readBook(in.form, in.Registry(), name, book, by, heads, r.problems)
	}
	r.ChosenUnit, r.ChosenQuarter, r.Again = u.Unit, u.Quarter, u.again
	return r, nil
}
