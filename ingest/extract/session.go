package extract

import (
	"fmt"
	"regexp"
	"strconv"
)

var (
	yearWords = regexp.MustCompile(`((?:19|20)\d\d|二[〇零]\p{Han}{2}) ?年(度)?`)
	ordinals  = regexp.MustCompile(`第 ?(\d{1,3}|[一二三四五六七八九十百]{1,4}) ?(?:次|届|期)|首次|首届`)
)

// readSession reads the session year and the ordinal from what the meeting is called: the words between the last comma
// and 联席会议, in the sentence that says it was held and in the headlines. A year that belongs to a date is none.
func (r *reader) readSession() {
	years := map[int]bool{}
	for _, m := range r.named() {
		from := r.nameStart(m)
		if y, at := r.yearIn(from, m.conference); y != 0 {
			if !years[y] {
				r.mark("session_year", at[0], at[1])
			}
			years[y] = true
			r.out.SessionYear = y
		}
		if m.isJoint || r.out.Ordinal == 0 {
			r.readOrdinal(m)
		}
	}
	if len(years) > 1 {
		r.out.SessionYear, r.hasYears = 0, true
		delete(r.out.Spans, "session_year")
		r.doubt("文中的会议名称写有不同年度，所属年度待确认。")
	}
}

// named lists the mentions that name this meeting: the chosen one, other tellings and the headlines.
func (r *reader) named() []mention {
	out := []mention{r.event.mention}
	for _, e := range r.events() {
		if e.mention.start != r.event.mention.start && (e.isTitle || !e.dated || r.dayWords(e) == r.dayWords(r.event)) && e.isStrong {
			out = append(out, e.mention)
		}
	}
	return out
}

// nameStart is where the name of a conference begins: after the last comma, or the date or verb in front.
func (r *reader) nameStart(m mention) int {
	s := r.sentences[m.sentence]
	clause := clauseBefore(s.text, m.conference-s.start)
	return m.conference - len(clause)
}

func (r *reader) yearIn(from, to int) (int, [2]int) {
	for _, m := range yearWords.FindAllStringSubmatchIndex(r.body[from:to], 20) {
		year := figure(r.body[from+m[2] : from+m[3]])
		after := r.body[from+m[1]:]
		isDate := monthNext.MatchString(after) || bygoneYear.MatchString(firstRunes(after, 24))
		if year != 0 && !isDate && !inBook(r.body[max(0, from-300):from+m[0]], min(300, from)+m[0]) {
			return year, [2]int{from + m[0], from + m[1]}
		}
	}
	return 0, [2]int{}
}

var (
	monthNext  = regexp.MustCompile(`^ ?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月`)
	bygoneYear = regexp.MustCompile(`^(?:工作|全市|全县|全区|议定|落实|以来|至|-|、)`)
)

func (r *reader) readOrdinal(m mention) {
	from := r.nameStart(m)
	at := ordinals.FindAllStringSubmatchIndex(r.body[from:m.end], 5)
	if len(at) == 0 {
		return
	}
	last := at[len(at)-1]
	n := 1
	if last[2] >= 0 {
		n = figure(r.body[from+last[2] : from+last[3]])
	}
	if n > 0 && r.out.Ordinal == 0 {
		r.out.Ordinal = n
		r.mark("ordinal", from+last[0], from+last[1])
	}
}

// labelYear is the year in the meeting's name, 0 for none.
func (r *reader) labelYear() int { return r.out.SessionYear }

// settleSession takes the year of the day held where the name has none (metrics.md, Time), with a doubt; a meeting of
// January or February may belong to either year and stays open.
func (r *reader) settleSession() {
	held := r.out.HeldOn
	switch {
	case r.out.SessionYear != 0 && !held.IsZero() && r.out.SessionYear != held.Year():
		r.doubt("会议名称写 %d 年度，召开日期是 %s，请核对。", r.out.SessionYear, held)
	case r.out.SessionYear != 0 || r.hasYears:
	case held.IsZero():
		r.sessionUndated()
	case held.Month() <= 2:
		r.doubt("会议名称未写年度，又在一、二月召开，可能属上一年度，所属年度待确认。")
	default:
		r.out.SessionYear = held.Year()
		r.doubt("会议名称未写年度，所属年度按召开日期记为 %d 年。", held.Year())
	}
}

// sessionUndated settles the year of a meeting whose day is not told: by 「2024年,」 at the head of the sentence that tells of it,
// else by the day of publication of a text that says 近日. January and February stay open.
func (r *reader) sessionUndated() {
	s := r.event.sentence
	if m := yearAhead.FindStringSubmatchIndex(s.text); m != nil {
		r.out.SessionYear = figure(s.text[m[2]:m[3]])
		r.mark("session_year", s.start+m[2], s.start+m[3])
		r.doubt("会议名称未写年度，所属年度按文中的「%s」记。", s.text[m[2]:m[3]]+"年")
		return
	}
	w, ok := r.nearestDate(r.event)
	published, _ := r.published()
	if ok && w.isVague() && published.Month() > 2 {
		r.out.SessionYear = published.Year()
		r.doubt("会议名称未写年度，文中只写「%s」，所属年度按发布日期记为 %d 年。", w.relative, published.Year())
	}
}

var yearAhead = regexp.MustCompile(`^((?:19|20)\d\d)年,`)

// headlineYear is the year in the headline's name of the meeting, 0 for none.
func (r *reader) headlineYear() int {
	for _, m := range r.mentions {
		if r.sentences[m.sentence].isTitle && !m.isForeign {
			if y, _ := r.yearIn(r.nameStart(m), m.conference); y != 0 {
				return y
			}
		}
	}
	return 0
}

// yearNear is the year an event names, in its name or its date.
func (r *reader) yearNear(e event) int {
	if y, _ := r.yearIn(r.nameStart(e.mention), e.mention.conference); y != 0 {
		return y
	}
	if w, ok := r.nearestDate(e); ok {
		return w.year
	}
	return 0
}

// dayWords is the day an event names, as a key: 「2024-5-10」, 「-5-10」; "" for none.
func (r *reader) dayWords(e event) string {
	w, ok := r.nearestDate(e)
	if !ok || w.month == 0 {
		return ""
	}
	year := ""
	if w.year != 0 {
		year = strconv.Itoa(w.year)
	}
	return fmt.Sprintf("%s-%d-%d", year, w.month, w.day)
}
