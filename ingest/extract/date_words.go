package extract

import (
	"slices"
	"strconv"
	"strings"

	"liandu/internal/cntext"
)

// dateWords is a date as it stands in the text. Year 0 and month 0 are not written.
type dateWords struct {
	start, end       int // bytes of the body
	year, month, day int
	relative         string
	isLost           bool // characters of it were lost
	isDispatch       bool // the day of the report, not of the meeting
}

// dates finds the dates of a sentence in order.
func (r *reader) dates(s sentence) []dateWords {
	var out []dateWords
	taken := make([]bool, len(s.text)+1)
	add := func(m []int, w dateWords) {
		if slices.Contains(taken[m[0]:m[1]], true) || inBook(s.text, m[0]) || m[0] > 0 && isDigit(s.text[m[0]-1]) {
			return
		}
		for i := m[0]; i < m[1]; i++ {
			taken[i] = true
		}
		w.start, w.end = s.start+m[0], s.start+m[1]
		w.isDispatch = dispatch.MatchString(s.text[m[1]:])
		out = append(out, w)
	}
	group := func(m []int, i int) string { return s.text[m[2*i]:m[2*i+1]] }
	for _, m := range fullDate.FindAllStringSubmatchIndex(s.text, 40) {
		add(m, dateWords{year: figure(group(m, 1)), month: figure(group(m, 2)), day: figure(group(m, 3))})
	}
	for _, m := range figures.FindAllStringSubmatchIndex(s.text, 40) {
		switch {
		case m[2] >= 0:
			add(m, dateWords{year: figure(group(m, 1)), month: figure(group(m, 2)), day: figure(group(m, 3))})
		case m[8] >= 0:
			add(m, dateWords{year: figure(group(m, 6)), month: figure(group(m, 5)), day: figure(group(m, 4))})
		default:
			add(m, dateWords{year: figure(group(m, 7)), month: figure(group(m, 8)), day: figure(group(m, 9))})
		}
	}
	for _, m := range lostFigs.FindAllStringIndex(s.text, 40) {
		add(m, dateWords{isLost: true})
	}
	for _, m := range monthDay.FindAllStringSubmatchIndex(s.text, 40) {
		add(m, dateWords{month: figure(group(m, 1)), day: figure(group(m, 2))})
	}
	for _, m := range dayAlone.FindAllStringSubmatchIndex(s.text, 40) {
		if m[0] == 0 || !strings.HasSuffix(s.text[:m[0]], "月") && !strings.HasSuffix(s.text[:m[0]], "至") && !strings.HasSuffix(s.text[:m[0]], "-") {
			if strings.HasSuffix(group(m, 0), "日") {
				add(m, dateWords{day: figure(group(m, 1))})
			}
		}
	}
	for _, m := range relative.FindAllStringIndex(s.text, 40) {
		add(m, dateWords{relative: s.text[m[0]:m[1]]})
	}
	slices.SortFunc(out, func(a, b dateWords) int { return a.start - b.start })
	return out
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// figure reads Arabic figures or a Chinese numeral, a year's 二〇二四 among them; 0 for neither.
func figure(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	if d, ok := cntext.Date(s+"年1月1日", cntext.DateOptions{}); ok && len([]rune(s)) == 4 {
		return d.Date.Year()
	}
	n, _ := cntext.Count(s)
	return n
}

// isVague tells 近日 and 日前 from words that name a day.
func (w dateWords) isVague() bool {
	return w.relative != "" && !strings.HasPrefix(w.relative, "昨") && !strings.HasPrefix(w.relative, "今") && w.relative != "前天"
}

// isReported tells a date inside a reference: 「3月1日市委会议精神」, 「12月底前」.
func (r *reader) isReported(w dateWords) bool {
	next := firstRunes(r.body[w.end:], 12)
	return strings.HasPrefix(next, "前") || strings.HasPrefix(next, "以来") || strings.HasPrefix(next, "之前") ||
		strings.HasPrefix(next, "后") || strings.Contains(strings.SplitN(next, ",", 2)[0], "精神")
}

func (r *reader) leadsClause(s sentence, w dateWords) bool {
	before := strings.TrimRight(r.body[s.start:w.start], " ")
	return before == "" || strings.ContainsRune(",。;:)】讯电", lastRune(before)) || strings.HasSuffix(before, "消息") || strings.HasSuffix(before, "于")
}

func lastRune(s string) rune {
	r := []rune(s[max(0, len(s)-4):])
	if len(r) == 0 {
		return 0
	}
	return r[len(r)-1]
}
