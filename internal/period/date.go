package period

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Shanghai is the zone in which a day without an offset begins (UTC+8, no daylight saving).
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Date is a civil date. The zero Date means "not known" and is null in SQL, "" in text and null in JSON.
type Date struct {
	year  int16
	month int8
	day   int8
}

// NewDate returns the date and whether it exists in the calendar (2024-02-30 does not); years 1900–2200 only.
func NewDate(year, month, day int) (Date, bool) {
	if year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 {
		return Date{}, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return Date{}, false
	}
	return DateOf(t), true
}

// MustDate parses an ISO date and panics when it is none; for constants in tests and tables.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf returns the civil date of t in t's own zone; the zero time gives the zero Date.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	y, m, d := t.Date()
	return Date{int16(y), int8(m), int8(d)}
}

// ParseDate reads 2006-01-02 exactly; "" is the zero Date. Dates as counties write them are cntext's.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("parse date %q: %w", s, err)
	}
	return DateOf(t), nil
}

// IsZero reports whether the date is not known.
func (d Date) IsZero() bool { return d == Date{} }

// Year returns the calendar year, 0 when not known.
func (d Date) Year() int { return int(d.year) }

// Month returns 1–12, 0 when not known.
func (d Date) Month() int { return int(d.month) }

// Day returns 1–31, 0 when not known.
func (d Date) Day() int { return int(d.day) }

// Time returns midnight UTC of the date, the zero time when not known.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, time.UTC)
}

// Start returns 00:00 of the date in Shanghai.
func (d Date) Start() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, Shanghai)
}

// Compare returns -1, 0 or 1. The zero Date sorts first.
func (d Date) Compare(e Date) int {
	a, b := int(d.year)*10000+int(d.month)*100+int(d.day), int(e.year)*10000+int(e.month)*100+int(e.day)
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Before reports d < e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports d > e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// AddDays returns the date n days later.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return DateOf(d.Time().AddDate(0, 0, n))
}

// AddMonths returns the date n calendar months later; a day that the month lacks becomes its last day.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	first := time.Date(int(d.year), time.Month(int(d.month)+n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return DateOf(first.AddDate(0, 0, min(int(d.day), last)-1))
}

// DaysSince returns the number of days from e to d, negative when d is earlier; 0 when either is not known.
func (d Date) DaysSince(e Date) int {
	if d.IsZero() || e.IsZero() {
		return 0
	}
	return int(d.Time().Sub(e.Time()).Hours() / 24)
}

// String returns 2006-01-02, "" when not known.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// Chinese returns 2024年3月5日, "" when not known (GB/T 9704: Arabic figures, no leading zeros).
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.year, d.month, d.day)
}

// MarshalJSON writes an ISO string, or null when not known.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + d.String() + `"`), nil
}

// UnmarshalJSON reads an ISO string, "" or null.
func (d *Date) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = Date{}
		return nil
	}
	if len(b) < 2 || b[0] != '"' {
		return fmt.Errorf("date is not a string: %s", b)
	}
	v, err := ParseDate(string(b[1 : len(b)-1]))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Value gives a DATE for SQL, null when not known.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.Time(), nil
}

// Scan reads a DATE from SQL; null is the zero Date.
func (d *Date) Scan(v any) error {
	switch t := v.(type) {
	case nil:
		*d = Date{}
	case time.Time:
		*d = DateOf(t.UTC())
	default:
		return fmt.Errorf("scan %T into a date", v)
	}
	return nil
}
