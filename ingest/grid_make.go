package ingest

import (
	"fmt"
	"unicode/utf8"
)

// gridMaker puts cells on a sheet in the order they come, under the limits of every reader.
type gridMaker struct {
	g     Grid
	row   int // number of the row begun last
	cells *int
	own   int // what cells points to where sheets share no count
}

// nextRow begins a row. It comes to be with its first cell.
func (m *gridMaker) nextRow(n int, hidden bool) {
	m.row = n
	m.g.Rows = append(m.g.Rows, Row{N: n, Hidden: hidden})
}

// put adds a cell to the row begun last.
func (m *gridMaker) put(c Cell) error {
	c.Row = m.row
	last := &m.g.Rows[len(m.g.Rows)-1]
	if err := m.check(c); err != nil || c.Text == "" && c.Kind != CellNoValue {
		return err
	}
	last.put(c)
	return nil
}

// putAbove adds a cell to an earlier row.
func (m *gridMaker) putAbove(c Cell) error {
	if err := m.check(c); err != nil || c.Text == "" {
		return err
	}
	for i := len(m.g.Rows) - 1; i >= 0; i-- {
		if m.g.Rows[i].N == c.Row {
			m.g.Rows[i].put(c)
			break
		}
	}
	return nil
}

func (m *gridMaker) check(c Cell) error {
	if c.Text == "" {
		return nil
	}
	if m.cells == nil {
		m.cells = &m.own
	}
	*m.cells++
	switch {
	case c.Col > maxCols:
		return errTooWide
	case c.Row > maxRows:
		return errTooLong
	case *m.cells > maxCells:
		return errTooManyCells
	case len(c.Text) > maxCellRune && utf8.RuneCountInString(c.Text) > maxCellRune:
		return refuse("file_too_big", fmt.Sprintf("单元格 %s 的文字超过 %d 字。", c.Ref(), maxCellRune), "请把多余的内容删去后重新报送。")
	}
	return nil
}

func (m *gridMaker) merge(r Merge) error {
	if len(m.g.Merges) >= maxMerges {
		return refuse("file_too_big", "合并单元格过多。", "请取消不必要的合并后重新报送。")
	}
	m.g.Merges = append(m.g.Merges, r)
	return nil
}

// done drops rows that hold nothing and fills the merged ranges.
func (m *gridMaker) done() Grid {
	kept := m.g.Rows[:0]
	for _, r := range m.g.Rows {
		if len(r.Cells) > 0 {
			kept = append(kept, r)
		}
	}
	m.g.Rows = kept
	m.g.fillMerges()
	return m.g
}
