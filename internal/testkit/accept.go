package testkit

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
)

// Import puts units into the registry as those of init: known from the beginning.
func Import(t testing.TB, s *store.Store, units ...record.Unit) {
	t.Helper()
	update(t, s, func(*sql.DB, int64) (journal.Entry, error) {
		return journal.Entry{Action: store.ActionUnitsImported, Data: store.UnitsImported{Base: true, Units: units}}, nil
	})
}

// Accept keeps a reading as the next version of its unit and quarter, received and accepted at a moment: a date is
// 00:00 in Shanghai, else RFC 3339. It returns the submission's id.
func Accept(t testing.TB, s *store.Store, received string, r record.Reading) string {
	t.Helper()
	at := Moment(t, received)
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := s.Blobs().PutBytes(text)
	if err != nil {
		t.Fatal(err)
	}
	sub := record.Submission{
		Unit: r.Unit, Quarter: r.Quarter, Status: record.Accepted, File: r.File, SHA256: sum, Reading: sum, ReceivedAt: at, Actor: "测试",
	}
	update(t, s, func(db *sql.DB, next int64) (journal.Entry, error) {
		sub.ID = "S" + strconv.FormatInt(next, 10)
		err := db.QueryRow("select coalesce(max(version), 0) + 1 from d.submission where unit_code = ? and quarter = ?",
			string(r.Unit), r.Quarter.String()).Scan(&sub.Version)
		return journal.Entry{
			At: at, Actor: sub.Actor, Action: store.ActionSubmissionAccepted, Subject: sub.ID, Blobs: []string{sum},
			Data: store.SubmissionDecided{Submission: sub},
		}, err
	})
	return sub.ID
}

// Close confirms an item on a day, as the department does (销号).
func Close(t testing.TB, s *store.Store, r record.Resolution, day string) {
	t.Helper()
	key := "n:" + r.ItemNo
	if r.ItemNo == "" {
		key = "t:" + r.TitleKey
	}
	update(t, s, func(*sql.DB, int64) (journal.Entry, error) {
		return journal.Entry{Action: store.ActionItemClosed, Data: store.ItemClosed{
			Unit: r.Unit, SessionYear: r.SessionYear, Kind: r.Kind, ItemKey: key, ClosedOn: period.MustDate(day),
		}}, nil
	})
}

// Moment reads a date (00:00 in Shanghai) or an RFC 3339 moment.
func Moment(t testing.TB, s string) time.Time {
	t.Helper()
	if d, err := period.ParseDate(s); err == nil {
		return d.Start()
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatalf("moment %q: %v", s, err)
	}
	return at
}

func update(t testing.TB, s *store.Store, fn func(*sql.DB, int64) (journal.Entry, error)) {
	t.Helper()
	_, err := s.Update(context.Background(), func(_ context.Context, db *sql.DB, next int64) ([]journal.Entry, error) {
		e, err := fn(db, next)
		if e.At.IsZero() {
			e.At = time.Date(2024, 1, 1, 0, 0, 0, 0, period.Shanghai)
		}
		return []journal.Entry{e}, err
	})
	if err != nil {
		t.Fatalf("update: %v", err)
	}
}
