package export

import (
	"fmt"
	"slices"
	"strings"
)

// compareTables pairs tables, rows and columns, and compares cell by cell.
func compareTables(v *vocabulary, want, got []tableSide) []Disagreement {
	var out []Disagreement
	pairs := align(len(want), len(got), func(i, j int) int { return tableLikeness(want[i], got[j]) })
	found := map[int]bool{}
	for _, p := range pairs {
		found[p[0]] = true
		out = append(out, compareRows(v, want[p[0]], got[p[1]])...)
	}
	for i, t := range want {
		if !found[i] {
			out = append(out, Disagreement{Kind: KindMissing, Place: t.name, Right: "表格", Why: "上传稿中没有找到这个表格；如属有意删去，可不处理。"})
		}
	}
	return out
}

// tableLikeness is how many cells of one table stand in the other too, in hundredths.
func tableLikeness(a, b tableSide) int {
	count := map[string]int{}
	n := 0
	for _, r := range a.rows {
		for _, c := range r {
			count[string(c.runes)]++
			n++
		}
	}
	shared, m := 0, 0
	for _, r := range b.rows {
		for _, c := range r {
			m++
			if count[string(c.runes)] > 0 {
				count[string(c.runes)]--
				shared++
			}
		}
	}
	if like := 200 * shared / max(n+m, 1); like >= 20 {
		return like
	}
	if len(a.rows) == len(b.rows) && n == m {
		return 1
	}
	return 0
}

func compareRows(v *vocabulary, want, got tableSide) []Disagreement {
	columns := want.columns(got)
	pairs := align(len(want.rows), len(got.rows), func(i, j int) int { return rowLikeness(want.rows[i], got.rows[j], columns) })
	wantDone, gotDone := map[int]int{}, map[int]bool{}
	for _, p := range pairs {
		wantDone[p[0]], gotDone[p[1]] = p[1], true
	}
	for i := range want.rows { // moved
		if _, ok := wantDone[i]; ok {
			continue
		}
		best, at := 50, -1
		for j := range got.rows {
			if n := rowLikeness(want.rows[i], got.rows[j], columns); !gotDone[j] && n > best {
				best, at = n, j
			}
		}
		if at >= 0 {
			wantDone[i], gotDone[at] = at, true
		}
	}
	var out []Disagreement
	for i, row := range want.rows {
		j, ok := wantDone[i]
		if !ok {
			if slices.ContainsFunc(row, func(c passage) bool { return len(c.runes) > 0 }) {
				out = append(out, Disagreement{Kind: KindMissing, Place: want.rowName(i), Right: rowText(row), Why: "上传稿的表中没有这一行；如属有意删去，可不处理。"})
			}
			continue
		}
		for k, c := range row {
			at := columns[k]
			if at < 0 || at >= len(got.rows[j]) || k == 0 && i != j && bearsPlace(got, j) {
				continue
			}
			out = append(out, compareCell(v, want, i, k, c, got.rows[j][at])...)
		}
	}
	for j, row := range got.rows {
		if !gotDone[j] && strings.ContainsAny(rowText(row), "0123456789") {
			out = append(out, Disagreement{Kind: KindUnknown, Place: want.name + "表格第" + fmt.Sprint(j+1) + "行", Found: rowText(row), Why: "生成稿的表中没有这一行，所写数字没有数据可以核对。"})
		}
	}
	return out
}

// bearsPlace reports whether a row of the edited table, counted from its head, bears its own place as its number.
func bearsPlace(t tableSide, j int) bool {
	if len(t.rows[j]) == 0 {
		return false
	}
	n := string(t.rows[j][0].runes)
	for head := 0; head <= 2; head++ {
		if n == fmt.Sprint(j+1-head) {
			return true
		}
	}
	return false
}

// columns finds for each column of the paper the one of the edited table, -1 where it is gone.
func (t tableSide) columns(o tableSide) []int {
	width := func(t tableSide) int {
		n := 0
		for _, r := range t.rows {
			n = max(n, len(r))
		}
		return n
	}
	n, m := width(t), width(o)
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	if n == m {
		return out
	}
	for i := range out {
		out[i] = -1
	}
	for _, p := range align(n, m, func(i, j int) int {
		if a := columnName(t.rows, max(t.head, 1), i); a != "" && a == columnName(o.rows, max(t.head, 1), j) {
			return 1
		}
		return 0
	}) {
		out[p[0]] = p[1]
	}
	return out
}

