package ingest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"liandu/internal/cntext"
)

// blankRow reports a row that holds nothing of its own: only what merged ranges brought down.
func blankRow(r Row) bool {
	for _, c := range r.Cells {
		if !c.Down && !c.Across && (strings.TrimSpace(c.Text) != "" || c.Kind == CellNoValue) {
			return false
		}
	}
	return true
}

// own returns the row's own cells that hold something.
func own(r Row) []Cell {
	var out []Cell
	for _, c := range r.Cells {
		if !c.Down && !c.Across && strings.TrimSpace(c.Text) != "" {
			out = append(out, c)
		}
	}
	return out
}

// ordinals reports the row of column numbers that forms print under their header: 1 2 3 …, 甲 乙 1 2 ….
func ordinals(r Row) bool {
	cells := own(r)
	if len(cells) < 4 {
		return false
	}
	n := 0
	for _, c := range cells {
		text := strings.Trim(cntext.Fold(c.Text), "()（）")
		if len([]rune(text)) == 1 && strings.Contains("甲乙丙丁戊己庚辛ABCDEFGHIJKLMNOPQRSTUVWXYZ", text) {
			continue
		}
		if text != strconv.Itoa(n+1) {
			return false
		}
		n++
	}
	return true
}

// repeated reports a row that says the header's words again; after is true below such a row, where the second row of
// a header may have one word only.
func (h *heads) repeated(t *table, r Row, after bool) bool {
	same, all := 0, 0
	for _, c := range own(r) {
		all++
		if key := h.key(c.Text); key != "" && slices.Contains(t.parts[c.Col], key) {
			same++
		} else if f, _ := h.field(t.Table, c.Text); f != "" && t.columns[f] == c.Col {
			same++
		}
	}
	return all >= headLeast && same*2 > all || same == all && (all > 1 || after)
}

var totalWord = regexp.MustCompile(`^(?:合计|小计|总计|共计|累计|合计数|总数|全区合计|全县合计|全市合计|本页小计|本页合计|.{1,12}(?:小计|合计|总计))(?:[:：(（].*|[0-9]{1,5}[个项次家条]?)?$`)

// totalRow reports a row whose first words are 合计, 小计 and the like.
func totalRow(r Row) bool {
	for i, c := range own(r) {
		if i == 3 {
			return false
		}
		if totalWord.MatchString(cntext.Name(c.Text)) {
			return true
		}
	}
	return false
}

// nothingRow reports a row in which a county says that it has nothing to report: 无, 本季度无, / and no more.
func nothingRow(r Row) bool {
	for _, c := range own(r) {
		text := strings.Trim(cntext.Name(c.Text), "。.…")
		if text != "" && !cntext.None(c.Text) && text != "本季度无" && text != "本期无" && text != "无新增" && text != "本季度无新增" {
			return false
		}
	}
	return true
}

var noteWord = regexp.MustCompile(`^(?:注|备注|说明|填表说明|填报说明|注意|填报人|填表人|制表人?|经办人|审核人?|审批人|复核人?|负责人|单位负责人|主要领导|分管领导|联系人|联系电话|电话|填报日期|填报时间|填表日期|报送日期|填报单位|报送单位|报告期|单位公章|盖章|签字|签章)(?:[(（][^)）]*[)）])?[:：]`)

// sectionWord begins the line over the next table of a sheet: 二、会议召开情况, 附件2, 表三.
var sectionWord = regexp.MustCompile(`^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|附件?[0-9一二三四五六七八九十]|附表|表[0-9一二三四五六七八九十])`)

// numberedOnly reports a row of a printed form that was left empty: nothing but the number at its head.
func (t *table) numberedOnly(r Row) bool {
	cells := own(r)
	if len(cells) != 1 {
		return false
	}
	if _, err := strconv.Atoi(cntext.Squeeze(cells[0].Text)); err != nil {
		return false
	}
	for field, col := range t.columns {
		if col == cells[0].Col {
			return field == "item_no"
		}
	}
	return true
}

// shortLabel begins a line of signatures: 分管领导签字：. No unit's name has a colon.
var shortLabel = regexp.MustCompile(`^[^:：，。]{2,14}[:：]`)

// strayLine reports a lone cell that cannot be the beginning of a row of data: a sentence where a unit belongs, or a
// day at the foot of the sheet.
func (t *table) strayLine(c Cell) bool {
	const longName = 20
	text := cntext.Name(c.Text)
	switch t.kindAt(c.Col) {
	case KindUnit:
		return len([]rune(text)) > longName || strings.HasSuffix(text, "。")
	case KindText:
		return emptyDate.MatchString(c.Text) || signedOn.MatchString(text)
	}
	return false
}

var signedOn = regexp.MustCompile(`^[0-9〇零一二三四五六七八九]{4}年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日$`)

// tableTitle ends the name of a table written over it: 会议情况, 2025年会议召开一览表.
var tableTitle = regexp.MustCompile(`(?:情况|一览|汇总|统计|清单|台账|名单|表)$`)

// leaveTitle takes the line right over the next table's head, at row next, out of the rows: a lone cell below a gap,
// or one that ends like a title.
func (t *table) leaveTitle(next int) {
	if len(t.rows) == 0 {
		return
	}
	last := t.rows[len(t.rows)-1]
	cells := own(last)
	if len(cells) != 1 || strings.TrimSpace(cells[0].Text) == "" {
		return
	}
	gap := true
	for _, r := range t.grid.Rows {
		switch {
		case r.N > last.N && r.N < next && !blankRow(r):
			return // something else stands between
		case r.N == last.N-1 && !blankRow(r):
			gap = false
		}
	}
	if gap || tableTitle.MatchString(cntext.Name(cells[0].Text)) {
		t.rows, t.notes = t.rows[:len(t.rows)-1], append(t.notes, last)
	}
}

// kindAt is the kind of the column, KindText where the form does not know it.
func (t *table) kindAt(col int) Kind {
	for field, at := range t.columns {
		if at == col {
			c, _ := t.form.ColumnOf(field)
			return c.Kind
		}
	}
	return KindText
}

// noteRow reports a row under the table that is no data: a note, 填报人：…审核人：…, a remark written across.
func noteRow(t *table, r Row) bool {
	cells := own(r)
	if noteWord.MatchString(cntext.Name(cells[0].Text)) {
		return true
	}
	if shortLabel.MatchString(cntext.Name(cells[0].Text)) && t.kindAt(cells[0].Col) == KindUnit {
		return true
	}
	if len(cells) > 1 {
		return false
	}
	if t.strayLine(cells[0]) {
		return true
	}
	if sectionWord.MatchString(cntext.Name(cells[0].Text)) {
		return true
	}
	across := 0
	for _, c := range r.Cells {
		if c.Across && c.Text == cells[0].Text {
			across++
		}
	}
	return across >= 4
}
