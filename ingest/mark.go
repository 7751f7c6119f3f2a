package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"

	"liandu/internal/fault"
	"liandu/internal/record"
)

// Mark writes a county's workbook back as it was sent, with marks added and nothing else changed: every cell that has
// a problem is filled (errors red, warnings yellow) and carries a comment with the problem and what to do, and a first
// sheet 问题清单 lists all problems, each linked to its cell. The parts of the package are edited in place, so that
// styles, widths, rules, names and print settings stay byte for byte; macros are left out. What is no .xlsx (.xls, .et,
// CSV, HTML, XML) becomes one with the values and merged cells as read. reading gives the problems. A marked workbook
// that comes back and is marked again loses the old marks. It returns fault.Invalid for what is no workbook.
func Mark(w io.Writer, original []byte, reading record.Reading) error {
	err := mark(w, inMemory(original), reading)
	var why *refusal
	if errors.As(err, &why) {
		return unmarkable(why)
	}
	return err
}

func unmarkable(why *refusal) error {
	return fault.New(fault.Invalid, "这份文件不能生成标注文件："+why.Message, why.Hint)
}

// errNotEditable says that a package is not built as its editor knows it: the workbook is then written anew.
var errNotEditable = errors.New("package cannot be edited in place")

func mark(w io.Writer, o original, reading record.Reading) error {
	book, err := openBook(o)
	if err != nil {
		return err
	}
	if len(book.Grids) == 0 {
		return refuse("file_kind", "文件里没有表格。", "请下载原件，按问题清单改正后重新报送。")
	}
	if sniff(o) == xlsxFile {
		out, err := editPackage(o, reading)
		if err == nil && sameCells(book, out) {
			_, err = w.Write(out)
			return err
		}
		var why *refusal
		if errors.As(err, &why) {
			return why
		}
	}
	plain, err := rebuild(book)
	if err != nil {
		return fmt.Errorf("write %s anew: %w", reading.File, err)
	}
	out, err := editPackage(inMemory(plain), reading)
	if err != nil {
		return fmt.Errorf("mark %s: %w", reading.File, err)
	}
	if _, err := openBook(inMemory(out)); err != nil {
		return fmt.Errorf("read marked %s: %w", reading.File, err)
	}
	_, err = w.Write(out)
	return err
}

// sameCells reads a marked workbook like any other and compares: a mark that moved a value is never handed out.
func sameCells(before Book, marked []byte) bool {
	after, err := openBook(inMemory(marked))
	if err != nil || len(after.Grids) != len(before.Grids) {
		return false
	}
	for i, g := range before.Grids {
		h := after.Grids[i]
		if g.Name != h.Name || g.Hidden != h.Hidden || len(g.Rows) > len(h.Rows) {
			return false
		}
		at := 0
		for _, r := range h.Rows {
			if at < len(g.Rows) && g.Rows[at].N == r.N {
				if !sameRow(g.Rows[at], r) {
					return false
				}
				at++
				continue
			}
			for _, c := range r.Cells { // a row that came to be with a mark: merged ranges reach into it, no more
				if !c.Down && !c.Across {
					return false
				}
			}
		}
		if at < len(g.Rows) {
			return false
		}
	}
	return true
}

func sameRow(a, b Row) bool {
	if a.Hidden != b.Hidden || len(a.Cells) != len(b.Cells) {
		return false
	}
	for i, c := range a.Cells {
		if c != b.Cells[i] {
			return false
		}
	}
	return true
}

// cellMark is what is put on one cell.
type cellMark struct {
	row, col int
	error    bool
	text     string
}

// markedSheet is the marks of one sheet, by row and column.
type markedSheet map[int]map[int]*cellMark

// marksOf sorts problems by sheet and cell. A cell that a merged range covers shows nothing of its own: its mark goes
// to the range's first cell, which is where the person looks.
func marksOf(problems []record.Problem, merges func(sheet string) []Merge) map[string]markedSheet {
	out := map[string]markedSheet{}
	known := map[string][]Merge{}
	for _, q := range problems {
		col, row, ok := place(q.Cell)
		if q.Sheet == "" || !ok || col > maxCols {
			continue
		}
		if _, ok := known[q.Sheet]; !ok {
			known[q.Sheet] = merges(q.Sheet)
		}
		text := q.Message + q.Hint
		for _, m := range known[q.Sheet] {
			if m.Top <= row && row <= m.Bottom && m.Left <= col && col <= m.Right {
				if row != m.Top {
					text = fmt.Sprintf("第 %d 行：%s", row, text)
				}
				row, col = m.Top, m.Left
				break
			}
		}
		s := out[q.Sheet]
		if s == nil {
			s = markedSheet{}
			out[q.Sheet] = s
		}
		if s[row] == nil {
			s[row] = map[int]*cellMark{}
		}
		c := s[row][col]
		if c == nil {
			c = &cellMark{row: row, col: col}
			s[row][col] = c
		}
		c.error = c.error || q.Severity == record.SeverityError
		c.text = strings.TrimPrefix(c.text+"\n"+severityMark(q.Severity)+text, "\n")
	}
	return out
}

func severityMark(s record.Severity) string {
	if s == record.SeverityError {
		return "【错误】"
	}
	return "【提醒】"
}

// inOrder lists a sheet's marks by row and column.
func (s markedSheet) inOrder() []*cellMark {
	var out []*cellMark
	for _, row := range s {
		for _, c := range row {
			out = append(out, c)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].row != out[j].row {
			return out[i].row < out[j].row
		}
		return out[i].col < out[j].col
	})
	return out
}

// columns lists the marked columns of a row.
func (s markedSheet) columns(row int) []int {
	var out []int
	for col := range s[row] {
		out = append(out, col)
	}
	sort.Ints(out)
	return out
}

func xmlText(s string) string {
	var b bytes.Buffer
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteByte('\n')
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
			b.WriteByte(' ')
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// MarkedName is the name a marked workbook goes out under: the original's, so that unit and quarter are known from it
// when it comes back.
func MarkedName(file string) string {
	base := strings.TrimSuffix(baseName(file), markedSuffix)
	return base + markedSuffix + ".xlsx"
}

const markedSuffix = "（已标注）"
