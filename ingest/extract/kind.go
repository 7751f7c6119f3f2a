package extract

import (
	"regexp"
	"strings"
)

var (
	heldBefore = regexp.MustCompile(`(?:召开|举行|举办|开)(?:了|过|的)?([^,;。]{0,36})$`)
	heldAfter  = regexp.MustCompile(`^([^;。]{0,60}?)(?:召开|举行|开幕|进行了)`)
	heldWithin = regexp.MustCompile(`召开|举行|举办`)
	tookPart   = regexp.MustCompile(`(?:主持|出席|参加|列席)(?:了|并主持)?([^,;。]{0,30})$`)
	atIt       = regexp.MustCompile(`在([^,;。]{0,30})$`)
	otherMeet  = regexp.MustCompile(`会议[^室厅中大楼]|会议$|座谈|常务会|全会|大会|例会|办公会|推进会|研究|听取|审议|制度|精神|关于`)
	otherThan  = regexp.MustCompile(`研究|听取|审议|制度|精神|关于`)
	isPlanned  = regexp.MustCompile(`(?:将(?:于|在|要|择期)?|拟(?:于|定)?|计划|定于|即将|准备|筹备|争取|力争|确保|建议|提议|适时|尽快|及时|下一步|下步|下半年|明年|今后|届时|择机|推动|督促|协调|促成|做好|按时|如期|抓紧)[^,。;]{0,30}$`)
	toBeHeld   = regexp.MustCompile(`将|拟|计划|定于|择期|推迟|延期|改期|尚未|未能|未按|应于|应当|应在`)
	isRule     = regexp.MustCompile(`(?:应当|应于|应在|应每|须|必须|每年|每半年|每季度|每届|至少|原则上|一般|定期|不定期|可以|可由|可根据|可随时|坚持|建立|按照[^,]{0,20}制度|规定)[^。;]{0,40}$`)
	ruleAfter  = regexp.MustCompile(`^[^。;]{0,30}(?:每年|每半年|每季度|原则上|至少|定期|不定期|一般)[^。;]{0,12}(?:召开|举行)|(?:召开|举行)(?:[一二两1-4]次|[一1]至[二两2]次)(?:,|。|;|$|会议)`)
	isMany     = regexp.MustCompile(`各(?:县|区|市|地|级|乡|镇|街道|旗|单位)|[0-9一二三四五六七八九十百]+个(?:县|区|地|州|市|乡|镇|街道|旗|单位)|均(?:已|按)?|全部|分别|普遍|逐级|部分|多数|层层`)
	isNegated  = regexp.MustCompile(`(?:下次|下一次)[^,。;]{0,6}$|(?:未|没有|没)(?:能|按时|按期|按规定|如期|及时|正常)?$|(?:推迟|延期|取消|暂缓)[^,。;]{0,10}$`)
	isBygone   = regexp.MustCompile(`(?:去年|上年|上一年|前年|上次|前次|上一次|此前|历次|往年|曾(?:于|经|在|多次)|近年来|多年来|至今|连续|第一次以来)[^。;]{0,40}$`)
	bygoneTail = regexp.MustCompile(`^[^,。;]{0,12}(?:以来|之后|以后|前|后)(?:,|$)`)
	passesOn   = regexp.MustCompile(`(?:传达|学习|贯彻|落实|按照|根据|围绕|依据|传达学习|印发|下发|转发|制定|出台|修订)[^,。;]{0,30}$`)
	nearTime   = regexp.MustCompile(`昨日|昨天|今日|今天|前天|日前|近日|近期|不久前|上午|下午|晚`)
	extraWord  = regexp.MustCompile(`临时联席会|联席会议?\(临时\)|临时(?:性)?(?:召开|会议)|联席会议?临时会议|临时[^,。;]{0,12}联席会`)
	topicalOne = regexp.MustCompile(`专题联席会`)
)

// readKind decides whether a joint conference of a government and its union is reported as held, and which of several
// is meant. It returns false when no further fact may be read.
func (r *reader) readKind() bool {
	events := r.events()
	chosen, ok := r.choose(events)
	if !ok {
		r.sayWhyNone()
		return false
	}
	r.event = chosen
	r.listOthers()
	r.mark("kind", chosen.mention.start, chosen.mention.end)
	near := r.around(chosen)
	switch {
	case r.out.Kind == KindUnclear: // several meetings told alike: whose facts they are is not known
		return false
	case !chosen.isStrong:
		r.out.Kind = KindUnclear
		r.doubt("文中只是提到召开过政府与工会联席会议，不是对一次会议的报道，请人工确认。")
	case extraWord.MatchString(near):
		r.out.Kind = KindExtraordinary
	case topicalOne.MatchString(near):
		r.out.Kind = KindUnclear
		r.doubt("文中称「专题联席会议」，属年度会议还是临时会议须人工确认。")
	default:
		r.out.Kind = KindAnnual
	}
	if strings.Contains(near, "联席会议暨") || strings.Contains(near, "联席会暨") || strings.Contains(near, "暨政府") {
		r.doubt("联席会议与其他会议合并召开（「暨」），请确认是否算作联席会议。")
	}
	return true
}

