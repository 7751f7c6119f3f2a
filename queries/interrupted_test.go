package queries

import (
	"context"
	"testing"
	"time"

	"liandu/internal/journal"
	"liandu/internal/store"
	"liandu/internal/testkit"
)

func TestInterruptedFilesAreNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, county("990102"))
	receive := func(file, sum string, at time.Time) {
		t.Helper()
		if _, err := w.s.Append(context.Background(), journal.Entry{
			At: at, Actor: "命令行", Action: store.ActionSubmissionReceived, Subject: sum, Data: store.SubmissionReceived{File: file, SHA256: sum, Size: 1},
		}); err != nil {
			t.Fatal(err)
		}
	}
	receive("中断.xlsx", "aa", now.Add(-time.Hour))
	receive("正在读取.xlsx", "bb", now.Add(-time.Second))
	receive("9901022024Q3.xlsx", "cc", now.Add(-time.Hour)) // sent next, so decided
	w.send("990102", "2024Q3", "2024-10-08", meetings(testkit.Meeting()))
	got, err := w.q.Interrupted(context.Background())
	if err != nil || len(got) != 1 || got[0].File != "中断.xlsx" || got[0].SHA256 != "aa" {
		t.Errorf("interrupted = %+v, %v; want the one file", got, err)
	}
}
