package ingest

import (
	"regexp"
	"strings"

	"liandu/internal/cntext"
)

// heads knows every head and label of the form by its key.
type heads struct {
	form  map[Table]Sheet
	named map[Table]map[string]string // key of the head itself → field
	known map[Table]map[string]string // key of the head or a synonym → field
	any   map[string]bool
	cache map[string]string // text → key
}

func newHeads() *heads {
	h := &heads{form: map[Table]Sheet{}, named: map[Table]map[string]string{}, known: map[Table]map[string]string{}, any: map[string]bool{}, cache: map[string]string{}}
	for _, s := range Sheets() {
		h.form[s.Table] = s
		named, known := map[string]string{}, map[string]string{}
		for _, c := range s.Columns {
			key := headKey(c.Head)
			named[key], known[key], h.any[key] = c.Field, c.Field, true
		}
		for _, c := range s.Columns {
			for _, w := range c.Synonyms {
				key := headKey(w)
				if _, taken := known[key]; !taken {
					known[key] = c.Field
				}
				h.any[key] = true
			}
		}
		h.named[s.Table], h.known[s.Table] = named, known
	}
	return h
}

var (
	brackets = regexp.MustCompile(`[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]`)
	longHead = 120 // bytes; no head of the form is longer, with its remarks in brackets
)

// headKey is a head without spaces, punctuation and marks of obligation, in simplified characters.
func headKey(s string) string {
	return strings.Trim(cntext.TitleKey(s), "%+")
}

// key is headKey, remembered: a table repeats its words.
func (h *heads) key(text string) string {
	if len(text) > longHead {
		return ""
	}
	k, ok := h.cache[text]
	if !ok {
		k = headKey(text)
		if len(h.cache) < 10_000 {
			h.cache[text] = k
		}
	}
	return k
}

// field returns the field that a head means in a table, "" when it is unknown. exact says that it is the form's own
// word. A remark in brackets is tried with and without.
func (h *heads) field(t Table, text string) (field string, exact bool) {
	key := h.key(text)
	if key == "" {
		return "", false
	}
	for range 2 {
		if f, ok := h.named[t][key]; ok {
			return f, true
		}
		if f, ok := h.known[t][key]; ok {
			return f, false
		}
		key = h.key(brackets.ReplaceAllString(text, ""))
	}
	return "", false
}

// isHead reports whether the text is a head or label of any table.
func (h *heads) isHead(text string) bool {
	return h.any[h.key(text)] || h.any[h.key(brackets.ReplaceAllString(text, ""))]
}

// sheetNamed reports whether a sheet's name is one that the table goes by.
func (h *heads) sheetNamed(t Table, name string) bool {
	key := h.key(name)
	s := h.form[t]
	for _, w := range append([]string{s.Name}, s.Synonyms...) {
		if key == headKey(w) {
			return true
		}
	}
	return false
}
