package period_test

import (
	"encoding/json"
	"testing"

	"liandu/internal/period"
)

func TestQuarterEdges(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, first, last, next, chinese string }{
		{"2024Q1", "2024-01-01", "2024-03-31", "2024Q2", "2024年第一季度"},
		{"2024Q2", "2024-04-01", "2024-06-30", "2024Q3", "2024年第二季度"},
		{"2024Q3", "2024-07-01", "2024-09-30", "2024Q4", "2024年第三季度"},
		{"2024q4", "2024-10-01", "2024-12-31", "2025Q1", "2024年第四季度"},
	}
	for _, tt := range tests {
		q, err := period.ParseQuarter(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		if q.First().String() != tt.first || q.Last().String() != tt.last || q.Add(1).String() != tt.next || q.Chinese() != tt.chinese {
			t.Errorf("%s: %s %s %s %s", tt.in, q.First(), q.Last(), q.Add(1), q.Chinese())
		}
		if q.Add(1).Add(-1) != q || period.QuarterOf(q.Last()) != q || period.QuarterOf(q.First()) != q {
			t.Errorf("%s does not come back to itself", tt.in)
		}
	}
	for _, bad := range []string{"", "2024", "2024Q5", "2024Q0", "24Q1", "2024Q1 ", "2024年第一季度"} {
		if q, err := period.ParseQuarter(bad); err == nil {
			t.Errorf("ParseQuarter(%q) = %v, want an error", bad, q)
		}
	}
}

func TestDateArithmetic(t *testing.T) {
	t.Parallel()
	tests := []struct {
		from   string
		months int
		want   string
	}{
		{"2024-01-31", 1, "2024-02-29"}, {"2023-01-31", 1, "2023-02-28"}, {"2024-03-31", -1, "2024-02-29"},
		{"2024-12-15", 1, "2025-01-15"}, {"2024-01-15", -2, "2023-11-15"}, {"2024-08-31", -2, "2024-06-30"},
	}
	for _, tt := range tests {
		if got := period.MustDate(tt.from).AddMonths(tt.months).String(); got != tt.want {
			t.Errorf("%s + %d months = %s, want %s", tt.from, tt.months, got, tt.want)
		}
	}
	if got := period.MustDate("2024-03-01").DaysSince(period.MustDate("2024-02-28")); got != 2 {
		t.Errorf("days over a leap day = %d, want 2", got)
	}
	if _, ok := period.NewDate(2023, 2, 29); ok {
		t.Error("2023-02-29 exists")
	}
}

func TestUnknownDateStaysUnknown(t *testing.T) {
	t.Parallel()
	var d period.Date
	if b, err := json.Marshal(d); err != nil || string(b) != "null" {
		t.Errorf("marshal = %s, %v", b, err)
	}
	if v, err := d.Value(); err != nil || v != nil {
		t.Errorf("value = %v, %v, want null", v, err)
	}
	if d.AddDays(3) != d || d.AddMonths(3) != d || d.String() != "" || d.Chinese() != "" || !d.Before(period.MustDate("1900-01-01")) {
		t.Error("arithmetic on an unknown date made a date")
	}
	var back struct{ On period.Date }
	if err := json.Unmarshal([]byte(`{"On":"2024-05-10"}`), &back); err != nil || back.On != period.MustDate("2024-05-10") {
		t.Errorf("unmarshal = %v, %v", back.On, err)
	}
	if err := json.Unmarshal([]byte(`{"On":"2024-13-10"}`), &back); err == nil {
		t.Error("month 13 was read")
	}
}
