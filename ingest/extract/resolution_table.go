package extract

import (
	"strings"

	"liandu/internal/cntext"
)

// tableRows reads the attached list of items of a Word file, whose rows arrive with tabs between the cells.
func (r *reader) tableRows() []item {
	var out []item
	var heads map[string]int
	for _, line := range r.tableLines() {
		fields := strings.Split(line.text, "\t")
		if h := tableHead(fields); h != nil {
			heads = h
			continue
		}
		if heads == nil || len(fields) < 3 {
			continue
		}
		get := func(key string) *string {
			i, ok := heads[key]
			if !ok || i >= len(fields) || cntext.None(fields[i]) {
				return nil
			}
			v := strings.TrimSpace(fields[i])
			return &v
		}
		title := get("title")
		if title == nil || strings.HasPrefix(*title, "合计") || strings.HasPrefix(fields[0], "合计") {
			continue
		}
		it := item{at: [2]int{line.start, line.end}}
		it.Title, it.LeadUnit, it.Owner, it.DueText = *title, get("lead"), get("owner"), get("due")
		r.readDue(&it)
		out = append(out, it)
		if len(out) == 200 {
			break
		}
	}
	return out
}

// tableLines returns the lines of the body that hold tabs.
func (r *reader) tableLines() []sentence {
	var out []sentence
	at := 0
	for line := range strings.SplitSeq(r.body, "\n") {
		if strings.Count(line, "\t") >= 2 && len(line) < maxSentence {
			out = append(out, sentence{start: at, end: at + len(line), text: line})
		}
		at += len(line) + 1
	}
	return out
}

// tableHead reads a header row of a list of items; nil for any other row, the list of the last session's included.
func tableHead(fields []string) map[string]int {
	heads := map[string]int{}
	for i, f := range fields {
		f = cntext.Name(f)
		switch {
		case f == "议定事项" || f == "事项" || f == "事项内容" || f == "议定事项内容":
			heads["title"] = i
		case f == "牵头单位" || f == "责任单位" || f == "牵头责任单位" || f == "责任部门" || f == "承办单位" || f == "牵头部门":
			heads["lead"] = i
		case strings.HasPrefix(f, "责任人"):
			heads["owner"] = i
		case f == "完成时限" || f == "办结时限" || f == "时限" || f == "完成时间":
			heads["due"] = i
		case strings.Contains(f, "进展") || strings.Contains(f, "落实情况") || strings.Contains(f, "完成情况"):
			heads["bygone"] = i
		}
	}
	_, hasTitle := heads["title"]
	_, hasLead := heads["lead"]
	if _, isBygone := heads["bygone"]; !hasTitle || !hasLead || isBygone {
		return nil
	}
	return heads
}

// mergeRows sets the rows of the attached list against the items of the text. Where both speak of an item, the text's
// blanks are filled; where only one does, both stay, with a doubt.
func (r *reader) mergeRows(items, rows []item) []item {
	if len(items) == 0 {
		return rows
	}
	matched := make([]bool, len(items))
	var extra []item
	for _, row := range rows {
		found := false
		for i := range items {
			if !matched[i] && cntext.NearTitle(items[i].Title, row.Title) {
				matched[i], found = true, true
				fill(&items[i], row)
				break
			}
		}
		if !found {
			extra = append(extra, row)
		}
	}
	for i, ok := range matched {
		if !ok {
			r.doubt("正文的议定事项「%s」不在清单中。", items[i].Title)
		}
	}
	for _, row := range extra {
		r.doubt("清单的议定事项「%s」不在正文中。", row.Title)
	}
	return append(items, extra...)
}

func fill(to *item, row item) {
	if to.LeadUnit == nil {
		to.LeadUnit = row.LeadUnit
	}
	if to.Owner == nil {
		to.Owner = row.Owner
	}
	if to.DueText == nil {
		to.DueText, to.DueOn = row.DueText, row.DueOn
	}
}
