package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// person is somebody in a post, as the text names him.
type person struct {
	name, title        string
	nameAt, titleAt    [2]int // bytes of the body
	isJoint, isBehalfs bool
}

// personBefore reads the person named before a verb: posts joined by 、 (or a comma where a mirror put one), then the name.
func (r *reader) personBefore(s sentence, from, verb int) (person, bool) {
	segment := s.text[from:verb]
	cut := strings.LastIndexAny(segment, ",;:\n\t")
	p := person{isBehalfs: onBehalf.MatchString(lastRunes(s.text[:verb], 80))}
	tail := segment[cut+1:]
	if i := strings.LastIndex(tail, "下,"); i >= 0 {
		tail = tail[i+4:]
	}
	end := verb
	for {
		t := strings.TrimRight(tail, " ")
		m := adverbs.FindStringIndex(t)
		if m == nil || m[0] == 0 {
			tail = t
			break
		}
		p.isJoint = p.isJoint || together.MatchString(t[m[0]:])
		tail = t[:m[0]]
	}
	if tail == "" && cut >= 0 { // 「副县长林某,主持会议」
		return person{}, false
	}
	end = s.start + from + cut + 1 + len(tail)
	start := end - len(tail)
	nameAt, titleTo, ok := splitName(tail)
	if !ok {
		return person{}, false
	}
	if nameAt < len(tail) {
		p.nameAt = [2]int{start + nameAt, end}
		p.name = squeeze(r.words(p.nameAt[0], p.nameAt[1]))
	}
	if titleTo > 0 {
		p.titleAt = [2]int{r.titleStart(s, s.start+from, start, start+titleTo), start + titleTo}
		p.title = r.title(p.titleAt)
	}
	return p, p.name != "" || p.title != ""
}

// splitName divides words into posts and a name: where the name starts and where the posts end. Without posts the
// words must be a name by themselves, surname and all.
func splitName(words string) (nameAt, titleTo int, ok bool) {
	found := titleWord.FindAllStringIndex(words, -1)
	for i := len(found) - 1; i >= 0; i-- {
		rest := words[found[i][1]:]
		trimmed := strings.TrimLeft(rest, " ")
		if isName(trimmed, false) {
			return len(words) - len(trimmed), found[i][1], true
		}
		if trimmed == "" && i == len(found)-1 && !bareTitle.MatchString(words) {
			return len(words), found[i][1], true
		}
	}
	bare := words
	if m := titleStop.FindStringIndex(bare); m != nil {
		bare = bare[m[1]:]
	}
	if i := strings.LastIndexAny(bare, "、 "); i >= 0 {
		if last := strings.TrimLeft(bare[i:], "、 "); utf8.RuneCountInString(last) > 1 || strings.HasSuffix(bare[:i], "、") {
			bare = last
		} else if b := []rune(strings.ReplaceAll(bare, " ", "")); len(b) != 2 {
			bare = last
		}
	}
	if isName(bare, true) {
		return len(words) - len(bare), 0, true
	}
	return 0, 0, false
}

// bareTitle is a post that names nobody in particular: who presided is still not said.
var bareTitle = regexp.MustCompile(`(?:负责人|负责同志|领导)$`)

// isName reports whether words may be a person's name. strict asks for a surname, for words that no post stands before.
func isName(words string, strict bool) bool {
	s := strings.ReplaceAll(words, " ", "")
	n := utf8.RuneCountInString(s)
	if strings.Contains(s, "·") {
		return n >= 4 && n <= 16 && !notAName.MatchString(s)
	}
	for _, c := range s {
		if !unicode.Is(unicode.Han, c) {
			return false
		}
	}
	if n < 2 || n > 4 || notAName.MatchString(s) {
		return false
	}
	isCompound := compounds.MatchString(s)
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case n == 4 && !isCompound:
		return !strict && !strings.ContainsRune(surnames, first)
	case strict:
		return isCompound || strings.ContainsRune(surnames, first)
	}
	return true
}

