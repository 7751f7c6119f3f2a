package ingest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"

	"liandu/internal/record"
)

// marker edits the parts of one workbook.
type marker struct {
	x       *xlsx
	reading record.Reading
	parts   map[string]*xmlPart // read for editing, by part key
	added   map[string][]byte   // new parts, in the order of names
	names   []string
	dropped map[string]bool

	main   string // the workbook's part
	strict bool   // namespaces of strict OOXML
	rels   map[string]relation
	styles *styleSheet
	bare   *xmlPart // styles made for a workbook that has none
	again  bool     // a marked workbook that came back
	fresh  int      // number of the last relation made
}

// editPackage returns the workbook with marks. errNotEditable and *refusal are told apart by the caller.
func editPackage(o original, reading record.Reading) ([]byte, error) {
	x, err := openPackage(o)
	if err != nil {
		return nil, err
	}
	m := &marker{x: x, reading: reading, parts: map[string]*xmlPart{}, added: map[string][]byte{}, dropped: map[string]bool{}}
	if err := m.edit(); err != nil {
		return nil, err
	}
	return m.pack()
}

func (m *marker) edit() error {
	m.main = m.x.mainPart()
	var err error
	if m.rels, err = m.x.relations(m.main); err != nil {
		return errNotEditable
	}
	if m.styles, err = m.openStyles(); err != nil {
		return err
	}
	sheets, err := m.workbook()
	if err != nil {
		return err
	}
	marks := marksOf(m.reading.Problems, func(name string) []Merge {
		for _, s := range sheets {
			if s.name == name {
				return m.merges(s.part)
			}
		}
		return nil
	})
	for i, s := range sheets {
		if s.part == "" {
			continue
		}
		if err := m.sheet(s, i+1, marks[s.name]); err != nil {
			return err
		}
	}
	m.list(sheets)
	m.styles.finish()
	for _, name := range m.names {
		if m.bare != nil && string(m.added[name]) == plainStyles {
			m.added[name] = m.bare.bytes()
		}
	}
	return m.contentTypes()
}

// part returns a part for editing.
func (m *marker) part(name string) (*xmlPart, error) {
	key := partKey(name)
	if p, ok := m.parts[key]; ok {
		return p, nil
	}
	f := m.x.parts[key]
	if f == nil {
		return nil, errNotEditable
	}
	b, err := readPart(f)
	if err != nil {
		return nil, err
	}
	p := newXMLPart(b)
	m.parts[key] = p
	return p, nil
}

func readPart(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, errNotEditable
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxUnzipped+1))
	if err != nil || len(b) > maxUnzipped {
		return nil, errNotEditable
	}
	return b, nil
}

func (m *marker) add(name, content string) {
	m.names = append(m.names, name)
	m.added[name] = []byte(content)
}

// freshName is a part name that is not taken: dir/stem1.xml, …
func (m *marker) freshName(dir, stem, ext string) string {
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s/%s%d.%s", dir, stem, n, ext)
		if _, taken := m.added[name]; !taken && m.x.parts[partKey(name)] == nil {
			return name
		}
	}
}

const (
	looseRelations  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	strictRelations = "http://purl.oclc.org/ooxml/officeDocument/relationships"
	looseMain       = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	strictMain      = "http://purl.oclc.org/ooxml/spreadsheetml/main"
)

func (m *marker) relationsNS() string {
	if m.strict {
		return strictRelations
	}
	return looseRelations
}

func (m *marker) mainNS() string {
	if m.strict {
		return strictMain
	}
	return looseMain
}

// relate adds a relation from one part to another and returns its id.
func (m *marker) relate(from, kind, to string) (string, error) {
	dir, file := path.Split(from)
	name := dir + "_rels/" + file + ".rels"
	said, err := m.x.relations(from)
	if err != nil {
		return "", errNotEditable
	}
	id := ""
	for taken := true; taken; _, taken = said[id] { // an earlier marking may have left its own
		m.fresh++
		id = fmt.Sprintf("rIdLiandu%d", m.fresh)
	}
	line := fmt.Sprintf(`Relationship Id="%s" Type="%s/%s" Target="/%s"/>`, id, m.relationsNS(), kind, to)
	if m.x.parts[partKey(name)] == nil {
		head, tail := `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`, `</Relationships>`
		if b, ok := m.added[name]; ok {
			m.added[name] = []byte(strings.TrimSuffix(string(b), tail) + "<" + line + tail)
			return id, nil
		}
		m.add(name, head+"<"+line+tail)
		return id, nil
	}
	p, err := m.part(name)
	if err != nil {
		return "", err
	}
	return id, p.append(line)
}

