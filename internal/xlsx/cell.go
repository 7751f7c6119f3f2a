package xlsx

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"liandu/internal/period"
)

// Null is what stands where there is no value: a denominator of 0, a date not known. Never 0 and never empty.
const Null = "—"

// maxText is the longest text a cell may hold, in UTF-16 units (Excel's limit).
const maxText = 32767

// cut ends a text that was longer than a cell may be.
const cut = "……（后略，全文见原报送文件）"

type kind uint8

const (
	kindBlank kind = iota
	kindText
	kindInt
	kindOne     // one decimal
	kindTwo     // two decimals
	kindPercent // a ratio shown as 0.0%
	kindStarred // a ratio shown as 0.0%*
	kindDate
)

// Align is where a cell's content stands.
type Align uint8

// The alignments. Auto is left for text, right for numbers and centred for dates and 「—」.
const (
	Auto Align = iota
	Left
	Center
	Right
)

// Tone marks a cell's meaning. A tone is never the only sign: the cell's word says the same.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Red
	Yellow
	Green
	Muted
)

// Cell is one value. The zero Cell is an empty cell with its border.
type Cell struct {
	kind  kind
	tone  Tone
	align Align
	text  string // kindText; else the value as it is shown
	value float64
}

// Text is a text cell; "" is an empty cell. Whatever it begins with, it stays text.
func Text(s string) Cell {
	s = clean(s)
	if s == "" {
		return Cell{}
	}
	return Cell{kind: kindText, text: s}
}

// Int is a whole number.
func Int(n int64) Cell {
	return Cell{kind: kindInt, text: strconv.FormatInt(n, 10), value: float64(n)}
}

// Tenths is a number given in tenths and shown with one decimal: 938 is 93.8.
func Tenths(n int64) Cell {
	return Cell{kind: kindOne, text: decimal(n, 10, 1), value: float64(n) / 10}
}

// Hundredths is a number given in hundredths and shown with two decimals: 1250 is 12.50.
func Hundredths(n int64) Cell {
	return Cell{kind: kindTwo, text: decimal(n, 100, 2), value: float64(n) / 100}
}

// Rate is num/den as a percentage with one decimal; den 0 is Null.
func Rate(num, den int64) Cell {
	if den == 0 {
		return Text(Null)
	}
	return Cell{kind: kindPercent, text: decimal(roundHalfUp(num*1000, den), 10, 1) + "%", value: float64(num) / float64(den)}
}

// Starred marks a rate with a 「*」 behind it, for a small denominator; the number stays a number.
func (c Cell) Starred() Cell {
	if c.kind == kindPercent {
		c.kind, c.text = kindStarred, c.text+"*"
	}
	return c
}

// Date is a real date shown as 2024-12-31; a date not known is Null.
func Date(d period.Date) Cell {
	if d.IsZero() {
		return Text(Null)
	}
	return Cell{kind: kindDate, text: d.String(), value: float64(d.DaysSince(epoch))}
}

// epoch is day 0 of the workbook's calendar.
var epoch = period.DateOf(period.MustDate("1900-01-01").Time().AddDate(0, 0, -2))

// In returns the cell with a tone.
func (c Cell) In(t Tone) Cell {
	c.tone = t
	return c
}

// At returns the cell with an alignment of its own.
func (c Cell) At(a Align) Cell {
	c.align = a
	return c
}

// String returns the cell as it is shown.
func (c Cell) String() string { return c.text }

// IsNumber reports whether the cell holds a number (a rate and a date too), not text.
func (c Cell) IsNumber() bool { return c.kind >= kindInt }

// clean drops what a cell cannot hold: control characters, broken UTF-8, text beyond the limit.
func clean(s string) string {
	if plain(s) {
		return s
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || r == 0x7f || r == 0xFFFE || r == 0xFFFF:
			return -1
		}
		return r
	}, s)
	units := utf16.Encode([]rune(s))
	if len(units) <= maxText {
		return s
	}
	return string(utf16.Decode(units[:maxText-len([]rune(cut))-1])) + cut
}

// plain reports whether s needs no cleaning, which is nearly always.
func plain(s string) bool {
	if len(s) > maxText {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' && s[i] != '\n' || s[i] == 0x7f || s[i] == 0xEF {
			return false
		}
	}
	return utf8.ValidString(s)
}

// risky reports whether a spreadsheet program might take the text for a formula when it is typed in again or read
// from CSV. The full-width forms are taken for the narrow ones by East Asian editions.
func risky(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	switch r {
	case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
		return true
	}
	return false
}

func roundHalfUp(num, den int64) int64 {
	if num < 0 {
		return -roundHalfUp(-num, den)
	}
	return (2*num + den) / (2 * den)
}

func decimal(n, unit int64, places int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%0*d", sign, n/unit, places, n%unit)
}
