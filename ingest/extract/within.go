package extract

import (
	"regexp"
	"strings"
)

var (
	sitsHere = regexp.MustCompile(`^(?:会议|会上)`)
	sitting  = regexp.MustCompile(`(?:召开|举行)(?:了)?([^,。;]{0,24}(?:常务会议?|办公会议?|全体会议|专题会议))`)
)

// enclosing finds the sentence that tells when the meeting was held within which this conference took place: 「11月21日,市长……
// 主持召开市政府常务会议」 before 「会议研究了……,并召开市政府与市总工会联席会议」. A conference with a day of its own needs none; -1 then.
func (r *reader) enclosing() int {
	s := r.event.sentence
	if !sitsHere.MatchString(s.text) || r.heldAlso(s) == 0 || strings.HasSuffix(r.body[s.start:r.event.verb], "会后") {
		return -1
	}
	if _, ok := r.nearestDate(r.event); ok {
		return -1
	}
	for i := r.event.index - 1; i >= max(0, r.event.index-3); i-- {
		if len(r.dates(r.sentences[i])) == 0 {
			continue
		}
		if w, ok := r.sittingDay(i); ok && !w.isVague() {
			return i
		}
		return -1 // another day lies between
	}
	return -1
}

// sittingDay is the day at the head of a sentence that says another meeting was held.
func (r *reader) sittingDay(i int) (dateWords, bool) {
	s := r.sentences[i]
	m := sitting.FindStringIndex(s.text)
	if m == nil || strings.Contains(s.text[:m[0]], "将") {
		return dateWords{}, false
	}
	for _, w := range r.dates(s) {
		if !w.isDispatch && w.end <= s.start+m[0] && r.leadsClause(s, w) {
			return w, true
		}
	}
	return dateWords{}, false
}

// dayOfSitting gives the conference the day of the meeting it was held in, with a doubt that says so.
func (r *reader) dayOfSitting() (dateWords, bool) {
	if r.within < 0 {
		return dateWords{}, false
	}
	w, ok := r.sittingDay(r.within)
	if ok {
		m := sitting.FindStringSubmatch(r.sentences[r.within].text)
		r.doubt("联席会议在「%s」期间召开，日期和主持人按该次会议记，请核对。", m[1])
	}
	return w, ok
}