// listOthers notes once which sentences speak of another meeting: a foreign one, one of another day, last year's, a forum.
func (r *reader) listOthers() {
	r.others = map[int]bool{}
	own := r.dayWords(r.event)
	for _, e := range r.events() {
		if d := r.dayWords(e); d != "" && own != "" && d != own {
			r.others[e.index] = true
		}
	}
	for _, m := range r.mentions {
		if m.isForeign {
			r.others[m.sentence] = true
		}
	}
	for i, s := range r.sentences {
		if presidedBefore(s.text) || foreignSit.MatchString(s.text) && !strings.Contains(s.text, "联席会") {
			r.others[i] = true
		}
	}
	delete(r.others, r.event.index)
	r.within = r.enclosing()
}

// presidedBefore reports a sentence that says who presided over an earlier one: 「去年的会议由……主持」.
func presidedBefore(text string) bool {
	bygone := bygoneSaid.FindStringIndex(text)
	return bygone != nil && strings.LastIndex(text, "主持") > bygone[0]
}

// around returns the words of the chosen mention and of the headlines: what the meeting is called.
func (r *reader) around(e event) string {
	var b strings.Builder
	b.WriteString(r.body[e.mention.start:min(e.mention.end+30, e.sentence.end)])
	for _, m := range r.mentions {
		if m.isJoint && r.sentences[m.sentence].isTitle {
			b.WriteString("\n" + r.sentences[m.sentence].text)
		}
	}
	return b.String()
}

// choose picks the meeting that was held now: the one of the headline where there is one, else the first that is told
// with its date. Several meetings with different days and no headline between them are a person's matter.
func (r *reader) choose(events []event) (event, bool) {
	best, ok := event{}, false
	for _, e := range events {
		if !ok || e.weight() > best.weight() {
			best, ok = e, true
		}
	}
	if !ok {
		return event{}, false
	}
	isNamed := best.mention.isJoint
	for _, e := range events {
		isNamed = isNamed || e.mention.isJoint
	}
	if !isNamed && !r.titleNamesBoth() {
		return event{}, false
	}
	if n := r.unitsTold(events); n > 1 {
		r.isSurvey = true
		return event{}, false
	}
	label := r.headlineYear()
	days := map[string]event{}
	for _, e := range events {
		if d := r.dayWords(e); d != "" && e.isStrong && !e.isTitle {
			if _, seen := days[d]; !seen {
				days[d] = e
			}
		}
	}
	if len(days) < 2 {
		return best, true
	}
	var fits []event
	for _, e := range days {
		if label != 0 && r.yearNear(e) == label {
			fits = append(fits, e)
		}
	}
	if len(fits) == 1 {
		return fits[0], true
	}
	r.out.Kind = KindUnclear
	r.doubt("文中写有 %d 次不同日期的联席会议，不能判定是哪一次，请人工确认。", len(days))
	return best, true
}

// unitsTold counts the places whose conferences the text tells of: more than one make it a survey of others' meetings.
func (r *reader) unitsTold(events []event) int {
	places := map[string]bool{}
	for _, e := range events {
		if !e.mention.isJoint || e.isTitle || !e.dated {
			continue
		}
		if name, _ := lastPlace(r.body[r.placeStart(e.sentence, e.mention.start):e.mention.start]); name != "" {
			places[name] = true
		}
	}
	return len(places)
}

func (r *reader) titleNamesBoth() bool {
	for _, m := range r.mentions {
		if m.isJoint && !m.isForeign && !m.isRef {
			return true
		}
	}
	return false
}

// sayWhyNone gives the reason a reader would: what the text is about instead.
func (r *reader) sayWhyNone() {
	isForeign, isJoint := false, false
	for _, m := range r.mentions {
		isForeign = isForeign || m.isForeign
		isJoint = isJoint || m.isJoint && !m.isForeign
	}
	switch {
	case r.isSurvey:
		r.doubt("文中说的是几个单位各自的联席会议，不是对一次会议的报道。")
	case isJoint:
		r.doubt("文中提到政府与工会联席会议，但没有写明本级召开了这次会议（制度、通知、传达、计划或综合情况）。")
	case isForeign:
		r.doubt("文中是三方联席会议或其他联席会议，不是政府与工会联席会议。")
	default:
		r.doubt("文中没有提到政府与工会联席会议。")
	}
}