// append adds an element at the end of the root, with the root's prefix. raw is without its opening bracket.
func (p *xmlPart) append(raw string) error {
	var root tag
	done := false
	err := p.walk(func(t tag) error {
		if t.depth == 1 {
			root = t
		}
		return nil
	}, func(_ string, from, to, depth int) error {
		if depth != 1 {
			return nil
		}
		done = true
		line := "<" + root.prefix() + raw
		if root.selfClosed {
			p.replace(root.from, root.to, strings.TrimSuffix(strings.TrimRight(string(p.src[root.from:root.to-1]), " "), "/")+">"+line+"</"+root.prefix()+root.Name.Local+">")
			return nil
		}
		p.insert(from, line)
		return nil
	})
	if err == nil && !done {
		return errNotEditable
	}
	return err
}

// contentTypes names the new parts and makes the workbook an ordinary .xlsx, whatever it was.
func (m *marker) contentTypes() error {
	p, err := m.part("[Content_Types].xml")
	if err != nil {
		return err
	}
	const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
	said, vml := false, false
	err = p.walk(func(t tag) error {
		switch {
		case t.Name.Local == "Override" && m.dropped[partKey(attr(t.StartElement, "PartName"))]:
			return p.remove(t)
		case t.Name.Local == "Override" && partKey(attr(t.StartElement, "PartName")) == partKey(m.main):
			said = true
			if attr(t.StartElement, "ContentType") != workbook {
				p.setAttr(t, "ContentType", workbook)
			}
		case t.Name.Local == "Default" && strings.EqualFold(attr(t.StartElement, "Extension"), "vml"):
			vml = true
		case t.Name.Local == "Default" && attr(t.StartElement, "ContentType") == "application/vnd.ms-office.vbaProject":
			p.setAttr(t, "ContentType", "application/octet-stream")
		}
		return nil
	}, nil)
	if err != nil {
		return err
	}
	var lines []string
	if !said {
		lines = append(lines, fmt.Sprintf(`Override PartName="/%s" ContentType="%s"/>`, m.main, workbook))
	}
	for _, name := range m.names {
		switch {
		case strings.HasSuffix(name, ".vml") && !vml:
			vml = true
			lines = append(lines, `Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>`)
		case strings.Contains(name, "/stylesLiandu"):
			lines = append(lines, fmt.Sprintf(`Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`, name))
		case strings.Contains(name, "/comments"):
			lines = append(lines, fmt.Sprintf(`Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>`, name))
		case strings.Contains(name, "/worksheets/") && strings.HasSuffix(name, ".xml"):
			lines = append(lines, fmt.Sprintf(`Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, name))
		}
	}
	prefix := ""
	err = p.walk(func(t tag) error { prefix = t.prefix(); return errStop }, nil)
	if err != nil {
		return err
	}
	return p.append(strings.Join(lines, "<"+prefix))
}

// pack writes the package: parts that were not touched keep their compressed bytes.
func (m *marker) pack() ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range m.x.files {
		key := partKey(f.Name)
		if m.x.parts[key] != f || m.dropped[key] || strings.HasSuffix(key, "/") {
			continue
		}
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if p, ok := m.parts[key]; ok && len(p.patches) > 0 {
			b := p.bytes()
			if !strings.HasSuffix(key, ".vml") && !wellFormed(b) { // VML need not be
				return nil, errNotEditable
			}
			if err := putPart(w, name, b); err != nil {
				return nil, err
			}
			continue
		}
		head := f.FileHeader
		head.Name = name
		to, err := w.CreateRaw(&head)
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", name, err)
		}
		from, err := f.OpenRaw()
		if err != nil {
			return nil, errNotEditable
		}
		if _, err := io.Copy(to, from); err != nil {
			return nil, errNotEditable
		}
	}
	for _, name := range m.names {
		if !wellFormed(m.added[name]) {
			return nil, errNotEditable
		}
		if err := putPart(w, name, m.added[name]); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	return out.Bytes(), nil
}

func putPart(w *zip.Writer, name string, b []byte) error {
	to, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err == nil {
		_, err = to.Write(b)
	}
	if err != nil {
		return fmt.Errorf("pack %s: %w", name, err)
	}
	return nil
}
