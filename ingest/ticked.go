package ingest

import (
	"slices"
	"strings"

	"liandu/internal/cntext"
	"liandu/internal/record"
)

// pickTicked reads a list that a county spreads over columns, one a word, with a tick in one of them: 进展状态 as
// 未启动 | 推进中 | 已完成, 是否建立 as 是 | 否. Columns count only where all they hold is ticks.
func (t *table) pickTicked() {
	for _, column := range t.form.Columns {
		if column.Kind != KindChoice && column.Kind != KindTick {
			continue
		}
		if cols := t.tickColumns(column); len(cols) > 1 {
			t.pick(column, cols)
		}
	}
}

// tickColumns are the columns whose lowest head is a word of the list, under the field's own head or under none.
func (t *table) tickColumns(c Column) []int {
	var out []int
	for col, parts := range t.parts {
		if len(parts) == 0 || t.how[col] == record.HowIgnored || t.how[col] == record.HowLearned {
			continue
		}
		if _, ok := t.words.choices[t.Table][c.Field][parts[len(parts)-1]]; !ok {
			continue
		}
		over := ""
		if len(parts) > 1 {
			over = t.words.known[t.Table][parts[len(parts)-2]]
		}
		if over == c.Field || len(parts) == 1 && c.Kind == KindChoice {
			out = append(out, col)
		}
	}
	slices.Sort(out)
	if at, taken := t.columns[c.Field]; taken && !slices.Contains(out, at) {
		return nil
	}
	for _, r := range t.rows {
		for _, col := range out {
			cell := r.At(col)
			if _, tick := cntext.Tick(cell.Text); !tick && !cntext.Blank(cell.Text) {
				return nil
			}
		}
	}
	return out
}

// spread counts the heads of lists that stand over columns with different words of the list: below such a head the
// words are part of the header, not data.
func (h *heads) spread(t Table, texts map[int]headText) int {
	words := map[string]map[string]bool{}
	for _, text := range texts {
		n := len(text.parts)
		if n < 2 {
			continue
		}
		field := h.known[t][h.key(text.parts[n-2])]
		if v, ok := h.choices[t][field][h.key(text.parts[n-1])]; ok {
			if words[field] == nil {
				words[field] = map[string]bool{}
			}
			words[field][v] = true
		}
	}
	groups := 0
	for _, w := range words {
		if len(w) > 1 {
			groups++
		}
	}
	return groups
}

func (t *table) pick(c Column, cols []int) {
	if t.elsewhere == nil {
		t.elsewhere = map[int]bool{}
	}
	t.columns[c.Field] = cols[0]
	for i, col := range cols {
		t.how[col] = record.HowSynonym
		if i > 0 {
			t.elsewhere[col] = true
		}
	}
	for i := range t.rows {
		var words []string
		for _, col := range cols {
			if yes, _ := cntext.Tick(t.rows[i].At(col).Text); yes {
				words = append(words, t.parts[col][len(t.parts[col])-1])
			}
		}
		t.rows[i].Cells = slices.Clone(t.rows[i].Cells)
		t.rows[i].say(cols[0], strings.Join(words, "、"))
	}
}
