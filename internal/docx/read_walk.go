package docx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// The namespaces that matter, transitional and strict.
const (
	spaceWord       = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	spaceWordStrict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	spaceCompat     = "http://schemas.openxmlformats.org/markup-compatibility/2006"
)

// walker turns the tokens of the main part into text. Text goes to the innermost open story: the body, a cell, a text
// box.
type walker struct {
	limits  Limits
	numbers *numbering
	stories []*story
	tables  []*table
	found   []TableRead
	names   []string // open word elements, "" for foreign ones
	text    int
	cells   int
	chosen  []bool // for each open AlternateContent: its first Choice has been read
	outline bool   // tables keep their cells apart (read_outline.go)
}

// story is a run of paragraphs. after holds the text boxes anchored in the open paragraph, which follow it.
type story struct {
	done  []string
	open  strings.Builder
	joins bool // the mark of the paragraph before was deleted: the next one continues it
	para  paragraph
	after []string
	depth int // open paragraphs
}

// paragraph is what the properties of the open paragraph said.
type paragraph struct {
	numID, level string
	markDeleted  bool
	hidden       bool // the open run's text is hidden
}

func newWalker(l Limits, n *numbering) *walker {
	return &walker{limits: l, numbers: n, stories: []*story{{}}}
}

func (w *walker) paragraphs() []string {
	s := w.stories[0]
	if s.open.Len() > 0 {
		s.done = append(s.done, s.open.String())
		s.open.Reset()
	}
	return s.done
}

func (w *walker) story() *story { return w.stories[len(w.stories)-1] }

func (w *walker) walk(d *xml.Decoder) error {
	sawDocument := false
	for {
		t, err := d.Token()
		if err == io.EOF {
			if !sawDocument {
				return ErrNotDocx
			}
			return nil
		}
		if err != nil {
			if errors.Is(err, ErrTooBig) {
				return ErrTooBig
			}
			return fmt.Errorf("%w: %v", ErrDamaged, err)
		}
		switch t := t.(type) {
		case xml.Directive:
			return fmt.Errorf("%w: a document type declaration", ErrDamaged)
		case xml.StartElement:
			sawDocument = sawDocument || isWord(t.Name.Space) && (t.Name.Local == "document" || w.outline && t.Name.Local == "hdr")
			if len(w.names) >= w.limits.Depth {
				return ErrTooBig
			}
			if w.skips(t) {
				if err := d.Skip(); err != nil {
					return fmt.Errorf("%w: %v", ErrDamaged, err)
				}
				continue
			}
			w.names = append(w.names, name(t.Name))
			w.start(t)
		case xml.EndElement:
			w.end()
		case xml.CharData:
			if len(w.names) > 0 && w.names[len(w.names)-1] == "t" {
				w.write(string(t))
			}
		}
		if w.text > w.limits.Text || w.cells > w.limits.Cells {
			return ErrTooBig
		}
	}
}

func isWord(space string) bool { return space == spaceWord || space == spaceWordStrict }

func name(n xml.Name) string {
	switch {
	case isWord(n.Space):
		return n.Local
	case n.Space == spaceCompat:
		return "mc:" + n.Local
	}
	return ""
}

// skips reports elements whose content is not on the page, or is on it a second time.
func (w *walker) skips(e xml.StartElement) bool {
	switch name(e.Name) {
	case "del", "moveFrom":
		return len(w.names) == 0 || w.names[len(w.names)-1] != "rPr" && w.names[len(w.names)-1] != "trPr"
	case "rt", "instrText", "delText", "delInstrText", "pPrChange", "rPrChange", "tcPrChange", "trPrChange", "tblPrChange", "sectPr", "sdtPr":
		return true
	case "mc:Choice", "mc:Fallback":
		if n := len(w.chosen); n > 0 {
			seen := w.chosen[n-1]
			w.chosen[n-1] = true
			return seen
		}
	}
	return false
}

func (w *walker) start(e xml.StartElement) {
	s := w.story()
	switch name(e.Name) {
	case "mc:AlternateContent":
		w.chosen = append(w.chosen, false)
	case "p":
		if s.depth == 0 {
			s.para = paragraph{}
		}
		s.depth++
	case "r":
		s.para.hidden = false
	case "vanish":
		if w.within("rPr") && w.parent(2) == "r" {
			s.para.hidden = isOn(e)
		}
	case "del":
		if w.parent(1) == "rPr" && w.parent(2) == "pPr" {
			s.para.markDeleted = true
		}
		if w.parent(1) == "trPr" && len(w.tables) > 0 {
			w.tables[len(w.tables)-1].rowDeleted = true
		}
	case "numId":
		s.para.numID = attr(e, "val")
	case "ilvl":
		s.para.level = attr(e, "val")
	case "tab":
		if w.parent(1) == "r" {
			if len(w.tables) > 0 {
				w.write(" ")
			} else {
				w.write("\t")
			}
		}
	case "br", "cr":
		w.write("\n")
	case "noBreakHyphen":
		w.write("-")
	case "txbxContent", "tc":
		w.stories = append(w.stories, &story{})
		w.startCell(e)
	case "tbl":
		w.tables = append(w.tables, &table{})
	case "tr":
		w.startRow()
	case "gridSpan", "vMerge", "gridBefore":
		w.cellProperty(e)
	}
}

func (w *walker) end() {
	if len(w.names) == 0 {
		return
	}
	n := w.names[len(w.names)-1]
	w.names = w.names[:len(w.names)-1]
	switch n {
	case "mc:AlternateContent":
		w.chosen = w.chosen[:len(w.chosen)-1]
	case "p":
		w.endParagraph()
	case "txbxContent":
		box := w.endStory()
		s := w.story()
		if s.depth > 0 {
			s.after = append(s.after, box...)
		} else {
			s.done = append(s.done, box...)
		}
	case "tc":
		w.endCell()
	case "tr":
		w.endRow()
	case "tbl":
		w.endTable()
	}
}

func (w *walker) endParagraph() {
	s := w.story()
	if s.depth--; s.depth > 0 {
		return
	}
	text := s.open.String()
	s.open.Reset()
	if !s.joins && strings.TrimSpace(text) != "" {
		text = w.numbers.label(s.para.numID, s.para.level) + text
	}
	if s.joins && len(s.done) > 0 {
		s.done[len(s.done)-1] += text
	} else {
		s.done = append(s.done, text)
	}
	s.joins = s.para.markDeleted
	s.done = append(s.done, s.after...)
	if len(s.after) > 0 {
		s.joins = false
	}
	s.after = nil
}

// endStory closes the innermost story and returns its paragraphs that hold anything.
func (w *walker) endStory() []string {
	if len(w.stories) == 1 {
		return nil
	}
	s := w.story()
	w.stories = w.stories[:len(w.stories)-1]
	var out []string
	for _, p := range s.done {
		if strings.TrimSpace(p) != "" {
			out = append(out, p)
		}
	}
	return out
}

func (w *walker) write(text string) {
	s := w.story()
	if s.para.hidden || s.depth == 0 {
		return
	}
	w.text += len(text)
	s.open.WriteString(text)
}

// parent returns the name of the n-th element outside the innermost open one.
func (w *walker) parent(n int) string {
	if i := len(w.names) - 1 - n; i >= 0 {
		return w.names[i]
	}
	return ""
}

func (w *walker) within(n string) bool { return w.parent(1) == n }

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

func isOn(e xml.StartElement) bool {
	v := attr(e, "val")
	return v != "0" && v != "false" && v != "off"
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