// titleStart walks back from the end of the last post over the posts before it, joined by 、 or by a comma after which no
// name has come in between.
func (r *reader) titleStart(s sentence, floor, start, end int) int {
	at, isFirst := end, true
	words := r.body[max(floor, s.start):end]
	for words != "" {
		cut, next := lastMark(words)
		part := words[next:]
		if !isFirst && !endsInPost(part) {
			return at
		}
		isFirst = false
		if m := titleStop.FindStringIndex(part); m != nil && m[1] < len(part) && !groupPost.MatchString(part) {
			return end - len(words) + next + m[1] + leading(part[m[1]:])
		}
		if i := strings.LastIndex(part, " "); i >= 0 && len(part)-i > 4 {
			return end - len(words) + next + i + 1
		}
		at = end - len(words) + next + leading(part)
		if cut < 0 || strings.ContainsRune(";。:\n\t", rune(words[cut])) {
			return at
		}
		end, words = end-len(words)+cut, words[:cut]
	}
	return at
}

// groupPost is a post in the conference's own group, whose name has the conference's in it: 「区政府与工会联席会议协调小组组长」.
var groupPost = regexp.MustCompile(`^\p{Han}{0,6}(?:政府|工会|办事处)\p{Han}{0,10}联席会议?\p{Han}{0,6}(?:组长|召集人)$`)

// lastMark returns where the last mark of words begins and ends, -1 and 0 for none.
func lastMark(words string) (int, int) {
	i := strings.LastIndexAny(words, "、,;。:\n\t")
	if i < 0 {
		return -1, 0
	}
	_, n := utf8.DecodeRuneInString(words[i:])
	return i, i + n
}

func leading(s string) int { return len(s) - len(strings.TrimLeft(s, " 由经")) }

// endsInPost reports whether words end in a post with no name after it.
func endsInPost(words string) bool {
	all := titleWord.FindAllStringIndex(words, -1)
	return len(all) > 0 && all[len(all)-1][1] == len(strings.TrimRight(words, " ")) && !bareTitle.MatchString(words)
}

// title returns posts as the text has them, the mirror's marks mended.
func (r *reader) title(at [2]int) string {
	return squeeze(strings.Trim(r.words(at[0], at[1]), " 、,，"))
}

// squeeze drops every space: those inside 「沈　砚」 only fill a column.
func squeeze(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, s)
}

// labelled reads what stands after 「主持人：」: 沈砚（区长） · 区长 沈砚 · 沈砚 区长 · 沈砚.
func (r *reader) labelled(start, end int) (person, bool) {
	text := r.body[start:end]
	if i := strings.IndexAny(text, "\t,"); i > 0 {
		text = text[:i]
	}
	if m := labelBracket.FindStringSubmatchIndex(text); m != nil && isName(text[m[2]:m[3]], false) {
		p := person{nameAt: [2]int{start + m[2], start + m[3]}, titleAt: [2]int{start + m[4], start + m[5]}}
		p.name, p.title = r.title(p.nameAt), r.title(p.titleAt)
		return p, titleWord.MatchString(p.title)
	}
	if m := labelNameFirst.FindStringSubmatchIndex(text); m != nil && isName(text[m[2]:m[3]], true) && endsInPost(text[m[4]:m[5]]) {
		p := person{nameAt: [2]int{start + m[2], start + m[3]}, titleAt: [2]int{start + m[4], start + m[5]}}
		p.name, p.title = r.title(p.nameAt), r.title(p.titleAt)
		return p, true
	}
	text = strings.TrimRight(text, " ")
	nameAt, titleTo, ok := splitName(text)
	if !ok {
		return person{}, false
	}
	p := person{}
	if nameAt < len(text) {
		p.nameAt = [2]int{start + nameAt, start + len(text)}
		p.name = r.title(p.nameAt)
	}
	if titleTo > 0 {
		p.titleAt = [2]int{start, start + titleTo}
		p.title = r.title(p.titleAt)
	}
	return p, true
}

// findTitle looks for the post of a chair who is named without one, anywhere in the text: whoever attends as 市长 is 市长.
func (r *reader) findTitle(p *person) {
	form := regexp.MustCompile(titleEnd + ` ?` + regexp.QuoteMeta(p.name))
	for _, s := range r.sentences {
		m := form.FindStringIndex(s.text)
		if m == nil {
			continue
		}
		to := s.start + m[1] - len(p.name)
		at := [2]int{r.titleStart(s, s.start, s.start+m[0], to), to}
		if t := r.title(at); len(t) > len(p.title) {
			p.title, p.titleAt = t, at
		}
	}
}
