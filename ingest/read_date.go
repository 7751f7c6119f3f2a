package ingest

import (
	"regexp"
	"strings"

	"liandu/internal/cntext"
	"liandu/internal/period"
)

// date returns a date, zero for blank; ok is false when it was noted as wrong. A date in words is warned about with
// how it was understood; words is the text where a deadline was given in words.
func (r *rowReader) date(field string, sessionYear int) (d period.Date, words string, ok bool) {
	c, filled := r.filled(field, cntext.None)
	if !filled {
		return period.Date{}, "", c.Kind != CellError && !r.column(field).Required
	}
	past := r.column(field).Kind == KindPastDate
	read, ok := readDate(c, c.Text, past, r.t.grid.Date1904, cntext.DateOptions{SessionYear: sessionYear})
	if !ok {
		r.add(DateUnreadable, field, whyNoDate(c.Text))
		return period.Date{}, "", false
	}
	if read.Note != "" {
		r.add(DateInWords, field, read.Note)
		words = strings.TrimSpace(c.Text)
	}
	if end := r.quarter.Last(); past && !end.IsZero() && read.Date.After(end) {
		r.add(DateAfterQuarter, field, read.Date.String(), end.String())
		return period.Date{}, "", false
	}
	return read.Date, words, true
}

// dayAlone is a day whose year is not written: 2月26日, 3月9号上午.
var dayAlone = regexp.MustCompile(`^\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*[日号]`)

// whyNoDate says what a text lacks to be a date, where that is plain; "" otherwise.
func whyNoDate(text string) string {
	if dayAlone.MatchString(cntext.Fold(text)) {
		return "没有写年份，系统不代为推定。"
	}
	return ""
}

// earliestSerial keeps small figures from being taken for a spreadsheet's date number.
const earliestSerial = 1980

// readDate reads a cell as a date. A date that reports the past must name its day, or say 上旬, 中旬, 下旬 or 底 of a
// month or year that it names.
func readDate(c Cell, text string, past, date1904 bool, o cntext.DateOptions) (cntext.DateRead, bool) {
	if c.Kind == CellNumber && c.Format != FormatPercent {
		if c.Format == FormatDate {
			d, err := period.ParseDate(c.Text)
			if err == nil {
				return cntext.DateRead{Date: d}, true
			}
		} else if d, ok := cntext.Serial(c.Number, date1904); ok && d.Year() >= earliestSerial {
			return cntext.DateRead{Date: d}, true
		}
	}
	read, ok := cntext.Date(text, o)
	if !ok {
		return read, false
	}
	if past && !read.Exact() {
		if read.LongTerm || read.YearAssumed || read.Before || !strings.ContainsAny(text, "旬底末") {
			return read, false
		}
	}
	return read, true
}
