package period

import (
	"fmt"
	"regexp"
	"strconv"
)

// Quarter is a calendar quarter, written 2024Q3. The zero Quarter means "not known".
type Quarter struct {
	Year int
	N    int // 1–4
}

var quarterForm = regexp.MustCompile(`^(\d{4})[Qq]([1-4])$`)

// ParseQuarter reads 2024Q3 exactly. 「2024年第三季度」 and the like are cntext's.
func ParseQuarter(s string) (Quarter, error) {
	m := quarterForm.FindStringSubmatch(s)
	if m == nil {
		return Quarter{}, fmt.Errorf("parse quarter %q: want the form 2024Q3", s)
	}
	year, _ := strconv.Atoi(m[1])
	if year < 1950 || year > 2150 {
		return Quarter{}, fmt.Errorf("parse quarter %q: year out of range", s)
	}
	return Quarter{Year: year, N: int(m[2][0] - '0')}, nil
}

// MustQuarter is ParseQuarter for constants; it panics on anything else.
func MustQuarter(s string) Quarter {
	q, err := ParseQuarter(s)
	if err != nil {
		panic(err)
	}
	return q
}

// QuarterOf returns the quarter a date lies in; the zero Date gives the zero Quarter.
func QuarterOf(d Date) Quarter {
	if d.IsZero() {
		return Quarter{}
	}
	return Quarter{Year: d.Year(), N: (d.Month()-1)/3 + 1}
}

// IsZero reports whether the quarter is not known.
func (q Quarter) IsZero() bool { return q == Quarter{} }

// First returns the quarter's first day.
func (q Quarter) First() Date {
	d, _ := NewDate(q.Year, q.N*3-2, 1)
	return d
}

// Last returns D(Q), the quarter's last day.
func (q Quarter) Last() Date {
	if q.IsZero() {
		return Date{}
	}
	return q.First().AddMonths(3).AddDays(-1)
}

// Add returns the quarter n quarters later.
func (q Quarter) Add(n int) Quarter {
	i := q.Year*4 + q.N - 1 + n
	return Quarter{Year: i / 4, N: i%4 + 1}
}

// Compare returns -1, 0 or 1 in time order.
func (q Quarter) Compare(r Quarter) int {
	a, b := q.Year*4+q.N, r.Year*4+r.N
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// String returns 2024Q3, "" when not known.
func (q Quarter) String() string {
	if q.IsZero() {
		return ""
	}
	return fmt.Sprintf("%dQ%d", q.Year, q.N)
}

// Chinese returns 2024年第三季度, "" when not known.
func (q Quarter) Chinese() string {
	if q.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d年第%s季度", q.Year, [...]string{"", "一", "二", "三", "四"}[q.N])
}

// MarshalText writes 2024Q3; the zero Quarter is "".
func (q Quarter) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads 2024Q3 or "".
func (q *Quarter) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*q = Quarter{}
		return nil
	}
	v, err := ParseQuarter(string(b))
	if err != nil {
		return err
	}
	*q = v
	return nil
}
