package ingest

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// markedSheetRef is one sheet of the workbook being marked; part is empty for what is no sheet of cells.
type markedSheetRef struct {
	name, part string
}

// workbook puts the list's sheet first, takes an old list and macros out, and opens the file on the list. Names that
// belong to one sheet know it by its place, so they move along.
func (m *marker) workbook() ([]markedSheetRef, error) {
	p, err := m.part(m.main)
	if err != nil {
		return nil, err
	}
	var sheets []markedSheetRef
	taken := map[string]bool{}
	moved := map[int]int{} // old place → new place; one that is gone has none
	places, highest, listed := 0, 0, false
	var scoped, views []tag
	var at tag
	err = p.walk(func(t tag) error {
		switch t.Name.Local {
		case "sheets":
			if t.selfClosed || listed {
				return errNotEditable
			}
			at, listed = t, true
		case "sheet":
			place := places
			places++
			n, _ := strconv.Atoi(attr(t.StartElement, "sheetId"))
			highest = max(highest, n)
			s := markedSheetRef{name: attr(t.StartElement, "name")}
			r, ok := m.rels[attrLast(t.StartElement, "id")]
			if ok && (strings.HasSuffix(r.kind, "/worksheet") || strings.HasSuffix(r.kind, "/chartsheet") || strings.HasSuffix(r.kind, "/dialogsheet")) {
				s.part = r.target
			}
			if ok && (strings.HasSuffix(r.kind, "/xlMacrosheet") || strings.HasSuffix(r.kind, "/xlIntlMacrosheet")) || s.part != "" && m.isList(s.part) {
				m.again = m.again || s.part != ""
				m.drop(r.target)
				return p.remove(t)
			}
			moved[place] = len(sheets) + 1
			taken[strings.ToLower(s.name)] = true
			sheets = append(sheets, s)
		case "definedName":
			if attr(t.StartElement, "localSheetId") != "" {
				scoped = append(scoped, t)
			}
		case "workbookView":
			views = append(views, t)
		}
		return nil
	}, nil)
	if err != nil || !listed {
		return nil, errNotEditable
	}
	for _, t := range scoped {
		n, _ := strconv.Atoi(attr(t.StartElement, "localSheetId"))
		if to, ok := moved[n]; ok {
			p.setAttr(t, "localSheetId", strconv.Itoa(to))
			continue
		}
		if err := p.remove(t); err != nil {
			return nil, err
		}
	}
	for _, t := range views {
		raw := withoutAttr(string(p.src[t.from:t.to]), "firstSheet")
		p.replace(t.from, t.to, withAttr(raw, "activeTab", "0"))
	}
	part := m.freshName(path.Dir(m.main)+"/worksheets", "problems", "xml")
	m.add(part, "") // its content follows with the marks
	id, err := m.relate(m.main, "worksheet", part)
	if err != nil {
		return nil, err
	}
	name := listSheet
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s（%d）", listSheet, n)
	}
	p.insert(at.to, fmt.Sprintf(`<%ssheet name="%s" sheetId="%d" xmlns:r="%s" r:id="%s"/>`, at.prefix(), xmlText(name), highest+1, m.relationsNS(), id))
	return sheets, m.dropMacros()
}

// remove takes an element out, whole.
func (p *xmlPart) remove(t tag) error {
	if t.selfClosed {
		p.replace(t.from, t.to, "")
		return nil
	}
	to := 0
	err := p.walk(nil, func(name string, from, end, depth int) error {
		if from >= t.to && depth == t.depth {
			to = end
			return errStop
		}
		return nil
	})
	if err != nil || to == 0 {
		return errNotEditable
	}
	p.replace(t.from, to, "")
	return nil
}

// drop leaves a part out, with its relations.
func (m *marker) drop(part string) {
	key := partKey(part)
	m.dropped[key] = true
	m.dropped[path.Dir(key)+"/_rels/"+path.Base(key)+".rels"] = true
}

// dropMacros leaves out code, the buttons that call it, and signatures that no longer hold.
func (m *marker) dropMacros() error {
	for key := range m.x.parts {
		switch base := path.Base(key); {
		case strings.HasPrefix(base, "vbaproject"), strings.HasPrefix(base, "vbadata"), strings.HasPrefix(key, "customui/"), strings.HasPrefix(key, "_xmlsignatures/"):
			m.drop(key)
		}
	}
	for _, from := range []string{"", m.main} {
		dir, file := path.Split(from)
		name := dir + "_rels/" + file + ".rels"
		if m.x.parts[partKey(name)] == nil {
			continue
		}
		p, err := m.part(name)
		if err != nil {
			return err
		}
		err = p.walk(func(t tag) error {
			if t.Name.Local != "Relationship" || attr(t.StartElement, "TargetMode") == "External" {
				return nil
			}
			target := strings.ReplaceAll(attr(t.StartElement, "Target"), `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("/", dir, target)
			}
			if m.dropped[partKey(target)] {
				return p.remove(t)
			}
			return nil
		}, nil)
		if err != nil {
			return err
		}
	}
	return nil
}

var mergeRef = regexp.MustCompile(`<(?:[\w.-]+:)?mergeCell\s[^<>]*?ref\s*=\s*["']([^"']+)["']`)

// merges lists the merged ranges of a sheet's part.
func (m *marker) merges(part string) []Merge {
	p, err := m.part(part)
	if err != nil {
		return nil
	}
	var out []Merge
	for _, found := range mergeRef.FindAllSubmatch(p.src, maxMerges) {
		from, to, _ := strings.Cut(string(found[1]), ":")
		left, top, ok1 := place(from)
		right, bottom, ok2 := place(to)
		if ok1 && ok2 && left <= right && top <= bottom {
			out = append(out, Merge{top, left, bottom, right})
		}
	}
	return out
}

// isList reports a part that is the list of problems of an earlier marking.
func (m *marker) isList(part string) bool {
	if m.x.parts[partKey(part)] == nil {
		return false
	}
	if m.x.strings == nil {
		for _, r := range m.rels {
			if strings.HasSuffix(r.kind, "/sharedStrings") && m.x.readStrings(r.target) != nil {
				return false
			}
		}
		if m.x.strings == nil {
			m.x.strings = []string{}
		}
	}
	g := Grid{}
	cells := m.x.cells
	err := m.x.readSheet(part, &g)
	m.x.cells = cells
	return err == nil && isProblemList(g)
}
