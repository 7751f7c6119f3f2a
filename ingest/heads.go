package ingest

import (
	"regexp"
	"strings"

	"liandu/internal/cntext"
)

// formIndex knows every head, label and listed word of the form by its key. It does not change once made.
type formIndex struct {
	form    map[Table]Sheet
	named   map[Table]map[string]string            // key of the head itself → field
	known   map[Table]map[string]string            // key of the head or a synonym → field
	choices map[Table]map[string]map[string]string // field → key of a word of its list → value
	any     map[string]bool
}

func newFormIndex() *formIndex {
	x := &formIndex{form: map[Table]Sheet{}, named: map[Table]map[string]string{}, known: map[Table]map[string]string{},
		choices: map[Table]map[string]map[string]string{}, any: map[string]bool{}}
	for _, s := range Sheets() {
		x.form[s.Table] = s
		named, known, choices := map[string]string{}, map[string]string{}, map[string]map[string]string{}
		for _, c := range s.Columns {
			key := headKey(c.Head)
			named[key], known[key], x.any[key] = c.Field, c.Field, true
			choices[c.Field] = c.keys()
		}
		for _, c := range s.Columns {
			for _, w := range c.Synonyms {
				key := headKey(w)
				if _, taken := known[key]; !taken {
					known[key] = c.Field
				}
				x.any[key] = true
			}
		}
		x.named[s.Table], x.known[s.Table], x.choices[s.Table] = named, known, choices
	}
	return x
}

// keys lists the words of a column's list and their synonyms by key.
func (c Column) keys() map[string]string {
	out := map[string]string{}
	for _, w := range c.Choices {
		for _, s := range append([]string{w.Word}, w.Synonyms...) {
			out[headKey(s)] = w.Value
		}
	}
	return out
}

// heads is the index at work on one file. learned is what a person decided for the county's files.
type heads struct {
	*formIndex
	learned Learned
	cache   map[string]string // text → key: a table repeats its words
	fields  map[headAsked]headFound
}

// headAsked and headFound are one question of field and its answer: rows are asked about many times while a head is
// looked for.
type headAsked struct {
	table Table
	text  string
}

type headFound struct {
	field string
	exact bool
}

func newHeads(x *formIndex, learned Learned) *heads {
	return &heads{x, learned, map[string]string{}, map[headAsked]headFound{}}
}

// choice finds the value of a listed word or one of its synonyms; a remark in brackets may follow it.
func (h *heads) choice(t Table, field, text string) (string, bool) {
	keys := h.choices[t][field]
	if v, ok := keys[h.key(text)]; ok {
		return v, true
	}
	v, ok := keys[h.key(withoutBrackets(text))]
	return v, ok
}

var (
	brackets = regexp.MustCompile(`[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]`)
	longHead = 120 // bytes; no head of the form is longer, with its remarks in brackets
)

// headKey is a head without spaces, punctuation and marks of obligation, in simplified characters.
func headKey(s string) string {
	return strings.Trim(cntext.TitleKey(s), "%+")
}

// key is headKey, remembered.
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

// unitRemark is a head's remark on what it counts in, without brackets: 完成比例 单位：%.
var unitRemark = regexp.MustCompile(`(?:计量)?单位\s*[:：].{1,6}$`)

// withoutBrackets and withoutUnit leave the remarks out. Every cell of every table is asked, and hardly one has any.
func withoutBrackets(s string) string {
	if !strings.ContainsAny(s, "(（[【〔") {
		return s
	}
	return brackets.ReplaceAllString(s, "")
}

func withoutUnit(s string) string {
	if !strings.ContainsAny(s, ":：") || !strings.Contains(s, "单位") {
		return s
	}
	return unitRemark.ReplaceAllString(s, "")
}

// field returns the field that a head means in a table, "" when it is unknown. exact says that it is the form's own
// word. A remark in brackets, and one on what it counts in, is tried with and without.
func (h *heads) field(t Table, text string) (field string, exact bool) {
	asked := headAsked{t, text}
	found, ok := h.fields[asked]
	if !ok {
		found = h.find(t, text)
		if len(text) < 200 { // no head is longer; the rest is not worth keeping
			h.fields[asked] = found
		}
	}
	return found.field, found.exact
}

func (h *heads) find(t Table, text string) headFound {
	for _, form := range []func(string) string{func(s string) string { return s }, withoutBrackets, withoutUnit} {
		key := h.key(form(text))
		if key == "" {
			continue
		}
		if f, ok := h.named[t][key]; ok {
			return headFound{f, true}
		}
		if f, ok := h.known[t][key]; ok {
			return headFound{f, false}
		}
	}
	return headFound{}
}

// isHead reports whether the text is a head or label of any table.
func (h *heads) isHead(text string) bool {
	key := h.key(text)
	return h.any[key] || h.any[h.key(withoutBrackets(text))] || h.learned.knows(key)
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
