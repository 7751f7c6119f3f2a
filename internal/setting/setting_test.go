package setting_test

import (
	"context"
	"testing"
	"time"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/setting"
	"liandu/internal/store"
	"liandu/internal/testkit"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	tests := []struct {
		key, value string
		ok         bool
	}{
		{"office.name", "云州市总工会", true},
		{"office.name", "", true},
		{"reply.days", "15", true}, {"reply.days", "0", false}, {"reply.days", "两周", false},
		{"annual.line", "70.0", true}, {"annual.line", "70%", true}, {"annual.line", "七成", false}, {"annual.line", "101", false}, {"annual.establish", "明年六月", false},
		{"deadline.2024", "2024-11-30", true}, {"deadline.2024", "11月30日", false},
		{"deadline.2024.words", "应于11月30日前召开", true},
		{"deadline.<年度>", "2024-11-30", false}, {"deadline", "2024-11-30", false}, {"office", "x", false},
	}
	for _, tt := range tests {
		err := setting.Check(tt.key, tt.value)
		if (err == nil) != tt.ok {
			t.Errorf("Check(%q, %q) = %v, want ok %v", tt.key, tt.value, err, tt.ok)
		}
		if err != nil && fault.CodeOf(err) != fault.Invalid {
			t.Errorf("Check(%q, %q) = %v, want a refusal", tt.key, tt.value, err)
		}
	}
	if got := setting.Name("deadline.2024"); got != "2024年度会议召开期限" {
		t.Errorf("Name = %q", got)
	}
}

func TestLoadGivesTheLastValueKnown(t *testing.T) {
	t.Parallel()
	s := testkit.OpenStore(t, nil)
	first := time.Date(2024, 3, 1, 9, 0, 0, 0, period.Shanghai)
	set := func(at time.Time, key, value string) {
		t.Helper()
		if _, err := s.Append(context.Background(), journal.Entry{At: at, Action: store.ActionSettingChanged, Data: store.SettingChanged{Key: key, Value: value}}); err != nil {
			t.Fatal(err)
		}
	}
	set(first, "deadline.2024", "2024-11-30")
	set(first, "deadline.2024.words", "应于11月30日前召开")
	set(first.AddDate(0, 1, 0), "deadline.2024.document", "甲通知")
	set(first.AddDate(0, 2, 0), "deadline.2024", "2024-10-31")
	set(first.AddDate(0, 3, 0), "deadline.2024.words", "")

	tests := []struct {
		name string
		at   time.Time
		want string // "" where no own deadline is in force
	}{
		{"without its document", first, ""},
		{"with its document", first.AddDate(0, 1, 0), "2024-11-30"},
		{"changed", first.AddDate(0, 2, 0), "2024-10-31"},
		{"words unset", time.Time{}, ""},
	}
	for _, tt := range tests {
		got, err := setting.Load(context.Background(), s.DB(), tt.at)
		if err != nil {
			t.Fatal(err)
		}
		d, ok := got.Deadline(2024)
		if ok != (tt.want != "") || (ok && d.On.String() != tt.want) {
			t.Errorf("%s: deadline = %v, %v, want %q", tt.name, d.On, ok, tt.want)
		}
	}
}
