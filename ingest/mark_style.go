package ingest

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// The fills of marks. No palette of Excel or WPS has these two, so that a marked cell that comes back is known.
const (
	errorFill   = "FFFFC9CD"
	warningFill = "FFFFF0A3"
)

// section is a list of styles: <fonts>, <fills>, <borders>, <cellXfs>.
type section struct {
	open  tag
	end   int // where its end tag begins
	items []string
	added []string
}

// styleSheet adds styles to the workbook's own.
type styleSheet struct {
	p        *xmlPart
	prefix   string
	sections map[string]*section
	cache    map[string]int
}

func (m *marker) openStyles() (*styleSheet, error) {
	part := ""
	for _, r := range m.rels {
		if strings.HasSuffix(r.kind, "/styles") {
			part = r.target
			m.strict = strings.HasPrefix(r.kind, strictRelations)
		}
	}
	p, err := m.stylePart(part)
	if err != nil {
		return nil, err
	}
	s := &styleSheet{p: p, sections: map[string]*section{}, cache: map[string]int{}}
	var in *section
	from := 0
	err = p.walk(func(t tag) error {
		switch {
		case t.depth == 1:
			s.prefix = t.prefix()
		case t.depth == 2:
			in = nil
			switch t.Name.Local {
			case "fonts", "fills", "borders", "cellXfs":
				if t.selfClosed {
					return errNotEditable
				}
				in = &section{open: t}
				s.sections[t.Name.Local] = in
			}
		case t.depth == 3:
			from = t.from
		}
		return nil
	}, func(_ string, at, to, depth int) error {
		switch {
		case in == nil:
		case depth == 3:
			in.items = append(in.items, string(p.src[from:to]))
		case depth == 2:
			in.end = at
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"fonts", "fills", "borders", "cellXfs"} {
		if s.sections[name] == nil || name == "cellXfs" && len(s.sections[name].items) == 0 {
			return nil, errNotEditable
		}
	}
	return s, nil
}

// stylePart opens the workbook's styles, the plainest there can be where it has none.
func (m *marker) stylePart(part string) (*xmlPart, error) {
	if part != "" {
		return m.part(part)
	}
	part = m.freshName(path.Dir(m.main), "stylesLiandu", "xml")
	if _, err := m.relate(m.main, "styles", part); err != nil {
		return nil, err
	}
	m.add(part, plainStyles)
	m.bare = newXMLPart([]byte(plainStyles))
	return m.bare, nil
}

const plainStyles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="` + looseMain + `"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>`

// put adds an item to a section once and returns its number. raw has @ where the prefix goes.
func (s *styleSheet) put(name, raw string) int {
	raw = strings.ReplaceAll(raw, "@", s.prefix)
	if n, ok := s.cache[name+raw]; ok {
		return n
	}
	sec := s.sections[name]
	sec.added = append(sec.added, raw)
	n := len(sec.items) + len(sec.added) - 1
	s.cache[name+raw] = n
	return n
}

func (s *styleSheet) item(name string, n int) string {
	sec := s.sections[name]
	switch {
	case n >= 0 && n < len(sec.items):
		return sec.items[n]
	case n >= len(sec.items) && n < len(sec.items)+len(sec.added):
		return sec.added[n-len(sec.items)]
	}
	return ""
}

// finish writes what was added, with the counts.
func (s *styleSheet) finish() {
	for _, sec := range s.sections {
		if len(sec.added) == 0 {
			continue
		}
		s.p.setAttr(sec.open, "count", strconv.Itoa(len(sec.items)+len(sec.added)))
		s.p.insert(sec.end, strings.Join(sec.added, ""))
	}
}

// own is a style number as the workbook means it: one that it does not have is the first, and none of ours.
func (s *styleSheet) own(n int) int {
	if n < 0 || n >= len(s.sections["cellXfs"].items) {
		return 0
	}
	return n
}

// marked returns the style of a cell with a mark on it: all as it was but the fill.
func (s *styleSheet) marked(base int, isError bool) int {
	colour := warningFill
	if isError {
		colour = errorFill
	}
	return s.filled(base, s.put("fills", fmt.Sprintf(`<@fill><@patternFill patternType="solid"><@fgColor rgb="%s"/>%s</@patternFill></@fill>`, colour, s.under(base))))
}

// unmarked returns a cell's style without a mark of ours, the style itself where it has none.
func (s *styleSheet) unmarked(base int) int {
	fill := s.fillOf(base)
	if !strings.Contains(fill, `"`+errorFill+`"`) && !strings.Contains(fill, `"`+warningFill+`"`) {
		return base
	}
	if under := backColour.FindStringSubmatch(fill); under != nil && !strings.Contains(under[1], `indexed="6`) {
		return s.filled(base, s.put("fills", `<@fill><@patternFill patternType="solid"><@fgColor`+under[1]+`/><@bgColor indexed="64"/></@patternFill></@fill>`))
	}
	return s.filled(base, 0)
}

var (
	foreColour = regexp.MustCompile(`<(?:[\w.-]+:)?fgColor((?:\s[^<>]*?)?)\s*/?>`)
	backColour = regexp.MustCompile(`<(?:[\w.-]+:)?bgColor((?:\s[^<>]*?)?)\s*/?>`)
	fillID     = regexp.MustCompile(`\sfillId\s*=\s*["'](\d+)["']`)
)

// under keeps a cell's own colour where a solid fill does not show it, to be found when the mark goes.
func (s *styleSheet) under(base int) string {
	fill := s.fillOf(base)
	if c := foreColour.FindStringSubmatch(fill); c != nil && strings.Contains(fill, `"solid"`) {
		return `<@bgColor` + c[1] + `/>`
	}
	return `<@bgColor indexed="64"/>`
}

func (s *styleSheet) fillOf(style int) string {
	id := fillID.FindStringSubmatch(firstTag(s.item("cellXfs", style)))
	if id == nil {
		return ""
	}
	n, _ := strconv.Atoi(id[1])
	return s.item("fills", n)
}

func (s *styleSheet) filled(base, fill int) int {
	raw := s.item("cellXfs", base)
	head := firstTag(raw)
	return s.put("cellXfs", withAttr(withAttr(head, "fillId", strconv.Itoa(fill)), "applyFill", "1")+raw[len(head):])
}

func firstTag(raw string) string {
	if i := strings.IndexByte(raw, '>'); i >= 0 {
		return raw[:i+1]
	}
	return raw
}
