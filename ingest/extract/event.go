package extract

import (
	"regexp"
	"strings"
)

// event is a sentence that says a conference was held.
type event struct {
	mention  mention
	sentence sentence
	index    int // of the sentence
	verb     int // byte of the body where the verb of holding stands
	dated    bool
	isTitle  bool
	isStrong bool // says so plainly: dated, or at the head of the text, or the title of minutes
}

// events returns what listEvents found, once.
func (r *reader) events() []event {
	if !r.hasListed {
		r.told, r.hasListed = r.listEvents(), true
	}
	return r.told
}

// listEvents lists the sentences that say a joint conference was held, in order. A bare 联席会议 counts where the text
// names both sides elsewhere.
func (r *reader) listEvents() []event {
	joint := false
	for _, m := range r.mentions {
		joint = joint || m.isJoint && !m.isForeign
	}
	if !joint {
		return nil
	}
	articles := r.isArticled()
	var out []event
	for _, m := range r.mentions {
		if m.isForeign || m.isRef {
			continue
		}
		// What is said without a day counts only where it names both sides, and not in an article of rules.
		if e, ok := r.eventOf(m); ok && (e.dated || m.isJoint && !articles || m.isMinutes) {
			out = append(out, e)
		}
	}
	return out
}

// isArticled reports that the text is made of articles, as rules are.
func (r *reader) isArticled() bool {
	n := 0
	for _, s := range r.sentences {
		if article.MatchString(s.text) {
			n++
		}
	}
	return n >= 2
}

var article = regexp.MustCompile(`^第[一二三四五六七八九十]+条`)

func (r *reader) eventOf(m mention) (event, bool) {
	s := r.sentences[m.sentence]
	pre, post := s.text[:m.start-s.start], s.text[m.end-s.start:]
	verb, isBare := -1, false
	plain := func(between string) bool {
		if strings.HasPrefix(between, "暨") { // two names of one sitting
			return !otherThan.MatchString(between)
		}
		return !otherMeet.MatchString(between)
	}
	switch held := heldBefore.FindStringSubmatchIndex(pre); {
	case held != nil && plain(pre[held[2]:held[3]]):
		verb = held[0]
	case m.isJoint && heldWithin.MatchString(r.body[m.start:m.conference]):
		verb = m.start - s.start
	case m.isMinutes:
		verb = m.start - s.start
	default:
		if held := heldAfter.FindStringSubmatchIndex(post); held != nil && plain(post[held[2]:held[3]]) && !toBeHeld.MatchString(post[held[2]:held[3]]) {
			verb = m.start - s.start
		} else if part := tookPart.FindStringSubmatchIndex(pre); part != nil && plain(pre[part[2]:part[3]]) {
			verb = part[0]
		} else if at := atIt.FindStringIndex(pre); at != nil && strings.HasPrefix(post, "上") {
			verb = at[0]
		} else if s.isTitle && post == "" && m.isJoint && namesOnly.MatchString(pre) && !aboutIt.MatchString(pre) {
			verb, isBare = m.start-s.start, true
		}
	}
	if verb < 0 {
		return event{}, false
	}
	before := r.sinceDay(s, s.text[:verb])
	clause := before[strings.LastIndexAny(before, ";")+1:]
	if isPlanned.MatchString(clause) || isRule.MatchString(clause) || isMany.MatchString(lastClause(clause)+m.gap) ||
		isNegated.MatchString(clause) || isBygone.MatchString(clause) || passesOn.MatchString(lastClause(clause)) ||
		ruleAfter.MatchString(r.body[m.start:s.end]) || bygoneTail.MatchString(post) || isMany.MatchString(firstRunes(post, 12)) ||
		isPlanned.MatchString(strings.SplitN(m.gap+"召", "召", 2)[0]) {
		return event{}, false
	}
	e := event{mention: m, sentence: s, index: m.sentence, verb: s.start + verb, isTitle: s.isTitle}
	e.dated = len(r.dates(s)) > 0 || nearTime.MatchString(s.text)
	e.isStrong = e.dated || m.sentence < 6 && (!isBare || r.tellsBelow(m.sentence)) || m.isMinutes
	return e, true
}

var aboutIt = regexp.MustCompile(`不|代替|关于|加强|规范|完善|建立|推动|推进|坚持|落实|用好|开好|发挥|如何|什么|下次|下一次`)

// namesOnly is what may stand before the name of the conference in a headline that is nothing but that name.
var namesOnly = regexp.MustCompile(`^(?:title:)?(?:[0-9]{4}年度?)?\p{Han}{0,16}$`)

// tellsBelow reports that the lines under a headline give the day of a meeting, or who presided.
func (r *reader) tellsBelow(i int) bool {
	for _, s := range r.sentences[i+1 : min(i+6, len(r.sentences))] {
		if strings.Contains(s.text, "会议") && (chairs.MatchString(s.text) || monthDay.MatchString(s.text)) {
			return true
		}
	}
	return false
}

// sinceDay cuts the words before a verb down to those after the day named in front of it: what a sentence says before the
// day (「为落实……制度，12月9日」) is no condition on what happened that day. Words that make the day itself a past or a coming
// one stay.
func (r *reader) sinceDay(s sentence, before string) string {
	at := 0
	for _, w := range r.dates(s) {
		lead := r.body[s.start:w.start]
		if w.day != 0 && w.end-s.start <= len(before) && !dayCondition.MatchString(lead) {
			at = w.end - s.start
		}
	}
	return before[at:]
}

var dayCondition = regexp.MustCompile(`(?:去年|上年|前年|定于|将于|拟于|计划于|计划|预计|截至|明年)$`)

func lastClause(s string) string { return s[strings.LastIndexAny(s, ",;。")+1:] }

// weight orders events: a told one before a headline, a dated one before one without, both sides named before one.
func (e event) weight() int {
	w := 0
	if e.isStrong {
		w += 8
	}
	if e.dated {
		w += 4
	}
	if !e.isTitle {
		w += 2
	}
	if e.mention.isJoint {
		w++
	}
	return w
}
