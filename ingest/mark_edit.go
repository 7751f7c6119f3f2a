package ingest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"
)

// xmlPart is a part being edited: what is not patched keeps its bytes.
type xmlPart struct {
	src     []byte
	patches []patch
}

type patch struct {
	from, to int
	text     string
}

func newXMLPart(src []byte) *xmlPart {
	return &xmlPart{src: bytes.TrimPrefix(src, []byte("\xEF\xBB\xBF"))}
}

func (p *xmlPart) replace(from, to int, text string) {
	p.patches = append(p.patches, patch{from, to, text})
}

func (p *xmlPart) insert(at int, text string) { p.replace(at, at, text) }

// bytes applies the patches: by place, insertions before what is replaced there, in the order they were asked for.
func (p *xmlPart) bytes() []byte {
	sort.SliceStable(p.patches, func(i, j int) bool {
		a, b := p.patches[i], p.patches[j]
		if a.from != b.from {
			return a.from < b.from
		}
		return a.from == a.to && b.from != b.to
	})
	var out bytes.Buffer
	at := 0
	for _, c := range p.patches {
		if c.from < at { // within what another patch has replaced
			continue
		}
		out.Write(p.src[at:c.from])
		out.WriteString(c.text)
		at = c.to
	}
	out.Write(p.src[at:])
	return out.Bytes()
}

// tag is a start tag where it stands. A self-closed element has its end at to.
type tag struct {
	xml.StartElement
	from, to   int
	selfClosed bool
	depth      int // 1 is the root
}

// prefix is the element's namespace prefix with its colon.
func (t tag) prefix() string {
	if t.Name.Space == "" {
		return ""
	}
	return t.Name.Space + ":"
}

// errStop ends a walk early.
var errStop = errors.New("walked enough")

// walk goes through the part. start and end may be nil; end is called for self-closed elements too, with from == to.
func (p *xmlPart) walk(start func(tag) error, end func(name string, from, to, depth int) error) error {
	if !utf8.Valid(p.src) {
		return errNotEditable
	}
	d := xml.NewDecoder(bytes.NewReader(p.src))
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		if l := strings.ToLower(label); l != "us-ascii" && l != "ascii" {
			return nil, errNotEditable
		}
		return r, nil
	}
	depth, from := 0, 0
	for {
		t, err := d.RawToken()
		to := int(d.InputOffset())
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errNotEditable
		}
		switch t := t.(type) {
		case xml.Directive:
			return errNotEditable
		case xml.StartElement:
			depth++
			if start == nil {
				break
			}
			err = start(tag{StartElement: t.Copy(), from: from, to: to, selfClosed: to > from+1 && p.src[to-2] == '/', depth: depth})
		case xml.EndElement:
			if end != nil {
				err = end(t.Name.Local, from, to, depth)
			}
			depth--
		}
		if errors.Is(err, errStop) {
			return nil
		}
		if err != nil {
			return err
		}
		from = to
	}
}

// setAttr replaces or adds an attribute without a prefix.
func (p *xmlPart) setAttr(t tag, name, value string) {
	p.replace(t.from, t.to, withAttr(string(p.src[t.from:t.to]), name, value))
}

// withAttr returns a start tag with an attribute set.
func withAttr(raw, name, value string) string {
	raw = withoutAttr(raw, name)
	at := strings.IndexAny(raw, " \t\r\n/>")
	return raw[:at] + " " + name + `="` + xmlText(value) + `"` + raw[at:]
}

func withoutAttr(raw, name string) string {
	return regexp.MustCompile(`\s`+name+`\s*=\s*("[^"]*"|'[^']*')`).ReplaceAllString(raw, "")
}

// wellFormed reports XML whose elements nest.
func wellFormed(b []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		_, err := d.Token()
		if err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}
