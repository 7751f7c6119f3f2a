package extract

import (
	"regexp"
	"strconv"
	"strings"

	"liandu/internal/period"
)

var (
	fullDate  = regexp.MustCompile(`((?:19|20)\d\d|[二一][〇零0九]\p{Han}{2})年 ?(\d{1,2}|[一二三四五六七八九十]{1,3})月 ?(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]`)
	figures   = regexp.MustCompile(`((?:19|20)\d\d)[-./](\d{1,2})[-./](\d{1,2})|(\d{1,2})\.(\d{1,2})\.(20\d\d)|(20[0-4]\d)(0[1-9]|1[0-2])([0-3]\d)`)
	monthDay  = regexp.MustCompile(`(\d{1,2}|[一二三四五六七八九十]{1,3})月 ?(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]`)
	dayAlone  = regexp.MustCompile(`(\d{1,2})[日号]`)
	lostFigs  = regexp.MustCompile(`\b20\d{4,5}\b|\d{3,}[日号]|\d{3,}月\d*[日号]?`)
	relative  = regexp.MustCompile(`昨\(\d{1,2}日?\)日?|昨日|昨天|昨晚|今日|今天|前天|日前|近日|近期|不久前`)
	dispatch  = regexp.MustCompile(`^(?:\p{Han}{0,2})?(?:讯|电|消息|报道)`)
	dateMarks = regexp.MustCompile(`来源|发布|发稿|时间|日期|作者|编辑|记者|通讯员|浏览|点击|阅读|访问|字号|\d{1,2}:\d{2}`)
	heldLabel = regexp.MustCompile(`(?:会议|召开|开会)?时 ?间 ?[::\t ]`)
	clockTime = regexp.MustCompile(`\d{1,2}:\d{2}:\d{2}|(?:\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2})`)
	minutesKV = regexp.MustCompile(`(?m)^ *(?:会议)?(?:地 ?点|主 ?持 ?人?|出 ?席(?:人员)?|参会人员|参加人员|列 ?席(?:人员)?|记 ?录 ?人?) ?[::\t]`)
	inAddress = regexp.MustCompile(`[/_t](20\d\d)[-/]?(0[1-9]|1[0-2])[-/]?([0-3]\d)(?:[/_.]|$)`)
)

// readDate finds the day of the chosen meeting: in the sentence that says it was held, else in another one that does,
// else after 「会议时间：」 in minutes.
func (r *reader) readDate() {
	w, ok := r.heldWords()
	if !ok {
		r.doubt("文中没有写明会议日期，请查会议通知或纪要。")
		return
	}
	d, why := r.resolve(w)
	if why != "" {
		r.doubt("%s", why)
	}
	if d.IsZero() {
		return
	}
	r.out.HeldOn = d
	r.mark("held_on", w.start, w.end)
}

func (r *reader) heldWords() (dateWords, bool) {
	vague, hasVague := dateWords{}, false
	events := append([]event{r.event}, r.events()...)
	for i, e := range events {
		if i > 0 && (e.index == r.event.index || !e.isStrong) {
			continue
		}
		w, ok := r.nearestDate(e)
		if ok && !w.isVague() {
			return w, true
		}
		if ok && !hasVague {
			vague, hasVague = w, true
		}
	}
	if w, ok := r.labelledDate(); ok {
		return w, true
	}
	if w, ok := r.dayOfSitting(); ok {
		return w, true
	}
	if w, ok := r.openingDate(); ok && !w.isVague() {
		return w, true
	}
	return vague, hasVague
}

// nearestDate is the date of the clause that says the meeting was held: before its verb, rather at the head of a clause
// than inside one, never a dispatch date.
func (r *reader) nearestDate(e event) (dateWords, bool) {
	var before, after []dateWords
	for _, w := range r.dates(e.sentence) {
		switch {
		case w.isDispatch || r.isReported(w):
		case w.start < max(e.verb, e.mention.conference):
			before = append(before, w)
		default:
			after = append(after, w)
		}
	}
	for i := len(before) - 1; i >= 0; i-- {
		if r.leadsClause(e.sentence, before[i]) {
			return before[i], true
		}
	}
	if len(before) > 0 {
		return before[len(before)-1], true
	}
	if len(after) > 0 && strings.HasPrefix(strings.TrimLeft(r.body[e.mention.end:after[0].start], " 】)"), "于") {
		return after[0], true
	}
	return dateWords{}, false
}

// labelledDate reads 「会议时间：2024年9月12日」 of minutes; on a page of news 「时间：」 is when it was published.
func (r *reader) labelledDate() (dateWords, bool) {
	isMinutes := len(minutesKV.FindAllString(r.body, 5)) >= 2
	for _, s := range r.sentences {
		m := heldLabel.FindStringIndex(s.text)
		if m == nil || m[0] > 12 || !isMinutes && !strings.Contains(s.text[m[0]:m[1]], "会议") || clockTime.MatchString(s.text) || strings.Contains(s.text, "发布") {
			continue
		}
		for _, w := range r.dates(s) {
			if w.start >= s.start+m[1] {
				return w, true
			}
		}
	}
	return r.datedTitle()
}

