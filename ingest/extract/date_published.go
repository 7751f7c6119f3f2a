package extract

import (
	"strings"

	"liandu/internal/period"
)

// published is the day of publication: as given, else the dateline's, else the page address's. basis is "" for the
// given one.
func (r *reader) published() (period.Date, string) {
	if !r.options.PublishedOn.IsZero() {
		return r.options.PublishedOn, ""
	}
	if d := r.dateline(); !d.IsZero() {
		return d, "文中落款或报头日期"
	}
	if m := inAddress.FindStringSubmatch(r.address); m != nil {
		if d, ok := period.NewDate(figure(m[1]), figure(m[2]), figure(m[3])); ok {
			return d, "网页地址中的日期"
		}
	}
	return period.Date{}, ""
}

// dateline finds the day of publication that the text itself gives: a full date with a mark of publication beside it
// (来源, 发布时间, a clock time), the signature of minutes, a dispatch with its year. A lone date at the head may be left
// over from a page template and is not taken; nor is one that does not fit the year in the meeting's name.
func (r *reader) dateline() period.Date {
	isMinutes := false
	for _, m := range r.mentions {
		isMinutes = isMinutes || m.isMinutes
	}
	label := r.labelYear()
	for _, l := range r.page {
		for _, w := range r.dates(l) {
			if w.year == 0 || w.isLost {
				continue
			}
			d, ok := period.NewDate(w.year, w.month, w.day)
			rest := strings.Replace(l.text, r.body[w.start:w.end], "", 1)
			isSigned := isMinutes && (len([]rune(strings.TrimSpace(rest))) <= 16 || strings.Contains(rest, "印发"))
			if !ok || label != 0 && (w.year < label || w.year > label+2) || len([]rune(rest)) > 90 {
				continue
			}
			if w.isDispatch || isSigned || dateMarks.MatchString(rest) && !strings.Contains(rest, "主持") {
				return d
			}
		}
	}
	return period.Date{}
}
