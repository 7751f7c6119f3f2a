package view

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"liandu/internal/period"
	"liandu/queries"
)

// Nil is what stands for no value: nothing was there to judge. Zero is 0, a blank cell （空白）.
const Nil = "—"

// Blank is an empty cell of a county's sheet.
const Blank = "（空白）"

// Rate is an indicator's pair ready to show. Value is "83.3" or Nil; ND is "10/12"; Width the value as an SVG length.
type Rate struct {
	Value   string
	ND      string
	Width   string
	Null    bool
	Small   bool   // fewer than SmallDenominator under it: marked 「基数小」 or with a star, for reference only
	Counter string // 个, 项, 份
	Href    string
}

// SmallDenominator is the denominator under which a rate is marked, on pages as in papers.
const SmallDenominator = 5

// NewRate formats a pair; the value is rounded half up to one decimal of a percent.
func NewRate(p queries.Pair, counter, href string) Rate {
	r := Rate{ND: fmt.Sprintf("%d/%d", p.Num, p.Den), Counter: counter, Href: href}
	if p.Den == 0 {
		r.Value, r.Width, r.Null = Nil, "0%", true
		return r
	}
	r.Small = p.Den < SmallDenominator
	t := permille(p.Num, p.Den)
	r.Value = tenths(t)
	r.Width = r.Value + "%"
	return r
}

// Percent returns "83.3%", or Nil.
func (r Rate) Percent() string {
	if r.Null {
		return Nil
	}
	return r.Value + "%"
}

// Starred returns "83.3%*" where the denominator is small, else Percent.
func (r Rate) Starred() string {
	if r.Small {
		return r.Percent() + "*"
	}
	return r.Percent()
}

// permille returns num/den in tenths of a percent, rounded half up. den must be positive.
func permille(num, den int64) int { return int((num*2000 + den) / (2 * den)) }

// tenths writes 833 as 83.3 and -27 as −2.7 (a true minus sign).
func tenths(t int) string {
	sign := ""
	if t < 0 {
		sign, t = "−", -t
	}
	return fmt.Sprintf("%s%d.%d", sign, t/10, t%10)
}

// hundredths writes 2500 as 25.00.
func hundredths(h int) string {
	sign := ""
	if h < 0 {
		sign, h = "−", -h
	}
	return fmt.Sprintf("%s%d.%02d", sign, h/100, h%100)
}

// score returns "96.7", or Nil when there is none.
func score(s *int) string {
	if s == nil {
		return Nil
	}
	return tenths(*s)
}

// change returns the difference of two rates in tenths of a 个百分点 (half away from zero) and whether both exist.
func change(now, before queries.Pair) (int, bool) {
	if now.Den == 0 || before.Den == 0 {
		return 0, false
	}
	num := 1000 * (now.Num*before.Den - before.Num*now.Den)
	den := now.Den * before.Den
	if num < 0 {
		return -int((-num*2 + den) / (2 * den)), true
	}
	return int((num*2 + den) / (2 * den)), true
}

// date returns 2024-12-31, or Nil.
func date(d period.Date) string {
	if d.IsZero() {
		return Nil
	}
	return d.String()
}

// moment returns 2025-01-14 17:30 in the city's zone, or Nil.
func moment(t time.Time) string {
	if t.IsZero() {
		return Nil
	}
	return t.In(period.Shanghai).Format("2006-01-02 15:04")
}

// text returns s, or Nil when it is empty.
func text(s string) string {
	if strings.TrimSpace(s) == "" {
		return Nil
	}
	return s
}

func itoa[T int | int64](n T) string { return strconv.FormatInt(int64(n), 10) }

// share returns part of whole as an SVG length.
func share(part, whole int) string {
	if whole <= 0 {
		return "0%"
	}
	return tenths(permille(int64(part), int64(whole))) + "%"
}