// datedTitle is the date in brackets on the line under the title of minutes, where their form puts the day of the meeting.
func (r *reader) datedTitle() (dateWords, bool) {
	if !r.event.mention.isMinutes {
		return dateWords{}, false
	}
	for _, s := range r.sentences[r.event.index+1 : min(r.event.index+3, len(r.sentences))] {
		if w := r.dates(s); len(w) == 1 && "("+r.body[w[0].start:w[0].end]+")" == s.text {
			return w[0], true
		}
	}
	return dateWords{}, false
}

// openingDate is the date at the head of the sentence beside a headline: 「12月9日上午,市长……主持会议」 under a headline that
// names the conference.
func (r *reader) openingDate() (dateWords, bool) {
	for i := r.event.index; i < len(r.sentences) && i <= r.event.index+3; i++ {
		s := r.sentences[i]
		for _, w := range r.dates(s) {
			if !w.isDispatch && r.leadsClause(s, w) && !s.isTitle && !dateMarks.MatchString(r.body[w.end:min(w.end+30, s.end)]) &&
				(strings.Contains(s.text, "会议") || strings.Contains(s.text, "主持")) {
				return w, true
			}
		}
	}
	return dateWords{}, false
}

// resolve gives the civil date of words, or the zero date and why not. A date that is known but rests on something
// beside its words comes with a reason too.
func (r *reader) resolve(w dateWords) (period.Date, string) {
	quote := r.words(w.start, w.end)
	switch {
	case w.isLost:
		return period.Date{}, "「" + quote + "」缺字，不能判定是哪一天，请查会议通知或纪要。"
	case w.year != 0:
		d, ok := period.NewDate(w.year, w.month, w.day)
		if !ok {
			return period.Date{}, "「" + quote + "」不是日历上的日期，请核对。"
		}
		return d, ""
	}
	published, basis := r.published()
	if strings.HasPrefix(w.relative, "昨(") {
		w.relative = "昨日"
	}
	switch w.relative {
	case "":
	case "昨日", "昨天", "昨晚", "今日", "今天", "前天":
		if published.IsZero() {
			return period.Date{}, "「" + quote + "」要有发布日期才能推算，请查发布日期。"
		}
		back := map[string]int{"今日": 0, "今天": 0, "前天": 2}
		n, ok := back[w.relative]
		if !ok {
			n = 1
		}
		return published.AddDays(-n), r.said(quote, published, basis)
	default:
		return period.Date{}, "只写「" + quote + "」，没有会议日期，请查会议通知或纪要。"
	}
	if w.month == 0 {
		return r.resolveDay(w, quote, published, basis)
	}
	return r.resolveMonthDay(w, quote, published, basis)
}

func (r *reader) said(quote string, published period.Date, basis string) string {
	if basis == "" {
		return ""
	}
	return "「" + quote + "」按" + basis + " " + published.String() + " 推算。"
}

func (r *reader) resolveDay(w dateWords, quote string, published period.Date, basis string) (period.Date, string) {
	if published.IsZero() {
		return period.Date{}, "「" + quote + "」没有年月，请按发布日期补上。"
	}
	first, _ := period.NewDate(published.Year(), published.Month(), 1)
	for _, month := range []period.Date{first, first.AddMonths(-1)} {
		if d, ok := period.NewDate(month.Year(), month.Month(), w.day); ok && !d.After(published) {
			return d, "「" + quote + "」的年月按发布日期 " + published.String() + " 推算。"
		}
	}
	return period.Date{}, "「" + quote + "」与发布日期 " + published.String() + " 不符，请核对。"
}

// resolveMonthDay gives a date without a year its year: the last such day not after publication, weighed against the
// year in the meeting's name.
func (r *reader) resolveMonthDay(w dateWords, quote string, published period.Date, basis string) (period.Date, string) {
	label := r.labelYear()
	labelled, hasLabelled := period.NewDate(label, w.month, w.day)
	if published.IsZero() {
		switch {
		case label == 0:
			return period.Date{}, "「" + quote + "」没有年份，文中也没有可用的年份，请按发布日期补上。"
		case w.month <= 2:
			return period.Date{}, "「" + quote + "」没有年份：一、二月的会议可能属上一年度，请按发布日期补上。"
		case !hasLabelled:
			return period.Date{}, "「" + quote + "」不是日历上的日期，请核对。"
		}
		return labelled, "「" + quote + "」未写年份，按会议名称中的 " + strconv.Itoa(label) + " 年理解。"
	}
	d, ok := period.NewDate(published.Year(), w.month, w.day)
	if !ok || d.After(published) {
		if d, ok = period.NewDate(published.Year()-1, w.month, w.day); !ok {
			return period.Date{}, "「" + quote + "」不是日历上的日期，请核对。"
		}
	}
	gap := published.DaysSince(d)
	if label != 0 && hasLabelled && label != d.Year() && (gap > 60 || w.month >= 7) && w.month > 2 && !labelled.After(published) {
		return labelled, "「" + quote + "」未写年份，按会议名称中的 " + strconv.Itoa(label) + " 年理解（发布日期是 " + published.String() + "）。"
	}
	if gap > 200 && label != d.Year() {
		return period.Date{}, "「" + quote + "」未写年份，距发布日期 " + published.String() + " 过远，不能判定年份。"
	}
	return d, r.said(quote, published, basis)
}