// columnName is the lowest word of a column's head.
func columnName(rows [][]passage, head, column int) string {
	name := ""
	for _, r := range rows[:min(head, len(rows))] {
		if column < len(r) && len(r[column].runes) > 0 {
			name = r[column].text(0, len(r[column].runes))
		}
	}
	return name
}

// rowLikeness is the share of cells two rows have alike, the unit's name counting for four.
func rowLikeness(a, b []passage, columns []int) int {
	all, same := 0, 0
	for k, c := range a {
		if columns[k] < 0 || columns[k] >= len(b) {
			continue
		}
		worth := 1
		if slices.ContainsFunc(c.figures, func(f factAt) bool { return f.figure != nil && isName(f.figure.ID) }) {
			worth = 4
		}
		all += worth
		if string(c.runes) == string(b[columns[k]].runes) {
			same += worth
		}
	}
	if all == 0 {
		return 0
	}
	if like := 100 * same / all; like >= 25 {
		return like
	}
	return 1 // of two rows in the same place the one may still be the other
}

func isName(id string) bool { return strings.HasSuffix(id, "/name") || strings.HasSuffix(id, "/title") }

func rowText(row []passage) string {
	var all []string
	for _, c := range row {
		if len(c.runes) > 0 {
			all = append(all, c.text(0, len(c.runes)))
		}
	}
	return strings.Join(all, "｜")
}

// rowName is 附件1《…》第8行“柏泉县”.
func (t tableSide) rowName(i int) string {
	if t.name == "版记" {
		return t.name
	}
	if i < t.head {
		return t.name + "表头"
	}
	name := ""
	for k, c := range t.rows[i] {
		isUnit := slices.ContainsFunc(c.figures, func(f factAt) bool { return f.figure != nil && isName(f.figure.ID) })
		if isUnit || k == 1 && name == "" {
			name = c.text(0, 20)
		}
		if isUnit {
			break
		}
	}
	if len(t.rows[i]) > 0 && string(t.rows[i][0].runes) == "合计" {
		return t.name + "合计行"
	}
	return fmt.Sprintf("%s第%d行“%s”", t.name, i-t.head+1, name)
}

// longCell is the length past which a cell is a text, which may be put otherwise.
const longCell = 12

// compareCell compares a cell as it stands; a text without a fact as wide as itself, and a head, by its words.
func compareCell(v *vocabulary, t tableSide, i, k int, want, got passage) []Disagreement {
	if string(want.runes) == string(got.runes) || len(want.runes) == 0 {
		return nil
	}
	place := t.rowName(i)
	if name := columnName(t.rows, t.head, k); name != "" && i >= t.head {
		place += "，“" + name + "”栏"
	}
	whole := len(want.figures) == 1 && want.figures[0].start == 0 && want.figures[0].end == len(want.runes)
	if i < t.head || len(want.runes) > longCell && !whole {
		want.place, got.place = place, place
		return compareFacing(v, want, got)
	}
	if len(want.figures) == 1 && want.figures[0].isBlank {
		return nil
	}
	a, b := v.tokens(want), v.tokens(got)
	if len(a) == 1 && len(b) == 1 && a[0].start == 0 && a[0].end == len(want.runes) && b[0].start == 0 && b[0].end == len(got.runes) &&
		(a[0].key() == b[0].key() || sameDay(a[0], b[0])) {
		return nil
	}
	d := Disagreement{Kind: KindDiffers, Place: place, Found: got.text(0, len(got.runes)), Right: want.text(0, len(want.runes)), Why: "与数据不一致。"}
	if d.Found == "" {
		d.Why = "上传稿此格为空。"
	}
	for _, f := range want.figures {
		if f.figure != nil {
			d.Figure = f.figure.ID
			break
		}
	}
	return []Disagreement{d}
}
