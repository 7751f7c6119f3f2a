package view

import (
	"sort"
	"strconv"
	"strings"
)

// TextParagraph is one paragraph of a report, in runs.
type TextParagraph struct {
	No   int
	Runs []TextRun
}

// TextRun is words that rest on the same facts. Class is empty for words on which none rests; ID is the anchor of the fact
// that begins here.
type TextRun struct {
	Text, Class, Title, ID string
}

// factNames are the facts of a report as pages name them, in the order in which one stands before another where both rest
// on the same words.
var factNames = []struct{ span, name string }{
	{"held_on", "召开日期"}, {"chair_name", "主持人"}, {"chair_title", "主持人职务"}, {"session_year", "所属年度"}, {"unit", "召开单位"}, {"ordinal", "届次"},
	{"principal_present", "政府主要负责人到会"}, {"report_back", "通报上次议定事项落实情况"}, {"topics_count", "议题数"}, {"topics[", "议题"},
	{"resolutions[", "议定事项"}, {"said_items", "议定事项数"}, {"said_earlier", "上次议定事项数"}, {"kind", "会议"},
}

// litSpan is the words a fact rests on.
type litSpan struct {
	from, to  int
	name, key string
	rank      int
}

// litText divides a text into paragraphs and lights the words that facts rest on.
func litText(text string, spans map[string][2]int) []TextParagraph {
	var lit []litSpan
	for key, at := range spans {
		for rank, f := range factNames {
			if key == f.span || strings.HasSuffix(f.span, "[") && strings.HasPrefix(key, f.span) {
				lit = append(lit, litSpan{at[0], at[1], f.name, key, rank})
				break
			}
		}
	}
	sort.Slice(lit, func(i, j int) bool {
		if lit[i].rank != lit[j].rank {
			return lit[i].rank < lit[j].rank
		}
		return lit[i].key < lit[j].key
	})
	return paragraphs([]rune(text), lit)
}

// paragraphs cuts runes at line ends and, within a line, wherever the words of a fact begin or end.
func paragraphs(text []rune, lit []litSpan) []TextParagraph {
	var out []TextParagraph
	start := 0
	for no := 1; start <= len(text); no++ {
		end := start
		for end < len(text) && text[end] != '\n' {
			end++
		}
		if p := (TextParagraph{No: no, Runs: runs(text, start, end, lit)}); len(p.Runs) > 0 {
			out = append(out, p)
		}
		start = end + 1
	}
	return out
}

func runs(text []rune, start, end int, lit []litSpan) []TextRun {
	if strings.TrimSpace(string(text[start:end])) == "" {
		return nil
	}
	cuts := []int{start, end}
	for _, l := range lit {
		for _, at := range []int{l.from, l.to} {
			if at > start && at < end {
				cuts = append(cuts, at)
			}
		}
	}
	sort.Ints(cuts)
	var out []TextRun
	for i := 0; i+1 < len(cuts); i++ {
		from, to := cuts[i], cuts[i+1]
		if from == to {
			continue
		}
		run := TextRun{Text: strings.TrimRight(string(text[from:to]), "\r")}
		for _, l := range lit {
			if l.from > from || l.to < to {
				continue
			}
			if run.Class == "" {
				run.Class, run.Title = "word", l.name
				if strings.HasPrefix(l.key, "resolutions") || strings.HasPrefix(l.key, "topics") {
					run.Class = "word word-list"
				}
			}
			if l.from == from {
				run.ID = anchorAt(from)
			}
		}
		out = append(out, run)
	}
	return out
}

// anchorAt is the anchor of the facts whose words begin at a rune of the text.
func anchorAt(rune int) string { return "t" + strconv.Itoa(rune) }

// litAt lights one place of a text, for the page of an original.
func litAt(text string, span [2]int) []TextParagraph {
	out := paragraphs([]rune(text), []litSpan{{span[0], span[1], "", "", 0}})
	for i := range out {
		for j := range out[i].Runs {
			if r := &out[i].Runs[j]; r.Class != "" {
				r.Class, r.Title = "lit", ""
				if r.ID != "" {
					r.ID = "lit"
				}
			}
		}
	}
	return out
}
