package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// sentence is a stretch of the body that ends in 。！？ or at the end of a line.
type sentence struct {
	start, end int // bytes of the body
	line       int
	text       string
	isTitle    bool // a line that ends without a full stop
}

var (
	metaLine = regexp.MustCompile(`^(?:url|title|kind|fidelity|source|date|author|keywords|description) ?:`)
	address  = regexp.MustCompile(`https?://[^\s]+`)
	tailLine = regexp.MustCompile(`^[\s【\[(]*(?:相关(?:链接|阅读|新闻|文章|推荐|报道)|上一[篇条页]|下一[篇条页]|友情链接|推荐阅读|延伸阅读|热门|猜你喜欢|更多(?:新闻|内容|>)|网站地图|版权(?:所有|声明)|分享到|扫一扫|附近|关键词)`)
	nameList = regexp.MustCompile(`(?:\p{Han}{2,8} ?\| ?){2,}`)
	sentEnd  = regexp.MustCompile(`[。!?]+[”"’)」』]?`)
)

// maxSentence is how much of one sentence is read: a real one has a tenth of it.
const maxSentence = 6000

// split finds lines and sentences. A page's tail (related links, lists of places) is left out, and so is what a saved
// page says about itself.
func (t *text) split() {
	at, lineNo := 0, 0
	var lines []sentence
	hasProse := false // above the article stands the same chrome as below it
	for at <= len(t.body) {
		end := len(t.body)
		if i := strings.IndexByte(t.body[at:], '\n'); i >= 0 {
			end = at + i
		}
		if s := t.trimmed(at, end, lineNo); s.text != "" {
			if tailLine.MatchString(s.text) && len(lines) > 2 && hasProse {
				break
			}
			hasProse = hasProse || strings.Contains(s.text, "。")
			if m := metaLine.FindString(s.text); m != "" {
				t.readMeta(m, s)
				if !strings.HasPrefix(m, "title") || len(s.text) <= len(m)+1 {
					at, lineNo = end+1, lineNo+1
					continue
				}
				s = t.trimmed(s.start+len(m), s.end, lineNo)
			}
			if !nameList.MatchString(s.text) {
				lines = append(lines, s)
			}
		}
		at, lineNo = end+1, lineNo+1
	}
	for i, l := range lines {
		if i < 12 || i >= len(lines)-8 {
			t.page = append(t.page, l)
		}
		t.splitLine(l, i)
	}
}

func (t *text) readMeta(key string, s sentence) {
	if a := address.FindString(s.text); a != "" && t.address == "" {
		t.address = a
	}
}

func (t *text) splitLine(l sentence, index int) {
	at := l.start
	for at < l.end {
		end, isTitle := l.end, true
		if m := sentEnd.FindStringIndex(t.body[at:l.end]); m != nil {
			end, isTitle = at+m[1], false
		}
		s := t.trimmed(at, min(end, at+maxSentence), l.line)
		s.isTitle = isTitle && at == l.start && isTitleLike(s.text)
		if s.text != "" {
			t.sentences = append(t.sentences, s)
			if s.isTitle && index < 8 {
				t.headlines = append(t.headlines, s)
			}
		}
		at = end
	}
}

// isTitleLike tells a heading from a paragraph whose last full stop was lost.
func isTitleLike(line string) bool {
	return utf8.RuneCountInString(line) <= 60 && !(strings.Contains(line, ",") && monthDay.MatchString(line))
}

// trimmed returns the stretch without blanks at its ends.
func (t *text) trimmed(start, end, line int) sentence {
	for end > start && !isRuneStart(t.body, end) {
		end--
	}
	s := t.body[start:end]
	left := len(s) - len(strings.TrimLeft(s, " \t"))
	s = strings.TrimSpace(s)
	return sentence{start: start + left, end: start + left + len(s), line: line, text: s}
}

func isRuneStart(s string, i int) bool { return i >= len(s) || s[i]&0xC0 != 0x80 }

// inBook reports whether byte i of s stands inside 《》.
func inBook(s string, i int) bool {
	return strings.LastIndex(s[:i], "《") > strings.LastIndex(s[:i], "》")
}
